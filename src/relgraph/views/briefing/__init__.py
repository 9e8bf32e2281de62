"""Briefings: one content, four formats.

``blocks`` says what a document is made of, ``content`` puts it together, one module each renders it,
``beside`` makes files of it. ``render`` is the door to the formats, which are imported when they are used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from relgraph.views.briefing.blocks import Briefing

FORMATS = ("md", "html", "docx", "pdf")


def render(
    briefing: Briefing,
    form: str,
    written: Mapping[str, str] | None = None,
    fonts: Sequence[Path] = (),
    beside: str = "",
    tell: Callable[[str], None] | None = None,
) -> bytes:
    """A briefing in one of :data:`FORMATS`; the same briefing gives the same bytes.

    ``written`` is what staff wrote into its fields, by key; ``fonts`` are folders with fonts for PDF, beside
    the program's own; ``beside`` is the name of the file with its figure, which Markdown refers to, or
    else tells in words. ``tell`` is told what a document shows in part only, or in the machine's own fonts;
    without it PDF uses none of these. Raises :class:`relgraph.errors.UsageError` where PDF lacks a sign.
    """
    texts = written or {}
    if form == "md":
        from relgraph.views.briefing import markdown

        return markdown.render(briefing, texts, beside)
    if form == "html":
        from relgraph.views.briefing import html

        return html.render(briefing, texts)
    if form == "docx":
        from relgraph.views.briefing import docx

        return docx.render(briefing, texts, fonts, tell)
    if form == "pdf":
        from relgraph.views.briefing import pdf

        return pdf.render(briefing, texts, fonts, tell)
    raise ValueError(f"there is no format {form!r}")
