"""Compiled store -> ``networkx.MultiDiGraph``: the one builder of the network.

Nodes are entities, keyed by record id; edges are relationships, keyed by record id, from the role that the
kind declares as ``rg:edgeFrom`` to that of ``rg:edgeTo`` (or between the values of ``rg:edgeBetween``, in the
order of their ids). With ``hyper`` a relationship that its kind draws as a node, or that joins more than two
parties, is a node of its own (attribute ``relationship=True``) with an edge to each party.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from relgraph.lookup import Lookup
from relgraph.namespaces import RG
from relgraph.vocabulary import Kind, local_name, pick

if TYPE_CHECKING:
    import networkx as nx

#: the modes of relationship that a network holds unless others are asked for
AFFIRMED = ("AffirmedRelationship",)
ALL = ("AffirmedRelationship", "NegatedRelationship", "PlannedRelationship", "UnsettledRelationship")


@dataclass(slots=True)
class Link:
    """One relationship as it is joined to its parties."""

    id: str
    kind: Kind
    pairs: list[tuple[str, str]] = field(default_factory=list)
    directed: bool = True
    unsettled: bool = False

    @property
    def parties(self) -> list[str]:
        """All its parties, sorted."""
        return sorted({party for pair in self.pairs for party in pair})


def network(lookup: Lookup, *, modes: Collection[str] = AFFIRMED, hyper: bool = False) -> nx.MultiDiGraph:
    """The network of a compiled graph.

    ``modes`` are local names of the modes of relationship to include (:data:`AFFIRMED` or some of
    :data:`ALL`). Node attributes: ``type``, ``label_sv``, ``label_en`` …, ``relationship``. Edge attributes:
    ``kind``, ``group``, ``line``, ``certainty``, ``record``, ``directed``, and the bounds ``earliest_begin``,
    ``latest_begin``, ``earliest_end``, ``latest_end`` (ISO dates). Nodes and edges are added in sorted order.
    """
    import networkx as nx

    links = sorted(_links(lookup, modes).values(), key=lambda link: link.id)
    facts = _facts(lookup)
    graph = nx.MultiDiGraph(base=lookup.compiled.base, home=lookup.compiled.home, as_of=lookup.compiled.as_of)
    parties = {party for link in links for party in link.parties}
    languages = lookup.compiled.languages
    known_nodes = lookup.kinds_and_names(RG + "Entity")
    others = {
        record.id: (record.type, {lang: record.text("name", lang) for lang in languages})
        for record in lookup.records(parties - set(known_nodes))
    }
    for id_, (kind, names) in sorted({**known_nodes, **others}.items()):
        labels = {f"label_{lang}": pick(names, lang) for lang in languages}
        graph.add_node(id_, type=kind, relationship=False, **labels)
    unsettled = lookup.vocabulary.kinds.get("UnsettledRelationship")
    for link in links:
        known = facts.get(link.id, {})
        attributes = {
            "kind": link.kind.name,
            "group": local_name(unsettled.group if link.unsettled and unsettled else link.kind.group),
            "record": link.id,
            "directed": link.directed,
            **known,
            "line": _line(link, known, lookup.compiled.as_of),
        }
        if hyper and (link.kind.drawn_as == "node" or len(link.parties) > 2 or not link.pairs):
            labels = {f"label_{lang}": pick(link.kind.labels, lang) for lang in lookup.compiled.languages}
            graph.add_node(link.id, type=link.kind.name, relationship=True, **labels)
            targets = {target for _, target in link.pairs}
            for party in link.parties:
                ends = (link.id, party) if link.directed and party in targets else (party, link.id)
                graph.add_edge(*ends, key=link.id, **attributes)
            continue
        for start, end in link.pairs:
            graph.add_edge(start, end, key=link.id, **attributes)
    return graph


def _links(lookup: Lookup, modes: Collection[str]) -> dict[str, Link]:
    """Every relationship of the modes with its pairs, by its most special kind that declares an edge."""
    vocabulary = lookup.vocabulary
    links: dict[str, Link] = {}
    kinds = [k for k in vocabulary.kinds.values() if k.is_a(RG + "Relationship") and k.drawn_as != "none"]
    iri = {key: prop.iri for key, prop in vocabulary.properties.items()}
    unsettled = vocabulary.kinds.get("UnsettledRelationship")
    for kind in sorted(kinds, key=lambda k: (len(k.parents), k.name)):
        roles = [role for role in (kind.edge_from, kind.edge_to) if role]
        if kind.edge_between:
            pattern = f"OPTIONAL {{ ?r <{iri[kind.edge_between]}> ?from }}"
        elif len(roles) == 2:
            pattern = " ".join(
                f"OPTIONAL {{ ?r <{iri[r]}> ?{n} }}" for r, n in zip(roles, ("from", "to"), strict=True)
            )
        else:
            continue
        for selector, is_unsettled in (
            (f"?r a <{kind.iri}> .", False),
            (f"?r rg:readsAs <{kind.iri}> .", True),
        ):
            wanted = (
                "UnsettledRelationship" in modes if is_unsettled else any(kind.is_a(RG + m) for m in modes)
            )
            if not wanted or (is_unsettled and unsettled is None):
                continue
            for id_, ends in _ends(lookup, selector, pattern).items():
                links[id_] = _link(id_, kind, ends, is_unsettled)
    return links


def _ends(lookup: Lookup, selector: str, pattern: str) -> dict[str, tuple[set[str], set[str]]]:
    base = lookup.compiled.base
    ends: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for r, start, end in lookup.rows(f"SELECT ?r ?from ?to {{ {selector} {pattern} }}"):
        known = ends[getattr(r, "value", "").removeprefix(base)]
        for node, side in ((start, known[0]), (end, known[1])):
            value = getattr(node, "value", "")
            if value.startswith(base):
                side.add(value.removeprefix(base))
    return ends


def _link(id_: str, kind: Kind, ends: tuple[set[str], set[str]], unsettled: bool) -> Link:
    starts, targets = (sorted(side) for side in ends)
    if kind.edge_between:
        pairs = list(combinations(starts, 2)) or [(only, only) for only in starts]
    else:
        pairs = [(a, b) for a in starts for b in targets] or [(only, only) for only in (*starts, *targets)]
    pairs = [pair for pair in pairs if pair[0] != pair[1]] or pairs
    return Link(id_, kind, pairs, not kind.edge_between, unsettled)


def _facts(lookup: Lookup) -> dict[str, dict[str, str]]:
    """Bounds, certainty and assessed activity of every relationship, by id."""
    base = lookup.compiled.base
    facts: dict[str, dict[str, str]] = {}
    query = """SELECT ?r ?eb ?lb ?ee ?le ?certainty { ?r a rg:Relationship ; rg:earliestBegin ?eb ;
      rg:latestBegin ?lb ; rg:earliestEnd ?ee ; rg:latestEnd ?le ; rg:certainty ?certainty }"""
    for row in lookup.rows(query):
        r, eb, lb, ee, le, certainty = (getattr(term, "value", "") for term in row)
        facts[r.removeprefix(base)] = {
            "earliest_begin": eb,
            "latest_begin": lb,
            "earliest_end": ee,
            "latest_end": le,
            "certainty": local_name(certainty),
        }
    assessed = """SELECT ?r ?level { ?a a rg:Assessment ; ?p ?r ; ?q ?level ; rg:latestEnd ?end .
      ?r a rg:Relationship . ?level a skos:Concept ; rg:line ?line . ?graph a rg:Graph ; rg:asOf ?asOf .
      FILTER(?end >= ?asOf) }"""
    levels: dict[str, set[str]] = defaultdict(set)
    for r, level in lookup.rows(assessed):
        levels[getattr(r, "value", "").removeprefix(base)].add(getattr(level, "value", ""))
    for id_, found in levels.items():
        known = facts.setdefault(id_, {})
        known["activity"] = " ".join(sorted(local_name(level) for level in found))
        lines = {lookup.vocabulary.concepts[level].line for level in found}
        known["assessed_line"] = lines.pop() if len(lines) == 1 else "uncertain"
    return facts


def _line(link: Link, facts: dict[str, str], as_of: str) -> str:
    """How the relationship is drawn: uncertainty first, then what it is by kind, then its state."""
    declared = link.kind.style.line or "active"
    if link.unsettled or facts.get("certainty") == "ambiguous":
        return "uncertain"
    if declared not in ("active", "done"):
        return declared
    assessed = facts.pop("assessed_line", "")
    if assessed:
        return assessed
    if as_of and facts.get("latest_end", as_of) < as_of:
        return "done"
    return declared
