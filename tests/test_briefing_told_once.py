"""Briefings: a fact is told once, where it belongs, in the order of the source."""

from __future__ import annotations

from pathlib import Path

import pytest
from briefed import Desk, sentences
from malmo import ROOT

from relgraph.model import Citation, Edtf, Record, Ref, Typed, Value
from relgraph.sentences import joined
from relgraph.store.orders import ORDERS, observed, read_orders, write_orders
from relgraph.views.briefing import content
from relgraph.views.briefing.implied import is_news
from relgraph.views.briefing.repeats import told_by_kind, told_by_name, told_outright

BASE = "https://example.org/"


@pytest.fixture(scope="module")
def malmo() -> Desk:
    return Desk.at(ROOT)


def told(malmo: Desk, name: str, lang: str = "sv") -> str:
    return malmo.text(name, lang).replace("\\", "").split("\n## Källor")[0].split("\n## Sources")[0]


def section(malmo: Desk, name: str, title: str) -> str:
    return told(malmo, name).split(f"\n## {title}\n", 1)[1].split("\n## ")[0]


# -- once --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kept", "left"),
    [
        ("barcelona", "gemensamt konsortium", "tillsammans med Barcelona"),
        ("shenzhen", "arbetade inte aktivt med Shenzhen", "aktivt med samförståndsavtalet"),
        ("sustainability-office", "samarbetade under 2019 vid möten med FN", "deltog"),
        ("pum", "Malmö stads medverkan i PUM", "deltog under 2019 i PUM"),
        ("madrid", "flytten till Madrid", "COP25 hölls"),
        ("bonn", "deltog två gånger", "vid SDG-festivalen i Bonn."),
        ("skr", "varje månad", "löpande utbyte"),
        (
            "gothenburg",
            "samarbetade under 2019 om sammanhållningspolitiken",
            "I fokus för storstadssamverkan",
        ),
        ("prague", "representerades under 2019", "redovisas tre företrädare"),
        ("uclg", "för 2016–2017 och 2018–2019", "för 2018–2019."),
        ("iclei", "ska enligt planerna stå värd", "ska enligt planerna hållas"),
        ("environment-department", "inga aktiviteter med Malmö stads vänorter", "med vänorten Tangshan"),
        ("city-planning-office", "mindre verksamt", "är en enhet inom Malmö stad"),
    ],
)
def test_a_fact_of_several_records_is_told_once(malmo: Desk, name: str, kept: str, left: str) -> None:
    text = told(malmo, name)
    assert text.count(kept) == 1
    assert left not in text.replace("2016–2017 och 2018–2019.", "")


def test_what_a_name_does_not_tell_stays(malmo: Desk) -> None:
    assert "möttes fem gånger" in told(malmo, "malmo-eu-network")  # "genom mötena" has no number
    assert "CMP är partner" in told(malmo, "cmp").replace(" (Copenhagen Malmö Port)", "")
    assert "Stockholm är ordförande i Eurocities" in told(malmo, "stockholm")  # a role is news of its own


def test_only_of_the_same_place_and_time_does_one_statement_tell_another(malmo: Desk) -> None:
    teller = malmo.teller("sv")
    party: dict[str, tuple[Value, ...]] = {"party": (Ref("malmo"), Ref("iclei")), "date": (Edtf("2019"),)}
    took_part: dict[str, tuple[Value, ...]] = {
        "participant": (Ref("malmo"),),
        "in": (Ref("iclei"),),
        "date": (Edtf("2019"),),
    }
    place, other = Citation("vb2019", "9", 10, 20), Citation("vb2019", "9", 30, 40)
    one = Record("one", "Cooperation", party, (place,))
    assert told_by_kind(teller, [one, Record("two", "Participation", took_part, (place,))]) == {"two"}
    assert told_by_kind(teller, [one, Record("two", "Participation", took_part, (other,))]) == set()
    later = {**took_part, "date": (Edtf("2018"),)}
    assert told_by_kind(teller, [one, Record("two", "Participation", later, (place,))]) == set()
    assert told_by_kind(teller, [one, Record("two", "Contact", took_part, (place,))]) == set()
    apart = {**took_part, "alternativeTo": (Ref("x"),)}
    assert told_by_kind(teller, [one, Record("two", "Participation", apart, (place,))]) == set()
    tie = malmo.lookup.record("malmo-in-pum")
    both = [tie, malmo.lookup.record("brussels-office-at-meetings-in-brussels-2019")]
    assert told_by_name(teller, both, None) == {"malmo-in-pum"}
    assert told_by_name(teller, both, tie) == set()
    twins = ["no-active-work-on-shenzhen-memorandum-2019", "no-active-work-with-shenzhen-2019"]
    assert told_outright(teller, malmo.lookup.records(twins)) == {twins[0]}
    assert told_outright(teller, malmo.lookup.records(twins[:1])) == set()


def test_titles_are_joined_over_their_times_only_where_asked(malmo: Desk) -> None:
    titles = malmo.lookup.records(
        ["leading-city-for-culture-2018-2019", "leading-city-for-culture-2016-2017"]
    )
    writer = malmo.teller("sv").writer
    assert len(joined(writer, titles)) == 2
    ((one, parts),) = joined(writer, titles, times=True)
    assert len(parts) == 2
    assert "för 2016–2017 och 2018–2019" in writer.sentence(one).text


# -- where it belongs --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "title", "kept"),
    [
        ("cmp", "I korthet", "arrangerade inte specifikt"),
        ("city-planning-office", "Verksamhet och samarbete", "mindre verksamt"),
        ("svereg", "Planerat", "våren 2020"),
        ("eurocities", "Verksamhet och samarbete", "arbetsgrupperna Cohesion, Governance"),
        ("dg-connect", "Medlemskap, uppdrag och ansvar", "Malmö stad har valts in i EU-China Smart cities"),
        ("gothenburg", "Verksamhet och samarbete", "möttes tre gånger"),
        ("uppsala", "Verksamhet och samarbete", "möttes tre gånger"),
        ("procurement-unit", "Verksamhet och samarbete", "upphandlingsguide"),
        ("ubc", "Medlemskap, uppdrag och ansvar", "ytterligare en plats"),
        ("turku", "Formell grund", "nämns inget avtal"),
        ("wielkopolska", "Formell grund", "nämns inget avtal"),
        (
            "executive-board-working-committee",
            "I korthet",
            "Innehavaren av tjänsten på Brysselkontoret fungerade",
        ),
    ],
)
def test_it_stands_where_it_belongs(malmo: Desk, name: str, title: str, kept: str) -> None:
    assert kept in section(malmo, name, title)


def test_for_whom_only_readings_name_there_is_no_briefing_of_its_own(malmo: Desk) -> None:
    written = {id_ for ids in content.subjects(malmo.lookup).values() for id_ in ids}
    assert not written & {"eup", "climate-kic"}
    assert {"uppsala", "european-parliament", "dg-connect", "cohesion-working-group"} <= written
    assert "Climate KIC" in told(malmo, "climate-kic")  # who asks for it by name has it


# -- as it is ----------------------------------------------------------------------------------------------


def test_statements_of_several_places_are_no_readings(malmo: Desk) -> None:
    (said,) = [s for s in sentences(malmo.on("uppsala", "en")) if "who the members are" in s.text]
    assert said.text == (
        "The big-city network: the source is not consistent about who the members are: "
        "Stockholm, Gothenburg and Uppsala (section 2); the City of Malmö, Gothenburg and Stockholm "
        "(section 1); Stockholm, Gothenburg, Uppsala and the City of Malmö (section 4)."
    )
    assert len(said.marks) > 2
    assert "On one reading" in told(malmo, "hong-kong", "en")  # two readings of one place stay such


def test_the_mark_is_no_news_where_it_is_the_sources_own_period(malmo: Desk) -> None:
    lookup = malmo.lookup
    assert not is_news(lookup, lookup.record("participation-in-ubc-general-congress"))  # October of that year
    assert is_news(lookup, lookup.record("malmo-developed-malmo-model"))  # 2015 is another time
    assert is_news(lookup, lookup.record("malmo-member-of-eurocities"))  # implied as a whole
    charter = lookup.record("malmo-hong-kong-charter")
    assert is_news(lookup, charter, {"legalStatus"})
    assert not is_news(lookup, charter, {"from"})


def test_a_row_has_the_order_of_the_source(malmo: Desk) -> None:
    focus = malmo.lookup.record("focus-of-international-work-2019")
    assert focus.as_written("focusedOn")[2:4] == (Ref("malmo-model"), Ref("eurocities"))
    assert focus.refs("focusedOn")[0] == "china-cooperation"  # whoever does not speak has them sorted
    assert malmo.lookup.record("malmo-chairs-procura-plus").as_written("holder")[-1] == Ref("malmo")
    assert malmo.lookup.record("malmo-hong-kong-charter").as_written("party")[0] == Ref("malmo")
    assert "Cohesion working group, the Governance" in told(malmo, "eurocities", "en")
    assert "Yalla-trappan samt kommunens egna" in told(malmo, "fryshuset")


def test_a_store_keeps_the_orders_that_are_not_usual(tmp_path: Path) -> None:
    def quad(subject: str, predicate: str, target: str) -> tuple[str, str, str, str]:
        return (f"<{BASE}{subject}>", f"<{predicate}>", target, "<g>")

    quads = [
        quad("a", "p", f"<{BASE}z>"),
        quad("a", "p", f"<{BASE}y>"),
        quad("a", "q", f"<{BASE}home>"),
        quad("a", "q", f"<{BASE}k>"),  # the home city first is usual
        quad("b", "p", f"<{BASE}citation/x>"),
        quad("b", "p", f"<{BASE}a>"),
        quad("c", "p", '"text"'),
    ]
    lines: list[str] = []
    assert list(observed(quads, BASE, "home", lines)) == quads
    write_orders(tmp_path, lines)
    assert read_orders(tmp_path) == {("a", "p"): {"z": 0, "y": 1}}
    (tmp_path / ORDERS).unlink()
    assert read_orders(tmp_path) == {}


def test_swedish_writes_a_decimal_comma(malmo: Desk) -> None:
    decimal = Typed("55.605", "http://www.w3.org/2001/XMLSchema#decimal")
    where = Record("x", "Location", {"of": (Ref("malmo"),), "lat": (decimal,), "long": (decimal,)})
    assert "55,605 (latitud) och 55,605 (longitud)" in malmo.teller("sv").writer.sentence(where).text
    assert "55.605, 55.605" in malmo.teller("en").writer.sentence(where).text
