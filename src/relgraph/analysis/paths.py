"""How two parties are connected: the shortest simple paths by a documented cost.

The cost of an edge is :func:`cost`, an integer; the order of paths is total, so that Python and the map's
page (which gets the costs ready made) find the same ones in the same order. ``tests/vectors/paths.json``
holds what both must find.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date as Day
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from relgraph.lookup import Lookup
from relgraph.namespaces import RG
from relgraph.network import AFFIRMED, bounds_of_edge, network
from relgraph.time import Holds, holds
from relgraph.vocabulary import Vocabulary, local_name

if TYPE_CHECKING:
    import networkx as nx

    from relgraph.when import When

#: what every edge costs, however good: of two paths of equally good edges the shorter one is cheaper
STEP = 4
#: by how something stands at the date of the data
CURRENCY = {Holds.CERTAINLY: 0, Holds.POSSIBLY: 1, Holds.NOT: 3}
#: by how sure its source is; what is not listed is taken for ambiguous
CERTAINTY = {"stated": 0, "implied": 1}
AMBIGUOUS = 4

#: cost and number of edges: compared in this order, added part by part
Length = tuple[int, int]
#: the day, or the first and last day of the period, at which edges are current
At = Day | tuple[Day, Day]
#: neighbour -> cost of the cheapest edge to it
Neighbours = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Cost:
    """The parts of an edge's cost beside :data:`STEP`."""

    currency: Holds
    certainty: str
    """``stated``, ``implied`` or ``ambiguous``."""
    weakness: int

    @property
    def parts(self) -> tuple[int, int, int, int]:
        """The step itself, currency, certainty, weakness."""
        return (STEP, CURRENCY[self.currency], CERTAINTY.get(self.certainty, AMBIGUOUS), self.weakness)


@dataclass(frozen=True, slots=True)
class Path:
    """A simple path: ``nodes`` from one end to the other, and the ids of the edges of each step.

    The first edge of a step is the cheapest (cost, then id), which counts; the others follow in that order.
    """

    cost: int
    nodes: tuple[str, ...]
    edges: tuple[tuple[str, ...], ...]


def cost_of(attributes: Mapping[str, Any], vocabulary: Vocabulary, at: At | None) -> Cost:
    """What the cost of an edge of :func:`relgraph.network.network` is made of at a time.

    Without a time nothing is certain of what is current: everything is possibly so.
    """
    unsettled = vocabulary.kinds.get("UnsettledRelationship")
    group = attributes["group"]
    doubtful = unsettled is not None and group == local_name(unsettled.group)
    certainty = attributes.get("certainty", "ambiguous")
    concept = vocabulary.concepts.get(RG + group)
    days = (at, at) if isinstance(at, Day) else at
    return Cost(
        currency=holds(bounds_of_edge(attributes), *days) if days else Holds.POSSIBLY,
        certainty="ambiguous" if doubtful or certainty not in CERTAINTY else certainty,
        weakness=concept.weakness if concept else 0,
    )


def cost(attributes: Mapping[str, Any], vocabulary: Vocabulary, at: At | None) -> int:
    """The cost of an edge: 4, and what makes it a poor connection.

    - currency: 0 where it certainly holds at the time ``at``, 1 where it possibly does (so whatever is
      undated, and all that is structure), 3 where it is past or not yet begun;
    - certainty: 0 stated, 1 implied, 4 ambiguous or unsettled;
    - weakness of the tie: 0 to 3, declared by the ontology on the edge's group (``rg:tieWeakness``).
    """
    return sum(cost_of(attributes, vocabulary, at).parts)


def path_network(
    lookup: Lookup,
    *,
    kinds: Collection[str] = (),
    certain_only: bool = False,
    when: When | None = None,
) -> nx.MultiDiGraph:
    """The network in which paths are looked for, each edge with its ``cost``.

    It holds what is said to be so, readings of an ambiguous source that something is so, and structure (a
    unit of, a part of); not what was negated, failed or is planned. Edges are current or not at the time
    asked for with ``when``, else at the date of the data (:func:`time_of`). The limits are those of
    :func:`relgraph.network.network`, whose errors it raises.
    """
    graph = network(
        lookup,
        modes=(*AFFIRMED, "UnsettledRelationship"),
        structure=True,
        kinds=kinds,
        certain_only=certain_only,
        when=when,
    )
    at = time_of(lookup, when)
    vocabulary = lookup.vocabulary
    no_edge = [
        (start, end, key)
        for start, end, key, data in graph.edges(keys=True, data=True)
        if not data.get("structure") and not vocabulary.is_a(data["kind"], RG + "AffirmedRelationship")
    ]
    graph.remove_edges_from(no_edge)
    for _, _, data in graph.edges(data=True):
        data["cost"] = cost(data, vocabulary, at)
    return graph


def time_of(lookup: Lookup, when: When | None = None) -> At | None:
    """The time at which edges are current: the period or day asked for, else the date of the data, if any."""
    if when is not None:
        return (when.first, when.last) if when.period else when.last
    return Day.fromisoformat(lookup.compiled.as_of) if lookup.compiled.as_of else None


def shortest(graph: nx.MultiDiGraph, a: str, b: str, count: int, avoid: Collection[str] = ()) -> list[Path]:
    """The ``count`` shortest simple paths from ``a`` to ``b``, best first; none through a node in ``avoid``.

    Edges have an integer ``cost`` above 0; their direction does not matter, self-loops are left out, and
    between two nodes the cheapest edge counts. Paths are ordered by cost, number of edges, and the sequence
    of their nodes' ids compared as strings. There are none from a node to itself, nor from, to or through
    what is not in the network or to be avoided.

    Method: Yen, *Finding the K Shortest Loopless Paths in a Network*, Management Science 17 (1971), with
    Lawler's rule (1972) that a path is varied only from where it left its parent. Each variation is the best
    one left under the whole order, not any of the cheapest ones, so ties need no enumeration. It is found by
    A* with the exact distance to ``b`` in the whole network (one run of Dijkstra) as its estimate: taking
    edges away only makes distances longer, so the estimate never exceeds them. Labels are taken from the
    queue by (cost + estimate, edges + estimate, ids so far). Where two labels reach one node equally well,
    the one with the smaller ids comes out first, since every beginning of a sequence is smaller than the
    sequence itself, and what follows the node is the same for both: so each node is settled once, by the
    beginning of the path sought.
    """
    blocked = frozenset(avoid)
    if a == b or count < 1 or blocked.intersection((a, b)) or a not in graph or b not in graph:
        return []
    near, edges = _neighbours(graph, blocked)
    to_go = _distances(near, b)
    first = _best(near, to_go, (a,), b, frozenset())
    queue = [(*first, 0)] if first else []
    found: list[tuple[str, ...]] = []
    costs: list[int] = []
    while queue and len(found) < count:
        length, nodes, left_at = heapq.heappop(queue)
        found.append(nodes)
        costs.append(length[0])
        for at in range(left_at, len(nodes) - 1):
            begin = nodes[: at + 1]
            taken = frozenset(path[at + 1] for path in found if path[: at + 1] == begin)
            other = _best(near, to_go, begin, b, taken)
            if other:
                heapq.heappush(queue, (*other, at))
    return [
        Path(total, nodes, tuple(edges(start, end) for start, end in pairwise(nodes)))
        for total, nodes in zip(costs, found, strict=True)
    ]


def _neighbours(graph: nx.MultiDiGraph, blocked: Collection[str]) -> tuple[dict[str, dict[str, int]], Any]:
    """Every node's neighbours with the cheapest cost, and a function from two neighbours to their edges."""
    near: dict[str, dict[str, int]] = {node: {} for node in graph if node not in blocked}
    for start, end, price in graph.edges(data="cost"):
        if start != end and start in near and end in near:
            known = near[start].get(end)
            if known is None or price < known:
                near[start][end] = near[end][start] = price

    def edges(start: str, end: str) -> tuple[str, ...]:
        both = {**graph.get_edge_data(start, end, default={}), **graph.get_edge_data(end, start, default={})}
        return tuple(sorted(both, key=lambda key: (both[key]["cost"], key)))

    return near, edges


def _distances(near: Mapping[str, Neighbours], target: str) -> dict[str, Length]:
    """The distance of every node that reaches ``target`` (Dijkstra 1959)."""
    settled: dict[str, Length] = {}
    queue = [((0, 0), target)]
    while queue:
        length, node = heapq.heappop(queue)
        if node in settled:
            continue
        settled[node] = length
        for other, price in near[node].items():
            if other not in settled:
                heapq.heappush(queue, ((length[0] + price, length[1] + 1), other))
    return settled


def _best(
    near: Mapping[str, Neighbours],
    to_go: Mapping[str, Length],
    begin: tuple[str, ...],
    target: str,
    taken: frozenset[str],
) -> tuple[Length, tuple[str, ...]] | None:
    """The best simple path that begins so and whose next node is not in ``taken``; None if there is none."""
    spur = begin[-1]
    if spur not in to_go:
        return None
    gone = sum(near[start][end] for start, end in pairwise(begin))
    closed = set(begin[:-1])
    estimate = to_go[spur]
    queue = [((gone + estimate[0], len(begin) - 1 + estimate[1]), begin, gone)]
    while queue:
        length, nodes, gone = heapq.heappop(queue)
        node = nodes[-1]
        if node == target:
            return length, nodes
        if node in closed:
            continue
        closed.add(node)
        for other, price in near[node].items():
            if other in closed or (node == spur and other in taken):
                continue
            estimate = to_go[other]
            whole = (gone + price + estimate[0], len(nodes) + estimate[1])
            heapq.heappush(queue, (whole, (*nodes, other), gone + price))
    return None
