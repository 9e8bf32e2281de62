"use strict";
/**
 * Labels: 12 px on screen at every zoom, the most important first, each at the first place round its glyph where it
 * covers no other label and no glyph, else not at all.
 *
 * @typedef {{x: number, y: number, w: number, h: number}} Box  in px of the canvas as shown
 * @typedef {{text: string[], w: number, h: number}} Measured
 */
(() => {
  const rg = window.relgraph;
  const FAMILY = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';
  const SIZE = 12;
  const LEADING = 15;
  const WIDTH = 20; // characters a line, as in boxes.py
  const MAX_LINES = 3;
  const GAP = 4;
  const MOST_RELATIONS = 16; // more of them say less than none
  const fonts = { plain: `${SIZE}px ${FAMILY}`, bold: `600 ${SIZE + 1}px ${FAMILY}`, kind: `italic 11px ${FAMILY}` };

  /** The text in lines; what does not fit ends in an ellipsis. @param {string} text */
  const wrap = (text) => {
    const lines = [];
    let cut = text.length > 400;
    for (const word of text.slice(0, 400).split(/\s+/).filter(Boolean)) {
      const last = lines[lines.length - 1];
      if (last !== undefined && last.length + 1 + word.length <= WIDTH) lines[lines.length - 1] = `${last} ${word}`;
      else if (lines.length === MAX_LINES) {
        cut = true;
        break;
      } else lines.push(word.length > 28 ? `${word.slice(0, 27)}…` : word);
    }
    if (cut && lines.length) lines[lines.length - 1] = `${lines[lines.length - 1].replace(/…$/, "")}…`;
    return lines;
  };

  /** Boxes already taken, in cells, so that asking stays cheap. */
  class Taken {
    constructor() {
      /** @type {Map<number, Box[]>} */
      this.cells = new Map();
    }
    /** @param {Box} box @param {(cell: number) => boolean | void} use  stops when it returns true */
    static over(box, use) {
      for (let i = Math.floor(box.x / 64); i <= Math.floor((box.x + box.w) / 64); i++)
        for (let j = Math.floor(box.y / 64); j <= Math.floor((box.y + box.h) / 64); j++)
          if (use(i * 100003 + j)) return true;
      return false;
    }
    /** @param {Box} box */
    add(box) {
      Taken.over(box, (cell) => {
        const there = this.cells.get(cell);
        if (there) there.push(box);
        else this.cells.set(cell, [box]);
      });
    }
    /** @param {Box} b */
    hits(b) {
      return Taken.over(b, (cell) =>
        (this.cells.get(cell) || []).some(
          (o) => b.x < o.x + o.w && o.x < b.x + b.w && b.y < o.y + o.h && o.y < b.y + b.h,
        ),
      );
    }
  }

  const ruler = document.createElement("canvas").getContext("2d");
  /** @type {Map<string, Measured>} */
  const measures = new Map();
  /** @param {string} text @param {keyof typeof fonts} font @returns {Measured} */
  const measure = (text, font) => {
    const key = `${font} ${text}`;
    let found = measures.get(key);
    if (!found) {
      ruler.font = fonts[font];
      const lines = wrap(text);
      const widest = Math.max(0, ...lines.map((line) => ruler.measureText(line).width));
      found = { text: lines, w: Math.ceil(widest) + 2, h: lines.length * LEADING };
      measures.set(key, found);
    }
    return found;
  };

  const fontOf = (id) => (id === rg.model.page.home || id === rg.state.now.sel ? "bold" : "plain");

  /** The places for a label round a glyph, the best first: below, above, beside, askew. @returns {Box[]} */
  const places = (x, y, r, { w, h }) => [
    { x: x - w / 2, y: y + r + 1, w, h },
    { x: x - w / 2, y: y - r - h - 1, w, h },
    { x: x + r + GAP, y: y - h / 2, w, h },
    { x: x - r - GAP - w, y: y - h / 2, w, h },
    { x: x + r * 0.7, y: y + r * 0.7, w, h },
    { x: x - r * 0.7 - w, y: y + r * 0.7, w, h },
    { x: x + r * 0.7, y: y - r * 0.7 - h, w, h },
    { x: x - r * 0.7 - w, y: y - r * 0.7 - h, w, h },
  ];

  /** @type {(Box & {id: string, what: "node"|"type"|"relation", text: string})[]} */
  let drawn = [];

  /**
   * Draw all labels.
   * @param {CanvasRenderingContext2D} ctx in px of the canvas as shown
   * @param {{w: number, h: number, at: (p: {x: number, y: number}) => {x: number, y: number},
   *          scale: number, radius: (id: string) => number, obstacles: Box[],
   *          along: (edge: string, part: number) => {x: number, y: number}}} view
   * @param {{nodes: Set<string>, edges: Set<string>} | null} lit
   */
  const draw = (ctx, view, lit) => {
    const { page, nodes, edges, name, degree } = rg.model;
    const { sel } = rg.state.now;
    drawn = [];
    const taken = new Taken();
    const inside = (b) => b.x >= 2 && b.y >= 2 && b.x + b.w <= view.w - 2 && b.y + b.h <= view.h - 2;
    const shown = [...nodes.values()].filter((n) => rg.nodeShown(n) && (!lit || lit.nodes.has(n.id)));
    for (const box of view.obstacles) taken.add(box);
    const spots = new Map();
    for (const node of shown) {
      const p = view.at(node);
      const ring = node.id === sel ? 6 : 0;
      const r = Math.max(3, view.radius(node.id) * view.scale) + ring;
      if (p.x < -r || p.y < -r || p.x > view.w + r || p.y > view.h + r) continue;
      spots.set(node.id, { ...p, r });
      taken.add({ x: p.x - r, y: p.y - r, w: 2 * r, h: 2 * r });
    }
    const put = (candidates, measured, look, suits = () => true) => {
      const box = candidates.find((b) => inside(b) && !taken.hits(b) && suits(b));
      if (!box) return;
      taken.add({ x: box.x - 1, y: box.y, w: box.w + 2, h: box.h });
      drawn.push({ ...box, id: look.id, what: look.what, text: measured.text.join(" ") });
      paint(ctx, box, measured.text, look);
    };
    const rank = (n) => (n.id === sel ? 1e9 : n.id === page.home ? 1e8 : degree(n));
    for (const node of shown.sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1))) {
      const spot = spots.get(node.id);
      if (!spot) continue;
      const font = fontOf(node.id);
      const measured = measure(name(node), font);
      const look = { id: node.id, what: "node", font: fonts[font], color: "#1F2937" };
      put(places(spot.x, spot.y, spot.r, measured), measured, look);
    }
    if (lit) drawRelations(view, [...lit.edges].map((id) => edges.get(id)), put);
    else drawTypes(view, spots, put);
  };

  /** The kind of each relationship on its line, round a chosen party, where there is room. */
  const drawRelations = (view, lit, put) => {
    const { nodes, shared, pick, isRelation } = rg.model;
    // A relationship with a node of its own is named there.
    const named = lit.filter((edge) => ![edge.from, edge.to].some((id) => isRelation(nodes.get(id))));
    if (named.length > MOST_RELATIONS) return;
    for (const edge of named) {
      const text = pick(shared(edge.kind))[0];
      const [a, b] = [view.at(nodes.get(edge.from)), view.at(nodes.get(edge.to))];
      const measured = measure(text, "kind");
      const along = (part) => {
        const { x, y } = view.along(edge.id, part);
        return { x: x - measured.w / 2, y: y - measured.h / 2, w: measured.w, h: measured.h };
      };
      const look = { id: edge.id, what: "relation", font: fonts.kind, color: "#4B5563" };
      if (measured.w < Math.hypot(b.x - a.x, b.y - a.y)) put([along(0.5), along(0.62), along(0.38)], measured, look);
    }
  };

  /** The name of each sector, beside the outermost of its nodes that leaves room. */
  const drawTypes = (view, spots, put) => {
    for (const { type, points } of rg.hulls.all()) {
      const measured = measure(rg.model.heading(type.plural), "bold");
      const candidates = points
        .filter((node) => spots.has(node.id))
        .sort((a, b) => Math.hypot(b.x / 1.5, b.y) - Math.hypot(a.x / 1.5, a.y))
        .slice(0, 12)
        .flatMap((node) => {
          const { x, y, r } = spots.get(node.id);
          const rise = r + 48;
          const out = places(x, y, y < 0 ? r + 6 : rise, measured);
          const far = [
            { x: x - measured.w / 2, y: y - r - measured.h - 8, w: measured.w, h: measured.h },
            { x: x - measured.w / 2, y: y + rise, w: measured.w, h: measured.h },
          ];
          return [...(node.y <= 0 ? far : [...far].reverse()), ...out];
        });
      const members = new Set(points.map((node) => node.id));
      const look = { id: type.name, what: "type", font: fonts.bold, color: type.color };
      put(candidates, measured, look, (box) => members.has(nearest(spots, box)));
    }
  };

  /** The node nearest a box: a sector's name must not stand by another sector's node. */
  const nearest = (spots, box) => {
    let best = "";
    let least = Infinity;
    for (const [id, { x, y }] of spots) {
      // A glyph with its label is a wide thing whose middle is a little lower than the glyph.
      const off = Math.hypot((x - box.x - box.w / 2) / 2, y + 8 - box.y - box.h / 2);
      if (off < least) [best, least] = [id, off];
    }
    return best;
  };

  const paint = (ctx, box, lines, { font, color }) => {
    ctx.font = font;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.lineWidth = 4;
    ctx.strokeStyle = "rgba(255,255,255,0.9)";
    ctx.fillStyle = color;
    lines.forEach((line, i) => ctx.strokeText(line, box.x + box.w / 2, box.y + (i + 0.5) * LEADING));
    lines.forEach((line, i) => ctx.fillText(line, box.x + box.w / 2, box.y + (i + 0.5) * LEADING));
  };

  rg.labels = {
    draw,
    /** The room a node's label takes. @param {string} id */
    room: (id) => measure(rg.model.name(rg.model.nodes.get(id)), fontOf(id)),
    /** The node whose label is under a point. */
    at: (x, y) =>
      drawn.find((b) => b.what === "node" && x >= b.x && x <= b.x + b.w && y >= b.y && y <= b.y + b.h)?.id,
  };
  /** What was drawn, for tests: boxes in px of the canvas as shown. */
  rg.drawnLabels = () => drawn.map((box) => ({ ...box }));
})();
