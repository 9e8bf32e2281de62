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

  rg.search = {
    start: () =>
      rg.combobox(/** @type {HTMLInputElement} */ (rg.by("search")), rg.by("hits"), (node) => {
        rg.state.set({ sel: node.id, types: without(node) });
        document.getElementById("panel-heading")?.focus();
      }),
  };
})();
