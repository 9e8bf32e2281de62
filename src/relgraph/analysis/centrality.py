"""Who holds the network together, with the home city and without it."""

from __future__ import annotations

from relgraph.analysis.evidence import Evidence
from relgraph.analysis.measures import EXACT, MEASURES, PIVOTS, betweenness, measure
from relgraph.analysis.model import Found, Note, Result, Row
from relgraph.analysis.ranks import can_leave_out, ranks
from relgraph.analysis.ties import Ties
from relgraph.model import Ref


def run(evidence: Evidence) -> Result:
    """Three tables: ``parties`` (the part of the network in which the home city is), ``beyond`` (the largest
    part that is left without the home city) and ``parts`` (what hangs together apart from ``parties``).

    A row of the first two has, by degree, betweenness, PageRank and eigenvector centrality, the value and
    the rank (:class:`relgraph.analysis.ranks.Rank`) within the part. Where the network is too large, ranks
    are not tried by leaving out relationships, and betweenness is estimated; a note says so.
    """
    whole = evidence.ties
    home = evidence.lookup.compiled.home
    beyond = whole.without([home])
    notes: list[Note] = []
    tables = [
        Found("parties", _rows(evidence, whole, _part(whole, home), "centrality", notes)),
        Found("beyond", _rows(evidence, beyond, _part(beyond, ""), "centrality-beyond", notes)),
        Found("parts", _parts(evidence, whole, home)),
    ]
    alone = evidence.graph.number_of_nodes() - len(whole.parties)
    notes.append(Note("alone", {"count": alone, "tied": len(whole.parties)}))
    if home in whole.near:
        only = sum(near == {home} for near in whole.near.values())
        notes.append(Note("only-home", {"home": Ref(home), "count": only, "parts": len(beyond.components)}))
    return Result(tuple(tables), evidence.basis(evidence.edges), tuple(notes))


def _part(found: Ties, home: str) -> Ties:
    """The part in which the home is, else the largest."""
    parts = found.components
    mine = next((part for part in parts if home in part), parts[0] if parts else ())
    return found.among(mine)


def _rows(evidence: Evidence, found: Ties, part: Ties, label: str, notes: list[Note]) -> tuple[Row, ...]:
    if not part.pairs:
        return ()
    values = {name: list(measure(name, part).values()) for name in MEASURES if name != "betweenness"}
    pivots = PIVOTS if len(part.parties) * len(part.pairs) > EXACT else 0
    tried = len(part.depending) if can_leave_out(part) else 0
    with evidence.watch(label, pivots + tried) as step:
        estimate = betweenness(part, step=step)
        values["betweenness"] = list(estimate.values.values())
        placed = ranks(part, {name: values[name] for name in MEASURES}, step)
    if estimate.bound:
        notes.append(Note("estimated", {"pivots": PIVOTS, "bound": estimate.bound}))
    if not tried:
        notes.append(Note("not-left-out", {"parties": len(part.parties), "ties": len(part.pairs)}))
    order = sorted(
        range(len(part.parties)),
        key=lambda n: (placed["betweenness"][n].place, placed["degree"][n].place, part.parties[n]),
    )
    rows = []
    for number in order:
        party = part.parties[number]
        cells: list[Ref | int | float | str] = [Ref(party)]
        for name in MEASURES:
            value = values[name][number]
            cells += [int(value) if name == "degree" else value, str(placed[name][number])]
        rows.append(Row(tuple(cells), found.records[party], evidence.left_out(party)))
    return tuple(rows)


def _parts(evidence: Evidence, found: Ties, home: str) -> tuple[Row, ...]:
    """What hangs together apart from the main part: who, and how many."""
    main = _part(found, home).parties
    rows = []
    for part in found.components:
        if part != main:
            ids = sorted({id_ for party in part for id_ in found.records[party]})
            rows.append(Row((len(part), tuple(map(Ref, part))), tuple(ids), evidence.left_out(*part)))
    return tuple(rows)
