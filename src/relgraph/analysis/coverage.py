"""Which units stand in which networks and forums, what rests on one unit, and where nobody is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from relgraph.analysis.catalogue import catalogue
from relgraph.analysis.concerns import Concerns, in_groups, refs
from relgraph.analysis.evidence import Evidence
from relgraph.analysis.model import Found, Result, Row, Word
from relgraph.model import Ref, Term


def run(evidence: Evidence) -> Result:
    """Four tables: ``units`` (unit by network and forum), ``unnamed`` (networks and forums in which the home
    or a unit stands, and none is named as responsible), ``topics`` (those in whose relationships one unit is
    named) and ``priorities`` (focus areas with no relationship but the document's own structure).

    Who meets whom is told by :func:`pairs`.
    """
    concerns = Concerns(evidence)
    settings = catalogue()["coverage"].settings
    tables = (
        Found("units", _units(concerns)),
        Found("unnamed", _unnamed(concerns, settings["responsible"])),
        Found("topics", _topics(concerns, settings["themes"])),
        Found("priorities", _priorities(concerns, settings["priorities"], settings["structure"])),
    )
    counted = {id_ for found in tables for row in found.rows for id_ in row.records}
    return Result(tables, evidence.basis(counted))


def _arenas(concerns: Concerns, id_: str) -> set[str]:
    return concerns.arenas(id_, catalogue()["coverage"].settings["beside"])


def pairs(concerns: Concerns, ids: Iterable[str]) -> dict[tuple[str, str], set[str]]:
    """(own unit, nearest network or forum) -> the relationships among ``ids`` in which they meet.

    A relationship is a unit's where the unit itself has a role in it; it is a network's where the network,
    a part of it or a gathering of it has one, also through a relationship that it names.
    """
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for id_ in ids:
        for unit in concerns.parties(id_) & concerns.own_units:
            for arena in _arenas(concerns, id_):
                found[unit, arena].add(id_)
    return found


def _units(concerns: Concerns) -> tuple[Row, ...]:
    evidence = concerns.evidence
    assessed = {record.id: level for record, level in concerns.assessments}
    met = pairs(concerns, [*evidence.edges, *assessed])
    outside = pairs(concerns, evidence.all_edges.keys() - evidence.edges.keys())
    rows = []
    for (unit, arena), ids in sorted(
        met.items(), key=lambda item: (item[0][0], concerns.root(item[0][1]), item[0][1])
    ):
        root = concerns.root(arena)
        levels = sorted({assessed[id_].iri for id_ in ids if id_ in assessed})
        cells = (
            Ref(unit),
            Ref(root),
            Ref(arena) if arena != root else None,
            concerns.kinds(id_ for id_ in ids if id_ not in assessed) or None,
            tuple(map(Term, levels)) or Word("not-stated"),
        )
        rows.append(Row(cells, tuple(sorted(ids)), tuple(sorted(outside.get((unit, arena), ())))))
    return tuple(rows)


def _unnamed(concerns: Concerns, responsible: tuple[str, ...]) -> tuple[Row, ...]:
    """Networks and forums in which the home or an own unit stands but no own unit in a responsible group.

    Responsible is who is so for the network itself or a part of it, not for a gathering.
    """
    evidence = concerns.evidence
    standing: dict[str, set[str]] = defaultdict(set)
    for id_ in (*evidence.edges, *(record.id for record, _ in concerns.assessments)):
        if concerns.concerned(id_) & concerns.ours:
            for arena in _with_networks(concerns, _arenas(concerns, id_)):
                standing[arena].add(id_)
    itself: dict[str, set[str]] = defaultdict(set)
    within: dict[str, set[str]] = defaultdict(set)
    for id_ in in_groups(evidence.edges, responsible):
        units = concerns.parties(id_) & concerns.own_units
        arenas = {each for party in concerns.concerned(id_) for each in concerns.part_of(party)}
        for arena in arenas:
            itself[arena] |= units
        for arena in _with_networks(concerns, arenas):
            within[arena] |= units
    rows = []
    for arena, ids in sorted(standing.items()):
        if within[arena]:
            continue
        above = concerns.networks_above(arena)
        cells = (
            Ref(arena),
            Ref(above[0]) if above else None,
            refs({unit for each in above for unit in itself[each]}) or None,
            refs({unit for id_ in ids for unit in concerns.parties(id_) & concerns.own_units}) or None,
            concerns.kinds(ids),
        )
        rows.append(Row(cells, tuple(sorted(ids)), evidence.left_out(arena)))
    rows.sort(key=lambda row: (row.cells[1] is not None, -len(row.records), str(row.cells[0])))
    return tuple(rows)


def _with_networks(concerns: Concerns, arenas: set[str]) -> set[str]:
    return arenas | {each for arena in arenas for each in concerns.networks_above(arena)}


def _topics(concerns: Concerns, themes: tuple[str, ...]) -> tuple[Row, ...]:
    evidence = concerns.evidence
    topics = concerns.of_facet(*themes)
    units: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    others: dict[str, set[str]] = defaultdict(set)
    for id_ in evidence.edges:
        named = concerns.parties(id_) & concerns.own_units
        for topic in concerns.concerned(id_) & topics:
            for unit in named:
                units[topic][unit].add(id_)
            if not named:
                others[topic].add(id_)
    rows = [
        Row(
            (Ref(topic), Ref(unit), concerns.kinds(ids), len(others[topic])),
            tuple(sorted(ids | others[topic])),
            evidence.left_out(topic),
        )
        for topic, found in units.items()
        if len(found) == 1
        for unit, ids in found.items()
    ]
    rows.sort(key=lambda row: (str(row.cells[1]), str(row.cells[0])))
    return tuple(rows)


def _priorities(concerns: Concerns, facets: tuple[str, ...], structure: tuple[str, ...]) -> tuple[Row, ...]:
    evidence = concerns.evidence
    rows = []
    for area in sorted(concerns.of_facet(*facets)):
        ids = [id_ for id_ in evidence.incidence.of_party.get(area, ()) if id_ in evidence.edges]
        formal = in_groups(evidence.edges, structure)
        if all(id_ in formal for id_ in ids):
            whole = refs(evidence.incidence.within.get(area, ())) or None
            rows.append(Row((Ref(area), whole, refs(ids) or None), tuple(ids), evidence.left_out(area)))
    return tuple(rows)
