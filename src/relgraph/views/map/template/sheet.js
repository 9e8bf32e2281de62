"use strict";
/** The map on paper and as a file: print, PNG and SVG are one and the same picture. */
(() => {
  const rg = window.relgraph;
  const LARGEST = 12000; // px a side: what browsers draw on one canvas

  const text = () => new XMLSerializer().serializeToString(rg.picture());

  /** Twice the stored size. @returns {Promise<Blob>} */
  const png = async () => {
    const picture = new Image();
    picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text())}`;
    await picture.decode();
    const scale = Math.min(2, LARGEST / Math.max(picture.width, picture.height));
    const [width, height] = [picture.width, picture.height].map((side) => Math.round(side * scale));
    const canvas = rg.element("canvas", { width, height });
    canvas.getContext("2d")?.drawImage(picture, 0, 0, width, height);
    return new Promise((done, fail) => {
      canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error(rg.model.ui("noPicture")))), "image/png");
    });
  };

  /** The sheet that is printed for the map; tables print as they are. */
  const prepare = () => {
    const { view } = rg.state.now;
    const drawn = view === "map" || view === "places";
    document.documentElement.classList.toggle("as-sheet", drawn);
    rg.by("sheet").replaceChildren(...(drawn ? [rg.picture(true)] : []));
  };

  rg.sheet = {
    start: () => {
      rg.by("save-svg").addEventListener("click", () => rg.save(new Blob([text()], { type: "image/svg+xml" }), "svg"));
      rg.by("save-png").addEventListener("click", () => void png().then((blob) => rg.save(blob, "png")));
      rg.by("print").addEventListener("click", () => window.print());
      window.addEventListener("beforeprint", prepare);
      window.addEventListener("afterprint", () => rg.by("sheet").replaceChildren());
    },
  };
})();
