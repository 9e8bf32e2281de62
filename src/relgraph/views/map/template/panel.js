"use strict";
/** The details at the right: what is chosen, in sentences, each with its citation. */
(() => {
  const rg = window.relgraph;
  const panel = document.getElementById("panel");

  const link = (node) => {
    const made = rg.worded("a", node.label, { href: rg.state.link({ sel: node.id }) });
    return made;
  };

  /**
   * A statement: its sentence, what is uncertain about it, its quotation and its citation.
   * @param {Sentence} sentence @param {string} [certainty]
   */
  const statement = (sentence, certainty) => {
    const { ui, shared } = rg.model;
    const parts = [rg.worded("p", sentence.t, { class: "says" })];
    if (sentence.n) parts.push(rg.worded("p", sentence.n, { class: "note" }));
    else if (certainty) parts.push(rg.element("p", { class: "note" }, ui(certainty)));
    if (sentence.x) parts.push(rg.element("blockquote", { lang: sentence.xl || "" }, sentence.x));
    if (sentence.c !== undefined) parts.push(rg.worded("p", shared(sentence.c), { class: "cite" }));
    return parts;
  };

  /** The others that a relationship ties the chosen node to, through the relationship's own node as well. */
  const others = (edge, id) => {
    const { other, isRelation, edgesOf } = rg.model;
    const end = other(edge, id);
    const found = new Map(end.id === id ? [] : [[end.id, end]]);
    if (isRelation(end)) {
      for (const further of edgesOf.get(end.id)) {
        const party = other(further, end.id);
        if (party.id !== id) found.set(party.id, party);
      }
    }
    return [...found.values()];
  };

  const linkList = (nodes) => {
    const made = rg.element("p", { class: "links" });
    nodes.forEach((node, i) => made.append(...(i ? [" · "] : []), link(node)));
    return made;
  };

  /** The relationships of a node, those said in the same words together. */
  const relationItems = (id, edges) => {
    const { nodes, isRelation, shared, other } = rg.model;
    const items = new Map();
    for (const edge of edges) {
      const end = other(edge, id);
      const own = edge.sentence?.t ? [edge.sentence] : isRelation(end) ? end.facts || [] : [];
      const key = own.length ? JSON.stringify(own) : `${edge.kind}`;
      if (!items.has(key)) items.set(key, { edge, own, ends: new Map() });
      for (const node of others(edge, id)) items.get(key).ends.set(node.id, node);
    }
    const self = nodes.get(id);
    const said = new Set((isRelation(self) ? self.facts || [] : []).map((fact) => JSON.stringify(fact.t)));
    return [...items.values()].map(({ edge, own, ends }) => {
      const item = rg.element("li", { class: rg.edgeShown(edge) ? "" : "filtered" });
      const fresh = own.filter((one) => !said.has(JSON.stringify(one.t)));
      if (!own.length) item.append(rg.worded("p", shared(edge.kind), { class: "says" }));
      for (const one of fresh) item.append(...statement(one, edge.certainty));
      item.append(linkList([...ends.values()]));
      return { edge, item };
    });
  };

  const heading = (text) => rg.worded("h2", text, { id: "panel-heading", tabindex: "-1" });

  const aliases = (node) => {
    const [name] = rg.model.pick(node.label);
    const both = typeof node.label === "string" ? [] : Object.entries(node.label).filter(([, v]) => v !== name);
    const made = rg.element("p", { class: "aliases" }, `${rg.model.ui("alsoCalled")} `);
    const known = new Set([name, ...both.map(([, value]) => value)]);
    const names = [
      ...both.map(([lang, value]) => rg.element("span", { lang }, value)),
      ...(node.aliases || []).filter((alias) => !known.has(alias)).map((alias) => rg.element("span", {}, alias)),
    ];
    names.forEach((one, i) => made.append(...(i ? [", "] : []), one));
    return names.length ? [made] : [];
  };

  const aboutNode = (node) => {
    const { ui, page, shared, edgesOf, heading: capital, isRelation } = rg.model;
    const type = page.types[node.type];
    const kind = rg.element("p", { class: "kind" }, rg.glyph(type));
    kind.append(rg.worded("span", shared(node.kind) || type.label));
    if (node.country) kind.append(rg.element("span", { class: "country" }, node.country));
    const parts = [kind, heading(node.label), ...aliases(node)];
    // The first question is who we are to them; a relationship's own statement is itself that answer.
    const about = [];
    if (node.facts?.length) {
      const list = rg.element("ul", { class: "statements" });
      for (const fact of node.facts) list.append(rg.element("li", {}, ...statement(fact)));
      about.push(rg.element("h3", {}, ui("facts")), list);
    }
    if (isRelation(node)) parts.push(...about);
    const edges = edgesOf.get(node.id);
    const known = page.groups.map((group) => group.name);
    const groups = [...page.groups, { name: null, label: null }];
    const items = relationItems(node.id, edges);
    for (const group of groups) {
      const own = items.filter(({ edge }) =>
        group.name === null ? !known.includes(edge.group) : edge.group === group.name,
      );
      if (!own.length) continue;
      const title = group.name === null ? ui(items.length > own.length ? "otherRelations" : "relations") : capital(group.label);
      const list = rg.element("ul", { class: "statements" }, ...own.map(({ item }) => item));
      parts.push(rg.element("h3", {}, title), list);
    }
    if (!isRelation(node)) parts.push(...about);
    if (!edges.length) parts.push(rg.element("p", { class: "nothing" }, ui("noRelations")));
    else if (!node.facts?.length) parts.push(rg.element("p", { class: "nothing" }, ui("notStated")));
    const hidden = edges.filter((edge) => !rg.edgeShown(edge)).length;
    if (hidden) parts.push(rg.element("p", { class: "nothing" }, ui("hiddenRelations", { n: hidden })));
    return parts;
  };

  const aboutEdge = (edge) => {
    const { ui, nodes, shared } = rg.model;
    const ends = [...new Set([edge.from, edge.to])].map((id) => nodes.get(id));
    const line = rg.model.page.lines[edge.line];
    const kind = rg.element("p", { class: "kind" }, rg.lineGlyph(line, rg.model.unsettled(edge)));
    kind.append(rg.element("span", {}, ui(`line.${edge.line}`)));
    const item = rg.element("li", {}, ...statement(edge.sentence || {}, edge.certainty));
    const parties = linkList(ends);
    parties.prepend(`${ui("parties")} `);
    return [kind, heading(shared(edge.kind)), rg.element("ul", { class: "statements" }, item), parties];
  };

  const copy = async () => {
    const { ui } = rg.model;
    try {
      await navigator.clipboard.writeText(location.href);
      rg.say(ui("copied"));
    } catch {
      rg.say(ui("notCopied"));
    }
  };

  const fill = (now, before) => {
    const { nodes, edges, ui } = rg.model;
    const node = nodes.get(now.sel);
    const edge = edges.get(now.sel);
    // Whoever came by a link in the panel or the table goes on reading at the heading.
    const from = document.activeElement;
    const reading = panel.contains(from) || document.getElementById("table-view").contains(from);
    panel.replaceChildren();
    panel.hidden = !now.sel;
    document.getElementById("columns").classList.toggle("with-panel", Boolean(now.sel));
    if (!now.sel) return;
    const close = rg.element("button", { type: "button", class: "close", "aria-label": ui("close") }, "×");
    close.addEventListener("click", () => {
      rg.state.set({ sel: "" });
      document.getElementById(now.view === "map" ? "map" : "main").focus();
    });
    const parts = node ? aboutNode(node) : edge ? aboutEdge(edge) : [rg.element("p", {}, ui("unknown"))];
    const share = rg.element("button", { type: "button", class: "plain" }, ui("copyLink"));
    share.addEventListener("click", copy);
    panel.append(close, ...parts, rg.element("p", { class: "share" }, share));
    panel.scrollTop = 0;
    if (reading && before && before.sel !== now.sel) document.getElementById("panel-heading")?.focus();
  };

  rg.panel = {
    start: () =>
      rg.state.follow((now, before) => {
        fill(now, before);
        if (!before || before.sel === now.sel) return;
        const { nodes, edges, ui, name, edgesOf, pick, shared } = rg.model;
        const node = nodes.get(now.sel);
        const edge = edges.get(now.sel);
        if (node) rg.say(ui("selected", { name: name(node), n: edgesOf.get(node.id).length }));
        else if (edge) rg.say(pick(shared(edge.kind))[0]);
        else rg.say(ui(now.sel ? "unknown" : "reset"));
      }),
  };
})();
