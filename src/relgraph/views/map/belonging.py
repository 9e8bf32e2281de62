"""Where the nodes of a map are on earth, and what they are parts of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from relgraph.lookup import Lookup
from relgraph.model import Typed
from relgraph.namespaces import RG
from relgraph.views.map.data import MapEdge

#: the keys of a point in WGS84, and of the place where something is
POINT = ("lat", "long")
IN = "location"
Coordinates = tuple[float, float]


def points(lookup: Lookup) -> dict[str, Coordinates]:
    """Latitude and longitude of what a record gives them to; the last by id where several do."""
    found: dict[str, Coordinates] = {}
    for record in lookup.records(lookup.ids_of(RG + "Location")):
        at = [float(v.lexical) for key in POINT for v in record.values.get(key, ()) if isinstance(v, Typed)]
        if len(at) == len(POINT):
            found |= dict.fromkeys(record.refs("of"), (at[0], at[1]))
    return found


def places(lookup: Lookup, known: Mapping[str, Coordinates]) -> dict[str, Coordinates]:
    """The ``known`` points, and for whatever is said to be in one place only, the point of that place."""
    found = dict(known)
    stated = {record.id: record.refs(IN) for record in lookup.records(lookup.ids_of(RG + "Entity"))}
    for id_ in sorted(stated.keys() - found.keys()):
        at, seen = id_, set()
        while at not in known and at not in seen and len(set(stated.get(at, ()))) == 1:
            seen.add(at)
            (at,) = set(stated[at])
        if at in known:
            found[id_] = known[at]
    return found


def wholes(lookup: Lookup, edges: Iterable[MapEdge], structure: Iterable[MapEdge]) -> dict[str, str]:
    """What folds into what: a part into its first whole, else whoever has one neighbour into that.

    What folds the ontology says (``rg:folds``). Never the home city, and nothing in a ring.
    """
    neighbours: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        neighbours[edge.source].add(edge.target)
        neighbours[edge.target].add(edge.source)
    kinds = lookup.vocabulary.kinds
    folding = {record.id for record in lookup.records(set(neighbours)) if kinds[record.type].folds}
    folding.discard(lookup.compiled.home)
    found = {id_: min(ends) for id_, ends in neighbours.items() if id_ in folding and len(ends) == 1}
    for edge in sorted(structure, key=lambda e: e.id, reverse=True):
        if edge.source in folding:
            found[edge.source] = edge.target
    return {part: whole for part, whole in found.items() if _ends(part, found)}


def _ends(part: str, wholes: Mapping[str, str]) -> bool:
    """Whether the way from a part to its whole and on comes to an end."""
    seen: set[str] = set()
    while part in wholes and part not in seen:
        seen.add(part)
        part = wholes[part]
    return part not in wholes
