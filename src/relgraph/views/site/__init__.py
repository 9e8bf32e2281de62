"""The graph as a folder of pages that opens without a server: ``relgraph export --format site``.

``frame`` has what all pages share, ``entities``, ``answered`` and ``lists`` make the pages, ``files`` what
lies beside them (the map, the ontology, briefings, data), ``writing`` writes all of it.
"""

from relgraph.views.site.writing import write_site

__all__ = ["write_site"]
