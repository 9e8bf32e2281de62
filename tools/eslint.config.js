import js from "@eslint/js";

const names = (/** @type {string} */ list) => Object.fromEntries(list.split(" ").map((name) => [name, "readonly"]));

export default [
  js.configs.recommended,
  {
    languageOptions: {
      sourceType: "script",
      globals: names(
        "window document location history navigator vis console Image Blob Response DecompressionStream TextDecoder atob URL URLSearchParams Intl " +
          "ResizeObserver XMLSerializer Path2D requestAnimationFrame cancelAnimationFrame performance Node Element HTMLElement HTMLInputElement",
      ),
    },
    rules: { eqeqeq: "error", "no-var": "error", "prefer-const": "error", "no-implied-eval": "error" },
  },
];
