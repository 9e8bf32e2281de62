"""How a relationship is drawn on the map, where that depends on what other records say."""

from __future__ import annotations

from typing import cast

from relgraph.lookup import Lookup
from relgraph.views.map.data import Line


def contradicted(lookup: Lookup, id_: str) -> bool:
    """Whether another record speaks against a relationship."""
    return bool(lookup.record(id_).refs("conflictsWith"))


def line_of(lookup: Lookup, id_: str, line: str) -> Line:
    """``line``, but unclear where a record is contradicted; what failed or lies fallow stays drawn so."""
    return "uncertain" if line in ("active", "done") and contradicted(lookup, id_) else cast(Line, line)
