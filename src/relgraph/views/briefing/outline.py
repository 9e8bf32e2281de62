"""The outline of the next report: the sections of the latest one, with what each of them said."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace

from relgraph.model import Citation, Record
from relgraph.namespaces import RG
from relgraph.views.briefing.around import ARENA, GATHERING, PROGRAMME
from relgraph.views.briefing.blocks import Block, Field, Heading, Items, Note
from relgraph.views.briefing.further import is_to_come
from relgraph.views.briefing.repeats import told_by_name, told_by_others
from relgraph.views.briefing.saying import NAMING, goes_without_saying, is_worth_saying
from relgraph.views.briefing.teller import Teller
from relgraph.vocabulary import pick

#: how many statements of a section are told: the next report starts from all of them, but from no catalogue
MOST = 60

#: what stands last in a section
DOUBTS = (RG + "UnsettledRelationship", RG + "Annotation")
#: of what is told what it is, where the source says more than that it is one
DESCRIBED = (ARENA, GATHERING, PROGRAMME)

_SECTIONS = """SELECT ?document ?number ?start ?name { ?s a rg:Section ; dcterms:isPartOf ?document ;
  rg:section ?number ; oa:start ?start . ?document rg:periodEnd ?end .
  FILTER NOT EXISTS { ?other rg:periodEnd ?later ; ^dcterms:isPartOf/a rg:Section . FILTER(?later > ?end) }
  OPTIONAL { ?s rdfs:label ?name } }"""
_STATED = """SELECT DISTINCT ?r {{ ?r prov:wasDerivedFrom ?c .
  ?c oa:hasSource <{document}> ; rg:section {section} }}"""


@dataclass(frozen=True, slots=True, order=True)
class _Section:
    document: str
    start: int
    number: str


def outline(teller: Teller) -> list[Block]:
    """The sections of the latest report with what it said in each, and a field for what is new."""
    sections = _sections(teller)
    documents = list(dict.fromkeys(section.document for section in sorted(sections)))
    names = ", ".join(map(teller.writer.name, documents))
    blocks: list[Block] = [Note(teller.word("year", names) if documents else teller.word("no period"))]
    stated = {section: teller.holding(_stated(teller, section)) for section in sorted(sections)}
    repeated = _repeated(teller, [record for records in stated.values() for record in records])
    kinds = teller.lookup.vocabulary.kinds
    for section, records in stated.items():
        teller.left_out.clear()
        # what contradicts a statement of another section stands in its own, too; readings are told together
        told_before = teller.lookup.records(sorted(teller.told))
        teller.told = {r.id for r in told_before if kinds[r.type].is_a(RG + "UnsettledRelationship")}
        here = [record for record in records if record.id not in repeated]
        doubts = {record.id for record in here if any(kinds[record.type].is_a(iri) for iri in DOUBTS)}
        told = teller.items([record for record in here if record.id not in doubts], MOST)
        noted = teller.items([record for record in here if record.id in doubts], MOST)
        told += _led(noted, teller.word("to note"))
        if teller.left_out and not teller.rest:
            teller.given_by(f"ask section --param {shlex.quote(f'section={section.number}')}")
        if not told:
            continue
        title = pick(sections[section], teller.lang)
        blocks += [Heading(f"{section.number} {title}".strip()), *told]
        key = f"update-{section.document}-{section.number}"
        blocks.append(Field(key, teller.word("field update"), standing=False))
    return blocks


def _led(lists: Sequence[Items | Note], lead: str) -> list[Items | Note]:
    """The lists, the first with a word above it, without which it would run on from the list before."""
    first = lists[0] if lists else None
    if not isinstance(first, Items) or first.lead:
        return [*lists]
    return [replace(first, lead=f"{lead}:"), *lists[1:]]


def _repeated(teller: Teller, records: Sequence[Record]) -> set[str]:
    """The ids of what other statements of the report tell, in whatever section."""
    found = told_by_others(teller, records, teller.lookup.get(teller.lookup.compiled.home))
    rest = [record for record in records if record.id not in found]
    return found | told_by_name(teller, rest, None)


def _sections(teller: Teller) -> dict[_Section, dict[str, str]]:
    """The sections of the latest documents that have any, with their titles by language."""
    base = teller.lookup.compiled.base
    found: dict[_Section, dict[str, str]] = {}
    for document, number, start, name in teller.lookup.rows(_SECTIONS):
        id_, text, at = (getattr(term, "value", "") for term in (document, number, start))
        titles = found.setdefault(_Section(id_.removeprefix(base), int(at), text), {})
        if name is not None:
            titles[getattr(name, "language", None) or ""] = getattr(name, "value", "")
    return found


def _stated(teller: Teller, section: _Section) -> list[Record]:
    """The records of which the section states most, in the order of the text.

    They are relationships, what the source says that it leaves out, and descriptions: what a network is, when
    a seminar is to be. What only implies a period (an introduction, say) is not where a thing is told.
    """
    lookup = teller.lookup
    base = lookup.compiled.base
    text = '"' + section.number.replace("\\", "\\\\").replace('"', '\\"') + '"'
    rows = lookup.rows(_STATED.format(document=base + section.document, section=text))
    ids = {getattr(r, "value", "").removeprefix(base) for (r,) in rows}
    records = lookup.records(sorted(id_ for id_ in ids if "/" not in id_))
    home = lookup.get(lookup.compiled.home)
    places = {r.id: _main(r, section.document) for r in records}
    main = [r for r in records if places[r.id].section == section.number]
    here = [r for r in main if _is_told(teller, r, home)]
    described = {r.id for r in here if lookup.vocabulary.kinds[r.type].is_a(RG + "Entity")}
    return sorted(here, key=lambda r: (places[r.id].start, r.id not in described, r.id))


def _is_told(teller: Teller, record: Record, home: Record | None) -> bool:
    """Whether the next report is to know of a record: relationships, what was left out, and descriptions."""
    kind = teller.lookup.vocabulary.kinds[record.type]
    if kind.is_a(RG + "Entity"):
        worth = is_to_come(teller, record) or (home is not None and is_worth_saying(teller, record, home))
        return worth and (kind.facet in DESCRIBED or "purpose" in record.values)
    known = kind.is_a(RG + "Relationship") or kind.leads or record.flag("affectsReading")
    return known and not goes_without_saying(teller, record)


def _main(record: Record, document: str) -> Citation:
    """The place in a document on which most of what a record says rests; its name says nothing."""
    cited = [c for c in record.sources if c.document == document]
    said = record.values.keys() - NAMING

    def weight(citation: Citation) -> tuple[bool, bool, int, int]:
        borne = said & {*(citation.supports or said)}
        return not borne, citation.certainty != "stated", -len(borne), citation.start

    return min(cited, key=weight)
