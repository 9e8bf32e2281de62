"use strict";
/** What lies beneath the nodes, in the picture that is saved and printed: as hulls.js draws it on the screen. */
(() => {
  const rg = window.relgraph;

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

  /** The grounds of the sectors that have something in the picture. @param {Set<number>} types */
  const sectors = (types) =>
    rg.model.page.grounds
      .filter(([type]) => types.has(type))
      .flatMap(([type, , , ...polygons]) => {
        const { color } = rg.model.page.types[type];
        const look = { fill: color, stroke: color, "stroke-width": 28, "stroke-linejoin": "round", opacity: 0.075 };
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
      ...circles.flatMap(([distance, r]) => {
        const label = rg.svg("text", { x: 0, y: r + 4, "text-anchor": "middle", "font-size": 11, fill: "#374151" });
        label.textContent = `${distance.toLocaleString(rg.state.now.lang)} km`;
        return [rg.svg("circle", { ...thin, cx: 0, cy: 0, r, "stroke-dasharray": "3 4" }), label];
      }),
      rg.svg("rect", { ...thin, x, y, width, height, fill: "#F7F8FA" }),
    ];
  };

  /** The types of a very large map, with how many each has. */
  const bubbles = () =>
    rg.stage.types().flatMap(({ type, text, count, x, y, r }) => {
      const label = rg.svg("text", { x, y: y + r + 16, "text-anchor": "middle", "font-size": 13, fill: "#1F2937" });
      label.textContent = `${text}: ${count}`;
      return [rg.svg("circle", { cx: x, cy: y, r, fill: type.color }), label];
    });

  rg.backdrop = (nodes) => {
    const { places } = rg.model.page;
    const types = bubbles();
    if (types.length) return types;
    if (rg.arranged() === "places" && places) return land(places);
    return rg.lit() ? [] : sectors(new Set(nodes.map((node) => node.type)));
  };
})();
