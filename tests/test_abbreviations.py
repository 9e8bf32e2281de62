"""Abbreviations are spelled out once in a briefing, by names that the graph has, and nowhere else."""

from __future__ import annotations

import re

import pytest
from briefed import Desk
from malmo import ROOT

from relgraph.model import Alias, Record, Text
from relgraph.sentences.abbreviations import Abbreviations, full_name

UCLG = "United Cities and Local Governments"


@pytest.fixture(scope="module")
def malmo() -> Desk:
    return Desk.at(ROOT)


def record(name: str, *aliases: tuple[str, str, str]) -> Record:
    others = tuple(Alias(Text(text, lang), status) for text, lang, status in aliases)
    return Record("x", "Network", {"name": (Text(name, ""),)}, aliases=others)


@pytest.mark.parametrize(
    ("name", "aliases", "short", "full"),
    [
        ("Harbour Cities Network (HCN)", [("HCN", "", "acronym")], "HCN", "Harbour Cities Network"),
        ("Harbour Cities Network", [("HCN", "", "acronym")], "HCN", "Harbour Cities Network"),
        ("Harbour offices (Habo)", [("Habo", "", "acronym")], "Habo", "Harbour offices"),
        ("HCN", [("Harbour Cities", "en", "source-variant"),
                 ("Harbour Cities Network", "en", "source-variant")], "HCN", "Harbour Cities Network"),
        ("UITX", [("Association of Harbours", "en", "source-variant")], "UITX", "Association of Harbours"),
        ("HCN", [("Hamnstäders Centrala Nät", "sv", "source-variant"),
                 ("Harbour Cities Network", "en", "source-variant")], "HCN", "Hamnstäders Centrala Nät"),
        ("HCN", [("Hamnstädernas nät", "sv", "source-variant"),
                 ("Harbour Cities Network", "en", "source-variant")], "HCN", "Hamnstädernas nät"),
        ("UITX", [("One of two", "en", "source-variant"), ("The other", "en", "source-variant")], "UITX", ""),
        ("HCN", [("Harbour Cities Network", "en", "inferred")], "HCN", ""),
        ("HCN", [("Harbor Citys Network", "en", "misspelling")], "HCN", ""),
        ("HCN", [("HCN of the north", "en", "source-variant")], "HCN", ""),
        ("HCN+", [("HCN +", "", "source-variant")], "HCN+", ""),
        ("Aberhaven", [("The Town of Aberhaven", "en", "source-variant")], "Aberhaven", ""),
    ],
)  # fmt: skip
def test_a_full_name_is_one_that_the_graph_has_and_no_guess(
    name: str, aliases: list[tuple[str, str, str]], short: str, full: str
) -> None:
    assert full_name(record(name, *aliases), short, "sv") == full


def test_each_is_spelled_out_where_it_first_stands_and_only_there(malmo: Desk) -> None:
    text = malmo.text("skr", "sv").replace("\\", "")
    assert "Svereg (Svenska regionkontoren i Bryssel), SKR (Sveriges Kommuner och Regioner) och" in text
    assert text.count("Sveriges Kommuner och Regioner") == 1
    assert "SKR (Swedish Association of Local Authorities and Regions) and" in malmo.text("skr", "en")
    assert len(re.findall(r"\bSKR\b", text)) > 3
    assert "i UBC:s miljökommitté (UBC: Union of the Baltic Cities)." in malmo.text("turku", "sv")
    assert "UBC’s 15th general congress in Kaunas (UBC: Union of the Baltic Cities)." in malmo.text(
        "kaunas", "en"
    )
    assert "agreement with Shenzhen (CMP: Copenhagen Malmö Port)." in malmo.text("shenzhen", "en")


def test_within_a_longer_name_it_is_spelled_out_after_that(malmo: Desk) -> None:
    full = "(ICLEI: Local Governments for Sustainability)"
    assert f"chair of ICLEI GexCom {full} since 2018" in malmo.text("iclei-gexcom", "en")
    assert f"ICLEI:s världskongress 2021 {full}: planering" in malmo.text("city-office", "sv")
    assert f"av UCLG:s kulturkommitté (UCLG: {UCLG}) tilldelats" in malmo.text("uclg-culture-committee", "sv")
    # which no name of the sentence has
    assert f"offentlig upphandling {full}." in malmo.text("procurement-unit", "sv")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It is CMP’s agreement with Shenzhen.", "CMP’s agreement with Shenzhen ({})."),
        ("It is CMP’s agreement with Shenzhen (of 2012).", "CMP’s agreement with Shenzhen ({}; of 2012)."),
        ("It is CMP’s agreement with Shenzhen’s port.", "CMP’s agreement with Shenzhen’s port ({})."),
        ("It is CMP’s port (of Malmö).", "CMP’s port (of Malmö; {})."),
        ("It is CMP.", "It is CMP (Copenhagen Malmö Port)."),
    ],
)
def test_a_full_name_shares_the_brackets_that_are_there(malmo: Desk, text: str, told: str) -> None:
    record = malmo.lookup.record("malmo-shenzhen-memorandum")
    said = Abbreviations(malmo.lookup, "en").spelled_out(text, record)
    assert said.endswith(told.format("CMP: Copenhagen Malmö Port"))


def test_none_is_where_the_title_has_it_or_within_a_longer_name(malmo: Desk) -> None:
    assert malmo.text("ubc", "en").count("Union of the Baltic Cities") == 1  # the title: … (UBC)
    assert "(Local Governments for Sustainability)" not in malmo.text("iclei-gexcom", "en")
    assert "ERDF (" not in malmo.text("european-union", "en")


def test_other_views_have_their_sentences_as_they_are(malmo: Desk) -> None:
    said = malmo.teller("sv").writer.sentence(malmo.lookup.record("malmo-member-of-uclg"))
    assert "UCLG." in said.text
