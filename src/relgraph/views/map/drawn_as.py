"""How a relationship is drawn on the map, where that depends on what other records say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from relgraph.lookup import Lookup
from relgraph.views.map.data import Line


def contradicted(lookup: Lookup, id_: str) -> bool:
    """Whether another record speaks against a relationship."""
    return bool(lookup.record(id_).refs("conflictsWith"))


def line_of(lookup: Lookup, attributes: Mapping[str, Any]) -> Line:
    """As the network has it; what failed or lies fallow stays drawn so where it is contradicted."""
    line = cast(Line, attributes["line"])
    return "uncertain" if line in ("active", "done") and contradicted(lookup, attributes["record"]) else line
