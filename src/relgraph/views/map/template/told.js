"use strict";
/** What is shown, in words: for the caption of a saved picture and, shorter, for the name of its file. */
(() => {
  const rg = window.relgraph;
  const MOST = 4; // names in a row; of more the first three and how many there are besides (as in told.py)

  /** Names in a row, cut by rule. @param {string[]} names */
  const row = (names) => {
    if (names.length <= MOST) return names.join("; ");
    return rg.model.ui("told.more", { names: names.slice(0, MOST - 1).join("; "), n: names.length - MOST + 1 });
  };

  /**
   * One part of the filter: which few are shown, or else which are hidden.
   * @param {Hidden} key @param {[string, string][]} all the names of its values by value, in the order of the legend
   * @param {string[]} [always] what is shown beside the others, and needs no telling
   */
  const part = (key, all, always = []) => {
    const { ui } = rg.model;
    const hidden = rg.state.now[key];
    const off = all.filter(([value]) => hidden.has(value)).map(([, name]) => name);
    const on = all.filter(([value]) => !hidden.has(value) && !always.includes(value)).map(([, name]) => name);
    if (!off.length) return [];
    const few = on.length > 0 && on.length <= off.length;
    return [ui(`told.${key}.${few ? "only" : "not"}`, { names: row(few ? on : off) })];
  };

  const years = () => {
    const { from, to } = rg.state.now;
    if (from === null && to === null) return [];
    return [from === to ? `${from}` : `${from ?? ""}–${to ?? ""}`];
  };

  /** The filters that are on. */
  const filters = () => {
    const { page, nodes, node, edges, pick, heading, ui } = rg.model;
    const { now } = rg.state;
    const found = [...edges.values()];
    const lines = new Set(found.map((edge) => edge.line));
    const certs = new Set(found.map((edge) => edge.certainty ?? "stated"));
    const groups = new Set(found.map((edge) => edge.group));
    const sources = new Set(found.flatMap((edge) => edge.sources ?? []));
    const home = nodes.has(page.home) ? page.types[node(page.home).type].name : "";
    // the city is the other end of most lines, and what parties have agreed on joins them
    const always = [home, ...page.types.filter(({ relation }) => relation).map(({ name }) => name)];
    const lands = rg.country.options().filter((id) => now.land.has(id));
    /** @param {string} key @param {string} name @returns {[string, string]} */
    const worded = (key, name) => [name, ui(`${key}.${name}`)];
    return [
      ...(now.undated ? [] : [ui("told.dated")]),
      ...(now.certain && years().length ? [ui("told.certain")] : []),
      ...(lands.length ? [ui("told.land", { names: row(lands.map((id) => pick(rg.country.name(id))[0])) })] : []),
      ...part("types", page.types.map(({ name, plural }) => [name, heading(plural)]), always),
      ...part("lines", Object.keys(page.lines).filter((name) => lines.has(name)).map((name) => worded("line", name))),
      ...part("certs", ["stated", "implied", "ambiguous"].filter((name) => certs.has(name)).map((name) => worded("cert", name))),
      ...part("groups", page.groups.filter(({ name }) => groups.has(name)).map(({ name, label }) => [name, heading(label)])),
      ...part("sources", page.sources.filter((_, i) => sources.has(i)).map(({ id, name }) => [id, pick(name)[0]])),
    ];
  };

  /** @param {string} text @param {number} most */
  const slug = (text, most) =>
    rg.model.fold(text).replace(/[^a-z0-9]+/g, "-").slice(0, most).replace(/^-+|-+$/g, "");

  /** As `slug`, but what is cut off leaves a trace: two long texts that begin alike differ. @param {string} text @param {number} most */
  const told = (text, most) => {
    if (slug(text, Infinity).length <= most) return slug(text, most);
    const sum = [...text].reduce((found, letter) => (found * 31 + (letter.codePointAt(0) ?? 0)) % 2 ** 32, 7);
    return `${slug(text, most - 8)}-${sum.toString(36)}`;
  };

  rg.told = {
    /** What it is of: the map, what is chosen, the years, the arrangement, the filters. */
    file: () => {
      const { page, pick, ui } = rg.model;
      const { sel, a, b, depth, nth, view, from, to } = rg.state.now;
      const path = !sel && rg.paths.found().length;
      const open = from === null || to === null; // at one end, which is to be seen
      const span = open ? [from === null ? ui("year.to") : ui("year.from"), from ?? to ?? ""] : from === to ? [from] : [from, to];
      const parts = [
        slug(pick(page.title)[0], 60) || "map",
        ...(sel ? [sel, ...(depth > 1 ? [depth] : [])] : path ? [a, b, ...(nth ? [nth + 1] : [])] : []),
        ...(view === "places" ? [ui(view)] : []),
        ...(years().length ? span : []),
        told(filters().join(" "), 80),
      ];
      return parts.map((part) => slug(String(part), 80)).filter(Boolean).join("-");
    },
    /** The same in words, beside the title. */
    caption: () => {
      const { nodes, edges, name, node, ui, pick, shared } = rg.model;
      const { sel, a, b } = rg.state.now;
      const [chosen, edge] = [nodes.get(sel), edges.get(sel)];
      const ends = edge ?? (!sel && rg.paths.found().length ? { from: a, to: b } : null);
      const subject = chosen ? [name(chosen)] : ends ? [ui("pathBetween", { a: name(node(ends.from)), b: name(node(ends.to)) })] : [];
      const kind = edge ? [pick(shared(edge.kind))[0]] : [];
      return [...subject, ...kind, ...years(), ...filters()].join(" · ");
    },
  };
})();
