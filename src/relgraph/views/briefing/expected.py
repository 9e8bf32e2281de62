"""Of whom an agreement would be expected, so that it is news that the source mentions none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from relgraph.model import Record
from relgraph.namespaces import RG
from relgraph.views.briefing.teller import Teller
from relgraph.views.profile import ends
from relgraph.vocabulary import local_name

#: the group of agreements, that of what failed, the facet of the home city's units
AGREEMENT, FAILED, UNIT = "groupBasis", "groupSensitivity", "facetUnit"


def may_agree(teller: Teller, party: Record, said: Sequence[Record]) -> bool:
    """Whether an agreement with a party is expected, by what is ``said`` of it.

    It is where something joins it with the home city or a unit of that, nothing that was negotiated failed,
    and parties of its kind have agreements in the graph, or those do that act on a par with it.
    """
    kinds = teller.lookup.vocabulary.kinds
    for record in said:
        kind = kinds[record.type]
        if local_name(kind.group) == FAILED and not kind.is_a(RG + "Assessment"):
            return False
    return is_ours(teller, party, said) and _agree(teller, party, said)


def is_ours(teller: Teller, party: Record, said: Sequence[Record]) -> bool:
    """Whether a relationship joins it with the home city, or with a unit of that."""
    lookup = teller.lookup
    joining = [ends(lookup, record) for record in said]
    others = {id_ for joined in joining if party.id in joined for id_ in joined} - {party.id}
    kinds = lookup.vocabulary.kinds
    return any(
        other.id == lookup.compiled.home or kinds[other.type].facet == UNIT
        for other in lookup.records(sorted(others))
    )


def _agree(teller: Teller, party: Record, said: Sequence[Record]) -> bool:
    """Whether the graph knows an agreement of a party of its kind, or of the kind of its equals."""
    vocabulary = teller.lookup.vocabulary
    equals = {party.type}
    for record in said:
        parties = record.refs(vocabulary.speaking_kind(record).edge_between)
        if party.id in parties:
            equals |= {other.type for other in teller.lookup.records(parties)}
    return any(_has_agreement(teller, name) for name in sorted(equals))


def _has_agreement(teller: Teller, name: str) -> bool:
    """Whether a party of exactly the kind ``name`` has a role in any agreement."""
    vocabulary = teller.lookup.vocabulary
    kinds = [k for k in vocabulary.kinds.values() if local_name(k.group) == AGREEMENT]
    roles = {role for k in kinds for role in (k.edge_from, k.edge_to, k.edge_between) if role}
    own = vocabulary.kinds[name].iri
    below = (k.iri for k in vocabulary.kinds.values() if own in k.parents)
    query = f"""SELECT ?party {{ VALUES ?kind {{ {_iris(k.iri for k in kinds)} }}
      VALUES ?role {{ {_iris(vocabulary.properties[role].iri for role in sorted(roles))} }}
      ?party a <{own}> . ?agreement ?role ?party ; a ?kind .
      FILTER NOT EXISTS {{ VALUES ?other {{ {_iris(below)} }} ?party a ?other }} }} LIMIT 1"""
    return any(True for _ in teller.lookup.rows(query))


def _iris(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)
