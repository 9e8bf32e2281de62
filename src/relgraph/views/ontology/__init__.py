"""The ontology as one readable page."""

from relgraph.views.ontology.page import ontology_page

__all__ = ["ontology_page"]
