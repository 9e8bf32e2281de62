"""The tray beside the map of places: what has no coordinates waits in it, by type."""

from __future__ import annotations

import math

from relgraph.views.map.boxes import SHOWN
from relgraph.views.map.data import MapData, MapNode

_CELL = 30  # px a node in the tray
_TITLE = 36  # px a heading in it: where the whole is shown at less than half its size too, its name has room
_CHARACTER = 18.5  # px of a heading's character, for the same reason
_COLUMNS = 8, 24  # nodes a row at least, and at least for the sake of a name
_HEAD, _EDGE = 46, 14  # px above the first heading, and within the edges

Point = tuple[int, int]


def tray(
    data: MapData, nodes: list[MapNode], radius: int
) -> tuple[tuple[int, int, int, int], dict[str, Point], tuple[tuple[str, Point], ...]]:
    """Rows of nodes by type in the order of the legend, in one block or several beside a circle.

    What it takes (left, top, width, height), the middle of each node, and of each type's name its left end.
    """
    groups = {
        kind.name: [node.id for node in nodes if node.type == kind.name] for kind in data.ordered_types()
    }
    groups = {name: sorted(ids) for name, ids in groups.items() if ids}
    names = [kind.plural or kind.label for kind in data.ordered_types() if kind.name in groups]
    longest = max((len(name.get(lang)) for name in names for lang in ("sv", "en")), default=0)
    least = min(max(_COLUMNS[0], math.ceil(longest * _CHARACTER / _CELL)), _COLUMNS[1])
    blocks, columns = _form([len(ids) for ids in groups.values()], least, radius)
    left, top = radius + 60, -radius
    slots: dict[str, Point] = {}
    headings = []
    waiting = iter(groups)
    for b, block in enumerate(blocks):
        x, y = left + _EDGE + b * (columns * _CELL + _EDGE), top + _HEAD
        for _ in block:
            name = next(waiting)
            headings.append((name, (x, y + _TITLE // 2)))
            y += _TITLE
            for i, id_ in enumerate(groups[name]):
                slots[id_] = x + _CELL // 2 + i % columns * _CELL, y + _CELL // 2 + i // columns * _CELL
            y += -(-len(groups[name]) // columns) * _CELL
    width, height = _size(blocks, columns)
    return (left, top, width, height), slots, tuple(headings)


def _form(counts: list[int], least: int, radius: int) -> tuple[list[list[int]], int]:
    """The numbers of nodes in blocks, and the nodes a row, with which the whole is shown largest."""
    if not counts:
        return [[]], least

    def smallness(form: tuple[list[list[int]], int]) -> tuple[float, int, int]:
        width, height = _size(*form)
        whole = max((2 * radius + 60 + width) / SHOWN[0], max(2 * radius, height) / SHOWN[1])
        return whole, len(form[0]), form[1]

    most = max(least, round(4 * math.sqrt(sum(counts))))
    forms = []
    for columns in range(least, most + 1):
        heights = [_TITLE - (-count // columns) * _CELL for count in counts]
        for limit in dict.fromkeys(sum(heights[:end]) for end in range(1, len(heights) + 1)):
            if limit >= max(heights):
                blocks: list[list[int]] = [[]]
                for count, height in zip(counts, heights, strict=True):
                    if _height(blocks[-1], columns) + height > limit:
                        blocks.append([])
                    blocks[-1].append(count)
                forms.append((blocks, columns))
    return min(forms, key=smallness)


def _size(blocks: list[list[int]], columns: int) -> tuple[int, int]:
    height = _HEAD + max(_height(block, columns) for block in blocks) + _EDGE
    return _EDGE + len(blocks) * (columns * _CELL + _EDGE), max(height, 60)


def _height(counts: list[int], columns: int) -> int:
    return sum(_TITLE - (-count // columns) * _CELL for count in counts)
