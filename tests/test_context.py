"""The JSON-LD context: an independent processor reads the plain part of the YAML as the compiler does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import yaml
from pyld import jsonld
from rdflib import Graph, URIRef
from rdflib.compare import to_isomorphic
from rdflib.term import BNode, Node
from running import BASE, RG, SOURCE, City, copy_city

RDF_TYPE = URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
OWN = URIRef(BASE)
SKOS = "http://www.w3.org/2004/02/skos/core#"
SKOSXL = "http://www.w3.org/2008/05/skos-xl#"
#: what the compiler adds to a record itself, as the docstring of relgraph.triples lists it
ADDED = {
    *(
        RG + name
        for name in ("earliestBegin", "latestBegin", "earliestEnd", "latestEnd", "periodBegin", "periodEnd")
    ),
    "http://www.w3.org/ns/prov#wasDerivedFrom",
    *(f"{space}{name}" for space in (SKOS, SKOSXL) for name in ("altLabel", "hiddenLabel")),
}
#: the nodes that the compiler makes, by the first part of their path
NODES = ("citation/", "selector/", "alias/", "graph/")


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> City:
    """The city with a key of every form: texts, numbers, booleans, terms of the ontology, lists."""
    city = copy_city(tmp_path_factory.mktemp("context") / "lindvik")
    city.add(
        "- id: ferry-gap\n  type: Gap\n  about: port-company-portogrande\n  aspect: [from, role]\n"
        f"  isPartial: true\n  explanation: {{sv: inget sägs, en: nothing is said}}\n  {SOURCE}\n"
        "- id: new-cooperation\n  type: Cooperation\n  party: [lindvik, portogrande]\n"
        f"  during: 2029/2030\n  certainty: implied\n  closeness: close\n  {SOURCE}"
    )
    city.add(
        f"- id: spot\n  type: Location\n  of: aberhaven\n  lat: 55.61\n  long: -13.5\n  {SOURCE}\n"
        "- id: number\n  type: Identifier\n  of: aberhaven\n  scheme: wikidata\n  notation: Q1\n"
        f"  exactMatch: http://www.wikidata.org/entity/Q1\n  {SOURCE}", "outside.yaml"
    )  # fmt: skip
    city.ok("build")
    return city


def plain_records(city: City) -> list[dict[str, Any]]:
    """The YAML as a standard reader sees it, every scalar a text."""
    found: list[dict[str, Any]] = []
    for path in sorted((city.root / "graph").glob("*.yaml")):
        if path.name != "graph.yaml":
            found += yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    for record in found:  # {earliest: …, latest: …} is not plain: the compiler makes one text of it
        for key in ("from", "to", "date", "during"):
            if isinstance(record.get(key), dict):
                del record[key]
    return found


def expanded(city: City) -> Graph:
    context = json.loads((city.root / "exports" / "context.jsonld").read_text(encoding="utf-8"))

    def no_loader(url: str, options: object) -> None:
        raise AssertionError(f"the context asks for {url}")

    nquads = jsonld.to_rdf(
        {**context, "@graph": plain_records(city)},
        {"format": "application/n-quads", "documentLoader": no_loader},
    )
    graph = Graph()
    graph.parse(data=nquads, format="nt")
    return graph


def compiled(city: City) -> Graph:
    quads = ox.parse(city.ok("export", "--format", "trig").encode(), format=ox.RdfFormat.TRIG)
    asserted = [f"{q.triple} ." for q in quads if q.graph_name == ox.NamedNode(f"{BASE}graph/asserted")]
    graph = Graph()
    graph.parse(data="\n".join(asserted), format="nt")
    return graph


def local(node: Node) -> str:
    return str(node).removeprefix(BASE) if str(node).startswith(BASE) else ""


def is_added(triple: tuple[Node, Node, Node], written: dict[str, dict[str, Any]]) -> bool:
    """Whether the compiler's docstring lists such a triple as added; ``written`` is the YAML by id."""
    subject, predicate, value = triple
    id_ = local(subject)
    if subject == OWN or id_.startswith(NODES) or "/section/" in id_:
        return True
    if str(predicate) in ADDED:
        return True
    if predicate == RDF_TYPE:
        return value != URIRef(RG + written[id_]["type"])
    if str(predicate) == RG + "certainty":
        return "certainty" not in written[id_]
    return str(predicate).startswith(RG) and "[" in str(value) and str(value).endswith("]")


def test_the_plain_part_reads_as_the_compiler_reads_it(rich: City) -> None:
    plain, whole = expanded(rich), compiled(rich)
    written = {record["id"]: record for record in plain_records(rich)}
    assert not [t for t in plain if any(isinstance(node, BNode) for node in t)]
    assert sorted(map(str, plain - whole)) == []
    more = [t for t in whole - plain if not is_added(t, written)]
    assert sorted(map(str, more)) == []
    assert len(plain) > 120
    rest = Graph()
    for triple in whole:
        if not is_added(triple, written):
            rest.add(triple)
    assert to_isomorphic(rest) == to_isomorphic(plain)


def test_every_addition_that_is_listed_is_made(rich: City) -> None:
    """Else the list would grow stale and hide a difference."""
    written = {record["id"]: record for record in plain_records(rich)}
    added = [t for t in compiled(rich) if is_added(t, written)]
    predicates = {str(t[1]) for t in added}
    assert ADDED - {SKOS + "altLabel", SKOSXL + "altLabel"} <= predicates
    subjects = {local(t[0]).split("/")[0] + "/" for t in added if "/" in local(t[0])}
    assert {"citation/", "selector/", "alias/"} <= subjects
    assert any(str(t[2]) == "[2031..2032]" for t in added)


def test_concepts_and_terms_of_the_ontology_are_read_as_such(rich: City) -> None:
    graph = expanded(rich)
    triples = {(local(s), str(p).rsplit("#", 1)[-1], str(o)) for s, p, o in graph}
    assert ("portogrande-visit-2029", "readsAs", f"{RG}Visit") in triples
    assert ("ferry-gap", "aspect", f"{RG}roleHeld") in triples
    assert ("no-activity-with-aberhaven-2030", "level", f"{RG}none") in triples
    assert ("lindvik-in-nordljus", "member", f"{BASE}lindvik") in triples


def test_the_context_holds_no_address_to_fetch(built: City) -> None:
    path: Path = built.root / "exports" / "context.jsonld"
    context = json.loads(path.read_text(encoding="utf-8"))
    assert list(context) == ["@context"]
    assert isinstance(context["@context"], dict)
    assert "@import" not in context["@context"]
