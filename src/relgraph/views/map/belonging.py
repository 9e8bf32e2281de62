"""Where the nodes of a map are on earth, in which country, and what they are parts of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from relgraph.lookup import Lookup
from relgraph.model import Typed
from relgraph.namespaces import RG
from relgraph.views.map.data import SEVERAL, MapEdge, MapNode

#: the keys of a point in WGS84, and of the place where something is
POINT = ("lat", "long")
IN = "location"
#: the key of the larger place in which a place or party lies
WITHIN = "containedInPlace"
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


def countries(lookup: Lookup) -> dict[str, str]:
    """The country of every entity of which the graph tells it, or :data:`SEVERAL` where it tells more.

    A country is in itself. Whatever has a location is in the country of that, of all of them where it has
    more; else, and so with any place, it is in the country of the places that surround it. What it belongs to
    tells nothing: an office abroad is a unit of the city too.
    """
    lands = set(lookup.ids_of(RG + "Country"))
    stated = {record.id: record for record in lookup.records(lookup.ids_of(RG + "Entity"))}
    found: dict[str, frozenset[str]] = {id_: frozenset((id_,)) for id_ in lands}

    def lands_of(id_: str, above: frozenset[str]) -> frozenset[str]:
        record = stated.get(id_)
        if id_ in found or record is None or id_ in above:
            return found.get(id_, frozenset())
        at = [lands_of(one, above | {id_}) for one in record.refs(IN)]
        if at:
            found[id_] = frozenset().union(*at) if all(at) else frozenset()
        else:
            found[id_] = frozenset().union(*(lands_of(one, above | {id_}) for one in record.refs(WITHIN)))
        return found[id_]

    each = {id_: lands_of(id_, frozenset()) for id_ in sorted(stated)}
    return {id_: next(iter(own)) if len(own) == 1 else SEVERAL for id_, own in each.items() if own}


def in_countries(lookup: Lookup, nodes: Iterable[MapNode], edges: Iterable[MapEdge]) -> list[MapNode]:
    """The nodes with their country (:func:`countries`).

    A relationship's own node is in that of its parties beside the home city, if each of them is in one.
    """
    lands = countries(lookup)
    parties: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        own = edge.sentence.record
        if edge.thin and own in (edge.source, edge.target):
            parties[own].add(edge.target if edge.source == own else edge.source)

    def country(id_: str) -> str:
        if id_ in lands or id_ not in parties:
            return lands.get(id_, "")
        several = {lands.get(party, "") for party in parties[id_] - {lookup.compiled.home}}
        if not several or "" in several:
            return ""
        return next(iter(several)) if len(several) == 1 else SEVERAL

    return [replace(node, country=country(node.id)) for node in nodes]


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
