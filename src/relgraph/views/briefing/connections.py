"""What connects several parties: the statements that join them, and the way from one to the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from relgraph.model import Record
from relgraph.namespaces import RG
from relgraph.views.briefing.around import COUNTRY
from relgraph.views.briefing.blocks import Block, Heading, Note, Paragraph
from relgraph.views.briefing.teller import Teller
from relgraph.views.profile import ends

if TYPE_CHECKING:
    import networkx as nx

#: how many connections a visit tells
CONNECTIONS = 8


def connections(teller: Teller, ids: Sequence[str]) -> list[Block]:
    """The section on what connects the parties ``ids``; none where it is one party."""
    if not ids[1:]:
        return []
    joining = teller.lookup.records(teller.lookup.joining(list(ids)))
    wanted = set(ids)
    both = [r for r in joining if len(wanted & ends(teller.lookup, r)) > 1]
    teller.left_out.clear()
    direct = {pair for r in both for pair in combinations(ids, 2) if {*pair} <= ends(teller.lookup, r)}
    both += _of_both(teller, ids, {r.id for r in both})
    told = [*teller.items(teller.holding(both), CONNECTIONS), *_paths(teller, ids, direct)]
    for id_ in ids if teller.left_out else ():
        teller.given_by_page(id_)
    return [Heading(teller.word("connections")), *(told or [Note(teller.word("no connections"))])]


def _of_both(teller: Teller, ids: Sequence[str], known: set[str]) -> list[Record]:
    """What is said of the relationships of several of the parties: that they are three in number, say."""
    kinds = teller.lookup.vocabulary.kinds
    often = Counter(id_ for party in ids for id_ in set(teller.lookup.about(party)))
    several = teller.lookup.records(
        sorted(id_ for id_, times in often.items() if times > 1 and id_ not in known)
    )
    return [r for r in several if r.sources and kinds[r.type].is_a(RG + "Assessment")]


def _paths(teller: Teller, ids: Sequence[str], direct: Collection[tuple[str, str]]) -> list[Block]:
    """The best path between each two parties, round the home city, where nothing joins them directly.

    That both are in one country is none.
    """
    from relgraph.analysis.paths import path_network, shortest

    graph = path_network(teller.lookup, when=teller.when)
    home = teller.lookup.compiled.home
    kinds = teller.lookup.vocabulary.kinds
    blocks: list[Block] = []
    for a, b in combinations(ids, 2):
        if (a, b) in direct:
            continue
        for path in shortest(graph, a, b, 1, [home] if home not in (a, b) else []):
            between = teller.lookup.records(path.nodes[1:-1])
            if any(kinds[each.type].is_a(COUNTRY) for each in between):
                continue
            steps = zip(path.nodes, path.nodes[1:], path.edges, strict=False)
            records = [_edge(graph, start, end, keys[0]) for start, end, keys in steps]
            said = tuple(teller.cited(teller.lookup.record(id_)) for id_ in records if id_ not in teller.told)
            if said and path.nodes[2:]:
                names = (teller.writer.name(id_) for id_ in path.nodes)
                blocks += [Note(f"{' – '.join(names)}:"), Paragraph(said)]
    return blocks


def _edge(graph: nx.MultiDiGraph, start: str, end: str, key: str) -> str:
    """The id of the record in which an edge between two nodes is stated."""
    data = graph.get_edge_data(start, end, key) or graph.get_edge_data(end, start, key)
    return str(data["record"])
