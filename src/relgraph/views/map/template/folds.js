"use strict";
/**
 * On a large map what folds is part of the whole it belongs to, until asked for: by the button, by choosing it, its
 * whole or a neighbour, or by a path.
 */
(() => {
  const rg = window.relgraph;
  /** @type {Map<string, string>} part to whole */
  const wholes = new Map();
  /** @type {Map<string, number>} */
  const counts = new Map();
  const none = new Set();

  /** Who is near what is chosen, however deep it is looked at. */
  const near = () => {
    const { sel, depth } = rg.state.now;
    const { edgesOf, edges, isRelation, node } = rg.model;
    const edge = edges.get(sel);
    const found = new Set([sel, edge?.from ?? "", edge?.to ?? ""]);
    let rim = [...found];
    for (let step = 0; step < depth + 1; step++) {
      rim = rim.flatMap((id) =>
        (edgesOf.get(id) ?? []).flatMap(({ from, to }) => {
          const other = from === id ? to : from;
          if (found.has(other) || (step === depth && !isRelation(node(id)))) return [];
          found.add(other);
          return [other];
        }),
      );
    }
    return found;
  };

  const words = () => rg.model.ui(rg.state.now.unfold ? "fold" : "unfold", { n: wholes.size });
  /** @param {HTMLElement} button */
  const turns = (button) => button.addEventListener("click", () => rg.state.set({ unfold: !rg.state.now.unfold }));

  rg.folds = {
    /** Whether this map folds anything. */
    any: () => wholes.size > 0 && rg.model.page.scale === "folded",
    /** Another button that shows or hides the parts. */
    button: () => {
      const made = rg.element("button", { type: "button", class: "plain unfold" }, words());
      turns(made);
      // the table is made anew, and with it the button
      made.addEventListener("click", () => /** @type {HTMLElement | null} */ (document.querySelector(".unfold"))?.focus());
      return made;
    },
    start: () => {
      const { nodes } = rg.model;
      for (const { id, into } of nodes.values()) {
        if (into !== undefined) wholes.set(id, rg.carried.nodes[into].id);
      }
      for (const part of wholes.keys()) {
        let whole = part;
        for (let steps = 0; wholes.has(whole) && steps < 20; steps++) whole = wholes.get(whole) ?? whole;
        counts.set(whole, (counts.get(whole) ?? 0) + 1);
      }
      const button = rg.by("unfold");
      turns(button);
      rg.state.follow(() => {
        button.hidden = !rg.folds.any();
        button.textContent = words();
      });
    },
    /** The nodes that are not shown by themselves now. */
    hidden: () => {
      const { unfold, sel, a, b, view } = rg.state.now;
      if (unfold || !wholes.size || (a && b)) return none;
      const parts = new Set(wholes.keys());
      if (sel) for (const id of near()) parts.delete(id);
      return view === "matrix" ? none : parts;
    },
    /** How many parts a node holds that are not shown. */
    count: (id) => (rg.state.now.unfold ? 0 : (counts.get(id) ?? 0)),
  };
})();
