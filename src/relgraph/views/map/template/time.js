"use strict";
/**
 * What holds when: the three-valued rule over the four bounds of a relationship, which are days since 1970-01-01 and
 * null where unbounded. The same rule as in relgraph.time; tests/vectors/time.json holds both to it.
 */
(() => {
  const rg = window.relgraph;
  const DAY = 86400000;

  /** @param {number} year */
  const firstDay = (year) => {
    const date = new Date(0);
    date.setUTCFullYear(year, 0, 1); // Date.UTC would take 19 for 1919
    return date.getTime() / DAY;
  };
  /** @param {number} year */
  const lastDay = (year) => firstDay(year + 1) - 1;
  /** @param {number} day */
  const yearOf = (day) => new Date(day * DAY).getUTCFullYear();

  rg.time = {
    firstDay,
    lastDay,
    yearOf,
    holds: ([earliestBegin, latestBegin, earliestEnd, latestEnd], lo, hi) => {
      if ((latestBegin ?? Infinity) <= hi && (earliestEnd ?? -Infinity) >= lo) return "certainly";
      return (earliestBegin ?? -Infinity) <= hi && (latestEnd ?? Infinity) >= lo ? "possibly" : "not";
    },
    /** The years between which it may hold: "2011–2014", "2011–", "–2014"; nothing where neither is known. */
    words: (bounds) => {
      const [begin, , , end] = bounds ?? [null, null, null, null];
      const [from, to] = [begin, end].map((day) => (day === null ? "" : String(yearOf(day))));
      return from === to ? from : `${from}–${to}`;
    },
    /** The first and last day of the chosen years; null where none are chosen. */
    limits: ({ from, to }) =>
      from === null && to === null
        ? null
        : [from === null ? -Infinity : firstDay(from), to === null ? Infinity : lastDay(to)],
  };
})();
