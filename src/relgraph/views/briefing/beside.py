"""A briefing as files: the document and, for Markdown, the figure that lies beside it.

Markdown holds no drawing, so its figure is a file of its own, named after the document. It bears a mark, by
which a file of that name that is somebody's own is known and left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from relgraph.errors import UsageError
from relgraph.store.writing import clear_parts, write_together
from relgraph.views.briefing import render
from relgraph.views.briefing.blocks import Briefing, Figure
from relgraph.views.briefing.fields import carried

SUFFIX = ".figure.svg"
MARK = b"<!-- relgraph:figure -->\n"


def beside(path: Path) -> Path:
    """Where the figure of the Markdown briefing ``path`` lies."""
    return path.with_name(path.stem + SUFFIX)


def drawn(made: Briefing) -> bytes:
    """The figure of a briefing as a file of its own; empty where it has none."""
    svg = next((block.svg for block in made.blocks if isinstance(block, Figure)), "")
    return svg.encode("utf-8", "replace") + MARK if svg else b""


def files(
    made: Briefing,
    path: Path,
    form: str,
    fonts: Sequence[Path] = (),
    tell: Callable[[str], None] | None = None,
) -> dict[Path, bytes]:
    """What to write for a briefing in the file ``path``, with what staff wrote into it, the figure first.

    A figure that is empty is not to be there; ``tell`` is as in :func:`render`. Raises :class:`UsageError`
    where something is not to be overwritten, or PDF lacks a sign.
    """
    if form != "md":
        return {path: render(made, form, carried(made, path, form), fonts, tell=tell)}
    figure, image = beside(path), drawn(made)
    if image and not _is_ours(figure, missing=True):
        raise UsageError(
            f"{figure} is left as it is: it is no figure of a briefing",
            hint="rename it, or write to another file: the figure is named after the briefing",
        )
    document = render(made, form, carried(made, path, form), fonts, figure.name)
    return {figure: image, path: document}


def publish(made: Mapping[Path, bytes]) -> None:
    """Write the files, all of them or none, and remove the figures that are not to be there any more.

    These go last, when no document refers to them. Raises :class:`UsageError` that names the file.
    """
    for folder in {path.parent for path in made}:
        clear_parts(folder, [path.name for path in made if path.parent == folder])
    try:
        write_together({path: data for path, data in made.items() if data})
        for path, data in made.items():
            if not data and _is_ours(path):
                path.unlink(missing_ok=True)
    except OSError as error:
        # where the folder is missing, the document is what the user knows of
        named = [*made][-1] if isinstance(error, FileNotFoundError) else error.filename
        raise UsageError(f"{named} cannot be written: {error.strerror or error}") from error


def _is_ours(path: Path, *, missing: bool = False) -> bool:
    """Whether a file is a figure that a briefing had; ``missing`` where there is no file."""
    try:
        return path.read_bytes().endswith(MARK)
    except FileNotFoundError:
        return missing
    except OSError:
        return False
