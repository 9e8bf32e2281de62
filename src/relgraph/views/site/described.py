"""Records for search engines and programs: schema.org, and the records themselves as JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from relgraph.lookup import Lookup
from relgraph.model import Record
from relgraph.namespaces import PREFIXES
from relgraph.views.export.publishing import covered
from relgraph.views.jsonld import jsonld_data
from relgraph.views.site.frame import Site

SCHEMA = "http://schema.org/"
#: no remote context: what reads the page needs to fetch nothing
CONTEXT = {"@vocab": SCHEMA}


def entity(site: Site, record: Record, ids: Iterable[str]) -> list[dict[str, Any]]:
    """Two documents: a record in schema.org's terms; the records of its page (``ids``) as in the store."""
    lookup = site.lookup
    base = lookup.compiled.base
    said: dict[str, Any] = {"@id": base + record.id, "@type": types_of(lookup, record)}
    names = [{"@value": v, "@language": k} for k, v in sorted(site.subjects[record.id].titles.items()) if v]
    said["name"] = [name if name["@language"] else name["@value"] for name in names]
    if aliases := sorted({alias.name.value for alias in record.aliases if not alias.is_mistaken}):
        said["alternateName"] = aliases
    if same := site.elsewhere.get(record.id):
        said["sameAs"] = [{"@id": iri} for iri in same]
    if place := site.coordinates.get(record.id):
        said["geo"] = {"@type": "GeoCoordinates", "latitude": place[0], "longitude": place[1]}
    said["isPartOf"] = {"@id": base, "@type": "Dataset"}
    return [{"@context": CONTEXT, **said}, jsonld_data(lookup, ids)]


def types_of(lookup: Lookup, record: Record) -> list[str]:
    """The nearest classes of schema.org that the ontology ties a record's kind to, else ``Thing``.

    schema.org's word for a kind that W3C's ontology calls an organization is ``Organization``.
    """
    kind = lookup.vocabulary.speaking_kind(record)
    found = [iri.removeprefix(SCHEMA) for iri in kind.parents if iri.startswith(SCHEMA)]
    return found[:1] or ["Organization" if f"{PREFIXES['org']}Organization" in kind.parents else "Thing"]


def dataset(site: Site) -> list[dict[str, Any]]:
    """The graph as a dataset in schema.org's terms: what is known of it, nothing else."""
    lookup, info = site.lookup, site.info
    said: dict[str, Any] = {"@id": lookup.compiled.base, "@type": "Dataset"}
    for key, texts in (("name", info.title), ("description", info.description)):
        if texts:
            said[key] = [{"@value": text, "@language": lang} for lang, text in sorted(texts.items())]
    said["inLanguage"] = list(info.languages)
    if info.licence:
        said["license"] = info.licence
    if days := covered(lookup):
        said["temporalCoverage"] = "/".join(days)
    if lookup.compiled.home:
        said["spatialCoverage"] = {"@id": lookup.compiled.base + lookup.compiled.home}
    return [{"@context": CONTEXT, **said}]
