"""Centrality: networks small enough to compute by hand, published values, networkx as the other witness."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from math import sqrt
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from running import City, environment

import relgraph
from relgraph.analysis import Evidence, analyse
from relgraph.analysis.measures import MEASURES, betweenness, measure
from relgraph.analysis.model import Found
from relgraph.analysis.pivots import dependencies
from relgraph.analysis.ranks import can_leave_out, places, ranks
from relgraph.analysis.ties import Ties, ties
from relgraph.cli.progress import watched
from relgraph.model import Ref


def tied(pairs: Iterable[tuple[Any, Any]]) -> Ties:
    """Each pair tied by a relationship of its own; parallel pairs by several."""
    found: dict[tuple[str, str], list[str]] = {}
    for number, pair in enumerate(pairs):
        a, b = sorted(map(str, pair))
        if a != b:
            found.setdefault((a, b), []).append(f"r-{number}")
    return Ties({pair: tuple(sorted(ids)) for pair, ids in sorted(found.items())})


#: a star of three with a tail: a-c, b-c, c-d, d-e
TAIL = tied([("a", "c"), ("b", "c"), ("c", "d"), ("d", "e")])


def test_by_hand() -> None:
    assert measure("degree", TAIL) == {"a": 1, "b": 1, "c": 3, "d": 2, "e": 1}
    # pairs through c: ab ad ae bd be; through d: ae be ce; of 4*3/2 = 6
    assert measure("betweenness", TAIL) == pytest.approx({"a": 0, "b": 0, "c": 5 / 6, "d": 3 / 6, "e": 0})
    # x = 0.15 + 0.85 * sum of neighbours' x / degree, mean 1
    rank = measure("pagerank", TAIL)
    assert sum(rank.values()) == pytest.approx(5)
    assert rank["a"] == pytest.approx(0.15 + 0.85 * rank["c"] / 3)
    assert rank["c"] == pytest.approx(0.15 + 0.85 * (rank["a"] + rank["b"] + rank["d"] / 2))
    # the largest eigenvalue of a star of three is sqrt(3): the centre has sqrt(3) times the others
    star = measure("eigenvector", tied([("a", "d"), ("b", "d"), ("c", "d")]))
    assert star == pytest.approx({"a": 1 / sqrt(3), "b": 1 / sqrt(3), "c": 1 / sqrt(3), "d": 1})


def test_published_values() -> None:
    # Freeman's betweenness of the Florentine families: the Medici lie on 47.5 of 91 pairs' paths
    families = tied(nx.florentine_families_graph().edges)
    found = measure("betweenness", families)
    assert found["Medici"] == pytest.approx(47.5 / 91)
    assert found["Guadagni"] == pytest.approx(0.254579, abs=1e-6)
    assert found["Strozzi"] == pytest.approx(0.102564, abs=1e-6)
    # Zachary's karate club: instructor and officer
    club = tied((f"m{a:02}", f"m{b:02}") for a, b in nx.karate_club_graph().edges)
    found = measure("betweenness", club)
    assert (found["m00"], found["m33"]) == pytest.approx((0.437635, 0.304075), abs=1e-6)
    assert (measure("degree", club)["m33"], measure("degree", club)["m00"]) == (17, 16)


def test_the_eigenvector_of_a_large_network_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    found = tied(nx.karate_club_graph().edges)
    before = measure("eigenvector", found)
    monkeypatch.setattr("relgraph.analysis.measures.ONE_CALL", 0)
    after = measure("eigenvector", found)
    assert all(abs(after[party] - before[party]) < 1e-9 for party in before)


EDGES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=22)


@settings(max_examples=40, deadline=None)
@given(EDGES)
def test_rustworkx_agrees_with_networkx(edges: list[tuple[int, int]]) -> None:
    found = tied(edges)
    graph = found.to_networkx()
    for part in found.components:
        own = graph.subgraph(part)
        size = len(part)
        eigen = nx.eigenvector_centrality(own, max_iter=100_000, tol=1e-13)
        witnesses = {
            "betweenness": nx.betweenness_centrality(own),
            "eigenvector": {k: v / max(eigen.values()) for k, v in eigen.items()},
        }
        for name, known in witnesses.items():
            values = measure(name, found)
            assert all(abs(values[party] - known[party]) < 1e-9 for party in part), name
        walk = [measure("pagerank", found)[party] / size for party in part]
        onward = walk @ nx.google_matrix(own, alpha=0.85, nodelist=part)  # nx.pagerank itself needs scipy
        assert max(abs(onward - walk)) < 1e-9
        assert sum(walk) == pytest.approx(1)


@settings(max_examples=25, deadline=None)
@given(EDGES, st.permutations(range(10)), st.randoms(use_true_random=False))
def test_names_order_and_what_lies_apart_change_nothing(
    edges: list[tuple[int, int]], names: list[int], chance: Any
) -> None:
    found = tied(edges)
    shuffled = [*edges, (20, 21), (21, 22), (22, 23), (23, 21)]  # another part, tied well
    chance.shuffle(shuffled)
    other = tied((names[a] if a < 10 else a, names[b] if b < 10 else b) for a, b in shuffled)
    for name in MEASURES:
        values, again = measure(name, found), measure(name, other)
        assert {party: again[str(names[int(party)])] for party in values} == pytest.approx(values, abs=1e-9)
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(["alone", "z"])  # a party without a tie
    for (a, b), ids in found.pairs.items():
        for id_ in ids:
            graph.add_edge(b, a, key=id_, record=id_)
    assert ties(graph) == found


@pytest.mark.parametrize("name", list(MEASURES))
def test_nothing_and_one_pair(name: str) -> None:
    assert measure(name, tied([])) == {}
    one = measure(name, tied([("a", "b")]))
    assert one == pytest.approx(dict.fromkeys("ab", 0.0 if name == "betweenness" else 1.0))


# -- ranks ---------------------------------------------------------------------------------------------------


def test_places_are_shared_within_rounding() -> None:
    assert places([]) == []
    assert places([0.1 + 0.2, 1.0, 0.3, 0.0, 0.0]) == [(2, True), (1, False), (2, True), (4, True), (4, True)]


def firm(found: Ties, name: str) -> dict[str, str]:
    values: dict[str, Sequence[float]] = {name: list(measure(name, found).values())}
    return dict(zip(found.parties, map(str, ranks(found, values)[name]), strict=True))


def test_a_rank_that_one_relationship_decides_is_marked() -> None:
    # c has three neighbours, d two: without any of c's ties they are level, and nobody passes
    assert firm(TAIL, "degree") == {"a": "3=", "b": "3=", "c": "1", "d": "2", "e": "3="}
    # one relationship of three parties: without it d and g have no tie, a and e still one
    triple = Ties(
        {
            **tied([("a", "b"), ("b", "c"), ("e", "f")]).pairs,
            ("d", "f"): ("t",),
            ("f", "g"): ("t",),
            ("d", "g"): ("t",),
            ("c", "f"): ("u",),
        }
    )
    assert firm(triple, "degree") == {
        **{"a": "6=~", "b": "2=", "c": "2=", "d": "2=~", "e": "6=~", "f": "1", "g": "2=~"}
    }


def test_a_tie_by_two_relationships_or_by_structure_does_not_hang_on_one() -> None:
    double = tied([("a", "b"), ("b", "c"), ("b", "c")])
    assert double.depending == {"r-0": (("a", "b"),)}
    held = Ties(double.pairs, frozenset({("a", "b")}))
    assert held.depending == {}
    assert held.less("r-0").pairs == {("a", "b"): (), ("b", "c"): ("r-1", "r-2")}
    assert set(held.among(["b", "c"]).pairs) == {("b", "c")}
    assert held.without(["c"]).structure == {("a", "b")}


def test_leaving_out_is_what_computing_anew_is() -> None:
    found = tied(nx.florentine_families_graph().edges)
    graph = found.to_networkx()
    value = nx.betweenness_centrality(graph)
    flips = set()
    for tie in found.pairs:
        less = graph.copy()
        less.remove_edge(*tie)
        new = nx.betweenness_centrality(less)
        flips |= {
            party
            for a in value
            for b in value
            if value[a] - value[b] > 1e-9 and new[b] - new[a] > 1e-9
            for party in (a, b)
        }
    marked = {party for party, rank in firm(found, "betweenness").items() if rank.endswith("~")}
    assert marked == flips
    assert {"Medici", "Pazzi"} & marked == set()
    assert "Strozzi" in marked


def test_a_large_network_is_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relgraph.analysis.ranks.LEAVE_ONE_OUT", 10)
    assert not can_leave_out(TAIL)
    found = ranks(TAIL, {"degree": list(measure("degree", TAIL).values())})["degree"]
    assert [rank.firm for rank in found] == [None] * 5
    assert str(found[0]) == "3="


# -- estimates -----------------------------------------------------------------------------------------------


def test_all_pivots_are_the_exact_value_and_some_stay_within_the_bound() -> None:
    found = tied(nx.karate_club_graph().edges)
    size = len(found.parties)
    exact = measure("betweenness", found)
    sums = dependencies(size, found.numbered, size)
    assert [total / ((size - 1) * (size - 2)) for total in sums] == pytest.approx(list(exact.values()))
    done: list[int] = []
    estimate = betweenness(found, exact=0, pivots=20, step=done.append)
    assert sum(done) == 20
    assert estimate.bound == pytest.approx(sqrt(3.688879 / 40) * 34 / 33, abs=1e-6)
    wrong = [abs(estimate.values[party] - exact[party]) for party in exact]
    assert 0 < max(wrong) < estimate.bound
    assert betweenness(found, exact=0, pivots=20) == estimate
    assert betweenness(found, pivots=20).bound == 0.0


#: a ring in which each is tied to the ten next: an estimate from all of it takes a minute
RING = """
import sys
from relgraph.analysis.measures import betweenness
from relgraph.analysis.ties import Ties
from relgraph.cli import interrupts
interrupts.heed()
size, near = 4000, range(1, 11)
pairs = {tuple(sorted((f"p{i}", f"p{(i + k) % size}"))): (f"r{i}",) for i in range(size) for k in near}
print("begun", flush=True)
try:
    betweenness(Ties(pairs), exact=0, pivots=size - 1)
except interrupts.EndedError as end:
    interrupts.tell(end.number)
    sys.exit(end.code)
"""


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_an_estimate_can_be_interrupted() -> None:
    running = subprocess.Popen(
        [sys.executable, "-c", RING], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    )
    assert running.stdout is not None
    assert running.stdout.readline() == b"begun\n"
    time.sleep(0.3)
    began = time.monotonic()
    running.send_signal(signal.SIGINT)
    err = running.communicate(timeout=30)[1]
    assert (running.returncode, err) == (130, b"interrupted\n")
    assert time.monotonic() - began < 1 + (1 if os.getloadavg()[0] > 2 else 0)


class Terminal(io.StringIO):
    """Somebody looks."""

    def isatty(self) -> bool:
        return True


def test_a_bar_appears_on_a_terminal_for_what_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    def shown(stream: io.StringIO, patience: float) -> str:
        monkeypatch.setattr("relgraph.cli.progress.PATIENCE", patience)
        monkeypatch.setattr(sys, "stderr", stream)
        with watched("Centrality", 4) as step:
            step(1)
            step(3)
        return stream.getvalue()

    assert "Centrality" in (long := shown(Terminal(), -1.0))
    assert "100%" in long
    assert (shown(Terminal(), 60.0), shown(io.StringIO(), -1.0)) == ("", "")


# -- the analysis --------------------------------------------------------------------------------------------


def evidence_of(city: City, **options: Any) -> Evidence:
    return Evidence(relgraph.open(city.root).lookup, **options)


def column(found: Found, number: int) -> dict[str, Any]:
    return {row.cells[0].id: row.cells[number] for row in found.rows if isinstance(row.cells[0], Ref)}


def test_the_city_and_what_is_left_without_it(built: City) -> None:
    evidence = evidence_of(built)
    result = analyse("centrality", evidence)
    parties, beyond, parts = result.tables
    # lindvik: aberhaven, its office, nordljus, the annual meeting; the office and the forum are tied by the
    # chair, the forum is a part of the network
    assert column(parties, 1) == {
        "lindvik": 4,
        "kulturkontoret": 3,
        "aberhaven": 2,
        "nordljus": 2,
        "nordljus-scenforum": 2,
        "nordljus-annual-meeting-2030": 1,
    }
    assert column(parties, 2)["lindvik"] == "1"
    assert column(beyond, 1) == {
        "kulturkontoret": 2,
        "nordljus-scenforum": 2,
        "aberhaven": 1,
        "nordljus": 1,
    }
    assert [row.cells for row in parts.rows] == [(2, (Ref("hamnbolaget"), Ref("portogrande")))]
    rows = {row.cells[0]: row for row in parties.rows}
    assert rows[Ref("lindvik")].records == (
        "lindvik-aberhaven-twinning",
        "lindvik-at-annual-meeting-2030",
        "lindvik-in-nordljus",
    )
    assert "portogrande-negotiation" in rows[Ref("lindvik")].left_out
    notes = {note.key: note.values for note in result.notes}
    assert notes["only-home"] == {"home": Ref("lindvik"), "count": 1, "parts": 2}
    assert "estimated" not in notes
    assert "not-left-out" not in notes


def test_a_large_network_is_told_of(built: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relgraph.analysis.ranks.LEAVE_ONE_OUT", 0)
    evidence = evidence_of(built)
    notes = [note.key for note in analyse("centrality", evidence).notes]
    assert notes.count("not-left-out") == 2


def test_limits_reach_the_ties(built: City) -> None:
    only = evidence_of(built, kinds=("Membership",)).ties
    assert only.pairs == {("lindvik", "nordljus"): ("lindvik-in-nordljus",)}
    assert only.structure == frozenset()
    assert ("kulturkontoret", "lindvik") in evidence_of(built, certain_only=True).ties.structure
