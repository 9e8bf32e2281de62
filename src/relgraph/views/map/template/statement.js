"use strict";
/** A statement as the page shows it everywhere: sentence, doubt, quotation, citation, and what follows from it. */
(() => {
  const rg = window.relgraph;

  /** @type {Map<string, Page["derived"]> | null} */
  let derived = null;
  /** What follows from a record. @param {string} record */
  const following = (record) => {
    if (!derived) {
      derived = new Map();
      for (const one of rg.model.page.derived) {
        const [, , , , ...records] = one;
        for (const id of records) derived.set(id, [...(derived.get(id) ?? []), one]);
      }
    }
    return derived.get(record) ?? [];
  };

  /** Every derived statement with its rule and what it rests on. @param {string} record */
  const explanation = (record) => {
    const { ui, nodes, pick, shared, records } = rg.model;
    const found = following(record);
    if (!found.length) return [];
    const made = rg.element("details", { class: "explain" }, rg.element("summary", {}, ui("explain", { n: found.length })));
    for (const [from, label, to, rule, ...rests] of found) {
      /** @param {number} at */
      const name = (at) => rg.model.name(/** @type {MapNode} */ (nodes.get(rg.carried.nodes[at].id)));
      const triple = `${name(from)} – ${pick(shared(label))[0]} – ${name(to)}`;
      const basis = rg.element("ul", {});
      for (const id of rests) {
        const said = records.get(id)?.said[0];
        basis.append(rg.worded("li", said?.t || id));
      }
      made.append(
        rg.element("p", { class: "derived" }, triple),
        rg.element("p", { class: "rule" }, `${ui("rule")} `, rg.worded("span", shared(rule))),
        rg.element("p", { class: "rule" }, ui("restsOn")),
        basis,
      );
    }
    return [made];
  };

  rg.statement = (said, edge) => {
    const { ui, shared, pick, page, recordOf } = rg.model;
    /** @type {HTMLElement[]} */
    const parts = [rg.worded("p", said.t, { class: "says" })];
    if (said.n) parts.push(rg.worded("p", said.n, { class: "note" }));
    else if (edge?.certainty) parts.push(rg.element("p", { class: "note" }, ui(`cert.${edge.certainty}`)));
    if (edge && rg.visible().possible.has(edge.id)) {
      parts.push(rg.element("p", { class: "perhaps" }, ui(edge.when === undefined ? "perhapsUndated" : "perhaps")));
    }
    if (said.x) parts.push(rg.element("blockquote", { lang: said.xl ?? "" }, said.x));
    if (said.m) parts.push(rg.element("p", { class: "missing" }, `${ui("missing")} ${pick(said.m)[0]}.`));
    if (said.c !== undefined) parts.push(rg.worded("p", shared(said.c), { class: "cite" }));
    const record = said.r ?? (edge && recordOf(edge));
    return [...parts, ...(record && page.derived.length ? explanation(record) : [])];
  };

  /** Links to nodes, with a dot between. */
  rg.nodeLinks = (nodes) => {
    const made = rg.element("p", { class: "links" });
    nodes.forEach((node, i) =>
      made.append(...(i ? [" · "] : []), rg.worded("a", node.label, { href: rg.state.link({ sel: node.id }) })),
    );
    return made;
  };
})();
