"""Figures as SVG for a page: bars, a heat map, small multiples; no script, no request, the same bytes.

Our own and not a library's: what is wanted is three figures of rectangles and text, named for screen readers
(``title`` and ``desc``), whose text grows with the reader's and which may stand under a policy that allows
no inline style. matplotlib draws text as paths and takes 30 MB, pygal and plotly bring script,
altair needs a browser's engine; none gives stable bytes without being told how.

Colours are of Okabe and Ito's palette (2008) and shades of one of its hues; every value stands in figures, so
that no meaning rests on colour. Styles are classes of the page's sheet (``template/report.css``).
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from html import escape

#: the size of the root text for which a picture's units are made; its size in em scales it with the reader's
EM = 16
LINE = 18
#: characters of a label in a line
LABEL = 30
#: shades of a heat map, from one statement to the most
SHADES = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """What is drawn: ``rows`` are labels with a number for each of ``measures``."""

    kind: str
    title: str
    description: str
    measures: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | float, ...]], ...]
    lang: str
    caption: str = ""
    """What its numbers are, to stand beside it; empty where the figure says so itself."""


def svg(figure: Figure, id_: str) -> str:
    """The figure as an SVG element; ``id_`` begins the ids within it."""
    body, width, height, wide = {"bar": _bars, "heat": _heat, "multiples": _multiples}[figure.kind](figure)
    size = f'viewBox="0 0 {width} {height}" width="{_em(width)}" height="{_em(height)}"'
    if wide:
        size = f'width="100%" height="{_em(height)}"'
    return (
        f'<svg class="figure {figure.kind}" role="img" aria-labelledby="{id_}-t {id_}-d" {size}>'
        f'<title id="{id_}-t">{_text(figure.title)}</title>'
        f'<desc id="{id_}-d">{_text(figure.description)}</desc>{"".join(body)}</svg>'
    )


def _bars(figure: Figure) -> tuple[list[str], int, int, bool]:
    """Bars as wide as the page, each below its label, so that they fit a narrow window."""
    highest = max(row[1][0] for row in figure.rows)
    parts, y = [], 0
    for label, (value, *_) in figure.rows:
        lines = _lines(f"{label}: {_shown(value, figure.lang)}", LABEL + 8)
        for line in lines:
            y += LINE
            parts.append(f'<text x="0" y="{_em(y - 4)}">{_text(line)}</text>')
        parts.append(
            f'<rect class="m0" x="0" y="{_em(y)}" width="{_share(value, highest)}%" height="{_em(10)}"/>'
        )
        y += LINE
    return parts, 0, y, True


def _heat(figure: Figure) -> tuple[list[str], int, int, bool]:
    side, left = 34, LABEL * 8
    heads = [_lines(measure, LABEL) for measure in figure.measures]
    top = max(len(line) for lines in heads for line in lines) * 7 + 12
    right = top * 2 // 3
    highest = max(value for _, values in figure.rows for value in values)
    parts = []
    for number, lines in enumerate(heads):
        x = left + number * side + side // 2 - (len(lines) - 1) * 8
        for each, line in enumerate(lines):
            at = f"{x + each * 16} {top - 6}"
            parts.append(f'<text class="head" transform="translate({at}) rotate(-55)">{_text(line)}</text>')
    y = top
    for label, values in figure.rows:
        lines = _lines(label, LABEL)
        height = max(side, len(lines) * LINE)
        middle = y + height // 2 + 5 - (len(lines) - 1) * LINE // 2
        for each, line in enumerate(lines):
            parts.append(f'<text class="end" x="{left - 8}" y="{middle + each * LINE}">{_text(line)}</text>')
        for number, value in enumerate(values):
            shade = f"s{max(1, -(-int(value * SHADES) // int(highest)))}" if value else "s0"
            x = left + number * side
            parts.append(f'<rect class="{shade}" x="{x}" y="{y}" width="{side - 2}" height="{height - 2}"/>')
            if value:
                parts.append(
                    f'<text class="in {shade}" x="{x + side // 2 - 1}" y="{y + height // 2 + 4}">'
                    f"{_shown(value, figure.lang)}</text>"
                )
        y += height
    return parts, left + len(figure.measures) * side + right, y, False


def _multiples(figure: Figure) -> tuple[list[str], int, int, bool]:
    """One panel a row, each with a bar for every measure that is not nought, all on one scale."""
    highest = max(value for _, values in figure.rows for value in values)
    parts, y = [], 0
    for label, values in figure.rows:
        for line in _lines(label, LABEL + 8):
            y += LINE
            parts.append(f'<text class="name" x="0" y="{_em(y - 4)}">{_text(line)}</text>')
        for number, (measure, value) in enumerate(zip(figure.measures, values, strict=True)):
            if not value:
                continue
            share = max(1, _share(value, highest) * 35 // 100)
            parts.append(
                f'<rect class="m{number}" x="0" y="{_em(y)}" width="{share}%" height="{_em(12)}"/>'
                f'<text x="{share + 1}%" y="{_em(y + 11)}">'
                f"{_shown(value, figure.lang)} {_text(measure)}</text>"
            )
            y += 16
        y += 8
    return parts, 0, y, True


def _share(value: int | float, highest: int | float) -> int:
    """A value in whole per cent of the highest."""
    return round(100 * value / highest) if highest > 0 else 0


def _shown(value: int | float, lang: str) -> str:
    text = f"{value:.3f}" if isinstance(value, float) else str(value)
    return text.replace(".", ",") if lang == "sv" else text


def _em(units: int) -> str:
    """Units as em of the text, exact to the thousandth."""
    return f"{units / EM:.3f}".rstrip("0").rstrip(".") + "em"


def _lines(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width) or [""]


#: what XML may not hold
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))
