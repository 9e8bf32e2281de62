"use strict";
/**
 * Labels: 12 px on screen at every zoom, the most important first, each at the first place round its glyph where it
 * covers no other label and no glyph, else not at all.
 *
 * @typedef {{id: string, what: "node"|"type"|"relation", font: string, color: string, left?: boolean}} Look
 * @typedef {(candidates: Box[], measured: Measured, look: Look) => void} Put
 */
(() => {
  const rg = window.relgraph;
  const { LEADING, fonts, measure, free } = rg.room;
  const WHOLE = 25; // characters; on the overview a name of no more is not wrapped, as in overview.py
  const GAP = 4;
  // px above and below the letters in a line, and at its ends: so far its box may go into a glyph's, which the letters
  // then still do not touch
  const BLANK = { y: 1.5, x: 1 };
  const READABLE = 1.5; // the scale from which what waits in the tray is named
  // where else a sector's name may stand, in parts of its own width and height, the nearest first
  const STEPS = [0, 0.35, 0.7, 1.05].flatMap((across) =>
    [0, 0.5, 1, 1.5, 2, 3].flatMap((down) => [1, -1].flatMap((a) => [1, -1].map((b) => [a * across, b * down]))),
  ).sort(([a, b], [c, d]) => Math.hypot(a * 2, b) - Math.hypot(c * 2, d));
  const MOST_RELATIONS = 16; // more of them say less than none
  const HUBS = 24; // so many of the best connected are named before the signs on lines

  /** @param {string} id @returns {Font} */
  const fontOf = (id) => (id === rg.model.page.home || id === rg.state.now.sel ? "bold" : "plain");

  /**
   * The places for a label round a glyph, the best first: below, above, beside.
   * @param {vis.Point & {r: number}} glyph @param {Measured} label @returns {Box[]}
   */
  const places = ({ x, y, r }, { w, h }) => [
    { x: x - w / 2, y: y + r + 1, w, h },
    { x: x - w / 2, y: y - r - h - 1, w, h },
    { x: x + r + GAP, y: y - h / 2, w, h },
    { x: x - r - GAP - w, y: y - h / 2, w, h },
  ];

  /** More places, askew, for a label that matters. @param {vis.Point & {r: number}} glyph @param {Measured} label @returns {Box[]} */
  const askew = ({ x, y, r }, { w, h }) =>
    [x - r, x + r - w, x + r, x - r - w].flatMap((left) => [
      { x: left, y: y + r + 1, w, h },
      { x: left, y: y - r - h - 1, w, h },
      { x: left, y: y - r, w, h },
      { x: left, y: y + r - h, w, h },
    ]).filter((b) => b.y >= y + r || b.y + h <= y - r || b.x >= x + r || b.x + w <= x - r);

  /** Where no label may stand: a glyph, less the blank within a label's box. @param {vis.Point & {r: number}} glyph */
  const glyphRoom = ({ x, y, r }) => {
    const half = r + BLANK.y - BLANK.x;
    return { x: x - half, y: y - r, w: 2 * half, h: 2 * r };
  };

  /** @type {Label[]} */
  let drawn = [];

  /**
   * Where all labels stand.
   * @param {Shown} view
   * @param {Lit | null} lit
   */
  const place = (view, lit) => {
    const { page, nodes, edges, name, degree } = rg.model;
    const { sel } = rg.state.now;
    /** @type {Label[]} */
    const found = [];
    const taken = free();
    /** @param {Box} b */
    const inside = (b) => b.x >= 2 && b.y >= 2 && b.x + b.w <= view.w - 2 && b.y + b.h <= view.h - 2;
    const first = new Set([sel, page.home]);
    const shown = [...nodes.values()].filter((n) => rg.stage.has(n.id) && rg.nodeShown(n) && (!lit || lit.nodes.has(n.id)));
    taken.add(view.controls);
    /** @param {MapNode} n */
    const rank = (n) => (n.id === sel ? 1e9 : n.id === page.home ? 1e8 : page.types[n.type].between ? 0 : degree(n));
    const ranked = shown
      .filter((node) => lit || view.scale >= READABLE || !rg.waits(node.id))
      .sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1));
    const hubs = new Set(lit ? [] : ranked.filter(({ id }) => !first.has(id)).slice(0, HUBS).map(({ id }) => id));
    /** @type {Map<string, vis.Point & {r: number}>} */
    const spots = new Map();
    for (const node of shown) {
      const p = view.at(node);
      const ring = node.id === sel ? 6 : 0;
      const r = Math.max(3, view.radius(node.id) * view.scale - BLANK.y) + ring;
      if (!view.whole && (p.x < -r || p.y < -r || p.x > view.w + r || p.y > view.h + r)) continue;
      spots.set(node.id, { ...p, r });
      if (first.has(node.id)) taken.add(glyphRoom({ ...p, r }));
    }
    const glyphs = free();
    for (const [id, spot] of spots) if (!page.types[nodes.get(id)?.type ?? 0].between) glyphs.add(glyphRoom(spot));
    /** @type {Put} */
    const put = (candidates, measured, look) => {
      const box = candidates.find((b) => (view.whole || inside(b)) && !taken.hits(b));
      if (!box) return;
      taken.add({ x: box.x - 1, y: box.y, w: box.w + 2, h: box.h });
      found.push({ ...box, ...look, lines: measured.text });
    };
    /** @param {MapNode} node */
    const called = (node) => {
      const spot = spots.get(node.id);
      if (!spot) return;
      const font = fontOf(node.id);
      const parts = rg.folds.count(node.id);
      const measured = measure(parts ? `${name(node)} (+${parts})` : name(node), font);
      const more = lit || hubs.has(node.id) ? askew(spot, measured) : [];
      const all = [...places(spot, measured), ...more];
      // the two that matter most are named in any case, but beside the other glyphs where they can be
      if (first.has(node.id)) all.sort((a, b) => Number(glyphs.hits(a)) - Number(glyphs.hits(b)));
      put(all, measured, { id: node.id, what: "node", font: fonts[font], color: "#1F2937" });
    };
    // The two that matter most are named whatever lies beneath, all others beside glyphs; the best connected, which
    // stand in the crowd, have their names before the signs on lines, which find room elsewhere, the rest after them.
    for (const node of ranked) if (first.has(node.id)) called(node);
    /** On the overview a relationship's own small node gives way to these. @param {string} id */
    const minor = (id) => !lit && page.types[rg.model.node(id).type].between;
    for (const [id, spot] of spots) if (!minor(id)) taken.add(glyphRoom(spot));
    const fields = rg.overview.fields();
    if (fields.length) drawFields(view, fields, taken, put);
    else if (!lit) drawHeadings(view, put);
    for (const node of ranked) if (hubs.has(node.id)) called(node);
    for (const [id, spot] of spots) if (minor(id)) taken.add(glyphRoom(spot));
    for (const box of view.marks(found)) taken.add(box);
    for (const node of ranked) if (!first.has(node.id) && !hubs.has(node.id)) called(node);
    if (lit) drawRelations(view, [...lit.edges].flatMap((id) => edges.get(id) ?? []), put);
    return found;
  };

  /**
   * The kind of each relationship on its line, round a chosen party, where there is room.
   * @param {Shown} view @param {MapEdge[]} lit @param {Put} put
   */
  const drawRelations = (view, lit, put) => {
    const { node, shared, pick, isRelation, page } = rg.model;
    // A relationship with a node of its own is named there.
    const named = lit.filter((edge) => ![edge.from, edge.to].some((id) => isRelation(node(id))));
    if (named.length > MOST_RELATIONS) return;
    // in the order of the panel: what a party is to another before what they did
    const order = new Map(page.groupNames.map((name, i) => [name, i]));
    named.sort((a, b) => (order.get(a.group ?? "") ?? 0) - (order.get(b.group ?? "") ?? 0));
    for (const edge of named) {
      const text = pick(shared(edge.kind))[0];
      const [a, b] = [view.at(node(edge.from)), view.at(node(edge.to))];
      const measured = measure(text, "kind");
      /** @param {number} part */
      const along = (part) => {
        const { x, y } = view.along(edge.id, part);
        return { x: x - measured.w / 2, y: y - measured.h / 2, w: measured.w, h: measured.h };
      };
      /** @type {Look} */
      const look = { id: edge.id, what: "relation", font: fonts.kind, color: "#4B5563" };
      if (measured.w < Math.hypot(b.x - a.x, b.y - a.y)) put([along(0.5), along(0.62), along(0.38)], measured, look);
    }
  };

  /**
   * On the overview of a very large map: its fields by name, then their bubbles, the largest first.
   * @param {Shown} view @param {Field[]} fields @param {Taken} taken @param {Put} put
   */
  const drawFields = (view, fields, taken, put) => {
    const { page, nodes, name } = rg.model;
    /** @param {string} text @param {number} count */
    const numbered = (text, count) => {
      const whole = `${text} (${count.toLocaleString(rg.state.now.lang)})`;
      return { text: whole, short: whole.length <= WHOLE };
    };
    /** @param {{text: string, short: boolean}} of @param {Font} font */
    const sized = ({ text, short }, font) => measure(text, font, short);
    for (const bubble of fields.flatMap((field) => field.bubbles)) {
      const { x, y } = view.at(bubble);
      const r = bubble.r * view.scale;
      taken.add({ x: x - r, y: y - r, w: 2 * r, h: 2 * r });
    }
    const home = nodes.get(page.home);
    if (home) {
      const measured = measure(name(home), "bold");
      const spot = { ...view.at({ x: 0, y: 0 }), r: 22 * view.scale };
      put(places(spot, measured), measured, { id: home.id, what: "type", font: fonts.bold, color: "#1F2937" });
    }
    for (const { text, count, type, title } of fields) {
      const measured = sized(numbered(text, count), "bold");
      const { x, y } = view.at(title);
      const box = { x: x - measured.w / 2, y: y - measured.h / 2, w: measured.w, h: measured.h };
      put([box], measured, { id: type.name, what: "type", font: fonts.bold, color: type.ink });
    }
    const rows = fields.flatMap(({ names, bubbles }) => bubbles.map((bubble) => ({ ...bubble, names })));
    for (const { text, count, index, names, y } of rows.sort((a, b) => b.count - a.count || a.index - b.index)) {
      const measured = sized(numbered(text, count), "plain");
      const at = view.at({ x: names, y });
      const look = /** @type {const} */ ({ what: "type", font: fonts.plain, color: "#1F2937", id: `group ${index}` });
      put([{ x: at.x, y: at.y - measured.h / 2, w: measured.w, h: measured.h }], measured, { ...look, left: true });
    }
  };

  /**
   * The names of the sectors, or of what lies in the tray, where the layout left room for them or a little beside.
   * @param {Shown} view @param {Put} put
   */
  const drawHeadings = (view, put) => {
    for (const { id, text, color, x, y, align, light } of rg.hulls.headings()) {
      const font = light ? "kind" : "bold";
      const measured = measure(text, font, align === "left");
      const p = view.at({ x, y });
      const left = align === "center" ? p.x - measured.w / 2 : p.x;
      const box = { x: left, y: p.y - measured.h / 2, w: measured.w, h: measured.h };
      const beside = align === "center" && !light ? STEPS : [[0, 0]];
      const candidates = beside.map(([dx, dy]) => ({ ...box, x: box.x + dx * measured.w, y: box.y + dy * measured.h }));
      put(candidates, measured, { id, what: "type", font: fonts[font], color });
    }
  };

  /** @param {CanvasRenderingContext2D} ctx @param {Label} label */
  const paint = (ctx, { font, color, left, lines, ...box }) => {
    const x = left ? box.x + 1 : box.x + box.w / 2;
    ctx.font = font;
    ctx.textAlign = left ? "left" : "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.lineWidth = 4;
    ctx.strokeStyle = "rgba(255,255,255,0.9)";
    ctx.fillStyle = color;
    lines.forEach((line, i) => ctx.strokeText(line, x, box.y + (i + 0.5) * LEADING));
    lines.forEach((line, i) => ctx.fillText(line, x, box.y + (i + 0.5) * LEADING));
  };

  rg.labels = {
    place,
    /** @param {CanvasRenderingContext2D} ctx in px of the canvas as shown */
    draw: (ctx, view, lit) => {
      drawn = place(view, lit);
      for (const label of drawn) paint(ctx, label);
    },
    /** The room a node's label takes. @param {string} id */
    room: (id) => measure(rg.model.name(rg.model.node(id)), fontOf(id)),
    headingRoom: ({ text, align }) => measure(text, "bold", align === "left"),
    /** Whether a node is named on the map as it is now. */
    drawn: (id) => drawn.some((label) => label.what === "node" && label.id === id),
    /** The node whose label is under a point. */
    at: (x, y) =>
      drawn.find((b) => b.what === "node" && x >= b.x && x <= b.x + b.w && y >= b.y && y <= b.y + b.h)?.id,
  };
  /** What was drawn, for tests: boxes in px of the canvas as shown. */
  rg.drawnLabels = () => drawn.map(({ id, what, lines, x, y, w, h }) => ({ id, what, x, y, w, h, text: lines.join(" ") }));
})();
