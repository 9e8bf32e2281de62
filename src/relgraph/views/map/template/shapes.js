"use strict";
/** The legend's glyphs as SVG, and the one shape that vis-network lacks. */
(() => {
  const rg = window.relgraph;
  const WHOLE = 0.7; // the scale from which outlines have their full width

  /** Corners on a circle round (c, c). @param {number} c @param {number} radius @param {number} count @param {number} [turn] */
  const ring = (c, radius, count, turn = 0) =>
    Array.from({ length: count }, (_, i) => {
      const angle = turn + (2 * Math.PI * i) / count;
      return [c + radius * Math.cos(angle), c + radius * Math.sin(angle)];
    });
  /** @param {number} c @param {number} radius */
  const star = (c, radius) =>
    Array.from({ length: 10 }, (_, i) => {
      const r = i % 2 ? radius * 0.45 : radius;
      const angle = -Math.PI / 2 + (Math.PI * i) / 5;
      return [c + r * Math.cos(angle), c + r * Math.sin(angle)];
    });
  /** @type {Record<string, (c: number) => number[][]>} */
  const outlines = {
    square: (c) => ring(c, 9, 4, Math.PI / 4),
    diamond: (c) => ring(c, 8.5, 4),
    hexagon: (c) => ring(c, 8, 6),
    octagon: (c) => ring(c, 8, 8, Math.PI / 8),
    star: (c) => star(c, 9),
    triangle: (c) => ring(c, 8.5, 3, -Math.PI / 2),
    triangleDown: (c) => ring(c, 8.5, 3, Math.PI / 2),
  };

  /** A type's glyph. @param {{shape: string, color: string, filled: boolean}} type */
  rg.glyph = (type) => {
    const made = rg.svg("svg", { class: "glyph", viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true" });
    const look = { fill: type.filled ? type.color : "#FFFFFF", stroke: type.color, "stroke-width": type.filled ? 1 : 2 };
    const outline = outlines[type.shape];
    made.append(
      outline
        ? rg.svg("polygon", { points: outline(10).map((p) => p.map((v) => v.toFixed(2)).join(",")).join(" "), ...look })
        : rg.svg("circle", { cx: 10, cy: 10, r: 7.5, ...look }),
    );
    return made;
  };

  /** A line's sample. @param {{color: string, dashes: number[], width: number}} style @param {boolean} unsettled */
  rg.lineGlyph = (style, unsettled) => {
    const made = rg.svg("svg", { class: "glyph", viewBox: "0 0 40 20", width: 40, height: 20, "aria-hidden": "true" });
    const look = { stroke: style.color, "stroke-width": style.width + 0.4, "stroke-dasharray": style.dashes.join(" ") };
    made.append(rg.svg("line", { x1: 1, y1: 10, x2: 39, y2: 10, ...look }));
    if (unsettled) {
      made.append(rg.svg("circle", { cx: 20, cy: 10, r: 7, fill: "#FFFFFF" }));
      const mark = rg.svg("text", { x: 20, y: 14.5, "text-anchor": "middle", "font-size": 13, "font-weight": 700, fill: style.color });
      mark.textContent = "?";
      made.append(mark);
    }
    return made;
  };

  /**
   * vis-network draws outlines as wide on screen at every zoom; of a small hollow glyph nothing hollow would be left,
   * so there they get thinner with it.
   */
  rg.outlines = (scale) => {
    const part = Math.min(1, Math.max(0.3, scale / WHOLE));
    const { groups } = rg.carried.options;
    for (const { id, type } of rg.model.nodes.values()) {
      const { name, filled } = rg.model.page.types[type];
      if (!filled && rg.stage.has(id)) rg.network.body.nodes[id].options.borderWidth = groups[name].borderWidth * part;
    }
  };

  /** vis-network's renderer of an octagon. */
  rg.octagon = ({ ctx, x, y, style }) => ({
    drawNode: () => {
      ctx.beginPath();
      ring(0, style.size, 8, Math.PI / 8).forEach(([dx, dy]) => ctx.lineTo(x + dx, y + dy));
      ctx.closePath();
      ctx.fillStyle = style.color;
      ctx.strokeStyle = style.borderColor;
      ctx.lineWidth = style.borderWidth;
      ctx.fill();
      ctx.stroke();
    },
    nodeDimensions: { width: 2 * style.size, height: 2 * style.size },
  });
})();
