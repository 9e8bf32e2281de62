"""The report as one HTML file: style inside, no script, no request; a policy lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path

from relgraph.views.figures import svg
from relgraph.views.report.content import WORDS, content
from relgraph.views.told import Told
from relgraph.vocabulary import pick

TEMPLATE = Path(__file__).parent / "template"


def as_html(tolds: Sequence[Told]) -> str:
    """The results as one page, to be written as UTF-8; the same results give the same bytes.

    Every text is escaped; the figures are :func:`relgraph.views.figures.svg`.
    """
    import jinja2
    from markupsafe import Markup

    whole = content(tolds)
    style = "\n" + (TEMPLATE / "report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATE),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )
    figures = {
        part.anchor: Markup(svg(part.figure, f"figure-{part.anchor}"))
        for chapter in whole.chapters
        for part in chapter.parts
        if part.figure
    }
    return environment.get_template("report.html.jinja").render(
        whole=whole,
        figures=figures,
        say={key: pick(text, whole.lang) for key, text in WORDS.items()},
        style=Markup(style),
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
        "form-action 'none'",
    )
