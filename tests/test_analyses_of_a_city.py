"""Coverage, activity, reach, terms and quality of a city small enough to count by hand (tests/harbour.py)."""

from __future__ import annotations

from datetime import date as Day
from datetime import timedelta
from pathlib import Path

import pytest
from harbour import evidence_of, harbour, table, told
from hypothesis import example, given, settings
from hypothesis import strategies as st
from running import CITY, SOURCE, copy_city

from relgraph.analysis import ANALYSES, Evidence, analyse
from relgraph.analysis.terms import Turn, falls_within, later
from relgraph.time import Holds
from relgraph.when import When


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    return evidence_of(harbour(tmp_path_factory.mktemp("harbour")).root)


def test_units_stand_where_they_have_a_role_and_not_beside(evidence: Evidence) -> None:
    # r-beside names Sydbro only as company; the Culture Office has no role there
    assert told(evidence, "coverage", "units") == [
        ("kulturkontoret", "nordljus", "nordljus-scenforum", ["RoleTenure"], "not-stated"),
        ("trafikkontoret", "sydbro", None, ["Participation"], "not-stated"),
    ]


def test_a_network_has_nobody_named_unless_a_unit_is_responsible_in_it_or_its_forum(
    evidence: Evidence,
) -> None:
    # Nordljus has the chair of its forum; who went to Sydbro's meeting is named, but not as responsible
    assert told(evidence, "coverage", "unnamed") == [
        ("sydbro", None, None, ["trafikkontoret"], ["Membership", "Participation"]),
        ("tysta-ringen", None, None, None, ["Membership"]),
    ]


def test_a_topic_of_two_units_rests_on_neither(evidence: Evidence) -> None:
    assert told(evidence, "coverage", "topics") == [("tram", "trafikkontoret", ["PolicyWork"], 0)]


def test_a_focus_area_that_work_names_has_a_relationship(evidence: Evidence) -> None:
    assert told(evidence, "coverage", "priorities") == [("focus-housing", ["plan"], ["r-ground"])]


def test_conflicting_assessments_stand_both_and_name_each_other(evidence: Evidence) -> None:
    rows = told(evidence, "activity", "levels")
    twinning = ("lindvik-aberhaven-twinning", "groupBasis", "not-stated")
    contact, none = "contact-only-with-aberhaven-2030", "no-activity-with-aberhaven-2030"
    assert rows == [
        (*twinning, contact, "contact-only", [none]),
        (*twinning, none, "none", [contact]),
    ]


def test_what_lies_fallow_has_what_last_happened_and_what_did_not(evidence: Evidence) -> None:
    ((of, level, _, last, when, failed, conflict),) = told(evidence, "activity", "fallow")
    assert (of, level) == ("lindvik-aberhaven-twinning", "none")
    # both hold to the end of 2030; the twinning itself only from 1998
    assert last == ["aberhaven-contacts-culture-office", "meetings-with-aberhaven-2030"]
    assert when == "aberhaven-contacts-culture-office"
    assert failed == ["cancelled-journey-2030", "declined-invitation-2030"]
    assert conflict == ["contact-only-with-aberhaven-2030"]


def test_activity_is_counted_by_partner_in_the_source_s_period(evidence: Evidence) -> None:
    # three meetings are one statement; r-beside is of 2028, r-tram and r-stage are with nobody
    assert told(evidence, "activity", "done") == [
        ("aberhaven", "City", 1, 0, 0, ["MeetingSeries"]),
        ("sydbro", "Network", 1, 0, 0, ["Participation"]),
    ]


def test_nothing_said_is_said_of_the_bound_alone_and_only_where_it_is_so(evidence: Evidence) -> None:
    # Aberhaven and Sydbro have activity; with Portogrande the home has no agreement
    assert told(evidence, "activity", "silent") == [
        ("nordljus", "Network", ["Membership", "RoleTenure"], "nothing-said"),
        ("tysta-ringen", "Network", ["Membership"], "nothing-said"),
    ]


def test_reach_is_by_networks_and_by_direct_relationships(evidence: Evidence) -> None:
    assert told(evidence, "reach", "targets") == [
        ("aberhaven", "City", ["party"], 3, None),  # twinning, contacts, meetings
        ("sydstad", "City", ["place"], 0, ["sydbro"]),  # Sydbro met there
        ("sydland", "Country", ["place"], 0, ["sydbro"]),
    ]
    assert told(evidence, "reach", "networks") == [("sydbro", 2, 2, ["sydland", "sydstad"])]
    assert [row[0] for row in told(evidence, "reach", "single")] == ["sydstad", "sydland"]


def test_terms_come_after_the_day_and_within_the_months(evidence: Evidence) -> None:
    assert [(row[0], row[2], row[5]) for row in told(evidence, "terms", "coming")] == [
        ("stage-forum-chair", "ends", "certainly"),  # in 2031 or 2032, and all of both is within
        ("r-ring", "ends", "certainly"),
        ("hosting-2032", "takes-place", "certainly"),
        ("nordljus-annual-meeting-2032", "takes-place", "certainly"),
    ]
    assert [(row[0], row[5]) for row in told(evidence, "terms", "coming", months=12)] == [
        ("stage-forum-chair", "possibly"),
        ("r-ring", "certainly"),
    ]
    assert [row[0] for row in told(evidence, "terms", "coming", day=Day(2031, 6, 30), months=6)] == [
        "stage-forum-chair"
    ]


def test_what_has_no_known_end_is_apart_and_certain_only_where_it_is(evidence: Evidence) -> None:
    assert [(row[0], row[3]) for row in told(evidence, "terms", "open")] == [
        ("lindvik-in-nordljus", "2030-12-31"),
        ("r-sydbro", "2030-12-31"),
        ("lindvik-aberhaven-twinning", "not-stated"),  # since some day of 1998: no day is certain
    ]


def test_quality_counts_every_statement_by_its_certainty(evidence: Evidence) -> None:
    certainty = {row[0]: row[1:] for row in told(evidence, "quality", "certainty")}
    assert certainty["groupSensitivity"] == (3, 0, 0, 3)
    assert certainty["groupUnsettled"] == (0, 0, 2, 2)
    assert certainty["groupAssessment"] == (1, 1, 0, 2)
    assert told(evidence, "quality", "undated") == [("port-company-portogrande", "Agreement")]
    assert [row[0] for row in told(evidence, "quality", "never")] == ["sydstad", "sydland", "sydbros-kansli"]
    assert told(evidence, "quality", "identified")[0] == (
        "City", 4, 0, ["aberhaven", "lindvik", "portogrande", "sydstad"]
    )  # fmt: skip
    assert [row[1] for row in told(evidence, "quality", "conflicts")] == ["contradicts", "other-reading"]


def test_what_a_row_left_out_is_what_did_not_happen(evidence: Evidence) -> None:
    row = table(analyse("activity", evidence), "done")[0]
    assert row.left_out == ("cancelled-journey-2030", "declined-invitation-2030")
    basis = evidence.basis(row.records, row.left_out)
    assert (basis.counted, basis.undated, basis.uncertain, basis.excluded) == (1, 0, 0, 2)


def test_limits_limit_what_is_counted(evidence: Evidence) -> None:
    lookup = evidence.lookup
    only = Evidence(lookup, kinds=("Membership",))
    assert told(only, "coverage", "units") == []
    assert {row[0] for row in told(only, "quality", "certainty")} == {"groupMembership"}
    certain = Evidence(lookup, certain_only=True)
    assert [row[4] for row in told(certain, "activity", "levels")] == ["none"]
    then = Evidence(lookup, When.of(year="2028"))
    assert [(row[0], row[2:5]) for row in told(then, "activity", "done")] == [("sydbro", (1, 0, 0))]


@pytest.mark.parametrize("dated", [True, False])
def test_a_graph_of_one_city_has_no_rows_with_or_without_a_date(tmp_path: Path, dated: bool) -> None:
    city = copy_city(tmp_path / "lindvik")
    city.path("relationships.yaml").unlink()
    one = f"- {{id: lindvik, type: City, name: {{sv: Lindvik, en: Lindvik}}, {SOURCE}}}\n"
    city.path("entities.yaml").write_text(one, encoding="utf-8")
    if not dated:
        city.replace('  period: "2030"\n', "", "sources.yaml")
    evidence = evidence_of(city.root)
    for name in ANALYSES:
        result = analyse(name, evidence)
        rows = [found.name for found in result.tables if found.rows]
        assert set(rows) <= {"never", "identified"}, name
        keys = {"activity": ("no-period", "period"), "terms": ("no-date", "window")}.get(name)
        assert keys is None or [note.key for note in result.notes] == [keys[dated]]


@example(Day(2020, 1, 20), 5, 30)
@given(st.dates(Day(2020, 1, 1), Day(2020, 3, 1)), st.integers(0, 40), st.integers(1, 60))
@settings(max_examples=60, deadline=None)
def test_a_turn_falls_within_by_the_days_that_it_may_be(earliest: Day, length: int, window: int) -> None:
    day = Day(2020, 1, 20)
    last = day + timedelta(window)
    turn = Turn("x", "ends", earliest, earliest + timedelta(length))
    within = [day < earliest + timedelta(n) <= last for n in range(length + 1)]
    expected = Holds.CERTAINLY if all(within) else Holds.POSSIBLY if any(within) else Holds.NOT
    assert falls_within(turn, day, last) is expected


def test_months_end_on_the_last_day_that_there_is() -> None:
    assert later(Day(2019, 12, 31), 24) == Day(2021, 12, 31)
    assert later(Day(2020, 1, 31), 1) == Day(2020, 2, 29)
    assert later(Day(9990, 5, 1), 1200) == Day(9998, 12, 31)


def test_the_city_as_it_is_has_no_topics_and_no_focus_areas() -> None:
    evidence = evidence_of(CITY)
    assert told(evidence, "coverage", "topics") == told(evidence, "coverage", "priorities") == []
