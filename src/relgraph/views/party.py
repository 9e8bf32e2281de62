"""All that is said of one record, as cited sentences: the content of ``relgraph show``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date as Day

from relgraph import time
from relgraph.loading import bounds_of
from relgraph.lookup import Lookup
from relgraph.model import Citation, Record
from relgraph.namespaces import RG
from relgraph.sentences import Sentence, SentenceWriter, as_of_text
from relgraph.vocabulary import pick

WORDS: dict[str, dict[str, str]] = {
    "also": {"sv": "Kallas även", "en": "Also called"},
    "itself": {"sv": "Allmänt", "en": "In general"},
    "sources": {"sv": "Källor", "en": "Sources"},
    "nothing": {
        "sv": "Källorna säger inget om dess relationer.",
        "en": "The sources say nothing of its relationships.",
    },
    "other": {"sv": "Övrigt", "en": "Other"},
}


def word(key: str, lang: str) -> str:
    """A phrase of this view in ``lang``."""
    return pick(WORDS[key], lang)


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and its sentences."""

    title: str
    sentences: tuple[Sentence, ...]


@dataclass(slots=True)
class Profile:
    """Everything said of one record, in the order in which a reader wants it."""

    record: Record
    title: str
    kind: str
    as_of: str
    """According to which documents, in words."""
    day: str
    """The last day of the latest document's period (ISO 8601)."""
    names: list[str]
    parts: list[Part]
    lang: str
    citations: list[Citation] = field(default_factory=list)

    def number(self, citation: Citation) -> int:
        """The citation's number in the list of sources, given at its first use."""
        place = (citation.document, citation.section, citation.start, citation.end, citation.locator)
        for index, known in enumerate(self.citations, 1):
            if place == (known.document, known.section, known.start, known.end, known.locator):
                return index
        self.citations.append(citation)
        return len(self.citations)


def profile(lookup: Lookup, record: Record, lang: str) -> Profile:
    """Gather and order what is said of ``record``: its own statement, then by the ontology's groups."""
    day = Day.fromisoformat(lookup.compiled.as_of) if lookup.compiled.as_of else None
    writer = SentenceWriter(lookup.vocabulary, lookup.get, lang, day)
    about = [other for other in lookup.records(lookup.about(record.id)) if _is_said(lookup, other)]
    groups: dict[str, list[Record]] = defaultdict(list)
    for other in about:
        groups[lookup.vocabulary.kinds[other.type].group].append(other)
    kind = lookup.vocabulary.kinds[record.type]
    itself = record.sources and (not kind.is_a(RG + "Entity") or writer.says_more(record))
    parts = [Part(word("itself", lang), (writer.sentence(record),))] if itself else []
    order = {iri: (c.order, c.name) for iri, c in lookup.vocabulary.concepts.items()}
    for group in sorted(groups, key=lambda iri: order.get(iri, (9999, iri))):
        members = sorted(groups[group], key=lambda r: _reading_order(lookup, r))
        title = lookup.vocabulary.label(group, lang) if group else word("other", lang)
        parts.append(Part(title[:1].upper() + title[1:], tuple(writer.sentence(r) for r in members)))
    name = record.text("name", lang) or writer.name(record.id)
    return Profile(
        record=record,
        title=name[:1].upper() + name[1:],
        kind=pick(kind.labels, lang),
        as_of=as_of_text(lookup, lang),
        day=lookup.compiled.as_of,
        names=_names(record, lookup, lang, name),
        parts=parts,
        lang=lang,
    )


def _is_said(lookup: Lookup, record: Record) -> bool:
    kind = lookup.vocabulary.kinds[record.type]
    return bool(record.sources) and not kind.is_a(RG + "Document")


def _reading_order(lookup: Lookup, record: Record) -> tuple[int, str, str]:
    """Kinds in the ontology's order, then the newest first, then by id."""
    kind = lookup.vocabulary.kinds[record.type]
    try:
        begin = bounds_of(record, kind).latest_begin
    except time.EdtfError:
        begin = time.MAX
    newest_first = f"{9999 - begin.year:04d}{12 - begin.month:02d}"
    return (kind.style.order, newest_first, record.id)


def _names(record: Record, lookup: Lookup, lang: str, shown: str) -> list[str]:
    """Other names with what is known of each."""
    names = [record.text("name", other) for other in lookup.compiled.languages]
    listed = [name for name in dict.fromkeys(names) if name not in ("", shown)]
    for alias in record.aliases:
        status = lookup.vocabulary.label(RG + alias.status, lang)
        text = f"{alias.name.value} ({status})"
        if text not in listed:
            listed.append(text)
    return listed


def as_text(found: Profile, cite: Callable[[Citation], str], *, width: int = 88) -> str:
    """The profile as plain text for a terminal: numbered citations, sources at the end."""
    import textwrap

    lines = [f"{found.title} – {found.kind}"]
    if found.as_of:
        lines += textwrap.wrap(found.as_of, width)
    if found.names:
        lines += textwrap.wrap(f"{word('also', found.lang)}: {'; '.join(found.names)}", width)
    for part in found.parts:
        lines += ["", part.title]
        for sentence in part.sentences:
            text = f"{sentence.full} {_marks(found, sentence)}"
            lines += textwrap.wrap(
                text,
                width,
                initial_indent="  • ",
                subsequent_indent="    ",
                break_long_words=False,
                break_on_hyphens=False,
            )
    if not found.parts:
        lines += ["", word("nothing", found.lang)]
    if found.citations:
        lines += ["", word("sources", found.lang)]
        lines += [f"  [{number}] {cite(citation)}" for number, citation in enumerate(found.citations, 1)]
    return "\n".join(lines) + "\n"


def as_markdown(found: Profile, cite: Callable[[Citation], str]) -> str:
    """The profile as Markdown, its texts escaped."""
    lines = [f"# {_escaped(found.title)}", "", f"*{_escaped(found.kind)}*", ""]
    if found.as_of:
        lines += [_escaped(found.as_of), ""]
    if found.names:
        lines += [f"{word('also', found.lang)}: {_escaped('; '.join(found.names))}", ""]
    for part in found.parts:
        lines += [f"## {_escaped(part.title)}", ""]
        lines += [f"- {_escaped(s.full)} {_escaped(_marks(found, s))}" for s in part.sentences]
        lines.append("")
    if found.citations:
        lines += [f"## {word('sources', found.lang)}", ""]
        lines += [
            f"{number}. {_escaped(cite(citation))}" for number, citation in enumerate(found.citations, 1)
        ]
    return "\n".join(lines).rstrip() + "\n"


def as_data(found: Profile, cite: Callable[[Citation], str]) -> dict[str, object]:
    """The profile as JSON-able data."""
    return {
        "id": found.record.id,
        "type": found.record.type,
        "name": found.title,
        "kind": found.kind,
        "asOf": found.day,
        "accordingTo": found.as_of,
        "lang": found.lang,
        "otherNames": found.names,
        "parts": [
            {
                "title": part.title,
                "sentences": [
                    {
                        "record": s.record,
                        "text": s.text,
                        "notes": list(s.notes),
                        "certainty": s.certainty,
                        "sources": [
                            {
                                "document": c.document,
                                "section": c.section or None,
                                "start": c.start if c.end else None,
                                "end": c.end or None,
                                "locator": c.locator or None,
                                "supports": list(c.supports),
                                "certainty": c.certainty,
                                "text": cite(c),
                            }
                            for c in s.citations
                        ],
                    }
                    for s in part.sentences
                ],
            }
            for part in found.parts
        ],
    }


def _marks(found: Profile, sentence: Sentence) -> str:
    numbers = sorted({found.number(citation) for citation in sentence.citations})
    return "".join(f"[{number}]" for number in numbers)


def _escaped(text: str) -> str:
    for sign in "\\`*_[]<>#|":
        text = text.replace(sign, f"\\{sign}")
    return text
