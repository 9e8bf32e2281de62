"""What the tests of all readers look at: nodes as plain values, problems as places."""

from __future__ import annotations

from collections.abc import Iterable

from relgraph.model import Problem
from relgraph.reading import Mapping, Node, Sequence


def plain(node: Node | None) -> object:
    """A node as plain Python values, through an explicit walk."""
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return None if node is None else node.text


def placed(problems: Iterable[Problem]) -> list[str]:
    """Problems as ``line:column code``."""
    return [f"{p.position.line}:{p.position.column} {p.code}" for p in problems if p.position]
