"""``relgraph analyze``."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from relgraph.cli.common import emit, is_terminal, lang_option, output_option, project_of
from relgraph.errors import UsageError

FORMATS = ("table", "markdown", "csv", "json")


def complete_analyses(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The names of the analyses, for the shell."""
    from relgraph.analysis import ANALYSES

    return [CompletionItem(name) for name in ANALYSES if name.startswith(incomplete)]


@click.command("analyze")
@click.argument("name", required=False, shell_complete=complete_analyses)
@click.option("--list", "listed", is_flag=True, help="List the analyses.")
@click.option(
    "--kind", "kinds", multiple=True, metavar="KIND", help="Only this kind of relationship; may be repeated."
)
@click.option("--certain-only", is_flag=True, help="Only what is stated outright.")
@click.option(
    "--top", type=click.IntRange(0), default=0, metavar="N", help="At most N rows of each table; 0: all."
)
@click.option("--table", "table", metavar="TABLE", help="With --format csv: which table; default: the first.")
@lang_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@output_option
@click.pass_context
def command(
    ctx: click.Context,
    name: str | None,
    listed: bool,
    kinds: tuple[str, ...],
    certain_only: bool,
    top: int,
    table: str | None,
    lang: str,
    form: str,
    output: str | None,
) -> None:
    """Tell what the network tells: who holds it together, what rests on one office, what lies fallow."""
    from relgraph.analysis import ANALYSES, Evidence, analyse
    from relgraph.analysis.catalogue import catalogue
    from relgraph.lookup import Lookup
    from relgraph.views.analysis import Told, as_csv, as_json, as_markdown, as_text
    from relgraph.vocabulary import pick

    if listed:
        width = max(map(len, ANALYSES))
        lines = [f"{each.ljust(width)}  {pick(catalogue()[each].title, lang)}" for each in ANALYSES]
        emit(("\n".join(lines) + "\n").encode(), output)
        return
    if name is None:
        raise UsageError("name an analysis", hint="they are listed by: relgraph analyze --list")
    project = project_of(ctx)
    evidence = Evidence(Lookup(project.compiled(), project.vocabulary), None, kinds, certain_only)
    told = Told(name, analyse(name, evidence), evidence, lang, top)
    if table and table not in told.text.tables:
        raise UsageError(f"there is no table '{table}'", hint=f"they are {', '.join(told.text.tables)}")
    if form == "table":
        from relgraph.cli.show import width as width_of

        text = as_text(told, width_of() if is_terminal() else 120)
    elif form == "csv":
        text = as_csv(told, table or "")
    else:
        text = {"markdown": as_markdown, "json": as_json}[form](told)
    emit(text.encode("utf-8"), output)
