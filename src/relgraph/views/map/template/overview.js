"use strict";
/**
 * The overview of a very large map: a field a type, the city among them, in each a bubble a country, as overview.py placed
 * them; how many each holds is counted anew for every state of the filter.
 */
(() => {
  const rg = window.relgraph;
  const HOME = 22; // px, radius
  const FOCUS = "#005FCC";
  const OTHERS = "*"; // as in overview.py

  /** @type {State | null} */
  let state = null;
  /** @type {Field[]} */
  let found = [];
  /** @type {number[]} */
  let totals = [];
  let pointed = -1;

  /** How many of these nodes each bubble holds. @param {Iterable<MapNode>} nodes */
  const counted = (nodes) => {
    /** @type {number[]} */
    const counts = [];
    for (const { id, bubble } of nodes) {
      if (id !== rg.model.page.home && bubble !== undefined) counts[bubble] = (counts[bubble] ?? 0) + 1;
    }
    return counts;
  };

  /** @param {number | string} country */
  const land = (country) => {
    const { page, pick, ui } = rg.model;
    if (country === OTHERS) return ui("otherCountries");
    return pick(rg.country.name(typeof country === "number" ? (page.countries[country]?.[0] ?? "+") : ""))[0];
  };

  const make = () => {
    const { page, nodes, heading } = rg.model;
    if (!totals.length) totals = counted(nodes.values());
    const counts = counted([...nodes.values()].filter(rg.nodeShown));
    let at = 0;
    return page.overview.map(([index, x, y, w, h, titleX, titleY, names, ...placed]) => {
      const type = page.types[index];
      const bubbles = placed.map(([country, bx, by, most]) => {
        const count = counts[at] ?? 0;
        const r = Math.max(4, most * Math.sqrt(count / (totals[at] || 1)));
        return { index: at++, type, text: land(country), count, x: bx, y: by, r };
      });
      const count = bubbles.reduce((sum, bubble) => sum + bubble.count, 0);
      const shown = bubbles.filter((bubble) => bubble.count);
      return { type, text: heading(type.plural), count, x, y, w, h, title: { x: titleX, y: titleY }, names, bubbles: shown };
    }).filter((field) => field.count);
  };

  /** The fields with something in them; none where single nodes are shown. @type {Relgraph["overview"]["fields"]} */
  const fields = () => {
    if (rg.model.page.scale !== "types" || rg.lit()) return [];
    if (state !== rg.state.now) [state, found] = [rg.state.now, make()];
    return found;
  };

  /** @type {Relgraph["overview"]["draw"]} */
  const draw = (ctx) => {
    const { page, nodes } = rg.model;
    const shown = fields();
    if (!shown.length) return;
    ctx.save();
    ctx.setLineDash([]);
    ctx.lineWidth = 1;
    for (const { type, x, y, w, h } of shown) {
      ctx.fillStyle = "#FFFFFF";
      ctx.fillRect(x, y, w, h);
      ctx.globalAlpha = 0.075;
      ctx.fillStyle = type.color;
      ctx.fillRect(x, y, w, h);
      ctx.globalAlpha = 0.5;
      ctx.strokeStyle = type.color;
      ctx.strokeRect(x, y, w, h);
      ctx.globalAlpha = 1;
    }
    const home = nodes.get(page.home);
    const city = home ? [{ x: 0, y: 0, r: HOME, type: page.types[home.type] }] : [];
    for (const { x, y, r, type } of [...city, ...shown.flatMap(({ bubbles }) => bubbles)]) {
      ctx.beginPath();
      ctx.arc(x, y, r, 0, 2 * Math.PI);
      ctx.fillStyle = type.filled ? type.color : "#FFFFFF";
      ctx.strokeStyle = type.color;
      ctx.lineWidth = 2.5;
      ctx.fill();
      ctx.stroke();
    }
    const meant = shown.flatMap(({ bubbles }) => bubbles).find(({ index }) => index === pointed);
    if (meant) {
      const scale = rg.network.getScale();
      ctx.beginPath();
      ctx.arc(meant.x, meant.y, meant.r + 5 / scale, 0, 2 * Math.PI);
      ctx.lineWidth = 3 / scale;
      ctx.strokeStyle = FOCUS;
      ctx.stroke();
    }
    ctx.restore();
  };

  rg.overview = {
    fields,
    draw,
    /** The bubble at a point of the canvas. */
    at: ({ x, y }) =>
      fields()
        .flatMap(({ bubbles }) => bubbles)
        .find((one) => Math.hypot(x - one.x, y - one.y) <= Math.max(one.r, 8)),
    /** Put a ring round the bubble of a number; -1 for none. */
    point: (index) => {
      if (pointed === index) return;
      pointed = index;
      rg.network.redraw();
    },
    /** Its parties with their relationships, as a table. */
    open: ({ type, index }) => {
      const { page, nodes } = rg.model;
      const home = nodes.get(page.home)?.type;
      const others = page.types.filter(({ name }, i) => name !== type.name && i !== home);
      const own = [...nodes.values()].filter(({ bubble, id }) => bubble === index && id !== page.home);
      const land = page.countries.length ? new Set(own.map(rg.country.of)) : new Set();
      rg.state.set({ view: "table", types: new Set(others.map(({ name }) => name)), land });
    },
  };
})();
