"use strict";
/**
 * The room on the canvas as shown: how much of it a text takes, and what is taken already.
 *
 * @typedef {{x: number, y: number, w: number, h: number}} Box  in px of the canvas as shown
 * @typedef {{text: string[], w: number, h: number}} Measured
 * @typedef {"plain" | "bold" | "kind"} Font
 */
(() => {
  const rg = window.relgraph;
  const FAMILY = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';
  const SIZE = 12;
  const LEADING = 15;
  const WIDTH = 20; // characters a line, as in boxes.py
  const MAX_LINES = 3;
  const fonts = { plain: `${SIZE}px ${FAMILY}`, bold: `600 ${SIZE}px ${FAMILY}`, kind: `italic ${SIZE}px ${FAMILY}` };

  /** The text in lines; what does not fit ends in an ellipsis. @param {string} text */
  const wrap = (text) => {
    /** @type {string[]} */
    const lines = [];
    let cut = text.length > 400;
    for (const word of text.slice(0, 400).split(/\s+/).filter(Boolean)) {
      const last = lines[lines.length - 1];
      if (last !== undefined && last.length + 1 + word.length <= WIDTH) lines[lines.length - 1] = `${last} ${word}`;
      else if (lines.length === MAX_LINES) {
        cut = true;
        break;
      } else lines.push(word.length > 28 ? `${word.slice(0, 27)}…` : word);
    }
    if (cut && lines.length) lines[lines.length - 1] = `${lines[lines.length - 1].replace(/…$/, "")}…`;
    return lines;
  };

  /** Boxes already taken, in cells, so that asking stays cheap. */
  class Taken {
    constructor() {
      /** @type {Map<number, Box[]>} */
      this.cells = new Map();
    }
    /** @param {Box} box @param {(cell: number) => boolean | void} use  stops when it returns true */
    static over(box, use) {
      for (let i = Math.floor(box.x / 64); i <= Math.floor((box.x + box.w) / 64); i++)
        for (let j = Math.floor(box.y / 64); j <= Math.floor((box.y + box.h) / 64); j++)
          if (use(i * 100003 + j)) return true;
      return false;
    }
    /** @param {Box} box */
    add(box) {
      Taken.over(box, (cell) => {
        const there = this.cells.get(cell);
        if (there) there.push(box);
        else this.cells.set(cell, [box]);
      });
    }
    /** @param {Box} b */
    hits(b) {
      return Taken.over(b, (cell) =>
        (this.cells.get(cell) || []).some(
          (o) => b.x < o.x + o.w && o.x < b.x + b.w && b.y < o.y + o.h && o.y < b.y + b.h,
        ),
      );
    }
  }

  const ruler = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  /** @type {Map<string, Measured>} */
  const measures = new Map();
  /** @param {string} text @param {Font} font @param {boolean} [whole] on one line @returns {Measured} */
  const measure = (text, font, whole = false) => {
    const key = `${font} ${whole} ${text}`;
    let found = measures.get(key);
    if (!found) {
      ruler.font = fonts[font];
      const lines = whole ? [text] : wrap(text);
      const widest = Math.max(0, ...lines.map((line) => ruler.measureText(line).width));
      found = { text: lines, w: Math.ceil(widest) + 2, h: lines.length * LEADING };
      measures.set(key, found);
    }
    return found;
  };

  rg.room = { LEADING, fonts, measure, wrap, free: () => new Taken() };
})();
