"""``relgraph schema``."""

from __future__ import annotations

import click

from relgraph.cli.common import emit, output_option, project_of

#: the first line of a record file: where editors find the schema
MODELINE = "# yaml-language-server: $schema=../exports/graph.schema.json"


@click.command("schema")
@output_option
@click.pass_context
def command(ctx: click.Context, output: str | None) -> None:
    """Write the JSON Schema of the record files, for editors.

    It holds the ids of this graph: editors that read YAML with a schema (VS Code, Neovim, JetBrains …)
    complete keys, types, ids and concepts, and mark what is wrong. `relgraph build` keeps it in
    exports/graph.schema.json; the first line of a record file names it:
    # yaml-language-server: $schema=../exports/graph.schema.json
    """
    from relgraph.views.schema import schema

    checked = project_of(ctx).check()
    emit(schema(checked.vocabulary, checked.dataset), output)
