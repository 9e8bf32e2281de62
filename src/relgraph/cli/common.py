"""What several commands share: the project, options of one meaning everywhere, where output goes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import date as Day
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeVar

import click

from relgraph.errors import RelgraphError, UsageError
from relgraph.project import Project, find_project

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from relgraph.lookup import Lookup

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


def when_options(command: F) -> F:
    """``--year`` and ``--as-of``, for :meth:`relgraph.when.When.of`."""
    year = click.option(
        "--year", metavar="YEAR", help="Only what certainly or possibly held then (2019, 2018/2020)."
    )
    as_of = click.option(
        "--as-of", metavar="DATE", help="Only what began by then, marked past or current (2018, 2018-05-01)."
    )
    return as_of(year(command))


def output_option(command: F) -> F:
    """``-o FILE``."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False),
        metavar="FILE",
        help="Write to FILE; '-' is stdout.",
    )(command)


def excerpts_option(command: F) -> F:
    """``--excerpts DOC=FILE``, for :func:`excerpts_of`."""
    return click.option(
        "--excerpts", multiple=True, metavar="DOC=FILE", help="Quote this document, whose text is FILE."
    )(command)


def excerpts_of(lookup: Lookup, given: Iterable[str]) -> dict[str, str]:
    """The texts of the documents named by ``--excerpts``, by id.

    Raises :class:`UsageError` for a text that is not the one which the record of the document describes.
    """
    return dict(_excerpt(lookup, each) for each in given)


def _excerpt(lookup: Lookup, given: str) -> tuple[str, str]:
    """A document's id and text; the text must be the one that the record of the document describes."""
    from relgraph.sources.segments import decode, digest

    name, equals, file = given.partition("=")
    record = lookup.get(name) if equals else None
    if record is None:
        raise UsageError(f"--excerpts {given}: write DOC=FILE with the id of a document")
    try:
        text = decode(Path(file).read_bytes(), file)
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror or error}") from error
    if record.text("sha256", "") != digest(text):
        raise UsageError(
            f"{file} is not the text of '{name}': its hash differs",
            hint=f"run relgraph sources verify {name} {file}",
        )
    return name, text


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


def emit_in_pieces(write: Callable[[IO[bytes]], None], output: str | None) -> None:
    """As :func:`emit`, for what writes to an open file and may be too large to be held whole."""
    if not output or output == "-":
        sys.stdout.flush()
        write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    from relgraph.store.writing import clear_parts, writing

    path = Path(output)
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as file:
                write(file)
        else:
            clear_parts(path.parent, (path.name,))
            with writing(path) as file:
                write(file)
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


#: how many completions a shell is offered
MOST = 50


def complete_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The ids that begin so, and those of the records a name of which does; nothing is built for it."""
    from click.shell_completion import CompletionItem

    from relgraph.project import find_project
    from relgraph.store.names import TEXT, read_names, words_of
    from relgraph.views.plain import plain

    named = ctx.find_root().params.get("project")
    try:
        compiled = find_project(Path(named) if named else None).current()
    except (RelgraphError, OSError):
        return []
    index = (compiled and read_names(compiled.path)) or []
    wanted = words_of(incomplete)
    found: dict[str, str] = {}
    for entry in sorted(index, key=lambda e: (e.id, e.sort != "name", e.label)):
        starts = entry.id.startswith(incomplete) or (wanted and entry.words.startswith(wanted))
        if entry.sort != TEXT and starts:
            found.setdefault(entry.id, plain(entry.label))
    return [CompletionItem(id_, help=label) for id_, label in sorted(found.items())[:MOST]]
