"use strict";
/** The groups of the overview of a very large map as buttons, for whoever opens them by keyboard or hears the page. */
(() => {
  const rg = window.relgraph;
  const box = rg.by("groups");

  /** The group opened last: whoever comes back from it goes on there. */
  let opened = -1;

  /** @param {Bubble} bubble @param {Field} field */
  const button = (bubble, field) => {
    const { ui } = rg.model;
    const { text, count, index } = bubble;
    const lang = rg.state.now.lang;
    // which kind it is stands above the list, but not in what is heard at the button
    const words = rg.element("span", {}, rg.element("span", { class: "hidden" }, `${field.text}: `), text);
    const number = rg.element("span", { class: "count" }, count.toLocaleString(lang));
    const made = rg.element("button", { type: "button", "data-group": index }, words, " ", number);
    made.addEventListener("click", () => {
      opened = index;
      rg.overview.open(bubble);
      rg.by("main").focus();
      rg.say(`${field.text}: ${text}. ${ui("showsTypes", { n: rg.visible().edges.size })}`);
    });
    // it is seen on the map which one is meant
    for (const event of ["focus", "mouseenter"]) made.addEventListener(event, () => rg.overview.point(index));
    for (const event of ["blur", "mouseleave"]) made.addEventListener(event, () => rg.overview.point(-1));
    return made;
  };

  /** @param {Field} field */
  const list = (field) => {
    const id = `group-${field.type.name}`;
    const name = rg.element("p", { id }, rg.glyph(field.type), rg.element("span", {}, field.text));
    const items = field.bubbles.map((bubble) => rg.element("li", {}, button(bubble, field)));
    return [name, rg.element("ul", { "aria-labelledby": id }, ...items)];
  };

  /** @param {State} now @param {State | null} before */
  const fill = (now, before) => {
    const { ui } = rg.model;
    const drawn = now.view === "map" || now.view === "places";
    const fields = drawn ? rg.overview.fields() : [];
    box.hidden = !fields.length;
    if (fields.length) rg.by("map-help").textContent = `${ui("mapHelp")} ${ui("groupsHelp")}`;
    const open = Boolean(box.querySelector("details")?.open);
    const lists = fields.flatMap(list);
    const summary = rg.element("summary", {}, ui("groups"));
    box.replaceChildren(...(fields.length ? [rg.element("details", { open }, summary, ...lists)] : []));
    const back = drawn && before && !["map", "places"].includes(before.view) && opened >= 0;
    if (!back) return;
    const known = box.querySelector("details");
    if (known) known.open = true;
    /** @type {HTMLElement | null} */ (box.querySelector(`[data-group="${opened}"]`))?.focus();
    opened = -1;
  };

  rg.groups = { start: () => rg.state.follow(fill) };
})();
