"""The graph of Malmö through SPARQL: no naive query is wrong, and nothing of the report is left uncited."""

from __future__ import annotations

from pathlib import Path

import pytest

import relgraph
from relgraph.api import Graph
from relgraph.checks import all_citations
from relgraph.sources.verify import coverage

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def graph() -> Graph:
    return relgraph.open(ROOT)


def names(graph: Graph, pattern: str) -> set[str]:
    """The local names of ?x."""
    rows = graph.query(f"SELECT DISTINCT ?x {{ {pattern} }}").rows
    return {row[0].removeprefix(graph.compiled.base) for row in rows}


def count(graph: Graph, pattern: str) -> int:
    return int(graph.query(f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}").rows[0][0])


def test_every_segment_is_cited_or_listed_as_not_factual() -> None:
    checked = relgraph.open(ROOT).project.check()
    assert checked.errors == ()
    cited = [(r.id, citation) for r in checked.dataset.records for citation in all_citations(r)]
    report = coverage(checked.lock, "vb2019", cited, checked.dataset.documents["vb2019"].not_factual)
    assert report.total.segments > 150
    assert [count.section for count in report.counts if count.uncovered] == []


def test_three_formal_cooperations_with_chinese_cities(graph: Graph) -> None:
    formal = "?x a rg:Agreement ; rg:legalStatus rg:formal ; rg:party/schema:containedInPlace :china"
    assert names(graph, formal) == {
        "malmo-tangshan-twinning",
        "malmo-hong-kong-charter",
        "malmo-shenzhen-memorandum",
    }
    reported = "SELECT ?n { ?x a rg:ReportedCount ; rg:includes :malmo-hong-kong-charter ; rg:number ?n }"
    assert graph.query(reported).rows == (("3",),)


def test_no_agreement_with_dalian_and_no_visit_to_hong_kong(graph: Graph) -> None:
    assert count(graph, "?x a rg:Agreement ; rg:party :dalian") == 0
    assert count(graph, "?x a rg:FailedNegotiation ; rg:party :dalian") == 1
    assert count(graph, "?x a rg:Visit ; rg:visited :hong-kong") == 0
    assert count(graph, "?x a rg:CancelledVisit ; rg:visited :hong-kong") == 1
    assert count(graph, "?x a rg:UnsettledRelationship ; rg:visited :hong-kong") == 2


def test_tangshan_is_stated_for_2016_and_contradicted_for_2019(graph: Graph) -> None:
    status = "SELECT ?d { ?x a rg:StatusAssessment ; rg:of :malmo-tangshan-twinning ; rg:during ?d }"
    assert graph.query(status).rows == (("2016",),)
    contact = "?x a rg:Contact ; rg:initiator :tangshan ; rg:conflictsWith ?other"
    assert count(graph, contact) == 1
    assert count(graph, "?x a rg:ActivityAssessment ; rg:conflictsWith [ a rg:Contact ]") == 2


def test_memberships_are_those_stated_or_implied_and_iclei_is_none(graph: Graph) -> None:
    members = names(graph, ":malmo org:memberOf ?x")
    assert {"ubc", "uclg", "uitp", "smart-cities-platform", "eurocities"} == members
    implied = "?m a rg:Membership ; org:member :malmo ; org:organization ?x ; rg:certainty rg:implied"
    assert names(graph, implied) == {"eurocities"}
    assert count(graph, "?x a rg:Gap ; rg:about :iclei") == 1


def test_who_did_not_take_part_is_not_among_the_participants(graph: Graph) -> None:
    assert count(graph, "?x a rg:Participation ; rg:in :cop25") == 0
    assert count(graph, "?x a rg:NonParticipation ; ?role :cop25") == 1


def test_counts_are_not_rates(graph: Graph) -> None:
    total = """SELECT (SUM(?c) AS ?n) { VALUES ?p { :executive-board-working-committee :malmo-eu-network
      :big-city-officials } ?m a rg:MeetingSeries ; rg:participant ?p ; rg:count ?c }"""
    assert graph.query(total).rows == (("13",),)
    assert count(graph, "?x a rg:MeetingSeries ; rg:participant :malmo-lund-region-eu-network") == 0
    assert count(graph, "?x a rg:MeetingRate ; rg:participant :malmo-lund-region-eu-network") == 1


def test_the_chairs_have_no_invented_end(graph: Graph) -> None:
    ends = """SELECT DISTINCT ?to ?ee ?le { ?x a rg:RoleTenure ; rg:body ?b ; rg:to ?to ; rg:earliestEnd ?ee ;
      rg:latestEnd ?le . VALUES ?b { :procura-plus :iclei-gexcom } }"""
    assert graph.query(ends).rows == (("[2021..2022]", "2021-01-01", "2022-12-31"),)


def test_the_offices_are_told_apart(graph: Graph) -> None:
    assert graph.record("Malmö stads EU kontor").id == graph.record("Brysselkontoret").id == "brussels-office"
    assert graph.record("Stadskontoret").id == "city-office"
    assert graph.record("Union of Baltic Metropolises").id == graph.record("UBC").id
    assert graph.record("SKL").id == graph.record("SKR").id
