"""What pages of HTML share: templates that escape, and the hashes by which a policy lets their parts run."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import jinja2


def templates(folder: Path) -> jinja2.Environment:
    """The templates of a folder: every value is escaped, and one that is missing is an error."""
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder, encoding="utf-8"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )


def hashed(code: str) -> str:
    """A style or script as a Content-Security-Policy names it: ``'sha256-…'``."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def unescaped(code: str) -> Any:
    """Our own style, script or data, which must stand in the page just as it was hashed."""
    from markupsafe import Markup

    return Markup(code)


def drawing(svg: str) -> str:
    """A drawing as the address of an image, within which nothing of it can reach the page."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode("utf-8")).decode("ascii")
