"""Records as JSON-LD with a compact context: the triples that the store holds of them, no others."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from relgraph.lookup import Lookup
from relgraph.namespaces import PREFIXES, graph_iris

if TYPE_CHECKING:
    import pyoxigraph as ox

_NODES = ("prov:wasDerivedFrom", "oa:hasSelector", "skosxl:altLabel", "skosxl:hiddenLabel")


def as_jsonld(lookup: Lookup, ids: Iterable[str]) -> str:
    """:func:`jsonld_data` as a text."""
    return json.dumps(jsonld_data(lookup, ids), ensure_ascii=False, indent=1) + "\n"


def jsonld_data(lookup: Lookup, ids: Iterable[str]) -> dict[str, object]:
    """The asserted triples of the records of those ids, and of their citations, selectors and other names.

    The context is embedded: prefixes, and the graph's base; values are written in full. Expanded, the
    document holds exactly the store's triples with these subjects.
    """
    base = lookup.compiled.base
    nodes = [f"{base}{id_}" for id_ in ids]
    found: dict[str, dict[str, list[object]]] = {}
    while nodes:
        nodes = [iri for iri in dict.fromkeys(nodes) if iri not in found]
        read = _read(lookup, nodes)
        found.update(read)
        links = [_compact(PREFIXES[p] + name) for p, _, name in (link.partition(":") for link in _NODES)]
        nodes = [
            base + str(value["@id"])
            for properties in read.values()
            for link in links
            for value in properties.get(link, [])
            if isinstance(value, dict) and "@id" in value
        ]
    used = {term.partition(":")[0] for properties in found.values() for term in _terms(properties)}
    context = {"@version": 1.1, "@base": base, **{p: iri for p, iri in sorted(PREFIXES.items()) if p in used}}
    graph = [
        {"@id": iri.removeprefix(base), **dict(sorted(properties.items()))}
        for iri, properties in found.items()
        if properties
    ]
    return {"@context": context, "@graph": graph}


def _terms(properties: dict[str, list[object]]) -> Iterator[str]:
    """The properties, classes and datatypes of a node, as they are written."""
    for key, values in properties.items():
        yield key
        for value in values:
            yield value if isinstance(value, str) else str(isinstance(value, dict) and value.get("@type", ""))


def _read(lookup: Lookup, iris: list[str]) -> dict[str, dict[str, list[object]]]:
    found: dict[str, dict[str, list[object]]] = {iri: defaultdict(list) for iri in iris}
    asserted = graph_iris(lookup.compiled.base)["asserted"]
    for start in range(0, len(iris), 500):
        nodes = " ".join(f"<{iri}>" for iri in iris[start : start + 500])
        query = f"SELECT ?s ?p ?o {{ VALUES ?s {{ {nodes} }} GRAPH <{asserted}> {{ ?s ?p ?o }} }}"
        for s, p, o in lookup.rows(query):
            key = _term(getattr(p, "value", ""))
            found[getattr(s, "value", "")][key].append(_value(o, lookup.compiled.base))
    for properties in found.values():
        for key in properties:
            if len(properties[key]) > 1:
                properties[key].sort(key=lambda value: json.dumps(value, sort_keys=True))
        if types := properties.pop(_compact(PREFIXES["rdf"] + "type"), None):
            properties["@type"] = [_full(value) for value in types]
    return found


def _full(value: object) -> str:
    assert isinstance(value, dict)
    return _compact(str(value["@id"]))


def _value(node: ox.NamedNode | ox.Literal | ox.BlankNode | None, base: str) -> object:
    text = str(getattr(node, "value", ""))
    datatype = getattr(node, "datatype", None)
    if datatype is None:
        return {"@id": text.removeprefix(base)}
    if language := getattr(node, "language", None):
        return {"@value": text, "@language": language}
    if datatype.value == PREFIXES["xsd"] + "string":
        return {"@value": text}
    return {"@value": text, "@type": _term(datatype.value)}


@cache
def _term(iri: str) -> str:
    """As :func:`_compact`, for properties and datatypes: there are few, and they come again and again."""
    return _compact(iri)


def _compact(iri: str) -> str:
    for name, prefix in PREFIXES.items():
        if iri.startswith(prefix) and "/" not in iri[len(prefix) :]:
            return f"{name}:{iri[len(prefix) :]}"
    return iri
