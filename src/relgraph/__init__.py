"""relgraph: a city's international relationships as a knowledge graph with a source for every statement.

>>> import relgraph
>>> graph = relgraph.open("graph")                                          # doctest: +SKIP
>>> graph.query("SELECT ?city { ?city a rg:City }")                         # doctest: +SKIP
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing takes 5 ms to import, and the command line starts here
if TYPE_CHECKING:
    from relgraph.api import Graph
    from relgraph.api import open_graph as open

__all__ = ["Graph", "open"]


def __getattr__(name: str) -> object:
    """``open`` and ``Graph``, imported when first asked for: the command line needs neither."""
    if name in __all__:
        from relgraph import api

        return {"open": api.open_graph, "Graph": api.Graph}[name]
    raise AttributeError(f"module 'relgraph' has no attribute '{name}'")
