"""An analysis in words: as text, Markdown, CSV and JSON, in Swedish or English."""

from __future__ import annotations

import csv
import json
import textwrap
from dataclasses import dataclass
from datetime import date as Day
from io import StringIO

from relgraph.analysis import Basis, Cell, Evidence, Found, Note, Result, Row, Word
from relgraph.analysis.catalogue import AnalysisText, catalogue, words
from relgraph.lookup import Lookup
from relgraph.model import Ref, Table, Term
from relgraph.sentences import SentenceWriter, as_of_text, join
from relgraph.sparql.formats import render_table
from relgraph.views.plain import markdown, plain
from relgraph.vocabulary import local_name, pick

#: digits of a measure in a table; programs get six (CSV, JSON)
SHOWN, KEPT = 3, 6
NOTHING = "–"

WORDS = {
    "counted": {"sv": "uppgifter", "en": "statements"},
    "undated": {"sv": "odaterade", "en": "undated"},
    "uncertain": {"sv": "osäkra", "en": "uncertain"},
    "excluded": {"sv": "utelämnade", "en": "left out"},
    "basis": {
        "sv": "Underlag: {counted} uppgifter, varav {undated} odaterade och {uncertain} underförstådda eller "
        "tvetydiga; {excluded} är utelämnade (det som inte blev av, är planerat eller bara är en läsning, "
        "eller ligger utanför urvalet).",
        "en": "Basis: {counted} statements, of which {undated} undated and {uncertain} implied or ambiguous; "
        "{excluded} are left out (what did not come about, is planned or is only one reading, or lies "
        "outside the selection).",
    },
    "formula": {"sv": "Formel", "en": "Formula"},
    "source": {"sv": "Metod", "en": "Method"},
    "meaning": {"sv": "Vad det säger", "en": "What it means"},
    "limits": {"sv": "Vad det inte säger", "en": "What it does not say"},
    "more": {"sv": "och {} rader till", "en": "and {} more rows"},
}


@dataclass(frozen=True)
class Told:
    """A result with what is needed to put it into words."""

    name: str
    result: Result
    evidence: Evidence
    lang: str
    top: int = 0
    """At most so many rows of a table are shown to a reader; 0 for all."""

    @property
    def text(self) -> AnalysisText:
        """The catalogue's words on it."""
        return catalogue()[self.name]

    @property
    def lookup(self) -> Lookup:
        """The records."""
        return self.evidence.lookup

    def say(self, key: str, **values: object) -> str:
        """A phrase of this view."""
        return pick(WORDS[key], self.lang).format(**values)

    def cell(self, value: Cell) -> str:
        """A cell as a reader wants it."""
        if value is None:
            return NOTHING
        if isinstance(value, Ref):
            return self.name_of(value.id)
        if isinstance(value, Term):
            return self.lookup.vocabulary.label(value.iri, self.lang)
        if isinstance(value, Word):
            return pick(words()[value.key], self.lang)
        if isinstance(value, float):
            return decimal(value, self.lang)
        if isinstance(value, tuple):
            return join([self.name_of(ref.id) for ref in value], self.lang)
        return str(value)

    def name_of(self, id_: str) -> str:
        """The name of a record for a table."""
        record = self.lookup.get(id_)
        day = Day.fromisoformat(self.lookup.compiled.as_of) if self.lookup.compiled.as_of else None
        writer = SentenceWriter(self.lookup.vocabulary, self.lookup.get, self.lang, day)
        return (record.text("name", self.lang) if record else "") or writer.name(id_)

    def basis_of(self, row: Row) -> Basis:
        """What lies behind a row's numbers."""
        return self.evidence.basis(row.records, row.left_out)

    def table(self, found: Found) -> tuple[Table, int]:
        """A table in words with its basis as last columns, and how many rows were left out at the end."""
        text = self.text.tables[found.name]
        rows = found.rows[: self.top] if self.top else found.rows
        heads = [pick(label, self.lang) for label in text.columns.values()]
        basis = ("counted", "undated", "uncertain", "excluded")
        body = []
        for row in rows:
            behind = self.basis_of(row)
            numbers = (str(getattr(behind, name)) for name in basis)
            body.append((*(plain(self.cell(cell)) for cell in row.cells), *numbers))
        columns = (*heads, *(self.say(name) for name in basis))
        return Table(columns, tuple(body)), len(found.rows) - len(rows)

    def note(self, note: Note) -> str:
        """A remark in words."""
        values = {key: self.cell(value) for key, value in note.values.items()}
        return pick(self.text.notes[note.key], self.lang).format(**values)

    def basis(self) -> str:
        """The basis of the whole result in words."""
        known = self.result.basis
        return self.say(
            "basis",
            counted=known.counted,
            undated=known.undated,
            uncertain=known.uncertain,
            excluded=known.excluded,
        )


def decimal(value: float, lang: str) -> str:
    """A measure with three decimals, and the decimal sign of the language."""
    text = f"{value:.{SHOWN}f}"
    text = "0.000" if text == "-0.000" else text
    return text.replace(".", ",") if lang == "sv" else text


def as_text(told: Told, width: int) -> str:
    """The result for a terminal of ``width`` characters; wide tables are cut at their widest cells."""
    text, lang = told.text, told.lang
    lines = [pick(text.title, lang), *_wrapped(pick(text.definition, lang), width)]
    lines += _wrapped(as_of_text(told.lookup, lang), width)
    lines += _wrapped(told.basis(), width)
    for found in told.result.tables:
        said = text.tables[found.name]
        lines += ["", pick(said.title, lang)]
        if not found.rows:
            lines += _wrapped(pick(said.empty, lang), width)
            continue
        table, more = told.table(found)
        lines += render_table(table, "table", width).rstrip("\n").split("\n")
        lines += [told.say("more").format(more)] if more else []
    notes = [told.note(note) for note in told.result.notes]
    lines += ["", *(line for note in notes for line in _wrapped(f"• {note}", width))] if notes else []
    for key in ("meaning", "limits", "formula", "source"):
        said_of = pick(getattr(text, key), lang)
        if said_of:
            lines += ["", told.say(key), *_wrapped(said_of, width)]
    return "\n".join(lines) + "\n"


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(plain(text), width, break_long_words=False, break_on_hyphens=False)


def as_markdown(told: Told, level: int = 1) -> str:
    """The result as Markdown under a heading of ``level``; texts of the data are escaped."""
    text, lang = told.text, told.lang
    mark = "#" * level
    lines = [f"{mark} {markdown(pick(text.title, lang))}", "", markdown(pick(text.definition, lang)), ""]
    lines += [markdown(as_of_text(told.lookup, lang)), ""] if level == 1 else []
    lines += [markdown(told.basis())]
    for found in told.result.tables:
        said = text.tables[found.name]
        lines += ["", f"{mark}# {markdown(pick(said.title, lang))}", ""]
        if not found.rows:
            lines += [markdown(pick(said.empty, lang))]
            continue
        table, more = told.table(found)
        lines += [render_table(table, "markdown").rstrip("\n")]
        lines += ["", told.say("more").format(more)] if more else []
    notes = [told.note(note) for note in told.result.notes]
    lines += ["", *(f"- {markdown(note)}" for note in notes)] if notes else []
    for key in ("meaning", "limits", "formula", "source"):
        said_of = pick(getattr(text, key), lang)
        lines += ["", f"**{told.say(key)}.** {markdown(said_of)}"] if said_of else []
    return "\n".join(lines) + "\n"


def as_csv(told: Told, table: str = "") -> str:
    """One table for a program: column keys as header, ids and local names, measures with six decimals."""
    found = next((each for each in told.result.tables if each.name == table), told.result.tables[0])
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        (*told.text.tables[found.name].columns, "counted", "undated", "uncertain", "excluded", "records")
    )
    for row in found.rows:
        basis = told.basis_of(row)
        numbers = (basis.counted, basis.undated, basis.uncertain, basis.excluded)
        writer.writerow((*(_raw(cell) for cell in row.cells), *numbers, " ".join(row.records)))
    return out.getvalue()


def _raw(value: Cell) -> str | int:
    if value is None:
        return ""
    if isinstance(value, Ref):
        return value.id
    if isinstance(value, Term):
        return local_name(value.iri)
    if isinstance(value, Word):
        return value.key
    if isinstance(value, float):
        return f"{round(value, KEPT) + 0.0:.{KEPT}f}"
    if isinstance(value, tuple):
        return " ".join(ref.id for ref in value)
    return value


def as_json(told: Told) -> str:
    """The whole result for a program, with names in the language."""
    lang = told.lang
    whole = {
        "analysis": told.name,
        "title": pick(told.text.title, lang),
        "lang": lang,
        "asOf": told.lookup.compiled.as_of,
        "accordingTo": as_of_text(told.lookup, lang),
        "basis": _basis(told.result.basis),
        "tables": [_table(told, found) for found in told.result.tables],
        "notes": [told.note(note) for note in told.result.notes],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _table(told: Told, found: Found) -> dict[str, object]:
    columns = told.text.tables[found.name].columns
    return {
        "name": found.name,
        "title": pick(told.text.tables[found.name].title, told.lang),
        "columns": {key: pick(label, told.lang) for key, label in columns.items()},
        "rows": [
            {
                "cells": {key: _data(told, cell) for key, cell in zip(columns, row.cells, strict=True)},
                "basis": _basis(told.basis_of(row)),
                "records": list(row.records),
                "leftOut": list(row.left_out),
            }
            for row in found.rows
        ],
    }


def _data(told: Told, value: Cell) -> object:
    if value is None or isinstance(value, int | str):
        return value
    if isinstance(value, float):
        return round(value, KEPT) + 0.0
    if isinstance(value, tuple):
        return [_data(told, ref) for ref in value]
    return {
        ("term" if isinstance(value, Term) else "id" if isinstance(value, Ref) else "word"): _raw(value),
        "text": told.cell(value),
    }


def _basis(basis: Basis) -> dict[str, int]:
    return {
        "counted": basis.counted,
        "undated": basis.undated,
        "uncertain": basis.uncertain,
        "excluded": basis.excluded,
    }
