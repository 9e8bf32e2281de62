"""YAML -> plain nodes with positions, through libyaml's events.

Every scalar is text as written: ``NO`` stays "NO" and ``2011`` stays "2011"; the ontology's ranges type them
later. What is ambiguous or unsafe in YAML (anchors, aliases, merge keys, tags, duplicate keys, several
documents, deep nesting) is a problem, not a feature. Reading goes on after all problems but those of syntax.

    RG001  the file cannot be read
    RG002  not UTF-8, or a control character
    RG003  YAML syntax
    RG004  anchor, alias, merge key, tag, or more than one document
    RG005  a key that stands twice in one mapping
    RG006  an empty value
    RG007  nested too deeply
    RG008  too large a file, or too long a line
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from relgraph.model import Position, Problem
from relgraph.reading import Mapping, Node, Scalar, Sequence
from relgraph.reading.text import BAD, BREAK, MAX_DEPTH, cleaned, name_of, read_text

__all__ = ["Mapping", "Node", "Scalar", "Sequence", "parse_text", "read_file"]

_HOPELESS_DEPTH = 1000  # nesting from which reading stops rather than skips
_TOO_DEEP = "nesting depth"  # what libyaml calls its own limit
_NOTHING = frozenset({"~", "null", "Null", "NULL"})
# libyaml's reason, its context (where given, the problem is placed at its beginning), our words, what to do.
_SYNTAX = (
    ("found unexpected end of stream", "quoted scalar", "a quotation mark that is never closed", None),
    ("found unexpected document indicator", "quoted scalar", "a quotation mark that is never closed", None),
    ("could not find expected ':'", "simple key", "a key without its colon", "write 'key: value'"),
    ("mapping values are not allowed", "", "no key can stand here", "indent it rightly, or quote the text"),
    ("expected ',' or ']'", "", "a list in [ ] lacks a comma or its ']'", None),
    ("expected ',' or '}'", "", "a mapping in { } lacks a comma or its '}'", None),
    (
        "expected '-' indicator",
        "",
        "not indented as the list it stands in",
        "begin it with '-', or indent it",
    ),
    ("expected key", "", "not indented as the mapping it stands in", "align it with the other keys"),
    ("expected <document start>", "", "text after the end of the document", None),
    ("unknown escape character", "", "an unknown escape in double quotes", "use single quotes"),
    ("alphabetic or numeric character", "", "'*' and '&' cannot begin a value", "put the text in quotes"),
)


def read_file(path: Path, file: str) -> tuple[Node | None, list[Problem]]:
    """The node of a file and the problems in it, sorted; ``file`` is its name in them.

    The node is None if the file is empty or cannot be read to its end. Never raises for what is in the file.
    """
    text, problems = read_text(path, file)
    return parse_text(text, file) if text is not None else (None, problems)


def parse_text(text: str, file: str) -> tuple[Node | None, list[Problem]]:
    """The node of a text and the problems in it, sorted; ``file`` is its name in them.

    The node is None if the text is empty or cannot be read to its end. Never raises for what is in the text.
    """
    clean, problems = cleaned(text, file)
    if clean is None:
        return None, problems
    try:
        reader = _Reader(file, clean, list(problems))
        node = reader.read()
    except _UnplacedDepth:
        reader = _Reader(file, clean, list(problems))
        node = reader.read(slowly=True)
    return node, sorted(reader.problems, key=lambda problem: problem.sort_key)


class _StopReading(Exception):
    """The rest of the text cannot be read; the problem is noted already."""


class _UnplacedDepth(Exception):
    """libyaml (from 0.2.6 on) gave up at 1,000 levels, before the events of the first had come.

    It looks ahead for a colon. Where the one level too many stands is found without it.
    """


class _Frame:
    """An open list or mapping: its finished children, and in a mapping the key that awaits its value."""

    __slots__ = ("awaits_value", "children", "is_mapping", "key", "lines", "position", "untouched")

    def __init__(self, position: Position, is_mapping: bool) -> None:
        self.position = position
        self.is_mapping = is_mapping
        self.children: list[Any] = []
        self.awaits_value = False
        self.key: Scalar | None = None  # None while a value is awaited: the entry is dropped
        self.lines: dict[str, int] = {}  # the line of each key so far
        self.untouched = True


class _Reader:
    """Builds the nodes from the events, on a stack of its own: nesting never costs recursion."""

    def __init__(self, file: str, text: str, problems: list[Problem]) -> None:
        self.file = file
        self.text = text
        self.problems = problems
        self.stack: list[_Frame] = []
        self.root: Node | None = None
        self.documents = 0
        self.skipped = 0  # open collections, from one that is nested too deeply

    def read(self, *, slowly: bool = False) -> Node | None:
        """Read the text to its end, or until what follows cannot be understood: then the node is None.

        ``slowly`` reads without libyaml, in which no level is too many.
        """
        import yaml

        steps: dict[type[Any], Callable[[Any, Position], None]] = {
            yaml.ScalarEvent: self.scalar,
            yaml.SequenceStartEvent: partial(self.start, is_mapping=False),
            yaml.MappingStartEvent: partial(self.start, is_mapping=True),
            yaml.SequenceEndEvent: self.end,
            yaml.MappingEndEvent: self.end,
            yaml.AliasEvent: self.alias,
            yaml.DocumentStartEvent: self.document,
        }
        file, at = self.file, Position(self.file)
        loader = yaml.SafeLoader if slowly else getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            for event in yaml.parse(self.text, Loader=loader):
                step = steps.get(type(event))
                if step:
                    mark: Any = event.start_mark
                    at = Position(file, mark.line + 1, mark.column + 1)
                    step(event, at)
        except _StopReading:
            return None
        except yaml.MarkedYAMLError as error:
            if _TOO_DEEP in str(error.problem):
                if self.skipped:
                    return None
                raise _UnplacedDepth from error
            self.problems.append(_syntax_problem(error, self.text, at))
            return None
        except (yaml.YAMLError, ValueError) as error:  # such as a broken %-escape in a tag
            self.report("RG003", f"this cannot be read as YAML: {error}", at)
            return None
        return self.root

    def report(self, code: str, message: str, at: Position, hint: str | None = None) -> None:
        self.problems.append(Problem(code, message, at, hint=hint))

    def document(self, event: Any, at: Position) -> None:
        self.documents += 1
        if self.documents > 1:
            self.report("RG004", "a second document begins here", at, "a file holds one: remove the '---'")
            raise _StopReading
        if event.tags:
            self.report("RG004", "a %TAG directive is not allowed", at)

    def scalar(self, event: Any, at: Position) -> None:
        if self.skipped:
            return
        if event.anchor or event.tag:
            self.properties(event, at)
        text, quoted = event.value, bool(event.style)
        if event.style == '"':  # an escape can stand for any character
            found = BAD.search(text)
            if found:
                self.report("RG002", f"an escape stands for {name_of(found[0])}", at)
                text = BAD.sub("\ufffd", text)
        frame = self.stack[-1] if self.stack else None
        if frame and frame.is_mapping and not frame.awaits_value:
            self.key(frame, Scalar(text, at, quoted))
        elif text.strip() and (quoted or text not in _NOTHING):
            self.add(Scalar(text, at, quoted))
        elif frame or text or quoted:
            self.empty(frame, at, written=bool(text or quoted))
            self.add(Scalar("", at, quoted))

    def key(self, frame: _Frame, key: Scalar) -> None:
        """Take a scalar as the key of the next value, or have that value dropped."""
        frame.untouched, frame.awaits_value, frame.key = False, True, None
        name, at = key.text, key.position
        if name == "<<" and not key.quoted:
            self.report("RG004", "a merge key '<<' is not allowed", at, "write the entries out")
        elif not name.strip() or (name in _NOTHING and not key.quoted):
            self.report("RG006", "an empty key", at)
        elif name in frame.lines:
            hint = f"first in line {frame.lines[name]}"
            self.report("RG005", f"key '{name}' stands twice in this mapping", at, hint)
        else:
            frame.lines[name] = at.line
            frame.key = key

    def empty(self, frame: _Frame | None, at: Position, *, written: bool) -> None:
        """Report an empty value: where it is written, else at its key or after the dash of its list."""
        hint = "write a value, or leave it out"
        if not frame or not frame.is_mapping:
            self.report("RG006", "an empty value", at, hint)
        elif frame.key:
            self.report(
                "RG006", f"'{frame.key.text}' has no value", at if written else frame.key.position, hint
            )

    def properties(self, event: Any, at: Position) -> None:
        """Report the anchor and the tag of an event: they say nothing that the ontology does not."""
        if event.anchor:
            self.report("RG004", f"an anchor '&{event.anchor}' is not allowed", at, "write the value out")
        if event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.report("RG004", f"a tag '{tag}' is not allowed", at, "the ontology gives values their type")

    def alias(self, event: Any, at: Position) -> None:
        if not self.skipped:
            hint = "write the value out; a text that begins with '*' needs quotes"
            self.report("RG004", f"an alias '*{event.anchor}' is not allowed", at, hint)
            self.add(Scalar("", at))

    def start(self, event: Any, at: Position, *, is_mapping: bool) -> None:
        if len(self.stack) < MAX_DEPTH:
            if event.anchor or event.tag:
                self.properties(event, at)
            self.stack.append(_Frame(at, is_mapping))
            return
        if not self.skipped:
            self.report("RG007", f"nested deeper than {MAX_DEPTH} levels", at)
        self.skipped += 1
        if self.skipped > _HOPELESS_DEPTH:
            raise _StopReading

    def end(self, event: Any, at: Position) -> None:
        if self.skipped:
            self.skipped -= 1
            if not self.skipped:
                self.add(Scalar("", at))
            return
        frame = self.stack.pop()
        if frame.untouched and self.stack:
            self.empty(self.stack[-1], frame.position, written=True)
        kind = Mapping if frame.is_mapping else Sequence
        self.add(kind(tuple(frame.children), frame.position))

    def add(self, node: Node) -> None:
        """Put a finished node where it belongs: the root, a list, or beside its key."""
        if not self.stack:
            self.root = node
            return
        frame = self.stack[-1]
        frame.untouched = False
        if not frame.is_mapping:
            frame.children.append(node)
        elif frame.awaits_value:
            frame.awaits_value = False
            if frame.key:
                frame.children.append((frame.key, node))
        else:  # "? [a, b]": the next value goes without a key
            frame.awaits_value, frame.key = True, None
            if not isinstance(node, Scalar):  # what became an empty scalar was reported
                self.report("RG003", "a key must be a text, not a list or a mapping", node.position)


def _syntax_problem(error: Any, text: str, last: Position) -> Problem:
    """What libyaml found, in words that say what to do, at the place where it can be put right."""
    reason, context = error.problem or "", error.context or ""
    mark = error.problem_mark or error.context_mark
    message, hint = f"{reason} {context}".strip(), None
    for sign, where, words, advice in _SYNTAX:
        if sign in reason and where in context:
            message, hint = words, advice
            if where and error.context_mark:  # the fault shows at the end, its cause is at the beginning
                mark = error.context_mark
            break
    if not mark:
        return Problem("RG003", message, last)
    at = Position(last.file, mark.line + 1, mark.column + 1)
    if "cannot start any token" in reason:
        lines = BREAK.split(text)
        character = lines[mark.line][mark.column : mark.column + 1] if mark.line < len(lines) else ""
        message, hint = f"'{character}' cannot begin a value", "put the text in quotes"
        if character == "\t":
            message, hint = "a tab cannot indent", "use spaces"
    return Problem("RG003", message, at, hint=hint)
