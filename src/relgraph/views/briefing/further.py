"""What a briefing on a party tells although it does not name the party, since it is of what is the party's.

It goes by rule: what a party takes part in stands in its own briefing, and not in those of others alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from relgraph.model import Record, Term
from relgraph.namespaces import RG
from relgraph.time import MAX
from relgraph.views.briefing.teller import Teller
from relgraph.views.profile import ends
from relgraph.vocabulary import local_name

GATHERING, ARENA, PROGRAMME = "facetGathering", "facetArena", "facetProgramme"
STRUCTURE = "groupStructure"


def further(teller: Teller, party: Record, told: Iterable[Record]) -> dict[str, str]:
    """The ids of further statements, each with the record of which it is said.

    What is said of the meetings of a forum is said of the network, as what is said of the forum is; what is
    said of a programme is said of the body to which it belongs, and what is said of meetings with a party, of
    that; what is planned, and only prepared by the party, is told with what is planned.
    """
    found: dict[str, str] = {}
    for record in told:
        kind = teller.lookup.vocabulary.kinds[record.type]
        if kind.is_a(RG + "Entity"):
            of = _of_the_parts_of(teller, record) if party.id in _wholes(teller, record) else iter(())
            if kind.facet == GATHERING and party.id in record.named():  # meetings with it, say
                of = ((each.id, record.id) for each in _relationships(teller, record.id))
        elif local_name(kind.group) == STRUCTURE:
            of = _of_the_programmes_in(teller, record, party)
        else:
            of = ((id_, id_) for id_ in _planned(teller, record))
        for id_, about in of:
            found.setdefault(id_, about)
    return found


def _of_the_parts_of(teller: Teller, part: Record) -> Iterator[tuple[str, str]]:
    """The relationships that join a gathering or a forum of ``part``."""
    kinds = teller.lookup.vocabulary.kinds
    for each in _relationships(teller, part.id):
        others = teller.lookup.records(sorted(ends(teller.lookup, each) - {part.id}))
        below = (other for other in others if kinds[other.type].facet in (GATHERING, ARENA))
        if any(part.id in _wholes(teller, other) for other in below):
            yield each.id, part.id


def _of_the_programmes_in(teller: Teller, record: Record, party: Record) -> Iterator[tuple[str, str]]:
    """The relationships of the programmes that a statement of structure joins to the party."""
    kinds = teller.lookup.vocabulary.kinds
    joined = ends(teller.lookup, record)
    for other in teller.lookup.records(sorted(joined - {party.id}) if party.id in joined else ()):
        if kinds[other.type].facet == PROGRAMME:
            for each in _relationships(teller, other.id):
                if local_name(kinds[each.type].group) != STRUCTURE:
                    yield each.id, other.id


def _planned(teller: Teller, record: Record) -> list[str]:
    """The gatherings still to come that a relationship joins."""
    kinds = teller.lookup.vocabulary.kinds
    others = teller.lookup.records(sorted(ends(teller.lookup, record)))
    gatherings = [other for other in others if kinds[other.type].facet == GATHERING and other.sources]
    return [other.id for other in gatherings if is_to_come(teller, other)]


def is_to_come(teller: Teller, record: Record) -> bool:
    """Whether what a record is was still to come at the date of the data."""
    begin = teller.bounds(record).earliest_begin
    return teller.day is not None and teller.day < begin < MAX and teller.writer.says_more(record)


def _relationships(teller: Teller, id_: str) -> list[Record]:
    kinds = teller.lookup.vocabulary.kinds
    about = teller.holding(teller.lookup.records(teller.lookup.about(id_)))
    return [each for each in about if each.sources and kinds[each.type].is_a(RG + "Relationship")]


def _wholes(teller: Teller, record: Record) -> set[str]:
    """What a record is a part of."""
    properties = teller.lookup.vocabulary.properties
    keys = (key for key in record.values if properties[key].group == RG + STRUCTURE)
    return {id_ for key in keys for id_ in record.refs(key)}


def group_of(teller: Teller, record: Record) -> str:
    """The local name of the group in which a briefing tells a record: its kind's, or that of its level."""
    vocabulary = teller.lookup.vocabulary
    kind = vocabulary.kinds[record.type]
    if kind.is_a(RG + "Entity") and is_to_come(teller, record):
        return "groupPlanned"
    concepts = [
        vocabulary.concepts.get(value.iri)
        for value in record.values.get("level", ())
        if isinstance(value, Term)
    ]
    return next((local_name(each.group) for each in concepts if each and each.group), local_name(kind.group))


def regrouped(teller: Teller, groups: Mapping[str, list[Record]]) -> dict[str, list[Record]]:
    """Assessments in the groups of their levels: no work was done stands with what did not come about."""
    kinds = teller.lookup.vocabulary.kinds
    found: dict[str, list[Record]] = {group: [] for group in groups}
    for group, records in groups.items():
        for record in records:
            judged = kinds[record.type].is_a(RG + "Assessment")
            found.setdefault(group_of(teller, record) if judged else group, []).append(record)
    return found
