"""Paths: the shared vectors, every path of small networks, and what the command says."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise, permutations
from pathlib import Path as File
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from running import SOURCE, City
from syrupy.assertion import SnapshotAssertion

import relgraph
from relgraph.analysis.paths import Path, cost, path_network, shortest
from relgraph.api import Graph
from relgraph.errors import UsageError
from relgraph.views.paths import Told, as_json, as_markdown, as_text, tell
from relgraph.vocabulary import Vocabulary
from relgraph.when import When

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
            steps = [frozenset(pair) for pair in pairwise(nodes)]
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


# -- the command ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def opened(built: City) -> Graph:
    return relgraph.open(built.root)


def told(graph: Graph, a: str, b: str, lang: str, count: int = 3) -> Told:
    found = path_network(graph.lookup)
    return tell(graph.lookup, found, shortest(found, a, b, count), (a, b), lang)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_path_in_cited_sentences(opened: Graph, snapshot: SnapshotAssertion, lang: str) -> None:
    ends = ("portogrande", "kulturkontoret")
    assert as_text(told(opened, *ends, lang), 88) == snapshot(name="text")
    assert as_markdown(told(opened, *ends, lang)) == snapshot(name="markdown")
    assert as_json(told(opened, *ends, lang, count=1)) == snapshot(name="json")


def test_what_failed_and_what_is_planned_is_no_step_and_a_reading_costs_more(opened: Graph) -> None:
    data = {d["record"]: d["cost"] for *_, d in path_network(opened.lookup).edges(data=True)}
    assert not {"portogrande-negotiation", "cancelled-journey-2030", "hosting-2032"} & set(data)
    assert (data["portogrande-visit-2029"], data["portogrande-visit-2030"]) == (4 + 3 + 4 + 3, 4 + 1 + 4 + 3)
    assert data["lindvik-in-nordljus"] == 4
    [path] = opened.paths("Lindvik", "Portogrande")
    assert path.edges == (("portogrande-visit-2030", "portogrande-visit-2029"),)
    assert opened.paths("Lindvik", "Portogrande", certain_only=True) == []


def test_structure_is_as_certain_as_its_source(built_copy: City) -> None:
    built_copy.replace(
        '    - {document: ar2030, section: "1", range: [117, 188]}',
        '    - {document: ar2030, section: "1", range: [117, 188], supports: [unitOf], certainty: implied}',
        "entities.yaml",
    )
    built_copy.add(
        f"""
- id: visit-perhaps-cancelled
  type: UnsettledRelationship
  readsAs: CancelledVisit
  visitor: lindvik
  visited: aberhaven
  certainty: ambiguous
  {SOURCE}
"""
    )
    post = "- id: festival-post\n  type: Post\n  name: {sv: Samordnaren}\n  postIn: kulturkontoret\n"
    built_copy.add(f"{post}  {SOURCE}", "entities.yaml")
    graph = relgraph.open(built_copy.root)
    network = path_network(graph.lookup)
    ends = ("festival-post", "kulturkontoret")
    told = tell(graph.lookup, network, shortest(network, *ends, 1), ends, "sv")
    assert "Kulturkontoret" not in as_text(told, 200).split("•")[1]  # the sentence says whose post it is
    assert "visit-perhaps-cancelled" not in {data["record"] for *_, data in network.edges(data=True)}
    [path] = graph.paths("lindvik", "kulturkontoret", count=1)
    assert (path.edges, path.cost) == ((("kulturkontoret.unitOf.lindvik",),), 4 + 1 + 1 + 1)
    data = network.edges["kulturkontoret", "lindvik", path.edges[0][0]]
    assert data["sources"] == "ar2030 1 117-188"
    assert len(graph.paths("lindvik", "kulturkontoret", count=1, certain_only=True)[0].edges) > 1


def test_the_command_and_its_exit_codes(built: City) -> None:
    done = built.run("path", "Aberhafen", "culture office", "--count", "1", "--lang", "en")
    assert done.code == 0
    assert done.lines[0] == "Paths between Aberhaven and Culture Office"
    assert "also: " in done.out
    none = built.run(
        "path", "lindvik", "hamnbolaget", "--not-through", "portogrande", "--lang", "en", "--format", "json"
    )
    assert (none.code, none.err, json.loads(none.out)["paths"]) == (1, "", [])
    wrong = {
        ("lindvik", "Lindvik"): "error: 'lindvik' and 'Lindvik' are the same: lindvik",
        ("lindvik", "lindvik-in-nordljus"): "error: 'lindvik-in-nordljus' is no party",
        ("lindvik", "aberhavn"): "error: nothing in the graph is called 'aberhavn'",
        ("lindvik", "aberhaven", "--kind", "Membrship"): "error: 'Membrship' is no kind of relationship",
        ("lindvik", "aberhaven", "--not-through", "lindvik"): "error: 'lindvik' is an end of the path",
    }
    for arguments, message in wrong.items():
        refused = built.run("path", *arguments)
        assert (refused.code, refused.out) == (2, "")
        assert refused.err.startswith(message)


def test_a_step_costs_what_it_is_worth_at_the_time_asked_for(opened: Graph) -> None:
    def first(**time: str) -> int:
        return opened.paths("lindvik", "aberhaven", count=1, **time)[0].cost  # type: ignore[arg-type]

    # since 1998; that it was in force in 2030 is not stated
    assert (first(), first(year="2020"), first(as_of="1998-12-31"), first(year="1998")) == (5, 5, 5, 4)
    assert opened.paths("lindvik", "nordljus", year="2020", kinds=["Membership"]) == []
    when = When.of(as_of="2020")
    graph = path_network(opened.lookup, when=when)
    ends = ("lindvik", "aberhaven")
    told = tell(opened.lookup, graph, shortest(graph, *ends, 1), ends, "en", when=when)
    assert "As of 2020" in (text := as_text(told, 200))
    assert "(possibly current)" in text
    with pytest.raises(UsageError, match="exclude each other"):
        opened.paths(*ends, year="2020", as_of="2020")


def test_no_path_is_said_in_words(opened: Graph) -> None:
    graph = path_network(opened.lookup, kinds=["Membership"])
    nothing = tell(opened.lookup, graph, [], ("lindvik", "aberhaven"), "sv", limited=True)
    assert nothing.preface()[-1] == (
        "Källorna anger ingen väg mellan Lindvik och Aberhaven inom urvalet. "
        "De anger ingen relation alls till Aberhaven inom urvalet."
    )
