"""How active relationships are said to be, by whom and when, and where sources disagree."""

from __future__ import annotations

from relgraph.analysis.evidence import Evidence
from relgraph.analysis.model import Found, Result, Row, Word
from relgraph.model import Edtf, Record, Ref, Term
from relgraph.namespaces import RG


def run(evidence: Evidence) -> Result:
    """The assessments of activity, each as its source says it: one row an assessment and subject."""
    lookup = evidence.lookup
    rows = []
    for record in lookup.records(lookup.ids_of(RG + "ActivityAssessment")):
        if not evidence.keeps(record):
            continue
        level = next((value for value in record.values.get("level", ()) if isinstance(value, Term)), None)
        during = next(
            (value.text for value in record.values.get("during", ()) if isinstance(value, Edtf)), None
        )
        against = tuple(Ref(id_) for id_ in record.refs("conflictsWith"))
        for subject in record.refs("of"):
            cells = (Ref(subject), _several(record, "by"), during, level, against or None)
            rows.append(Row(cells, (record.id, *record.refs("conflictsWith")), evidence.left_out(subject)))
    rows.sort(key=lambda row: tuple(map(str, row.cells)))
    basis = evidence.basis([id_ for row in rows for id_ in row.records])
    return Result((Found("levels", tuple(rows)),), basis)


def _several(record: Record, key: str) -> tuple[Ref, ...] | Word:
    return tuple(Ref(id_) for id_ in record.refs(key)) or Word("not-stated")
