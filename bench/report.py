"""The fictional report that a generated graph cites: written sentence by sentence, together with its lock.

Every sentence is made so that :mod:`relgraph.sources.segments` cuts it where it was meant to be cut, and its
place and hash are known when it is written. So neither the text nor the lock is ever held whole.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import NamedTuple

from relgraph.sources.lock import HEADER
from relgraph.sources.segments import digest

DOCUMENT = "report-2030"
#: sentences in a paragraph, and the size of a section where the report is small
PARAGRAPH, SMALL_SECTION = 5, 20
SECTIONS = 40


class Cited(NamedTuple):
    """A place in the report: its section and its range of characters."""

    section: str
    start: int
    end: int


class Report:
    """Writes ``report.txt`` and, on closing, ``sources.lock``; use it as a context manager."""

    def __init__(self, folder: Path, graph: Path, sentences: int, title: str) -> None:
        self.graph = graph
        self.per_section = max(SMALL_SECTION, -(-sentences // SECTIONS))
        self.at = 0
        self.written = 0
        self.sha256 = ""
        self.sections: list[tuple[str, int, int]] = []
        self.headings: list[Cited] = []
        self._begin = 0
        self._digest = hashlib.sha256()
        self._text = (folder / "report.txt").open("w", encoding="utf-8", newline="\n")
        self._parts = [graph / f".{name}.part" for name in ("segments", "cited")]
        self._segments, self._cited = (part.open("w", encoding="utf-8", newline="\n") for part in self._parts)
        self._heading(f"# {title}", "0")

    def __enter__(self) -> Report:
        return self

    def __exit__(self, *_: object) -> None:
        for file in (self._text, self._segments, self._cited):
            file.close()
        for part in self._parts:
            part.unlink(missing_ok=True)

    def sentence(self, before: str, phrase: str, after: str) -> tuple[Cited, Cited]:
        """Write one sentence; the places of the whole and of ``phrase`` in it, both of them locked.

        It begins with a capital and ends with a full stop.
        """
        if self.written % self.per_section == 0:
            self._section()
        elif self.written % PARAGRAPH == 0:
            self._write("\n\n")
        else:
            self._write(" ")
        self.written += 1
        section, start = self.sections[-1][0], self.at
        text = before + phrase + after
        self._write(text)
        whole = Cited(section, start, self.at)
        part = Cited(section, start + len(before), start + len(before) + len(phrase))
        self._segment(whole, "sentence", text)
        if part != whole:
            first, second = sorted(
                ((part, phrase), (whole, text)), key=lambda pair: pair[0].start * 2**40 + pair[0].end
            )
            self._cite(*first)
            self._cite(*second)
        else:
            self._cite(whole, text)
        return whole, part

    def finish(self) -> None:
        """Close the last section and write ``graph/sources.lock``."""
        self._write("\n")
        self._close_section()
        self.sha256 = self._digest.hexdigest()
        for file in (self._text, self._segments, self._cited):
            file.flush()
        with (self.graph / "sources.lock").open("w", encoding="utf-8", newline="\n") as lock:
            lock.write(f"{HEADER}\ndocument\t{DOCUMENT}\t{self.sha256}\t{self.at}\n")
            for part in self._parts:
                with part.open(encoding="utf-8") as lines:
                    shutil.copyfileobj(lines, lock)

    def _section(self) -> None:
        number = str(len(self.sections))
        self._heading(f"\n\n## {number}. Avsnitt {number}", number)
        self._write("\n\n")

    def _heading(self, text: str, number: str) -> None:
        blank = len(text) - len(text.lstrip())
        self._write(text[:blank])
        self._close_section()
        self._begin, start = self.at, self.at
        self._write(text[blank:])
        self.sections.append((number, start, -1))
        place = Cited(number, start, self.at)
        self.headings.append(place)
        self._segment(place, "heading", text[blank:])

    def _close_section(self) -> None:
        if self.sections:
            number, start, _ = self.sections[-1]
            self.sections[-1] = (number, start, self.at)

    def _write(self, text: str) -> None:
        self._text.write(text)
        self._digest.update(text.encode("utf-8"))
        self.at += len(text)

    def _segment(self, place: Cited, kind: str, text: str) -> None:
        fields = ("segment", DOCUMENT, place.start, place.end, place.section, kind, digest(text))
        self._segments.write("\t".join(map(str, fields)) + "\n")

    def _cite(self, place: Cited, text: str) -> None:
        fields = ("cited", DOCUMENT, place.start, place.end, place.section, digest(text))
        self._cited.write("\t".join(map(str, fields)) + "\n")
