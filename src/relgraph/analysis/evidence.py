"""What analyses look at: the network within the limits asked for, and what these leave out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from relgraph.analysis.model import Basis
from relgraph.analysis.ties import Ties, ties
from relgraph.analysis.watch import Watch, unwatched
from relgraph.bounds import mark_of
from relgraph.lookup import Lookup
from relgraph.model import Record
from relgraph.network import ALL, Incidence, incidence, network
from relgraph.network.facts import Facts
from relgraph.network.links import bounds_of_edge
from relgraph.sentences import certainty_of
from relgraph.time import MAX, MIN
from relgraph.when import When

if TYPE_CHECKING:
    import networkx as nx


@dataclass
class Evidence:
    """The networks of one compiled graph under one choice of time, kinds and certainty.

    What several analyses need is read once.
    """

    lookup: Lookup
    when: When | None = None
    kinds: tuple[str, ...] = ()
    certain_only: bool = False
    watch: Watch = unwatched
    """Who looks at work that takes long."""

    @cached_property
    def graph(self) -> nx.MultiDiGraph:
        """Affirmed relationships within the limits; see :func:`relgraph.network.network`."""
        return self._network()

    @cached_property
    def organised(self) -> nx.MultiDiGraph:
        """The same with structure: what is a unit or a part of what."""
        return self._network(structure=True)

    @cached_property
    def whole(self) -> nx.MultiDiGraph:
        """Relationships of every mode within the limits."""
        return self._network(modes=ALL)

    @cached_property
    def everything(self) -> nx.MultiDiGraph:
        """All relationships of every mode, without limits: what ``graph`` is a part of."""
        return network(self.lookup, modes=ALL, facts=self.facts)

    @cached_property
    def facts(self) -> Facts:
        """What is said of every relationship: read once for all networks."""
        return Facts(self.lookup)

    def _network(self, **options: Any) -> nx.MultiDiGraph:
        limits: dict[str, Any] = {"when": self.when, "kinds": self.kinds, "certain_only": self.certain_only}
        return network(self.lookup, **limits, facts=self.facts, **options)

    @cached_property
    def incidence(self) -> Incidence:
        """Roles, facets and structure of the whole graph, without limits."""
        return incidence(self.lookup)

    @cached_property
    def ties(self) -> Ties:
        """Who is tied to whom, by a relationship within the limits or as a unit or part of the other."""
        properties = self.lookup.vocabulary.properties
        return ties(self.organised, [key for key, prop in properties.items() if prop.group and prop.acyclic])

    @cached_property
    def edges(self) -> dict[str, dict[str, Any]]:
        """The attributes of every relationship in :attr:`graph`, by its id."""
        return _by_record(self.graph)

    @cached_property
    def all_edges(self) -> dict[str, dict[str, Any]]:
        """The attributes of every relationship in :attr:`everything`, by its id."""
        return _by_record(self.everything)

    @cached_property
    def statements(self) -> dict[str, dict[str, Any]]:
        """As :attr:`all_edges`, and what is no edge: assessments, counts, relationships with one party."""
        others = self.facts.all
        return {id_: self.all_edges.get(id_) or others[id_] for id_ in sorted(others)}

    @cached_property
    def _left_out(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, set[str]] = defaultdict(set)
        for id_ in self.all_edges.keys() - self.edges.keys():
            for party in self.incidence.parties(id_):
                found[party].add(id_)
        return {party: tuple(sorted(ids)) for party, ids in found.items()}

    def left_out(self, *parties: str) -> tuple[str, ...]:
        """The ids of the relationships of any of the parties that the limits leave out, sorted."""
        return tuple(sorted({id_ for party in parties for id_ in self._left_out.get(party, ())}))

    def keeps(self, record: Record) -> bool:
        """Whether a record that is no edge (an assessment, a count) is within the limits asked for."""
        if self.certain_only and certainty_of(record) != "stated":
            return False
        return mark_of(record, self.lookup.vocabulary, self.when) is not None

    def basis(self, records: Iterable[str], left_out: Collection[str] | None = None) -> Basis:
        """The basis of numbers counted from ``records``; ``left_out`` None is all that is left out."""
        counted = sorted({id_ for id_ in records if id_ in self.statements})
        if left_out is None:
            left_out = self.all_edges.keys() - self.edges.keys()
        known = [self.statements[id_] for id_ in counted]
        return Basis(
            len(counted),
            sum(undated(attributes) for attributes in known),
            sum(attributes.get("certainty") != "stated" for attributes in known),
            len(set(left_out)),
        )


def undated(attributes: dict[str, Any]) -> bool:
    """Whether neither begin nor end of an edge is bounded on any side."""
    bounds = bounds_of_edge(attributes)
    return (bounds.earliest_begin, bounds.latest_begin, bounds.earliest_end, bounds.latest_end) == (
        MIN,
        MAX,
        MIN,
        MAX,
    )


def _by_record(graph: nx.MultiDiGraph) -> dict[str, dict[str, Any]]:
    edges = sorted(graph.edges(data=True), key=lambda edge: edge[2]["record"])
    return {data["record"]: data for _, _, data in edges}
