"""``--year`` and ``--as-of``: what they keep and how they mark it, the same in every command and view.

Without either nothing is filtered. A year or period keeps what certainly or possibly held in it, by the
three-valued rule of :func:`relgraph.time.holds`, and marks what only possibly did. As of a day is kept what
began by then, or may have; it is marked as past, current or possibly current on that day. What is only a
reading of an ambiguous source is never more than possible.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Day

from relgraph import time
from relgraph.errors import UsageError
from relgraph.time import Bounds, Holds

#: how something stands at the time asked for, in words; the empty mark says nothing
MARKS: dict[str, dict[str, str]] = {
    "past": {"sv": "avslutat", "en": "past"},
    "current": {"sv": "aktuellt", "en": "current"},
    "perhaps": {"sv": "möjligen aktuellt", "en": "possibly current"},
    "possibly": {"sv": "möjligen", "en": "possibly"},
}

_TOLD = {
    True: {
        "sv": "Under {}: det som säkert gällde då, och det som möjligen gällde, märkt (möjligen).",
        "en": "In {}: what certainly held then, and what possibly held, marked (possibly).",
    },
    False: {
        "sv": "Läget {}: det som börjat eller kan ha börjat senast då, märkt som avslutat eller aktuellt.",
        "en": "As of {}: what had begun or may have begun by then, marked as past or current.",
    },
}


@dataclass(frozen=True, slots=True)
class When:
    """The time that a command is limited to: ``text`` as given (EDTF), its first and last day."""

    text: str
    first: Day
    last: Day
    period: bool
    """Whether it is ``--year``, a period; else ``--as-of``, of which the last day counts."""

    @classmethod
    def of(cls, *, year: str | None = None, as_of: str | None = None) -> When | None:
        """The time of the two options, None where neither is given (or empty).

        Raises :class:`UsageError` where both are, and for what is no EDTF time.
        """
        if year and as_of:
            raise UsageError("--as-of and --year exclude each other")
        text = year or as_of
        if not text:
            return None
        try:
            first, last = time.parse_period(text)
        except time.EdtfError as error:
            raise UsageError(f"{'--year' if year else '--as-of'}: {error}") from error
        return cls(text, first, last, bool(year))

    @property
    def reach(self) -> tuple[Day, Day]:
        """Two days: kept is what may have begun by the second and may not have ended before the first."""
        return (self.first if self.period else time.MIN, self.last)

    def mark(self, bounds: Bounds, *, unsettled: bool = False) -> str | None:
        """How something stands then: a key of :data:`MARKS`, empty for no mark, None if it is left out.

        ``unsettled`` is true of one reading of an ambiguous source.
        """
        if time.holds(bounds, *self.reach) is Holds.NOT:
            return None
        if not self.period and time.state(bounds, self.last) == "past":
            return "past"
        first = self.first if self.period else self.last
        certain = time.holds(bounds, first, self.last) is Holds.CERTAINLY and not unsettled
        return ("" if certain else "possibly") if self.period else "current" if certain else "perhaps"

    @property
    def option(self) -> str:
        """It as an option of the command line."""
        return f"--{'year' if self.period else 'as-of'} {self.text}"

    def told(self, lang: str) -> str:
        """What is kept and how it is marked, as a sentence in Swedish or English."""
        return _TOLD[self.period][lang].format(time.phrase(self.text, lang))
