"""Briefings: what comes first, what is told although it names the party nowhere, and what is not."""

from __future__ import annotations

import pytest
from briefed import Desk, sentences
from malmo import ROOT

from relgraph.views.briefing import content
from relgraph.views.briefing.blocks import Items, Note


@pytest.fixture(scope="module")
def malmo() -> Desk:
    return Desk.at(ROOT)


def first(malmo: Desk, name: str) -> str:
    return sentences(malmo.on(name, "sv"))[0].text


def test_what_the_source_does_not_cover_comes_first_and_nothing_is_missed(malmo: Desk) -> None:
    assert first(malmo, "copenhagen").startswith("Verksamhetsberättelsen 2019 tar inte upp samarbetet")
    text = malmo.text("copenhagen", "sv")
    assert "I källan nämns" not in text
    assert "anges inte i källan" not in text
    assert text.count("tar inte upp") == 1


def test_what_failed_with_the_city_comes_before_what_others_have(malmo: Desk) -> None:
    assert "förhandlingarna strandade" in first(malmo, "dalian")
    assert "samförståndsavtal" in first(malmo, "shenzhen")  # an agreement comes before all


def test_a_unit_is_not_known_by_what_has_no_name(malmo: Desk) -> None:
    told = [each.text for each in sentences(malmo.on("brussels-office", "sv"))]
    assert "samordningen av samarbetet med Eurocities" in told[1]
    assert any("norskt forskningsprojekt" in text for text in told[2:])


def test_what_a_programme_has_and_of_what_it_is_a_part_is_told_with_it(malmo: Desk) -> None:
    for name in ("tillvaxtverket", "etablera-fler-snabbare"):
        text = malmo.text(name, "sv")
        assert "Insatsområde 5 har 10 miljoner euro" in text
        assert "Insatsområde 5 hör till Europeiska regionalfonden" in text
    for name in ("it-department", "city-planning-office", "social-affairs-forum"):
        assert "ingår i Eurocities" in malmo.text(name, "sv")
    assert "10 miljoner" not in malmo.text("copenhagen", "sv")
    assert "deltog under 2019 i Kommunförbundet Skånes EU-nätverk" in malmo.text("skane-association", "sv")


def test_a_full_name_that_is_known_from_elsewhere_has_its_source(malmo: Desk) -> None:
    made = malmo.text("skr", "sv")
    assert "SKR (Sveriges Kommuner och Regioner)" in made
    assert "SKL har bytt namn till SKR" in made.split("## Källor")[1]
    assert "motala" not in malmo.text("uclg", "sv").lower()


def test_a_remark_on_what_is_not_told_is_not_told(malmo: Desk) -> None:
    teller = malmo.teller("sv")
    made = content.briefing(teller, malmo.lookup.record("malmo"))
    told = {each.record for each in sentences(made)}
    assert "malmo-bid-for-iclei-world-congress-2021" not in told
    assert "gap-iclei-bid-date" not in told
    assert "gap-iclei-bid-date" in teller.left_out
    assert "gap-charter-signatories" in {each.record for each in sentences(malmo.on("hong-kong", "sv"))}


def test_that_there_is_one_more_is_not_said_where_that_one_fits(malmo: Desk) -> None:
    teller = malmo.teller("sv")
    records = malmo.lookup.records(["malmo-member-of-ubc", "malmo-member-of-uclg", "malmo-in-pum"])
    (items,) = teller.items(records, 2)
    assert isinstance(items, Items)
    assert len(items.sentences) == 3
    assert items.rest == ""
    (items, *rest) = malmo.teller("sv").items(records, 1)
    assert isinstance(items, Items)
    assert len(items.sentences) == 1
    assert items.rest == "och 2 uppgifter till"
    assert not rest


def test_the_data_line_names_the_document_and_whose_it_is(malmo: Desk) -> None:
    note = next(block for block in malmo.on("uitp", "sv").blocks if isinstance(block, Note))
    assert note.text == (
        "Nätverk. Uppgifterna avser 2019 om inget annat sägs, enligt ”Verksamhetsberättelse 2019 för "
        "stadskontorets "
        "internationella arbete” (Malmö stad)."
    )


def test_what_a_unit_in_a_place_does_is_no_news_of_the_place(malmo: Desk) -> None:
    text = malmo.text("brussels", "sv")
    assert "Brysselkontoret är en enhet" in text
    assert "policyarbete i Bryssel" in text
    for left in ("norskt forskningsprojekt", "FN i New York", "samordningen av samarbetet med Eurocities"):
        assert left not in text
        assert left in malmo.text("brussels-office", "sv")
