"use strict";
/** What lies beneath the nodes, in the picture that is saved and printed: as hulls.js draws it on the screen. */
(() => {
  const rg = window.relgraph;
  const { LEADING } = rg.room;
  const ROUND = 14; // px round the nodes of a sector

  /** @param {number[]} flat @param {boolean} [steps] whether each point is told as the step from the one before */
  const outline = (flat, steps = false) => {
    let [x, y] = [0, 0];
    let made = "";
    for (let i = 0; i < flat.length; i += 2) {
      [x, y] = steps ? [x + flat[i], y + flat[i + 1]] : [flat[i], flat[i + 1]];
      made += `${i ? "L" : "M"}${x} ${y}`;
    }
    return `${made}Z`;
  };

  /** The grounds of the sectors that have something in the picture: none where one arrangement or choice shows none. @param {MapNode[]} nodes */
  const grounds = (nodes) => {
    if (rg.lit() || rg.overview.fields().length || rg.arranged() === "places") return [];
    const types = new Set(nodes.map((node) => node.type));
    return rg.model.page.grounds.filter(([type]) => types.has(type));
  };

  /** @param {MapNode[]} nodes */
  const sectors = (nodes) =>
    grounds(nodes).flatMap(([type, , , ...polygons]) => {
      const color = rg.hulls.ground(rg.model.page.types[type].color);
      const look = { fill: color, stroke: color, "stroke-width": 2 * ROUND, "stroke-linejoin": "round" };
      return polygons.map((polygon) => rg.svg("path", { d: outline(polygon), ...look }));
    });

  /** The land round the city, with circles of distance, and the tray. @param {Places} places */
  const land = ({ radius, land: rings, circles, tray: [x, y, width, height] }) => {
    const clip = rg.svg("clipPath", { id: "rim" });
    clip.append(rg.svg("circle", { cx: 0, cy: 0, r: radius }));
    const thin = { fill: "none", stroke: "#B9C6D3" };
    return [
      clip,
      rg.svg("circle", { ...thin, cx: 0, cy: 0, r: radius, fill: "#F4F8FB" }),
      rg.svg("path", {
        d: rings.map((ring) => outline(ring, true)).join(""),
        fill: "#E3E8E1",
        "fill-rule": "evenodd",
        "clip-path": "url(#rim)",
      }),
      ...circles.map(([, r]) => rg.svg("circle", { ...thin, cx: 0, cy: 0, r, "stroke-dasharray": "3 4" })),
      rg.svg("rect", { ...thin, x, y, width, height, fill: "#F7F8FA" }),
    ];
  };

  /** The overview of a very large map: its fields, in each the bubbles with their names. */
  const groups = () => {
    const { page, nodes } = rg.model;
    const fields = rg.overview.fields();
    /** @param {string} text @param {number} x @param {number} y @param {Attributes} look */
    const named = (text, x, y, look) => {
      const label = rg.svg("g", { "text-anchor": "middle", "font-size": 12, fill: "#1F2937", ...look });
      const lines = rg.room.wrap(text);
      lines.forEach((line, i) => {
        const made = rg.svg("text", { x, y: y + 4 + (i - (lines.length - 1) / 2) * LEADING });
        made.textContent = line;
        label.append(made);
      });
      return label;
    };
    /** @param {string} text @param {number} count */
    const numbered = (text, count) => `${text} (${count.toLocaleString(rg.state.now.lang)})`;
    /** @param {NodeType} type */
    const look = (type) => ({ fill: type.filled ? type.color : "#FFFFFF", stroke: type.color, "stroke-width": 2.5 });
    const home = nodes.get(page.home);
    const city =
      home && fields.length
        ? [
            rg.svg("circle", { cx: 0, cy: 0, r: 22, ...look(page.types[home.type]) }),
            named(rg.model.homeName(), 0, 40, { "font-weight": 600 }),
          ]
        : [];
    const drawn = fields.flatMap(({ type, text, count, x, y, w, h, title, names, bubbles }) => [
      rg.svg("rect", { x, y, width: w, height: h, fill: "#FFFFFF" }),
      rg.svg("rect", { x, y, width: w, height: h, fill: type.color, "fill-opacity": 0.075, stroke: type.color, "stroke-opacity": 0.5 }),
      named(numbered(text, count), title.x, title.y, { "font-weight": 600, fill: type.ink }),
      ...bubbles.flatMap((one) => [
        rg.svg("circle", { cx: one.x, cy: one.y, r: one.r, ...look(type) }),
        named(numbered(one.text, one.count), names, one.y, { "text-anchor": "start" }),
      ]),
    ]);
    return [...city, ...drawn];
  };

  rg.backdrop = {
    drawn: (nodes) => {
      const { places } = rg.model.page;
      const overview = groups();
      if (overview.length) return overview;
      return rg.arranged() === "places" && places ? land(places) : sectors(nodes);
    },
    corners: (nodes) =>
      grounds(nodes).flatMap(([, , , ...polygons]) =>
        polygons.flatMap((flat) =>
          flat.flatMap((x, i) => (i % 2 ? [] : [-ROUND, ROUND].map((off) => /** @type {[number, number]} */ ([x + off, flat[i + 1] + off])))),
        ),
      ),
  };
})();
