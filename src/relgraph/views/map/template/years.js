"use strict";
/**
 * The years: from, to, whether what has no date is shown, and whether only what certainly holds is; else that is told
 * from what may.
 */
(() => {
  const rg = window.relgraph;
  const ENDS = /** @type {const} */ (["from", "to"]);
  const BOXES = /** @type {const} */ (["undated", "certain"]);

  /** The years that the data speak of. */
  const range = () => {
    const days = rg.model.page.times.flat().filter((day) => day !== null);
    return days.length ? [Math.min(...days), Math.max(...days)].map(rg.time.yearOf) : [];
  };

  const form = () => {
    const made = rg.element("fieldset", { id: "years" }, rg.element("legend", { id: "years-title" }));
    const row = rg.element("div", { class: "span" });
    const [min, max] = range();
    for (const end of ENDS) {
      const id = `year-${end}`;
      const input = rg.element("input", { id, type: "number", inputmode: "numeric", min: min ?? 1, max: max ?? 9999, step: 1 });
      input.addEventListener("change", () => {
        const year = Number(input.value);
        const valid = Number.isInteger(year) && year >= 1 && year <= 9999;
        rg.state.set({ [end]: valid ? year : null });
        if (!valid) input.value = "";
        tell();
      });
      row.append(rg.element("label", { for: id, id: `${id}-label` }), input);
    }
    made.append(row);
    for (const key of BOXES) {
      const box = rg.element("input", { type: "checkbox", id: key });
      box.addEventListener("change", () => {
        rg.state.set({ [key]: box.checked });
        tell();
      });
      const words = [rg.element("span", { id: `${key}-label` }), rg.element("span", { class: "count", id: `${key}-count` })];
      made.append(rg.element("label", { class: "check", for: key }, box, ...words));
    }
    made.append(rg.element("p", { id: "years-note", class: "aliases" }));
    return made;
  };

  const drawn = () => ["map", "places"].includes(rg.state.now.view);

  /** Whether a "~" stands on any line: where these are few, or something is chosen. */
  const signs = () => {
    const { edges, unsettled, page } = rg.model;
    const { possible } = rg.visible();
    const lit = rg.lit();
    if (!drawn() || !rg.overlay.perhaps() || (!lit && page.scale === "types")) return false;
    return [...possible].some((id) => (!lit || lit.edges.has(id)) && !unsettled(/** @type {MapEdge} */ (edges.get(id))));
  };

  const note = () => {
    const { ui } = rg.model;
    const { edges, possible } = rg.visible();
    const { from, to, certain } = rg.state.now;
    if (from === null && to === null) return "";
    if (from !== null && to !== null && from > to) return ui("yearsReversed");
    const counts = { certain: edges.size - possible.size, possible: possible.size };
    if (certain) return ui("yearsCertain", counts);
    const bold = drawn() && possible.size ? [ui("yearsBold")] : [];
    return [ui(signs() ? "yearsNoteSigns" : "yearsNote", counts), ...bold].join(" ");
  };
  const tell = () => rg.say(note() || rg.model.ui("showsTypes", { n: rg.visible().edges.size }));

  /** @param {State} now @param {State | null} before */
  const update = (now, before) => {
    if (!before) rg.by("when").append(form());
    const { ui, edges } = rg.model;
    rg.by("years-title").textContent = ui("yearsTitle");
    for (const end of ENDS) {
      rg.by(`year-${end}-label`).textContent = ui(`year.${end}`);
      const input = /** @type {HTMLInputElement} */ (rg.by(`year-${end}`));
      input.value = String(now[end] ?? "");
    }
    const chosen = now.from !== null || now.to !== null;
    for (const key of BOXES) {
      const box = /** @type {HTMLInputElement} */ (rg.by(key));
      box.checked = now[key];
      // without years there is nothing to be certain of, and what has no date is never certain
      box.disabled = key === "certain" ? !chosen : chosen && now.certain;
      box.parentElement?.classList.toggle("off", box.disabled);
      rg.by(`${key}-label`).textContent = ui(key);
    }
    const undated = [...edges.values()].filter((edge) => edge.when === undefined && rg.passes(edge, "years"));
    rg.by("undated-count").textContent = String(undated.length);
    const text = note();
    rg.by("years-note").textContent = text;
    rg.by("years-note").hidden = !text;
  };

  rg.years = { start: () => rg.state.follow(update), signs };
})();
