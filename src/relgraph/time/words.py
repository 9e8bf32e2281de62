"""Dates and periods in words, in Swedish and English."""

from __future__ import annotations

from datetime import date as Day
from datetime import timedelta

from relgraph.time.edtf import Date, Interval, month_name, parse

_SEASONS = {"sv": ("våren", "sommaren", "hösten", "vintern"), "en": ("spring", "summer", "autumn", "winter")}


def phrase(text: str, lang: str) -> str:
    """A date in words, without preposition: "oktober 2019", "about 2019", "2021 or 2022"."""
    return _phrase(parse(text), _language(lang))


def when(
    from_: str | None = None,
    to: str | None = None,
    date: str | None = None,
    during: str | None = None,
    lang: str = "en",
    *,
    as_of: Day | None = None,
) -> str:
    """A time in words with its preposition: "sedan 2011", "in October 2019"; empty if there is none.

    ``as_of`` keeps "since" from what has not begun by that day: it is "from" then.
    """
    lang = _language(lang)
    only = date or during
    if from_ and from_ == to:
        only, from_, to = from_, None, None
    if not from_ and not to:
        return _at(parse(only), lang) if only else ""
    begin, end = (parse(text) if text else None for text in (from_, to))
    from_word, to_word = ("från", "till") if lang == "sv" else ("from", "to")
    since, until = ("sedan", "till") if lang == "sv" else ("since", "until")
    if begin and as_of and begin.outer.lo > as_of:
        since = from_word
    if not begin or not end:
        one = begin or end
        return f"{since if begin else until} {_point(one, lang)}" if one else ""
    if end.kind != "date":
        return f"{since} {_point(begin, lang)}, {until} {_point(end, lang)}"
    first, last = begin.first, end.first
    exact = first and last and begin.kind == "date" and first.plain and last.plain
    if first and last and exact and first.unit == last.unit == "year":
        return _pair(first, last, "–", lang)
    return f"{from_word} {_point(begin, lang)} {to_word} {_point(end, lang)}"


def _language(lang: str) -> str:
    return "sv" if lang.lower().split("-")[0] == "sv" else "en"


def _phrase(time: Interval, lang: str) -> str:
    swedish, first, last = lang == "sv", time.first, time.last
    if first and last and (first == last or time.kind == "date"):
        return _words(first, lang)
    if first and last:
        if time.kind == "set":
            if _adjacent(first, last):
                return _pair(first, last, " eller " if swedish else " or ", lang)
            between, joint = ("mellan", " och ") if swedish else ("between", " and ")
            return f"{between} {_pair(first, last, joint, lang)}"
        if not (first.plain and last.plain):
            from_word, to_word = ("från", "till") if swedish else ("from", "to")
            return f"{from_word} {_words(first, lang)} {to_word} {_words(last, lang)}"
        return _pair(first, last, "–", lang)
    one = first or last
    assert one is not None  # parse refuses a time that names no date
    words, open_side = _words(one, lang), ".." in time.text
    if time.kind == "set":
        tail = ("eller senare", "or later") if first else ("eller tidigare", "or earlier")
        return f"{words} {tail[not swedish]}"
    if open_side:
        form = ("från {} och framåt", "from {} onwards") if first else ("fram till {}", "up to {}")
    elif first:
        form = ("från {}, slutet okänt", "from {}, end unknown")
    else:
        form = ("till {}, början okänd", "until {}, beginning unknown")
    return form[not swedish].format(words)


def _point(time: Interval, lang: str) -> str:
    """A time as one point, to stand after since or until: an interval there means some day within it."""
    if time.kind == "interval":
        first, last = time.first, time.last
        time = Interval("", "set", first, last, time.outer, time.outer)
    words = _phrase(time, lang)
    if words.startswith(("mellan ", "between ")):
        return ("någon gång " if lang == "sv" else "some time ") + words
    return words


def _at(time: Interval, lang: str) -> str:
    """A time with the preposition that an event or a period takes."""
    words, last = _phrase(time, lang), time.last
    one = time.first or last
    assert one is not None  # parse refuses a time that names no date
    if time.kind != "date" and words.startswith(("mellan ", "between ")):
        return _point(time, lang)
    if time.kind == "interval" and words.startswith(("från ", "till ", "fram ", "from ", "until ", "up ")):
        return words
    if time.kind == "interval" and " – " in words and not (last and one.unit == last.unit == "day"):
        return ("under tiden " if lang == "sv" else "in the period ") + words
    if lang == "en":
        if one.unit != "day":
            return f"in {words}"
        return f"on or {words}" if words.startswith("about ") else f"on {words}"
    if words.startswith("omkring ") or one.unit in ("season", "day"):
        return words
    return f"{'i' if one.unit == 'month' and not one.vague else 'under'} {words}"


def _words(date: Date, lang: str) -> str:
    """One date in words, with what is uncertain about it."""
    swedish = lang == "sv"
    words = _vague(date, lang) if date.vague else _name(date, lang)
    if date.mark in ("~", "%"):
        words = f"{'omkring' if swedish else 'about'} {words}"
    if date.mark in ("?", "%"):
        words = f"{words} ({'osäkert' if swedish else 'uncertain'})"
    return words


def _name(date: Date, lang: str, *, year: bool = True, month: bool = True, article: bool = True) -> str:
    """A date in words; the parts that it shares with the date beside it can be left out."""
    words = [str(date.day)] if date.day else []
    if date.day and article and lang == "sv":
        words.insert(0, "den")
    if date.month > 12:
        words.append(_SEASONS[lang][date.month - 21])
    elif date.month and month:
        words.append(month_name(date.month, lang))
    if year:  # a winter ends in the year after the one it is named by
        words.append(f"{date.year}–{date.year + 1}" if date.month == 24 else str(date.year))
    return " ".join(words)


def _vague(date: Date, lang: str) -> str:
    swedish, low = lang == "sv", date.year
    if date.unit in ("century", "decade"):
        high = low + (99 if date.unit == "century" else 9)
        if date.unit == "decade" and low % 100:
            return f"ett okänt år på {low}-talet" if swedish else f"an unknown year in the {low}s"
        low = max(low, 1)
        return f"ett okänt år {low}–{high}" if swedish else f"an unknown year in {low}–{high}"
    if date.unit == "month":
        return f"en okänd månad {low}" if swedish else f"an unknown month of {low}"
    if date.month:
        month = f"{month_name(date.month, lang)} {low}"
        return f"en okänd dag i {month}" if swedish else f"an unknown day in {month}"
    return f"en okänd dag {low}" if swedish else f"an unknown day in {low}"


def _adjacent(first: Date, last: Date) -> bool:
    same = first.plain and last.plain and first.unit == last.unit
    return same and last.begin.lo - first.end.hi == timedelta(1)


def _pair(first: Date, last: Date, joint: str, lang: str) -> str:
    """Two dates joined, what they share said once: "oktober–december 2019", "den 1 eller 2 maj 2019"."""
    same = first.unit == last.unit and first.plain and last.plain
    wide = " – " if joint == "–" else joint
    if not same or (first.unit != "year" and (first.year != last.year or 24 in (first.month, last.month))):
        return f"{_words(first, lang)}{wide}{_words(last, lang)}"
    if first.unit == "day" and first.month != last.month:
        return f"{_name(first, lang, year=False)}{wide}{_name(last, lang, article=joint != '–')}"
    if first.unit == "day":
        return f"{_name(first, lang, year=False, month=False)}{joint}{_name(last, lang, article=False)}"
    return f"{_name(first, lang, year=first.unit == 'year')}{joint}{_name(last, lang)}"
