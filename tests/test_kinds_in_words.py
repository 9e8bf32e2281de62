"""Every kind of the vocabulary in words: what its template says in each case, in both languages.

The kinds, their keys and what these may hold are read from the ontology, so that a new kind is covered
without an edit here. It only has no golden text yet: ``pytest --snapshot-update`` adds it, to be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

import pytest
from running import HERE, ROOT
from stock import ENTITIES, PLURAL, Stock, timed
from syrupy.assertion import SnapshotAssertion

from relgraph.model import Record, Ref, Term, Text, Typed, Value
from relgraph.namespaces import RG
from relgraph.sentences import SentenceWriter
from relgraph.vocabulary import TIME_KEYS, Kind, Vocabulary, read_vocabulary, vocabulary_files
from relgraph.vocabulary.templates import Choice, Group, Slot, Template, keys

AS_OF = date(2030, 12, 31)
LANGUAGES = ("sv", "en")
Values = dict[str, tuple[Value, ...]]


def shipped() -> Vocabulary:
    found, problems = read_vocabulary(vocabulary_files([ROOT / "ontology", HERE / "kind"]))
    assert problems == []
    return found


VOCABULARY = shipped()
STOCK = Stock(VOCABULARY)
KINDS = sorted(name for name, kind in VOCABULARY.kinds.items() if kind.templates)


# -- the cases of a kind -------------------------------------------------------------------------------------


def cases(kind: Kind) -> Iterator[tuple[str, Record]]:
    """The records of a kind, each with the name of its case."""
    required, said = required_keys(kind), said_keys(kind)
    multiple = {key for key in said if kind.rules[key].maximum != 1}
    least = filled(kind, required)
    yield "required keys only", record(kind, least)
    yield "plural", record(kind, least | plural(kind, required, every=False), many=True)
    for key in required:
        if plural(kind, [key], every=True):
            yield f"plural {key}", record(kind, least | plural(kind, [key], every=True))
    if any(len(plural(kind, [key], every=True)) for key in said if key not in required):
        every = filled(kind, [*required, *said], multiple) | plural(kind, said, every=True)
        yield "plural, all keys", record(kind, every, many=True)
    yield "all keys", record(kind, filled(kind, [*required, *said]))
    if multiple:
        yield "all keys, two values each", record(kind, filled(kind, [*required, *said], multiple))
        yield "required keys, two values each", record(kind, filled(kind, required, multiple))
    for name, times in timed(kind):
        yield name, record(kind, least | times)
        if name in ("from", "from and to, to come", "date"):
            yield f"{name}, all keys", record(kind, filled(kind, [*required, *said]) | times)
    for key in said:
        if key not in required:
            yield f"with {key}", record(kind, filled(kind, [*required, key]))
        for name, value in variants(kind, key):
            yield f"{key} {name}", record(kind, filled(kind, [*required, key]) | {key: (value,)})
    if kind.is_a(f"{RG}Relationship") and not kind.is_a(f"{RG}Assessment"):
        yield "uncertain", unsettled(kind, least)


def required_keys(kind: Kind) -> list[str]:
    return [key for key, rule in kind.rules.items() if rule.minimum and key != "wasDerivedFrom"]


def said_keys(kind: Kind) -> list[str]:
    """The keys that the kind's sentences name, the time keys apart."""
    named = [key for lang in LANGUAGES for key in keys(kind.templates[lang])]
    return [key for key in dict.fromkeys(named) if key in kind.rules and key not in (*TIME_KEYS, "isPlural")]


def filled(kind: Kind, wanted: list[str], multiple: set[str] | None = None) -> Values:
    used: set[str] = set()
    values: Values = {}
    for key in dict.fromkeys(wanted):
        count = max(kind.rules[key].minimum, 2 if key in (multiple or ()) else 1)
        values[key] = STOCK.values(kind, key, count, used)
    return values


def plural(kind: Kind, wanted: list[str], *, every: bool) -> Values:
    """One value named in the plural for the first of the keys that may have one, or for every one."""
    values: Values = {}
    for key in wanted:
        rule = kind.rules[key]
        refers = rule.classes and not STOCK.concepts(rule)
        found = STOCK.fitting(kind, key, plural=True) if refers else []
        taken = {ref.id for refs in values.values() for ref in refs if isinstance(ref, Ref)}
        found = sorted(found, key=lambda id_: id_ in taken)
        if found and rule.minimum < 2 and (every or not values):
            values[key] = (Ref(found[0]),)
    return values


def variants(kind: Kind, key: str) -> Iterator[tuple[str, Value]]:
    """What a list or a number may say otherwise than in the other cases."""
    rule = kind.rules[key]
    for term in STOCK.concepts(rule)[1:]:
        yield VOCABULARY.concepts[term.iri].name, term
    if rule.datatype.endswith("#integer"):
        for number in (0, 1, 2, 8, 20):
            if number >= int(rule.low or 0):
                yield str(number), Typed(str(number), rule.datatype)


def record(kind: Kind, values: Values, *, many: bool = False) -> Record:
    """A record of the kind; that of an entity is named as the stock's own of the kind."""
    if kind.is_a(f"{RG}Entity"):
        own = [id_ for id_, (type_, *_) in ENTITIES.items() if type_ == kind.name and (id_ in PLURAL) == many]
        said = ENTITIES[own[0]][1:] if own else (("vågbrytarna", "the breakwaters") if many else None)
        names = said or ("Bryggan", "Bryggan")
        texts = tuple(Text(text, lang) for text, lang in zip(names, LANGUAGES, strict=True))
        values = values | {"name": texts, "inText": texts}
        if many:
            values["isPlural"] = (Typed("true", "http://www.w3.org/2001/XMLSchema#boolean"),)
    return Record(f"e-{kind.name.lower()}-said", kind.name, values)


def unsettled(kind: Kind, values: Values) -> Record:
    doubt: Values = {"readsAs": (Term(kind.iri),), "certainty": (Term(f"{RG}ambiguous"),)}
    return Record("e-reading-said", "UnsettledRelationship", values | doubt)


def writer(lang: str, one: Record) -> SentenceWriter:
    known = {**STOCK.records, one.id: one}
    return SentenceWriter(VOCABULARY, known.get, lang, AS_OF)


@cache
def spoken(name: str) -> Mapping[str, tuple[str, ...]]:
    """By case, the sentences of a kind in the two languages."""
    kind = VOCABULARY.kinds[name]
    return {
        case: tuple(writer(lang, one).sentence(one).full for lang in LANGUAGES) for case, one in cases(kind)
    }


# -- the golden text -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_in_words(name: str, snapshot: SnapshotAssertion) -> None:
    """The cases that say the same stand together above it; last, how other sentences name the record."""
    kind = VOCABULARY.kinds[name]
    by_text: dict[tuple[str, ...], list[str]] = {}
    for case, texts in spoken(name).items():
        by_text.setdefault(texts, []).append(case)
    lines = [f"# {'; '.join(said)}\n" + "\n".join(texts) for texts, said in by_text.items()]
    if kind.phrases:
        wanted = ("required keys only", "plural", "required keys, two values each", "all keys", "date")
        naming = {
            tuple(writer(lang, one).name(one.id) for lang in LANGUAGES): ""
            for case, one in cases(kind)
            if case in wanted
        }
        lines.append("\n".join(["# named in other sentences", *(" / ".join(said) for said in naming)]))
    assert "\n".join(lines) == snapshot


# -- what holds of every sentence, however the golden text is recorded ---------------------------------------

ARTEFACT = re.compile(r"  | [,.;:)]|[,;:.][,.;]|\( |\(\)|[][{}<>|=#]|\b[a-zåäö]+[A-ZÅÄÖ]|\be-[a-z]")
#: a preposition whose object was dropped
DANGLING = re.compile(
    r"\b(?:fråga om|inom|av|hos|med|en|ett|on|of|by|with|within|concerning|as|the|a|an)"
    r"(?:[.,;:)]| \(| (?:sedan|since)\b)"
)


#: a name with no space after it
RUN_ON = re.compile(
    rf"\b(?:{'|'.join(re.escape(said) for _, *both in ENTITIES.values() for said in both)})(?!s\b)[a-zåäö]"
)


@pytest.mark.parametrize("name", KINDS)
def test_every_sentence_is_well_made(name: str) -> None:
    for case, texts in spoken(name).items():
        for lang, text in zip(LANGUAGES, texts, strict=True):
            where = f"{name}, {case}, {lang}: {text}"
            assert not any(fault.search(text) for fault in (ARTEFACT, DANGLING, RUN_ON)), where
            assert text[0].isupper() or text[0].isdigit(), where
            sentences = re.sub(r"(?<=\d)\.(?=\d)", "", text).count(".")
            assert text.endswith(".") and sentences == (2 if case.startswith("uncertain") else 1), where
            if lang == "en":
                assert not re.search("[åäö]", text), where
        assert texts[0] != texts[1], f"{name}, {case}: {texts[0]}"


@pytest.mark.parametrize("name", KINDS)
def test_a_reading_is_said_to_be_one(name: str) -> None:
    for case, (swedish, english) in spoken(name).items():
        if case.startswith("uncertain"):
            assert swedish.startswith("Enligt en läsning: ") and swedish.endswith(" på flera sätt."), swedish
            assert english.startswith("On one reading: ") and english.endswith(" more than one way."), english


def subject_pattern(index: int, joint: str) -> re.Pattern[str]:
    """A sentence's beginning with a stock record as its subject, or two; the second group is the second."""
    said = sorted((re.escape(both[index]) for _, *both in ENTITIES.values()), key=len, reverse=True)
    one, before = "|".join(said), r"(?:(?:Enligt en läsning|On one reading): |[IO]n [^,]*2030, )?"
    return re.compile(rf"{before}({one})((?: {joint} (?:{one}))?)\b", re.IGNORECASE)


#: by language: how a subject is found, what must not follow several, and what must not follow one
AGREEMENT = (
    (
        subject_pattern(0, "(?:och|samt)"),
        re.compile(r" (?:är|var|blev)(?: sedan 2027)? (?:medlem|verksam|invald|en|ett)\b"),
        re.compile(r" (?:är|var|blev)(?: sedan 2027)? (?:medlemmar|verksamma|invalda|tillsammans)\b"),
    ),
    (
        subject_pattern(1, "and"),
        re.compile(r" (?:jointly |still |regularly |continuously )?(?:its|[a-z]*[a-rtv-z]s)\b"),
        re.compile(r" (?:are|were|have|do|belong|their|jointly)\b"),
    ),
)


@pytest.mark.parametrize("name", KINDS)
def test_the_verb_agrees_with_the_subject(name: str) -> None:
    plurals = {said.lower() for id_, (_, *both) in ENTITIES.items() if id_ in PLURAL for said in both}
    for case, texts in spoken(name).items():
        for (pattern, of_one, of_many), text in zip(AGREEMENT, texts, strict=True):
            subject = pattern.match(text)
            if subject:
                many = bool(subject[2]) or subject[1].lower() in plurals
                wrong = (of_one if many else of_many).match(text, subject.end())
                assert not wrong, f"{name}, {case}: {text}"


@pytest.mark.parametrize("name", KINDS)
def test_what_a_record_holds_is_said(name: str) -> None:
    """A role, a list's value, a number and a time of its own leave a trace in both languages."""
    said, kind = spoken(name), VOCABULARY.kinds[name]
    for index, lang in enumerate(LANGUAGES):
        least = said["required keys only"][index]
        shown = [case for case in said if case.startswith("with ") or case in ("from", "to, past", "date")]
        silent = [case for case in shown if said[case][index] == least and f"{name}: {case}" not in SILENT]
        assert silent == [], lang
        for key in said_keys(kind):
            of_key = [case for case in said if case == f"with {key}" or case.startswith(f"{key} ")]
            texts = [said[case][index] for case in of_key if f"{name}: with {key}" not in SILENT]
            assert len(set(texts)) == len(texts), (lang, of_key)


#: what a sentence leaves out on purpose
SILENT = {
    "Contribution: with reportedUnder",  # how the two hang together the source does not say
    "Interest: with reportedUnder",
    "MutualContact: with reportedUnder",
    "Participation: with reportedUnder",
    "Support: with reportedUnder",
    "Undertaking: with isActive",  # is said of whoever performs it
    "Coordination: with isResponsible",  # both are said of the party that coordinates
    "Coordination: with role",
    "PolicyWork: with matter",  # words that stand before what the work regards
}


@pytest.mark.parametrize("name", KINDS)
def test_a_role_said_in_one_language_is_said_in_the_other(name: str) -> None:
    said = spoken(name)
    for case, one in cases(VOCABULARY.kinds[name]):
        swedish, english = (text.casefold() for text in said[case])
        for id_ in (ref.id for refs in one.values.values() for ref in refs if isinstance(ref, Ref)):
            if id_ in ENTITIES:
                _, in_swedish, in_english = ENTITIES[id_]
                both = (in_swedish.casefold() in swedish, in_english.casefold() in english)
                assert both in ((True, True), (False, False)), f"{name}, {case}, {id_}: {said[case]}"


@pytest.mark.parametrize("name", KINDS)
def test_both_languages_are_written_together(name: str) -> None:
    """A class that says its template or phrase in one language says it in the other."""
    kind = VOCABULARY.kinds[name]
    parents = [p for iri in kind.parents if isinstance(p := VOCABULARY.terms.get(iri), Kind)]
    for at in ("templates", "phrases"):
        own: dict[str, Template] = getattr(kind, at)
        assert sorted(own) in ([], sorted(LANGUAGES)), at
        inherited = {lang for lang in own if any(getattr(p, at).get(lang) == own[lang] for p in parents)}
        assert inherited in (set(), set(own)), at


@pytest.mark.parametrize("name", KINDS)
def test_every_record_can_be_named_in_another_sentence(name: str) -> None:
    """By a name that it must have, or by the phrase of its kind: else it is named by its kind alone."""
    kind = VOCABULARY.kinds[name]
    named = kind.rules.get("name")
    assert kind.phrases or (named and named.minimum)


@pytest.mark.parametrize("name", KINDS)
def test_both_languages_say_the_same_keys(name: str) -> None:
    kind = VOCABULARY.kinds[name]
    swedish, english = ({*slots(kind.templates[lang])} - {"isPlural"} for lang in LANGUAGES)
    assert swedish == english


def slots(template: Template) -> Iterator[str]:
    """The keys whose values a template says; a time key counts as the time."""
    for part in template:
        if isinstance(part, Slot):
            yield "when" if part.key in TIME_KEYS else part.key
        elif isinstance(part, Group):
            yield from slots(part.parts)
        elif isinstance(part, Choice):
            yield from (part.test,) if part.value else ()
            yield from slots(part.first)
            yield from slots(part.second)
