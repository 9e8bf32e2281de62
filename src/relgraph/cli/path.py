"""``relgraph path``."""

from __future__ import annotations

import click

from relgraph.cli.common import complete_names, emit, lang_option, output_option, project_of, when_options
from relgraph.errors import UsageError


@click.command("path")
@click.argument("a", metavar="A", shell_complete=complete_names)
@click.argument("b", metavar="B", shell_complete=complete_names)
@click.option(
    "--count", type=click.IntRange(1, 100), default=3, show_default=True, metavar="N", help="At most N paths."
)
@click.option(
    "--not-through",
    "avoid",
    multiple=True,
    metavar="NAME",
    shell_complete=complete_names,
    help="No path through this party; may be repeated.",
)
@click.option(
    "--kind", "kinds", multiple=True, metavar="KIND", help="Only this kind of relationship; may be repeated."
)
@click.option("--certain-only", is_flag=True, help="Only what is stated outright.")
@when_options
@lang_option
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True
)
@output_option
@click.pass_context
def command(
    ctx: click.Context,
    a: str,
    b: str,
    count: int,
    avoid: tuple[str, ...],
    kinds: tuple[str, ...],
    certain_only: bool,
    year: str | None,
    as_of: str | None,
    lang: str,
    form: str,
    output: str | None,
) -> int:
    """Tell how two parties are connected: the best paths between them, each step with its source.

    A and B are ids, names in either language, aliases or acronyms. A path is better the more certain and
    current its steps are, the stronger they bind and the fewer they are; what did not come about or is
    planned is no step. There is no path: exit 1.
    """
    from relgraph.analysis.paths import path_network, shortest
    from relgraph.cli.show import width
    from relgraph.lookup import Lookup
    from relgraph.views.paths import as_json, as_markdown, as_text, tell
    from relgraph.when import When

    when = When.of(year=year, as_of=as_of)
    project = project_of(ctx)
    lookup = Lookup(project.compiled(), project.vocabulary)
    start, end, *others = (lookup.party(name, lang) for name in (a, b, *avoid))
    if start == end:
        raise UsageError(f"'{a}' and '{b}' are the same: {start}", hint="a path joins two parties")
    for name, id_ in zip(avoid, others, strict=True):
        if id_ in (start, end):
            raise UsageError(f"'{name}' is an end of the path and cannot be avoided")
    graph = path_network(lookup, kinds=kinds, certain_only=certain_only, when=when)
    found = shortest(graph, start, end, count, others)
    told = tell(
        lookup,
        graph,
        found,
        (start, end),
        lang,
        when=when,
        avoid=tuple(dict.fromkeys(others)),
        limited=bool(kinds or certain_only or when),
    )
    written = as_json(told) if form == "json" else as_markdown(told) if form == "markdown" else ""
    emit((written or as_text(told, width())).encode("utf-8"), output)
    return 0 if found else 1
