"""Which places, countries and institutions are reached, through which network, and by one path only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from relgraph.analysis.catalogue import catalogue
from relgraph.analysis.concerns import GATHERING, Concerns, refs
from relgraph.analysis.evidence import Evidence
from relgraph.analysis.model import Found, Result, Row, Word
from relgraph.model import Ref
from relgraph.vocabulary import local_name


@dataclass(slots=True)
class Paths:
    """How one target is reached: relationships by outermost network, and those without any network."""

    networks: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    direct: set[str] = field(default_factory=set)
    ways: set[str] = field(default_factory=set)
    """As what it is reached: a party, a place where something was, the whole of which a party is a part."""

    def __len__(self) -> int:
        return len(self.networks) + len(self.direct)

    @property
    def records(self) -> set[str]:
        """All relationships of all paths."""
        return self.direct.union(*self.networks.values())


def run(evidence: Evidence) -> Result:
    """Three tables: ``targets`` (how each is reached), ``single`` (those with one path) and ``networks`` (how
    many each network reaches, and how many it alone does).

    A path is one network (with its forums and gatherings) in which the home or a unit of it stands, or one
    direct relationship with the home or a unit in which no network has a part.
    """
    concerns = Concerns(evidence)
    paths = _paths(concerns, catalogue()["reach"].settings)
    tables = (
        Found("networks", _networks(concerns, paths)),
        Found("single", _single(concerns, paths)),
        Found("targets", _targets(concerns, paths)),
    )
    counted = {id_ for each in paths.values() for id_ in each.records}
    return Result(tables, evidence.basis(counted))


def _paths(concerns: Concerns, settings: Mapping[str, tuple[str, ...]]) -> dict[str, Paths]:
    targets = _wanted(concerns, settings)
    standing = _standing(concerns, settings["beside"])
    found: dict[str, Paths] = defaultdict(Paths)
    for id_ in concerns.evidence.edges:
        for target, way, others in _joined(concerns, id_, settings):
            if target not in targets:
                continue
            networks = {concerns.root(arena) for each in others for arena in concerns.arena_of(each)}
            for network in networks & standing:
                found[target].networks[network].add(id_)
                found[target].ways.add(way)
            if not networks and others & concerns.ours:
                found[target].direct.add(id_)
                found[target].ways.add(way)
    return dict(sorted(found.items()))


def _wanted(concerns: Concerns, settings: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Named places and organisations other than one's own that are no part of a network themselves."""
    kinds = concerns.evidence.lookup.vocabulary.kinds
    wanted = set()
    for target in concerns.of_facet(*settings["targets"]) - concerns.ours - concerns.unnamed:
        kind = kinds[local_name(concerns.kind_of(target).iri)]
        classes = {local_name(iri) for iri in kind.parents}
        place = concerns.facet(target) in settings["places"]
        if (place or classes & set(settings["organisations"])) and not concerns.networks_above(target):
            wanted.add(target)
    return wanted


def _standing(concerns: Concerns, beside: tuple[str, ...]) -> set[str]:
    """The outermost networks in which the home or a unit of it stands."""
    return {
        concerns.root(arena)
        for id_ in concerns.evidence.edges
        if concerns.parties(id_) & concerns.ours
        for arena in concerns.arenas(id_, beside)
    }


def _joined(
    concerns: Concerns, id_: str, settings: Mapping[str, tuple[str, ...]]
) -> list[tuple[str, str, set[str]]]:
    """(Entity, as what, those with which it is joined: in another role, or in one that joins its values).

    An entity stands for the wholes of which it is a part, too, and a gathering for where it was. With who is
    only named beside another nobody is joined.
    """
    evidence = concerns.evidence
    between = evidence.edges[id_]["roles"]
    pairs = evidence.incidence.roles.get(id_, ())
    joining = [(role, party) for role, party in pairs if role not in settings["beside"]]
    found = []
    for role, party in pairs:
        others = {p for r, p in joining if p != party and (r != role or r == between)}
        found.append((party, "place" if role in settings["where"] else "party", others))
        found += [(whole, "whole", others) for whole in evidence.incidence.above(party)[1:]]
        if concerns.facet(party) == GATHERING:
            places = {
                up for p in evidence.incidence.tied.get(party, ()) for up in evidence.incidence.above(p)
            }
            found += [(place, "place", others | {party}) for place in sorted(places)]
    return found


def _targets(concerns: Concerns, paths: dict[str, Paths]) -> tuple[Row, ...]:
    rows = [
        Row(
            (
                Ref(target),
                concerns.kind_of(target),
                tuple(map(Word, sorted(found.ways))),
                len(found.direct),
                refs(found.networks) or None,
            ),
            tuple(sorted(found.records)),
            concerns.evidence.left_out(target),
        )
        for target, found in paths.items()
    ]
    rows.sort(key=lambda row: (str(row.cells[1]), str(row.cells[0])))
    return tuple(rows)


def _single(concerns: Concerns, paths: dict[str, Paths]) -> tuple[Row, ...]:
    rows = [
        Row(
            (
                Ref(target),
                concerns.kind_of(target),
                tuple(map(Word, sorted(found.ways))),
                refs((*found.networks, *found.direct)),
            ),
            tuple(sorted(found.records)),
            concerns.evidence.left_out(target),
        )
        for target, found in paths.items()
        if len(found) == 1
    ]
    rows.sort(key=lambda row: (str(row.cells[1]), str(row.cells[0])))
    return tuple(rows)


def _networks(concerns: Concerns, paths: dict[str, Paths]) -> tuple[Row, ...]:
    through: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for target, found in paths.items():
        for network, ids in found.networks.items():
            through[network][target] = ids
    rows = []
    for network, targets in through.items():
        alone = [target for target in targets if len(paths[target]) == 1]
        cells = (Ref(network), len(targets), len(alone), refs(alone) or None)
        ids = set().union(*targets.values())
        rows.append(Row(cells, tuple(sorted(ids)), concerns.evidence.left_out(network)))
    rows.sort(key=lambda row: (-len(through[_id(row)]), _id(row)))
    return tuple(rows)


def _id(row: Row) -> str:
    first = row.cells[0]
    assert isinstance(first, Ref)
    return first.id
