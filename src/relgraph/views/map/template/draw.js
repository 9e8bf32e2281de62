"use strict";
/**
 * The map itself: vis-network draws the carried nodes and edges, physics off; this adds the ground, the
 * dimming, the labels and the view. Nothing is changed in vis-network's data when something is chosen: a veil is
 * laid over the picture and the lit part drawn again on top, which costs only that part.
 */
(() => {
  const rg = window.relgraph;
  const FOCUS = "#005FCC";
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const PADDING = { all: 18, lit: 40 };
  const MOST_MARKS = 40;
  const DEEPEST = { all: 1.4, lit: 1.2 };

  let network = null;
  let nodeSet = null;
  let edgeSet = null;
  /** @type {{nodes: Set<string>, edges: Set<string>} | null} */
  let lit = null;
  let focused = false;
  let size = { w: 0, h: 0 };
  const box = document.getElementById("map");

  const radius = (id) => network.body.nodes[id].options.size;

  /** A copy of the context's work in px of the canvas as shown. */
  const onScreen = (ctx, work) => {
    const ratio = ctx.canvas.width / (size.w || 1);
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.setLineDash([]);
    work();
    ctx.restore();
  };

  /** Lines in their full colour rather than the faded one. */
  const strong = (ctx, ids) => {
    for (const id of ids) {
      const edge = network.body.edges[id];
      edge.selected = true;
      edge.draw(ctx);
      edge.selected = false;
    }
  };

  /** Everything but the lit part recedes. */
  const veil = (ctx) => {
    onScreen(ctx, () => {
      ctx.fillStyle = "rgba(255,255,255,0.86)";
      ctx.fillRect(0, 0, size.w, size.h);
    });
    strong(ctx, lit.edges);
    for (const id of lit.nodes) network.body.nodes[id].draw(ctx);
  };

  /** In chosen years what certainly held stands out from what may have. */
  const certain = (ctx) => {
    const { edges, possible } = rg.visible();
    if (possible.size) strong(ctx, [...edges].filter((id) => !possible.has(id)));
  };

  /**
   * A "?" on every line that is ambiguous or contradicted, a "~" on what only may have held in the chosen years (where
   * these are few, or something is chosen); their boxes, so that no label covers them.
   */
  const marks = (ctx) => {
    const boxes = [];
    const { edges, unsettled } = rg.model;
    const { possible } = rg.visible();
    const perhaps = lit || possible.size <= MOST_MARKS ? possible : new Set();
    ctx.font = "700 11px system-ui, sans-serif";
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    for (const edge of edges.values()) {
      const sign = unsettled(edge) ? "?" : perhaps.has(edge.id) ? "~" : "";
      if (!sign || !rg.edgeShown(edge) || (lit && !lit.edges.has(edge.id))) continue;
      const drawn = network.body.edges[edge.id];
      const p = network.canvasToDOM(drawn.edgeType.getPoint(0.3));
      ctx.beginPath();
      ctx.arc(p.x, p.y, 7, 0, 2 * Math.PI);
      ctx.fillStyle = "#FFFFFF";
      ctx.fill();
      ctx.fillStyle = "#374151";
      ctx.fillText(sign, p.x, p.y + 0.5);
      boxes.push({ x: p.x - 6, y: p.y - 6, w: 12, h: 12 });
    }
    return boxes;
  };

  const ring = (ctx) => {
    const { sel } = rg.state.now;
    const id = rg.model.nodes.has(sel) ? sel : focused ? rg.model.page.home : "";
    const node = rg.model.nodes.get(id);
    if (!node || !rg.nodeShown(node)) return;
    const p = network.canvasToDOM(node);
    ctx.beginPath();
    ctx.arc(p.x, p.y, radius(id) * network.getScale() + 5, 0, 2 * Math.PI);
    ctx.lineWidth = focused ? 3 : 2;
    ctx.strokeStyle = FOCUS;
    ctx.stroke();
  };

  /** The room of the zoom buttons, where no label would be seen. */
  const controls = () => {
    const { offsetLeft: x, offsetTop: y, offsetWidth: w, offsetHeight: h } = document.getElementById("zoom");
    return { x: x - 4, y: y - 4, w: w + 8, h: h + 8 };
  };

  const after = (ctx) => {
    if (lit) veil(ctx);
    else certain(ctx);
    const at = (p) => network.canvasToDOM(p);
    const along = (id, part) => at(network.body.edges[id].edgeType.getPoint(part));
    onScreen(ctx, () => {
      const obstacles = [controls(), ...marks(ctx)];
      const view = { ...size, at, along, scale: network.getScale(), radius, obstacles };
      ring(ctx);
      rg.labels.draw(ctx, view, lit);
    });
  };

  /** Show all of `ids` with their labels, none of it clipped. @param {Iterable<string>} ids @param {"all"|"lit"} how */
  const fit = (ids, how) => {
    const parts = [...ids].map((id) => ({ ...rg.model.nodes.get(id), r: radius(id), room: rg.labels.room(id) }));
    if (!parts.length || !size.w) return;
    const padding = Math.min(PADDING[how], size.w / 8);
    const ground = how === "all" ? { beside: 56, above: 12, below: 50 } : { beside: 0, above: 0, below: 0 };
    const extent = (s) => {
      const sides = parts.map(({ x, y, r, room }) => {
        const half = Math.max((r + ground.beside) * s, room.w / 2);
        const below = Math.max(r * s + 2 + room.h, ground.below * s);
        return [x * s - half, y * s - (r + ground.above) * s, x * s + half, y * s + below];
      });
      const least = (i) => Math.min(...sides.map((side) => side[i]));
      const most = (i) => Math.max(...sides.map((side) => side[i]));
      return { left: least(0), top: least(1) - 18, right: most(2), bottom: most(3) };
    };
    let [low, high] = [0.02, DEEPEST[how]];
    for (let i = 0; i < 18; i++) {
      const middle = (low + high) / 2;
      const e = extent(middle);
      const fits = e.right - e.left <= size.w - 2 * padding && e.bottom - e.top <= size.h - 2 * padding;
      if (fits) low = middle;
      else high = middle;
    }
    const e = extent(low);
    const position = { x: (e.left + e.right) / 2 / low, y: (e.top + e.bottom) / 2 / low };
    const animation = still.matches || !rg.ready ? false : { duration: 220, easingFunction: "easeInOutQuad" };
    network.moveTo({ position, scale: low, animation });
  };

  const fitView = () => {
    if (lit) fit(lit.nodes, "lit");
    else fit([...rg.model.nodes.values()].filter(rg.nodeShown).map((n) => n.id), "all");
  };

  /** Hide in vis-network what the filter hides; only what changed is told. */
  const filter = () => {
    const changed = (set, things, shown) => {
      const updates = [];
      for (const thing of things) {
        const hidden = !shown(thing);
        if (Boolean(network.body[set][thing.id].options.hidden) !== hidden) updates.push({ id: thing.id, hidden });
      }
      return updates;
    };
    const nodes = changed("nodes", rg.model.nodes.values(), rg.nodeShown);
    const edges = changed("edges", rg.model.edges.values(), rg.edgeShown);
    if (nodes.length) nodeSet.update(nodes);
    if (edges.length) edgeSet.update(edges);
  };

  const resize = () => {
    const { clientWidth: w, clientHeight: h } = box;
    if (!w || !h || (w === size.w && h === size.h)) return;
    size = { w, h };
    network.setSize(`${w}px`, `${h}px`);
    network.redraw();
    fitView();
  };

  /** The node under a point, its label included, within a target of 24 px. */
  const nodeAt = ({ x, y }) => {
    let best = "";
    let least = Infinity;
    for (const node of rg.model.nodes.values()) {
      if (!rg.nodeShown(node)) continue;
      const p = network.canvasToDOM(node);
      const off = Math.hypot(p.x - x, p.y - y) - Math.max(0, radius(node.id) * network.getScale() - 12);
      if (off < 14 && off < least) [best, least] = [node.id, off];
    }
    return best || rg.labels.at(x, y) || "";
  };

  const start = () => {
    const { nodes, edges, options } = rg.carried;
    const groups = {};
    for (const [name, style] of Object.entries(options.groups)) {
      groups[name] = style.shape === "custom" ? { ...style, ctxRenderer: rg.octagon } : style;
    }
    rg.hulls.prepare();
    size = { w: box.clientWidth, h: box.clientHeight };
    nodeSet = new vis.DataSet(nodes);
    edgeSet = new vis.DataSet(edges);
    network = new vis.Network(box, { nodes: nodeSet, edges: edgeSet }, { ...options, groups });
    // One tab stop is enough, and it is ours, which has a name.
    box.querySelector(".vis-network")?.removeAttribute("tabindex");
    rg.network = network;
    rg.drawn = { nodes: nodeSet, edges: edgeSet };
    network.on("beforeDrawing", (ctx) => rg.hulls.draw(ctx));
    network.on("afterDrawing", after);
    network.on("click", ({ pointer }) => {
      const id = nodeAt(pointer.DOM) || network.getEdgeAt(pointer.DOM) || "";
      const edge = rg.model.edges.get(id);
      if (!edge || rg.edgeShown(edge)) rg.state.set({ sel: id });
    });
    box.addEventListener("mousemove", (event) => {
      const { left, top } = box.getBoundingClientRect();
      const at = { x: event.clientX - left, y: event.clientY - top };
      box.classList.toggle("over", Boolean(nodeAt(at) || network.getEdgeAt(at)));
    });
    box.addEventListener("focus", () => {
      focused = box.matches(":focus-visible");
      network.redraw();
    });
    box.addEventListener("blur", () => {
      focused = false;
      network.redraw();
    });
    new ResizeObserver(resize).observe(box);

    const zoom = (factor) => network.moveTo({ scale: Math.min(5, Math.max(0.05, network.getScale() * factor)) });
    document.getElementById("zoom-in").addEventListener("click", () => zoom(1.3));
    document.getElementById("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
    document.getElementById("zoom-all").addEventListener("click", () => {
      rg.state.set({ sel: "" });
      fitView();
    });

    rg.state.follow((now, before) => {
      filter();
      lit = rg.lit();
      const same = before && before.sel === now.sel && before.view === now.view;
      resize();
      if (!same) fitView();
      network.redraw();
    });
  };

  rg.draw = { start, fitView };
})();
