"""How a relationship is drawn on the map, where that depends on what other records say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date as Day
from typing import cast

from relgraph import time
from relgraph.lookup import Lookup
from relgraph.views.map.data import Days, Line, MapEdge

EPOCH = Day(1970, 1, 1)


def contradicted(lookup: Lookup, id_: str) -> bool:
    """Whether another record speaks against a relationship."""
    return bool(lookup.record(id_).refs("conflictsWith"))


def line_of(lookup: Lookup, id_: str, line: str) -> Line:
    """``line``, but unclear where a record is contradicted; what failed or lies fallow stays drawn so."""
    return "uncertain" if line in ("active", "done") and contradicted(lookup, id_) else cast(Line, line)


def days(bounds: time.Bounds) -> Days:
    """The four bounds in days since 1970-01-01; None where one is unbounded."""
    found = (bounds.earliest_begin, bounds.latest_begin, bounds.earliest_end, bounds.latest_end)
    counted = [None if day in (time.MIN, time.MAX) else (day - EPOCH).days for day in found]
    return (counted[0], counted[1], counted[2], counted[3])


def through_own_nodes(edges: Iterable[MapEdge], nodes: Collection[str]) -> Iterator[MapEdge]:
    """The edges, that of a relationship of which another speaks led through its own node.

    So whoever coordinates a cooperation is joined with those who cooperate.
    """
    for edge in edges:
        own = edge.sentence.record
        if own not in nodes or own in (edge.source, edge.target):
            yield edge
            continue
        yield replace(edge, target=own, thin=True, cost=None)
        if edge.source != edge.target:
            yield replace(edge, id=f"{edge.id}~{edge.target}", source=own, thin=True, cost=None)
