"""The time of a record: its time keys taken together."""

from __future__ import annotations

from relgraph import time
from relgraph.model import Edtf, Record
from relgraph.vocabulary import TIME_KEYS, Kind


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


def _edtf(record: Record, key: str) -> Edtf | None:
    return next((v for v in record.values.get(key, ()) if isinstance(v, Edtf)), None)
