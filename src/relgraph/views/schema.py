"""JSON Schema of the record files, for editors: keys by type, ids by class, concepts by list, with labels.

Made from the same rules that loading enforces (draft 7, which YAML editors read best). It helps while typing;
what decides is ``relgraph check``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from relgraph.loading import Dataset
from relgraph.loading.publishing import THEMES
from relgraph.loading.records import ID, ID_LENGTH, RESERVED
from relgraph.loading.values import LANG_STRING, SCHEMA_CLASSES, XSD
from relgraph.namespaces import RG
from relgraph.vocabulary import TIME_KEYS, KeyRule, Kind, Vocabulary, local_name, pick

Schema: TypeAlias = dict[str, Any]

UNSETTLED = RG + "UnsettledRelationship"
DRAFT = "http://json-schema.org/draft-07/schema#"
_NUMBERS: Mapping[str, Schema] = {
    XSD + "integer": {"type": "integer"},
    XSD + "nonNegativeInteger": {"type": "integer", "minimum": 0},
    XSD + "positiveInteger": {"type": "integer", "minimum": 1},
    XSD + "decimal": {"type": "number"},
    XSD + "boolean": {"type": "boolean"},
    XSD + "anyURI": {"type": "string", "format": "uri", "pattern": "^https?://"},
}
#: a text may look like a number or a truth value to a YAML editor; it is a text nevertheless
_TEXT = {"type": ["string", "number", "boolean"]}
_RANGE = {
    "type": "array",
    "items": {"type": "integer", "minimum": 0},
    "minItems": 2,
    "maxItems": 2,
}


def schema(vocabulary: Vocabulary, dataset: Dataset) -> bytes:
    """The schema of a graph's YAML files as JSON, with the ids of its records."""
    whole = _Writer(vocabulary, dataset).whole()
    definitions = whole.pop("definitions")
    # one definition a line: a change shows as a changed line, and the file stays small
    lines = ",\n".join(f"{_json(name)}: {_json(found)}" for name, found in definitions.items())
    return f'{_json(whole)[:-1]}, "definitions": {{\n{lines}\n}}}}\n'.encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


class _Writer:
    """Writes the schema of one graph; definitions are made once, when a key first needs them."""

    def __init__(self, vocabulary: Vocabulary, dataset: Dataset) -> None:
        self.vocabulary = vocabulary
        self.dataset = dataset
        self.languages = (*dataset.info.languages, *dataset.info.other_languages)
        self.definitions: dict[str, Schema] = {}

    def whole(self) -> Schema:
        """The schema: a list of records, or the description of the graph (``graph.yaml``)."""
        kinds = [k for _, k in sorted(self.vocabulary.kinds.items()) if k.is_a(RG + "Record")]
        usable = [kind for kind in kinds if kind.rules and not self._is_abstract(kind)]
        self.definitions.update({kind.name: self._kind(kind) for kind in usable})
        cases = [self._case(kind) for kind in usable if not kind.is_a(UNSETTLED)]
        for kind in usable:
            if kind.is_a(UNSETTLED):
                own = {"if": _of_type(kind), "then": {"$ref": f"#/definitions/{kind.name}"}}
                cases.append(own)
                cases += [self._case(kind, other) for other in usable if other.is_a(RG + "Relationship")]
        record: Schema = {
            "type": "object",
            "required": ["id", "type"],
            "properties": {
                "id": {
                    "type": "string",
                    "pattern": f"^{ID.pattern}$",
                    "maxLength": ID_LENGTH,
                    "not": {"enum": sorted(RESERVED)},
                },
                "type": {"enum": [kind.name for kind in usable]},
            },
            "allOf": cases,
        }
        self.definitions["record"] = record
        self.definitions["citation"] = self._citation()
        self.definitions["aliases"] = _listed(self._alias())
        self.definitions["graph"] = self._graph()
        return {
            "$schema": DRAFT,
            "title": pick(self.dataset.info.title, "en"),
            "if": {"type": "array"},
            "then": {"type": "array", "items": {"$ref": "#/definitions/record"}},
            "else": {"$ref": "#/definitions/graph"},
            "definitions": dict(sorted(self.definitions.items())),
        }

    def _is_abstract(self, kind: Kind) -> bool:
        """Whether a class only gathers others: it has no sentence of its own and kinds below it."""
        below = any(kind.iri in other.parents for other in self.vocabulary.kinds.values())
        return below and not kind.templates

    def _kind(self, kind: Kind) -> Schema:
        """The keys of one type."""
        rules = dict(sorted(kind.rules.items()))
        found: Schema = {
            "description": self._described(kind.labels, kind.comments),
            "properties": {
                **{key: self._key(key, rule) for key, rule in rules.items()},
                "alias": {"$ref": "#/definitions/aliases"},
            },
            "required": [key for key, rule in rules.items() if rule.minimum],
        }
        if kind.is_a(RG + "Document"):
            found["properties"].update(_document())
        return found

    def _case(self, kind: Kind, reading: Kind | None = None) -> Schema:
        """A record of that type has its keys and no other; one that reads as another type, that one's too."""
        both = [kind] if reading is None else [kind, reading]
        tell = _of_type(kind)
        if reading is not None:
            tell["properties"]["readsAs"] = {"const": reading.name}
            tell["required"].append("readsAs")
        known = {"id", "type"}.union(*(self.definitions[k.name]["properties"] for k in both))
        then: list[Schema] = [{"$ref": f"#/definitions/{k.name}"} for k in both]
        return {
            "if": tell,
            "then": {"allOf": [*then, {"propertyNames": {"enum": sorted(known)}}]},
        }

    def _key(self, key: str, rule: KeyRule) -> Schema:
        prop = self.vocabulary.properties[key]
        described = {"description": self._described(prop.labels, {})}
        if key == "source":
            return {**described, **_one_or_more({"$ref": "#/definitions/citation"}, rule)}
        if key == "readsAs":
            kinds = sorted(k.name for k in self.vocabulary.kinds.values() if k.is_a(RG + "Relationship"))
            return {**described, "enum": kinds}
        if key in TIME_KEYS:
            return {**described, **self._defined("time", _time())}
        if rule.datatype == LANG_STRING:
            one: Schema = _TEXT if rule.unique_lang else _one_or_more(_TEXT, rule)
            texts = dict.fromkeys(self.languages, one)
            return {**described, "type": "object", "properties": texts, "additionalProperties": False}
        return {**described, **_one_or_more(self._value(rule), rule)}

    def _value(self, rule: KeyRule) -> Schema:
        if rule.allowed:
            return {"enum": sorted(local_name(item) for item in rule.allowed)}
        if rule.classes:
            return self._reference(rule.classes)
        if rule.iri_kind:
            return self._term()
        other = _time() if rule.datatype == XSD + "date" else _TEXT
        found: Schema = {**_NUMBERS.get(rule.datatype, other)}
        if rule.pattern:
            found["pattern"] = rule.pattern
        if rule.low:
            found["minimum"] = float(rule.low)
        if rule.high:
            found["maximum"] = float(rule.high)
        return found

    def _reference(self, classes: Sequence[str]) -> Schema:
        """The concepts of the list, or the ids of the records, that are of every class asked for."""
        if any(iri in SCHEMA_CLASSES for iri in classes):
            return self._term()
        name = "one-of-" + "-and-".join(sorted(local_name(iri) for iri in classes))
        if name in self.definitions:
            return {"$ref": f"#/definitions/{name}"}
        names = sorted({n for iri in classes for n in self.vocabulary.concepts_of(iri)})
        ids = [
            record.id
            for record in self.dataset.records
            if all(self.vocabulary.is_a(record.type, iri) for iri in classes)
        ]
        return self._defined(name, {"enum": sorted({*names, *ids})} if names or ids else {"type": "string"})

    def _term(self) -> Schema:
        """A class or property of the ontology, or a whole IRI."""
        names = sorted({*self.vocabulary.kinds, *self.vocabulary.properties})
        return self._defined(
            "term", {"anyOf": [{"enum": names}, {"type": "string", "pattern": "^https?://"}]}
        )

    def _defined(self, name: str, found: Schema) -> Schema:
        self.definitions.setdefault(name, found)
        return {"$ref": f"#/definitions/{name}"}

    def _described(self, labels: Mapping[str, str], comments: Mapping[str, str]) -> str:
        """Labels and comments in the graph's languages, for the editor's help."""
        parts: list[str] = []
        for lang in self.dataset.info.languages:
            label, comment = labels.get(lang, ""), comments.get(lang, "")
            if label or comment:
                parts.append(": ".join(filter(None, (label, comment))))
        return "\n".join(dict.fromkeys(parts))

    def _citation(self) -> Schema:
        certainties = sorted(self.vocabulary.concepts_of(RG + "Certainty"))
        return {
            "type": "object",
            "required": ["document"],
            "additionalProperties": False,
            "properties": {
                "document": {"enum": sorted(self.dataset.documents)},
                "section": {"type": ["string", "integer"]},
                "range": _RANGE,
                "locator": {"type": ["string", "integer"]},
                "supports": _listed({"enum": self._supported()}),
                "certainty": {"enum": certainties},
            },
        }

    def _supported(self) -> list[str]:
        """The keys that a source can support: all but those that say where and what a record is."""
        keys = {key for kind in self.vocabulary.kinds.values() for key in kind.rules}
        return sorted({*keys, "type"} - {"source"})

    def _alias(self) -> Schema:
        statuses = sorted(self.vocabulary.concepts_of(RG + "AliasStatus"))
        mapping = {
            "type": "object",
            "required": ["name"],
            "additionalProperties": False,
            "properties": {
                "name": _TEXT,
                "lang": {"enum": list(self.languages)},
                "status": {"enum": statuses},
                "source": _listed({"$ref": "#/definitions/citation"}),
            },
        }
        return {"anyOf": [_TEXT, mapping]}

    def _graph(self) -> Schema:
        texts = {"type": "object", "additionalProperties": _TEXT}
        names = _listed({"type": "string"})
        return {
            "type": "object",
            "required": ["title", "base", "homeCity"],
            "additionalProperties": False,
            "properties": {
                "title": texts,
                "description": texts,
                "base": {"type": "string", "pattern": "^https?://.*[/#]$"},
                "homeCity": {"enum": sorted(record.id for record in self.dataset.records)},
                "languages": names,
                "otherLanguages": names,
                "licence": {"type": "string"},
                "descriptionLicence": {"type": "string"},
                "publisher": {
                    "anyOf": [
                        {"enum": sorted(record.id for record in self.dataset.records)},
                        {
                            "type": "object",
                            "required": ["name"],
                            "additionalProperties": False,
                            "properties": {"name": {"anyOf": [{"type": "string"}, texts]}},
                        },
                    ]
                },
                "publishedAt": {"type": "string", "pattern": "^https?://.*/$"},
                "themes": {"type": "array", "items": {"enum": list(THEMES)}},
                "contact": {
                    "type": "object",
                    "required": ["name", "email"],
                    "additionalProperties": False,
                    "properties": {"name": {"type": "string"}, "email": {"type": "string"}},
                },
                "briefings": _listed({"enum": sorted(record.id for record in self.dataset.records)}),
            },
        }


def _of_type(kind: Kind) -> Schema:
    """What tells the records of a type."""
    return {"properties": {"type": {"const": kind.name}}, "required": ["type"]}


def _listed(one: Schema) -> Schema:
    return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}


def _one_or_more(one: Schema, rule: KeyRule) -> Schema:
    """A value, or a list of as many as the rule allows."""
    several: Schema = {"type": "array", "items": one, "minItems": max(1, rule.minimum)}
    if rule.maximum is not None:
        several["maxItems"] = rule.maximum
    return several if rule.minimum > 1 else {"anyOf": [one, several]}


def _time() -> Schema:
    """EDTF, or the two ends of what is possible."""
    text = {"type": ["string", "integer"], "examples": ["2019", "2019-10", "2019-22", "2019~", "2018/2021"]}
    ends = {
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "properties": {
            "earliest": {"type": ["string", "integer"]},
            "latest": {"type": ["string", "integer"]},
        },
    }
    return {"anyOf": [text, ends]}


def _document() -> dict[str, Schema]:
    """The keys of a document that are structure, not statements."""
    section = {
        "type": "object",
        "required": ["number", "range"],
        "properties": {
            "number": {"type": ["string", "integer"]},
            "name": {"type": "object"},
            "range": _RANGE,
        },
        "additionalProperties": False,
    }
    listed = {
        "type": "object",
        "required": ["range", "reason"],
        "properties": {
            "section": {"type": ["string", "integer"]},
            "range": _RANGE,
            "reason": {"type": "string"},
        },
        "additionalProperties": False,
    }
    return {
        "characters": {"type": "integer", "minimum": 0},
        "sha256": {"type": ["string", "integer"], "pattern": "^[0-9a-f]{64}$"},
        "period": _time(),
        "sections": {"type": "array", "items": section},
        "notFactual": {"type": "array", "items": listed},
    }
