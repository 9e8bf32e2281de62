"use strict";
/**
 * The data as the other scripts see them: nodes and edges with their neighbours, texts in a language, names
 * folded for searching.
 *
 * @typedef {string | {sv?: string, en?: string}} Both  a text; a plain string is the same in both languages
 * @typedef {{t?: Both, c?: number, n?: Both, x?: string, xl?: string}} Sentence
 * @typedef {{id: string, type: number, label: Both, kind: number, aliases?: string[], facts?: Sentence[],
 *            country?: string, x: number, y: number}} MapNode
 * @typedef {{id: string, from: string, to: string, kind: number, group?: string, line: string,
 *            certainty?: string, years?: (number|null)[], sentence?: Sentence}} MapEdge
 */
(() => {
  const rg = window.relgraph;
  /** @param {string} id */
  const read = (id) => JSON.parse(document.getElementById(id)?.textContent || "null");

  const page = read("data-page");
  const strings = read("data-strings");
  rg.carried = { nodes: read("data-nodes"), edges: read("data-edges"), options: read("data-options") };

  /** @type {Map<string, MapNode>} */
  const nodes = new Map();
  page.nodes.forEach((node, i) => {
    const { x, y } = rg.carried.nodes[i];
    nodes.set(node.id, { ...node, x, y });
  });
  /** @type {Map<string, MapEdge>} */
  const edges = new Map();
  /** @type {Map<string, MapEdge[]>} */
  const edgesOf = new Map([...nodes.keys()].map((id) => [id, []]));
  page.edges.forEach((edge, i) => {
    const { from, to } = rg.carried.edges[i];
    const whole = { ...edge, from, to };
    edges.set(edge.id, whole);
    edgesOf.get(from).push(whole);
    if (to !== from) edgesOf.get(to).push(whole);
  });

  /**
   * A text in the page's language, with the language it is in fact in (empty if that is the page's).
   * @param {Both | undefined} text
   * @returns {[string, string]}
   */
  const pick = (text) => {
    if (!text) return ["", ""];
    if (typeof text === "string") return [text, ""];
    const lang = rg.state.now.lang;
    if (text[lang]) return [text[lang], ""];
    const other = lang === "sv" ? "en" : "sv";
    return [text[other] || "", other];
  };

  /**
   * A string of the user interface.
   * @param {string} key
   * @param {Record<string, string|number>} [values]
   */
  const ui = (key, values = {}) =>
    Object.entries(values).reduce(
      (text, [name, value]) => text.replace(`{${name}}`, () => String(value)),
      strings[rg.state.now.lang][key] ?? key,
    );

  const letters = { ø: "o", æ: "ae", ß: "ss", ł: "l", đ: "d", œ: "oe", þ: "th" };
  /** Lower case without diacritics: "Łódź" and "lodz" are the same. @param {string} text */
  const fold = (text) =>
    text
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[øæßłđœþ]/g, (letter) => letters[letter]);

  /** The node at the other end. @param {MapEdge} edge @param {string} id */
  const other = (edge, id) => nodes.get(edge.from === id ? edge.to : edge.from);
  /** Whether a node stands for a relationship. @param {MapNode} node */
  const isRelation = (node) => page.types[node.type].relation;

  rg.model = {
    page,
    nodes,
    edges,
    edgesOf,
    pick,
    ui,
    fold,
    other,
    isRelation,
    /** @param {MapNode} node */
    name: (node) => pick(node.label)[0],
    /** A text as a heading: its first letter large. @param {Both} text */
    heading: (text) => {
      const [value, lang] = pick(text);
      return value.slice(0, 1).toLocaleUpperCase(lang || rg.state.now.lang) + value.slice(1);
    },
    /** @param {number | undefined} index */
    shared: (index) => (index === undefined ? "" : page.shared[index]),
    /** @param {MapNode} node */
    degree: (node) => edgesOf.get(node.id).length,
    /** Drawn with a "?" on the line. @param {MapEdge} edge */
    unsettled: (edge) => edge.line === "uncertain" || edge.certainty === "ambiguous",
  };

  /**
   * An element with text; never markup.
   * @param {string} tag
   * @param {Record<string, string|boolean>} [attributes]
   * @param {...(Node|string)} children
   */
  rg.element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== false && value !== "") made.setAttribute(key, value === true ? "" : String(value));
    }
    made.append(...children);
    return made;
  };

  /**
   * An element with a text in the page's language, marked where it is in the other one.
   * @param {string} tag @param {Both | undefined} text @param {Record<string, string|boolean>} [attributes]
   */
  rg.worded = (tag, text, attributes = {}) => {
    const [value, lang] = pick(text);
    return rg.element(tag, { ...attributes, lang }, value);
  };

  /** Tell a screen reader. @param {string} text */
  rg.say = (text) => {
    const live = document.getElementById("live");
    if (live) live.textContent = text;
  };
})();
