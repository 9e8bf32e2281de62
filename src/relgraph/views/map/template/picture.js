"use strict";
/**
 * The map as a picture: an SVG from the stored coordinates, with title, date of the data, legend and source, of what is
 * shown (all that passes the filter, or what is lit).
 */
(() => {
  const rg = window.relgraph;
  const { words } = rg.lettering;
  const FAMILY = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';
  const MARGIN = 36;
  const ROW = 24;
  const LEGEND = 250;
  const { LEADING } = rg.room;
  const LEAST = 640; // px wide, for the texts
  const LINES = 3; // of each text above the picture
  const SHEET = 1500; // px: on a wider picture title, legend and, where asked for, labels are larger

  /** A text in lines of at most `most` characters. @param {string} text @param {number} most */
  const wrapped = (text, most) => {
    /** @type {string[]} */
    const lines = [];
    for (const word of text.split(/\s+/)) {
      const last = lines[lines.length - 1];
      if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
      else lines.push(word.slice(0, most));
    }
    return lines;
  };

  /** What is in the picture. @returns {Pictured} */
  const shown = () => {
    const visible = rg.visible();
    const lit = rg.lit();
    const { nodes, edges } = rg.model;
    return {
      nodes: [...nodes.values()].filter(({ id }) => rg.stage.has(id) && visible.nodes.has(id) && (!lit || lit.nodes.has(id))),
      edges: [...edges.values()].filter(
        ({ id, from, to }) =>
          rg.stage.has(from) && rg.stage.has(to) && visible.edges.has(id) && (!lit || lit.edges.has(id)),
      ),
    };
  };

  /** A line as vis-network draws it, with its arrow head. @param {MapEdge} edge @returns {SVGElement[]} */
  const line = (edge) => {
    const { page, node } = rg.model;
    const drawn = rg.network.body.edges[edge.id];
    const curved = edge.from === edge.to || drawn.options.smooth?.enabled;
    /** @type {vis.Point[]} */
    const points = curved
      ? Array.from({ length: 17 }, (_, i) => drawn.edgeType.getPoint(i / 16))
      : [node(edge.from), node(edge.to)];
    const style = page.lines[edge.line];
    const strong = rg.arrows.strong(edge) && !rg.visible().possible.has(edge.id); // as overlay.js draws them
    const path = rg.svg("path", {
      d: points.map(({ x, y }, i) => `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join(""),
      fill: "none",
      stroke: strong ? style.color : style.faded,
      "stroke-width": strong ? style.width : (drawn.options.width ?? style.width),
      "stroke-dasharray": style.dashes.join(" ") || "none",
      "stroke-opacity": strong ? 1 : rg.stage.strength(edge),
    });
    return [path, ...rg.arrows.of(edge, points)];
  };

  /** @param {MapNode} node */
  const glyph = (node) => {
    const r = rg.network.body.nodes[node.id].options.size;
    const made = rg.glyph(rg.model.page.types[node.type]);
    const side = (r * 20) / 8;
    for (const [key, value] of Object.entries({ x: node.x - side / 2, y: node.y - side / 2, width: side, height: side })) {
      made.setAttribute(key, String(value));
    }
    return made;
  };

  /** The legend of what is in the picture. @param {Pictured} what */
  const legend = ({ nodes, edges }) => {
    const { page, heading, ui } = rg.model;
    const made = rg.svg("g");
    let at = 0;
    /** @param {SVGElement} sign @param {string} text */
    const row = (sign, text) => {
      sign.setAttribute("x", "0");
      sign.setAttribute("y", String(at));
      made.append(sign);
      wrapped(text, 30).forEach((part, i) => made.append(words(part, 50, at + 14 + i * LEADING)));
      at += ROW + (wrapped(text, 30).length - 1) * LEADING;
    };
    page.types.forEach((type, i) => {
      const count = nodes.filter((node) => node.type === i).length;
      if (count) row(rg.glyph(type), heading(type.plural));
    });
    at += 8;
    for (const [name, style] of Object.entries(page.lines)) {
      if (edges.some((edge) => edge.line === name)) row(rg.lineGlyph(style, name === "uncertain"), ui(`line.${name}`));
    }
    const possible = edges.filter((edge) => rg.visible().possible.has(edge.id)).length;
    if (possible) {
      at += 8;
      wrapped(ui("perhapsLegend", { n: possible }), 36).forEach((part, i) => made.append(words(part, 0, at + 12 + i * LEADING)));
      at += 3 * LEADING;
    }
    return { made, height: at };
  };

  /**
   * The lines above the picture: title, date of the data, what of it is shown; and how high they are.
   * @param {number} most characters of the last, which is the smallest
   */
  const heading = (most) => {
    const { page, pick } = rg.model;
    /** @type {[string, number, number, Attributes][]} text, px, how many characters have the room of one small one */
    const texts = [
      [pick(page.title)[0], 22, 1.7, { "font-weight": 650 }],
      [pick(page.asOf)[0], 13, 1, { "font-weight": 600, fill: "#0B3A6F" }],
      [rg.told.caption(), 14, 1, {}],
    ];
    let at = 12;
    const made = texts.flatMap(([text, size, share, look]) => {
      const lines = wrapped(text, Math.floor(most / share));
      if (lines.length > LINES) lines[LINES - 1] += " …";
      return lines.slice(0, LINES).map((line) => words(line, 0, (at += size + 8), { "font-size": size, ...look }));
    });
    return { made, height: Math.max(90, at + 12) };
  };

  /** What the nodes and labels take. @param {MapNode[]} nodes @param {Box[]} [labelled] */
  const extent = (nodes, labelled = []) => {
    const boxes = nodes.map(({ id, x, y }) => {
      const r = rg.radius(id);
      return { left: x - r, right: x + r, top: y - r, bottom: y + r };
    });
    for (const { x, y, w, h } of labelled) boxes.push({ left: x, right: x + w, top: y, bottom: y + h });
    const { places } = rg.model.page;
    if (rg.arranged() === "places" && places) {
      const { radius, tray } = places;
      boxes.push({ left: -radius, right: tray[0] + tray[2], top: -radius, bottom: Math.max(radius, tray[1] + tray[3]) });
    }
    for (const [x, y] of rg.backdrop.corners(nodes)) boxes.push({ left: x, right: x, top: y, bottom: y });
    for (const { x, y, w, h } of rg.overview.fields()) boxes.push({ left: x, right: x + w, top: y, bottom: y + h });
    if (!boxes.length) boxes.push({ left: 0, right: 400, top: 0, bottom: 200 });
    return {
      left: Math.min(...boxes.map((box) => box.left)),
      right: Math.max(...boxes.map((box) => box.right)),
      top: Math.min(...boxes.map((box) => box.top)),
      bottom: Math.max(...boxes.map((box) => box.bottom)),
    };
  };

  /** The picture; on a `sheet` of paper labels are as large as can be read, though not all have room then.
   * @type {Relgraph["picture"]} */
  const svg = (sheet = false) => {
    const { page, pick, ui } = rg.model;
    const what = shown();
    const ground = extent(what.nodes);
    const size = Math.max(1, (ground.right - ground.left) / SHEET);
    const named = rg.lettering.of(what, sheet ? size : 1);
    const { left, right, top, bottom } = extent(what.nodes, named.boxes);
    const [title] = pick(page.title);
    const signs = legend(what);
    const margin = MARGIN * size;
    const width = Math.max(right - left + LEGEND * size + 3 * margin, LEAST * size);
    const most = Math.floor((width / size - 2 * MARGIN) / 7);
    const above = heading(most);
    const head = above.height * size;
    const [x, y] = [left - margin, top - head - margin / 2];
    const height = head + Math.max(bottom - top, signs.height * size) + 80 * size;
    const made = rg.svg("svg", {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: [x, y, width, height].map((part) => part.toFixed(0)).join(" "),
      width: width.toFixed(0),
      height: height.toFixed(0),
      "font-family": FAMILY,
      role: "img",
      "aria-label": title,
    });
    /** @param {SVGElement[]} parts @param {number} atX @param {number} atY */
    const group = (parts, atX, atY) => {
      const placed = rg.svg("g", { transform: `translate(${atX.toFixed(0)} ${atY.toFixed(0)}) scale(${size.toFixed(3)})` });
      placed.append(...parts);
      return placed;
    };
    const sources = page.sources.filter((source) => source.main).map((source) => pick(source.name)[0]).join("; ");
    const foot = wrapped(`${ui("sources")} ${sources}`, most).slice(0, 2).map((text, i) => words(text, 0, i * LEADING, { fill: "#4B5563" }));
    made.append(
      rg.svg("rect", { x, y, width, height, fill: "#FFFFFF" }),
      ...rg.backdrop.drawn(what.nodes),
      ...what.edges.flatMap(line),
      ...what.nodes.map(glyph),
      ...named.made,
      group(above.made, left, y),
      group([signs.made], right + margin, top),
      group(foot, left, y + height - 30 * size),
    );
    return made;
  };

  rg.picture = svg;
})();
