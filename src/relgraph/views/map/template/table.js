"use strict";
/** The same relationships as a table: its rows are the lines that the map shows, in any state of the filter. */
(() => {
  const rg = window.relgraph;
  const view = document.getElementById("table-view");
  const COLUMNS = ["from", "relation", "to", "years", "status", "statement"];
  let sort = { column: "from", down: false };

  /** Years between which it may hold: "2011–2014", "2011–", "–2014". @param {MapEdge} edge */
  const years = (edge) => {
    const [from, to] = edge.years || [null, null];
    if (from === null && to === null) return "";
    return from === to ? String(from) : `${from ?? ""}–${to ?? ""}`;
  };
  const status = (edge) => {
    const { ui } = rg.model;
    return edge.certainty ? `${ui(`line.${edge.line}`)}; ${ui(edge.certainty)}` : ui(`line.${edge.line}`);
  };

  const value = (edge, column) => {
    const { nodes, pick, shared, name } = rg.model;
    const of = {
      from: () => name(nodes.get(edge.from)),
      to: () => name(nodes.get(edge.to)),
      relation: () => pick(shared(edge.kind))[0],
      years: () => years(edge),
      status: () => status(edge),
      statement: () => pick(edge.sentence?.t)[0],
    };
    return of[column]();
  };

  const row = (edge) => {
    const { ui, nodes, shared } = rg.model;
    const { sel } = rg.state.now;
    const chosen = sel === edge.id || sel === edge.from || sel === edge.to;
    const made = rg.element("tr", { "data-id": edge.id, class: chosen ? "chosen" : "" });
    const party = (id) => rg.worded("a", nodes.get(id).label, { href: rg.state.link({ sel: id }) });
    const cells = {
      from: [party(edge.from)],
      relation: [rg.worded("a", shared(edge.kind), { href: rg.state.link({ sel: edge.id }) })],
      to: [party(edge.to)],
      years: [years(edge)],
      status: [status(edge)],
      statement: [],
    };
    const said = edge.sentence;
    if (said) {
      cells.statement.push(rg.worded("span", said.t));
      if (said.n) cells.statement.push(" ", rg.worded("span", said.n, { class: "note" }));
      if (said.c !== undefined) cells.statement.push(" ", rg.worded("span", shared(said.c), { class: "cite" }));
    }
    for (const column of COLUMNS) {
      made.append(rg.element("td", { "data-label": ui(column), class: column }, ...cells[column]));
    }
    return made;
  };

  const header = (column) => {
    const { ui } = rg.model;
    const sorted = sort.column === column ? (sort.down ? "descending" : "ascending") : "";
    const name = ui("sortBy", { column: ui(column) });
    const button = rg.element("button", { type: "button", title: name }, ui(column));
    button.append(rg.element("span", { "aria-hidden": "true" }, sorted ? (sort.down ? " ▼" : " ▲") : ""));
    button.addEventListener("click", () => {
      sort = { column, down: sort.column === column && !sort.down };
      fill(rg.state.now);
      view.querySelector(`th[data-column="${column}"] button`)?.focus();
    });
    return rg.element("th", { scope: "col", "data-column": column, "aria-sort": sorted, class: column }, button);
  };

  const fill = (now) => {
    if (now.view !== "table") return view.replaceChildren();
    const { edges, ui } = rg.model;
    const order = new Intl.Collator(now.lang, { numeric: true });
    const shown = [...edges.values()].filter(rg.edgeShown);
    const keyed = shown.map((edge) => ({ edge, key: value(edge, sort.column) }));
    keyed.sort((a, b) => (sort.down ? -1 : 1) * order.compare(a.key, b.key) || (a.edge.id < b.edge.id ? -1 : 1));
    const caption = rg.element("caption", {}, `${ui("caption")} – ${ui("rows", { n: shown.length })}`);
    const head = rg.element("thead", {}, rg.element("tr", {}, ...COLUMNS.map(header)));
    const body = rg.element("tbody", {}, ...keyed.map(({ edge }) => row(edge)));
    view.replaceChildren(rg.element("table", {}, caption, head, body));
  };

  rg.table = { start: () => rg.state.follow(fill) };
})();
