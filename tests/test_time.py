"""Time: what a text allows, what holds when, and dates in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from relgraph.time import (
    MAX,
    MIN,
    Bounds,
    EdtfError,
    Holds,
    bounds,
    holds,
    parse,
    parse_period,
    phrase,
    state,
    when,
)


def day(text: str) -> date:
    return {"min": MIN, "max": MAX}.get(text) or date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("1987", "1987-01-01 1987-01-01", "1987-12-31 1987-12-31"),
        ("2019-12", "2019-12-01 2019-12-01", "2019-12-31 2019-12-31"),
        ("2020-02", "2020-02-01 2020-02-01", "2020-02-29 2020-02-29"),
        ("2000-02-29", "2000-02-29 2000-02-29", "2000-02-29 2000-02-29"),
        ("2019~", "2018-01-01 2020-01-01", "2018-12-31 2020-12-31"),
        ("2019?", "2018-01-01 2020-01-01", "2018-12-31 2020-12-31"),
        ("2019%", "2018-01-01 2020-01-01", "2018-12-31 2020-12-31"),
        ("2019-12~", "2019-11-01 2020-01-01", "2019-11-30 2020-01-31"),
        ("2020-02-29~", "2020-02-28 2020-03-01", "2020-02-28 2020-03-01"),
        ("2019-21", "2019-03-01 2019-03-01", "2019-05-31 2019-05-31"),
        ("2019-22", "2019-06-01 2019-06-01", "2019-08-31 2019-08-31"),
        ("2019-23", "2019-09-01 2019-09-01", "2019-11-30 2019-11-30"),
        ("2019-24", "2019-12-01 2019-12-01", "2020-02-29 2020-02-29"),
        ("2019-23?", "2019-06-01 2019-12-01", "2019-08-31 2020-02-29"),
        ("201X", "2010-01-01 2019-01-01", "2010-12-31 2019-12-31"),
        ("19XX", "1900-01-01 1999-01-01", "1900-12-31 1999-12-31"),
        ("2019-XX", "2019-01-01 2019-12-01", "2019-01-31 2019-12-31"),
        ("2020-02-XX", "2020-02-01 2020-02-29", "2020-02-01 2020-02-29"),
        ("2019-XX-XX", "2019-01-01 2019-12-31", "2019-01-01 2019-12-31"),
        ("2018/2021", "2018-01-01 2018-01-01", "2021-12-31 2021-12-31"),
        ("2018~/2021-03", "2017-01-01 2019-01-01", "2021-03-31 2021-03-31"),
        ("2018/..", "2018-01-01 2018-01-01", "2018-01-01 max"),
        ("2018/", "2018-01-01 2018-01-01", "2018-01-01 max"),
        ("../2018", "min 2018-12-31", "2018-12-31 2018-12-31"),
        ("/2018", "min 2018-12-31", "2018-12-31 2018-12-31"),
        ("[2021..2022]", "2021-01-01 2022-12-31", "2021-01-01 2022-12-31"),
        ("[2021-06..]", "2021-06-01 max", "2021-06-01 max"),
        ("[..2022]", "min 2022-12-31", "min 2022-12-31"),
        ("0001~", "min 0002-01-01", "min 0002-12-31"),
        ("9999~", "9998-01-01 max", "9998-12-31 max"),
        ("9999-11", "9999-11-01 9999-11-01", "9999-11-30 9999-11-30"),
        ("9999-24", "9999-12-01 9999-12-01", "max max"),
        ("9999-12-31~", "9999-12-30 max", "9999-12-30 max"),
        ("0001-01-01?", "min 0001-01-02", "min 0001-01-02"),
        ("000X", "min 0009-01-01", "0001-12-31 0009-12-31"),
    ],
)
def test_what_a_text_allows(text: str, begin: str, end: str) -> None:
    time = parse(text)
    assert [time.begin.lo, time.begin.hi] == [day(d) for d in begin.split()]
    assert [time.end.lo, time.end.hi] == [day(d) for d in end.split()]
    assert time.text == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2019-02-30", "2019-02-30 is no date: February 2019 has 28 days"),
        ("1900-02-29", "1900-02-29 is no date: February 1900 has 28 days"),
        ("2020-02-30", "2020-02-30 is no date: February 2020 has 29 days"),
        ("2019-04-31", "2019-04-31 is no date: April 2019 has 30 days"),
        ("9999-12-32", "9999-12-32 is no date: December 9999 has 31 days"),
        ("2019-12-00", "2019-12-00 is no date: December 2019 has 31 days"),
        ("2019-13", "2019-13 is no date: months go from 01 to 12, seasons from 21 to 24"),
        ("2019-00", "2019-00 is no date: months go from 01 to 12, seasons from 21 to 24"),
        ("2019-25", "2019-25 is no date: months go from 01 to 12, seasons from 21 to 24"),
        ("2019-21-05", "2019-21-05 is no date: a season has no days"),
        ("2019-21-XX", "2019-21-XX is no date: a season has no days"),
        ("0000", "0000 is no date: years go from 0001 to 9999"),
        ("0000-XX", "0000-XX is no date: years go from 0001 to 9999"),
        ("201X-05", "201X-05 is too vague: X may stand for the last digits only"),
        ("2019-XX-05", "2019-XX-05 is too vague: X may stand for the last digits only"),
        ("201X~", "201X~ is too vague: a date with X takes no '~'"),
        ("2021/2019", "'2021/2019' ends before it begins"),
        ("[2022..2021]", "'[2022..2021]' ends before it begins"),
        ("[..]", "'[..]' names no date"),
        ("/", "'/' names no date"),
        ("../..", "'../..' names no date"),
    ],
)
def test_what_is_wrong_is_said(text: str, message: str) -> None:
    with pytest.raises(EdtfError) as caught:
        parse(text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "text",
    ["", " ", "x", "19", "2019-1", " 2019", "2019\n", "-2019", "Y12000", "٢٠١٩", "2019~~", "~2019", "[2019]",
     "2XXX",
     "2018/2019/2020", "[2018..2019..2020]", "{2018,2019}", "2019-12-24T10:00", "2018 / 2021", "2019--"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(EdtfError, match=r"is no date: write 2019, 2019-12"):
        parse(text)


def test_the_message_shortens_a_long_text() -> None:
    with pytest.raises(EdtfError) as caught:
        parse("9" * 5000)
    assert len(str(caught.value)) < 160


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({}, "min max min max"),
        ({"from_": "2011"}, "2011-01-01 2011-12-31 2011-01-01 max"),
        ({"to": "2018"}, "min 2018-12-31 2018-01-01 2018-12-31"),
        ({"from_": "2011", "to": "2014-06"}, "2011-01-01 2011-12-31 2014-06-01 2014-06-30"),
        ({"from_": "2011", "to": "[2021..2022]"}, "2011-01-01 2011-12-31 2021-01-01 2022-12-31"),
        ({"from_": "2018/.."}, "2018-01-01 max 2018-01-01 max"),
        ({"from_": "2018/2020"}, "2018-01-01 2020-12-31 2018-01-01 max"),
        ({"from_": "2019~"}, "2018-01-01 2020-12-31 2018-01-01 max"),
        ({"date": "2019"}, "2019-01-01 2019-12-31 2019-01-01 2019-12-31"),
        ({"date": "2019-12-24"}, "2019-12-24 2019-12-24 2019-12-24 2019-12-24"),
        ({"during": "2019"}, "min 2019-01-01 2019-12-31 max"),
        ({"during": "2019", "whole": True}, "2019-01-01 2019-01-01 2019-12-31 2019-12-31"),
        ({"during": "2019~"}, "min 2020-01-01 2018-12-31 max"),
        ({"during": "2018/.."}, "min 2018-01-01 2018-01-01 max"),
        ({"during": "../2018", "whole": True}, "min 2018-12-31 2018-12-31 2018-12-31"),
        ({"observed_in": "2019"}, "min 2019-12-31 2019-12-31 max"),
        ({"observed_in": "2019-03"}, "min 2019-03-31 2019-03-31 max"),
        ({"from_": "2011", "observed_in": "2019"}, "2011-01-01 2011-12-31 2019-12-31 max"),
        ({"to": "2019", "observed_in": "2019"}, "min 2019-12-31 2019-12-31 2019-12-31"),
        ({"from_": "2019", "to": "2019"}, "2019-01-01 2019-12-31 2019-01-01 2019-12-31"),
        ({"from_": "2019-06", "to": "2019"}, "2019-06-01 2019-06-30 2019-06-01 2019-12-31"),
        ({"from_": "2019", "to": "2019-06"}, "2019-01-01 2019-06-30 2019-06-01 2019-06-30"),
    ],
)
def test_bounds(keys: dict[str, object], expected: str) -> None:
    assert bounds(**keys) == Bounds(*(day(d) for d in expected.split()))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"from_": "2019", "to": "2018"}, "it ends (by 2018-12-31) before it begins (2019-01-01"),
        (
            {"from_": "2020", "observed_in": "2019"},
            "it begins 2020-01-01 at the earliest, and yet had begun by 2019-12-31",
        ),
        (
            {"from_": "2019-06", "during": "2019"},
            "it begins 2019-06-01 at the earliest, and yet had begun by 2019-01-01",
        ),
        (
            {"to": "2018", "observed_in": "2019"},
            "it ends by 2018-12-31, and yet lasted until 2019-12-31 at the least",
        ),
        ({"observed_in": "2019/.."}, "observedIn needs a period that ends, not '2019/..'"),
        ({"from_": "nyss"}, "'nyss' is no date"),
    ],
)
def test_times_that_contradict_each_other(keys: dict[str, str], message: str) -> None:
    with pytest.raises(EdtfError) as caught:
        bounds(**keys)  # type: ignore[arg-type]
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("keys", "period", "expected"),
    [
        ({"from_": "2011"}, "2010", Holds.NOT),
        ({"from_": "2011"}, "2011", Holds.CERTAINLY),
        ({"from_": "2011"}, "2011-06-01", Holds.POSSIBLY),
        ({"from_": "2011"}, "2015", Holds.POSSIBLY),  # that it lasted is not said
        ({"from_": "2011", "observed_in": "2019"}, "2015", Holds.CERTAINLY),
        ({"from_": "2011", "observed_in": "2019"}, "2019-12-31", Holds.CERTAINLY),
        ({"from_": "2011", "observed_in": "2019"}, "2020", Holds.POSSIBLY),
        ({"observed_in": "2019"}, "2019", Holds.CERTAINLY),
        ({"observed_in": "2019"}, "2018", Holds.POSSIBLY),
        ({"during": "2019"}, "2019-05-05", Holds.CERTAINLY),
        ({"during": "2019"}, "2020", Holds.POSSIBLY),
        ({"during": "2019", "whole": True}, "2020", Holds.NOT),
        ({"date": "2019"}, "2019", Holds.CERTAINLY),
        ({"date": "2019"}, "2019-05-05", Holds.POSSIBLY),
        ({"date": "2019~"}, "2019", Holds.POSSIBLY),
        ({"date": "2019"}, "2018", Holds.NOT),
        ({"during": "2018/.."}, "2050", Holds.POSSIBLY),
        ({}, "2019", Holds.POSSIBLY),
    ],
)
def test_what_holds_when(keys: dict[str, object], period: str, expected: Holds) -> None:
    assert holds(bounds(**keys), *parse_period(period)) is expected  # type: ignore[arg-type]


def test_past_current_and_future() -> None:
    time = bounds(from_="2011", to="2014")
    expected = {
        "2010-12-31": "future",
        "2011-01-01": "current",
        "2014-12-31": "current",
        "2015-01-01": "past",
    }
    assert {d: state(time, day(d)) for d in expected} == expected
    assert state(bounds(), day("2019-12-31")) == "current"


WORDS = [
    ("2019", "2019", "under 2019", "2019", "in 2019"),
    ("0987", "987", "under 987", "987", "in 987"),
    ("2019-10", "oktober 2019", "i oktober 2019", "October 2019", "in October 2019"),
    ("2019-12-24", "den 24 december 2019", "den 24 december 2019", "24 December 2019", "on 24 December 2019"),
    ("2019-23", "hösten 2019", "hösten 2019", "autumn 2019", "in autumn 2019"),
    ("2019-24", "vintern 2019–2020", "vintern 2019–2020", "winter 2019–2020", "in winter 2019–2020"),
    ("2019~", "omkring 2019", "omkring 2019", "about 2019", "in about 2019"),
    ("2019-12-24~", "omkring den 24 december 2019", "omkring den 24 december 2019", "about 24 December 2019",
     "on or about 24 December 2019"),
    ("2019?", "2019 (osäkert)", "under 2019 (osäkert)", "2019 (uncertain)", "in 2019 (uncertain)"),
    ("2019%", "omkring 2019 (osäkert)", "omkring 2019 (osäkert)", "about 2019 (uncertain)",
     "in about 2019 (uncertain)"),
    ("201X", "ett okänt år på 2010-talet", "under ett okänt år på 2010-talet", "an unknown year in the 2010s",
     "in an unknown year in the 2010s"),
    ("20XX", "ett okänt år 2000–2099", "under ett okänt år 2000–2099", "an unknown year in 2000–2099",
     "in an unknown year in 2000–2099"),
    ("2019-XX", "en okänd månad 2019", "under en okänd månad 2019", "an unknown month of 2019",
     "in an unknown month of 2019"),
    ("2019-12-XX", "en okänd dag i december 2019", "en okänd dag i december 2019",
     "an unknown day in December 2019", "on an unknown day in December 2019"),
    ("2018/2021", "2018–2021", "under 2018–2021", "2018–2021", "in 2018–2021"),
    ("2019-10/2019-12", "oktober–december 2019", "i oktober–december 2019", "October–December 2019",
     "in October–December 2019"),
    ("2019-10/2020-03", "oktober 2019 – mars 2020", "under tiden oktober 2019 – mars 2020",
     "October 2019 – March 2020", "in the period October 2019 – March 2020"),
    ("2019-10-01/2019-10-03", "den 1–3 oktober 2019", "den 1–3 oktober 2019", "1–3 October 2019",
     "on 1–3 October 2019"),
    ("2019-11-30/2019-12-02", "den 30 november – 2 december 2019", "den 30 november – 2 december 2019",
     "30 November – 2 December 2019", "on 30 November – 2 December 2019"),
    ("2018~/2021", "från omkring 2018 till 2021", "från omkring 2018 till 2021", "from about 2018 to 2021",
     "from about 2018 to 2021"),
    ("2018/..", "från 2018 och framåt", "från 2018 och framåt", "from 2018 onwards", "from 2018 onwards"),
    ("2018/", "från 2018, slutet okänt", "från 2018, slutet okänt", "from 2018, end unknown",
     "from 2018, end unknown"),
    ("../2018", "fram till 2018", "fram till 2018", "up to 2018", "up to 2018"),
    ("/2018", "till 2018, början okänd", "till 2018, början okänd", "until 2018, beginning unknown",
     "until 2018, beginning unknown"),
    ("[2021..2022]", "2021 eller 2022", "under 2021 eller 2022", "2021 or 2022", "in 2021 or 2022"),
    ("[2019..2022]", "mellan 2019 och 2022", "någon gång mellan 2019 och 2022", "between 2019 and 2022",
     "some time between 2019 and 2022"),
    ("[2019-11..2019-12]", "november eller december 2019", "i november eller december 2019",
     "November or December 2019", "in November or December 2019"),
    ("[2019-11-30..2019-12-01]", "den 30 november eller den 1 december 2019",
     "den 30 november eller den 1 december 2019", "30 November or 1 December 2019",
     "on 30 November or 1 December 2019"),
    ("[2021..]", "2021 eller senare", "under 2021 eller senare", "2021 or later", "in 2021 or later"),
    ("[..2022]", "2022 eller tidigare", "under 2022 eller tidigare", "2022 or earlier", "in 2022 or earlier"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "swedish", "when_swedish", "english", "when_english"), WORDS)
def test_dates_in_words(text: str, swedish: str, when_swedish: str, english: str, when_english: str) -> None:
    assert phrase(text, "sv") == swedish
    assert phrase(text, "en-GB") == english
    assert when(date=text, lang="sv-SE") == when(during=text, lang="sv") == when_swedish
    assert when(date=text) == when(during=text, lang="en") == when_english


@pytest.mark.parametrize(
    ("from_", "to", "swedish", "english"),
    [
        ("2011", None, "sedan 2011", "since 2011"),
        (None, "2018", "till 2018", "until 2018"),
        ("2011", "2014", "2011–2014", "2011–2014"),
        ("2011", "2011", "under 2011", "in 2011"),
        ("2011-10", "2014", "från oktober 2011 till 2014", "from October 2011 to 2014"),
        ("2011~", "2014", "från omkring 2011 till 2014", "from about 2011 to 2014"),
        ("2019-12-24", None, "sedan den 24 december 2019", "since 24 December 2019"),
        ("2018", "[2021..2022]", "sedan 2018, till 2021 eller 2022", "since 2018, until 2021 or 2022"),
        (
            "[2019..2022]",
            None,
            "sedan någon gång mellan 2019 och 2022",
            "since some time between 2019 and 2022",
        ),
        ("2018/2021", None, "sedan någon gång mellan 2018 och 2021", "since some time between 2018 and 2021"),
        ("2018/..", None, "sedan 2018 eller senare", "since 2018 or later"),
        ("[..2014]", None, "sedan 2014 eller tidigare", "since 2014 or earlier"),
        (None, None, "", ""),
    ],
)
def test_what_lasts_in_words(from_: str | None, to: str | None, swedish: str, english: str) -> None:
    assert when(from_, to, None, None, "sv") == swedish
    assert when(from_, to, None, None, "en") == english


def test_what_has_not_begun_is_not_since() -> None:
    assert when("2020", lang="en", as_of=day("2019-12-31")) == "from 2020"
    assert when("2020", lang="sv", as_of=day("2019-12-31")) == "från 2020"
    assert when("2019-12~", lang="en", as_of=day("2019-12-31")) == "since about December 2019"


days = st.dates()
years = st.integers(1, 9999).map(lambda y: f"{y:04}")
simple = st.one_of(
    years,
    days.map(lambda d: d.isoformat()),
    days.map(lambda d: d.isoformat()[:7]),
    st.tuples(years, st.integers(21, 24)).map(lambda pair: f"{pair[0]}-{pair[1]}"),
)
points = st.one_of(simple, st.tuples(simple, st.sampled_from("~?%")).map("".join))


@st.composite
def times(draw: st.DrawFn) -> str:
    first, last = sorted(draw(st.tuples(points, points)), key=lambda text: parse(text).begin.lo)
    forms = [
        first,
        f"{first}/{last}",
        f"{first}/..",
        f"{first}/",
        f"../{last}",
        f"[{first}..{last}]",
        f"[{first}..]",
    ]
    return draw(st.sampled_from(forms))


keys = st.fixed_dictionaries(
    {}, optional={"from_": times(), "to": times(), "date": times(), "during": times(), "observed_in": times()}
)


def bounds_or_none(given_keys: dict[str, str], *, whole: bool) -> Bounds | None:
    try:
        return bounds(**given_keys, whole=whole)
    except EdtfError:
        return None


@settings(deadline=None)  # two busy cores
@given(st.text(alphabet="0129-/.~?%X[] x", max_size=24))
def test_reading_gives_a_time_or_an_edtf_error(text: str) -> None:
    try:
        time = parse(text)
    except EdtfError:
        return
    assert time.begin.lo <= time.begin.hi <= time.end.hi
    assert time.begin.lo <= time.end.lo <= time.end.hi
    assert phrase(text, "sv")
    assert phrase(text, "en")


@settings(deadline=None)  # two busy cores
@given(keys, st.booleans())
def test_bounds_are_in_order(given_keys: dict[str, str], whole: bool) -> None:
    time = bounds_or_none(given_keys, whole=whole)
    assume(time is not None)
    assert time is not None
    assert time.earliest_begin <= time.latest_begin <= time.latest_end
    assert time.earliest_begin <= time.earliest_end <= time.latest_end


@settings(deadline=None)  # two busy cores
@given(keys, st.booleans(), st.tuples(days, days, days, days))
def test_certainly_implies_possibly_and_a_longer_period_never_holds_less(
    given_keys: dict[str, str], whole: bool, four: tuple[date, ...]
) -> None:
    time = bounds_or_none(given_keys, whole=whole)
    assume(time is not None)
    assert time is not None
    lo, inner_lo, inner_hi, hi = sorted(four)
    rank = [Holds.NOT, Holds.POSSIBLY, Holds.CERTAINLY]
    outer, inner = holds(time, lo, hi), holds(time, inner_lo, inner_hi)
    assert rank.index(outer) >= rank.index(inner)
    if outer is Holds.CERTAINLY:
        assert time.earliest_begin <= hi
        assert time.latest_end >= lo


@settings(deadline=None)  # two busy cores
@given(
    keys,
    st.sampled_from(["from_", "to", "date", "during", "observed_in"]),
    simple,
    st.booleans(),
    st.tuples(days, days),
)
def test_doubt_only_widens(
    given_keys: dict[str, str], key: str, text: str, whole: bool, period: tuple[date, date]
) -> None:
    sharp = bounds_or_none(given_keys | {key: text}, whole=whole)
    assume(sharp is not None)
    wide = bounds_or_none(given_keys | {key: text + "~"}, whole=whole)
    assert sharp is not None
    assert wide is not None
    assert wide.earliest_begin <= sharp.earliest_begin
    assert wide.latest_begin >= sharp.latest_begin
    assert wide.earliest_end <= sharp.earliest_end
    assert wide.latest_end >= sharp.latest_end
    if holds(wide, min(period), max(period)) is Holds.CERTAINLY:
        assert holds(sharp, min(period), max(period)) is Holds.CERTAINLY


MONTHS = {
    "sv": ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}
SEASONS = {
    "våren": 21,
    "sommaren": 22,
    "hösten": 23,
    "vintern": 24,
    "spring": 21,
    "summer": 22,
    "autumn": 23,
    "winter": 24,
}


def read_back(words: str, lang: str) -> str:
    """The EDTF text of a date in words, by an independent reading."""
    mark = {(True, False): "~", (False, True): "?", (True, True): "%", (False, False): ""}[
        words.startswith(("omkring ", "about ")), words.endswith(")")
    ]
    parts = [p for p in words.split() if p not in ("omkring", "about", "den", "(osäkert)", "(uncertain)")]
    out = [f"{int(parts[-1].split('–')[0]):04}"]
    for part in reversed(parts[:-1]):
        known = SEASONS.get(part) or (
            MONTHS[lang].index(part[:3]) + 1 if part[:3] in MONTHS[lang] else int(part)
        )
        out.append(f"{known:02}")
    return "-".join(out) + mark


@settings(deadline=None)  # two busy cores
@given(points, st.sampled_from(["sv", "en"]))
def test_words_say_neither_more_nor_less_than_the_text(text: str, lang: str) -> None:
    assert read_back(phrase(text, lang), lang) == text


@settings(deadline=None)  # two busy cores
@given(days, days)
def test_a_period_is_its_first_and_last_day(a: date, b: date) -> None:
    lo, hi = sorted((a, b))
    assert parse_period(f"{lo}/{hi}") == (lo, hi)
    assert parse_period(f"[{lo}..{hi}]") == (lo, hi)
    assert parse_period(str(lo)) == (lo, lo)


@settings(deadline=None)  # two busy cores
@given(st.integers(1, 9998), st.integers(1, 12))
def test_months_and_seasons_leave_no_day_out(year: int, month: int) -> None:
    following = f"{year + month // 12:04}-{month % 12 + 1:02}"
    assert parse_period(f"{year:04}-{month:02}")[1] + timedelta(1) == parse_period(following)[0]
    assert parse_period(f"{year:04}-24")[1] + timedelta(1) == parse_period(f"{year + 1:04}-21")[0]
