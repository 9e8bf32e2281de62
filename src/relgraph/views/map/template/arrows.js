"use strict";
/** Arrow heads in the picture that is saved and printed: on the same lines as on the screen, drawn as SVG. */
(() => {
  const rg = window.relgraph;
  const HEAD = { length: 11, half: 3.6, gap: 1 }; // px

  /** The lines that stand out, with their heads: what is lit, or in chosen years what certainly held. @type {Relgraph["arrows"]["strong"]} */
  const strong = (edge) => {
    const lit = rg.lit();
    const { possible } = rg.visible();
    return lit ? lit.edges.has(edge.id) : possible.size > 0 && !possible.has(edge.id);
  };

  /**
   * Where a line comes out of the glyph of its target, and how it runs there.
   * @param {MapEdge} edge @param {vis.Point[]} points the line, from its source to its target
   */
  const end = ({ to }, points) => {
    const target = points[points.length - 1];
    const off = rg.radius(to) + HEAD.gap;
    /** @param {vis.Point} p */
    const away = ({ x, y }) => Math.hypot(x - target.x, y - target.y);
    let last = points.length - 1;
    while (last > 0 && away(points[last]) < off) last--;
    const [a, b] = [points[last], points[last + 1] ?? target];
    if (away(a) <= off) return null; // the two glyphs touch: there is no line to be seen
    let [low, high] = [0, 1];
    for (let i = 0; i < 20; i++) {
      const part = (low + high) / 2;
      if (away({ x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part }) > off) low = part;
      else high = part;
    }
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length];
    return { x: a.x + (b.x - a.x) * low, y: a.y + (b.y - a.y) * low, ux, uy };
  };

  rg.arrows = {
    strong,
    of: (edge, points) => {
      const tip = edge.directed && edge.from !== edge.to && strong(edge) ? end(edge, points) : null;
      if (!tip) return [];
      const { x, y, ux, uy } = tip;
      const [bx, by] = [x - ux * HEAD.length, y - uy * HEAD.length];
      const corners = [[x, y], [bx - uy * HEAD.half, by + ux * HEAD.half], [bx + uy * HEAD.half, by - ux * HEAD.half]];
      const d = corners.map(([cx, cy], i) => `${i ? "L" : "M"}${cx.toFixed(1)} ${cy.toFixed(1)}`).join("");
      return [rg.svg("path", { d: `${d}Z`, fill: rg.model.page.lines[edge.line].color, class: "head" })];
    },
  };
})();
