"""Time: EDTF text <-> bounds, the three-valued rule of what holds when, and dates in words.

EDTF (ISO 8601-2) at level 0 and 1: ``1987``, ``2019-12``, ``2019-12-24``, ``2019~`` (about), ``2019?``
(uncertain), ``2019%`` (both), ``2019-21`` .. ``2019-24`` (spring, summer, autumn, winter), ``201X``,
``2019-XX``, ``2018/2021``, ``2018/..`` (open), ``2018/`` (end unknown); and of level 2 one form,
``[2021..2022]`` (one of these), as which ``{earliest: 2021, latest: 2022}`` is written.

Nothing here guesses: what the text leaves open stays open, from the earliest to the latest day it allows.
"""

from relgraph.time.edtf import (
    MAX,
    MIN,
    Bounds,
    Date,
    EdtfError,
    Holds,
    Interval,
    Span,
    bounds,
    holds,
    parse,
    parse_period,
    state,
)
from relgraph.time.words import phrase, when

__all__ = [
    "MAX",
    "MIN",
    "Bounds",
    "Date",
    "EdtfError",
    "Holds",
    "Interval",
    "Span",
    "bounds",
    "holds",
    "parse",
    "parse_period",
    "phrase",
    "state",
    "when",
]
