"""One page a record that has one: what is said of it, by group, each sentence with its sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from relgraph.lookup import Lookup
from relgraph.model import Citation
from relgraph.namespaces import RG
from relgraph.views.cited import address_of
from relgraph.views.crowd import CROWD
from relgraph.views.party import record_ids
from relgraph.views.profile import Profile, gathered, prefetch, profile, word
from relgraph.views.site import described
from relgraph.views.site.files import Briefed
from relgraph.views.site.frame import Site, Subject, as_json
from relgraph.views.site.linked import Statement, statement
from relgraph.views.site.sections import Resters, headings, resters, section_anchor
from relgraph.views.site.words import word as phrase

#: from so many statements on, the search holds names alone
STATEMENTS = 5_000
#: what so many pages tell of is read together
AHEAD = 100


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
        """Keep the first page on which a record is told; of more than :data:`STATEMENTS` the ids alone."""
        known = self.statements.setdefault(lang, {})
        if record not in known:
            known[record] = (text, page) if len(known) <= STATEMENTS else ("", "")

    def texts(self, lang: str) -> Iterator[tuple[str, str]]:
        """Texts and pages of all statements, unless they are more than :data:`STATEMENTS`."""
        known = self.statements.get(lang, {})
        return iter(known.values() if len(known) <= STATEMENTS else ())


def add_entities(
    site: Site, told: Told, *, on_map: frozenset[str], briefed: Mapping[tuple[str, str], Briefed]
) -> Iterator[str]:
    """Make the page of each subject in each language; yields the paths. ``briefed`` is by id and language.

    The home city comes last: of what two parties share, the search names the other's page.
    """
    lookup, home, when = site.lookup, site.lookup.compiled.home, site.job.when
    ids = sorted(site.subjects, key=lambda id_: (id_ == home, id_))
    for i, id_ in enumerate(ids):
        if i % AHEAD == 0:
            _read_ahead(lookup, [each for each in ids[i : i + AHEAD] if each != home])
        subject, record = site.subjects[id_], lookup.record(id_)
        said = gathered(lookup, record, when=when)
        found = {lang: profile(lookup, record, lang, when=when, said=said) for lang in site.languages}
        rests = resters(site, record) if subject.kind.is_a(RG + "Document") else None
        data = [
            as_json(each) for each in described.entity(site, record, record_ids(found[site.languages[0]]))
        ]
        for lang in site.languages:
            _add(site, subject, found[lang], told, data, id_ in on_map, briefed.get((id_, lang)), rests)
            yield site.page(lang, id_)


def _read_ahead(lookup: Lookup, ids: list[str]) -> None:
    """Read in few queries what the pages of the records ``ids`` tell of, which each would ask for by itself.

    Not of a party of whom very much is said: its page tells of few.
    """
    found = lookup.namers(ids)
    near = {other for others in found.values() if len(others) <= CROWD for other in others}
    said = {other for others in lookup.namers(sorted(near)).values() for other in others}
    lookup.learn_kinds({*near, *said})
    prefetch(lookup, lookup.records(sorted({*ids, *near, *said})))


def _add(
    site: Site,
    subject: Subject,
    found: Profile,
    told: Told,
    data: list[str],
    on_map: bool,
    briefed: Briefed | None,
    rests: Resters | None,
) -> None:
    lang, record = found.lang, found.record
    path = site.page(lang, subject.id)
    missing = site.missing.get(subject.id)
    sections = []
    for i, part in enumerate(found.parts):
        said = []
        for sentence in part.sentences:
            text = found.marked(sentence)
            ids = site.named_in(sentence.record)
            said.append(
                statement(sentence, text, found.sources, ids=ids, name_of=site.name_of[lang], own=subject.id)
            )
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
        headings=headings(site, record, rests, lang) if rests else [],
        rests=rests.count if rests else None,
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
