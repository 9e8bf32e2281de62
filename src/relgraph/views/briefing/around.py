"""What surrounds a party: its networks, programmes and projects, and what the home city does in them.

It stands in the briefing on the party by rule, although the statements do not name the party.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from relgraph.model import Record
from relgraph.namespaces import RG
from relgraph.views.briefing.teller import Teller
from relgraph.vocabulary import Kind, local_name

UNIT, PARTNER, ARENA, PROGRAMME = "facetUnit", "facetPartner", "facetArena", "facetProgramme"
GATHERING = "facetGathering"
STRUCTURE, MEMBERSHIP, ROLE = "groupStructure", "groupMembership", "groupRole"
ACTIVITY, RESPONSIBILITY = "groupActivity", "groupResponsibility"
COOPERATION = "groupCooperation"
#: who took part in what
PARTAKING, PROJECT = RG + "Participation", RG + "Project"
#: a place of which it says little that something is there, or that two are
COUNTRY = RG + "Country"
#: a method, say, and who made it
WORK, DEVELOPMENT = RG + "Work", RG + "Development"
#: so many records at most does one name that joins the party closely with each; a list of topics names more
NEAR = 4


def around(teller: Teller, party: Record, told: Sequence[Record]) -> list[tuple[str, str]]:
    """The ids of statements on what the relationships that are ``told`` of a party name, each with that.

    What a programme has by itself is told of whoever has to do with it, what it is for, and of what it or a
    forum is a part; that the home city takes part in it; all of a project; what is said of a network alone,
    of its members; and what hangs together with a support or the like that is told.
    """
    named = [record for record in told if party.id in record.named()]
    return [
        *_of_programmes(teller, party, named),
        *_of_networks(teller, party, named),
        *_linked(teller, told),
        *_naming(teller, named),
        *_on_what_is_unsettled(teller, named),
    ]


def _of_networks(teller: Teller, party: Record, records: Sequence[Record]) -> list[tuple[str, str]]:
    """What is said of the networks by themselves, of which the party is a member, or in which it has a role.

    How often they meet, say, and on what they focus. A unit of the home city has enough of its own to tell.
    """
    vocabulary = teller.lookup.vocabulary
    kinds = vocabulary.kinds
    if party.id == teller.lookup.compiled.home or kinds[party.type].facet == UNIT:
        return []
    arenas: set[str] = set()
    for record in records:
        kind = vocabulary.speaking_kind(record)
        if local_name(kind.group) in (MEMBERSHIP, ROLE) and party.id in record.refs(kind.edge_from):
            arenas.update(record.refs(kind.edge_to))
    joining = teller.lookup.records(sorted(arenas))

    def is_of_them_alone(record: Record) -> bool:
        kind = vocabulary.speaking_kind(record)
        doers = _agents(teller, _doers(kind, record))
        return local_name(kind.group) == ACTIVITY and bool(doers) and doers <= arenas

    pairs = said_of(teller, [r.id for r in joining if kinds[r.type].facet == ARENA])
    return _those(teller, pairs, is_of_them_alone)


def _those(
    teller: Teller, pairs: Sequence[tuple[str, str]], wanted: Callable[[Record], bool]
) -> list[tuple[str, str]]:
    """The pairs of which the first is the id of a wanted statement."""
    found = {r.id for r in teller.lookup.records(id_ for id_, _ in pairs) if wanted(r)}
    return [(id_, of) for id_, of in pairs if id_ in found]


def _is_done(teller: Teller, record: Record) -> bool:
    """Whether a statement is of an activity."""
    return local_name(teller.lookup.vocabulary.kinds[record.type].group) == ACTIVITY


def _doers(kind: Kind, record: Record) -> set[str]:
    """Of whom a relationship is said: where it has a direction, those from whom it goes."""
    return set(record.refs(kind.edge_from)) if kind.edge_from else record.named()


def _agents(teller: Teller, ids: set[str]) -> set[str]:
    """The parties among ids."""
    kinds = teller.lookup.vocabulary.kinds
    return {each.id for each in teller.lookup.records(sorted(ids)) if kinds[each.type].is_a(RG + "Agent")}


def _of_programmes(teller: Teller, party: Record, records: Sequence[Record]) -> list[tuple[str, str]]:
    """What is said of the programmes and projects that records name, and of nobody else: what they have, say.

    That only the home city, or a unit of it, took part in them is told, too, and in the bodies that the party
    coordinates, and what the city does in a programme with which the party entrusted it. With that comes what
    they are for, and the whole of which they, or forums, are a part, where that is one, too.
    """
    kinds = teller.lookup.vocabulary.kinds
    home = teller.lookup.compiled.home

    def is_one(record: Record) -> bool:
        return kinds[record.type].facet in (PROGRAMME, ARENA)

    ids = {id_ for record in records for id_ in record.named()}
    joining = teller.lookup.records(sorted(ids))
    gatherings = [r for r in joining if kinds[r.type].facet == GATHERING]
    forums = teller.lookup.records(sorted({id_ for r in gatherings for id_ in wholes_of(teller, r)}))
    ones = {r.id: r for r in (*joining, *forums) if is_one(r)}
    wholes = {r.id: teller.lookup.records(sorted(wholes_of(teller, r))) for r in ones.values()}
    near = {id_ for record in records if len(record.named()) <= NEAR for id_ in record.named()}
    close = near | {r.id for r in forums}
    parts = [(id_, id_) for id_, above in wholes.items() if id_ in close and any(map(is_one, above))]
    purposes = [(r.id, r.id) for r in joining if "purpose" in r.values and r.id in near - {party.id}]
    projects = {r.id for r in joining if kinds[r.type].is_a(PROJECT)}
    programmes = {r.id for r in joining if kinds[r.type].facet == PROGRAMME and r.id in near} | projects
    works = {r.id for r in joining if kinds[r.type].is_a(WORK) and r.id in near}
    entrusted = programmes & {
        id_
        for record in records
        if local_name(kinds[record.type].group) == RESPONSIBILITY and home in record.named()
        for id_ in record.named()
    }
    bodies = {r.id for r in joining if kinds[r.type].facet == PARTNER} & _coordinated(teller, party, records)
    pairs = said_of(teller, sorted(programmes | bodies | works))
    said = teller.lookup.records(id_ for id_, _ in pairs)
    with_whom = {id_ for r in said if kinds[r.type].is_a(PARTAKING) for id_ in r.named()}
    ours = {r.id for r in teller.lookup.records(sorted(with_whom)) if kinds[r.type].facet == UNIT} | {home}
    shown = set()
    for r in said:
        kind = kinds[r.type]
        partaking = kind.is_a(PARTAKING) or local_name(kind.group) == MEMBERSHIP
        partaking = partaking and r.named() <= ours | programmes | bodies
        done = local_name(kind.group) == ACTIVITY and home in r.refs(kind.edge_from)
        done = done and {*r.refs(kind.edge_to)} <= entrusted
        made = kind.is_a(DEVELOPMENT) and bool(works & {*r.refs(kind.edge_to)})
        if works & r.named() and not programmes & r.named() and not made:
            continue
        if len(r.named()) == 1 or partaking or done or made or projects & r.named():
            shown.add(r.id)
    return [*((id_, of) for id_, of in pairs if id_ in shown), *parts, *purposes]


def _coordinated(teller: Teller, party: Record, records: Sequence[Record]) -> set[str]:
    """What the party is responsible for, or coordinates."""
    found: set[str] = set()
    for record in records:
        kind = teller.lookup.vocabulary.kinds[record.type]
        if local_name(kind.group) == RESPONSIBILITY and party.id in record.refs(kind.edge_from):
            found.update(record.refs(kind.edge_to))
    return found


def _naming(teller: Teller, records: Sequence[Record]) -> list[tuple[str, str]]:
    """What names a cooperation in which the party is included: that it had priority, say."""
    kinds = teller.lookup.vocabulary.kinds
    pairs = said_of(teller, [r.id for r in records if local_name(kinds[r.type].group) == COOPERATION])
    return _those(teller, pairs, partial(_is_done, teller))


def by_means_of(teller: Teller, ids: Sequence[str]) -> list[tuple[str, str]]:
    """What was done by means of any of ``ids``, each with that: policy work through meetings, say."""
    pairs = said_of(teller, ids)
    done = {r.id: r.refs("means") for r in teller.lookup.records(id_ for id_, _ in pairs)}
    return [(id_, of) for id_, of in pairs if of in done.get(id_, ())]


def _on_what_is_unsettled(teller: Teller, records: Sequence[Record]) -> list[tuple[str, str]]:
    """What the home city's units did on the topics of what can be read of the party in several ways."""
    kinds = teller.lookup.vocabulary.kinds
    unsettled = [r for r in records if kinds[r.type].is_a(RG + "UnsettledRelationship")]
    topics = {id_ for record in unsettled for id_ in record.refs("regarding")}
    pairs = said_of(teller, sorted(topics))
    said = teller.lookup.records(id_ for id_, _ in pairs)
    doers = {id_ for r in said for id_ in r.refs(kinds[r.type].edge_from)}
    units = {r.id for r in teller.lookup.records(sorted(doers)) if kinds[r.type].facet == UNIT}
    done = {r.id for r in said if _is_done(teller, r) and units & {*r.refs(kinds[r.type].edge_from)}}
    return [(id_, of) for id_, of in pairs if id_ in done]


def _linked(teller: Teller, told: Sequence[Record]) -> list[tuple[str, str]]:
    """What was done in connection with a support, say, that is told."""
    kinds = teller.lookup.vocabulary.kinds
    bearing = [r.id for r in told if local_name(kinds[r.type].group) == RESPONSIBILITY]
    return _those(teller, said_of(teller, bearing, under=True), partial(_is_done, teller))


def said_of(teller: Teller, ids: Sequence[str], *, under: bool = False) -> list[tuple[str, str]]:
    """The relationships that name any of ``ids``, each with that; not those of structure.

    With ``under``, also what is only reported under one of them.
    """
    lookup = teller.lookup
    query = "SELECT DISTINCT ?r ?of {{ VALUES ?of {{ {} }} ?r ?p ?of . ?r a rg:Relationship "
    query += "}}" if under else "FILTER (?p != rg:reportedUnder) }}"
    pairs = pairs_of(teller, query.format(nodes_of(teller, ids))) if ids else []
    holding = teller.holding(lookup.records(id_ for id_, _ in pairs))
    kinds = lookup.vocabulary.kinds
    said = {r.id: r.named() for r in holding if r.sources and local_name(kinds[r.type].group) != STRUCTURE}
    return [(id_, of) for id_, of in pairs if of in said.get(id_, ())]


def pairs_of(teller: Teller, query: str) -> list[tuple[str, str]]:
    """The ids in two columns that a query answers, sorted."""
    base = teller.lookup.compiled.base
    rows = (
        [getattr(node, "value", "").removeprefix(base) for node in row] for row in teller.lookup.rows(query)
    )
    return sorted((one, other) for one, other in rows)


def nodes_of(teller: Teller, ids: Sequence[str]) -> str:
    """The nodes of several ids, as a query lists them."""
    return " ".join(f"<{teller.lookup.compiled.base}{id_}>" for id_ in ids)


def wholes_of(teller: Teller, record: Record) -> set[str]:
    """What a record is a part of."""
    properties = teller.lookup.vocabulary.properties
    keys = (key for key in record.values if properties[key].group == RG + STRUCTURE)
    return {id_ for key in keys for id_ in record.refs(key)}
