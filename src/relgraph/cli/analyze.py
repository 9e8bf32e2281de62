"""``relgraph analyze``."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from relgraph.cli.common import emit, is_terminal, lang_option, output_option, project_of, when_options
from relgraph.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relgraph.views.told import Told

FORMATS = ("table", "markdown", "csv", "json", "html")
#: the forms that a file's name asks for
SUFFIXES = {".md": "markdown", ".html": "html", ".htm": "html", ".csv": "csv", ".json": "json"}


def complete_analyses(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The names of the analyses, for the shell."""
    from relgraph.analysis import ANALYSES

    return [CompletionItem(name) for name in ANALYSES if name.startswith(incomplete)]


@click.command("analyze")
@click.argument("name", required=False, shell_complete=complete_analyses)
@click.option("--all", "every", is_flag=True, help="All analyses as one report.")
@click.option("--list", "listed", is_flag=True, help="List the analyses.")
@click.option(
    "--kind", "kinds", multiple=True, metavar="KIND", help="Only this kind of relationship; may be repeated."
)
@click.option("--certain-only", is_flag=True, help="Only what is stated outright.")
@click.option(
    "--top",
    type=click.IntRange(0),
    metavar="N",
    help="At most N rows of each table; 0: all. Default: 40 with --all, else all.",
)
@click.option(
    "--months", type=click.IntRange(1, 1200), metavar="N", help="How far ahead terms looks. Default: 24."
)
@click.option("--table", "table", metavar="TABLE", help="With --format csv: which table; default: the first.")
@when_options
@lang_option
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="Default: by the name of FILE, else table."
)
@output_option
@click.pass_context
def command(
    ctx: click.Context,
    name: str | None,
    every: bool,
    listed: bool,
    kinds: tuple[str, ...],
    certain_only: bool,
    top: int | None,
    months: int | None,
    table: str | None,
    year: str | None,
    as_of: str | None,
    lang: str,
    form: str | None,
    output: str | None,
) -> None:
    """Tell what the network tells: who holds it together, what rests on one office, what lies fallow.

    With --all, one report of all analyses: `relgraph analyze --all -o report.html`.
    """
    from relgraph.analysis import ANALYSES, Evidence, analyse, known
    from relgraph.analysis.catalogue import catalogue, words
    from relgraph.cli.progress import watched
    from relgraph.lookup import Lookup
    from relgraph.views.report import TOP, tolds
    from relgraph.views.told import Told
    from relgraph.vocabulary import pick
    from relgraph.when import When

    if listed:
        width = max(map(len, ANALYSES))
        lines = [f"{each.ljust(width)}  {pick(catalogue()[each].title, lang)}" for each in ANALYSES]
        emit(("\n".join(lines) + "\n").encode(), output)
        return
    if every == (name is not None):
        hint = "they are listed by: relgraph analyze --list"
        raise UsageError("name one analysis, or --all of them" if every else "name an analysis", hint=hint)
    names = list(ANALYSES) if every else [known(name or "")]
    form = form or SUFFIXES.get(PurePath(output or "").suffix.lower(), "table")
    _check(form, names, table, months)
    when = When.of(year=year, as_of=as_of)
    project = project_of(ctx)
    evidence = Evidence(
        Lookup(project.compiled(), project.vocabulary),
        when,
        kinds,
        certain_only,
        watch=lambda label, total: watched(pick(words()[label], lang), total),
    )
    options = {"terms": {"months": months}} if months else {}
    results = {each: analyse(each, evidence, **options.get(each, {})) for each in names}
    if every:
        told = tolds(evidence, results, lang, TOP if top is None else top)
    else:
        told = [Told(each, result, evidence, lang, top or 0) for each, result in results.items()]
    emit(_rendered(told, form, table or "").encode("utf-8"), output)


def _check(form: str, names: Sequence[str], table: str | None, months: int | None) -> None:
    """Whether the options fit each other; raises :class:`UsageError`."""
    from relgraph.analysis.catalogue import catalogue

    if form == "csv" and len(names) > 1:
        raise UsageError("CSV holds one table", hint="name an analysis, and --table TABLE")
    if table is not None and form != "csv":
        raise UsageError("--table is for --format csv")
    tables = catalogue()[names[0]].tables
    if table is not None and table not in tables:
        from difflib import get_close_matches

        near = get_close_matches(table, tables, n=2)
        hint = f"did you mean {', '.join(near)}?" if near else f"they are {', '.join(tables)}"
        raise UsageError(f"{names[0]} has no table '{table}'", hint=hint)
    if months is not None and "terms" not in names:
        raise UsageError(f"--months is for terms, not for {names[0]}")


def _rendered(tolds: Sequence[Told], form: str, table: str) -> str:
    if form in ("markdown", "html"):
        from relgraph.views.report import as_html, as_markdown

        return as_html(tolds) if form == "html" else as_markdown(tolds)
    from relgraph.views.analysis import as_csv, as_json, as_text

    if form == "csv":
        return as_csv(tolds[0], table)
    if form == "json":
        return as_json(tolds)
    from relgraph.cli.show import width as width_of

    width = width_of() if is_terminal() else 120
    return "\n\n".join(as_text(told, width) for told in tolds)
