"""Where briefings are put together, every kind of them: title, what it opens with, body, fields, sources.

What goes into the bodies is told elsewhere: of one party in ``sections``, of several in ``connections``, of
what lies fallow in ``fallow``, of the next report in ``outline``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from relgraph.errors import UsageError
from relgraph.lookup import Lookup
from relgraph.model import Record
from relgraph.namespaces import RG
from relgraph.sentences import capital, certainty_of, join
from relgraph.views.briefing.blocks import Block, Briefing, Field, Figure, Heading, Note
from relgraph.views.briefing.sections import Party
from relgraph.views.briefing.teller import IMPLIED, Teller
from relgraph.views.profile import profile
from relgraph.vocabulary import local_name

if TYPE_CHECKING:
    from relgraph.views.briefing.figure import Figures

#: kinds of briefing on one party: the facet, or for an agreement the group, of those whom they fit
KINDS: dict[str, str] = {
    "city": "facetPartner",
    "network": "facetArena",
    "department": "facetUnit",
    "agreement": "groupBasis",
    "programme": "facetProgramme",
}
#: kinds that are on no party in particular
ON_ALL = ("dormant", "year")
#: whom ``--all`` writes on: kinds of briefing in the order of the index
SUBJECTS = ("city", "network", "department")
FIELDS = ("aim", "questions", "practical", "follow-up")


def made(
    teller: Teller, ids: Sequence[str], *, kind: str = "", purpose: str = "", figures: Figures | None = None
) -> Briefing:
    """The briefing of a kind on the records ``ids``: without a kind what fits one, of several a visit.

    ``figures`` draws the figure. Raises :class:`UsageError` where kind and records do not go together,
    :class:`relgraph.errors.DataError` for a statement without a source.
    """
    if kind == "dormant":
        return dormant(teller, purpose=purpose)
    if kind == "year":
        return year(teller, purpose=purpose)
    if kind == "visit" or (len(ids) > 1 and not kind):
        figure = figures.between(ids, teller.lang) if figures else None
        return visit(teller, ids, purpose=purpose, figure=figure)
    if len(ids) > 1:
        raise UsageError(f"--kind {kind} takes one name", hint="several names make a visit")
    figure = figures.around(ids[0], teller.lang) if figures else None
    return briefing(teller, teller.lookup.record(ids[0]), kind=kind, purpose=purpose, figure=figure)


def kind_of(lookup: Lookup, record: Record) -> str:
    """The kind of briefing that fits a record by its facet or group; empty where none is particular to it."""
    kind = lookup.vocabulary.kinds[record.type]
    return next((name for name, fits in KINDS.items() if fits in (kind.facet, local_name(kind.group))), "")


def subjects(lookup: Lookup) -> dict[str, list[str]]:
    """By kind of briefing, those of whom ``--all`` writes: partners, networks, units, save the home city.

    They go by their facet, save those without a name, those of a kind of whom the ontology says that a
    briefing is of no use, and those that stand in nothing but readings: that anybody has to do with them is
    not settled, so that nobody meets them. Sorted by id.
    """
    doubtful = _in_readings_alone(lookup)
    found: dict[str, list[str]] = {kind: [] for kind in SUBJECTS}
    for record in lookup.records(lookup.ids_of(RG + "Agent")):
        kind = kind_of(lookup, record)
        wanted = lookup.vocabulary.kinds[record.type].briefed and not record.flag("placeholder")
        if kind in found and wanted and record.id not in (lookup.compiled.home, *doubtful):
            found[kind].append(record.id)
    return found


def _in_readings_alone(lookup: Lookup) -> set[str]:
    """The ids of the parties that readings name, and no settled statement; a remark settles nothing."""
    query = "SELECT DISTINCT ?a { ?r a rg:UnsettledRelationship ; ?p ?a . ?a a rg:Agent }"
    read = {getattr(a, "value", "").removeprefix(lookup.compiled.base) for (a,) in lookup.rows(query)}
    kinds = lookup.vocabulary.kinds

    def settled(id_: str) -> bool:
        about = lookup.records(lookup.about(id_))
        said = [kinds[r.type] for r in about if kinds[r.type].is_a(RG + "Relationship")]
        return any(not kind.is_a(RG + "UnsettledRelationship") for kind in said)

    return {id_ for id_ in read if not settled(id_)}


# -- the kinds -----------------------------------------------------------------------------------------------


def briefing(
    teller: Teller, record: Record, *, kind: str = "", purpose: str = "", figure: Figure | None = None
) -> Briefing:
    """A briefing on one party, agreement or programme.

    ``kind`` is one of :data:`KINDS`, or empty for the one that fits; ``figure`` is drawn among the connected
    parties. Raises :class:`UsageError` where the kind does not fit the record, :class:`DataError` for a
    statement without a source.
    """
    lookup = teller.lookup
    fits = kind_of(lookup, record)
    if kind and kind != fits:
        hint = f"it fits --kind {fits}" if fits else "leave out --kind"
        raise UsageError(f"a briefing of the kind '{kind}' does not fit '{record.id}'", hint=hint)
    found = profile(lookup, record, teller.lang, when=teller.when)
    sort = teller.marked(capital(found.kind), certainty_of(record) == "implied")
    opening = teller.opening(sort, purpose)
    teller.abbreviations.title = found.title
    body = Party.of(teller, record, found).blocks(figure=figure)
    return _put_together(teller, record.id, teller.word("title", found.title), opening, body, FIELDS)


def visit(teller: Teller, ids: Sequence[str], *, purpose: str = "", figure: Figure | None = None) -> Briefing:
    """What is to be known of several parties before a visit: what connects them, then each by itself.

    What connects two of them is told once, at the beginning, where ``figure`` stands too.
    """
    from relgraph.views.briefing.connections import connections

    title = teller.word("title visit", join([teller.title(id_) for id_ in ids], teller.lang))
    opening = teller.opening(purpose=purpose)
    teller.abbreviations.title = title
    body = [*connections(teller, ids), *([figure] if figure is not None else [])]
    shared = set(teller.told)
    for id_ in ids:
        teller.told = set(shared)
        record = teller.lookup.record(id_)
        found = profile(teller.lookup, record, teller.lang, when=teller.when)
        body.append(Heading(teller.title(id_)))
        body += Party.of(teller, record, found).blocks(level=3, share=min(4, len(ids)))
    return _put_together(teller, " ".join(ids), title, opening, body, FIELDS)


def dormant(teller: Teller, *, purpose: str = "") -> Briefing:
    """The relationships of which a source says that there was no active work, and what happened last."""
    from relgraph.views.briefing.fallow import fallow

    title, opening = teller.word("title dormant"), teller.opening(purpose=purpose)
    return _put_together(teller, "dormant", title, opening, fallow(teller))


def year(teller: Teller, *, purpose: str = "") -> Briefing:
    """The sections of the latest report with what it said in each, and a field for what is new."""
    from relgraph.views.briefing.outline import outline

    title, opening = teller.word("title year"), teller.opening(purpose=purpose)
    return _put_together(teller, "year", title, opening, outline(teller))


# -- what all of them have in common -------------------------------------------------------------------------


def _put_together(
    teller: Teller,
    about: str,
    title: str,
    opening: Iterable[Block],
    body: Iterable[Block],
    keys: Iterable[str] = (),
) -> Briefing:
    """The document: title and opening, the body, the fields for staff, and how to read it at its end."""
    blocks: list[Block] = [Heading(title, 1), *opening, *body]
    if teller.rest:
        blocks.append(Note(teller.word("rest")))
    if fields := [Field(key, teller.word(f"field {key}")) for key in keys]:
        blocks += [Heading(teller.word("fields")), *fields]
    if teller.implied:
        blocks.append(Note(f"{IMPLIED} {teller.word('implied mark')}"))
    sources = teller.list_of_sources()
    if sources.entries:
        blocks += [Heading(teller.word("sources")), sources]
    return Briefing(
        about, title, teller.lang, teller.lookup.compiled.as_of, tuple(blocks), tuple(teller.rest)
    )
