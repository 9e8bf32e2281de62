"""What several commands share: the project, options of one meaning everywhere, where output goes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date as Day
from pathlib import Path
from typing import TypeVar

import click

from relgraph.errors import UsageError
from relgraph.project import Project, find_project

F = TypeVar("F", bound=Callable[..., object])


def project_of(ctx: click.Context) -> Project:
    """The project named by ``--project``, or that of the working directory."""
    named = ctx.find_root().obj
    if named is not None and not Path(named).is_dir():
        raise UsageError(f"there is no folder {named}")
    return find_project(Path(named) if named else None)


def lang_option(command: F) -> F:
    """``--lang sv|en``."""
    return click.option(
        "--lang",
        type=click.Choice(["sv", "en"]),
        default="sv",
        show_default=True,
        help="Language of the output.",
    )(command)


def output_option(command: F) -> F:
    """``-o FILE``."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False),
        metavar="FILE",
        help="Write to FILE; '-' is stdout.",
    )(command)


def emit(data: bytes, output: str | None) -> None:
    """Write to a file atomically, to a device or a pipe as it is, or to stdout."""
    if not output or output == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    from relgraph.store.writing import clear_parts, write_atomic

    path = Path(output)
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb", buffering=0) as file:
                rest = memoryview(data)
                while rest:
                    rest = rest[file.write(rest) or 0 :]
        else:
            clear_parts(path.parent, (path.name,))
            write_atomic(path, data)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror or error}") from error


def day_of(text: str) -> Day | None:
    """A compiled store's date of the data."""
    return Day.fromisoformat(text) if text else None


def is_terminal() -> bool:
    """Whether stdout is a person's terminal."""
    return sys.stdout.isatty()
