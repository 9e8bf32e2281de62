"""The network as plain nodes and edges with attributes, which every format writes in its own syntax."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from relgraph.network import Facts, network
from relgraph.time import MAX, MIN
from relgraph.views.export.registry import Job
from relgraph.vocabulary import pick

if TYPE_CHECKING:
    import networkx as nx

#: the grey of what the ontology gives no colour
_GREY = "#5B6472"


@dataclass(frozen=True, slots=True)
class Node:
    """A node: its label in the language asked for, its colour (``#RRGGBB``) and its attributes."""

    id: str
    label: str
    color: str
    attributes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge; ``id`` is the record's, numbered where one record joins several pairs."""

    id: str
    source: str
    target: str
    label: str
    directed: bool
    attributes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Elements:
    """All nodes and edges, sorted, with the graph's own name and date."""

    about: Mapping[str, str]
    """Title, base IRI, home city and date of the data."""
    graph: nx.MultiDiGraph
    job: Job

    def nodes(self) -> Iterator[Node]:
        """The nodes by id."""
        kinds, lang = self.job.project.vocabulary.kinds, self.job.lang
        for id_, said in sorted(self.graph.nodes(data=True)):
            style = kinds[said["type"]].style
            home = id_ == self.graph.graph["home"]
            color = (style.home_color if home else "") or style.color or _GREY
            label = said.get(f"label_{lang}") or id_
            yield Node(id_, label, color.upper(), _stated(said))

    def edges(self) -> Iterator[Edge]:
        """The edges by id, then by their ends."""
        found = sorted(self.graph.edges(keys=True, data=True), key=lambda edge: (edge[2], edge[0], edge[1]))
        times = Counter(key for _, _, key, _ in found)
        seen: Counter[str] = Counter()
        for source, target, key, said in found:
            seen[key] += 1
            id_ = f"{key}.{seen[key]}" if times[key] > 1 else key
            attributes = _stated(said)
            directed = bool(attributes.pop("directed"))
            yield Edge(id_, source, target, self._label(said), directed, attributes)

    def _label(self, said: Mapping[str, Any]) -> str:
        vocabulary, lang = self.job.project.vocabulary, self.job.lang
        term = vocabulary.kinds.get(said["kind"]) or vocabulary.properties.get(said["kind"])
        return (pick(term.labels, lang) if term else "") or str(said["kind"])


def _stated(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes that say anything: neither what is not stated nor a time without a bound is written."""
    empty = ("", MIN.isoformat(), MAX.isoformat())
    return {name: value for name, value in attributes.items() if value not in empty}


def elements(job: Job) -> Elements:
    """The network of what is affirmed, with what is a unit or a part of what, at the time asked for."""
    lookup = job.lookup
    facts = Facts(lookup)
    # *measured* at 100,000 relationships: facts and network take two fifths each, to write them takes one
    job.advance(job.statements * 4 // 5)
    graph = network(lookup, structure=True, when=job.when, facts=facts)
    job.advance(job.statements * 4 // 5)
    about = {"title": pick(lookup.description(), job.lang), **graph.graph}
    return Elements(about, graph, job)


def kinds_of(values: Iterator[Mapping[str, Any]]) -> dict[str, str]:
    """The attributes that occur and the type of each: ``boolean`` or ``string``."""
    found: dict[str, str] = {}
    for said in values:
        for name, value in said.items():
            found[name] = "boolean" if isinstance(value, bool) else "string"
    return dict(sorted(found.items()))


def attribute(value: object) -> str:
    """An attribute's value as XML has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
