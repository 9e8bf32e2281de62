"""SHACL over the triples, as a second pair of eyes: the loader enforces the same shapes, with positions.

pySHACL reads rdflib graphs and takes seconds for a thousand relationships, so this runs only where asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from relgraph import time
from relgraph.bounds import bounds_of
from relgraph.loading import Dataset
from relgraph.model import Citation, Edtf, Position, Problem, Record
from relgraph.namespaces import PREFIXES, RG
from relgraph.triples import alias_path, citation_path, quads, section_path, selector_path
from relgraph.vocabulary import Vocabulary, local_name

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

SH, SKOS, XL = (PREFIXES[name] for name in ("sh", "skos", "skosxl"))
#: the time keys that a bound may come from: of two that give the same one, the first is named
_BOUNDS = {
    "earliestBegin": ("from", "date", "during", "observedIn", "to"),
    "latestBegin": ("from", "date", "during", "observedIn", "to"),
    "earliestEnd": ("to", "date", "during", "observedIn", "from"),
    "latestEnd": ("to", "date", "during", "observedIn", "from"),
}
#: other triples that the compiler makes of a key
_MADE_OF = {
    RG + "periodBegin": "period",
    RG + "periodEnd": "period",
    **{iri + name: "alias" for iri in (SKOS, XL) for name in ("altLabel", "hiddenLabel")},
}
_GRAPH_KEYS = {"label": "title", "language": "languages"}

#: whose node it is, the key it is made of (empty: a record, whose key the path tells), and where that is
_Place: TypeAlias = tuple[str, str, Position | None]


def validate(dataset: Dataset, vocabulary: Vocabulary, ontology: Sequence[Path]) -> list[Problem]:
    """The violations that pySHACL finds (``RG501``), each at the record's own key where it can be told.

    A bound is told at the time key that it comes from, a citation, selector, alias or section at the very
    item that it is made of (a range that several records cite at each of them), a term of the ontology in
    its file. ``dataset`` must be without errors of its own: what cannot be typed has no triples.
    """
    import pyshacl
    import rdflib

    data = rdflib.Graph()
    lines = (f"{s} {p} {o} .\n" for s, p, o, _ in quads(dataset, vocabulary))
    data.parse(data="".join(lines), format="nt")
    shapes = rdflib.Graph()
    for path in ontology:
        shapes.parse(data=path.read_text(encoding="utf-8-sig"), format="turtle")
    # as data, not as pySHACL's ``ont_graph``: of that it takes classes and properties, and no concepts
    data += shapes
    try:
        _, report, text = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
    except Exception as error:  # it raises what it likes for a shape that makes no sense
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        message = f"pySHACL cannot use the shapes: {reason}"
        return [Problem("RG501", message, _place_in(vocabulary, str(error)), hint="correct the shape")]
    if not isinstance(report, rdflib.Graph):
        at = Position("ontology/shapes.ttl")
        return [Problem("RG501", f"pySHACL cannot use the shapes: {text}", at, hint="correct the shapes")]
    finder = _Finder(dataset, vocabulary, data)
    found = [problem for result in _results(report) for problem in finder.problems(report, result)]
    return sorted(set(found), key=lambda p: p.sort_key)


def _results(report: rdflib.Graph) -> Iterator[Node]:
    """The results, each nested one (``sh:detail``) in place of that which it explains."""
    import rdflib

    detail = rdflib.URIRef(SH + "detail")
    for result in report.subjects(rdflib.RDF.type, rdflib.URIRef(SH + "ValidationResult")):
        if (result, detail, None) not in report:
            yield result


def _place_in(vocabulary: Vocabulary, message: str) -> Position:
    """Where a shape stands that an error message names by its address, else the file of shapes."""
    import re

    for iri in re.findall(r"https?://[^\s<>'\")\]]+", message):
        place = vocabulary.place(iri)
        if place != Position("ontology") and iri.startswith(RG):
            return place
    return Position("ontology/shapes.ttl")


class _Finder:
    """Knows of every node of the data which record it belongs to, and where that stands."""

    def __init__(self, dataset: Dataset, vocabulary: Vocabulary, data: rdflib.Graph) -> None:
        self.dataset = dataset
        self.vocabulary = vocabulary
        self.data = data
        self.base = dataset.info.base
        self.records = dataset.by_id()
        self.key_of = {prop.iri: key for key, prop in vocabulary.properties.items()}
        self.places: dict[str, list[_Place]] = {}
        for record in self.records.values():
            self._add(record.id, record.id, "", record.position)
            for citation in record.sources:
                self._cited(record.id, record.id, "source", citation)
            for alias in record.aliases:
                node = alias_path(record.id, alias)
                self._add(node, record.id, "alias", alias.position)
                for citation in alias.sources:
                    self._cited(record.id, node.removeprefix("alias/"), "alias", citation)
        for document in dataset.documents.values():
            for section in document.sections:
                node = f"{document.id}/{section_path(section)}"
                self._add(node, document.id, "sections", section.position)

    def _add(self, node: str, owner: str, key: str, position: Position | None) -> None:
        self.places.setdefault(self.base + node, []).append((owner, key, position))

    def _cited(self, record: str, owner: str, key: str, citation: Citation) -> None:
        self._add(citation_path(owner, citation), record, key, citation.position)
        if citation.end:
            self._add(selector_path(citation), record, key, citation.position)

    def problems(self, report: rdflib.Graph, result: Node) -> Iterator[Problem]:
        """What one result says, at each place that it is about."""
        import rdflib

        def value(name: str) -> Node | None:
            return report.value(result, rdflib.URIRef(SH + name))

        focus, path = self._named(value("focusNode")), value("resultPath")
        while isinstance(path, rdflib.BNode):  # a longer path begins with a key of the record
            path = report.value(path, rdflib.RDF.first) or report.value(
                path, rdflib.URIRef(SH + "inversePath")
            )
        messages = sorted(str(m) for m in report.objects(result, rdflib.URIRef(SH + "resultMessage")))
        message = " ".join(messages[0].split()) if messages else "the shape is not met"
        shape = local_name(self._named(value("sourceShape")))
        severity = str(value("resultSeverity"))
        name = local_name(str(path)) if isinstance(path, rdflib.URIRef) else ""
        for owner, key, position in self._places(focus, path, value("value")):
            part = f" ({name})" if name and name not in (key, local_name(self._iri(key))) else ""
            yield Problem(
                "RG501",
                f"'{owner}'{f', {key}' if key else ''}{part}: {message}",
                position,
                "error" if severity == SH + "Violation" else "warning",
                hint=f"the shape is {shape}" if shape else None,
            )

    def _iri(self, key: str) -> str:
        prop = self.vocabulary.properties.get(key)
        return prop.iri if prop else key

    def _named(self, node: Node | None) -> str:
        """The address of a node; of a blank one (a list, a shape in a shape) that of what it is part of."""
        import rdflib

        seen: set[Node] = set()
        while isinstance(node, rdflib.BNode) and node not in seen:
            seen.add(node)
            node = min(self.data.subjects(None, node), default=None, key=lambda n: (type(n).__name__, str(n)))
        return str(node) if isinstance(node, rdflib.URIRef) else ""

    def _places(self, focus: str, path: Node | None, value: Node | None) -> list[_Place]:
        if focus == self.base:
            name = local_name(str(path))
            key = _GRAPH_KEYS.get(name, name)
            info = self.dataset.info
            return [("the graph", key, info.positions.get(key, info.position))]
        if focus not in self.places:
            return [(local_name(focus) or "the graph", "", self.vocabulary.place(focus))]
        if str(value) in self.places and self.places[focus][0][1] == "":
            # a node that the record itself is made of: told at that item, not at the whole list
            parts = [p for p in self.places[str(value)] if p[0] == self.places[focus][0][0] and p[1]]
            if parts:
                return parts
        return [
            self._own(self.records[owner], path, value) if not key else (owner, key, at)
            for owner, key, at in self.places[focus]
        ]

    def _own(self, record: Record, path: Node | None, value: Node | None) -> _Place:
        """The key of a record that a path is about."""
        iri = str(path)
        key = self.key_of.get(iri) or _MADE_OF.get(iri) or local_name(iri)
        if iri.startswith(RG) and key in _BOUNDS:
            key = self._time_key(record, key)
        if key == "alias":
            for alias in record.aliases:
                if alias.name.value == str(value):
                    return record.id, key, alias.position
        return record.id, key if path is not None else "", record.at(key)

    def _time_key(self, record: Record, bound: str) -> str:
        """The time key that a bound comes from: one that gives it alone, else the likeliest one."""
        names = {"earliestBegin": "earliest_begin", "latestBegin": "latest_begin"}
        names |= {"earliestEnd": "earliest_end", "latestEnd": "latest_end"}
        kind = self.vocabulary.speaking_kind(record)
        whole = getattr(bounds_of(record, kind), names[bound])
        keys = [key for key in _BOUNDS[bound] if key in record.values]
        for key in keys if whole not in (time.MIN, time.MAX) else ():
            alone = Record(record.id, record.type, {key: record.values[key]})
            if (
                isinstance(record.values[key][0], Edtf)
                and getattr(bounds_of(alone, kind), names[bound]) == whole
            ):
                return key
        return keys[0] if keys else bound
