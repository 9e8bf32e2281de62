r"""CSV -> plain nodes with positions: a header row of keys, then one record a row, as docs/model.md tells.

The cells are cut by :mod:`relgraph.reading.cells`. What is in one:

    (nothing)             the record does not have the key
    a|b                   a list; ``\|`` is a bar and ``\\`` a backslash, blanks around a value do not count
    column name@sv        the text in that language; the columns of one key make its language map
    column alias          names, in no language; ``alias@sv`` those in one
    column source         places, as a list: [KEY+KEY=]DOCUMENT SECTION START-END [~CERTAINTY], or
                          [KEY+KEY=]DOCUMENT LOCATOR [~CERTAINTY]
    source, alias, sections, notFactual: what begins with ``{`` or ``[`` is JSON, as in a line of JSON Lines

    RG001, RG002, RG008   (:mod:`relgraph.reading.text`)
    RG003  the form of the file: quotes, delimiter, more cells than the header has
    RG005  a column that stands twice
    RG006  a column without a name, an empty value between bars
    RG101  no column id, or none type
    RG116  a malformed source, or structure that is not written as JSON
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import TypeAlias

from relgraph.model import Position, Problem
from relgraph.reading import Mapping, Node, Scalar, Sequence
from relgraph.reading.cells import Cell, Cutter
from relgraph.reading.json import parse_value
from relgraph.reading.text import BREAK, cleaned, read_text

__all__ = ["Takes", "parse_text", "read_file"]

Takes: TypeAlias = Callable[[Scalar, Scalar | None], bool]

#: the columns that hold more than texts
_JSON = ("source", "alias", "sections", "notFactual")
_ONLY_JSON = ("sections", "notFactual")
_ESCAPED = re.compile(r"\\([\\|])")
_BAR = re.compile(r"\\[\\|]|\|")
_WORD = re.compile(r"\S+")
#: spreadsheets make a dash of the hyphen
_RANGE = re.compile(r"([0-9]+)[-–]([0-9]+)")
_SOURCE_HINT = "write report 6 9389-9444, wikidata Q1, or party+from=report 6 9389-9444 ~implied"


@dataclass(frozen=True, slots=True)
class _Column:
    """What the header says of a column; ``used`` is False where a problem was reported for it."""

    key: str
    lang: str = ""
    used: bool = True


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a cell as written, escapes included: its text and its offset in the cell's text."""

    text: str
    offset: int


def read_file(path: Path, file: str, takes: Takes | None = None) -> tuple[Node | None, list[Problem]]:
    """The list of a file's records and the problems in it, sorted; ``file`` is its name in them.

    ``takes`` is asked once for each column, with its key and language: where it says no (it has reported
    why), the column is left out. The node is None if the file is empty or its header cannot be used. Never
    raises for what is in the file.
    """
    text, problems = read_text(path, file)
    return parse_text(text, file, takes) if text is not None else (None, problems)


def parse_text(text: str, file: str, takes: Takes | None = None) -> tuple[Node | None, list[Problem]]:
    """The list of a text's records and the problems in it, sorted, as :func:`read_file`."""
    clean, problems = cleaned(text, file)
    if clean is None:
        return None, problems
    node = _Reader(clean, file, problems, takes).read()
    return node, sorted(problems, key=lambda problem: problem.sort_key)


class _Reader:
    """Makes nodes of the cells of one text."""

    def __init__(self, text: str, file: str, problems: list[Problem], takes: Takes | None) -> None:
        self.cutter = Cutter(text, file, problems)
        self.problems = problems
        self.takes = takes

    def read(self) -> Node | None:
        delimiter = self.cutter.delimiter()
        if delimiter is None:
            return None
        rows = (row for row in self.cutter.rows(delimiter) if any(cell.text.strip() for cell in row))
        header = next(rows, None)
        if header is None:
            return None
        columns = list(self.columns(header))
        keys = [column.key for column in columns if not column.lang]
        missing = [key for key in ("id", "type") if key not in keys]
        for key in missing:
            hint = "the first row names the columns, such as id,type,name@sv,source"
            self.report("RG101", f"there is no column '{key}'", self.cutter.at(header[0].start), hint)
        if missing:
            return None
        records = tuple(self.record(columns, row) for row in rows)
        return Sequence(records, self.cutter.at(header[0].start))

    def report(self, code: str, message: str, at: Position, hint: str | None = None) -> None:
        self.problems.append(Problem(code, message, at, hint=hint))

    def columns(self, header: list[Cell]) -> Iterator[_Column]:
        """The columns, in order; one that cannot be used is marked so."""
        seen: dict[str, Position] = {}
        bare: dict[str, bool] = {}  # key -> whether its first column has no language
        for cell in header:
            name = cell.text.strip()
            offset = len(cell.text) - len(cell.text.lstrip())
            at = self.place(cell, offset)
            key, mark, lang = name.partition("@")
            used = True
            if not key or (mark and not lang):
                message = "a column without a name" if not key else f"no language stands after '{key}@'"
                self.report("RG006", message, at, "name it, or remove the column")
                used = False
            elif name in seen:
                first = f"first in column {seen[name].column}"
                self.report("RG005", f"the column '{name}' stands twice", at, first)
                used = False
            elif bare.setdefault(key, not mark) != (not mark) and key != "alias":
                message = f"'{key}' stands both with and without a language"
                self.report("RG005", message, at, "name the language in each of its columns")
                used = False
            elif self.takes is not None:
                end = self.cutter.within(cell, offset + len(key) + 1)
                used = self.takes(Scalar(key, at), Scalar(lang, end) if mark else None)
            seen.setdefault(name, at)
            yield _Column(key, lang, used)

    def record(self, columns: list[_Column], row: list[Cell]) -> Mapping:
        """The mapping of one row; keys stand where their values do."""
        values: dict[str, Node] = {}
        texts: dict[str, list[tuple[Scalar, Node]]] = {}
        for column, cell in zip(columns, row, strict=False):
            if not column.used or not cell.text.strip():
                continue
            node = self.value(column, cell)
            key = column.key
            if key == "alias":
                values[key] = _joined(values.get(key), node)
            elif column.lang:
                at = self.start(cell)
                texts.setdefault(key, []).append((Scalar(column.lang, at), node))
                first = texts[key][0][0].position
                values[key] = Mapping(tuple(texts[key]), first)
            else:
                values[key] = node
        for cell in row[len(columns) :]:
            if cell.text.strip():
                message = f"a cell more than the header has ({len(columns)})"
                hint = "put a text that holds the delimiter in double quotes"
                self.report("RG003", message, self.start(cell), hint)
                break
        entries = tuple((Scalar(key, node.position), node) for key, node in values.items())
        return Mapping(entries, self.cutter.at(row[0].start))

    def value(self, column: _Column, cell: Cell) -> Node:
        """The node of a cell that is not empty."""
        key = column.key
        if key in _JSON and not column.lang and cell.text.lstrip().startswith(("{", "[")):
            node = parse_value(cell.text, partial(self.cutter.within, cell), self.problems, depth=2)
            return node if node is not None else Sequence((), self.start(cell))
        if key in _ONLY_JSON:
            hint = "or put the record in a file of YAML or JSON Lines"
            self.report("RG116", f"'{key}' has structure: write it as JSON", self.start(cell), hint)
            return Sequence((), self.start(cell))
        pieces = _pieces(cell.text)
        if len(pieces) == 1:
            return self.item(column, cell, pieces[0], self.start(cell))
        items = []
        for piece in pieces:
            at = self.place(cell, piece.offset)
            if piece.text:
                items.append(self.item(column, cell, piece, at))
            else:
                hint = "remove the bar, or write \\| for a bar in a text"
                self.report("RG006", f"'{key}' has an empty value", at, hint)
        return Sequence(tuple(items), self.start(cell))

    def item(self, column: _Column, cell: Cell, piece: _Piece, at: Position) -> Node:
        """One value of a cell."""
        if column.key == "source" and not column.lang:
            return self.source(cell, piece, at)
        value = Scalar(_plain(piece.text), at, cell.quoted)
        if column.key == "alias" and column.lang:
            return Mapping(((Scalar("name", at), value), (Scalar("lang", at), Scalar(column.lang, at))), at)
        return value

    def source(self, cell: Cell, piece: _Piece, at: Position) -> Mapping:
        """A place in a source, as the module's text tells; what is malformed is reported and left out."""
        entries: list[tuple[Scalar, Node]] = []

        def part(text: str, offset: int) -> Scalar:
            return Scalar(text, self.place(cell, piece.offset + offset))

        def add(name: str, node: Node) -> None:
            entries.append((Scalar(name, node.position), node))

        words = list(_WORD.finditer(piece.text))
        document, offset = words[0][0], words[0].start()
        supports, sign, after = document.partition("=")
        if sign:
            keys = supports.split("+")
            starts = accumulate((len(k) + 1 for k in keys[:-1]), initial=offset)
            if not all(keys):
                self.report("RG116", f"'{supports}=' lacks a key", at, _SOURCE_HINT)
            named = tuple(part(k, s) for k, s in zip(keys, starts, strict=True) if k)
            if named:
                add("supports", Sequence(named, named[0].position))
            document, offset = after, offset + len(supports) + 1
            if not document and len(words) > 1:
                del words[0]
                document, offset = words[0][0], words[0].start()
        rest = words[1:]
        if rest and rest[-1][0].startswith("~"):
            certainty = rest.pop()
            if certainty[0] == "~":
                self.report("RG116", "no certainty stands after '~'", at, _SOURCE_HINT)
            else:
                add("certainty", part(certainty[0][1:], certainty.start() + 1))
        if document:
            add("document", part(_plain(document), offset))
        place = _RANGE.fullmatch(rest[-1][0]) if 1 <= len(rest) <= 2 else None
        if place:
            if len(rest) == 2:
                add("section", part(_plain(rest[0][0]), rest[0].start()))
            begin = rest[-1].start()
            ends = tuple(part(place[n], begin + place.start(n)) for n in (1, 2))
            add("range", Sequence(ends, ends[0].position))
        elif rest:
            begin, end = rest[0].start(), rest[-1].end()
            add("locator", part(_plain(piece.text[begin:end]), begin))
        return Mapping(tuple(entries), at)

    def start(self, cell: Cell) -> Position:
        """Where a cell's value stands: at its quotation mark, else past the blanks before it."""
        if cell.quoted:
            return self.cutter.at(cell.start)
        return self.cutter.at(cell.start + len(cell.text) - len(cell.text.lstrip()))

    def place(self, cell: Cell, offset: int) -> Position:
        """Where an offset in a cell's text stands."""
        return self.cutter.within(cell, offset)


def _pieces(text: str) -> list[_Piece]:
    """The values of a cell, cut at the bars that are not escaped; blanks around them are taken off."""
    bars = [found.start() for found in _BAR.finditer(text) if found[0] == "|"] if "|" in text else []
    pieces = []
    begin = 0
    for end in (*bars, len(text)):
        written = text[begin:end]
        blank = len(written) - len(written.lstrip()) if written.strip() else 0
        pieces.append(_Piece(written.strip(), begin + blank))
        begin = end + 1
    return pieces


def _plain(written: str) -> str:
    """A value as it is meant: escapes resolved, line breaks those of Unix."""
    text = _ESCAPED.sub(r"\1", written) if "\\" in written else written
    return BREAK.sub("\n", text) if "\r" in text else text


def _joined(before: Node | None, node: Node) -> Node:
    """Two values of one key as one list."""
    if before is None:
        return node
    items = [item for one in (before, node) for item in (one.items if isinstance(one, Sequence) else (one,))]
    return Sequence(tuple(items), before.position)
