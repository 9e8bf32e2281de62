"""``relgraph export``."""

from __future__ import annotations

import click

from relgraph.cli.common import emit, output_option, project_of


@click.command("export")
@click.option(
    "--format", "form", type=click.Choice(["turtle", "trig", "jsonld"]), default="turtle", show_default=True
)
@output_option
@click.pass_context
def command(ctx: click.Context, form: str, output: str | None) -> None:
    """Write the graph as RDF: what is asserted and what is derived, sorted."""
    from relgraph.views.rdf import export

    emit(export(project_of(ctx).compiled(), form), output)
