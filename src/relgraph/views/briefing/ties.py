"""By what a party is known: what ties it to the home city, and what the source says it does not cover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from relgraph.model import Record
from relgraph.views.briefing.teller import Teller
from relgraph.views.profile import ends

#: the facet of the home city's units, the groups of what failed and of remarks on what is missing
UNIT, FAILED, GAPS = "facetUnit", "groupSensitivity", "groupGap"
#: what ties the home city to a party, the strongest first
TIES = ("groupBasis", "groupMembership", "groupCooperation", "groupRole", "groupResponsibility")
#: and what ties a unit of its own to the world
UNIT_TIES = ("groupRole", "groupResponsibility", "groupMembership")


def not_covered(teller: Teller, party: Record, groups: Mapping[str, Sequence[Record]]) -> list[Record]:
    """What the source says that it does not cover of the party; the home city has more to begin with."""
    if party.id == teller.lookup.compiled.home:
        return []
    kinds = teller.lookup.vocabulary.kinds
    return [r for r in groups.get(GAPS, ()) if kinds[r.type].leads and party.id in r.named()]


def strongest(teller: Teller, party: Record, groups: Mapping[str, Sequence[Record]]) -> Record | None:
    """The strongest relationship of the party, one with the home city before others.

    That something with the home city failed comes before what joins the party with others, and what joins
    it with a unit of the city before what joins it with strangers.
    """
    home = teller.lookup.compiled.home
    is_unit = teller.lookup.vocabulary.kinds[party.type].facet == UNIT
    kinds = teller.lookup.vocabulary.kinds
    first: Record | None = None
    with_unit: Record | None = None
    for group in UNIT_TIES if is_unit else TIES:
        joining = [r for r in groups.get(group, ()) if _joins(teller, r, party, is_unit)]
        if party in groups.get(group, ()):
            joining.insert(0, party)
        with_home = [r for r in joining if home in ends(teller.lookup, r)]
        if with_home:
            return with_home[0]
        first = first or next(iter(joining), None)
        if with_unit is None:
            others = {r.id: teller.lookup.records(sorted(ends(teller.lookup, r))) for r in joining}
            ours = (r for r in joining if any(kinds[each.type].facet == UNIT for each in others[r.id]))
            with_unit = next(ours, None)
    for record in () if is_unit else groups.get(FAILED, ()):
        if {party.id, home} <= ends(teller.lookup, record):
            return record
    return first if is_unit else with_unit or first


def _joins(teller: Teller, record: Record, party: Record, is_unit: bool) -> bool:
    """Whether a record joins the party with others; a unit is not known by what has no name.

    One that leaves open with whom, as that it was coordinated, is no tie.
    """
    joined = ends(teller.lookup, record)
    if party.id not in joined or not is_unit:
        return party.id in joined and len(joined) > 1
    kinds = teller.lookup.vocabulary.kinds
    others = teller.lookup.records(sorted(joined - {party.id}))
    return not any(other.flag("placeholder") and kinds[other.type].facet != UNIT for other in others)
