"use strict";
/** Puts the parts together, and keeps the page's own words in the chosen language. */
(() => {
  const rg = window.relgraph;
  /** @type {View[]} */
  const VIEWS = ["map", "places", "table", "matrix"];
  /** @type {[string, (element: Element, text: string) => void][]} */
  const WORDS = [
    ["data-ui", (element, text) => (element.textContent = text)],
    ["data-ui-label", (element, text) => element.setAttribute("aria-label", text)],
    ["data-ui-placeholder", (element, text) => element.setAttribute("placeholder", text)],
  ];

  /** @param {State} now */
  const word = (now) => {
    const { page, ui, pick, nodes, edges } = rg.model;
    document.documentElement.lang = now.lang;
    const [title] = pick(page.title);
    const chosen = nodes.get(now.sel);
    document.title = chosen ? `${rg.model.name(chosen).slice(0, 80)} – ${title}` : title;
    rg.by("title").textContent = title;
    rg.by("as-of").textContent = pick(page.asOf)[0];
    for (const [name, apply] of WORDS) {
      for (const element of document.querySelectorAll(`[${name}]`)) apply(element, ui(element.getAttribute(name) ?? ""));
    }
    for (const lang of ["sv", "en"]) rg.by(`lang-${lang}`).setAttribute("aria-pressed", String(now.lang === lang));
    for (const view of VIEWS) rg.by(`view-${view}`).setAttribute("aria-pressed", String(now.view === view));
    const drawn = now.view === "map" || now.view === "places";
    rg.by("map-view").hidden = !drawn;
    rg.by("table-view").hidden = now.view !== "table";
    rg.by("matrix-view").hidden = now.view !== "matrix";
    rg.by("view-matrix").hidden = !page.matrix.cells.length;
    rg.by("view-places").hidden = !page.places;
    const lines = rg.visible().edges.size;
    rg.by("map-empty").hidden = lines > 0;
    rg.by("map-empty").textContent = ui(edges.size ? "allHidden" : nodes.size ? "noEdges" : "empty");
    const sources = page.sources.filter((source) => source.main).map((source) => pick(source.name)[0]).join("; ");
    rg.by("foot").textContent = sources ? `${ui("sources")} ${sources}` : "";
  };

  /** @param {State} now */
  const extent = (now) => {
    const { nodes } = rg.model;
    rg.by("one").setAttribute("aria-pressed", String(nodes.has(now.sel)));
    rg.by("whole").setAttribute("aria-pressed", String(!now.sel && !rg.lit()));
  };

  /** @param {string} id @param {(event: Event) => void} work */
  const click = (id, work) => rg.by(id).addEventListener("click", work);

  void rg.load().then(() => {
    rg.state.follow(word);
    rg.state.follow(extent);
    for (const part of [
      ...[rg.folds, rg.pathfinder, rg.country, rg.years, rg.groups, rg.legend, rg.panel, rg.suggestions, rg.table, rg.matrix],
      ...[rg.search, rg.keyboard, rg.sheet, rg.draw],
    ]) {
      part.start();
    }
    for (const view of VIEWS) click(`view-${view}`, () => rg.state.set({ view }));
    click("whole", () => rg.state.set(rg.state.unchosen));
    // which one is for the user to say
    click("one", () => rg.model.nodes.has(rg.state.now.sel) || rg.search.ask());
    click("lang-sv", () => rg.state.set({ lang: "sv" }));
    click("lang-en", () => rg.state.set({ lang: "en" }));
    click("skip", (event) => {
      event.preventDefault();
      rg.by("main").focus();
    });
    rg.state.start();
    rg.ready = true;
    document.documentElement.dataset.ready = "true";
  });
})();
