"use strict";
/** The details at the right: what is chosen, be it a party, a relationship, a cell of the matrix or a path. */
(() => {
  const rg = window.relgraph;
  const panel = rg.by("panel");

  /** What the panel shows; nothing closes it. @param {State} now @returns {HTMLElement[]} */
  const content = (now) => {
    const { nodes, edges, ui } = rg.model;
    const node = nodes.get(now.sel);
    const edge = edges.get(now.sel);
    if (node) return rg.about.node(node);
    if (edge) return rg.about.edge(edge);
    if (rg.matrix.cell(now.sel)) return rg.matrix.panel(now.sel);
    if (now.sel) return [rg.element("p", {}, ui("unknown"))];
    return now.a && now.b ? rg.pathfinder.panel() : [];
  };

  /** @param {State} now @param {State | null} before */
  const fill = (now, before) => {
    const { ui } = rg.model;
    // Whoever came by a link in the panel or the table goes on reading at the heading.
    const from = document.activeElement;
    const reading = [panel, rg.by("table-view"), rg.by("matrix-view"), rg.by("start")].some((box) => box.contains(from));
    const parts = content(now);
    panel.replaceChildren();
    panel.hidden = !parts.length;
    rg.by("columns").classList.toggle("with-panel", parts.length > 0);
    if (!parts.length) return;
    const close = rg.element("button", { type: "button", class: "close", "aria-label": ui("close") }, "×");
    close.addEventListener("click", () => {
      rg.state.set(now.sel ? { sel: "" } : { a: "", b: "", nth: 0 });
      rg.by(["map", "places"].includes(now.view) ? "map" : "main").focus();
    });
    const share = rg.element("button", { type: "button", class: "plain" }, ui("copyLink"));
    share.addEventListener("click", () => void rg.copy(location.href, ui("copied")));
    panel.append(close, ...parts, rg.element("p", { class: "share" }, share));
    const moved = before && (before.sel !== now.sel || before.a !== now.a || before.b !== now.b);
    if (!before || moved) panel.scrollTop = 0;
    if (reading && moved) document.getElementById("panel-heading")?.focus();
  };

  /** What happened, for a screen reader. @param {State} now @param {State} before */
  const tell = (now, before) => {
    const { nodes, edges, ui, name, edgesOf, pick, shared } = rg.model;
    if (before.sel === now.sel && before.a === now.a && before.b === now.b) return;
    const node = nodes.get(now.sel);
    const edge = edges.get(now.sel);
    if (node) rg.say(ui("selected", { name: name(node), n: edgesOf.get(node.id)?.length ?? 0 }));
    else if (edge) rg.say(pick(shared(edge.kind))[0]);
    else if (rg.matrix.cell(now.sel) || (!now.sel && now.a && now.b)) {
      rg.say(document.getElementById("panel-heading")?.textContent ?? "");
    } else rg.say(ui(now.sel ? "unknown" : "reset"));
  };

  rg.panel = {
    start: () =>
      rg.state.follow((now, before) => {
        fill(now, before);
        if (before) tell(now, before);
      }),
  };
})();
