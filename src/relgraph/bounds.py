"""The time of a record: its time keys taken together, and how it stands at a time that is asked about."""

from __future__ import annotations

from relgraph import time
from relgraph.model import Edtf, Record
from relgraph.namespaces import RG
from relgraph.vocabulary import TIME_KEYS, Kind, Vocabulary
from relgraph.when import When


def bounds_of(record: Record, kind: Kind) -> time.Bounds:
    """The four bounds of a record's valid time; raises ``time.EdtfError`` if its end precedes its begin.

    ``kind`` is the one whose words it has (:meth:`Vocabulary.speaking_kind`): a count that is only a reading
    lies as wholly within its period as one that is settled.
    """
    texts = {key: value.text for key in TIME_KEYS if (value := _edtf(record, key)) is not None}
    return time.bounds(
        from_=texts.get("from"),
        to=texts.get("to"),
        date=texts.get("date"),
        during=texts.get("during"),
        observed_in=texts.get("observedIn"),
        whole=kind.whole_period,
    )


def has_time(kind: Kind) -> bool:
    """Whether the records of a kind lie in time, dated or not: relationships, and what takes a time key."""
    return kind.is_a(RG + "Relationship") or any(key in kind.rules for key in TIME_KEYS)


def mark_of(record: Record, vocabulary: Vocabulary, when: When | None) -> str | None:
    """How a record stands at a time, as :meth:`When.mark` has it; None where it is left out.

    What has no time by its kind (a note, an identifier, a party) is kept, unmarked.
    """
    kind = vocabulary.kinds[record.type]
    if when is None or not has_time(kind):
        return ""
    unsettled = kind.is_a(RG + "UnsettledRelationship")
    return when.mark(bounds_of(record, vocabulary.speaking_kind(record)), unsettled=unsettled)


def _edtf(record: Record, key: str) -> Edtf | None:
    return next((v for v in record.values.get(key, ()) if isinstance(v, Edtf)), None)
