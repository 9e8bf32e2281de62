"""Traps 1 to 7 of the report on Malmö: what is called what, and who is nobody."""

from __future__ import annotations

import re

import pytest
from malmo import LANGUAGES, Malmo

both = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture(scope="module")
def malmo() -> Malmo:
    return Malmo()


NAMED = "?x rdfs:label|skos:altLabel|skos:hiddenLabel ?n"
STATUS = "?x skosxl:altLabel|skosxl:hiddenLabel ?a . ?a skosxl:literalForm ?n ; rg:aliasStatus ?s"


def statuses(malmo: Malmo, id_: str) -> dict[str, str]:
    """What is thought of each other name."""
    rows = malmo.rows(f"SELECT DISTINCT (STR(?n) AS ?name) ?s {{ VALUES ?x {{ :{id_} }} {STATUS} }}")
    return {row[0]: row[1] for row in rows}


EXPANDED = {
    "uclg": "Union of Cities and Local Governments",
    "ibsg": "Informal Baltic Sea Group",
    "uitp": "International Association of Public Transport",
}
NETWORKS = {
    "sv": "Malmö stads EU-nätverk|MalmöLund-regionens EU-nätverk",
    "en": "City of Malmö’s EU network|EU network of the Malmö–Lund region",
}
MEETINGS = {
    "malmo-eu-network-meetings-2019": {
        "sv": "Malmö stads EU-nätverk",
        "en": "City of Malmö’s EU network",
    },
    "malmo-lund-region-eu-network-meeting-rate": {
        "sv": "MalmöLund-regionens EU-nätverk",
        "en": "EU network of the Malmö–Lund region",
    },
}


class TestUbcIsOneNetworkWithAWrongName:
    """1: an acronym is spelt out in two ways, and one of them is a slip."""

    def test_whichever_name_is_asked_for(self, malmo: Malmo) -> None:
        for part in ("Baltic Metropolises", "Baltic Cities", "UBC"):
            network = f'?x a rg:Network . {NAMED} FILTER(CONTAINS(?n, "{part}"))'
            assert malmo.ids(network) == {"ubc"}
        for name in ("UBC", "Union of Baltic Cities", "Union of Baltic Metropolises"):
            assert malmo.id_of(name) == "ubc"

    def test_the_wrong_one_is_marked_and_never_the_name(self, malmo: Malmo) -> None:
        assert malmo.rows(
            f"SELECT DISTINCT ?x (STR(?n) AS ?name) {{ {STATUS} ; rg:aliasStatus rg:erroneous }}"
        ) == [("ubc", "Union of Baltic Metropolises"), ("uclg", "Union of Cities and Local Governments")]
        labels = malmo.rows("SELECT DISTINCT (STR(?n) AS ?l) { :ubc rdfs:label ?n }")
        assert labels == [("Union of the Baltic Cities (UBC)",)]

    @both
    def test_in_words(self, malmo: Malmo, lang: str) -> None:
        page = malmo.page("UBC", lang)
        assert re.search(r"Union of Baltic Metropolises \([^)]*(\bfel|error)", page)
        assert page.startswith("Union of the Baltic Cities")
        told = malmo.saying("Metropolises", lang)
        assert told
        assert told <= malmo.ids("?x a rg:SourceNote ; rg:regarding :ubc")


class TestTheBrusselsOfficeIsOneAndNotTheCityOffice:
    """2: one office goes by five names, two of which could be taken for something else."""

    def test_five_names_two_of_them_inferred(self, malmo: Malmo) -> None:
        forms = statuses(malmo, "brussels-office")
        assert forms == {
            "Brysselkontoret": "source-variant",
            "Malmö stads Brysselkontor": "source-variant",
            "Malmö stadskontor i Bryssel": "inferred",
            "Malmö stads EU kontor": "inferred",
        }
        for name in ("Malmö stads kontor i Bryssel", *forms):
            assert malmo.id_of(name) == "brussels-office"
        assert malmo.ids("?x a rg:OrganizationalUnit ; schema:location :brussels") == {"brussels-office"}

    def test_the_city_office_stays_apart(self, malmo: Malmo) -> None:
        assert malmo.id_of("Stadskontoret") == "city-office"
        called = f'?x org:unitOf :malmo . {NAMED} FILTER(REGEX(?n, "bryssel|brussels|EU", "i"))'
        assert malmo.ids(called) == {"brussels-office"}
        assert malmo.ids(f'?x a rg:OrganizationalUnit . {NAMED} FILTER(STR(?n) = "Stadskontoret")') == {
            "city-office"
        }
        assert malmo.ids("?x org:unitOf :city-office") == {"department-for-external-relations-and-business"}

    @both
    def test_in_words(self, malmo: Malmo, lang: str) -> None:
        inferred = {"sv": r"\(härled|\(sluten|\(antag|\(tolk", "en": r"\(inferred"}[lang]
        page = malmo.page("Malmö stads EU kontor", lang)
        for name in ("Malmö stads EU kontor", "Malmö stadskontor i Bryssel"):
            assert re.search(f"{name} ({inferred})", page)
            assert malmo.saying(f'[”“"]{name}', lang) <= malmo.ids(
                "?x a rg:SourceNote ; rg:regarding :brussels-office"
            )
        assert not re.search("bryssel|brussels", malmo.said("city-office", lang), re.IGNORECASE)


class TestOneAssociationUnderTwoNames:
    """3: an association is called by its old name in one section and by its new one in another."""

    def test_both_names_find_it_each_where_it_stands(self, malmo: Malmo) -> None:
        assert malmo.id_of("SKL") == malmo.id_of("SKR") == "skr"
        assert malmo.ids(f'{NAMED} FILTER(STR(?n) IN ("SKL", "SKR"))') == {"skr"}
        sections = "SELECT DISTINCT ?s { :skr prov:wasDerivedFrom [ rg:section ?s ] }"
        assert {("11",), ("4",)} <= set(malmo.rows(sections))

    def test_the_renaming_rests_on_another_source(self, malmo: Malmo) -> None:
        documents = (
            "SELECT DISTINCT ?d { ?x a rg:Renaming ; rg:of :skr ; prov:wasDerivedFrom [ oa:hasSource ?d ] }"
        )
        assert [d for (d,) in malmo.rows(documents)] == ["motala-skl-skr"]
        outside = "?x a rg:Document FILTER(?x = :motala-skl-skr) FILTER NOT EXISTS { ?x rg:period ?p }"
        assert malmo.count(outside) == 1

    @both
    def test_in_words(self, malmo: Malmo, lang: str) -> None:
        page = malmo.page("SKL", lang)
        assert page.startswith("SKR")
        assert re.search("Landsting.*SKL.*Regioner.*SKR", malmo.said("skl-renamed-skr", lang))
        said = malmo.saying("SKL", lang) - malmo.ids("?x a rg:Document")
        assert said == {"skl-renamed-skr", "note-skl-and-skr"}


class TestExpansionsThatDoNotFit:
    """4: three acronyms come with words that are not what the letters stand for."""

    def test_the_words_are_the_reports_and_not_the_name(self, malmo: Malmo) -> None:
        for id_, words in EXPANDED.items():
            assert statuses(malmo, id_)[words] == ("erroneous" if id_ == "uclg" else "source-variant")
            assert malmo.rows(f"SELECT DISTINCT (STR(?n) AS ?l) {{ :{id_} rdfs:label ?n }}") == [
                (id_.upper(),)
            ]
            assert malmo.id_of(words) == id_
            assert malmo.count(f"?x a rg:SourceNote ; rg:about :vb2019 ; rg:regarding :{id_}") >= 1

    @both
    def test_in_words(self, malmo: Malmo, lang: str) -> None:
        for id_, words in EXPANDED.items():
            notes = malmo.ids(f"?x a rg:SourceNote ; rg:regarding :{id_}")
            told = malmo.saying(words, lang)
            assert told
            assert told <= notes & malmo.saying(f"{id_} .*{words}", lang)
            assert id_.upper() in malmo.told(f"malmo-member-of-{id_}" if id_ != "ibsg" else id_, lang)


class TestSpellings:
    """5: places are misspelt or spelt in two ways, and a region stands in a row of cities."""

    def test_every_spelling_finds_its_place(self, malmo: Malmo) -> None:
        spelt = {
            "Hongkong": "hong-kong",
            "Hong Kong": "hong-kong",
            "Schenzhen": "shenzhen",
            "Shenzhen": "shenzhen",
        }
        for name, id_ in (spelt | {"Hanover": "hanover", "Hannover": "hanover"}).items():
            assert malmo.id_of(name) == id_
            assert malmo.ids(f'?x a rg:City . {NAMED} FILTER(STR(?n) = "{name}")') == {id_}
        assert statuses(malmo, "shenzhen") == {"Schenzhen": "misspelling"}
        cities = malmo.rows("SELECT (STR(?n) AS ?l) { ?x a rg:City ; rdfs:label ?n }")
        assert not {("Hongkong",), ("Schenzhen",)} & set(cities)
        assert {("Hong Kong",), ("Shenzhen",)} <= set(cities)

    def test_wielkopolska_is_a_region(self, malmo: Malmo) -> None:
        assert malmo.ids("?c a rg:Consortium ; rg:party ?x . ?x a rg:Region") == {"wielkopolska"}
        cities = malmo.ids("?c a rg:Consortium ; rg:party ?x . ?x a rg:City")
        assert cities == {"malmo", "barcelona", "liverpool", "hanover", "copenhagen"}

    @both
    def test_in_words(self, malmo: Malmo, lang: str) -> None:
        assert "region" in malmo.said("wielkopolska", lang)
        misspelt = malmo.saying("Schenzhen|Hongkong", lang)
        assert misspelt
        assert misspelt <= malmo.ids("?x a rg:SourceNote")
        hanover = {"sv": "Hannover", "en": "Hanover"}[lang]
        assert hanover in malmo.said("malmo-in-european-week-of-regions-and-cities", lang)


class TestLookAlikes:
    """6: several things have nearly the same name and are not the same thing."""

    def test_three_eu_networks(self, malmo: Malmo) -> None:
        called = '?x a rg:Network ; rdfs:label ?n FILTER(CONTAINS(?n, "EU-nätverk"))'
        three = {"malmo-eu-network", "skane-association-eu-network", "malmo-lund-region-eu-network"}
        assert malmo.ids(called) == three
        assert malmo.id_of("EU-nätverket") == "malmo-eu-network"
        assert statuses(malmo, "malmo-eu-network")["EU-nätverket"] == "inferred"

    def test_three_smart_things(self, malmo: Malmo) -> None:
        kinds = {
            "smart-cities": "Topic",
            "smart-cities-platform": "Network",
            "eu-china-smart-cities": "Initiative",
        }
        for id_, kind in kinds.items():
            assert [malmo.count(f"?x a rg:{k} FILTER(?x = :{id_})") for k in kinds.values()] == [
                int(k == kind) for k in kinds.values()
            ]
        assert malmo.id_of("Smart Cities") == "smart-cities"
        assert malmo.ids(
            ':malmo org:memberOf ?x . ?x rdfs:label ?n FILTER(CONTAINS(LCASE(?n), "smart"))'
        ) == {"smart-cities-platform"}
        selected = "?s a rg:Selection ; ?p :malmo ; ?q ?x . ?x a rg:Initiative"
        assert malmo.ids(selected) == {"eu-china-smart-cities"}

    def test_fund_programme_and_axis(self, malmo: Malmo) -> None:
        assert malmo.id_of("ERUF") == "erdf"
        assert malmo.ids("?x a rg:Fund") == {"erdf", "esf"}
        assert malmo.ids("?x dcterms:isPartOf|rg:isPartOf|schema:isPartOf :erdf") == {
            "erdf-regional-programme",
            "priority-axis-5",
        }
        assert malmo.ids("?f a rg:Funding ; rg:funded ?x") == {"priority-axis-5"}
        assert malmo.ids(":malmo rg:isResponsibleFor ?x") == {"priority-axis-5"}

    @both
    def test_in_words(self, malmo: Malmo, lang: str) -> None:
        kinds = {
            "sv": {
                "smart-cities": "ämne",
                "smart-cities-platform": "nätverk",
                "eu-china-smart-cities": "initiativ",
            },
            "en": {
                "smart-cities": "topic",
                "smart-cities-platform": "network",
                "eu-china-smart-cities": "initiative",
            },
        }[lang]
        for id_, kind in kinds.items():
            text = malmo.said(id_, lang)
            assert [other for other in kinds.values() if re.search(rf"\b{other}\b", text)] == [kind]
        networks = {id_: set(re.findall(NETWORKS[lang], malmo.told(id_, lang))) for id_ in MEETINGS}
        assert networks == {id_: {words[lang]} for id_, words in MEETINGS.items()}


class TestNobodyIsGivenAName:
    """7: most who act are named by their post or not at all, and a post is not a person."""

    CHAIR = "?of IN (:chair-of-city-executive-board, :malmo-chairs-iclei-gexcom)"
    POSTS = (
        "chair-of-city-executive-board",
        "international-affairs-post-in-brussels",
        "department-resource-for-international-matters",
        "minister-for-the-environment-of-hong-kong",
    )

    def test_one_person_is_named(self, malmo: Malmo) -> None:
        assert malmo.ids("?x a rg:Person") == malmo.ids("?post org:heldBy|rg:heldBy ?x") == {"sedat-arif"}
        for post in self.POSTS:
            assert (
                malmo.count(f"?x a rg:Post FILTER(?x = :{post}) FILTER NOT EXISTS {{ ?x org:heldBy ?who }}")
                == 1
            )
            unstated = "?x a rg:Gap ; rg:aspect org:heldBy ; rg:about ?of"
            assert malmo.count(f"{unstated} FILTER(?of = :{post} || EXISTS {{ ?of rg:holder :{post} }})") >= 1

    def test_who_signed_and_who_chairs_is_one_post(self, malmo: Malmo) -> None:
        signed = malmo.ids(
            "?a a rg:Charter ; rg:signatory ?x . ?x org:postIn|rg:postIn :city-executive-board"
        )
        chairs = malmo.ids("?t a rg:RoleTenure ; rg:body :procura-plus ; rg:holder ?x . ?x a rg:Post")
        assert signed == chairs == {"chair-of-city-executive-board"}
        assert (
            malmo.id_of("KS ordf")
            == malmo.id_of("Kommunstyrelsens ordförande")
            == "chair-of-city-executive-board"
        )

    def test_what_has_no_name_is_a_placeholder(self, malmo: Malmo) -> None:
        unnamed = "norwegian-research-project immigration-project european-sdg-network managing-authority"
        for id_ in unnamed.split():
            assert malmo.count(f"?x rg:placeholder true FILTER(?x = :{id_})") == 1
            assert malmo.count(f"?x a rg:Gap ; rg:about :{id_}") >= 1
        assert malmo.ids("?x a rg:Project") == {"norwegian-research-project", "immigration-project"}

    @both
    def test_in_words(self, malmo: Malmo, lang: str) -> None:
        unnamed = {"sv": "utan .*namn|inget namn|namnlös", "en": "without .*name|no name|unnamed"}[lang]
        for id_ in (*self.POSTS[1:3], "norwegian-research-project", "immigration-project"):
            assert re.search(unnamed, malmo.told(id_, lang))
        page = malmo.page("chair-of-city-executive-board", lang)
        gaps = malmo.ids(f"?x a rg:Gap ; rg:aspect org:heldBy ; rg:about ?of FILTER({self.CHAIR})")
        assert len(gaps) == 2
        for gap in gaps:
            assert malmo.told(gap, lang) in page
        assert "2011" in page and "2018" in page
        assert "Sedat Arif" not in page
        holding = "befattningen som|är kommunstyrelsens|holds the post of|is the Chair of the City Exec"
        assert not re.search(holding, page)
        assert malmo.saying("Sedat Arif .*(kommunalråd|municipal commissioner)", lang)
