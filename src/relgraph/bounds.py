"""The time of a record: its time keys taken together."""

from __future__ import annotations

from relgraph import time
from relgraph.model import Edtf, Record
from relgraph.namespaces import RG
from relgraph.vocabulary import TIME_KEYS, Kind, Vocabulary
from relgraph.when import When


def bounds_of(record: Record, kind: Kind) -> time.Bounds:
    """The four bounds of a record's valid time; raises ``time.EdtfError`` if its end precedes its begin."""
    texts = {key: value.text for key in TIME_KEYS if (value := _edtf(record, key)) is not None}
    return time.bounds(
        from_=texts.get("from"),
        to=texts.get("to"),
        date=texts.get("date"),
        during=texts.get("during"),
        observed_in=texts.get("observedIn"),
        whole=kind.whole_period,
    )


def mark_of(record: Record, vocabulary: Vocabulary, when: When | None) -> str | None:
    """How a record stands at the time asked for (:meth:`When.mark`); None if it is left out.

    What has no time of its own and is no relationship (a note, an identifier, a party) is left unmarked.
    """
    kind = vocabulary.kinds[record.type]
    if when is None or not (kind.is_a(RG + "Relationship") or any(key in record.values for key in TIME_KEYS)):
        return ""
    bounds = bounds_of(record, vocabulary.speaking_kind(record))
    return when.mark(bounds, unsettled=kind.is_a(RG + "UnsettledRelationship"))


def _edtf(record: Record, key: str) -> Edtf | None:
    return next((v for v in record.values.get(key, ()) if isinstance(v, Edtf)), None)
