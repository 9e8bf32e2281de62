"""What asking a saved question comes to: its parameters' values, its rows, the records that carry them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from relgraph.model import Citation
from relgraph.questions import Parameter, Question
from relgraph.when import When


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row.

    ``value`` is a record's id, a term's IRI or a literal's text; ``datatype`` is that of a literal.
    """

    kind: Literal["record", "term", "text", "none"]
    value: str = ""
    datatype: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of an answer: its cells by variable, and the ids of the records that carry it.

    ``cited`` are the places that it rests on where it does not rest on all those of its records.
    """

    cells: Mapping[str, Cell]
    records: tuple[str, ...]
    cited: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """A value given for a parameter: as the engine takes it, and in words by language."""

    param: Parameter
    terms: Mapping[str, str]
    words: Mapping[str, str]
    when: When | None = None
    """The time that it is, of a period."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question came to; ``columns`` are the variables shown: those that have a label.

    ``by_default`` is true where its period was not asked for but is the question's own, ``cut`` where there
    are more rows than were allowed.
    """

    question: Question
    given: tuple[Given, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    by_default: bool = False
    cut: bool = False

    @property
    def when(self) -> When | None:
        """The time that the rows are limited to."""
        return next((each.when for each in self.given if each.when), None)

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of all records that carry a row, each once, in the order of the rows."""
        return tuple(dict.fromkeys(id_ for row in self.rows for id_ in row.records))

    @property
    def filled(self) -> tuple[str, ...]:
        """The columns in which some row has a value."""
        return tuple(c for c in self.columns if any(row.cells[c].kind != "none" for row in self.rows))
