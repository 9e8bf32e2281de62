"""What is said of one party, in which order, and where it is cut: the sections of a briefing.

Everything goes by the ontology's groups and facets: a new kind of relationship finds its place by its group.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from relgraph.errors import DataError
from relgraph.model import Record
from relgraph.namespaces import RG
from relgraph.sentences import certainty_of
from relgraph.time import MIN
from relgraph.views.briefing.around import COUNTRY, UNIT
from relgraph.views.briefing.basis import basis_table
from relgraph.views.briefing.blocks import Block, Figure, Heading, Note, Paragraph
from relgraph.views.briefing.expected import is_ours, may_agree
from relgraph.views.briefing.further import WHERE, further, group_of, is_to_come, regrouped, remarks
from relgraph.views.briefing.repeats import told_by_name, told_by_others
from relgraph.views.briefing.saying import (
    NAMING,
    at_gatherings,
    goes_without_saying,
    is_of_a_unit_there,
    is_worth_saying,
)
from relgraph.views.briefing.teller import Teller
from relgraph.views.briefing.ties import TIES, not_covered, strongest
from relgraph.views.map.telling import REMARKS
from relgraph.views.profile import Profile, ends
from relgraph.vocabulary import local_name

#: the facet of the home city's units, the group of agreements
AGREEMENT = "groupBasis"
#: sections after the first two: heading, groups, how many statements one holds
SECTIONS: tuple[tuple[str, tuple[str, ...], int], ...] = (
    ("responsible", ("groupRole", "groupMembership", "groupResponsibility"), 9),
    ("activity", ("groupAssessment", "groupActivity", "groupCooperation"), 25),
    ("parties", ("groupStructure",), 12),
    ("groupSensitivity", ("groupSensitivity",), 6),
    ("groupPlanned", ("groupPlanned",), 6),
    ("unclear", ("groupUnsettled", "groupGap", REMARKS), 8),
    ("other", ("",), 6),
)
#: from so many statements on a party each section holds a part of what it may, to fit two pages; who needs
#: more has the command that gives it
CROWDED, CROWDED_SHARE = 100, 4
#: how many agreements are told in sentences
AGREEMENTS = 6
#: groups of what is no activity with a party: where another is told, it is not said that there was none
QUIET = ("groupBasis", "groupMembership", "groupStructure", "groupGap", REMARKS)
#: the section the absence of which is news, by facet
EXPECTED = {"facetPartner": ("basis", "activity"), "facetArena": ("responsible", "activity")}


@dataclass
class Party:
    """What is said of one party, by group."""

    teller: Teller
    record: Record
    itself: tuple[Record, ...]
    groups: dict[str, list[Record]]
    more: dict[str, int]
    """How many statements of a group were left out as those of a party of whom very much is said."""
    gatherings: dict[str, str]
    """The gathering of which a statement is, where it is told of the party for that reason alone."""
    scarce: bool = False
    """Whether there is nothing but what others need not tell; then nothing is said to be missing."""

    @classmethod
    def of(cls, teller: Teller, record: Record, found: Profile) -> Party:
        """From a profile; raises :class:`DataError` for a statement without a source."""
        groups: dict[str, list[Record]] = defaultdict(list)
        more: dict[str, int] = {}
        itself: tuple[Record, ...] = ()
        gatherings: dict[str, str] = {}
        quiet: dict[str, list[Record]] = defaultdict(list)
        for part in found.parts:
            records: list[Record] = []
            left_out: list[Record] = []
            for said in teller.lookup.records(sentence.record for sentence in part.sentences):
                if is_of_a_unit_there(teller, said, record):
                    continue
                (records if is_worth_saying(teller, said, record) else left_out).append(said)
            for other, gathering in at_gatherings(teller, left_out, record):
                gatherings[other.id] = gathering
                alike = groups[local_name(teller.lookup.vocabulary.kinds[other.type].group)]
                alike += [other] if other not in alike else []
            if [each.id for each in records] == [record.id]:
                itself = (record,)
                continue
            groups[part.group] += records
            quiet[part.group] += left_out
            more[part.group] = part.more
        for other in teller.lookup.records(
            more_told := further(teller, record, [*_all(groups), *_all(quiet)])
        ):
            known_already = other.id in gatherings or other in groups[group_of(teller, other)]
            if not known_already and (is_to_come(teller, other) or is_worth_saying(teller, other, record)):
                gatherings[other.id] = more_told[other.id]
                groups[group_of(teller, other)].append(other)
        scarce = not itself and not any(groups.values())
        if scarce:  # what is little is all that there is
            for group, silent in quiet.items():
                groups[group] += [r for r in silent if not goes_without_saying(teller, r, record.id)]
        for id_ in found.unsourced:
            raise DataError(f"'{id_}' has no source", hint="relgraph check says where it stands")
        if itself and teller.lookup.vocabulary.kinds[record.type].group == RG + AGREEMENT:
            groups[AGREEMENT].insert(0, record)
        groups[REMARKS] = remarks(teller, [record.id, *(each.id for each in _all(groups))])
        known = {group for _, several, _ in SECTIONS for group in several} | {*TIES}
        for group in [each for each in groups if each not in known]:
            groups[""] += groups.pop(group)
        on_page = {sentence.record for part in found.parts for sentence in part.sentences}
        elsewhere = {id_: each for id_, each in gatherings.items() if id_ not in on_page}
        groups = regrouped(teller, groups)
        repeated = told_by_others(teller, _all(groups), record)
        party = cls(teller, record, itself, _without(groups, repeated), more, elsewhere, scarce)
        tie = strongest(teller, record, party.groups)
        named = told_by_name(teller, _all(party.groups), tie, record.id)
        party.groups = _without(party.groups, named)
        return party

    @property
    def facet(self) -> str:
        """The local name of the facet of the party."""
        return self.teller.lookup.vocabulary.kinds[self.record.type].facet

    def blocks(self, *, level: int = 2, share: int = 1, figure: Figure | None = None) -> list[Block]:
        """All sections; with ``share`` n each holds an n-th of the statements that it may."""
        self.teller.left_out.clear()
        groups = [group for group, records in self.groups.items() if records and group != REMARKS]
        if not groups and not self.itself:
            return [Note(self.teller.word("nothing"))]
        blocks = self._brief(level)
        blocks += self._basis(level, share)
        if sum(map(len, self.groups.values())) > CROWDED:
            share = max(share, CROWDED_SHARE)
        for name, several, most in SECTIONS:
            part = self._section(name, several, max(2, most // share))
            if name == "parties" and figure is not None:
                part.append(figure)
            told_above = any(self.groups.get(group) for group in several)
            expected = name in EXPECTED.get(self.facet, ())
            if expected and not (part or told_above or self.scarce or self._is_known(name)):
                home = self.teller.writer.name(self.teller.lookup.compiled.home)
                part = [self._absent(f"no {name}", of=home)]
            if part:
                blocks += [Heading(self._title(name), level), *part]
        if left_out := self.teller.left_out:
            elsewhere = sorted({self.gatherings[id_] for id_ in left_out & self.gatherings.keys()})
            for id_ in (self.record.id, *elsewhere):
                self.teller.given_by_page(id_)
        return blocks

    def _is_known(self, name: str) -> bool:
        """Whether what a section is for is told elsewhere in the briefing."""
        records = {group: found for group, found in self.groups.items() if found}
        if name == "activity":
            told = any(group not in QUIET for group in records)
            return told or not is_ours(self.teller, self.record, _all(records)) or _has_happened(records)
        kinds = self.teller.lookup.vocabulary.kinds
        named = {id_ for found in records.values() for record in found for id_ in record.named()}
        units = (r for r in self.teller.lookup.records(sorted(named)) if r.id != self.record.id)
        return any(kinds[unit.type].facet == UNIT for unit in units)

    def _title(self, name: str) -> str:
        concept = self.teller.lookup.vocabulary.concepts.get(RG + name)
        return self.teller.label(RG + name) if concept else self.teller.word(name)

    def _absent(self, *keys: str, of: str = "") -> Note:
        """What is not stated ``of`` something, as a note."""
        if self.teller.when:
            keys = (*keys, "at the time")
        return Note(" ".join(self.teller.word(key, of) for key in keys))

    # -- the sections ------------------------------------------------------------------------------------

    def _brief(self, level: int) -> list[Block]:
        """What it is, since when, and in what state according to the source: three lines."""
        tie = strongest(self.teller, self.record, self.groups)
        state = self._state(tie)
        lines: list[Block] = [
            Paragraph((self.teller.cited(each),))
            for each in not_covered(self.teller, self.record, self.groups)
        ]
        met = [] if tie else [r for r in _all(self.groups) if "count" in r.values and self._is_of_it_alone(r)]
        known = tie is not None or bool(met)
        itself = [r for r in self.itself if not (known and self._is_only_in_a_country(r))]
        told = self.teller.fresh([*itself, *([tie] if tie else met[:1]), *state])
        for record in told:
            whole = self.teller.in_all_times(record, _all(self.groups))
            lines.append(Paragraph((self.teller.cited(whole),)))
        absent = []
        ours = tie is not None and self.teller.lookup.compiled.home in ends(self.teller.lookup, tie)
        if (
            tie is not None
            and ours
            and tie in told
            and self.facet in EXPECTED
            and not not_covered(self.teller, self.record, self.groups)
        ):
            if self.teller.bounds(tie).earliest_begin == MIN and not tie.values.keys() & {"date", "during"}:
                absent.append("no time")
            if not state and self.scarce and not self._is_known("activity"):
                absent.append("no level")  # else it is said that no activity is mentioned
            if absent:
                lines.append(self._absent(*absent, of=self.teller.writer.name(tie.id)))
        return [Heading(self.teller.word("brief"), level), *lines] if lines else []

    def _is_only_in_a_country(self, record: Record) -> bool:
        """Whether a description says no more than in which country something is, and that by implication."""
        keys = record.values.keys() - NAMING
        places = self.teller.lookup.records(id_ for key in keys for id_ in record.refs(key))
        kinds = self.teller.lookup.vocabulary.kinds
        return bool(keys) and keys <= {*WHERE} and all(kinds[place.type].is_a(COUNTRY) for place in places)

    def _is_of_it_alone(self, record: Record) -> bool:
        """Whether a relationship joins the party with nobody: how often it met, say."""
        return ends(self.teller.lookup, record) == {self.record.id}

    def _state(self, tie: Record | None) -> list[Record]:
        """The first statement on how active the party, or its tie, was."""
        subjects = {self.record.id, *([tie.id] if tie else [])}
        levels = [r for r in _all(self.groups) if "level" in r.values]
        levels = [r for r in levels if subjects & set(r.refs("of"))]
        return sorted(
            levels, key=lambda r: (self.record.id not in r.refs("of"), certainty_of(r) != "stated")
        )[:1]

    def _basis(self, level: int, share: int) -> list[Block]:
        records = self.groups.get("groupBasis", [])
        heading = Heading(self.teller.word("basis"), level)
        if not records:
            said = _all(self.groups)
            expected = "basis" in EXPECTED.get(self.facet, ()) and not not_covered(
                self.teller, self.record, self.groups
            )
            expected = expected and may_agree(self.teller, self.record, said)
            return [heading, self._absent("no basis")] if expected else []
        most = max(2, AGREEMENTS // share)
        items = self.teller.items(records, most, self.more.get("groupBasis", 0))
        return [heading, *items, basis_table(self.teller, records[:most])]

    def _section(self, name: str, groups: Sequence[str], most: int) -> list[Block]:
        records = [record for group in groups for record in self.groups.get(group, ())]
        if name == "activity":
            told = (r for known in self.groups.values() for r in known)
            about = {self.record.id, *(r.id for r in told if self.record.id in ends(self.teller.lookup, r))}
            judged = self.groups.get("groupAssessment", ())
            first = [r for r in judged if about & set(r.refs("of"))]
            rest = [r for r in records if r not in first]
            records = [*first, *self.teller.newest_first(rest)]
        more = sum(self.more.get(group, 0) for group in groups)
        if not self.teller.left_out:
            return [*self.teller.items(records, most, more)]
        shown = self._shown()
        known = [r for r in records if "about" not in r.values or shown & {r.id, *r.refs("about")}]
        self.teller.left_out |= {r.id for r in records if r not in known}
        return [*self.teller.items(known, most, more)]

    def _shown(self) -> set[str]:
        """The ids of what has been told, and of all that it names: a remark on anything else is not told."""
        told = self.teller.lookup.records(sorted(self.teller.told - self.teller.left_out))
        return {self.record.id, *(id_ for record in told for id_ in (record.id, *record.named()))}


def _has_happened(groups: Mapping[str, Sequence[Record]]) -> bool:
    """Whether something is of a time, as a title that was awarded, and does not just last."""
    return any(record.values.keys() & {"date", "during"} for record in _all(groups))


def _all(groups: Mapping[str, Sequence[Record]]) -> list[Record]:
    """The relationships and structure of all groups; not what is remarked on them."""
    return [
        each for group, records in groups.items() if group not in (REMARKS, "groupGap") for each in records
    ]


def _without(groups: Mapping[str, Sequence[Record]], ids: Collection[str]) -> dict[str, list[Record]]:
    return {group: [r for r in records if r.id not in ids] for group, records in groups.items()}
