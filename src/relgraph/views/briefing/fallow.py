"""What lies fallow: the relationships of which a source says that there was no active work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from relgraph.model import Ref, Term
from relgraph.namespaces import RG
from relgraph.sentences import outright, year_of
from relgraph.time import MAX
from relgraph.views.briefing.blocks import Block, Field, Heading, Note, Paragraph
from relgraph.views.briefing.further import remarks
from relgraph.views.briefing.teller import Teller
from relgraph.views.profile import ends

#: groups of what has happened, or was to
HAPPENED = ("groupActivity", "groupCooperation", "groupSensitivity")
#: so many statements of the last year are told
LAST = 3
#: the keys that date something, rather than say that it was so at some time
DATING = ("date", "during", "from", "to")


def fallow(teller: Teller) -> list[Block]:
    """A section each: the relationship, what is said of its state, what happened last, and a field."""
    from relgraph.analysis import Evidence, analyse

    lookup = teller.lookup
    result = analyse("activity", Evidence(lookup, teller.when))
    found: dict[str, list[str]] = {}
    for row in result.tables[0].rows:
        subject = row.cells[0]
        levels = [cell for cell in row.cells if isinstance(cell, Term)]
        concepts = [lookup.vocabulary.concepts.get(level.iri) for level in levels]
        if isinstance(subject, Ref) and any(each and each.line == "dormant" for each in concepts):
            found.setdefault(subject.id, []).append(row.records[0])
    blocks: list[Block] = [Note(teller.word("dormant" if found else "no dormant"))]
    for id_, several in sorted(_together(teller, found).items(), key=lambda one: teller.title(one[0])):
        blocks.append(Heading(teller.title(id_)))
        teller.told = set()
        for record in lookup.records(several):
            if record.sources and ends(lookup, record):
                blocks.append(Paragraph((teller.cited(record),)))
        blocks += [Paragraph((teller.cited(each),)) for each in lookup.records(found[id_])]
        blocks += _last(teller, several)
        blocks += [Paragraph((teller.cited(each),)) for each in remarks(teller, {*several, *teller.told})]
        blocks.append(Field(f"next-{id_}", teller.word("field next"), standing=False))
    return blocks


def _together(teller: Teller, found: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The relationships of which it is stated, each with those of which it is implied by that.

    That nothing was done with the twin towns is implied of each of them, and told once.
    """
    of = {record.id: id_ for id_, ids in found.items() for record in teller.lookup.records(ids)}
    judged = teller.lookup.records(of)
    stated = {each.id for each in outright(judged)}
    at = {(r.type, c.document, c.start): of[r.id] for r in judged if r.id in stated for c in r.sources}
    together: dict[str, list[str]] = {of[id_]: [of[id_]] for id_ in of if id_ in stated}
    for record in judged:
        places = ((record.type, c.document, c.start) for c in record.sources)
        whole = next((at[place] for place in places if place in at), of[record.id])
        if of[record.id] not in together:
            together[whole].append(of[record.id])
    return together


def _last(teller: Teller, ids: Sequence[str]) -> list[Block]:
    """The newest dated statement on what happened, or was to, with the parties of relationships."""
    lookup = teller.lookup
    home = lookup.compiled.home
    joined = {party for id_ in ids for party in ends(lookup, lookup.record(id_)) or {id_}}
    about = {other for party in sorted(joined - {home}) for other in lookup.about(party)}
    done = []
    for record in lookup.records(sorted(about)):
        group = lookup.vocabulary.kinds[record.type].group
        happened = group in {RG + name for name in HAPPENED}
        wanted = happened or {"legalStatus", "of"} <= record.values.keys()
        dated = wanted and any(key in record.values for key in DATING)
        begin = teller.bounds(record).latest_begin if dated else MAX
        if record.sources and begin != MAX and (teller.day is None or begin <= teller.day):
            done.append(record)
    if not done:
        return [Note(teller.word("no last"))]
    newest = teller.newest_first(teller.holding(done))
    newest = [r for r in newest if year_of(r) and year_of(r) == year_of(newest[0])][:LAST] or newest[:1]
    return [Heading(teller.word("last"), 3), *(Paragraph((teller.cited(each),)) for each in newest)]
