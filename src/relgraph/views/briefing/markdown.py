"""A briefing as Markdown (CommonMark with tables)."""

from __future__ import annotations

import os
import re
import string
from collections.abc import Mapping

from relgraph.views.briefing.blocks import (
    Block,
    Briefing,
    Cited,
    Field,
    Figure,
    Heading,
    Items,
    Note,
    Paragraph,
    Row,
    Source,
    Sources,
    Table,
    shown,
)
from relgraph.views.briefing.fields import markers
from relgraph.views.briefing.words import word
from relgraph.views.plain import markdown

#: the signs of an address that need no escape (RFC 3986)
_UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")
_OPENING = re.compile(r"^(\d{1,9})([.)])|^([-+=:])")


def render(briefing: Briefing, written: Mapping[str, str], beside: str = "") -> bytes:
    """The document in UTF-8; ``written`` is what staff wrote, by the key of the field.

    ``beside`` is the name of the file with its figure; without one the figure is told in words.
    """
    parts = [_block(block, briefing, written, beside) for block in briefing.blocks]
    return ("\n\n".join(parts) + "\n").encode("utf-8", "replace")


def _block(block: Block, briefing: Briefing, written: Mapping[str, str], beside: str) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {_text(block.text)}"
        case Paragraph():
            return " ".join(_cited(sentence) for sentence in block.sentences)
        case Items():
            rest = [f"- *{_text(block.rest)}*"] if block.rest else []
            lead = [_text(block.lead), ""] if block.lead else []
            return "\n".join([*lead, *(f"- {_cited(sentence)}" for sentence in block.sentences), *rest])
        case Table():
            head = [_line(tuple(map(_text, block.head))), _line(("---",) * len(block.head))]
            return f"**{_text(block.caption)}**\n\n" + "\n".join([*head, *map(_row, block.rows)])
        case Figure():
            return _figure(block, beside, briefing.lang)
        case Note():
            label = f"**{_text(block.label)}:** " if block.label else ""
            return f"{label}**{_text(block.text)}**" if block.strong else label + _text(block.text)
        case Field():
            begin, end = markers(briefing.about, block.key)
            return f"### {_text(block.label)}\n\n{begin}\n{written.get(block.key, '')}\n{end}"
        case Sources():
            return "\n".join(f"{number}. {_source(entry)}" for number, entry in enumerate(block.entries, 1))


def _figure(figure: Figure, beside: str, lang: str) -> str:
    if not beside:
        return f"*{_text(word('figure in words', lang).format(figure.alt))}*"
    image = f"![{markdown(figure.alt)}]({_address(beside)})"
    return f"{image}\n\n*{_text(figure.caption)}*" if figure.caption else image


def _address(name: str) -> str:
    """The name of a file as an address relative to the document: no sign of it is markup."""
    return "".join(chr(byte) if chr(byte) in _UNRESERVED else f"%{byte:02X}" for byte in os.fsencode(name))


def _text(text: str) -> str:
    """A text of which no sign is markup, not even its first."""
    return _OPENING.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", markdown(text))


def _cited(sentence: Cited) -> str:
    return f"{_text(sentence.text)} {markdown(shown(sentence.marks))}"


def _row(row: Row) -> str:
    return _line((*map(_text, row.cells[:-1]), f"{_text(row.cells[-1])} {markdown(shown(row.marks))}"))


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _source(entry: Source) -> str:
    parts = [markdown(entry.text)]
    if entry.url:
        parts.append(f"<{entry.url}>" if re.fullmatch(r"[!-;=?-~]+", entry.url) else markdown(entry.url))
    if entry.excerpt:
        parts.append(markdown(entry.excerpt))
    return " ".join(parts)
