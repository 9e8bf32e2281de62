"""What the store says of every relationship beside its ends: time, certainty, status, activity, sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from relgraph.lookup import Lookup
from relgraph.namespaces import RG
from relgraph.vocabulary import local_name

_BOUNDS = """SELECT ?r ?eb ?lb ?ee ?le ?certainty {{ {} ?r a rg:Relationship ; rg:earliestBegin ?eb ;
  rg:latestBegin ?lb ; rg:earliestEnd ?ee ; rg:latestEnd ?le ; rg:certainty ?certainty }}"""
_STATUS = "SELECT ?r ?status {{ {} ?r a rg:Relationship ; rg:legalStatus ?status }}"
_LASTING = """SELECT ?r {{ {} ?r a rg:Relationship .
  {{ ?r rg:regularity ?how }} UNION {{ ?r rg:isContinued true }}
  FILTER NOT EXISTS {{ ?r rg:during ?time }} FILTER NOT EXISTS {{ ?r rg:date ?day }} }}"""
_ASSESSED = """SELECT ?r ?p ?level {{ {} ?a a rg:Assessment ; ?p ?r ; ?q ?level ; rg:latestEnd ?end .
  ?r a rg:Relationship . ?level rg:line ?line .
  ?graph a rg:Graph ; rg:asOf ?asOf . FILTER(?end >= ?asOf) }}"""
# Two steps instead of one join with OPTIONAL parts: at 10,000 relationships a third of the time.
_CITED = "SELECT ?r ?c { ?r a rg:Relationship ; prov:wasDerivedFrom ?c }"
_PLACE = """SELECT ?c ?document ?section ?locator ?start ?end { ?c a rg:Citation ; oa:hasSource ?document .
  OPTIONAL { ?c rg:section ?section } OPTIONAL { ?c rg:locator ?locator }
  OPTIONAL { ?c oa:hasSelector ?s . ?s oa:start ?start ; oa:end ?end } }"""
_SUPPORTED = """SELECT ?e ?c ?certainty {{ ?e a rg:Entity ; prov:wasDerivedFrom ?c .
  ?c rg:supports <{}> ; rg:certainty ?certainty }}"""


#: what tells how a relationship is drawn, and is no attribute of an edge: the line that its assessments stand
#: for, and whether its source says that it goes on or recurs, not in which time
INNER = ("assessed_line", "lasts")


def limited(lookup: Lookup, only: Collection[str] | None) -> str:
    """What limits ``?r`` in a question to some records, few enough to name; nothing where they are all."""
    if only is None:
        return ""
    return f"VALUES ?r {{ {' '.join(f'<{lookup.compiled.base}{id_}>' for id_ in sorted(only))} }}"


class Facts:
    """Reads once, for all relationships; what is not stated is not there.

    With ``only`` (ids) it reads what is needed to draw some relationships: all but their sources.
    """

    def __init__(self, lookup: Lookup, only: Collection[str] | None = None) -> None:
        limit = limited(lookup, only)
        self._base = lookup.compiled.base
        self._lookup = lookup
        self._facts: dict[str, dict[str, Any]] = {}
        for row in lookup.rows(_BOUNDS.format(limit)):
            r, eb, lb, ee, le, certainty = (getattr(term, "value", "") for term in row)
            self._facts[self._local(r)] = {
                "earliest_begin": eb,
                "latest_begin": lb,
                "earliest_end": ee,
                "latest_end": le,
                "certainty": local_name(certainty),
            }
        self._several(lookup, _STATUS.format(limit), "status")
        for (r,) in lookup.rows(_LASTING.format(limit)):
            self._facts.setdefault(self._local(getattr(r, "value", "")), {})["lasts"] = True
        self._activity(lookup, limit)
        self._places: dict[str, str] = {}
        if only is None:
            self._places = self._read_places()
            self._sources(lookup)

    @property
    def all(self) -> dict[str, dict[str, Any]]:
        """The facts of every relationship of which the store holds bounds and certainty, by its id."""
        return self._facts

    def of(self, id_: str) -> dict[str, Any]:
        """The facts of one relationship by name of the edge attribute, and those of :data:`INNER`."""
        return self._facts.get(id_, {})

    def of_key(self, property_iri: str) -> dict[str, dict[str, Any]]:
        """``certainty`` and ``sources`` of what entities say by a property, by entity: as its sources do.

        Where one of them only implies it, or can be read otherwise, that counts: so the sentence says too.
        """
        doubts: dict[str, set[str]] = defaultdict(set)
        cited: dict[str, set[str]] = defaultdict(set)
        for e, c, certainty in self._lookup.rows(_SUPPORTED.format(property_iri)):
            id_, place = self._local(getattr(e, "value", "")), self._places.get(getattr(c, "value", ""))
            doubts[id_].add(local_name(getattr(certainty, "value", "")))
            if place:
                cited[id_].add(place)
        worst = ("ambiguous", "implied", "stated")
        return {
            id_: {
                "certainty": next((each for each in worst if each in found), "stated"),
                **({"sources": "; ".join(sorted(cited[id_]))} if cited[id_] else {}),
            }
            for id_, found in doubts.items()
        }

    def _local(self, iri: str) -> str:
        return iri.removeprefix(self._base)

    def _several(self, lookup: Lookup, query: str, name: str) -> None:
        found: dict[str, set[str]] = defaultdict(set)
        for r, value in lookup.rows(query):
            found[self._local(getattr(r, "value", ""))].add(local_name(getattr(value, "value", "")))
        for id_, names in found.items():
            self._facts.setdefault(id_, {})[name] = " ".join(sorted(names))

    def _activity(self, lookup: Lookup, limit: str) -> None:
        """The levels at which it was assessed in the latest period, and the line that stands for them."""
        vocabulary = lookup.vocabulary
        roles = {  # what an assessment contradicts it does not assess
            vocabulary.properties[key].iri
            for kind in vocabulary.kinds.values()
            if kind.is_a(RG + "Assessment")
            for key in kind.roles
        }
        levels: dict[str, set[str]] = defaultdict(set)
        for r, *rest in lookup.rows(_ASSESSED.format(limit)):
            role, level = (getattr(term, "value", "") for term in rest)
            if role in roles and level in vocabulary.concepts:
                levels[self._local(getattr(r, "value", ""))].add(level)
        for id_, found in levels.items():
            known = self._facts.setdefault(id_, {})
            known["activity"] = " ".join(sorted(local_name(level) for level in found))
            lines = {vocabulary.concepts[level].line for level in found}
            known["assessed_line"] = lines.pop() if len(lines) == 1 else "uncertain"

    def _read_places(self) -> dict[str, str]:
        """Document, section and range of every citation, by its IRI."""
        places = {}
        for c, *rest in self._lookup.rows(_PLACE):
            document, section, locator, start, end = (getattr(term, "value", "") for term in rest)
            parts = (self._local(document), section, locator or (f"{start}-{end}" if end else ""))
            places[getattr(c, "value", "")] = " ".join(part for part in parts if part)
        return places

    def _sources(self, lookup: Lookup) -> None:
        found: dict[str, set[str]] = defaultdict(set)
        for r, c in lookup.rows(_CITED):
            place = self._places.get(getattr(c, "value", ""))
            if place:
                found[self._local(getattr(r, "value", ""))].add(place)
        for id_, cited in found.items():
            self._facts.setdefault(id_, {})["sources"] = "; ".join(sorted(cited))
