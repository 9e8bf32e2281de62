"""The graph as a published dataset: VoID, and DCAT-AP-SE 3 (https://docs.dataportal.se/dcat/3.0.1/en/).

All nodes have names below the base; what ``graph.yaml`` does not say is not written. Without what the profile
requires there is no description, but problems that tell where to write it (RG118).
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import IO, TYPE_CHECKING

from relgraph.errors import DataError
from relgraph.loading import GraphInfo, lacking_of, read_info
from relgraph.loading.publishing import CC0, LANGUAGES, licence_iri
from relgraph.lookup import Lookup
from relgraph.namespaces import PREFIXES, RG
from relgraph.views.export.registry import Job
from relgraph.views.export.selection import graphs_of
from relgraph.vocabulary import local_name

if TYPE_CHECKING:
    import pyoxigraph as ox

_MORE = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": PREFIXES["foaf"],
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
}
_SPACES = {**PREFIXES, **_MORE}
_EU = "http://publications.europa.eu/resource/authority/"
_FORMATS = "http://www.w3.org/ns/formats/Turtle"
#: the files of exports/ that hold the graph, and their media types
_FILES = (("graph.ttl", "text/turtle"), ("map.html", "text/html"))
_TITLES = {
    "graph.ttl": {"sv": "Grafen som RDF (Turtle)", "en": "The graph as RDF (Turtle)"},
    "map.html": {"sv": "Relationskartan", "en": "The relationship map"},
}


class _Description:
    """Triples by prefixed names; written sorted."""

    def __init__(self) -> None:
        self._triples: set[ox.Triple] = set()

    def iri(self, subject: str, predicate: str, target: str) -> None:
        """A triple whose object is an IRI, whole or prefixed."""
        import pyoxigraph as ox

        self._add(subject, predicate, ox.NamedNode(_whole(target)))

    def text(self, subject: str, predicate: str, text: str, *, lang: str = "", datatype: str = "") -> None:
        """A triple whose object is a literal."""
        import pyoxigraph as ox

        kind = ox.NamedNode(_whole(datatype)) if datatype else None
        self._add(subject, predicate, ox.Literal(text, language=lang or None, datatype=kind))

    def texts(self, subject: str, predicate: str, labels: dict[str, str]) -> None:
        """A text in each of its languages."""
        for lang, text in labels.items():
            self.text(subject, predicate, text, lang=lang)

    def _add(self, subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> None:
        import pyoxigraph as ox

        self._triples.add(ox.Triple(ox.NamedNode(_whole(subject)), ox.NamedNode(_whole(predicate)), value))

    def write(self, out: IO[bytes], base: str) -> None:
        """Write the triples as Turtle, sorted."""
        import pyoxigraph as ox

        ordered = sorted(self._triples, key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))
        lines = "".join(map(str, ordered))
        used = {name: iri for name, iri in sorted(_SPACES.items()) if f"<{iri}" in lines}
        ox.serialize(ordered, out, format=ox.RdfFormat.TURTLE, prefixes={"": base, **used})


def _whole(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return _SPACES[prefix] + local if colon and prefix in _SPACES else name


def write_dcat(job: Job, out: IO[bytes]) -> None:
    """DCAT-AP-SE 3 as Turtle. Raises :class:`DataError` (RG118) where the profile requires more."""
    lookup = job.lookup
    info = read_info(job.project.graph)
    agents = [info.publishing.publisher] if _is_agent(lookup, info.publishing.publisher) else []
    problems = lacking_of(info, agents)
    if problems:
        raise DataError(
            "the graph cannot be described for publishing yet; nothing was written", problems=problems
        )
    base, said = info.base, _Description()
    catalogue, publisher = f"{base}catalog", base + info.publishing.publisher
    said.iri(catalogue, "rdf:type", "dcat:Catalog")
    said.iri(catalogue, "dcat:dataset", base)
    said.iri(catalogue, "dcterms:license", CC0)
    said.iri(catalogue, "dcat:themeTaxonomy", f"{_EU}data-theme")
    said.iri(base, "rdf:type", "dcat:Dataset")
    said.iri(base, "dcterms:accessRights", f"{_EU}access-right/PUBLIC")
    said.iri(base, "dcterms:license", licence_iri(info.licence))
    for subject in (catalogue, base):
        said.texts(subject, "dcterms:title", dict(info.title))
        said.texts(subject, "dcterms:description", dict(info.description))
        said.iri(subject, "dcterms:publisher", publisher)
        for lang in info.languages:
            said.iri(subject, "dcterms:language", f"{_EU}language/{LANGUAGES[lang]}")
    said.iri(publisher, "rdf:type", "foaf:Agent")
    record = lookup.record(info.publishing.publisher)
    said.texts(publisher, "foaf:name", {lang: record.text("name", lang) for lang in info.languages})
    for theme in info.publishing.themes:
        said.iri(base, "dcat:theme", f"{_EU}data-theme/{theme}")
    _contact(said, info)
    _coverage(said, lookup, info)
    _distributions(said, info)
    said.write(out, base)


def _is_agent(lookup: Lookup, id_: str) -> bool:
    record = lookup.get(id_) if id_ else None
    return record is not None and lookup.vocabulary.is_a(record.type, RG + "Agent")


def _contact(said: _Description, info: GraphInfo) -> None:
    contact = info.publishing.contact
    if not contact:
        return
    node = f"{info.base}contact"
    said.iri(info.base, "dcat:contactPoint", node)
    said.iri(node, "rdf:type", "vcard:Organization")
    said.text(node, "vcard:fn", contact["name"])
    said.iri(node, "vcard:hasEmail", f"mailto:{contact['email']}")


def _coverage(said: _Description, lookup: Lookup, info: GraphInfo) -> None:
    """The periods of the documents taken together, and the home city with the IRIs it has elsewhere."""
    rows = list(lookup.rows("SELECT ?b ?e { ?d rg:periodBegin ?b ; rg:periodEnd ?e }"))
    if rows:
        node = f"{info.base}coverage"
        said.iri(info.base, "dcterms:temporal", node)
        said.iri(node, "rdf:type", "dcterms:PeriodOfTime")
        first = min(str(getattr(b, "value", "")) for b, _ in rows)
        last = max(str(getattr(e, "value", "")) for _, e in rows)
        said.text(node, "dcat:startDate", first, datatype="xsd:date")
        said.text(node, "dcat:endDate", last, datatype="xsd:date")
    home = info.base + info.home
    said.iri(info.base, "dcterms:spatial", home)
    said.iri(home, "rdf:type", "dcterms:Location")
    record = lookup.record(info.home)
    said.texts(home, "rdfs:label", {lang: record.text("name", lang) for lang in info.languages})
    for (match,) in lookup.rows(f"SELECT ?m {{ <{home}> skos:exactMatch ?m }}"):
        said.iri(home, "skos:exactMatch", str(getattr(match, "value", "")))


def _distributions(said: _Description, info: GraphInfo) -> None:
    """The files of ``exports/`` that hold the graph, where it is said from where they are served."""
    for file, media in _FILES if info.publishing.at else ():
        node, address = f"{info.base}distribution/{file}", info.publishing.at + file
        said.iri(info.base, "dcat:distribution", node)
        said.iri(node, "rdf:type", "dcat:Distribution")
        said.texts(node, "dcterms:title", {k: v for k, v in _TITLES[file].items() if k in info.languages})
        said.iri(node, "dcat:accessURL", address)
        said.iri(node, "dcat:downloadURL", address)
        said.iri(node, "dcat:mediaType", f"http://www.iana.org/assignments/media-types/{media}")
        said.text(node, "dcterms:format", media)
        said.iri(node, "dcterms:license", licence_iri(info.licence))


# -- VoID ----------------------------------------------------------------------------------------------------


def write_void(job: Job, out: IO[bytes]) -> None:
    """VoID as Turtle: how much of what the graph holds, counted in it."""
    lookup, info = job.lookup, read_info(job.project.graph)
    base, said = info.base, _Description()
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


def _partitions(said: _Description, lookup: Lookup) -> None:
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
