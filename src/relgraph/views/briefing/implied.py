"""What of a statement is implied, and whether a reader is to be told so."""

from __future__ import annotations

from collections.abc import Collection

from relgraph import time
from relgraph.lookup import Lookup
from relgraph.model import Citation, Edtf, Record
from relgraph.sentences import certainty_of
from relgraph.vocabulary import TIME_KEYS, UNDER


def is_news(lookup: Lookup, record: Record, keys: Collection[str] = ()) -> bool:
    """Whether a record, or what ``keys`` say of it, is implied, and not just that it was in the period.

    That what a report on 2019 tells was in 2019 is said at the top of the page; of what is wholly implied, of
    parties, places and other times, the reader is told.
    """
    if certainty_of(record) == "implied" and not keys:
        return True
    implied = [
        (key, cited)
        for cited in record.sources
        if cited.certainty == "implied"
        for key in cited.supports
        if key != UNDER  # of which no sentence tells
    ]
    return any(
        (not keys or key in keys) and not _is_of_the_period(lookup, record, key, cited)
        for key, cited in implied
    )


def _is_of_the_period(lookup: Lookup, record: Record, key: str, cited: Citation) -> bool:
    """Whether a key is a time within the period that the document covers."""
    document = lookup.get(cited.document) if key in TIME_KEYS else None
    periods = [v for v in document.values.get("period", ()) if isinstance(v, Edtf)] if document else []
    times = [value for value in record.values.get(key, ()) if isinstance(value, Edtf)]
    return bool(periods and times) and all(
        _within(each.text, period.text) for each in times for period in periods
    )


def _within(text: str, period: str) -> bool:
    try:
        (first, last), (begin, end) = time.parse_period(text), time.parse_period(period)
    except time.EdtfError:
        return False  # open, or one of several
    return begin <= first and last <= end
