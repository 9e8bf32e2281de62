"""``relgraph map``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from relgraph.cli.common import emit, lang_option, project_of
from relgraph.errors import UsageError

if TYPE_CHECKING:
    from relgraph.lookup import Lookup


@click.command("map")
@lang_option
@click.option(
    "--excerpts", multiple=True, metavar="DOC=FILE", help="Quote this document, whose text is FILE."
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="The HTML file to write; '-' is stdout.",
)
@click.pass_context
def command(ctx: click.Context, lang: str, excerpts: tuple[str, ...], output: str) -> None:
    """Write the interactive relationship map: one HTML file that needs no network."""
    from relgraph.building import layout_of
    from relgraph.lookup import Lookup
    from relgraph.views.map import render
    from relgraph.views.map.builder import map_data
    from relgraph.views.map.details import texts_of
    from relgraph.views.map.layout import place

    project = project_of(ctx)
    compiled = project.compiled()
    lookup = Lookup(compiled, project.vocabulary)
    data = map_data(
        lookup,
        title=lookup.description(),
        excerpts=dict(_excerpt(lookup, given) for given in excerpts),
        texts=texts_of(project),
    )
    layout = place(data, layout_of(project))
    emit(render(data, layout, lang=lang).encode("utf-8"), output)


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
