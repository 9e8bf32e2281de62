"""Brokers, what rests on one unit, and communities: by hand, published values, and by computing anew."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from running import City
from test_centrality import EDGES, TAIL, evidence_of, tied

from relgraph.analysis import analyse
from relgraph.analysis.communities import (
    adjusted_rand,
    communities,
    named_by,
    together,
)
from relgraph.analysis.concerns import Concerns
from relgraph.analysis.cuts import cuts
from relgraph.analysis.evidence import Evidence
from relgraph.analysis.holes import holes
from relgraph.analysis.model import Word
from relgraph.analysis.ties import Ties
from relgraph.analysis.whatif import Holdings, holdings, loss
from relgraph.model import Ref

# -- structural holes ----------------------------------------------------------------------------------------


def test_holes_by_hand() -> None:
    found = holes(TAIL)
    assert (found["c"].size, found["c"].constraint) == pytest.approx((3, 3 * (1 / 3) ** 2))
    assert (found["a"].size, found["a"].constraint) == (1, 1)
    # a triangle: each contact is half of the own, and half of what is reached through the other
    triangle = holes(tied([("a", "b"), ("b", "c"), ("a", "c")]))
    assert (triangle["a"].size, triangle["a"].constraint) == pytest.approx((1, 2 * (1 / 2 + 1 / 4) ** 2))


@settings(max_examples=40, deadline=None)
@given(EDGES)
def test_holes_and_cuts_agree_with_networkx(edges: list[tuple[int, int]]) -> None:
    found = tied(edges)
    graph = found.to_networkx()
    constraint, size = nx.constraint(graph), nx.effective_size(graph)
    for party, hole in holes(found).items():
        assert hole.constraint == pytest.approx(constraint[party], abs=1e-9)
        assert hole.size == pytest.approx(size[party], abs=1e-9)
    known = cuts(found)
    assert set(known.points) == set(nx.articulation_points(graph))
    assert set(known.bridges) == {(min(tie), max(tie)) for tie in nx.bridges(graph)}


@settings(max_examples=40, deadline=None)
@given(EDGES, st.integers(0, 9))
def test_what_is_cut_off_is_what_computing_anew_finds(edges: list[tuple[int, int]], number: int) -> None:
    found, home = tied(edges), str(number)
    graph = found.to_networkx()
    known = cuts(found, home)

    def cut(left: nx.Graph) -> int:
        parts = list(nx.connected_components(left))
        kept = next((len(part) for part in parts if home in part), max(map(len, parts), default=0))
        return len(left) - kept

    for party in found.parties:
        part = graph.subgraph(nx.node_connected_component(graph, party)).copy()
        part.remove_node(party)
        assert known.points.get(party, 0) == cut(part)
    for a, b in found.pairs:
        part = graph.subgraph(nx.node_connected_component(graph, a)).copy()
        part.remove_edge(a, b)
        assert known.bridges.get((a, b), 0) == cut(part)


def test_cut_off_is_counted_from_the_home_or_the_largest_piece() -> None:
    assert cuts(TAIL).points == {"c": 2, "d": 1}  # c leaves a, b and d-e: the largest piece is two
    assert cuts(TAIL, "e").points == {"c": 2, "d": 3}
    assert cuts(TAIL, "c").points == {"c": 2, "d": 1}
    assert cuts(TAIL, "a").points == {"c": 3, "d": 1}
    assert cuts(TAIL, "e").bridges == {("a", "c"): 1, ("b", "c"): 1, ("c", "d"): 3, ("d", "e"): 4}
    assert cuts(TAIL).bridges[("c", "d")] == 2


def test_published_constraint() -> None:
    # Borgatti's example of effective size (1997): ego with 7 contacts, of which 5 ties: 7 - 2*5/7
    contacts = [("ego", each) for each in "abcdefg"]
    ego = holes(tied([*contacts, ("a", "b"), ("b", "c"), ("c", "d"), ("e", "f"), ("f", "g")]))["ego"]
    assert ego.size == pytest.approx(7 - 10 / 7)
    club = holes(tied((f"m{a:02}", f"m{b:02}") for a, b in nx.karate_club_graph().edges))
    assert min(club, key=lambda party: club[party].constraint) in ("m00", "m33")


# -- what rests on one unit ----------------------------------------------------------------------------------

UNITS = ("office", "post", "unit")
TARGETS = ("forum", "city", "topic", "network")
MEETINGS = st.lists(
    st.tuples(st.sets(st.sampled_from(UNITS), min_size=1), st.sets(st.sampled_from(TARGETS))), max_size=8
)


def held_in(meetings: list[tuple[set[str], set[str]]], gone: frozenset[str] = frozenset()) -> Holdings:
    """From scratch: what is held in meetings of units about targets when some units are not there."""
    held: dict[str, dict[str, frozenset[str]]] = {}
    relationships = {}
    for number, (units, targets) in enumerate(meetings):
        left = units - gone
        if left:
            relationships[f"r-{number}"] = frozenset(left)
        for target in targets:
            for unit in left:
                known = held.setdefault(target, {}).get(unit, frozenset())
                held[target][unit] = known | {f"r-{number}"}
    return Holdings(held, {}, relationships)


@settings(max_examples=60, deadline=None)
@given(MEETINGS, st.sampled_from(UNITS), st.sets(st.sampled_from(UNITS)))
def test_what_if_is_computing_anew(
    meetings: list[tuple[set[str], set[str]]], unit: str, parts: set[str]
) -> None:
    gone = frozenset({unit, *parts})
    before, after = held_in(meetings), held_in(meetings, gone)
    left = before.without(gone)
    assert (left.held, left.relationships) == (after.held, after.relationships)
    lost = loss(before, unit, gone)
    assert set(lost.targets) == before.held.keys() - after.held.keys()
    assert set(lost.alone) == before.relationships.keys() - after.relationships.keys()
    assert lost.targets == {
        target: tuple(sorted(set().union(*before.held[target].values()))) for target in lost.targets
    }


def held_by(evidence: Evidence) -> set[str]:
    concerns = Concerns(evidence)
    return set(holdings(concerns, concerns.of_facet("facetArena", "facetPartner")).held)


def test_what_if_in_the_city_is_a_city_without_the_office(built: City, city: City) -> None:
    evidence = evidence_of(built)
    concerns = Concerns(evidence)
    found = holdings(concerns, concerns.of_facet("facetArena", "facetPartner"))
    lost = loss(found, "kulturkontoret", {"kulturkontoret"})
    assert lost.targets == {
        "aberhaven": ("aberhaven-contacts-culture-office", "meetings-with-aberhaven-2030"),
        "nordljus": ("stage-forum-chair",),
        "nordljus-scenforum": ("stage-forum-chair",),
    }
    assert lost.alone == lost.relationships
    text = city.path("relationships.yaml").read_text(encoding="utf-8")
    blocks = ["- id:" + block for block in text.split("- id:")[1:]]
    left = [block for block in blocks if "kulturkontoret" not in block]
    city.path("relationships.yaml").write_text("".join(left), encoding="utf-8")
    entities = city.path("entities.yaml").read_text(encoding="utf-8")
    begin = entities.index("- id: kulturkontoret")
    gone = entities[:begin] + entities[entities.index("- id:", begin + 1) :]
    city.path("entities.yaml").write_text(gone, encoding="utf-8")
    assert held_by(evidence) - set(lost.targets) == held_by(evidence_of(city)) == set()


def test_the_tables_of_the_city(built: City) -> None:
    risk, resting, brokers, bridges = analyse("brokers", evidence_of(built)).tables
    assert [row.cells for row in risk.rows] == [(Ref("kulturkontoret"), 3, 3, 2, 1, 0, 1)]
    assert {(row.cells[1], row.cells[3]) for row in resting.rows} == {
        (Ref("aberhaven"), Word("yes")),
        (Ref("nordljus"), Word("yes")),
        (Ref("nordljus-scenforum"), Word("not-stated")),
    }
    found = {row.cells[0]: row.cells[1:] for row in brokers.rows}
    assert found[Ref("lindvik")][0] == 4
    assert found[Ref("lindvik")][3] == 1  # the annual meeting
    assert bridges.rows == ()


# -- communities ---------------------------------------------------------------------------------------------

CAVES = [
    *[(f"a{i}", f"a{j}") for i in range(4) for j in range(i)],
    *[(f"b{i}", f"b{j}") for i in range(4) for j in range(i)],
    ("a0", "b0"),
]


def test_two_cliques_and_a_tie() -> None:
    found = communities(tied(CAVES))
    assert found.groups == (frozenset({"a0", "a1", "a2", "a3"}), frozenset({"b0", "b1", "b2", "b3"}))
    # 12 of 13 ties within; each side has 13 of 26 ends: 12/13 - 2 * (13/26)²
    assert found.modularity == pytest.approx(12 / 13 - 0.5)
    assert (found.agreement, found.firmness) == (1.0, (1.0, 1.0))
    assert named_by(tied(CAVES), found.groups[0]) == ("a0", "a1", "a2")
    again = communities(tied([(b, a) for a, b in reversed(CAVES)]))
    assert again == found
    renamed = communities(tied([(b.swapcase(), a.swapcase()) for a, b in CAVES]))
    assert [sorted(group) for group in renamed.groups] == [["A0", "A1", "A2", "A3"], ["B0", "B1", "B2", "B3"]]


def test_zacharys_club_falls_into_four() -> None:
    found = communities(tied((f"m{a:02}", f"m{b:02}") for a, b in nx.karate_club_graph().edges))
    assert len(found.groups) == 4
    assert 0.41 < found.modularity <= 0.4198  # the best there is: Brandes et al. 2008
    assert 0 < found.agreement < 1
    assert all(0 < firm <= 1 for firm in found.firmness)


def test_agreement_of_partitions_by_hand() -> None:
    one = (frozenset("abc"), frozenset("de"))
    other = (frozenset("ab"), frozenset("cde"))
    # pairs: 4 and 4 of 10, two alike (ab, de); expected 4*4/10: (2 - 1.6) / (4 - 1.6)
    assert adjusted_rand(one, other) == pytest.approx(0.4 / 2.4)
    assert adjusted_rand(one, one) == 1.0
    assert adjusted_rand((frozenset("a"),), (frozenset("a"),)) == 1.0
    assert together(frozenset("abc"), other) == pytest.approx(1 / 3)
    assert together(frozenset("a"), other) == 1.0


def test_nothing_has_no_groups_and_no_cuts() -> None:
    nothing = Ties({})
    assert communities(nothing).groups == ()
    assert (cuts(nothing, "a").points, holes(nothing)) == ({}, {})


@pytest.mark.parametrize("name", ["centrality", "brokers", "communities"])
def test_a_graph_without_relationships_is_answered(city: City, name: str) -> None:
    city.path("relationships.yaml").unlink()
    entities = city.path("entities.yaml").read_text(encoding="utf-8")
    begin = entities.index("- id:", 1)
    city.path("entities.yaml").write_text(entities[:begin], encoding="utf-8")
    done = city.run("analyze", name, "--lang", "en", "--format", "json")
    assert done.code == 0, done.err
    assert '"rows": []' in done.out
    assert '"counted": 0' in done.out
