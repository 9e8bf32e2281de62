"""Cut the text of a document into segments: its sentences, bullets and headings.

The rules, for Markdown or plain text in Swedish or English:

- Sections come from the section map; text that no section holds makes segments of section ``""``, so that
  nothing is lost. No segment spans two sections, nor a blank line.
- A line is a *heading* if it starts with ``#``, or if it is a paragraph of its own and is underlined
  (``===``, ``---``) or is bold from end to end without ending as a sentence does.
- ``- ``, ``* ``, ``+ ``, ``• ``, ``1. ``, ``1) `` and ``a) `` begin a *bullet*, which runs to the next
  bullet, heading, rule or blank line: one segment, however many sentences it has. A number other than 1
  begins one only outside a paragraph, as in CommonMark: a wrapped line may well start with "12. ".
- A rule (``---``) and the line under a table's head are no segment; a table's row is one.
- All other text is cut into *sentences*: after ``. ! ? …`` with any closing quotes, brackets, emphasis and
  link target, where white space follows and the next letter or digit is not a lowercase letter. A full stop
  does not end a sentence after an abbreviation that wants a continuation ("t.ex. Lund"), after an initial
  ("A. Ek") or, before a digit, after an abbreviation that wants a number ("no. 5"). An abbreviation that
  closes a list ("m.m.", "osv.", "etc.") or a unit does, if a capital follows.
- A hard line break (two spaces at the end of a line) ends a sentence as a full stop does. The end of a
  paragraph always does.

Ranges count characters of the decoded text from 0, the end excluded, with no white space at either end. The
markers (``#``, ``-``, ``**``) belong to their segment, so each character that is neither white space nor part
of a rule is in exactly one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from relgraph.errors import DataError, UsageError
from relgraph.model import Position, Problem

Kind: TypeAlias = Literal["heading", "bullet", "sentence"]

# Wants a continuation, so never ends a sentence; compared in lower case without full stops or spaces.
_CONTINUES = re.compile(
    r"(?:ang|avd|bitr|bla|ca|dnr|dr|dvs|enl|ev|ex|exkl|fd|forts|inkl|jfr|kl|nr|ordf|pga|prof|resp|sk|tel|tex|tf"
    r"|ung|approx|cf|dept|eg|ie|incl|mr|mrs|ms|viz|vs)\Z"
)
# The same, but only when written with full stops inside: "t.o.m."; without them they are ordinary words.
_CONTINUES_DOTTED = re.compile(r"(?:from|iom|tom)\Z")
# Wants a number.
_BEFORE_NUMBER = re.compile(
    r"(?:art|fig|kap|no|p|par|pp|s|sid|v|vol|jan|feb|mar|apr|jun|jul|aug|sept?|okt|oct|nov|dec)\Z"
)
_SAINT = frozenset({"St", "Sta"})

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_RULE = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|={3,}[ \t]*)\Z")
_TABLE_RULE = re.compile(r"[ \t]*\|[ \t|:]*-[-\s|:]*\Z")
_UNDERLINE = re.compile(r" {0,3}(?:={3,}|-{3,})[ \t]*\Z")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|\Z)")
_BULLET = re.compile(r"[ \t]*(?:[-*+•]|(\d{1,3})[.)]|[A-Za-z]\))(?:[ \t]|\Z)")
_BOLD = re.compile(r"[ \t]*(\*\*|__)(?=\S)(?:(?!\1).)+(?<![\s.!?…])\1:?[ \t]*\Z")
_STOP = re.compile(
    r"""(?<![.!?…])(?P<stop>[.!?…]++)
        (?:\]\([^()\s]*\) | \[\^?\d+\] | ["'”“’»›)\]}*_])*+   # a link's target, a note, closing marks
        (?=\s)""",
    re.VERBOSE,
)
_ALNUM = re.compile(r"[^\W_]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]\Z")


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a document: its number as cited, its name by language, and its range in the text."""

    number: str
    name: Mapping[str, str] = field(hash=False)
    start: int
    end: int
    position: Position | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence, bullet or heading: its range in the text, its section, and the hash of its text."""

    start: int
    end: int
    section: str
    kind: Kind
    sha256: str


def digest(text: str) -> str:
    """The SHA-256 of ``text`` in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def decode(data: bytes, name: str) -> str:
    """The text of a document from its bytes: UTF-8, without a byte order mark, line ends left as they are.

    Line ends are not converted because ranges count them. Raises UsageError, naming the file ``name`` and the
    first bad byte, if the bytes are not UTF-8.
    """
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{name} is not UTF-8: byte {error.start} is 0x{data[error.start]:02x}",
            hint="save the file as UTF-8; its characters are what citations count",
        ) from None


def check_sections(sections: Sequence[Section], characters: int) -> list[Problem]:
    """The faults of a section map (RG206): empty, outside the document, overlapping, or an unusable number.

    Two ranges may have the same number (a section interrupted by another); they may not share text.
    """
    problems = []

    def fault(section: Section, message: str, hint: str = "correct the range") -> None:
        words = f"section {section.number!r} {message}"
        problems.append(Problem("RG206", words, section.position, hint=hint))

    previous: Section | None = None
    for section in sorted(sections, key=lambda s: (s.start, s.end)):
        if not section.number or not section.number.isprintable():
            wrong = "has an empty number or one with a tab, line break or control character"
            fault(section, wrong, 'write its number as text: "6"')
        if not 0 <= section.start < section.end <= characters:
            fault(section, f"has the range [{section.start}, {section.end}], not within [0, {characters}]")
        elif previous and section.start < previous.end:
            fault(section, f"begins at {section.start}, before {previous.number!r} ends at {previous.end}")
        else:
            previous = section
    return problems


def segments(text: str, sections: Sequence[Section]) -> tuple[Segment, ...]:
    """The segments of ``text``, in order and disjoint, by the rules at the top of this module.

    Raises DataError with the problems (RG206) of a section map that does not fit the text.
    """
    if problems := check_sections(sections, len(text)):
        raise DataError("the section map does not fit the document", problems=problems)
    found = []
    for number, lo, hi in _spans(sections, len(text)):
        for start, end, kind in _blocks(text, lo, hi):
            found.append(Segment(start, end, number, kind, digest(text[start:end])))
    return tuple(found)


def _spans(sections: Sequence[Section], characters: int) -> Iterator[tuple[str, int, int]]:
    """The whole text as (section number, start, end); what no section holds has the number ''."""
    at = 0
    for section in sorted(sections, key=lambda s: s.start):
        if at < section.start:
            yield "", at, section.start
        yield section.number, section.start, section.end
        at = section.end
    if at < characters:
        yield "", at, characters


@dataclass(slots=True)
class _Open:
    """The paragraph or bullet that is being read."""

    kind: Literal["bullet", "sentence"]
    start: int
    end: int
    breaks: list[int] = field(default_factory=list)
    lines: int = 1


def _blocks(text: str, lo: int, hi: int) -> Iterator[tuple[int, int, Kind]]:
    """Headings, bullets and sentences of text[lo:hi], line by line."""
    block: _Open | None = None
    for match in _LINE.finditer(text, lo, hi):
        line, start, end = match[1], match.start(1), match.end(1)
        if block and block.kind == "sentence" and block.lines == 1 and _UNDERLINE.match(line):
            yield _trimmed(text, block.start, block.end, "heading")
            block = None
            continue
        row = line.lstrip().startswith("|")
        heading = bool(_HEADING.match(line))
        blank = not line.strip() or bool(_RULE.match(line) or _TABLE_RULE.match(line))
        bullet = not blank and _begins_bullet(line, block)
        if block and (blank or heading or bullet or row):
            yield from _closed(text, block)
            block = None
        if blank:
            continue
        if heading:
            yield _trimmed(text, start, end, "heading")
        elif row:
            yield _trimmed(text, start, end, "sentence")
        elif block:
            block.end = end
            block.lines += 1
        else:
            block = _Open("bullet" if bullet else "sentence", start, end)
        if block and line.endswith("  "):
            block.breaks.append(end)
    if block:
        yield from _closed(text, block)


def _begins_bullet(line: str, block: _Open | None) -> bool:
    match = _BULLET.match(line)
    if not match:
        return False
    within_paragraph = block is not None and block.kind == "sentence"
    return not (within_paragraph and match[1] and match[1] != "1")


def _closed(text: str, block: _Open) -> Iterator[tuple[int, int, Kind]]:
    if block.kind == "bullet":
        yield _trimmed(text, block.start, block.end, "bullet")
    elif _BOLD.match(text[block.start : block.end]):
        yield _trimmed(text, block.start, block.end, "heading")
    else:
        start = block.start
        for end in [*_stops(text, block), block.end]:
            if text[start:end].strip():
                yield _trimmed(text, start, end, "sentence")
            start = end


def _stops(text: str, block: _Open) -> list[int]:
    """Where a sentence ends within a paragraph (its own end left out)."""
    found = set()
    for at in block.breaks:
        following = _ALNUM.search(text, at, block.end)
        if following and not following[0].islower():
            found.add(at)
    for match in _STOP.finditer(text, block.start, block.end):
        following = _ALNUM.search(text, match.end(), block.end)
        if not following or following[0].islower():
            continue
        number = following[0].isdecimal()
        stop = match["stop"]
        if stop == "." and _abbreviated(text[max(block.start, match.start() - 40) : match.start()], number):
            continue
        if len(stop) > 3 and number:  # a leader to a page number
            continue
        found.add(match.end())
    return sorted(found)


def _abbreviated(before: str, number: bool) -> bool:
    """Whether the full stop after ``before`` belongs to an abbreviation that cannot end a sentence."""
    words = [word.lstrip("\"'”“’«‹([{*_") for word in before.split()[-3:]]
    if not words:
        return False
    if words[-1] in _SAINT or (_INITIALS.match(words[-1]) and words[-1][-1].isupper()):
        return True
    spelled = ""
    for word in reversed(words):  # "t.ex", and "t. ex" in two words
        if spelled and not word.endswith("."):
            break
        spelled = word + spelled
        plain = spelled.replace(".", "").lower()
        if _CONTINUES.match(plain) or (number and _BEFORE_NUMBER.match(plain)):
            return True
        if "." in spelled and _CONTINUES_DOTTED.match(plain):
            return True
    return False


def _trimmed(text: str, start: int, end: int, kind: Kind) -> tuple[int, int, Kind]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip()), kind
