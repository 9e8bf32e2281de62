"""What an analysis yields: tables of plain values, each row with the relationships behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from relgraph.model import Ref, Term


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the catalogue (``[words]`` in ``catalogue.toml``), said in the language of the reader."""

    key: str


@dataclass(frozen=True, slots=True)
class Time:
    """The time of a record, said in words ("since 2011"); empty where it has none."""

    id: str


@dataclass(frozen=True, slots=True)
class Statement:
    """The sentence of a record."""

    id: str


#: a record, a term of the ontology, a word, a record's time or sentence, a count, a measure, a text, several
#: records, terms or words, or nothing known
Cell: TypeAlias = (
    Ref | Term | Word | Time | Statement | int | float | str | tuple[Ref | Term | Word, ...] | None
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells in the order of the columns, and what they were counted from.

    ``records`` are the ids of the relationships behind its numbers, ``left_out`` those that concern it and
    were not counted (they did not happen, failed, are planned, or are one reading of an ambiguous source).
    """

    cells: tuple[Cell, ...]
    records: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One table of a result: ``name`` is its key in the catalogue, where its title and columns stand."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on a result: a key of the analysis' ``notes`` in the catalogue, with values to put into it."""

    key: str
    values: Mapping[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Basis:
    """How much lies behind numbers: counts of relationships.

    ``counted`` of which ``undated`` (neither their begin nor their end is bounded) and ``uncertain``
    (implied, or the source can be read in several ways); ``excluded`` concern the same and were not counted.
    """

    counted: int = 0
    undated: int = 0
    uncertain: int = 0
    excluded: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """What one analysis found: its tables, remarks, and the basis of the whole."""

    tables: tuple[Found, ...]
    basis: Basis
    notes: tuple[Note, ...] = ()
