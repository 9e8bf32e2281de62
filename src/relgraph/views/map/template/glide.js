"use strict";
/**
 * Moves the view to a place, in a moment. vis-network's own animation is not used: one that begins before another has
 * drawn its first picture does not end it, and both then move the view for good.
 */
(() => {
  const rg = window.relgraph;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const LASTS = 220; // ms
  let next = 0;

  /** Slow, fast, slow: 0 to 1 for 0 to 1 (easeInOutQuad). @param {number} t */
  const ease = (t) => (t < 0.5 ? 2 * t * t : 1 - 2 * (1 - t) ** 2);

  rg.glide = {
    to: (position, scale) => {
      rg.glide.stop();
      const { network } = rg;
      if (still.matches || !rg.ready) return network.moveTo({ position, scale, animation: false });
      const from = { ...network.getViewPosition(), scale: network.getScale() };
      const begun = performance.now();
      /** @param {number} now */
      const step = (now) => {
        const part = Math.min(1, Math.max(0, (now - begun) / LASTS));
        /** @param {number} a @param {number} b */
        const between = (a, b) => a + (b - a) * ease(part);
        const at = { x: between(from.x, position.x), y: between(from.y, position.y) };
        network.moveTo({ position: at, scale: between(from.scale, scale), animation: false });
        next = part < 1 ? requestAnimationFrame(step) : 0;
      };
      next = requestAnimationFrame(step);
    },
    stop: () => {
      cancelAnimationFrame(next);
      next = 0;
    },
  };
})();
