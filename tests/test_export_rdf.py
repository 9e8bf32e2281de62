"""RDF exports: the same graph in every syntax, for every reader; sorted, and cut by time as everywhere."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from exporting import HOSTILE, Exported, add_hostile
from pyld import jsonld
from rdflib.compare import to_isomorphic
from running import BASE, RG, ROOT, City, copy_city

from relgraph.views.export import lines
from relgraph.views.export.lines import Sorter

SYNTAX = {
    "turtle": (ox.RdfFormat.TURTLE, "turtle"),
    "trig": (ox.RdfFormat.TRIG, "trig"),
    "nquads": (ox.RdfFormat.N_QUADS, "nquads"),
    "ntriples": (ox.RdfFormat.N_TRIPLES, "nt"),
    "rdfxml": (ox.RdfFormat.RDF_XML, "xml"),
    "jsonld": (ox.RdfFormat.JSON_LD, "json-ld"),
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """The city with texts that no format may take for its own signs."""
    city = copy_city(tmp_path_factory.mktemp("hostile") / "lindvik")
    add_hostile(city)
    return Exported(city.root)


@pytest.fixture(scope="module")
def malmo() -> Exported:
    return Exported(ROOT)


def by_engine(data: bytes, name: str) -> set[str]:
    return {str(quad.triple) for quad in ox.parse(data, format=SYNTAX[name][0])}


def by_rdflib(data: bytes, name: str) -> rdflib.Graph:
    graph = rdflib.Graph()
    with warnings.catch_warnings():  # rdflib's own readers use what rdflib deprecates
        warnings.simplefilter("ignore", DeprecationWarning)
        if name not in ("trig", "nquads"):
            return graph.parse(data=data, format=SYNTAX[name][1])
        whole = rdflib.Dataset(default_union=True)
        whole.parse(data=data, format=SYNTAX[name][1])
        for triple in whole.triples((None, None, None)):
            graph.add(triple)
    return graph


def test_every_syntax_is_the_same_graph_to_rdflib(hostile: Exported) -> None:
    whole = to_isomorphic(by_rdflib(hostile.data("turtle"), "turtle"))
    assert len(whole) > 800
    names = {str(o) for o in whole.objects(None, rdflib.RDFS.label)}
    assert names >= set(HOSTILE)
    for name in SYNTAX:
        assert to_isomorphic(by_rdflib(hostile.data(name), name)) == whole, name


@pytest.mark.parametrize("name", SYNTAX)
def test_every_syntax_is_the_same_graph_to_the_engine(malmo: Exported, name: str) -> None:
    found = by_engine(malmo.data(name), name)
    assert found == by_engine(malmo.data("turtle"), "turtle")
    assert len(found) > 15_000


def test_the_graphs_are_named_where_a_syntax_can(hostile: Exported) -> None:
    named = {f"<{BASE}graph/{name}>" for name in ("asserted", "derived")}
    for name in ("trig", "nquads"):
        quads = ox.parse(hostile.data(name), format=SYNTAX[name][0])
        assert {str(quad.graph_name) for quad in quads} == named


@pytest.mark.parametrize("name", ["turtle", "ntriples", "rdfxml"])
def test_triples_are_sorted(hostile: Exported, name: str) -> None:
    quads = ox.parse(hostile.data(name), format=SYNTAX[name][0])
    written = [(str(q.subject), str(q.predicate), str(q.object)) for q in quads]
    assert written == sorted(set(written))


def test_jsonld_is_one_object_a_record_and_reads_without_a_network(hostile: Exported) -> None:
    data = hostile.data("jsonld")
    document = json.loads(data)

    def no_loader(url: str, options: object) -> None:
        raise AssertionError(f"the document asks for {url}")

    nquads = jsonld.to_rdf(document, {"format": "application/n-quads", "documentLoader": no_loader})
    assert by_engine(nquads.encode(), "nquads") == by_engine(hostile.data("turtle"), "turtle")
    ids = [node["id"] for node in document["@graph"]]
    assert len(ids) == len(set(ids))
    assert len(data.splitlines()) == len(ids) + 3
    twinning = next(node for node in document["@graph"] if node["id"] == "lindvik-aberhaven-twinning")
    assert twinning["party"] == ["aberhaven", "lindvik"]
    assert twinning["name"]["en"] == "the twinning of Lindvik and Aberhaven"
    assert isinstance(twinning["from"], str)  # its datatype is the context's to tell
    assert isinstance(twinning["certainty"], str)
    assert {cited["oa:hasSource"]["id"] for cited in twinning["prov:wasDerivedFrom"]} == {"ar2030"}
    assert not [id_ for id_ in ids if id_.startswith(("citation/", "alias/"))]


def test_a_year_leaves_out_what_did_not_hold_and_what_hangs_on_it(hostile: Exported) -> None:
    graph = by_rdflib(hostile.data("turtle", year="2031"), "turtle")
    told = {str(s).removeprefix(BASE) for s in graph.subjects()}
    assert {"lindvik-in-nordljus", "lindvik-aberhaven-twinning", "aberhaven"} <= told
    gone = {"lindvik-at-annual-meeting-2030", "portogrande-negotiation", "hosting-2032"}
    assert not gone & told
    whole = {str(s).removeprefix(BASE) for s in by_rdflib(hostile.data("turtle"), "turtle").subjects()}
    assert gone <= whole
    named = {str(o).removeprefix(BASE) for o in graph.objects() if str(o).startswith(BASE)}
    assert not {name for name in named if name not in told and not name.startswith("graph/")}
    # a derivation goes when all that it rests on has gone, and the triple that it explains goes with it
    for derivation in graph.subjects(rdflib.RDF.type, rdflib.URIRef(RG + "Derivation")):
        s, p, o = (
            graph.value(derivation, part)
            for part in (rdflib.RDF.subject, rdflib.RDF.predicate, rdflib.RDF.object)
        )
        assert (s, p, o) in graph
    explained = {
        tuple(
            str(graph.value(node, part))
            for part in (rdflib.RDF.subject, rdflib.RDF.predicate, rdflib.RDF.object)
        )
        for node in graph.subjects(rdflib.RDF.type, rdflib.URIRef(RG + "Derivation"))
    }
    derived = [
        quad
        for quad in ox.parse(hostile.data("nquads", year="2031"), format=ox.RdfFormat.N_QUADS)
        if str(quad.graph_name) == f"<{BASE}graph/derived>" and "/derivation/" not in str(quad.subject)
    ]
    assert derived
    for quad in derived:
        parts = (quad.subject, quad.predicate, quad.object)
        assert tuple(str(getattr(part, "value", "")) for part in parts) in explained
    for name in SYNTAX:
        assert by_engine(hostile.data(name, year="2031"), name) == by_engine(
            hostile.data("turtle", year="2031"), "turtle"
        )


@pytest.mark.parametrize("name", SYNTAX)
def test_a_selection_says_that_it_is_one_and_of_what_time(hostile: Exported, name: str) -> None:
    def notes(**when: str) -> set[str]:
        start = f"<{BASE}> <{rdflib.RDFS.comment}> "
        return {line for line in by_engine(hostile.data(name, **when), name) if line.startswith(start)}

    assert notes() == set()
    assert {note[-3:] for note in notes(year="2031")} == {"@en", "@sv"}
    assert all("2031" in note for note in notes(year="2031"))
    assert notes(year="2031").isdisjoint(notes(as_of="2031"))


def test_a_note_falls_with_what_it_is_about_but_a_contradiction_stands(city: City) -> None:
    city.replace("  type: Agreement\n", "  type: Agreement\n  date: 2020\n")
    city.replace("  during: 2030\n  level: none\n", "  during: 2029\n  level: none\n")
    graph = by_rdflib(Exported(city.root).data("turtle", year="2030"), "turtle")
    told = {str(s).removeprefix(BASE) for s in graph.subjects()}
    assert (
        not {"port-company-portogrande", "gap-time-of-ferry-agreement", "no-activity-with-aberhaven-2030"}
        & told
    )
    assert "contact-only-with-aberhaven-2030" in told


def test_nothing_that_is_left_names_what_is_not(city: City) -> None:
    # the statement that stays is the one that names the other
    city.replace("  conflictsWith: contact-only-with-aberhaven-2030\n", "")
    other = "  level: contact-only\n"
    city.replace(other, f"{other}  conflictsWith: no-activity-with-aberhaven-2030\n")
    city.replace("  during: 2030\n  level: none\n", "  during: 2029\n  level: none\n")
    exported = Exported(city.root)
    for name in SYNTAX:
        assert any("no-activity-with-aberhaven-2030" in line for line in by_engine(exported.data(name), name))
        left = by_engine(exported.data(name, year="2030"), name)
        assert any("contact-only-with-aberhaven-2030" in line for line in left)
        assert not any("no-activity-with-aberhaven-2030" in line for line in left)


def test_pieces_on_disk_make_the_same_order(monkeypatch: pytest.MonkeyPatch, hostile: Exported) -> None:
    whole = {name: hostile.files(name) for name in ("ntriples", "jsonld", "csv", "xlsx")}
    monkeypatch.setattr(lines, "PIECE", 5_000)
    again = Exported(hostile.project.root)
    assert {name: again.files(name) for name in whole} == whole


def test_the_sorter_takes_lines_that_are_cut_anywhere() -> None:
    for size in (1, 2, 3, 100):
        sorter = Sorter()
        data = b"<http://www.w3.org/ns/org#b> x\na\na\n<c>\n"
        for start in range(0, len(data), size):
            sorter.write(data[start : start + size])
        assert sorter.prefixes == {"org"}
        assert list(sorter.lines()) == [b"<c>\n", b"<http://www.w3.org/ns/org#b> x\n", b"a\n"]


def test_an_empty_graph_is_exported_too(tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    folder.mkdir()
    text = "title: {en: Nothing}\nbase: https://example.org/none/\nhomeCity: here\nlanguages: [en]\n"
    (folder / "graph.yaml").write_text(text, encoding="utf-8")
    record = "- id: here\n  type: City\n  name: {en: Here}\n  source: [{document: d, locator: x}]\n"
    source = "- id: d\n  type: Document\n  name: {en: D}\n"
    (folder / "all.yaml").write_text(record + source, encoding="utf-8")
    exported = Exported(tmp_path)
    assert len({frozenset(by_engine(exported.data(name), name)) for name in SYNTAX}) == 1
