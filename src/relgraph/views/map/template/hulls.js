"use strict";
/** The faint ground behind each sector: its nodes, joined by the shortest tree, drawn as one broad soft shape. */
(() => {
  const rg = window.relgraph;
  const REACH = 240; // px; a node further off than this stands on ground of its own
  const BROAD = 72;

  /** @param {string} color @param {number} share of the colour in white */
  const tint = (color, share) => {
    const part = (at) => Math.round(255 - (255 - parseInt(color.slice(at, at + 2), 16)) * share);
    return `rgb(${part(1)},${part(3)},${part(5)})`;
  };

  /** The shortest tree over the points (Prim), as pairs. */
  const tree = (points) => {
    const left = points.slice(1);
    const near = left.map((p) => ({ from: points[0], d: Math.hypot(p.x - points[0].x, p.y - points[0].y) }));
    const pairs = [];
    while (left.length) {
      let best = 0;
      for (let i = 1; i < left.length; i++) if (near[i].d < near[best].d) best = i;
      const [added] = left.splice(best, 1);
      const [{ from, d }] = near.splice(best, 1);
      if (d < REACH) pairs.push([from, added]);
      left.forEach((p, i) => {
        const distance = Math.hypot(p.x - added.x, p.y - added.y);
        if (distance < near[i].d) near[i] = { from: added, d: distance };
      });
    }
    return pairs;
  };

  let hulls = [];
  rg.hulls = {
    /** Once, after the data are read. */
    prepare: () => {
      const { page, nodes } = rg.model;
      hulls = page.types.map((type, index) => {
        const points = [...nodes.values()].filter((node) => node.type === index && node.id !== page.home);
        return { type, points, pairs: points.length ? tree(points) : [], color: tint(type.color, 0.065) };
      });
    },
    /** @param {CanvasRenderingContext2D} ctx in the network's own coordinates */
    draw: (ctx) => {
      ctx.save();
      ctx.lineCap = "round";
      ctx.lineJoin = "round";
      ctx.setLineDash([]);
      for (const { type, points, pairs, color } of hulls) {
        if (rg.state.now.types.has(type.name)) continue;
        ctx.strokeStyle = color;
        ctx.lineWidth = BROAD;
        ctx.beginPath();
        // The ground lies a little low, since labels hang below their glyphs.
        for (const p of points) {
          ctx.moveTo(p.x - 30, p.y + 14);
          ctx.lineTo(p.x + 30, p.y + 14);
        }
        for (const [a, b] of pairs) {
          ctx.moveTo(a.x, a.y + 14);
          ctx.lineTo(b.x, b.y + 14);
        }
        ctx.stroke();
      }
      ctx.restore();
    },
    all: () => hulls,
  };
})();
