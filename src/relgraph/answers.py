"""Asking a saved question: values for its parameters, its rows, the records that carry them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Literal

from relgraph import time
from relgraph.bounds import mark_of
from relgraph.errors import DataError, UsageError
from relgraph.lookup import Lookup
from relgraph.model import Record, folded
from relgraph.namespaces import PREFIXES, RG, graph_iris
from relgraph.project import Project
from relgraph.questions import AS_OF, Parameter, Question, read_question
from relgraph.sentences import SentenceWriter
from relgraph.vocabulary import pick
from relgraph.when import MARKS, When

XSD = PREFIXES["xsd"]
NEAR = 5
#: numbers of more digits than a year are grouped by thousands
YEAR = 4
GROUPED = {"sv": "\N{NO-BREAK SPACE}", "en": ","}
#: the column that says whether something holds in the period, and that which says how it stands on a day
HOLDS_NAME, STATE_NAME = "holds", "state"
STATE = {"sv": "läge", "en": "state"}
#: parameters of these types ask for a country
COUNTRIES = ("Country", "Place")


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row.

    ``value`` is a record's id, a term's IRI or a literal's text; ``datatype`` is that of a literal.
    """

    kind: Literal["record", "term", "text", "none"]
    value: str = ""
    datatype: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of an answer: its cells by variable, and the ids of the records that carry it."""

    cells: Mapping[str, Cell]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """A value given for a parameter: as the engine takes it, and in words by language."""

    param: Parameter
    terms: Mapping[str, str]
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question came to; ``columns`` are the variables shown: those that have a label."""

    question: Question
    given: tuple[Given, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    when: When | None = None

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of all records that carry a row, each once, in the order of the rows."""
        return tuple(dict.fromkeys(id_ for row in self.rows for id_ in row.records))


def ask(
    lookup: Lookup,
    question: Question,
    values: Mapping[str, str],
    lang: str = "sv",
    *,
    when: When | None = None,
) -> Answer:
    """Answer ``question`` with values for its parameters by name, as a person writes them.

    ``when`` limits it to a year, or to what began by a day, as every command does (:mod:`relgraph.when`).
    What relgraph ships runs in this process; a project's own question in the worker, under its limits. Raises
    :class:`UsageError` for an unknown parameter, one that is required and missing, and a value that it does
    not take (with candidates), ``QueryError`` for a query that the worker stopped.
    """
    given = bind(lookup, question, _limited(question, values, when) if when else values, lang)
    params = {name: term for each in given for name, term in each.terms.items()}
    rows = _inside(lookup, question, params) if question.shipped else _apart(lookup, question, params)
    shown = tuple(name for name in question.variables if name in question.columns)
    found = []
    # Names that differ in their language alone are one row: a cell has no language.
    for values_of in dict.fromkeys(tuple(cells[name] for name in question.variables) for cells in rows):
        cells = dict(zip(question.variables, values_of, strict=True))
        records = (cells[name].value for name in question.records if cells[name].kind == "record")
        found.append(Row({name: cells[name] for name in shown}, tuple(dict.fromkeys(records))))
    if when is None or when.period:
        return Answer(question, given, shown, tuple(found), when)
    shown = (*(name for name in shown if name != HOLDS_NAME), STATE_NAME)
    question = replace(question, columns={**question.columns, STATE_NAME: STATE})
    return Answer(question, given, shown, _marked(lookup, found, when), when)


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


def _limited(question: Question, values: Mapping[str, str], when: When) -> dict[str, str]:
    """``values`` with the question's period set to the time.

    As of a day, that is all time until then: what was over by that day is kept too, and marked. Raises
    :class:`UsageError` where the period is given twice, or where the question has none.
    """
    if question.period is None:
        raise UsageError(f"the question '{question.name}' asks of no period")
    if question.period.name in values:
        raise UsageError(f"--param {question.period.name} and --year or --as-of exclude each other")
    return {**values, question.period.name: when.text if when.period else f"../{when.last.isoformat()}"}


def _marked(lookup: Lookup, rows: Sequence[Row], when: When) -> tuple[Row, ...]:
    """The rows of what began by the day, each with how it stands then in place of whether it holds.

    A row stands as the first of its records does that has a time.
    """
    lookup.fetch(id_ for row in rows for id_ in row.records)
    found = []
    for row in rows:
        marks = [mark_of(record, lookup.vocabulary, when) for record in lookup.records(row.records)]
        known = [mark for mark in marks if mark]
        if known or not marks or "" in marks:
            cell = Cell("text", known[0]) if known else Cell("none")
            cells = {name: value for name, value in row.cells.items() if name != HOLDS_NAME}
            found.append(replace(row, cells={**cells, STATE_NAME: cell}))
    return tuple(found)


# -- parameters ------------------------------------------------------------------------------------------


def bind(lookup: Lookup, question: Question, values: Mapping[str, str], lang: str) -> tuple[Given, ...]:
    """The parameters that have a value, in the question's order; defaults included."""
    known = {param.name: param for param in question.params}
    for name in values:
        if name not in known:
            takes = ", ".join(known) or "no parameters"
            raise UsageError(
                f"the question '{question.name}' has no parameter '{name}'", hint=f"it takes {takes}"
            )
    given: list[Given] = []
    for param in question.params:
        text = values.get(param.name, param.default).strip()
        if text:
            given.append(_given(lookup, question, param, text, lang))
        elif param.required:
            raise UsageError(
                f"the question '{question.name}' needs '{param.name}' ({pick(param.label, lang)})",
                hint=f"write --param {param.name}=…",
            )
    return tuple(given)


def _given(lookup: Lookup, question: Question, param: Parameter, text: str, lang: str) -> Given:
    if param.family == "record":
        return _record(lookup, question, param, text, lang)
    if param.family == "concept":
        return _concept(lookup, param, text)
    if param.family == "period":
        return _period(lookup, param, text)
    if param.family == "integer":
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", text):
            raise UsageError(f"'{text}' is no integer, as '{param.name}' asks for")
        return Given(param, {param.name: f'"{int(text)}"^^<{XSD}integer>'}, {"sv": text, "en": text})
    from relgraph.triples import literal

    return Given(param, {param.name: literal(text)}, {"sv": text, "en": text})


def _record(lookup: Lookup, question: Question, param: Parameter, text: str, lang: str) -> Given:
    """A record by any of its names, which must be of the class that the parameter asks for."""
    kind = lookup.vocabulary.kinds[param.type]
    called = lookup.called(text)
    fitting = [record for record in called if lookup.vocabulary.is_a(record.type, kind.iri)]
    try:
        record = fitting[0] if len(fitting) == 1 else lookup.resolve(text, lang)
    except UsageError as error:
        if called:
            raise
        hint = _candidates(lookup, text, kind.iri, lang) or error.hint
        if param.type not in COUNTRIES:
            hint = _with_country(question, hint)
        raise UsageError(error.message, hint=hint) from None
    if not lookup.vocabulary.is_a(record.type, kind.iri):
        its = pick(lookup.vocabulary.kinds[record.type].labels, lang)
        raise UsageError(
            f"'{text}' is of the kind {its}, and '{param.name}' takes {pick(kind.labels, lang)}",
            hint=_candidates(lookup, text, kind.iri, lang),
        )
    words = {each: _name(lookup, record, each) for each in ("sv", "en")}
    return Given(param, {param.name: f"<{lookup.compiled.base}{record.id}>"}, words)


def _with_country(question: Question, hint: str | None) -> str:
    """What to ask of a party that no source mentions: what there is with its country."""
    own = next((param.name for param in question.params if param.type in COUNTRIES), "")
    by_country = "what the graph has by country: relgraph ask agreements-by-country --param country=…"
    more = f"or ask by country: --param {own}=…" if own else by_country
    return f"{hint}; {more}" if hint else more


def _candidates(lookup: Lookup, text: str, class_iri: str, lang: str) -> str | None:
    from relgraph.find import search

    hits = search(lookup.index(), text, lookup.order())
    near = [hit.id for hit in hits if lookup.vocabulary.is_a(hit.type, class_iri)][:NEAR]
    names = [_name(lookup, record, lang) for record in lookup.records(near)]
    return f"did you mean {', '.join(names)}?" if names else None


def _name(lookup: Lookup, record: Record, lang: str) -> str:
    return record.text("name", lang) or SentenceWriter(lookup.vocabulary, lookup.get, lang).name(record.id)


def _concept(lookup: Lookup, param: Parameter, text: str) -> Given:
    """A concept by its local name, or by its label in either language."""
    concepts = lookup.vocabulary.concepts_of(RG + param.type)
    wanted = folded(text)
    for name, concept in concepts.items():
        if wanted in {folded(name), *(folded(label) for label in concept.labels.values())}:
            return Given(param, {param.name: f"<{concept.iri}>"}, dict(concept.labels))
    raise UsageError(
        f"'{text}' is not in the list that '{param.name}' takes", hint=f"it is {', '.join(sorted(concepts))}"
    )


def _period(lookup: Lookup, param: Parameter, text: str) -> Given:
    """A period: its first and last day as ``?start`` and ``?end``."""
    if text == AS_OF:
        text = lookup.compiled.as_of
        if not text:
            return Given(param, {}, {})
    try:
        first, last = time.parse_period(text)
    except time.EdtfError as error:
        raise UsageError(f"'{param.name}': {error}", hint="such as 2019, 2019-10 or 2018/2020") from error
    terms = {name: f'"{day.isoformat()}"^^<{XSD}date>' for name, day in (("start", first), ("end", last))}
    return Given(param, terms, {lang: time.phrase(text, lang) for lang in ("sv", "en")})


# -- rows ------------------------------------------------------------------------------------------------


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


def _apart(lookup: Lookup, question: Question, params: Mapping[str, str]) -> list[dict[str, Cell]]:
    """The rows of a question that is not relgraph's own: from the worker, as SPARQL results in JSON."""
    from relgraph.sparql.run import run

    out = BytesIO()
    compiled = lookup.compiled
    graphs = tuple(graph_iris(compiled.base).values())
    run(
        compiled.path,
        question.text,
        prefixes=PREFIXES,
        params=params,
        format="json",
        out=out,
        allowed_graphs=graphs,
    )
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
                cells[name] = Cell("text", found["value"], found.get("datatype", ""))
        rows.append(cells)
    return rows


# -- cells in words --------------------------------------------------------------------------------------

HOLDS = {
    **MARKS,
    "certainly": {"sv": "säkert", "en": "certainly"},
    "possibly": {"sv": "möjligen", "en": "possibly"},
    "true": {"sv": "ja", "en": "yes"},
    "false": {"sv": "nej", "en": "no"},
}


def cell_text(cell: Cell, lookup: Lookup, writer: SentenceWriter, lang: str) -> str:
    """A cell as a reader wants it: a name, a label, a date in words, a text; empty for no value."""
    if cell.kind == "record":
        record = lookup.get(cell.value)
        return (record.text("name", lang) or writer.name(cell.value)) if record else cell.value
    if cell.kind == "term":
        return lookup.vocabulary.label(cell.value, lang)
    if cell.datatype.startswith(PREFIXES["edtf"]) or cell.datatype == XSD + "date":
        try:
            return time.phrase(cell.value, lang)
        except time.EdtfError:
            return cell.value
    if (
        cell.datatype in (XSD + "integer", XSD + "decimal")
        and cell.value.isdecimal()
        and len(cell.value) > YEAR
    ):
        return f"{int(cell.value):,}".replace(",", GROUPED[lang])
    if cell.value in HOLDS and cell.datatype in (XSD + "string", XSD + "boolean", ""):
        return pick(HOLDS[cell.value], lang)
    return cell.value
