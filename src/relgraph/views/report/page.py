"""The report as one HTML file: style inside, no script, no request; a policy lets nothing else in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from relgraph.views.figures import svg
from relgraph.views.pages import hashed, templates, unescaped
from relgraph.views.report.content import WORDS, content
from relgraph.views.told import Told
from relgraph.vocabulary import pick

TEMPLATE = Path(__file__).parent / "template"


def as_html(tolds: Sequence[Told]) -> str:
    """The results as one page, to be written as UTF-8; the same results give the same bytes.

    Every text is escaped; the figures are :func:`relgraph.views.figures.svg`.
    """
    whole = content(tolds)
    style = "\n" + (TEMPLATE / "report.css").read_text(encoding="utf-8")
    figures = {
        part.anchor: unescaped(svg(part.figure, f"figure-{part.anchor}"))
        for chapter in whole.chapters
        for part in chapter.parts
        if part.figure
    }
    return (
        templates(TEMPLATE)
        .get_template("report.html.jinja")
        .render(
            whole=whole,
            figures=figures,
            say={key: pick(text, whole.lang) for key, text in WORDS.items()},
            style=unescaped(style),
            policy=f"default-src 'none'; style-src {hashed(style)}; img-src data:; base-uri 'none'; "
            "form-action 'none'",
        )
    )
