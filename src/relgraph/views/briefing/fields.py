"""What staff wrote into the fields of a briefing, read back from the file that is to be made anew."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from relgraph.errors import UsageError
from relgraph.views.briefing.blocks import Briefing

_BEGIN = re.compile(r"<!-- relgraph:field (\S+) -->")
_END = "<!-- /relgraph:field -->"


def tag(about: str, key: str) -> str:
    """The name of a field in a file: short (Word takes at most 64 signs), and of one subject alone."""
    return hashlib.sha256(f"{about} {key}".encode()).hexdigest()[:16]


def markers(about: str, key: str) -> tuple[str, str]:
    """The lines between which a field stands in Markdown."""
    return f"<!-- relgraph:field {key}:{tag(about, key)} -->", _END


def carried(briefing: Briefing, path: Path, form: str) -> dict[str, str]:
    """What was written into the fields of the briefing in the file ``path``, by key.

    Empty where there is no such file, or the format has no fields to write in. Raises :class:`UsageError`
    for a file that is no such briefing, is damaged, or holds a text for which there is no field any more:
    nothing that somebody wrote may be lost.
    """
    read = {"md": _from_markdown, "docx": _from_docx}.get(form)
    try:
        data = path.read_bytes() if read and path.is_file() else b""
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from error
    if not data or read is None:
        return {}
    found = read(data, path)
    if not found:
        raise _damaged(path, "it has none of the fields of a briefing")
    expected = {tag(briefing.about, field.key): field for field in briefing.fields()}
    if not found.keys() & expected.keys() and not "".join(found.values()).strip():
        return {}  # of another party, and nobody has written anything
    for name, text in found.items():
        if name not in expected and text.strip():
            start = " ".join(text.split())[:40]
            raise _damaged(path, f"this briefing has no field for the text that begins “{start}”")
    for name, field in expected.items():
        if field.standing and name not in found:
            raise _damaged(path, f"the field “{field.label}” is missing")
    return {field.key: found[name] for name, field in expected.items() if name in found}


def _damaged(path: Path, reason: str) -> UsageError:
    return UsageError(
        f"{path} is left as it is: {reason}",
        hint="write to another file, or move what is worth keeping and delete this one",
    )


def _from_markdown(data: bytes, path: Path) -> Mapping[str, str]:
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise _damaged(path, "it is not text in UTF-8") from error
    found: dict[str, str] = {}
    name = ""
    inside: list[str] = []
    for number, line in enumerate(lines, 1):
        begin = _BEGIN.fullmatch(line.strip())
        if begin and not name:
            name, inside = begin[1].rpartition(":")[2], []
            if name in found:
                raise _damaged(path, f"line {number}: a field begins twice")
        elif begin:
            raise _damaged(path, f"line {number}: a field begins within another")
        elif line.strip() == _END:
            if not name:
                raise _damaged(path, f"line {number}: a field ends that did not begin")
            found[name], name = "\n".join(inside).strip("\n"), ""
        elif "relgraph:field" in line:
            raise _damaged(path, f"line {number}: the mark of a field was changed")
        elif name:
            inside.append(line.rstrip())
    if name:
        raise _damaged(path, "the end of a field is missing")
    return found


def _from_docx(data: bytes, path: Path) -> Mapping[str, str]:
    from relgraph.views.briefing.docx_fields import UnreadableError, read

    try:
        return read(data)
    except UnreadableError as error:
        raise _damaged(path, str(error)) from error
