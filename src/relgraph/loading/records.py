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
from relgraph.loading.values import Placed, ValueReader, suggestion
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
_DOCUMENT_KEYS = ("characters", "sha256", "period", "sections", "notFactual")
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

    def read(self, node: Node) -> Loaded | None:
        """The record of a mapping; None where it has no usable id or type."""
        fault = self.values.fault
        if not isinstance(node, Mapping):
            fault("RG101", "a record is a mapping with id and type", node.position)
            return None
        identity, kind = self._id(node), self._kind(node)
        if identity is None or kind is None:
            return None
        rules = self._rules(kind, node)
        positions = {key.text: key.position for key, _ in node.entries}
        loaded = Loaded(Record(identity, kind.name, position=node.position), kind, rules)
        sources: tuple[Citation, ...] = ()
        aliases: tuple[Alias, ...] = ()
        is_document = kind.is_a(RG + "Document")
        for key, value in node.entries:
            if key.text in ("id", "type") or (is_document and key.text in _DOCUMENT_KEYS):
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
                known = [*rules, *STRUCTURAL_KEYS]
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
                few = f" (at least {rule.minimum})" if rule.minimum > 1 else ""
                fault("RG107", f"{loaded.kind.name} '{record.id}' needs {wanted}{few}", node.position)
            if rule.maximum is not None and count > rule.maximum:
                fault(
                    "RG108",
                    f"'{key}' takes at most {rule.maximum}, and {count} are given",
                    record.at(key) or node.position,
                )

    def _supports(self, loaded: Loaded) -> None:
        for citation in loaded.record.sources:
            for key in citation.supports:
                if key not in loaded.record.values and key not in ("alias", "type"):
                    self.values.fault(
                        "RG117",
                        f"the source supports '{key}', which this record does not have",
                        citation.position or Position("", 1, 1),
                        suggestion(key, list(loaded.record.values)),
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
                'write {document: …, section: "6", range: [9389, 9444]}',
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
        document, section, locator = (self._word(node, key) for key in ("document", "section", "locator"))
        if not document:
            fault("RG116", "a source names its document", node.position)
            return None
        start, end = 0, 0
        span = node.get("range")
        if span is not None:
            numbers = (
                [n.text for n in span.items if isinstance(n, Scalar)] if isinstance(span, Sequence) else []
            )
            if len(numbers) != 2 or not all(n.isascii() and n.isdigit() and len(n) < 12 for n in numbers):
                fault("RG116", "a range is two numbers", span.position, "write range: [start, end]")
                return None
            start, end = int(numbers[0]), int(numbers[1])
        certainty = self._word(node, "certainty") or "stated"
        if certainty not in self.certainties:
            at = node.get("certainty") or node
            fault(
                "RG115",
                f"'{certainty}' is not a certainty",
                at.position,
                suggestion(certainty, list(self.certainties))
                or f"one of {', '.join(sorted(self.certainties))}",
            )
        return Citation(
            document,
            section,
            start,
            end,
            locator,
            self._words(node.get("supports")),
            certainty,
            node.position,
        )

    def _aliases(self, node: Node) -> Iterable[Alias]:
        for item in node.items if isinstance(node, Sequence) else (node,):
            if isinstance(item, Scalar):
                yield Alias(Text(item.text), position=item.position)
                continue
            name = self._word(item, "name") if isinstance(item, Mapping) else ""
            if not isinstance(item, Mapping) or not name:
                self.values.fault("RG116", "an alias is a text, or a mapping with a name", item.position)
                continue
            unknown = [key for key, _ in item.entries if key.text not in _ALIAS_KEYS]
            if unknown:
                self.values.fault(
                    "RG116",
                    f"'{unknown[0].text}' is no part of an alias",
                    unknown[0].position,
                    f"an alias has {', '.join(_ALIAS_KEYS)}",
                )
            status, lang = self._word(item, "status") or "source-variant", self._word(item, "lang")
            if status not in self.statuses:
                self.values.fault(
                    "RG115",
                    f"'{status}' is not a status of aliases",
                    item.position,
                    suggestion(status, list(self.statuses)) or f"one of {', '.join(sorted(self.statuses))}",
                )
            if lang and lang not in self.values.languages:
                self.values.fault(
                    "RG110",
                    f"'{lang}' is not a language of this graph",
                    item.position,
                    f"its languages are {', '.join(self.values.languages)}",
                )
            source = item.get("source")
            cited = tuple(self._citations(source)) if source is not None else ()
            yield Alias(Text(name, lang), status, cited, item.position)

    def _document(self, identity: str, node: Mapping) -> Document:
        characters = self._word(node, "characters")
        if characters and not (characters.isascii() and characters.isdigit()):
            self.values.fault("RG106", "'characters' is a whole number", node.position)
            characters = ""
        period = node.get("period")
        moment = self.values.edtf("period", period) if period is not None else None
        return Document(
            id=identity,
            characters=int(characters) if characters else None,
            sha256=self._word(node, "sha256"),
            period=moment.text if isinstance(moment, Edtf) else "",
            sections=tuple(self._sections(node.get("sections"))),
            not_factual=tuple(self._not_factual(node.get("notFactual"))),
            position=node.position,
        )

    def _sections(self, node: Node | None) -> Iterable[Section]:
        for item, start, end in self._ranges(node, "number"):
            name = item.get("name")
            texts = (
                {k.text: v.text for k, v in name.entries if isinstance(v, Scalar)}
                if isinstance(name, Mapping)
                else {}
            )
            yield Section(self._word(item, "number"), texts, start, end, item.position)

    def _not_factual(self, node: Node | None) -> Iterable[NotFactual]:
        for item, start, end in self._ranges(node, "reason"):
            yield NotFactual(
                self._word(item, "section"), start, end, self._word(item, "reason"), item.position
            )

    def _ranges(self, node: Node | None, needed: str) -> Iterable[tuple[Mapping, int, int]]:
        for item in node.items if isinstance(node, Sequence) else ():
            span = item.get("range") if isinstance(item, Mapping) else None
            numbers = (
                [n.text for n in span.items if isinstance(n, Scalar)] if isinstance(span, Sequence) else []
            )
            if (
                not isinstance(item, Mapping)
                or len(numbers) != 2
                or not all(n.isascii() and n.isdigit() for n in numbers)
                or not self._word(item, needed)
            ):
                self.values.fault("RG116", f"this needs a {needed} and a range of two numbers", item.position)
                continue
            yield item, int(numbers[0]), int(numbers[1])

    def _word(self, node: Node, key: str) -> str:
        value = node.get(key) if isinstance(node, Mapping) else None
        return value.text if isinstance(value, Scalar) else ""

    def _words(self, node: Node | None) -> tuple[str, ...]:
        if isinstance(node, Scalar):
            return (node.text,)
        if isinstance(node, Sequence):
            return tuple(item.text for item in node.items if isinstance(item, Scalar))
        return ()


def term_name(record: Record, key: str) -> str:
    """The local name of the first ontology term that ``key`` refers to, else an empty string."""
    return next((local_name(v.iri) for v in record.values.get(key, ()) if isinstance(v, Term)), "")
