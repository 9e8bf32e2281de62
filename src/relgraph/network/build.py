"""Compiled store -> ``networkx.MultiDiGraph``: the one builder of the network, by SPARQL.

Nodes are entities, keyed by record id; edges are relationships, keyed by record id, from the role that the
kind declares as ``rg:edgeFrom`` to that of ``rg:edgeTo`` (or between the values of ``rg:edgeBetween``, in the
order of their ids). With ``hyper`` a relationship that its kind draws as a node, or that joins more than two
parties, is a node of its own (attribute ``relationship=True``) with an edge to each party.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date as Day
from itertools import combinations
from typing import TYPE_CHECKING, Any

from relgraph.errors import UsageError
from relgraph.lookup import Lookup
from relgraph.model import folded
from relgraph.namespaces import RG
from relgraph.network.facts import Facts
from relgraph.time import MAX, MIN, Bounds
from relgraph.vocabulary import Kind, Vocabulary, local_name, pick

if TYPE_CHECKING:
    import networkx as nx

    from relgraph.when import When

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


def network(
    lookup: Lookup,
    *,
    modes: Collection[str] = AFFIRMED,
    hyper: bool = False,
    structure: bool = False,
    kinds: Collection[str] = (),
    certain_only: bool = False,
    when: When | None = None,
    facts: Facts | None = None,
) -> nx.MultiDiGraph:
    """The network of a compiled graph.

    ``modes`` are local names of the modes of relationship to include (:data:`AFFIRMED` or some of
    :data:`ALL`), ``kinds`` local names of kinds (with their subclasses; empty: all); ``certain_only`` keeps
    what is stated outright; ``when`` keeps what it marks, in the edge attribute ``mark``. ``structure`` adds
    what is a unit or a part of what, keyed ``part.key.whole``. Who builds several networks of one graph
    hands over its ``facts``, which take more than half of the time.

    Node attributes: ``type``, ``facet``, ``label_sv``, ``label_en`` …, ``relationship``. Edge attributes:
    ``kind``, ``group``, ``roles`` (those of its two ends), ``line``, ``certainty``, ``status``, ``activity``
    (space-separated local names; where nothing is said, neither is there), ``sources`` (document, section,
    range), ``record``, ``directed``, and the bounds ``earliest_begin``, ``latest_begin``, ``earliest_end``,
    ``latest_end`` (ISO dates). Nodes and edges are added in sorted order. Raises :class:`UsageError` for an
    unknown kind.
    """
    import networkx as nx

    wanted = _kinds(lookup.vocabulary, kinds)
    facts = facts or Facts(lookup)
    chosen: list[tuple[Link, dict[str, Any]]] = []
    for link in sorted(_links(lookup, modes).values(), key=lambda link: link.id):
        known = facts.of(link.id)
        if (wanted and not wanted.intersection((link.kind.iri, *link.kind.parents))) or (
            certain_only and (link.unsettled or known.get("certainty") != "stated")
        ):
            continue
        mark = when.mark(bounds_of_edge(known), unsettled=link.unsettled) if when else ""
        if mark is not None:
            chosen.append((link, {**known, "mark": mark} if when else known))
    graph = nx.MultiDiGraph(base=lookup.compiled.base, home=lookup.compiled.home, as_of=lookup.compiled.as_of)
    _add_nodes(graph, lookup, {party for link, _ in chosen for party in link.parties})
    for link, known in chosen:
        _add_link(graph, lookup, link, known, hyper=hyper)
    if structure and not wanted:
        _add_structure(graph, lookup, facts, certain_only=certain_only)
    return graph


def _kinds(vocabulary: Vocabulary, names: Collection[str]) -> set[str]:
    """The IRIs of kinds of relationship by local name or label."""
    known = {name: kind for name, kind in vocabulary.kinds.items() if kind.is_a(RG + "Relationship")}
    found: set[str] = set()
    for name in names:
        same = [
            kind
            for kind in known.values()
            if folded(name) in {folded(text) for text in (kind.name, *kind.labels.values())}
        ]
        if not same:
            from difflib import get_close_matches

            near = get_close_matches(name, known, n=3)
            hint = f"did you mean {', '.join(near)}?" if near else "docs/ontology.html lists them"
            raise UsageError(f"'{name}' is no kind of relationship", hint=hint)
        found.update(kind.iri for kind in same)
    return found


def _add_nodes(graph: nx.MultiDiGraph, lookup: Lookup, parties: set[str]) -> None:
    languages = lookup.compiled.languages
    known_nodes = lookup.kinds_and_names(RG + "Entity")
    others = {
        record.id: (record.type, {lang: record.text("name", lang) for lang in languages})
        for record in lookup.records(parties - set(known_nodes))
    }
    for id_, (kind, names) in sorted({**known_nodes, **others}.items()):
        labels = {f"label_{lang}": pick(names, lang) for lang in languages}
        facet = lookup.vocabulary.kinds[kind].facet
        graph.add_node(id_, type=kind, facet=facet, relationship=False, **labels)


def _add_link(
    graph: nx.MultiDiGraph, lookup: Lookup, link: Link, known: Mapping[str, Any], *, hyper: bool
) -> None:
    unsettled = lookup.vocabulary.kinds.get("UnsettledRelationship")
    kind = link.kind
    attributes = {
        "kind": kind.name,
        "group": local_name(unsettled.group if link.unsettled and unsettled else kind.group),
        "roles": kind.edge_between or f"{kind.edge_from} {kind.edge_to}",
        "record": link.id,
        "directed": link.directed,
        **{key: value for key, value in known.items() if key != "assessed_line"},
        "line": _line(link, known, lookup.compiled.as_of),
    }
    if hyper and (kind.drawn_as == "node" or len(link.parties) > 2 or not link.pairs):
        labels = {f"label_{lang}": pick(kind.labels, lang) for lang in lookup.compiled.languages}
        graph.add_node(link.id, type=kind.name, facet="", relationship=True, **labels)
        targets = {target for _, target in link.pairs}
        for party in link.parties:
            ends = (link.id, party) if link.directed and party in targets else (party, link.id)
            graph.add_edge(*ends, key=link.id, **attributes)
        return
    for start, end in link.pairs:
        graph.add_edge(start, end, key=link.id, **attributes)


def _add_structure(graph: nx.MultiDiGraph, lookup: Lookup, facts: Facts, *, certain_only: bool) -> None:
    """What is a unit or a part of what: keys of entities that have a group, always in the network's nodes."""
    base = lookup.compiled.base
    properties = sorted((key, prop) for key, prop in lookup.vocabulary.properties.items() if prop.group)
    for key, prop in properties:
        query = f"SELECT ?part ?whole {{ ?part a rg:Entity ; <{prop.iri}> ?whole . ?whole a rg:Entity }}"
        found = {tuple(getattr(n, "value", "").removeprefix(base) for n in row) for row in lookup.rows(query)}
        said = facts.of_key(prop.iri)
        for part, whole in sorted(found):
            known = {"certainty": "stated", **said.get(part, {})}
            if certain_only and known["certainty"] != "stated":
                continue
            if part in graph and whole in graph and part != whole:
                graph.add_edge(
                    part,
                    whole,
                    key=f"{part}.{key}.{whole}",
                    kind=key,
                    group=local_name(prop.group),
                    roles=key,
                    record=part,
                    directed=True,
                    line="active",
                    structure=True,
                    **known,
                )


def bounds_of_edge(attributes: Mapping[str, Any]) -> Bounds:
    """The four bounds of an edge; unbounded where it has none (structure)."""
    day = Day.fromisoformat
    return Bounds(
        day(attributes.get("earliest_begin") or MIN.isoformat()),
        day(attributes.get("latest_begin") or MAX.isoformat()),
        day(attributes.get("earliest_end") or MIN.isoformat()),
        day(attributes.get("latest_end") or MAX.isoformat()),
    )


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


def _line(link: Link, facts: Mapping[str, Any], as_of: str) -> str:
    """How the relationship is drawn: uncertainty first, then what it is by kind, then its state."""
    declared = link.kind.style.line or "active"
    if link.unsettled or facts.get("certainty") == "ambiguous":
        return "uncertain"
    if declared not in ("active", "done"):
        return declared
    assessed = facts.get("assessed_line", "")
    if assessed:
        return str(assessed)
    if as_of and facts.get("latest_end", as_of) < as_of:
        return "done"
    return declared
