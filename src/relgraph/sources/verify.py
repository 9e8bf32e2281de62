"""What only someone with the document can do: compare its hashes with the lock, and find words to cite.

Coverage (is each segment cited, or listed as stating no fact?) needs no more than the lock: :func:`coverage`
is for whoever has only the graph, :func:`verify` adds the document and shows the words.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from relgraph.errors import UsageError
from relgraph.model import Citation, Position, Problem, Table
from relgraph.sources.lock import (
    CitedRange,
    Lock,
    LockedDocument,
    check_citation,
    document_differs,
    line_end_difference,
    lock_command,
    not_locked,
)
from relgraph.sources.segments import Section, Segment, digest, segments

COLUMNS = ("section", "segments", "cited", "not factual", "uncovered", "pairs")

# How many differences are told one by one: after an edit near the top, all that follows differs.
_SHOWN = 5

_Pair: TypeAlias = tuple[str, int, int]

# For finding words: Markdown around them (passed over), white space (one space), any other character.
_TOKEN = re.compile(r"\]\([^()\s]*\)|[*_\[\]]|(?P<space>\s+)|(?P<other>.)", re.DOTALL)
_ALIKE = str.maketrans("”“„«»’‘–—", '"""""\'\'--')


@dataclass(frozen=True, slots=True)
class NotFactual:
    """An entry of a document's ``notFactual``: one or more whole segments in a row, and why."""

    section: str
    start: int
    end: int
    reason: str
    position: Position | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class SectionCount:
    """The coverage of one section, or of all (``section`` is then empty).

    ``segments`` = ``cited`` + ``not_factual`` + ``uncovered``: one both cited and listed counts as cited.
    ``pairs`` counts the distinct (record, range) within the section.
    """

    section: str
    segments: int = 0
    cited: int = 0
    not_factual: int = 0
    uncovered: int = 0
    pairs: int = 0

    @property
    def row(self) -> tuple[str, ...]:
        """As texts, in the order of COLUMNS."""
        counts = (self.segments, self.cited, self.not_factual, self.uncovered, self.pairs)
        return (self.section, *map(str, counts))


@dataclass(frozen=True, slots=True)
class Report:
    """What :func:`coverage` or :func:`verify` found: counts by section, in the text's order, and faults."""

    document: str
    counts: tuple[SectionCount, ...]
    problems: tuple[Problem, ...]

    @property
    def total(self) -> SectionCount:
        """The counts of all sections together."""
        sums = (sum(int(c.row[i]) for c in self.counts) for i in range(1, len(COLUMNS)))
        return SectionCount("", *sums)

    @property
    def table(self) -> Table:
        """One row for each section; the total is left to whoever prints it."""
        return Table(COLUMNS, tuple(count.row for count in self.counts))

    @property
    def ok(self) -> bool:
        """Whether nothing but warnings was found."""
        return all(problem.severity != "error" for problem in self.problems)


def check_not_factual(lock: Lock, document_id: str, entry: NotFactual) -> Problem | None:
    """RG213: an entry of ``notFactual`` that is not one or more whole segments of the section it names."""
    document = lock.document(document_id)
    place = f"the not-factual range [{entry.start}, {entry.end}] of {document_id}"
    if document is None:
        return not_locked(document_id, entry.position)
    first = document.segment_at(entry.start)
    last = document.segment_at(entry.end - 1)
    if not first or not last:
        hint = "begin and end it with a sentence, bullet or heading (`relgraph sources locate`)"
        return Problem("RG213", f"{place} does not begin and end in a segment", entry.position, hint=hint)
    if (first.start, last.end) != (entry.start, entry.end):
        hint = f"the whole segments there are [{first.start}, {last.end}]"
        return Problem("RG213", f"{place} is not whole segments", entry.position, hint=hint)
    for segment in (first, last):
        if segment.section != entry.section:
            message = f'{place} is in section "{segment.section}", not "{entry.section}"'
            hint = f'write section: "{segment.section}", or divide the entry'
            return Problem("RG213", message, entry.position, hint=hint)
    return None


def coverage(
    lock: Lock,
    document_id: str,
    citations: Iterable[tuple[str, Citation]],
    not_factual: Sequence[NotFactual] = (),
    *,
    text: str | None = None,
) -> Report:
    """How much of a document the graph accounts for, and what is wrong (RG202–RG205, RG211–RG214).

    ``citations`` are (record id, citation) pairs, of any documents; those of others, and those by locator,
    are passed over. Only a citation without a fault counts. ``text``, where given, lends the messages its
    first words.
    """
    document = lock.document(document_id)
    if document is None:
        return Report(document_id, (), (not_locked(document_id),))
    problems: list[Problem] = []
    pairs: dict[int, set[_Pair]] = {}
    for record, citation in citations:
        if citation.document != document_id or citation.locator:
            continue
        if fault := check_citation(lock, citation):
            problems.append(fault)
        elif segment := document.segment_at(citation.start):
            pairs.setdefault(segment.start, set()).add((record, citation.start, citation.end))
    listed: dict[int, NotFactual] = {}
    for entry in not_factual:
        if fault := check_not_factual(lock, document_id, entry):
            problems.append(fault)
            continue
        for segment in document.segments:
            if entry.start <= segment.start and segment.end <= entry.end:
                listed[segment.start] = entry
    problems.sort(key=lambda problem: problem.sort_key)
    problems.extend(_coverage_faults(document, pairs.keys(), listed, text))  # these in the order of the text
    counts = tuple(_counts(document, pairs, listed))
    return Report(document_id, counts, tuple(problems))


def _coverage_faults(
    document: LockedDocument, cited: Iterable[int], listed: dict[int, NotFactual], text: str | None
) -> Iterator[Problem]:
    cited = set(cited)
    for s in document.segments:
        words = f": {first_words(text[s.start : s.end])}" if text else ""
        place = f'the {s.kind} at {s.start}–{s.end} of {document.id}, section "{s.section}",'
        if s.start not in cited and s.start not in listed:
            hint = "cite it, or list it under notFactual with a reason"
            yield Problem("RG211", f"{place} is neither cited nor listed as not factual{words}", hint=hint)
        elif s.start in cited and s.start in listed:
            at = listed[s.start].position
            message = f"{place} is cited, and listed as not factual too{words}"
            yield Problem("RG212", message, at, severity="warning", hint="take it off the list")


def _counts(
    document: LockedDocument, pairs: dict[int, set[_Pair]], listed: dict[int, NotFactual]
) -> Iterator[SectionCount]:
    for section in dict.fromkeys(s.section for s in document.segments):
        here = [s.start for s in document.segments if s.section == section]
        cited = sum(start in pairs for start in here)
        off = sum(start in listed and start not in pairs for start in here)
        of_records = sum(len(pairs.get(start, ())) for start in here)
        yield SectionCount(section, len(here), cited, off, len(here) - cited - off, of_records)


def verify(
    lock: Lock,
    document_id: str,
    text: str,
    citations: Iterable[tuple[str, Citation]],
    not_factual: Sequence[NotFactual] = (),
    *,
    sections: Sequence[Section] | None = None,
) -> Report:
    """The coverage of a document, and whether ``text`` is the document that was locked (RG208, RG209, RG210).

    Compared are the hash of the whole, of each segment and of each cited range. If only the line ends differ,
    that is the one thing told, and the rest is judged as if they did not. With ``sections``, the section map
    of today, a lock that was made with another map or by other rules of cutting is found too (RG209).
    """
    document = lock.document(document_id)
    if document is None:
        return coverage(lock, document_id, citations, not_factual)
    problems: list[Problem] = []
    if reason := line_end_difference(text, document.sha256):
        problems.append(document_differs(document_id, reason))
        text = text.replace("\r\n", "\n") if "\r\n" in text else text.replace("\n", "\r\n")
    elif digest(text) != document.sha256:
        message = f"the file has {len(text)} characters and another hash than {document_id}"
        hint = f"it is not the locked document ({document.characters} characters), or it was edited"
        problems.append(Problem("RG208", message, hint=hint))
    problems += _different("RG209", "segment", text, document_id, document.segments)
    problems += _different("RG210", "cited range", text, document_id, document.cited)
    if sections is not None and digest(text) == document.sha256:
        problems += _cut_otherwise(document, segments(text, sections))
    report = coverage(lock, document_id, citations, not_factual, text=text)
    return Report(document_id, report.counts, (*problems, *report.problems))


def _different(
    code: str, what: str, text: str, document_id: str, places: Sequence[Segment | CitedRange]
) -> list[Problem]:
    wrong = [place for place in places if digest(text[place.start : place.end]) != place.sha256]
    problems = [
        Problem(
            code,
            f"the {what} at {place.start}–{place.end} of {document_id} is not the locked text",
            hint="get the locked edition, or lock this one and read the records that cite it again",
        )
        for place in wrong[:_SHOWN]
    ]
    if len(wrong) > _SHOWN:
        problems.append(Problem(code, f"nor are {len(wrong) - _SHOWN} more of {len(places)} {what}s"))
    return problems


def _cut_otherwise(document: LockedDocument, now: Sequence[Segment]) -> list[Problem]:
    changed = sorted({(s.start, s.end) for s in set(now).symmetric_difference(document.segments)})
    if not changed:
        return []
    start, end = changed[0]
    message = f"the lock of {document.id} has other segments than its sections give, first at {start}–{end}"
    return [Problem("RG209", message, hint=lock_command(document.id))]


def first_words(text: str, width: int = 60) -> str:
    """The beginning of a text on one line, cut at a word, for a message to whoever has the document."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[:width].rsplit(" ", 1)[0] + " …"


@dataclass(frozen=True, slots=True)
class Location:
    """Where words were found: the exact range in the text, and the segments that it touches, in order."""

    start: int
    end: int
    segments: tuple[Segment, ...]

    @property
    def section(self) -> str:
        """The section it begins in."""
        return self.segments[0].section if self.segments else ""

    @property
    def crosses(self) -> bool:
        """Whether no single citation can hold it: it touches more than one segment, or none."""
        return len(self.segments) != 1

    def lines(self, document_id: str) -> tuple[str, ...]:
        """The YAML to paste under ``source:``; a match across segments gets a comment and one line a part."""
        lines = []
        if self.crosses:
            lines.append(f"# {self.start}–{self.end} is in {len(self.segments)} segments: cite each alone")
        for segment in self.segments:
            start, end = max(self.start, segment.start), min(self.end, segment.end)
            section = json.dumps(segment.section, ensure_ascii=False)
            lines.append(f"- {{document: {document_id}, section: {section}, range: [{start}, {end}]}}")
        return tuple(lines)


def locate(text: str, cut: Sequence[Segment], words: str) -> list[Location]:
    """Find ``words`` in a document whose segments are ``cut``; the locations in order, none overlapping.

    White space and line breaks, case, Markdown emphasis and links, and the kinds of quotation marks and
    dashes make no difference. Parts of words match. Raises UsageError if nothing to look for is left of
    ``words``.
    """
    folded, origin = _folded(text)
    starts = [segment.start for segment in cut]
    found: list[Location] = []
    # A letter with its accent may be one character or two, in the document as in what was typed.
    forms = [_folded(unicodedata.normalize(form, words))[0].strip() for form in ("NFC", "NFD")]
    wanted = forms[0] if forms[0] in folded else forms[1]
    if not wanted:
        raise UsageError("there are no words to look for", hint='as in: locate ID FILE "the words"')
    at = folded.find(wanted)
    while at >= 0:
        start, end = origin[at], origin[at + len(wanted) - 1] + 1
        first = max(bisect_right(starts, start) - 1, 0)
        last = bisect_right(starts, end - 1)
        found.append(Location(start, end, tuple(s for s in cut[first:last] if s.end > start)))
        at = folded.find(wanted, at + len(wanted))
    return found


def _folded(text: str) -> tuple[str, list[int]]:
    """``text`` as it is compared, and for each of its characters the place in ``text`` that it came from."""
    folded: list[str] = []
    origin: list[int] = []
    for token in _TOKEN.finditer(text):
        if token["space"]:
            piece = "" if folded and folded[-1] == " " else " "
        else:
            piece = (token["other"] or "").translate(_ALIKE).casefold()
        folded += piece
        origin += [token.start()] * len(piece)
    return "".join(folded), origin
