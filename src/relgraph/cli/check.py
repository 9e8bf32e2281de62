"""``relgraph check``."""

from __future__ import annotations

import click

from relgraph.cli.common import project_of


@click.command("check")
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
@click.option("--shacl", is_flag=True, help="Also validate the triples with pySHACL (slow on large graphs).")
@click.pass_context
def command(ctx: click.Context, strict: bool, shacl: bool) -> int:
    """Report every problem of the graph, with file, line and column.

    Exits with 0 if there is no error, with 1 if there is.
    """
    project = project_of(ctx)
    checked = project.check()
    problems = list(checked.problems)
    if shacl and not checked.errors:
        from relgraph.shapes import validate

        problems += validate(checked.dataset, checked.vocabulary, project.ontology_files())
    for problem in problems:
        click.echo(str(problem))
    errors = sum(1 for p in problems if p.severity == "error")
    warnings = len(problems) - errors
    click.echo(
        f"{len(checked.dataset.records)} records, {errors} error{'' if errors == 1 else 's'}, "
        f"{warnings} warning{'' if warnings == 1 else 's'}",
        err=True,
    )
    return 1 if errors or (strict and warnings) else 0
