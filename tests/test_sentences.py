"""Sentences: the golden text of the city in both languages, and what the writer itself adds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import CITY, SOURCE, City, copy_city
from syrupy.assertion import SnapshotAssertion

from relgraph.model import Edtf, Record, Ref, Term, Text, Value
from relgraph.project import find_project
from relgraph.sentences import SentenceWriter, genitive, join
from relgraph.vocabulary import Vocabulary
from relgraph.vocabulary.templates import TemplateError, keys, parse

RG = "https://w3id.org/relgraph/ontology#"
SHOWN = sorted(
    record.id for record in find_project(CITY).check().dataset.records if record.type not in ("Document",)
)


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> City:
    city = copy_city(tmp_path_factory.mktemp("spoken") / "lindvik")
    city.ok("show", "lindvik")
    return city


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(
    "id_", ["lindvik", "aberhaven", "kulturkontoret", "nordljus", "portogrande", "hamnbolaget"]
)
def test_a_party_in_words(spoken: City, id_: str, lang: str, snapshot: SnapshotAssertion) -> None:
    assert spoken.ok("show", id_, "--lang", lang) == snapshot


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_record_in_words(lang: str, snapshot: SnapshotAssertion) -> None:
    """One sentence a record, without a process each."""
    checked = find_project(CITY).check()
    records = checked.dataset.by_id()
    writer = SentenceWriter(checked.vocabulary, records.get, lang)
    assert "\n".join(f"{id_}: {writer.sentence(records[id_]).full}" for id_ in SHOWN) == snapshot


# -- what the writer adds ------------------------------------------------------------------------------------

DOUBT = Term(f"{RG}ambiguous")
RECORDS = {
    "ekvik": Record("ekvik", "City", {"name": (Text("Ekvik", "sv"), Text("Ekvik", "en"))}),
    "havet": Record(
        "havet", "Network", {"name": (Text("Havet", "sv"),), "inText": (Text("nätverket Havet", "sv"),)}
    ),
    "in-havet": Record(
        "in-havet",
        "Membership",
        {"member": (Ref("ekvik"),), "organization": (Ref("havet"),), "from": (Edtf("2011"),)},
    ),
}


#: templates of the test's own: what is tested here is the writer, not the shipped wording
TEMPLATES = {
    "sv": parse("{member} <current: är | var>[ {when}] <member: medlem | medlemmar> i {organization}."),
    "en": parse("{organization} <current: has | had> {member} as a member[, {when}]."),
}


def said(vocabulary: Vocabulary, record: Record, lang: str = "sv", day: str = "") -> str:
    kind = replace(vocabulary.kinds["Membership"], templates=TEMPLATES)
    own = replace(vocabulary, kinds={**vocabulary.kinds, "Membership": kind})
    as_of = date.fromisoformat(day) if day else None
    return SentenceWriter(own, {**RECORDS, record.id: record}.get, lang, as_of).sentence(record).full


def membership(**values: tuple[Value, ...]) -> Record:
    record = RECORDS["in-havet"]
    return replace(record, values={**record.values, **values})


def test_a_name_in_running_text_goes_before_the_name(vocabulary: Vocabulary) -> None:
    assert said(vocabulary, membership()) == "Ekvik är sedan 2011 medlem i nätverket Havet."


def test_a_language_that_a_name_lacks_falls_back(vocabulary: Vocabulary) -> None:
    assert said(vocabulary, membership(), "en").startswith("Nätverket Havet has Ekvik")


def test_tense_follows_the_date_of_the_data(vocabulary: Vocabulary) -> None:
    record = membership(to=(Edtf("2015"),))
    assert said(vocabulary, record, day="2015-12-31").startswith("Ekvik är")
    assert said(vocabulary, record, day="2016-01-01").startswith("Ekvik var")
    assert said(vocabulary, membership(to=(Edtf("2015/"),)), day="2030-01-01").startswith("Ekvik är")


def test_an_unsettled_record_is_one_reading(vocabulary: Vocabulary) -> None:
    record = Record(
        "perhaps",
        "UnsettledRelationship",
        {**RECORDS["in-havet"].values, "readsAs": (Term(f"{RG}Membership"),), "certainty": (DOUBT,)},
    )
    text = said(vocabulary, record)
    assert text.startswith("Enligt en läsning: Ekvik är sedan 2011 medlem i nätverket Havet.")
    assert text.endswith("Källan kan läsas på flera sätt.")


def test_alternatives_and_conflicts_are_told_from_both_sides(spoken: City) -> None:
    for one, other in (("2029", "2030"), ("2030", "2029")):
        text = " ".join(spoken.ok("show", f"portogrande-visit-{one}", "--lang", "en").split())
        reading, _, rest = text.partition("On one reading: ")[2].partition("On another reading: ")
        assert one in reading
        assert "can be read in more than one way" not in reading  # the readings themselves say so
        assert other in rest.split(".")[0]


def test_several_values_are_joined(vocabulary: Vocabulary) -> None:
    record = membership(member=(Ref("ekvik"), Ref("havet"), Ref("unknown-one")))
    text = said(vocabulary, record)
    assert text == "Ekvik, nätverket Havet och unknown-one är sedan 2011 medlemmar i nätverket Havet."


@pytest.mark.parametrize(
    ("lang", "name", "expected"),
    [
        ("sv", "Malmö", "Malmös"), ("sv", "Paris", "Paris"), ("sv", "EU", "EU:s"), ("sv", "Sky", "Skys"),
        ("en", "Malmö", "Malmö’s"), ("en", "Eurocities", "Eurocities’"), ("en", "EU", "EU’s"),
        ("sv", "fonden (ERUF)", "fondens (ERUF)"), ("sv", "EU (unionen)", "EU:s (unionen)"),
    ],
)  # fmt: skip
def test_the_genitive(lang: str, name: str, expected: str) -> None:
    assert genitive(name, lang) == expected


@pytest.mark.parametrize(
    ("lang", "phrases", "expected"),
    [
        ("sv", ["a"], "a"), ("sv", ["a", "b"], "a och b"), ("sv", ["a", "b", "c"], "a, b och c"),
        ("sv", ["a och b", "c"], "a och b samt c"), ("sv", ["a", "b och c"], "a och b och c"),
        ("sv", ["a", "b", "c och d"], "a, b samt c och d"), ("en", ["a", "b", "c"], "a, b and c"),
        ("en", ["a and b", "c"], "a and b, and c"), ("en", ["a", "b and c", "d"], "a, b and c, and d"),
    ],
)  # fmt: skip
def test_a_row_of_rows_can_be_told_apart(lang: str, phrases: list[str], expected: str) -> None:
    assert join(phrases, lang) == expected


def test_a_row_may_be_joined_by_or() -> None:
    assert join(["a och b", "c", "d"], "sv", "or") == "a och b, c eller d"


def test_what_all_begin_with_is_said_with_the_first() -> None:
    groups = [f"möten i gruppen {one}" for one in ("A", "B", "C")]
    assert join(groups, "sv") == "möten i gruppen A, gruppen B och gruppen C"
    assert join(["meetings of the A group", "meetings of the B group"], "en") == (
        "meetings of the A group and the B group"
    )
    # two words alike are chance, and without a preposition the words are a name's own
    assert (
        join(["möten i Bryssel 2019", "möten i Miljöforum"], "sv")
        == "möten i Bryssel 2019 och möten i Miljöforum"
    )
    assert join(["Stora Nätverket för A", "Stora Nätverket för B"], "sv") == (
        "Stora Nätverket för A och Stora Nätverket för B"
    )
    assert join(["möten i arbetsgruppen A", "samråd"], "sv") == "möten i arbetsgruppen A och samråd"


def test_several_of_a_sort_are_named_by_the_sort() -> None:
    groups = [f"möten i arbetsgruppen {one}" for one in ("A", "B", "C")]
    assert join(groups, "sv") == "möten i arbetsgrupperna A, B och C"
    assert join(["arbetsgruppen A", "arbetsgruppen B"], "sv") == "arbetsgrupperna A och B"
    assert join(["the A working group", "the B working group"], "en") == "the A and B working groups"
    meetings = [f"meetings of the {one} committee" for one in ("A", "B", "C")]
    assert join(meetings, "en") == "meetings of the A, B and C committees"
    # another sort among them, or a name that is none
    assert join(["arbetsgruppen A", "kommittén B"], "sv") == "arbetsgruppen A och kommittén B"
    assert join(["arbetsgruppen A", "arbetsgruppen för B"], "sv") == "arbetsgruppen A och arbetsgruppen för B"


def test_every_sentence_is_cited(spoken: City) -> None:
    for lang in ("sv", "en"):
        text = spoken.ok("show", "aberhaven", "--lang", lang, "--format", "markdown")
        bullets = [line for line in text.splitlines() if line.startswith("- ")]
        assert len(bullets) > 5
        assert all(line.endswith("\\]") for line in bullets)


def test_what_rests_on_an_implication_says_so(spoken: City) -> None:
    text = " ".join(spoken.ok("show", "lindvik-aberhaven-twinning").split())
    assert "Underförstått: " in text.split(" • ")[1]


def test_text_of_the_data_is_not_a_template(city: City) -> None:
    city.add(
        "- id: odd\n  type: Network\n  name: {sv: 'Nät {name} [x] <current: a | b>', en: '{when}'}\n"
        f"  {SOURCE}\n- id: odd-member\n  type: Membership\n  member: lindvik\n"
        f"  organization: odd\n  {SOURCE}"
    )
    assert "Nät {name} [x] <current: a | b>" in " ".join(city.ok("show", "odd").split())


# -- templates -----------------------------------------------------------------------------------------------


@given(st.text("{}[]<>|:= abåw\n", max_size=60) | st.text(max_size=60))
def test_a_template_is_read_or_refused(text: str) -> None:
    try:
        template = parse(text)
    except TemplateError as error:
        assert str(error)
    else:
        list(keys(template))


@pytest.mark.parametrize(
    "text", ["{", "{}", "[a", "<a", "<a: b", "a}", "a]", "a>", "[" * 11 + "]" * 11, "<a: [b>]"]
)
def test_a_template_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(TemplateError, match="character"):
        parse(text)


def test_a_bracket_goes_where_a_value_directly_in_it_is_missing(vocabulary: Vocabulary) -> None:
    writer = SentenceWriter(vocabulary, RECORDS.get, "sv")
    kind = vocabulary.kinds["Membership"]

    def rendered(template: str) -> str:
        return writer._render(parse(template), RECORDS["in-havet"], kind, 0)[0]

    assert rendered("a[ {to}] b") == "a b"
    assert rendered("a[ {from}[ {to}]] b") == "a 2011 b"
    assert rendered("a[ {to}[ {from}]] b") == "a b"
    assert rendered("{member:genitive} x") == "Ekviks x"
    assert rendered(
        "<member: one | many>/<member= ekvik: it | other>/<from= 2012: yes | no>/<from= 2011: yes>"
    ) == ("one/it/no/yes")


def test_what_the_name_says_is_not_said_again(vocabulary: Vocabulary) -> None:
    record = Record(
        "meeting",
        "Event",
        {
            "name": (Text("Mötet i Ekvik om Havet", "sv"),),
            "party": (Ref("ekvik"), Ref("havet")),
            "location": (Ref("ekvik"),),
            "note": (Text('kallas "mötet"', "sv"),),
        },
    )
    others = {**RECORDS, "havet": Record("havet", "Topic", {"name": (Text("Havet", "sv"),)})}

    def rendered(template: str) -> str:
        kind = replace(vocabulary.kinds["Event"], templates={"sv": parse(template)})
        own = replace(vocabulary, kinds={**vocabulary.kinds, "Event": kind})
        return SentenceWriter(own, {**others, "meeting": record}.get, "sv").sentence(record).text

    assert rendered("{self}[ i {location:once}].") == "Mötet i Ekvik om Havet."
    assert rendered("{self}[ med {party:once}].") == "Mötet i Ekvik om Havet."
    assert rendered("möte[ i {location}].") == "Möte i Ekvik."
    assert rendered("{party:genitive} möte, {party:or}.") == "Ekviks och Havets möte, Ekvik eller Havet."
    assert rendered("{self}: {note}.") == "Mötet i Ekvik om Havet: kallas ”mötet”."
