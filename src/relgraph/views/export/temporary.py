"""Temporary files of exports: what goes wrong with them is told as theirs, not as the output's."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from relgraph.errors import UsageError


@contextmanager
def temporaries() -> Iterator[None]:
    """OSErrors of the block are those of temporary files: :class:`UsageError`, which says where they are."""
    try:
        yield
    except OSError as error:
        where = f" in {tempfile.tempdir}" if tempfile.tempdir else ""
        raise UsageError(
            f"temporary files cannot be written{where}: {error.strerror or error}",
            hint="TMPDIR names the folder that they are in",
        ) from error


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that goes with the block, whatever happens in it."""
    with temporaries():
        folder = tempfile.TemporaryDirectory(prefix="relgraph-")
    with folder as name:
        yield Path(name)


class Abandonable(io.FileIO):
    """A raw file that takes everything and writes nothing once it is ``abandoned``.

    A container that failed is closed when nobody can catch what that raises: its end is written then, to a
    disk that is still full.
    """

    abandoned = False

    def write(self, data: Any, /) -> int:
        """Write, or not any more."""
        return len(data) if self.abandoned else super().write(data)
