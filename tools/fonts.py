"""Makes src/relgraph/fonts/: Noto Sans, regular and semibold, for pictures and PDF, and its advance widths.

Source: the npm package @fontsource/noto-sans 5.3.0 (Noto Sans, SIL Open Font License 1.1, no reserved
font name). The Latin, Latin extended, Greek and Cyrillic parts become one TrueType file a weight, without
hinting and with kerning and marks only. Run once; needs fonttools and brotli:

    npm pack @fontsource/noto-sans@5.3.0 && tar xf fontsource-noto-sans-5.3.0.tgz
    python tools/fonts.py package src/relgraph/fonts
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

from fontTools import merge, subset
from fontTools.ttLib import TTFont

WEIGHTS = {400: "Regular", 600: "SemiBold"}
PARTS = ("latin", "latin-ext", "greek", "cyrillic")
#: what names are written in; the rest of the parts (phonetics, old letters) would double the size
RANGES = ((0x20, 0x17F), (0x192, 0x192), (0x1A0, 0x1B0), (0x1CD, 0x1DC), (0x1E6, 0x1F5), (0x218, 0x21B))
RANGES += ((0x2C6, 0x2DD), (0x300, 0x338), (0x386, 0x3CE), (0x400, 0x45F), (0x490, 0x4E9), (0x1E00, 0x1EF9))
RANGES += (
    (0x2010, 0x2044),
    (0x20A0, 0x20BF),
    (0x2116, 0x2122),
    (0x2190, 0x2193),
    (0x2212, 0x2215),
    (0xFFFD, 0xFFFD),
)


def font(folder: Path, weight: int) -> TTFont:
    """One weight, of all parts."""
    wanted = {code for first, last in RANGES for code in range(first, last + 1)}
    with tempfile.TemporaryDirectory() as scratch:
        files = []
        for part in PARTS:
            one = TTFont(folder / "files" / f"noto-sans-{part}-{weight}-normal.woff2")
            options = subset.Options(
                layout_features=["kern", "mark", "mkmk"], hinting=False, notdef_outline=True
            )
            cutter = subset.Subsetter(options)
            cutter.populate(unicodes=wanted)
            cutter.subset(one)
            one.flavor = None
            files.append(str(Path(scratch) / f"{part}.ttf"))
            one.save(files[-1])
        merged = merge.Merger().merge(files)
    for name in merged["name"].names:
        if name.nameID in (1, 16):
            name.string = "Noto Sans"
    merged["OS/2"].usWeightClass = weight
    merged["head"].created = merged["head"].modified = 0
    merged.recalcTimestamp = False
    return merged


def main(source: str, target: str) -> None:
    """Read the unpacked package ``source``, write the fonts, their licence and ``advances.json``."""
    folder = Path(target)
    folder.mkdir(exist_ok=True)
    advances = {}
    for weight, name in WEIGHTS.items():
        made = font(Path(source), weight)
        made.save(folder / f"NotoSans-{name}.ttf")
        unit = made["head"].unitsPerEm
        cmap = made.getBestCmap()
        advances[str(weight)] = {
            chr(code): round(1000 * made["hmtx"][glyph][0] / unit) for code, glyph in sorted(cmap.items())
        }
    text = json.dumps(advances, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (folder / "advances.json").write_text(text + "\n", encoding="utf-8", newline="\n")
    shutil.copyfile(Path(source) / "LICENSE", folder / "LICENSE")


if __name__ == "__main__":
    main(*sys.argv[1:])
