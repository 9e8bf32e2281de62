"""EDTF text <-> bounds, and the three-valued rule of what holds when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date as Day
from datetime import timedelta
from enum import Enum
from functools import lru_cache
from typing import Literal

MIN = Day(1, 1, 1)
MAX = Day(9999, 12, 31)

_UNIT = Literal["century", "decade", "year", "season", "month", "day"]
_PART = re.compile(r"(\d{4}|\d{3}X|\d\dXX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([~?%]?)", re.ASCII)
_SEASON_STARTS = {21: 3, 22: 6, 23: 9, 24: 12}

_MONTHS = {
    "sv": "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december",
    "en": "January|February|March|April|May|June|July|August|September|October|November|December",
}


class EdtfError(ValueError):
    """A time that cannot be read, or times that contradict each other; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Span:
    """Some day from ``lo`` to ``hi``, both included."""

    lo: Day
    hi: Day


@dataclass(frozen=True, slots=True)
class Date:
    """One date as written, and the days on which the time it names may begin and end.

    ``month`` and ``day`` are 0 where they are not stated; a month of 21 to 24 is a season. ``unit`` is what
    the text names; ``vague`` is true where X leaves open which one. ``mark`` is one of ``~ ? %`` or empty.
    """

    begin: Span
    end: Span
    year: int
    month: int
    day: int
    unit: _UNIT
    vague: bool
    mark: str

    @property
    def plain(self) -> bool:
        """Whether the text names one time, without doubt."""
        return not (self.mark or self.vague)


@dataclass(frozen=True, slots=True)
class Interval:
    """An EDTF text that was read: ``begin`` and ``end`` hold the days on which it may begin and end.

    ``first`` and ``last`` are the dates it is written with: the same one twice for a plain date, None where
    a side is open or unknown.
    """

    text: str
    kind: Literal["date", "interval", "set"]
    first: Date | None
    last: Date | None
    begin: Span
    end: Span

    @property
    def outer(self) -> Span:
        """From the earliest day to the latest day that the text allows."""
        return Span(self.begin.lo, self.end.hi)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is known of when something begins and ends; unbounded is ``MIN`` or ``MAX``."""

    earliest_begin: Day = MIN
    latest_begin: Day = MAX
    earliest_end: Day = MIN
    latest_end: Day = MAX


class Holds(Enum):
    """The three answers to whether something holds in a period."""

    CERTAINLY = "certainly"
    POSSIBLY = "possibly"
    NOT = "not"


@lru_cache(maxsize=4096)
def parse(text: str) -> Interval:
    """Read an EDTF text; EdtfError says what is wrong with it."""
    if text.startswith("[") and text.endswith("]") and text.count("..") == 1:
        first, last = (_date(side) if side else None for side in text[1:-1].split(".."))
        _check_order(text, first, last)
        whole = Span(first.begin.lo if first else MIN, last.end.hi if last else MAX)
        return Interval(text, "set", first, last, whole, whole)
    if "/" in text:
        left, _, right = text.partition("/")
        first, last = (None if side in ("", "..") else _date(side) for side in (left, right))
        _check_order(text, first, last)
        lo, hi = first.begin.lo if first else MIN, last.end.hi if last else MAX
        begin = Span(lo, min(first.begin.hi if first else MAX, hi))
        end = Span(max(last.end.lo if last else MIN, lo), hi)
        return Interval(text, "interval", first, last, begin, end)
    only = _date(text)
    return Interval(text, "date", only, only, only.begin, only.end)


def parse_period(text: str) -> tuple[Day, Day]:
    """The first and the last day of a period (``--year``, ``--as-of``, a document's period)."""
    outer = parse(text).outer
    return outer.lo, outer.hi


def _check_order(text: str, first: Date | None, last: Date | None) -> None:
    if first is None and last is None:
        raise EdtfError(f"'{text}' names no date")
    if first and last and first.begin.lo > last.end.hi:
        raise EdtfError(f"'{text}' ends before it begins")


def _date(text: str) -> Date:
    found = _PART.fullmatch(text)
    if not found:
        shown = text if len(text) <= 40 else text[:39] + "…"
        ways = "2019, 2019-12, 2019-12-24, 2019-23 (autumn), 2019~ (about) or 2018/2021"
        raise EdtfError(f"{shown!r} is no date: write {ways}")
    century, month_text, day_text, mark = found[1], found[2] or "", found[3] or "", found[4]
    vague = "X" in text
    if ("X" in century and month_text) or (month_text == "XX" and day_text not in ("", "XX")):
        raise EdtfError(f"{text} is too vague: X may stand for the last digits only")
    if vague and mark:
        raise EdtfError(f"{text} is too vague: a date with X takes no '{mark}'")
    year = int(century.replace("X", "0"))
    if year == 0 and "X" not in century:
        raise EdtfError(f"{text} is no date: years go from 0001 to 9999")
    month = int(month_text) if month_text.isdigit() else 0
    if month_text.isdigit() and not (1 <= month <= 12 or month in _SEASON_STARTS):
        raise EdtfError(f"{text} is no date: months go from 01 to 12, seasons from 21 to 24")
    if month > 12 and day_text:
        raise EdtfError(f"{text} is no date: a season has no days")
    day = int(day_text) if day_text.isdigit() else 0
    if month and day_text.isdigit():
        length = _months(year * 12 + month, 1)[1].day
        if not 1 <= day <= length:
            raise EdtfError(f"{text} is no date: {month_name(month, 'en')} {year:04} has {length} days")
    unit: _UNIT = "century" if century.endswith("XX") else "decade" if century.endswith("X") else "year"
    if day_text:
        unit = "day"
    elif month_text:
        unit = "season" if month > 12 else "month"
    begin, end = _days(unit, year, month, day, widen=bool(mark))
    return Date(begin, end, year, month, day, unit, vague, mark)


def _days(unit: _UNIT, year: int, month: int, day: int, *, widen: bool) -> tuple[Span, Span]:
    """The days on which a date may begin and end: of the first and of the last unit that it may mean."""
    if unit == "day" and day:
        lo = hi = Day(year, month, day)
        if widen:
            lo, hi = lo - timedelta(lo > MIN), hi + timedelta(hi < MAX)
        return Span(lo, hi), Span(lo, hi)
    if unit == "day":  # 2019-12-XX, 2019-XX-XX: any day of the month or the year
        whole = Span(*_months(year * 12 + (month or 1), 1 if month else 12))
        return whole, whole
    step = {"month": 1, "season": 3}.get(unit, 12)
    lowest, highest = max(year, 1), year + {"century": 99, "decade": 9}.get(unit, 0)
    month = _SEASON_STARTS.get(month, month)
    start, until = lowest * 12 + (month or 1), highest * 12 + (month or 1)
    if unit == "month" and not month:  # 2019-XX: any month of the year
        until += 11
    if widen:
        start, until = start - step, until + step
    (first_lo, last_lo), (first_hi, last_hi) = _months(start, step), _months(until, step)
    return Span(first_lo, first_hi), Span(last_lo, last_hi)


def _months(number: int, count: int) -> tuple[Day, Day]:
    """First and last day of ``count`` months from ``number`` (year * 12 + month), within MIN and MAX."""
    after = number + count
    last = MIN if after <= 13 else MAX if after > 9999 * 12 + 12 else _month_start(after) - timedelta(1)
    return _month_start(number), last


def _month_start(number: int) -> Day:
    year, month = divmod(number - 1, 12)
    return MIN if year < 1 else MAX if year > 9999 else Day(year, month + 1, 1)


def bounds(
    *,
    from_: str | None = None,
    to: str | None = None,
    date: str | None = None,
    during: str | None = None,
    observed_in: str | None = None,
    whole: bool = False,
) -> Bounds:
    """The bounds that the time keys of one record set together; ``whole`` for assessments and counts.

    ``from`` and ``to`` bound begin and end, ``date`` both (an event within the time named); ``during`` and
    ``observedIn`` say only that it had begun and had not ended, except that of an assessment or a count
    (``whole``) ``during`` is begin and end themselves. EdtfError if no time can meet all of them.
    """
    least_begin, most_begin, least_end, most_end = [MIN], [MAX], [MIN], [MAX]
    if from_ is not None:
        outer = parse(from_).outer
        least_begin.append(outer.lo)
        most_begin.append(outer.hi)
    if to is not None:
        outer = parse(to).outer
        least_end.append(outer.lo)
        most_end.append(outer.hi)
    if date is not None:
        outer = parse(date).outer
        for least, most in ((least_begin, most_begin), (least_end, most_end)):
            least.append(outer.lo)
            most.append(outer.hi)
    if during is not None:
        period = parse(during)
        most_begin.append(period.begin.hi)
        least_end.append(period.end.lo)
        if whole:
            least_begin.append(period.begin.lo)
            most_end.append(period.end.hi)
    if observed_in is not None:
        period = parse(observed_in)
        if period.last is None:
            raise EdtfError(f"observedIn needs a period that ends, not '{observed_in}'")
        most_begin.append(period.end.hi)
        least_end.append(period.end.lo)
    earliest_begin, latest_end = max(least_begin), min(most_end)
    latest_begin, earliest_end = min(*most_begin, latest_end), max(*least_end, earliest_begin)
    if earliest_begin > latest_end:
        raise EdtfError(f"it ends (by {latest_end}) before it begins ({earliest_begin} at the earliest)")
    if earliest_begin > latest_begin:
        raise EdtfError(f"it begins {earliest_begin} at the earliest, and yet had begun by {latest_begin}")
    if earliest_end > latest_end:
        raise EdtfError(f"it ends by {latest_end}, and yet lasted until {earliest_end} at the least")
    return Bounds(earliest_begin, latest_begin, earliest_end, latest_end)


def holds(bounds: Bounds, lo: Day, hi: Day) -> Holds:
    """Whether something holds in the period from ``lo`` to ``hi`` (for a single day both are that day)."""
    if bounds.latest_begin <= hi and bounds.earliest_end >= lo:
        return Holds.CERTAINLY
    if bounds.earliest_begin <= hi and bounds.latest_end >= lo:
        return Holds.POSSIBLY
    return Holds.NOT


def state(bounds: Bounds, day: Day) -> Literal["future", "current", "past"]:
    """How something stands on a day; "current" is everything that is not certainly past or still to come."""
    if bounds.latest_end < day:
        return "past"
    return "future" if bounds.earliest_begin > day else "current"


def month_name(month: int, lang: str) -> str:
    """The month (1 to 12) in Swedish or English."""
    return _MONTHS[lang].split("|")[month - 1]
