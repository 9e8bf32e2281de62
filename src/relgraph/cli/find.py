"""``relgraph find``."""

from __future__ import annotations

import click

from relgraph.cli.common import complete_names, emit, lang_option, output_option, project_of
from relgraph.errors import UsageError


@click.command("find")
@click.argument("text", nargs=-1, required=True, shell_complete=complete_names)
@lang_option
@click.option("--kind", "--type", "kind", metavar="KIND", help="Only this kind: City, stad, network …")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True
)
@click.option(
    "-n",
    "--limit",
    type=click.IntRange(1, 10_000),
    default=20,
    show_default=True,
    help="At most N of each sort.",
)
@output_option
@click.pass_context
def command(
    ctx: click.Context,
    text: tuple[str, ...],
    lang: str,
    kind: str | None,
    form: str,
    limit: int,
    output: str | None,
) -> None:
    """Find records by name: parties, agreements, events, topics and what is said of them.

    TEXT is a name or a part of one, in either language: case, accents, genitives and typing errors do not
    matter. As text, a name that one record has opens it, as show does; else all are listed, best first:
    the name itself (score 100), but for its inflection (95), but for one slip (90), a name that begins so
    (80), a word that does (70), all words within (60), its stem within (55), all words within but for
    inflection and slips (50 to 54), a resemblance (below 50).
    Nothing found is no error (exit 0).
    """
    from relgraph.find import INFLECTED
    from relgraph.lookup import Lookup
    from relgraph.store.names import words_of
    from relgraph.views.hits import as_csv, as_json, as_text, find, hits_of, kinds_named

    wanted = " ".join(text)
    if not words_of(wanted):
        raise UsageError("give at least one letter or digit to find")
    project = project_of(ctx)
    lookup = Lookup(project.compiled(), project.vocabulary)
    kinds = kinds_named(lookup, kind) if kind else None
    if kind and kinds is None:
        raise UsageError(f"there is no kind '{kind}'", hint="a class of the ontology: City, Network, Event …")
    hits = hits_of(lookup, wanted, kinds)
    best = [hit for hit in hits if hit.score == hits[0].score and hit.score >= INFLECTED]
    if form == "text" and len(best) == 1:
        from relgraph.cli.show import page

        emit(page(lookup, best[0].id, lang, "text").encode("utf-8"), output)
        return
    found = find(lookup, hits, wanted, lang, limit=limit, kinds=kinds)
    if not found.lines and not found.said:
        click.echo(f"nothing in the graph is called or resembles {wanted!r}", err=True)
    answer = as_json(found) if form == "json" else as_csv(found) if form == "csv" else as_text(found, lang)
    emit(answer.encode("utf-8", "backslashreplace"), output)
