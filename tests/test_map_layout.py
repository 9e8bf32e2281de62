"""The layout of the map: nothing on top of anything, the same every time, known positions kept."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from map_city import city, grown, slug
from running import ROOT

from relgraph.errors import UsageError
from relgraph.lookup import Lookup
from relgraph.project import find_project
from relgraph.views.map import (
    Bilingual,
    Layout,
    MapData,
    place,
    read_layout,
    write_layout,
)
from relgraph.views.map.boxes import rects, wrap
from relgraph.views.map.builder import map_data
from relgraph.views.map.hulls import grounds
from relgraph.views.map.packing import ASPECT
from relgraph.views.map.stored import layout_of


def overlaps(data: MapData, layout: Layout) -> list[tuple[str, str]]:
    """Whose glyph or label stands on that of another."""
    rooms = [
        (node.id, rects(node, *layout.positions[node.id], home=node.id == data.home)) for node in data.nodes
    ]
    return [
        (one, other)
        for i, (one, room) in enumerate(rooms)
        for other, taken in rooms[:i]
        if any(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for a in room for b in taken)
    ]


def test_every_node_has_a_place_of_its_own_and_the_city_is_in_the_centre() -> None:
    data = city()
    layout = place(data)
    assert set(layout.positions) == {node.id for node in data.nodes}
    assert layout.positions[data.home] == (0, 0)
    assert overlaps(data, layout) == []


def test_each_type_keeps_to_its_sector_in_the_order_of_the_legend() -> None:
    data = city()
    layout = place(data)
    means = []
    for kind in data.ordered_types()[1:]:
        if kind.name in data.relation_types:
            continue
        points = [layout.positions[n.id] for n in data.nodes if n.type == kind.name]
        x, y = sum(p[0] for p in points) / ASPECT, sum(p[1] for p in points)
        means.append((math.atan2(y, x) + math.pi / 2) % (2 * math.pi))  # clockwise from the top
    assert means == sorted(means)


def test_larger_graphs_have_no_overlap_either() -> None:
    data = grown(city(), 260)
    assert overlaps(data, place(data)) == []


def test_known_positions_are_kept_and_only_new_nodes_placed() -> None:
    before = place(city())
    data = grown(city(), 12)
    after = place(data, before)
    assert {name: after.positions[name] for name in before.positions} == dict(before.positions)
    assert len(after.positions) == len(before.positions) + 12
    assert overlaps(data, after) == []
    assert place(data, after) == after


@pytest.fixture(scope="module")
def malmo() -> tuple[MapData, Layout]:
    """The reviewed graph's map, and its committed layout."""
    project = find_project(ROOT)
    layout = layout_of(project)
    assert layout is not None
    return map_data(Lookup(project.compiled(), project.vocabulary), title={}), layout


def test_the_matrix_begins_where_most_is_stated(malmo: tuple[MapData, Layout]) -> None:
    matrix = malmo[0].matrix
    rows = [sum(cell.row == id_ for cell in matrix.cells) for id_, _ in matrix.rows]
    assert rows[0] == max(rows) > 1 and rows[-1] == 0
    # a network stands before its forums, these in the order of what is stated of them
    columns = [id_ for id_, _ in matrix.columns]
    assert columns[0] == "eurocities" and columns.index("environment-forum") < columns.index("ubc")


def test_a_new_record_moves_nothing(malmo: tuple[MapData, Layout]) -> None:
    data, committed = malmo
    assert place(data, committed) == committed
    random = Random(7)
    moved: list[float] = []
    for i in range(20):
        old = [node for node in data.nodes if node.id != data.home]
        like, other = random.choice(old), random.choice(old)
        node = replace(like, id=f"new-{i}", label=Bilingual(f"Ny part {random.randrange(10**6)}"))
        edge = replace(random.choice(data.edges), id=f"new-{i}-edge", source=node.id, target=other.id)
        more = replace(data, nodes=(*data.nodes, node), edges=(*data.edges, edge))
        after = place(more, committed)
        moved += [math.dist(after.positions[n.id], committed.positions[n.id]) for n in data.nodes]
        assert node.id in after.positions
    assert sorted(moved)[int(0.95 * len(moved))] < 30


def test_a_relationship_of_several_parties_stands_between_them() -> None:
    data = grown(city(), 12)
    kinds = tuple(replace(kind, between=kind.name == "Agreement") for kind in data.types)
    between = replace(data, types=kinds)
    at = place(between).positions
    parties = [at[slug("Nordå")], at[slug("Söderhavn")]]
    middle = [sum(p[i] for p in parties) / 2 for i in (0, 1)]
    assert math.dist(at["vanortsavtal-nord"], middle) < 160
    assert (
        overlaps(
            replace(between, nodes=tuple(n for n in data.nodes if n.type != "Agreement"), edges=()),
            place(between),
        )
        == []
    )


@pytest.mark.parametrize("more", [0, 30, 260])
def test_an_agreement_stands_between_its_parties(more: int) -> None:
    data = grown(city(), more)
    at = place(data).positions
    for id_ in ("vanortsavtal-nord", "hamnstadga"):
        lines = [edge for edge in data.edges if id_ in (edge.source, edge.target)]
        ends = [at[edge.target if edge.source == id_ else edge.source] for edge in lines]
        middle = [sum(end[i] for end in ends) / len(ends) for i in (0, 1)]
        assert math.dist(at[id_], middle) < 160  # px, about the width of its name


def test_another_party_may_stand_in_the_centre() -> None:
    assert place(city(), centre="riverton").positions["riverton"] == (0, 0)


def test_the_grounds_hold_their_nodes_and_nobody_else() -> None:
    data = city()
    layout = place(data)
    found = {ground.type.name: ground for ground in grounds(data, layout)}
    assert set(found) == {kind.name for kind in data.ordered_types()} - {"HomeCity"} - data.relation_types
    for node in data.nodes:
        inside = [
            name
            for name, ground in found.items()
            for p in ground.polygons
            if within(layout.positions[node.id], p)
        ]
        assert (node.type in inside) == (node.id != data.home and node.type not in data.relation_types)


def within(point: tuple[int, int], polygon: tuple[tuple[int, int], ...]) -> bool:
    """Whether a point lies in a convex polygon."""
    turns = [
        (bx - ax) * (point[1] - ay) - (by - ay) * (point[0] - ax)
        for (ax, ay), (bx, by) in zip(polygon, (*polygon[1:], polygon[0]), strict=True)
    ]
    return min(turns) >= 0 or max(turns) <= 0


def test_the_order_of_the_input_does_not_matter() -> None:
    data = city()
    shuffled = replace(data, nodes=data.nodes[::-1], edges=data.edges[::-1], types=data.types[::-1])
    assert place(shuffled) == place(data)


def test_nodes_that_are_gone_leave_the_layout() -> None:
    data = city()
    fewer = replace(data, nodes=data.nodes[:1], edges=())
    assert set(place(fewer, place(data)).positions) == {data.home}


@pytest.mark.parametrize("count", [0, 1])
def test_hardly_any_nodes(count: int) -> None:
    data = replace(city(), nodes=city().nodes[:count], edges=())
    assert len(place(data).positions) == count


def test_two_hash_seeds_give_the_same_bytes() -> None:
    code = (
        "import sys, hashlib; from map_city import city; from relgraph.views.map import *\n"
        "layout = place(city()); html = render(city(), layout) + write_layout(layout)\n"
        "print(hashlib.sha256(html.encode('utf-8')).hexdigest())"
    )
    digests = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": _PATH},
            capture_output=True,
            text=True,
            check=True,
            cwd=_TESTS,
        )
        digests.add(done.stdout.strip())
    assert len(digests) == 1 and digests != {""}


_TESTS = Path(__file__).parent
_PATH = os.pathsep.join([str(_TESTS), str(_TESTS.parent / "src")])

_names = st.text(min_size=1, max_size=12).filter(
    lambda t: "\x00" not in t and "\r" not in t and "\n" not in t
)


@given(st.dictionaries(_names, st.tuples(st.integers(-9999, 9999), st.integers(-9999, 9999)), max_size=8))
@settings(max_examples=60, deadline=None)
def test_a_layout_survives_writing_and_reading(positions: dict[str, tuple[int, int]]) -> None:
    text = write_layout(Layout(positions))
    assert read_layout(text).positions == dict(sorted(positions.items()))
    assert write_layout(read_layout(text)) == text


def test_the_file_is_sorted_and_whole_numbers() -> None:
    assert write_layout(Layout({"b": (1, -2), "a": (30, 4)})) == "id,x,y\na,30,4\nb,1,-2\n"
    assert read_layout("").positions == {}


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("x,y,id\n", "line 1"),
        ("id,x,y\na,1,2\nb,1\n", "line 3"),
        ("id,x,y\na,1,2.5\n", "line 2"),
        ("id,x,y\na,1,2\na,3,4\n", "line 3"),
    ],
)
def test_a_broken_layout_file_is_located(text: str, where: str) -> None:
    with pytest.raises(UsageError, match=where):
        read_layout(text)


def test_labels_are_wrapped_at_about_twenty_characters_in_at_most_three_lines() -> None:
    assert wrap("Arbetsgruppen för rena vatten") == ["Arbetsgruppen för", "rena vatten"]
    assert wrap("x" * 10_000) == ["x" * 27 + "…"]
    assert wrap("ord " * 500) == ["ord ord ord ord ord"] * 2 + ["ord ord ord ord ord…"]
