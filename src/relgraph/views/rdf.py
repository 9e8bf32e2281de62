"""The graph as RDF files: asserted and derived triples, sorted, the same bytes every time."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from relgraph.errors import UsageError
from relgraph.namespaces import PREFIXES, graph_iris
from relgraph.store.files import Compiled
from relgraph.store.opening import open_store

if TYPE_CHECKING:
    import pyoxigraph as ox

FORMATS = ("turtle", "trig", "jsonld")


def export(compiled: Compiled, form: str) -> bytes:
    """Asserted and derived triples in one of :data:`FORMATS`.

    Turtle holds both as one graph; TriG and JSON-LD keep the two named graphs apart. Triples are sorted by
    subject, predicate and object, so that the bytes depend on nothing but the content.
    """
    import pyoxigraph as ox

    formats = {"turtle": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "jsonld": ox.RdfFormat.JSON_LD}
    if form not in formats:
        raise UsageError(f"'{form}' is not a format of export", hint=f"one of {', '.join(FORMATS)}")
    store = open_store(compiled.path)
    iris = graph_iris(compiled.base)
    buffer = io.BytesIO()
    statements: list[ox.Triple] | list[ox.Quad]
    statements = _triples(store, iris) if form == "turtle" else _quads(store, iris)
    ox.serialize(statements, buffer, format=formats[form], prefixes=_prefixes(statements, compiled))
    data = buffer.getvalue()
    return data if data.endswith(b"\n") else data + b"\n"


def _quads(store: ox.Store, iris: dict[str, str]) -> list[ox.Quad]:
    import pyoxigraph as ox

    found: list[ox.Quad] = []
    for name in ("asserted", "derived"):
        quads = list(store.quads_for_pattern(None, None, None, ox.NamedNode(iris[name])))
        found += sorted(quads, key=lambda q: (str(q.subject), str(q.predicate), str(q.object)))
    return found


def _triples(store: ox.Store, iris: dict[str, str]) -> list[ox.Triple]:
    unique = {q.triple for q in _quads(store, iris)}
    return sorted(unique, key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))


def _prefixes(statements: list[ox.Triple] | list[ox.Quad], compiled: Compiled) -> dict[str, str]:
    """The prefixes that occur; the graph's own records are under the empty one."""
    used: set[str] = set()
    for statement in statements:
        for node in (statement.subject, statement.predicate, statement.object):
            iri = getattr(node, "value", "") if type(node).__name__ == "NamedNode" else ""
            datatype = getattr(node, "datatype", None)
            used.add(iri)
            used.add(datatype.value if datatype is not None else "")
    known = {**PREFIXES, "": compiled.base}
    return {name: iri for name, iri in sorted(known.items()) if any(u.startswith(iri) for u in used)}
