"""What a briefing on a party tells although it does not name the party, since it is of what is the party's.

It goes by rule: what a party takes part in stands in its own briefing, and not in those of others alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from relgraph.model import Record, Term
from relgraph.namespaces import RG
from relgraph.time import MAX
from relgraph.views.briefing.around import (
    ARENA,
    GATHERING,
    PROGRAMME,
    STRUCTURE,
    UNIT,
    WORK,
    around,
    by_means_of,
    nodes_of,
    pairs_of,
    said_of,
    wholes_of,
)
from relgraph.views.briefing.teller import Teller
from relgraph.views.profile import ends
from relgraph.vocabulary import local_name

THEME = "facetTheme"
POST = RG + "Post"
#: keys of the place of a thing
WHERE = ("location", "containedInPlace")


def further(teller: Teller, party: Record, told: Iterable[Record]) -> dict[str, str]:
    """The ids of further statements, each with the record of which it is said.

    What is said of the meetings of a forum is said of the network, as what is said of the forum is; what is
    said of a programme, a network or a topic is said of the body to which it belongs, and what is said of
    meetings with a party, of that; what is planned, and only prepared by the party, is told with what is
    planned. For what surrounds the party, see :func:`relgraph.views.briefing.around.around`.
    """
    kinds = teller.lookup.vocabulary.kinds
    parts: list[str] = []
    about: dict[str, str] = {}
    found: dict[str, str] = {}
    relationships: list[Record] = []
    for record in told:
        kind = kinds[record.type]
        if kind.is_a(RG + "Entity"):
            parts += [record.id] if party.id in wholes_of(teller, record) else []
            if kind.facet in (GATHERING, THEME) and party.id in record.named():
                about[record.id] = record.id  # meetings or work with it, say
        elif local_name(kind.group) == STRUCTURE:
            joined = ends(teller.lookup, record)
            others = teller.lookup.records(sorted(joined - {party.id}) if party.id in joined else ())
            whole = party.id in record.refs(kinds[record.type].edge_to)
            own = (THEME,) if party.id != teller.lookup.compiled.home else ()  # the city has too many
            wanted = (PROGRAMME, ARENA, *own) if whole else (PROGRAMME,)
            about |= {other.id: other.id for other in others if kinds[other.type].facet in wanted}
            found |= {other.id: other.id for other in others if "purpose" in other.values}
        else:
            found |= {id_: id_ for id_ in _planned(teller, record)}
            relationships.append(record)
    themes = [r.id for r in teller.lookup.records(about) if kinds[r.type].facet in (THEME, PROGRAMME)]
    is_unit = kinds[party.type].facet == UNIT
    for below, part in _below(teller, [*parts, *themes], posts=is_unit):
        about.setdefault(below, part)
        part_of_it = teller.lookup.record(below)
        if "purpose" in part_of_it.values or kinds[part_of_it.type].facet == PROGRAMME:
            found.setdefault(below, below)  # what it is for, or that it is an axis of a fund of the party
    for id_, of in said_of(teller, list(about)):
        found.setdefault(id_, about[of])
    for id_, of in by_means_of(teller, [record.id for record in relationships]):
        found.setdefault(id_, of)
    for id_, of in around(teller, party, relationships):
        found.setdefault(id_, of)
    return found


def _below(teller: Teller, ids: Sequence[str], *, posts: bool) -> list[tuple[str, str]]:
    """What is a part of any of ``ids``, or a work on it, and is told of with it, each with that.

    What only takes place on the premises of a part is not; ``posts`` in it are where they are wanted.
    """
    lookup = teller.lookup
    properties = lookup.vocabulary.properties.items()
    keys = " ".join(f"<{p.iri}>" for key, p in properties if p.group == RG + STRUCTURE and key not in WHERE)
    query = "SELECT DISTINCT ?part ?of {{ VALUES ?of {{ {} }} VALUES ?key {{ {} }} ?part ?key ?of }}"
    pairs = pairs_of(teller, query.format(nodes_of(teller, ids), keys)) if ids else []
    parts = {part.id: part for part in lookup.records(part for part, _ in pairs)}
    kinds = lookup.vocabulary.kinds

    def wanted(record: Record) -> bool:
        kind = kinds[record.type]
        told_with_it = kind.facet in (GATHERING, ARENA, THEME, PROGRAMME) or kind.is_a(WORK)
        return told_with_it or (posts and kind.is_a(POST))

    return [(id_, of) for id_, of in pairs if id_ in parts and wanted(parts[id_])]


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


def remarks(teller: Teller, ids: Iterable[str]) -> list[Record]:
    """The notes on a source that affect what can be read of any of ``ids``; not those on its spelling."""
    return teller.lookup.records(sorted({note for id_ in ids for note in teller.notes.get(id_, ())}))


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
