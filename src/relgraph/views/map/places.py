"""The second arrangement: what has coordinates on an outline of the land, the rest beside it.

The projection is azimuthal and logarithmic, centred on the home city: directions from it are true, distances
are compressed, so that neighbours stand apart and other continents still fit (T. Hägerstrand, *Migration and
Area*, Lund 1957). A relationship's own node is no place: it stands between its located parties, set aside
from the straight ways between these, on which other lines run.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path

from relgraph.views.map.boxes import GLYPH, HOME, JOINT, Plane
from relgraph.views.map.data import MapData
from relgraph.views.map.tray import Point, tray

RADIUS = 520  # px of the circle that is drawn
_EARTH = 6371.0  # km, the mean radius
_BEND = 600.0  # km; distances well below are shown in proportion, those well above by their logarithm
_LEAST = 1500.0  # km shown round the centre, however near all places are
_CIRCLES = (100, 250, 500, 1000, 2500, 5000, 10000)
_ASIDE = 20, 0.09  # px from a way between two parties at least, and at least in parts of that
_FEW = 4  # parties
_LAND = Path(__file__).parent / "land.json"


@dataclass(frozen=True, slots=True)
class Places:
    """Positions in px by node id; the circle shown has its middle at (0, 0) and :data:`RADIUS`.

    ``land`` holds rings to be filled by the even-odd rule within the circle, ``circles`` distances in km with
    their radius in px, ``tray`` the room (left, top, width, height) of what has no coordinates, ``headings``
    where the name of each type stands in it.
    """

    positions: Mapping[str, Point]
    land: tuple[tuple[Point, ...], ...]
    circles: tuple[tuple[int, int], ...]
    tray: tuple[int, int, int, int]
    headings: tuple[tuple[str, Point], ...]


def arrange(data: MapData) -> Places | None:
    """Every node by its place; None if no node but the home city has coordinates."""
    located = {node.id: node.place for node in data.nodes if node.place is not None}
    if not located.keys() - {data.home}:
        return None
    projection = _Projection.of(located.get(data.home), list(located.values()))
    positions = _spread(data, {id_: projection(*place) for id_, place in located.items()})
    waiting = [node for node in data.nodes if node.id not in positions]
    box, slots, headings = tray(data, waiting, RADIUS)
    circles = tuple((km, round(projection.radius(km))) for km in _CIRCLES if km < projection.furthest)
    return Places(
        dict(sorted({**positions, **slots}.items())),
        tuple(projection.rings()),
        circles,
        box,
        headings,
    )


@dataclass(frozen=True, slots=True)
class _Projection:
    """From latitude and longitude to px round the centre."""

    latitude: float
    longitude: float
    furthest: float

    @classmethod
    def of(cls, home: tuple[float, float] | None, places: list[tuple[float, float]]) -> _Projection:
        """Centred on the home city, or on the middle of all places; as far as the furthest of them."""
        if home is None:
            vectors = [_vector(*place) for place in sorted(places)]
            x, y, z = (sum(v[i] for v in vectors) for i in range(3))
            home = math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))
        centred = cls(*home, 0.0)
        furthest = max(centred.polar(*place)[0] for place in places)
        return cls(*home, min(max(furthest * 1.12, _LEAST), math.pi * _EARTH))

    def polar(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Distance in km on the sphere, and bearing clockwise from north in radians."""
        a, b = math.radians(self.latitude), math.radians(latitude)
        turn = math.radians(longitude - self.longitude)
        x = math.sin(turn) * math.cos(b)
        y = math.cos(a) * math.sin(b) - math.sin(a) * math.cos(b) * math.cos(turn)
        z = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(turn)
        return math.atan2(math.hypot(x, y), z) * _EARTH, math.atan2(x, y)

    def radius(self, km: float) -> float:
        """Px from the centre for a distance."""
        return RADIUS * math.log1p(km / _BEND) / math.log1p(self.furthest / _BEND)

    def __call__(self, latitude: float, longitude: float) -> Point:
        km, bearing = self.polar(latitude, longitude)
        off = self.radius(km)
        return round(off * math.sin(bearing)), round(-off * math.cos(bearing))

    def rings(self) -> Iterator[tuple[Point, ...]]:
        """The outline of the land within the circle; what lies beyond is drawn in to just outside it."""
        rim = RADIUS * 1.06
        whole = tuple(
            (round(rim * math.sin(a * math.pi / 18)), round(-rim * math.cos(a * math.pi / 18)))
            for a in range(36)
        )
        for ring in _land():
            points: list[Point] = []
            inside = False
            turns = 0.0
            polar = [self.polar(latitude, longitude) for longitude, latitude in ring]
            for (km, bearing), (_, after) in pairwise([*polar, polar[0]]):
                off = self.radius(km)
                inside = inside or off < rim
                off = min(off, rim)
                point = round(off * math.sin(bearing)), round(-off * math.cos(bearing))
                if not points or points[-1] != point:
                    points.append(point)
                turns += math.remainder(after - bearing, 2 * math.pi)
            if not inside or len(points) < 3:
                continue
            yield tuple(points)
            # land that goes round the centre without holding it holds the point opposite
            if abs(turns) > math.pi and not _holds(ring, self.longitude, self.latitude):
                yield whole


def _vector(latitude: float, longitude: float) -> tuple[float, float, float]:
    a, b = math.radians(latitude), math.radians(longitude)
    return math.cos(a) * math.cos(b), math.cos(a) * math.sin(b), math.sin(a)


def _land() -> list[list[tuple[float, float]]]:
    """Rings of longitude and latitude in degrees, from ``land.json`` (see ``tools/outline.py``)."""
    rings = []
    for flat in json.loads(_LAND.read_text(encoding="utf-8")):
        x = y = 0
        ring = []
        for i in range(0, len(flat), 2):
            x, y = x + flat[i], y + flat[i + 1]
            ring.append((x / 10, y / 10))
        rings.append(ring)
    return rings


def _holds(ring: list[tuple[float, float]], x: float, y: float) -> bool:
    """Whether a point lies in a ring on the plane (crossings of a ray)."""
    return (
        sum(
            (b > y) != (d > y) and x < a + (y - b) / (d - b) * (c - a)
            for (a, b), (c, d) in pairwise([*ring, ring[0]])
        )
        % 2
        == 1
    )


def _spread(data: MapData, wanted: Mapping[str, Point]) -> dict[str, Point]:
    """Each located node at the free place nearest its own; places themselves first, then by relations."""
    degree = Counter(end for edge in data.edges for end in (edge.source, edge.target))
    kinds = {node.id: node for node in data.nodes}
    plane = Plane()
    found: dict[str, Point] = {}
    # how far from a point room of a size was found at last: nearer there is none any more
    reached: dict[tuple[float, float, int], int] = {}

    def put(id_: str, x: float, y: float, radius: int, ways: Collection[tuple[Point, Point]] = ()) -> None:
        off = reached.get((x, y, radius), 0)
        while id_ not in found:
            count = max(1, round(off / 3))
            for i in range(count):
                angle = 2 * math.pi * i / count - math.pi / 2
                at = round(x + off * math.cos(angle)), round(y + off * math.sin(angle))
                box = (at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius)
                if plane.free([box]) and all(_aside(at, *way) for way in ways):
                    plane.take([box])
                    found[id_] = at
                    reached[x, y, radius] = off
                    break
            off += 4

    for id_ in sorted(wanted, key=lambda one: (one != data.home, kinds[one].inherits, -degree[one], one)):
        put(id_, *wanted[id_], HOME if id_ == data.home else GLYPH + 2)
    relations = {kind.name for kind in data.types if kind.relation}
    parties: dict[str, set[str]] = defaultdict(set)
    for edge in data.edges:
        for own, other in ((edge.source, edge.target), (edge.target, edge.source)):
            if kinds[own].type in relations and other in wanted:
                parties[own].add(other)
    for id_, several in sorted(parties.items()):
        ends = sorted({found[one] for one in several})
        if id_ not in found and len(ends) > 1:
            x, y = (sum(end[i] for end in ends) / len(ends) for i in (0, 1))
            # among very many ways no place is aside from all
            put(id_, x, y, JOINT + 2, list(combinations(ends, 2)) if len(ends) <= _FEW else ())
    return found


def _aside(point: Point, a: Point, b: Point) -> bool:
    """Whether a point is far enough from the straight way between two for its own lines to stand apart."""
    length = math.dist(a, b)
    part = ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / length**2
    nearest = [a[i] + (b[i] - a[i]) * min(max(part, 0.0), 1.0) for i in (0, 1)]
    return math.dist(point, nearest) >= max(_ASIDE[0], _ASIDE[1] * length)
