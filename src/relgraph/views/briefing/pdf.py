"""A briefing as PDF/UA-1, set by Typst: tagged, titled, with bookmarks, the same bytes each time.

Texts go to the template as data. The font that comes with the program has Latin, Greek and Cyrillic letters,
those that come with Typst have Arabic and Hebrew ones; a name in other signs (Chinese, say) needs a font of
the user's: without one the document is refused, since a PDF without a sign of a name would be wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from relgraph.errors import UsageError
from relgraph.views.briefing.blocks import Briefing, Field
from relgraph.views.lettering import FAMILY, FOLDER
from relgraph.views.plain import plain

TEMPLATE = Path(__file__).parent / "template" / "briefing.typ"
_LACKING = re.compile(r"the text `\"(.*?)\"` could not be displayed")


def render(briefing: Briefing, written: Mapping[str, str], fonts: Sequence[Path] = ()) -> bytes:
    """The document; ``fonts`` are folders with fonts for signs that the program's own font lacks.

    Raises :class:`UsageError` for a text that no font can show.
    """
    import typst

    known = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(p) for p in (FOLDER, *fonts)]
    )
    own = [family for family in known.families() if family != FAMILY]
    data = {
        "title": plain(briefing.title),
        "lang": briefing.lang,
        "fonts": [FAMILY, *sorted(own, key=lambda family: (family in _embedded(), family))],
        "blocks": [_block(block, written) for block in briefing.blocks],
    }
    day = datetime.fromisoformat(briefing.day or "1980-01-01").replace(tzinfo=UTC)
    compiler = typst.Compiler(font_paths=known)
    try:
        made = compiler.compile(
            TEMPLATE.read_bytes(),
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["ua-1"],
            timestamp=day,
        )
    except typst.TypstError as error:
        lacking = sorted(set("".join(_LACKING.findall(error.diagnostic))))
        if not lacking:
            raise UsageError(f"the PDF cannot be made: {error.message}") from error
        raise UsageError(
            f"the fonts have no signs for: {' '.join(lacking)}",
            hint="give a folder with a font that has them: --fonts FOLDER, or fonts/ in the project",
        ) from error
    assert isinstance(made, bytes)
    return made


def _embedded() -> frozenset[str]:
    """The families that come with Typst; others are the user's and are tried first."""
    import typst

    return frozenset(typst.Fonts(include_system_fonts=False, include_embedded_fonts=True).families())


def _block(block: object, written: Mapping[str, str]) -> dict[str, Any]:
    assert not isinstance(block, type)
    data: dict[str, Any] = _plain(asdict(block))  # type: ignore[call-overload]
    if isinstance(block, Field):
        data["written"] = "\n".join(map(plain, written.get(block.key, "").split("\n")))
    return {"kind": type(block).__name__, **data}


def _plain(value: Any) -> Any:
    """The value with every text in it safe to show."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {key: each if key == "svg" else _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value
