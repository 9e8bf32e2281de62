"""Bipartite networks of two facets: units by networks, networks by topics, parties by agreements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relgraph.network.incidence import Incidence

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import networkx as nx


def projection(
    known: Incidence,
    rows: Collection[str],
    columns: Collection[str],
    *,
    relationships: Mapping[str, Mapping[str, object]],
) -> nx.MultiGraph:
    """The bipartite network of the entities ``rows`` and ``columns`` (ids), joined by relationships.

    An edge, keyed by the relationship's id, joins a row with a column where both have a role in one of
    ``relationships`` (id -> attributes, copied to the edge with ``record`` and ``roles``). Nodes have
    ``bipartite`` 0 (rows) or 1 (columns), as networkx' own bipartite algorithms expect (Latapy, Magnien and
    Del Vecchio 2008); an id in both is a row. Nodes without an edge are kept: that nobody is there is an
    answer.
    """
    import networkx as nx

    graph = nx.MultiGraph()
    above, beside = set(rows), set(columns) - set(rows)
    graph.add_nodes_from(sorted(above), bipartite=0)
    graph.add_nodes_from(sorted(beside), bipartite=1)
    for id_ in sorted(relationships):
        pairs = known.roles.get(id_, ())
        for row in sorted({party for _, party in pairs if party in above}):
            for column in sorted({party for _, party in pairs if party in beside}):
                held = " ".join(sorted({role for role, party in pairs if party in (row, column)}))
                graph.add_edge(row, column, key=id_, **{**relationships[id_], "record": id_, "roles": held})
    return graph
