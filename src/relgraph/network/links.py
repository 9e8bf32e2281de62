"""Compiled store -> relationships with their ends and how each is drawn: what a network is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date as Day
from itertools import combinations
from typing import TYPE_CHECKING, Any

from relgraph.lookup import Lookup
from relgraph.namespaces import RG
from relgraph.network.facts import INNER, Facts, limited
from relgraph.time import MAX, MIN, Bounds
from relgraph.vocabulary import Kind, local_name

if TYPE_CHECKING:
    from relgraph.when import When

#: the modes of relationship that a network holds unless others are asked for
AFFIRMED = ("AffirmedRelationship",)
ALL = ("AffirmedRelationship", "NegatedRelationship", "PlannedRelationship", "UnsettledRelationship")


@dataclass(slots=True)
class Link:
    """One relationship as it is joined to its parties."""

    id: str
    kind: Kind
    pairs: list[tuple[str, str]] = field(default_factory=list)
    directed: bool = True
    unsettled: bool = False

    @property
    def parties(self) -> list[str]:
        """All its parties, sorted."""
        return sorted({party for pair in self.pairs for party in pair})

    @property
    def is_node(self) -> bool:
        """Whether it is drawn as a node of its own: its kind says so, or it joins other than two parties."""
        return self.kind.drawn_as == "node" or len(self.parties) > 2 or not self.pairs

    def lines(self) -> list[tuple[str, str]]:
        """The lines to draw, by their ends: between its parties, or between its own node and each of them."""
        if not self.is_node:
            return self.pairs
        targets = {target for _, target in self.pairs} if self.directed else set()
        return [(self.id, party) if party in targets else (party, self.id) for party in self.parties]

    def attributes(self, lookup: Lookup, facts: Mapping[str, Any]) -> dict[str, Any]:
        """What an edge of a network says, with the ``facts`` that the store has."""
        unsettled = lookup.vocabulary.kinds.get("UnsettledRelationship")
        kind = self.kind
        return {
            "kind": kind.name,
            "group": local_name(unsettled.group if self.unsettled and unsettled else kind.group),
            "roles": kind.edge_between or f"{kind.edge_from} {kind.edge_to}",
            "record": self.id,
            "directed": self.directed,
            **{key: value for key, value in facts.items() if key not in INNER},
            "line": _line(self, facts, lookup.compiled.as_of),
        }


def links(
    lookup: Lookup,
    modes: Collection[str],
    facts: Facts,
    *,
    kinds: Collection[str] = (),
    certain_only: bool = False,
    when: When | None = None,
    only: Collection[str] | None = None,
) -> list[tuple[Link, dict[str, Any]]]:
    """The relationships that :func:`relgraph.network.network` holds, each with its facts, sorted by id.

    ``kinds`` are the IRIs of kinds; ``only`` the ids among which they are, if not all are asked for,
    of which so few are to be given as a question may name (:data:`relgraph.lookup.BATCH`).
    """
    chosen: list[tuple[Link, dict[str, Any]]] = []
    for id_, link in sorted(_links(lookup, modes, only).items()):
        known = facts.of(id_)
        if (kinds and not {*kinds}.intersection((link.kind.iri, *link.kind.parents))) or (
            certain_only and (link.unsettled or known.get("certainty") != "stated")
        ):
            continue
        mark = when.mark(bounds_of_edge(known), unsettled=link.unsettled) if when else ""
        if mark is not None:
            chosen.append((link, {**known, "mark": mark} if when else known))
    return chosen


def bounds_of_edge(attributes: Mapping[str, Any]) -> Bounds:
    """The four bounds of an edge; unbounded where it has none (structure)."""
    day = Day.fromisoformat
    return Bounds(
        day(attributes.get("earliest_begin") or MIN.isoformat()),
        day(attributes.get("latest_begin") or MAX.isoformat()),
        day(attributes.get("earliest_end") or MIN.isoformat()),
        day(attributes.get("latest_end") or MAX.isoformat()),
    )


def _links(lookup: Lookup, modes: Collection[str], only: Collection[str] | None) -> dict[str, Link]:
    """Every relationship of the modes with its pairs, by its most special kind that declares an edge."""
    vocabulary = lookup.vocabulary
    found: dict[str, Link] = {}
    limit = limited(lookup, only)
    kinds = [k for k in vocabulary.kinds.values() if k.is_a(RG + "Relationship") and k.drawn_as != "none"]
    if limit:  # a question for each kind takes longer than to see first which there are
        asked = ("rdf:type", "rg:readsAs")
        rows = [row for key in asked for row in lookup.rows(f"SELECT DISTINCT ?k {{ {limit} ?r {key} ?k }}")]
        types = {getattr(kind, "value", "") for (kind,) in rows}
        kinds = [kind for kind in kinds if kind.iri in types]
    iri = {key: prop.iri for key, prop in vocabulary.properties.items()}
    unsettled = vocabulary.kinds.get("UnsettledRelationship")
    for kind in sorted(kinds, key=lambda k: (len(k.parents), k.name)):
        roles = [role for role in (kind.edge_from, kind.edge_to) if role]
        if kind.edge_between:
            pattern = f"OPTIONAL {{ ?r <{iri[kind.edge_between]}> ?from }}"
        elif len(roles) == 2:
            pattern = " ".join(
                f"OPTIONAL {{ ?r <{iri[r]}> ?{n} }}" for r, n in zip(roles, ("from", "to"), strict=True)
            )
        else:
            continue
        for selector, is_unsettled in (
            (f"{limit} ?r a <{kind.iri}> .", False),
            (f"{limit} ?r rg:readsAs <{kind.iri}> .", True),
        ):
            wanted = (
                "UnsettledRelationship" in modes if is_unsettled else any(kind.is_a(RG + m) for m in modes)
            )
            if not wanted or (is_unsettled and unsettled is None):
                continue
            for id_, ends in _ends(lookup, selector, pattern).items():
                found[id_] = _link(id_, kind, ends, is_unsettled)
    return found


def _ends(lookup: Lookup, selector: str, pattern: str) -> dict[str, tuple[set[str], set[str]]]:
    base = lookup.compiled.base
    ends: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for r, start, end in lookup.rows(f"SELECT ?r ?from ?to {{ {selector} {pattern} }}"):
        known = ends[getattr(r, "value", "").removeprefix(base)]
        for node, side in ((start, known[0]), (end, known[1])):
            value = getattr(node, "value", "")
            if value.startswith(base):
                side.add(value.removeprefix(base))
    return ends


def _link(id_: str, kind: Kind, ends: tuple[set[str], set[str]], unsettled: bool) -> Link:
    starts, targets = (sorted(side) for side in ends)
    if kind.edge_between:
        pairs = list(combinations(starts, 2)) or [(only, only) for only in starts]
    else:
        pairs = [(a, b) for a in starts for b in targets] or [(only, only) for only in (*starts, *targets)]
    pairs = [pair for pair in pairs if pair[0] != pair[1]] or pairs
    return Link(id_, kind, pairs, not kind.edge_between, unsettled)


def _line(link: Link, facts: Mapping[str, Any], as_of: str) -> str:
    """How the relationship is drawn: uncertainty first, then what it is by kind, then its state."""
    declared = link.kind.style.line or "active"
    if link.unsettled or facts.get("certainty") == "ambiguous":
        return "uncertain"
    if declared not in ("active", "done"):
        return declared
    assessed = facts.get("assessed_line", "")
    if assessed:
        return str(assessed)
    if as_of and facts.get("latest_end", as_of) < as_of:
        return "done"
    # of a kind that is done in a time, but this one goes on
    return "active" if facts.get("lasts") and facts.get("latest_end") == MAX.isoformat() else declared
