"""An analysis for a terminal and for programs: text, CSV and JSON, in Swedish or English."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from io import StringIO

from relgraph.analysis import Basis, Cell, Found, Statement, Time, Word
from relgraph.model import Ref, Term
from relgraph.sentences import as_of_text
from relgraph.views.plain import plain
from relgraph.views.rows import row_lines, wrapped
from relgraph.views.told import NOTHING, Told
from relgraph.vocabulary import local_name, pick

#: digits of a measure for programs
KEPT = 6


def as_text(told: Told, width: int) -> str:
    """The result for a terminal of ``width`` characters; a table that is too wide is told row by row."""
    text, lang = told.text, told.lang
    lines = [plain(pick(text.title, lang)), *wrapped(pick(text.definition, lang), width)]
    lines += wrapped(as_of_text(told.lookup, lang), width)
    lines += wrapped(told.selection(), width)
    lines += wrapped(told.basis(), width)
    lines += [line for note in told.result.notes for line in wrapped(told.note(note), width)]
    for found in told.result.tables:
        said = text.tables[found.name]
        lines += ["", pick(said.title, lang)]
        if not found.rows:
            lines += wrapped(told.empty(found), width)
            continue
        table, more = told.table(found)
        lines += row_lines(table, width, NOTHING)
        lines += [told.more(more)] if more else []
    for key in ("meaning", "limits", "formula", "source"):
        said_of = pick(getattr(text, key), lang)
        if said_of:
            lines += ["", told.say(key), *wrapped(said_of, width)]
    return "\n".join(lines) + "\n"


def as_csv(told: Told, table: str = "") -> str:
    """One table for a program: column keys as header, ids and local names, measures with six decimals.

    Nothing is altered, so a spreadsheet may take a text that begins with ``=`` for a formula.
    """
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
    if isinstance(value, Ref | Time | Statement):
        return value.id
    if isinstance(value, Term):
        return local_name(value.iri)
    if isinstance(value, Word):
        return value.key
    if isinstance(value, float):
        return f"{round(value, KEPT) + 0.0:.{KEPT}f}"
    if isinstance(value, tuple):
        return " ".join(str(_raw(each)) for each in value)
    return value


def as_json(tolds: Sequence[Told]) -> str:
    """Results whole for a program, with names in the language: one object, or a list of several."""
    whole = [_whole(told) for told in tolds]
    return json.dumps(whole[0] if len(whole) == 1 else whole, ensure_ascii=False, indent=2) + "\n"


def _whole(told: Told) -> dict[str, object]:
    lang = told.lang
    return {
        "analysis": told.name,
        "title": pick(told.text.title, lang),
        "lang": lang,
        "asOf": told.lookup.compiled.as_of,
        "accordingTo": as_of_text(told.lookup, lang),
        "selection": told.selection() or None,
        "basis": _basis(told.result.basis),
        "standsOut": [
            {"text": said, "table": each.rule.table, "rows": len(each.rows), "basis": behind}
            for said, each, behind in told.standing_out()
        ],
        "tables": [_table(told, found) for found in told.result.tables],
        "notes": [told.note(note) for note in told.result.notes],
    }


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
        return [_data(told, each) for each in value]
    key = {Ref: "id", Term: "term", Word: "word", Time: "timeOf", Statement: "statement"}[type(value)]
    return {key: _raw(value), "text": told.cell(value)}


def _basis(basis: Basis) -> dict[str, int]:
    return {
        "counted": basis.counted,
        "undated": basis.undated,
        "uncertain": basis.uncertain,
        "excluded": basis.excluded,
    }
