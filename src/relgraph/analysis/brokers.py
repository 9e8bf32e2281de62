"""Who joins those who would not meet otherwise, where the network would break, and what rests on one unit."""

from __future__ import annotations

from relgraph.analysis.catalogue import catalogue
from relgraph.analysis.concerns import Concerns
from relgraph.analysis.cuts import cuts
from relgraph.analysis.evidence import Evidence
from relgraph.analysis.holes import holes
from relgraph.analysis.model import Cell, Found, Note, Result, Row, Word
from relgraph.analysis.whatif import Holdings, Loss, holdings, loss
from relgraph.model import Ref, Term


def run(evidence: Evidence) -> Result:
    """Four tables: ``brokers`` (effective size, constraint and who is cut off without them, for parties of
    two or more ties), ``bridges`` (single ties that hold two or more parties to the rest), ``risk`` (for each
    own unit, what only it holds) and ``resting`` (each network, partner and topic that rests on one unit).
    """
    whole = evidence.ties
    home = evidence.lookup.compiled.home
    found = cuts(whole, home)
    measured = holes(whole)
    brokers = [
        Row(
            (
                Ref(party),
                len(whole.near[party]),
                measured[party].size,
                measured[party].constraint,
                found.points.get(party, 0),
            ),
            whole.records[party],
            evidence.left_out(party),
        )
        for party in whole.parties
        if len(whole.near[party]) > 1
    ]
    brokers.sort(key=lambda row: (-row.cells[2], row.cells[3], str(row.cells[0])))  # type: ignore[operator]
    bridges = [
        Row((Ref(pair[0]), Ref(pair[1]), count), whole.pairs[pair], evidence.left_out(*pair))
        for pair, count in sorted(found.bridges.items(), key=lambda item: (-item[1], item[0]))
        if count > 1
    ]
    risk, resting = _risk(evidence)
    tables = (
        Found("risk", risk),
        Found("resting", resting),
        Found("brokers", tuple(brokers)),
        Found("bridges", tuple(bridges)),
    )
    single = sum(len(near) == 1 for near in whole.near.values())
    notes = (Note("single", {"count": single, "tied": len(whole.parties)}),)
    return Result(tables, evidence.basis(evidence.edges), notes)


def _risk(evidence: Evidence) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    concerns = Concerns(evidence)
    settings = catalogue()["brokers"].settings
    facets = [facet for key in ("networks", "partners", "topics") for facet in settings[key]]
    held = holdings(concerns, concerns.of_facet(*facets), settings["beside"])
    losses = [
        loss(held, unit, set(evidence.incidence.below(unit)) & concerns.own_units)
        for unit in sorted(concerns.own_units)
    ]
    losses = [each for each in losses if each.relationships]
    losses.sort(key=lambda each: (-len(each.targets), -len(each.alone), -len(each.relationships), each.unit))
    return (
        tuple(_unit(concerns, held, each) for each in losses),
        tuple(row for each in losses for row in _targets(concerns, held, each)),
    )


def _unit(concerns: Concerns, held: Holdings, lost: Loss) -> Row:
    """A unit: its relationships, those of it alone, and how many of each sort rest on it."""
    settings = catalogue()["brokers"].settings
    counts = [
        sum(concerns.facet(target) in settings[key] for target in lost.targets)
        for key in ("networks", "partners", "topics")
    ]
    altogether = sum(target not in held.home for target in lost.targets)
    cells: tuple[Cell, ...] = (Ref(lost.unit), len(lost.relationships), len(lost.alone), *counts, altogether)
    return Row(cells, lost.relationships, concerns.evidence.left_out(*lost.gone))


def _targets(concerns: Concerns, held: Holdings, lost: Loss) -> list[Row]:
    """What rests on a unit, and whether the home itself has a relationship to it."""
    return [
        Row(
            (
                Ref(lost.unit),
                Ref(target),
                _kind(concerns.evidence, target),
                Word("yes" if target in held.home else "not-stated"),
            ),
            ids,
            concerns.evidence.left_out(target),
        )
        for target, ids in sorted(lost.targets.items(), key=lambda item: (concerns.facet(item[0]), item[0]))
    ]


def _kind(evidence: Evidence, entity: str) -> Term:
    """What an entity is, as the network says: thousands of records need not be read for it."""
    return Term(evidence.lookup.vocabulary.kinds[evidence.graph.nodes[entity]["type"]].iri)
