"""What a briefing has told already by another statement: the same fact from several records, told once.

By the ontology one kind tells another (``rg:tells``), and a sentence that names a statement tells it too, as
"the part taken in the congress" does; both only where they rest on the same place and are of the same time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from relgraph.loading import term_name
from relgraph.model import Edtf, Record
from relgraph.namespaces import RG
from relgraph.sentences import counts, genitive, outright, stands_in
from relgraph.views.briefing.around import COOPERATION, GATHERING
from relgraph.views.briefing.saying import NAMING, VAGUE
from relgraph.views.briefing.teller import Teller
from relgraph.vocabulary import TIME_KEYS, local_name

#: groups of what a sentence that names it tells well enough; an agreement or a role is news of its own
PASSING = ("groupActivity", COOPERATION, "groupAssessment")
#: the level of what is active
ACTIVE = "active"
#: and the key by which a statement says that what it tells was so
ACTIVELY = "isActive"
#: whether a gathering was held; who took part in it says so
STATUS = "eventStatus"
#: keys of what has another reading
APART = ("alternativeTo", "conflictsWith")


def told_by_others(teller: Teller, records: Sequence[Record], party: Record | None) -> set[str]:
    """The ids of the statements that others among them tell by what they are; a name is another matter."""
    found = told_outright(teller, records) | told_by_kind(teller, records)
    return found | told_in_passing(teller, records, party) if party else found


def told_outright(teller: Teller, records: Iterable[Record]) -> set[str]:
    """The ids of the assessments that are only implied by another one, which is stated."""
    kinds = teller.lookup.vocabulary.kinds
    judged = [record for record in records if kinds[record.type].is_a(RG + "Assessment")]
    return {record.id for record in judged} - {record.id for record in outright(judged)}


def told_by_kind(teller: Teller, records: Sequence[Record]) -> set[str]:
    """The ids of the statements that another one tells, since its kind tells such."""
    kinds = teller.lookup.vocabulary.kinds

    def tells(one: Record, other: Record) -> bool:
        if not any(kinds[other.type].is_a(iri) for iri in kinds[one.type].tells):
            return False
        if kinds[other.type].is_a(RG + "Entity"):  # one and the same, wherever it is described
            return {other.id, *other.named()} <= one.named()
        if one.id in other.refs("of"):  # that one is active in a network tells that it was active there
            says_so = ACTIVELY not in kinds[one.type].rules or one.flag(ACTIVELY)
            return says_so and term_name(other, "level") == ACTIVE and _rests_within(one, other)
        if other.id in one.named():  # what a coordination includes, say
            return _alike(one, other)
        if not (_rests_within(one, other) or _borne_out(one, other)):
            return False
        if one.type == other.type and one.id in other.named():
            return False  # of two of a kind, that tells which names the other
        times = _times(one) | {v.text for v in one.values.get("observedIn", ()) if isinstance(v, Edtf)}
        return other.named() - {one.id} <= one.named() and _times(other) <= times

    return _told(records, tells)


def told_in_passing(teller: Teller, records: Sequence[Record], party: Record) -> set[str]:
    """The ids of the gatherings of which all is told by a statement that names them: where, whose, when.

    "Took part in the congress in Kaunas in October 2019" tells that the congress was held then and there.
    """
    vocabulary = teller.lookup.vocabulary
    writers = [teller.writer_in(lang) for lang in teller.lookup.compiled.languages]
    found: set[str] = set()
    for other in records:
        if vocabulary.kinds[other.type].facet != GATHERING:
            continue
        times, named = _times(other), other.named() - {party.id}
        naming = [one for one in records if one is not other and other.id in one.named()]
        naming = [one for one in naming if times and times <= _times(one)]
        by_its_name = {
            id_
            for id_ in named
            if all(
                stands_in(writer.name(id_), writer.name(other.id))
                or stands_in(genitive(writer.name(id_), writer.lang), writer.name(other.id))
                for writer in writers
            )
        }
        said = other.values.keys() - {*NAMING, *TIME_KEYS, STATUS}
        told = naming and named == by_its_name and all(map(other.refs, said))
        vague = any(map(other.flag, VAGUE))
        if told or (vague and any(named - by_its_name <= one.named() for one in naming)):
            found.add(other.id)
    return found


def told_by_name(teller: Teller, records: Sequence[Record], keep: Record | None, party: str = "") -> set[str]:
    """The ids of the statements that the sentence of another one names, save ``keep``.

    One that says it goes on says more than its name to whom it names; so does a cooperation that names the
    ``party`` of which is told where the other does not.
    """
    kinds = teller.lookup.vocabulary.kinds
    writers = [teller.writer_in(lang) for lang in teller.lookup.compiled.languages]

    def tells(one: Record, other: Record) -> bool:
        if other.id not in one.named() or other == keep or not _alike(one, other):
            return False
        joining = local_name(kinds[other.type].group) == COOPERATION
        news = other.flag("isContinued") and (not party or party in other.named())
        if news or (joining and party in other.named() - one.named()):
            return False
        both = (kinds[one.type], kinds[other.type])
        passing = local_name(both[1].group) in PASSING and all(
            kind.is_a(RG + "Relationship") for kind in both
        )
        if not passing or counts(other):
            return False
        return all(stands_in(writer.name(other.id), writer.sentence(one).text) for writer in writers)

    return _told(records, tells)


def _told(records: Sequence[Record], tells: Callable[[Record, Record], bool]) -> set[str]:
    """Those that any other tells."""
    near: Mapping[tuple[str, int], list[Record]] = defaultdict(list)
    single = [record for record in records if not any(key in record.values for key in APART)]
    for record in single:
        for document, start, _ in _places(record):
            near[document, start].append(record)
    found: set[str] = set()
    for one in single:
        others = {other.id: other for at in _places(one) for other in near[at[:2]]}
        found |= {id_ for id_, other in others.items() if other is not one and tells(one, other)}
    return found


def _alike(one: Record, other: Record) -> bool:
    """Whether ``other`` rests on no place and no time that ``one`` does not have."""
    return _rests_within(one, other) and _times(other) <= _times(one)


def _rests_within(one: Record, other: Record) -> bool:
    """Whether ``other`` rests on no place that ``one`` does not have."""
    places = _places(one)
    return all(any(_contains(place, at) for place in places) for at in _places(other))


def _borne_out(one: Record, other: Record) -> bool:
    """Whether all that ``other`` joins is stated in one place on which ``one`` rests; it may rest on more."""
    joined = {key for key in other.values if other.refs(key)}
    within = (c for c in other.sources if c.certainty == "stated" and joined <= {*(c.supports or joined)})
    return any(_contains(at, (c.document, c.start, c.end)) for c in within for at in _places(one))


def _places(record: Record) -> set[tuple[str, int, int]]:
    """The places on which it rests; not those that tell its time alone."""
    cited = [c for c in record.sources if not c.supports or set(c.supports) - {*TIME_KEYS}]
    return {(c.document, c.start, c.end) for c in cited}


def _contains(place: tuple[str, int, int], at: tuple[str, int, int]) -> bool:
    return place[0] == at[0] and place[1] <= at[1] and at[2] <= place[2]


def _times(record: Record) -> set[str]:
    keys = [key for key in TIME_KEYS if key != "observedIn"]
    return {v.text for key in keys for v in record.values.get(key, ()) if isinstance(v, Edtf)}
