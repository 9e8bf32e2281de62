"""Record -> cited sentence in Swedish or English, from the ontology's templates: the one writer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date as Day

from relgraph import time
from relgraph.bounds import bounds_of
from relgraph.model import Citation, Edtf, Record, Ref, Term, Text, Typed, Value
from relgraph.namespaces import RG
from relgraph.sentences.language import (
    NUMBERS,
    capital,
    genitive,
    join,
    quoted,
    spaced,
    stands_in,
    word,
)
from relgraph.sentences.unlike import certainty_of, differing, outright
from relgraph.vocabulary import TIME_KEYS, UNDER, Kind, Vocabulary, local_name, pick
from relgraph.vocabulary.templates import Choice, Group, Slot, Template

MAX_DEPTH = 3


def year_of(record: Record) -> str:
    """The one year in which what a record says was (EDTF); empty where it has another time, or none."""
    dates = [value for key in ("date", "during") for value in record.values.get(key, ())]
    if len(dates) != 1 or record.values.keys() & {"from", "to"}:
        return ""
    text = dates[0].text if isinstance(dates[0], Edtf) else ""
    return text if re.fullmatch(r"\d{4}", text) else ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A record in words: ``text`` ends in a period; ``notes`` say what is uncertain or contradicted."""

    record: str
    text: str
    citations: tuple[Citation, ...]
    notes: tuple[str, ...] = ()
    certainty: str = "stated"
    implied: str = ""
    """That among the notes which says what is implied, if there is one."""
    told: str = ""
    """That among the notes which says what is unclear, if the text says so itself: "2021 or 2022"."""
    unclear: str = ""
    """That among the notes which says what is unclear of what is certain else, if there is one."""

    @property
    def full(self) -> str:
        """Text and notes in one."""
        return " ".join((self.text, *self.notes))


class SentenceWriter:
    """Writes sentences in one language.

    ``get`` yields a record by id (None if unknown); ``as_of`` is the day that decides tense: what may still
    hold then is in the present. A time that is ``understood`` (EDTF: a heading has told it) is not said.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        get: Callable[[str], Record | None],
        lang: str,
        as_of: Day | None = None,
        understood: str = "",
    ) -> None:
        self.vocabulary = vocabulary
        self.get = get
        self.lang = lang
        self.as_of = as_of
        self.understood = understood

    # -- sentences ---------------------------------------------------------------------------------------

    def sentence(self, record: Record) -> Sentence:
        """The record as one sentence with its citations and what is uncertain of it."""
        implied = self._doubt(record, "implied")
        unlike = self._differing(record)
        if unlike:
            return Sentence(
                record.id,
                capital(unlike),
                record.sources,
                (implied,) if implied else (),
                "ambiguous",
                implied,
            )
        clause = self._clause(record)
        reading = self._unsettled(record)
        text = word("reading", self.lang).format(clause) if reading else capital(clause)
        doubt = self._doubt(record, "ambiguous")
        notes = tuple(self._notes(record, implied, doubt))
        unclear = doubt if certainty_of(record) != "ambiguous" else ""
        told = unclear if _is_told(record) else ""
        return Sentence(record.id, text, record.sources, notes, certainty_of(record), implied, told, unclear)

    def says_more(self, record: Record) -> bool:
        """Whether the record's sentence says more than its kind: an optional part is filled."""
        kind = self.vocabulary.speaking_kind(record)
        return self._adds(kind.templates.get(self.lang) or kind.templates.get("en") or (), record, kind)

    def _adds(self, template: Template, record: Record, kind: Kind) -> bool:
        """Whether an optional part of a template is filled, in the branches that are chosen."""
        for part in template:
            if isinstance(part, Choice):
                branch = part.first if self._chosen(part, record, kind) else part.second
                if self._adds(branch, record, kind):
                    return True
            elif isinstance(part, Group) and self._render((part,), record, kind, 0)[0].strip():
                return True
        return False

    def _unsettled(self, record: Record) -> bool:
        return self.vocabulary.is_a(record.type, RG + "UnsettledRelationship")

    def _clause(self, record: Record) -> str:
        """The sentence as it stands after a colon."""
        kind = self.vocabulary.speaking_kind(record)
        template = kind.templates.get(self.lang) or kind.templates.get("en")
        if template is None:
            label = pick(kind.labels, self.lang)
            text = word("no template", self.lang).format(label, self.name(record.id))
        else:
            text = self._render(template, record, kind, 0)[0]
        return quoted(spaced(text), self.lang)

    def _notes(self, record: Record, implied: str, unclear: str) -> list[str]:
        doubts = [implied]
        told = record.refs("alternativeTo") or record.refs("conflictsWith")
        if not (told and self._unsettled(record) and certainty_of(record) == "ambiguous"):  # these say so
            doubts.append(unclear)
        if certainty_of(record) == "ambiguous":  # what is so of all of it comes first
            doubts.reverse()
        notes = [note for note in doubts if note]
        conflict = "unsettled conflict" if self._unsettled(record) else "conflict"
        for key, name in (("alternativeTo", "alternative"), ("conflictsWith", conflict)):
            others = outright([found for id_ in record.refs(key) if (found := self.get(id_)) is not None])
            if others:
                texts = "; ".join(self._clause(other).removesuffix(".") for other in others)
                notes.append(word(name, self.lang).format(f"{texts}."))
        return notes

    def _differing(self, record: Record) -> str:
        """Statements that differ in one thing alone, the record's own first; empty where it is none such."""
        if not self._unsettled(record) or record.refs("alternativeTo"):
            return ""
        others = [other for id_ in record.refs("conflictsWith") if (other := self.get(id_)) is not None]
        found = differing([record, *others], self.vocabulary) if others else None
        if found is None:
            return ""
        ordered = sorted(found.statements, key=lambda each: each.id != record.id)
        told = [f"{self.phrase(each, found.key)} ({self._where(each, found.key)})" for each in ordered]
        what = self._key_label(found.key)
        return word("differing", self.lang).format(self.name(found.about), what, "; ".join(told))

    def _where(self, record: Record, key: str) -> str:
        """Where a source says what a key holds: its section, or the place where there is none."""
        cited = [c for c in record.sources if key in c.supports or not c.supports] or list(record.sources)
        places = [word("section", self.lang).format(c.section) if c.section else self.cite(c) for c in cited]
        return join(list(dict.fromkeys(places)), self.lang)

    def _doubt(self, record: Record, doubt: str) -> str:
        """What is ``implied`` or ``ambiguous``: all of it, or what some keys say; empty if nothing."""
        if certainty_of(record) == doubt:
            return word(doubt, self.lang)
        keys = _doubtful(record, doubt)
        labels = list(dict.fromkeys(self._key_label(key) for key in sorted(keys)))
        return word(f"{doubt} keys", self.lang).format(join(labels, self.lang)) if keys else ""

    def _key_label(self, key: str) -> str:
        prop = self.vocabulary.properties.get(key)
        return pick(prop.spoken or prop.labels, self.lang) if prop else key

    # -- citations ---------------------------------------------------------------------------------------

    def cite(self, citation: Citation) -> str:
        """``Verksamhetsberättelsen 2019, avsnitt 6, tecken 9614–9730``."""
        return self.cite_all((citation,))[0]

    def cite_all(self, citations: Iterable[Citation]) -> list[str]:
        """One line a document and section, with all ranges there: ``…, avsnitt 6, tecken 9–44 och 96–97``."""
        places: dict[tuple[str, str], list[str]] = {}
        for citation in sorted(citations, key=lambda c: (c.document, c.start, c.end, c.locator)):
            found = places.setdefault((citation.document, citation.section), [])
            place = f"{citation.start}–{citation.end}" if citation.end else citation.locator
            if place and place not in found:
                found.append(place)
        return [self._cite(document, section, found) for (document, section), found in places.items()]

    def _cite(self, id_: str, section: str, places: list[str]) -> str:
        document = self.get(id_)
        name = document.text("inText", self.lang) or document.text("name", self.lang) if document else id_
        parts = [capital(name)]
        if section:
            parts.append(word("section", self.lang).format(section))
            if places:
                parts.append(word("characters", self.lang).format(join(places, self.lang)))
        elif places:
            parts.append(join(places, self.lang))
        return ", ".join(parts)

    # -- phrases -----------------------------------------------------------------------------------------

    def name(self, id_: str, depth: int = 0) -> str:
        """The phrase that names a record in running text: its inText, else its name, else what it is."""
        record = self.get(id_)
        return id_ if record is None else quoted(self._name_of(record, depth), self.lang)

    def _name_of(self, record: Record, depth: int) -> str:
        spoken = record.text("inText", self.lang) or record.text("name", self.lang)
        if spoken:
            return spoken
        kind = self.vocabulary.speaking_kind(record)
        phrase = kind.phrases.get(self.lang) or kind.phrases.get("en")
        if phrase is not None and depth < MAX_DEPTH:
            return spaced(self._render(phrase, record, kind, depth + 1)[0])
        return pick(kind.labels, self.lang)

    def title(self, id_: str) -> str:
        """The name of a record for a heading or a table: its name, else the phrase that names it."""
        record = self.get(id_)
        return (record.text("name", self.lang) if record else "") or self.name(id_)

    def phrase(self, record: Record, key: str) -> str:
        """The values of a key as a sentence says them (``when``: the time, "since 2011"); empty if none."""
        return self._slot(record, Slot(key), 0)

    def _value(self, value: Value, depth: int) -> str:
        if isinstance(value, Ref):
            return self.name(value.id, depth)
        if isinstance(value, Term):
            return self.vocabulary.spoken(value.iri, self.lang)
        if isinstance(value, Edtf):
            return time.phrase(value.text, self.lang)
        if isinstance(value, Text):
            return value.value
        return value.lexical.replace(".", ",") if self.lang == "sv" and _is_decimal(value) else value.lexical

    def _phrases(self, record: Record, key: str, depth: int) -> list[str]:
        values = record.as_written(key)
        if any(isinstance(v, Text) and v.lang for v in values):
            return [record.text(key, self.lang)]
        return [self._value(value, depth) for value in values]

    def _slot(self, record: Record, slot: Slot, depth: int) -> str:
        """The text of a placeholder, in the form asked for; empty if there is no value."""
        if slot.key == "when":
            phrases = [self._when(record)]
        elif slot.key == "self":
            phrases = [self._name_of(record, depth)]
        elif slot.form == "when":
            dates = (value.text for value in record.values.get(slot.key, ()) if isinstance(value, Edtf))
            phrases = [time.when(date=next(dates, None), lang=self.lang)]
        elif slot.form == "name":
            phrases = [self.title(id_) for id_ in record.refs(slot.key)]
        else:
            phrases = self._phrases(record, slot.key, depth)
        if slot.form == "bearer":  # whoever holds a post, where its name does not tell a person
            values = record.as_written(slot.key)
            bearers = [self.get(value.id) if isinstance(value, Ref) else None for value in values]
            told = [bearer.text("bearer", self.lang) if bearer else "" for bearer in bearers]
            phrases = [each or phrase for each, phrase in zip(told, phrases, strict=True)]
        phrases = [phrase for phrase in phrases if phrase]
        if slot.form == "once":
            own = self.name(record.id, depth)
            words = self._times(record) if slot.key == "when" else phrases
            doubtful = any(slot.key in c.supports for c in record.sources if c.certainty != "stated")
            if not doubtful and all(stands_in(phrase, own) for phrase in words):
                phrases = []  # what a note is about is always said
        if slot.form == "genitive":  # Swedish has it on each of several, English on the last
            bare = 0 if self.lang == "sv" else max(len(phrases) - 1, 0)
            phrases = phrases[:bare] + [genitive(phrase, self.lang) for phrase in phrases[bare:]]
        text = join(phrases, self.lang, "or" if slot.form == "or" else "and")
        return self._number(text) if slot.form == "words" else text

    def _times(self, record: Record) -> list[str]:
        """The dates of the record without their prepositions."""
        keys = ("from", "to", "date", "during")
        return [phrase for key in keys for phrase in self._phrases(record, key, MAX_DEPTH)]

    def _when(self, record: Record) -> str:
        texts = {
            key: value.text
            for key in TIME_KEYS
            for value in record.values.get(key, ())
            if isinstance(value, Edtf)
        }
        if self.understood and year_of(record) == self.understood:
            return ""
        if (year := self._before(record, texts)) and not texts.keys() & {"from", "to"}:
            return word("before", self.lang).format(year)
        return time.when(
            texts.get("from"), texts.get("to"), texts.get("date"), texts.get("during"), lang=self.lang
        )

    def _before(self, record: Record, texts: Mapping[str, str]) -> int:
        """The year with which the source's own period begins, of what was in any year before it; 0 if not.

        "Before 2019" is said of the years before a report on 2019, and not "in 2018 or earlier".
        """
        given = time.parse(text) if (text := texts.get("date") or texts.get("during")) else None
        last = given.last if given and given.kind == "set" and not given.first else None
        if not last or not last.plain or last.unit != "year":
            return 0
        documents = (self.get(c.document) for c in record.sources)
        periods = (value for each in documents if each for value in each.values.get("period", ()))
        begins = {
            begin.year
            for value in periods
            if isinstance(value, Edtf) and (begin := time.parse(value.text).first)
        }
        return last.year + 1 if last.year + 1 in begins else 0

    # -- templates ---------------------------------------------------------------------------------------

    def _render(self, template: Template, record: Record, kind: Kind, depth: int) -> tuple[str, bool]:
        """The text of a template, and whether every slot directly in it had a value."""
        pieces: list[str] = []
        complete = True
        for part in template:
            if isinstance(part, str):
                pieces.append(part)
            elif isinstance(part, Slot):
                text = self._slot(record, part, depth)
                complete = complete and bool(text)
                pieces.append(text)
            elif isinstance(part, Group):
                text, whole = self._render(part.parts, record, kind, depth)
                pieces.append(text if whole else "")
            else:
                branch = part.first if self._chosen(part, record, kind) else part.second
                text, whole = self._render(branch, record, kind, depth)
                complete = complete and whole
                pieces.append(text)
        return "".join(pieces), complete

    def _number(self, text: str) -> str:
        if text.isdigit() and int(text) < len(NUMBERS["en"]):
            return NUMBERS.get(self.lang, NUMBERS["en"])[int(text)]
        return text

    def _chosen(self, choice: Choice, record: Record, kind: Kind) -> bool:
        if choice.test == "current":
            # what happened within a time is over; what lasts is current until it has certainly ended
            if record.values.get("date") or record.values.get("during"):
                return False
            return self.as_of is None or time.state(bounds_of(record, kind), self.as_of) != "past"
        values = record.values.get(choice.test, ())
        if choice.any:
            return bool(values)
        if choice.value:
            return any(_local(value) == choice.value for value in values)
        return len(values) < 2 and not any(self._is_plural(value) for value in values)

    def _is_plural(self, value: Value) -> bool:
        """Whether one value counts as many: a record that is named in the plural."""
        record = self.get(value.id) if isinstance(value, Ref) else None
        if record is None:
            return False
        named = record.values.get("inText") or record.values.get("name")
        kind = self.vocabulary.speaking_kind(record)
        return record.flag("isPlural") or (kind.plural_phrase and not named)


def _doubtful(record: Record, doubt: str) -> set[str]:
    """The keys of which a source leaves in doubt what they say; where it is reported no sentence tells."""
    return {key for c in record.sources if c.certainty == doubt for key in c.supports} - {UNDER}


def _is_told(record: Record) -> bool:
    """Whether nothing is unclear but times that are one of several, of which the sentence tells."""
    keys = _doubtful(record, "ambiguous")
    return bool(keys) and all(any(map(_is_open, record.values.get(key, ()))) for key in keys)


def _is_open(value: Value) -> bool:
    """Whether a value is a time that is one of several, both ends named."""
    if not isinstance(value, Edtf):
        return False
    parsed = time.parse(value.text)
    return parsed.kind == "set" and None not in (parsed.first, parsed.last)


def _is_decimal(value: Typed) -> bool:
    return local_name(value.datatype) in ("decimal", "double", "float")


def _local(value: Value) -> str:
    if isinstance(value, Ref):
        return value.id
    if isinstance(value, Term):
        return local_name(value.iri)
    if isinstance(value, Typed):
        return value.lexical
    return value.value if isinstance(value, Text) else value.text
