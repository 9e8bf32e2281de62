"""What an export holds at the time asked for: the same rule for every format.

Entities stay, whatever their time: what is said of them may hold. Of the rest is left out what the time
leaves out (:meth:`relgraph.when.When.mark`), what is said of a record that is left out (a note on a visit,
say), and what was derived from nothing but such records. ``conflictsWith`` and ``alternativeTo`` carry
nothing over: a statement stands when the one that contradicts it falls away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as Day

from relgraph.lookup import Lookup
from relgraph.namespaces import PREFIXES, RG, graph_iris
from relgraph.time import Bounds
from relgraph.when import When

_TIMES = """SELECT ?r ?eb ?lb ?ee ?le { ?r a rg:Record ; rg:earliestBegin ?eb ; rg:latestBegin ?lb ;
  rg:earliestEnd ?ee ; rg:latestEnd ?le . FILTER NOT EXISTS { ?r a rg:Entity } }"""
_SAID_OF = """SELECT ?r ?p ?o { ?r a rg:Record ; ?p ?o . ?o a rg:Record .
  FILTER NOT EXISTS { ?r a rg:Entity } FILTER NOT EXISTS { ?o a rg:Entity } }"""
_DERIVED = """SELECT ?d ?s ?p ?o ?r { ?d a rg:Derivation ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ;
  rg:restsOn ?r }"""
_PERIOD = {
    "sv": "Ett urval ur grafen: det som säkert eller möjligen gällde {}.",
    "en": "A selection of the graph: what certainly or possibly held in {}.",
}
_DAY = {
    "sv": "Ett urval ur grafen: det som hade börjat, eller kan ha börjat, senast {}.",
    "en": "A selection of the graph: what had begun, or may have begun, by {}.",
}
_NOT_CARRIED = (RG + "conflictsWith", RG + "alternativeTo")


@dataclass(frozen=True, slots=True)
class Selection:
    """Ids of the records that are left out, marks of those that are not, and what falls with the former."""

    when: When | None = None
    marks: Mapping[str, str] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()
    derived: frozenset[bytes] = frozenset()
    """Derived triples that rest on nothing that is kept: lines of N-Triples."""
    derivations: frozenset[str] = frozenset()
    """The paths of their derivations below the base."""

    def note(self, base: str) -> bytes:
        """What RDF says of the graph as a selection: lines of N-Triples; empty where nothing is left out."""
        if self.when is None:
            return b""
        start = f"<{base}> <{PREFIXES['rdfs']}comment> "
        texts = _PERIOD if self.when.period else _DAY
        return "".join(
            f'{start}"{text.format(self.when.text)}"@{lang} .\n' for lang, text in sorted(texts.items())
        ).encode()


def select(lookup: Lookup, when: When | None) -> Selection:
    """What is left out of a graph at a time; nothing, and nothing is read, without one."""
    if when is None:
        return Selection()
    base = lookup.compiled.base
    unsettled = set(lookup.ids_of(RG + "UnsettledRelationship"))
    marks: dict[str, str] = {}
    dropped: set[str] = set()
    for r, *days in lookup.rows(_TIMES):
        id_ = getattr(r, "value", "").removeprefix(base)
        bounds = Bounds(*(Day.fromisoformat(getattr(day, "value", "")) for day in days))
        mark = when.mark(bounds, unsettled=id_ in unsettled)
        if mark is None:
            dropped.add(id_)
        else:
            marks[id_] = mark
    said: dict[str, set[str]] = defaultdict(set)
    for r, p, o in lookup.rows(_SAID_OF):
        if getattr(p, "value", "") not in _NOT_CARRIED:
            said[getattr(o, "value", "").removeprefix(base)].add(getattr(r, "value", "").removeprefix(base))
    waiting = sorted(dropped)
    while waiting:
        more = said[waiting.pop()] - dropped
        dropped |= more
        waiting += sorted(more)
    derived, derivations = _fallen(lookup, dropped)
    kept = {id_: mark for id_, mark in marks.items() if id_ not in dropped}
    return Selection(when, kept, frozenset(dropped), derived, derivations)


def _fallen(lookup: Lookup, dropped: set[str]) -> tuple[frozenset[bytes], frozenset[str]]:
    """The derived triples, and their derivations, that rest only on dropped records."""
    import pyoxigraph as ox

    base = lookup.compiled.base
    rests: dict[str, tuple[bytes, set[str]]] = {}
    for d, s, p, o, r in lookup.rows(_DERIVED):
        assert isinstance(s, ox.NamedNode)
        assert isinstance(p, ox.NamedNode)
        assert o is not None
        line = f"{s} {p} {o} .\n".encode()
        known = rests.setdefault(getattr(d, "value", ""), (line, set()))
        known[1].add(getattr(r, "value", "").removeprefix(base))
    fallen = {iri: line for iri, (line, records) in rests.items() if records <= dropped}
    return frozenset(fallen.values()), frozenset(iri.removeprefix(base) for iri in fallen)


def graphs_of(base: str) -> tuple[str, str]:
    """The IRIs of the two graphs that are exported, in their order: asserted, derived."""
    iris = graph_iris(base)
    return iris["asserted"], iris["derived"]
