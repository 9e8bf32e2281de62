"use strict";
/** Search: an ARIA combobox over names in both languages and aliases, diacritics folded. */
(() => {
  const rg = window.relgraph;
  const MOST = 10;
  const input = document.getElementById("search");
  const list = document.getElementById("hits");

  /** @type {{node: MapNode, names: {text: string, folded: string}[]}[]} */
  let index = [];
  let hits = [];
  let active = -1;

  const prepare = () => {
    index = [...rg.model.nodes.values()].map((node) => {
      const labels = typeof node.label === "string" ? [node.label] : Object.values(node.label);
      const names = [...labels, ...(node.aliases || [])].map((text) => {
        const short = text.slice(0, 200);
        return { text: short, folded: rg.model.fold(short) };
      });
      return { node, names };
    });
  };

  /** 3 begins with, 2 a word begins with, 1 contains, 0 not. */
  const score = (folded, wanted) => {
    const at = folded.indexOf(wanted);
    if (at < 0) return 0;
    if (at === 0) return 3;
    return /[\s\-–/(]/.test(folded[at - 1]) ? 2 : 1;
  };

  const find = (text) => {
    const wanted = rg.model.fold(text.trim());
    if (!wanted) return [];
    const found = [];
    for (const { node, names } of index) {
      let best = { points: 0, name: "" };
      for (const { text: name, folded } of names) {
        const points = score(folded, wanted);
        if (points > best.points) best = { points, name };
      }
      if (best.points) found.push({ node, ...best });
    }
    const { degree, name } = rg.model;
    found.sort(
      (a, b) => b.points - a.points || degree(b.node) - degree(a.node) || name(a.node).localeCompare(name(b.node)),
    );
    return found.slice(0, MOST);
  };

  const close = () => {
    hits = [];
    active = -1;
    list.hidden = true;
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (hit) => {
    input.value = "";
    close();
    rg.state.set({ sel: hit.node.id, types: without(hit.node) });
  };
  /** What was looked for is shown, even if the filter hid its type. */
  const without = (node) => {
    const types = new Set(rg.state.now.types);
    types.delete(rg.model.page.types[node.type].name);
    return types;
  };

  const mark = (to) => {
    active = to;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
    if (active >= 0) {
      input.setAttribute("aria-activedescendant", `hit-${active}`);
      list.children[active].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };

  const show = () => {
    const { ui, page, pick, shared, name } = rg.model;
    hits = find(input.value);
    if (!input.value.trim()) return close();
    list.replaceChildren(
      ...hits.map((hit, i) => {
        const type = page.types[hit.node.type];
        const option = rg.element("li", { id: `hit-${i}`, role: "option", "aria-selected": "false" }, rg.glyph(type));
        option.append(rg.worded("span", hit.node.label, { class: "hit-name" }));
        const own = hit.name !== name(hit.node) ? hit.name : "";
        const kind = pick(shared(hit.node.kind) || type.label)[0];
        option.append(rg.element("span", { class: "hit-kind" }, [own, kind].filter(Boolean).join(" · ")));
        option.addEventListener("mousedown", (event) => {
          event.preventDefault();
          choose(hit);
        });
        return option;
      }),
    );
    if (!hits.length) list.append(rg.element("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, ui("noHits")));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    rg.say(hits.length ? ui("hitCount", { n: hits.length }) : ui("noHits"));
    mark(hits.length ? 0 : -1);
  };

  const key = (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) show();
      else if (hits.length) mark((active + (event.key === "ArrowDown" ? 1 : -1) + hits.length) % hits.length);
    } else if (event.key === "Enter" && hits[active]) {
      event.preventDefault();
      choose(hits[active]);
      document.getElementById("panel-heading")?.focus();
    } else if (event.key === "Escape" && (input.value || !list.hidden)) {
      event.stopPropagation();
      input.value = "";
      close();
    }
  };

  rg.search = {
    find,
    start: () => {
      prepare();
      input.addEventListener("input", show);
      input.addEventListener("keydown", key);
      input.addEventListener("blur", close);
      rg.state.follow(close);
    },
  };
})();
