"use strict";
/** Where to begin: three suggestions by rule, shown while nothing is chosen; whom the map is about is none of them. */
(() => {
  const rg = window.relgraph;
  const FACETS = ["facetPartner", "facetArena"];
  const BASIS = "groupBasis";

  /** The partner with most relationships, of those with an agreement where there are any; the arena with most; and of
   * both the one with most among those that lie fallow. */
  const found = () => {
    const { page, nodes, edgesOf, degree } = rg.model;
    const most = [...nodes.values()]
      .filter((node) => node.id !== page.home && node.id !== page.focus && degree(node) && FACETS.includes(node.facet ?? ""))
      .sort((a, b) => degree(b) - degree(a) || (a.id < b.id ? -1 : 1));
    /** @param {MapNode} node */
    const fallow = (node) => (edgesOf.get(node.id) ?? []).some((edge) => edge.line === "dormant");
    /** @param {MapNode} node */
    const bound = (node) => (edgesOf.get(node.id) ?? []).some((edge) => edge.group === BASIS);
    const [partners, arenas] = FACETS.map((facet) => most.filter((node) => node.facet === facet));
    const [partner, arena] = [partners.find(bound) ?? partners[0], arenas[0]];
    const resting = most.find((node) => fallow(node) && node !== partner && node !== arena);
    return [partner, arena, resting].filter((node) => node !== undefined);
  };

  /** @param {State} now */
  const fill = (now) => {
    const { ui, page, pick, shared, edgesOf, degree } = rg.model;
    const box = rg.by("start");
    const begun = now.sel || (now.a && now.b) || rg.state.filtered() || (now.view !== "map" && now.view !== "places");
    const three = begun ? [] : found();
    box.hidden = !three.length;
    box.replaceChildren(rg.element("span", {}, ui("start")));
    for (const node of three) {
      const kind = pick(shared(node.kind))[0];
      const resting = (edgesOf.get(node.id) ?? []).some((edge) => edge.line === "dormant") && node === three[2];
      const why = resting ? ui("fallow") : ui("rows", { n: degree(node) });
      const link = rg.element("a", { href: rg.state.link({ sel: node.id }) }, rg.glyph(page.types[node.type]));
      link.append(rg.worded("b", node.label), rg.element("span", {}, `${kind}, ${why}`));
      box.append(link);
    }
  };

  rg.suggestions = { start: () => rg.state.follow(fill), found };
})();
