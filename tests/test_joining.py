"""Several statements as one sentence, and a year said once: what is told is what the parts tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from briefed import Desk
from malmo import ROOT

from relgraph.model import Citation, Edtf, Record, Ref, Text, Typed
from relgraph.namespaces import RG
from relgraph.sentences import SentenceWriter, joined, year_of
from relgraph.views.briefing import content
from relgraph.views.briefing.blocks import Items
from relgraph.vocabulary import Vocabulary

INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
NAMES = {
    id_: Record(id_, type_, {"name": (Text(id_.title(), "en"),)})
    for id_, type_ in [("ekvik", "City"), ("havet", "Network"), ("sjön", "Network"), ("ån", "Network")]
}


@pytest.fixture(scope="module")
def malmo() -> Desk:
    return Desk.at(ROOT)


@pytest.fixture(scope="module")
def vocabulary(malmo: Desk) -> Vocabulary:
    return malmo.lookup.vocabulary


def took_part(id_: str, network: str, when: str = "2030", at: int = 0, **more: object) -> Record:
    values = {"participant": (Ref("ekvik"),), "in": (Ref(network),), "date": (Edtf(when),), **more}
    return Record(id_, "Participation", values, (Citation("report", "1", at, at + 5),))  # type: ignore[arg-type]


def told(vocabulary: Vocabulary, records: Sequence[Record]) -> list[str]:
    writer = SentenceWriter(vocabulary, {**NAMES, **{r.id: r for r in records}}.get, "en")
    return [writer.sentence(record).text for record, _ in joined(writer, records)]


def test_what_differs_only_in_its_target_is_one_sentence_with_all_sources(vocabulary: Vocabulary) -> None:
    records = [
        took_part("a", "havet", at=1),
        took_part("b", "sjön", "2029", at=2),
        took_part("c", "ån", at=3),
    ]
    writer = SentenceWriter(vocabulary, NAMES.get, "en")
    (first, parts), (second, _) = joined(writer, records)
    assert writer.sentence(first).text == "In 2030, Ekvik took part in Havet and Ån."
    assert [part.id for part in parts] == ["a", "c"]
    assert [citation.start for citation in first.sources] == [1, 3]
    assert writer.sentence(second).text == "In 2029, Ekvik took part in Sjön."


@pytest.mark.parametrize(
    "more",
    [
        {"alternativeTo": (Ref("z"),)},
        {"conflictsWith": (Ref("z"),)},
        {"name": (Text("The Day", "en"),)},
        {"number": (Typed("2", INTEGER),)},
    ],
)
def test_what_is_doubtful_named_or_counted_is_told_by_itself(vocabulary: Vocabulary, more: object) -> None:
    assert isinstance(more, dict)
    records = [took_part("a", "havet", **more), took_part("b", "sjön", **more)]
    assert len(told(vocabulary, records)) == 2


def test_what_is_less_sure_of_one_is_not_joined_with_the_other(vocabulary: Vocabulary) -> None:
    doubtful = Record("b", "Participation", took_part("b", "sjön").values, (
        Citation("report", "1", 1, 5, supports=("date",), certainty="implied"),
    ))  # fmt: skip
    assert len(told(vocabulary, [took_part("a", "havet"), doubtful])) == 2


def test_among_equals_nothing_is_joined(vocabulary: Vocabulary) -> None:
    """That a and b cooperate, and a and c, is not that the three do."""
    records = [
        Record(f"x-{other}", "Cooperation", {"party": (Ref("ekvik"), Ref(other))})
        for other in ("havet", "ån")
    ]
    assert vocabulary.kinds["Cooperation"].edge_between == "party"
    assert len(told(vocabulary, records)) == 2


def test_what_speaks_of_its_own_name_is_told_by_itself(vocabulary: Vocabulary) -> None:
    kind = vocabulary.kinds["PlannedHosting"]
    records = [
        Record(
            f"x-{other}",
            kind.name,
            {kind.edge_from: (Ref("ekvik"),), kind.edge_to: (Ref(other),), "date": (Edtf("2031"),)},
        )
        for other in ("havet", "ån")
    ]
    assert len(told(vocabulary, records)) == 2


def test_entities_of_which_the_same_is_said_are_one_sentence_in_the_plural(vocabulary: Vocabulary) -> None:
    forums = [
        Record(name, "Forum", {"name": (Text(name, "en"),), "isPartOf": (Ref("havet"),)})
        for name in ("Sand", "Wave")
    ]
    assert told(vocabulary, forums) == ["Sand and Wave are part of Havet."]


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_no_target_and_no_source_of_malmo_is_lost(malmo: Desk, lang: str) -> None:
    lookup = malmo.lookup
    records = lookup.records(sorted(lookup.ids_of(RG + "Relationship")))
    writer = malmo.teller(lang).writer
    whole = joined(writer, records)
    assert sorted(part.id for _, parts in whole for part in parts) == sorted(record.id for record in records)
    several_ = [(record, parts) for record, parts in whole if parts[1:]]
    assert len(several_) > 3
    for record, parts in several_:
        text = writer.sentence(record).text
        assert set(record.sources) == {source for part in parts for source in part.sources}
        for part in parts:
            for target in part.refs(lookup.vocabulary.kinds[part.type].edge_to):
                # what all of a row begin with is said with the first, and their sort with all of them
                name = writer.name(target)
                own = re.findall(r"\b[A-ZÅÄÖ]\w+", name)
                assert name in text or (own and all(word in text for word in own))


# -- a year that is said once --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "year"),
    [
        ({"date": "2030"}, "2030"),
        ({"during": "2030"}, "2030"),
        ({"date": "2030-05"}, ""),
        ({"date": "2030~"}, ""),
        ({"from": "2030"}, ""),
        ({"during": "2030", "to": "2031"}, ""),
        ({"observedIn": "2030"}, ""),
        ({}, ""),
    ],
)
def test_the_year_of_a_record(values: dict[str, str], year: str) -> None:
    assert year_of(Record("a", "Visit", {key: (Edtf(text),) for key, text in values.items()})) == year


@pytest.mark.parametrize(
    ("lang", "lead", "phrase"), [("sv", "Under {}:", "under {}"), ("en", "In {}:", "n {}")]
)
def test_a_year_above_a_list_is_that_of_each_of_it_and_is_not_repeated(
    malmo: Desk, lang: str, lead: str, phrase: str
) -> None:
    leads = 0
    for name in (
        "city-office",
        "brussels-office",
        "eurocities",
        "malmo-eu-network",
        "environment-department",
    ):
        for items in malmo.on(name, lang).blocks:
            if not isinstance(items, Items):
                continue
            years = {year_of(malmo.lookup.record(sentence.record)) for sentence in items.sentences}
            if not items.lead:
                assert "" in years or len(items.sentences) < 3
                continue
            (year,) = years
            if items.lead.removesuffix(":") != lead.format(year).removesuffix(":"):  # one beginning of all
                assert len(items.sentences) > 2
                assert year in items.lead
                continue
            assert items.lead == lead.format(year)
            leads += 1
            plain = malmo.teller(lang).writer
            for sentence in items.sentences:
                full = plain.sentence(malmo.lookup.record(sentence.record)).text
                assert phrase.format(year) in full
                assert sentence.text.count(phrase.format(year)) < full.count(phrase.format(year))
    assert leads > 4


def year(items: Items) -> str:
    found = re.search(r"\d{4}", items.lead)
    return found[0] if found else ""


def test_the_list_without_a_year_comes_first_and_then_the_newest(malmo: Desk) -> None:
    for name in ("city-office", "brussels-office", "eurocities"):
        blocks = malmo.on(name, "en").blocks
        for one, other in pairwise(blocks):
            if isinstance(one, Items) and isinstance(other, Items):
                assert other.lead
                assert not one.lead or year(one) >= year(other)


# -- on whom there is a briefing -----------------------------------------------------------------------------


def test_there_is_no_briefing_on_every_group_post_or_party_without_a_name(malmo: Desk) -> None:
    lookup = malmo.lookup
    written = {id_ for ids in content.subjects(lookup).values() for id_ in ids}
    assert {"tangshan", "eurocities", "environment-department", "brussels-office", "skr"} <= written
    for id_ in lookup.ids_of(RG + "Group") + lookup.ids_of(RG + "OfficeBearer"):
        assert id_ not in written
    assert not [id_ for id_ in written if lookup.record(id_).values.get("placeholder")]
