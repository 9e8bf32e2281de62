"use strict";
/** The search of the site: every word looked for must begin a word of a name or stand in a statement. */
(() => {
  /** Title, what it is, address, other names one a line. @typedef {[string, string, string, string]} Entry */
  /** @typedef {{ entry: Entry, title: string, names: string }} Known */
  const MOST = 60;

  /** @param {string} id */
  const by = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
  /** Letters without marks, in lower case; what is no letter or digit parts words. @param {string} text */
  const fold = (text) =>
    text
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();

  /** @type {Record<"hits" | "one" | "none" | "shown", string>} */
  const words = JSON.parse(by("words").textContent ?? "{}");
  /** @type {Known[]} */
  const known = JSON.parse(by("index").textContent ?? "[]").map((/** @type {Entry} */ entry) => ({
    entry,
    title: ` ${fold(entry[0])}`,
    names: ` ${entry[3].split("\n").map(fold).join(" ")}`,
  }));
  const field = /** @type {HTMLInputElement} */ (by("page_q"));

  /**
   * How well an entry answers to what is looked for: 0 is best, -1 not at all; statements come after all else.
   * @param {Known} one @param {string} text
   */
  const rank = (one, text) => {
    const found = match(one, text);
    return found >= 0 && one.entry[2].includes("#") ? found + 10 : found;
  };

  /** @param {Known} one @param {string} text */
  const match = (one, text) => {
    if (one.title === ` ${text}`) return 0;
    if (one.title.startsWith(` ${text}`)) return 1;
    if (one.names.includes(` ${text}`)) return 2;
    const parts = text.split(" ").map((part) => ` ${part}`);
    if (parts.every((part) => one.title.includes(part))) return 3;
    if (parts.every((part) => one.title.includes(part) || one.names.includes(part))) return 4;
    return parts.every((part) => one.title.includes(part.slice(1))) ? 5 : -1;
  };

  /** @param {Entry} entry */
  const item = ([title, what, address]) => {
    const link = document.createElement("a");
    link.href = address;
    link.textContent = title;
    const kind = document.createElement("span");
    kind.className = "count";
    kind.textContent = what;
    const line = document.createElement("li");
    line.append(link, " ", kind);
    return line;
  };

  const show = () => {
    const text = fold(field.value);
    /** @type {{ one: Known, score: number }[]} */
    const hits = text ? known.map((one) => ({ one, score: rank(one, text) })).filter((hit) => hit.score >= 0) : [];
    hits.sort((a, b) => a.score - b.score); // stable: names come before questions, these before statements
    by("hits").replaceChildren(...hits.slice(0, MOST).map((hit) => item(hit.one.entry)));
    const count = hits.length === 1 ? words.one : words.hits.replace("{}", String(hits.length));
    const shown = hits.length > MOST ? ` ${words.shown.replace("{}", String(MOST))}` : "";
    by("count").textContent = !text ? "" : hits.length ? count + shown : words.none.replace("{}", field.value.trim());
  };

  const address = () => {
    field.value = new URLSearchParams(location.search).get("q") ?? "";
    show();
  };
  field.addEventListener("input", show);
  field.form?.addEventListener("submit", (event) => {
    event.preventDefault();
    // the address of a page says what it shows; from a folder some browsers let no script change it
    try {
      history.replaceState(null, "", `?${new URLSearchParams({ q: field.value })}`);
    } catch {
      show();
    }
    /** @type {HTMLElement | null} */ (by("hits").querySelector("a"))?.focus();
  });
  address();
  field.focus();
  document.documentElement.dataset.ready = "true";
})();
