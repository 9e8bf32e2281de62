"use strict";
/** What is drawn over vis-network's picture: the veil and the lit part, arrow heads, signs on lines, the focus ring. */
(() => {
  const rg = window.relgraph;
  const FOCUS = "#005FCC";
  const MOST_MARKS = 40;
  const SIGN = { least: 4.5, most: 6 }; // px, half of a sign's room
  // from the end with more lines, since they lie apart towards the other; as in routes.py
  const ALONG = Array.from({ length: 32 }, (_, i) => 11 + i)
    .sort((a, b) => Math.abs(a - 35) - Math.abs(b - 35))
    .map((part) => part / 50);

  /** @param {MapEdge} edge */
  const along = ({ from, to }) => {
    const { node, degree } = rg.model;
    const forth = degree(node(from)) >= degree(node(to));
    return ALONG.map((part) => (forth ? part : 1 - part));
  };

  /**
   * Lines in full strength, with arrow heads where they have a direction; what only may have held in the chosen years
   * stays as it is on the overview.
   * @param {CanvasRenderingContext2D} ctx @param {Iterable<string>} ids
   */
  const strong = (ctx, ids) => {
    const { possible } = rg.visible();
    for (const id of ids) {
      const edge = rg.network.body.edges[id];
      const { to } = edge.options.arrows;
      edge.selected = !possible.has(id);
      edge.draw(ctx);
      if (rg.model.edges.get(id)?.directed) {
        to.enabled = true;
        edge.drawArrows(ctx);
        to.enabled = false;
      }
      edge.selected = false;
    }
  };

  /**
   * Where the sign of each line stands: off the glyphs, and apart from the others, where its line has room for that.
   * @type {Relgraph["overlay"]["signs"]}
   */
  const signs = ({ nodes, edges }, { at, along: point, scale }, half, beside) => {
    const glyphs = rg.room.free();
    for (const node of nodes.filter((one) => !rg.model.isRelation(one))) {
      const { x, y } = at(node);
      const r = rg.radius(node.id) * scale;
      glyphs.add({ x: x - r, y: y - r, w: 2 * r, h: 2 * r });
    }
    for (const box of beside) glyphs.add(box);
    const places = edges.map((edge) => {
      const spots = along(edge).map((part) => {
        const { x, y } = point(edge.id, part);
        return { x: x - half, y: y - half, w: 2 * half, h: 2 * half };
      });
      const clear = spots.filter((one) => !glyphs.hits(one));
      const open = clear.length ? clear : spots;
      const [xs, ys] = [open.map(({ x }) => x), open.map(({ y }) => y)];
      return { open, length: Math.max(...xs) - Math.min(...xs) + Math.max(...ys) - Math.min(...ys) };
    });
    /** @type {Map<number, Box>} */
    const found = new Map();
    /** How far the nearest sign is. @param {Box} a */
    const apart = (a) =>
      Math.min(...[...found.values()].map((b) => Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y))));
    // the lines with the least room first: the others can give way
    const order = places.map((_, i) => i).sort((a, b) => places[a].length - places[b].length);
    const taken = rg.room.free();
    for (const i of order) {
      const { open } = places[i];
      const box = open.find((one) => !taken.hits(one)) ?? open.reduce((a, b) => (apart(b) > apart(a) ? b : a));
      taken.add(box);
      found.set(i, box);
    }
    return places.map((_, i) => /** @type {Box} */ (found.get(i)));
  };

  /** The sign of a line, if it has one: not settled, or only possibly of the chosen years. @param {MapEdge} edge */
  const signOf = (edge) => (rg.model.unsettled(edge) ? "?" : rg.visible().possible.has(edge.id) ? "~" : "");

  rg.overlay = {
    signs,
    signOf,
    /** Whether what is only possibly of the chosen years has its sign: of very many nobody could tell them apart. */
    perhaps: () => Boolean(rg.lit()) || rg.visible().possible.size <= MOST_MARKS,

    /** Everything but the lit part recedes. */
    veil: (ctx, size, lit) => {
      rg.onScreen(ctx, () => {
        ctx.fillStyle = "rgba(255,255,255,0.86)";
        ctx.fillRect(0, 0, size.w, size.h);
      });
      strong(ctx, lit.edges);
      for (const id of lit.nodes) rg.network.body.nodes[id]?.draw(ctx);
    },

    /** In chosen years what certainly held stands out from what may have. */
    certain: (ctx) => {
      const { edges, possible } = rg.visible();
      const shown = [...edges].filter((id) => !possible.has(id) && rg.network.body.edges[id]);
      if (!possible.size) return;
      strong(ctx, shown);
      for (const id of rg.visible().nodes) if (rg.stage.has(id)) rg.network.body.nodes[id].draw(ctx);
    },

    /**
     * A "?" on every line that is ambiguous or contradicted, a "~" on what only may have held in the chosen years
     * (where these are few, or something is chosen); their boxes, so that no label covers them.
     */
    marks: (ctx, lit, beside = []) => {
      const few = rg.overlay.perhaps();
      const scale = rg.network.getScale();
      const half = Math.min(SIGN.most, Math.max(SIGN.least, 10 * scale));
      const nodes = [...rg.model.nodes.values()].filter((node) => rg.stage.has(node.id) && rg.nodeShown(node));
      const signed = [...rg.model.edges.values()].filter((edge) => {
        const sign = signOf(edge);
        if (!sign || (sign === "~" && !few) || !rg.network.body.edges[edge.id] || !rg.edgeShown(edge)) return false;
        return lit ? lit.edges.has(edge.id) : !(rg.waits(edge.from) || rg.waits(edge.to));
      });
      /** @param {vis.Point} p */
      const at = (p) => rg.network.canvasToDOM(p);
      /** @param {string} id @param {number} part */
      const point = (id, part) => at(rg.network.body.edges[id].edgeType.getPoint(part));
      const boxes = signs({ nodes, edges: signed }, { at, along: point, scale }, half, beside);
      ctx.font = `700 ${Math.round(half * 1.8)}px system-ui, sans-serif`;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      boxes.forEach(({ x, y }, i) => {
        ctx.beginPath();
        ctx.arc(x + half, y + half, half, 0, 2 * Math.PI);
        ctx.fillStyle = "#FFFFFF";
        ctx.fill();
        ctx.fillStyle = "#374151";
        ctx.fillText(signOf(signed[i]), x + half, y + half + 0.5);
      });
      return boxes;
    },

    /** Round the chosen node, or the city while the map has the focus. */
    ring: (ctx, focused) => {
      const { sel } = rg.state.now;
      const node = rg.model.nodes.get(sel) ?? (focused ? rg.model.nodes.get(rg.model.page.home) : undefined);
      if (!node || !rg.stage.has(node.id) || !rg.nodeShown(node)) return;
      const p = rg.network.canvasToDOM(node);
      ctx.beginPath();
      ctx.arc(p.x, p.y, rg.radius(node.id) * rg.network.getScale() + 5, 0, 2 * Math.PI);
      ctx.lineWidth = focused ? 3 : 2;
      ctx.strokeStyle = FOCUS;
      ctx.stroke();
    },
  };
})();
