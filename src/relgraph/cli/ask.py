"""``relgraph ask``."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from relgraph.cli.common import (
    emit,
    is_terminal,
    lang_option,
    output_option,
    project_of,
    when_options,
)
from relgraph.errors import RelgraphError, UsageError

FORMATS = ("text", "markdown", "csv", "json")


def complete_questions(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The names of saved questions, for the shell; nothing is read but the names of files."""
    from relgraph.project import find_project

    named = ctx.find_root().params.get("project")  # the program itself does not run for a completion
    try:
        names = find_project(Path(named) if named else None).question_files()
    except (RelgraphError, OSError):
        return []
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


@click.command("ask")
@click.argument("name", shell_complete=complete_questions)
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="May be repeated.")
@when_options
@lang_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@output_option
@click.pass_context
def command(
    ctx: click.Context,
    name: str,
    params: tuple[str, ...],
    year: str | None,
    as_of: str | None,
    lang: str,
    form: str,
    output: str | None,
) -> None:
    """Answer a saved question, with sentences and sources.

    `relgraph questions` lists them with their parameters. A value is any name that `relgraph show` takes, a
    word of a list in either language, a period or a text. Zero rows are an answer too. A question about the
    present state asks of the end of the latest source's period, unless told otherwise (`--param period=` for
    no period at all), and says so.
    """
    from relgraph.answers import ask, question_named
    from relgraph.lookup import Lookup
    from relgraph.views.answer import Answered, as_csv, as_json, as_markdown, as_text
    from relgraph.when import When

    project = project_of(ctx)
    question = question_named(project, name)
    values: dict[str, str] = {}
    for param in params:
        key, equals, value = param.partition("=")
        if not equals or not key:
            raise UsageError(f"--param {param}: write NAME=VALUE", hint="for example --param party=Dalian")
        if key in values:
            raise UsageError(f"--param {key} is given twice")
        values[key] = value
    when = When.of(year=year, as_of=as_of)
    lookup = Lookup(project.compiled(), project.vocabulary)
    found = Answered.of(ask(lookup, question, values, lang, when=when, project=project), lookup, lang)
    if form == "text":
        from relgraph.cli.show import width

        text = as_text(found, width() if is_terminal() else 100)
    else:
        text = {"markdown": as_markdown, "csv": as_csv, "json": as_json}[form](found)
    emit(text.encode("utf-8"), output)
