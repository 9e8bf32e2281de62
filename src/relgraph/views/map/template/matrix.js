"use strict";
/** Who in our house sits where: units by networks and forums, each cell opening its statements. */
(() => {
  const rg = window.relgraph;
  const view = rg.by("matrix-view");
  const PREFIX = "cell:";

  /** @param {Cell} cell */
  const idOf = ([row, column]) => `${PREFIX}${row}:${column}`;

  /** Whether the filter lets a statement of a cell through; what is no line on the map is told in any case.
   * @param {string} record */
  const passes = (record) => {
    const edges = rg.model.records.get(record)?.edges ?? [];
    return !edges.length || edges.some((edge) => rg.passes(edge));
  };
  /** The cells of the filter's state, with the places of the statements that pass. */
  const shown = () =>
    rg.model.page.matrix.cells
      .map((cell) => ({ cell, at: cell[2].map((_, i) => i).filter((i) => passes(cell[2][i])) }))
      .filter(({ at }) => at.length);

  /** A name that leads to the party, if that is on the map. @param {[string, Both]} party */
  const party = ([id, label]) =>
    rg.model.nodes.has(id) ? rg.worded("a", label, { href: rg.state.link({ sel: id }) }) : rg.worded("span", label);

  /** @param {Cell} cell @param {number[]} at @param {string} label */
  const button = (cell, at, label) => {
    const { page, pick, shared } = rg.model;
    const id = idOf(cell);
    const made = rg.element("button", { type: "button", id, "aria-label": label, "aria-pressed": String(rg.state.now.sel === id) });
    const words = new Map(at.map((i) => [`${cell[3][i]} ${cell[4][i]}`, i]));
    for (const i of words.values()) {
      const line = rg.lineGlyph(page.lines[cell[4][i]], cell[4][i] === "uncertain");
      made.append(rg.element("span", { class: "role" }, line, rg.element("span", {}, pick(shared(cell[3][i]))[0])));
    }
    made.addEventListener("click", () => rg.state.set({ sel: id }));
    return made;
  };

  const fill = () => {
    if (rg.state.now.view !== "matrix") return view.replaceChildren();
    const { page, ui, pick, shared } = rg.model;
    const cells = new Map(shown().map((each) => [idOf(each.cell), each]));
    const used = new Set([...cells.values()].flatMap(({ cell }) => [cell[0], cell[1]]));
    const rows = page.matrix.rows.filter(([id]) => used.has(id));
    const columns = page.matrix.columns.filter(([id]) => used.has(id));
    const corner = rg.element("td", { class: "corner" });
    const head = rg.element("tr", {}, corner, ...columns.map((column) => rg.element("th", { scope: "col" }, party(column))));
    const body = rows.map((row) => {
      const made = rg.element("tr", {}, rg.element("th", { scope: "row" }, party(row)));
      for (const column of columns) {
        const found = cells.get(`${PREFIX}${row[0]}:${column[0]}`);
        if (!found) made.append(rg.element("td", {}));
        else {
          const roles = found.at.map((i) => `${pick(shared(found.cell[3][i]))[0]}, ${ui(`line.${found.cell[4][i]}`)}`);
          const label = `${pick(row[1])[0]} – ${pick(column[1])[0]}: ${[...new Set(roles)].join("; ")}`;
          made.append(rg.element("td", { "data-label": pick(column[1])[0] }, button(found.cell, found.at, label)));
        }
      }
      return made;
    });
    const caption = rg.element("caption", {}, ui("matrixCaption"));
    const table = rg.element("table", { class: "matrix" }, caption, rg.element("thead", {}, head), rg.element("tbody", {}, ...body));
    // what the filter hides is stated all the same
    const stated = new Set(page.matrix.cells.flatMap((cell) => [cell[0], cell[1]]));
    const parts = rows.length ? [table] : [rg.element("p", { class: "nothing" }, ui("matrixEmpty"))];
    /** @param {string} key @param {[string, Both][]} parties */
    const rest = (key, parties) => {
      const left = parties.filter(([id]) => !stated.has(id)).map(party);
      if (!left.length) return;
      const made = rg.element("p", { class: "rest" }, `${ui(key)} `);
      left.forEach((each, i) => made.append(...(i ? [", "] : []), each));
      parts.push(made);
    };
    rest("matrixNoColumn", page.matrix.columns);
    rest("matrixNoRow", page.matrix.rows);
    view.replaceChildren(...parts);
    view.style.setProperty("--head", `${table.tHead?.offsetHeight ?? 0}px`);
    view.style.setProperty("--first", `${corner.offsetWidth}px`);
    document.getElementById(rg.state.now.sel)?.scrollIntoView({ block: "nearest", inline: "center" });
  };

  /** @param {string} sel */
  const cellOf = (sel) =>
    sel.startsWith(PREFIX) ? rg.model.page.matrix.cells.find((cell) => idOf(cell) === sel) : undefined;

  /** @param {string} sel */
  const panel = (sel) => {
    const { page, records, pick, shared, ui } = rg.model;
    const cell = /** @type {Cell} */ (cellOf(sel));
    const [row, column] = [page.matrix.rows, page.matrix.columns].map((list, i) => list.find(([id]) => id === cell[i]));
    const title = [row, column].map((one) => pick(one?.[1])[0]).join(" – ");
    const items = cell[2].map((record, i) => {
      const found = records.get(record);
      const kind = rg.element("p", { class: "kind" }, rg.lineGlyph(page.lines[cell[4][i]], cell[4][i] === "uncertain"));
      kind.append(rg.element("span", {}, `${pick(shared(cell[3][i]))[0]}, ${ui(`line.${cell[4][i]}`)}`));
      const said = found?.said[0];
      return rg.element("li", { class: passes(record) ? "" : "filtered" }, kind, ...(said ? rg.statement(said, found.edges[0]) : []));
    });
    const links = rg.element("p", { class: "links" });
    [row, column].forEach((one, i) => one && links.append(...(i ? [" · "] : []), party(one)));
    return [
      rg.element("h2", { id: "panel-heading", tabindex: "-1" }, title),
      links,
      rg.element("ul", { class: "statements" }, ...items),
    ];
  };

  rg.matrix = { start: () => rg.state.follow(fill), panel, cell: cellOf };
})();
