"""What a user would write instead of ``relgraph.open(…).network()``: walk an rdflib graph into networkx."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import rdflib
from rdflib import RDF, RDFS

from relgraph.namespaces import RG
from relgraph.vocabulary import Vocabulary


def walk(graph: rdflib.Graph, vocabulary: Vocabulary, base: str) -> nx.MultiDiGraph:
    """The network of affirmed relationships; which roles make an edge is read from ``vocabulary`` here."""
    term = rdflib.Namespace(RG)
    network = nx.MultiDiGraph()

    def name(node: rdflib.term.Node) -> str:
        return str(node).removeprefix(base)

    for entity in graph.subjects(RDF.type, term.Entity):
        labels = {f"label_{label.language}": str(label) for label in graph.objects(entity, RDFS.label)}  # type: ignore[attr-defined]
        network.add_node(name(entity), **labels)
    kinds = [
        k for k in vocabulary.kinds.values() if k.is_a(RG + "AffirmedRelationship") and k.drawn_as != "none"
    ]
    best = {}
    for kind in sorted(kinds, key=lambda k: (len(k.parents), k.name)):
        if kind.edge_between or (kind.edge_from and kind.edge_to):
            for record in graph.subjects(RDF.type, rdflib.URIRef(kind.iri)):
                best[record] = kind
    iri = {key: rdflib.URIRef(prop.iri) for key, prop in vocabulary.properties.items()}
    for record, kind in best.items():
        if kind.edge_between:
            ends = sorted({name(o) for o in graph.objects(record, iri[kind.edge_between])})
            pairs = list(combinations(ends, 2)) or [(end, end) for end in ends]
        else:
            starts = sorted({name(o) for o in graph.objects(record, iri[kind.edge_from])})
            targets = sorted({name(o) for o in graph.objects(record, iri[kind.edge_to])})
            pairs = [(a, b) for a in starts for b in targets] or [(a, a) for a in (*starts, *targets)]
        pairs = [pair for pair in pairs if pair[0] != pair[1]] or pairs
        facts = {
            "kind": kind.name,
            "certainty": str(graph.value(record, term.certainty)).rsplit("#", 1)[-1],
            "earliest_begin": str(graph.value(record, term.earliestBegin)),
            "latest_begin": str(graph.value(record, term.latestBegin)),
            "earliest_end": str(graph.value(record, term.earliestEnd)),
            "latest_end": str(graph.value(record, term.latestEnd)),
        }
        for start, end in pairs:
            network.add_edge(start, end, key=name(record), **facts)
    return network
