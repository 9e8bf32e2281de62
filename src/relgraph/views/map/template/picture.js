"use strict";
/**
 * The map as a picture: an SVG from the stored coordinates, with title, date of the data, legend and source, of what is
 * shown (all that passes the filter, or what is lit). PNG and print are this same picture.
 */
(() => {
  const rg = window.relgraph;
  const FAMILY = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';
  const MARGIN = 36;
  const ROW = 24;
  const LEGEND = 250;
  const LEADING = 15;
  const LARGEST = 12000; // px a side: what browsers draw on one canvas

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
      nodes: [...nodes.values()].filter((node) => visible.nodes.has(node.id) && (!lit || lit.nodes.has(node.id))),
      edges: [...edges.values()].filter((edge) => visible.edges.has(edge.id) && (!lit || lit.edges.has(edge.id))),
    };
  };

  /** A line as vis-network draws it. @param {MapEdge} edge */
  const line = (edge) => {
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
        "stroke-width": drawn.options.width ?? style.width,
        "stroke-dasharray": style.dashes.join(" ") || "none",
      }),
    );
    const sign = unsettled(edge) ? "?" : rg.visible().possible.has(edge.id) ? "~" : "";
    if (sign) {
      const { x, y } = drawn.edgeType.getPoint(0.3);
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

  /** @param {MapNode} node */
  const label = (node) => {
    const r = rg.network.body.nodes[node.id].options.size;
    const bold = node.id === rg.model.page.home || node.id === rg.state.now.sel;
    const look = { "text-anchor": "middle", "paint-order": "stroke", stroke: "#FFFFFF", "stroke-width": 3, "stroke-linejoin": "round" };
    const made = rg.svg("g", bold ? { "font-weight": 600 } : {});
    rg.labels.room(node.id).text.forEach((text, i) => made.append(words(text, node.x, node.y + r + 12 + i * LEADING, look)));
    return made;
  };

  /** The legend of what is in the picture. @param {ReturnType<typeof shown>} what @param {number} x @param {number} y */
  const legend = ({ nodes, edges }, x, y) => {
    const { page, heading, ui } = rg.model;
    const made = rg.svg("g");
    let at = y;
    /** @param {SVGElement} sign @param {string} text */
    const row = (sign, text) => {
      sign.setAttribute("x", String(x));
      sign.setAttribute("y", String(at));
      made.append(sign);
      wrapped(text, 30).forEach((part, i) => made.append(words(part, x + 50, at + 14 + i * LEADING)));
      at += ROW + (wrapped(text, 30).length - 1) * LEADING;
    };
    page.types.forEach((type, i) => {
      const count = nodes.filter((node) => node.type === i).length;
      if (count) row(rg.glyph(type), heading(count === 1 ? type.label : type.plural));
    });
    at += 8;
    for (const [name, style] of Object.entries(page.lines)) {
      if (edges.some((edge) => edge.line === name)) row(rg.lineGlyph(style, name === "uncertain"), ui(`line.${name}`));
    }
    const possible = edges.filter((edge) => rg.visible().possible.has(edge.id)).length;
    if (possible) {
      at += 8;
      wrapped(ui("perhapsLegend", { n: possible }), 36).forEach((part, i) => made.append(words(part, x, at + 12 + i * LEADING)));
      at += 3 * LEADING;
    }
    return { made, height: at - y };
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

  /** @returns {SVGSVGElement} */
  const svg = () => {
    const { page, pick, ui } = rg.model;
    const what = shown();
    const boxes = what.nodes.map((node) => {
      const r = rg.network.body.nodes[node.id].options.size;
      const { w, h } = rg.labels.room(node.id);
      const half = Math.max(r, w / 2);
      return { left: node.x - half, right: node.x + half, top: node.y - r, bottom: node.y + r + 4 + h };
    });
    if (!boxes.length) boxes.push({ left: 0, right: 400, top: 0, bottom: 200 });
    const left = Math.min(...boxes.map((box) => box.left));
    const right = Math.max(...boxes.map((box) => box.right));
    const top = Math.min(...boxes.map((box) => box.top));
    const bottom = Math.max(...boxes.map((box) => box.bottom));
    const [title] = pick(page.title);
    const signs = legend(what, right + MARGIN, top);
    const height = Math.max(bottom - top, signs.height) + 150 + MARGIN;
    const width = right - left + LEGEND + 3 * MARGIN;
    const [x, y] = [left - MARGIN, top - 110];
    const made = rg.svg("svg", {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: [x, y, width, height].map((part) => part.toFixed(0)).join(" "),
      width: width.toFixed(0),
      height: height.toFixed(0),
      "font-family": FAMILY,
      role: "img",
      "aria-label": title,
    });
    const most = Math.floor((width - 2 * MARGIN) / 7);
    made.append(rg.svg("rect", { x, y, width, height, fill: "#FFFFFF" }));
    made.append(words(title.slice(0, Math.floor(most * 0.6)), left, y + 40, { "font-size": 22, "font-weight": 650 }));
    made.append(words(wrapped(pick(page.asOf)[0], most)[0] ?? "", left, y + 62, { "font-size": 13, "font-weight": 600, fill: "#0B3A6F" }));
    made.append(words(subject().slice(0, most), left, y + 84, { "font-size": 14 }));
    for (const edge of what.edges) made.append(line(edge));
    for (const node of what.nodes) made.append(glyph(node));
    for (const node of what.nodes) made.append(label(node));
    made.append(signs.made);
    const sources = page.sources.filter((source) => source.main).map((source) => pick(source.name)[0]).join("; ");
    wrapped(`${ui("sources")} ${sources}`, most)
      .slice(0, 2)
      .forEach((text, i) => made.append(words(text, left, y + height - 30 + i * LEADING, { fill: "#4B5563" })));
    return made;
  };

  const text = () => new XMLSerializer().serializeToString(svg());

  /** @returns {Promise<Blob>} */
  const png = async () => {
    const picture = new Image();
    picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text())}`;
    await picture.decode();
    const scale = Math.min(2, LARGEST / Math.max(picture.width, picture.height));
    const canvas = rg.element("canvas", { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    const ctx = canvas.getContext("2d");
    ctx?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return new Promise((done, fail) => {
      canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error(rg.model.ui("noPicture")))), "image/png");
    });
  };

  /** The sheet that is printed for the map; tables print as they are. */
  const sheet = () => {
    const { view } = rg.state.now;
    const drawn = view === "map" || view === "places";
    document.documentElement.classList.toggle("as-sheet", drawn);
    rg.by("sheet").replaceChildren(...(drawn ? [svg()] : []));
  };

  rg.picture = {
    svg,
    png,
    start: () => {
      const whole = () => rg.save(new Blob([text()], { type: "image/svg+xml" }), "svg");
      rg.by("save-svg").addEventListener("click", whole);
      rg.by("save-png").addEventListener("click", () => void png().then((blob) => rg.save(blob, "png")));
      window.addEventListener("beforeprint", sheet);
      rg.by("print").addEventListener("click", () => window.print());
    },
  };
})();
