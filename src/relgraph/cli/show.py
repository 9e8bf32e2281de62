"""``relgraph show``."""

from __future__ import annotations

import json

import click

from relgraph.cli.common import emit, is_terminal, lang_option, output_option, project_of


@click.command("show")
@click.argument("name", nargs=-1, required=True)
@lang_option
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True
)
@output_option
@click.pass_context
def command(ctx: click.Context, name: tuple[str, ...], lang: str, form: str, output: str | None) -> None:
    """Show a party and all that is said of it, as cited sentences.

    NAME is an id, a name in either language, an alias or an acronym; case and accents do not matter.
    """
    from relgraph.lookup import Lookup
    from relgraph.sentences import SentenceWriter
    from relgraph.views.party import as_data, as_markdown, as_text, profile

    project = project_of(ctx)
    lookup = Lookup(project.compiled(), project.vocabulary)
    record = lookup.resolve(" ".join(name), lang)
    found = profile(lookup, record, lang)
    cite = SentenceWriter(project.vocabulary, lookup.get, lang).cite
    if form == "json":
        text = json.dumps(as_data(found, cite), ensure_ascii=False, indent=2) + "\n"
    elif form == "markdown":
        text = as_markdown(found, cite)
    else:
        width = min(click.get_current_context().max_content_width or 88, 88)
        if is_terminal():
            import shutil

            width = max(40, min(shutil.get_terminal_size().columns, 100))
        text = as_text(found, cite, width=width)
    emit(text.encode("utf-8"), output)
