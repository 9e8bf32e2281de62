"use strict";
/** The map by keyboard: arrows go to a neighbour, Enter to the details, Escape back to the whole map, then to all of it. */
(() => {
  const rg = window.relgraph;
  const box = rg.by("map");
  /** @type {Record<string, [number, number]>} */
  const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

  /** The neighbour that lies best in a direction: near, and not more than 60 degrees off.
   * @param {MapNode} from @param {[number, number]} way */
  const towards = (from, [dx, dy]) => {
    const { edgesOf, other } = rg.model;
    let best = null;
    let least = Infinity;
    for (const edge of (edgesOf.get(from.id) ?? []).filter(rg.edgeShown)) {
      const to = other(edge, from.id);
      const [x, y] = [to.x - from.x, to.y - from.y];
      const length = Math.hypot(x, y);
      const along = length ? (x * dx + y * dy) / length : 0;
      if (along < 0.5) continue;
      const cost = length * (2.5 - along);
      if (cost < least) [best, least] = [to, cost];
    }
    return best;
  };

  /** @param {[number, number]} way */
  const move = (way) => {
    const { nodes, page, ui } = rg.model;
    const { sel } = rg.state.now;
    const start = nodes.get(sel) ?? nodes.get(page.home) ?? [...nodes.values()].find(rg.nodeShown);
    if (!start) return;
    const to = towards(start, way);
    if (to) rg.state.set({ sel: to.id });
    else if (!nodes.has(sel)) rg.state.set({ sel: start.id });
    else rg.say(ui("noNeighbour"));
  };

  /** @param {KeyboardEvent} event */
  const key = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { nodes, page } = rg.model;
    if (WAYS[event.key]) {
      event.preventDefault();
      move(WAYS[event.key]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!rg.state.now.sel && !rg.paths.found().length && nodes.has(page.home)) rg.state.set({ sel: page.home });
      document.getElementById("panel-heading")?.focus();
    } else if (event.key === "+" || event.key === "-") {
      rg.by(event.key === "+" ? "zoom-in" : "zoom-out").click();
    }
  };

  rg.keyboard = {
    start: () => {
      box.addEventListener("keydown", key);
      document.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        const inPanel = rg.by("panel").contains(document.activeElement);
        const { sel, a, b } = rg.state.now;
        if (sel || a || b) rg.state.set(rg.state.unchosen);
        else if (rg.state.filtered()) {
          rg.state.set(rg.state.unfiltered());
          rg.say(rg.model.ui("showsTypes", { n: rg.visible().edges.size }));
        }
        rg.draw.fitView();
        if (inPanel) rg.by(["map", "places"].includes(rg.state.now.view) ? "map" : "main").focus();
      });
    },
  };
})();
