"""``relgraph build``."""

from __future__ import annotations

import click

from relgraph.cli.common import project_of


@click.command("build")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Check and compile the graph, and write exports/.

    Warnings are told and do not stop it; an error does, before anything is written. An artefact whose inputs
    have not changed is left alone.
    """
    from relgraph.building import build, strays

    project = project_of(ctx)
    checked = project.check()
    compiled = project.build(checked)
    for problem in checked.problems:
        click.echo(str(problem), err=True)
    done = build(project, checked, compiled)
    counts = compiled.counts
    click.echo(
        f"{len(checked.dataset.records)} records; "
        f"{counts.asserted} triples asserted, {counts.derived} derived",
        err=True,
    )
    several: dict[str, list[bool]] = {}
    for name, written in done:
        folder, slash, _ = name.rpartition("/")
        if slash:
            several.setdefault(folder, []).append(written)
        else:
            click.echo(f"{'written  ' if written else 'unchanged'} exports/{name}", err=True)
    for folder, each in several.items():
        state = f"written   exports/{folder}/ ({sum(each)} of {len(each)} files)"
        click.echo(state if any(each) else f"unchanged exports/{folder}/ ({len(each)} files)", err=True)
    if left := strays(project, done):
        click.echo(f"left as they are, of no record that graph.yaml names: {', '.join(left)}", err=True)
