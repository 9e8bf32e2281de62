"""Readers: text -> plain nodes, each with its place in the file. The nodes are the same for every reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from relgraph.model import Position


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as written. A value that a problem was reported for (empty, alias, too deep) has empty text."""

    text: str
    position: Position
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    position: Position


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping, its keys in the order written and each of them once."""

    entries: tuple[tuple[Scalar, Node], ...]
    position: Position

    def get(self, key: str) -> Node | None:
        """The value of ``key``, None if it is absent."""
        for name, value in self.entries:
            if name.text == key:
                return value
        return None


Node: TypeAlias = Scalar | Sequence | Mapping
