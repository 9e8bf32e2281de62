"""What a city would lose if an office, a post or a person fell away.

A unit holds a relationship to a network, partner or topic where both have a role in one relationship (or the
other in one that it names, such as the cooperation that a unit coordinates). If a unit falls away, so does
all that is a part of it, and what no other unit holds a relationship to is lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from relgraph.analysis.concerns import Concerns

#: target -> holder -> the relationships by which it holds it
Held = Mapping[str, Mapping[str, frozenset[str]]]


@dataclass(frozen=True)
class Holdings:
    """What units hold: ``held`` by target and unit, ``home`` what the home itself holds, by target.

    ``relationships`` maps a relationship to the own units that have a role in it.
    """

    held: Held
    home: Mapping[str, frozenset[str]]
    relationships: Mapping[str, frozenset[str]]

    @cached_property
    def of_unit(self) -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
        """The targets that each unit holds, and the relationships in which it has a role."""
        targets: dict[str, set[str]] = defaultdict(set)
        ids: dict[str, set[str]] = defaultdict(set)
        for target, holders in self.held.items():
            for unit in holders:
                targets[unit].add(target)
        for id_, units in self.relationships.items():
            for unit in units:
                ids[unit].add(id_)
        return {unit: (frozenset(targets[unit]), frozenset(ids[unit])) for unit in ids}

    def without(self, gone: Collection[str]) -> Holdings:
        """What is left when these units fall away."""
        held = {
            target: left
            for target, holders in self.held.items()
            if (left := {unit: ids for unit, ids in holders.items() if unit not in gone})
        }
        left_of = {id_: units.difference(gone) for id_, units in self.relationships.items()}
        return Holdings(held, self.home, {id_: units for id_, units in left_of.items() if units})


@dataclass(frozen=True, slots=True)
class Loss:
    """What is lost with a unit: ``gone`` are the unit and its parts.

    ``relationships`` are all in which they have a role, ``alone`` those in which no other unit has;
    ``targets`` are the networks, partners and topics that no other unit holds a relationship to, with the
    relationships by which it is held.
    """

    unit: str
    gone: tuple[str, ...]
    relationships: tuple[str, ...]
    alone: tuple[str, ...]
    targets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def holdings(concerns: Concerns, targets: Collection[str], beside: Collection[str] = ()) -> Holdings:
    """What the own units and the home hold within the limits of the evidence.

    ``targets`` are the ids of what can be held, those aside whom sources do not name; a network is held also
    through its forums and meetings. Who only stands in a role of ``beside`` (the place of a meeting, who else
    was there) is not held by it.
    """
    wanted = set(targets) - concerns.ours - concerns.unnamed
    held: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    home: dict[str, set[str]] = defaultdict(set)
    relationships: dict[str, frozenset[str]] = {}
    for id_ in concerns.evidence.edges:
        parties = concerns.parties(id_)
        units = parties & concerns.own_units
        if units:
            relationships[id_] = frozenset(units)
        if not units and concerns.home not in parties:
            continue
        about = concerns.concerned(id_, beside)
        for arena in concerns.arenas(id_, beside):
            about |= {arena, *concerns.networks_above(arena)}
        for target in about & wanted:
            for unit in units:
                held[target][unit].add(id_)
            if concerns.home in parties:
                home[target].add(id_)
    return Holdings(
        {
            target: {unit: frozenset(ids) for unit, ids in sorted(holders.items())}
            for target, holders in sorted(held.items())
        },
        {target: frozenset(ids) for target, ids in sorted(home.items())},
        relationships,
    )


def loss(found: Holdings, unit: str, gone: Collection[str]) -> Loss:
    """What is lost if a unit falls away, and with it its parts (``gone`` holds both)."""
    touched: set[str] = set()
    targets: set[str] = set()
    for each in gone:
        held, ids = found.of_unit.get(each, (frozenset(), frozenset()))
        targets |= held
        touched |= ids
    lost = {
        target: tuple(sorted({id_ for ids in found.held[target].values() for id_ in ids}))
        for target in sorted(targets)
        if found.held[target].keys() <= set(gone)
    }
    return Loss(
        unit=unit,
        gone=tuple(sorted(gone)),
        relationships=tuple(sorted(touched)),
        alone=tuple(sorted(id_ for id_ in touched if found.relationships[id_] <= set(gone))),
        targets=lost,
    )
