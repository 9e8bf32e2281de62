"""One record: from a YAML mapping to a :class:`relgraph.model.Record`, held to its kind's rules.

Codes: RG101 no record · RG102 unknown type · RG103 unknown key · RG107 missing key · RG108 too many values ·
RG114 unsafe id · RG116 malformed source or alias.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field, replace

from relgraph.loading.dataset import Document
from relgraph.loading.values import LANG_STRING, Placed, ValueReader, suggestion
from relgraph.model import Alias, Citation, Edtf, Position, Record, Term, Text
from relgraph.namespaces import RG
from relgraph.reading import Mapping, Node, Scalar, Sequence
from relgraph.sources.segments import Section
from relgraph.sources.verify import NotFactual
from relgraph.vocabulary import STRUCTURAL_KEYS, TIME_KEYS, KeyRule, Kind, Vocabulary, local_name

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ID_LENGTH = 100
#: names that Windows keeps for devices: no file can bear them
RESERVED = {"con", "prn", "aux", "nul"} | {f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10)}
DOCUMENT_KEYS = ("characters", "sha256", "period", "sections", "notFactual")
_SOURCE = 'write source: {document: …, section: "6", range: [9389, 9444]}'
_NUMBER = re.compile(r"[0-9]{1,11}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CITATION_KEYS = ("document", "section", "range", "locator", "supports", "certainty")
_ALIAS_KEYS = ("name", "lang", "status", "source")


@dataclass(slots=True)
class Loaded:
    """What one mapping became, and the references in it that are still to be looked up."""

    record: Record
    kind: Kind
    rules: MappingType[str, KeyRule]
    placed: dict[str, list[Placed]] = field(default_factory=dict)
    document: Document | None = None


class RecordReader:
    """Reads records one after another; its ``values`` reader gathers the problems."""

    def __init__(self, vocabulary: Vocabulary, values: ValueReader) -> None:
        self.vocabulary = vocabulary
        self.values = values
        self.certainties = set(vocabulary.concepts_of(RG + "Certainty"))
        self.statuses = set(vocabulary.concepts_of(RG + "AliasStatus"))
        self.supported: dict[tuple[Position | None, str], Position] = {}

    def read(self, node: Node) -> Loaded | None:
        """The record of a mapping; None where it has no usable id or type."""
        fault = self.values.fault
        if not isinstance(node, Mapping):
            fault(
                "RG101",
                "a record is a mapping with id and type",
                node.position,
                "write id: …, type: … and its other keys",
            )
            return None
        identity, kind = self._id(node), self._kind(node)
        if identity is None or kind is None:
            return None
        self._reading(kind, node)
        rules = self._rules(kind, node)
        positions = {key.text: key.position for key, _ in node.entries}
        loaded = Loaded(Record(identity, kind.name, position=node.position), kind, rules)
        sources: tuple[Citation, ...] = ()
        aliases: tuple[Alias, ...] = ()
        is_document = kind.is_a(RG + "Document")
        for key, value in node.entries:
            if key.text in ("id", "type") or (is_document and key.text in DOCUMENT_KEYS):
                continue
            if key.text == "source" and "source" in rules:
                sources = tuple(self._citations(value))
            elif key.text == "alias":
                aliases = tuple(self._aliases(value))
            elif key.text in TIME_KEYS and key.text in rules:
                moment = self.values.edtf(key.text, value)
                if moment is not None:
                    loaded.placed[key.text] = [Placed(moment, value.position)]
            elif key.text in rules:
                loaded.placed[key.text] = list(self.values.read(rules[key.text], value))
            elif not self._reads_as_nothing(kind, node):
                known = [key for key in (*rules, *STRUCTURAL_KEYS) if key != "source" or key in rules]
                known += DOCUMENT_KEYS if is_document else ()
                hint = suggestion(key.text, known) or f"{kind.name} takes {', '.join(sorted(rules))}"
                fault("RG103", f"'{key.text}' is no key of {kind.name}", key.position, hint)
        if is_document:
            loaded.document = self._document(identity, node)
        values = {key: tuple(p.value for p in placed) for key, placed in loaded.placed.items() if placed}
        loaded.record = replace(
            loaded.record, values=values, sources=sources, aliases=aliases, positions=positions
        )
        self._cardinality(loaded, node)
        self._supports(loaded)
        return loaded

    def _id(self, node: Mapping) -> str | None:
        value = node.get("id")
        if not isinstance(value, Scalar):
            self.values.fault("RG101", "a record needs an id", node.position, "for example id: hong-kong")
            return None
        if not ID.fullmatch(value.text) or len(value.text) > ID_LENGTH or value.text in RESERVED:
            self.values.fault(
                "RG114",
                f"'{value.text[:60]}' cannot be an id",
                value.position,
                f"use a-z, 0-9 and single hyphens, up to {ID_LENGTH} characters; no device name of Windows",
            )
            return None
        return value.text

    def _kind(self, node: Mapping) -> Kind | None:
        value = node.get("type")
        if not isinstance(value, Scalar):
            self.values.fault("RG101", "a record needs a type", node.position, "for example type: City")
            return None
        kind = self.vocabulary.kinds.get(value.text)
        if kind is None or not kind.is_a(RG + "Record"):
            known = {n: k for n, k in self.vocabulary.kinds.items() if k.is_a(RG + "Record")}
            self.values.fault(
                "RG102",
                f"'{value.text}' is not a known type",
                value.position,
                suggestion(value.text, known) or "the types are the classes of ontology/*.ttl",
            )
            return None
        return kind

    def _rules(self, kind: Kind, node: Mapping) -> MappingType[str, KeyRule]:
        """The rules of the kind; an unsettled record takes the keys of the kind that it reads as, too."""
        reads_as = node.get("readsAs")
        if not kind.is_a(RG + "UnsettledRelationship") or not isinstance(reads_as, Scalar):
            return kind.rules
        other = self.vocabulary.kinds.get(reads_as.text)
        return {**(other.rules if other else {}), **kind.rules}

    def _reading(self, kind: Kind, node: Mapping) -> None:
        """What an unsettled record reads as is a kind of relationship, and a settled one."""
        value = node.get("readsAs")
        if not kind.is_a(RG + "UnsettledRelationship") or not isinstance(value, Scalar):
            return
        other = self.vocabulary.kinds.get(value.text)
        if other and (not other.is_a(RG + "Relationship") or other.is_a(RG + "UnsettledRelationship")):
            self.values.fault(
                "RG115",
                f"a relationship cannot be read as {other.name}",
                value.position,
                "write the type that it has if it is so, such as Visit",
            )

    def _reads_as_nothing(self, kind: Kind, node: Mapping) -> bool:
        """Whether the kind that an unsettled record reads as is unknown: then nobody knows its keys."""
        reads_as = node.get("readsAs")
        word = reads_as.text if isinstance(reads_as, Scalar) else ""
        return kind.is_a(RG + "UnsettledRelationship") and word not in self.vocabulary.kinds

    def _cardinality(self, loaded: Loaded, node: Mapping) -> None:
        record, fault = loaded.record, self.values.fault
        for key, rule in sorted(loaded.rules.items()):
            if key == "source":
                count = len(record.sources)
            elif key == "alias":
                count = len(record.aliases)
            else:
                count = len(record.values.get(key, ()))
            if count < rule.minimum and (key not in record.positions or count):
                wanted = "at least one source" if key == "source" else f"'{key}'"
                few = f", {rule.minimum} at least" if rule.minimum > 1 else ""
                hint = _SOURCE if key == "source" else f"write {key}: …, or another type if it has none"
                fault("RG107", f"{loaded.kind.name} '{record.id}' needs {wanted}{few}", node.position, hint)
            if rule.maximum is not None and count > rule.maximum:
                fault(
                    "RG108",
                    f"'{key}' takes at most {rule.maximum}, and {count} are given",
                    record.at(key) or node.position,
                    "keep the one that the source says, or write two records",
                )

    def _supports(self, loaded: Loaded) -> None:
        for citation in loaded.record.sources:
            for key in citation.supports:
                if key not in loaded.record.values and key not in ("alias", "type"):
                    self.values.fault(
                        "RG117",
                        f"the source supports '{key}', which this record does not have",
                        self.supported.get((citation.position, key)) or citation.position or Position(""),
                        suggestion(key, list(loaded.record.values)) or "add the key, or take it off supports",
                    )

    def _citations(self, node: Node) -> Iterable[Citation]:
        items = node.items if isinstance(node, Sequence) else (node,)
        for item in items:
            citation = self._citation(item)
            if citation is not None:
                yield citation

    def _citation(self, node: Node) -> Citation | None:
        fault = self.values.fault
        if not isinstance(node, Mapping):
            fault(
                "RG116",
                "a source is a mapping",
                node.position,
                _SOURCE,
            )
            return None
        for key, _ in node.entries:
            if key.text not in _CITATION_KEYS:
                fault(
                    "RG116",
                    f"'{key.text}' is no part of a source",
                    key.position,
                    suggestion(key.text, _CITATION_KEYS) or f"a source has {', '.join(_CITATION_KEYS)}",
                )
                return None
        words = {key: self._plain(node, key) for key in ("document", "section", "locator", "certainty")}
        if None in words.values():
            return None
        document, section, locator = (words[key] or "" for key in ("document", "section", "locator"))
        if not document:
            fault("RG116", "a source names its document", node.position, _SOURCE)
            return None
        start, end = 0, 0
        span = node.get("range")
        if span is not None:
            numbers = _numbers(span)
            if numbers is None:
                fault("RG116", "a range is two numbers", span.position, "write range: [start, end]")
                return None
            start, end = numbers
        certainty = words["certainty"] or "stated"
        if certainty not in self.certainties:
            at = node.get("certainty") or node
            fault(
                "RG115",
                f"'{certainty}' is not a certainty",
                at.position,
                suggestion(certainty, list(self.certainties))
                or f"one of {', '.join(sorted(self.certainties))}",
            )
        supports = tuple(self._supported(node))
        return Citation(document, section, start, end, locator, supports, certainty, node.position)

    def _aliases(self, node: Node) -> Iterable[Alias]:
        for item in node.items if isinstance(node, Sequence) else (node,):
            if isinstance(item, Scalar):
                yield Alias(Text(item.text), position=item.position)
                continue
            name = self._word(item, "name") if isinstance(item, Mapping) else ""
            if not isinstance(item, Mapping) or not name:
                hint = "write {name: …, lang: sv, status: source-variant}"
                message = "an alias is a text, or a mapping with a name"
                self.values.fault("RG116", message, item.position, hint)
                continue
            unknown = [key for key, _ in item.entries if key.text not in _ALIAS_KEYS]
            if unknown:
                self.values.fault(
                    "RG116",
                    f"'{unknown[0].text}' is no part of an alias",
                    unknown[0].position,
                    suggestion(unknown[0].text, _ALIAS_KEYS) or f"an alias has {', '.join(_ALIAS_KEYS)}",
                )
            status, lang = self._plain(item, "status"), self._plain(item, "lang")
            if status is None or lang is None:
                continue
            status = status or "source-variant"
            if status not in self.statuses:
                self.values.fault(
                    "RG115",
                    f"'{status}' is not a status of aliases",
                    _place(item, "status"),
                    suggestion(status, list(self.statuses)) or f"one of {', '.join(sorted(self.statuses))}",
                )
            if lang and lang not in self.values.languages:
                self.values.fault(
                    "RG110",
                    f"'{lang}' is not a language of this graph",
                    _place(item, "lang"),
                    self.values.language_hint(lang),
                )
            source = item.get("source")
            cited = tuple(self._citations(source)) if source is not None else ()
            yield Alias(Text(name, lang), status, cited, item.position)

    def _document(self, identity: str, node: Mapping) -> Document:
        characters, sha256 = self._plain(node, "characters") or "", self._plain(node, "sha256") or ""
        if characters and not _NUMBER.fullmatch(characters):
            message = "'characters' is a whole number, above 0"
            hint = "the length of the decoded text; leave it out for a source that is cited by a locator"
            self.values.fault("RG106", message, _place(node, "characters"), hint)
            characters = ""
        if sha256 and not _SHA256.fullmatch(sha256):
            hint = "`relgraph sources lock` tells what the file has, if it differs"
            message = "'sha256' is 64 digits of 0-9 and a-f"
            self.values.fault("RG106", message, _place(node, "sha256"), hint)
            sha256 = ""
        period = node.get("period")
        moment = self.values.edtf("period", period) if period is not None else None
        return Document(
            id=identity,
            characters=int(characters) if characters else None,
            sha256=sha256,
            period=moment.text if isinstance(moment, Edtf) else "",
            sections=tuple(self._sections(node.get("sections"))),
            not_factual=tuple(self._not_factual(node.get("notFactual"))),
            position=node.position,
        )

    def _sections(self, node: Node | None) -> Iterable[Section]:
        for item, start, end in self._ranges(node, "number", ("number", "name", "range")):
            name = item.get("name")
            texts: dict[str, str] = {}
            if isinstance(name, Mapping):
                placed = self.values.read(KeyRule("name", "", datatype=LANG_STRING, unique_lang=True), name)
                texts = {v.lang: v.value for each in placed if isinstance(v := each.value, Text)}
            elif name is not None:
                hint = "write {sv: …, en: …}"
                self.values.fault("RG106", "the name of a section needs a language", name.position, hint)
            yield Section(self._word(item, "number"), texts, start, end, item.position)

    def _not_factual(self, node: Node | None) -> Iterable[NotFactual]:
        for item, start, end in self._ranges(node, "reason", ("section", "range", "reason")):
            yield NotFactual(
                self._word(item, "section"), start, end, self._word(item, "reason"), item.position
            )

    def _ranges(
        self, node: Node | None, needed: str, known: tuple[str, ...]
    ) -> Iterable[tuple[Mapping, int, int]]:
        hint = f"write {{{', '.join(f'{key}: …' for key in known)}}}"
        if isinstance(node, Mapping) or (isinstance(node, Scalar) and node.text):
            self.values.fault("RG116", "this is a list of ranges", node.position, f"{hint} after each '-'")
        for item in node.items if isinstance(node, Sequence) else ():
            numbers = _numbers(item.get("range")) if isinstance(item, Mapping) else None
            if not isinstance(item, Mapping) or numbers is None or not self._word(item, needed):
                message = f"this needs a {needed} and a range of two numbers"
                self.values.fault("RG116", message, item.position, hint)
                continue
            for key, _ in item.entries:
                if key.text not in known:
                    advice = suggestion(key.text, known) or hint
                    self.values.fault("RG116", f"'{key.text}' has no meaning here", key.position, advice)
            yield item, *numbers

    def _word(self, node: Node, key: str) -> str:
        value = node.get(key) if isinstance(node, Mapping) else None
        return value.text if isinstance(value, Scalar) else ""

    def _plain(self, node: Mapping, key: str) -> str | None:
        """The text of ``key``, empty if it is absent; None, and a problem, if it is a list or a mapping."""
        value = node.get(key)
        if value is not None and not isinstance(value, Scalar):
            self.values.fault("RG116", f"'{key}' is one plain text", value.position, f"write {key}: text")
            return None
        return value.text if value is not None else ""

    def _supported(self, node: Mapping) -> Iterable[str]:
        """The keys that a source supports; where each stands is kept for what is found later."""
        value = node.get("supports")
        for item in value.items if isinstance(value, Sequence) else (value,):
            if isinstance(item, Scalar):
                if item.text:  # else the reader has told that it is empty
                    self.supported[node.position, item.text] = item.position
                    yield item.text
            elif item is not None:
                message, hint = (
                    "'supports' is a key of the record, or several",
                    "write supports: [party, from]",
                )
                self.values.fault("RG116", message, item.position, hint)


def _numbers(node: Node | None) -> tuple[int, int] | None:
    """The two numbers of a range; None if it is none."""
    items = node.items if isinstance(node, Sequence) else ()
    texts = [item.text for item in items if isinstance(item, Scalar) and _NUMBER.fullmatch(item.text)]
    return (int(texts[0]), int(texts[1])) if len(items) == len(texts) == 2 else None


def _place(node: Mapping, key: str) -> Position:
    """Where the value of ``key`` stands, else where the mapping begins."""
    return (node.get(key) or node).position


def term_name(record: Record, key: str) -> str:
    """The local name of the first ontology term that ``key`` refers to, else an empty string."""
    return next((local_name(v.iri) for v in record.values.get(key, ()) if isinstance(v, Term)), "")
