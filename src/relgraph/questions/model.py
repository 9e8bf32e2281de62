"""A saved question: its header as data, and its SPARQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

#: the value by which a period means the last day of the latest source's period
AS_OF = "as-of"
#: the variables that a parameter of type ``period`` binds: its first and its last day (xsd:date)
PERIOD_VARIABLES = ("start", "end")
#: the variable that tells how ``?record`` stands in the period: certainly or possibly
HOLDS = "holds"
#: what takes its place as of a day: past, current or perhaps current
STATE = "state"
#: the variable that names the citations which a row rests on, where these are not all those of its records
CITATION = "citation"
#: the languages in which every text of a question is given
LANGUAGES = ("sv", "en")


class QuestionFile(NamedTuple):
    """Where a question is: its path, its name in problems, and whether it comes with relgraph."""

    path: Path
    shown: str
    shipped: bool


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: ``type`` as written, ``family`` how its values are read.

    Families: ``record`` (``type`` names a class of records), ``concept`` (a controlled list), ``period``,
    ``text``, ``integer``. ``default`` is empty where there is none.
    """

    name: str
    type: str
    family: str
    label: Mapping[str, str]
    default: str = ""
    required: bool = False

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables of the query that it binds."""
        return PERIOD_VARIABLES if self.family == "period" else (self.name,)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as its file says it. ``text`` is the whole file: its header is comments to SPARQL.

    ``variables`` are those that the query projects, in order. ``records`` are those among them (``record``,
    ``record2`` …) whose values carry a row; ``columns`` has the labels of all others, and of a record's
    variable where it is shown as a column too. A row that has a ``citation`` rests on this place alone.
    """

    name: str
    text: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    empty: Mapping[str, str]
    variables: tuple[str, ...]
    columns: Mapping[str, Mapping[str, str]]
    description: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    params: tuple[Parameter, ...] = ()
    shipped: bool = True
    unknown: Mapping[str, str] = field(default_factory=dict)
    """By class: the parameter by which it lists what there is, for a record that the graph does not know."""

    @property
    def records(self) -> tuple[str, ...]:
        """The variables that name the records which carry a row."""
        return tuple(name for name in self.variables if is_record_variable(name))

    @property
    def timed(self) -> str:
        """The variable of the record whose time the period is compared with: ``record``, else the first."""
        return min(self.records)

    @property
    def period(self) -> Parameter | None:
        """The parameter that is a period, if there is one."""
        return next((p for p in self.params if p.family == "period"), None)


def is_record_variable(name: str) -> bool:
    """Whether a variable names a record that carries the row: ``record``, ``record2`` …"""
    return name.startswith("record") and (name == "record" or name[6:].isdecimal())
