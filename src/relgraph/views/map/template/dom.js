"use strict";
/** Making elements, always of text and never of markup. */
(() => {
  const rg = window.relgraph;

  /** The element of an id that is in the page. */
  rg.by = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

  rg.element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== false && value !== "") made.setAttribute(key, value === true ? "" : String(value));
    }
    made.append(...children);
    return /** @type {any} */ (made);
  };

  /** An element with a text in the page's language, marked where it is in the other one. */
  rg.worded = (tag, text, attributes = {}) => {
    const [value, lang] = rg.model.pick(text);
    return rg.element(tag, { ...attributes, lang }, value);
  };

  rg.svg = (tag, attributes = {}) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
    return made;
  };

  /** A text as one argument on a command line. */
  rg.argument = (text) => (/^[\p{L}\p{N}_.][\p{L}\p{N}_.-]*$/u.test(text) ? text : `"${text.replace(/["\\`$]/g, "").slice(0, 80)}"`);

  /** Tell a screen reader. */
  rg.say = (text) => {
    rg.by("live").textContent = text;
  };

  /** Put a text on the clipboard; `done` is said then. */
  rg.copy = async (text, done) => {
    try {
      await navigator.clipboard.writeText(text);
      rg.say(done);
    } catch {
      rg.say(rg.model.ui("notCopied"));
    }
  };

  /** Hand over a file, named after what is shown. */
  rg.save = (blob, ending) => {
    const address = URL.createObjectURL(blob);
    rg.element("a", { href: address, download: `${rg.told.file()}.${ending}` }).click();
    window.setTimeout(() => URL.revokeObjectURL(address), 10000);
  };
})();
