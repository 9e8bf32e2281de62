"""One page a record that has one: what is said of it, by group, each sentence with its sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from relgraph.model import Citation, Record
from relgraph.namespaces import RG
from relgraph.views.cited import address_of
from relgraph.views.party import record_ids
from relgraph.views.profile import Profile, profile, word
from relgraph.views.site import described
from relgraph.views.site.files import Briefed
from relgraph.views.site.frame import Site, Subject, text_of
from relgraph.views.site.linked import Statement, statement
from relgraph.views.site.words import word as phrase
from relgraph.vocabulary import pick


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its statements; ``more`` is how many were left out."""

    anchor: str
    title: str
    statements: tuple[Statement, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a source: its words, and the page of its document with the section."""

    text: str
    page: str


@dataclass
class Told:
    """The statements told so far, by language and record, with the first page that tells each."""

    statements: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)

    def keep(self, lang: str, record: str, text: str, page: str) -> None:
        """Keep the first page on which a record is told."""
        self.statements.setdefault(lang, {}).setdefault(record, (text, page))


def add_entities(
    site: Site, told: Told, *, on_map: frozenset[str], briefed: Mapping[tuple[str, str], Briefed]
) -> Iterator[str]:
    """Make the page of each subject in each language; yields the paths. ``briefed`` is by id and language.

    The home city comes last: of what two parties share, the search names the other's page.
    """
    home = site.lookup.compiled.home
    for id_ in sorted(site.subjects, key=lambda id_: (id_ == home, id_)):
        subject, record = site.subjects[id_], site.lookup.record(id_)
        found = {lang: profile(site.lookup, record, lang, when=site.job.when) for lang in site.languages}
        data = described.entity(site, record, record_ids(found[site.languages[0]]))
        for lang in site.languages:
            _add(site, subject, found[lang], told, data, id_ in on_map, briefed.get((id_, lang)))
            yield site.page(lang, id_)


def _add(
    site: Site,
    subject: Subject,
    found: Profile,
    told: Told,
    data: list[dict[str, Any]],
    on_map: bool,
    briefed: Briefed | None,
) -> None:
    lang, record = found.lang, found.record
    lookup, path = site.lookup, site.page(lang, subject.id)
    missing, document = site.missing.get(subject.id), subject.kind.is_a(RG + "Document")
    sections = []
    for i, part in enumerate(found.parts):
        said = []
        for sentence in part.sentences:
            text = found.marked(sentence)
            said.append(statement(lookup, site.writers[lang], sentence, text, found.sources, subject.id))
            if sentence.record not in site.subjects:
                told.keep(lang, sentence.record, text, f"{path}#{sentence.record}")
        sections.append(Section(f"page_s{i + 1}", part.title, tuple(said), part.more))
    site.add(
        "entity.html.jinja",
        lang,
        lambda lang: site.page(lang, subject.id),
        subject=subject,
        title=subject.title(lang),
        found=found,
        missing=phrase("missing", lang, missing.get(lang)) if missing else "",
        nothing=word("nothing then" if found.time else "nothing", lang),
        also=word("also", lang),
        cut=word("cut", lang).format(subject.id) if found.cut else "",
        more=word("more", lang),
        sections=sections,
        sources=[place(site, lang, citation) for citation in found.citations],
        headings=_headings(site, record, lang) if document else [],
        rests=_rests(site, record) if document else None,
        url=address_of(record),
        on_map=on_map,
        briefed=briefed,
        described=data,
    )


def place(site: Site, lang: str, citation: Citation) -> Place:
    """A citation with its links."""
    page = site.page(lang, citation.document)
    anchor = f"#{section_anchor(citation.section)}" if page and citation.section else ""
    return Place(site.writers[lang].cite(citation), page + anchor)


def section_anchor(number: str) -> str:
    """The anchor of a section on its document's page; all but letters, digits and dots is left out."""
    return "section_" + "".join(sign for sign in number if sign.isascii() and (sign.isalnum() or sign == "."))


def _rests(site: Site, record: Record) -> int:
    """How many records rest on a document."""
    iri = f"<{site.lookup.compiled.base}{record.id}>"
    pattern = f"?r a rg:Record ; prov:wasDerivedFrom ?c . ?c oa:hasSource {iri}"
    return next(
        int(text_of(n)) for (n,) in site.lookup.rows(f"SELECT (COUNT(DISTINCT ?r) AS ?n) {{ {pattern} }}")
    )


@dataclass(frozen=True, slots=True)
class _Heading:
    anchor: str
    number: str
    title: str
    statements: int


def _headings(site: Site, record: Record, lang: str) -> list[_Heading]:
    """The sections of a document in their order, and how many records rest on each."""
    iri = f"<{site.lookup.compiled.base}{record.id}>"
    counted = {
        text_of(number): int(text_of(n) or 0)
        for number, n in site.lookup.rows(
            f"SELECT ?number (COUNT(DISTINCT ?r) AS ?n) {{ ?r a rg:Record ; prov:wasDerivedFrom ?c . "
            f"?c oa:hasSource {iri} ; rg:section ?number }} GROUP BY ?number"
        )
    }
    titles: dict[tuple[int, str], dict[str, str]] = {}
    for number, start, name in site.lookup.rows(
        f"SELECT ?number ?start ?name {{ ?s a rg:Section ; dcterms:isPartOf {iri} ; rg:section ?number ; "
        "oa:start ?start OPTIONAL { ?s rdfs:label ?name } }"
    ):
        names = titles.setdefault((int(text_of(start) or 0), text_of(number)), {})
        if name is not None:
            names[getattr(name, "language", None) or ""] = text_of(name)
    known = {number for _, number in titles}
    titles |= {(0, number): {} for number in counted if number and number not in known}
    return [
        _Heading(section_anchor(number), number, pick(names, lang), counted.get(number, 0))
        for (_, number), names in sorted(titles.items())
    ]
