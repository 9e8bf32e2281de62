"""Open a compiled store for reading."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyoxigraph as ox

#: all quads of a small store as N-Quads, beside its database
WHOLE = "whole.nq"


def open_store(folder: Path) -> ox.Store:
    """The store in ``folder``, for reading.

    A small one is read whole into memory (*measured:* 10 ms for 9,000 quads); opening a database takes 30 ms
    and more whatever its size, for its many threads. ``sparql/worker.py`` does the same, importing nothing.
    """
    import pyoxigraph as ox

    whole = folder / WHOLE
    if not whole.is_file():
        return ox.Store.read_only(str(folder))
    store = ox.Store()
    store.load(path=str(whole), format=ox.RdfFormat.N_QUADS, lenient=True)
    return store
