"""A progress bar on stderr for what takes long, where a person looks at it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

#: seconds after which a bar appears
PATIENCE = 1.0


@contextmanager
def watched(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show how far ``total`` units of work have come, once they have taken a second, on a terminal.

    Yields a function that takes the number of units just done.
    """
    began, done = time.monotonic(), 0
    bar: ProgressBar[int] | None = None

    def step(count: int) -> None:
        nonlocal bar, done
        done += count
        if bar is not None:
            bar.update(count)
        elif time.monotonic() - began > PATIENCE and sys.stderr.isatty():
            bar = click.progressbar(length=total, label=label, file=sys.stderr)
            bar.__enter__()
            bar.update(done)

    try:
        yield step
    finally:
        if bar is not None:
            bar.__exit__(None, None, None)
