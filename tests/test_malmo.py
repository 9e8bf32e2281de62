"""The graph of Malmö as a whole: nothing of the report is left uncited. Its traps have their own."""

from __future__ import annotations

from pathlib import Path

import relgraph
from relgraph.checks import all_citations
from relgraph.sources.verify import coverage

ROOT = Path(__file__).parent.parent


def test_every_segment_is_cited_or_listed_as_not_factual() -> None:
    checked = relgraph.open(ROOT).project.check()
    assert checked.errors == ()
    cited = [(r.id, citation) for r in checked.dataset.records for citation in all_citations(r)]
    report = coverage(checked.lock, "vb2019", cited, checked.dataset.documents["vb2019"].not_factual)
    assert report.total.segments > 150
    assert [count.section for count in report.counts if count.uncovered] == []


def test_an_agreement_is_not_drawn_as_done_because_it_exists() -> None:
    lines = {d["record"]: d["line"] for _, _, d in relgraph.open(ROOT).network().edges(data=True)}
    assert lines["malmo-hong-kong-charter"] == "active"
