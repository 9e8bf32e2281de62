"""Dataset -> stream of quads: the only place that makes them.

A quad is four strings in N-Triples syntax, so that the stream can be joined, sorted and loaded without
another conversion. What the compiler adds to the plain reading of the YAML is this, and no more: the
superclasses of a record's class; the certainty where none is written; citation, selector and alias nodes;
``skos:altLabel``/``skos:hiddenLabel`` of aliases; the four time bounds; the one text of a time written as
``{earliest: …, latest: …}``; the section map of documents with the
bounds of their period; the description of the graph itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from relgraph import time
from relgraph.bounds import bounds_of, has_time
from relgraph.loading import Dataset, Document
from relgraph.model import Alias, Citation, Edtf, Record, Ref, Term, Text, Value
from relgraph.namespaces import PREFIXES, RG, graph_iris
from relgraph.sources.segments import Section
from relgraph.vocabulary import Kind, Vocabulary

Quad: TypeAlias = tuple[str, str, str, str]

EDTF = PREFIXES["edtf"]
_A = f"<{PREFIXES['rdf']}type>"
_LABEL = f"<{PREFIXES['rdfs']}label>"
_XSD = PREFIXES["xsd"]
_OA = PREFIXES["oa"]
_SKOS = PREFIXES["skos"]
_XL = PREFIXES["skosxl"]
_DERIVED_FROM = f"<{PREFIXES['prov']}wasDerivedFrom>"
_ESCAPES = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
)
_SPECIAL = re.compile(r'[\\"\x00-\x1f\x7f]')
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def literal(text: str, *, lang: str = "", datatype: str = "") -> str:
    """A literal in N-Triples syntax."""
    if _SPECIAL.search(text):
        text = text.translate(_ESCAPES)
        text = _CONTROL.sub(lambda match: f"\\u{ord(match.group()):04X}", text)
    if lang:
        return f'"{text}"@{lang}'
    return f'"{text}"^^<{datatype}>' if datatype else f'"{text}"'


def rg(name: str) -> str:
    """A term of the ontology in N-Triples syntax."""
    return f"<{RG}{name}>"


def as_of(dataset: Dataset) -> str:
    """The end of the latest source's period (ISO date): what decides tense and currency; empty if none."""
    ends = [time.parse_period(d.period)[1] for d in dataset.documents.values() if d.period]
    return max(ends).isoformat() if ends else ""


def quads(dataset: Dataset, vocabulary: Vocabulary) -> Iterator[Quad]:
    """All asserted quads of a dataset without errors, record by record."""
    writer = _Writer(dataset, vocabulary)
    yield from writer.graph()
    for record in dataset.records:
        yield from writer.record(record)


class _Writer:
    def __init__(self, dataset: Dataset, vocabulary: Vocabulary) -> None:
        self.dataset = dataset
        self.vocabulary = vocabulary
        self.base = dataset.info.base
        self.graph_name = f"<{graph_iris(self.base)['asserted']}>"
        self.iri_of = {key: f"<{prop.iri}>" for key, prop in vocabulary.properties.items()}
        self.types: dict[str, tuple[str, ...]] = {}

    def graph(self) -> Iterator[Quad]:
        """The description of the graph: titles, home city, date of the data."""
        info, name = self.dataset.info, self.graph_name
        subject = f"<{self.base}>"
        yield (subject, _A, rg("Graph"), name)
        for lang, title in sorted(info.title.items()):
            yield (subject, _LABEL, literal(title, lang=lang), name)
        for lang, text in sorted(info.description.items()):
            yield (subject, f"<{PREFIXES['dcterms']}description>", literal(text, lang=lang), name)
        if info.home:
            yield (subject, rg("homeCity"), f"<{self.base}{info.home}>", name)
        for lang in info.languages:
            yield (subject, f"<{PREFIXES['dcterms']}language>", literal(lang), name)
        day = as_of(self.dataset)
        if day:
            yield (subject, rg("asOf"), literal(day, datatype=_XSD + "date"), name)

    def record(self, record: Record) -> Iterator[Quad]:
        """A record's own triples, its time bounds, citations and aliases."""
        name = self.graph_name
        kind = self.vocabulary.kinds[record.type]
        subject = f"<{self.base}{record.id}>"
        for type_ in self._types(kind):
            yield (subject, _A, type_, name)
        for key, values in record.values.items():
            predicate = self.iri_of[key]
            for value in values:
                yield (subject, predicate, self._object(value), name)
        if "certainty" in kind.rules and "certainty" not in record.values:
            yield (subject, rg("certainty"), rg("stated"), name)
        if has_time(kind):
            bounds = bounds_of(record, self.vocabulary.speaking_kind(record))
            for predicate, day in (
                ("earliestBegin", bounds.earliest_begin),
                ("latestBegin", bounds.latest_begin),
                ("earliestEnd", bounds.earliest_end),
                ("latestEnd", bounds.latest_end),
            ):
                yield (subject, rg(predicate), literal(day.isoformat(), datatype=_XSD + "date"), name)
        for citation in record.sources:
            yield from self._citation(record.id, subject, citation)
        for alias in record.aliases:
            yield from self._alias(record.id, subject, alias)
        document = self.dataset.documents.get(record.id)
        if document is not None and kind.is_a(RG + "Document"):
            yield from self._document(subject, document)

    def _types(self, kind: Kind) -> tuple[str, ...]:
        if kind.name not in self.types:
            self.types[kind.name] = tuple(f"<{iri}>" for iri in (kind.iri, *kind.parents))
        return self.types[kind.name]

    def _object(self, value: Value) -> str:
        if isinstance(value, Ref):
            return f"<{self.base}{value.id}>"
        if isinstance(value, Term):
            return f"<{value.iri}>"
        if isinstance(value, Text):
            return literal(value.value, lang=value.lang)
        if isinstance(value, Edtf):
            level = "EDTF-level2" if value.text.startswith("[") else "EDTF-level1"
            return literal(value.text, datatype=EDTF + level)
        return literal(value.lexical, datatype=value.datatype)

    def _citation(self, owner: str, subject: str, citation: Citation) -> Iterator[Quad]:
        name, document = self.graph_name, citation.document
        node = f"<{self.base}{citation_path(owner, citation)}>"
        yield (subject, _DERIVED_FROM, node, name)
        yield (node, _A, f"<{_OA}SpecificResource>", name)
        yield (node, _A, rg("Citation"), name)
        yield (node, f"<{_OA}hasSource>", f"<{self.base}{document}>", name)
        yield (node, rg("certainty"), rg(citation.certainty), name)
        if citation.section:
            yield (node, rg("section"), literal(citation.section), name)
        if citation.locator:
            yield (node, rg("locator"), literal(citation.locator), name)
        for key in citation.supports:
            iri = self.iri_of.get(key)
            if iri or key in ("alias", "type"):
                yield (node, rg("supports"), iri or (_A if key == "type" else f"<{_SKOS}altLabel>"), name)
        if citation.end:
            selector = f"<{self.base}{selector_path(citation)}>"
            yield (node, f"<{_OA}hasSelector>", selector, name)
            yield (selector, _A, f"<{_OA}TextPositionSelector>", name)
            for predicate, number in (("start", citation.start), ("end", citation.end)):
                value = literal(str(number), datatype=_XSD + "integer")
                yield (selector, f"<{_OA}{predicate}>", value, name)

    def _alias(self, owner: str, subject: str, alias: Alias) -> Iterator[Quad]:
        name = self.graph_name
        # a wrong name is there to be found by, never to be shown (SKOS reference, 5.1)
        relation = "hiddenLabel" if alias.is_mistaken else "altLabel"
        text = literal(alias.name.value, lang=alias.name.lang)
        place = alias_path(owner, alias)
        node = f"<{self.base}{place}>"
        yield (subject, f"<{_SKOS}{relation}>", text, name)
        yield (subject, f"<{_XL}{relation}>", node, name)
        yield (node, _A, f"<{_XL}Label>", name)
        yield (node, f"<{_XL}literalForm>", text, name)
        yield (node, rg("aliasStatus"), rg(alias.status), name)
        for citation in alias.sources:
            yield from self._citation(place.removeprefix("alias/"), node, citation)

    def _document(self, subject: str, document: Document) -> Iterator[Quad]:
        name, bare = self.graph_name, subject[1:-1]
        if document.characters is not None:
            count = literal(str(document.characters), datatype=_XSD + "integer")
            yield (subject, rg("characters"), count, name)
        if document.sha256:
            yield (subject, rg("sha256"), literal(document.sha256), name)
        if document.period:
            first, last = time.parse_period(document.period)
            yield (subject, rg("period"), literal(document.period, datatype=EDTF + "EDTF-level1"), name)
            yield (subject, rg("periodBegin"), literal(first.isoformat(), datatype=_XSD + "date"), name)
            yield (subject, rg("periodEnd"), literal(last.isoformat(), datatype=_XSD + "date"), name)
        for section in document.sections:
            node = f"<{bare}/{section_path(section)}>"
            yield (node, _A, rg("Section"), name)
            yield (node, f"<{PREFIXES['dcterms']}isPartOf>", subject, name)
            yield (node, rg("section"), literal(section.number), name)
            for lang, label in sorted(section.name.items()):
                yield (node, _LABEL, literal(label, lang=lang), name)
            for predicate, number in (("start", section.start), ("end", section.end)):
                value = literal(str(number), datatype=_XSD + "integer")
                yield (node, f"<{_OA}{predicate}>", value, name)


def citation_path(owner: str, citation: Citation) -> str:
    """The node of a citation below the base; ``owner`` is a record's id, or an alias's path without "alias/".

    One place may support some keys outright and others by implication: two nodes.
    """
    doubt = "" if citation.certainty == "stated" else f"-{citation.certainty}"
    return f"citation/{owner}/{citation.document}-{_place(citation)}{doubt}"


def selector_path(citation: Citation) -> str:
    """The node of a cited range below the base: one for all records that cite it."""
    return f"selector/{citation.document}-{_place(citation)}"


def alias_path(owner: str, alias: Alias) -> str:
    """The node of an alias below the base."""
    return f"alias/{owner}/{_slug(f'{alias.name.lang} {alias.name.value}')}"


def section_path(section: Section) -> str:
    """The node of a section below its document."""
    return f"section/{_slug(section.number)}"


def _place(citation: Citation) -> str:
    return f"{citation.start}-{citation.end}" if citation.end else _slug(citation.locator)


def _slug(text: str) -> str:
    """A text as part of an IRI: readable where it can be, and never the same for two texts."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-")
    if plain == text:
        return plain
    from hashlib import sha256

    return f"{plain[:40]}-{sha256(text.encode()).hexdigest()[:8]}"
