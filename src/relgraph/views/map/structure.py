"""What is a unit or a part of what: lines of the map that records have by a key of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from relgraph.network import bounds_of_edge
from relgraph.views.map.data import LANGUAGES, Bilingual, MapEdge, Sentence
from relgraph.views.map.drawn_as import contradicted, days, line_of
from relgraph.views.map.telling import NOTHING, Teller, cited
from relgraph.vocabulary import local_name, pick


def structure_of(
    teller: Teller, ids: Sequence[str], own: Mapping[str, Mapping[str, Any]], costs: Mapping[str, int]
) -> list[MapEdge]:
    """The lines between records of ``ids`` by keys that have a group, of the time that the map is limited to.

    What a relationship has so it has as long as it holds, and as surely: ``own`` are its attributes by its
    id. What an entity has so is undated. ``costs`` are those of paths, by the id of the line.
    """
    vocabulary = teller.vocabulary
    properties = {key: prop for key, prop in vocabulary.properties.items() if prop.group}
    known = set(ids)
    edges: list[MapEdge] = []
    for id_ in ids:
        record = teller.lookup.record(id_)
        keys = sorted(properties.keys() & record.values.keys())
        line = _line(teller, id_, own.get(id_, {}))
        mark = teller.mark(bounds_of_edge(own.get(id_, {})), unsettled=line.unsettled)
        if not keys or mark is None:
            continue
        line = replace(line, sources=cited(record), sentence=teller.sentence(record, mark))
        for key in keys:
            prop = properties[key]
            edges += [
                replace(
                    line,
                    id=f"{id_}.{key}.{target}",
                    target=target,
                    kind=Bilingual(*(pick(prop.labels, lang) for lang in LANGUAGES)),
                    group=local_name(prop.group),
                    cost=costs.get(f"{id_}.{key}.{target}"),
                )
                for target in record.refs(key)
                if target in known and target != id_
            ]
    return edges


def _line(teller: Teller, id_: str, own: Mapping[str, Any]) -> MapEdge:
    """What all lines from a record share."""
    return MapEdge(
        id=id_,
        source=id_,
        target=id_,
        kind=NOTHING,
        sentence=Sentence(NOTHING),
        line=line_of(teller.lookup, id_, own.get("line", "active")),
        certainty=own.get("certainty", "stated"),
        bounds=days(bounds_of_edge(own)),
        directed=True,
        contradicted=bool(own) and contradicted(teller.lookup, id_),
    )
