"use strict";
/**
 * The shortest paths between two parties, in the order of relgraph.analysis.paths: cost, number of edges, then the
 * ids of the nodes. tests/vectors/paths.json holds both to it. Method: Yen (1971), with Lawler's rule that a path
 * varies only from where it left its parent.
 */
(() => {
  const rg = window.relgraph;
  const COUNT = 3;

  /** @typedef {{cost: number, nodes: string[]}} Way */

  /** The order of paths. @param {Way} a @param {Way} b */
  const compare = (a, b) => {
    if (a.cost !== b.cost) return a.cost - b.cost;
    if (a.nodes.length !== b.nodes.length) return a.nodes.length - b.nodes.length;
    for (let i = 0; i < a.nodes.length; i++) {
      if (a.nodes[i] !== b.nodes[i]) return a.nodes[i] < b.nodes[i] ? -1 : 1;
    }
    return 0;
  };

  /** A queue that gives the least first (a binary heap). */
  class Queue {
    constructor() {
      /** @type {Way[]} */
      this.ways = [];
    }
    /** @param {Way} way */
    push(way) {
      const { ways } = this;
      let at = ways.push(way) - 1;
      for (let up = (at - 1) >> 1; at > 0 && compare(ways[at], ways[up]) < 0; up = (at - 1) >> 1) {
        [ways[at], ways[up]] = [ways[up], ways[at]];
        at = up;
      }
    }
    pop() {
      const { ways } = this;
      const least = ways[0];
      const last = ways.pop();
      if (!last || !ways.length) return least;
      ways[0] = last;
      for (let at = 0; ; ) {
        const below = [2 * at + 1, 2 * at + 2].filter((i) => i < ways.length);
        const next = below.reduce((best, i) => (compare(ways[i], ways[best]) < 0 ? i : best), at);
        if (next === at) return least;
        [ways[at], ways[next]] = [ways[next], ways[at]];
        at = next;
      }
    }
  }

  /** The best simple path on from `begin` whose next node is not `taken` (Dijkstra). Every cost is above 0, so the
   * first label to leave the queue at a node is the least of all, ids included.
   * @param {Map<string, Map<string, number>>} near @param {Way} begin @param {string} target @param {Set<string>} taken
   */
  const best = (near, begin, target, taken) => {
    const spur = begin.nodes[begin.nodes.length - 1];
    const closed = new Set(begin.nodes.slice(0, -1));
    const queue = new Queue();
    queue.push(begin);
    for (let way = queue.pop(); way; way = queue.pop()) {
      const at = way.nodes[way.nodes.length - 1];
      if (at === target) return way;
      if (closed.has(at)) continue;
      closed.add(at);
      for (const [next, cost] of near.get(at) ?? []) {
        if (closed.has(next) || (at === spur && taken.has(next))) continue;
        queue.push({ cost: way.cost + cost, nodes: [...way.nodes, next] });
      }
    }
    return null;
  };

  /** @type {Relgraph["paths"]["shortest"]} */
  const shortest = (edges, a, b, count, avoid = []) => {
    /** @type {Map<string, Map<string, number>>} */
    const near = new Map();
    /** @type {Map<string, Step[]>} */
    const between = new Map();
    /** @param {string} one @param {string} other */
    const pair = (one, other) => (one < other ? `${one} ${other}` : `${other} ${one}`);
    for (const edge of edges) {
      const { source, target, cost } = edge;
      if (source === target || avoid.includes(source) || avoid.includes(target)) continue;
      for (const [from, to] of [[source, target], [target, source]]) {
        const known = near.get(from) ?? new Map();
        near.set(from, known.set(to, Math.min(cost, known.get(to) ?? Infinity)));
      }
      const key = pair(source, target);
      between.set(key, [...(between.get(key) ?? []), edge]);
    }
    if (a === b || !near.has(a) || !near.has(b)) return [];

    /** @type {Way[]} */
    const found = [];
    /** @type {(Way & {left: number})[]} */
    const waiting = [];
    const first = best(near, { cost: 0, nodes: [a] }, b, new Set());
    if (first) waiting.push({ ...first, left: 0 });
    while (waiting.length && found.length < count) {
      waiting.sort(compare);
      const { nodes, cost, left } = /** @type {Way & {left: number}} */ (waiting.shift());
      found.push({ nodes, cost });
      let gone = 0;
      for (let at = 0; at < nodes.length - 1; at++) {
        if (at >= left) {
          const begin = nodes.slice(0, at + 1);
          const same = found.filter((way) => begin.every((node, i) => way.nodes[i] === node));
          const other = best(near, { cost: gone, nodes: begin }, b, new Set(same.map((way) => way.nodes[at + 1])));
          if (other) waiting.push({ ...other, left: at });
        }
        gone += near.get(nodes[at])?.get(nodes[at + 1]) ?? 0;
      }
    }
    /** @param {Step} x @param {Step} y */
    const cheapest = (x, y) => x.cost - y.cost || (x.id < y.id ? -1 : 1);
    return found.map(({ cost, nodes }) => ({
      cost,
      nodes,
      edges: nodes
        .slice(1)
        .map((node, i) => (between.get(pair(nodes[i], node)) ?? []).sort(cheapest).map((edge) => edge.id)),
    }));
  };

  /** What a path may go over: the visible relationships that have a cost. */
  const steps = () => {
    const { page, edges, nodes } = rg.model;
    const ids = rg.carried.nodes.map((node) => node.id);
    const visible = rg.visible();
    /** @type {Step[]} */
    const own = [];
    for (const { id, from, to, cost } of edges.values()) {
      if (cost !== undefined && visible.edges.has(id)) own.push({ id, source: from, target: to, cost });
    }
    for (const [id, source, target, cost] of page.ties) {
      const node = nodes.get(id);
      if (node && visible.nodes.has(id)) own.push({ id, source: ids[source], target: ids[target], cost });
    }
    return own;
  };

  /** @type {State | null} */
  let state = null;
  /** @type {Path[]} */
  let paths = [];
  rg.paths = {
    shortest,
    /** The paths between the chosen two, once for every state. */
    found: () => {
      const { now } = rg.state;
      if (state === now) return paths;
      state = now;
      const { page, nodes } = rg.model;
      const away = now.around && page.home !== now.a && page.home !== now.b ? [page.home] : [];
      paths = nodes.has(now.a) && nodes.has(now.b) ? shortest(steps(), now.a, now.b, COUNT, away) : [];
      return paths;
    },
  };
})();
