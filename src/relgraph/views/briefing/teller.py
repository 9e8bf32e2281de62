"""Records as cited sentences of a briefing, each once, and the list of sources that they make."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Day
from functools import cached_property

from relgraph import time
from relgraph.bounds import bounds_of, mark_of
from relgraph.errors import DataError
from relgraph.lookup import Lookup
from relgraph.model import Record
from relgraph.sentences import (
    Abbreviations,
    SentenceWriter,
    capital,
    covering,
    joined,
    outright,
    year_of,
)
from relgraph.time import MAX, Bounds
from relgraph.views.briefing.blocks import Cited, Items, Note, Source, Sources
from relgraph.views.briefing.dated import according_to, covered
from relgraph.views.briefing.implied import is_news
from relgraph.views.briefing.runs import runs
from relgraph.views.briefing.words import word
from relgraph.views.cited import SourceList, address_of
from relgraph.views.profile import prefetch
from relgraph.vocabulary import pick
from relgraph.when import MARKS, When

#: stands after a sentence of which something is implied; what it means is said once, below
IMPLIED = "*"
#: from how many statements of one year on in a list the year is said once, above them
OF_A_YEAR = 3
#: with what a name begins that is none
ARTICLES = {"sv": ("en", "ett"), "en": ("a", "an")}
#: how many times as many statements are looked at as may be told, since several may be told as one
JOINED = 3


@dataclass
class Teller:
    """Tells records in one language, at one time; one object makes one document."""

    lookup: Lookup
    lang: str
    when: When | None = None
    excerpts: Mapping[str, str] = field(default_factory=dict)
    """The text of documents that are at hand, by their id."""
    sources: SourceList = field(default_factory=SourceList)
    implied: bool = False
    """Whether a sentence bears the mark of what is implied."""
    mentioned: set[str] = field(default_factory=set)
    """The ids of what has no name, and was told of: "a project", that is "the same project" then."""
    told: set[str] = field(default_factory=set)
    """The ids of the records that need not be told again."""
    left_out: set[str] = field(default_factory=set)
    """The ids of those that a list left out by its rule; an empty one stands for such as were not read."""
    rest: list[str] = field(default_factory=list)
    """The commands that give what was left out: for whoever makes the document, not for its readers."""

    @cached_property
    def day(self) -> Day | None:
        """The day that decides tense: that of ``--as-of``, else the date of the data."""
        if self.when is not None and not self.when.period:
            return self.when.last
        return Day.fromisoformat(self.lookup.compiled.as_of) if self.lookup.compiled.as_of else None

    @cached_property
    def writer(self) -> SentenceWriter:
        """The one writer of sentences."""
        return self._writer()

    @cached_property
    def abbreviations(self) -> Abbreviations:
        """Those that the document has spelled out."""
        return Abbreviations(self.lookup, self.lang)

    @cached_property
    def notes(self) -> dict[str, set[str]]:
        """The ids of the notes on a source that affect the reading, by the id of what they are about.

        They tell what is unclear of it; notes on spelling are none.
        """
        base = self.lookup.compiled.base
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.lookup.rows("SELECT ?of ?note { ?note rg:affectsReading true ; rg:regarding ?of }"):
            of, note = (getattr(node, "value", "").removeprefix(base) for node in row)
            found[of].add(note)
        return dict(found)

    def writer_in(self, lang: str) -> SentenceWriter:
        """The writer of sentences in a language."""
        return (
            self.writer
            if lang == self.lang
            else SentenceWriter(self.lookup.vocabulary, self.lookup.get, lang)
        )

    def _writer(self, understood: str = "") -> SentenceWriter:
        return SentenceWriter(self.lookup.vocabulary, self.lookup.get, self.lang, self.day, understood)

    def word(self, key: str, *values: object) -> str:
        """A phrase of the briefings, with values put in."""
        return word(key, self.lang).format(*values, source=self._source, period=self._period)

    @cached_property
    def _period(self) -> str:
        """The time that the documents cover."""
        return covered(self.lookup, self.lang)

    @cached_property
    def _source(self) -> str:
        """The documents with a period, of whose silence a briefing speaks."""
        return word("the sources" if len(covering(self.lookup)) > 1 else "the source", self.lang)

    def label(self, iri: str) -> str:
        """The label of a term of the ontology, beginning with a capital."""
        return capital(self.lookup.vocabulary.label(iri, self.lang))

    def title(self, id_: str) -> str:
        """The name of a record as a heading has it."""
        return capital(self.writer.title(id_))

    # -- sentences ---------------------------------------------------------------------------------------

    def cited(self, record: Record, *, understood: str = "") -> Cited:
        """The record as a sentence with its notes, and the sources of all that it says.

        The time that is ``understood`` is not said. What contradicts it, or is another reading, stands in its
        notes and has its sources there too. Raises :class:`DataError` for a record without a source.
        """
        said = self._writer(understood).sentence(record)
        readings, against = (
            outright(self.lookup.records(record.refs(key))) for key in ("alternativeTo", "conflictsWith")
        )
        others = {other.id: other for other in (*readings, *against)}
        numbers = {self.sources.number(citation) for citation in said.citations}
        for _, other in sorted(others.items()):
            if not other.sources:
                raise DataError(f"'{other.id}' has no source", hint="relgraph check says where it stands")
            numbers |= {self.sources.number(citation) for citation in other.sources}
        self.told.add(record.id)
        mark = mark_of(record, self.lookup.vocabulary, self.when)
        told = said.told or (said.unclear if record.id in self.notes else "")
        notes = (note for note in said.notes if note not in (said.implied, told))
        implied = bool(told) or any(is_news(self.lookup, each) for each in (record, *against))
        shown = self.marked(" ".join((said.text, *notes)), implied)
        shown = self._again(shown, record)
        shown = self.abbreviations.spelled_out(shown, record)
        numbers |= {self.sources.number(citation) for citation in self.abbreviations.from_elsewhere()}
        shown = f"{shown} ({pick(MARKS[mark], self.lang)})" if mark else shown
        return Cited(shown, tuple(sorted(numbers)), record.id)

    def _again(self, text: str, record: Record) -> str:
        """The text with "the same project" for a project without a name of which was told before."""
        for id_ in sorted(record.named()):
            name = self.writer.name(id_)
            article, _, rest = name.partition(" ")
            if article not in ARTICLES[self.lang] or (self.lang == "sv" and " " in rest):
                continue  # an adjective would need another ending
            if self.lookup.record(id_).flag("isPlural"):
                continue  # "the same number of seminars" are as many, not the same ones
            if id_ in self.mentioned:
                whole = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)
                again = self.word("the same", rest)
                if at := whole.search(text):
                    again = again if at.start() else capital(again)
                    text = f"{text[: at.start()]}{again}{text[at.end() :]}"
            elif name.casefold() in text.casefold():
                self.mentioned.add(id_)
        return text

    def in_all_times(self, record: Record, others: Iterable[Record]) -> Record:
        """The record with the times of those among others that say the same of other times: they are told."""
        if self.when is not None:
            return record
        alike = [each for each in others if each.type == record.type and each.id != record.id]
        for one, parts in joined(self.writer, [record, *alike], times=True):
            if record in parts and one.named() == record.named():
                self.told.update(part.id for part in parts)
                return one
        return record

    def marked(self, text: str, implied: bool) -> str:
        """A text with the mark of what is implied, if it is; what the mark means is told at the end."""
        self.implied = self.implied or implied
        return text + (IMPLIED if implied else "")

    def fresh(self, records: Iterable[Record]) -> list[Record]:
        """Those that were not told, and are no other reading or opposite of what was, each once.

        A sentence has its other readings, and what contradicts it, in its notes.
        """
        found: dict[str, Record] = {}
        for record in records:
            other = {*record.refs("alternativeTo"), *record.refs("conflictsWith")}
            if record.id not in self.told and not other & (self.told | found.keys()):
                found[record.id] = record
        return list(found.values())

    def items(self, records: Iterable[Record], most: int, more: int = 0) -> list[Items | Note]:
        """At most ``most`` sentences on records that were not told yet, and how many more records there are.

        Where many are of one year it is said once, above them: those of a year are a list of their own then,
        the newest first, after those that last or have no year.
        """
        found = self.fresh(records)
        self.mentioned.clear()  # far above it would not be found again
        looked_at = found[: most * JOINED]
        prefetch(self.lookup, looked_at)
        together = joined(self.writer, looked_at, times=self.when is None)
        one_left = len(together) == most + 1 and not more and len(looked_at) == len(found)
        shown = together[: most + one_left]  # that there is one more would take the room of that one
        kept = {part.id for _, parts in shown for part in parts}
        left = len(found) - len(kept) + more
        self.left_out |= {record.id for record in found} - kept | ({""} if more else set())
        self.told.update(record.id for record in found)
        by_year: dict[str, list[Record]] = defaultdict(list)
        for record, _ in shown:
            by_year[year_of(record)].append(record)
        for year in [year for year, of in by_year.items() if year and len(of) == 1]:
            by_year[""] += by_year.pop(year)  # it tells its year itself
        if max((len(of) for year, of in by_year.items() if year), default=0) < OF_A_YEAR:
            lists = self._lists([record for record, _ in shown])
        else:
            years = sorted(by_year, key=lambda year: -int(year or sys.maxsize))
            lists = [each for year in years for each in self._lists(by_year[year], year)]
        if left and len(lists) == 1 and not lists[0].lead:
            return [replace(lists[0], rest=self._more(left))]
        return [*lists, Note(capital(f"{self._more(left)}."))] if left else [*lists]

    def _lists(self, records: Sequence[Record], year: str = "") -> list[Items]:
        """A list of the records, their ``year`` said above it, and lists of those that begin alike."""
        texts = [self.writer.sentence(record).text for record in records]
        names = {self.writer.name(id_) for record in records for id_ in record.named()}
        found = list(runs(texts, names, self.lang))
        single = [record for beginning, start, end in found for record in records[start:end] if not beginning]
        led = year if single[1:] else ""  # one alone tells its year itself
        plain = [self.cited(record, understood=led) for record in single]  # in the order in which they stand
        lists: list[Items] = []
        for beginning, start, end in found:
            told = [self.cited(record) for record in records[start:end]] if beginning else []
            if all(each.text.startswith(f"{beginning} ") for each in told):
                ends = tuple(replace(each, text=each.text[len(beginning) + 1 :]) for each in told)
                lists += [Items(ends, lead=f"{beginning}:")] if ends else []
            else:  # a full name stands within
                plain += told
        lead = f"{capital(time.when(during=year, lang=self.lang))}:" if led else ""
        return [*([Items(tuple(plain), lead=lead)] if plain else []), *lists]

    def _more(self, left: int) -> str:
        """How many statements are left out, in words."""
        if not left:
            return ""
        return self.word("one more") if left == 1 else self.word("more", left)

    def given_by(self, command: str) -> None:
        """Note that a command of ``relgraph`` gives what was left out."""
        options = [self.when.option] if self.when else []
        options += ["--lang en"] if self.lang == "en" else []  # the other language is the usual one
        whole = " ".join(["relgraph", command, *options])
        self.rest += [whole] if whole not in self.rest else []

    def given_by_page(self, id_: str) -> None:
        """The page of a record gives what was left out; a very long one only if asked for all."""
        self.given_by(f"show {id_} --all" if "" in self.left_out else f"show {id_}")

    def holding(self, records: Iterable[Record]) -> list[Record]:
        """Those that hold at the time asked for."""
        vocabulary = self.lookup.vocabulary
        return [r for r in records if mark_of(r, vocabulary, self.when) is not None]

    # -- time --------------------------------------------------------------------------------------------

    def bounds(self, record: Record) -> Bounds:
        """The bounds of a record's time, as what it is or reads as."""
        return bounds_of(record, self.lookup.vocabulary.speaking_kind(record))

    def newest_first(self, records: Iterable[Record]) -> list[Record]:
        """The newest first, in the ontology's order where dates are the same; the undated last."""

        def key(record: Record) -> tuple[int, int, str]:
            begin = self.bounds(record).latest_begin
            age = MAX.toordinal() if begin == MAX else MAX.toordinal() - begin.toordinal()
            return (age, self.lookup.vocabulary.kinds[record.type].style.order, record.id)

        return sorted(records, key=key)

    # -- what stands at the beginning and at the end ---------------------------------------------------------

    def opening(self, kind: str = "", purpose: str = "") -> list[Note]:
        """What it is and as of when, the time asked for, and the purpose."""
        as_of = according_to(self.lookup, self.lang)
        parts = [text if text.endswith(".") else f"{text}." for text in (kind, as_of) if text]
        notes = [Note(" ".join(parts), strong=True)] if parts else []
        if self.when is not None:
            notes.append(Note(self.when.told(self.lang)))
        if purpose.strip():
            notes.append(Note(purpose.strip(), label=self.word("purpose")))
        return notes

    def list_of_sources(self) -> Sources:
        """All sources cited so far, in the order of their numbers."""
        entries = []
        for citation in self.sources.citations:
            document = self.lookup.get(citation.document)
            text = self.excerpts.get(citation.document, "")[citation.start : citation.end]
            words = " ".join(text.split())
            url = address_of(document) if document else ""
            excerpt = self.word("excerpt", words) if words else ""
            entries.append(Source(self.writer.cite(citation), url, excerpt))
        return Sources(tuple(entries))
