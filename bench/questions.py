"""The queries that both sides answer: plain SPARQL 1.1, home city as ``:HOME``.

They are written so that rdflib does well by them: it joins in the order of how much of a pattern is bound.
Where two patterns without a common variable come first it tries all pairs, and is then easily a thousand
times slower, which would tell nothing.
"""

from __future__ import annotations

from pathlib import Path

from relgraph.namespaces import PREFIXES

FORMAL = """
SELECT ?agreement ?name ?partner ?year ?level ?section ?start ?end {
  ?agreement a rg:Agreement ; rg:legalStatus rg:formal ; rg:party :HOME , ?other .
  FILTER(?other != :HOME)
  ?agreement rdfs:label ?name . FILTER(LANG(?name) = "en")
  ?other rdfs:label ?partner . FILTER(LANG(?partner) = "en")
  OPTIONAL { ?agreement rg:from ?year }
  OPTIONAL { ?assessment rg:of ?agreement ; a rg:ActivityAssessment ; rg:level ?level }
  ?agreement prov:wasDerivedFrom ?citation .
  ?citation rg:section ?section ; oa:hasSelector ?place .
  ?place oa:start ?start ; oa:end ?end .
} ORDER BY ?agreement ?other ?level ?start"""

COUNT = """
SELECT ?kind (COUNT(DISTINCT ?relationship) AS ?number) {
  ?relationship a rg:AffirmedRelationship ; a ?kind ; rg:latestEnd ?end .
  FILTER(?end >= "2020-01-01"^^xsd:date)
} GROUP BY ?kind ORDER BY DESC(?number) ?kind"""

CITED = """
SELECT ?section (COUNT(*) AS ?number) {
  ?record a rg:Relationship ; prov:wasDerivedFrom ?citation .
  ?citation rg:section ?section .
} GROUP BY ?section ORDER BY ?section"""

NEIGHBOURS = """
SELECT ?agent (COUNT(DISTINCT ?relationship) AS ?number) {
  ?relationship ?other :HOME ; a rg:Relationship ; ?role ?agent .
  FILTER(?agent != :HOME) FILTER EXISTS { ?agent a rg:Agent }
} GROUP BY ?agent ORDER BY DESC(?number) ?agent LIMIT 20"""

#: by whole process, and inside one process
PROCESS = {"formal cooperations": FORMAL, "count by kind": COUNT}
INSIDE = {"formal cooperations": FORMAL, "citations by section": CITED, "neighbours of the city": NEIGHBOURS}


def complete(query: str, base: str, home: str) -> str:
    """The query with its prefixes, as any engine takes it."""
    prologue = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in sorted(PREFIXES.items()))
    return f"{prologue}PREFIX : <{base}>\n" + query.replace(":HOME", f"<{base}{home}>")


def write(folder: Path, base: str, home: str) -> dict[str, Path]:
    """The queries for whole processes as files, by name."""
    found = {}
    for number, (name, query) in enumerate(PROCESS.items(), start=1):
        path = folder / f"question-{number}.rq"
        path.write_text(complete(query, base, home), encoding="utf-8")
        found[name] = path
    return found
