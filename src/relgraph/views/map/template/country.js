"use strict";
/** In which country a party is, as far as the graph tells, and the filter by it. */
(() => {
  const rg = window.relgraph;
  const SEVERAL = "+"; // as in data.py
  const UNSTATED = "-";

  /** The id of a node's country, or what stands in its place. @type {Relgraph["country"]["of"]} */
  const of = ({ country }) => {
    if (country === undefined) return UNSTATED;
    return rg.model.page.countries[country]?.[0] ?? SEVERAL;
  };

  /** @type {Map<string, Both> | null} */
  let names = null;
  /** @type {Relgraph["country"]["name"]} */
  const name = (id) => {
    names ??= new Map(rg.model.page.countries);
    return names.get(id) ?? rg.model.ui(id === SEVERAL ? "severalCountries" : "noCountry");
  };

  /** What there is to choose: countries by name, then what stands in their place. */
  const options = () => {
    const { nodes, page, pick } = rg.model;
    const there = new Set([...nodes.values()].filter(({ id }) => id !== page.home).map(of));
    const order = new Intl.Collator(rg.state.now.lang);
    const lands = page.countries.map(([id]) => id).filter((id) => there.has(id));
    lands.sort((a, b) => order.compare(pick(name(a))[0], pick(name(b))[0]));
    return [...lands, ...[SEVERAL, UNSTATED].filter((id) => there.has(id))];
  };

  /** Where the map is limited to countries: of how many parties none is known. */
  const unstated = () => {
    const { nodes, page, isRelation, ui } = rg.model;
    const { land } = rg.state.now;
    const parties = [...nodes.values()].filter((node) => node.id !== page.home && !isRelation(node));
    const n = parties.filter((node) => of(node) === UNSTATED).length;
    if (!land.size || land.has(UNSTATED) || !n) return [];
    return [rg.element("p", { class: "note" }, ui("unstatedCountries", { n, m: parties.length }))];
  };

  const update = () => {
    const { ui, page } = rg.model;
    const box = rg.by("where");
    box.hidden = !page.countries.length;
    if (box.hidden) return;
    const { land } = rg.state.now;
    const [only] = land.size === 1 ? land : [""];
    const select = rg.element("select", { id: "land" }, rg.element("option", {}, ui("everywhere")));
    select.options[0].value = "";
    for (const id of options()) select.append(rg.worded("option", name(id), { value: id }));
    // from a group of the overview
    if (land.size > 1) select.append(rg.element("option", { value: "*" }, ui("countries", { n: land.size })));
    select.value = land.size > 1 ? "*" : only;
    select.addEventListener("change", () => {
      if (select.value !== "*") rg.state.set({ land: new Set(select.value ? [select.value] : []) });
      rg.say(ui("showsTypes", { n: rg.visible().edges.size }));
      rg.by("land").focus();
    });
    box.replaceChildren(rg.element("label", { for: "land" }, ui("country")), select, ...unstated());
  };

  rg.country = {
    start: () => rg.state.follow(update),
    of,
    name,
    options,
    /** Whether a node is where the filter looks. */
    chosen: (node) => !rg.state.now.land.size || rg.state.now.land.has(of(node)),
  };
})();
