"""``relgraph show``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from relgraph.cli.common import (
    complete_names,
    emit,
    is_terminal,
    lang_option,
    output_option,
    project_of,
    when_options,
)

if TYPE_CHECKING:
    from relgraph.lookup import Lookup
    from relgraph.when import When


@click.command("show")
@click.argument("name", nargs=-1, required=True, shell_complete=complete_names)
@lang_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json", "jsonld"]),
    default="text",
    show_default=True,
)
@click.option(
    "--depth",
    type=click.IntRange(1, 2),
    default=1,
    show_default=True,
    help="2 adds what is said among those with whom it has relationships.",
)
@when_options
@click.option(
    "--only", multiple=True, metavar="GROUP", help="Only this group, by its heading; may be repeated."
)
@click.option("--all", "whole", is_flag=True, help="All, also of a party of whom very much is said.")
@output_option
@click.pass_context
def command(
    ctx: click.Context,
    name: tuple[str, ...],
    lang: str,
    form: str,
    depth: int,
    as_of: str | None,
    year: str | None,
    only: tuple[str, ...],
    whole: bool,
    output: str | None,
) -> None:
    """Show a party and all that is said of it, as cited sentences.

    NAME is an id, a name in either language, an alias or an acronym; case and accents do not matter, nor
    does a Swedish genitive. What has no time is possibly so at any time.
    """
    from relgraph.lookup import Lookup
    from relgraph.when import When

    when = When.of(year=year, as_of=as_of)
    project = project_of(ctx)
    lookup = Lookup(project.compiled(), project.vocabulary)
    record_id = lookup.resolve(" ".join(name), lang).id
    text = page(lookup, record_id, lang, form, depth, when, only, whole)
    emit(text.encode("utf-8"), output)


def page(
    lookup: Lookup,
    id_: str,
    lang: str,
    form: str,
    depth: int = 1,
    when: When | None = None,
    only: tuple[str, ...] = (),
    whole: bool = False,
) -> str:
    """The page of one record in a format; ``find`` prints it too."""
    from relgraph.sentences import SentenceWriter
    from relgraph.views.party import as_data, as_markdown, as_text, profile, record_ids

    found = profile(lookup, lookup.record(id_), lang, depth=depth, when=when, only=only, whole=whole)
    cite = SentenceWriter(lookup.vocabulary, lookup.get, lang).cite
    if form == "jsonld":
        from relgraph.views.jsonld import as_jsonld

        return as_jsonld(lookup, record_ids(found))
    if form == "json":
        return json.dumps(as_data(found, cite), ensure_ascii=False, indent=2) + "\n"
    return as_markdown(found, cite) if form == "markdown" else as_text(found, cite, width=width())


def width() -> int:
    """How many characters a line of text may hold: 88 in a pipe, what a terminal has up to 100."""
    if not is_terminal():
        return 88
    import shutil

    return max(40, min(shutil.get_terminal_size().columns, 100))
