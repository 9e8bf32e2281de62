"""What is said of activity, what was done with whom, what lies fallow, and where nothing is said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date as Day

from relgraph.analysis.catalogue import catalogue
from relgraph.analysis.concerns import PARTNER, Concerns, in_groups, refs
from relgraph.analysis.evidence import Evidence
from relgraph.analysis.model import Cell, Found, Note, Result, Row, Time, Word
from relgraph.analysis.period import period_of
from relgraph.model import Ref, Term
from relgraph.namespaces import RG
from relgraph.network.links import bounds_of_edge
from relgraph.time import MAX, MIN, Holds, holds

Settings = Mapping[str, tuple[str, ...]]


def run(evidence: Evidence) -> Result:
    """Four tables: ``levels`` (each assessment as its source says it), ``fallow`` (what is assessed as
    dormant, with what last happened), ``done`` (partners and networks by the statements of activity in the
    period: those in which the home or its units have a role, certainly and possibly by the rule of
    docs/model.md, and the others) and ``silent`` (those bound by something lasting of which neither activity
    nor cooperation is stated, at any time, which is not to say that there was none).
    """
    concerns = Concerns(evidence)
    settings = catalogue()["activity"].settings
    period = period_of(evidence)
    tables = (
        Found("levels", _levels(concerns)),
        Found("fallow", _fallow(concerns, settings)),
        Found("done", _done(concerns, settings, period)),
        Found("silent", _silent(concerns, settings)),
    )
    counted = {id_ for found in tables for row in found.rows for id_ in row.records}
    return Result(tables, evidence.basis(counted), (_note(period),))


def _note(period: tuple[Day, Day] | None) -> Note:
    if period is None:
        return Note("no-period")
    begin, end = (day.isoformat() for day in period)
    return Note("until", {"end": end}) if period[0] == MIN else Note("period", {"begin": begin, "end": end})


def _partners(concerns: Concerns, id_: str, settings: Settings) -> set[str]:
    """The named partners and the outermost networks that a relationship concerns; a mere place is none."""
    where = settings["where"]
    parties = {p for p in concerns.concerned(id_, where) if concerns.facet(p) == PARTNER}
    networks = {concerns.root(arena) for arena in concerns.arenas(id_, where)}
    return (parties - concerns.unnamed | networks) - {concerns.home}


# -- what is said ----------------------------------------------------------------------------------------


def _levels(concerns: Concerns) -> tuple[Row, ...]:
    evidence = concerns.evidence
    rows = []
    for record, level in concerns.assessments:
        against = record.refs("conflictsWith")
        for subject in record.refs("of"):
            cells = (
                Ref(subject),
                _group(evidence, subject),
                refs(record.refs("by")) or Word("not-stated"),
                Time(record.id),
                level,
                refs(against) or None,
            )
            rows.append(Row(cells, (record.id, *against), evidence.left_out(subject)))
    rows.sort(key=lambda row: tuple(map(str, (row.cells[1], row.cells[0], row.cells[2], row.records))))
    return tuple(rows)


def _group(evidence: Evidence, id_: str) -> Term:
    """The group of a relationship, the facet of an entity, or else its kind."""
    group = evidence.statements.get(id_, {}).get("group") or evidence.incidence.facets.get(id_)
    record = evidence.lookup.record(id_)
    return Term(RG + group) if group else Term(evidence.lookup.vocabulary.kinds[record.type].iri)


# -- what lies fallow ------------------------------------------------------------------------------------


def _fallow(concerns: Concerns, settings: Settings) -> tuple[Row, ...]:
    evidence = concerns.evidence
    rows = []
    for record, level in concerns.assessments:
        if concerns.line(level) != settings["dormant"][0]:
            continue
        for subject in record.refs("of"):
            near = _concerning(concerns, subject)
            last = _last(concerns, near, settings["traces"])
            against = record.refs("conflictsWith")
            failed = [id_ for id_ in near if id_ not in evidence.edges and _negated(evidence, id_)]
            cells: tuple[Cell, ...] = (
                Ref(subject),
                level,
                Time(record.id),
                refs(last) or Word("not-stated"),
                Time(last[0]) if last else None,
                refs(failed) or None,
                refs(against) or None,
            )
            left_out = [id_ for id_ in near if id_ in evidence.all_edges and id_ not in evidence.edges]
            rows.append(Row(cells, (record.id, *last, *against), tuple(left_out)))
    rows.sort(key=lambda row: tuple(map(str, (row.cells[0], row.cells[2]))))
    return tuple(rows)


def _concerning(concerns: Concerns, subject: str) -> list[str]:
    """The relationships of an entity, or of the partners that a relationship joins, and that relationship."""
    evidence = concerns.evidence
    if subject not in evidence.statements:
        return list(evidence.incidence.of_party.get(subject, ()))
    parties = concerns.parties(subject) - concerns.ours
    return sorted(
        {subject, *(id_ for party in parties for id_ in evidence.incidence.of_party.get(party, ()))}
    )


def _last(concerns: Concerns, ids: list[str], groups: tuple[str, ...]) -> list[str]:
    """Those affirmed relationships that certainly held on the latest day of all; several if they share it."""
    edges = in_groups(concerns.evidence.edges, groups)
    days: dict[Day, list[str]] = defaultdict(list)
    for id_ in ids:
        if id_ in edges:
            day = bounds_of_edge(edges[id_]).earliest_end
            if MIN < day < MAX:
                days[day].append(id_)
    return sorted(days[max(days)]) if days else []


def _negated(evidence: Evidence, id_: str) -> bool:
    record = evidence.lookup.get(id_)
    return record is not None and evidence.lookup.vocabulary.is_a(record.type, RG + "NegatedRelationship")


# -- what was done ---------------------------------------------------------------------------------------


def _done(concerns: Concerns, settings: Settings, period: tuple[Day, Day] | None) -> tuple[Row, ...]:
    evidence = concerns.evidence
    counted: dict[str, tuple[set[str], set[str], set[str]]] = defaultdict(lambda: (set(), set(), set()))
    for id_, attributes in in_groups(evidence.edges, settings["done"]).items():
        state = holds(bounds_of_edge(dict(attributes)), *period) if period else Holds.POSSIBLY
        if state is Holds.NOT:
            continue
        own = bool(concerns.parties(id_) & concerns.ours)
        column = 2 if not own else 0 if state is Holds.CERTAINLY else 1
        for partner in _partners(concerns, id_, settings):
            counted[partner][column].add(id_)
    rows = []
    for partner, columns in sorted(counted.items()):
        ids = set().union(*columns)
        counts = [len(column) for column in columns]
        cells: tuple[Cell, ...] = (
            Ref(partner),
            concerns.kind_of(partner),
            *counts,
            concerns.kinds(ids),
        )
        rows.append(Row(cells, tuple(sorted(ids)), evidence.left_out(partner)))
    rows.sort(key=lambda row: (*(-_number(cell) for cell in row.cells[2:5]), str(row.cells[0])))
    return tuple(rows)


def _number(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


# -- where nothing is said -------------------------------------------------------------------------------


def _silent(concerns: Concerns, settings: Settings) -> tuple[Row, ...]:
    evidence = concerns.evidence
    speaking = {*in_groups(evidence.edges, settings["speaking"]), *(r.id for r, _ in concerns.assessments)}
    spoken_of = {partner for id_ in speaking for partner in _partners(concerns, id_, settings)}
    bound: dict[str, set[str]] = defaultdict(set)
    for id_ in in_groups(evidence.edges, settings["lasting"]):
        if concerns.concerned(id_) & concerns.ours:
            for partner in _partners(concerns, id_, settings):
                bound[partner].add(id_)
    rows = [
        Row(
            (Ref(partner), concerns.kind_of(partner), concerns.kinds(ids), Word("nothing-said")),
            tuple(sorted(ids)),
            evidence.left_out(partner),
        )
        for partner, ids in sorted(bound.items())
        if partner not in spoken_of
    ]
    return tuple(rows)
