"""The queries in ``tests/sparql``, and answers as plain terms, read by readers that are not ours."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pyoxigraph as ox
import rdflib

FOLDER = Path(__file__).with_name("sparql")
XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = {
    "": "http://ex/",
    "ex": "http://ex/",
    "xsd": XSD,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
GRAPHS = ("http://ex/asserted", "http://ex/derived")
GRAPH_FORMATS = {
    "turtle": ("TURTLE", "turtle"),
    "ntriples": ("N_TRIPLES", "nt"),
    "jsonld": ("JSON_LD", "json-ld"),
    "rdfxml": ("RDF_XML", "xml"),
}
#: RDF 1.2, which the readers of others do not know yet
NEW = ("triple terms", "triple by function", "reified triples in a template", "annotations", "direction")


class Query(NamedTuple):
    """A query of the corpus: ``file: title``, and its text."""

    name: str
    text: str

    @property
    def ordered(self) -> bool:
        return re.search(r"\}[^{}]*order\s+by", self.text, re.IGNORECASE) is not None

    @property
    def union(self) -> bool:
        """Whether the query leaves the choice of graphs to the caller."""
        return re.search(r"forms: .*\bfrom\b|base for a graph", self.name) is None

    @property
    def decoded(self) -> str:
        """As bare pyoxigraph must have it, which knows escapes within strings and IRIs alone."""
        if "outside strings" not in self.name and "escaped letters" not in self.name:
            return self.text
        return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), self.text)

    @property
    def is_new(self) -> bool:
        return self.name.partition(": ")[2] in NEW


def read(name: str) -> list[Query]:
    """The queries of a file, each under a line ``#: title``; ␍ stands for a carriage return."""
    text = (FOLDER / f"{name}.rq").read_text(encoding="utf-8").replace("␍", "\r")
    parts = re.split(r"(?m)^#: (.*)\n", text)
    assert not parts[0]
    return [
        Query(f"{name}: {title}", body[:-1]) for title, body in zip(parts[1::2], parts[2::2], strict=True)
    ]


CORPUS = [
    query for name in ("forms", "patterns", "aggregates", "functions", "syntax") for query in read(name)
]
REJECTED = read("rejected")


def data() -> ox.Store:
    """The corpus' data, in memory."""
    store = ox.Store()
    store.load(path=str(FOLDER / "data.trig"), format=ox.RdfFormat.TRIG)
    return store


def write_store(folder: Path) -> Path:
    """The data as the store folder of a small project."""
    folder.mkdir()
    # as relgraph writes it: labels of blank nodes are kept, and so are the same in every process
    data().dump(str(folder / "whole.nq"), ox.RdfFormat.N_QUADS)
    return folder


# -- terms as tuples: kind, text, language, datatype ---------------------------------------------------------

Cell = tuple[Any, ...] | None


def of_engine(term: Any) -> Cell:
    """A term of pyoxigraph."""
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return ("iri", term.value)
    if isinstance(term, ox.BlankNode):
        return ("bnode", term.value)
    if isinstance(term, ox.Triple):
        return ("triple", *(of_engine(part) for part in (term.subject, term.predicate, term.object)))
    direction = str(term.direction.value if hasattr(term.direction, "value") else term.direction or "")
    return literal(term.value, term.language, term.datatype.value, direction)


def literal(value: str, lang: str | None, datatype: str | None, direction: str | None = "") -> Cell:
    """A literal, with the datatypes that are implied left out."""
    plain = not datatype or datatype == XSD + "string" or lang
    return ("literal", value, lang or "", "" if plain else datatype, direction or "")


def of_rdflib(term: Any) -> Cell:
    """A term of rdflib."""
    if isinstance(term, rdflib.URIRef):
        return ("iri", str(term))
    if isinstance(term, rdflib.BNode):
        return ("bnode", str(term))
    return literal(str(term), term.language, term.datatype and str(term.datatype))


def _json(written: bytes) -> list[tuple[Cell, ...]]:
    def cell(found: Any) -> Cell:
        if found is None:
            return None
        kind, value = found["type"], found["value"]
        if kind == "triple":
            return ("triple", *(cell(value[part]) for part in ("subject", "predicate", "object")))
        if kind in ("uri", "bnode"):
            return ("iri" if kind == "uri" else "bnode", value)
        return literal(value, found.get("xml:lang"), found.get("datatype"), found.get("its:dir"))

    document = json.loads(written)
    names = document["head"]["vars"]
    return [tuple(cell(row.get(name)) for name in names) for row in document["results"]["bindings"]]


def _xml(written: bytes) -> list[tuple[Cell, ...]]:
    space = "{http://www.w3.org/2005/sparql-results#}"

    def cell(found: Any) -> Cell:
        if found is None:
            return None
        node = found[0]
        kind = node.tag.removeprefix(space)
        if kind in ("uri", "bnode"):
            return ("iri" if kind == "uri" else "bnode", node.text or "")
        lang = node.get("{http://www.w3.org/XML/1998/namespace}lang")
        return literal(node.text or "", lang, node.get("datatype"))

    root = ElementTree.fromstring(written)
    names = [node.get("name") for node in root.iter(space + "variable")]
    return [
        tuple(cell(row.find(f"{space}binding[@name='{name}']")) for name in names)
        for row in root.iter(space + "result")
    ]


def _tsv(written: bytes) -> list[tuple[Cell, ...]]:
    from rdflib.util import from_n3

    def cell(text: str) -> Cell:
        if not text:
            return None
        if text.startswith("_:"):
            return ("bnode", text[2:])
        if re.fullmatch(r"[+-]?[0-9]+", text):
            return literal(text, "", XSD + "integer")
        if re.fullmatch(r"[+-]?[0-9]*\.[0-9]+", text):
            return literal(text, "", XSD + "decimal")
        if re.fullmatch(r"[+-]?[0-9.]+[eE][+-]?[0-9]+", text):
            return literal(text, "", XSD + "double")
        if text in ("true", "false"):
            return literal(text, "", XSD + "boolean")
        return of_rdflib(from_n3(text))

    head, *lines = written.decode("utf-8").split("\n")[:-1]
    return [tuple(cell(text) for text in line.split("\t")) if head else () for line in lines]


def _csv(written: bytes) -> list[tuple[Cell, ...]]:
    """Texts alone: the format knows no more."""
    head, *rows = csv.reader(io.StringIO(written.decode("utf-8"), newline=""), strict=True)
    # a row of one empty cell, and one of no cells, are an empty line
    return [tuple(("text", text) for text in (row or ([""] if head else []))) for row in rows]


READERS = {"json": _json, "xml": _xml, "tsv": _tsv, "csv": _csv}


def as_texts(rows: Iterable[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    """Rows as CSV has them."""

    def text(cell: Cell) -> Cell:
        return ("text", "" if cell is None else f"_:{cell[1]}" if cell[0] == "bnode" else cell[1])

    return [tuple(text(cell) for cell in row) for row in rows]


def unlabelled(rows: list[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    """Rows with each blank node called after the places where it stands: no label means anything."""

    def masked(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return tuple(("bnode",) if _is_blank(cell) else cell for cell in row)

    places: dict[Cell, list[str]] = {}
    for row in rows:
        for i, cell in enumerate(row):
            if _is_blank(cell):
                places.setdefault(cell, []).append(f"{i} {masked(row)}")
    names = {cell: ("bnode", *sorted(found)) for cell, found in places.items()}
    return [tuple(names.get(cell, cell) for cell in row) for row in rows]


def _is_blank(cell: Cell) -> bool:
    return cell is not None and (cell[0] == "bnode" or (cell[0] == "text" and cell[1][:2] == "_:"))


def multiset(rows: Iterable[tuple[Cell, ...]]) -> Counter[Any]:
    """Rows without their order."""
    return Counter(rows)


def graph_of(triples: Iterable[Any]) -> rdflib.Graph:
    """The engine's triples as a graph of rdflib's."""
    graph = rdflib.Graph()

    def term(found: Any) -> Any:
        if isinstance(found, ox.NamedNode):
            return rdflib.URIRef(found.value)
        if isinstance(found, ox.BlankNode):
            return rdflib.BNode(found.value)
        datatype = None if found.language else rdflib.URIRef(found.datatype.value)
        if datatype == rdflib.URIRef(XSD + "string"):
            datatype = None
        return rdflib.Literal(found.value, lang=found.language, datatype=datatype, normalize=False)

    for triple in triples:
        graph.add(tuple(term(part) for part in (triple.subject, triple.predicate, triple.object)))
    return graph


def has_service(node: object) -> bool:
    """Whether rdflib's parse tree holds a call of a service."""
    if getattr(node, "name", "") == "ServiceGraphPattern":
        return True
    if isinstance(node, dict):
        return any(has_service(value) for value in node.values())
    if isinstance(node, str) or not hasattr(node, "__iter__"):
        return False
    return any(has_service(part) for part in node)
