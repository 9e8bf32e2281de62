"""The language of sentence templates: from text to a small tree.

::

    {key}                          the phrase of the key's values
    {key:genitive}                 its genitive
    {key:words}                    a whole number from 0 to 12 in words
    {key:when}                     one time key with its preposition: "in October 2019"
    {key:or}                       its values joined by "or"
    {key:name}                     the names of its values, where they are also said otherwise in running text
    {key:bearer}                   whoever holds a post, where that says how its bearer is called
    {key:once}                     nothing where the record's own name says all its values already
    {self}                         the phrase that names the record itself
    {when}                         the time phrase of the record
    [ … ]                          dropped when a placeholder directly inside has no value
    <key: one | many>              by the number of values; one named in the plural counts as many
    <current: present | past>      by tense at the as-of date
    <key=value: text | otherwise>  by whether the key has that value
    <key?: text | otherwise>       by whether the key has any value
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

MAX_DEPTH = 10
#: what a template may name beside the keys of its kind
PSEUDO_KEYS = ("self", "when", "current")
#: text up to the next sign that may mean something; a bar means something only where a choice is open
_PLAIN = re.compile(r"[^{}\[\]<>|]+|\|")


class TemplateError(ValueError):
    """A template that cannot be read; the message says what and at which character."""


@dataclass(frozen=True, slots=True)
class Slot:
    """``{key}`` or ``{key:form}``."""

    key: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """``[ … ]``: dropped when a slot directly inside has no value."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """``<test: first | second>``; ``value`` is set for ``<test=value: …>``, ``any`` for ``<test?: …>``."""

    test: str
    value: str
    any: bool
    first: tuple[Part, ...]
    second: tuple[Part, ...]


Part: TypeAlias = str | Slot | Group | Choice
Template: TypeAlias = tuple[Part, ...]


def parse(text: str) -> Template:
    """Parse a template; raises :class:`TemplateError`."""
    parts, end = _parts(text, 0, "", 0)
    if end != len(text):
        raise TemplateError(f"unexpected '{text[end]}' at character {end + 1}")
    return parts


def _parts(text: str, at: int, stop: str, depth: int) -> tuple[Template, int]:
    if depth > MAX_DEPTH:
        raise TemplateError(f"nested deeper than {MAX_DEPTH} at character {at + 1}")
    parts: list[Part] = []
    plain: list[str] = []

    def flush() -> None:
        if plain:
            parts.append("".join(plain))
            plain.clear()

    while at < len(text) and text[at] not in stop:
        sign = text[at]
        if sign == "{":
            flush()
            end = _find(text, at, "}")
            key, _, form = (piece.strip() for piece in text[at + 1 : end].partition(":"))
            if not key:
                raise TemplateError(f"empty placeholder at character {at + 1}")
            parts.append(Slot(key, form))
            at = end + 1
        elif sign == "[":
            flush()
            inner, end = _parts(text, at + 1, "]", depth + 1)
            _expect(text, end, "]", at)
            parts.append(Group(inner))
            at = end + 1
        elif sign == "<":
            flush()
            colon = _find(text, at, ":")
            test, _, value = (piece.strip() for piece in text[at + 1 : colon].partition("="))
            asked, test = test.endswith("?"), test.removesuffix("?").rstrip()
            first, end = _parts(text, colon + 1, "|>", depth + 1)
            second: Template = ()
            if end < len(text) and text[end] == "|":
                second, end = _parts(text, end + 1, ">", depth + 1)
            _expect(text, end, ">", at)
            parts.append(Choice(test, value, asked, _trim(first), _trim(second)))
            at = end + 1
        elif sign in "}]>":
            raise TemplateError(f"unexpected '{sign}' at character {at + 1}")
        elif run := _PLAIN.match(text, at):
            plain.append(run.group())
            at = run.end()
    flush()
    return tuple(parts), at


def _trim(parts: Template) -> Template:
    """Branches are written with a space on each side of ``|``; those spaces are not part of the text."""
    trimmed = list(parts)
    if trimmed and isinstance(trimmed[0], str):
        trimmed[0] = trimmed[0].removeprefix(" ")
    if trimmed and isinstance(trimmed[-1], str):
        trimmed[-1] = trimmed[-1].removesuffix(" ")
    return tuple(part for part in trimmed if part != "")


def _find(text: str, at: int, sign: str) -> int:
    end = text.find(sign, at)
    if end < 0:
        raise TemplateError(f"'{text[at]}' at character {at + 1} has no '{sign}'")
    return end


def _expect(text: str, end: int, sign: str, opened: int) -> None:
    if end >= len(text):
        raise TemplateError(f"'{text[opened]}' at character {opened + 1} is not closed by '{sign}'")


def keys(template: Template) -> Iterator[str]:
    """The keys that a template names, in order, with repeats (``when`` and ``current`` included)."""
    return (part.key if isinstance(part, Slot) else part.test for part in asking(template))


def asking(template: Template) -> Iterator[Slot | Choice]:
    """The parts of a template that ask a record for something, in order, however deep they stand."""
    for part in template:
        if isinstance(part, Slot):
            yield part
        elif isinstance(part, Group):
            yield from asking(part.parts)
        elif isinstance(part, Choice):
            yield part
            yield from asking(part.first)
            yield from asking(part.second)
