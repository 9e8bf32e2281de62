"use strict";
/** The same relationships as a table: its rows are the lines that the map shows, in any state of the filter. */
(() => {
  const rg = window.relgraph;
  const view = rg.by("table-view");
  const COLUMNS = /** @type {const} */ (["from", "relation", "to", "years", "status", "statement"]);
  /** @typedef {typeof COLUMNS[number]} Column */
  /** @type {{column: Column, down: boolean}} */
  let sort = { column: "from", down: false };

  /** @param {MapEdge} edge */
  const years = (edge) => (edge.when === undefined ? "" : rg.time.words(rg.model.page.times[edge.when]));

  /** @param {MapEdge} edge */
  const status = (edge) => {
    const { ui, pick, shared } = rg.model;
    return [
      ui(`line.${edge.line}`),
      edge.status === undefined ? "" : pick(shared(edge.status))[0],
      edge.certainty ? ui(`cert.${edge.certainty}`) : "",
      rg.visible().possible.has(edge.id) ? ui("possibly") : "",
    ]
      .filter(Boolean)
      .join("; ");
  };

  /** @param {MapEdge} edge @param {Column} column @returns {string} */
  const value = (edge, column) => {
    const { node, pick, shared, name } = rg.model;
    if (column === "from" || column === "to") return name(node(edge[column]));
    if (column === "relation") return pick(shared(edge.kind))[0];
    if (column === "years") return years(edge);
    return column === "status" ? status(edge) : pick(edge.sentence?.t)[0];
  };

  /** The visible edges as sorted. */
  const sorted = () => {
    const order = new Intl.Collator(rg.state.now.lang, { numeric: true });
    const shown = [...rg.model.edges.values()].filter(rg.edgeShown);
    const keyed = shown.map((edge) => ({ edge, key: value(edge, sort.column) }));
    keyed.sort((a, b) => (sort.down ? -1 : 1) * order.compare(a.key, b.key) || (a.edge.id < b.edge.id ? -1 : 1));
    return keyed.map(({ edge }) => edge);
  };

  /** @param {MapEdge} edge */
  const row = (edge) => {
    const { ui, node, shared } = rg.model;
    const { sel } = rg.state.now;
    const chosen = [edge.id, edge.from, edge.to].includes(sel);
    const made = rg.element("tr", { "data-id": edge.id, class: chosen ? "chosen" : "" });
    /** @param {string} id */
    const party = (id) => rg.worded("a", node(id).label, { href: rg.state.link({ sel: id }) });
    /** @type {(Node | string)[]} */
    const statement = [];
    const said = edge.sentence;
    if (said) {
      statement.push(rg.worded("span", said.t));
      if (said.n) statement.push(" ", rg.worded("span", said.n, { class: "note" }));
      if (said.c !== undefined) statement.push(" ", rg.worded("span", shared(said.c), { class: "cite" }));
    }
    /** @type {Record<Column, (Node | string)[]>} */
    const cells = {
      from: [party(edge.from)],
      relation: [rg.worded("a", shared(edge.kind), { href: rg.state.link({ sel: edge.id }) })],
      to: [party(edge.to)],
      years: [years(edge)],
      status: [status(edge)],
      statement,
    };
    for (const column of COLUMNS) {
      made.append(rg.element("td", { "data-label": ui(column), class: column }, ...cells[column]));
    }
    return made;
  };

  /** @param {Column} column */
  const header = (column) => {
    const { ui } = rg.model;
    const way = sort.column === column ? (sort.down ? "descending" : "ascending") : "";
    const button = rg.element("button", { type: "button", title: ui("sortBy", { column: ui(column) }) }, ui(column));
    button.append(rg.element("span", { "aria-hidden": "true" }, way ? (sort.down ? " ▼" : " ▲") : ""));
    button.addEventListener("click", () => {
      sort = { column, down: sort.column === column && !sort.down };
      fill(rg.state.now);
      /** @type {HTMLElement | null} */ (view.querySelector(`th[data-column="${column}"] button`))?.focus();
    });
    return rg.element("th", { scope: "col", "data-column": column, "aria-sort": way, class: column }, button);
  };

  /** A text as a cell of a spreadsheet: in one line, and no formula. @param {string} text */
  const cell = (text) => {
    const line = text.replace(/\s+/g, " ").trim();
    return /^[=+\-@]/.test(line) ? `'${line}` : line;
  };

  /** The visible relationships, tab-separated, as sorted. */
  const tsv = () => {
    const { ui, pick, shared } = rg.model;
    const rows = sorted().map((edge) => [
      ...COLUMNS.map((column) => value(edge, column)),
      pick(edge.sentence?.n)[0],
      edge.sentence?.c === undefined ? "" : pick(shared(edge.sentence.c))[0],
      edge.id,
    ]);
    const head = [...COLUMNS.slice(0, -1).map((column) => ui(column)), ui("says"), ui("note"), ui("source"), "id"];
    return [head, ...rows].map((each) => each.map(cell).join("\t")).join("\n");
  };

  /** @param {State} now */
  const fill = (now) => {
    if (now.view !== "table") return view.replaceChildren();
    const { ui } = rg.model;
    const shown = sorted();
    const copy = rg.element("button", { type: "button", class: "plain copy" }, ui("copyTable"));
    copy.addEventListener("click", () => void rg.copy(tsv(), ui("tableCopied", { n: shown.length })));
    const caption = rg.element("caption", {}, `${ui("caption")} – ${ui("rows", { n: shown.length })} `);
    const head = rg.element("thead", {}, rg.element("tr", {}, ...COLUMNS.map(header)));
    const body = rg.element("tbody", {}, ...shown.map(row));
    view.replaceChildren(copy, rg.element("table", { class: "relations" }, caption, head, body));
  };

  rg.table = { start: () => rg.state.follow(fill), tsv };
})();
