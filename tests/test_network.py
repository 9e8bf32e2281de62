"""The network as analysts get it: what nodes and edges say, limits, structure, bipartite projections."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from running import SOURCE, copy_city

import relgraph
from relgraph.api import Graph
from relgraph.errors import UsageError
from relgraph.network import ALL, incidence, projection
from relgraph.when import When

#: an agreement of three parties, a cooperation through a unit that is no end of its edge, and an assessment
#: that contradicts a relationship of which it says nothing
MORE = f"""
- id: three-party-charter
  type: Charter
  name: {{sv: trepartsavtalet, en: the three-party charter}}
  party: [lindvik, aberhaven, portogrande]
  from: 2010
  to: 2015
  {SOURCE}
- id: visit-through-the-office
  type: Cooperation
  party: [lindvik, portogrande]
  via: kulturkontoret
  observedIn: 2030
  certainty: implied
  {SOURCE}
- id: nothing-beside-the-membership
  type: ActivityAssessment
  of: lindvik-aberhaven-twinning
  during: 2030
  level: none
  conflictsWith: lindvik-in-nordljus
  {SOURCE}
"""
#: a part of a unit
STAFF = f"""
- id: festival-post
  type: Post
  name: {{sv: festivalsamordnaren, en: the festival coordinator}}
  postIn: kulturkontoret
  {SOURCE}
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    city = copy_city(tmp_path_factory.mktemp("network") / "lindvik")
    city.add(MORE)
    city.add(STAFF, "entities.yaml")
    return relgraph.open(city.root)


def edges(network: nx.MultiDiGraph) -> set[str]:
    return {data["record"] for _, _, data in network.edges(data=True) if not data.get("structure")}


def test_what_a_node_and_an_edge_say(graph: Graph) -> None:
    network = graph.network()
    assert network.nodes["nordljus"] == {
        "type": "Network",
        "facet": "facetArena",
        "relationship": False,
        "label_sv": "Nordljus",
        "label_en": "Nordljus",
    }
    assert network.edges["lindvik", "nordljus", "lindvik-in-nordljus"] == {
        "kind": "Membership",
        "group": "groupMembership",
        "roles": "member organization",
        "record": "lindvik-in-nordljus",
        "directed": True,
        "earliest_begin": "2025-01-01",
        "latest_begin": "2025-12-31",
        "earliest_end": "2030-12-31",
        "latest_end": "9999-12-31",
        "certainty": "stated",
        "sources": "ar2030 1 84-115",
        "line": "active",
    }
    twinning = network.edges["aberhaven", "lindvik", "lindvik-aberhaven-twinning"]
    assert (twinning["status"], twinning["directed"]) == ("formal", False)
    assert twinning["activity"] == "contact-only none"  # two assessments that contradict each other
    assert twinning["line"] == "uncertain"
    assert network.graph == {"base": "https://example.org/lindvik/", "home": "lindvik", "as_of": "2030-12-31"}
    assert list(network) == sorted(network)


def test_a_relationship_of_three_is_three_edges_or_a_node(graph: Graph) -> None:
    flat = graph.network()
    assert {(a, b) for a, b, key in flat.edges(keys=True) if key == "three-party-charter"} == {
        ("aberhaven", "lindvik"),
        ("aberhaven", "portogrande"),
        ("lindvik", "portogrande"),
    }
    hyper = graph.network(hyper=True)
    assert hyper.nodes["three-party-charter"]["relationship"] is True
    assert set(nx.all_neighbors(hyper, "three-party-charter")) == {"lindvik", "aberhaven", "portogrande"}
    assert edges(hyper) == edges(flat)


def test_modes_keep_apart_what_was_what_failed_what_is_planned_and_what_is_read(graph: Graph) -> None:
    alone = {
        mode: edges(graph.network(modes=[mode]))
        for mode in (
            "AffirmedRelationship",
            "NegatedRelationship",
            "PlannedRelationship",
            "UnsettledRelationship",
        )
    }
    assert alone["PlannedRelationship"] == {"hosting-2032"}
    assert alone["UnsettledRelationship"] == {"portogrande-visit-2029", "portogrande-visit-2030"}
    assert alone["AffirmedRelationship"] == edges(graph.network())
    assert sum(map(len, alone.values())) == len(edges(graph.network(modes=ALL)))
    reading = graph.network(modes=ALL).edges["lindvik", "portogrande", "portogrande-visit-2029"]
    assert (reading["group"], reading["line"], reading["kind"]) == ("groupUnsettled", "uncertain", "Visit")


def test_limits(graph: Graph) -> None:
    assert edges(graph.network(kinds=["Membership"])) == {"lindvik-in-nordljus"}
    by_label = edges(graph.network(kinds=["agreement"]))
    assert by_label == {"lindvik-aberhaven-twinning", "port-company-portogrande", "three-party-charter"}
    assert edges(graph.network()) - edges(graph.network(certain_only=True)) == {"visit-through-the-office"}
    unsettled = graph.network(modes=["UnsettledRelationship"], certain_only=True)
    assert edges(unsettled) == set()
    for wrong, hint in (("Membershp", "did you mean Membership"), ("City", "docs/ontology.html")):
        with pytest.raises(UsageError, match=f"'{wrong}' is no kind") as error:
            graph.network(kinds=[wrong])
        assert hint in (error.value.hint or "")


def test_a_time_marks_or_leaves_out(graph: Graph) -> None:
    then = graph.network(when=When.of(year="2012"))
    marks = {data["record"]: data["mark"] for _, _, data in then.edges(data=True)}
    assert marks["three-party-charter"] == ""
    assert marks["port-company-portogrande"] == "possibly"  # no time is stated
    assert "lindvik-in-nordljus" not in marks
    assert set(then) == set(graph.network())  # nodes stay


def test_structure_is_asked_for(graph: Graph) -> None:
    network = graph.network(structure=True)
    data = network.edges["festival-post", "kulturkontoret", "festival-post.postIn.kulturkontoret"]
    assert data == {
        "kind": "postIn",
        "group": "groupStructure",
        "roles": "postIn",
        "record": "festival-post",
        "directed": True,
        "line": "active",
        "structure": True,
        "certainty": "stated",
    }
    assert edges(network) == edges(graph.network())
    assert not any("structure" in data for _, _, data in graph.network().edges(data=True))
    named = graph.network(structure=True, kinds=["Membership"])
    assert named.number_of_edges() == 1


def test_roles_beyond_the_ends_of_an_edge(graph: Graph) -> None:
    known = incidence(graph.lookup)
    assert ("via", "kulturkontoret") in known.roles["visit-through-the-office"]
    assert "visit-through-the-office" in known.of_party["kulturkontoret"]
    assert known.parties("three-party-charter") == ("aberhaven", "lindvik", "portogrande")
    assert known.above("festival-post") == ("festival-post", "kulturkontoret", "lindvik")
    assert known.below("lindvik") == ("festival-post", "kulturkontoret", "lindvik")
    assert known.below("kulturkontoret") == ("festival-post", "kulturkontoret")
    assert known.facets["festival-post"] == "facetUnit"


def test_two_facets_become_a_bipartite_network(graph: Graph) -> None:
    known = incidence(graph.lookup)
    chosen: dict[str, dict[str, Any]] = {
        data["record"]: {"kind": data["kind"]} for _, _, data in graph.network().edges(data=True)
    }
    units = [id_ for id_, facet in known.facets.items() if facet == "facetUnit"]
    arenas = [id_ for id_, facet in known.facets.items() if facet == "facetArena"]
    table = projection(known, units, arenas, relationships=chosen)
    assert list(table.edges(keys=True)) == [("kulturkontoret", "nordljus-scenforum", "stage-forum-chair")]
    assert table.edges["kulturkontoret", "nordljus-scenforum", "stage-forum-chair"] == {
        "kind": "RoleTenure",
        "record": "stage-forum-chair",
        "roles": "body holder",
    }
    assert table.nodes["festival-post"] == {"bipartite": 0}  # that it is nowhere is an answer
    assert table.nodes["nordljus"] == {"bipartite": 1}
    assert nx.bipartite.is_bipartite(table)


def test_a_folder_without_relationships_is_a_network_without_edges(tmp_path: Path) -> None:
    city = copy_city(tmp_path / "lindvik")
    city.path("relationships.yaml").unlink()
    network = relgraph.open(city.root).network(structure=True, modes=ALL)
    assert set(network) >= {"lindvik", "aberhaven"}
    assert edges(network) == set()


def test_what_goes_on_is_not_drawn_as_done(tmp_path: Path) -> None:
    """Of kinds that are done in a time."""
    city = copy_city(tmp_path / "city").root
    relationships = city / "graph" / "relationships.yaml"
    source = "source: [{document: ar2030, section: '1', range: [84, 115]}]"
    stated = {"once": "", "often": "regularity: regular,", "then": "regularity: regular, during: 2029,"}
    text = "".join(
        f"- {{id: {id_}, type: Contribution, contributor: lindvik, contributedTo: nordljus, observedIn: 2030,"
        f" {more} {source}}}\n"
        for id_, more in stated.items()
    )
    relationships.write_text(f"{relationships.read_text(encoding='utf-8')}{text}", encoding="utf-8")
    network = relgraph.open(city).network()
    lines = {data["record"]: data["line"] for _, _, data in network.edges(data=True)}
    assert (lines["once"], lines["often"], lines["then"]) == ("done", "active", "done")
