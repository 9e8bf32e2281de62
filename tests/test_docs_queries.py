"""Every query in the documentation runs on the graph of Malmö, and gives the same rows in another engine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import rdflib
from malmo import Malmo
from running import COMMAND, ROOT, process
from syrupy.assertion import SnapshotAssertion

from relgraph.namespaces import PREFIXES

PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
BLOCK = re.compile(r"^```sparql\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXPECT = re.compile(r"^# expect: (.+)$", re.MULTILINE)
EXPECTATIONS = {"false", "no rows", "named graphs"}


@dataclass(frozen=True)
class Query:
    """A query of a page; ``expect`` is what a comment in it says of its answer."""

    name: str
    text: str

    @property
    def form(self) -> str:
        found = re.search(r"^\s*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", self.text, re.MULTILINE)
        return found.group(1) if found else ""

    @property
    def expect(self) -> str:
        found = EXPECT.search(self.text)
        return found.group(1) if found else ""


def queries(page: Path) -> Iterator[Query]:
    for number, block in enumerate(BLOCK.findall(page.read_text(encoding="utf-8")), 1):
        yield Query(f"{page.stem}-{number}", block)


QUERIES = [query for page in PAGES for query in queries(page)]
SELECTS = [query for query in QUERIES if query.form == "SELECT"]
OTHERS = [query for query in QUERIES if query.form != "SELECT"]


def named(found: list[Query]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("query", found, ids=[query.name for query in found])


@pytest.fixture(scope="module")
def malmo() -> Malmo:
    return Malmo()


@pytest.fixture(scope="module")
def triples(malmo: Malmo) -> rdflib.Graph:
    """What the documentation promises to other engines: the exported Turtle and the ontology."""
    graph = malmo.graph.to_rdflib()
    for path in sorted((ROOT / "ontology").glob("*.ttl")):
        graph.parse(path)
    return graph


def test_the_cookbook_has_its_twenty_recipes_and_every_query_a_form() -> None:
    cookbook = (ROOT / "docs" / "cookbook.md").read_text(encoding="utf-8")
    recipes = re.findall(r"^### (\d+)\. (.*?)(?=^##)", cookbook + "\n##", re.MULTILINE | re.DOTALL)
    assert [int(number) for number, _ in recipes] == list(range(1, len(recipes) + 1))
    assert len(recipes) >= 20
    for number, text in recipes:
        assert "```sparql" in text and "*Read:*" in text and "*Beware:*" in text, number
    assert [query.name for query in QUERIES if not query.form] == []
    assert {query.expect for query in QUERIES} <= {"", *EXPECTATIONS}


@named(SELECTS)
def test_a_select_has_these_rows(query: Query, malmo: Malmo, snapshot: SnapshotAssertion) -> None:
    rows = malmo.rows(query.text)
    assert bool(rows) != (query.expect == "no rows")
    assert rows == snapshot


@named([query for query in SELECTS if query.expect != "named graphs"])
def test_rdflib_gives_the_same_rows(query: Query, malmo: Malmo, triples: rdflib.Graph) -> None:
    found = triples.query(query.text, initNs={**PREFIXES, "": malmo.graph.compiled.base})
    rows = sorted(tuple("" if cell is None else str(cell) for cell in row) for row in found)  # type: ignore[union-attr]
    assert rows == sorted(tuple(map(str, row)) for row in malmo.graph.query(query.text).rows)


@named(OTHERS)
def test_an_ask_or_a_graph_answers(query: Query) -> None:
    done = process([str(COMMAND), "query", "-"], cwd=ROOT, stdin=query.text)
    if query.form == "ASK":
        assert (done.code, done.out.strip()) == ((1, "false") if query.expect == "false" else (0, "true"))
    else:
        assert done.code == 0, done.err
        assert len(rdflib.Graph().parse(data=done.out, format="turtle")) > 3
