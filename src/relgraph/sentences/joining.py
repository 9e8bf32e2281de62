"""Statements that differ only in what they lead to, or of what they are, as one: "took part in X, Y and Z".

What the literature on generating text calls aggregation (E. Reiter, R. Dale: Building Natural Language
Generation Systems, 2000, 5.3). It is done where each of the parts follows from the whole, and the whole from
the parts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from relgraph.model import Record, Text, Typed, Value
from relgraph.namespaces import PREFIXES, RG
from relgraph.sentences.language import join
from relgraph.sentences.writer import SentenceWriter
from relgraph.vocabulary import TIME_KEYS
from relgraph.vocabulary.templates import PSEUDO_KEYS, Slot, Template, asking

BOOLEAN = PREFIXES["xsd"] + "boolean"
#: what a record is called
NAMES = ("name", "inText")
#: keys of a record that has another reading, or is several already: it is told by itself
APART = ("alternativeTo", "conflictsWith", "isPlural")


def joined(
    writer: SentenceWriter, records: Sequence[Record], *, times: bool = False
) -> list[tuple[Record, tuple[Record, ...]]]:
    """The records with those made one that may be, each beside those that it is made of; in the order given.

    One that is made of several has the id of the first, the values and the sources of all. With ``times``
    those are one too that differ only in a time that their sentence names: "for 2016–2017 and 2018–2019".
    """
    timed = [_likeness_but_time(writer, record) if times else None for record in records]
    often = Counter(alike for alike in timed if alike is not None)
    found: dict[object, list[Record]] = {}
    for record, alike in zip(records, timed, strict=True):
        several = alike if often[alike] > 1 else _likeness(writer, record)
        found.setdefault(several or record.id, []).append(record)
    return [(_one(writer, several), tuple(several)) for several in found.values()]


def _named_time(writer: SentenceWriter, record: Record) -> str:
    """The time key whose value the sentence names as it is; empty for none."""
    template = writer.vocabulary.speaking_kind(record).templates.get(writer.lang, ())
    named = {part.key for part in asking(template) if isinstance(part, Slot) and not part.form}
    return next((key for key in TIME_KEYS if key in named and record.values.get(key)), "")


def _likeness_but_time(writer: SentenceWriter, record: Record) -> object:
    """What two records must have alike to be joined over their times; None for one that is told by itself."""
    key = _named_time(writer, record)
    if not key or any(other in record.values for other in (*APART, *NAMES)) or counts(record):
        return None
    values = frozenset((other, value) for other, value in record.values.items() if other != key)
    return (record.type, key, values, writer.sentence(record).notes)


def _likeness(writer: SentenceWriter, record: Record) -> object:
    """What two records must have alike to be joined; None for one that is told by itself."""
    kind = writer.vocabulary.speaking_kind(record)
    template = kind.templates.get(writer.lang)
    if template is None or any(key in record.values for key in APART) or counts(record):
        return None
    own = {slot for slot in _own(template) if slot.key in (*PSEUDO_KEYS, *record.values)}
    varying: tuple[str, ...]
    more: list[str] = []  # "meetings of X and Y" is no good where only one of them is a body that meets
    if kind.is_a(RG + "Entity"):
        joinable, varying = own == {Slot("self")}, NAMES
    else:  # what has a direction holds of each target by itself; what holds among equals has no target
        joinable = bool(record.values.get(kind.edge_to)) and not own
        joinable = joinable and not any(name in record.values for name in NAMES)
        varying = (kind.edge_to,)
        more = sorted({target.type for id_ in record.refs(kind.edge_to) if (target := writer.get(id_))})
    values = frozenset((key, value) for key, value in record.values.items() if key not in varying)
    return (record.type, values, tuple(more), writer.sentence(record).notes) if joinable else None


def counts(record: Record) -> bool:
    """Whether a number or the like is told, which is that of the one record."""
    literals = (value for values in record.values.values() for value in values if isinstance(value, Typed))
    return any(literal.datatype != BOOLEAN for literal in literals)


def _own(template: Template) -> Iterator[Slot]:
    """The slots of a template that speak of the record itself."""
    slots = (part for part in asking(template) if isinstance(part, Slot))
    return (slot for slot in slots if slot.key == "self" or slot.form == "once")


def _place(writer: SentenceWriter, record: Record) -> tuple[str, int, str]:
    """Where a source states a record first: in its order a row is told, by names where that is one place."""
    kind = writer.vocabulary.speaking_kind(record)
    places = [c for c in record.sources if not c.supports or set(c.supports) - {*TIME_KEYS}]
    aimed = [c for c in places if not c.supports or kind.edge_to in c.supports]
    stated = [c for c in places if c.certainty == "stated"]
    found = min(
        aimed or stated or places or record.sources, key=lambda c: (c.document, c.start), default=None
    )
    names = record.refs(kind.edge_to) if kind.edge_to else ()
    named = " ".join(writer.name(id_) for id_ in names) or writer.name(record.id)
    return (found.document if found else "", found.start if found else 0, named.casefold())


def _one(writer: SentenceWriter, several: Sequence[Record]) -> Record:
    first = several[0]
    if not several[1:]:
        return first
    several = sorted(several, key=lambda record: _place(writer, record))
    kind = writer.vocabulary.speaking_kind(first)
    if kind.is_a(RG + "Entity"):
        names = join([writer.name(record.id) for record in several], writer.lang)
        told: dict[str, tuple[Value, ...]] = {
            "inText": (Text(names, writer.lang),),
            "isPlural": (Typed("true", BOOLEAN),),
        }
    elif all(record.values.get(kind.edge_to) == first.values.get(kind.edge_to) for record in several):
        key = _named_time(writer, first)
        spans = {value for record in several for value in record.values.get(key, ())}
        told = {key: tuple(sorted(spans, key=str))} if key else {}
    else:
        targets = (value for record in several for value in record.as_written(kind.edge_to))
        told = {kind.edge_to: tuple(dict.fromkeys(targets))}
    sources = tuple(dict.fromkeys(source for record in several for source in record.sources))
    written = {key: values for key, values in first.written.items() if key not in told}
    return replace(first, values={**first.values, **told}, sources=sources, written=written)
