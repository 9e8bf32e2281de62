"""Analyses as one readable report: Markdown, and a page of HTML with figures."""

from relgraph.views.report.markdown import as_markdown
from relgraph.views.report.page import as_html

__all__ = ["as_html", "as_markdown"]
