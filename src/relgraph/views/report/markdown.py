"""The report as Markdown. Its tables are its figures: Markdown has no place for a picture of its own."""

from __future__ import annotations

from collections.abc import Sequence

from relgraph.model import Table
from relgraph.views.plain import markdown
from relgraph.views.report.content import Chapter, content, say
from relgraph.views.told import Told


def as_markdown(tolds: Sequence[Told]) -> str:
    """The results as one document; a single one without what a report adds. Texts of the data are escaped."""
    whole = content(tolds)
    lang, single = whole.lang, len(whole.chapters) == 1
    head = whole.chapters[0].title if single else whole.title
    lines = [f"# {markdown(head)}", "", markdown(whole.according_to)]
    lines += ["", markdown(whole.selection)] if whole.selection else []
    if whole.lines or not single:
        lines += ["", f"## {say('out', lang)}", "", say("about" if whole.lines else "nothing", lang), ""]
        lines += [
            f"- {markdown(line.text)} ({markdown(say('table', lang, line.table))}; {markdown(line.basis)})"
            for line in whole.lines
        ]
    for chapter in whole.chapters:
        lines += ["", *_chapter(chapter, single)]
    return "\n".join(lines) + "\n"


def _chapter(chapter: Chapter, single: bool) -> list[str]:
    lines = [] if single else [f"## {markdown(chapter.title)}", ""]
    lines += [markdown(chapter.definition), "", markdown(chapter.basis)]
    for note in chapter.notes:
        lines += ["", markdown(note)]
    for part in chapter.parts:
        lines += ["", f"{'##' if single else '###'} {markdown(part.title)}", ""]
        lines += [markdown(part.empty)] if part.empty else _table(part.table)
        lines += ["", markdown(part.more)] if part.more else []
    for head, text in chapter.explained:
        lines += ["", f"**{markdown(head)}.** {markdown(text)}"]
    return lines


def _table(table: Table) -> list[str]:
    lines = [table.columns, tuple("---" for _ in table.columns), *table]
    return [
        "| " + " | ".join(cell if number == 1 else markdown(cell) for cell in line) + " |"
        for number, line in enumerate(lines)
    ]
