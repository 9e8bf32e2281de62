"""Where every node stands: the city in the centre, one sector a type, nothing on top of anything.

The same data give the same integers on every machine. Positions once given are an input of the next layout
(``graph/layout.csv``): they are kept, and only new nodes are placed, so that the map stays recognisable.
"""

from __future__ import annotations

import csv
import io
import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from relgraph.errors import UsageError
from relgraph.views.map.boxes import Plane, size
from relgraph.views.map.data import MapData, MapNode

_ASPECT = 1.7  # screens are wide
_INNER = 95  # px from the city to the first ring
_RING = 15
_SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Layout:
    """Positions in px by node id, the city at or near (0, 0), y downwards."""

    positions: Mapping[str, tuple[int, int]] = field(default_factory=lambda: MappingProxyType({}))


def read_layout(text: str) -> Layout:
    """The layout in ``text`` (CSV with the header ``id,x,y``).

    Raises UsageError, naming the line, on any other header, a number that is not whole, or a repeated id.
    """
    rows = csv.reader(io.StringIO(text))
    header = next(rows, None)
    if header is None:
        return Layout()
    if header != ["id", "x", "y"]:
        raise UsageError("layout.csv, line 1: the header must be id,x,y")
    positions: dict[str, tuple[int, int]] = {}
    for row in rows:
        where = f"layout.csv, line {rows.line_num}"
        try:
            name, x, y = row
            position = int(x), int(y)
        except ValueError:
            hint = "delete the line: the node is then placed anew"
            raise UsageError(f"{where}: expected an id and two whole numbers", hint=hint) from None
        if name in positions:
            raise UsageError(f"{where}: {name!r} occurs twice")
        positions[name] = position
    return Layout(MappingProxyType(positions))


def write_layout(layout: Layout) -> str:
    """``layout`` as CSV, sorted by id, lines ended by a single newline."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", "x", "y"])
    writer.writerows([name, x, y] for name, (x, y) in sorted(layout.positions.items()))
    return out.getvalue()


def place(data: MapData, previous: Layout | None = None) -> Layout:
    """A position for every node of ``data``: those in ``previous`` kept, new ones where there is room."""
    known = previous.positions if previous else {}
    plane = Plane()
    positions: dict[str, tuple[int, int]] = {}
    nodes = sorted(data.nodes, key=lambda n: n.id)
    for node in nodes:
        if node.id in known:
            positions[node.id] = known[node.id]
        elif node.id == data.home:
            positions[node.id] = (0, 0)
        else:
            continue
        plane.take(*positions[node.id], *size(node, home=node.id == data.home))
    kept = {name for name in positions if name != data.home}
    new = [node for node in nodes if node.id not in positions]
    if not kept:
        positions |= _place_sectors(data, new, plane)
    else:
        _place_beside(data, new, positions, plane)
    return Layout(MappingProxyType(dict(sorted(positions.items()))))


def _place_sectors(data: MapData, nodes: list[MapNode], plane: Plane) -> dict[str, tuple[int, int]]:
    """Place all ``nodes`` afresh, each in the sector of its type, the best connected nearest the city."""
    neighbours = _neighbours(data)
    sectors = _sectors(data, nodes)
    ideal = _barycentre(data, nodes, neighbours, sectors)
    positions: dict[str, tuple[int, int]] = {}
    for node in sorted(nodes, key=lambda n: (-len(neighbours[n.id]), ideal[n.id], n.id)):
        positions[node.id] = _nearest_in_sector(ideal[node.id], sectors[node.type], size(node), plane)
        plane.take(*positions[node.id], *size(node))
    return positions


def _neighbours(data: MapData) -> dict[str, list[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for edge in data.edges:
        if edge.source != edge.target:
            found[edge.source].add(edge.target)
            found[edge.target].add(edge.source)
    return {node.id: sorted(found[node.id]) for node in data.nodes}


def _sectors(data: MapData, nodes: list[MapNode]) -> dict[str, tuple[float, float]]:
    """The angles of each type, clockwise from the top, as wide as the room its nodes need."""
    area: dict[str, float] = defaultdict(float)
    for node in nodes:
        width, height = size(node)
        area[node.type] += width * height
    total = sum(area.values()) or 1.0
    names = [t.name for t in data.ordered_types() if t.name in area]
    shares = [max(area[name] / total, 0.035) for name in names]
    sectors: dict[str, tuple[float, float]] = {}
    at = -math.pi / 2
    for name, share in zip(names, shares, strict=True):
        angle = 2 * math.pi * share / sum(shares)
        sectors[name] = (at, at + angle)
        at += angle
    return sectors


def _barycentre(
    data: MapData,
    nodes: list[MapNode],
    neighbours: dict[str, list[str]],
    sectors: dict[str, tuple[float, float]],
) -> dict[str, float]:
    """An angle for every node within its sector, in an order that keeps lines between sectors short."""
    members: dict[str, list[str]] = defaultdict(list)
    for node in nodes:
        members[node.type].append(node.id)
    angle: dict[str, float] = {}

    def spread(name: str) -> None:
        start, end = sectors[name]
        count = len(members[name])
        for i, one in enumerate(members[name]):
            angle[one] = start + (i + 0.5) / count * (end - start)

    for name in sectors:
        spread(name)
    for _ in range(_SWEEPS):
        for name, (start, end) in sectors.items():
            middle = (start + end) / 2
            pull: dict[str, float] = {}
            for one in members[name]:
                ends = [angle[other] for other in neighbours[one] if other in angle]
                x, y = sum(math.cos(a) for a in ends), sum(math.sin(a) for a in ends)
                off = math.remainder(math.atan2(y, x) - middle, 2 * math.pi) if ends else angle[one] - middle
                pull[one] = round(off, 6)
            members[name].sort(key=lambda one: (pull[one], one))
            spread(name)
    return angle


def _point(angle: float, radius: float) -> tuple[int, int]:
    """The point at ``angle`` on a wide rounded rectangle: it fills a screen better than a circle."""
    c, s = math.cos(angle), math.sin(angle)
    scale = radius / (c**4 + s**4) ** 0.25
    return round(c * scale * _ASPECT), round(s * scale)


def _nearest_in_sector(
    ideal: float, sector: tuple[float, float], room: tuple[int, int], plane: Plane
) -> tuple[int, int]:
    """The free place in the sector that is nearest the city without straying far from the ideal angle."""
    start, end = sector
    margin = min(0.06, (end - start) / 4)
    best: tuple[float, tuple[int, int]] | None = None
    radius = float(_INNER)
    while best is None or radius < best[0]:
        for angle in _outwards(ideal, 22 / radius, start + margin, end - margin):
            score = radius + 0.35 * abs(angle - ideal) * radius
            if best is not None and score >= best[0]:
                break
            x, y = _point(angle, radius)
            if plane.free(x, y, *room):
                best = (score, (x, y))
                break
        radius += _RING
    return best[1]


def _outwards(ideal: float, step: float, low: float, high: float) -> list[float]:
    """Angles between ``low`` and ``high``, those nearest ``ideal`` first."""
    ideal = min(max(ideal, low), high)
    found = [ideal]
    for i in range(1, int((high - low) / step) + 2):
        found += [a for a in (ideal + i * step, ideal - i * step) if low <= a <= high]
    return found


def _place_beside(
    data: MapData, nodes: list[MapNode], positions: dict[str, tuple[int, int]], plane: Plane
) -> None:
    """Place each new node in the free room nearest to others of its type, or else to its neighbours."""
    kind = {node.id: node.type for node in data.nodes}
    neighbours = _neighbours(data)
    for node in nodes:
        like = [p for name, p in sorted(positions.items()) if kind[name] == node.type and name != data.home]
        near = [positions[n] for n in neighbours[node.id] if n in positions and n != data.home]
        aim = like or near or [(0, _INNER)]
        middle = sum(p[0] for p in aim) / len(aim), sum(p[1] for p in aim) / len(aim)
        positions[node.id] = _spiral(middle, size(node), plane)
        plane.take(*positions[node.id], *size(node))


def _spiral(middle: tuple[float, float], room: tuple[int, int], plane: Plane) -> tuple[int, int]:
    """The first free place on rings round ``middle``."""
    x, y = middle
    radius = 0
    while True:
        count = max(1, radius // 4)
        for i in range(count):
            angle = 2 * math.pi * i / count
            at = round(x + _ASPECT * radius * math.cos(angle)), round(y + radius * math.sin(angle))
            if plane.free(*at, *room):
                return at
        radius += 16
