"use strict";
/** Finding a party by name, as an ARIA combobox: names in both languages and aliases, diacritics folded. */
(() => {
  const rg = window.relgraph;
  const MOST = 10;

  /** @type {{node: MapNode, names: {text: string, folded: string}[]}[]} */
  let index = [];
  const prepare = () => {
    index = [...rg.model.nodes.values()].map((node) => {
      const labels = typeof node.label === "string" ? [node.label] : Object.values(node.label);
      const names = [...labels, ...(node.aliases ?? [])].map((text) => {
        const short = text.slice(0, 200);
        return { text: short, folded: rg.model.fold(short) };
      });
      return { node, names };
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
    for (const { node, names } of index) {
      let best = { points: 0, name: "" };
      for (const { text: name, folded } of names) {
        const points = score(folded, wanted);
        if (points > best.points) best = { points, name };
      }
      if (best.points) found.push({ node, ...best });
    }
    const { degree } = rg.model;
    found.sort((a, b) => b.points - a.points || degree(b.node) - degree(a.node) || (a.name < b.name ? -1 : 1));
    return found.slice(0, MOST);
  };

  /** One hit in the list. @param {Hit} hit @param {string} id */
  const option = ({ node, name }, id) => {
    const { page, pick, shared, name: shown } = rg.model;
    const type = page.types[node.type];
    const own = name !== shown(node) ? name : "";
    const kind = pick(shared(node.kind) || type.label)[0];
    return rg.element(
      "li",
      { id, role: "option", "aria-selected": "false" },
      rg.glyph(type),
      rg.worded("span", node.label, { class: "hit-name" }),
      rg.element("span", { class: "hit-kind" }, [own, kind].filter(Boolean).join(" · ")),
    );
  };

  /** Make a combobox of an input and its list; with `keep` the chosen name stays in the input; `none` is what it says without a hit. */
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
      const dead = { role: "option", "aria-disabled": "true", "aria-selected": "false" };
      if (!hits.length) list.append(rg.element("li", dead, ui(none)));
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      rg.say(hits.length ? ui("hitCount", { n: hits.length }) : ui(none));
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
  };
})();
