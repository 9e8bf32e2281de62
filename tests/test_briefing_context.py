"""Briefings: what stands in them because of what surrounds a party, and what need not be said there."""

from __future__ import annotations

import re

import pytest
from briefed import Desk, pages, sentences
from malmo import ROOT

from relgraph.sentences import SentenceWriter
from relgraph.views.briefing import content, render
from relgraph.views.briefing.blocks import Items, Table


@pytest.fixture(scope="module")
def malmo() -> Desk:
    return Desk.at(ROOT)


def body(malmo: Desk, name: str, lang: str = "sv") -> str:
    return malmo.text(name, lang).split("## Källor" if lang == "sv" else "## Sources")[0]


def test_what_is_reported_under_a_party_is_told_of_it_and_not_of_that_of_which_it_is_a_part(
    malmo: Desk,
) -> None:
    assert "andra städer än de som Kina-arbetet omfattar" in body(malmo, "eu-china-link")
    assert "Kina-arbetet omfattar" not in body(malmo, "eurocities")  # of which EU China Link is a part
    assert "positionspapper" in body(malmo, "eurocities")
    assert "seminarier och workshops med ICLEI" in body(malmo, "iclei")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("uppsala", "storstadsnätverket (här: Stockholm, Göteborg och Uppsala) samarbetade"),
        ("gothenburg", "I fokus för storstadsnätverket stod EU:s sammanhållningspolitik"),  # a member of it
        ("lund", "träffas fem gånger om året"),  # what it convenes
        ("lund", "insatser för ett kommande Europa Direkt-kontor"),
        ("fryshuset", "I ett immigrationsprojekt, som Brysselkontoret deltog i, ingick"),
        # two records, of one sentence
        ("region-skane", "svarar även för samordningen av regionernas inspel"),
        ("brussels", "Brysselkontoret är medlem i IBSG"),  # a network there
        ("eurocities", "arbetet med Eurocities och storstadsagendan"),  # a topic that concerns it
        ("etablera-fler-snabbare", "utvecklade under 2015 Malmömodellen"),  # which it uses
        ("european-union", "genom STRING-möten med kommissionen"),  # meetings with a body of it
        ("european-union", "Insatsområde 5 hör till Europeiska regionalfonden"),  # which is a fund of it
        ("region-skane", "deltar aktivt i arbetet med förberedelserna"),  # which is reported with it
        ("region-skane", "deltog under 2019 i fondsamordningsgruppen"),  # which it coordinates
        ("copenhagen", "syftet är att para ihop ett antal städer"),  # for which it was selected
        ("dg-connect", "syftet är att para ihop ett antal städer"),
        ("european-commission", "kommissionens nya Green Deal"),  # which is the Commission's
        ("european-union", "EU-frågorna överskuggades"),
        # in connection with support to its chair
        ("procura-plus", "översynen av en ”hållbar upphandlingsguide”"),
        # with which it entrusted the city
        ("tillvaxtverket", "med hantering av och stöd för insatsområde 5"),
        ("bonn", "syftet är att utbyta goda exempel"),  # of the network that met there
        ("cohesion-working-group", "möten i arbetsgruppen Cohesion i Bryssel"),
        ("malmo-lund-region-eu-network", "insatser inom MalmöLund-regionens EU-nätverk genomfördes"),
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
        ("brussels", "möten i arbetsgrupperna Cohesion, Governance och Task force", "genomfördes"),
        ("ubc", "ordförande i UBC:s miljökommitté", "ingår i UBC"),
        ("city-executive-board", "arbetsutskott", "är ett politiskt organ"),
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


def test_what_is_unclear_of_a_term_is_marked_where_the_sentence_tells_it(malmo: Desk) -> None:
    (said,) = [s for s in sentences(malmo.on("procura-plus", "sv")) if "2021 eller 2022" in s.text]
    assert said.text.endswith("*")


def test_that_a_network_is_one_may_be_implied(malmo: Desk) -> None:
    assert "**Nätverk\\*." in body(malmo, "resilient-cities")
    assert "**Nätverk." in body(malmo, "ubc")


def test_a_note_on_the_source_is_told_where_it_affects_what_can_be_read(malmo: Desk) -> None:
    assert "står i presens, men i en mening om 2016" in body(malmo, "tangshan")
    assert "Union of Baltic Metropolises" in body(malmo, "ubc")
    assert "om det är ett och samma tillfälle sägs inte" in body(malmo, "european-parliament")
    assert "felstavat" not in body(malmo, "shenzhen")  # how it is written does not
    assert "redaktionell rest" not in body(malmo, "social-affairs-forum")


def test_what_takes_place_at_a_body_is_not_told_of_that_of_which_it_is_a_part(malmo: Desk) -> None:
    assert "Covenant of Mayors" in body(malmo, "european-parliament")
    assert "Covenant of Mayors" not in body(malmo, "european-union")


def test_that_a_body_is_a_part_of_another_need_not_be_said_where_it_is_only_implied(malmo: Desk) -> None:
    assert "organ inom EU" not in body(malmo, "european-commission")
    assert "organ inom EU" not in body(malmo, "european-union")


def test_one_fact_of_two_records_is_told_once(malmo: Desk) -> None:
    eu = body(malmo, "european-union", "en")
    assert "has delegated the responsibility for priority axis 5 to the City of Malmö" in eu
    assert "The City of Malmö is responsible for priority axis 5" not in eu
    assert body(malmo, "stockholm", "en").count("meetings in Stockholm with SKR") == 1
    assert "continued lobbying" not in body(malmo, "stockholm", "en")


def test_several_seminars_are_not_the_same_number(malmo: Desk) -> None:
    text = render(content.year(malmo.teller("en")), "md").decode()
    assert text.count("a number of smaller seminars") > 1
    assert "the same number" not in text


def test_what_is_unclear_stands_last_in_a_section_of_the_outline(malmo: Desk) -> None:
    text = render(content.year(malmo.teller("sv")), "md").decode()
    first = text.split("\n## ")[1]
    told = ["arbete inriktades", "\n\nAtt observera:\n\n- ", "inte entydig i fråga om"]
    assert [first.index(each) for each in told] == sorted(map(first.index, told))
    china = text[text.index("## 6 ") : text.index("## 7 ")]  # what is to note of 2018 and 2019 is not of 2016
    assert re.search(r"vidmakthölls\..*\n\nAtt observera:\n\n- .*står i presens", china)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_party_of_which_very_much_is_said_has_two_pages(malmo: Desk, lang: str) -> None:
    made = malmo.on("malmo", lang)
    assert pages(render(made, "pdf")) == 2
    assert 15 < len(sentences(made)) < 35  # a figure takes a third of a page


def test_what_lies_dormant_has_its_notes(malmo: Desk) -> None:
    text = render(content.dormant(malmo.teller("sv")), "md").decode()
    assert "”vidmakthålls” står i presens" in text


def test_that_two_cities_are_in_one_country_is_no_connection(malmo: Desk) -> None:
    text = render(content.visit(malmo.teller("sv"), ["shenzhen", "tangshan"]), "md").decode()
    assert "– Kina –" not in text


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


def test_what_was_mentioned_is_the_same_only_where_it_stands_above(malmo: Desk) -> None:
    records = ["brussels-office-in-immigration-project", "good-examples-in-immigration-project"]
    for lang, first, again in (
        ("sv", "ett immigrationsprojekt", "I samma immigrationsprojekt"),
        ("en", "an immigration project", "the same immigration project"),
    ):
        teller = malmo.teller(lang)
        (items,) = teller.items(malmo.lookup.records(records), 5)
        assert isinstance(items, Items)
        assert first in items.sentences[0].text
        assert again in items.sentences[1].text
    text = body(malmo, "brussels-office")
    assert text.count("immigrationsprojekt") == 1  # that it took part is told with the examples
    assert text.count("norskt forskningsprojekt") == 2  # in its role, and of what is not stated of that


def test_a_note_tells_what_is_unclear_in_place_of_the_sentence(malmo: Desk) -> None:
    text = body(malmo, "region-skane")
    assert "deltar aktivt i arbetet med förberedelserna" in text
    assert "Oklart i källan" not in text
    assert "kan syfta på förberedelserna i stort" in text


def test_what_several_own_is_named_once(malmo: Desk) -> None:
    assert "Malmös och Köpenhamns inval i EU-China Smart cities: källan" in body(malmo, "copenhagen")
    assert "Malmö’s and Copenhagen’s selection for EU-China" in body(malmo, "copenhagen", "en")


def test_the_outline_tells_what_is_planned_and_what_things_are_each_in_its_section(malmo: Desk) -> None:
    text = render(content.year(malmo.teller("sv")), "md").decode()
    networks = text[text.index("## 4 Nätverk") : text.index("## 5 ")]
    assert "hållas våren 2020" in networks
    assert "IBSG (Informal Baltic Sea Group) är ett informellt nätverk" in networks
    central = text[text.index("## 2 ") : text.index("## 3 ")]
    assert "svarade för samordningen av internationella frågor" in central  # section 1 has a part of it
    assert "tar inte upp samarbetet mellan Malmö och Köpenhamn" in text[: text.index("## 2 ")]


def test_a_section_of_the_outline_goes_as_its_text_does(malmo: Desk) -> None:
    text = render(content.year(malmo.teller("sv")), "md").decode()
    told = [
        "Stockholm är ordförande i Eurocities",
        "frågan om behovet av vissa reformer",
        "Malmö stad stödjer Stockholm",  # reported under the network, whose heading is far above
        "Kommunförbundet Skånes EU-nätverk är",
        "är ett informellt nätverk",  # what it is before who is in it, in one sentence of the source
        "Brysselkontoret är medlem i IBSG",
        "deltog hösten 2019 i IBSG:s seminarium",
    ]
    places = [text.index(each) for each in told]
    assert places == sorted(places)


def test_a_thing_is_described_where_the_source_says_what_it_is(malmo: Desk) -> None:
    text = render(content.year(malmo.teller("en")), "md").decode()
    central = text[text.index("## 2 ") : text.index("## 3 ")]
    assert "is a network in Sweden" not in central  # where it is only named
    assert "The big-city network and the City of Malmö’s EU network are networks in Sweden" in text


def test_meetings_in_which_somebody_took_part_are_told_once(malmo: Desk) -> None:
    text = render(content.year(malmo.teller("sv")), "md").decode()
    assert "deltog i möten i arbetsgrupperna Cohesion, Governance och Task force i Bryssel" in text
    assert "Möten i arbetsgruppen" not in text


def test_what_a_post_in_a_department_does_is_told_of_the_whole_office(malmo: Desk) -> None:
    assert "arbetade med Malmömodellen" in body(malmo, "city-office")
    assert "fungerade" not in body(malmo, "brussels")  # where an office is, is not that of which it is a part


def test_what_is_reported_under_a_network_is_told_of_it(malmo: Desk) -> None:
    text = body(malmo, "big-city-network", "en")
    assert "advocates the need for certain reforms" in text
    assert "The City of Malmö, Gothenburg and Stockholm cooperated on cohesion policy" in text


@pytest.mark.parametrize(
    ("lang", "name"), [("sv", "”Etablera fler snabbare” – "), ("en", "“Etablera fler snabbare” – ")]
)
def test_a_name_has_the_quotation_marks_of_the_language_outside_sentences_too(
    malmo: Desk, lang: str, name: str
) -> None:
    text = render(content.visit(malmo.teller(lang), ["etablera-fler-snabbare", "eurocities"]), "md").decode()
    assert name in text
    assert '"Etablera' not in text
