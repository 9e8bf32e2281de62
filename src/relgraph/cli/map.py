"""``relgraph map``."""

from __future__ import annotations

import click

from relgraph.cli.common import emit, excerpts_of, excerpts_option, lang_option, project_of


@click.command("map")
@lang_option
@excerpts_option
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
    from relgraph.views.map.layout import place

    project = project_of(ctx)
    compiled = project.compiled()
    lookup = Lookup(compiled, project.vocabulary)
    data = map_data(lookup, title=lookup.description(), excerpts=excerpts_of(lookup, excerpts))
    layout = place(data, layout_of(project))
    emit(render(data, layout, lang=lang).encode("utf-8"), output)
