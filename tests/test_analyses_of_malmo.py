"""What coverage, activity, reach, terms and quality find in Malmö: by id, each number as SPARQL counts."""

from __future__ import annotations

import pytest
from harbour import cells, evidence_of, table
from malmo import ROOT, Malmo
from syrupy.assertion import SnapshotAssertion

from relgraph.analysis import ANALYSES, Evidence, Result, analyse
from relgraph.views.analysis import as_csv
from relgraph.views.told import Told

TOLD = ("coverage", "activity", "reach", "terms", "quality")


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return evidence_of(ROOT)


@pytest.fixture(scope="module")
def results(evidence: Evidence) -> dict[str, Result]:
    return {name: analyse(name, evidence) for name in TOLD}


@pytest.fixture(scope="module")
def malmo() -> Malmo:
    return Malmo()


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("coverage", "unnamed"),
        ("activity", "fallow"),
        ("reach", "single"),
        ("terms", "coming"),
        ("quality", "conflicts"),
    ],
)
def test_one_table_of_each(
    evidence: Evidence, results: dict[str, Result], name: str, part: str, snapshot: SnapshotAssertion
) -> None:
    assert as_csv(Told(name, results[name], evidence, "sv"), part).replace("\r\n", "\n") == snapshot


def test_who_is_responsible_is_so_for_a_network_or_a_part_of_it(results: dict[str, Result]) -> None:
    unnamed = {cells(row)[0] for row in table(results["coverage"], "unnamed")}
    # the Brussels Office coordinated the cooperation with Eurocities, the Environment Department chairs UBC's
    # committee, the Chair of the City Executive Board that of ICLEI; the work in UCLG is supported
    assert not unnamed & {"eurocities", "ubc", "iclei", "uclg", "procura-plus", "social-affairs-forum"}
    # of these the report says no more than that Malmö is a member, or took part
    assert {"uitp", "smart-cities-platform", "skane-association-eu-network", "pum"} <= unnamed


def test_a_department_that_was_less_active_stands_in_the_forum_all_the_same(
    results: dict[str, Result],
) -> None:
    rows = {cells(row)[:3]: cells(row)[3:] for row in table(results["coverage"], "units")}
    assert rows["property-and-streets-office", "eurocities", "mobility-forum"] == (None, ["low"])
    assert rows["city-planning-office", "eurocities", "economy-forum"] == (None, ["low"])
    # with the German cities' network it was together with, not in
    assert not any(network == "german-cities-national-network" for _, network, _ in rows)


def test_the_six_focus_areas_have_only_the_action_plan(results: dict[str, Result], malmo: Malmo) -> None:
    rows = table(results["coverage"], "priorities")
    assert {cells(row)[0] for row in rows} == malmo.ids("?x a rg:FocusArea")
    assert {cells(row)[2][0] for row in rows} == {"action-plan-based-on-focus-areas"}  # type: ignore[index]


def test_what_lies_fallow_is_contradicted_for_tangshan_and_not_for_shenzhen(
    results: dict[str, Result],
) -> None:
    rows = {cells(row)[0]: cells(row) for row in table(results["activity"], "fallow")}
    assert set(rows) == {
        "malmo-tangshan-twinning",
        "malmo-twin-towns",
        "shenzhen",
        "malmo-shenzhen-memorandum",
    }
    assert rows["malmo-tangshan-twinning"][6] == ["tangshan-contacts-environment-department"]
    assert rows["shenzhen"][6] is None
    # planned and cancelled, and declined: neither happened
    assert rows["shenzhen"][5] == [
        "cancelled-visit-to-hong-kong-and-shenzhen-2019",
        "declined-invitation-summer-2019",
    ]


def test_a_cancelled_visit_is_no_dormancy(results: dict[str, Result]) -> None:
    # of activity with Hong Kong nothing is said; that is not an assessment
    assert "hong-kong" not in {cells(row)[0] for row in table(results["activity"], "levels")}
    silent = {cells(row)[0] for row in table(results["activity"], "silent")}
    assert "hong-kong" in silent
    assert not silent & {"eurocities", "ubc", "big-city-network", "tangshan", "shenzhen"}


def test_brussels_is_reached_as_a_place_and_not_as_a_party(results: dict[str, Result]) -> None:
    rows = {cells(row)[0]: cells(row) for row in table(results["reach"], "targets")}
    assert rows["brussels"][2] == rows["prague"][2] == ["place"]
    assert rows["turku"][2:] == (["party"], 0, ["ubc"])  # by the committee that both chair
    assert "dalian" not in rows  # the negotiations failed, and the university is not the city


def test_the_chairs_of_iclei_end_possibly_within_two_years(results: dict[str, Result]) -> None:
    rows = {cells(row)[0]: cells(row)[2:6] for row in table(results["terms"], "coming")}
    # since 2018, for three years to come: to 2021 or 2022
    assert rows["malmo-chairs-procura-plus"] == ("ends", "2021-01-01", "2022-12-31", "possibly")
    assert rows["iclei-world-congress-2021"][3] == "certainly"
    open_ended = {cells(row)[0] for row in table(results["terms"], "open")}
    assert "malmo-hong-kong-charter" in open_ended
    assert "leading-city-for-culture-2018-2019" not in open_ended  # its period is stated


def test_statements_are_counted_as_sparql_counts_them(results: dict[str, Result], malmo: Malmo) -> None:
    rows = [cells(row) for row in table(results["quality"], "certainty")]
    for column, certainty in enumerate(("stated", "implied", "ambiguous"), 1):
        assert sum(int(str(row[column])) for row in rows) == malmo.count(
            f"?x a rg:Relationship ; rg:certainty rg:{certainty}"
        )
    groups = {row[0]: row[4] for row in rows}
    assert groups["groupSensitivity"] == malmo.count("?x a rg:NegatedRelationship")
    assert groups["groupAssessment"] == malmo.count("?x a rg:Assessment")
    unbounded = " . ".join(
        f'?x rg:{key} "{day}"^^xsd:date'
        for key, day in (
            ("earliestBegin", "0001-01-01"),
            ("latestBegin", "9999-12-31"),
            ("earliestEnd", "0001-01-01"),
            ("latestEnd", "9999-12-31"),
        )
    )
    undated = {cells(row)[0] for row in table(results["quality"], "undated")}
    assert undated == malmo.ids(f"?x a rg:Relationship . {unbounded}")
    assert results["quality"].basis.undated == len(undated)


def test_the_basis_of_each_analysis_is_what_sparql_counts(results: dict[str, Result], malmo: Malmo) -> None:
    excluded = malmo.count(
        "?x a rg:Relationship FILTER(EXISTS { ?x a rg:NegatedRelationship } || "
        "EXISTS { ?x a rg:PlannedRelationship } || EXISTS { ?x a rg:UnsettledRelationship })"
    )
    for name, result in results.items():
        ids = {id_ for found in result.tables for row in found.rows for id_ in row.records}
        values = " ".join(f":{id_}" for id_ in sorted(ids))
        pattern = f"VALUES ?x {{ {values} }} ?x a rg:Relationship"
        assert result.basis.counted == malmo.count(pattern), name
        uncertain = malmo.count(f"{pattern} ; rg:certainty ?c FILTER(?c != rg:stated)")
        assert result.basis.uncertain == uncertain, name
        assert result.basis.excluded == (0 if name == "quality" else excluded), name


def test_what_is_named_once_is_so_in_every_role(results: dict[str, Result], malmo: Malmo) -> None:
    once = {cells(row)[0]: cells(row)[2] for row in table(results["quality"], "once")}
    for entity in ("uitp", "erasmus-plus", "metron", "string"):
        named = malmo.ids(f"?x a rg:Relationship ; ?role :{entity} FILTER(?role != rg:conflictsWith)")
        assert (entity in once) == (len(named) == 1), entity
        assert entity not in once or {once[entity]} == named


def test_identifiers_are_those_of_the_graph(results: dict[str, Result], malmo: Malmo) -> None:
    cities = next(cells(row) for row in table(results["quality"], "identified") if cells(row)[0] == "City")
    known = malmo.ids("?x a rg:City ; skos:exactMatch ?outside")
    assert cities[1:3] == (malmo.count("?x a rg:City"), len(known))
    assert set(cities[3]) == malmo.ids("?x a rg:City") - known  # type: ignore[call-overload]


def test_every_note_on_the_document_is_told(results: dict[str, Result], malmo: Malmo) -> None:
    told = {cells(row)[2] for row in table(results["quality"], "notes")}
    assert told == malmo.ids("?x a rg:SourceNote")


def test_every_record_of_a_row_is_there(evidence: Evidence, results: dict[str, Result]) -> None:
    for name in set(ANALYSES) & set(results):
        for found in results[name].tables:
            for row in found.rows:
                assert all(evidence.lookup.get(id_) for id_ in (*row.records, *row.left_out)), (name, row)
