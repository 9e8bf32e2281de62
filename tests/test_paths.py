"""Paths: the shared vectors, every path of small networks, and what the command says."""

from __future__ import annotations

import json
from datetime import date
from itertools import permutations
from pathlib import Path as File
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relgraph.analysis.paths import Path, cost, shortest
from relgraph.vocabulary import Vocabulary

VECTORS = json.loads((File(__file__).parent / "vectors" / "paths.json").read_text(encoding="utf-8"))
CASES = [(vector, case) for vector in VECTORS for case in vector["cases"]]


def graph_of(edges: list[dict[str, Any]]) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    for edge in edges:
        graph.add_edge(edge["source"], edge["target"], key=edge["id"], cost=edge["cost"])
    return graph


def as_data(path: Path) -> dict[str, Any]:
    return {"cost": path.cost, "nodes": list(path.nodes), "edges": [list(step) for step in path.edges]}


@pytest.mark.parametrize(
    ("vector", "case"), CASES, ids=[f"{v['name']}: {c['from']}-{c['to']}" for v, c in CASES]
)
def test_vectors(vector: dict[str, Any], case: dict[str, Any]) -> None:
    found = shortest(
        graph_of(vector["edges"]), case["from"], case["to"], case["count"], case.get("avoid", ())
    )
    assert [as_data(path) for path in found] == case["paths"]


def every_path(graph: nx.MultiDiGraph, a: str, b: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """All simple paths by trying every order of every choice of nodes, in the order asked for."""
    price: dict[frozenset[str], int] = {}
    for start, end, value in graph.edges(data="cost"):
        pair = frozenset((start, end))
        price[pair] = min(value, price.get(pair, value))
    between = [node for node in graph if node not in (a, b)]
    found = []
    for size in range(len(between) + 1):
        for middle in permutations(between, size):
            nodes = (a, *middle, b)
            steps = [frozenset(pair) for pair in zip(nodes, nodes[1:], strict=False)]
            if all(step in price for step in steps):
                found.append((sum(price[step] for step in steps), len(steps), nodes))
    return sorted(found)


NODE = st.sampled_from(["a", "a-b", "b", "c", "n-10", "n-2"])
EDGE = st.tuples(NODE, NODE, st.integers(4, 6))


@settings(max_examples=120, deadline=None)
@given(st.lists(EDGE, max_size=14), st.integers(1, 8), st.randoms(use_true_random=False))
def test_every_path_of_a_small_network_in_any_order_of_edges(
    edges: list[tuple[str, str, int]], count: int, chance: Any
) -> None:
    given_edges = [
        {"id": f"e-{number}", "source": start, "target": end, "cost": price}
        for number, (start, end, price) in enumerate(edges)
    ]
    graph = graph_of(given_edges)
    found = shortest(graph, "a", "b", count)
    known = every_path(graph, "a", "b")[:count] if {"a", "b"} <= set(graph) else []
    assert [(path.cost, len(path.edges), path.nodes) for path in found] == known
    chance.shuffle(given_edges)
    turned = [{**edge, "source": edge["target"], "target": edge["source"]} for edge in given_edges]
    assert shortest(graph_of(turned), "a", "b", count) == found


DAY = date(2030, 12, 31)
BOUNDS = ("earliest_begin", "latest_begin", "earliest_end", "latest_end")
UNDATED = ("0001-01-01", "9999-12-31", "0001-01-01", "9999-12-31")


@pytest.mark.parametrize(
    ("group", "certainty", "bounds", "expected"),
    [
        ("groupMembership", "stated", ("2001-01-01", "2001-12-31", "2030-12-31", "9999-12-31"), 4),
        ("groupMembership", "stated", UNDATED, 5),
        ("groupMembership", "stated", ("2029-01-01", "2029-12-31", "2029-01-01", "2029-12-31"), 7),
        ("groupMembership", "stated", ("2031-01-01", "2031-12-31", "2031-01-01", "9999-12-31"), 7),
        ("groupMembership", "implied", UNDATED, 6),
        ("groupMembership", "ambiguous", UNDATED, 9),
        ("groupResponsibility", "stated", UNDATED, 6),
        ("groupActivity", "stated", UNDATED, 7),
        ("groupUnsettled", "stated", UNDATED, 12),
        ("groupUnsettled", "ambiguous", ("2029-01-01", "2029-12-31", "2029-01-01", "2029-12-31"), 14),
    ],
)
def test_cost(
    vocabulary: Vocabulary, group: str, certainty: str, bounds: tuple[str, ...], expected: int
) -> None:
    attributes = {"group": group, "certainty": certainty, **dict(zip(BOUNDS, bounds, strict=True))}
    assert cost(attributes, vocabulary, DAY) == expected


def test_cost_of_structure_and_without_a_date_of_the_data(vocabulary: Vocabulary) -> None:
    structure = {"group": "groupStructure", "certainty": "stated"}
    assert cost(structure, vocabulary, DAY) == 4 + 1 + 0 + 1
    current = {**structure, **dict(zip(BOUNDS, ("2001-01-01",) * 2 + ("9999-12-31",) * 2, strict=True))}
    assert (cost(current, vocabulary, DAY), cost(current, vocabulary, None)) == (5, 6)
