"""The JSON-LD context under which the plain part of the records' YAML reads as RDF (YAML-LD)."""

from __future__ import annotations

import json

from relgraph.loading.values import LANG_STRING, SCHEMA_CLASSES
from relgraph.namespaces import PREFIXES, RG
from relgraph.vocabulary import TIME_KEYS, KeyRule, Vocabulary

#: keys that the compiler makes nodes of; they have no plain reading
NOT_PLAIN = ("source", "alias", "sections", "notFactual")


def context(vocabulary: Vocabulary, base: str) -> bytes:
    """The context as a JSON document; ``base`` is where the graph's IRIs begin."""
    document = {"@context": terms(vocabulary, base)}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def terms(vocabulary: Vocabulary, base: str) -> dict[str, object]:
    """The context's terms: ids and types, each key's property and how its values are read."""
    rules: dict[str, KeyRule] = {}
    for kind in vocabulary.kinds.values():
        for key, rule in kind.rules.items():
            known = rules.get(key)
            if known is None or (not known.classes and rule.classes):
                rules[key] = rule
    found: dict[str, object] = {"@version": 1.1, "@base": base, "id": "@id", "type": "@type"}
    for name, iri in sorted(PREFIXES.items()):
        found[name] = {"@id": iri, "@prefix": True}
    for kind in vocabulary.kinds.values():
        found[kind.name] = kind.iri
    for key, rule in sorted(rules.items()):
        if key not in NOT_PLAIN:
            found[key] = _term(key, rule, vocabulary)
    for key in NOT_PLAIN:
        found[key] = None
    return found


def _term(key: str, rule: KeyRule, vocabulary: Vocabulary) -> object:
    if key in (*TIME_KEYS, "period"):
        return {"@id": rule.iri, "@type": PREFIXES["edtf"] + "EDTF-level1"}
    if rule.datatype == LANG_STRING:
        return {"@id": rule.iri, "@container": "@language"}
    lists = any(vocabulary.concepts_of(iri) for iri in rule.classes)
    terms = any(iri in SCHEMA_CLASSES for iri in rule.classes)
    if rule.allowed or rule.iri_kind or lists or terms:
        return {"@id": rule.iri, "@type": "@vocab", "@context": {"@vocab": RG}}
    if rule.classes:
        return {"@id": rule.iri, "@type": "@id"}
    if rule.datatype and rule.datatype != PREFIXES["xsd"] + "string":
        return {"@id": rule.iri, "@type": rule.datatype}
    return {"@id": rule.iri}
