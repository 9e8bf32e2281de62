"""Sentences with links: the names of those of whom they speak lead to their pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from relgraph.lookup import Lookup
from relgraph.sentences import Sentence, capital
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
    sentence: Sentence,
    text: str,
    sources: SourceList,
    *,
    ids: Iterable[str],
    name_of: Callable[[str], str],
    own: str = "",
) -> Statement:
    """``text``, which says ``sentence``, with links to ``ids`` but for ``own``, whose page it is on."""
    marks = tuple(sorted({sources.number(citation) for citation in sentence.citations}))
    return Statement(sentence.record, linked(name_of, ids, text, own), marks)


def linked(name_of: Callable[[str], str], ids: Iterable[str], text: str, own: str = "") -> tuple[Piece, ...]:
    """``text`` with links where it names the records ``ids`` (:func:`named_in`), but for one to ``own``."""
    names: dict[str, str] = {}
    for id_ in ids:
        name = name_of(id_)
        for form in (name, capital(name)):
            # a name that two records have leads to neither
            names[form] = "" if names.get(form, id_) != id_ or id_ == own else id_
    return tuple(pieces(text, names))


def pieces(text: str, names: Mapping[str, str]) -> list[Piece]:
    """Cut a text at the names in it, longest first, whole words with or without an s of the genitive.

    ``names`` are ids by name; a name without an id is left as it is, and what stands in it too. Each
    statement has names of its own: *measured*, a pattern compiled for each took twice as long as all else.
    """
    taken: dict[int, str] = {}
    free = [True] * len(text)
    for name in sorted((name for name in names if name.strip()), key=lambda name: (-len(name), name)):
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            if _whole(text, at, end) and all(free[at:end]):
                taken[at] = name
                free[at:end] = [False] * len(name)
            at = text.find(name, end)
    found: list[Piece] = []
    done = 0
    for at, name in sorted(taken.items()):
        if names[name]:
            found += [Piece(text[done:at]), Piece(name, names[name])]
            done = at + len(name)
    return [piece for piece in [*found, Piece(text[done:])] if piece.text]


def _whole(text: str, at: int, end: int) -> bool:
    """Whether what stands there is a word or words, no part of one."""
    after = end + 1 if text[end : end + 1] == "s" else end
    return not (_in_word(text[at - 1 : at]) or (_in_word(text[after : after + 1])))


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def named_in(lookup: Lookup, id_: str) -> tuple[str, ...]:
    """The ids, sorted, of the records that the sentence of a record may name: itself, those that it refers
    to, and those within the phrase for another.
    """
    found: set[str] = set()
    records = [lookup.record(id_)]
    for _ in range(_DEEP):
        ids = {id_ for record in records for id_ in record.named()} - found
        found |= ids
        records = [r for r in lookup.records(sorted(ids)) if not r.values.get("inText")]
    return tuple(sorted({id_, *found}))
