"""The part of the map round some parties, read by itself: enough to draw it, at a fraction of the time.

It is what :func:`relgraph.views.map.focus.around` takes from the whole map, without the sentences, and reads
no more of the store than that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from relgraph.lookup import BATCH, Lookup
from relgraph.namespaces import RG, graph_iris
from relgraph.network import ALL, Facts, Link
from relgraph.network.links import links
from relgraph.sentences import quoted
from relgraph.views.map.data import LANGUAGES, Bilingual, MapData, MapEdge, MapNode, NodeType, Sentence
from relgraph.views.map.drawn_as import contradicted, line_of, through_own_nodes
from relgraph.views.map.entries import HOME_TYPE, entry, entry_name, home_entry
from relgraph.views.map.telling import Teller
from relgraph.vocabulary import local_name, pick

if TYPE_CHECKING:
    from relgraph.when import When


def nearby(lookup: Lookup, ids: Collection[str], *, when: When | None = None) -> MapData:
    """The parties ``ids``, whom they have relationships with, and these relationships, as the map has them.

    Those of ``ids`` that the whole map would not show are not in it. Nodes and edges have names and looks,
    and the edges the ids of their records; there are no sentences.
    """
    return _Surroundings(lookup, when).of(ids)


@dataclass
class _Surroundings:
    lookup: Lookup
    when: When | None

    def of(self, ids: Collection[str]) -> MapData:
        found: dict[str, tuple[Link, dict[str, Any]]] = {}
        centres: set[str] = set()
        spoken: set[str] = set()
        frontier = set(ids)
        while frontier:  # a relationship's own node leads on to its other parties
            centres |= frontier
            new = self._naming(frontier, "Relationship") | (frontier & self._relationships(frontier))
            more = {link.id: (link, known) for link, known in self._links(new - found.keys(), self.when)}
            found |= more
            ends = {end for link, _ in found.values() for line in link.lines() for end in line}
            spoken |= self._spoken_of(more.keys())
            frontier = (self._relationships(ends) | spoken) - centres
        self.lookup.fetch(sorted({*found, *(p for link, _ in found.values() for p in link.parties)}))
        edges = [edge for id_ in sorted(found) for edge in self._edges(*found[id_])]
        home = self.lookup.compiled.home
        known = {home, *(end for edge in edges for end in (edge.source, edge.target))}
        edges += self._structure(centres, known)
        edges = list(through_own_nodes(edges, spoken))
        shown = {home, *(end for edge in edges for end in (edge.source, edge.target))}
        types: dict[str, NodeType] = {}
        nodes = tuple(self._node(id_, types) for id_ in sorted(shown))
        title = Bilingual(*(quoted(self.lookup.description().get(lang, ""), lang) for lang in LANGUAGES))
        named = tuple(types[name] for name in sorted(types))
        return MapData(title, Bilingual(), home, named, nodes, tuple(edges))

    # -- what there is ---------------------------------------------------------------------------------------

    def _links(self, ids: Collection[str], when: When | None = None) -> list[tuple[Link, dict[str, Any]]]:
        """The relationships among ``ids``, asked for in portions: of a large graph nothing else is read."""
        found: list[tuple[Link, dict[str, Any]]] = []
        wanted = sorted(ids)
        for start in range(0, len(wanted), BATCH):
            part = frozenset(wanted[start : start + BATCH])
            found += links(self.lookup, ALL, Facts(self.lookup, part), when=when, only=part)
        return found

    def _naming(self, ids: Iterable[str], kind: str, key: str = "?p") -> set[str]:
        """The records of a kind that name any of ``ids``, in any key or in one (an IRI).

        Asked in two steps: *measured* at 10,000 relationships, one question takes three times as long.
        """
        return self._of_kind(self._found("?named", ids, f"?r {key} ?named"), kind)

    def _spoken_of(self, ids: Collection[str]) -> set[str]:
        """Those relationships that another one joins with something: they have nodes of their own."""
        others = self._links(self._naming(ids, "Relationship"))
        return {end for link, _ in others for line in link.lines() for end in line if end in ids}

    def _of_kind(self, ids: Iterable[str], kind: str) -> set[str]:
        return self._found("?r", ids, f"?r a <{RG + kind}>")

    def _relationships(self, ids: Iterable[str]) -> set[str]:
        return self._of_kind(ids, "Relationship")

    def _found(self, variable: str, ids: Iterable[str], pattern: str) -> set[str]:
        """The ids of ``?r`` by a pattern in which a variable is one of ``ids``; no record is read for it."""
        base = self.lookup.compiled.base
        asserted = graph_iris(base)["asserted"]
        found: set[str] = set()
        wanted = sorted(ids)
        for start in range(0, len(wanted), BATCH):
            nodes = " ".join(f"<{base}{id_}>" for id_ in wanted[start : start + BATCH])
            query = (
                f"SELECT DISTINCT ?r {{ VALUES {variable} {{ {nodes} }} GRAPH <{asserted}> {{ {pattern} }} }}"
            )
            found |= {getattr(r, "value", "").removeprefix(base) for (r,) in self.lookup.rows(query)}
        return found

    # -- as the map has it -----------------------------------------------------------------------------------

    def _node(self, id_: str, types: dict[str, NodeType]) -> MapNode:
        record = self.lookup.record(id_)
        kind = self.lookup.vocabulary.kinds[record.type]
        label = self._teller.name(record)
        home = id_ == self.lookup.compiled.home
        name = HOME_TYPE if home else entry_name(self.lookup.vocabulary, kind)
        if name not in types:
            types[name] = home_entry(kind, label) if home else entry(self.lookup.vocabulary, kind)
        return MapNode(id_, name, label)

    def _edges(self, link: Link, facts: Mapping[str, Any]) -> list[MapEdge]:
        said = link.attributes(self.lookup, facts)
        kind = self.lookup.vocabulary.speaking_kind(self.lookup.record(link.id))
        return [
            MapEdge(
                id=f"{link.id}~{number}" if number > 1 else link.id,
                source=source,
                target=target,
                kind=Bilingual(*(pick(kind.labels, lang) for lang in LANGUAGES)),
                sentence=Sentence(Bilingual(), record=link.id),
                group=said["group"],
                line=line_of(self.lookup, link.id, said["line"]),
                certainty=said.get("certainty", "stated"),
                thin=link.id in (source, target),
                directed=link.directed,
                contradicted=contradicted(self.lookup, link.id),
            )
            for number, (source, target) in enumerate(sorted(link.lines()), 1)
        ]

    def _structure(self, centres: Collection[str], known: Collection[str]) -> list[MapEdge]:
        """What the ``centres`` are a unit or a part of, and what of them, where the map shows both."""
        properties = {key: prop for key, prop in self.lookup.vocabulary.properties.items() if prop.group}
        pairs = {
            (record.id, key, target)
            for record in self.lookup.records(sorted(centres))
            for key in properties.keys() & record.values.keys()
            for target in record.refs(key)
        }
        for key, prop in properties.items():
            for part in self.lookup.records(sorted(self._naming(centres, "Record", f"<{prop.iri}>"))):
                pairs |= {(part.id, key, target) for target in part.refs(key) if target in centres}
        ends = {end for part, _, whole in pairs for end in (part, whole)}
        shown = {*known, *(end for end in ends - {*known} if self._is_joined(end))}
        relations = self._relationships(part for part, _, _ in pairs)
        own = {
            link.id: link.attributes(self.lookup, facts) for link, facts in self._links(relations, self.when)
        }
        return [
            MapEdge(
                id=f"{part}.{key}.{whole}",
                source=part,
                target=whole,
                kind=Bilingual(*(pick(properties[key].labels, lang) for lang in LANGUAGES)),
                sentence=Sentence(Bilingual(), record=part),
                group=local_name(properties[key].group),
                line=line_of(self.lookup, part, own.get(part, {}).get("line", "active")),
                certainty=own.get(part, {}).get("certainty", "stated"),
                directed=True,
                contradicted=part in own and contradicted(self.lookup, part),
            )
            for part, key, whole in sorted(pairs)
            if part in shown and whole in shown and part != whole and (part in own or part not in relations)
        ]

    def _is_joined(self, id_: str) -> bool:
        """Whether a relationship joins an entity with another, so that the map has it."""
        found = self._links(self._naming([id_], "Relationship"))
        return any(id_ in line for link, _ in found for line in link.lines())

    @cached_property
    def _teller(self) -> Teller:
        return Teller(self.lookup, {}, {}, self.when)
