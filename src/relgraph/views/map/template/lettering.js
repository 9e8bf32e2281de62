"use strict";
/** The names and the signs in the picture that is saved and printed: placed as on the screen, drawn as SVG. */
(() => {
  const rg = window.relgraph;
  const { LEADING } = rg.room;
  const SIGN = 7; // px, half of a sign's room

  /** @param {string} text @param {number} x @param {number} y @param {Attributes} [look] */
  const words = (text, x, y, look = {}) => {
    const made = rg.svg("text", { x, y, "font-size": 12, fill: "#1F2937", ...look });
    made.textContent = text;
    return made;
  };

  /** @param {Box} box @param {number} by */
  const times = ({ x, y, w, h }, by) => ({ x: x * by, y: y * by, w: w * by, h: h * by });

  /** @param {string} id @param {number} part */
  const along = (id, part) => rg.network.body.edges[id].edgeType.getPoint(part);

  /** The signs on lines, with their boxes. @param {Pictured} what @param {Box[]} beside */
  const signed = ({ nodes, edges }, beside) => {
    const doubtful = edges.filter(({ from, to }) => rg.lit() || !(rg.waits(from) || rg.waits(to))).filter(rg.overlay.signOf);
    const boxes = rg.overlay.signs({ nodes, edges: doubtful }, { at: (p) => p, along, scale: 1 }, SIGN, beside);
    const made = boxes.flatMap(({ x, y }, i) => [
      rg.svg("circle", { cx: x + SIGN, cy: y + SIGN, r: SIGN, fill: "#FFFFFF" }),
      words(rg.overlay.signOf(doubtful[i]), x + SIGN, y + SIGN + 4, { "text-anchor": "middle", "font-weight": 700, "font-size": 11 }),
    ]);
    return { made, boxes };
  };

  /**
   * The labels as on the screen; larger ones have less room, and the more important go first.
   * @param {number} size how many times the stored size @param {(beside: Box[]) => Box[]} marks
   */
  const labels = (size, marks) => {
    /** @param {vis.Point} p */
    const at = ({ x, y }) => ({ x: x / size, y: y / size });
    const view = {
      ...{ w: 0, h: 0, whole: true, scale: 1 / size, radius: rg.radius, at, controls: { x: -1e6, y: -1e6, w: 0, h: 0 } },
      along: (/** @type {string} */ id, /** @type {number} */ part) => at(along(id, part)),
      marks: (/** @type {Box[]} */ beside) => marks(beside.map((box) => times(box, size))).map((box) => times(box, 1 / size)),
    };
    const made = rg.svg("g", {
      ...{ transform: `scale(${size.toFixed(3)})`, "paint-order": "stroke", stroke: "#FFFFFF", "stroke-width": 3 },
      "stroke-linejoin": "round",
    });
    /** @type {Box[]} */
    const boxes = [];
    if (rg.overview.fields().length) return { made, boxes }; // they have their names
    for (const { x, y, w, h, lines, color, left, what, id } of rg.labels.place(view, rg.lit())) {
      const { sel } = rg.state.now;
      const strong = what === "type" ? !id.endsWith(" km") : id === sel || id === rg.model.page.home;
      const look = { fill: color, "text-anchor": left ? "start" : "middle", "font-weight": strong ? 600 : 400 };
      const slant = { ...look, "font-style": what === "relation" ? "italic" : "normal" };
      lines.forEach((text, i) => made.append(words(text, left ? x + 1 : x + w / 2, y + 11 + i * LEADING, slant)));
      boxes.push(times({ x, y, w, h }, size));
    }
    return { made, boxes };
  };

  rg.lettering = {
    words,
    of: (what, size) => {
      /** @type {SVGElement[]} */
      let signs = [];
      const { made, boxes } = labels(size, (beside) => {
        const found = signed(what, beside);
        signs = found.made;
        return found.boxes;
      });
      return { made: [...signs, made], boxes };
    },
  };
})();
