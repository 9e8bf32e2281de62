"use strict";
(() => {
  const root = document.documentElement;
  const buttons = [...document.querySelectorAll("[data-language]")];
  function speak(lang) {
    root.lang = lang;
    root.className = "in-" + lang;
    document.title = root.dataset["title" + lang.toUpperCase()];
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.language === lang));
  }
  for (const button of buttons) button.addEventListener("click", () => speak(button.dataset.language));
  document.getElementById("languages").hidden = false;
  speak(root.lang);
  root.dataset.ready = "true";
})();
