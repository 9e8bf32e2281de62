"use strict";
/** What is told of a party or a relationship: first who we are to them, then every statement with its source. */
(() => {
  const rg = window.relgraph;
  const RESPONSIBILITY = "groupResponsibility";
  const UNIT = "facetUnit";
  const LONG = 200; // statements; of more the others follow, as many at a time
  /** Whom we have relationships with, and where we sit: for these the usual facts are asked for. */
  const USUAL = ["facetPartner", "facetArena"];

  /** @param {Both} text */
  const heading = (text) => rg.worded("h2", text, { id: "panel-heading", tabindex: "-1" });
  /** @param {string} text @param {Attributes} [attributes] */
  const nothing = (text, attributes = {}) => rg.element("p", { class: "nothing", ...attributes }, text);

  /** The others that a relationship ties a node to, through the relationship's own node as well.
   * @param {MapEdge} edge @param {string} id */
  const others = (edge, id) => {
    const { other, isRelation, edgesOf } = rg.model;
    const end = other(edge, id);
    /** @type {Map<string, MapNode>} */
    const found = new Map(end.id === id ? [] : [[end.id, end]]);
    for (const further of isRelation(end) ? (edgesOf.get(end.id) ?? []) : []) {
      const party = other(further, end.id);
      if (party.id !== id) found.set(party.id, party);
    }
    return [...found.values()];
  };

  /** @param {string} id @returns {MapEdge[]} the node's relationships, each record once */
  const relations = (id) => {
    const { edgesOf, recordOf } = rg.model;
    return [...new Map((edgesOf.get(id) ?? []).map((edge) => [recordOf(edge), edge])).values()];
  };

  /** What is said of a node's relationships themselves, where these have nodes of their own. @param {string} id @param {MapEdge[]} edges */
  const beside = (id, edges) => {
    const { other, isRelation, edgesOf, recordOf } = rg.model;
    const joints = new Set(edges.map((edge) => other(edge, id)).filter(isRelation));
    const all = [...joints].flatMap((joint) => (edgesOf.get(joint.id) ?? []).filter((edge) => recordOf(edge) !== joint.id));
    return [...new Set(all)].filter((edge) => !edges.includes(edge));
  };

  /** A word for a relationship: its kind, or the kind of the node that stands for it. @param {MapEdge} edge */
  const kindOf = (edge) => {
    const { node, isRelation, shared, pick } = rg.model;
    const own = [node(edge.from), node(edge.to)].find(isRelation);
    return pick(own ? shared(own.kind) : shared(edge.kind))[0];
  };

  /** Since when, how it stands, who is responsible: from the relationships with the city.
   * @param {MapNode} node */
  const summary = (node) => {
    const { page, ui, node: named, shared, pick, edgesOf } = rg.model;
    if (node.id === page.home || !USUAL.includes(node.facet ?? "") || !page.home) return [];
    const own = relations(node.id);
    const ours = own.filter((edge) => others(edge, node.id).some((end) => end.id === page.home));
    /** @type {Map<string, string[]>} */
    const said = new Map([["since", []], ["standing", []]]);
    for (const edge of ours) {
      const [begin, , , end] = page.times[edge.when ?? -1] ?? [null, null, null, null];
      const lasting = begin !== null && end === null && !["failed", "planned", "uncertain"].includes(edge.line);
      if (lasting) said.get("since")?.push(`${rg.time.yearOf(begin)}: ${kindOf(edge)}`);
      const words = [edge.status === undefined ? "" : pick(shared(edge.status))[0]];
      if (edge.line === "dormant") words.push(ui("line.dormant"));
      if (words.some(Boolean)) said.get("standing")?.push(`${kindOf(edge)}: ${words.filter(Boolean).join("; ")}`);
    }
    const made = rg.element("dl", { class: "usual" });
    for (const [key, values] of said) {
      const shown = [...new Set(values)].sort();
      const none = rg.element("dd", { class: "unknown" }, ui("unstated"));
      made.append(rg.element("dt", {}, ui(key)), ...(shown.length ? shown.map((v) => rg.element("dd", {}, v)) : [none]));
    }
    // Whoever of us is responsible for the party, or for a relationship with it that has a node of its own.
    const joints = ours.flatMap((edge) => [edge.from, edge.to]).filter((id) => rg.model.isRelation(named(id)));
    const near = [node.id, ...joints];
    const responsible = new Map(
      near
        .flatMap((id) => (edgesOf.get(id) ?? []).flatMap((edge) => (edge.group === RESPONSIBILITY ? others(edge, id) : [])))
        .filter((one) => one.facet === UNIT)
        .map((one) => [one.id, one]),
    );
    const links = rg.nodeLinks([...responsible.values()]);
    made.append(
      rg.element("dt", {}, ui("responsible")),
      responsible.size ? rg.element("dd", {}, ...links.childNodes) : rg.element("dd", { class: "unknown" }, ui("unstated")),
    );
    // Who of us takes part there, without being called responsible.
    const there = page.matrix.cells.filter(([, column]) => column === node.id);
    for (const [row, , , roles] of there) {
      const unit = page.matrix.rows.find(([id]) => id === row)?.[1];
      const words = [...new Set(roles.map((role) => pick(shared(role))[0]))].join(", ");
      const term = rg.element("dt", {}, row === there[0][0] ? ui("unitsThere") : "");
      made.append(...(term.textContent ? [term] : []), rg.element("dd", {}, `${pick(unit)[0]} (${words})`));
    }
    return [made];
  };

  /** The relationships of a node, those said in the same words together. @param {string} id @param {MapEdge[]} edges */
  const items = (id, edges) => {
    const { node, isRelation, shared, other } = rg.model;
    /** @type {Map<string, {edge: MapEdge, own: Said[], ends: Map<string, MapNode>}>} */
    const found = new Map();
    for (const edge of edges) {
      const end = other(edge, id);
      const own = edge.sentence?.t ? [edge.sentence] : isRelation(end) ? (end.facts ?? []) : [];
      const key = own.length ? JSON.stringify(own.map((one) => one.t)) : `${edge.kind}`;
      const item = found.get(key) ?? { edge, own, ends: new Map() };
      found.set(key, item);
      for (const one of others(edge, id)) item.ends.set(one.id, one);
    }
    const self = node(id);
    const said = new Set((isRelation(self) ? (self.facts ?? []) : []).map((fact) => JSON.stringify(fact.t)));
    return [...found.values()].map(({ edge, own, ends }) => {
      const make = () => {
        const item = rg.element("li", { class: rg.edgeShown(edge) ? "" : "filtered" });
        if (!own.length) item.append(rg.worded("p", shared(edge.kind), { class: "says" }));
        for (const one of own) if (!said.has(JSON.stringify(one.t))) item.append(...rg.statement(one, edge));
        item.append(rg.nodeLinks([...ends.values()]));
        return item;
      };
      return { edge, make };
    });
  };

  /** Statements as a list. Of very many the first are there at once and the others soon, or when the page is printed;
   * so long the map is not kept waiting. @param {(() => HTMLElement)[]} all */
  const listed = (all) => {
    const made = rg.element("ul", { class: all.length > LONG ? "statements long" : "statements" });
    /** @param {number} upTo */
    const fill = (upTo) => made.append(...all.slice(made.children.length, upTo).map((make) => make()));
    const more = () => {
      if (!made.isConnected || made.children.length >= all.length) return;
      fill(made.children.length + LONG);
      window.setTimeout(more);
    };
    fill(LONG);
    if (all.length > LONG) {
      window.setTimeout(more, 300);
      window.addEventListener("beforeprint", () => made.isConnected && fill(all.length), { once: true });
    }
    return made;
  };

  /** @param {MapNode} node */
  const aliases = (node) => {
    const [name] = rg.model.pick(node.label);
    const both = typeof node.label === "string" ? [] : Object.entries(node.label).filter(([, v]) => v !== name);
    const made = rg.element("p", { class: "aliases" }, `${rg.model.ui("alsoCalled")} `);
    const mistaken = node.mistaken ?? [];
    const known = new Set([name, ...both.map(([, value]) => value), ...mistaken]);
    const names = [
      ...both.map(([lang, value]) => rg.element("span", { lang }, value)),
      ...(node.aliases ?? []).filter((alias) => !known.has(alias)).map((alias) => rg.element("span", {}, alias)),
    ];
    names.forEach((one, i) => made.append(...(i ? [", "] : []), one));
    const wrong = mistaken.length
      ? [rg.element("p", { class: "aliases" }, `${rg.model.ui("mistaken")} ${mistaken.join(", ")}`)]
      : [];
    return [...(names.length ? [made] : []), ...wrong];
  };

  /** @param {MapNode} node */
  const facts = (node) => {
    if (!node.facts?.length) return [];
    /** @param {Said[]} said */
    const list = (said) => {
      const own = said.map((fact) => rg.element("li", {}, ...rg.statement(fact)));
      return rg.element("ul", { class: "statements" }, ...own);
    };
    const [own, asides] = [node.facts.filter(({ a }) => !a), node.facts.filter(({ a }) => a)];
    /** @type {HTMLElement[]} */
    const parts = own.length ? [rg.element("h3", {}, rg.model.ui("facts")), list(own)] : [];
    if (asides.length) {
      const title = rg.element("summary", {}, rg.model.ui("asides", { n: asides.length }));
      parts.push(rg.element("details", { class: "asides" }, title, list(asides)));
    }
    return parts;
  };

  /** One step or two. */
  const depth = () => {
    const { ui } = rg.model;
    const made = rg.element("div", { class: "switch", role: "group", "aria-label": ui("depth") });
    for (const steps of /** @type {const} */ ([1, 2])) {
      const pressed = String(rg.state.now.depth === steps);
      const button = rg.element("button", { type: "button", id: `depth-${steps}`, "aria-pressed": pressed }, ui(`depth.${steps}`));
      button.addEventListener("click", () => {
        rg.state.set({ depth: steps });
        rg.by(`depth-${steps}`).focus();
      });
      made.append(button);
    }
    return made;
  };

  /** @param {MapNode} node */
  const aboutNode = (node) => {
    const { ui, page, shared, pick, edgesOf, heading: capital, isRelation } = rg.model;
    const type = page.types[node.type];
    const kind = rg.element("p", { class: "kind" }, rg.glyph(type), rg.worded("span", shared(node.kind) || type.label));
    if (node.country !== undefined) kind.append(rg.worded("span", rg.country.name(rg.country.of(node)), { class: "country" }));
    /** @type {HTMLElement[]} */
    const parts = [kind, heading(node.label), ...aliases(node), ...summary(node), depth()];
    // A relationship's own statement is itself the answer to who we are to them.
    if (isRelation(node)) parts.push(...facts(node));
    const edges = edgesOf.get(node.id) ?? [];
    const known = page.groups.map((group) => group.name);
    const all = items(node.id, [...edges, ...beside(node.id, edges)]);
    for (const group of [...page.groups, null]) {
      const own = all.filter(({ edge }) => (group ? edge.group === group.name : !known.includes(edge.group ?? "")));
      if (!own.length) continue;
      const title = group ? capital(group.label) : ui(all.length > own.length ? "otherRelations" : "relations");
      parts.push(
        rg.element("h3", {}, title),
        listed(own.map(({ make }) => make)),
      );
    }
    if (!isRelation(node)) parts.push(...facts(node));
    if (node.missing) parts.push(nothing(`${ui("missing")} ${pick(node.missing)[0]}.`, { class: "missing" }));
    if (!edges.length) parts.push(nothing(ui("noRelations")));
    else if (!node.facts?.length) parts.push(nothing(ui("notStated")));
    const hidden = edges.filter((edge) => !rg.edgeShown(edge)).length;
    if (hidden) parts.push(nothing(ui("hiddenRelations", { n: hidden })));
    return parts;
  };

  /** @param {MapEdge} edge */
  const aboutEdge = (edge) => {
    const { ui, node, shared, page, pick, unsettled, heading: capital } = rg.model;
    const ends = [...new Set([edge.from, edge.to])].map(node);
    const kind = rg.element("p", { class: "kind" }, rg.lineGlyph(page.lines[edge.line], unsettled(edge)));
    kind.append(rg.element("span", {}, ui(`line.${edge.line}`)));
    const made = rg.element("dl", { class: "usual" });
    const status = edge.status === undefined ? "" : pick(shared(edge.status))[0];
    const years = edge.when === undefined ? "" : rg.time.words(page.times[edge.when]);
    for (const [key, value] of [["legalStatus", status], ["years", years], ["certainty", ui(`cert.${edge.certainty ?? "stated"}`)]]) {
      if (value) made.append(rg.element("dt", {}, ui(key)), rg.element("dd", {}, value));
    }
    const item = rg.element("li", {}, ...rg.statement(edge.sentence ?? {}, edge));
    const parties = rg.nodeLinks(ends);
    parties.prepend(`${ui("parties")} `);
    return [kind, heading(capital(shared(edge.kind))), made, rg.element("ul", { class: "statements" }, item), parties];
  };

  rg.about = { node: aboutNode, edge: aboutEdge };
})();
