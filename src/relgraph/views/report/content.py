"""What a report holds, whatever its form: title, what stands out, analyses with tables and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from relgraph.analysis import Found
from relgraph.model import Table
from relgraph.sentences import as_of_text
from relgraph.views.figures import Figure
from relgraph.views.told import Told
from relgraph.vocabulary import pick

WORDS = {
    "title": {"sv": "{}: vad nätverket berättar", "en": "{}: what the network tells"},
    "out": {"sv": "Det som sticker ut", "en": "What stands out"},
    "nothing": {
        "sv": "Ingen av reglerna för sammanfattningen har något att säga om dessa uppgifter.",
        "en": "None of the rules for the summary has anything to say of these data.",
    },
    "about": {
        "sv": "Meningarna är gjorda efter fasta regler ur tabellerna nedan. Efter varje mening står tabellen "
        "och hur många uppgifter som den vilar på.",
        "en": "The sentences are made by fixed rules from the tables below. After each stand its table and "
        "how many statements it rests on.",
    },
    "contents": {"sv": "Innehåll", "en": "Contents"},
    "more": {"sv": "{}: relgraph analyze {} --lang {}", "en": "{}: relgraph analyze {} --lang {}"},
    "table": {"sv": "tabellen ”{}”", "en": "table “{}”"},
    "top": {"sv": "Till innehållet", "en": "To the contents"},
    "figure": {"sv": "Figur: {}", "en": "Figure: {}"},
}


def say(key: str, lang: str, *values: object) -> str:
    """A phrase of the report."""
    return pick(WORDS[key], lang).format(*values)


@dataclass(frozen=True, slots=True)
class Part:
    """One table: ``anchor`` is unique in the report; ``empty`` is said where it has no rows."""

    anchor: str
    title: str
    table: Table
    more: str
    empty: str
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class Chapter:
    """One analysis: ``explained`` are (heading, text): what it means and does not say, how it is counted."""

    anchor: str
    title: str
    definition: str
    basis: str
    notes: tuple[str, ...]
    parts: tuple[Part, ...]
    explained: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the summary, and the table it comes from with what lies behind it."""

    text: str
    anchor: str
    table: str
    basis: str


@dataclass(frozen=True, slots=True)
class Content:
    """A whole report."""

    lang: str
    title: str
    according_to: str
    selection: str
    lines: tuple[Line, ...]
    chapters: tuple[Chapter, ...]


def content(tolds: Sequence[Told]) -> Content:
    """The report on some results of one graph; raises ValueError for none."""
    if not tolds:
        raise ValueError("a report needs a result")
    first = tolds[0]
    lang = first.lang
    graph = pick(first.lookup.description(), lang)
    lines = tuple(
        Line(
            said,
            f"{told.name}-{each.rule.table}",
            pick(told.text.tables[each.rule.table].title, lang),
            behind,
        )
        for told in tolds
        for said, each, behind in told.standing_out()
    )
    return Content(
        lang,
        say("title", lang, graph) if graph or len(tolds) > 1 else pick(first.text.title, lang),
        as_of_text(first.lookup, lang),
        first.selection(),
        lines,
        tuple(map(_chapter, tolds)),
    )


def _chapter(told: Told) -> Chapter:
    text, lang = told.text, told.lang
    explained = [
        (told.say(key), pick(getattr(text, key), lang)) for key in ("meaning", "limits", "formula", "source")
    ]
    return Chapter(
        told.name,
        pick(text.title, lang),
        pick(text.definition, lang),
        told.basis(),
        tuple(told.note(note) for note in told.result.notes),
        tuple(_part(told, found) for found in told.result.tables),
        tuple((head, said) for head, said in explained if said),
    )


def _part(told: Told, found: Found) -> Part:
    text = told.text.tables[found.name]
    table, more = told.table(found)
    return Part(
        f"{told.name}-{found.name}",
        pick(text.title, told.lang),
        table,
        say("more", told.lang, told.more(more), told.name, told.lang) if more else "",
        "" if found.rows else told.empty(found),
        told.figure(found),
    )
