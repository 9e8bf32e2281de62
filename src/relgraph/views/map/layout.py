"""Where every node stands: the city in the centre, one sector a type, nothing on top of anything.

Agreements and relationships of several parties stand between these, wherever there is room. The same data
give the same integers on every machine. Positions once given are an input of the next layout
(``graph/layout.csv``): they are kept, and only new nodes are placed, so that the map stays recognisable.
"""

from __future__ import annotations

import csv
import io
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from types import MappingProxyType

from relgraph.errors import UsageError
from relgraph.views.map.boxes import GLYPH, HOME, LEADING, SHOWN, Box, Plane, label_size, rects
from relgraph.views.map.data import MapData, MapNode
from relgraph.views.map.packing import ASPECT, UNIT, Item, pack

_CLEAR = 150, 72  # px, half the room round the city
_GAP = 12  # px between two labels
_HUBS = 15  # of the best connected, whose names are to be read where the whole is shown small
_FEW = 40  # nodes; up to then relationships of several parties are named too
_LABELLED = 1500  # nodes; on larger maps no overview shows all labels, and none gets room
_SWEEPS = 12
_WINDOW = 40  # how many of its peers a node may change places with


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


def place(data: MapData, previous: Layout | None = None, *, centre: str = "") -> Layout:
    """A position for every node of ``data``: those in ``previous`` kept, new ones where there is room.

    ``centre`` is the party in the middle, by default the home city.
    """
    middle = centre or data.home
    known = previous.positions if previous else {}
    nodes = sorted(data.nodes, key=lambda n: n.id)
    positions = {node.id: known[node.id] for node in nodes if node.id in known}
    if middle in data.node_ids:
        positions.setdefault(middle, (0, 0))
    between = standing_between(data)
    if not positions.keys() - {middle}:
        positions |= _place_sectors(data, [n for n in nodes if n.id != middle], middle)
    plane = Plane()
    kinds = {node.id: node for node in nodes}
    like: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for id_ in positions:
        plane.take(_room(data, kinds[id_], *positions[id_]))
        like[kinds[id_].type].append(positions[id_])
    new = [node for node in nodes if node.id not in positions]
    ends = _ends(data, {node.id for node in new})
    for node in sorted(new, key=lambda n: (n.id in between, n.type in data.joint_types, n.id)):
        # what has no name of its own keeps out of the crowd round the middle
        parties = ends[node.id] - {middle} if node.type in data.joint_types else ends[node.id]
        near = [positions[end] for end in sorted(parties) if end in positions]
        aim = near if node.id in between else like[node.type] or near
        positions[node.id] = _beside(data, node, aim or [(0, 2 * _CLEAR[1])], plane)
        plane.take(_room(data, node, *positions[node.id]))
        like[node.type].append(positions[node.id])
    return Layout(MappingProxyType(dict(sorted(positions.items()))))


def _room(data: MapData, node: MapNode, x: int, y: int) -> tuple[Box, ...]:
    bare = node.type in data.joint_types and len(data.nodes) > _FEW
    boxes = rects(node, x, y, home=node.id == data.home, joint=bare)
    return boxes[:1] if len(data.nodes) > _LABELLED else boxes


def _place_sectors(data: MapData, nodes: list[MapNode], middle: str) -> dict[str, tuple[int, int]]:
    """Place ``nodes`` afresh, each in the sector of its type, the best connected nearest the city.

    Agreements get room between their parties.
    """
    large = len(data.nodes) > _LABELLED
    degree: Counter[str] = Counter(end for edge in data.edges for end in (edge.source, edge.target))
    ranked = sorted(nodes, key=lambda n: (-degree[n.id], n.id))
    between = standing_between(data)
    hubs = {node.id for node in [n for n in ranked if n.id not in between][:_HUBS]}

    def item(node: MapNode, factor: float = 1.0) -> Item:
        width, lines = (0, 0) if large else label_size(node)
        height = 2 * (HOME if node.id == data.home else GLYPH) + factor * lines * LEADING + 4
        room = max(factor * width, 2 * GLYPH + 8) + _GAP
        return Item(node.id, round(room), math.ceil(height / UNIT))

    def packed(
        shrunk: float, fixed: Sequence[tuple[Item, tuple[float, float]]]
    ) -> dict[str, tuple[int, int]]:
        sectors: dict[str, list[Item]] = {t.name: [] for t in data.ordered_types()}
        for node in ranked:
            if node.id not in between:
                sectors[node.type].append(item(node, shrunk if node.id in hubs else 1.0))
        sectors = {name: items for name, items in sectors.items() if items}
        found = pack(sectors, clear=_CLEAR, rounds=2 if large else 10, fixed=fixed)
        _shorten(data, sectors, found, middle)
        return found

    found = packed(1.0, ())
    if large or not found:
        return found
    # letters keep their size where the whole is shown smaller: the foremost names get room for that
    spans = [max(at) - min(at) for at in zip(*found.values(), strict=True)]
    shrunk = max(1.0, *(span / shown for span, shown in zip(spans, SHOWN, strict=True)))
    at = {**found, middle: (0, 0)}
    ends = _ends(data, between)
    fixed = []
    for node in ranked:
        if node.id in between and node.type not in data.joint_types:
            parties = [at[end] for end in sorted(ends[node.id]) if end in at]
            if parties:
                fixed.append((item(node), (_mean(parties, 0), _mean(parties, 1))))
    return packed(shrunk, fixed)


def standing_between(data: MapData) -> set[str]:
    """The nodes that have no sector: agreements with two parties or more, and what has no name of its own.

    Of a large map the very many agreements have one.
    """
    bare = {node.id for node in data.nodes if node.type in data.joint_types}
    if len(data.nodes) > _LABELLED:
        return bare
    relations = {node.id for node in data.nodes if node.type in data.relation_types}
    ends = _ends(data, relations)
    return bare | {id_ for id_ in relations if len(ends[id_]) > 1}


def _mean(points: Sequence[tuple[int, int]], axis: int) -> float:
    return sum(point[axis] for point in points) / len(points)


def _shorten(
    data: MapData, sectors: Mapping[str, list[Item]], positions: dict[str, tuple[int, int]], middle: str
) -> None:
    """Let nodes of one type and size change places wherever that shortens the lines."""
    pulls = _pulls(data, middle)
    at = {**positions, middle: (0, 0)}

    def length(one: str, x: int, y: int, but: str) -> float:
        return sum(w * math.hypot(at[o][0] - x, at[o][1] - y) for o, w in pulls[one] if o in at and o != but)

    peers: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for name, items in sectors.items():
        for item in items:
            peers[name, *item.shape].append(item.id)
    for _ in range(_SWEEPS if len(positions) <= _LABELLED else 1):
        moved = False
        for group in peers.values():
            for i, a in enumerate(group):
                for b in group[i + 1 : i + 1 + _WINDOW]:
                    p, q = at[a], at[b]
                    now = length(a, *p, b) + length(b, *q, a)
                    then = length(a, *q, b) + length(b, *p, a)
                    if then < now - 1e-6:
                        at[a], at[b], moved = q, p, True
        if not moved:
            break
    positions.update((name, at[name]) for name in positions)


def _pulls(data: MapData, middle: str) -> dict[str, list[tuple[str, float]]]:
    """What draws each node: its neighbours, and through a relationship of several parties the other ones."""
    joint = {node.id for node in data.nodes if node.type in data.joint_types}
    parties: dict[str, list[str]] = defaultdict(list)
    found: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))

    def join(a: str, b: str, weight: float) -> None:
        found[a][b] += weight
        found[b][a] += weight

    for edge in sorted(data.edges, key=lambda e: e.id):
        ends = sorted({edge.source, edge.target})
        if len(ends) == 2 and not joint.intersection(ends):
            # towards the middle everything is drawn anyway
            join(ends[0], ends[1], 0.6 if middle in ends else 1.0)
        for id_ in joint.intersection(ends):
            parties[id_] += [end for end in ends if end != id_]
    for _, several in sorted(parties.items()):
        for a, b in combinations(sorted(set(several)), 2):
            join(a, b, 1.0 / (len(set(several)) - 1))
    return {node.id: sorted(found[node.id].items()) for node in data.nodes}


def _ends(data: MapData, ids: set[str]) -> dict[str, set[str]]:
    """What lines join to each of ``ids``, itself left out."""
    found: dict[str, set[str]] = {id_: set() for id_ in ids}
    for edge in data.edges:
        for own, other in ((edge.source, edge.target), (edge.target, edge.source)):
            if own in ids and own != other:
                found[own].add(other)
    return found


def _beside(data: MapData, node: MapNode, aim: Sequence[tuple[int, int]], plane: Plane) -> tuple[int, int]:
    """The free room nearest to the middle of ``aim``: others of its type, or those whom it joins."""
    x, y = _mean(aim, 0), _mean(aim, 1)
    half = _GAP / 2
    room = [(left - half, top, right + half, low) for left, top, right, low in _room(data, node, 0, 0)]
    # of a large map, whose sectors are dense and wide, rings further out and their places stand further apart
    large = len(data.nodes) > _LABELLED
    radius = 0
    while True:
        for across, down in _ring(radius, 8 if large else 3):
            at = round(x + across), round(y + down)
            if math.hypot(at[0] / 2, at[1]) > _CLEAR[1] and plane.free(room, *at):
                return at
        radius += max(8, radius // 8) if large else 8


@lru_cache(maxsize=4096)
def _ring(radius: int, apart: int) -> tuple[tuple[float, float], ...]:
    """Places round a point; asked again for every node, for a large map by the thousand."""
    count = max(1, radius // apart)
    angles = [2 * math.pi * i / count for i in range(count)]
    return tuple((ASPECT * radius * math.cos(angle), radius * math.sin(angle)) for angle in angles)
