"""An SVG as PNG, by resvg; the same bytes on every machine as long as our own font has all letters."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from relgraph.views import lettering

#: a sign that no font has, for private use: it is drawn as a box
_NO_SIGN = "\U0010fffd"


def png(svg: str, *, scale: int = 2, fonts: Sequence[Path] = ()) -> bytes:
    """``svg`` as a PNG image, ``scale`` px for each of its units.

    Letters that Noto Sans as shipped lacks (Chinese, Arabic) are drawn with the fonts in the folders
    ``fonts`` and the machine's, where there are any that know them; :func:`lacking` tells where not.
    """
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=scale,
            skip_system_fonts=lettering.covers(svg),
            font_files=[str(file) for file in lettering.FILES.values()],
            font_dirs=[str(folder) for folder in fonts],
            font_family=lettering.FAMILY,
            sans_serif_family=lettering.FAMILY,
        )
    )


def lacking(svg: str, fonts: Sequence[Path] = ()) -> list[str]:
    """The letters that a picture of ``svg`` would show as boxes, sorted."""
    letters = [letter for letter in lettering.uncovered(svg) if letter.isprintable()]
    if not letters:
        return []
    box = _drawn(_NO_SIGN, fonts)
    return [letter for letter in letters if _drawn(letter, fonts) == box]


def _drawn(letter: str, fonts: Sequence[Path]) -> bytes:
    text = f'<text x="10" y="30" font-size="20">{letter}</text>'
    return png(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">{text}</svg>', scale=1, fonts=fonts
    )
