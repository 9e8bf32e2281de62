"""Compiled store -> networks: relationships as edges, what joins what, and tables of one facet by another.

``build`` makes the ``networkx.MultiDiGraph`` of entities and relationships, ``incidence`` tells who stands in
which role of every relationship, ``projection`` makes bipartite networks of two facets from it.
"""

from relgraph.network.build import AFFIRMED, ALL, Link, bounds_of_edge, network
from relgraph.network.facts import Facts
from relgraph.network.incidence import Incidence, incidence
from relgraph.network.projection import projection

__all__ = [
    "AFFIRMED",
    "ALL",
    "Facts",
    "Incidence",
    "Link",
    "bounds_of_edge",
    "incidence",
    "network",
    "projection",
]
