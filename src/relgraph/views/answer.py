"""An answer for readers and for programs: text, Markdown, CSV, JSON; every row with what the sources say."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from io import StringIO
from typing import TypeVar

from relgraph.answers import Answer, Cell, Row, cell_text
from relgraph.lookup import Lookup
from relgraph.model import Citation, Table
from relgraph.questions import HOLDS, STATE
from relgraph.sentences import Sentence, SentenceWriter, as_of_text
from relgraph.time import when as in_words
from relgraph.views.cited import SourceList, citation_data
from relgraph.views.plain import markdown, plain
from relgraph.views.profile import word
from relgraph.views.rows import row_lines, wrapped
from relgraph.vocabulary import local_name, pick

T = TypeVar("T")

WORDS: dict[str, dict[str, str]] = {
    "asked": {"sv": "Fråga", "en": "Asked"},
    "no rows": {"sv": "Inga rader.", "en": "No rows."},
    "one row": {"sv": "1 rad", "en": "1 row"},
    "rows": {"sv": "{} rader", "en": "{} rows"},
    "said": {"sv": "Så säger källorna", "en": "What the sources say"},
    "read": {"sv": "Så läses svaret", "en": "How to read it"},
    "default": {
        "sv": "Som förval visas bara det som säkert eller möjligen gällde {}; allt visas med --param={}=",
        "en": "By default only what certainly or possibly held {} is shown; for all: --param={}=",
    },
}


@dataclass(slots=True)
class Answered:
    """An answer in one language, with its sentences and the numbers of their sources."""

    answer: Answer
    lookup: Lookup
    lang: str
    sentences: Mapping[str, Sentence]
    writer: SentenceWriter
    sources: SourceList = field(default_factory=SourceList)

    @classmethod
    def of(cls, answer: Answer, lookup: Lookup, lang: str) -> Answered:
        """The answer with the sentences of its records."""
        from datetime import date as Day

        day = Day.fromisoformat(lookup.compiled.as_of) if lookup.compiled.as_of else None
        writer = SentenceWriter(lookup.vocabulary, lookup.get, lang, day)
        records = lookup.records(answer.records)
        said = {record.id: writer.sentence(record) for record in records if record.sources}
        lookup.fetch(
            cell.value for row in answer.rows for cell in row.cells.values() if cell.kind == "record"
        )
        return cls(answer, lookup, lang, said, writer)

    def word(self, key: str) -> str:
        """A phrase of this view."""
        return pick(WORDS[key], self.lang)

    def cell(self, cell: Cell) -> str:
        """A cell in words."""
        return cell_text(cell, self.lookup, self.writer, self.lang)

    def marks(self, *sentences: Sentence) -> str:
        """The numbers of the sentences' sources: [1][3]."""
        return self.sources.marks(*sentences)

    @property
    def citations(self) -> list[Citation]:
        """The places cited so far, in the order of their numbers."""
        return self.sources.citations

    @property
    def asked(self) -> str:
        """The parameters in words, but for the time that :attr:`time` tells."""
        shown = (
            f"{pick(each.param.label, self.lang)}: {pick(each.words, self.lang)}"
            for each in self.answer.given
            if each.words and not (each.when and self.time)
        )
        return "; ".join(shown)

    @property
    def time(self) -> str:
        """To what time the rows are limited; empty where they are not, or by a rule of the question's own."""
        answer, when = self.answer, self.answer.when
        if when is None or answer.question.period is None or not {HOLDS, STATE} & {*answer.question.columns}:
            return ""
        if answer.by_default:
            then = in_words(during=when.text, lang=self.lang)
            return self.word("default").format(then, answer.question.period.name)
        return when.told(self.lang)

    def table(self, *, cited: bool = False) -> Table:
        """The rows in words, without the columns that no row fills, and without repeated rows.

        ``cited`` adds a last column: the numbers of the sources that each row rests on.
        """
        labels, body = self.rows(lambda cell: plain(self.cell(cell)))
        if not cited:
            return Table(labels, tuple(body))
        marked = tuple((*cells, self.sources.marked(places)) for cells, places in body.items())
        return Table((*labels, word("sources", self.lang).lower()), marked)

    def rows(
        self, told: Callable[[Cell], T], columns: Iterable[str] | None = None
    ) -> tuple[tuple[str, ...], dict[tuple[T, ...], list[Citation]]]:
        """Labels, and the places that each row rests on by its cells, each ``told`` in some way.

        With ``columns``, else those that some row fills; rows that are told the same are one.
        """
        rows = self.answer.rows
        used = list(self.answer.filled if columns is None else columns)
        labels = tuple(pick(self.answer.question.columns[name], self.lang) for name in used)
        body: dict[tuple[T, ...], list[Citation]] = {}
        for row in rows:
            cells = tuple(told(row.cells[name]) for name in used)
            body.setdefault(cells, []).extend(self.rests_on(row))
        return labels, body

    def rests_on(self, row: Row) -> tuple[Citation, ...]:
        """The places that a row rests on: those it names itself, else all those of its records."""
        said = (self.sentences[id_] for id_ in row.records if id_ in self.sentences)
        return row.cited or tuple(citation for sentence in said for citation in sentence.citations)

    def count(self, rows: int) -> str:
        """How many rows, in words."""
        return self.word("one row") if rows == 1 else self.word("rows").format(rows)


def as_text(found: Answered, width: int) -> str:
    """The answer as plain text for a terminal of ``width`` characters."""
    question, lang = found.answer.question, found.lang
    lines = [plain(pick(question.title, lang)), *wrapped(pick(question.summary, lang), width)]
    lines += wrapped(as_of_text(found.lookup, lang), width)
    if found.asked:
        lines += wrapped(f"{found.word('asked')}: {found.asked}", width)
    lines += wrapped(found.time, width)
    table = found.table(cited=True)
    if not table.rows:
        return "\n".join([*lines, "", found.word("no rows"), *wrapped(pick(question.empty, lang), width), ""])
    lines += ["", found.count(len(table)), *row_lines(table, width)]
    if found.sentences:
        lines += ["", found.word("said")]
        for sentence in found.sentences.values():
            lines += wrapped(f"{sentence.full} {found.marks(sentence)}", width, "  • ", "    ")
    if pick(question.description, lang):
        lines += ["", found.word("read"), *wrapped(pick(question.description, lang), width, "  ", "  ")]
    if found.citations:
        lines += ["", word("sources", lang)]
        lines += [f"  [{n}] {plain(found.writer.cite(c))}" for n, c in enumerate(found.citations, 1)]
    return "\n".join(lines) + "\n"


def as_markdown(found: Answered) -> str:
    """The answer as Markdown, its texts escaped."""
    question, lang = found.answer.question, found.lang
    lines = [f"# {markdown(pick(question.title, lang))}", "", markdown(pick(question.summary, lang)), ""]
    lines += [markdown(as_of_text(found.lookup, lang)), ""]
    if found.asked:
        lines += [f"{found.word('asked')}: {markdown(found.asked)}", ""]
    lines += [markdown(found.time), ""] if found.time else []
    table = found.table(cited=True)
    if not table.rows:
        return "\n".join([*lines, f"{found.word('no rows')} {markdown(pick(question.empty, lang))}"]) + "\n"
    cells = Table(tuple(map(markdown, table.columns)), tuple(tuple(map(markdown, row)) for row in table))
    bar = "| " + " | ".join("---" for _ in cells.columns) + " |"
    lines += ["| " + " | ".join(cells.columns) + " |", bar]
    lines += ["| " + " | ".join(row) + " |" for row in cells]
    if found.sentences:
        lines += ["", f"## {found.word('said')}", ""]
        lines += [f"- {markdown(s.full)} {markdown(found.marks(s))}" for s in found.sentences.values()]
    if pick(question.description, lang):
        lines += ["", f"## {found.word('read')}", "", markdown(pick(question.description, lang))]
    if found.citations:
        lines += ["", f"## {word('sources', lang)}", ""]
        lines += [f"{n}. {markdown(found.writer.cite(c))}" for n, c in enumerate(found.citations, 1)]
    return "\n".join(lines) + "\n"


def as_csv(found: Answered) -> str:
    """The rows for a program: variables as header; ids, local names and literals as they are; the sources.

    Nothing is altered, so a spreadsheet may take a text that begins with ``=`` for a formula.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow((*found.answer.columns, "records", "sources"))
    for row in found.answer.rows:
        cells = [_raw(row.cells[name]) for name in found.answer.columns]
        places = dict.fromkeys(found.writer.cite(c) for c in found.rests_on(row))
        writer.writerow((*cells, " ".join(row.records), "; ".join(places)))
    return out.getvalue()


def _raw(cell: Cell) -> str:
    return local_name(cell.value) if cell.kind == "term" else cell.value


def as_json(found: Answered) -> str:
    """The answer whole: each cell with its id or IRI and its text, each row with the ids of its records."""
    question, lang = found.answer.question, found.lang
    whole = {
        "question": question.name,
        "title": pick(question.title, lang),
        "lang": lang,
        "asOf": found.lookup.compiled.as_of,
        "accordingTo": as_of_text(found.lookup, lang),
        "time": found.time or None,
        "parameters": {each.param.name: pick(each.words, lang) for each in found.answer.given if each.words},
        "columns": {name: pick(question.columns[name], lang) for name in found.answer.columns},
        "rows": [
            {
                "cells": {name: _cell(found, row.cells[name]) for name in found.answer.columns},
                "records": list(row.records),
                "sources": [citation_data(c, found.writer.cite) for c in found.rests_on(row)],
            }
            for row in found.answer.rows
        ],
        "records": {id_: _sentence(found, said) for id_, said in found.sentences.items()},
        "empty": None if found.answer.rows else pick(question.empty, lang),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _cell(found: Answered, cell: Cell) -> dict[str, str] | None:
    if cell.kind == "none":
        return None
    key = {"record": "id", "term": "iri", "text": "value"}[cell.kind]
    shown = {key: cell.value, "text": found.cell(cell)}
    return {**shown, "datatype": cell.datatype} if cell.datatype else shown


def _sentence(found: Answered, said: Sentence) -> dict[str, object]:
    return {
        "text": said.text,
        "notes": list(said.notes),
        "certainty": said.certainty,
        "sources": [citation_data(c, found.writer.cite) for c in said.citations],
    }
