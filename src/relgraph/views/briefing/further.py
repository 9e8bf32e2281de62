"""What a briefing on a party tells although it does not name the party, since it is of what is the party's.

It goes by rule: what a party takes part in stands in its own briefing, and not in those of others alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from relgraph.model import Record, Term
from relgraph.namespaces import RG
from relgraph.time import MAX
from relgraph.views.briefing.teller import Teller
from relgraph.views.profile import ends
from relgraph.vocabulary import local_name

GATHERING, ARENA, PROGRAMME = "facetGathering", "facetArena", "facetProgramme"
UNIT = "facetUnit"
STRUCTURE, MEMBERSHIP, COOPERATION = "groupStructure", "groupMembership", "groupCooperation"
#: who took part in what
PARTAKING, PROJECT = RG + "Participation", RG + "Project"


def further(teller: Teller, party: Record, told: Iterable[Record]) -> dict[str, str]:
    """The ids of further statements, each with the record of which it is said.

    What is said of the meetings of a forum is said of the network, as what is said of the forum is; what is
    said of a programme or a network is said of the body to which it belongs, and what is said of meetings
    with a party, of that; what is planned, and only prepared by the party, is told with what is planned.
    What a programme has by itself is told of whoever has to do with it, and of what it or a forum is a part,
    and so is that the home city takes part in it; what the city does with a network is told of its members.
    """
    kinds = teller.lookup.vocabulary.kinds
    parts: list[str] = []
    about: dict[str, str] = {}
    found: dict[str, str] = {}
    named: list[Record] = []
    for record in told:
        kind = kinds[record.type]
        if kind.is_a(RG + "Entity"):
            parts += [record.id] if party.id in _wholes(teller, record) else []
            if kind.facet == GATHERING and party.id in record.named():  # meetings with it, say
                about[record.id] = record.id
        elif local_name(kind.group) == STRUCTURE:
            joined = ends(teller.lookup, record)
            others = teller.lookup.records(sorted(joined - {party.id}) if party.id in joined else ())
            whole = party.id in record.refs(kinds[record.type].edge_to)
            wanted = (PROGRAMME, ARENA) if whole else (PROGRAMME,)
            about |= {other.id: other.id for other in others if kinds[other.type].facet in wanted}
        else:
            found |= {id_: id_ for id_ in _planned(teller, record)}
            named += [record] if party.id in record.named() else []
    for below, part in _below(teller, parts):
        about.setdefault(below, part)
    for id_, of in _said(teller, list(about)):
        found.setdefault(id_, about[of])
    for id_, of in (*_of_programmes(teller, named), *_of_networks(teller, party, named)):
        found.setdefault(id_, of)
    return found


def _of_networks(teller: Teller, party: Record, records: Sequence[Record]) -> list[tuple[str, str]]:
    """In what the home city cooperates with the networks of which records say that the party is a member.

    It is where nothing is said of a cooperation of the home city with the party itself.
    """
    vocabulary = teller.lookup.vocabulary
    home = teller.lookup.compiled.home
    if party.id == home or vocabulary.kinds[party.type].facet == UNIT:
        return []
    own = (r for r in records if home in r.named())
    if any(local_name(vocabulary.kinds[r.type].group) == COOPERATION for r in own):
        return []  # of that itself is told
    arenas: set[str] = set()
    for record in records:
        kind = vocabulary.speaking_kind(record)
        if local_name(kind.group) == MEMBERSHIP and party.id in record.refs(kind.edge_from):
            arenas.update(record.refs(kind.edge_to))
    networks = [
        r.id for r in teller.lookup.records(sorted(arenas)) if vocabulary.kinds[r.type].facet == ARENA
    ]
    pairs = _said(teller, networks)
    with_home = {
        r.id
        for r in teller.lookup.records(id_ for id_, _ in pairs)
        if home in r.named() and local_name(vocabulary.kinds[r.type].group) == COOPERATION
    }
    return [(id_, of) for id_, of in pairs if id_ in with_home]


def _of_programmes(teller: Teller, records: Sequence[Record]) -> list[tuple[str, str]]:
    """What is said of the programmes and projects that records name, and of nobody else: what they have, say.

    That only the home city, or a unit of it, took part in them is told, too. With that comes the whole of
    which they, or forums, are a part, where that is one, too.
    """
    kinds = teller.lookup.vocabulary.kinds

    def is_one(record: Record) -> bool:
        return kinds[record.type].facet in (PROGRAMME, ARENA)

    joining = teller.lookup.records(sorted({id_ for record in records for id_ in record.named()}))
    wholes = {r.id: teller.lookup.records(sorted(_wholes(teller, r))) for r in joining if is_one(r)}
    parts = [(id_, id_) for id_, above in wholes.items() if any(map(is_one, above))]
    programmes = [r.id for r in joining if kinds[r.type].facet == PROGRAMME or kinds[r.type].is_a(PROJECT)]
    pairs = _said(teller, programmes)
    said = teller.lookup.records(id_ for id_, _ in pairs)
    with_whom = {id_ for r in said if kinds[r.type].is_a(PARTAKING) for id_ in r.named()} - {*programmes}
    home = teller.lookup.compiled.home
    ours = {r.id for r in teller.lookup.records(sorted(with_whom)) if kinds[r.type].facet == UNIT} | {home}
    shown = {
        r.id
        for r in said
        if len(r.named()) == 1 or (kinds[r.type].is_a(PARTAKING) and r.named() <= ours | {*programmes})
    }
    return [*((id_, of) for id_, of in pairs if id_ in shown), *parts]


def _below(teller: Teller, ids: Sequence[str]) -> list[tuple[str, str]]:
    """The gatherings and forums that are a part of any of ``ids``, each with that."""
    lookup = teller.lookup
    properties = lookup.vocabulary.properties.values()
    keys = " ".join(f"<{p.iri}>" for p in properties if p.group == RG + STRUCTURE)
    query = "SELECT DISTINCT ?part ?of {{ VALUES ?of {{ {} }} VALUES ?key {{ {} }} ?part ?key ?of }}"
    pairs = _pairs(teller, query.format(_nodes(teller, ids), keys)) if ids else []
    parts = {part.id: part for part in lookup.records(part for part, _ in pairs)}
    kinds = lookup.vocabulary.kinds
    return [
        (id_, of) for id_, of in pairs if id_ in parts and kinds[parts[id_].type].facet in (GATHERING, ARENA)
    ]


def _said(teller: Teller, ids: Sequence[str]) -> list[tuple[str, str]]:
    """The relationships that name any of ``ids``, each with that; not those of structure."""
    lookup = teller.lookup
    query = "SELECT DISTINCT ?r ?of {{ VALUES ?of {{ {} }} ?r ?p ?of . ?r a rg:Relationship "
    query += "FILTER (?p != rg:reportedUnder) }}"
    pairs = _pairs(teller, query.format(_nodes(teller, ids))) if ids else []
    holding = teller.holding(lookup.records(id_ for id_, _ in pairs))
    kinds = lookup.vocabulary.kinds
    said = {r.id: r.named() for r in holding if r.sources and local_name(kinds[r.type].group) != STRUCTURE}
    return [(id_, of) for id_, of in pairs if of in said.get(id_, ())]


def _pairs(teller: Teller, query: str) -> list[tuple[str, str]]:
    base = teller.lookup.compiled.base
    rows = (
        [getattr(node, "value", "").removeprefix(base) for node in row] for row in teller.lookup.rows(query)
    )
    return sorted((one, other) for one, other in rows)


def _nodes(teller: Teller, ids: Sequence[str]) -> str:
    return " ".join(f"<{teller.lookup.compiled.base}{id_}>" for id_ in ids)


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
