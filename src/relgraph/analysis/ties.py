"""Who is tied to whom: the simple undirected projection of a network that centrality and brokers look at.

Two parties are tied where at least one relationship joins them, however many do and whatever their direction:
how often a report mentions two parties is no measure of how strongly they are tied. Of a relationship of
several parties, each two are tied. What is a unit or a part of something is tied to it: without that, a city
and its own office would be strangers but for a meeting that both attend. Parties without a tie are no part of
the projection, so that those who are named only in passing change nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

Pair = tuple[str, str]


@dataclass(frozen=True)
class Ties:
    """``pairs`` maps two parties (ids, the smaller first) to the ids of the relationships that tie them.

    ``structure`` holds those of which one is a unit or a part of the other; they are among ``pairs``, with no
    relationship where there is none beside.
    """

    pairs: Mapping[Pair, tuple[str, ...]]
    structure: frozenset[Pair] = frozenset()

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """The ids of all who have a tie, sorted."""
        return tuple(sorted({party for pair in self.pairs for party in pair}))

    @cached_property
    def index(self) -> dict[str, int]:
        """The place of each party in :attr:`parties`."""
        return {party: number for number, party in enumerate(self.parties)}

    @cached_property
    def numbered(self) -> list[tuple[int, int]]:
        """The ties as places in :attr:`parties`, sorted."""
        return [(self.index[a], self.index[b]) for a, b in sorted(self.pairs)]

    @cached_property
    def near(self) -> dict[str, frozenset[str]]:
        """The neighbours of each party."""
        found: dict[str, set[str]] = defaultdict(set)
        for a, b in self.pairs:
            found[a].add(b)
            found[b].add(a)
        return {party: frozenset(found[party]) for party in self.parties}

    @cached_property
    def records(self) -> dict[str, tuple[str, ...]]:
        """The relationships by which each party is tied to any other, sorted."""
        found: dict[str, set[str]] = defaultdict(set)
        for pair, ids in self.pairs.items():
            for party in pair:
                found[party].update(ids)
        return {party: tuple(sorted(ids)) for party, ids in found.items()}

    @cached_property
    def depending(self) -> dict[str, tuple[Pair, ...]]:
        """The ties that there are by one relationship alone, by its id: what goes if that is dropped."""
        found: dict[str, list[Pair]] = defaultdict(list)
        for pair, ids in sorted(self.pairs.items()):
            if len(ids) == 1 and pair not in self.structure:
                found[ids[0]].append(pair)
        return {id_: tuple(pairs) for id_, pairs in sorted(found.items())}

    @cached_property
    def components(self) -> tuple[tuple[str, ...], ...]:
        """The parts that hang together, the largest first, then by their first id; each sorted."""
        found = []
        seen: set[str] = set()
        for party in self.parties:
            if party in seen:
                continue
            part = {party}
            queue = [party]
            for each in queue:
                new = self.near[each] - part
                part |= new
                queue += sorted(new)
            seen |= part
            found.append(tuple(sorted(part)))
        return tuple(sorted(found, key=lambda part: (-len(part), part)))

    def among(self, parties: Collection[str]) -> Ties:
        """The ties between these parties alone."""
        kept = set(parties)
        return self._of({pair: ids for pair, ids in self.pairs.items() if kept.issuperset(pair)})

    def without(self, parties: Iterable[str]) -> Ties:
        """The ties that are left when these parties fall away."""
        gone = set(parties)
        return self._of({pair: ids for pair, ids in self.pairs.items() if gone.isdisjoint(pair)})

    def less(self, record: str) -> Ties:
        """The ties that are left when one relationship is dropped."""
        kept = ((pair, tuple(id_ for id_ in ids if id_ != record)) for pair, ids in self.pairs.items())
        return self._of({pair: ids for pair, ids in kept if ids or pair in self.structure})

    def _of(self, pairs: Mapping[Pair, tuple[str, ...]]) -> Ties:
        return Ties(pairs, self.structure.intersection(pairs))

    def to_rustworkx(self) -> Any:
        """A ``rustworkx.PyGraph`` whose nodes are numbered as :attr:`parties`."""
        import rustworkx as rx

        graph = rx.PyGraph(multigraph=False)
        graph.add_nodes_from(range(len(self.parties)))
        graph.add_edges_from_no_data(self.numbered)
        return graph

    def to_networkx(self) -> nx.Graph:
        """A ``networkx.Graph`` of ids, nodes and edges added in sorted order."""
        import networkx as nx

        graph = nx.Graph()
        graph.add_nodes_from(self.parties)
        graph.add_edges_from(sorted(self.pairs))
        return graph


def ties(graph: nx.MultiDiGraph, structure: Collection[str] = ()) -> Ties:
    """The projection of a network of :func:`relgraph.network.network` (without ``hyper``).

    ``structure`` names the keys of structure by which a part is tied to its whole; other structure (where
    something is, what it is about) is no tie.
    """
    found: dict[Pair, set[str]] = {}
    parts = set()
    for start, end, data in graph.edges(data=True):
        pair = (start, end) if start < end else (end, start)
        if start == end:
            continue
        if not data.get("structure"):
            found.setdefault(pair, set()).add(data["record"])
        elif data["kind"] in structure:
            found.setdefault(pair, set())
            parts.add(pair)
    return Ties({pair: tuple(sorted(ids)) for pair, ids in sorted(found.items())}, frozenset(parts))
