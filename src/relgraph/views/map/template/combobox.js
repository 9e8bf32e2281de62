"use strict";
/** Finding a party by name, as an ARIA combobox: names in both languages and aliases, diacritics folded; then by country. */
(() => {
  const rg = window.relgraph;
  const MOST = 10;
  const LETTERS = 3; // of a country's name

  /** @typedef {{text: string, folded: string, lang: string}} Name */
  /** @type {{node: MapNode, names: Name[], lands: Name[]}[]} */
  let index = [];
  /** @param {Both} label @returns {Name[]} */
  const names = (label) =>
    Object.entries(typeof label === "string" ? { "": label } : label).map(([lang, text]) => {
      const short = text.slice(0, 200);
      return { text: short, folded: rg.model.fold(short), lang };
    });
  const prepare = () => {
    index = [...rg.model.nodes.values()].map((node) => {
      const [, land] = rg.model.page.countries[node.country ?? -1] ?? [];
      return { node, names: [node.label, ...(node.aliases ?? [])].flatMap(names), lands: land ? names(land) : [] };
    });
  };

  /** 3 begins with, 2 a word begins with, 1 contains, 0 not. @param {string} folded @param {string} wanted */
  const score = (folded, wanted) => {
    const at = folded.indexOf(wanted);
    if (at < 0) return 0;
    if (at === 0) return 3;
    return /[\s\-–/("]/.test(folded[at - 1]) ? 2 : 1;
  };

  rg.find = (text) => {
    const wanted = rg.model.fold(text.trim());
    if (!wanted) return [];
    if (!index.length) prepare();
    /** @type {(Hit & {points: number})[]} */
    const found = [];
    for (const { node, names: own, lands } of index) {
      let best = { points: 0, name: "", lang: "" };
      for (const { text: name, folded, lang } of own) {
        const points = score(folded, wanted);
        if (points > best.points) best = { points, name, lang };
      }
      // what is in a country comes after all that is called so
      const land = best.points || wanted.length < LETTERS ? undefined : lands.find(({ folded }) => score(folded, wanted) > 1);
      if (land) best = { points: 0.5, name: land.text, lang: land.lang };
      if (best.points) found.push({ node, ...best });
    }
    const { degree } = rg.model;
    found.sort((a, b) => b.points - a.points || degree(b.node) - degree(a.node) || (a.name < b.name ? -1 : 1));
    return found.slice(0, MOST);
  };

  /** One hit in the list. @param {Hit} hit @param {string} id */
  const option = ({ node, name, lang }, id) => {
    const { page, shared, name: shown } = rg.model;
    const type = page.types[node.type];
    const own = name === shown(node) ? [] : [rg.element("span", { lang: lang === rg.state.now.lang ? "" : lang }, name), " · "];
    const kind = rg.worded("span", shared(node.kind) || type.label);
    return rg.element(
      "li",
      { id, role: "option", "aria-selected": "false" },
      rg.glyph(type),
      rg.worded("span", node.label, { class: "hit-name" }),
      rg.element("span", { class: "hit-kind" }, ...own, kind),
    );
  };

  /** Make a combobox of an input and its list; with `keep` the chosen name stays in the input; `none` is what it says without a hit.
   * What it returns says something in the list's place. */
  rg.combobox = (input, list, choose, { keep = false, none = "noHits" } = {}) => {
    /** @type {Hit[]} */
    let hits = [];
    let active = -1;

    const close = () => {
      hits = [];
      active = -1;
      list.hidden = true;
      list.replaceChildren();
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    /** @param {Hit} hit */
    const take = (hit) => {
      input.value = keep ? rg.model.name(hit.node) : "";
      close();
      choose(hit.node);
    };
    /** @param {number} to */
    const mark = (to) => {
      active = to;
      [...list.children].forEach((each, i) => each.setAttribute("aria-selected", String(i === active)));
      if (active < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", list.children[active].id);
      list.children[active].scrollIntoView({ block: "nearest" });
    };
    /** What cannot be chosen. @param {(Node | string)[]} parts */
    const dead = (...parts) => rg.element("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, ...parts);
    const open = () => {
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
    };
    const show = () => {
      const { ui } = rg.model;
      hits = rg.find(input.value);
      if (!input.value.trim()) return close();
      list.replaceChildren(...hits.map((hit, i) => option(hit, `${list.id}-${i}`)));
      [...list.children].forEach((each, i) =>
        each.addEventListener("mousedown", (event) => {
          event.preventDefault();
          take(hits[i]);
        }),
      );
      if (!hits.length) {
        const code = rg.element("code", {}, `relgraph find ${rg.argument(input.value.trim())}`);
        list.append(dead(ui(none), ...(none === "noHits" ? [" ", code] : [])));
      }
      open();
      rg.say(hits.length ? ui("hitCount", { n: hits.length }) : (list.textContent ?? ""));
      mark(hits.length ? 0 : -1);
    };

    input.addEventListener("input", show);
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) show();
        else if (hits.length) mark((active + (event.key === "ArrowDown" ? 1 : -1) + hits.length) % hits.length);
      } else if (event.key === "Enter" && hits[active]) {
        event.preventDefault();
        take(hits[active]);
      } else if (event.key === "Escape" && (input.value || !list.hidden)) {
        event.stopPropagation();
        input.value = "";
        close();
      }
    });
    rg.state.follow(close);
    return (text) => {
      close();
      list.append(dead(text));
      open();
      rg.say(text);
    };
  };
})();
