"""The questions that the graph of Malmö must answer: what each answer holds, and what it must not say."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from running import ROOT

from relgraph.cli import cli

LISTED: dict[str, dict[str, Any]] = {
    each["id"]: each for each in yaml.safe_load((ROOT / "docs" / "answers.yaml").read_text(encoding="utf-8"))
}
#: regular expressions by question: what is in the answer on one line, and (after NOT) what is not
NOT = "NOT "
FACTS: dict[str, list[str]] = {
    "Q02": [
        "strandad förhandling .*med: Malmö stad · från och med: 2017 · till och med: 2018",
        "förhandlingarna strandade under 2018",
        "på grund av CMP:s intresse av ett samarbete med Dalians hamn",
        "Malmö universitet har byggt upp en ny relation till Dalian",
        "Malmö universitet och Dalian .*flera utbyten",
        NOT + "grupp: avtal",
        NOT + r"(ny relation|utbyte) [^\d]*med: Malmö stad",
    ],
    "Q05": [
        r"Stockholm är ordförande i Eurocities\.",
        "Malmö stad stödjer Stockholm .*sekretariat effektivare .*kommunikation och webb",
        NOT + "Malmö stad är ordförande i Eurocities",
        NOT + r"innehavare: Malmö stad",
    ],
    "Q07": [
        "Stadsbyggnadskontoret var mindre verksamt i Ekonomiforumet",
        "Fastighets- och gatukontoret var mindre verksamt i Mobilitetsforumet",
        r"\b2 rader",
        NOT + "inaktiv",
    ],
    "Q10": [
        "delegerat av: Tillväxtverket",
        "10 miljoner euro",
        "Etablera fler snabbare",
        r"avsnitt 1,.*avsnitt 13,",
    ],
    "Q12": ["Ingen från Malmö stad deltog .*COP25, på grund av flytten till Madrid", r"\b1 rad\b"],
    "Q15": [
        *("Barcelona", "Liverpool", "Hannover", "Wielkopolska", "Köpenhamn", "Malmö stad"),
        r"\b6 rader",
        "gemensamt konsortium vid European Week of Regions and Cities",
    ],
    "Q17": [
        "Malmö stads EU-nätverk möttes fem gånger under 2019",
        "MalmöLund-regionens EU-nätverk träffas fem gånger om året .*hur många möten som hölls anges inte",
        "Kommunförbundet Skånes EU-nätverk: källan anger inte antalet möten",
        r"MalmöLund-regionens EU-nätverk · gånger om året \(takt\): 5",
        NOT + "MalmöLund-regionens EU-nätverk · antal: 5",
        NOT + "MalmöLund-regionens EU-nätverk möttes",
        NOT + "Kommunförbundet Skånes EU-nätverk · antal",
    ],
    "Q20": [
        "tar inte upp samarbetet mellan Malmö och Köpenhamn eller de öresundsregionala frågorna",
        "regionalt snarare än internationellt",
        "betyder inte att inget förekom",
        "Köpenhamn har valts in i EU-China Smart cities",
        "konsortium vid European Week of Regions and Cities",
    ],
    "Q22": [
        r"undertecknare: Kommunstyrelsens ordförande",
        r"undertecknare: Miljöministern i Hong Kong",
        "nämner befattningarna men inga namn",
        r"\b2 rader",
        NOT + "person:",
    ],
    "Q25": [
        "Kommunstyrelsen godkände under 2019 budget",
        "källan anger inte beloppet",
        NOT + r"belopp: \d",
        NOT + r"\d+ (miljoner|kronor|euro)",
    ],
    "Q27": [
        r"antal möten: 5",
        "kommunstyrelsens arbetsutskott",
        "placerad i: Malmö stads kontor i Bryssel",
        "källan anger inte namnet på den som innehar befattningen",
        r"\b1 rad\b",
        NOT + "EU-nätverk",
        NOT + " namn:",
    ],
    "Q30": [
        r"Lägg till om kongressen",
        "kommunalrådet.*länk som inte leder någonstans",
        r"avsnitt 4, tecken 5300–5328.*avsnitt 5, tecken 8828–8846",
        r"\b2 rader",
    ],
    "Q32": [
        "since 2012,? .*formal cooperation arrangements; that it is in force is not",
        "City of Malmö did not work actively with Shenzhen in 2019",
        "planned for 2019 was cancelled",
        "invited to take part in a visit in summer 2019.* declined",
        "does not mean that an agreement has ended",
        NOT + r" · to: ",
        NOT + r"(expired|terminated|ended in)",
    ],
    "Q35": [
        "agreement between CMP and Shenzhen",
        "memorandum of understanding since 2012 .*, written to facilitate CMP’s agreement",
        "did not work actively on the memorandum",
        "interested in cooperating with the port of Dalian in 2017",
        "because of CMP’s interest .*broke down in 2018",
        "legal status: formal · assessed activity: no active work",
        r"\b4 rows",
    ],
    "Q37": [
        "does not state who is paired with whom",
        "City of Malmö has been selected",
        "Copenhagen has been selected",
        NOT + "paired with:",
        NOT + "Shenzhen|Tangshan|Hong Kong|Dalian|Beijing|Shanghai",
    ],
    "Q40": [
        "Region Skåne coordinates the Fund Coordination Group",
        "Region Skåne coordinates the input of the regions .*ERDF. and Interreg",
    ],
    "Q42": [
        "Environment Department",
        "Brussels Office",
        "UBC’s 15th general congress",
        "October 2019",
        "Kaunas",
        r"\b2 rows",
    ],
    "Q45": [
        r"Chair of the City Executive Board .*ICLEI GexCom",
        r"Chair of the City Executive Board .*PROCURA\+",
        "City of Malmö",
        "does not state the name of whoever holds the post .*no name",
        NOT + "Katrin|Stjernfeldt|Andréasson|Rosengren",
    ],
    "Q47": [
        *("[Cc]ohesion policy after 2021", "METRON", "TEN-T", "CEF", "several meetings with the Commission"),
        *("STRING", "Fehmarn Belt", "Horizon 2020", "Lighthouse", "[Ee]nergy and climate priorities"),
        *("[Ii]ndustry package", "climate strategy", "Green Deal", "[Cc]limate mission", r"Erasmus\+"),
        "(?i)evaluation",
        "EUP",
    ],
    "Q50": [
        r"in total: 13",
        "met five times.*met five times|met three times.*met five times",
        r"\b3 rows",
        NOT + "MalmöLund",
        NOT + r"in total: 18",
    ],
    "Q52": [
        r"name: Union of Baltic Metropolises · status of the name: error in the source · .*?section: 1",
        r"name: Union of the Baltic Cities · status of the name: variant in the source · .*?section: 4",
        r"name: Union of Baltic Cities · status of the name: variant in the source · .*?section: 4",
    ],
    "Q55": [
        "invited to take part in a visit in summer 2019.* declined",
        "does not state .*who issued the invitation",
        NOT + "invited by",
    ],
    "Q57": ["Fryshuset", "Yalla-trappan", "own measures for newcomers", "immigrants and refugees"],
    "Q60": [
        r"charter · party, place or agreement: Hong Kong · with: City of Malmö .*formal",
        r"memorandum of understanding · party, place or agreement: Shenzhen · with: City of Malmö .*formal",
        r"twinning · party, place or agreement: Tangshan · with: City of Malmö .*formal",
        "A party that is not in the answer is not mentioned in the sources",
        NOT + "Beijing|Shanghai|Peking",
        NOT + r"group: agreements [^\d]*Dalian",
    ],
}


@cache
def answer(id_: str) -> str:
    """What the listed command prints, on one line."""
    each = LISTED[id_]
    arguments = ["--project", str(ROOT), "ask", *each["ask"], "--lang", each["lang"]]
    done = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return " ".join(done.stdout.split())


def test_every_question_is_listed_and_tested() -> None:
    assert len(LISTED) == 24
    assert set(LISTED) == set(FACTS)
    assert {each["lang"] for each in LISTED.values()} == {"sv", "en"}


@pytest.mark.parametrize(("id_", "fact"), [(id_, fact) for id_, facts in FACTS.items() for fact in facts])
def test_the_answer_holds(id_: str, fact: str) -> None:
    text = answer(id_)
    if fact.startswith(NOT):
        assert not re.search(fact.removeprefix(NOT), text)
    else:
        assert re.search(fact, text), text


@pytest.mark.parametrize("id_", sorted(FACTS))
def test_the_answer_is_cited(id_: str) -> None:
    text = answer(id_)
    said, _, sources = text.rpartition(" Källor " if LISTED[id_]["lang"] == "sv" else " Sources ")
    assert re.search(r"\[1\] .*(avsnitt|section) \d+, (tecken|characters) \d+–\d+", sources)
    assert "[1]" in said
