"""CSV text -> rows of cells, each with its place: RFC 4180 as Python's ``csv.reader(strict=True)`` cuts it.

The standard reader gives no places. A test holds the two equal on what is well-formed; where that one
raises, this one reports RG003 and goes on.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from relgraph.model import Position, Problem
from relgraph.reading.text import BREAK

_RECORD = re.compile(r'(?:[^"\r\n]++|"[^"]*+"?)++')  # a line, with the line breaks that are in quotes
_QUOTED = re.compile(r'"[^"]*+"?')


class Cell(NamedTuple):
    """A cell: its text, and the offset at which it begins (with its quotation mark, if it has one)."""

    text: str
    start: int
    quoted: bool


class Cutter:
    """Cuts one text; knows the line and column of every offset in it."""

    def __init__(self, text: str, file: str, problems: list[Problem]) -> None:
        self.text = text
        self.file = file
        self.problems = problems
        self._quotes: tuple[Cell, list[int]] | None = None  # those of the cell last asked for
        self._lines = [0, *(found.end() for found in BREAK.finditer(text))]

    def at(self, offset: int) -> Position:
        """The place of an offset in the text."""
        line = bisect_right(self._lines, offset)
        return Position(self.file, line, offset - self._lines[line - 1] + 1)

    def within(self, cell: Cell, offset: int) -> Position:
        """The place of an offset in a cell's own text, where a doubled quotation mark counts once."""
        if not cell.quoted:
            return self.at(cell.start + offset)
        if self._quotes is None or self._quotes[0] is not cell:
            self._quotes = cell, [found.start() for found in re.finditer('"', cell.text)]
        return self.at(cell.start + 1 + offset + bisect_left(self._quotes[1], offset))

    def delimiter(self) -> str | None:
        """What parts the cells: a comma, or a semicolon where the header has no comma.

        A spreadsheet writes semicolons where the comma is the decimal sign. None, with a problem, for tabs.
        """
        start = len(self.text) - len(self.text.lstrip(" \r\n"))
        found = _RECORD.match(self.text, start)
        header = found[0] if found else ""
        plain = _QUOTED.sub(lambda found: "x" * len(found[0]), header)
        if "," in plain:
            return ","
        if ";" not in plain and "\t" in plain:
            self.report(
                "tabs part the cells",
                start + plain.index("\t"),
                "save it with commas or semicolons between them",
            )
            return None
        return ";" if ";" in plain else ","

    def rows(self, delimiter: str) -> Iterator[list[Cell]]:
        """The rows; an empty line is a row of no cells. One whose quotes never close is told and left out."""
        text, size = self.text, len(self.text)
        pattern = re.compile(rf'"((?:[^"]++|"")*+)("?)|[^{delimiter}\r\n]*+')
        rest = re.compile(rf"[^{delimiter}\r\n]*+")
        row: list[Cell] = []
        here, expected = 0, False  # expected: a delimiter stands before, so that one more cell must follow
        while here < size or expected:
            if not row and here < size and text[here] in "\r\n":
                yield []
                here = self._next_line(here)
                continue
            found = pattern.match(text, here)
            if found is None:  # cannot be: the pattern matches nothing, too
                return
            end = found.end()
            if found[1] is None:
                row.append(Cell(found[0], here, False))
            elif not found[2]:
                self.report("a quotation mark that is never closed", here)
                return
            else:
                row.append(Cell(found[1].replace('""', '"'), here, True))
                if end < size and text[end] not in (delimiter, "\r", "\n"):
                    opened = self.at(here)
                    self.report(
                        "text after the closing quotation mark",
                        end,
                        f"it was opened at {opened.line}:{opened.column}; one within a cell is written twice",
                    )
                    skipped = rest.match(text, end)
                    end = skipped.end() if skipped else end
            here = end
            expected = here < size and text[here] == delimiter
            if expected:
                here += 1
                continue
            yield row
            row = []
            if here < size:
                here = self._next_line(here)

    def _next_line(self, here: int) -> int:
        return here + (2 if self.text.startswith("\r\n", here) else 1)

    def report(self, message: str, offset: int, hint: str | None = None) -> None:
        """Note a fault in the form of the file."""
        self.problems.append(Problem("RG003", message, self.at(offset), hint=hint))
