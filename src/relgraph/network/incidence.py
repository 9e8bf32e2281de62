"""Who stands in which role of every relationship: what an edge of two ends cannot carry.

A relationship has roles that are no end of its drawn edge (the topic of a policy work, the unit through which
a city takes part). Tables and what-if analyses need all of them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from relgraph.lookup import Lookup
from relgraph.namespaces import RG


@dataclass(frozen=True)
class Incidence:
    """The roles of every relationship, and the facet of every entity.

    ``roles`` maps a relationship's id to (role key, entity id) pairs, sorted; ``facets`` an entity's id to
    the local name of its facet (``rg:facet``), entities without one left out; ``within`` an entity's id to
    those of which it is directly a part or unit (keys of the structure group that may not form a cycle);
    ``tied`` likewise by any key of that group (where it is, in whose service, what it is about). ``named``
    maps a relationship's id to the other relationships that it names in a role (an assessment of a
    cooperation, the coordination of one).
    """

    roles: dict[str, tuple[tuple[str, str], ...]]
    facets: dict[str, str]
    within: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tied: dict[str, tuple[str, ...]] = field(default_factory=dict)
    named: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def of_party(self) -> dict[str, tuple[str, ...]]:
        """The ids of the relationships in which an entity has a role, by the entity's id, sorted."""
        found: dict[str, set[str]] = defaultdict(set)
        for id_, pairs in self.roles.items():
            for _, party in pairs:
                found[party].add(id_)
        return {party: tuple(sorted(ids)) for party, ids in sorted(found.items())}

    def parties(self, id_: str) -> tuple[str, ...]:
        """The ids of the entities that have a role in a relationship, sorted."""
        return tuple(sorted({party for _, party in self.roles.get(id_, ())}))

    def concerned(self, id_: str) -> tuple[str, ...]:
        """The entities that have a role in a relationship or in one that it names, at any depth, sorted."""
        ids = [id_]
        for each in ids:
            ids += [other for other in self.named.get(each, ()) if other not in ids]
        return tuple(sorted({party for each in ids for _, party in self.roles.get(each, ())}))

    def above(self, id_: str) -> tuple[str, ...]:
        """The entity itself and all of which it is a part or unit, nearest first."""
        found = [id_]
        for each in found:
            found += [up for up in self.within.get(each, ()) if up not in found]
        return tuple(found)

    def below(self, id_: str) -> tuple[str, ...]:
        """The entity itself and all its parts and units, at any depth, sorted."""
        found = {id_: None}
        queue = [id_]
        for each in queue:
            new = [part for part in self._parts.get(each, ()) if part not in found]
            found.update(dict.fromkeys(new))
            queue += new
        return tuple(sorted(found))

    @cached_property
    def _parts(self) -> dict[str, list[str]]:
        """What is directly a part or unit of an entity."""
        found: dict[str, list[str]] = defaultdict(list)
        for part, wholes in self.within.items():
            for whole in wholes:
                found[whole].append(part)
        return found


def incidence(lookup: Lookup) -> Incidence:
    """Read roles, facets and structure of a compiled graph from its store."""
    vocabulary, base = lookup.vocabulary, lookup.compiled.base
    keys = {key for kind in vocabulary.kinds.values() if kind.is_a(RG + "Relationship") for key in kind.roles}
    properties = {vocabulary.properties[key].iri: key for key in sorted(keys)}
    roles: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for r, p, o in lookup.rows("SELECT ?r ?p ?o { ?r a rg:Relationship ; ?p ?o . ?o a rg:Entity }"):
        key = properties.get(getattr(p, "value", ""))
        if key:
            roles[_local(r, base)].add((key, _local(o, base)))
    facets = {
        id_: vocabulary.kinds[kind].facet
        for id_, (kind, _) in lookup.kinds_and_names(RG + "Entity").items()
        if vocabulary.kinds[kind].facet
    }
    within: dict[str, set[str]] = defaultdict(set)
    tied: dict[str, set[str]] = defaultdict(set)
    for prop in vocabulary.properties.values():
        if prop.group == RG + "groupStructure":
            query = f"SELECT ?part ?whole {{ ?part a rg:Entity ; <{prop.iri}> ?whole . ?whole a rg:Entity }}"
            for part, whole in lookup.rows(query):
                tied[_local(part, base)].add(_local(whole, base))
                if prop.acyclic:
                    within[_local(part, base)].add(_local(whole, base))
    named: dict[str, set[str]] = defaultdict(set)
    for r, p, o in lookup.rows("SELECT ?r ?p ?o { ?r a rg:Relationship ; ?p ?o . ?o a rg:Relationship }"):
        if getattr(p, "value", "") in properties and r != o:
            named[_local(r, base)].add(_local(o, base))
    return Incidence(
        {id_: tuple(sorted(pairs)) for id_, pairs in sorted(roles.items())},
        facets,
        *map(_sorted, (within, tied, named)),
    )


def _sorted(found: dict[str, set[str]]) -> dict[str, tuple[str, ...]]:
    return {id_: tuple(sorted(ids)) for id_, ids in sorted(found.items())}


def _local(node: object, base: str) -> str:
    return str(getattr(node, "value", "")).removeprefix(base)
