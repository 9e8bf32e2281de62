"""Analyses as one readable report: Markdown, and a page of HTML with figures."""

from collections.abc import Mapping

from relgraph.analysis import Evidence, Result
from relgraph.views.report.markdown import as_markdown
from relgraph.views.report.page import as_html
from relgraph.views.told import Told

#: rows of a table in a report, unless others are asked for
TOP = 40

__all__ = ["TOP", "as_html", "as_markdown", "tolds"]


def tolds(evidence: Evidence, results: Mapping[str, Result], lang: str, top: int = TOP) -> list[Told]:
    """Results by name, ready to be told in a language as chapters of a report."""
    return [Told(name, result, evidence, lang, top, report=True) for name, result in results.items()]
