"""Statements beside a statement: what others say elsewhere, and what others say outright."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from relgraph.model import Record, Term
from relgraph.namespaces import RG
from relgraph.vocabulary import Vocabulary, local_name

#: what is no part of what a statement says: how it is called, how sure it is, against what it stands
BESIDE = ("name", "inText", "certainty", "conflictsWith")


def certainty_of(record: Record) -> str:
    """The local name of a record's certainty."""
    return next(
        (local_name(v.iri) for v in record.values.get("certainty", ()) if isinstance(v, Term)), "stated"
    )


def outright(records: Sequence[Record]) -> list[Record]:
    """Those of several statements that no other of them, of the same kind, makes outright at the same place.

    That the twin towns had no activities is stated; of each of them it is implied by that.
    """
    places = {
        (each.type, c.document, c.start)
        for each in records
        for c in each.sources
        if certainty_of(each) == "stated" and c.certainty == "stated"
    }
    return [
        each
        for each in records
        if certainty_of(each) != "implied"
        or not any((each.type, c.document, c.start) in places for c in each.sources)
    ]


@dataclass(frozen=True, slots=True)
class Differing:
    """Statements on one record that differ in one key alone, in the order of the source."""

    about: str
    key: str
    statements: tuple[Record, ...]


def differing(several: Sequence[Record], vocabulary: Vocabulary) -> Differing | None:
    """What several unsettled statements differ in, if that is one end of a relationship; else None.

    They are statements of several places, and no readings of one.
    """
    kind = vocabulary.speaking_kind(several[0])
    for each in several:
        unsettled = vocabulary.is_a(each.type, RG + "UnsettledRelationship")
        if not unsettled or each.refs("alternativeTo") or vocabulary.speaking_kind(each) != kind:
            return None
    keys = {key for each in several for key in each.values}.difference(BESIDE)
    unlike = [key for key in keys if len({frozenset(each.values.get(key, ())) for each in several}) > 1]
    ends = {kind.edge_from: kind.edge_to, kind.edge_to: kind.edge_from}
    if len(unlike) != 1 or not all(each.values.get(unlike[0]) for each in several):
        return None
    about = several[0].refs(ends.get(unlike[0], ""))
    ordered = sorted(several, key=lambda each: (min((c.document, c.start) for c in each.sources), each.id))
    return Differing(about[0], unlike[0], tuple(ordered)) if len(about) == 1 else None
