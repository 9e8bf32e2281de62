"""The graph as a published dataset: DCAT-AP-SE 3 (https://docs.dataportal.se/dcat/3.0.1/en/).

What is no record is named below ``dcat/``, where no record can be. What ``graph.yaml`` does not say is not
written. Without what the profile requires there is no description, but problems that tell where to write it
(RG118).
"""

from __future__ import annotations

from typing import IO

from relgraph.errors import DataError
from relgraph.loading import GraphInfo, lacking_of, read_info
from relgraph.loading.publishing import CC0, LANGUAGES, licence_iri
from relgraph.lookup import Lookup
from relgraph.namespaces import RG
from relgraph.views.export.description import Description
from relgraph.views.export.registry import Job

_EU = "http://publications.europa.eu/resource/authority/"
#: the files of exports/ that hold the graph, and their media types
_FILES = (("graph.ttl", "text/turtle"), ("map.html", "text/html"))
_TITLES = {
    "graph.ttl": {"sv": "Grafen som RDF (Turtle)", "en": "The graph as RDF (Turtle)"},
    "map.html": {"sv": "Relationskartan", "en": "The relationship map"},
}


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
    base, said = info.base, Description()
    catalogue, publisher = f"{base}dcat/catalog", _publisher(said, lookup, info)
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
    for theme in info.publishing.themes:
        said.iri(base, "dcat:theme", f"{_EU}data-theme/{theme}")
    _contact(said, info)
    _coverage(said, lookup, info)
    _distributions(said, info)
    said.write(out, base)


def _publisher(said: Description, lookup: Lookup, info: GraphInfo) -> str:
    """Describe who publishes the graph: a record of it, or somebody who has none; the IRI."""
    id_, names = info.publishing.publisher, dict(info.publishing.names)
    if id_:
        names = {lang: lookup.record(id_).text("name", lang) for lang in info.languages}
    publisher = info.base + (id_ or "dcat/publisher")
    said.iri(publisher, "rdf:type", "foaf:Agent")
    said.texts(publisher, "foaf:name", names)
    return publisher


def _is_agent(lookup: Lookup, id_: str) -> bool:
    record = lookup.get(id_) if id_ else None
    return record is not None and lookup.vocabulary.is_a(record.type, RG + "Agent")


def _contact(said: Description, info: GraphInfo) -> None:
    contact = info.publishing.contact
    if not contact:
        return
    node = f"{info.base}dcat/contact"
    said.iri(info.base, "dcat:contactPoint", node)
    said.iri(node, "rdf:type", "vcard:Organization")
    said.text(node, "vcard:fn", contact["name"])
    said.iri(node, "vcard:hasEmail", f"mailto:{contact['email']}")


def covered(lookup: Lookup) -> tuple[str, str] | None:
    """The first and the last day (ISO 8601) of the documents' periods taken together; None without any."""
    rows = list(lookup.rows("SELECT ?b ?e { ?d rg:periodBegin ?b ; rg:periodEnd ?e }"))
    days = [[str(getattr(day, "value", "")) for day in row] for row in rows]
    return (min(b for b, _ in days), max(e for _, e in days)) if days else None


def _coverage(said: Description, lookup: Lookup, info: GraphInfo) -> None:
    """The periods of the documents taken together, and the home city with the IRIs it has elsewhere."""
    if days := covered(lookup):
        node = f"{info.base}dcat/coverage"
        said.iri(info.base, "dcterms:temporal", node)
        said.iri(node, "rdf:type", "dcterms:PeriodOfTime")
        said.text(node, "dcat:startDate", days[0], datatype="xsd:date")
        said.text(node, "dcat:endDate", days[1], datatype="xsd:date")
    home = info.base + info.home
    said.iri(info.base, "dcterms:spatial", home)
    said.iri(home, "rdf:type", "dcterms:Location")
    record = lookup.record(info.home)
    said.texts(home, "rdfs:label", {lang: record.text("name", lang) for lang in info.languages})
    for (match,) in lookup.rows(f"SELECT ?m {{ <{home}> skos:exactMatch ?m }}"):
        said.iri(home, "skos:exactMatch", str(getattr(match, "value", "")))


def _distributions(said: Description, info: GraphInfo) -> None:
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
