"use strict";
/**
 * The map itself: vis-network draws the carried nodes and edges, physics off; this adds the ground, the
 * dimming, the labels and the view. Nothing is changed in vis-network's data when something is chosen: a veil is
 * laid over the picture and the lit part drawn again on top, which costs only that part.
 */
(() => {
  const rg = window.relgraph;
  const PADDING = { all: 14, lit: 40 };
  const NOTHING = { w: 0, h: 0 };
  const NARROW = 640; // px
  const CHOICE = /** @type {const} */ (["sel", "depth", "a", "b", "nth", "around", "view", "unfold"]);
  const LEAST_READABLE = 0.9; // the scale at which the names of groups have room
  const DEEPEST = { all: 1.4, lit: 1.2 };
  // a line to what waits in the tray recedes until one of its ends is chosen
  const WAITING = { width: 0.4, color: "#CBD2DB" };

  /** @type {vis.Network} */
  let network;
  /** @type {vis.DataSet<vis.NodeItem>} */
  let nodeSet;
  /** @type {vis.DataSet<vis.EdgeItem>} */
  let edgeSet;
  /** @type {Lit | null} */
  let lit = null;
  /** @type {"sectors" | "places"} */
  let arranged = "sectors";
  let focused = false;
  let size = { w: 0, h: 0 };
  const box = rg.by("map");

  rg.arranged = () => arranged;
  rg.waits = (id) => arranged === "places" && rg.model.node(id).x > (rg.model.page.places?.tray[0] ?? Infinity);
  rg.radius = (id) => network.body.nodes[id].options.size;

  /** Do the work in px of the canvas as shown. */
  rg.onScreen = (ctx, work) => {
    const ratio = ctx.canvas.width / (size.w || 1);
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.setLineDash([]);
    work();
    ctx.restore();
  };

  /**
   * Place the nodes by sectors or by places; whether anything changed. Where no party has coordinates there is one
   * arrangement only.
   */
  rg.arrange = (name) => {
    const { page } = rg.model;
    const wanted = page.places && page.scale !== "types" ? name : "sectors";
    if (wanted === arranged) return false;
    arranged = wanted;
    const flat = page.places?.at ?? [];
    nodeSet.update(
      rg.carried.nodes.map(({ id, ...sector }, i) => {
        const { x, y } = wanted === "places" ? { x: flat[2 * i], y: flat[2 * i + 1] } : sector;
        Object.assign(rg.model.node(id), { x, y });
        return { id, x, y };
      }),
    );
    const usual = rg.carried.options.edges;
    edgeSet.update(
      rg.carried.edges.map(({ id, from, to, width = usual.width, color = usual.color }) => {
        if (!rg.waits(from) && !rg.waits(to)) return { id, width, color };
        return { id, width: WAITING.width, color: { ...color, color: WAITING.color } };
      }),
    );
    return true;
  };

  /** The room of the zoom buttons, where no label would be seen. */
  const controls = () => {
    const { offsetLeft: x, offsetTop: y, offsetWidth: w, offsetHeight: h } = rg.by("zoom");
    return { x: x - 4, y: y - 4, w: w + 8, h: h + 8 };
  };

  /** @param {CanvasRenderingContext2D} ctx */
  const after = (ctx) => {
    if (lit) rg.overlay.veil(ctx, size, lit);
    else rg.overlay.certain(ctx);
    /** @param {vis.Point} p */
    const at = (p) => network.canvasToDOM(p);
    /** @param {string} id @param {number} part */
    const along = (id, part) => at(network.body.edges[id].edgeType.getPoint(part));
    rg.onScreen(ctx, () => {
      /** @param {Box[]} beside */
      const marks = (beside) => rg.overlay.marks(ctx, lit, beside);
      const view = { ...size, at, along, scale: network.getScale(), radius: rg.radius, controls: controls(), marks };
      rg.overlay.ring(ctx, focused);
      rg.labels.draw(ctx, view, lit);
    });
  };

  /** Show all of `ids` with their labels, none of it clipped. @param {Iterable<string>} ids @param {"all"|"lit"} how */
  const fit = (ids, how) => {
    const narrow = size.w < NARROW;
    /** What waits in the tray is named only from near by, and little on a narrow screen. @param {string} id */
    const room = (id) => (how === "all" && (narrow || rg.waits(id)) ? NOTHING : rg.labels.room(id));
    const parts = [...ids].map((id) => ({ ...rg.model.node(id), r: rg.radius(id), room: room(id) }));
    const fields = rg.overview.fields();
    if (!(parts.length || fields.length) || !size.w) return;
    const padding = Math.min(PADDING[how], size.w / 8);
    const ground = how === "all" && !fields.length ? rg.hulls.extent() : null;
    // on a narrow screen names beside the map would leave it no room; they come with zooming in
    const named = ground && !narrow;
    const names = named ? rg.hulls.headings().map((name) => ({ ...name, room: rg.labels.headingRoom(name) })) : [];
    /** @param {number} s */
    const extent = (s) => {
      const sides = parts.map(({ x, y, r, room }) => {
        const half = Math.max(r * s, room.w / 2);
        return [x * s - half, (y - r) * s, x * s + half, (y + r) * s + 2 + room.h];
      });
      for (const { x, y, w, h } of fields) sides.push([x * s, y * s, (x + w) * s, (y + h) * s]);
      if (ground) sides.push([ground.left * s, ground.top * s, ground.right * s, ground.bottom * s]);
      for (const { x, y, room, align } of names) {
        const left = x * s - (align === "center" ? room.w / 2 : 0);
        sides.push([left, y * s - room.h / 2, left + room.w, y * s + room.h / 2]);
      }
      /** @param {number} i */
      const least = (i) => Math.min(...sides.map((side) => side[i]));
      /** @param {number} i */
      const most = (i) => Math.max(...sides.map((side) => side[i]));
      return { left: least(0), top: least(1), right: most(2), bottom: most(3) };
    };
    // no name of a group, and nothing in the tray, under the buttons
    const below = fields.length || (ground && arranged === "places") ? rg.by("zoom").offsetHeight : 0;
    // no names of groups could be read on a narrow screen that shows them all: it shows those round the city
    let [low, high] = [fields.length && narrow ? LEAST_READABLE : 0.02, DEEPEST[how]];
    for (let i = 0; i < 18; i++) {
      const middle = (low + high) / 2;
      const e = extent(middle);
      const fits = e.right - e.left <= size.w - 2 * padding && e.bottom - e.top <= size.h - 2 * padding - below;
      if (fits) low = middle;
      else high = middle;
    }
    const e = extent(low);
    const wide = e.right - e.left > size.w && fields.length;
    const position = wide ? { x: 0, y: 0 } : { x: (e.left + e.right) / 2 / low, y: (e.top + e.bottom + below) / 2 / low };
    rg.glide.to(position, low);
  };

  const fitView = () => {
    if (lit) fit(lit.nodes, "lit");
    else fit([...rg.visible().nodes].filter(rg.stage.has), "all");
  };

  /** Hide in vis-network what the filter hides; only what changed is told. */
  const filter = () => {
    const { nodes, edges } = rg.visible();
    /** @param {"nodes" | "edges"} set @param {Iterable<string>} ids @param {Set<string>} shown */
    const changed = (set, ids, shown) => {
      const updates = [];
      for (const id of ids) {
        const hidden = !shown.has(id);
        if (Boolean(network.body[set][id].options.hidden) !== hidden) updates.push({ id, hidden });
      }
      return updates;
    };
    const otherNodes = changed("nodes", rg.model.nodes.keys(), nodes);
    const otherEdges = changed("edges", rg.model.edges.keys(), edges);
    if (otherNodes.length) nodeSet.update(otherNodes);
    if (otherEdges.length) edgeSet.update(otherEdges);
  };

  /** Take the room there is now; whether it has changed. */
  const resize = () => {
    const { clientWidth: w, clientHeight: h } = box;
    if (!w || !h || (w === size.w && h === size.h)) return false;
    size = { w, h };
    network.setSize(`${w}px`, `${h}px`);
    network.redraw();
    return true;
  };

  /** The node under a point, its label included, within a target of 24 px. @param {vis.Point} point */
  const nodeAt = ({ x, y }) => {
    let best = "";
    let least = Infinity;
    for (const node of rg.model.nodes.values()) {
      if (!rg.stage.has(node.id) || !rg.nodeShown(node)) continue;
      const p = network.canvasToDOM(node);
      const off = Math.hypot(p.x - x, p.y - y) - Math.max(0, rg.radius(node.id) * network.getScale() - 12);
      if (off < 14 && off < least) [best, least] = [node.id, off];
    }
    return best || rg.labels.at(x, y) || "";
  };

  /** The line under a point; nobody aims at one beneath the veil. @param {vis.Point} point */
  const edgeAt = (point) => {
    const edge = rg.model.edges.get(network.getEdgeAt(point) ?? "");
    return edge && rg.edgeShown(edge) && (!lit || lit.edges.has(edge.id)) ? edge.id : "";
  };

  const listen = () => {
    network.on("beforeDrawing", (ctx) => {
      rg.outlines(network.getScale());
      if (rg.model.page.scale === "types") rg.overview.draw(ctx);
      else rg.hulls.draw(ctx);
    });
    network.on("afterDrawing", after);
    network.on("click", ({ pointer }) => {
      const bubble = rg.overview.at(pointer.canvas);
      if (bubble) return rg.overview.open(bubble);
      rg.state.set({ sel: nodeAt(pointer.DOM) || edgeAt(pointer.DOM) });
    });
    box.addEventListener("mousemove", (event) => {
      const { left, top } = box.getBoundingClientRect();
      const at = { x: event.clientX - left, y: event.clientY - top };
      const id = nodeAt(at);
      box.classList.toggle("over", Boolean(id || edgeAt(at) || rg.overview.at(network.DOMtoCanvas(at))));
      // what has no name on the map tells it
      const title = id && !rg.labels.drawn(id) ? rg.model.name(rg.model.node(id)) : "";
      if (box.title !== title) box.title = title;
    });
    box.addEventListener("focus", () => {
      focused = box.matches(":focus-visible");
      network.redraw();
    });
    box.addEventListener("blur", () => {
      focused = false;
      network.redraw();
    });
    new ResizeObserver(() => resize() && fitView()).observe(box);
    network.on("dragStart", rg.glide.stop);
    network.on("zoom", rg.glide.stop);
    /** @param {number} factor */
    const zoom = (factor) => {
      rg.glide.stop();
      network.moveTo({ scale: Math.min(5, Math.max(0.05, network.getScale() * factor)) });
    };
    rg.by("zoom-in").addEventListener("click", () => zoom(1.3));
    rg.by("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
    rg.by("zoom-all").addEventListener("click", () => {
      rg.state.set({ sel: "" });
      fitView();
    });
  };

  const start = () => {
    rg.hulls.prepare();
    size = { w: box.clientWidth, h: box.clientHeight };
    rg.stage.start(box);
    ({ network } = rg);
    ({ nodes: nodeSet, edges: edgeSet } = rg.drawn);
    // One tab stop is enough, and it is ours, which has a name.
    box.querySelector(".vis-network")?.removeAttribute("tabindex");
    listen();
    rg.state.follow((now, before) => {
      // vis-network would draw at every change below, each time all of it; of these pictures the last is seen
      network.body.emitter.emit("_blockRedraw");
      lit = null; // what was lit may leave the stage
      if (!rg.stage.show()) filter();
      lit = rg.lit();
      const moved = rg.arrange(now.view === "places" ? "places" : "sectors");
      // a filter leaves the view as it is: somebody may have come near to look
      const kept = before && CHOICE.every((key) => before[key] === now[key]) && !moved;
      if (resize() || !kept) fitView();
      network.body.emitter.emit("_allowRedraw");
      network.redraw();
    });
  };

  rg.draw = { start, fitView };
})();
