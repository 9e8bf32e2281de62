"""The Python API by three worked examples, as the README tells them, and its errors."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from running import BASE, City, process

import relgraph
from relgraph.errors import DataError, QueryError, UsageError


@pytest.fixture(scope="module")
def graph(built: City) -> relgraph.Graph:
    return relgraph.open(built.root / "graph")


def test_example_1_a_query_becomes_a_table(graph: relgraph.Graph) -> None:
    table = graph.query(
        """SELECT ?name ?since {
             ?agreement a rg:Agreement ; rg:party :lindvik, ?other ; rg:from ?since .
             ?other rdfs:label ?name FILTER(LANG(?name) = "en" && ?other != :lindvik) }"""
    )
    assert table.columns == ("name", "since")
    assert list(table) == [("Aberhaven", "1998")]
    assert len(table) == 1


def test_example_2_the_triples_in_rdflib(graph: relgraph.Graph) -> None:
    from rdflib import RDF, Namespace

    rg = Namespace("https://w3id.org/relgraph/ontology#")
    triples = graph.to_rdflib()
    assert len(set(triples.subjects(RDF.type, rg.City))) == 3
    assert len(set(triples.subjects(RDF.type, rg.Visit))) == 0


def test_example_3_the_network_of_parties(graph: relgraph.Graph) -> None:
    network = graph.network()
    degrees = dict(network.degree())
    assert max(degrees, key=lambda node: (degrees[node], node)) == "lindvik"
    assert degrees["lindvik"] == 3  # Nordljus, the twinning, the annual meeting
    assert network.nodes["aberhaven"]["label_en"] == "Aberhaven"
    assert [
        d["kind"] for _, _, d in network.edges("lindvik", data=True) if d["group"] == "groupMembership"
    ] == ["Membership"]


def test_the_network_may_hold_what_did_not_come_about_where_asked(graph: relgraph.Graph) -> None:
    from relgraph.network import ALL

    assert graph.network(modes=ALL).number_of_edges() > graph.network().number_of_edges()
    failed = {d["record"] for _, _, d in graph.network(modes=["NegatedRelationship"]).edges(data=True)}
    assert failed == {"portogrande-negotiation", "declined-invitation-2030", "cancelled-journey-2030"}


def test_parameters_are_terms(graph: relgraph.Graph) -> None:
    text = "SELECT ?x { VALUES ?y { UNDEF } ?x org:memberOf ?y }"
    assert list(graph.query(text, y=":nordljus")) == [(f"{BASE}lindvik",)]
    assert list(graph.query(text, y=":aberhaven } UNION { ?x ?p ?y")) == []


def test_a_record_is_found_by_name(graph: relgraph.Graph) -> None:
    assert graph.record("culture office").id == "kulturkontoret"
    with pytest.raises(UsageError, match="nothing in the graph is called 'atlantis'"):
        graph.record("atlantis")


@pytest.mark.parametrize("text", ["SELECT", "SELECT ?x { ?x a nope:City }", "ASK {}", ""])
def test_a_query_that_is_none_raises(graph: relgraph.Graph, text: str) -> None:
    with pytest.raises(QueryError):
        graph.query(text)


def test_opening_compiles_what_has_changed(city: City) -> None:
    before = relgraph.open(city.root)
    city.replace("  count: 3\n", "  count: 4\n")
    after = relgraph.open(city.root)
    assert before.compiled.path != after.compiled.path
    assert list(after.query("SELECT ?n { ?x rg:count ?n }")) == [("4",)]
    assert list(before.query("SELECT ?n { ?x rg:count ?n }")) == [("3",)]


def test_opening_what_has_errors_raises_with_the_problems(city: City) -> None:
    city.replace("  count: 3\n", "  count: three\n")
    with pytest.raises(DataError) as caught:
        relgraph.open(city.root)
    assert [problem.code for problem in caught.value.problems] == ["RG106"]


def test_opening_nothing_raises(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no graph/graph\.yaml"):
        relgraph.open(tmp_path)


def test_importing_the_package_imports_no_more_than_asked_for() -> None:
    program = "import sys, relgraph; print(sorted(m for m in sys.modules if m.startswith('relgraph')))"
    done = process([sys.executable, "-c", program], cwd=Path(os.sep))
    assert done.out.strip() == "['relgraph']"


def test_an_unknown_attribute_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'shut'"):
        relgraph.shut  # noqa: B018


def test_two_facets_make_a_bipartite_network(graph: relgraph.Graph) -> None:
    import networkx as nx

    table = graph.projection("unit", "arena")
    assert nx.is_bipartite(table)
    sides = nx.get_node_attributes(table, "bipartite")
    assert sides["kulturkontoret"] == 0
    assert sides["nordljus"] == 1
    edges = graph.network().edges(data=True)
    assert {data["record"] for *_, data in table.edges(data=True)} <= {data["record"] for *_, data in edges}
    assert table.number_of_edges() > 0
    with pytest.raises(UsageError, match="'colour' is no facet"):
        graph.projection("colour", "arena")
