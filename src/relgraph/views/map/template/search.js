"use strict";
/** The search field in the header: Enter selects, and goes to the details. */
(() => {
  const rg = window.relgraph;

  /** What was looked for is shown, even if the filter hid its type. @param {MapNode} node */
  const without = (node) => {
    const types = new Set(rg.state.now.types);
    types.delete(rg.model.page.types[node.type].name);
    return types;
  };

  const field = () => /** @type {HTMLInputElement} */ (rg.by("search"));
  /** @type {(text: string) => void} */
  let hint = () => {};

  rg.search = {
    /** Lead whoever wants to see one party to the field where it is named, and say so. */
    ask: () => {
      field().focus();
      field().select();
      hint(rg.model.ui("askOne"));
    },
    start: () => {
      hint = rg.combobox(field(), rg.by("hits"), (node) => {
        rg.state.set({ sel: node.id, types: without(node) });
        document.getElementById("panel-heading")?.focus();
      });
    },
  };
})();
