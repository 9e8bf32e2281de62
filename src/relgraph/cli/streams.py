"""Standard streams that fail clearly: a full disk is told of once, a reader that has gone is not."""

from __future__ import annotations

import io
import os
import sys
from typing import Any

from relgraph.errors import UsageError


class _Guarded(io.RawIOBase):
    """A standard stream's raw file. After its first failure it takes everything and writes nothing.

    What is still buffered would else be tried again when the interpreter ends, and complained of.
    """

    def __init__(self, raw: Any, name: str | None) -> None:
        """``name`` is that of the stream in the message, or None: its failures matter to nobody."""
        self._raw = raw
        self._name = name
        self._failed = False

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return bool(self._raw.isatty())

    def fileno(self) -> int:
        return int(self._raw.fileno())

    def write(self, data: Any, /) -> int | None:
        if self._failed:
            return len(data)
        try:
            written: int | None = self._raw.write(data)
        except OSError as error:
            self._failed = True
            if self._name is None:
                return len(data)
            if isinstance(error, BrokenPipeError):
                sys.exit(0)  # the reader has gone, and knows it; click would make an error of it
            raise UsageError(f"{self._name} cannot be written: {error.strerror or error}") from error
        return written


def guard() -> None:
    """Guard stdout and stderr. For a process of its own, whose descriptors 0 to 2 are open."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        stream = getattr(sys, name)
        if stream is None and os.name == "posix":  # it was closed when the interpreter started
            raw: Any = io.FileIO(number, "r" if name == "stdin" else "w", closefd=False)
        elif name == "stdin" or stream is not getattr(sys, f"__{name}__") or not hasattr(stream, "buffer"):
            continue  # somebody has put something of his own there, such as a test
        else:
            raw = getattr(stream.buffer, "raw", stream.buffer)
        if name == "stdin":
            sys.stdin = io.TextIOWrapper(io.BufferedReader(raw), encoding="utf-8")
            continue
        # UTF-8: Windows would write its code page; an argument that is no UTF-8 can still be told of
        guarded = io.TextIOWrapper(
            io.BufferedWriter(_Guarded(raw, name if name == "stdout" else None)),
            encoding="utf-8",
            errors="backslashreplace",
            line_buffering=name == "stderr" or raw.isatty(),
        )
        setattr(sys, name, guarded)
