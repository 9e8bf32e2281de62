"""The layout of the map: nothing on top of anything, the same every time, known positions kept."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from map_city import city

from relgraph.errors import UsageError
from relgraph.views.map import (
    Bilingual,
    Layout,
    MapData,
    MapEdge,
    MapNode,
    Sentence,
    place,
    read_layout,
    write_layout,
)
from relgraph.views.map.boxes import size, wrap


def overlaps(data: MapData, layout: Layout) -> list[tuple[str, str]]:
    boxes = []
    for node in data.nodes:
        (x, y), (w, h) = layout.positions[node.id], size(node, home=node.id == data.home)
        boxes.append((node.id, x - w / 2, y - h / 2, x + w / 2, y + h / 2))
    return [
        (a[0], b[0])
        for i, a in enumerate(boxes)
        for b in boxes[:i]
        if a[1] < b[3] and b[1] < a[3] and a[2] < b[4] and b[2] < a[4]
    ]


def grown(data: MapData, count: int) -> MapData:
    """The city with ``count`` more parties, spread over its types."""
    names = [t.name for t in data.types[1:]]
    nodes = [
        MapNode(f"ny-{i}", names[i % len(names)], Bilingual(f"Ny part nummer {i}")) for i in range(count)
    ]
    said = Sentence(Bilingual("Ekvik känner parten.", "Ekvik knows the party."))
    edges = [MapEdge(f"till-ny-{i}", data.home, f"ny-{i}", Bilingual("kontakt"), said) for i in range(count)]
    return replace(data, nodes=data.nodes + tuple(nodes), edges=data.edges + tuple(edges))


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
        points = [layout.positions[n.id] for n in data.nodes if n.type == kind.name]
        x, y = sum(p[0] for p in points) / 1.7, sum(p[1] for p in points)
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
    assert wrap("x" * 10_000) == ["x" * 28]
    assert len(wrap("ord " * 500)) == 3
