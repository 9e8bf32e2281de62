"""Asking a saved question: its rows, and the records and places that carry them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from relgraph.answers.model import Answer, Cell, Row
from relgraph.answers.parameters import UnknownName, bind
from relgraph.bounds import mark_of
from relgraph.errors import DataError, UsageError
from relgraph.lookup import Lookup
from relgraph.namespaces import PREFIXES, graph_iris
from relgraph.project import Project
from relgraph.questions import CITATION, HOLDS, STATE, Parameter, Question, read_question
from relgraph.vocabulary import Vocabulary, pick
from relgraph.when import When

if TYPE_CHECKING:
    from relgraph.sparql.run import Limits

_STATE = {"sv": "läge", "en": "state"}


def ask(
    lookup: Lookup,
    question: Question,
    values: Mapping[str, str],
    lang: str = "sv",
    *,
    when: When | None = None,
    project: Project | None = None,
    limits: Limits | None = None,
) -> Answer:
    """Answer ``question`` with values for its parameters by name, as a person writes them.

    ``when`` takes the place of its period: a year gives the rows that the period gives, and as of a day come
    those that may have begun by then: in place of ``holds`` the column ``state`` tells how the record of each
    stands (:func:`relgraph.bounds.mark_of`). What relgraph ships runs in this process; a project's own
    question in the worker, under its limits. With ``limits`` any question runs there under these, and an
    answer that has more rows than they allow is cut.

    Raises :class:`UsageError` for an unknown parameter, one that is required and missing, a value that it
    does not take (with candidates), and a time where the question has no period or is given one;
    ``QueryError`` for a query that the worker stopped. Where a name is unknown, a question of ``project``
    that answers for such is named.
    """
    try:
        given = bind(lookup, question, values, lang, when=when)
    except UnknownName as error:
        other = _elsewhere(lookup.vocabulary, question, error.param, project)
        hint = "; or ".join(text for text in (error.hint, other) if text)
        raise UsageError(error.message, hint=hint or None) from None
    params = {name: term for each in given for name, term in each.terms.items()}
    if question.shipped and limits is None:
        rows, cut = _inside(lookup, question, params), False
    else:
        rows, cut = _apart(lookup, question, params, limits)
    if when and not when.period and HOLDS in question.variables:
        question, rows = _as_of(lookup, question, rows, when)
    shown = tuple(name for name in question.variables if name in question.columns)
    # Names that differ in their language alone are one row: a cell has no language.
    places: dict[tuple[Cell, ...], dict[str, None]] = {}
    kept = [name for name in question.variables if name in shown or name != CITATION]
    for cells in rows:
        cited = places.setdefault(tuple(cells[name] for name in kept), {})
        if CITATION in cells and cells[CITATION].kind == "term":
            cited[cells[CITATION].value] = None
    citations = lookup.citations({iri for each in places.values() for iri in each})
    found = []
    for values_of, cited in places.items():
        cells = dict(zip(kept, values_of, strict=True))
        records = (cells[name].value for name in question.records if cells[name].kind == "record")
        found.append(
            Row(
                {name: cells[name] for name in shown},
                tuple(dict.fromkeys(records)),
                tuple(citations[iri] for iri in cited if iri in citations),
            )
        )
    default = when is None and question.period is not None and question.period.name not in values
    return Answer(question, given, shown, tuple(found), by_default=default, cut=cut)


def _as_of(
    lookup: Lookup, question: Question, rows: list[dict[str, Cell]], when: When
) -> tuple[Question, list[dict[str, Cell]]]:
    """The question and its rows with how the record of each stands as of a day."""
    name = question.timed
    records = lookup.records(cells[name].value for cells in rows if cells[name].kind == "record")
    marks = {record.id: mark_of(record, lookup.vocabulary, when) for record in records}
    told = [
        {**cells, STATE: Cell("text", mark) if (mark := marks.get(cells[name].value)) else Cell("none")}
        for cells in rows
    ]
    variables = tuple(STATE if each == HOLDS else each for each in question.variables)
    columns = {**question.columns, STATE: _STATE}
    return replace(question, variables=variables, columns=columns), told


def question_named(project: Project, name: str) -> Question:
    """The saved question of that name.

    Raises :class:`UsageError` if there is none (with near names), :class:`DataError` if it is broken.
    """
    files = project.question_files()
    if name not in files:
        from difflib import get_close_matches

        near = get_close_matches(name, files, n=3)
        hint = f"did you mean {', '.join(near)}?" if near else "they are listed by: relgraph questions"
        raise UsageError(f"there is no question '{name}'", hint=hint)
    question, problems = read_question(files[name], project.vocabulary)
    if question is None:
        raise DataError(f"the question '{name}' has problems", problems=problems)
    return question


def _elsewhere(
    vocabulary: Vocabulary, question: Question, param: Parameter, project: Project | None
) -> str | None:
    """What else to ask of a name that the graph does not know, as far as a question says that it answers."""
    for file in project.question_files().values() if project else ():
        other, _ = read_question(file, vocabulary)
        if other is None:
            continue
        for kind, name in other.unknown.items():
            by = next(each for each in other.params if each.name == name)
            if not _akin(vocabulary, param.type, kind) or _akin(vocabulary, param.type, by.type):
                continue
            own = next((each for each in question.params if _akin(vocabulary, each.type, by.type)), None)
            what = pick(by.label, "en")
            if own:
                return f"ask by {what}: --param {own.name}=…"
            return f"what the graph has by {what}: relgraph ask {other.name} --param {name}=…"
    return None


def _akin(vocabulary: Vocabulary, one: str, other: str) -> bool:
    """Whether one of two types of parameters is a class of records and the other it or a class above it."""
    kinds = [vocabulary.kinds[name] for name in (one, other) if name in vocabulary.kinds]
    return len(kinds) > 1 and (kinds[0].is_a(kinds[1].iri) or kinds[1].is_a(kinds[0].iri))


def _inside(lookup: Lookup, question: Question, params: Mapping[str, str]) -> list[dict[str, Cell]]:
    from relgraph.sparql.run import prepare

    _, prepared = prepare(question.text, PREFIXES, params, (), limits=False)
    base = lookup.compiled.base
    return [
        dict(zip(question.variables, (_cell(node, base) for node in row), strict=True))
        for row in lookup.rows(prepared.text)
    ]


def _cell(node: object, base: str) -> Cell:
    """A node of the engine's as a cell."""
    if node is None:
        return Cell("none")
    value = str(getattr(node, "value", ""))
    if hasattr(node, "datatype"):
        return Cell("text", value, node.datatype.value)
    return _named(value, base)


def _named(iri: str, base: str) -> Cell:
    local = iri.removeprefix(base)
    return Cell("record", local) if iri.startswith(base) and "/" not in local else Cell("term", iri)


def _apart(
    lookup: Lookup, question: Question, params: Mapping[str, str], limits: Limits | None
) -> tuple[list[dict[str, Cell]], bool]:
    """The rows of a question from the worker, as SPARQL results in JSON; and whether there are more."""
    from relgraph.sparql.run import Limits, RowLimitError, run

    timeout, memory, most = limits or Limits()
    out, cut = BytesIO(), False
    compiled = lookup.compiled
    graphs = tuple(graph_iris(compiled.base).values())
    try:
        run(
            compiled.path,
            question.text,
            prefixes=PREFIXES,
            params=params,
            format="json",
            out=out,
            timeout=timeout,
            memory=memory,
            max_rows=most,
            allowed_graphs=graphs,
        )
    except RowLimitError:
        cut = True
    rows = []
    for binding in json.loads(out.getvalue())["results"]["bindings"]:
        cells = {}
        for name in question.variables:
            found = binding.get(name)
            if found is None:
                cells[name] = Cell("none")
            elif found["type"] == "uri":
                cells[name] = _named(found["value"], compiled.base)
            else:
                plain = PREFIXES["rdf"] + "langString" if "xml:lang" in found else PREFIXES["xsd"] + "string"
                cells[name] = Cell("text", found["value"], found.get("datatype", plain))
        rows.append(cells)
    return rows, cut
