"use strict";
/**
 * The legend: it explains the signs, and its boxes are the filter, with a button each to show only this; the counts are
 * of what the other parts let through.
 */
(() => {
  const rg = window.relgraph;
  const box = rg.by("legend");

  /** @typedef {{name: string, glyph?: Element, label: HTMLElement, count: number}} Row */

  /** The button that shows only one row of a group, and if it does, all again. @param {Hidden} key @param {Row} row @param {Row[]} rows */
  const only = (key, { name, label }, rows) => {
    const { ui, node, page } = rg.model;
    const home = key === "types" && page.home ? page.types[node(page.home).type].name : "";
    // alone neither the city itself nor the only one of its group has anything to show
    if (name === home || rows.length < 2) return [];
    // the city is the other end of most lines, and what parties have agreed on is no party
    const relations = new Set(key === "types" ? page.types.filter(({ relation }) => relation).map((type) => type.name) : []);
    const kept = new Set([name, home, ...(relations.has(name) ? [] : relations)]);
    const others = rows.map((row) => row.name).filter((other) => !kept.has(other));
    const hidden = rg.state.now[key];
    const pressed = hidden.size === others.length && others.every((other) => hidden.has(other));
    const made = rg.element("button", {
      type: "button",
      class: "only",
      id: `only-${key}-${name}`,
      "aria-label": ui("onlyThis", { name: label.textContent ?? "" }),
      "aria-pressed": String(pressed),
      title: ui(pressed ? "allAgain" : "onlyThis", { name: label.textContent ?? "" }),
    }, ui("only"));
    made.addEventListener("click", () => {
      rg.state.set({ [key]: new Set(pressed ? [] : others) });
      rg.say(ui("showsTypes", { n: rg.visible().edges.size }));
      document.getElementById(made.id)?.focus();
    });
    return [made];
  };

  /** One group of check boxes. @param {Hidden} key @param {Row[]} rows @param {boolean} open */
  const group = (key, rows, open) => {
    const { ui } = rg.model;
    const made = rg.element("fieldset", { class: key }, rg.element("legend", { class: "hidden" }, ui(`filter.${key}`)));
    for (const row of rows) {
      const id = `${key}-${row.name}`;
      const input = rg.element("input", { type: "checkbox", id, checked: !rg.state.now[key].has(row.name) });
      input.addEventListener("change", () => {
        const hidden = new Set(rg.state.now[key]);
        if (input.checked) hidden.delete(row.name);
        else hidden.add(row.name);
        rg.state.set({ [key]: hidden });
        rg.say(ui("showsTypes", { n: rg.visible().edges.size }));
        document.getElementById(id)?.focus();
      });
      const count = rg.element("span", { class: "count" }, String(row.count));
      const parts = [input, ...(row.glyph ? [row.glyph] : []), row.label, count];
      const label = rg.element("label", { for: id, class: row.count ? "" : "none" }, ...parts);
      made.append(rg.element("div", { class: "row" }, label, ...only(key, row, rows)));
    }
    const summary = rg.element("summary", {}, ui(`filter.${key}`));
    return rg.element("details", { id: `filter-${key}`, open }, summary, made);
  };

  /** How many edges of each value pass all other parts of the filter. @param {Hidden} key @param {(edge: MapEdge) => string[]} values */
  const counted = (key, values) => {
    const { edges } = rg.model;
    /** @type {Map<string, number>} */
    const counts = new Map();
    const hidden = rg.hiddenTypes();
    for (const edge of edges.values()) {
      const passes = rg.passes(edge, key) && !hidden.has(edge.from) && !hidden.has(edge.to);
      for (const value of values(edge)) counts.set(value, (counts.get(value) ?? 0) + (passes ? 1 : 0));
    }
    return counts;
  };

  /** How many nodes of each type have a relationship that passes the rest of the filter. */
  const countedTypes = () => {
    const { page, nodes, edgesOf, degree, other } = rg.model;
    const counts = page.types.map(() => 0);
    /** @param {MapEdge} edge @param {MapNode} from */
    const counts_ = (edge, from) => {
      const end = other(edge, from.id);
      return rg.passes(edge) && (end.type === from.type || !rg.state.now.types.has(page.types[end.type].name));
    };
    for (const node of nodes.values()) {
      if (rg.loose(node)) continue;
      if (!degree(node) || (edgesOf.get(node.id) ?? []).some((edge) => counts_(edge, node))) counts[node.type]++;
    }
    return counts;
  };

  /** @returns {[Hidden, Row[]][]} */
  const groups = () => {
    const { page, ui, heading } = rg.model;
    const byType = countedTypes();
    const byLine = counted("lines", (edge) => [edge.line]);
    const byCertainty = counted("certs", (edge) => [edge.certainty ?? "stated"]);
    const byGroup = counted("groups", (edge) => [edge.group ?? ""]);
    const bySource = counted("sources", (edge) => (edge.sources ?? []).map((index) => page.sources[index].id));
    /** @param {string} text */
    const words = (text) => rg.element("span", {}, text);
    return [
      ["types", page.types.map((type, i) => ({
        name: type.name,
        glyph: rg.glyph(type),
        label: rg.worded("span", type.plural),
        count: byType[i],
      }))],
      ["lines", Object.entries(page.lines).filter(([name]) => byLine.has(name)).map(([name, style]) => ({
        name,
        glyph: rg.lineGlyph(style, name === "uncertain"),
        label: words(ui(`line.${name}`)),
        count: byLine.get(name) ?? 0,
      }))],
      ["certs", ["stated", "implied", "ambiguous"].filter((name) => byCertainty.has(name)).map((name) => ({
        name,
        label: words(ui(`cert.${name}`)),
        count: byCertainty.get(name) ?? 0,
      }))],
      ["groups", page.groups.filter(({ name }) => byGroup.has(name)).map(({ name, label }) => ({
        name,
        label: words(heading(label)),
        count: byGroup.get(name) ?? 0,
      }))],
      ["sources", page.sources.filter(({ id }) => bySource.has(id)).map(({ id, name }) => ({
        name: id,
        label: rg.worded("span", name),
        count: bySource.get(id) ?? 0,
      }))],
    ];
  };

  const fill = () => {
    const { ui } = rg.model;
    const whole = box.querySelector("details");
    const open = whole?.open ?? !window.matchMedia("(max-width: 900px)").matches;
    const all = rg.element("button", { type: "button", class: "plain" }, ui("showAll"));
    all.disabled = !rg.state.filtered();
    all.addEventListener("click", () => {
      rg.state.set(rg.state.unfiltered());
      box.querySelector("summary")?.focus();
    });
    const made = rg.element("details", { open, class: "whole" }, rg.element("summary", {}, ui("legend")));
    for (const [key, rows] of groups()) {
      if (!rows.length) continue;
      const known = /** @type {HTMLDetailsElement | null} */ (document.getElementById(`filter-${key}`));
      const first = key === "types" || key === "lines" || rg.state.now[key].size > 0;
      made.append(group(key, rows, known?.open ?? first));
    }
    const possible = rg.visible().possible.size;
    if (rg.years.signs()) made.append(rg.element("p", { class: "perhaps" }, ui("perhapsLegend", { n: possible })));
    made.append(all);
    const { scrollTop } = box;
    box.replaceChildren(made);
    box.scrollTop = scrollTop;
  };

  rg.legend = { start: () => rg.state.follow(fill) };
})();
