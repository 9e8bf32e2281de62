"use strict";
/** Puts the parts together, and keeps the page's own words in the chosen language. */
(() => {
  const rg = window.relgraph;

  const word = (now) => {
    const { page, ui, pick, nodes } = rg.model;
    document.documentElement.lang = now.lang;
    const [title] = pick(page.title);
    const chosen = nodes.get(now.sel);
    document.title = chosen ? `${rg.model.name(chosen).slice(0, 80)} – ${title}` : title;
    document.getElementById("title").textContent = title;
    document.getElementById("as-of").textContent = pick(page.asOf)[0];
    for (const [data, apply] of [
      ["ui", (element, text) => (element.textContent = text)],
      ["uiLabel", (element, text) => element.setAttribute("aria-label", text)],
      ["uiPlaceholder", (element, text) => element.setAttribute("placeholder", text)],
    ]) {
      const name = data.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      for (const element of document.querySelectorAll(`[data-${name}]`)) apply(element, ui(element.dataset[data]));
    }
    for (const lang of ["sv", "en"]) {
      document.getElementById(`lang-${lang}`).setAttribute("aria-pressed", String(now.lang === lang));
    }
    for (const view of ["map", "table"]) {
      document.getElementById(`view-${view}`).setAttribute("aria-pressed", String(now.view === view));
      document.getElementById(`${view}-view`).hidden = now.view !== view;
    }
    document.getElementById("map-empty").hidden = nodes.size > 0;
    const sources = page.sources.map((source) => pick(source.name)[0]).join("; ");
    document.getElementById("foot").textContent = sources ? `${ui("sources")} ${sources}` : "";
  };

  const click = (id, work) => document.getElementById(id).addEventListener("click", work);

  rg.state.follow(word);
  rg.panel.start();
  rg.legend.start();
  rg.table.start();
  rg.search.start();
  rg.keyboard.start();
  rg.draw.start();
  click("view-map", () => rg.state.set({ view: "map" }));
  click("view-table", () => rg.state.set({ view: "table" }));
  click("lang-sv", () => rg.state.set({ lang: "sv" }));
  click("lang-en", () => rg.state.set({ lang: "en" }));
  click("print", () => window.print());
  click("skip", (event) => {
    event.preventDefault();
    document.getElementById("main").focus();
  });
  rg.state.start();
  rg.ready = true;
  document.documentElement.dataset.ready = "true";
})();
