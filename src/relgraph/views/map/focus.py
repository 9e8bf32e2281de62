"""A part of a map: what surrounds one party, or the parties of some types."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace

from relgraph.views.map.data import MapData, MapEdge, Matrix


def around(data: MapData, focus: str, depth: int = 1, *, most: int | None = None) -> MapData:
    """The party ``focus``, whom it has relationships with to ``depth``, and these relationships.

    A relationship's own node leads on to its other parties, and beyond the first step nothing leads through
    the home city, through which everything is near everything; so does the page. ``most`` keeps the nearest
    and best connected parties if there are more nodes, with the relationships that join them. Raises
    ValueError if ``focus`` is not on the map.
    """
    if focus not in data.node_ids:
        raise ValueError(f"{focus!r} is not on the map")
    relations = {kind.name for kind in data.types if kind.relation}
    joining = {node.id for node in data.nodes if node.type in relations}
    edges: dict[str, list[MapEdge]] = defaultdict(list)
    for edge in sorted(data.edges, key=lambda e: e.id):
        for end in {edge.source, edge.target}:
            edges[end].append(edge)
    steps = {focus: 0}
    walked: dict[str, MapEdge] = {}
    frontier = [focus]
    for step in range(1, depth + 1):
        reached: list[str] = []
        waiting = [id_ for id_ in frontier if step == 1 or id_ != data.home]
        while waiting:
            one = waiting.pop(0)
            for edge in edges[one]:
                walked[edge.id] = edge
                other = edge.target if edge.source == one else edge.source
                if other in steps:
                    continue
                steps[other] = step
                (waiting if other in joining else reached).append(other)
        frontier = reached
    kept = set(steps)
    if most is not None and len(kept) > most:
        kept = _nearest(steps, joining, list(walked.values()), most)
    return replace(_part(data, kept, set(walked)), focus=focus)


def among(data: MapData, ids: Collection[str], most: int) -> MapData:
    """Several parties and whom they have relationships with, those that most of them share first.

    At most ``most`` nodes; raises ValueError if one of ``ids`` is not on the map.
    """
    parts = [around(data, id_) for id_ in ids]
    edges = {edge.id: edge for part in parts for edge in part.edges}
    shared = Counter(node.id for part in parts for node in part.nodes)
    degree = Counter(end for edge in edges.values() for end in {edge.source, edge.target})
    order = sorted(shared, key=lambda one: (one not in ids, -shared[one], -degree[one], one))
    kept = set(order[:most])
    ends: dict[str, set[str]] = defaultdict(set)
    for edge in edges.values():
        if edge.source in kept and edge.target in kept:
            ends[edge.source].add(edge.target)
            ends[edge.target].add(edge.source)
    # the node of a relationship that has lost its parties joins nobody
    loose = {node.id for node in data.nodes if node.type in data.relation_types and len(ends[node.id]) < 2}
    return _part(data, kept - (loose - set(ids)), set(edges))


def _nearest(steps: Mapping[str, int], joining: set[str], edges: list[MapEdge], most: int) -> set[str]:
    """At most so many nodes: parties, and the nodes of relationships that have two of them at least."""
    ends: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        ends[edge.source].add(edge.target)
        ends[edge.target].add(edge.source)
    degree = Counter(end for edge in edges for end in {edge.source, edge.target})
    kept: set[str] = set()
    for id_ in sorted(steps, key=lambda one: (one in joining, steps[one], -degree[one], one)):
        if id_ in joining and steps[id_] > 0:
            continue
        more = kept | {id_}
        more |= {one for one in ends[id_] & joining if len(ends[one] & more) > 1}
        if len(more) <= most:
            kept = more
        elif len(kept) < most and ends[id_] & kept:
            kept.add(id_)
    return kept


def of_types(data: MapData, types: Collection[str]) -> MapData:
    """The parties of these types (by name) with the home city, and what joins them."""
    kinds = {node.id: node.type for node in data.nodes}
    kept = {id_ for id_, kind in kinds.items() if kind in types or id_ == data.home}
    joint = data.relation_types
    parties: dict[str, set[str]] = defaultdict(set)
    for edge in data.edges:
        for own, other in ((edge.source, edge.target), (edge.target, edge.source)):
            if kinds[own] in joint and other in kept:
                parties[own].add(other)
    kept |= {id_ for id_, several in parties.items() if len(several) > 1}
    return _part(data, kept, {edge.id for edge in data.edges})


def _part(data: MapData, nodes: set[str], edges: set[str]) -> MapData:
    """The data without what is not among ``nodes`` and ``edges``, or rests on what is not."""
    kept = tuple(
        edge for edge in data.edges if edge.id in edges and edge.source in nodes and edge.target in nodes
    )
    records = {edge.sentence.record or edge.id for edge in kept}
    told = {said.record for said in data.matrix.said}
    cells = tuple(
        cell
        for cell in data.matrix.cells
        if records.issuperset(cell.records)
        or ((records | told).issuperset(cell.records) and {cell.row, cell.column} & nodes)
    )
    rows, columns = {cell.row for cell in cells}, {cell.column for cell in cells}
    staying = tuple(node for node in data.nodes if node.id in nodes)
    lands = {node.country for node in staying}
    return replace(
        data,
        nodes=staying,
        beyond=data.beyond + len(data.nodes) - len(staying),
        countries=tuple(land for land in data.countries if land[0] in lands),
        edges=kept,
        ties=tuple(t for t in data.ties if {t.source, t.target} <= nodes and t.record in records),
        derived=tuple(
            d for d in data.derived if {d.source, d.target} <= nodes and records.issuperset(d.records)
        ),
        matrix=Matrix(
            tuple(row for row in data.matrix.rows if row[0] in rows),
            tuple(column for column in data.matrix.columns if column[0] in columns),
            cells,
            tuple(said for said in data.matrix.said if any(said.record in cell.records for cell in cells)),
        ),
    )
