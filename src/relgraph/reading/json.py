"""JSON -> plain nodes with positions: strict JSON (RFC 8259), and what the records do not need refused.

Every scalar is text as written: ``1.30`` stays "1.30" and ``true`` "true"; the ontology's ranges type them
later.

    RG002  an escape that stands for a control character or for half a character
    RG003  JSON syntax
    RG005  a key that stands twice in one object
    RG006  null, or an empty text, list or object
    RG007  nested too deeply
"""

from __future__ import annotations

import re
from collections.abc import Callable

from relgraph.model import Position, Problem
from relgraph.reading import Mapping, Node, Scalar, Sequence
from relgraph.reading.text import BAD, MAX_DEPTH, name_of

_BLANK = re.compile(r"[ \t\n\r]*+")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+")
_WORD = re.compile(r"[+-]?\w(?:[\w.+-])*+")
_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
_EMPTY = "write a value, or leave it out"


class _Broken(Exception):
    """The rest of the text cannot be read; the problem is noted already."""


def parse_value(
    text: str, at: Callable[[int], Position], problems: list[Problem], *, depth: int = 0
) -> Node | None:
    """The node of one JSON value; None if ``text`` cannot be read to its end.

    ``at`` tells the place of an offset in ``text``; ``depth`` is how many lists and mappings the value stands
    in. Problems are added to ``problems``. Never raises for what is in the text.
    """
    reader = _Reader(text, at, problems)
    try:
        node, end = reader.value(reader.blank(0), depth, None)
        end = reader.blank(end)
        if end < len(text):
            reader.broken("text after the end of the value", end, "one value stands here")
    except _Broken:
        return None
    return node


class _Reader:
    """Reads values by descent: no deeper than ``MAX_DEPTH``, what lies deeper is skipped by its brackets."""

    def __init__(self, text: str, at: Callable[[int], Position], problems: list[Problem]) -> None:
        self.text = text
        self.at = at
        self.problems = problems

    def report(self, code: str, message: str, offset: int, hint: str | None = None) -> None:
        self.problems.append(Problem(code, message, self.at(offset), hint=hint))

    def broken(self, message: str, offset: int, hint: str | None = None) -> None:
        """Report a fault of syntax and give up."""
        self.report("RG003", message, offset, hint)
        raise _Broken

    def blank(self, start: int) -> int:
        """The end of the white space that begins at ``start``."""
        found = _BLANK.match(self.text, start)
        return found.end() if found else start

    def value(self, start: int, depth: int, key: str | None) -> tuple[Node, int]:
        """The value at ``start`` and its end; ``key`` is whose it is, None in a list."""
        sign = self.text[start : start + 1]
        if sign == '"':
            text, end = self.string(start)
            if not text.strip():
                self.empty(start, key)
                text = ""
            return Scalar(text, self.at(start), quoted=True), end
        if sign and sign in "{[":
            if depth >= MAX_DEPTH:
                self.report("RG007", f"nested deeper than {MAX_DEPTH} levels", start)
                return Scalar("", self.at(start)), self.skip(start)
            node, end = (self.mapping if sign == "{" else self.sequence)(start, depth + 1)
            if not (node.entries if isinstance(node, Mapping) else node.items):
                self.empty(start, key)
            return node, end
        return self.plain(start, key)

    def empty(self, start: int, key: str | None) -> None:
        self.report("RG006", "an empty value" if key is None else f"'{key}' has no value", start, _EMPTY)

    def plain(self, start: int, key: str | None) -> tuple[Node, int]:
        """A number, true, false or null."""
        word = _WORD.match(self.text, start)
        written = word[0] if word else ""
        end = start + len(written)
        if written in ("true", "false") or _NUMBER.fullmatch(written):
            return Scalar(written, self.at(start)), end
        if written == "null":
            self.empty(start, key)
            return Scalar("", self.at(start)), end
        sign = self.text[start : start + 1]
        if not sign or sign in ",]}:":
            self.broken("a value is missing", start)
        elif sign == "'":
            self.broken("a single quotation mark cannot begin a value", start, "JSON has double quotes alone")
        elif written.lstrip("+-") in ("NaN", "Infinity"):
            self.broken(f"'{written}' is no number of JSON", start)
        elif written[:1].isdigit() or written[:1] in ("+", "-"):
            self.broken(f"'{written[:40]}' is no number of JSON", start, "put a text in double quotes")
        else:
            self.broken(f"'{(written or sign)[:40]}' cannot be a value", start, "put a text in double quotes")
        raise _Broken  # not reached: it tells the type checker what broken() does

    def string(self, start: int) -> tuple[str, int]:
        """The text of the string that begins at ``start``, and its end."""
        found = _STRING.match(self.text, start)
        end = found.end() if found else start
        sign = self.text[end : end + 1]
        if not sign:
            self.broken("a quotation mark that is never closed", start)
        if sign == "\\":
            self.broken(
                "an unknown escape", end, r"known are \" \\ \/ \b \f \n \r \t and \u with 4 hex digits"
            )
        if sign != '"':
            name = "a tab" if sign == "\t" else "a line break"
            self.broken(f"{name} within a text", end, r"write \t" if sign == "\t" else r"write \n")
        text = self.text[start + 1 : end]
        if "\\" in text:
            import json

            text = json.loads(self.text[start : end + 1])
            bad = BAD.search(text)
            if bad:
                self.report("RG002", f"an escape stands for {name_of(bad[0])}", start)
                text = BAD.sub("\ufffd", text)
        return text, end + 1

    def sequence(self, start: int, depth: int) -> tuple[Sequence, int]:
        items: list[Node] = []
        here = self.blank(start + 1)
        if self.text[here : here + 1] == "]":
            return Sequence((), self.at(start)), here + 1
        while True:
            node, end = self.value(here, depth, None)
            items.append(node)
            here, done = self.after(self.blank(end), "]", "a list in [ ]")
            if done:
                return Sequence(tuple(items), self.at(start)), here

    def mapping(self, start: int, depth: int) -> tuple[Mapping, int]:
        entries: list[tuple[Scalar, Node]] = []
        lines: dict[str, Position] = {}
        here = self.blank(start + 1)
        if self.text[here : here + 1] == "}":
            return Mapping((), self.at(start)), here + 1
        while True:
            if self.text[here : here + 1] != '"':
                self.broken("a key in double quotes is missing", here, 'write "key": value')
            name, end = self.string(here)
            key = Scalar(name, self.at(here), quoted=True)
            kept = name not in lines and bool(name.strip())
            if not name.strip():
                self.report("RG006", "an empty key", here)
            elif name in lines:
                first = f"first in column {lines[name].column}"
                self.report("RG005", f"key '{name}' stands twice in this mapping", here, first)
            lines.setdefault(name, key.position)
            here = self.blank(end)
            if self.text[here : here + 1] != ":":
                self.broken("a key without its colon", here, 'write "key": value')
            node, end = self.value(self.blank(here + 1), depth, name)
            if kept:
                entries.append((key, node))
            here, done = self.after(self.blank(end), "}", "a mapping in { }")
            if done:
                return Mapping(tuple(entries), self.at(start)), here

    def after(self, here: int, close: str, what: str) -> tuple[int, bool]:
        """Past what follows a value: the next one's place, or the end of the collection and True."""
        sign = self.text[here : here + 1]
        if sign == close:
            return here + 1, True
        if sign != ",":
            self.broken(f"{what} lacks a comma or its '{close}'", here)
        following = self.blank(here + 1)
        if self.text[following : following + 1] == close:
            self.broken(f"a comma before '{close}'", here, "remove it")
        return following, False

    def skip(self, start: int) -> int:
        """The end of a collection of any depth, by its brackets alone."""
        depth = 0
        for found in _BRACKET.finditer(self.text, start):
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
            if not depth:
                return found.end()
        self.broken("a ']' or '}' is missing", len(self.text))
        raise _Broken
