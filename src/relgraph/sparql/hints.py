"""Why a query found nothing: names of its own that occur nowhere in the graph, or never in that role.

Asked only after an answer without rows, in a worker of its own under the query's limits; the engine looks in
its indexes for a dozen names at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path

from relgraph.errors import RelgraphError
from relgraph.namespaces import PREFIXES
from relgraph.sparql.lexer import QueryInfo, inspect
from relgraph.sparql.mentions import Mention, mentions
from relgraph.sparql.run import Limits, Outcome, run
from relgraph.sparql.terms import shorten

#: names asked about, and hints given, at most
NAMES, HINTS = 12, 5
#: seconds for the search of near matches, which may go through the whole graph
_SEARCH = 3.0
_PROPERTY = " ".join(
    f"<{PREFIXES[prefix]}{name}>"
    for prefix, name in (
        ("rdf", "Property"),
        ("owl", "ObjectProperty"),
        ("owl", "DatatypeProperty"),
        ("owl", "AnnotationProperty"),
    )
)
_LEAD = {"ask": "false", "select": "0 rows", "construct": "0 triples", "describe": "0 triples"}


def why_nothing(
    store: Path,
    text: str,
    outcome: Outcome,
    *,
    prefixes: Mapping[str, str],
    params: Mapping[str, str] | None = None,
    limits: Limits | None = None,
) -> list[str]:
    """What can be told about the names in a query whose outcome is ``nothing``; one line each, five at most.

    Empty for an outcome with rows (nothing is then asked of the engine), and where looking took too long.
    """
    if not outcome.nothing:
        return []
    limits = limits or Limits()
    info = inspect(text)
    asked = mentions(info, prefixes)
    asked += [
        Mention(f"--param {name} {_short(value[1:-1], prefixes)}", value[1:-1], "node")
        for name, value in (params or {}).items()
        if value.startswith("<")
    ]
    asked = asked[:NAMES]
    try:
        facts = _facts(store, asked, limits)
        told = [(mention, _told(mention, facts[mention.iri])) for mention in asked if mention.iri in facts]
        missing = [mention for mention, what in told if what == _NOWHERE][:HINTS]
        near = _near(store, missing, _known(info, prefixes), limits)
    except (RelgraphError, OSError):
        return []  # a hint is no reason to fail
    lead = "the count is 0" if outcome.blank else _LEAD.get(outcome.form, "nothing")
    lines = []
    for mention, what in told:
        shown = re.sub(r"[\x00-\x1f\x7f-\x9f]", "�", mention.text)
        ask = near.get(mention.iri) if what == _NOWHERE else None
        if what:
            lines.append(f"{lead}: `{shown}` {what}" + (f" (did you mean {ask}?)" if ask else ""))
    return list(dict.fromkeys(lines))[:HINTS]


_NOWHERE = "occurs nowhere in the graph"


def _told(mention: Mention, facts: Mapping[str, bool]) -> str:
    anywhere = any(facts[name] for name in ("node", "verb", "graph"))
    if mention.role == "graph" and not facts["graph"]:
        return "is no graph of this dataset"
    if not anywhere:
        return _NOWHERE
    if mention.role == "property" and not facts["verb"]:
        if facts["property"]:
            return "is defined, but no statement uses it"
        return "occurs in the graph, but never as a property"
    if mention.role == "class" and not facts["class"]:
        if facts["property"]:
            return "is a property, and nothing is of that class"
        return "is defined, but nothing is of that class"
    return ""


def _facts(store: Path, asked: Iterable[Mention], limits: Limits) -> dict[str, dict[str, bool]]:
    """What the graph has of each name: as subject or object, verb, class, graph; whether it is a property."""
    iris = " ".join(dict.fromkeys(f"<{mention.iri}>" for mention in asked))
    if not iris:
        return {}
    rows = _rows(
        store,
        f"""SELECT * {{ VALUES ?t {{ {iris} }}
          BIND((EXISTS {{ ?t ?p1 ?o1 }} || EXISTS {{ ?s2 ?p2 ?t }}) AS ?node)
          BIND(EXISTS {{ ?s3 ?t ?o3 }} AS ?verb)
          BIND(EXISTS {{ ?s4 a ?t }} AS ?class)
          BIND(EXISTS {{ GRAPH ?t {{ ?s5 ?p5 ?o5 }} }} AS ?graph)
          BIND(EXISTS {{ VALUES ?k {{ {_PROPERTY} }} ?t a ?k }} AS ?property) }}""",
        limits,
    )
    names = ("node", "verb", "class", "graph", "property")
    return {row["t"]: {name: row.get(name) == "true" for name in names} for row in rows}


def _near(
    store: Path, missing: Iterable[Mention], prefixes: Mapping[str, str], limits: Limits
) -> dict[str, str]:
    """For each IRI the nearest name that does occur, if any is: in its namespace, or so called elsewhere."""
    wanted = {mention.iri: _split(mention.iri) for mention in missing}
    tests = []
    for namespace, local in wanted.values():
        if namespace and local:
            size = len(namespace) + len(local)
            tests.append(f'STRSTARTS(STR(?c), "{namespace}") && ABS(STRLEN(STR(?c)) - {size}) <= 3')
            tests += [f'STRENDS(STR(?c), "{mark}{local}")' for mark in "#/"]
    if not tests:
        return {}
    where = "{ ?c a ?k } UNION { ?s1 a ?c } UNION { ?s2 ?c ?o2 }"
    query = f"SELECT DISTINCT ?c {{ {where} FILTER(isIRI(?c) && ({' || '.join(tests)})) }} LIMIT 5000"
    try:
        rows = _rows(store, query, limits._replace(timeout=min(limits.timeout, _SEARCH)))
    except RelgraphError:
        return {}  # what is known without it can still be told
    known = sorted(row["c"] for row in rows)
    found = {iri: _nearest(*wanted[iri], known) for iri in wanted}
    return {iri: _short(best, prefixes) for iri, best in found.items() if best}


def _nearest(namespace: str, local: str, known: Iterable[str]) -> str:
    from difflib import SequenceMatcher

    best, best_ratio = "", 0.0
    matcher = SequenceMatcher(b=local.casefold())
    for iri in known:
        there, name = _split(iri)
        matcher.set_seq1(name.casefold())
        if there != namespace and name != local:
            continue
        if matcher.quick_ratio() < 0.7 or matcher.ratio() < 0.7:
            continue
        # of two that are about as near: one of its own namespace, and a class for a class, by its capital
        same = (there == namespace) + (name[:1].isupper() == local[:1].isupper())
        ratio = matcher.ratio() + 0.05 * same
        if ratio > best_ratio:
            best, best_ratio = iri, ratio
    return best


def _split(iri: str) -> tuple[str, str]:
    at = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:at], iri[at:]


def _known(info: QueryInfo, prefixes: Mapping[str, str]) -> dict[str, str]:
    return {**prefixes, **info.prefixes}


def _short(iri: str, prefixes: Mapping[str, str]) -> str:
    short = shorten(iri, prefixes)
    return short if short != iri else f"<{iri}>"


def _rows(store: Path, query: str, limits: Limits) -> list[dict[str, str]]:
    import json

    out = BytesIO()
    run(store, query, format="json", out=out, timeout=limits.timeout, memory=limits.memory)
    bindings = json.loads(out.getvalue())["results"]["bindings"]
    return [{name: cell["value"] for name, cell in row.items()} for row in bindings]
