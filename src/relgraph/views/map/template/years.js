"use strict";
/** The years: from, to, and whether what has no date is shown; what certainly holds is told from what may. */
(() => {
  const rg = window.relgraph;
  const ENDS = /** @type {const} */ (["from", "to"]);

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
    const box = rg.element("input", { type: "checkbox", id: "undated" });
    box.addEventListener("change", () => {
      rg.state.set({ undated: box.checked });
      tell();
    });
    const words = [rg.element("span", { id: "undated-label" }), rg.element("span", { class: "count", id: "undated-count" })];
    const check = rg.element("label", { class: "check", for: "undated" }, box, ...words);
    made.append(row, check, rg.element("p", { id: "years-note", class: "aliases" }));
    return made;
  };

  const note = () => {
    const { ui } = rg.model;
    const { edges, possible } = rg.visible();
    const { from, to } = rg.state.now;
    if (from === null && to === null) return "";
    if (from !== null && to !== null && from > to) return ui("yearsReversed");
    return `${ui("yearsNote", { certain: edges.size - possible.size, possible: possible.size })} ${ui("yearsBold")}`;
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
    /** @type {HTMLInputElement} */ (rg.by("undated")).checked = now.undated;
    rg.by("undated-label").textContent = ui("undated");
    const undated = [...edges.values()].filter((edge) => edge.when === undefined && rg.passes(edge, "years"));
    rg.by("undated-count").textContent = String(undated.length);
    const text = note();
    rg.by("years-note").textContent = text;
    rg.by("years-note").hidden = !text;
  };

  rg.years = { start: () => rg.state.follow(update) };
})();
