"use strict";
/** What passes the filter, and what stays lit round what is chosen. */
(() => {
  const rg = window.relgraph;
  const STATED = "stated";

  /** Whether the filter of relationships lets an edge through, but for one part of it. */
  rg.passes = (edge, except) => {
    const { now } = rg.state;
    if (except !== "lines" && now.lines.has(edge.line)) return false;
    if (except !== "certs" && now.certs.has(edge.certainty ?? STATED)) return false;
    if (except !== "groups" && now.groups.has(edge.group ?? "")) return false;
    if (except !== "sources" && now.sources.size && edge.sources?.length) {
      if (edge.sources.every((index) => now.sources.has(rg.model.page.sources[index].id))) return false;
    }
    const ends = [edge.from, edge.to].filter((id) => id !== rg.model.page.home).map(rg.model.node);
    if (!ends.some(rg.country.chosen) && now.land.size) return false;
    return except === "years" || standing(edge) !== "not";
  };

  /**
   * How an edge stands in the chosen years; certainly, where none are chosen. What the source leaves unclear, or another
   * record speaks against, never holds certainly.
   * @param {MapEdge} edge
   */
  const standing = (edge) => {
    const { now } = rg.state;
    if (edge.when === undefined && !now.undated) return "not";
    const limits = rg.time.limits(now);
    if (!limits) return "certainly";
    if (limits[0] > limits[1]) return "not"; // the years are reversed: no day is among them
    const held = edge.when === undefined ? "possibly" : rg.time.holds(rg.model.page.times[edge.when], ...limits);
    const told = held === "certainly" && rg.model.unsettled(edge) ? "possibly" : held;
    return told === "possibly" && now.certain ? "not" : told;
  };

  /** @param {MapNode} node */
  const off = (node) => rg.state.now.types.has(rg.model.page.types[node.type].name);

  /** Whether a node is that of a relationship that has lost its other parties to the filter of types: it joins nobody. */
  rg.loose = (node) => {
    const { isRelation, edgesOf, other } = rg.model;
    const ends = isRelation(node) ? (edgesOf.get(node.id) ?? []).map((edge) => other(edge, node.id)) : [];
    return ends.length > 1 && ends.filter((end) => !off(end)).length < 2;
  };

  /** The nodes that the filter of types hides. */
  rg.hiddenTypes = () =>
    new Set([...rg.model.nodes.values()].filter((node) => off(node) || rg.loose(node)).map((node) => node.id));

  /** @type {State | null} */
  let state = null;
  /** @type {Visible} */
  let visible = { nodes: new Set(), edges: new Set(), possible: new Set() };

  /** The visible nodes and edges, once for every state. */
  rg.visible = () => {
    const { now } = rg.state;
    if (state === now) return visible;
    state = now;
    const { page, nodes, edges, degree } = rg.model;
    visible = { nodes: new Set(), edges: new Set(), possible: new Set() };
    const folded = rg.folds.hidden();
    const hidden = rg.hiddenTypes();
    for (const edge of edges.values()) {
      if (folded.has(edge.from) || folded.has(edge.to)) continue;
      if (hidden.has(edge.from) || hidden.has(edge.to) || !rg.passes(edge)) continue;
      visible.edges.add(edge.id);
      if (standing(edge) === "possibly") visible.possible.add(edge.id);
      visible.nodes.add(edge.from);
      visible.nodes.add(edge.to);
    }
    // Whoever has lost every relationship to the filter goes too, but for the city and what is chosen.
    const all = visible.edges.size === edges.size;
    for (const one of nodes.values()) {
      if (hidden.has(one.id) || folded.has(one.id)) continue;
      if (all || (!degree(one) && rg.country.chosen(one)) || one.id === page.home || one.id === now.sel) visible.nodes.add(one.id);
    }
    return visible;
  };
  rg.nodeShown = (node) => rg.visible().nodes.has(node.id);
  /** Table rows and drawn lines are exactly these. */
  rg.edgeShown = (edge) => rg.visible().edges.has(edge.id);

  /** The party and its neighbours; a relationship's own node leads on to its other parties. @param {MapNode} start */
  const around = (start) => {
    const { page, edgesOf, other, isRelation } = rg.model;
    const found = { nodes: new Set([start.id]), edges: new Set() };
    /** @param {MapNode} from @returns {MapNode[]} the parties reached */
    const reach = (from) =>
      (edgesOf.get(from.id) ?? []).filter(rg.edgeShown).flatMap((edge) => {
        const end = other(edge, from.id);
        const known = found.nodes.has(end.id);
        found.nodes.add(end.id);
        found.edges.add(edge.id);
        if (known) return [];
        return isRelation(end) ? reach(end) : [end];
      });
    let edge = reach(start);
    for (let step = 1; step < rg.state.now.depth; step++) {
      // Through the city itself everything is near everything.
      edge = edge.filter((node) => node.id !== page.home).flatMap(reach);
    }
    return found;
  };

  /** What stays lit: round a party, both ends of a relationship, a cell of the matrix, a path; null for all. */
  const found = () => {
    const { nodes, edges, records } = rg.model;
    const { sel, nth } = rg.state.now;
    const chosen = nodes.get(sel);
    if (chosen) return around(chosen);
    const edge = edges.get(sel);
    if (edge) return { nodes: new Set([edge.from, edge.to]), edges: new Set([sel]) };
    const cell = rg.matrix.cell(sel);
    const path = sel ? undefined : rg.paths.found()[nth];
    if (!cell && !path) return null;
    const ids = cell ? [cell[0], cell[1]] : (path?.nodes ?? []);
    const lit = { nodes: new Set(ids.filter((id) => nodes.has(id))), edges: new Set() };
    for (const id of cell ? cell[2] : (path?.edges.flat() ?? [])) {
      // A relationship with a node of its own is a node and its lines.
      const own = nodes.has(id) ? undefined : edges.get(id);
      for (const one of own ? [own] : (records.get(id)?.edges ?? [])) {
        const ends = [one.from, one.to];
        if (path && !ends.every((end) => lit.nodes.has(end) || end === id)) continue;
        lit.edges.add(one.id);
        ends.forEach((end) => lit.nodes.add(end));
      }
    }
    return lit;
  };

  /** @type {State | null} */
  let litOf = null;
  /** @type {Lit | null} */
  let lit = null;
  /** The same, once for every state. */
  rg.lit = () => {
    const { now } = rg.state;
    if (litOf !== now) [litOf, lit] = [now, found()];
    return lit;
  };
})();
