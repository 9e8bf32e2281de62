"""The faint ground behind each sector: the convex hulls of its nodes, and where its name stands."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from relgraph.views.map.boxes import Box, Plane, rects
from relgraph.views.map.data import MapData, NodeType
from relgraph.views.map.layout import Layout, standing_between

#: px round the nodes
PADDING = 14
_APART = 300  # px; a node further off than this from all others of its type stands on ground of its own
_CHARACTER = 13  # px of a heading's character, drawn large enough for a map that is shown at half its size
_LEADING = 30


@dataclass(frozen=True, slots=True)
class Ground:
    """One type's polygons (integer corners, clockwise), and the middle of its name."""

    type: NodeType
    polygons: tuple[tuple[tuple[int, int], ...], ...]
    heading: tuple[int, int]


def grounds(data: MapData, layout: Layout) -> tuple[Ground, ...]:
    """The ground of every type that has a sector, in the order of the legend."""
    boxes: dict[str, list[tuple[Box, ...]]] = defaultdict(list)
    plane = Plane()
    between = standing_between(data)
    for node in sorted(data.nodes, key=lambda n: n.id):
        joint = node.type in data.joint_types
        home = node.id == data.home
        room = rects(node, *layout.positions[node.id], home=home, joint=joint)
        plane.take(room)
        if not (home or node.id in between):
            boxes[node.type].append(room)
    found = []
    for kind in data.ordered_types():
        if not boxes[kind.name]:
            continue
        parts = _parts(boxes[kind.name])
        polygons = [
            _hull(corner for room in part for box in room for corner in _corners(box)) for part in parts
        ]
        largest = max(range(len(parts)), key=lambda i: (len(parts[i]), -i))
        words = [(kind.plural or kind.label).get(lang) for lang in ("sv", "en")]
        lines = max(-(-len(word) // 20) for word in words)
        width = min(20, max(len(word) for word in words)) * _CHARACTER
        heading = _outside(polygons[largest], width, lines * _LEADING, plane)
        found.append(Ground(kind, tuple(tuple(polygon) for polygon in polygons), heading))
    return tuple(found)


def _corners(box: Box) -> list[tuple[int, int]]:
    left, top, right, bottom = (round(side) for side in box)
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _parts(rooms: list[tuple[Box, ...]]) -> list[list[tuple[Box, ...]]]:
    """The rooms in groups that lie apart: cells of :data:`_APART` px that touch belong together."""
    cells: dict[tuple[int, int], list[tuple[Box, ...]]] = defaultdict(list)
    for room in rooms:
        left, top, right, bottom = room[0]
        cells[int((left + right) / 2 // _APART), int((top + bottom) / 2 // _APART)].append(room)
    parts: list[list[tuple[Box, ...]]] = []
    while cells:
        waiting = [min(cells)]
        part: list[tuple[Box, ...]] = []
        while waiting:
            i, j = waiting.pop()
            part += cells.pop((i, j), [])
            waiting += [(a, b) for a in (i - 1, i, i + 1) for b in (j - 1, j, j + 1) if (a, b) in cells]
        parts.append(part)
    return parts


def _hull(points: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The convex hull (Andrew's monotone chain, 1979)."""
    ordered = sorted(set(points))
    half: list[list[tuple[int, int]]] = []
    for way in (ordered, ordered[::-1]):
        chain: list[tuple[int, int]] = []
        for x, y in way:
            while len(chain) > 1 and (
                (chain[-1][0] - chain[-2][0]) * (y - chain[-2][1])
                <= (chain[-1][1] - chain[-2][1]) * (x - chain[-2][0])
            ):
                chain.pop()
            chain.append((x, y))
        half.append(chain[:-1])
    return half[0] + half[1]


def _outside(polygon: list[tuple[int, int]], width: float, height: float, plane: Plane) -> tuple[int, int]:
    """Free room for a name, beside the outer edge of a polygon; it is taken."""
    middle = [sum(p[i] for p in polygon) / len(polygon) for i in (0, 1)]
    off = math.hypot(*middle) or 1.0
    way = middle[0] / off, middle[1] / off
    tip = max(polygon, key=lambda p: (p[0] * way[0] + p[1] * way[1], p))
    x, y = (tip[0] + middle[0]) / 2 + way[0] * 60, (tip[1] + middle[1]) / 2 + way[1] * 40
    radius = 0
    while True:
        for i in range(max(1, radius // 4)):
            angle = 2 * math.pi * i / max(1, radius // 4)
            at = round(x + 1.4 * radius * math.cos(angle)), round(y + radius * math.sin(angle))
            box = (at[0] - width / 2, at[1] - height / 2, at[0] + width / 2, at[1] + height / 2)
            if plane.free([box]):
                plane.take([box])
                return at
        radius += 10
