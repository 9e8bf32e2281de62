"""``graph/sources.lock``: where the segments and the cited ranges of each document are, and their hashes.

It lets anyone check citations without the documents, and whoever has a document see that it is the same one.
It holds no text. Plain text, UTF-8, LF, fields parted by tabs, sorted by document and place, each line
complete in itself (so that a diff shows which sentence, and a merge of two branches is a merge of lines)::

    relgraph sources lock  1
    document  <id>  <sha256>  <characters>
    segment   <id>  <start>  <end>  <section>  <kind>  <sha256>
    cited     <id>  <start>  <end>  <section>  <sha256>
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast, get_args

from relgraph.errors import DataError
from relgraph.model import Citation, Position, Problem
from relgraph.sources.segments import Kind, Section, Segment, digest, segments

HEADER = "relgraph sources lock\t1"

_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,11})\Z")
_FIELDS = {"document": 4, "segment": 7, "cited": 6}


@dataclass(frozen=True, slots=True)
class CitedRange:
    """A range that some record cites: its place, the section it begins in, and the hash of its text."""

    start: int
    end: int
    section: str
    sha256: str


@dataclass(frozen=True)
class LockedDocument:
    """What the lock knows of one document; ``segments`` and ``cited`` are sorted by place."""

    id: str
    sha256: str
    characters: int
    segments: tuple[Segment, ...] = ()
    cited: tuple[CitedRange, ...] = ()

    @cached_property
    def _starts(self) -> list[int]:
        return [segment.start for segment in self.segments]

    @cached_property
    def _cited(self) -> dict[tuple[int, int], CitedRange]:
        return {(cited.start, cited.end): cited for cited in self.cited}

    def segment_at(self, offset: int) -> Segment | None:
        """The segment that holds the character at ``offset``; None between segments."""
        index = bisect_right(self._starts, offset) - 1
        return self.segments[index] if index >= 0 and offset < self.segments[index].end else None

    def segment_after(self, offset: int) -> Segment | None:
        """The first segment that begins after ``offset``."""
        index = bisect_right(self._starts, offset)
        return self.segments[index] if index < len(self.segments) else None

    def cited_range(self, start: int, end: int) -> CitedRange | None:
        """The locked range [start, end), if some record cited it when the lock was made."""
        return self._cited.get((start, end))


@dataclass(frozen=True)
class Lock:
    """All locked documents, sorted by id."""

    documents: tuple[LockedDocument, ...] = ()

    @cached_property
    def _by_id(self) -> dict[str, LockedDocument]:
        return {document.id: document for document in self.documents}

    def document(self, document_id: str) -> LockedDocument | None:
        """What is locked of a document, or None."""
        return self._by_id.get(document_id)

    def render(self) -> str:
        """The text of the lock file; :func:`parse_lock` reads it back to an equal Lock."""
        lines = [HEADER]
        for d in self.documents:
            lines.append(f"document\t{d.id}\t{d.sha256}\t{d.characters}")
            lines += [
                f"segment\t{d.id}\t{s.start}\t{s.end}\t{s.section}\t{s.kind}\t{s.sha256}" for s in d.segments
            ]
            lines += [f"cited\t{d.id}\t{c.start}\t{c.end}\t{c.section}\t{c.sha256}" for c in d.cited]
        return "\n".join(lines) + "\n"


def lock_command(document_id: str) -> str:
    """What to do when the lock is missing something: the hint that most faults here end with."""
    return f"run `relgraph sources lock {document_id} FILE`"


def line_end_difference(text: str, sha256: str) -> str | None:
    """Why ``text`` has another hash than ``sha256``, if only its line ends are the reason; else None."""
    if digest(text) == sha256:
        return None
    lf = text.replace("\r\n", "\n")
    if lf != text and digest(lf) == sha256:
        return "the file has CRLF line ends, and the locked document has LF"
    if digest(lf.replace("\n", "\r\n")) == sha256:
        return "the file has LF line ends, and the locked document has CRLF"
    return None


def document_differs(document_id: str, reason: str) -> Problem:
    """RG208: a file is the locked document but for its line ends, as :func:`line_end_difference` found."""
    hint = "ranges count line ends: convert them, or get the file again unconverted (git: `* -text`)"
    return Problem("RG208", f"{document_id}: {reason}", hint=hint)


def check_document(
    lock: Lock, document_id: str, sha256: str, characters: int, position: Position | None = None
) -> Problem | None:
    """RG208 if a document record states another hash or length than the lock; RG214 if it is not locked."""
    document = lock.document(document_id)
    if document is None:
        return not_locked(document_id, position)
    if (document.sha256, document.characters) == (sha256, characters):
        return None
    message = f"the record of {document_id} states another document than the lock"
    hint = f"the lock has {document.characters} characters and the SHA-256 {document.sha256}"
    return Problem("RG208", message, position, hint=hint)


def not_locked(document_id: str, position: Position | None = None) -> Problem:
    """RG214: a document that has no entry in the lock."""
    return Problem("RG214", f"{document_id} is not in the lock", position, hint=lock_command(document_id))


def make_lock(
    document_id: str,
    text: str,
    sections: Sequence[Section],
    cited_ranges: Iterable[tuple[int, int]],
    previous: Lock | None = None,
) -> Lock:
    """Lock a document: hash it, its segments and its cited ranges; other documents stay as in ``previous``.

    A range that is empty or lies outside the text is left out, and so stays a fault of its citation (RG202)
    that :func:`check_citation` reports with its place in the YAML. Raises DataError if the section map does
    not fit the text (RG206), or if the text is the document locked before but for its line ends (RG208): a
    lock of such a copy would move every range away from its words.
    """
    before = previous.document(document_id) if previous else None
    if before and (reason := line_end_difference(text, before.sha256)):
        problems = [document_differs(document_id, reason)]
        raise DataError(f"{document_id} is not locked again", problems=problems)
    found = segments(text, sections)
    numbers = sorted((s.start, s.end, s.number) for s in sections)
    starts = [start for start, _, _ in numbers]

    def section_at(offset: int) -> str:
        index = bisect_right(starts, offset) - 1
        return numbers[index][2] if index >= 0 and offset < numbers[index][1] else ""

    cited = tuple(
        CitedRange(start, end, section_at(start), digest(text[start:end]))
        for start, end in sorted(set(cited_ranges))
        if 0 <= start < end <= len(text)
    )
    locked = LockedDocument(document_id, digest(text), len(text), found, cited)
    others = [d for d in (previous.documents if previous else ()) if d.id != document_id]
    return Lock(tuple(sorted([*others, locked], key=lambda d: d.id)))


def compare_locks(previous: Lock | None, new: Lock, document_id: str) -> list[Problem]:
    """RG215, a warning for each cited range whose text the new lock changes.

    Locking again is right after an edit of the graph; after an edit of the *document* it would silently bless
    citations that now point at other words.
    """
    before = previous.document(document_id) if previous else None
    after = new.document(document_id)
    if before is None or after is None:
        return []
    problems = []
    for old in before.cited:
        now = after.cited_range(old.start, old.end)
        if now and now.sha256 != old.sha256:
            message = f"the text of {document_id} at {old.start}–{old.end} is another than the last lock's"
            hint = "look at the records that cite it: the document has changed under them"
            problems.append(Problem("RG215", message, severity="warning", hint=hint))
    return problems


def check_citation(lock: Lock, citation: Citation, characters: int | None = None) -> Problem | None:
    """The first fault of a citation that can be seen without the document; None for one by ``locator``.

    ``characters`` is the length that the document record states; without it the lock's is used.

    - RG202: the range is empty, reversed, or reaches outside the document.
    - RG204: the range begins in no segment, or reaches beyond the segment it begins in.
    - RG205: the range is in another section than the citation says.
    - RG203: the range, or its document, is not in the lock. Last, because making a new lock must not be the
      advice for a range that is wrong.
    """
    if citation.locator:
        return None
    start, end = citation.start, citation.end
    place = f"{citation.document} [{start}, {end}]"
    document = lock.document(citation.document)
    length = document.characters if characters is None and document else characters

    def fault(code: str, message: str, hint: str) -> Problem:
        return Problem(code, message, citation.position, hint=hint)

    if start >= end:
        return fault("RG202", f"{place} is empty or reversed", "a range is [first, last + 1], counted from 0")
    if start < 0 or (length is not None and end > length):
        known = "" if length is None else f", which has the characters [0, {length}]"
        return fault("RG202", f"{place} reaches outside the document{known}", "correct the range")
    if document is None:
        return fault("RG203", f"{citation.document} is not in the lock", lock_command(citation.document))
    segment = document.segment_at(start)
    if segment is None:
        after = document.segment_after(start)
        hint = f"the next one begins at {after.start}" if after else "it has none after this place"
        return fault("RG204", f"{place} begins outside every sentence, bullet and heading", hint)
    if end > segment.end:
        message = f"{place} leaves the {segment.kind} it begins in, which ends at {segment.end}"
        return fault("RG204", message, "cite each sentence, bullet or heading by itself")
    if citation.section != segment.section:
        named = f'"{citation.section}"' if citation.section else "no section"
        message = f'{place} is in section "{segment.section}"; the citation names {named}'
        return fault("RG205", message, f'write section: "{segment.section}"')
    if document.cited_range(start, end) is None:
        return fault("RG203", f"{place} is not in the lock", lock_command(citation.document))
    return None


def parse_lock(text: str, file: str) -> tuple[Lock, list[Problem]]:
    """Read a lock file; a line that cannot be read is a problem (RG207) with its position, and left out.

    Order does not matter, and CRLF line ends and a byte order mark are let pass: git and editors bring them
    in.
    """
    reader = _Reader(file)
    lines = text.removeprefix("\ufeff").split("\n")
    if lines[0].removesuffix("\r") != HEADER:
        reader.fault(1, 1, f"the first line is not {HEADER!r}")
        return Lock(), reader.problems
    for number, line in enumerate(lines[1:], start=2):
        if content := line.removesuffix("\r"):
            reader.read(number, content)
    return reader.lock(), reader.problems


@dataclass(slots=True)
class _Reader:
    """Collects the lines of a lock file, and their faults."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    _documents: dict[str, tuple[str, int]] = field(default_factory=dict)
    _segments: dict[str, dict[int, tuple[int, Segment]]] = field(default_factory=dict)
    _cited: dict[str, dict[tuple[int, int], tuple[int, CitedRange]]] = field(default_factory=dict)

    def fault(self, line: int, column: int, message: str) -> None:
        hint = "run `relgraph sources lock ID FILE` to write the lock again"
        self.problems.append(Problem("RG207", message, Position(self.file, line, column), hint=hint))

    def read(self, line: int, content: str) -> None:
        """Take one line in, or report why not, at the column of the first field that is wrong."""
        fields = content.split("\t")
        kind = fields[0]
        if kind not in _FIELDS:
            merge = kind.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||"))
            what = "is not document, segment or cited"
            return self.fault(line, 1, "a merge conflict was left here" if merge else f"{kind[:60]!r} {what}")
        if len(fields) != _FIELDS[kind]:
            return self.fault(line, 1, f"a {kind} line has {_FIELDS[kind]} fields, not {len(fields)}")
        expected: list[tuple[int, Callable[[str], object], str]] = [(1, str.strip, "a document id")]
        if kind == "document":
            expected += [(2, _SHA256.match, "a SHA-256"), (3, _NUMBER.match, "a number")]
        else:
            expected += [(2, _NUMBER.match, "a number"), (3, _NUMBER.match, "a number")]
            if kind == "segment":
                expected.append((5, get_args(Kind).__contains__, "heading, bullet or sentence"))
            expected.append((len(fields) - 1, _SHA256.match, "a SHA-256"))
        for index, accepts, what in expected:
            if not accepts(fields[index]):
                column = len("\t".join(fields[:index])) + 2
                return self.fault(line, column, f"{fields[index][:80]!r} is not {what}")
        return self._take(line, fields)

    def _take(self, line: int, fields: list[str]) -> None:
        kind, document = fields[:2]
        if kind == "document":
            if document in self._documents:
                return self.fault(line, 1, f"document {document} is here twice")
            self._documents[document] = (fields[2], int(fields[3]))
            return None
        start, end, section, sha256 = int(fields[2]), int(fields[3]), fields[4], fields[-1]
        if start >= end:
            return self.fault(line, 1, f"the range {start}–{end} is empty or reversed")
        if kind == "segment":
            here = self._segments.setdefault(document, {})
            if start in here:
                return self.fault(line, 1, f"two segments of {document} begin at {start}")
            here[start] = (line, Segment(start, end, section, cast(Kind, fields[5]), sha256))
        else:
            cited = self._cited.setdefault(document, {})
            if (start, end) in cited:
                return self.fault(line, 1, f"the cited range {start}–{end} of {document} is here twice")
            cited[start, end] = (line, CitedRange(start, end, section, sha256))
        return None

    def lock(self) -> Lock:
        """All that was read, with the faults that show only when all is there."""
        for name in sorted({*self._segments, *self._cited} - set(self._documents)):
            lines = [line for line, _ in self._segments.get(name, {}).values()]
            lines += [line for line, _ in self._cited.get(name, {}).values()]
            self.fault(min(lines), 1, f"document {name} has no line of its own")
        return Lock(tuple(self._document(name) for name in sorted(self._documents)))

    def _document(self, name: str) -> LockedDocument:
        sha256, characters = self._documents[name]
        found: list[Segment] = []
        for _, (line, segment) in sorted(self._segments.get(name, {}).items()):
            if found and segment.start < found[-1].end:
                self.fault(line, 1, f"the segment {segment.start}–{segment.end} overlaps the one before it")
            elif segment.end > characters:
                self.fault(line, 1, f"the segment ends at {segment.end}, and {name} at {characters}")
            else:
                found.append(segment)
        cited: list[CitedRange] = []
        for _, (line, entry) in sorted(self._cited.get(name, {}).items()):
            if entry.end > characters:
                self.fault(line, 1, f"the cited range ends at {entry.end}, and {name} at {characters}")
            else:
                cited.append(entry)
        return LockedDocument(name, sha256, characters, tuple(found), tuple(cited))
