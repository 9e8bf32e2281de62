"""Which statements a briefing on a party need not tell, since they say nothing, or only what a name says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import product

from relgraph.loading import term_name
from relgraph.model import Record
from relgraph.namespaces import RG
from relgraph.sentences import genitive, stands_in
from relgraph.views.briefing.around import GATHERING, MEMBERSHIP, PARTNER, STRUCTURE, UNIT
from relgraph.views.briefing.teller import Teller
from relgraph.views.profile import ends
from relgraph.vocabulary import local_name

#: what a record is called, and how sure that is, are nothing that it says
NAMING = {"name", "inText", "isPlural", "placeholder", "certainty"}
#: a record is of several, or has no name but a description
VAGUE = ("isPlural", "placeholder")
#: the status of a gathering that took place
HELD = "held"


def is_worth_saying(teller: Teller, record: Record, party: Record) -> bool:
    """Whether a briefing on ``party`` has use for the statement of a record.

    Not where it says no more than of what kind an entity is; nor, of another than the party itself, what that
    is where it has no name, or is several; nor what goes without saying.
    """
    kind = teller.lookup.vocabulary.kinds[record.type]
    if kind.is_a(RG + "Entity"):
        vague = any(map(record.flag, VAGUE)) and not ("purpose" in record.values or _was_held(teller, record))
        if not teller.writer.says_more(record) or (vague and record.id != party.id):
            return False
    return not goes_without_saying(teller, record, party.id)


def _was_held(teller: Teller, record: Record) -> bool:
    """Whether a record is of gatherings that the source says were held: news, also without a name."""
    return (
        term_name(record, "eventStatus") == HELD
        and teller.lookup.vocabulary.kinds[record.type].facet == GATHERING
    )


def goes_without_saying(teller: Teller, record: Record, party: str = "") -> bool:
    """Whether a statement of structure joins two records of which one is named after the other.

    That the annual meeting of a network belongs to it, or that the secretariat of a network is a unit of it,
    is told by its name; what is uncertain, or says more, is told. ``party`` is whom the briefing is on.
    """
    kind = teller.lookup.vocabulary.speaking_kind(record)
    if kind.is_a(RG + "Entity"):
        joined = [record.id, *sorted(record.named())]
        if {key for key in record.values.keys() - NAMING if not record.refs(key)} & kind.rules.keys():
            return False
        if kind.facet == PARTNER and _is_only_a_part(record):
            return True
        if kind.facet == UNIT and set(joined) == {record.id, teller.lookup.compiled.home}:
            return True  # what kind of unit it is stands at the top, and the others are none
    elif local_name(kind.group) == STRUCTURE:
        joined = sorted(ends(teller.lookup, record))
    else:
        return False
    said = teller.writer.sentence(record)
    several = kind.is_a(RG + "Entity") and joined[1:] and "location" not in record.values
    if (len(joined) != 2 and not several) or set(said.notes) - {said.implied}:
        return False
    # what one language tells by a name the other need not say, save of the party itself, of which it is all
    languages = (teller.lang,) if record.id == party and not several else teller.lookup.compiled.languages
    pairs = [(record.id, id_) for id_ in joined if id_ != record.id] if several else [joined]
    return any(all(_told_by_name(teller, pair, lang) for pair in pairs) for lang in languages)


def _is_only_a_part(record: Record) -> bool:
    """Whether all that is said of a body is that it is a part of another, which the source only implies."""
    said = record.values.keys() - NAMING
    stated = {key for c in record.sources if c.certainty == "stated" for key in c.supports or said}
    return said == {"isPartOf"} and not said & stated


def is_of_a_unit_there(teller: Teller, record: Record, party: Record) -> bool:
    """Whether a statement has to do with ``party`` only as the place where a unit of the home city is.

    What the unit does is told in its own briefing, and that it is there, in that of the place; and so are the
    networks there of which the unit is a member, beside those of the city.
    """
    if party.id == teller.lookup.compiled.home or party.id in record.named():
        return False
    kinds = teller.lookup.vocabulary.kinds
    there = [r for r in teller.lookup.records(sorted(record.named())) if party.id in r.refs("location")]
    if local_name(kinds[record.type].group) == MEMBERSHIP and any(kinds[r.type].facet != UNIT for r in there):
        return False
    return any(kinds[r.type].facet == UNIT for r in there)


def at_gatherings(teller: Teller, left_out: Iterable[Record], party: Record) -> list[tuple[Record, str]]:
    """What is said of a party's own gatherings, each with the id of the gathering.

    It is where that they are the party's own goes without saying.
    """
    lookup = teller.lookup
    kinds = lookup.vocabulary.kinds
    others = sorted({id_ for record in left_out for id_ in ends(lookup, record)} - {party.id})
    gatherings = [other.id for other in lookup.records(others) if kinds[other.type].facet == GATHERING]
    of = {id_: each for each in reversed(gatherings) for id_ in lookup.about(each) if id_ != party.id}
    said = [
        each
        for each in lookup.records(sorted(of))
        if each.sources and kinds[each.type].is_a(RG + "Relationship")
    ]
    holding = teller.holding(said)
    return [(each, of[each.id]) for each in holding if is_worth_saying(teller, each, party)]


def _told_by_name(teller: Teller, ids: Sequence[str], lang: str) -> bool:
    """Whether the name of one of two records stands in that of the other."""
    one, other = (_names(teller, id_, lang) for id_ in ids)
    return any(
        len(a) < len(b) and (stands_in(a, b) or stands_in(genitive(a, lang), b))
        for a, b in (*product(one, other), *product(other, one))
    )


def _names(teller: Teller, id_: str, lang: str) -> set[str]:
    """By what a record is called in running text: its name in it, and what it is also called."""
    record = teller.lookup.get(id_)
    also = {alias.name.value for alias in record.aliases} if record else set()
    names = {teller.writer_in(lang).name(id_), *also}
    return {re.sub("^the ", "", name.casefold()) for name in names if name}
