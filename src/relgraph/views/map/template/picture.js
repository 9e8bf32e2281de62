"use strict";
/**
 * The map as a picture: an SVG from the stored coordinates, with title, date of the data, legend and source, of what is
 * shown (all that passes the filter, or what is lit).
 */
(() => {
  const rg = window.relgraph;
  const FAMILY = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';
  const MARGIN = 36;
  const ROW = 24;
  const LEGEND = 250;
  const LEADING = 15;
  const SIGN = 15; // px from one "?" to the next
  const SHEET = 1500; // px: on a wider picture title, legend and, where asked for, labels are larger

  /** @param {string} text @param {number} x @param {number} y @param {Attributes} [look] */
  const words = (text, x, y, look = {}) => {
    const made = rg.svg("text", { x, y, "font-size": 12, fill: "#1F2937", ...look });
    made.textContent = text;
    return made;
  };

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

  /** What is in the picture. */
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

  /** A line as vis-network draws it. @param {MapEdge} edge @param {vis.Point[]} signs  where signs stand already */
  const line = (edge, signs) => {
    const { page, node, unsettled } = rg.model;
    const drawn = rg.network.body.edges[edge.id];
    const curved = edge.from === edge.to || drawn.options.smooth?.enabled;
    const points = curved
      ? Array.from({ length: 17 }, (_, i) => drawn.edgeType.getPoint(i / 16))
      : [node(edge.from), node(edge.to)];
    const style = page.lines[edge.line];
    const made = rg.svg("g");
    made.append(
      rg.svg("path", {
        d: points.map(({ x, y }, i) => `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join(""),
        fill: "none",
        stroke: rg.lit() ? style.color : style.faded,
        "stroke-width": rg.lit() ? style.width : (drawn.options.width ?? style.width),
        "stroke-dasharray": style.dashes.join(" ") || "none",
        "stroke-opacity": rg.lit() ? 1 : rg.stage.strength(edge),
      }),
    );
    const sign = unsettled(edge) ? "?" : rg.visible().possible.has(edge.id) ? "~" : "";
    if (sign) {
      const spots = rg.overlay.along(edge).map((part) => drawn.edgeType.getPoint(part));
      const spot = spots.find((a) => !signs.some((b) => Math.hypot(a.x - b.x, a.y - b.y) < SIGN)) ?? spots[0];
      signs.push(spot);
      const { x, y } = spot;
      made.append(rg.svg("circle", { cx: x, cy: y, r: 7, fill: "#FFFFFF" }));
      made.append(words(sign, x, y + 4, { "text-anchor": "middle", "font-weight": 700, "font-size": 11 }));
    }
    return made;
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

  /** @param {MapNode} node @param {number} size how many times the stored size @returns {Box} */
  const room = (node, size) => {
    const r = rg.network.body.nodes[node.id].options.size;
    const { w, h } = rg.labels.room(node.id);
    return { x: node.x - (w * size) / 2, y: node.y + r + 1, w: w * size, h: h * size };
  };

  /** The labels under their glyphs; larger ones have less room, and the more important go first.
   * @param {MapNode[]} nodes @param {number} size */
  const labels = (nodes, size) => {
    const { page, degree } = rg.model;
    const made = rg.svg("g", { "text-anchor": "middle", "paint-order": "stroke", stroke: "#FFFFFF", "stroke-width": 3 * size });
    /** @param {MapNode} node */
    const rank = (node) => (node.id === page.home || node.id === rg.state.now.sel ? Infinity : degree(node));
    /** @type {Box[]} */
    const taken = [];
    for (const node of [...nodes].sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1))) {
      if (rg.waits(node.id) && rank(node) !== Infinity) continue; // in the tray there is room for signs alone
      const box = room(node, size);
      const hit = taken.some((o) => box.x < o.x + o.w && o.x < box.x + box.w && box.y < o.y + o.h && o.y < box.y + box.h);
      if ((size > 1 || rg.arranged() === "places") && hit) continue;
      taken.push(box);
      const look = { "font-size": 12 * size, "stroke-linejoin": "round", "font-weight": rank(node) === Infinity ? 600 : 400 };
      rg.labels.room(node.id).text.forEach((text, i) => made.append(words(text, node.x, box.y + (11 + i * LEADING) * size, look)));
    }
    return made;
  };

  /** The legend of what is in the picture. @param {ReturnType<typeof shown>} what */
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

  /** What the picture is of, beside the title: the chosen party or path, and that there is a filter. */
  const subject = () => {
    const { nodes, name, ui, node } = rg.model;
    const { sel, a, b, from, to } = rg.state.now;
    const chosen = nodes.get(sel);
    const parts = [];
    if (chosen) parts.push(name(chosen));
    else if (!sel && rg.paths.found().length) parts.push(ui("pathBetween", { a: name(node(a)), b: name(node(b)) }));
    if (from !== null || to !== null) parts.push(`${from ?? ""}–${to ?? ""}`);
    if (rg.state.filtered()) parts.push(ui("filtered"));
    return parts.join(" · ");
  };

  /** What the nodes and their labels take. @param {MapNode[]} nodes */
  const extent = (nodes) => {
    const boxes = nodes.map((node) => {
      const r = rg.network.body.nodes[node.id].options.size;
      const { x, w, y, h } = room(node, 1);
      return { left: Math.min(node.x - r, x), right: Math.max(node.x + r, x + w), top: node.y - r, bottom: y + h };
    });
    const { places } = rg.model.page;
    if (rg.arranged() === "places" && places) {
      const { radius, tray } = places;
      boxes.push({ left: -radius, right: tray[0] + tray[2], top: -radius, bottom: Math.max(radius, tray[1] + tray[3]) });
    }
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
    const { left, right, top, bottom } = extent(what.nodes);
    const size = Math.max(1, (right - left) / SHEET);
    const [title] = pick(page.title);
    const signs = legend(what);
    /** @type {vis.Point[]} */
    const signed = [];
    const margin = MARGIN * size;
    const head = 90 * size;
    const [x, y] = [left - margin, top - head - margin / 2];
    const width = right - left + LEGEND * size + 3 * margin;
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
    const most = Math.floor((width / size - 2 * MARGIN) / 7);
    const sources = page.sources.filter((source) => source.main).map((source) => pick(source.name)[0]).join("; ");
    const heading = [
      words(title.slice(0, Math.floor(most * 0.6)), 0, 34, { "font-size": 22, "font-weight": 650 }),
      words(wrapped(pick(page.asOf)[0], most)[0] ?? "", 0, 56, { "font-size": 13, "font-weight": 600, fill: "#0B3A6F" }),
      words(subject().slice(0, most), 0, 78, { "font-size": 14 }),
    ];
    const foot = wrapped(`${ui("sources")} ${sources}`, most).slice(0, 2).map((text, i) => words(text, 0, i * LEADING, { fill: "#4B5563" }));
    made.append(
      rg.svg("rect", { x, y, width, height, fill: "#FFFFFF" }),
      ...rg.backdrop(what.nodes),
      ...what.edges.map((edge) => line(edge, signed)),
      ...what.nodes.map(glyph),
      labels(what.nodes, sheet ? size : 1),
      group(heading, left, y),
      group([signs.made], right + margin, top),
      group(foot, left, y + height - 30 * size),
    );
    return made;
  };

  rg.picture = svg;
})();
