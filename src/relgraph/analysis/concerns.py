"""What a relationship concerns beyond its own roles: forums of networks, meetings of forums, own units.

Which facets and groups are meant stands in the ontology (``rg:facet``, ``rg:group``) and in the
``settings`` of an analysis in the catalogue.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from relgraph.bounds import bounds_of
from relgraph.model import Record, Ref, Term
from relgraph.namespaces import RG

if TYPE_CHECKING:
    from relgraph.analysis.evidence import Evidence

UNIT, ARENA, PARTNER, GATHERING = "facetUnit", "facetArena", "facetPartner", "facetGathering"
#: the group of what belongs where
STRUCTURE = "groupStructure"


@dataclass
class Concerns:
    """Reads one :class:`Evidence`; ids of entities and relationships throughout."""

    evidence: Evidence

    @cached_property
    def home(self) -> str:
        """The entity at which the graph is centred."""
        return self.evidence.lookup.compiled.home

    def of_facet(self, *facets: str) -> set[str]:
        """The entities of these facets."""
        return {id_ for id_, facet in self.evidence.incidence.facets.items() if facet in facets}

    def facet(self, id_: str) -> str:
        """The facet of an entity; empty for none."""
        return self.evidence.incidence.facets.get(id_, "")

    @cached_property
    def own_units(self) -> set[str]:
        """Units, posts and persons, without those that are parts of other organisations than the home."""
        return {id_ for id_ in self.of_facet(UNIT) if not self._elsewhere(id_)}

    def _elsewhere(self, unit: str) -> bool:
        above = self.evidence.incidence.above(unit)
        return self.home not in above and any(self.facet(each) in (PARTNER, ARENA) for each in above)

    @cached_property
    def ours(self) -> set[str]:
        """The home and its own units."""
        return self.own_units | ({self.home} if self.home else set())

    @cached_property
    def unnamed(self) -> set[str]:
        """The entities that sources describe but do not name ("several cities")."""
        base = self.evidence.lookup.compiled.base
        rows = self.evidence.lookup.rows("SELECT ?e { ?e rg:placeholder true }")
        return {str(getattr(e, "value", "")).removeprefix(base) for (e,) in rows}

    def parties(self, id_: str, without: Collection[str] = ()) -> set[str]:
        """The entities that have a role in a relationship itself, other than the roles ``without``."""
        pairs = self.evidence.incidence.roles.get(id_, ())
        return {party for role, party in pairs if role not in without}

    def concerned(self, id_: str, without: Collection[str] = ()) -> set[str]:
        """The same, and those of the relationships that it names."""
        found = self.parties(id_, without)
        for other in self.evidence.incidence.named.get(id_, ()):
            found |= set(self.evidence.incidence.concerned(other))
        return found

    @cached_property
    def _hosts(self) -> dict[str, set[str]]:
        """Gathering -> the networks and forums to which a relationship of the structure group ties it."""
        found: dict[str, set[str]] = {}
        for id_, attributes in self.evidence.all_edges.items():
            if attributes["group"] == STRUCTURE:
                parties = self.parties(id_)
                arenas = {party for party in parties if self.facet(party) == ARENA}
                for gathering in (party for party in parties if self.facet(party) == GATHERING):
                    found.setdefault(gathering, set()).update(arenas)
        return found

    def part_of(self, entity: str) -> set[str]:
        """The nearest network or forum that an entity is or is a part of: one or none."""
        above = self.evidence.incidence.above(entity)
        return set(next(([each] for each in above if self.facet(each) == ARENA), []))

    def arena_of(self, entity: str) -> set[str]:
        """The same, and for a gathering the networks and forums to which it belongs."""
        above = self.evidence.incidence.above(entity)
        return self.part_of(entity) or {arena for each in above for arena in self._hosts.get(each, ())}

    def arenas(self, id_: str, without: Collection[str] = ()) -> set[str]:
        """The networks and forums that a relationship concerns, each the nearest."""
        return {arena for entity in self.concerned(id_, without) for arena in self.arena_of(entity)}

    def networks_above(self, arena: str) -> tuple[str, ...]:
        """The networks and forums of which one is a part, nearest first, without itself."""
        above = self.evidence.incidence.above(arena)
        return tuple(each for each in above if each != arena and self.facet(each) == ARENA)

    def root(self, arena: str) -> str:
        """The outermost network of which one is a part, or itself."""
        return (arena, *self.networks_above(arena))[-1]

    # -- assessments -------------------------------------------------------------------------------------

    @cached_property
    def assessments(self) -> list[tuple[Record, Term]]:
        """The assessments of activity within the limits, with the level that each states, by id."""
        lookup = self.evidence.lookup
        found = []
        for record in lookup.records(lookup.ids_of(RG + "Assessment")):
            level = next((term for term in _terms(record) if self._is_level(term)), None)
            if level is not None and self.evidence.keeps(record) and self._within_kinds(record):
                found.append((record, level))
        return found

    def _is_level(self, term: Term) -> bool:
        concept = self.evidence.lookup.vocabulary.concepts.get(term.iri)
        return concept is not None and bool(concept.line)

    def _within_kinds(self, record: Record) -> bool:
        if not self.evidence.kinds:
            return True
        return any(other in self.evidence.edges for other in self.evidence.incidence.named.get(record.id, ()))

    def line(self, level: Term) -> str:
        """How a relationship of that level is drawn (``dormant`` where nothing active is said to happen)."""
        return self.evidence.lookup.vocabulary.concepts[level.iri].line

    # -- what all analyses say alike ---------------------------------------------------------------------

    def kinds(self, ids: Iterable[str]) -> tuple[Term, ...]:
        """The kinds of relationships, in the order of the ontology."""
        vocabulary = self.evidence.lookup.vocabulary
        names = {self.evidence.statements[id_].get("kind") or self._kind_of(id_) for id_ in ids}
        kinds = sorted(
            (vocabulary.kinds[name] for name in names if name), key=lambda k: (k.style.order, k.name)
        )
        return tuple(Term(kind.iri) for kind in kinds)

    def _kind_of(self, id_: str) -> str:
        record = self.evidence.lookup.get(id_)
        return record.type if record else ""

    def kind_of(self, entity: str) -> Term:
        """What an entity is."""
        return Term(self.evidence.lookup.vocabulary.kinds[self._kind_of(entity)].iri)

    def counted(self, record: Record) -> bool:
        """Whether a record's period is all of its time: that of a count, an assessment."""
        return self.evidence.lookup.vocabulary.speaking_kind(record).whole_period

    def bounds(self, record: Record) -> Any:
        """The bounds of a record's time."""
        return bounds_of(record, self.evidence.lookup.vocabulary.speaking_kind(record))


def refs(ids: Iterable[str]) -> tuple[Ref, ...]:
    """Records as a cell, sorted; None would be no cell, an empty row is."""
    return tuple(Ref(id_) for id_ in sorted(ids))


def in_groups(
    edges: Mapping[str, Mapping[str, Any]], groups: Collection[str]
) -> dict[str, Mapping[str, Any]]:
    """The relationships of these groups."""
    return {id_: attributes for id_, attributes in edges.items() if attributes["group"] in groups}


def _terms(record: Record) -> list[Term]:
    return [value for values in record.values.values() for value in values if isinstance(value, Term)]
