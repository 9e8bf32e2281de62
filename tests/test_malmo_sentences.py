"""The graph of Malmö in words: the golden text of every record, and what holds of each sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

import relgraph
from relgraph.model import Record, Text
from relgraph.sentences import Sentence, SentenceWriter, quoted

ROOT = Path(__file__).parent.parent
LANGUAGES = ("sv", "en")
#: words that only the other language has; in a sentence they stand within names and quotations only
FOREIGN = {
    "sv": ("and", "the", "of", "with", "from", "by", "which"),
    "en": ("och", "av", "med", "inom", "till", "för", "vid"),
}


@dataclass(frozen=True)
class Said:
    """A record and its sentence in one language."""

    record: Record
    sentence: Sentence
    lang: str


@dataclass(frozen=True)
class Spoken:
    """The whole graph in words, and the names in it."""

    said: tuple[Said, ...]
    ids: dict[str, frozenset[str]]
    """Each id with the words of the record's own names."""
    names: tuple[str, ...]
    """Texts that are the same in both languages, or of none: names, titles, codes; the longest first."""

    def of(self, lang: str) -> Iterator[Said]:
        """The sentences in one language."""
        return (said for said in self.said if said.lang == lang)


def spoken_as_shown() -> Spoken:
    """Every record as the views say it: from the store, where the values of a key come in its order."""
    graph = relgraph.open(ROOT)
    records = [graph.lookup.record(r.id) for r in graph.project.check().dataset.records]
    day = date.fromisoformat(graph.compiled.as_of)
    writers = [SentenceWriter(graph.lookup.vocabulary, graph.lookup.get, lang, day) for lang in LANGUAGES]
    said = tuple(Said(r, writer.sentence(r), writer.lang) for r in records for writer in writers)
    return Spoken(said, {r.id: own_words(r) for r in records}, proper_names(records))


def own_words(record: Record) -> frozenset[str]:
    """The words of the record's own names in any language, as they are written."""
    texts = [t.value for key in ("name", "inText") for t in record.values.get(key, ()) if isinstance(t, Text)]
    return frozenset(word for text in texts for word in re.findall(r"[\w-]+", text))


def proper_names(records: list[Record]) -> tuple[str, ...]:
    """Texts without a translation."""
    found: set[str] = set()
    for record in records:
        found |= {alias.name.value for alias in record.aliases}
        for values in record.values.values():
            texts = {v.lang: v.value for v in values if isinstance(v, Text)}
            if len(set(texts.values())) == 1 and (len(texts) > 1 or "" in texts):
                found |= set(texts.values())
    return tuple(sorted(found, key=lambda text: (-len(text), text)))


@pytest.fixture(scope="module")
def spoken() -> Spoken:
    return spoken_as_shown()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_record_of_malmo_in_words(spoken: Spoken, lang: str, snapshot: SnapshotAssertion) -> None:
    """One line a record, grouped by kind; a change here is to be read by a person."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for said in spoken.of(lang):
        kinds[said.record.type].append(f"{said.record.id}: {said.sentence.full}")
    lines = [line for kind in sorted(kinds) for line in ("", f"# {kind}", *sorted(kinds[kind]))]
    assert "\n".join(lines) == snapshot


# -- what holds of each sentence, whatever the snapshot says -------------------------------------------------


def bare(text: str, names: tuple[str, ...] = ()) -> str:
    """The text without its quotations and without the names given."""
    text = re.sub(r"[“”][^“”]*”", "…", text)
    for name in names:
        if name in text:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "…", text)
    return text


def has_key(text: str, lang: str, names: tuple[str, ...]) -> bool:
    """A key of the data or a sign of a template: ``inText``, ``rg:of``, ``{self}``, ``<to?``."""
    return bool(re.search(r"(?<!\w)[a-zåäö]+[A-ZÅÄÖ]|\w:\w\w\w|[{}<>_|]", bare(text)))


def has_ending(text: str, lang: str, names: tuple[str, ...]) -> bool:
    """Not exactly one period at the end."""
    return not re.search(r"[^.,;:!?\s]\.$", text) or ".." in text or ". ." in text


def has_gap(text: str, lang: str, names: tuple[str, ...]) -> bool:
    """A space too many, or something left empty."""
    return bool(re.search(r"\s\s|\s[.,;:)]|\(\s|\(\)|^\s|\s$|[,;:]\.|,,|\bNone\b", text))


def has_small_start(text: str, lang: str, names: tuple[str, ...]) -> bool:
    """A first letter that is neither large, nor a digit, nor that of a name that begins so."""
    first = text.lstrip("“”")
    named = any(first.startswith(name) for name in names if name[:1].islower())
    return not (first[:1].isupper() or first[:1].isdigit() or named)


def has_apostrophe(text: str, lang: str, names: tuple[str, ...]) -> bool:
    """A Swedish genitive, or an acronym's, with an apostrophe."""
    return lang == "sv" and bool(re.search(r"\w[’'´`]s?(?!\w)", bare(text, names)))


def has_other_language(text: str, lang: str, names: tuple[str, ...]) -> bool:
    """Words of the other language outside names."""
    return bool(re.search(rf"(?<!\w)(?:{'|'.join(FOREIGN[lang])})(?!\w)", bare(text, names), re.IGNORECASE))


def has_plain_marks(text: str, lang: str, names: tuple[str, ...]) -> bool:
    """Quotation marks that are not those of the language."""
    return '"' in text or (lang == "sv" and "“" in text) or text.count("”") % (2 if lang == "sv" else 1) != 0


def has_raw_date(text: str, lang: str, names: tuple[str, ...]) -> bool:
    """A date that is not in words."""
    return bool(re.search(r"(?<!\d)\d{4}-\d\d(?!\d)|\d{4}/|/\d{4}|\d{4}[~?%]", text))


def has_echo(text: str, lang: str, names: tuple[str, ...]) -> bool:
    """The same word, or preposition and place, twice in a row."""
    return bool(re.search(r"(?<!\w)(\w+) \1(?!\w)|(?<!\w)((?:i|in) \w+) \2(?!\w)", text, re.IGNORECASE))


Rule = Callable[[str, str, tuple[str, ...]], bool]
RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        *(has_key, has_ending, has_gap, has_small_start, has_apostrophe),
        *(has_other_language, has_plain_marks, has_raw_date, has_echo),
    )
}


@pytest.mark.parametrize("rule", RULES)
def test_no_sentence_breaks_a_rule(spoken: Spoken, rule: str) -> None:
    broken = [
        f"{said.record.id} ({said.lang}): {said.sentence.full}"
        for said in spoken.said
        for text in {said.sentence.text, said.sentence.full}
        if RULES[rule](text, said.lang, spoken.names)
    ]
    assert not broken, "\n".join(broken)


def ids_in(text: str, ids: dict[str, frozenset[str]]) -> set[str]:
    """The ids that stand in a text and are no words of their records' own names."""
    return {word for word in re.findall(r"[\w-]+", text) if word in ids and word not in ids[word]}


def test_no_sentence_shows_an_id(spoken: Spoken) -> None:
    shown = {
        (said.record.id, said.lang, id_)
        for said in spoken.said
        for id_ in ids_in(bare(said.sentence.full, spoken.names), spoken.ids)
    }
    assert shown == set()


def test_what_an_entity_belongs_to_is_told_in_its_sentence(spoken: Spoken) -> None:
    """A line of the map opens as that sentence, so it has to say what the line says."""
    graph = relgraph.open(ROOT)
    for lang in LANGUAGES:
        writer = SentenceWriter(graph.lookup.vocabulary, graph.lookup.get, lang)
        wholes = 0
        for said in spoken.of(lang):
            for key in ("isPartOf", "unitOf", "postIn", "heldBy", "broader"):
                for whole in said.record.refs(key):
                    wholes += 1
                    # who holds a post is told without the title, which is what the sentence is about
                    name = writer.title(whole) if key == "heldBy" else writer.name(whole)
                    assert quoted(name, lang).casefold() in said.sentence.text.casefold(), said.record.id
        assert wholes > 40


def test_both_languages_say_the_same_things_of_doubt(spoken: Spoken) -> None:
    notes: dict[str, list[int]] = defaultdict(list)
    for said in spoken.said:
        notes[said.record.id].append(len(said.sentence.notes))
    assert [id_ for id_, counts in notes.items() if len(set(counts)) != 1] == []


def test_no_two_records_say_the_same(spoken: Spoken) -> None:
    """Groups without a name may: "other cities" are mentioned on several occasions."""
    for lang in LANGUAGES:
        texts: dict[str, list[str]] = defaultdict(list)
        for said in spoken.of(lang):
            if not said.record.values.get("placeholder"):
                texts[said.sentence.text].append(said.record.id)
        assert [ids for ids in texts.values() if len(ids) > 1] == []


@pytest.mark.parametrize(
    ("rule", "lang", "text"),
    [
        ("has_key", "sv", "Malmö stad är legalStatus i UBC."),
        ("has_key", "en", "The City of Malmö is {role} of UBC."),
        ("has_ending", "sv", "Malmö stad är medlem i UBC.."),
        ("has_ending", "sv", "Malmö stad är medlem i UBC"),
        ("has_ending", "en", "The City of Malmö is a member, ."),
        ("has_gap", "sv", "Malmö stad  är medlem i UBC."),
        ("has_gap", "en", "The City of Malmö is a member of None."),
        ("has_gap", "en", "The City of Malmö is a member ()."),
        ("has_small_start", "sv", "malmö stad är medlem i UBC."),
        ("has_small_start", "en", "“climate” is a focus area."),
        ("has_apostrophe", "sv", "Malmö’s kontor är en enhet."),
        ("has_apostrophe", "sv", "Paris' kontor är en enhet."),
        ("has_apostrophe", "sv", "EU's kontor är en enhet."),
        ("has_other_language", "sv", "Malmö stad and Tangshan är vänorter."),
        ("has_other_language", "en", "The City of Malmö och Tangshan are twin towns."),
        ("has_plain_marks", "sv", 'Källan nämner "forumet".'),
        ("has_plain_marks", "sv", "Källan nämner “forumet”."),
        ("has_raw_date", "sv", "Malmö stad är medlem sedan 2019-10."),
        ("has_raw_date", "en", "The City of Malmö has been a member since 2018~."),
        ("has_echo", "sv", "Mötet hölls i Bryssel i Bryssel."),
        ("has_echo", "en", "They took part at official level and political level level."),
    ],
)
def test_each_rule_catches_what_it_is_for(rule: str, lang: str, text: str) -> None:
    assert RULES[rule](text, lang, ())


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("sv", "”Miljö och klimat” är ett fokusområde; CMP:s avtal är från 2016–2017."),
        ("sv", "Malmö stad deltog under 2019 i European Week of Regions and Cities."),
        ("en", "The City of Malmö’s office is called “och Malmö stads EU kontor”."),
        ("en", "15 towns have the organisation number 212000-1124."),
    ],
)
def test_no_rule_catches_what_is_right(lang: str, text: str) -> None:
    names = ("European Week of Regions and Cities",)
    assert [name for name, rule in RULES.items() if rule(text, lang, names)] == []


def test_an_id_is_seen_but_a_name_is_not_taken_for_one() -> None:
    ids = {"malmo": frozenset({"Malmö"}), "culture": frozenset({"culture"}), "a-b": frozenset[str]()}
    assert ids_in("Culture and culture in Malmö", ids) == set()
    assert ids_in("malmo takes part in a-b.", ids) == {"malmo", "a-b"}
