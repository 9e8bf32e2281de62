"use strict";
/**
 * The data as the other scripts see them: nodes and edges with their neighbours, statements by record, texts in a
 * language, names folded for searching.
 */
(() => {
  const rg = window.relgraph;

  /** The data that the page carries, compressed. @returns {Promise<Carried>} */
  const read = async () => {
    const text = atob(document.getElementById("data")?.textContent ?? "");
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    if (!("DecompressionStream" in window)) return JSON.parse(new TextDecoder().decode(rg.inflate(bytes)));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  };

  rg.load = async () => {
    const { page, strings, ...carried } = await read();
    rg.carried = carried;
    build(page, strings);
  };

  /** @param {Page} page @param {Record<Lang, Record<string, string>>} strings */
  const build = (page, strings) => {
    /** @type {Relgraph["model"]["records"]} */
    const records = new Map();
    /** @param {string} id */
    const recorded = (id) => {
      const found = records.get(id) ?? { said: [], edges: [] };
      records.set(id, found);
      return found;
    };

    /** @type {Map<string, MapNode>} */
    const nodes = new Map();
    page.nodes.forEach((node, i) => {
      const { id, x, y } = rg.carried.nodes[i];
      const facts = (node.facts ?? []).map((index) => page.said[index]);
      nodes.set(id, { kind: 0, type: 0, ...node, id, facts, x, y });
      for (const fact of facts) {
        const { said } = recorded(fact.r ?? id);
        if (!said.length) said.push(fact);
      }
    });
    /** @type {Map<string, MapEdge>} */
    const edges = new Map();
    /** @type {Map<string, MapEdge[]>} */
    const edgesOf = new Map([...nodes.keys()].map((id) => [id, []]));
    /** @param {MapEdge} edge */
    const recordOf = (edge) => edge.sentence?.r ?? edge.id;
    const lines = Object.keys(page.lines);
    page.edges.forEach((edge, i) => {
      const { id, from, to } = rg.carried.edges[i];
      const known = { line: lines[edge.line ?? 0], group: page.groupNames[edge.group ?? 0], sentence: page.said[edge.said ?? 0] };
      const whole = { kind: 0, ...edge, id, from, to, ...known };
      edges.set(id, whole);
      edgesOf.get(from)?.push(whole);
      if (to !== from) edgesOf.get(to)?.push(whole);
      const record = recorded(recordOf(whole));
      record.edges.push(whole);
      if (!record.said.length && whole.sentence) record.said.push(whole.sentence);
    });

    for (const index of page.matrix.said) {
      const { said } = recorded(page.said[index].r ?? "");
      if (!said.length) said.push(page.said[index]);
    }

    /** The node of an id that is known to be one. @param {string} id */
    const node = (id) => /** @type {MapNode} */ (nodes.get(id));

    /**
     * A text in the page's language, with the language it is in fact in (empty if that is the page's).
     * @param {Both | undefined} text
     * @returns {[string, string]}
     */
    const pick = (text) => {
      if (!text) return ["", ""];
      if (typeof text === "string") return [text, ""];
      const lang = rg.state.now.lang;
      const own = text[lang];
      if (own) return [own, ""];
      const other = lang === "sv" ? "en" : "sv";
      return [text[other] ?? "", other];
    };

    /**
     * A string of the user interface; where one of `values` is 1, its form for one if there is such.
     * @param {string} key
     * @param {Record<string, string|number>} [values]
     */
    const ui = (key, values = {}) => {
      const own = strings[rg.state.now.lang];
      const text = (values.n === 1 ? own[`${key}.one`] : undefined) ?? own[key] ?? key;
      return Object.entries(values).reduce((done, [name, value]) => done.replace(`{${name}}`, () => String(value)), text);
    };

    /** @type {Record<string, string>} */
    const letters = { ø: "o", æ: "ae", ß: "ss", ł: "l", đ: "d", œ: "oe", þ: "th" };
    /** Lower case without diacritics: "Łódź" and "lodz" are the same, as are all quotation marks. @param {string} text */
    const fold = (text) =>
      text
        .normalize("NFD")
        .replace(/\p{M}/gu, "")
        .replace(/[”“„«»]/g, '"')
        .toLowerCase()
        .replace(/[øæßłđœþ]/g, (letter) => letters[letter]);

    rg.model = {
      page,
      nodes,
      edges,
      edgesOf,
      records,
      node,
      pick,
      ui,
      fold,
      recordOf,
      /** The node at the other end. */
      other: (edge, id) => node(edge.from === id ? edge.to : edge.from),
      /** Whether a node stands for a relationship. */
      isRelation: (one) => page.types[one.type].relation,
      name: (one) => pick(one.label)[0],
      /** A text as a heading: its first letter large. */
      heading: (text) => {
        const [value, lang] = pick(text);
        return value.slice(0, 1).toLocaleUpperCase(lang || rg.state.now.lang) + value.slice(1);
      },
      shared: (index) => (index === undefined ? "" : page.shared[index]),
      degree: (one) => edgesOf.get(one.id)?.length ?? 0,
      /** Drawn with a "?" on the line. */
      unsettled: (edge) => edge.line === "uncertain" || edge.certainty === "ambiguous" || edge.contradicted === true,
      homeName: () => (nodes.has(page.home) ? pick(node(page.home).label)[0] : ""),
    };
  };
})();
