"""A briefing as one HTML file: no script, no request, a print style, no style but its own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from relgraph.views.briefing.blocks import Briefing
from relgraph.views.briefing.words import word
from relgraph.views.pages import drawing, hashed, templates, unescaped
from relgraph.views.plain import plain

TEMPLATE = Path(__file__).parent / "template"


def render(briefing: Briefing, written: Mapping[str, str]) -> bytes:
    """The page in UTF-8; ``written`` is what staff wrote, by the key of the field."""
    style = (TEMPLATE / "briefing.css").read_text(encoding="utf-8")
    environment = templates(TEMPLATE)
    environment.filters["plain"] = plain
    environment.filters["data"] = drawing
    page = environment.get_template("briefing.html.jinja").render(
        lang=briefing.lang,
        title=briefing.title,
        blocks=[(type(block).__name__, block) for block in briefing.blocks],
        written=written,
        source=word("source", briefing.lang),
        style=unescaped(style),
        policy=f"default-src 'none'; style-src {hashed(style)}; img-src data:; base-uri 'none'; "
        "form-action 'none'",
    )
    return page.encode("utf-8", "replace")
