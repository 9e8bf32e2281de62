"""Traps 8 to 12 of the report on Malmö: China, and the two chairs."""

from __future__ import annotations

import re

import pytest
from malmo import LANGUAGES, Malmo

both = pytest.mark.parametrize("lang", LANGUAGES)
CHINESE = "rg:party/schema:containedInPlace :china"
FORMAL = {"malmo-tangshan-twinning", "malmo-hong-kong-charter", "malmo-shenzhen-memorandum"}
NOT_IN_FORCE = {"sv": "i kraft (sägs|anges) inte", "en": "in force is not (stated|said)"}
CANCELLED = {"sv": "ställdes in|inställ", "en": "cancelled|called off"}


@pytest.fixture(scope="module")
def malmo() -> Malmo:
    return Malmo()


def agreements_of_the_city(malmo: Malmo, city: str) -> set[str]:
    return malmo.ids(f"?x a rg:Agreement ; rg:party :malmo, :{city}")


class TestTangshanIn2016And2019:
    """8: what holds of one year is not to be drawn out to the next, and two sections disagree."""

    def test_the_status_is_of_2016_alone(self, malmo: Malmo) -> None:
        status = "?x a rg:StatusAssessment ; rg:of :malmo-tangshan-twinning"
        assert malmo.rows(f"SELECT ?s ?d {{ {status} ; rg:legalStatus ?s ; rg:during ?d }}") == [
            ("maintained", "2016")
        ]
        by_year = {year: len(malmo.certain_in(year, status)) for year in range(2015, 2020)}
        assert by_year == {2015: 0, 2016: 1, 2017: 0, 2018: 0, 2019: 0}
        none = "SELECT ?c ?d { ?x a rg:NonConclusion ; rg:party ?c ; rg:date ?d FILTER(?c != :malmo) }"
        assert malmo.rows(none) == [("tangshan", "2016")]

    def test_the_twinning_is_old_and_formal_and_no_more(self, malmo: Malmo) -> None:
        said = malmo.values("malmo-tangshan-twinning", "rg:from", "rg:to", "rg:observedIn", "rg:legalStatus")
        assert [value.rsplit("#")[-1] for _, value in said] == ["1987", "formal"]
        assert malmo.certain_in(1987, "?x a rg:Twinning") == {"malmo-tangshan-twinning"}
        assert malmo.certain_in(2019, "?x a rg:Twinning") == set()

    def test_contact_and_no_activity_both_stand_in_conflict(self, malmo: Malmo) -> None:
        quiet = malmo.ids("?x a rg:ActivityAssessment ; rg:level rg:none ; rg:during ?d")
        assert quiet == {"no-activity-with-tangshan-2019", "no-activity-with-twin-towns-2019"}
        (contact,) = malmo.ids("?x a rg:Contact ; rg:initiator :tangshan ; rg:contacted ?unit")
        assert malmo.ids(f":{contact} rg:contacted ?x") == {"environment-department"}
        assert malmo.ids(f"?x rg:conflictsWith :{contact}") == quiet
        assert malmo.ids(f":{contact} rg:conflictsWith ?x") == quiet

    @both
    def test_in_words(self, malmo: Malmo, lang: str) -> None:
        page = malmo.page("Tangshan", lang)
        assert not re.search("2017|2018|2020", page)
        status = malmo.said("tangshan-twinning-maintained-2016", lang)
        assert re.findall(r"\b20\d\d\b", status) == ["2016"]
        assert status in page
        kept = malmo.saying("vidmakt|maintain", lang) - malmo.ids("?x a rg:SourceNote")
        assert kept == {"tangshan-twinning-maintained-2016"}
        assert len(re.findall("Samtidigt anges:|At the same time,", page)) == 2
        assert re.search(NOT_IN_FORCE[lang], malmo.told("malmo-tangshan-twinning", lang))


class TestHongKongWasNotVisitedAndIsNotDormant:
    """9: a visit came to nothing; whether there was one the year before the words do not tell."""

    def test_no_visit_is_counted(self, malmo: Malmo) -> None:
        assert malmo.ids("?x a rg:Visit") == {"study-visits-to-brussels-office-2019"}
        assert malmo.count("?x a rg:AffirmedRelationship ; rg:visited/schema:containedInPlace :china") == 0
        cancelled = "SELECT ?c ?d { ?x a rg:CancelledVisit ; rg:visited ?c ; rg:date ?d }"
        assert malmo.rows(cancelled) == [("hong-kong", "2019"), ("shenzhen", "2019")]

    def test_the_year_before_has_two_readings(self, malmo: Malmo) -> None:
        readings = "?x a rg:UnsettledRelationship ; rg:visited :hong-kong ; rg:date ?d ; rg:readsAs ?k"
        assert malmo.rows(f"SELECT ?k ?d {{ {readings} }}") == [("PlannedVisit", "2018"), ("Visit", "2018")]
        one, other = sorted(malmo.ids(readings))
        assert malmo.ids(f":{one} rg:alternativeTo ?x") == {other}
        assert malmo.ids(f":{other} rg:alternativeTo ?x") == {one}

    def test_nothing_is_said_of_how_active_it_was(self, malmo: Malmo) -> None:
        assert agreements_of_the_city(malmo, "hong-kong") == {"malmo-hong-kong-charter"}
        assessed = malmo.ids("?a a rg:ActivityAssessment ; rg:of ?x")
        assert "shenzhen" in assessed
        assert not {"hong-kong", "malmo-hong-kong-charter"} & assessed
        open_ended = "?x a rg:Agreement ; rg:party :hong-kong FILTER NOT EXISTS { ?x rg:to ?t }"
        assert malmo.ids(open_ended) == {"malmo-hong-kong-charter"}

    @both
    def test_in_words(self, malmo: Malmo, lang: str) -> None:
        page = malmo.page("Hong Kong", lang)
        said = malmo.saying("(besök|visit).*Hong Kong", lang) & malmo.ids("?x a rg:Relationship")
        visits = [malmo.said(id_, lang) for id_ in said]
        assert all(visit in page for visit in visits)
        reading = {"sv": "Enligt en läsning", "en": "On one reading"}[lang]
        told = sorted((bool(re.search(CANCELLED[lang], s)), reading in s) for s in visits)
        assert told == [(False, True), (False, True), (True, False)]
        assert not re.search("vilande|inte aktivt|inaktiv|dormant|not work actively|inactive", page)
        assert re.search("2011", malmo.said("malmo-hong-kong-charter", lang))


class TestShenzhenIsThreeStatements:
    """10: an old memorandum, no work on it in the year, and two journeys that were not made."""

    def test_formal_without_a_word_on_being_in_force(self, malmo: Malmo) -> None:
        assert malmo.ids(f"?x a rg:Agreement ; rg:legalStatus rg:formal ; {CHINESE}") == FORMAL
        counted = "?c a rg:ReportedCount ; rg:includes ?x ; rg:number 3 . ?x a rg:Agreement"
        assert malmo.ids(counted) == FORMAL
        said = malmo.values("malmo-shenzhen-memorandum", "rg:from", "rg:to", "rg:observedIn")
        assert said == [("from", "2012")]
        statuses = f"SELECT DISTINCT ?s {{ ?x a rg:Agreement ; {CHINESE} ; rg:legalStatus ?s }}"
        assert malmo.rows(statuses) == [("formal",)]
        assert malmo.certain_in(2012, f"?x a rg:Agreement ; {CHINESE}") >= {"malmo-shenzhen-memorandum"}
        assert malmo.certain_in(2019, f"?x a rg:Agreement ; {CHINESE}") == set()

    def test_not_active_declined_and_cancelled_are_apart(self, malmo: Malmo) -> None:
        idle = "SELECT ?l ?d { ?x a rg:ActivityAssessment ; rg:of :shenzhen ; rg:level ?l ; rg:during ?d }"
        assert malmo.rows(idle) == [("not-active", "2019")]
        declined = malmo.ids("?x a rg:DeclinedInvitation ; rg:regarding :shenzhen ; rg:invitee :malmo")
        cancelled = malmo.ids("?x a rg:CancelledVisit ; rg:visited :shenzhen")
        assert len(declined) == len(cancelled) == 1
        (invitation,) = declined
        assert malmo.ids(f"?x a rg:Gap ; rg:about :{invitation} ; rg:aspect rg:inviter")
        assert malmo.values(invitation, "rg:inviter", "rg:invitee")[0][0] == "invitee"

    def test_the_port_has_its_own_agreement(self, malmo: Malmo) -> None:
        assert agreements_of_the_city(malmo, "shenzhen") == {"malmo-shenzhen-memorandum"}
        assert malmo.ids("?x a rg:Agreement ; rg:party :cmp") == {"cmp-shenzhen-agreement"}
        assert malmo.ids(":cmp-shenzhen-agreement rg:party ?x") == {"cmp", "shenzhen"}
        assert malmo.values("cmp-shenzhen-agreement", "rg:legalStatus", "rg:from") == []

    @both
    def test_in_words(self, malmo: Malmo, lang: str) -> None:
        page = malmo.page("Shenzhen", lang)
        told = {
            "sv": ("sedan 2012", "inte aktivt med Shenzhen", "tackade nej|avböjde"),
            "en": ("since 2012", "not work actively with Shenzhen", "declined"),
        }
        for words in (*told[lang], NOT_IN_FORCE[lang], CANCELLED[lang]):
            assert re.search(words, page)
        assert not re.search("upphör|avslutad|sagts upp|terminat|expired|has ended", page)
        port = malmo.said("cmp-shenzhen-agreement", lang)
        assert "CMP" in port
        assert "Malmö" not in port


class TestDalianCameToNothing:
    """11: talks that failed are no agreement, and what a university does the city does not."""

    def test_a_failed_negotiation_and_no_agreement(self, malmo: Malmo) -> None:
        talks = "?x a rg:FailedNegotiation ; rg:party :malmo, :dalian ; rg:from ?f ; rg:to ?t"
        assert malmo.rows(f"SELECT ?f ?t {{ {talks} }}") == [("2017", "2018")]
        assert malmo.count("?x a rg:AffirmedRelationship ; ?p :malmo ; ?q :dalian") == 0
        assert malmo.count("?x a rg:Agreement ; ?role :dalian") == 0
        assert malmo.count("?x a rg:Agreement ; ?role :shenzhen") == 2

    def test_the_relation_is_the_universitys(self, malmo: Malmo) -> None:
        theirs = malmo.ids("?x a rg:AffirmedRelationship ; ?p :dalian")
        assert len(theirs) == 2
        assert malmo.ids("?x a rg:AffirmedRelationship ; ?p :dalian ; ?q :malmo-university") == theirs
        assert malmo.is_a("malmo-university", "University")
        assert malmo.values("malmo-university", "org:unitOf") == []

    @both
    def test_in_words(self, malmo: Malmo, lang: str) -> None:
        talks = malmo.said("malmo-dalian-negotiation", lang)
        assert re.search({"sv": "2017.*strandade.*2018", "en": "2017.*broke down.*2018"}[lang], talks)
        for id_ in malmo.ids("?x a rg:AffirmedRelationship ; ?p :dalian"):
            assert re.search("Malmö [Uu]niversi", malmo.said(id_, lang))
            assert not re.search("Malmö stad|City of Malmö", malmo.said(id_, lang))
        page = malmo.page("Dalian", lang)
        assert {"sv": "strandade", "en": "broke down"}[lang] in page
        agreements = {"sv": "Avtal", "en": "Agreements"}[lang]
        heading = rf" {agreements}( \(\d+\))? •"
        assert not re.search(heading, page)
        assert re.search(heading, malmo.page("Shenzhen", lang))


class TestTheChairsHaveNoInventedEnd:
    """12: two hold one office together, for three years counted from no clear day."""

    OFFICES = ("iclei-gexcom", "procura-plus")

    @pytest.mark.parametrize("body", OFFICES)
    def test_the_end_may_be_either_year(self, malmo: Malmo, body: str) -> None:
        tenure = f"?x a rg:RoleTenure ; rg:body :{body} ; rg:from ?f ; rg:to ?to"
        ends = f"{tenure} ; rg:earliestEnd ?e ; rg:latestEnd ?l"
        assert malmo.rows(f"SELECT ?f ?to ?e ?l {{ {ends} }}") == [
            ("2018", "[2021..2022]", "2021-01-01", "2022-12-31")
        ]
        in_2022 = [malmo.certain_in(year, tenure) for year in (2019, 2022)]
        assert [len(found) for found in in_2022] == [1, 0]
        doubt = "prov:wasDerivedFrom [ rg:certainty rg:ambiguous ; rg:supports ?k ]"
        assert malmo.rows(f"SELECT DISTINCT ?k {{ {tenure} ; {doubt} }}") == [("to",)]

    @pytest.mark.parametrize("body", OFFICES)
    def test_two_holders_share_one_office(self, malmo: Malmo, body: str) -> None:
        assert malmo.count(f"?x a rg:RoleTenure ; rg:body :{body}") == 1
        holders = malmo.ids(f"?t a rg:RoleTenure ; rg:body :{body} ; rg:holder ?x")
        assert holders == {"malmo", "chair-of-city-executive-board"}

    @both
    @pytest.mark.parametrize("body", OFFICES)
    def test_in_words(self, malmo: Malmo, body: str, lang: str) -> None:
        (tenure,) = malmo.ids(f"?x a rg:RoleTenure ; rg:body :{body}")
        text = malmo.said(tenure, lang)
        assert {"sv": "2021 eller 2022", "en": "2021 or 2022"}[lang] in text
        assert re.findall(r"\b20\d\d\b", text) == ["2018", "2021", "2022"]
        assert re.search("Oklart i källan|Unclear in the source", text)
        assert re.search("styrelsens ordförande|Chair of the City Executive Board", text)
        assert re.search("Malmö stad|City of Malmö", text)
