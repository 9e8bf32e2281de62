"""What loading yields: the graph's own description, its documents and its records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from relgraph.loading.publishing import Publishing
from relgraph.model import Position, Problem, Record
from relgraph.sources.segments import Section
from relgraph.sources.verify import NotFactual


@dataclass(frozen=True, slots=True)
class GraphInfo:
    """``graph/graph.yaml``: title by language, base IRI (ends in ``/`` or ``#``), home city, languages.

    ``briefings`` are the ids of those on whom ``build`` writes a briefing.
    """

    title: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    base: str = ""
    home: str = ""
    languages: tuple[str, ...] = ("sv", "en")
    other_languages: tuple[str, ...] = ()
    licence: str = ""
    briefings: tuple[str, ...] = ()
    publishing: Publishing = field(default_factory=Publishing)
    position: Position | None = None
    positions: Mapping[str, Position] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """A source: its extent, fingerprint, section map and the segments that state no fact.

    ``characters`` is None for an outside source (a database, say) that is cited by a locator.
    """

    id: str
    characters: int | None = None
    sha256: str = ""
    period: str = ""
    sections: tuple[Section, ...] = ()
    not_factual: tuple[NotFactual, ...] = ()
    position: Position | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Dataset:
    """All that the YAML says, typed by the ontology, with every problem met on the way."""

    info: GraphInfo
    records: tuple[Record, ...] = ()
    documents: Mapping[str, Document] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def by_id(self) -> dict[str, Record]:
        """The records by id; where an id is given twice, the first."""
        found: dict[str, Record] = {}
        for record in self.records:
            found.setdefault(record.id, record)
        return found

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that forbid a build."""
        return tuple(p for p in self.problems if p.severity == "error")
