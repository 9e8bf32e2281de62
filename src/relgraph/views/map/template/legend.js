"use strict";
/** The legend at the left: it explains the signs, and its boxes are the filter. */
(() => {
  const rg = window.relgraph;
  const box = document.getElementById("legend");

  /**
   * One group of check boxes.
   * @param {string} title @param {"types"|"lines"} key
   * @param {{name: string, glyph: Node, label: Node, count: number}[]} rows
   */
  const group = (title, key, rows) => {
    const made = rg.element("fieldset", {}, rg.element("legend", {}, title));
    for (const row of rows) {
      const id = `${key}-${row.name}`;
      const input = rg.element("input", { type: "checkbox", id, checked: !rg.state.now[key].has(row.name) });
      input.addEventListener("change", () => {
        const hidden = new Set(rg.state.now[key]);
        if (input.checked) hidden.delete(row.name);
        else hidden.add(row.name);
        rg.state.set({ [key]: hidden });
        rg.say(rg.model.ui("showsTypes", { n: [...rg.model.edges.values()].filter(rg.edgeShown).length }));
        document.getElementById(id)?.focus();
      });
      const count = rg.element("span", { class: "count" }, String(row.count));
      made.append(rg.element("label", { for: id }, input, row.glyph, row.label, count));
    }
    return made;
  };

  const fill = () => {
    const { page, nodes, edges, ui } = rg.model;
    const countOf = (values, key) => {
      const counts = new Map();
      for (const one of values) counts.set(one[key], (counts.get(one[key]) || 0) + 1);
      return counts;
    };
    const byType = countOf(nodes.values(), "type");
    const byLine = countOf(edges.values(), "line");
    const types = page.types.map((type, i) => ({
      name: type.name,
      glyph: rg.glyph(type),
      label: rg.worded("span", byType.get(i) === 1 ? type.label : type.plural),
      count: byType.get(i) || 0,
    }));
    const lines = Object.entries(page.lines)
      .filter(([name]) => byLine.has(name))
      .map(([name, style]) => ({
        name,
        glyph: rg.lineGlyph(style, name === "uncertain"),
        label: rg.element("span", {}, ui(`line.${name}`)),
        count: byLine.get(name),
      }));
    const open = box.querySelector("details")?.open ?? !window.matchMedia("(max-width: 900px)").matches;
    const all = rg.element("button", { type: "button", class: "plain" }, ui("showAll"));
    all.disabled = !rg.state.now.types.size && !rg.state.now.lines.size;
    all.addEventListener("click", () => {
      rg.state.set({ types: new Set(), lines: new Set() });
      box.querySelector("summary").focus();
    });
    box.replaceChildren(
      rg.element(
        "details",
        { open },
        rg.element("summary", {}, ui("legend")),
        group(ui("types"), "types", types),
        ...(lines.length ? [group(ui("lineKinds"), "lines", lines)] : []),
        all,
      ),
    );
  };

  rg.legend = { start: () => rg.state.follow(fill) };
})();
