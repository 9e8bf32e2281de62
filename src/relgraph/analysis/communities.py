"""Which groups the network falls into by itself, and how firm they are."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from relgraph.analysis.evidence import Evidence
from relgraph.analysis.measures import eigenvector_of
from relgraph.analysis.model import Found, Note, Result, Row
from relgraph.analysis.ties import Ties
from relgraph.analysis.watch import Step
from relgraph.model import Ref

#: how often the method is run, with the seeds from 0; seed 0 gives the groups that are told
SEEDS = 20
#: from how many ties on it is run less often, and how often: each run then takes seconds
LARGE, FEWER = 20_000, 5
#: by how many of its best-tied members a group is named
NAMED = 3

Partition = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Communities:
    """``groups`` of seed 0, the largest first; ``modularity`` of them; how far other seeds agree.

    ``agreement`` is the mean adjusted Rand index of each two of the runs; ``firmness`` of a group the mean,
    over the other runs, of the share of its pairs that are together there too (1.0 for a group of one).
    """

    groups: Partition
    modularity: float
    agreement: float
    firmness: tuple[float, ...]


def seeds_for(found: Ties) -> int:
    """How often the method is run on a network of that size."""
    return SEEDS if len(found.pairs) <= LARGE else FEWER


def communities(found: Ties, seeds: int = SEEDS, step: Step | None = None) -> Communities:
    """Louvain communities (Blondel et al. 2008) of ties, each of weight 1, by networkx with fixed seeds."""
    import networkx as nx

    if not found.pairs:
        return Communities((), 0.0, 1.0, ())
    graph = nx.Graph()  # numbers: sets of them are walked through in the same order everywhere
    graph.add_nodes_from(range(len(found.parties)))
    graph.add_edges_from(found.numbered)
    runs = []
    for seed in range(seeds):
        numbered = nx.community.louvain_communities(graph, seed=seed)
        groups = [frozenset(found.parties[number] for number in group) for group in numbered]
        runs.append(tuple(sorted(groups, key=lambda group: (-len(group), min(group)))))
        if step is not None:
            step(1)
    two = list(combinations(runs, 2))
    agreement = sum(adjusted_rand(one, other) for one, other in two) / len(two) if two else 1.0
    firmness = tuple(
        sum(together(group, other) for other in runs[1:]) / (len(runs) - 1) if runs[1:] else 1.0
        for group in runs[0]
    )
    modularity = nx.community.modularity(found.to_networkx(), runs[0])
    return Communities(runs[0], modularity, agreement, firmness)


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def together(group: frozenset[str], others: Partition) -> float:
    """The share of the pairs of a group that are in one group of another partition."""
    pairs = _pairs(len(group))
    return sum(_pairs(len(group & other)) for other in others) / pairs if pairs else 1.0


def adjusted_rand(one: Partition, other: Partition) -> float:
    """How far two partitions agree beyond chance: 1.0 alike, 0.0 as by chance (Hubert and Arabie 1985)."""
    place = {party: number for number, group in enumerate(other) for party in group}
    both: dict[tuple[int, int], int] = {}
    for number, group in enumerate(one):
        for party in group:
            key = (number, place[party])
            both[key] = both.get(key, 0) + 1
    size = len(place)
    alike = sum(map(_pairs, both.values()))
    first, second = (sum(_pairs(len(group)) for group in each) for each in (one, other))
    expected = first * second / _pairs(size) if size > 1 else 0.0
    most = (first + second) / 2
    return 1.0 if most == expected else (alike - expected) / (most - expected)


def named_by(found: Ties, group: frozenset[str], count: int = NAMED) -> tuple[str, ...]:
    """The members of a group that are tied best within it: by neighbours there, then eigenvector, then id."""
    own = found.among(group)
    scores: dict[str, tuple[int, float]] = {}
    for part in own.components:
        values = eigenvector_of(own.among(part).to_rustworkx())
        scores.update(
            {
                party: (len(own.near[party]), round(value, 9))
                for party, value in zip(part, values, strict=True)
            }
        )
    return tuple(sorted(scores, key=lambda party: (-scores[party][0], -scores[party][1], party))[:count])


def run(evidence: Evidence) -> Result:
    """One table, ``communities``: each named by its best-tied members, with its size, its ties within and to
    others, how firm it is, and all its members."""
    found = evidence.ties
    seeds = seeds_for(found)
    with evidence.watch("communities", seeds) as step:
        known = communities(found, seeds, step)
    rows = []
    for number, (group, firm) in enumerate(zip(known.groups, known.firmness, strict=True), 1):
        within = [pair for pair in found.pairs if group.issuperset(pair)]
        outward = sum(len(group.intersection(pair)) == 1 for pair in found.pairs)
        ids = sorted({id_ for pair in within for id_ in found.pairs[pair]})
        cells = (
            number,
            tuple(map(Ref, named_by(found, group))),
            len(group),
            len(within),
            outward,
            firm,
            tuple(map(Ref, sorted(group))),
        )
        rows.append(Row(cells, tuple(ids), evidence.left_out(*sorted(group))))
    notes = (
        (Note("quality", {"modularity": known.modularity, "agreement": known.agreement, "seeds": seeds}),)
        if rows
        else ()
    )
    return Result((Found("communities", tuple(rows)),), evidence.basis(evidence.edges), notes)
