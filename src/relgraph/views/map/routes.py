"""Where the lines of a picture run, and where on them there is room."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from itertools import pairwise

from relgraph.views.map.boxes import Plane

# parts of a line where a sign may stand, from the end with more lines, since they lie apart towards the other
SIGNS = tuple(part / 50 for part in sorted(range(11, 43), key=lambda part: abs(part - 35)))

# how far a line may bend round what stands in its way, and how far off it then passes
DETOURS = (0.0, 0.12, -0.12, 0.2, -0.2, 0.3, -0.3)
CLEAR = 3  # px


def between(a: tuple[float, float], b: tuple[float, float], part: float) -> tuple[float, float]:
    """The point at a part of the straight way between two."""
    return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part


def along(route: list[tuple[float, float]], part: float) -> tuple[float, float]:
    """The point at a part of a line's way (0 to 1), counted in its pieces."""
    i = part * (len(route) - 1)
    return between(route[int(i)], route[min(int(i) + 1, len(route) - 1)], i - int(i))


def free(
    route: list[tuple[float, float]], size: tuple[float, float], plane: Plane, parts: Iterable[float]
) -> tuple[float, float] | None:
    """The first of some points on a line with free room for a box of ``size``, which is taken."""
    for part in parts:
        x, y = along(route, part)
        box = (x - size[0] / 2, y - size[1] / 2, x + size[0] / 2, y + size[1] / 2)
        if plane.free([box]):
            plane.take([box])
            return x, y
    return None


def route(a: tuple[float, float], b: tuple[float, float], bend: float) -> list[tuple[float, float]]:
    """From one node to another: straight, bent to one side, or a loop back to itself."""
    if a == b:
        return [
            (a[0] + 16 + 16 * math.cos(t * math.pi / 8), a[1] - 16 + 16 * math.sin(t * math.pi / 8))
            for t in range(17)
        ]
    if not bend:
        return [a, b]
    middle = between(a, b, 0.5)
    way = middle[0] - (b[1] - a[1]) * bend, middle[1] + (b[0] - a[0]) * bend
    parts = (t / 12 for t in range(13))
    return [between(between(a, way, t), between(way, b, t), t) for t in parts]


def detour(
    a: tuple[float, float], b: tuple[float, float], glyphs: Collection[tuple[float, float, float]]
) -> float:
    """How far a line bends so that it runs through none of some glyphs (middle, radius): the least that does.

    Straight where nothing stands in its way, and where no bend would help.
    """
    for bend in DETOURS:
        way = route(a, b, bend)
        if not any(_off(way, (x, y)) < r + CLEAR for x, y, r in glyphs):
            return bend
    return 0.0


def _off(way: list[tuple[float, float]], point: tuple[float, float]) -> float:
    """How far a point is from a line."""
    return min(_from_piece(a, b, point) for a, b in pairwise(way))


def _from_piece(a: tuple[float, float], b: tuple[float, float], point: tuple[float, float]) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    part = ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length if length else 0.0
    return math.dist(between(a, b, min(1.0, max(0.0, part))), point)
