"""From the compiled graph to the map's data: who is a node, who an edge, and every sentence on the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date as Day
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from relgraph import time
from relgraph.analysis.evidence import Evidence
from relgraph.analysis.paths import path_network
from relgraph.lookup import Lookup
from relgraph.model import Citation, Record, Text
from relgraph.namespaces import RG
from relgraph.network import ALL, bounds_of_edge, network
from relgraph.sentences import SentenceWriter, as_of_text
from relgraph.views.map import belonging, details
from relgraph.views.map.data import (
    SEVERAL,
    Bilingual,
    Days,
    Line,
    MapData,
    MapEdge,
    MapNode,
    NodeType,
    Sentence,
    Source,
    Tie,
)
from relgraph.views.map.details import LANGUAGES, Texts
from relgraph.vocabulary import Kind, local_name, pick
from relgraph.when import MARKS

if TYPE_CHECKING:
    import networkx as nx

    from relgraph.when import When

EPOCH = Day(1970, 1, 1)
NOTHING = Bilingual()
HOME_TYPE = "home"
#: relationships of more than two parties, or that others speak of, whatever their kind: a small node
JOINT_TYPE = "joint"
JOINT_LABEL = {"sv": "Relationer som egna noder", "en": "Relationships as nodes"}
JOINT_ORDER = 900
DEFAULT_COLOR = "#5F6B7A"


def map_data(
    lookup: Lookup,
    *,
    title: Mapping[str, str],
    excerpts: Mapping[str, str] | None = None,
    texts: Texts | None = None,
    when: When | None = None,
    keep: Collection[str] = (),
    missing: Mapping[str, Bilingual] | None = None,
) -> MapData:
    """Everything the map shows of a compiled graph.

    ``title`` is by language. ``excerpts`` maps a document's id to its text for whoever has it: its cited
    words then stand beside each sentence. ``texts`` tell what is usual and what the rules are called.
    ``when`` keeps the relationships of a time, marked as it marks them, and the date of the data says so.
    ``keep`` are entities that are on the map even without relationships. ``missing`` is
    :func:`relgraph.views.map.details.missing` where the caller has it, for it takes long on a large graph.
    """
    texts = texts or Texts()
    if missing is None:
        missing = details.missing(lookup, details.usual(lookup, texts.usual))
    return _Builder(lookup, excerpts or {}, texts, missing, when).build(title, keep)


class _Builder:
    def __init__(
        self,
        lookup: Lookup,
        excerpts: Mapping[str, str],
        texts: Texts,
        missing: Mapping[str, Bilingual],
        when: When | None = None,
    ) -> None:
        self.lookup = lookup
        self.when = when
        self.vocabulary = lookup.vocabulary
        self.excerpts = excerpts
        self.texts = texts
        self.missing = missing
        day = Day.fromisoformat(lookup.compiled.as_of) if lookup.compiled.as_of else None
        self.writers = {lang: SentenceWriter(self.vocabulary, lookup.get, lang, day) for lang in LANGUAGES}
        self.day = day
        self.points = belonging.points(lookup)
        self.places = belonging.places(lookup, self.points)

    def build(self, title: Mapping[str, str], keep: Collection[str]) -> MapData:
        graph = network(self.lookup, modes=ALL, hyper=True, when=self.when)
        self.lookup.fetch(sorted({*graph.nodes, *(d["record"] for _, _, d in graph.edges(data=True))}))
        notes = self._assessments()
        always = {self.lookup.compiled.home, *keep}
        kept = sorted(id_ for id_ in graph.nodes if graph.degree(id_) or id_ in always)
        known = set(kept)
        types: dict[str, NodeType] = {}
        nodes = [self._node(id_, graph, types, notes) for id_ in kept]
        structure = self._structure(kept)
        edges = (*self._edges(graph, known), *structure)
        wholes = belonging.wholes(self.lookup, edges, structure)
        nodes = [replace(node, folds_into=wholes.get(node.id, "")) for node in nodes]
        nodes = belonging.in_countries(self.lookup, nodes, edges)
        by_record = {data["record"]: data for _, _, data in graph.edges(data=True)}
        return MapData(
            title=Bilingual(title.get("sv", ""), title.get("en", "")),
            as_of=self._as_of(),
            home=self.lookup.compiled.home,
            types=tuple(types[name] for name in sorted(types)),
            nodes=tuple(nodes),
            edges=edges,
            groups=tuple(self._groups()),
            sources=self._sources(edges),
            ties=tuple(self._ties(known, edges)),
            derived=details.derived(self.lookup, known, self.texts.rules),
            matrix=details.matrix(Evidence(self.lookup, self.when), by_record, self._name_of),
            when=self.when.option if self.when else "",
            beyond=sum(1 for id_ in self.paths if id_ not in known and self.paths.degree(id_)),
            countries=tuple(
                (id_, self._name_of(id_)) for id_ in sorted({node.country for node in nodes} - {"", SEVERAL})
            ),
        )

    # -- nodes -------------------------------------------------------------------------------------------

    def _node(
        self,
        id_: str,
        graph: nx.MultiDiGraph,
        types: dict[str, NodeType],
        notes: Mapping[str, list[Sentence]],
    ) -> MapNode:
        record = self.lookup.record(id_)
        kind = self.vocabulary.kinds[record.type]
        relation = kind.is_a(RG + "Relationship")
        name = HOME_TYPE if id_ == self.lookup.compiled.home else self._type_name(kind, relation)
        if name not in types:
            types[name] = self._type(name, kind, relation)
        said = relation or self.writers["sv"].says_more(record)
        facts = [self._sentence(record)] if record.sources and said else []
        return MapNode(
            id=id_,
            type=name,
            label=self._name(record),
            kind_label=Bilingual(*(pick(kind.labels, lang) for lang in LANGUAGES)),
            aliases=tuple(self._aliases(record)),
            facts=(*facts, *notes.get(id_, ())),
            facet=graph.nodes[id_]["facet"],
            place=self.places.get(id_),
            inherits=id_ not in self.points,
            missing=NOTHING if relation else self.missing.get(id_, NOTHING),
        )

    def _type_name(self, kind: Kind, relation: bool) -> str:
        """Kinds that look alike and have one ancestor that says so share an entry in the legend."""
        return JOINT_TYPE if relation and kind.drawn_as != "node" else self._look(kind).name

    def _look(self, kind: Kind) -> Kind:
        """The highest class that gives this kind its colour, shape and fill: the entry in the legend."""
        look = kind
        for iri in kind.parents:
            parent = self.vocabulary.terms.get(iri)
            if not isinstance(parent, Kind):
                continue
            same = (parent.style.color, parent.style.shape, parent.style.filled) == (
                kind.style.color,
                kind.style.shape,
                kind.style.filled,
            )
            # the top classes look like nothing in particular
            if same and parent.style.own and parent.parents[:1] != (RG + "Record",):
                look = parent
        return look

    def _type(self, name: str, kind: Kind, relation: bool) -> NodeType:
        look = self._look(kind)
        if name == HOME_TYPE:
            color = kind.style.home_color or kind.style.color or DEFAULT_COLOR
            label = self._name_of(self.lookup.compiled.home)
            return NodeType(name, label, label, color, kind.style.shape or "dot", True, -1)
        if relation and kind.drawn_as != "node":
            label = Bilingual(*(JOINT_LABEL[lang] for lang in LANGUAGES))
            return NodeType(name, label, label, DEFAULT_COLOR, "dot", False, JOINT_ORDER, True, True)
        return NodeType(
            name,
            Bilingual(*(pick(look.labels, lang) for lang in LANGUAGES)),
            Bilingual(*(pick(look.plurals or look.labels, lang) for lang in LANGUAGES)),
            look.style.color or DEFAULT_COLOR,
            look.style.shape or "octagon",
            look.style.filled,
            look.style.order,
            relation,
        )

    def _name_of(self, id_: str) -> Bilingual:
        return self._name(self.lookup.record(id_))

    def _name(self, record: Record) -> Bilingual:
        names = [record.text("name", lang) or self.writers[lang].name(record.id) for lang in LANGUAGES]
        return Bilingual(*(name[:1].upper() + name[1:] for name in names))

    def _aliases(self, record: Record) -> list[str]:
        names = [alias.name.value for alias in record.aliases]
        names += [v.value for key in ("acronym",) for v in record.values.get(key, ()) if isinstance(v, Text)]
        return sorted(set(names))

    def _assessments(self) -> dict[str, list[Sentence]]:
        """What is said of a record but not drawn (assessments, gaps, notes), by the record it is said of."""
        found: dict[str, list[Sentence]] = defaultdict(list)
        for class_name in ("Assessment", "Annotation", "Relationship"):
            for record in self.lookup.records(self.lookup.ids_of(RG + class_name)):
                kind = self.vocabulary.kinds[record.type]
                if self.vocabulary.speaking_kind(record).drawn_as != "none" or not record.sources:
                    continue
                sentence = self._sentence(record)
                targets = {id_ for key in kind.roles for id_ in record.refs(key)}
                # what is said of a relationship is said of those whom it joins
                for id_ in sorted(targets | {party for target in targets for party in self._parties(target)}):
                    if sentence not in found[id_]:
                        found[id_].append(sentence)
        return found

    def _parties(self, id_: str) -> set[str]:
        record = self.lookup.get(id_)
        kind = self.vocabulary.kinds[record.type] if record else None
        if record is None or kind is None:
            return set()
        return {
            p for key in (kind.edge_from, kind.edge_to, kind.edge_between) if key for p in record.refs(key)
        }

    # -- edges -------------------------------------------------------------------------------------------

    def _edges(self, graph: nx.MultiDiGraph, kept: set[str]) -> list[MapEdge]:
        edges: list[MapEdge] = []
        seen: dict[str, int] = {}
        for source, target, data in sorted(
            graph.edges(data=True), key=lambda e: (e[2]["record"], e[0], e[1])
        ):
            if source not in kept or target not in kept:
                continue
            id_ = data["record"]
            seen[id_] = seen.get(id_, 0) + 1
            record = self.lookup.record(id_)
            kind = self.vocabulary.speaking_kind(record)
            edges.append(
                MapEdge(
                    id=id_ if seen[id_] == 1 else f"{id_}~{seen[id_]}",
                    source=source,
                    target=target,
                    kind=Bilingual(*(pick(kind.labels, lang) for lang in LANGUAGES)),
                    sentence=self._marked(self._sentence(record), data.get("mark", "")),
                    group=data["group"],
                    line=cast(Line, data["line"]),
                    certainty=data.get("certainty", "stated"),
                    bounds=_days(bounds_of_edge(data)),
                    thin=id_ in (source, target),
                    directed=data["directed"],
                    sources=self._cited(record),
                    status=details.status_of(self.lookup, data.get("status", "")),
                    cost=self.costs.get(id_) if id_ not in (source, target) else None,
                )
            )
        return edges

    def _structure(self, kept: list[str]) -> list[MapEdge]:
        """What is a unit or a part of what, where both are on the map: keys of entities that have a group."""
        properties = {key: prop for key, prop in self.vocabulary.properties.items() if prop.group}
        edges: list[MapEdge] = []
        known = set(kept)
        for id_ in kept:
            record = self.lookup.record(id_)
            for key in sorted(properties.keys() & record.values.keys()):
                for target in record.refs(key):
                    if target in known and target != id_:
                        prop = properties[key]
                        edges.append(
                            MapEdge(
                                id=f"{id_}.{key}.{target}",
                                source=id_,
                                target=target,
                                kind=Bilingual(*(pick(prop.labels, lang) for lang in LANGUAGES)),
                                sentence=self._sentence(record),
                                group=local_name(prop.group),
                                sources=self._cited(record),
                                cost=self.costs.get(f"{id_}.{key}.{target}"),
                                directed=True,
                            )
                        )
        return edges

    # -- texts -------------------------------------------------------------------------------------------

    def _sentence(self, record: Record) -> Sentence:
        kind = self.vocabulary.kinds[record.type]
        spoken = {lang: self.writers[lang].sentence(record) for lang in LANGUAGES}
        return Sentence(
            text=Bilingual(*(spoken[lang].text for lang in LANGUAGES)),
            cite=Bilingual(*("; ".join(self.writers[lang].cite_all(record.sources)) for lang in LANGUAGES)),
            note=Bilingual(*(" ".join(spoken[lang].notes) for lang in LANGUAGES)),
            excerpt=" … ".join(self._excerpts(record.sources)),
            record=record.id,
            missing=self.missing.get(record.id, NOTHING) if kind.is_a(RG + "Relationship") else NOTHING,
        )

    @staticmethod
    def _marked(sentence: Sentence, mark: str) -> Sentence:
        """A sentence with how its relationship stands at the time asked for."""
        if not mark:
            return sentence
        words = {lang: f"{MARKS[mark][lang][:1].upper()}{MARKS[mark][lang][1:]}." for lang in LANGUAGES}
        note = Bilingual(*(f"{sentence.note.get(lang)} {words[lang]}".strip() for lang in LANGUAGES))
        return replace(sentence, note=note)

    def _excerpts(self, citations: tuple[Citation, ...]) -> list[str]:
        return [
            " ".join(self.excerpts[c.document][c.start : c.end].split())
            for c in citations
            if c.document in self.excerpts and c.end
        ]

    @staticmethod
    def _cited(record: Record) -> tuple[str, ...]:
        return tuple(sorted({citation.document for citation in record.sources}))

    def _sources(self, edges: Iterable[MapEdge]) -> tuple[Source, ...]:
        """The documents that cover a period, and any others that the relationships rest on."""
        cited = {id_ for edge in edges for id_ in edge.sources}
        documents = self.lookup.records(self.lookup.ids_of(RG + "Document"))
        return tuple(
            Source(d.id, self._name(d), bool(self._period(d)))
            for d in documents
            if self._period(d) or d.id in cited
        )

    # -- paths -------------------------------------------------------------------------------------------

    @cached_property
    def paths(self) -> nx.MultiDiGraph:
        """The network of paths; what a path goes over, and at what cost, is decided there."""
        return path_network(self.lookup, when=self.when)

    @cached_property
    def costs(self) -> dict[str, int]:
        """What a relationship costs by the id of its edge."""
        return {key: data["cost"] for _, _, key, data in self.paths.edges(keys=True, data=True)}

    def _ties(self, kept: set[str], edges: Iterable[MapEdge]) -> list[Tie]:
        """Between whom a path may go over a relationship that is drawn as a node."""
        drawn = {edge.sentence.record for edge in edges if edge.thin}
        ties = [
            Tie(key, source, target, data["cost"])
            for source, target, key, data in self.paths.edges(keys=True, data=True)
            if key in drawn and {source, target} <= kept
        ]
        return sorted(ties, key=lambda tie: (tie.record, tie.source, tie.target))

    def _period(self, document: Record) -> str:
        values: tuple[Any, ...] = document.values.get("period", ())
        return values[0].text if values else ""

    def _as_of(self) -> Bilingual:
        dates = [as_of_text(self.lookup, lang).removesuffix(".") for lang in LANGUAGES]
        if self.when:
            told = [self.when.told(lang).removesuffix(".") for lang in LANGUAGES]
            dates = [f"{date}. {told}" for date, told in zip(dates, told, strict=True)]
        return Bilingual(*dates)

    def _groups(self) -> list[tuple[str, Bilingual]]:
        groups = {kind.group for kind in self.vocabulary.kinds.values() if kind.group}
        concepts = sorted(
            (c for c in self.vocabulary.concepts.values() if c.iri in groups), key=lambda c: (c.order, c.name)
        )
        return [(c.name, Bilingual(*(pick(c.labels, lang) for lang in LANGUAGES))) for c in concepts]


def _days(bounds: time.Bounds) -> Days:
    """The four bounds in days since 1970-01-01; None where one is unbounded."""
    found = (bounds.earliest_begin, bounds.latest_begin, bounds.earliest_end, bounds.latest_end)
    days = [None if day in (time.MIN, time.MAX) else (day - EPOCH).days for day in found]
    return (days[0], days[1], days[2], days[3])
