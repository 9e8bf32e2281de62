"use strict";
/**
 * What lies beneath the nodes: the faint ground of each sector or, where the nodes stand by place, the land round the
 * city with circles of distance, and the tray of what has no coordinates. The shapes come ready made.
 */
(() => {
  const rg = window.relgraph;
  const PADDING = 14; // as in hulls.py
  const SEA = "#F4F8FB";
  const LAND = "#E3E8E1";
  const CIRCLE = "#B9C6D3";

  /** @param {string} color @param {number} share of the colour in white */
  const tint = (color, share) => {
    /** @param {number} at */
    const part = (at) => Math.round(255 - (255 - parseInt(color.slice(at, at + 2), 16)) * share);
    return `rgb(${part(1)},${part(3)},${part(5)})`;
  };

  /** @param {number[]} flat @param {boolean} [steps] whether each point is told as the step from the one before */
  const path = (flat, steps = false) => {
    const made = new Path2D();
    let [x, y] = [0, 0];
    for (let i = 0; i < flat.length; i += 2) {
      [x, y] = steps ? [x + flat[i], y + flat[i + 1]] : [flat[i], flat[i + 1]];
      if (i) made.lineTo(x, y);
      else made.moveTo(x, y);
    }
    made.closePath();
    return made;
  };

  /** @type {{type: NodeType, shapes: Path2D[], color: string}[]} */
  let sectors = [];
  const land = new Path2D();

  /** @type {Set<string> | null} */
  let nodesOf = null;
  /** @type {Set<string>} */
  let types = new Set();
  /** The types that something is shown of; a sector of others is not drawn. */
  const used = () => {
    const { nodes } = rg.visible();
    if (nodesOf !== nodes) {
      nodesOf = nodes;
      types = new Set([...nodes].map((id) => rg.model.page.types[rg.model.node(id).type].name));
    }
    return types;
  };

  const drawSectors = (/** @type {CanvasRenderingContext2D} */ ctx) => {
    ctx.lineWidth = 2 * PADDING;
    for (const { type, shapes, color } of sectors) {
      if (!used().has(type.name)) continue;
      ctx.fillStyle = color;
      ctx.strokeStyle = color;
      for (const shape of shapes) {
        ctx.fill(shape);
        ctx.stroke(shape);
      }
    }
  };

  /** @param {CanvasRenderingContext2D} ctx @param {Places} places */
  const drawPlaces = (ctx, places) => {
    const rim = new Path2D();
    rim.arc(0, 0, places.radius, 0, 2 * Math.PI);
    ctx.fillStyle = SEA;
    ctx.fill(rim);
    ctx.save();
    ctx.clip(rim);
    ctx.fillStyle = LAND;
    ctx.fill(land, "evenodd");
    ctx.restore();
    ctx.strokeStyle = CIRCLE;
    ctx.lineWidth = 1;
    ctx.stroke(rim);
    ctx.setLineDash([3, 4]);
    for (const [, radius] of places.circles) {
      ctx.beginPath();
      ctx.arc(0, 0, radius, 0, 2 * Math.PI);
      ctx.stroke();
    }
    ctx.setLineDash([]);
    const [x, y, w, h] = places.tray;
    ctx.fillStyle = "#F7F8FA";
    ctx.fillRect(x, y, w, h);
    ctx.strokeRect(x, y, w, h);
  };

  rg.hulls = {
    ground: (color) => tint(color, 0.075),
    prepare: () => {
      const { page } = rg.model;
      sectors = page.grounds.map(([type, , , ...polygons]) => ({
        type: page.types[type],
        shapes: polygons.map((polygon) => path(polygon)),
        color: rg.hulls.ground(page.types[type].color),
      }));
      for (const ring of page.places?.land ?? []) land.addPath(path(ring, true));
    },
    /** @param {CanvasRenderingContext2D} ctx in the network's own coordinates */
    draw: (ctx) => {
      const { places } = rg.model.page;
      ctx.save();
      ctx.lineJoin = "round";
      ctx.setLineDash([]);
      if (rg.arranged() === "sectors") drawSectors(ctx);
      else if (places) drawPlaces(ctx, places);
      ctx.restore();
    },
    headings: () => {
      const { page, heading, ui } = rg.model;
      /** @param {number} index @param {number} x @param {number} y @param {Heading["align"]} align @returns {Heading} */
      const named = (index, x, y, align) => {
        const type = page.types[index];
        return { id: type.name, text: heading(type.plural), color: type.ink, x, y, align };
      };
      /** @param {{id: string}} one */
      const shown = ({ id }) => used().has(id);
      if (rg.arranged() === "sectors") return page.grounds.map(([type, x, y]) => named(type, x, y, "center")).filter(shown);
      if (!page.places) return [];
      const { tray, headings, circles } = page.places;
      const color = "#4B5563";
      return [
        { id: "tray", text: ui("noPlace"), color: "#1F2937", x: tray[0] + 14, y: tray[1] + 20, align: "left" },
        ...headings.map(([type, x, y]) => named(type, x, y, "left")).filter(shown),
        ...circles.map(([km, radius]) => {
          const text = `${km.toLocaleString(rg.state.now.lang)} km`;
          return { id: `${km} km`, text, color, x: 0, y: radius, align: /** @type {const} */ ("center"), light: true };
        }),
      ];
    },
    extent: () => {
      const { page } = rg.model;
      if (rg.arranged() === "places" && page.places) {
        const { radius, tray } = page.places;
        return { left: -radius, top: -radius, right: tray[0] + tray[2], bottom: Math.max(radius, tray[1] + tray[3]) };
      }
      const shown = page.grounds.filter(([type]) => used().has(page.types[type].name));
      const flat = shown.flatMap(([, , , ...polygons]) => polygons.flat());
      /** @param {number} axis */
      const ends = (axis) => {
        const parts = flat.filter((_, i) => i % 2 === axis);
        return [Math.min(...parts) - PADDING, Math.max(...parts) + PADDING];
      };
      const [[left, right], [top, bottom]] = [ends(0), ends(1)];
      return flat.length ? { left, top, right, bottom } : null;
    },
  };
})();
