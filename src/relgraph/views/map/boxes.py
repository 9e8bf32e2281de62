"""Boxes on the plane: how much room a node with its label needs, and what room is taken."""

from __future__ import annotations

from collections import defaultdict

from relgraph.views.map.data import MapNode

LINE_WIDTH = 20  # characters a line of a label, as in labels.js
MAX_LINES = 3
_CHARACTER = 6.6  # px, the mean advance of a 12 px system font
_CELL = 120


def wrap(text: str) -> list[str]:
    """``text`` in lines of about 20 characters, at most three; the page wraps the same way."""
    lines: list[str] = []
    for word in text[:400].split():
        if lines and len(lines[-1]) + 1 + len(word) <= LINE_WIDTH:
            lines[-1] += " " + word
        else:
            lines.append(word[:28])
    return lines[:MAX_LINES]


def size(node: MapNode, *, home: bool = False) -> tuple[int, int]:
    """Width and height in px of the node's glyph with its label below, in whichever language is larger."""
    texts = [wrap(node.label.get(lang)) for lang in ("sv", "en")]
    width = max([len(line) for lines in texts for line in lines], default=0) * _CHARACTER
    height = max(len(lines) for lines in texts) * 15
    glyph = 56 if home else 26
    return round(max(width, glyph)) + 14, glyph + height + 12


class Plane:
    """The room already taken, in a grid of cells so that asking stays cheap at thousands of nodes."""

    def __init__(self) -> None:
        self._cells: defaultdict[tuple[int, int], list[tuple[float, float, float, float]]] = defaultdict(list)

    def take(self, x: float, y: float, width: float, height: float) -> None:
        """Take the box centred on (x, y)."""
        box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        for cell in _cells(box):
            self._cells[cell].append(box)

    def free(self, x: float, y: float, width: float, height: float) -> bool:
        """Whether the box centred on (x, y) overlaps nothing taken."""
        left, top, right, bottom = x - width / 2, y - height / 2, x + width / 2, y + height / 2
        for cell in _cells((left, top, right, bottom)):
            for a, b, c, d in self._cells.get(cell, ()):
                if left < c and a < right and top < d and b < bottom:
                    return False
        return True


def _cells(box: tuple[float, float, float, float]) -> list[tuple[int, int]]:
    left, top, right, bottom = (int(side // _CELL) for side in box)
    return [(i, j) for i in range(left, right + 1) for j in range(top, bottom + 1)]
