"""What is said of one record, gathered and ordered for a reader: the content of ``relgraph show``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date as Day
from typing import NamedTuple

from relgraph import time
from relgraph.bounds import bounds_of, mark_of
from relgraph.errors import UsageError
from relgraph.lookup import Lookup
from relgraph.model import Citation, Record, folded
from relgraph.namespaces import RG
from relgraph.sentences import Sentence, SentenceWriter, as_of_text, capital
from relgraph.views.cited import SourceList
from relgraph.views.crowd import Crowd
from relgraph.vocabulary import local_name, pick
from relgraph.when import MARKS, When

#: how many statements among the neighbours a page holds
AMONG = 50

WORDS: dict[str, dict[str, str]] = {
    "also": {"sv": "Kallas även", "en": "Also called"},
    "itself": {"sv": "Allmänt", "en": "In general"},
    "sources": {"sv": "Källor", "en": "Sources"},
    "nothing": {
        "sv": "Källorna säger inget om dess relationer.",
        "en": "The sources say nothing of its relationships.",
    },
    "nothing then": {
        "sv": "Källorna anger inget som gällde då.",
        "en": "The sources state nothing that held then.",
    },
    "other": {"sv": "Övrigt", "en": "Other"},
    "among": {
        "sv": "Mellan dem som {} har relationer med",
        "en": "Among those with whom {} has relationships",
    },
    "more": {"sv": "och {} till", "en": "and {} more"},
    "cut": {
        "sv": "Så mycket sägs att bara det nyaste av varje slag visas; allt ges av: relgraph show {} --all",
        "en": "So much is said that only the newest of each group is shown; for all: relgraph show {} --all",
    },
}


def word(key: str, lang: str) -> str:
    """A phrase of this view in ``lang``."""
    return pick(WORDS[key], lang)


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and its sentences; ``more`` is how many were left out at the end."""

    title: str
    sentences: tuple[Sentence, ...]
    group: str = ""
    """The local name of the group; empty for what is no group of the ontology."""
    more: int = 0


@dataclass(slots=True)
class Profile:
    """Everything said of one record, in the order in which a reader wants it."""

    record: Record
    title: str
    kind: str
    as_of: str
    """According to which documents, in words."""
    day: str
    """The last day of the latest document's period (ISO 8601)."""
    names: list[str]
    parts: list[Part]
    lang: str
    time: str = ""
    """To what time the page is limited, in words; empty if it is not."""
    cut: bool = False
    """Whether so much is said that each part holds its newest alone."""
    marks: dict[str, str] = field(default_factory=dict)
    """past, current, perhaps (possibly current) or possibly, by the record's id."""
    sources: SourceList = field(default_factory=SourceList)
    unsourced: tuple[str, ...] = ()
    """The ids of statements that are left out because they name no source."""

    @property
    def citations(self) -> list[Citation]:
        """The places cited so far, in the order of their numbers."""
        return self.sources.citations

    def marked(self, sentence: Sentence) -> str:
        """The sentence with its notes and how it stands at the time asked for."""
        mark = self.marks.get(sentence.record)
        return f"{sentence.full} ({pick(MARKS[mark], self.lang)})" if mark else sentence.full


class Gathered(NamedTuple):
    """What is said of a record in any language: the ids, and of a crowd how many there are by group."""

    ids: list[str]
    totals: Mapping[str, int] | None


def gathered(lookup: Lookup, record: Record, *, when: When | None = None, whole: bool = False) -> Gathered:
    """The records that :func:`profile` tells of."""
    crowd = Crowd(lookup, record.id)
    if whole or when is not None or not crowd.is_one:
        return Gathered(lookup.about(record.id), None)
    return Gathered(crowd.newest(), crowd.totals)


def profile(
    lookup: Lookup,
    record: Record,
    lang: str,
    *,
    depth: int = 1,
    when: When | None = None,
    only: Collection[str] = (),
    whole: bool = False,
    said: Gathered | None = None,
) -> Profile:
    """Gather and order what is said of ``record``: its own statement, then by the ontology's groups.

    Of a party of whom very much is said (:mod:`relgraph.views.crowd`) it holds the newest of each group, and
    says how many more there are, unless it is asked for a time or for the ``whole``.

    With ``depth`` 2 a last part holds what is said among those with whom it has relationships (at most
    :data:`AMONG` statements). ``only`` are groups by local name or label; raises :class:`UsageError` for
    another name. ``said`` is :func:`gathered` of the same, where the caller has it for another language.
    """
    day = Day.fromisoformat(lookup.compiled.as_of) if lookup.compiled.as_of else None
    if when is not None and not when.period:
        day = when.last
    wanted = {_group(lookup, name) for name in only}
    writer = SentenceWriter(lookup.vocabulary, lookup.get, lang, day)
    ids, cut = said or gathered(lookup, record, when=when, whole=whole)
    found = lookup.records(ids)
    about = [other for other in found if _is_said(lookup, other)]
    marks = _marks(lookup, [record, *about], when)
    kept = [other for other in about if other.id in marks]
    prefetch(lookup, [record, *kept])
    groups: dict[str, list[Record]] = defaultdict(list)
    for other in kept:
        groups[lookup.vocabulary.kinds[other.type].group].append(other)
    kind = lookup.vocabulary.kinds[record.type]
    itself = record.sources and (not kind.is_a(RG + "Entity") or writer.says_more(record))
    shown = bool(itself and not wanted and record.id in marks)
    parts = [Part(word("itself", lang), (writer.sentence(record),))] if shown else []
    order = {iri: (c.order, c.name) for iri, c in lookup.vocabulary.concepts.items()}
    for group in sorted(groups, key=lambda iri: order.get(iri, (9999, iri))):
        if wanted and group not in wanted:
            continue
        members = sorted(groups[group], key=lambda r: _reading_order(lookup, r))
        title = lookup.vocabulary.label(group, lang) if group else word("other", lang)
        sentences = tuple(writer.sentence(r) for r in members)
        more = cut[group] - len(sentences) if cut is not None else 0
        parts.append(Part(capital(title), sentences, local_name(group), more))
    name = record.text("name", lang) or writer.name(record.id)
    if depth > 1:
        others = _among(lookup, record, about)
        known = _marks(lookup, others, when)
        others = [other for other in others if other.id in known]
        prefetch(lookup, others[:AMONG])
        among = tuple(writer.sentence(other) for other in others[:AMONG])
        if among:
            title = word("among", lang).format(writer.name(record.id))
            parts.append(Part(title, among, more=len(others) - len(among)))
        marks.update(known)
    return Profile(
        record=record,
        title=capital(name),
        kind=pick(kind.labels, lang),
        as_of=as_of_text(lookup, lang),
        day=lookup.compiled.as_of,
        names=_names(record, lookup, lang, name),
        parts=parts,
        lang=lang,
        time=when.told(lang) if when else "",
        marks={id_: mark for id_, mark in marks.items() if mark},
        cut=cut is not None,
        unsourced=tuple(other.id for other in found if not other.sources and _says(lookup, other)),
    )


def _group(lookup: Lookup, name: str) -> str:
    """The IRI of the group of that local name (with or without its "group") or label."""
    used = {kind.group for kind in lookup.vocabulary.kinds.values() if kind.group}
    for iri in sorted(used):
        local = local_name(iri)
        labels = lookup.vocabulary.concepts[iri].labels.values() if iri in lookup.vocabulary.concepts else ()
        if folded(name) in {folded(text) for text in (local, local.removeprefix("group"), *labels)}:
            return iri
    known = ", ".join(sorted(local_name(iri).removeprefix("group").lower() for iri in used))
    raise UsageError(f"there is no group '{name}'", hint=f"one of {known}")


def _marks(lookup: Lookup, records: Iterable[Record], when: When | None) -> dict[str, str]:
    """How each record stands at the time asked for, by id; what does not hold then is left out."""
    marks = ((record.id, mark_of(record, lookup.vocabulary, when)) for record in records)
    return {id_: mark for id_, mark in marks if mark is not None}


def prefetch(lookup: Lookup, records: Iterable[Record]) -> None:
    """Read in few queries what the sentences will name, and what those without a name are named by."""
    for _ in range(2):
        ids = {id_ for record in records for id_ in record.named()}
        found = lookup.records(sorted(ids))
        records = [
            record for record in found if not (record.values.get("inText") or record.values.get("name"))
        ]


def ends(lookup: Lookup, record: Record) -> set[str]:
    """Whom a relationship joins."""
    kind = lookup.vocabulary.speaking_kind(record)
    if not kind.is_a(RG + "Relationship"):
        return set()
    return {
        id_ for role in (kind.edge_from, kind.edge_to, kind.edge_between) if role for id_ in record.refs(role)
    }


def _among(lookup: Lookup, record: Record, about: list[Record]) -> list[Record]:
    """The relationships that join two neighbours of ``record``, those with the home city last."""
    shown = {record.id, *(other.id for other in about)}
    near = {id_ for other in about if record.id in (joined := ends(lookup, other)) for id_ in joined} - {
        record.id
    }
    near = {id_ for id_ in near if lookup.get(id_) is not None}
    found: dict[str, Record] = {}
    for other in lookup.records(lookup.joining(sorted(near))):
        joined = ends(lookup, other)
        if other.id not in shown and len(joined & near) > 1 and _is_said(lookup, other):
            found[other.id] = other
    home = lookup.compiled.home
    return sorted(found.values(), key=lambda r: (home in ends(lookup, r), *_reading_order(lookup, r)))


def _is_said(lookup: Lookup, record: Record) -> bool:
    return bool(record.sources) and _says(lookup, record)


def _says(lookup: Lookup, record: Record) -> bool:
    """Whether a record is a statement: all but documents are."""
    return not lookup.vocabulary.kinds[record.type].is_a(RG + "Document")


def _reading_order(lookup: Lookup, record: Record) -> tuple[int, str, str]:
    """Kinds in the ontology's order, then the newest first, then by id."""
    kind = lookup.vocabulary.kinds[record.type]
    try:
        begin = bounds_of(record, lookup.vocabulary.speaking_kind(record)).latest_begin
    except time.EdtfError:
        begin = time.MAX
    newest_first = f"{9999 - begin.year:04d}{12 - begin.month:02d}"
    return (kind.style.order, newest_first, record.id)


def _names(record: Record, lookup: Lookup, lang: str, shown: str) -> list[str]:
    """Other names with what is known of each."""
    names = [record.text("name", other) for other in lookup.compiled.languages]
    listed = [name for name in dict.fromkeys(names) if name not in ("", shown)]
    for alias in record.aliases:
        status = lookup.vocabulary.label(RG + alias.status, lang)
        text = f"{alias.name.value} ({status})"
        if text not in listed:
            listed.append(text)
    return listed
