"""``--year`` and ``--as-of`` have one meaning: the rule against brute force, and in each way of asking."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date as Day
from datetime import timedelta
from itertools import product

import pytest
from asking import NAMES, Asked
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from running import ROOT, City
from test_question_files import MALMO

from relgraph.answers import Row, ask
from relgraph.bounds import bounds_of, mark_of
from relgraph.errors import UsageError
from relgraph.time import Bounds, EdtfError, Holds, bounds, holds
from relgraph.when import When

# -- the rule, by trying every day ---------------------------------------------------------------------------

#: The days that there are. What is unbounded may lie anywhere in them; nothing asked lies near their ends.
DAYS = [Day(2019, 10, 1) + timedelta(n) for n in range(5 * 31)]
ASKED = [day for day in DAYS if DAYS[20] < day < DAYS[-20]]


def unit_of(day: Day, text: str) -> str:
    """The year, month or day in which a day lies, in the precision of ``text``."""
    return day.isoformat()[: len(text.rstrip("~?%"))]


def readings(text: str) -> Iterator[tuple[set[Day], set[Day]]]:
    """What a text may mean: for each reading the days of its first and the days of its last unit."""
    if text.startswith("["):
        first, last = text.strip("[]").split("..")
        starts, ends = days_of(first), days_of(last)
        within = {d for d in DAYS if (not first or d >= min(starts)) and (not last or d <= max(ends))}
        for day in within:
            yield {day}, {day}
    elif "/" in text:
        first, last = text.split("/")
        yield days_of(first), days_of(last)
    else:
        units = {unit_of(day, text) for day in days_of(text)}
        for unit in units:
            named = {day for day in DAYS if unit_of(day, text) == unit}
            yield named, named


def days_of(text: str) -> set[Day]:
    """The days that a date may lie on: with ~, ? or % also those of the unit before and after."""
    if text in ("", ".."):
        return set(DAYS)
    own = {day for day in DAYS if day.isoformat().startswith(text.rstrip("~?%"))}
    if text[-1] in "~?%":
        near = {unit_of(day + timedelta(step), text) for day in own for step in (-1, 1)}
        own |= {day for day in DAYS if unit_of(day, text) in near}
    return own


def outer(text: str) -> set[Day]:
    """Every day from the first to the last that a text allows; open sides allow all."""
    if "/" in text:
        left, right = (days_of(side) for side in text.split("/"))
    else:
        left = right = {day for first, last in readings(text) for day in (*first, *last)}
    return {day for day in DAYS if min(left) <= day <= max(right)}


def lives(keys: dict[str, str], *, whole: bool) -> list[tuple[Day, Day]]:
    """Each pair of a first and a last day that all the time keys of a record allow."""
    begins, ends = set(DAYS), set(DAYS)
    for key, text in keys.items():
        if key in ("from_", "date"):
            begins &= outer(text)
        if key in ("to", "date"):
            ends &= outer(text)
    found = [(begin, end) for begin, end in product(sorted(begins), sorted(ends)) if begin <= end]
    for key, text in keys.items():
        periods = {(p, q) for first, last in readings(text) for p, q in product(first, last) if p <= q}
        if key == "during":  # it had begun by the first and had not ended by the last day of the period
            firsts, lasts = sides(text, periods)
            found = [(b, e) for b, e in found if b <= max(firsts) and e >= min(lasts)]
            if whole:
                found = [(b, e) for b, e in found if b >= min(firsts) and e <= max(lasts)]
        elif key == "observed_in":
            _, lasts = sides(text, periods)
            found = [(b, e) for b, e in found if any(b <= q <= e for q in lasts)]
    return found


def sides(text: str, periods: set[tuple[Day, Day]]) -> tuple[set[Day], set[Day]]:
    """The days on which a period may begin, and those on which it may end: ends of its units."""
    firsts, lasts = {p for p, _ in periods}, {q for _, q in periods}
    if text.startswith("["):
        return firsts, lasts
    left, right = text.split("/") if "/" in text else (text, text)
    starts = {p for p in firsts if left in ("", "..") or unit_of(p - timedelta(1), left) != unit_of(p, left)}
    ends = {q for q in lasts if right in ("", "..") or unit_of(q + timedelta(1), right) != unit_of(q, right)}
    return starts or {min(firsts)}, ends or {max(lasts)}


inside = st.sampled_from(ASKED)
months = st.sampled_from(["2019-11", "2019-12", "2020-01"])
dates = st.one_of(months, inside.map(Day.isoformat))
doubtful = st.builds("{}{}".format, dates, st.sampled_from(["", "", "~", "?", "%"]))


@st.composite
def times(draw: st.DrawFn) -> str:
    """A text of level 0 or 1 whose days all lie within :data:`DAYS`, or a set of days."""
    # the end first only by the doubt about it ("2020-01/2019-12~") is held for possible where it is certain
    first, last = sorted((draw(doubtful), draw(doubtful)), key=lambda text: text.rstrip("~?%"))
    form = draw(
        st.sampled_from(["{0}", "{0}", "{0}/{1}", "{0}/..", "{0}/", "../{1}", "[{2}..{3}]", "[{2}..]"])
    )
    return form.format(first, last, draw(inside), draw(inside))


KEYS = ["from_", "to", "date", "during", "observed_in"]
given_keys = st.dictionaries(st.sampled_from(KEYS), times(), max_size=2)


def certain(found: list[tuple[Day, Day]], lo: Day, hi: Day) -> bool:
    return all(begin <= hi and end >= lo for begin, end in found)


@settings(deadline=None, max_examples=150)  # two busy cores
@given(given_keys, st.booleans(), st.tuples(inside, inside), st.booleans())
def test_the_rule_is_what_trying_every_day_gives(
    keys: dict[str, str], whole: bool, days: tuple[Day, Day], unsettled: bool
) -> None:
    lo, hi = sorted(days)
    try:
        known = bounds(**keys, whole=whole)
    except EdtfError:
        assume(False)
    found = lives(keys, whole=whole)
    assert found, keys
    possible = any(begin <= hi and end >= lo for begin, end in found)
    expected = Holds.CERTAINLY if certain(found, lo, hi) else Holds.POSSIBLY if possible else Holds.NOT
    assert holds(known, lo, hi) is expected
    year = When(f"{lo}/{hi}", lo, hi, period=True).mark(known, unsettled=unsettled)
    sure = expected is Holds.CERTAINLY and not unsettled
    assert year == (None if not possible else "" if sure else "possibly")
    as_of = When(str(hi), lo, hi, period=False).mark(known, unsettled=unsettled)
    if not any(begin <= hi for begin, _ in found):
        assert as_of is None
    elif all(end < hi for _, end in found):
        assert as_of == "past"
    else:
        assert as_of == ("current" if certain(found, hi, hi) and not unsettled else "perhaps")


@settings(deadline=None)  # two busy cores
@given(given_keys, st.booleans(), st.tuples(inside, inside))
def test_what_two_days_reach_is_what_is_kept(
    keys: dict[str, str], period: bool, days: tuple[Day, Day]
) -> None:
    try:
        known = bounds(**keys, whole=False)
    except EdtfError:
        assume(False)
    first, last = sorted(days)
    when = When("", first, last, period=period)
    lo, hi = when.reach
    assert (when.mark(known) is not None) == (known.earliest_begin <= hi and known.latest_end >= lo)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"year": "2019", "as_of": "2019"}, "exclude each other"),
        ({"year": "2019-13"}, "--year: .*months go from 01 to 12"),
        ({"as_of": "soon"}, "--as-of: 'soon' is no date"),
        ({"as_of": "2019-02-30"}, "--as-of: .*28 days"),
    ],
)
def test_what_cannot_be_read_is_told_with_the_option(options: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        When.of(**options)


def test_the_options_are_read() -> None:
    assert When.of() is None
    assert When.of(year="", as_of="") is None
    assert When.of(as_of="2019") == When("2019", Day(2019, 1, 1), Day(2019, 12, 31), period=False)
    year = When.of(year="2018/2019")
    assert year == When("2018/2019", Day(2018, 1, 1), Day(2019, 12, 31), period=True)
    assert year is not None
    assert year.mark(Bounds()) == "possibly"


# -- one meaning in every way of asking ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def malmo() -> Asked:
    return Asked(ROOT, MALMO)


def rows_of(malmo: Asked, name: str, **time: str) -> dict[tuple[object, ...], tuple[Row, str]]:
    """The rows without how they stand, and how."""
    question = malmo.questions[name]
    assert question.period is not None
    values = dict(malmo.required.get(name, {}))
    if not time:
        values[question.period.name] = ""
    answer = ask(malmo.lookup, question, values, when=When.of(**time))
    found = {}
    for row in answer.rows:
        (stands,) = (cell.value for column, cell in row.cells.items() if column in ("holds", "state"))
        others = (cell for column, cell in row.cells.items() if column not in ("holds", "state"))
        found[(*others, *row.records)] = (row, stands)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_question_keeps_and_marks_what_the_rule_does(malmo: Asked, name: str) -> None:
    """Of every question: the rows at a time are those of all its rows that the rule keeps, marked by it."""
    question = malmo.questions[name]
    if question.period is None or "holds" not in question.variables:
        return
    whole = rows_of(malmo, name)
    assert {stands for _, stands in whole.values()} == {""}
    place = [n for n in question.variables if n in question.records].index(question.timed)
    for time in ({"year": "2019"}, {"year": "2015"}, {"as_of": "2018-06-30"}):
        when = When.of(**time)
        assert when is not None
        expected = {}
        for key, (row, _) in whole.items():
            # of the records of a row the one that carries its time: all are projected, in this order
            id_ = row.records[place] if len(row.records) > place else row.records[-1]
            record = malmo.lookup.record(id_)
            mark = mark_of(record, malmo.graph.project.vocabulary, when)
            if mark is not None:
                sure = "certainly" if when.period and malmo.has_bounds(id_) else ""
                expected[key] = mark or sure
        assert {key: stands for key, (_, stands) in rows_of(malmo, name, **time).items()} == expected, time


def test_the_pattern_in_sparql_marks_what_the_rule_does(malmo: Asked) -> None:
    """The bounds of every record are plain properties: the documented comparison gives the same."""
    page = (ROOT / "docs" / "patterns.md").read_text(encoding="utf-8")
    queries = [block.split("```")[0] for block in page.split("```sparql\n")]
    (query,) = [text for text in queries if '"past"' in text]
    query = query.replace("rg:Agreement", "rg:Record")
    found = {str(cells[0]): str(cells[1]) for cells in malmo.graph.query(query).rows}
    (day,) = [word.split('"')[1] for word in query.split("\n") if "VALUES" in word]
    when = When.of(as_of=day)
    assert when is not None
    words = {"past": "past", "current": "current", "perhaps": "possibly current"}
    expected = {}
    for id_ in malmo.lookup.ids_of("https://w3id.org/relgraph/ontology#Record"):
        record = malmo.lookup.record(id_)
        kind = malmo.graph.project.vocabulary.speaking_kind(record)
        mark = when.mark(bounds_of(record, kind)) if malmo.has_bounds(id_) else None
        if mark is not None:
            expected[id_] = words[mark]
    assert {iri.rpartition("/")[2]: state for iri, state in found.items()} == expected
    assert set(expected.values()) == set(words.values())


def test_show_and_ask_keep_and_mark_the_same(built: City) -> None:
    for option in (["--as-of", "2029-12-31"], ["--as-of", "2031"], ["--year", "2030"], ["--year", "2026"]):
        page = json.loads(built.ok("show", "lindvik", *option, "--format", "json"))
        shown = {s["record"]: s["state"] for part in page["parts"] for s in part["sentences"]}
        answer = json.loads(built.ok("ask", "about", "--param", "party=lindvik", *option, "--format", "json"))
        assert answer["time"] == page["time"]
        for row in answer["rows"]:
            (id_,) = row["records"]
            if id_ in shown:
                cell = row["cells"].get("holds") or row["cells"].get("state")
                stands = cell["value"] if cell else "certainly"
                assert {"certainly": None}.get(stands, stands) == shown[id_], (option, id_)


def test_a_question_about_a_current_state_says_that_it_filters(built: City) -> None:
    def limits(*options: str) -> str:
        asked = ("ask", "memberships", "--lang", "en", "--format", "json", *options)
        return str(json.loads(built.ok(*asked))["time"] or "")

    default = "By default only what certainly or possibly held on 31 December 2030 is shown"
    assert limits().startswith(default)
    assert default in " ".join(built.ok("ask", "memberships", "--lang", "en").split())
    assert limits("--param", "period=") == ""
    assert limits("--year", "2030") == limits("--param", "period=2030")
    assert limits("--year", "2030").startswith("In 2030: ")
    assert limits("--as-of", "2030").startswith("As of 2030: ")
