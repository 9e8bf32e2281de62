"use strict";
/**
 * Which nodes vis-network holds. All of them, at the places they were given; but of a very large map only what is
 * chosen with its neighbours, placed round it (without a choice there is overview.js).
 */
(() => {
  const rg = window.relgraph;
  const GAP = { x: 190, y: 120 };
  const THINNEST = 0.5; // of styles.py
  const FULL = 0.65; // the width that is shown as 1 px, in the same measure

  /** @type {Set<string>} */
  let staged = new Set();
  let large = false;
  let changed = false;
  const contrast = window.matchMedia("(prefers-contrast: more)");

  /** The chosen one in the middle, the others round it by type and name. @param {string[]} ids @param {string} centre */
  const ring = (ids, centre) => {
    const { node, name } = rg.model;
    const others = ids.filter((id) => id !== centre);
    const names = new Map(others.map((id) => [id, name(node(id))]));
    /** @param {string} id */
    const key = (id) => `${String(node(id).type).padStart(3, "0")} ${names.get(id)} ${id}`;
    const keys = new Map(others.map((id) => [id, key(id)]));
    others.sort((a, b) => ((keys.get(a) ?? "") < (keys.get(b) ?? "") ? -1 : 1));
    /** @type {Map<string, vis.Point>} */
    const places = new Map([[centre, { x: 0, y: 0 }]]);
    for (let r = 1, at = 0; at < others.length; r++) {
      const room = Math.min(others.length - at, Math.floor(2 * Math.PI * r));
      for (let i = 0; i < room; i++, at++) {
        const angle = (2 * Math.PI * (i + (r % 2) / 2)) / room - Math.PI / 2;
        places.set(others[at], { x: GAP.x * r * Math.cos(angle), y: GAP.y * r * Math.sin(angle) });
      }
    }
    return places;
  };

  /** How strong a line is on the whole map, 0 to 1: in a crowd the solid ones recede. @param {MapEdge} edge */
  const strength = (edge) => {
    const { crowd, lines } = rg.model.page;
    const share = crowd.lines / rg.visible().edges.size;
    if (share >= 1 || contrast.matches || lines[edge.line].dashes.length) return 1;
    return Math.round(100 * share ** crowd.power) / 100;
  };

  /**
   * No line is thinner than a px on the screen, however small the map is shown: a thinner one is paler than its colour.
   * What is drawn thinner than others stays so; lines to what waits in the tray recede, and so do solid ones in a
   * crowd, until they are chosen.
   * @param {vis.BodyEdge | undefined} edge
   */
  const adjust = (edge) => {
    let shared = edge && Object.getPrototypeOf(edge.edgeType);
    while (shared && !Object.prototype.hasOwnProperty.call(shared, "drawLine")) shared = Object.getPrototypeOf(shared);
    if (!shared) return;
    const own = shared.drawLine;
    /** @this {vis.EdgeType} @param {CanvasRenderingContext2D} ctx @param {vis.Look} look @param {unknown[]} rest */
    shared.drawLine = function (ctx, look, ...rest) {
      const { width } = this.options; // that of `look` is larger for what is chosen, and on a map that is shown small
      const least = Math.min(1.5, Math.max(1, width / FULL)) / rg.network.getScale();
      const plain = width >= THINNEST && look.color !== this.options.color.highlight;
      const known = plain ? rg.model.edges.get(this.id) : undefined;
      ctx.globalAlpha = known ? strength(known) : 1;
      own.call(this, ctx, width < THINNEST ? look : { ...look, width: Math.max(look.width, least) }, ...rest);
      ctx.globalAlpha = 1;
    };
    changed = true;
  };

  /** @type {Map<string, vis.EdgeItem> | null} */
  let items = null;

  rg.stage = {
    start: (box) => {
      const { nodes, edges, options } = rg.carried;
      large = rg.model.page.scale === "types";
      /** @type {vis.Options["groups"]} */
      const groups = {};
      for (const [name, style] of Object.entries(options.groups)) {
        groups[name] = style.shape === "custom" ? { ...style, ctxRenderer: rg.octagon } : style;
      }
      const drawn = { nodes: new vis.DataSet(large ? [] : nodes), edges: new vis.DataSet(large ? [] : edges) };
      if (!large) staged = new Set(nodes.map(({ id }) => id));
      rg.drawn = drawn;
      rg.network = new vis.Network(box, drawn, { ...options, groups });
      if (large) {
        // all of what is on is lit, which overlay.js draws: beneath its veil nobody would see it
        rg.network.renderer._drawEdges = () => {};
        rg.network.renderer._drawNodes = () => ({});
      }
      rg.network.on("beforeDrawing", () => {
        if (!changed) adjust(Object.values(rg.network.body.edges)[0]);
      });
    },

    /** Bring on what is to be seen now; whether anything changed. */
    show: () => {
      if (!large) return false;
      const { edges, node } = rg.model;
      const lit = rg.lit();
      const { sel, a } = rg.state.now;
      const ids = lit ? [...lit.nodes] : [];
      const places = ring(ids, lit?.nodes.has(sel) ? sel : lit?.nodes.has(a) ? a : (ids[0] ?? ""));
      items ??= new Map(rg.carried.edges.map((item) => [item.id, item]));
      staged = new Set(); // vis-network draws at every change: nothing counts on what is not there yet
      rg.drawn.edges.clear();
      rg.drawn.nodes.clear();
      const wanted = new Set(ids);
      const carried = new Map(rg.carried.nodes.filter(({ id }) => wanted.has(id)).map((item) => [item.id, item]));
      for (const id of ids) Object.assign(node(id), places.get(id));
      rg.drawn.nodes.add(ids.flatMap((id) => ({ .../** @type {vis.NodeItem} */ (carried.get(id)), ...places.get(id) })));
      rg.drawn.edges.add([...(lit?.edges ?? [])].flatMap((id) => (edges.has(id) ? (items?.get(id) ?? []) : [])));
      staged = wanted;
      return true;
    },

    has: (id) => staged.has(id),
    strength,
  };
})();
