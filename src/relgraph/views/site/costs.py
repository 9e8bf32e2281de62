"""What a question on a page of the site may cost."""

from __future__ import annotations

from relgraph.lookup import Lookup
from relgraph.sparql.run import Limits

#: from so many statements on, a graph is large
LARGE = 1_000_000
#: what a question may cost that is asked of a large graph: seconds, bytes of memory and rows that are read
TIMEOUT, MEMORY, READ = 600.0, 1 << 30, 20_000


def large(lookup: Lookup) -> bool:
    """Whether the graph is so large that what grows with it must be bounded."""
    counts = lookup.compiled.counts
    return counts.asserted + counts.derived > LARGE


def limits(lookup: Lookup) -> Limits | None:
    """What a question may cost; those of a graph that is not large are asked without limits."""
    return Limits(TIMEOUT, MEMORY, READ) if large(lookup) else None
