"""Boxes on the plane: how much room a node with its label needs, and what room is taken."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import TypeAlias

from relgraph.views.map.data import MapNode

#: left, top, right, bottom
Box: TypeAlias = tuple[float, float, float, float]

LINE_WIDTH = 20  # characters a line of a label, as in labels.js
MAX_LINES = 3
LEADING = 15  # px a line
GLYPH = 11  # px from a glyph's middle to the edge of its room
HOME = 25
JOINT = 9
#: px of a low screen (1280×720) beside the legend
SHOWN = 1000, 500
_CHARACTER = 6.6  # px, the mean advance of a 12 px system font
_CELL = 120
_WORD = 28  # characters of one word
_READ = 400  # characters of a label


def wrap(text: str) -> list[str]:
    """``text`` in lines of about 20 characters, at most three, the last with an ellipsis if there is more.

    The page wraps the same way.
    """
    lines: list[str] = []
    cut = len(text) > _READ
    for word in text[:_READ].split():
        if lines and len(lines[-1]) + 1 + len(word) <= LINE_WIDTH:
            lines[-1] += " " + word
        elif len(lines) == MAX_LINES:
            cut = True
            break
        else:
            lines.append(word if len(word) <= _WORD else word[: _WORD - 1] + "…")
    if cut and lines:
        lines[-1] = lines[-1].removesuffix("…") + "…"
    return lines


def label_size(node: MapNode) -> tuple[int, int]:
    """Width in px and number of lines of a node's label, in whichever language is larger."""
    texts = [wrap(node.label.get(lang)) for lang in ("sv", "en")]
    width = max([sum(map(_columns, line)) for lines in texts for line in lines], default=0) * _CHARACTER
    return round(width), max(len(lines) for lines in texts)


def _columns(letter: str) -> int:
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def rects(node: MapNode, x: int, y: int, *, home: bool = False, joint: bool = False) -> tuple[Box, ...]:
    """The room of a node at (x, y): its glyph, and its label below; a joint relationship's has none."""
    radius = HOME if home else JOINT if joint else GLYPH
    glyph = (x - radius, y - radius, x + radius, y + radius)
    if joint:
        return (glyph,)
    width, lines = label_size(node)
    return glyph, (x - width / 2, y + radius, x + width / 2, y + radius + lines * LEADING)


class Plane:
    """The room already taken, in a grid of cells so that asking stays cheap at thousands of nodes."""

    def __init__(self) -> None:
        self._cells: defaultdict[tuple[int, int], list[Box]] = defaultdict(list)

    def take(self, boxes: Iterable[Box]) -> None:
        """Take all of ``boxes``."""
        for box in boxes:
            for cell in _cells(box):
                self._cells[cell].append(box)

    def free(self, boxes: Iterable[Box], x: int = 0, y: int = 0) -> bool:
        """Whether none of ``boxes``, moved by (x, y), overlaps what is taken."""
        known = self._cells.get
        # loops, not a generator: asked millions of times for a large map
        for west, north, east, south in boxes:
            left, top, right, bottom = west + x, north + y, east + x, south + y
            rows = range(int(top // _CELL), int(bottom // _CELL) + 1)
            for column in range(int(left // _CELL), int(right // _CELL) + 1):
                for row in rows:
                    for a, b, c, d in known((column, row), ()):
                        if left < c and a < right and top < d and b < bottom:
                            return False
        return True


def _cells(box: Box) -> list[tuple[int, int]]:
    left, top, right, bottom = (int(side // _CELL) for side in box)
    return [(i, j) for i in range(left, right + 1) for j in range(top, bottom + 1)]
