"""Compiled store -> networks: relationships as edges, what joins what, and tables of one facet by another.

``links`` reads the relationships with their ends, ``build`` makes the ``networkx.MultiDiGraph`` of them.
``incidence`` tells who stands in which role of every relationship, ``projection`` makes bipartite networks of
two facets from it.
"""

from relgraph.network.build import network
from relgraph.network.facts import Facts
from relgraph.network.incidence import Incidence, incidence
from relgraph.network.links import AFFIRMED, ALL, Link, bounds_of_edge
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
