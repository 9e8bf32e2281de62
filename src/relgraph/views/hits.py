"""What a text finds, as a list: the content of ``relgraph find``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Day

from relgraph.find import Hit, mentions, search
from relgraph.lookup import Lookup
from relgraph.model import Table, folded
from relgraph.namespaces import RG
from relgraph.sentences import SentenceWriter
from relgraph.store.names import words_of
from relgraph.views.plain import plain
from relgraph.vocabulary import Kind, pick

COLUMNS = ("id", "kind", "name", "otherNames", "relationships", "score", "found")
#: that many parties at most have the statements that name them listed as well
CLOSE = 3
#: the lowest score of a hit that holds the text itself, and is not merely like it
HOLDS = 55

WORDS = {
    "like": {"sv": "Liknande namn", "en": "Similar names"},
    "said": {"sv": "Uppgifter där det nämns", "en": "Statements that mention it"},
    "more": {"sv": "och {} till (-n visar fler)", "en": "and {} more (-n shows more)"},
    "one": {"sv": "1 relation", "en": "1 relationship"},
    "many": {"sv": "{} relationer", "en": "{} relationships"},
    "also": {"sv": "även", "en": "also"},
}


@dataclass(frozen=True, slots=True)
class Line:
    """A record of the list, with what a reader tells it apart by."""

    id: str
    type: str
    kind: str
    name: str
    names: tuple[str, ...]
    degree: int
    score: int
    party: bool
    """Whether it is an entity, and no relationship or note."""
    found: str
    """The name by which it was found; for a statement, its sentence."""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: records by name, then statements in which the text or what it names is mentioned."""

    lines: tuple[Line, ...]
    more: int
    said: tuple[Line, ...]
    more_said: int


def kinds_named(lookup: Lookup, name: str) -> set[str] | None:
    """The local names of the kinds below the one of that local name or label; None if there is none."""
    vocabulary = lookup.vocabulary
    above = [
        kind
        for kind in vocabulary.kinds.values()
        if folded(name)
        in {folded(text) for text in (kind.name, *kind.labels.values(), *kind.plurals.values())}
    ]
    if not above:
        return None
    return {kind.name for kind in vocabulary.kinds.values() if any(kind.is_a(each.iri) for each in above)}


def find(
    lookup: Lookup, hits: Sequence[Hit], text: str, lang: str, *, limit: int, kinds: set[str] | None
) -> Found:
    """The list for ``hits`` of ``text``, at most ``limit`` of each sort, and of ``kinds`` alone if given."""
    writer = SentenceWriter(lookup.vocabulary, lookup.get, lang, _day(lookup))
    lookup.fetch(hit.id for hit in hits[:limit])
    lines = tuple(_line(lookup, writer, hit, lang) for hit in hits[:limit])
    known = {hit.id for hit in hits}
    about = [id_ for id_ in _said(lookup, hits, text) if id_ not in known]
    records = [r for r in lookup.records(about) if kinds is None or r.type in kinds]
    order = lookup.order()
    records.sort(key=lambda record: (order[record.type], record.id))
    said = tuple(
        Line(
            id=record.id,
            type=record.type,
            kind=_kind(lookup, record.type, lang),
            name=writer.name(record.id),
            names=(),
            degree=0,
            score=0,
            party=False,
            found=writer.sentence(record).full,
        )
        for record in records[:limit]
    )
    return Found(lines, max(len(hits) - limit, 0), said, max(len(records) - limit, 0))


def hits_of(lookup: Lookup, text: str, kinds: set[str] | None) -> list[Hit]:
    """The hits for a text, of ``kinds`` alone if given."""
    found = search(lookup.index(), text, lookup.order())
    return [hit for hit in found if kinds is None or hit.type in kinds]


def _said(lookup: Lookup, hits: Sequence[Hit], text: str) -> list[str]:
    """Records whose texts hold the words, that have a term so called, or that name one of few close hits."""
    found = dict.fromkeys(mentions(lookup.index(), text))
    wanted = words_of(text)
    for concept in lookup.vocabulary.concepts.values():
        if wanted and wanted in {words_of(label) for label in concept.labels.values()}:
            query = f"SELECT DISTINCT ?r {{ ?r ?p <{concept.iri}> ; a rg:Relationship }}"
            found.update(
                dict.fromkeys(
                    str(getattr(node, "value", "")).removeprefix(lookup.compiled.base)
                    for (node,) in lookup.rows(query)
                )
            )
    close = [hit for hit in hits if hit.score >= HOLDS]
    if len(close) <= CLOSE:
        for hit in close:
            found.update(dict.fromkeys(lookup.naming(hit.id)))
    return list(found)


def _day(lookup: Lookup) -> Day | None:
    return Day.fromisoformat(lookup.compiled.as_of) if lookup.compiled.as_of else None


def _kind(lookup: Lookup, name: str, lang: str) -> str:
    kind: Kind | None = lookup.vocabulary.kinds.get(name)
    return pick(kind.labels, lang) if kind else name


def _line(lookup: Lookup, writer: SentenceWriter, hit: Hit, lang: str) -> Line:
    record = lookup.record(hit.id)
    name = record.text("name", lang) or writer.name(hit.id)
    others = [record.text("name", other) for other in lookup.compiled.languages]
    others += [alias.name.value for alias in record.aliases if not alias.is_mistaken]
    names = tuple(other for other in dict.fromkeys(others) if other not in ("", name))
    party = lookup.vocabulary.is_a(hit.type, RG + "Entity")
    kind = _kind(lookup, hit.type, lang)
    return Line(hit.id, hit.type, kind, name, names, hit.degree, hit.score, party, hit.label)


def as_text(found: Found, lang: str) -> str:
    """The list for a terminal; below each record the command that opens it."""
    lines: list[str] = []
    near = [line for line in found.lines if line.score < HOLDS]
    sure = [line for line in found.lines if line.score >= HOLDS]
    for title, group in (("", sure), ("like", near)):
        if group:
            lines += ["", pick(WORDS[title], lang)] if title else []
            for line in group:
                lines += _told(line, lang)
    lines += [f"  {pick(WORDS['more'], lang).format(found.more)}"] if found.more else []
    if found.said:
        lines += ["", pick(WORDS["said"], lang)]
        for line in found.said:
            lines += [f"  {plain(line.found)}", f"    relgraph show {line.id}"]
        lines += [f"  {pick(WORDS['more'], lang).format(found.more_said)}"] if found.more_said else []
    return "".join(f"{line}\n" for line in lines).removeprefix("\n")


def _told(line: Line, lang: str) -> list[str]:
    count = pick(WORDS["one"], lang) if line.degree == 1 else pick(WORDS["many"], lang).format(line.degree)
    also = f" ({pick(WORDS['also'], lang)} {'; '.join(line.names)})" if line.names else ""
    count = f", {count}" if line.party or line.degree else ""
    return [plain(f"  {line.name}{also} – {line.kind}{count}"), f"    relgraph show {line.id}"]


def as_json(found: Found) -> str:
    """The list as JSON; texts as they stand in the data."""
    data = {
        "hits": [_data(line) for line in found.lines],
        "moreHits": found.more,
        "statements": [
            {"id": s.id, "type": s.type, "kind": s.kind, "name": s.name, "text": s.found} for s in found.said
        ],
        "moreStatements": found.more_said,
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _data(line: Line) -> dict[str, object]:
    return {
        "id": line.id,
        "type": line.type,
        "kind": line.kind,
        "name": line.name,
        "otherNames": list(line.names),
        "relationships": line.degree,
        "score": line.score,
        "found": line.found,
    }


def as_csv(found: Found) -> str:
    """The list as CSV, statements after records (with no number of relationships and score 0).

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    rows = tuple(
        (s.id, s.kind, s.name, "; ".join(s.names), str(s.degree), str(s.score), s.found)
        for s in (*found.lines, *found.said)
    )
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    table = Table(COLUMNS, rows)
    writer.writerow(table.columns)
    writer.writerows([[_cell(cell) for cell in row] for row in table])
    return out.getvalue()


def _cell(text: str) -> str:
    text = plain(text)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
