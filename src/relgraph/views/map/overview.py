"""How much of a large map is drawn: all, parts within their wholes, or groups by type and country.

Page and picture follow the same rule. Of the groups this also says where they stand: a field a type, in
columns in the order of the legend with the city in the middle, and in it a bubble a country.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from relgraph.views.map.boxes import LEADING, wrap
from relgraph.views.map.data import SEVERAL, Bilingual, MapData, NodeType

#: up to how many nodes the overview is all of it, all with parts folded into wholes, groups only
SCALES = (("all", 500), ("folded", 2500), ("types", math.inf))

UNSTATED = ""
#: in place of a country: those that are too few to stand alone
OTHERS = "*"
_ALONE = 30  # groups of a type and a country; the largest are shown as such, the rest as others
_LARGEST, _SMALLEST = 20.0, 4.0  # px, radius
_NAME = 166  # px, the room of a bubble's name
_ROW = 5  # px between two rows
_EDGE = 8  # px within a field's edge
_GAP = 8  # px between two fields
_WHOLE = 25  # characters; a name of no more is not wrapped
_CENTRE = 90  # px, the height of the home city with its name
_WIDE = 2.4  # how much wider than high: a low screen beside the legend, so that no row is too near the next
_STAND_IN = Bilingual("land ej angivet", "country not stated")  # the longest of what stands for a country


@dataclass(frozen=True, slots=True)
class Bubble:
    """The parties of one type in one country (an id, or one of the above); ``x``, ``y`` is its middle."""

    country: str
    count: int
    x: int
    y: int
    radius: int


@dataclass(frozen=True, slots=True)
class Field:
    """A type with its bubbles one below the other; ``box`` is left, top, width and height.

    ``title`` is the middle of its name, ``names`` where those of the bubbles begin (x).
    """

    type: NodeType
    bubbles: tuple[Bubble, ...]
    box: tuple[int, int, int, int]
    title: tuple[int, int]
    names: int

    def moved(self, x: int, y: int) -> Field:
        """The same elsewhere."""
        left, top, width, height = self.box
        bubbles = tuple(replace(one, x=one.x + x, y=one.y + y) for one in self.bubbles)
        title = self.title[0] + x, self.title[1] + y
        return Field(self.type, bubbles, (left + x, top + y, width, height), title, self.names + x)


def scale_of(data: MapData) -> str:
    """How the overview is drawn: ``all``, ``folded`` or ``types``."""
    return next(name for name, most in SCALES if len(data.nodes) <= most)


def group_of(data: MapData) -> dict[str, tuple[str, str]]:
    """Type and country (or what stands in its place) of the group of every node but the home city."""
    groups = {node.id: (node.type, node.country) for node in data.nodes if node.id != data.home}
    sizes = Counter(group for group in groups.values() if group[1] not in (UNSTATED, SEVERAL))
    alone = sorted(sizes, key=lambda group: (-sizes[group], group))[:_ALONE]
    kept = {*alone, *((kind.name, mark) for kind in data.types for mark in (UNSTATED, SEVERAL))}
    return {id_: group if group in kept else (group[0], OTHERS) for id_, group in groups.items()}


def fields(data: MapData) -> tuple[Field, ...]:
    """Every type but the home city's with its bubbles, the largest country first; the city is at (0, 0)."""
    sizes: dict[str, Counter[str]] = defaultdict(Counter)
    for kind, country in group_of(data).values():
        sizes[kind][country] += 1
    largest = max((count for own in sizes.values() for count in own.values()), default=1)
    kinds = [kind for kind in data.ordered_types() if sizes[kind.name]]
    names = dict(data.countries)
    found = [_field(kind, sizes[kind.name], largest, names) for kind in kinds]
    if not found:
        return ()
    width = max(field.box[2] for field in found)
    heights = [field.box[3] + _GAP for field in found]
    before = next(i for i in range(len(found) + 1) if 2 * sum(heights[:i]) >= sum(heights))
    columns = _columns([*heights[:before], _CENTRE, *heights[before:]], width + _GAP)
    at = _standing(columns, width + _GAP)
    x0, y0 = at.pop(before)
    return tuple(
        replace(field, box=(*field.box[:2], width, field.box[3])).moved(
            x - x0 - width // 2, y - y0 - field.box[3] // 2
        )
        for field, (x, y) in zip(found, at, strict=True)
    )


def _columns(heights: list[int], width: int) -> list[list[int]]:
    """The heights in order, in columns: as many as give a sheet of about the form of a screen."""
    found = [
        _within(heights, most)
        for most in sorted(
            {sum(heights[i : j + 1]) for i in range(len(heights)) for j in range(i, len(heights))}
        )
        if most >= max(heights)
    ]
    return min(found, key=lambda columns: max(len(columns) * width / _WIDE, *map(sum, columns)))


def _within(heights: list[int], most: int) -> list[list[int]]:
    """The heights in order, in columns each filled up to ``most``."""
    columns: list[list[int]] = [[]]
    for height in heights:
        if columns[-1] and sum(columns[-1]) + height > most:
            columns.append([])
        columns[-1].append(height)
    return columns


def _standing(columns: list[list[int]], width: int) -> list[tuple[int, int]]:
    """The middle of everything in the columns, each of which stands round y = 0."""
    found = []
    for i, column in enumerate(columns):
        y = -sum(column) // 2
        for height in column:
            found.append((i * width, y + height // 2))
            y += height
    return found


def _field(kind: NodeType, sizes: Mapping[str, int], largest: int, names: Mapping[str, Bilingual]) -> Field:
    """A type's bubbles in rows, each with room for its name beside it."""
    last = {OTHERS: 1, SEVERAL: 2, UNSTATED: 3}
    rows = sorted(sizes, key=lambda one: (last.get(one, 0), -sizes[one], one))
    radii = {one: round(max(_SMALLEST, _LARGEST * math.sqrt(sizes[one] / largest))) for one in rows}
    widest = max(radii.values())
    title = _lines(kind.plural or kind.label, sum(sizes.values())) * LEADING
    y = _EDGE + title + _ROW
    bubbles = []
    for one in rows:
        half = max(radii[one], _lines(names.get(one, _STAND_IN), sizes[one]) * LEADING / 2)
        bubbles.append(Bubble(one, sizes[one], _EDGE + widest, round(y + half), radii[one]))
        y += math.ceil(2 * half) + _ROW
    left = 2 * _EDGE + 2 * widest
    width = left + _NAME
    return Field(kind, tuple(bubbles), (0, 0, width, y + _EDGE), (width // 2, _EDGE + title // 2), left)


def _lines(text: Bilingual, count: int) -> int:
    """In how many lines a name with its count stands at most, by language.."""
    return max(len(lines_of(f"{text.get(lang)} ({count})")) for lang in ("sv", "en"))


def lines_of(text: str) -> list[str]:
    """A name with its count as it stands on the overview: wrapped, if it is not short."""
    return [text] if len(text) <= _WHOLE else wrap(text)


def folded(data: MapData) -> tuple[MapData, Counter[str]]:
    """The map without what folds, and how many parts each node then holds."""
    into = {node.id: node.folds_into for node in data.nodes if node.folds_into in data.node_ids}
    held: Counter[str] = Counter()
    for part in into:
        whole = part
        while whole in into:  # no ring: belonging.wholes sees to that
            whole = into[whole]
        held[whole] += 1
    nodes = tuple(node for node in data.nodes if node.id not in into)
    edges = tuple(edge for edge in data.edges if edge.source not in into and edge.target not in into)
    return replace(data, nodes=nodes, edges=edges), held
