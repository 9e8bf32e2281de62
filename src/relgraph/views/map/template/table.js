"use strict";
/**
 * The same relationships as a table: its rows are the lines that the map shows and does not dim, in any state. What is
 * more than a page is on pages, or in one long table if asked for; paper and spreadsheet get all of it.
 */
(() => {
  const rg = window.relgraph;
  const view = rg.by("table-view");
  const COLUMNS = /** @type {const} */ (["from", "relation", "to", "years", "status", "statement"]);
  const ROWS = { wide: 500, narrow: 25 }; // a page: drawn at once, where thousands take seconds; no mile of cards
  /** @typedef {typeof COLUMNS[number]} Column */
  /** @type {{column: Column, down: boolean}} */
  let sort = { column: "from", down: false };
  let page = 0;
  let whole = false;
  let printing = false;

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

  /** The visible edges, of what is chosen if something is, as sorted. */
  const sorted = () => {
    const lit = rg.lit();
    const order = new Intl.Collator(rg.state.now.lang, { numeric: true });
    const shown = [...rg.model.edges.values()].filter((edge) => rg.edgeShown(edge) && (!lit || lit.edges.has(edge.id)));
    const keyed = shown.map((edge) => ({ edge, key: value(edge, sort.column) }));
    keyed.sort((a, b) => {
      // whatever the direction, what says nothing comes last
      const blank = Number(!a.key) - Number(!b.key);
      return blank || (sort.down ? -1 : 1) * order.compare(a.key, b.key) || (a.edge.id < b.edge.id ? -1 : 1);
    });
    return keyed.map(({ edge }) => edge);
  };

  /** @param {MapEdge} edge @param {number} index its place in the whole table, from 0 */
  const row = (edge, index) => {
    const { ui, node, shared } = rg.model;
    const made = rg.element("tr", { "data-id": edge.id, "aria-rowindex": index + 2 });
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
      page = 0;
      fill(rg.state.now, rg.state.now);
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

  /** What the table is of. */
  const title = () => {
    const { ui, nodes, name } = rg.model;
    const chosen = nodes.get(rg.state.now.sel);
    if (chosen) return ui(rg.state.now.depth === 2 ? "captionAround2" : "captionAround", { name: name(chosen) });
    return ui(rg.lit() ? "captionChosen" : "caption");
  };

  /** Turn to another page, or show all; the same button keeps the focus. @param {HTMLElement} button @param {() => void} change */
  const turn = (button, change) =>
    button.addEventListener("click", () => {
      const { go } = button.dataset;
      change();
      fill(rg.state.now, rg.state.now);
      view.scrollTop = 0;
      const next = [go, go === "next" ? "previous" : "next", "all"].map((name) => `[data-go="${name}"]:not(:disabled)`);
      const found = next.map((selector) => /** @type {HTMLElement | null} */ (view.querySelector(selector)));
      found.find(Boolean)?.focus();
      rg.say(view.querySelector(".rows")?.textContent ?? "");
    });

  const most = () => (rg.state.narrow.matches ? ROWS.narrow : ROWS.wide);

  /** Which rows are shown, and the buttons to the others. @param {number} count of all rows */
  const pager = (count) => {
    const { ui } = rg.model;
    const last = Math.ceil(count / most()) - 1;
    const made = rg.element("div", { class: "pager", role: "group", "aria-label": ui("pages") });
    const lang = rg.state.now.lang;
    const [from, to] = whole ? [1, count] : [page * most() + 1, Math.min(count, (page + 1) * most())];
    const range = ui("rowsShown", { from: from.toLocaleString(lang), to: to.toLocaleString(lang), n: count.toLocaleString(lang) });
    made.append(rg.element("span", { class: "rows" }, range));
    /** @param {string} go @param {string} text @param {boolean} disabled @param {() => void} change */
    const button = (go, text, disabled, change) => {
      const one = rg.element("button", { type: "button", class: "plain", "data-go": go, disabled }, text);
      turn(one, change);
      made.append(one);
    };
    if (!whole) {
      button("previous", ui("previousRows"), page === 0, () => page--);
      button("next", ui("nextRows"), page === last, () => page++);
    }
    button("all", whole ? ui("pageRows") : ui("allRows", { n: count.toLocaleString(lang) }), false, () => {
      [whole, page] = [!whole, 0];
    });
    return made;
  };

  /** @param {State} now @param {State | null} before */
  const fill = (now, before) => {
    if (now !== before) page = 0;
    if (now.view !== "table") return view.replaceChildren();
    const { ui } = rg.model;
    const all = sorted();
    const paged = all.length > most();
    const long = whole || printing;
    const shown = long ? all : all.slice(page * most(), (page + 1) * most());
    const copy = rg.element("button", { type: "button", class: "plain" }, ui("copyTable"));
    copy.addEventListener("click", () => void rg.copy(tsv(), ui("tableCopied", { n: all.length })));
    const tools = rg.element("div", { class: "copy" }, copy);
    if (rg.folds.any()) tools.prepend(rg.folds.button());
    if (rg.lit()) {
      const every = rg.element("button", { type: "button", class: "plain every" }, ui("everyRelation"));
      every.addEventListener("click", () => {
        rg.state.set(rg.state.unchosen);
        rg.by("main").focus();
      });
      tools.prepend(every);
    }
    const caption = rg.element("caption", {}, `${title()} – ${ui("tableRows", { n: all.length })} `);
    const head = rg.element("thead", {}, rg.element("tr", { "aria-rowindex": 1 }, ...COLUMNS.map(header)));
    const first = long ? 0 : page * most();
    const body = rg.element("tbody", {}, ...shown.map((edge, i) => row(edge, first + i)));
    const table = rg.element("table", { class: "relations", "aria-rowcount": all.length + 1 }, caption, head, body);
    view.replaceChildren(tools, ...(paged ? [pager(all.length)] : []), table, ...(paged ? [pager(all.length)] : []));
  };

  rg.table = {
    start: () => {
      rg.state.follow(fill);
      rg.state.narrow.addEventListener("change", () => {
        page = 0;
        if (rg.state.now.view === "table") fill(rg.state.now, rg.state.now);
      });
      for (const [event, value] of /** @type {const} */ ([["beforeprint", true], ["afterprint", false]])) {
        window.addEventListener(event, () => {
          printing = value;
          if (rg.state.now.view === "table") fill(rg.state.now, rg.state.now);
        });
      }
    },
    tsv,
  };
})();
