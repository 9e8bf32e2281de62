"""Briefings: what stands in them because of what surrounds a party, and what need not be said there."""

from __future__ import annotations

import re

import pytest
from briefed import Desk, sentences
from malmo import ROOT

from relgraph.sentences import SentenceWriter
from relgraph.views.briefing.blocks import Table


@pytest.fixture(scope="module")
def malmo() -> Desk:
    return Desk.at(ROOT)


def body(malmo: Desk, name: str, lang: str = "sv") -> str:
    return malmo.text(name, lang).split("## Källor" if lang == "sv" else "## Sources")[0]


def test_what_is_reported_under_a_party_is_told_of_it_and_not_of_that_of_which_it_is_a_part(
    malmo: Desk,
) -> None:
    assert "städer utanför Kina-arbetet har kontakt" in body(malmo, "eu-china-link")
    assert "utanför Kina-arbetet" not in body(malmo, "eurocities")  # of which EU China Link is a part
    assert "positionspapper" in body(malmo, "eurocities")


def test_under_what_it_is_reported_is_not_said_on_the_page_of_that(malmo: Desk) -> None:
    assert "redovisas under" not in body(malmo, "iclei")
    assert "redovisas under ICLEI" in body(malmo, "procurement-unit")
    assert "is reported under ICLEI" in body(malmo, "procurement-unit", "en")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("uppsala", "Malmö stad och storstadsnätverket samarbetade"),  # of which it may be a member
        ("fryshuset", "Brysselkontoret deltog under 2019 i ett immigrationsprojekt"),
        ("region-skane", "i anslutning till Region Skånes samordning"),
        ("cohesion-working-group", "Möten i arbetsgruppen Cohesion ägde rum i Bryssel"),
        ("malmo-lund-region-eu-network", "insatser inom MalmöLund-regionens EU-nätverk ägde rum"),
        ("brussels-office", "handledde en praktikant"),
    ],
)
def test_what_the_city_does_with_what_is_the_partys_is_told_of_it(malmo: Desk, name: str, told: str) -> None:
    assert told in body(malmo, name)


@pytest.mark.parametrize(
    ("name", "kept", "left"),
    [
        ("kaunas", "deltog i oktober 2019 i UBC:s 15:e generalkongress i Kaunas", "hölls"),
        ("prague", "vid Eurocities årsmöte i Prag", "hölls"),
        ("skr", "träffar i Stockholm med SKR", "SKR ordnade"),
        ("iclei", "är verksam inom ICLEI", "var aktiv inom ICLEI"),
        ("brussels", "deltog i möten i arbetsgruppen Cohesion", "ägde rum"),
        (
            "gothenburg",
            "Malmö stad, Göteborg och Stockholm samarbetade",
            "och storstadsnätverket samarbetade",
        ),
        ("procura-plus", "löper möjligen till 2021 eller 2022", "Oklart i källan"),
    ],
)
def test_what_a_sentence_tells_is_not_told_by_another(malmo: Desk, name: str, kept: str, left: str) -> None:
    text = body(malmo, name)
    assert kept in text
    assert left not in text


def test_that_an_event_was_held_is_told_where_nobody_took_part(malmo: Desk) -> None:
    assert "hölls i Europaparlamentet" in body(malmo, "european-parliament")  # its name does not say where


def test_that_no_activity_is_mentioned_is_said_of_ties_of_which_nothing_has_happened(malmo: Desk) -> None:
    none = "I källan nämns ingen verksamhet."
    assert none in body(malmo, "smart-cities-platform")
    assert none not in body(malmo, "uclg-culture-committee")  # it awarded a title
    assert none not in body(malmo, "dg-connect")  # nothing is said to join it with the city


def test_what_leaves_open_with_whom_is_no_tie_by_which_a_party_is_known(malmo: Desk) -> None:
    first = sentences(malmo.on("malmo-eu-network", "sv"))[0].text
    assert "samordnades" not in first


def test_the_time_of_an_agreement_is_as_its_sentence_has_it(malmo: Desk) -> None:
    def times(name: str, lang: str) -> list[str]:
        return [row.cells[2] for x in malmo.on(name, lang).blocks if isinstance(x, Table) for row in x.rows]

    assert times("iclei", "sv") == ["hösten 2019"]  # when it was signed
    assert times("iclei", "en") == ["autumn 2019"]
    assert times("tangshan", "sv") == ["sedan 1987"]


@pytest.mark.parametrize(("lang", "told"), [("sv", "deltog före 2019 i"), ("en", "Before 2019, the City")])
def test_what_was_in_earlier_years_is_told_by_where_the_period_of_the_source_begins(
    malmo: Desk, lang: str, told: str
) -> None:
    record = malmo.lookup.record("malmo-in-seminars-during-energy-week-and-green-week-before-2019")
    writer = SentenceWriter(malmo.lookup.vocabulary, malmo.lookup.get, lang)
    assert told in writer.sentence(record).text
    exchanges = malmo.lookup.record("malmo-university-dalian-exchanges")  # by the end of the period
    assert re.search("2019 (eller tidigare|or earlier)", writer.sentence(exchanges).text)


def test_a_person_is_told_with_the_title_but_not_in_what_says_of_it(malmo: Desk) -> None:
    assert "Kommunalrådet Sedat Arif tog" in body(malmo, "social-affairs-forum")
    post = malmo.lookup.record("municipal-commissioner")
    writer = SentenceWriter(malmo.lookup.vocabulary, malmo.lookup.get, "sv")
    assert writer.sentence(post).text == "Sedat Arif är kommunalråd i Malmö stad."
