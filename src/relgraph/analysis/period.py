"""The period that an analysis speaks of: the one asked for, else that of the latest source."""

from __future__ import annotations

from datetime import date as Day
from typing import TYPE_CHECKING

from relgraph.model import Edtf
from relgraph.namespaces import RG
from relgraph.time import MIN, parse_period

if TYPE_CHECKING:
    from relgraph.analysis.evidence import Evidence


def period_of(evidence: Evidence) -> tuple[Day, Day] | None:
    """First and last day of the period: the year asked for, else all up to the day asked for, else that of
    the latest document which states one; None if none does.
    """
    if evidence.when is not None:
        return (evidence.when.first if evidence.when.period else MIN, evidence.when.last)
    lookup = evidence.lookup
    periods = [
        parse_period(value.text)
        for document in lookup.records(lookup.ids_of(RG + "Document"))
        for value in document.values.get("period", ())
        if isinstance(value, Edtf)
    ]
    return max(periods, key=lambda period: (period[1], period[0]), default=None)
