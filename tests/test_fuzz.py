"""Any bytes in any file of a project: problems with a place, never an exception that is no RelgraphError."""

from __future__ import annotations

import re
from collections.abc import Callable

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from running import CITY, HERE, City, copy_city

from relgraph.codes import codes
from relgraph.errors import DataError, RelgraphError
from relgraph.loading.values import IRI, LANGUAGE, LEXICAL
from relgraph.model import Problem
from relgraph.project import Project, find_project, shipped_ontology
from relgraph.vocabulary.turtle import DATATYPES

pytestmark = pytest.mark.usefixtures("read_once")
KNOWN = frozenset(codes())
BREAKS = (re.compile("\r\n|\r|\n"), re.compile("\n"))
KIND = (HERE / "bad" / "ontology-template" / "ontology" / "kind.ttl").read_bytes()
RULE = next(path for path in sorted((shipped_ontology() / "rules").iterdir())).read_bytes()

#: each file with the real text that is damaged
FILES: dict[str, bytes] = {
    "graph/extra.yaml": (CITY / "graph" / "relationships.yaml").read_bytes(),
    "graph/graph.yaml": (CITY / "graph" / "graph.yaml").read_bytes(),
    "graph/sources.yaml": (CITY / "graph" / "sources.yaml").read_bytes(),
    "graph/sources.lock": (CITY / "graph" / "sources.lock").read_bytes(),
    "ontology/kind.ttl": KIND,
    "ontology/shapes.ttl": (shipped_ontology() / "shapes.ttl").read_bytes()[:6000].rpartition(b"\n\n")[0],
    "ontology/rules/90-own.rq": RULE,
}
SETTINGS = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
ODD = [
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\r",
    b"\n",
    b"\t",
    b"'",
    b'"',
    b"[",
    b"{",
    b"}",
    b"*a",
    b"&a ",
    b"!!x ",
]
ODD += [
    b"<<: ",
    b": ",
    b"- ",
    b"#",
    b"~",
    b"9" * 5000,
    "\u2028\ud7ff".encode(),
    b"\xed\xa0\x80",
    b"(",
    b"<",
    b"^^",
]


def damaged(whole: bytes) -> st.SearchStrategy[bytes]:
    """A text with bytes flipped, pieces put in, lines dropped, doubled or exchanged, or its end cut off."""

    def flip(data: bytes, at: int, to: int) -> bytes:
        return data[: at % (len(data) + 1)] + bytes([to % 256]) + data[at % (len(data) + 1) + 1 :]

    def insert(data: bytes, at: int, which: int) -> bytes:
        return data[: at % (len(data) + 1)] + ODD[which % len(ODD)] + data[at % (len(data) + 1) :]

    def cut(data: bytes, at: int, _: int) -> bytes:
        return data[: at % (len(data) + 1)]

    def lines(data: bytes, at: int, other: int) -> bytes:
        parts = data.splitlines(keepends=True) or [b""]
        one, two = at % len(parts), other % len(parts)
        changed = (
            [*parts[:one], *parts[one + 1 :]] if other % 3 == 0 else [*parts[:one], parts[two], *parts[one:]]
        )
        return b"".join(changed)

    steps: list[Callable[[bytes, int, int], bytes]] = [flip, insert, cut, lines]
    change = st.tuples(st.sampled_from(steps), st.integers(0, 1 << 20), st.integers(0, 1 << 20))

    def all_of(changes: list[tuple[Callable[[bytes, int, int], bytes], int, int]]) -> bytes:
        data = whole
        for step, at, other in changes:
            data = step(data, at, other)
        return data

    return st.lists(change, min_size=1, max_size=4).map(all_of)


def raw(whole: bytes) -> st.SearchStrategy[bytes]:
    """Damaged real text, any text, any bytes."""
    return st.one_of(
        damaged(whole), damaged(whole), st.text(max_size=60).map(str.encode), st.binary(max_size=60)
    )


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> City:
    """One copy of the city for all examples of this module; each restores what it changed."""
    return copy_city(tmp_path_factory.mktemp("fuzz") / "lindvik")


def problems_with(city: City, file: str, data: bytes) -> tuple[Project, tuple[Problem, ...]]:
    """What checking says of the city with these bytes as ``file``; the city is then as before."""
    path = city.root / file
    before = path.read_bytes() if path.is_file() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    try:
        project = find_project(city.root)
        project.files  # noqa: B018  looked up now, as the file is there
        try:
            return project, project.check().problems
        except DataError as error:
            return project, error.problems
        except RelgraphError as error:
            raise AssertionError(f"a problem of a file must have a place: {error}") from error
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)


def inside(problem: Problem, data: bytes) -> bool:
    """Whether a problem's line and column are in the text, its very end and the line after it included."""
    assert problem.position is not None
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    for breaks in BREAKS:
        lines = [*breaks.split(text), ""]
        line, column = problem.position.line, problem.position.column
        if 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1:
            return True
    return False


@pytest.mark.parametrize("file", FILES)
def test_no_bytes_raise_and_every_problem_is_placed(shared: City, file: str) -> None:
    @SETTINGS
    @given(raw(FILES[file]))
    @example(b"")
    @example(b"\xef\xbb\xbf")
    @example(b"\0")
    @example(FILES[file].replace(b"\n", b"\r"))
    def holds(data: bytes) -> None:
        project, problems = problems_with(shared, file, data)
        for problem in problems[:: max(1, len(problems) // 40)]:  # of hundreds of one sort, some
            assert problem.code in KNOWN
            assert problem.message.strip()
            assert str(problem).isprintable()
            assert problem.position is not None, problem
            place = problem.position.file
            found = project.files.get(place) or shared.root / place
            if place == file:
                assert inside(problem, data), (str(problem), data)
            else:
                assert found.is_file(), problem
                assert inside(problem, found.read_bytes()), problem
        assert list(problems) == sorted(problems, key=lambda p: p.sort_key)

    holds()


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.one_of(st.from_regex(IRI, fullmatch=True), st.text(max_size=12).map(lambda t: f"https://a.se/{t}")))
def test_an_address_that_is_taken_can_be_written_as_rdf(text: str) -> None:
    if IRI.fullmatch(text):
        ox.NamedNode(text)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.from_regex(LANGUAGE, fullmatch=True))
def test_a_language_tag_that_is_taken_can_be_written_as_rdf(text: str) -> None:
    ox.Literal("x", language=text)


def test_the_datatypes_that_shapes_may_ask_for_are_those_that_the_loader_knows() -> None:
    others = {name for name in DATATYPES if name.endswith(("string", "langString"))}
    assert set(LEXICAL) | others == set(DATATYPES)


def test_a_problem_is_one_line_whatever_it_quotes() -> None:
    shown = str(Problem("RG104", "'a\nb\x1b[31m\u202e' is not known", hint="x\r"))
    assert shown == "error RG104 'a\\nb\\x1b[31m\\u202e' is not known (x\\r)"
