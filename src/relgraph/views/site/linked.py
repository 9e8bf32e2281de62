"""Sentences with links: the names of those of whom they speak lead to their pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from relgraph.lookup import Lookup
from relgraph.model import Record, Ref
from relgraph.sentences import Sentence, SentenceWriter
from relgraph.views.cited import SourceList

#: through how many records without a name of their own a name may stand in a sentence
_DEEP = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; ``id`` is the record that it names, or empty."""

    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with its links and the numbers of its sources."""

    record: str
    pieces: tuple[Piece, ...]
    marks: tuple[int, ...]


def statement(
    lookup: Lookup, writer: SentenceWriter, sentence: Sentence, text: str, sources: SourceList, own: str = ""
) -> Statement:
    """``text``, which says ``sentence``, with links, but for one to ``own``, whose page it is on."""
    ids = {sentence.record, *_named(lookup, [lookup.record(sentence.record)])}
    names: dict[str, str] = {}
    for id_ in sorted(ids):
        name = writer.name(id_)
        for form in (name, name[:1].upper() + name[1:]):
            # a name that two records have leads to neither
            names[form] = "" if names.get(form, id_) != id_ or id_ == own else id_
    marks = tuple(sorted({sources.number(citation) for citation in sentence.citations}))
    return Statement(sentence.record, tuple(pieces(text, names)), marks)


def pieces(text: str, names: dict[str, str]) -> Iterable[Piece]:
    """Cut a text at the names in it, longest first, whole words with or without an s of the genitive.

    ``names`` are ids by name; a name without an id is left as it is, and what stands in it too.
    """
    known = sorted((name for name in names if name.strip()), key=lambda name: (-len(name), name))
    if not known:
        return [Piece(text)]
    pattern = rf"(?<!\w)({'|'.join(map(re.escape, known))})(?=s?(?!\w))"
    found: list[Piece] = []
    for i, part in enumerate(re.split(pattern, text)):
        id_ = names[part] if i % 2 else ""
        if part and found and not id_ and not found[-1].id:
            found[-1] = Piece(found[-1].text + part)
        elif part:
            found.append(Piece(part, id_))
    return found


def _named(lookup: Lookup, records: list[Record]) -> set[str]:
    """The ids of the records that the sentence of a record may name, also within the phrase for another."""
    found: set[str] = set()
    for _ in range(_DEEP):
        ids = {
            value.id
            for record in records
            for values in record.values.values()
            for value in values
            if isinstance(value, Ref)
        } - found
        found |= ids
        records = [r for r in lookup.records(sorted(ids)) if not r.values.get("inText")]
    return found
