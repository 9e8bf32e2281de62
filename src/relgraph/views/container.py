"""Zip containers of the same bytes everywhere: parts sorted, dated 1980 and stored."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import IO


def store(packed: zipfile.ZipFile, name: str, source: IO[bytes], size: int) -> None:
    """Add a part of so many bytes to a container that is being written."""
    part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    part.create_system = 0
    part.file_size = size
    with packed.open(part, "w") as target:
        while piece := source.read(1 << 20):
            target.write(piece)


def repack(made: Path | IO[bytes], whole: Path | IO[bytes]) -> None:
    """The same container anew.

    In a file, whatever it is written to in the end: a container that went to a pipe would have other bytes.
    """
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as packed:
        for name in sorted(before.namelist()):
            with before.open(name) as source:
                store(packed, name, source, before.getinfo(name).file_size)


def pack(folder: Path, whole: Path) -> None:
    """The files that lie in a folder as a container."""
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as packed:
        for file in sorted(folder.iterdir()):
            with file.open("rb") as source:
                store(packed, file.name, source, file.stat().st_size)
