"""The IRIs that relgraph itself knows: its namespace, the predefined prefixes, the names of its graphs."""

from __future__ import annotations

RG = "https://w3id.org/relgraph/ontology#"

#: predefined in every query; the graph's own records are under the empty prefix
PREFIXES = {
    "rg": RG,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "org": "http://www.w3.org/ns/org#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "schema": "http://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def graph_iris(base: str) -> dict[str, str]:
    """The IRIs of the three named graphs, by name."""
    return {name: f"{base}graph/{name}" for name in ("asserted", "derived", "ontology")}
