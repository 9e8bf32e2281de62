"""A profile as text, Markdown, JSON and JSON-LD: the formats of ``relgraph show``."""

from __future__ import annotations

from collections.abc import Callable

from relgraph.model import Citation
from relgraph.views.cited import citation_data
from relgraph.views.plain import markdown, plain
from relgraph.views.profile import Part, Profile, profile, word

__all__ = ["as_data", "as_markdown", "as_text", "profile", "record_ids"]


def record_ids(found: Profile) -> list[str]:
    """The ids of the records of a page: the one shown, then those of its sentences."""
    said = (sentence.record for part in found.parts for sentence in part.sentences)
    return list(dict.fromkeys((found.record.id, *said)))


def _title(part: Part) -> str:
    count = len(part.sentences) + part.more
    return f"{plain(part.title)} ({count})" if count > 1 else plain(part.title)


def _more(found: Profile, part: Part) -> list[str]:
    return [f"{word('more', found.lang).format(part.more)} …"] if part.more else []


def _cut(found: Profile) -> str:
    return word("cut", found.lang).format(found.record.id) if found.cut else ""


def as_text(found: Profile, cite: Callable[[Citation], str], *, width: int = 88) -> str:
    """The profile as plain text for a terminal: numbered citations, sources at the end."""
    import textwrap

    lines = [plain(f"{found.title} – {found.kind}")]
    for text in (found.as_of, found.time, _cut(found)):
        lines += textwrap.wrap(plain(text), width)
    if found.names:
        lines += textwrap.wrap(plain(f"{word('also', found.lang)}: {'; '.join(found.names)}"), width)
    for part in found.parts:
        lines += ["", _title(part)]
        for sentence in part.sentences:
            text = plain(f"{found.marked(sentence)} {found.sources.marks(sentence)}")
            lines += textwrap.wrap(
                text,
                width,
                initial_indent="  • ",
                subsequent_indent="    ",
                break_long_words=False,
                break_on_hyphens=False,
            )
        lines += [f"  {text}" for text in _more(found, part)]
    if not found.parts:
        lines += ["", word("nothing then" if found.time else "nothing", found.lang)]
    if found.citations:
        lines += ["", word("sources", found.lang)]
        lines += [
            f"  [{number}] {plain(cite(citation))}" for number, citation in enumerate(found.citations, 1)
        ]
    return "\n".join(lines) + "\n"


def as_markdown(found: Profile, cite: Callable[[Citation], str]) -> str:
    """The profile as Markdown, its texts escaped."""
    lines = [f"# {markdown(found.title)}", "", f"*{markdown(found.kind)}*", ""]
    for text in (found.as_of, found.time, _cut(found)):
        lines += [markdown(text), ""] if text else []
    if found.names:
        lines += [f"{word('also', found.lang)}: {markdown('; '.join(found.names))}", ""]
    for part in found.parts:
        lines += [f"## {markdown(_title(part))}", ""]
        lines += [f"- {markdown(found.marked(s))} {markdown(found.sources.marks(s))}" for s in part.sentences]
        lines += [*(f"- {text}" for text in _more(found, part)), ""]
    if not found.parts:
        lines += [word("nothing then" if found.time else "nothing", found.lang), ""]
    if found.citations:
        lines += [f"## {word('sources', found.lang)}", ""]
        lines += [
            f"{number}. {markdown(cite(citation))}" for number, citation in enumerate(found.citations, 1)
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
        "time": found.time or None,
        "whole": not found.cut,
        "otherNames": found.names,
        "parts": [
            {
                "title": part.title,
                "group": part.group or None,
                "more": part.more,
                "sentences": [
                    {
                        "record": s.record,
                        "text": s.text,
                        "notes": list(s.notes),
                        "certainty": s.certainty,
                        "state": found.marks.get(s.record),
                        "sources": [citation_data(c, cite) for c in s.citations],
                    }
                    for s in part.sentences
                ],
            }
            for part in found.parts
        ],
    }
