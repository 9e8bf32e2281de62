"""What rests on a source, by its sections in the order of the text: what a citation leads to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Day
from shlex import quote

from relgraph.bounds import mark_of
from relgraph.model import Record
from relgraph.namespaces import RG
from relgraph.sentences import SentenceWriter, capital
from relgraph.sentences.language import join
from relgraph.sentences.language import word as spoken
from relgraph.views.profile import prefetch
from relgraph.views.site.frame import Site, text_of
from relgraph.views.site.linked import Piece, linked
from relgraph.views.site.words import word as phrase
from relgraph.vocabulary import pick
from relgraph.when import MARKS

#: as many statements a page of a source tells whole; of more each section has its share of them
STATEMENTS = 2_000
#: so many each section tells in any case
FEWEST = 10


@dataclass(frozen=True, slots=True)
class Resting:
    """A statement that rests on a section, with links, and where in the text it does."""

    pieces: tuple[Piece, ...]
    places: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A section: its anchor, number and title, how much rests on it, and what of that is told."""

    anchor: str
    number: str
    title: str
    statements: int
    told: tuple[Resting, ...]
    command: str
    """What gives all of them; empty where no question does."""

    @property
    def more(self) -> int:
        """How many statements are left out."""
        return self.statements - len(self.told)


@dataclass(frozen=True, slots=True)
class Resters:
    """The records that rest on a document: by section, in the order of the text, each with its places."""

    sections: Mapping[str, Mapping[str, Sequence[tuple[int, int, str]]]]

    @property
    def count(self) -> int:
        """How many records they are."""
        return len({id_ for section in self.sections.values() for id_ in section})

    @property
    def share(self) -> int:
        """How many statements of each section are told."""
        whole = sum(map(len, self.sections.values())) <= STATEMENTS
        return STATEMENTS if whole else max(FEWEST, STATEMENTS // len(self.sections))


def section_anchor(number: str) -> str:
    """The anchor of a section on its document's page; all but letters, digits and dots is left out."""
    return "section_" + "".join(sign for sign in number if sign.isascii() and (sign.isalnum() or sign == "."))


def resters(site: Site, document: Record) -> Resters:
    """What rests on a document, without what does not hold at the time asked for."""
    found: dict[str, dict[str, list[tuple[int, int, str]]]] = defaultdict(lambda: defaultdict(list))
    base = site.lookup.compiled.base
    cited = f"?r a rg:Record ; prov:wasDerivedFrom ?c . ?c oa:hasSource <{base}{document.id}>"
    rest = "OPTIONAL { ?c rg:section ?number } OPTIONAL { ?c rg:locator ?locator }"
    place = "OPTIONAL { ?c oa:hasSelector ?s . ?s oa:start ?start ; oa:end ?end }"
    rows = sorted(
        (text_of(number), int(text_of(start) or 0), int(text_of(end) or 0), text_of(locator), text_of(r))
        for r, number, start, end, locator in site.lookup.rows(
            f"SELECT DISTINCT ?r ?number ?start ?end ?locator {{ {cited} {rest} {place} }}"
        )
    )
    for number, start, end, locator, iri in rows:
        found[number][iri.removeprefix(base)].append((start, end, locator))
    if site.job.when is not None:
        _limit(site, found)
    return Resters(found)


def _limit(site: Site, found: Mapping[str, dict[str, list[tuple[int, int, str]]]]) -> None:
    """Leave out what does not hold at the time asked for."""
    for section in found.values():
        for record in site.lookup.records(list(section)):
            if mark_of(record, site.lookup.vocabulary, site.job.when) is None:
                del section[record.id]


def headings(site: Site, document: Record, found: Resters, lang: str) -> list[Heading]:
    """The sections of a document in their order with what rests on each; last what rests on no section."""
    iri = f"<{site.lookup.compiled.base}{document.id}>"
    titles: dict[tuple[int, str], dict[str, str]] = {}
    for number, start, name in site.lookup.rows(
        f"SELECT ?number ?start ?name {{ ?s a rg:Section ; dcterms:isPartOf {iri} ; rg:section ?number ; "
        "oa:start ?start OPTIONAL { ?s rdfs:label ?name } }"
    ):
        names = titles.setdefault((int(text_of(start) or 0), text_of(number)), {})
        if name is not None:
            names[getattr(name, "language", None) or ""] = text_of(name)
    known = {number for _, number in titles}
    titles |= {(0, number): {} for number in found.sections if number and number not in known}
    writer = _writer(site, lang)
    listed = [(number, pick(names, lang)) for (_, number), names in sorted(titles.items())]
    if found.sections.get(""):
        listed.append(("", phrase("whole document", lang)))
    return [
        Heading(
            section_anchor(number),
            number,
            title,
            len(section := found.sections.get(number, {})),
            tuple(_told(site, writer, section, found.share)),
            _command(document.id, number, lang),
        )
        for number, title in listed
    ]


def _command(document: str, number: str, lang: str) -> str:
    asked = f"relgraph ask section --param {quote(f'section={number}')} --param document={document}"
    return asked + (f" --lang {lang}" if lang != "sv" else "") if number else ""


def _writer(site: Site, lang: str) -> SentenceWriter:
    """A writer in the tense of the pages: that of the day asked for, else of the latest source."""
    lookup, when = site.lookup, site.job.when
    day = Day.fromisoformat(lookup.compiled.as_of) if lookup.compiled.as_of else None
    if when is not None and not when.period:
        day = when.last
    return SentenceWriter(lookup.vocabulary, lookup.get, lang, day)


def _told(
    site: Site, writer: SentenceWriter, section: Mapping[str, Sequence[tuple[int, int, str]]], most: int
) -> list[Resting]:
    """The first ``most`` records of a section: what has no relations to tell of by its name and kind."""
    lookup, lang = site.lookup, writer.lang
    ids = list(section)[:most]
    records = lookup.records(ids)
    prefetch(lookup, records)
    found = []
    for record in records:
        kind = lookup.vocabulary.kinds[record.type]
        if kind.is_a(RG + "Entity") or kind.is_a(RG + "Document"):
            title = site.subjects[record.id].title(lang)
            pieces: tuple[Piece, ...] = (Piece(title, record.id), Piece(f" ({pick(kind.labels, lang)})"))
        else:
            mark = mark_of(record, lookup.vocabulary, site.job.when)
            text = writer.sentence(record).full + (f" ({pick(MARKS[mark], lang)})" if mark else "")
            pieces = linked(writer.name, site.named_in(record.id), text)
        found.append(Resting(pieces, capital(_places(section[record.id], lang))))
    return found


def _places(places: Sequence[tuple[int, int, str]], lang: str) -> str:
    """``tecken 9–44 och 96–97``; the words for a place where there are no characters."""
    ranges = list(dict.fromkeys(f"{start}–{end}" for start, end, _ in places if end))
    words = list(dict.fromkeys(locator for _, end, locator in places if locator and not end))
    told = [spoken("characters", lang).format(join(ranges, lang))] if ranges else []
    return ", ".join([*told, *words])
