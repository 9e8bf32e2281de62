"use strict";
/**
 * Runs first: makes the one object that the other scripts add to, shows the controls, which do nothing without scripts,
 * and turns any error into a visible banner instead of a blank page.
 */
(() => {
  /** @type {string[]} */
  const errors = [];

  /** @param {string} detail what went wrong, for whoever is asked about it */
  const fail = (detail) => {
    errors.push(detail);
    // what never came to run has no controls; once the page is ready it shows all of them in any case
    delete document.documentElement.dataset.scripts;
    const banner = document.getElementById("error");
    const text = document.getElementById("error-detail");
    if (banner && text) {
      text.textContent = detail;
      banner.hidden = false;
    }
  };
  document.documentElement.dataset.scripts = "true";
  window.addEventListener("error", (event) => fail(event.message || "error"));
  window.addEventListener("unhandledrejection", (event) => fail(String(event.reason)));
  window.relgraph = /** @type {Relgraph} */ ({ errors, fail });
})();
