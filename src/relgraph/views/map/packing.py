"""Boxes packed into angular sectors round the centre, in rows, so that they fill a screen.

Greedy with lazy evaluation: each box takes the free place of its sector that is nearest the centre. What is
taken only grows, so a place once found too far off need not be asked for again (Minoux 1978), which keeps
thousands of boxes cheap.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ASPECT = 1.62  # screens are wide
UNIT = 15  # px a row: a line of a label
_FAR = 1e6
_AROUND = 20  # rows above and below a point in which room is sought
_WIDTHS = 20  # px; boxes of nearly the same width count as equal
_TOP = -math.pi / 2


@dataclass(frozen=True, slots=True)
class Item:
    """Something to place: ``width`` in px, ``rows`` of :data:`UNIT` px with the glyph in the first."""

    id: str
    width: int
    rows: int

    @property
    def shape(self) -> tuple[int, int]:
        """What makes two items interchangeable."""
        return -(-self.width // _WIDTHS) * _WIDTHS, self.rows


def reach(x: float, y: float) -> float:
    """How far out a point is: on a wide rounded rectangle, which fills a screen better than a circle."""
    return float(((x / ASPECT) ** 4 + y**4) ** 0.25)


def pack(
    sectors: Mapping[str, Sequence[Item]],
    *,
    clear: tuple[int, int],
    rounds: int,
    fixed: Sequence[tuple[Item, tuple[float, float]]] = (),
) -> dict[str, tuple[int, int]]:
    """The middle of each item's glyph in px; the sectors lie clockwise from the top, in their order.

    ``clear`` is half the width and height of the free room in the middle. The sectors' angles are evened out
    in ``rounds`` so that all reach about as far. What is ``fixed`` stands as near as may be to its own point,
    whatever the sectors.
    """
    shares = {name: float(sum(item.width * item.rows for item in items)) for name, items in sectors.items()}
    best: tuple[float, dict[str, tuple[int, int]]] = (math.inf, {})
    for _ in range(rounds):
        found = _pack(sectors, shares, clear, fixed)
        extents = {
            name: max((reach(*found[item.id]) for item in items), default=1.0)
            for name, items in sectors.items()
        }
        best = min(best, (max(extents.values(), default=0.0), found), key=lambda one: one[0])
        mean = sum(extents.values()) / max(1, len(extents))
        total = sum(shares.values()) or 1.0
        shares = {
            name: max(share * (extents[name] / mean) ** 1.6, total * 0.004) for name, share in shares.items()
        }
    return best[1]


def _pack(
    sectors: Mapping[str, Sequence[Item]],
    shares: Mapping[str, float],
    clear: tuple[int, int],
    fixed: Sequence[tuple[Item, tuple[float, float]]],
) -> dict[str, tuple[int, int]]:
    rows = _Rows(clear)
    found = {item.id: rows.put(item, *point) for item, point in fixed}
    area = sum(item.width * item.rows * UNIT for items in sectors.values() for item in items)
    furthest = int((math.sqrt(area) * 1.5 + 600) / UNIT)
    total = sum(shares.values()) or 1.0
    at = _TOP
    for name, items in sectors.items():
        end = at + 2 * math.pi * shares[name] / total
        wedge = _Wedge(at, end, furthest)
        heaps: dict[tuple[int, int], list[tuple[float, int, float, float, float]]] = {}
        for item in items:
            width, height = item.shape
            heap = heaps.setdefault(item.shape, list(wedge.rows))
            while True:
                bound, unit, low, high, _ = heap[0]
                x = rows.nearest(unit, height, low, high, width)
                if x is None:
                    heapq.heappop(heap)
                    continue
                off = reach(x, _glyph(unit))
                if off <= bound + 1e-9:
                    break
                heapq.heapreplace(heap, (off, unit, low, high, x))
            rows.take(unit, height, x, width)
            found[item.id] = round(x), _glyph(unit)
        at = end
    return found


def _glyph(unit: int) -> int:
    return unit * UNIT + 11


class _Wedge:
    """The rows of a sector: (least reach, row, from x, to x, -), as a heap."""

    def __init__(self, start: float, end: float, furthest: int) -> None:
        self.rows: list[tuple[float, int, float, float, float]] = []
        for unit in range(-furthest, furthest):
            for low, high in _interval(_glyph(unit), start, end):
                x = min(max(0.0, low), high)
                self.rows.append((reach(x, _glyph(unit)), unit, low, high, x))
        heapq.heapify(self.rows)


def _interval(y: float, start: float, end: float) -> list[tuple[float, float]]:
    """The stretches of the line at ``y`` whose angle lies between ``start`` and ``end`` (-π/2 to 3π/2)."""
    quarters = [(0.0, math.pi)] if y > 0 else [(_TOP, 0.0), (math.pi, 1.5 * math.pi)]
    found = []
    for first, last in quarters:
        low, high = max(start, first), min(end, last)
        if low < high:
            ends = sorted((_x(y, low), _x(y, high)))
            found.append((ends[0], ends[1]))
    return found


def _x(y: float, angle: float) -> float:
    sine, cosine = math.sin(angle), math.cos(angle)
    if abs(sine) < 1e-9:
        return math.copysign(_FAR, cosine)
    return min(max(ASPECT * y * cosine / sine, -_FAR), _FAR)


class _Rows:
    """The stretches of each row that are taken, sorted."""

    def __init__(self, clear: tuple[int, int]) -> None:
        self._taken: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
        half, high = clear
        for unit in range(-high // UNIT, high // UNIT + 1):
            across = half * math.sqrt(max(0.0, 1 - (unit * UNIT / high) ** 2))
            self._taken[unit].append((-across, across))

    def take(self, unit: int, height: int, x: float, width: float) -> None:
        for row in range(unit, unit + height):
            insort(self._taken[row], (x - width / 2, x + width / 2))

    def put(self, item: Item, x: float, y: float) -> tuple[int, int]:
        """Take the free room nearest to a point."""
        width, height = item.shape
        middle = round((y - _glyph(0)) / UNIT)
        units = range(middle - _AROUND, middle + _AROUND + 1)
        _, unit, free = min(
            (math.hypot(free - x, _glyph(unit) - y), unit, free)
            for unit in units
            for free in (self._walk(unit, height, x, width, 1), self._walk(unit, height, x, width, -1))
        )
        self.take(unit, height, free, width)
        return round(free), _glyph(unit)

    def nearest(self, unit: int, height: int, low: float, high: float, width: float) -> float | None:
        """The x between ``low`` and ``high`` nearest 0 where a box is free; None where there is none."""
        start = min(max(0.0, low), high)
        found = [
            x
            for x in (self._walk(unit, height, start, width, 1), self._walk(unit, height, start, width, -1))
            if low <= x <= high
        ]
        return min(found, key=lambda x: (abs(x), x), default=None)

    def _walk(self, unit: int, height: int, x: float, width: float, way: int) -> float:
        """From ``x`` in one direction to the first place where a box is free."""
        moved = True
        while moved:
            moved = False
            for row in range(unit, unit + height):
                taken = self._taken.get(row)
                if not taken:
                    continue
                left, right = x - width / 2 + 1e-6, x + width / 2 - 1e-6
                i = bisect_left(taken, (right, -_FAR)) - 1
                if way < 0:
                    while i >= 0 and taken[i][1] > left:
                        x = taken[i][0] - width / 2
                        left, moved = x - width / 2 + 1e-6, True
                        i -= 1
                    continue
                # what is taken does not overlap itself, so the first that reaches beyond `left` is near
                while i > 0 and taken[i - 1][1] > left:
                    i -= 1
                while 0 <= i < len(taken) and taken[i][0] < x + width / 2 - 1e-6:
                    if taken[i][1] > x - width / 2 + 1e-6:
                        x, moved = taken[i][1] + width / 2, True
                    i += 1
        return x
