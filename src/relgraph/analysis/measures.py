"""Measures of centrality on ties, each in the unit in which it can be compared.

What lies apart does not touch them: every measure is taken within the part of the network that hangs together
with a party, so that a new part elsewhere changes no number here. Computed by rustworkx, whose nodes are
numbered as the part's parties.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import log, sqrt
from typing import Any

from relgraph.analysis.ties import Ties
from relgraph.errors import RelgraphError

#: PageRank's chance of going on along a tie (Page et al. 1999)
DAMPING = 0.85
#: how closely the iterations of PageRank and of the eigenvector must agree to end (sum over the parties)
TOLERANCE, ITERATIONS = 1e-12, 100_000
#: parties times ties up to which betweenness is computed exactly: about a second of one call, which cannot be
#: interrupted (*measured*: 0.7 s for 3,300 parties and 7,500 ties)
EXACT = 40_000_000
#: ties up to which the eigenvector is left to one call of rustworkx
ONE_CALL = 20_000
#: from how many parties betweenness is estimated otherwise, and how often its bound may fail
PIVOTS, RISK = 1000, 0.05

Values = dict[str, float]


@dataclass(frozen=True, slots=True)
class Betweenness:
    """``values`` by party; ``bound`` is 0.0 where they are exact, else by how much each may be wrong."""

    values: Values
    bound: float = 0.0


def degree_of(graph: Any) -> list[float]:
    """The number of neighbours of each node (Freeman 1978)."""
    return [float(graph.degree(node)) for node in graph.node_indices()]


def betweenness_of(graph: Any) -> list[float]:
    """The share of the shortest paths between the pairs of others that lead through each node, from 0 to 1.

    Freeman 1977: the sum over pairs s, t of sigma(s,t|v) / sigma(s,t), divided by the (n-1)(n-2)/2 pairs
    without v; 0 where there are fewer than three nodes. Computed after Brandes 2001, in one thread, so that
    sums come out the same every time.
    """
    import rustworkx as rx

    size = graph.num_nodes()
    if size < 3:
        return [0.0] * size
    found = rx.betweenness_centrality(graph, normalized=False, parallel_threshold=size + 1)
    return [found[node] / ((size - 1) * (size - 2) / 2) for node in range(size)]


def pagerank_of(graph: Any) -> list[float]:
    """How often each node is met on a random walk along ties, as a multiple of the mean (1.0).

    Page, Brin, Motwani and Winograd 1999, damping 0.85: the walk goes on to a neighbour or, in 15 of 100
    steps, to any node.
    """
    import rustworkx as rx

    try:
        found = rx.pagerank(graph.to_directed(), alpha=DAMPING, tol=TOLERANCE, max_iter=ITERATIONS)
    except rx.FailedToConverge as error:
        raise RelgraphError(f"PageRank does not converge within {ITERATIONS} steps") from error
    return [found[node] * graph.num_nodes() for node in graph.node_indices()]


def eigenvector_of(graph: Any) -> list[float]:
    """How well each node is tied to well-tied nodes, from 0 to 1 for the best.

    Bonacich 1972: the entries of the eigenvector of the largest eigenvalue of the adjacency matrix, divided
    by the largest entry. Above :data:`ONE_CALL` ties, in arrays: rustworkx takes seconds then, in one call
    that cannot be interrupted.
    """
    if graph.num_edges() > ONE_CALL:
        return _eigenvector_in_arrays(graph)
    import rustworkx as rx

    try:
        found = rx.graph_eigenvector_centrality(graph, max_iter=ITERATIONS, tol=TOLERANCE)
    except rx.FailedToConverge as error:
        raise RelgraphError(f"the eigenvector does not converge within {ITERATIONS} steps") from error
    most = max(found.values())
    return [found[node] / most for node in graph.node_indices()]


def _eigenvector_in_arrays(graph: Any) -> list[float]:
    """The same by the same iteration (with A + I, which has the eigenvector and one dominant eigenvalue)."""
    import numpy as np

    ends = np.asarray(graph.edge_list(), dtype=np.int64)
    one, other = ends[:, 0], ends[:, 1]
    size = graph.num_nodes()
    values = np.full(size, 1 / sqrt(size))
    for _ in range(ITERATIONS):
        new = values + np.bincount(one, values[other], size) + np.bincount(other, values[one], size)
        new = new / np.linalg.norm(new)
        change, values = np.abs(new - values).sum(), new
        if change < TOLERANCE:
            found: list[float] = (values / values.max()).tolist()
            return found
    raise RelgraphError(f"the eigenvector does not converge within {ITERATIONS} steps")


#: the measures by name, each from the graph of one part that hangs together to a value a node
MEASURES: Mapping[str, Callable[[Any], list[float]]] = {
    "degree": degree_of,
    "betweenness": betweenness_of,
    "pagerank": pagerank_of,
    "eigenvector": eigenvector_of,
}


def measure(name: str, ties: Ties) -> Values:
    """A measure of :data:`MEASURES` for every party, part by part."""
    values: Values = {}
    for part in ties.components:
        found = MEASURES[name](ties.among(part).to_rustworkx())
        values.update(zip(part, found, strict=True))
    return {party: values[party] for party in ties.parties}


def betweenness(
    ties: Ties, *, exact: int = EXACT, pivots: int = PIVOTS, step: Callable[[int], None] | None = None
) -> Betweenness:
    """Betweenness as :func:`betweenness_of` has it, estimated where a part of the network is too large.

    A part whose parties times ties exceed ``exact`` is estimated from ``pivots`` of its parties, drawn with
    a fixed seed (Brandes and Pich 2007): the mean of what each of them contributes. By Hoeffding's
    inequality the estimate of a party is wrong by more than ``bound`` = sqrt(ln(2 / RISK) / (2 pivots)) *
    n / (n-1) with a probability of at most :data:`RISK`. ``step`` is called with the number of pivots done.
    """
    values: Values = {}
    bound = 0.0
    for part in ties.components:
        own, size = ties.among(part), len(part)
        if size * len(own.pairs) <= exact or size <= pivots:
            values.update(zip(part, betweenness_of(own.to_rustworkx()), strict=True))
            continue
        from relgraph.analysis.pivots import dependencies

        sums = dependencies(size, own.numbered, pivots, step)
        scale = size / ((size - 1) * (size - 2) * pivots)
        values.update({party: float(total) * scale for party, total in zip(part, sums, strict=True)})
        bound = max(bound, sqrt(log(2 / RISK) / (2 * pivots)) * size / (size - 1))
    return Betweenness({party: values[party] for party in ties.parties}, bound)
