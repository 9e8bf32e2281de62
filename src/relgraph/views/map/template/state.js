"use strict";
/**
 * What is chosen, in one place: the address holds it, every part of the page shows it.
 *
 * @typedef {{sel: string, lang: "sv"|"en", view: "map"|"table", types: Set<string>, lines: Set<string>}} State
 *   types and lines are those hidden by the filter
 */
(() => {
  const rg = window.relgraph;
  const narrow = window.matchMedia("(max-width: 640px)");
  /** @type {((now: State, before: State | null) => void)[]} */
  const followers = [];
  const first = document.documentElement.lang === "en" ? "en" : "sv";

  /** A part of an address that somebody may have mangled. @param {string} text */
  const decode = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };

  /** @returns {State} */
  const read = () => {
    const hash = new URLSearchParams(location.hash.slice(1));
    const lang = hash.get("lang");
    const view = hash.get("view");
    const list = (key) => new Set((hash.get(key) || "").split(",").filter(Boolean).map(decode));
    return {
      sel: hash.get("sel") || "",
      lang: lang === "sv" || lang === "en" ? lang : first,
      view: view === "map" || view === "table" ? view : narrow.matches ? "table" : "map",
      types: list("types"),
      lines: list("lines"),
    };
  };

  /** The address that would show `state`. @param {State} state */
  const write = (state) => {
    const hash = new URLSearchParams();
    const list = (set) => [...set].sort().map(encodeURIComponent).join(",");
    if (state.sel) hash.set("sel", state.sel);
    if (state.lang !== first) hash.set("lang", state.lang);
    if (state.view !== (narrow.matches ? "table" : "map")) hash.set("view", state.view);
    if (state.types.size) hash.set("types", list(state.types));
    if (state.lines.size) hash.set("lines", list(state.lines));
    return `#${hash}`;
  };

  const show = (before) => followers.forEach((follow) => follow(rg.state.now, before));

  rg.state = {
    now: read(),
    /** @param {(now: State, before: State | null) => void} follow called at the start and after every change */
    follow: (follow) => followers.push(follow),
    start: () => show(null),
    /** Change something; the back button undoes it. @param {Partial<State>} change */
    set: (change) => {
      const before = rg.state.now;
      const next = { ...before, ...change };
      if (write(next) === write(before)) return;
      rg.state.now = next;
      history.pushState(null, "", write(next));
      show(before);
    },
    /** The address of this view with `change`. @param {Partial<State>} change */
    link: (change) => write({ ...rg.state.now, ...change }),
  };

  const follow = () => {
    // "#main" is the skip link's; every other address is a state.
    if (location.hash === "#main") return;
    const before = rg.state.now;
    const next = read();
    if (write(next) === write(before)) return;
    rg.state.now = next;
    show(before);
  };
  window.addEventListener("hashchange", follow);
  window.addEventListener("popstate", follow);

  /** Whether a node passes the filter. */
  rg.nodeShown = (node) => !rg.state.now.types.has(rg.model.page.types[node.type].name);
  /** Whether an edge passes the filter: table rows and drawn lines are exactly these. */
  rg.edgeShown = (edge) =>
    !rg.state.now.lines.has(edge.line) &&
    rg.nodeShown(rg.model.nodes.get(edge.from)) &&
    rg.nodeShown(rg.model.nodes.get(edge.to));

  /**
   * What stays lit: the chosen node (or both ends of the chosen relationship), its neighbours, and the other
   * parties of the relationships among these; null while nothing is chosen.
   * @returns {{nodes: Set<string>, edges: Set<string>} | null}
   */
  rg.lit = () => {
    const { nodes, edges, edgesOf, other, isRelation } = rg.model;
    const { sel } = rg.state.now;
    if (nodes.has(sel)) {
      const found = { nodes: new Set([sel]), edges: new Set() };
      const reach = (id, onward) => {
        for (const edge of edgesOf.get(id).filter(rg.edgeShown)) {
          const end = other(edge, id);
          found.nodes.add(end.id);
          found.edges.add(edge.id);
          if (onward && isRelation(end)) reach(end.id, false);
        }
      };
      reach(sel, true);
      return found;
    }
    const edge = edges.get(sel);
    return edge ? { nodes: new Set([edge.from, edge.to]), edges: new Set([sel]) } : null;
  };
})();
