"""What the network tells: one pure function a question, from the evidence to tables.

``ANALYSES`` names them; what each means (definition, formula, source, limits, columns) stands in
``catalogue.toml``, in every language of the program, and is read by :mod:`relgraph.analysis.catalogue`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from relgraph.analysis.evidence import Evidence
from relgraph.analysis.model import Basis, Cell, Found, Note, Result, Row, Statement, Time, Word
from relgraph.errors import UsageError

if TYPE_CHECKING:
    Function = Callable[..., Result]

#: name -> module of the function ``run(evidence, **options) -> Result``, imported when it is asked for;
#: in the order of the report
ANALYSES: Mapping[str, str] = {
    "coverage": "relgraph.analysis.coverage",
    "activity": "relgraph.analysis.activity",
    "reach": "relgraph.analysis.reach",
    "centrality": "relgraph.analysis.centrality",
    "brokers": "relgraph.analysis.brokers",
    "communities": "relgraph.analysis.communities",
    "terms": "relgraph.analysis.terms",
    "quality": "relgraph.analysis.quality",
}

__all__ = [
    "ANALYSES",
    "Basis",
    "Cell",
    "Evidence",
    "Found",
    "Note",
    "Result",
    "Row",
    "Statement",
    "Time",
    "Word",
    "analyse",
    "known",
]


def known(name: str) -> str:
    """The name itself if there is an analysis of it; raises :class:`UsageError` (with near names) if not."""
    if name not in ANALYSES:
        from difflib import get_close_matches

        near = get_close_matches(name, ANALYSES, n=2)
        hint = f"did you mean {', '.join(near)}?" if near else "they are listed by: relgraph analyze --list"
        raise UsageError(f"there is no analysis '{name}'", hint=hint)
    return name


def analyse(name: str, evidence: Evidence, **options: Any) -> Result:
    """Run the analysis of that name; raises :class:`UsageError` for an unknown one."""
    function: Function = import_module(ANALYSES[known(name)]).run
    return function(evidence, **options)
