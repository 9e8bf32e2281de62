"""``relgraph export``."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from relgraph.cli.common import emit_in_pieces, lang_option, project_of, when_options
from relgraph.errors import UsageError
from relgraph.views.export.registry import FORMATS, Format, Job, families


class _Export(click.Command):
    """A command whose help lists the formats."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The formats by family, from the registry."""
        for family, formats in families().items():
            with formatter.section(family):
                formatter.write_dl([(each.name, each.title) for each in formats])


@click.command("export", cls=_Export)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    metavar="FORMAT",
    default="turtle",
    show_default=True,
    help="One of those below.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    metavar="FILE|FOLDER",
    help="Write to FILE ('-' is stdout), or to FOLDER where the format has several files.",
)
@when_options
@lang_option
@click.pass_context
def command(
    ctx: click.Context, form: str, output: str | None, year: str | None, as_of: str | None, lang: str
) -> None:
    """Write the graph in a format that other tools open: RDF, tables, networks."""
    from relgraph.when import When

    chosen = FORMATS[form]
    when = When.of(year=year, as_of=as_of)
    project = project_of(ctx)
    if chosen.folder and (not output or output == "-"):
        raise UsageError(f"{form} is several files", hint=f"name a folder for them: -o {form}")
    if not chosen.text and (not output or output == "-") and sys.stdout.isatty():
        raise UsageError(f"{form} is nothing for a terminal", hint=f"name a file: -o graph{chosen.suffix}")
    if not chosen.folder and output and Path(output).is_dir():
        raise UsageError(f"{output} is a directory", hint=f"name a file in it: graph{chosen.suffix}")
    job = Job(project, when, lang)
    if job.statements < chosen.slow or not sys.stderr.isatty():
        _write(chosen, job, output)
        return
    length = job.statements * chosen.passes
    # what is left of the time is not told: what is sorted, or asked of the store, goes at another pace
    with click.progressbar(length=length, label=form, file=sys.stderr, show_eta=False) as bar:
        _write(chosen, replace(job, advance=bar.update), output)
        bar.update(length - bar.pos)  # a time leaves some out


def _write(chosen: Format, job: Job, output: str | None) -> None:
    if not chosen.folder:
        emit_in_pieces(lambda out: chosen.write(job, out), output)
        return
    from relgraph.store.writing import new_folder_at

    assert output is not None
    try:
        with new_folder_at(Path(output), chosen.mark) as folder:
            chosen.fill(job, folder)
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror or error}") from error
