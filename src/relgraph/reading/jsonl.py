"""JSON Lines -> plain nodes with positions: a list of one value a line, blank lines left out.

A line that is broken is told and left out; reading goes on with the next. :mod:`relgraph.reading.json` has
the codes of what is in a line, :mod:`relgraph.reading.text` those of what the file is made of.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from relgraph.model import Position, Problem
from relgraph.reading import Node, Sequence
from relgraph.reading.json import parse_value
from relgraph.reading.text import BREAK, cleaned, read_text

__all__ = ["parse_text", "read_file"]


def read_file(path: Path, file: str) -> tuple[Node | None, list[Problem]]:
    """The list of a file's values and the problems in it, sorted; ``file`` is its name in them.

    The node is None if the file is empty or is no text. Never raises for what is in the file.
    """
    text, problems = read_text(path, file)
    return parse_text(text, file) if text is not None else (None, problems)


def parse_text(text: str, file: str) -> tuple[Node | None, list[Problem]]:
    """The list of a text's values and the problems in it, sorted; ``file`` is its name in them.

    The node is None if the text is empty or is none. Never raises for what is in the text.
    """
    clean, problems = cleaned(text, file)
    if clean is None:
        return None, problems
    items: list[Node] = []
    for number, line in enumerate(BREAK.split(clean), 1):
        if not line.strip(" \t"):
            continue
        node = parse_value(line, partial(_place, file, number), problems, depth=1)
        if node is not None:
            items.append(node)
    node = Sequence(tuple(items), Position(file)) if items else None
    return node, sorted(problems, key=lambda problem: problem.sort_key)


def _place(file: str, line: int, offset: int) -> Position:
    return Position(file, line, offset + 1)
