"""What a briefing is made of: a small frozen tree of blocks, the same for every format.

Marks are the numbers of sources in the list at the end. A statement cannot be made without one, nor a figure
without a text for those who do not see it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from relgraph.errors import DataError


def _marked(marks: tuple[int, ...], text: str) -> None:
    if not marks:
        raise DataError(f"a statement has no source: {text}", hint="relgraph check says where it stands")


def shown(marks: tuple[int, ...]) -> str:
    """Marks as they stand in a text: ``[1][3]``."""
    return "".join(f"[{mark}]" for mark in marks)


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence and the numbers of its sources; raises :class:`DataError` where there are none."""

    text: str
    marks: tuple[int, ...]
    record: str = ""

    def __post_init__(self) -> None:
        _marked(self.marks, self.text)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row of a table and the numbers of its sources, as :class:`Cited` has them."""

    cells: tuple[str, ...]
    marks: tuple[int, ...]

    def __post_init__(self) -> None:
        _marked(self.marks, " | ".join(self.cells))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title of the document."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Cited sentences that are read together."""

    sentences: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list of cited sentences.

    ``lead`` says what they have in common, ``rest`` how many more there are, in words; or they are empty.
    """

    sentences: tuple[Cited, ...]
    rest: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row; the marks of each row follow its last cell."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing as SVG; raises ValueError without ``alt``, the text for those who do not see it."""

    svg: str
    alt: str
    caption: str = ""

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError("a figure needs a text for those who do not see it")


@dataclass(frozen=True, slots=True)
class Note:
    """What the document says of itself (as of when, what is not stated): no statement of a source."""

    text: str
    label: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A place for staff to write in, which survives when the document is made anew."""

    key: str
    label: str
    standing: bool = True
    """Whether every briefing of its kind has it; else it depends on what the graph says."""


@dataclass(frozen=True, slots=True)
class Source:
    """A place in a source: its words, its address on the web if it has one, and an excerpt if at hand."""

    text: str
    url: str = ""
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Sources:
    """The numbered list of sources: the first has the number 1."""

    entries: tuple[Source, ...]


Block: TypeAlias = Heading | Paragraph | Items | Table | Figure | Note | Field | Sources


@dataclass(frozen=True, slots=True)
class Briefing:
    """A document: ``about`` names its subject in its fields, ``day`` is the date of the data (ISO 8601).

    ``rest`` are the commands that give what a long one leaves out.
    """

    about: str
    title: str
    lang: str
    day: str
    blocks: tuple[Block, ...]
    rest: tuple[str, ...] = ()

    def fields(self) -> Iterator[Field]:
        """The fields in their order."""
        return (block for block in self.blocks if isinstance(block, Field))
