"use strict";
/** The path finder: two parties, and how they are connected, step by step in sentences. */
(() => {
  const rg = window.relgraph;
  const ENDS = /** @type {const} */ (["a", "b"]);

  const form = () => {
    const { ui } = rg.model;
    const made = rg.element("details", { id: "pathfinder" }, rg.element("summary", {}, ui("pathfinder")));
    for (const end of ENDS) {
      const id = `path-${end}`;
      const list = rg.element("ul", { id: `${id}-hits`, role: "listbox", class: "hits", "aria-label": ui("hits"), hidden: true });
      const input = rg.element("input", {
        id,
        type: "text",
        role: "combobox",
        "aria-autocomplete": "list",
        "aria-expanded": "false",
        "aria-controls": list.id,
        autocomplete: "off",
        spellcheck: "false",
      });
      rg.combobox(input, list, (node) => rg.state.set({ [end]: node.id, sel: "", nth: 0 }), { keep: true, none: "noPathEnd" });
      input.addEventListener("change", () => {
        if (!input.value.trim()) rg.state.set({ [end]: "", nth: 0 });
      });
      made.append(rg.element("div", { class: "search" }, rg.element("label", { for: id, id: `${id}-label` }), input, list));
    }
    const box = rg.element("input", { type: "checkbox", id: "around" });
    box.addEventListener("change", () => rg.state.set({ around: box.checked, nth: 0 }));
    const clear = rg.element("button", { type: "button", class: "plain", id: "path-clear" });
    clear.addEventListener("click", () => {
      rg.state.set({ a: "", b: "", nth: 0 });
      rg.by("path-a").focus();
    });
    made.append(rg.element("label", { class: "check", for: "around" }, box, rg.element("span", { id: "around-label" })), clear);
    return made;
  };

  /** @param {State} now @param {State | null} before */
  const update = (now, before) => {
    const { ui, nodes, name, homeName } = rg.model;
    if (!before) rg.by("finder").append(form());
    const box = /** @type {HTMLDetailsElement} */ (rg.by("pathfinder"));
    if (now.a || now.b) box.open = true;
    const [summary] = box.children;
    summary.textContent = ui("pathfinder");
    for (const end of ENDS) {
      rg.by(`path-${end}-label`).textContent = ui(`path.${end}`);
      const input = /** @type {HTMLInputElement} */ (rg.by(`path-${end}`));
      const node = nodes.get(now[end]);
      if (document.activeElement !== input || node) input.value = node ? name(node) : "";
    }
    /** @type {HTMLInputElement} */ (rg.by("around")).checked = now.around;
    rg.by("around-label").textContent = ui("around", { name: homeName() });
    rg.by("around-label").parentElement?.toggleAttribute("hidden", !homeName());
    const clear = /** @type {HTMLButtonElement} */ (rg.by("path-clear"));
    clear.textContent = ui("clear");
    clear.hidden = !now.a && !now.b;
  };

  /** The statements of a step, the cheapest first. @param {string[]} ids */
  const step = (ids) => {
    const { edges, records, ui } = rg.model;
    const statements = ids.map((id) => {
      const edge = edges.get(id);
      const record = records.get(id);
      const said = edge?.sentence ?? record?.said[0] ?? {};
      return rg.element("li", {}, ...rg.statement(said, edge ?? record?.edges[0]));
    });
    const [first, ...more] = statements;
    /** @type {HTMLElement[]} */
    const parts = [rg.element("ul", { class: "statements" }, first)];
    if (more.length) {
      const summary = rg.element("summary", {}, ui("moreStatements", { n: more.length }));
      parts.push(rg.element("details", { class: "explain" }, summary, rg.element("ul", { class: "statements" }, ...more)));
    }
    return parts;
  };

  /** One path: its parties as a row, and, if it is the one shown, its steps. @param {Path} path @param {number} nth */
  const path = ({ nodes, edges }, nth) => {
    const { ui, node, name } = rg.model;
    const shown = rg.state.now.nth === nth;
    const row = nodes.map((id) => name(node(id))).join(" → ");
    const button = rg.element("button", { type: "button", class: "plain path", "aria-expanded": String(shown), id: `path-${nth}` }, row);
    button.addEventListener("click", () => {
      rg.state.set({ nth });
      rg.by(`path-${nth}`).focus();
    });
    const title = rg.element("h3", {}, ui("pathNumber", { i: nth + 1, n: edges.length }));
    if (!shown) return [title, button];
    const steps = rg.element("ol", { class: "steps" });
    edges.forEach((ids, i) => {
      const ends = rg.nodeLinks([node(nodes[i]), node(nodes[i + 1])]);
      steps.append(rg.element("li", {}, ends, ...step(ids)));
    });
    return [title, button, steps];
  };

  /** What to write on the command line, which looks in the whole graph. */
  const command = () => {
    const { ui, page } = rg.model;
    const { a, b, around } = rg.state.now;
    const avoid = around && page.home && page.home !== a && page.home !== b ? ` --not-through ${rg.argument(page.home)}` : "";
    const code = rg.element("code", {}, `relgraph path ${rg.argument(a)} ${rg.argument(b)}${avoid}${page.when && ` ${page.when}`}`);
    return rg.element("p", { class: "command" }, `${ui("wholeGraph")} `, code);
  };

  const panel = () => {
    const { ui, nodes, name, homeName, node } = rg.model;
    const { a, b, around } = rg.state.now;
    const missing = [a, b].filter((id) => !nodes.has(id));
    if (missing.length) {
      const said = [...new Set(missing)].map((id) => rg.element("p", {}, ui("notOnMap", { name: id.slice(0, 80) })));
      return [rg.element("h2", { id: "panel-heading", tabindex: "-1" }, ui("pathfinder")), ...said, command()];
    }
    const title = ui("pathBetween", { a: name(node(a)), b: name(node(b)) });
    /** @type {HTMLElement[]} */
    const parts = [rg.element("h2", { id: "panel-heading", tabindex: "-1" }, title)];
    const found = rg.paths.found();
    if (!found.length) {
      parts.push(rg.element("p", {}, ui(a === b ? "samePath" : around ? "noPathAround" : "noPath", { name: homeName() })));
    } else parts.push(rg.element("p", { class: "aliases" }, ui("pathOrder")));
    if (rg.state.filtered()) parts.push(rg.element("p", { class: "nothing" }, ui("pathFiltered")));
    parts.push(...found.flatMap(path));
    if (rg.model.page.beyond && a !== b) {
      parts.push(rg.element("p", { class: "nothing" }, ui("pathBeyond", { n: rg.model.page.beyond })), command());
    }
    return parts;
  };

  rg.pathfinder = { start: () => rg.state.follow(update), panel };
})();
