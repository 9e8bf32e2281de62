"""The catalogue of analyses: whole in both languages, and in step with what the analyses yield."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping

import pytest
from harbour import evidence_of, harbour
from running import ROOT

from relgraph.analysis import ANALYSES, Found, Result, Word, analyse
from relgraph.analysis.catalogue import AnalysisText, catalogue, words
from relgraph.vocabulary import Vocabulary, local_name

LANGUAGES = ("sv", "en")
#: settings that are no term of the ontology: a line, a class that is reused, a mark for the program
OTHER = {"dormant", "organisations", "time"}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, Result]]:
    """What each analysis yields of Malmö and of the fictional city."""
    roots = (ROOT, harbour(tmp_path_factory.mktemp("harbour")).root)
    return [(name, analyse(name, evidence)) for evidence in map(evidence_of, roots) for name in ANALYSES]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def texts(text: AnalysisText) -> Iterator[tuple[str, Mapping[str, str]]]:
    for key in ("title", "definition", "meaning", "limits"):
        yield key, getattr(text, key)
    for name, table in text.tables.items():
        yield f"{name}.title", table.title
        yield f"{name}.empty", table.empty
        for column, label in table.columns.items():
            yield f"{name}.{column}", label
    for rule in text.findings:
        yield f"finding {rule.table}", rule.one
        yield f"findings {rule.table}", rule.many
    yield from text.notes.items()


def test_it_holds_the_analyses_that_there_are() -> None:
    assert set(catalogue()) == set(ANALYSES)


@pytest.mark.parametrize("name", ANALYSES)
def test_every_text_is_in_both_languages_and_says_the_same_values(name: str) -> None:
    for key, text in texts(catalogue()[name]):
        assert set(text) == set(LANGUAGES), key
        assert all(said.strip() == said != "" for said in text.values()), key
        assert not any(re.search(r"  |\.\.|[“”\"'] ", said) for said in text.values()), key
        assert fields(text["sv"]) == fields(text["en"]), key
    for key in ("formula", "source"):
        text = getattr(catalogue()[name], key)
        assert bool(text["sv"]) == bool(text["en"]), key


def test_the_words_of_cells_are_those_used(results: list[tuple[str, Result]]) -> None:
    source = "".join(path.read_text("utf-8") for path in (ROOT / "src/relgraph/analysis").glob("*.py"))
    used = {
        each.key
        for _, result in results
        for found in result.tables
        for row in found.rows
        for cell in row.cells
        for each in (cell if isinstance(cell, tuple) else (cell,))
        if isinstance(each, Word)
    }
    assert used <= set(words())
    assert all(key in used or f'"{key}"' in source for key in words())
    assert all(set(text) == set(LANGUAGES) for text in words().values())


def test_tables_and_columns_are_those_that_come(results: list[tuple[str, Result]]) -> None:
    for name, result in results:
        text = catalogue()[name]
        assert [found.name for found in result.tables] == list(text.tables), name
        for found in result.tables:
            for row in found.rows:
                assert len(row.cells) == len(text.tables[found.name].columns), (name, found.name)


def test_each_column_holds_one_sort_of_value(results: list[tuple[str, Result]]) -> None:
    """A cell in the wrong place would be a count under "reached as", or a name under a number."""
    for name, result in results:
        for found in result.tables:
            for number, column in enumerate(catalogue()[name].tables[found.name].columns):
                sorts = {type(row.cells[number]) for row in found.rows if row.cells[number] is not None}
                assert len(sorts & {int, float, str}) <= 1 and not (int in sorts and len(sorts) > 1), (
                    name, found.name, column
                )  # fmt: skip
    reach = next(result for name, result in results if name == "reach")
    assert [type(cell) for cell in rows_of(reach, "targets").rows[0].cells][2:4] == [tuple, int]


def rows_of(result: Result, name: str) -> Found:
    return next(found for found in result.tables if found.name == name)


@pytest.mark.parametrize("name", ANALYSES)
def test_settings_figures_and_findings_name_what_there_is(name: str, vocabulary: Vocabulary) -> None:
    text = catalogue()[name]
    known = {local_name(iri) for iri in vocabulary.concepts} | set(vocabulary.properties)
    for key, names in text.settings.items():
        assert key in OTHER or set(names) <= known, key
    for table in text.tables.values():
        figure = dict(table.figure)
        kind = figure.pop("kind", None)
        assert kind in (None, "bar", "heat", "multiples")
        keys = [key for value in figure.values() for key in ([value] if isinstance(value, str) else value)]
        assert set(keys) <= set(table.columns)
    notes = {field for note in text.notes.values() for field in fields(note["en"])}
    for rule in text.findings:
        columns = set(text.tables[rule.table].columns)
        assert {rule.column, *rule.where, *([rule.top] if rule.top else [])} <= columns
        for said in (rule.one, rule.many):
            assert fields(said["en"]) <= {"count", "names", *columns, *notes}
