"""The graph as VoID describes datasets (https://www.w3.org/TR/void/): how much of what it holds, counted."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import IO

from relgraph.loading import read_info
from relgraph.loading.publishing import licence_iri
from relgraph.lookup import Lookup
from relgraph.namespaces import PREFIXES
from relgraph.views.export.description import Description
from relgraph.views.export.registry import Job
from relgraph.views.export.selection import graphs_of
from relgraph.vocabulary import local_name

_FORMATS = "http://www.w3.org/ns/formats/Turtle"


def write_void(job: Job, out: IO[bytes]) -> None:
    """VoID as Turtle: how much of what the graph holds, counted in it."""
    lookup, info = job.lookup, read_info(job.project.graph)
    base, said = info.base, Description()
    said.iri(base, "rdf:type", "void:Dataset")
    said.texts(base, "dcterms:title", dict(info.title))
    said.texts(base, "dcterms:description", dict(info.description))
    if licence := licence_iri(info.licence):
        said.iri(base, "dcterms:license", licence)
    said.text(base, "void:uriSpace", base)
    said.iri(base, "void:feature", _FORMATS)
    if info.home:
        said.iri(base, "void:exampleResource", base + info.home)
    if info.publishing.at:
        said.iri(base, "void:dataDump", f"{info.publishing.at}graph.ttl")
    for predicate, number in _totals(lookup):
        said.text(base, predicate, number, datatype="xsd:integer")
        job.advance(job.statements // 4)
    counts = lookup.compiled.counts
    for graph, triples in zip(graphs_of(base), (counts.asserted, counts.derived), strict=True):
        said.iri(base, "void:subset", graph)
        said.iri(graph, "rdf:type", "void:Dataset")
        said.text(graph, "void:triples", str(triples), datatype="xsd:integer")
    _partitions(said, lookup)
    said.write(out, base)


def _both(lookup: Lookup, pattern: str) -> str:
    """A pattern in the asserted graph or the derived one, without the ontology."""
    names = " ".join(f"<{graph}>" for graph in graphs_of(lookup.compiled.base))
    return f"VALUES ?g {{ {names} }} GRAPH ?g {{ {pattern} }}"


def _totals(lookup: Lookup) -> Iterator[tuple[str, str]]:
    def count(what: str, pattern: str) -> str:
        rows = lookup.rows(f"SELECT (COUNT({what}) AS ?n) {{ {_both(lookup, pattern)} }}")
        return str(getattr(next(rows)[0], "value", "0"))

    asserted, derived = graphs_of(lookup.compiled.base)
    pattern = f"GRAPH <{derived}> {{ ?s ?p ?o }} GRAPH <{asserted}> {{ ?s ?p ?o }}"
    twice = f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
    counts = lookup.compiled.counts
    shared = int(getattr(next(lookup.rows(twice))[0], "value", "0"))
    yield "void:triples", str(counts.asserted + counts.derived - shared)
    yield "void:entities", count("DISTINCT ?s", "?s a rg:Record")
    yield "void:distinctSubjects", count("DISTINCT ?s", "?s ?p ?o")
    yield "void:distinctObjects", count("DISTINCT ?o", "?s ?p ?o")
    yield "void:classes", count("DISTINCT ?c", "?s a ?c")
    yield "void:properties", count("DISTINCT ?p", "?s ?p ?o")


def _partitions(said: Description, lookup: Lookup) -> None:
    """How many instances each class has and triples each property, and the vocabularies they are of."""
    base = lookup.compiled.base
    spaces = sorted(PREFIXES.values(), key=len, reverse=True)
    for what, name, number, pattern in (
        ("class", "?c", "void:entities", "?s a ?c"),
        ("property", "?p", "void:triples", "?s ?p ?o"),
    ):
        counted = "DISTINCT ?s" if what == "class" else "*"
        rows = lookup.rows(
            f"SELECT {name} (COUNT({counted}) AS ?n) {{ {_both(lookup, pattern)} }} GROUP BY {name}"
        )
        for term, amount in rows:
            iri = str(getattr(term, "value", ""))
            space = next((each for each in spaces if iri.startswith(each)), "")
            if space:
                said.iri(base, "void:vocabulary", space)
            prefix = next((p for p, each in PREFIXES.items() if each == space), "")
            whose = prefix or sha256(iri.encode()).hexdigest()[:8]
            node = f"{base}void/{what}/{whose}-{local_name(iri)}"
            said.iri(base, f"void:{what}Partition", node)
            said.iri(node, f"void:{what}", iri)
            said.text(node, number, str(getattr(amount, "value", "")), datatype="xsd:integer")
