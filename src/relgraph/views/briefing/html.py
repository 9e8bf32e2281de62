"""A briefing as one HTML file: no script, no request, a print style, no style but its own."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path

from relgraph.views.briefing.blocks import Briefing
from relgraph.views.briefing.words import word
from relgraph.views.plain import plain

TEMPLATE = Path(__file__).parent / "template"


def render(briefing: Briefing, written: Mapping[str, str]) -> bytes:
    """The page in UTF-8; ``written`` is what staff wrote, by the key of the field."""
    import jinja2
    from markupsafe import Markup

    style = (TEMPLATE / "briefing.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATE, encoding="utf-8"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["plain"] = plain
    environment.filters["data"] = lambda svg: (
        "data:image/svg+xml;base64," + base64.b64encode(svg.encode("utf-8")).decode("ascii")
    )
    page = environment.get_template("briefing.html.jinja").render(
        lang=briefing.lang,
        title=briefing.title,
        blocks=[(type(block).__name__, block) for block in briefing.blocks],
        written=written,
        source=word("source", briefing.lang),
        style=Markup(style),
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
        "form-action 'none'",
    )
    return page.encode("utf-8", "replace")
