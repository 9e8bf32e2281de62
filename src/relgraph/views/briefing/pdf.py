"""A briefing as PDF/UA-1, set by Typst: tagged, titled, with bookmarks, the same bytes each time.

Texts go to the template as data. The font that comes with the program has Latin, Greek and Cyrillic letters;
those that come with Typst have Arabic and Hebrew ones, too, though none that reads well. What else a name is
written in needs another font: one of the user's, or one of the machine, on which the bytes then depend and
of which somebody must be told. Without one the document is refused: a name without a sign would be wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from relgraph.errors import UsageError
from relgraph.views.briefing.blocks import Briefing, Field
from relgraph.views.lettering import FAMILY, FOLDER, uncovered
from relgraph.views.plain import plain

TEMPLATE = Path(__file__).parent / "template" / "briefing.typ"
_LACKING = re.compile(r"the text `\"(.*?)\"` could not be displayed")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
#: fonts of machines that have other scripts and go well with ours, the first of them there is used
GOOD = (
    *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC"),
    *("Noto Sans Arabic", "Segoe UI", "Geeza Pro", "Arial", "DejaVu Sans"),
)


class _LackingError(Exception):
    """No font has some of the signs."""

    def __init__(self, signs: Sequence[str]) -> None:
        super().__init__(" ".join(signs))


def render(
    briefing: Briefing,
    written: Mapping[str, str],
    fonts: Sequence[Path] = (),
    tell: Callable[[str], None] | None = None,
) -> bytes:
    """The document; ``fonts`` are folders with fonts for signs that the program's own font lacks.

    Where these lack some too, the machine's are used if there is somebody to ``tell``. Raises
    :class:`UsageError` for a text that no font can show.
    """
    blocks = [_block(block, written) for block in briefing.blocks]
    data = {"title": plain(briefing.title), "lang": briefing.lang, "blocks": blocks}
    day = datetime.fromisoformat(briefing.day or "1980-01-01").replace(tzinfo=UTC)
    made, lacking = b"", ""
    try:
        made = _set(data, day, fonts, machine=False)
    except _LackingError as error:
        lacking = str(error)
    beyond = uncovered("".join(_texts(data)))
    if tell is not None and (lacking or (beyond and not fonts)):
        try:
            by_machine = _set(data, day, fonts, machine=True)
        except _LackingError as error:
            lacking = str(error)
        else:
            if by_machine != made:
                tell(
                    f"set in fonts of this machine: {lacking or ' '.join(beyond)} "
                    "(the same on every machine with --fonts FOLDER)"
                )
            return by_machine
    if lacking:
        raise UsageError(
            f"no font has the signs {lacking}, so there is no PDF of “{plain(briefing.title)}”",
            hint="put a font that has them, such as one of the Noto fonts, into a folder and give it by "
            "--fonts FOLDER, or into fonts/ in the project; Word and HTML need none",
        )
    return made


def _set(data: Mapping[str, Any], day: datetime, fonts: Sequence[Path], *, machine: bool) -> bytes:
    """The document in our own fonts, the user's and, if so wanted, those of the machine."""
    import typst

    known = typst.Fonts(
        include_system_fonts=machine,
        include_embedded_fonts=True,
        font_paths=[str(path) for path in (FOLDER, *fonts)],
    )
    theirs = sorted(_families(fonts) - {FAMILY}) if fonts else []
    good = [family for family in GOOD if machine and family in known.families()]
    # what comes with Typst is tried last
    families = dict.fromkeys((FAMILY, *theirs, *good, *sorted(_families(()))))
    try:
        made = typst.Compiler(font_paths=known).compile(
            TEMPLATE.read_bytes(),
            format="pdf",
            sys_inputs={"data": json.dumps({**data, "fonts": [*families]}, ensure_ascii=False)},
            pdf_standards=["ua-1"],
            timestamp=day,
        )
    except typst.TypstError as error:
        found = "".join(_LACKING.findall(error.diagnostic))
        if not found:
            raise UsageError(f"the PDF cannot be made: {error.message}") from error
        signs = _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), found)
        raise _LackingError(sorted(set(signs))) from error
    assert isinstance(made, bytes)
    return made


def _families(folders: Sequence[Path]) -> set[str]:
    """The families in some folders, or, of none, those that come with Typst."""
    import typst

    paths = [str(path) for path in folders]
    known = typst.Fonts(include_system_fonts=False, include_embedded_fonts=not paths, font_paths=paths)
    return set(known.families())


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for each in value.values() for text in _texts(each))
    elif isinstance(value, list | tuple):
        yield from (text for each in value for text in _texts(each))


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
