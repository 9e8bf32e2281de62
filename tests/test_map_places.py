"""The map by places: where things are, what they are drawn on, and what waits beside it."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations

import pytest
from map_city import city, slug
from running import ROOT

from relgraph.lookup import Lookup
from relgraph.namespaces import RG
from relgraph.project import find_project
from relgraph.views.map import MapData, belonging
from relgraph.views.map.builder import map_data
from relgraph.views.map.places import RADIUS, Places, arrange
from relgraph.views.map.tray import Point

HOME = (55.6, 13.0)
PLACES = {
    "ekvik": HOME,
    slug("Bergheim"): (50.9, 13.0),  # due south
    slug("Haicheng"): (40.9, 122.7),
    slug("Riverton"): (40.7, -74.0),
    slug("Nordå"): (55.7, 12.6),
}


def located(places: dict[str, tuple[float, float]], inherited: dict[str, str] | None = None) -> MapData:
    """The city with coordinates; what inherits those of another is at its place."""
    data = city()
    at = {**places, **{one: places[other] for one, other in (inherited or {}).items()}}
    nodes = tuple(replace(n, place=at.get(n.id), inherits=n.id in (inherited or {})) for n in data.nodes)
    return replace(data, nodes=nodes)


def arranged(data: MapData) -> Places:
    found = arrange(data)
    assert found is not None
    return found


def test_directions_from_the_city_are_true_and_distances_in_order() -> None:
    at = arranged(located(PLACES)).positions
    assert at["ekvik"] == (0, 0)
    south, east, west = at[slug("Bergheim")], at[slug("Haicheng")], at[slug("Riverton")]
    assert south[0] == 0 and south[1] > 0
    assert east[0] > 0 > west[0]
    # 523, 7,500 and 6,200 km off
    assert math.hypot(*south) < math.hypot(*west) < math.hypot(*east) < RADIUS
    # neighbours stand apart although they are 30 km off; the other end of the world is on the same sheet
    assert math.hypot(*at[slug("Nordå")]) >= 30


def test_what_has_no_coordinates_waits_in_the_tray_in_the_order_of_the_legend() -> None:
    data = located(PLACES)
    places = arranged(data)
    left, top, width, height = places.tray
    waiting = [n for n in data.nodes if n.place is None and n.type != "Agreement"]
    for node in waiting:
        x, y = places.positions[node.id]
        assert left < x < left + width and top < y < top + height
    order = [kind.name for kind in data.ordered_types()]
    assert [name for name, _ in places.headings] == [n for n in order if n in {one.type for one in waiting}]


def off(point: Point, a: Point, b: Point) -> float:
    """The distance of a point from the straight line through two others."""
    across = (b[0] - a[0]) * (a[1] - point[1]) - (a[0] - point[0]) * (b[1] - a[1])
    return abs(across) / math.dist(a, b)


@pytest.mark.parametrize("partner", [(40.9, 122.7), (50.9, 13.0), (55.7, 12.6), (-30.0, 13.0), (55.6, 40.0)])
def test_an_agreement_stands_between_its_parties_aside_from_the_line_that_joins_them(
    partner: tuple[float, float],
) -> None:
    at = arranged(located({**PLACES, "haicheng": partner})).positions
    length = math.dist(at["ekvik"], at["haicheng"])
    middle = [(at["ekvik"][i] + at["haicheng"][i]) / 2 for i in (0, 1)]
    assert off(at["hamnstadga"], at["ekvik"], at["haicheng"]) >= max(20, length / 12)
    assert math.dist(at["hamnstadga"], middle) <= max(60, length / 6)
    assert all(math.dist(at["hamnstadga"], at[end]) > 20 for end in ("ekvik", "haicheng"))


def test_an_agreement_of_three_in_a_row_stands_aside_from_all_the_lines_between_them() -> None:
    row = {"ekvik": HOME, slug("Söderhavn"): (50.0, 13.0), slug("Nordå"): (45.0, 13.0)}
    at = arranged(located(row)).positions
    ends = [at[id_] for id_ in row]
    assert len({x for x, _ in ends}) == 1
    for a, b in combinations(ends, 2):
        assert off(at["vanortsavtal-nord"], a, b) >= 20


def test_at_one_place_nothing_stands_on_anything() -> None:
    names = [node.id for node in city().nodes if node.type in ("Network", "Event", "Project", "Fund")]
    data = located(PLACES, dict.fromkeys(names, slug("Bergheim")))
    at = arranged(data).positions
    boxes = [at[node.id] for node in data.nodes]
    assert len(set(boxes)) == len(boxes)
    for i, (x, y) in enumerate(boxes):
        assert all(max(abs(x - a), abs(y - b)) >= 20 for a, b in boxes[:i])
    # the place itself comes first
    assert math.dist(at[slug("Bergheim")], arranged(located(PLACES)).positions[slug("Bergheim")]) < 1


def test_the_order_of_the_input_does_not_matter() -> None:
    data = located(PLACES)
    assert arrange(replace(data, nodes=data.nodes[::-1], edges=data.edges[::-1])) == arrange(data)


@pytest.mark.parametrize("places", [{}, {"ekvik": HOME}])
def test_without_coordinates_there_is_no_such_arrangement(places: dict[str, tuple[float, float]]) -> None:
    assert arrange(located(places)) is None


def test_a_city_without_coordinates_is_centred_on_its_partners() -> None:
    partners = {name: place for name, place in PLACES.items() if name != "ekvik"}
    places = arranged(located(partners))
    assert "ekvik" in places.positions and places.positions["ekvik"][0] > RADIUS


def covered(places: Places, x: float, y: float) -> bool:
    """Whether a point is land, by the even-odd rule."""
    crossings = 0
    for ring in places.land:
        for (a, b), (c, d) in zip(ring, (*ring[1:], ring[0]), strict=True):
            crossings += (b > y) != (d > y) and x < a + (y - b) / (d - b) * (c - a)
    return crossings % 2 == 1


@pytest.mark.parametrize(
    ("home", "land", "sea"),
    [
        # latitude and longitude; the last home's antipode lies in China, whose ring then goes round the sheet
        ((55.6, 13.0), (48.0, 10.0), (46.0, -30.0)),
        ((40.4, -3.7), (48.0, 2.0), (45.0, -25.0)),
        ((-33.0, -65.0), (-20.0, -55.0), (-30.0, -30.0)),
    ],
)
def test_land_is_land_and_sea_is_sea(
    home: tuple[float, float], land: tuple[float, float], sea: tuple[float, float]
) -> None:
    far = {"ekvik": home, "riverton": land, "lakeview": sea, "kalahamn": (-home[0] * 0.9, home[1] + 175)}
    places = arranged(located(far))
    assert covered(places, *places.positions["riverton"])
    assert not covered(places, *places.positions["lakeview"])


def test_a_body_is_where_its_place_is_only_if_the_graph_says_so() -> None:
    project = find_project(ROOT)
    lookup = Lookup(project.compiled(), project.vocabulary)
    nodes = {node.id: node for node in map_data(lookup, title={}).nodes}
    points = {record.refs("of")[0] for record in lookup.records(lookup.ids_of(RG + "Location"))}
    assert (nodes["brussels-office"].place, nodes["brussels-office"].inherits) == ((50.85, 4.352), True)
    assert nodes["eurocities"].place is None  # nothing says where it sits
    for node in nodes.values():
        if node.place is not None and node.inherits:
            assert lookup.record(node.id).refs("location")
        assert (node.place is not None and not node.inherits) == (node.id in points)


def test_parts_fold_into_what_they_belong_to_and_never_in_a_ring() -> None:
    project = find_project(ROOT)
    lookup = Lookup(project.compiled(), project.vocabulary)
    data = map_data(lookup, title={})
    wholes = {node.id: node.folds_into for node in data.nodes if node.folds_into}
    assert wholes["ubc-environment-committee"] == "ubc" and data.home not in wholes
    kinds = project.vocabulary.kinds
    assert all(kinds[lookup.record(part).type].folds for part in wholes)
    a, b = (replace(data.edges[0], id=x, source=x, target=y) for x, y in (("ubc", "ubc"), ("ubc", "ubc")))
    assert belonging.wholes(lookup, [a, b], []) == {}
    parts = sorted(wholes)[:2]
    ring = [replace(data.edges[0], id="ring", source=parts[0], target=parts[1])]
    assert belonging.wholes(lookup, ring, []) == {}
