"""The formats an answer can leave in, and tables for people: aligned text, and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from relgraph.errors import UsageError

if TYPE_CHECKING:
    from relgraph.model import Table

_ROWS = ("select", "ask")
_GRAPHS = ("construct", "describe")


class Format(NamedTuple):
    """One format: the query forms it fits, its media type, and the engine's name for it."""

    name: str
    forms: tuple[str, ...]
    media_type: str
    engine: str


FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format("table", _ROWS + _GRAPHS, "text/plain", ""),
        Format("markdown", _ROWS + _GRAPHS, "text/markdown", ""),
        Format("csv", _ROWS, "text/csv", "CSV"),
        Format("tsv", _ROWS, "text/tab-separated-values", "TSV"),
        Format("json", _ROWS, "application/sparql-results+json", "JSON"),
        Format("xml", _ROWS, "application/sparql-results+xml", "XML"),
        Format("turtle", _GRAPHS, "text/turtle", "TURTLE"),
        Format("ntriples", _GRAPHS, "application/n-triples", "N_TRIPLES"),
        Format("jsonld", _GRAPHS, "application/ld+json", "JSON_LD"),
        Format("rdfxml", _GRAPHS, "application/rdf+xml", "RDF_XML"),
    )
}


def choose(name: str, form: str) -> Format:
    """The format ``name`` if it fits the query form, else UsageError naming those that fit.

    ``form`` is empty where the text is no query: then any known format will do.
    """
    known = FORMATS.get(name)
    fitting = ", ".join(f.name for f in FORMATS.values() if not form or form in f.forms)
    if known is None:
        raise UsageError(f"'{name}' is not a format", hint=f"use one of: {fitting}")
    if form and form not in known.forms:
        raise UsageError(f"the format {name} does not fit {form.upper()}", hint=f"use one of: {fitting}")
    return known


def render_table(table: Table, kind: str, width: int = 0, colour: bool = False) -> str:
    """``table`` as text ending in a newline: ``kind`` 'table' is aligned, 'markdown' is a pipe table.

    Only 'table' heeds ``width`` (0: no limit), cutting the widest cells with …, and ``colour``.
    """
    if kind == "markdown":
        return _markdown(table)
    return _aligned(table, width, colour)


def _markdown(table: Table) -> str:
    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(_markdown_cell(cell) for cell in cells) + " |\n"

    if not table.columns:  # SELECT * of a pattern without variables
        return f"{len(table)} rows without columns\n"
    return line(table.columns) + line("---" for _ in table.columns) + "".join(line(row) for row in table)


def _markdown_cell(text: str) -> str:
    # A backslash before a pipe would undo the escape; < and & would be HTML.
    text = text.replace("\\", "\\\\").replace("|", "\\|").replace("&", "&amp;").replace("<", "&lt;")
    return re.sub(r"\r\n|[\r\n\v\f\x85\u2028\u2029]", "<br>", text)


_CONTROL = r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
_NAMED = {"\n": "↵", "\t": " ", "\r": ""}


def _aligned(table: Table, width: int, colour: bool) -> str:
    if not table.columns:
        return f"{len(table)} rows without columns\n"
    # Control characters are taken out: a value must not move the cursor or change the terminal.
    rows = [[re.sub(_CONTROL, lambda c: _NAMED.get(c.group(), "�"), cell) for cell in row] for row in table]
    columns = [[head, *(row[i] for row in rows)] for i, head in enumerate(table.columns)]
    widths = [max(map(display_width, column)) for column in columns]
    _narrow(widths, width - 2 * (len(widths) - 1) if width else 0)
    numeric = [bool(rows) and all(re.fullmatch(_NUMBER, row[i]) for row in rows) for i in range(len(widths))]
    head = _line(table.columns, widths, numeric)
    rule = "  ".join("─" * w for w in widths)
    if colour:
        head, rule = f"\x1b[1m{head}\x1b[0m", f"\x1b[2m{rule}\x1b[0m"
    return "\n".join([head, rule, *(_line(row, widths, numeric) for row in rows)]) + "\n"


_NUMBER = r"[+-]?[0-9]+(?:\.[0-9]+)?"


def _narrow(widths: list[int], limit: int) -> None:
    """Take from the widest columns until all fit in ``limit`` (0: no limit); none gets below four."""
    while limit and sum(widths) > limit:
        widest = max(widths)
        if widest <= 4:
            return
        many = widths.count(widest)
        target = max((w for w in widths if w < widest), default=4)
        spare = sum(widths) - limit
        to = max(target, widest - -(-spare // many), 4)
        widths[:] = [to if w == widest else w for w in widths]


def _line(cells: Iterable[str], widths: list[int], numeric: list[bool]) -> str:
    parts = []
    for cell, width, right in zip(cells, widths, numeric, strict=True):
        text = _cut(cell, width)
        pad = " " * (width - display_width(text))
        parts.append(pad + text if right else text + pad)
    return "  ".join(parts).rstrip()


def _cut(text: str, width: int) -> str:
    if len(text) <= width and display_width(text) <= width:
        return text
    used, kept = 0, []
    for character in text:
        used += display_width(character)
        if used > width - 1:
            break
        kept.append(character)
    return "".join(kept) + "…"


def display_width(text: str) -> int:
    """Columns a terminal needs: two for wide East Asian characters and emoji, none for combining marks."""
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    wide = sum(east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(category(c) in ("Mn", "Me", "Cf") for c in text)
