"""From the compiled graph to the map's data: who is a node, who an edge, and what paths go over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from relgraph.analysis.evidence import Evidence
from relgraph.analysis.paths import path_network
from relgraph.lookup import Lookup
from relgraph.namespaces import RG
from relgraph.network import ALL, Facts, bounds_of_edge, network
from relgraph.sentences import quoted
from relgraph.views.map import belonging, details
from relgraph.views.map.data import (
    LANGUAGES,
    SEVERAL,
    Bilingual,
    MapData,
    MapEdge,
    MapNode,
    NodeType,
    Sentence,
    Tie,
)
from relgraph.views.map.details import Texts
from relgraph.views.map.drawn_as import contradicted, days, line_of, through_own_nodes
from relgraph.views.map.entries import HOME_TYPE, entry, entry_name, home_entry
from relgraph.views.map.structure import structure_of
from relgraph.views.map.telling import NOTHING, Teller, cited
from relgraph.vocabulary import pick

if TYPE_CHECKING:
    import networkx as nx

    from relgraph.when import When


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
        self.teller = Teller(lookup, excerpts, missing, when)
        self.texts = texts
        self.missing = missing
        self.points = belonging.points(lookup)
        self.places = belonging.places(lookup, self.points)

    def build(self, title: Mapping[str, str], keep: Collection[str]) -> MapData:
        facts = Facts(self.lookup)
        graph = network(self.lookup, modes=ALL, hyper=True, when=self.when, facts=facts)
        self.lookup.fetch(sorted({*graph.nodes, *(d["record"] for _, _, d in graph.edges(data=True))}))
        notes = self.teller.assessments()
        always = {self.lookup.compiled.home, *keep}
        # who is on the map at all: of these a time keeps those that have a relationship then
        whole = network(self.lookup, modes=ALL, hyper=True, facts=facts) if self.when else graph
        known = {id_ for id_ in whole.nodes if whole.degree(id_) or id_ in always}
        own = {data["record"]: data for _, _, data in whole.edges(data=True)}
        structure = structure_of(self.teller, sorted(known), own, self.costs)
        edges = (*through_own_nodes(self._edges(graph, known), known), *structure)
        if self.when:
            known &= always | {end for edge in edges for end in (edge.source, edge.target)}
        kept = sorted(known)
        types: dict[str, NodeType] = {}
        own_lines = (*(edge for edge in edges if edge.thin), *structure)
        told = {edge.sentence.record: edge.sentence for edge in own_lines}
        nodes = [self._node(id_, whole, types, notes, told.get(id_)) for id_ in kept]
        wholes = belonging.wholes(self.lookup, edges, structure)
        nodes = [replace(node, folds_into=wholes.get(node.id, "")) for node in nodes]
        nodes = belonging.in_countries(self.lookup, nodes, edges)
        lines = {edge["record"]: edge["line"] for _, _, edge in graph.edges(data=True)}
        return MapData(
            title=Bilingual(*(quoted(title.get(lang, ""), lang) for lang in LANGUAGES)),
            as_of=self.teller.as_of(),
            home=self.lookup.compiled.home,
            types=tuple(types[name] for name in sorted(types)),
            nodes=tuple(nodes),
            edges=edges,
            groups=tuple(self._groups()),
            sources=self.teller.sources(edges),
            ties=tuple(self._ties(known, edges)),
            derived=details.derived(self.lookup, known, self.texts.rules),
            matrix=details.matrix(
                Evidence(self.lookup, self.when), lines, self.teller.name_of, self.teller.sentence
            ),
            when=self.when.option if self.when else "",
            beyond=sum(1 for id_ in self.paths if id_ not in known and self.paths.degree(id_)),
            countries=tuple(
                (id_, self.teller.name_of(id_))
                for id_ in sorted({node.country for node in nodes} - {"", SEVERAL})
            ),
        )

    # -- nodes -------------------------------------------------------------------------------------------

    def _node(
        self,
        id_: str,
        graph: nx.MultiDiGraph,
        types: dict[str, NodeType],
        notes: Mapping[str, list[Sentence]],
        told: Sentence | None,
    ) -> MapNode:
        record = self.lookup.record(id_)
        kind = self.vocabulary.kinds[record.type]
        relation = kind.is_a(RG + "Relationship")
        home = id_ == self.lookup.compiled.home
        name = HOME_TYPE if home else entry_name(self.vocabulary, kind)
        if name not in types:
            types[name] = home_entry(kind, self.teller.name(record)) if home else entry(self.vocabulary, kind)
        said = relation or self.teller.says_more(record)
        facts = [told or self.teller.sentence(record)] if record.sources and said else []
        return MapNode(
            id=id_,
            type=name,
            label=self.teller.name(record),
            kind_label=Bilingual(*(pick(kind.labels, lang) for lang in LANGUAGES)),
            aliases=tuple(self.teller.aliases(record)),
            mistaken=tuple(self.teller.mistaken(record)),
            facts=(*facts, *notes.get(id_, ())),
            facet=graph.nodes[id_]["facet"],
            place=self.places.get(id_),
            inherits=id_ not in self.points,
            missing=NOTHING if relation else self.missing.get(id_, NOTHING),
        )

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
            edge = MapEdge(
                id=id_ if seen[id_] == 1 else f"{id_}~{seen[id_]}",
                source=source,
                target=target,
                kind=Bilingual(*(pick(kind.labels, lang) for lang in LANGUAGES)),
                sentence=Sentence(Bilingual()),
                group=data["group"],
                line=line_of(self.lookup, id_, data["line"]),
                certainty=data.get("certainty", "stated"),
                bounds=days(bounds_of_edge(data)),
                thin=id_ in (source, target),
                directed=data["directed"],
                contradicted=contradicted(self.lookup, id_),
                sources=cited(record),
                status=details.status_of(self.lookup, data.get("status", "")),
                cost=self.costs.get(id_) if id_ not in (source, target) else None,
            )
            mark = self.teller.mark(bounds_of_edge(data), unsettled=edge.unsettled) or ""
            edges.append(replace(edge, sentence=self.teller.sentence(record, mark)))
        return edges

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

    def _groups(self) -> list[tuple[str, Bilingual]]:
        groups = {kind.group for kind in self.vocabulary.kinds.values() if kind.group}
        concepts = sorted(
            (c for c in self.vocabulary.concepts.values() if c.iri in groups), key=lambda c: (c.order, c.name)
        )
        return [(c.name, Bilingual(*(pick(c.labels, lang) for lang in LANGUAGES))) for c in concepts]
