"use strict";
/** What is chosen, in one place: the address holds all of it, every part of the page shows it. */
(() => {
  const rg = window.relgraph;
  const narrow = window.matchMedia("(max-width: 640px)");
  /** @type {((now: State, before: State | null) => void)[]} */
  const followers = [];
  /** @type {Lang} */
  const first = document.documentElement.lang === "en" ? "en" : "sv";
  /** @type {View[]} */
  const VIEWS = ["map", "places", "table", "matrix"];
  /** @type {Hidden[]} */
  const HIDDEN = ["types", "lines", "certs", "groups", "sources"];

  /** A part of an address that somebody may have mangled. @param {string} text */
  const decode = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };

  /** @returns {View} */
  const usual = () =>
    narrow.matches ? "table" : (VIEWS.find((view) => view === document.documentElement.dataset.view) ?? "map");

  /** The state that an address (the part after "#") describes. @param {string} address @returns {State} */
  const read = (address) => {
    const hash = new URLSearchParams(address.replace(/^#/, ""));
    /** @param {string} key */
    const text = (key) => hash.get(key) ?? "";
    /** @param {string} key */
    const list = (key) => new Set(text(key).split(",").filter(Boolean).map(decode));
    /** @param {string} key */
    const year = (key) => (/^[1-9]\d{0,3}$/.test(text(key)) ? Number(text(key)) : null);
    const lang = text("lang");
    return {
      sel: text("sel"),
      depth: text("depth") === "2" ? 2 : 1,
      lang: lang === "sv" || lang === "en" ? lang : first,
      view: VIEWS.find((view) => view === text("view")) ?? usual(),
      types: list("types"),
      lines: list("lines"),
      certs: list("certs"),
      groups: list("groups"),
      sources: list("sources"),
      land: list("land"),
      from: year("from"),
      to: year("to"),
      undated: text("undated") !== "no",
      certain: text("certain") === "yes",
      a: text("a"),
      b: text("b"),
      nth: /^[1-9]$/.test(text("nth")) ? Number(text("nth")) - 1 : 0,
      around: text("around") === "yes",
      unfold: text("unfold") === "yes",
    };
  };

  /** The address that would show `state`. @param {State} state */
  const write = (state) => {
    const hash = new URLSearchParams();
    /** @param {string} key @param {string | number | null | false} value */
    const add = (key, value) => {
      if (value) hash.set(key, String(value));
    };
    add("sel", state.sel);
    add("depth", state.depth === 2 && 2);
    add("lang", state.lang !== first && state.lang);
    add("view", state.view !== usual() && state.view);
    for (const key of /** @type {const} */ ([...HIDDEN, "land"])) add(key, [...state[key]].sort().map(encodeURIComponent).join(","));
    add("from", state.from);
    add("to", state.to);
    add("undated", !state.undated && "no");
    add("certain", state.certain && "yes");
    add("a", state.a);
    add("b", state.b);
    add("nth", state.nth && state.nth + 1);
    add("around", state.around && "yes");
    add("unfold", state.unfold && "yes");
    return `#${hash}`;
  };

  /** @param {State | null} before */
  const show = (before) => followers.forEach((follow) => follow(rg.state.now, before));

  /** @returns {Partial<State>} */
  const unfiltered = () => ({
    ...Object.fromEntries(HIDDEN.map((key) => [key, new Set()])),
    land: new Set(),
    from: null,
    to: null,
    undated: true,
    certain: false,
  });

  rg.state = {
    now: read(location.hash),
    narrow,
    /** `follow` is called at the start and after every change. */
    follow: (follow) => followers.push(follow),
    start: () => show(null),
    /** Change something; the back button undoes it. */
    set: (change) => {
      const before = rg.state.now;
      const next = { ...before, ...change };
      if (write(next) === write(before)) return;
      rg.state.now = next;
      history.pushState(null, "", write(next));
      show(before);
    },
    /** The whole address of this view with `change`: a mere fragment would be taken for a skip link. */
    link: (change) => location.href.split("#")[0] + write({ ...rg.state.now, ...change }),
    read,
    write,
    /** The change that chooses nothing: no party and no path. */
    unchosen: { sel: "", a: "", b: "", nth: 0 },
    /** The change that shows everything. */
    unfiltered,
    filtered: () => write({ ...rg.state.now, ...unfiltered() }) !== write(rg.state.now),
  };

  const follow = () => {
    // "#main" is the skip link's; every other address is a state.
    if (location.hash === "#main") return;
    const before = rg.state.now;
    const next = read(location.hash);
    if (write(next) === write(before)) return;
    rg.state.now = next;
    show(before);
  };
  window.addEventListener("hashchange", follow);
})();
