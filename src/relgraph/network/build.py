"""Compiled store -> ``networkx.MultiDiGraph``: the one builder of the network, by SPARQL.

Nodes are entities, keyed by record id; edges are relationships, keyed by record id, from the role that the
kind declares as ``rg:edgeFrom`` to that of ``rg:edgeTo`` (or between the values of ``rg:edgeBetween``, in the
order of their ids). With ``hyper`` a relationship that its kind draws as a node, or that joins more than two
parties, is a node of its own (attribute ``relationship=True``) with an edge to each party.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from relgraph.errors import UsageError
from relgraph.lookup import Lookup
from relgraph.model import folded
from relgraph.namespaces import RG
from relgraph.network.facts import Facts
from relgraph.network.links import AFFIRMED, Link, links
from relgraph.vocabulary import Vocabulary, local_name, pick

if TYPE_CHECKING:
    import networkx as nx

    from relgraph.when import When


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
    chosen = links(lookup, modes, facts, kinds=wanted, certain_only=certain_only, when=when)
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
    attributes = link.attributes(lookup, known)
    if hyper and link.is_node:
        labels = {f"label_{lang}": pick(link.kind.labels, lang) for lang in lookup.compiled.languages}
        graph.add_node(link.id, type=link.kind.name, facet="", relationship=True, **labels)
    for start, end in link.lines() if hyper else link.pairs:
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
