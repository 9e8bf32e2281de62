"""What every reader does first: bytes -> text that holds no invisible character, within limits.

RG001  the file cannot be read
RG002  not UTF-8, or a control character
RG008  too large a file, or too long a line
"""

from __future__ import annotations

import re
from pathlib import Path

from relgraph.model import Position, Problem

MAX_DEPTH = 16  # of nested lists and mappings, that of the file included
MAX_BYTES = 64 * 1024 * 1024
MAX_LINE_BYTES = 1024 * 1024
MANY = 20  # so many control characters, and it is no text file

# What YAML does not allow, and three that it takes for line breaks where editors show none
# (next line U+0085, separators U+2028 and U+2029), and a byte order mark within the text.
BAD = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
BREAK = re.compile("\r\n|\r|\n")


def read_text(path: Path, file: str) -> tuple[str | None, list[Problem]]:
    """The text of a file, else None and why; ``file`` is its name in problems. Never raises."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        return None, [Problem("RG001", f"cannot be read: {_reason(error)}", Position(file))]
    if len(data) > MAX_BYTES:
        return None, [_too_large(file)]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        at = _position(before.removeprefix("\ufeff"), file)
        return None, [Problem("RG002", message, at, hint="save the file as UTF-8")]


def cleaned(text: str, file: str) -> tuple[str | None, list[Problem]]:
    """The text without byte order mark, each forbidden character replaced and told (up to ``MANY``).

    The text is None if it is too large, or holds so many of them that it is none. Never raises.
    """
    text = text.removeprefix("\ufeff")
    if len(text) * 4 > MAX_LINE_BYTES:
        too_large = size_problem(text, file)
        if too_large:
            return None, [too_large]
    problems: list[Problem] = []
    for found in BAD.finditer(text):
        at = _position(text[: found.start()], file)
        message = f"{name_of(found[0])} is not allowed in a text"
        problems.append(Problem("RG002", message, at, hint="remove it"))
        if len(problems) >= MANY:
            return None, problems
    return (BAD.sub("\ufffd", text) if problems else text), problems


def name_of(character: str) -> str:
    """A forbidden character by name: it cannot be shown."""
    if character == "\ufeff":
        return "a byte order mark (U+FEFF)"
    if "\ud800" <= character <= "\udfff":
        return f"half a character (the surrogate U+{ord(character):04X})"
    kind = "line separator" if character in "\x85\u2028\u2029" else "control character"
    return f"the {kind} U+{ord(character):04X}"


def _position(before: str, file: str) -> Position:
    """The place after ``before``."""
    lines = BREAK.split(before)
    return Position(file, len(lines), len(lines[-1]) + 1)


def size_problem(text: str, file: str) -> Problem | None:
    """RG008: a text over 64 MiB, or a line over 1 MiB; None where neither is."""
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        return _too_large(file)
    for number, line in enumerate(BREAK.split(text), 1):
        if len(line) * 4 > MAX_LINE_BYTES and len(line.encode("utf-8", "replace")) > MAX_LINE_BYTES:
            return Problem("RG008", "a line longer than 1 MiB", Position(file, number))
    return None


def _too_large(file: str) -> Problem:
    return Problem("RG008", "larger than 64 MiB", Position(file), hint="divide it into several files")


def _reason(error: Exception) -> str:
    known: dict[type[Exception], str] = {
        FileNotFoundError: "there is no such file",
        IsADirectoryError: "it is a folder",
        PermissionError: "permission denied",
    }
    return known.get(type(error)) or getattr(error, "strerror", None) or str(error)
