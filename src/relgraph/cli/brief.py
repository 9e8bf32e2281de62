"""``relgraph brief``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relgraph.cli.common import (
    complete_names,
    emit,
    excerpts_of,
    excerpts_option,
    lang_option,
    project_of,
    when_options,
)
from relgraph.errors import UsageError

if TYPE_CHECKING:
    from relgraph.project import Project
    from relgraph.views.briefing.blocks import Briefing
    from relgraph.views.briefing.teller import Teller

KINDS = ("city", "network", "department", "visit", "agreement", "programme", "dormant", "year")
#: kinds that are on no party in particular
ON_ALL = ("dormant", "year")


@click.command("brief")
@click.argument("names", metavar="NAME", nargs=-1, shell_complete=complete_names)
@click.option("--kind", type=click.Choice(KINDS), help="Default: what fits NAME; of several names a visit.")
@click.option(
    "--all", "everyone", is_flag=True, help="One for every partner, network and unit, into a folder."
)
@lang_option
@when_options
@click.option("--purpose", metavar="TEXT", default="", help="What the meeting is for; stands at the top.")
@click.option(
    "--format", "form", type=click.Choice(["md", "html", "docx", "pdf"]), help="Default: by -o, else md."
)
@excerpts_option
@click.option(
    "--fonts",
    type=click.Path(file_okay=False),
    metavar="FOLDER",
    help="Fonts for PDF and Word's figure, for signs that the program's own lacks (Chinese, say); default: "
    "fonts/ in the project, then those of the machine.",
)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, with --all to a folder; '-' is stdout.")
@click.pass_context
def command(
    ctx: click.Context,
    names: tuple[str, ...],
    kind: str | None,
    everyone: bool,
    lang: str,
    year: str | None,
    as_of: str | None,
    purpose: str,
    form: str | None,
    excerpts: tuple[str, ...],
    fonts: str | None,
    output: str | None,
) -> None:
    """Write a briefing to send: a page or two, every sentence with its source.

    NAME is an id, a name, an alias or an acronym; several make a visit. --kind dormant lists what lies
    fallow, --kind year is the outline of the next report. What staff wrote into the fields of a Markdown or
    Word briefing stays when it is made again into the same file. A Markdown FILE.md has its figure beside
    it, in FILE.figure.svg; on stdout the figure is told in words. With --all, -o names a folder.
    """
    from relgraph.lookup import Lookup
    from relgraph.views.briefing import render
    from relgraph.views.briefing.beside import files, publish
    from relgraph.views.briefing.teller import Teller
    from relgraph.when import When

    when = When.of(year=year, as_of=as_of)
    form = form or _form(output, everyone)
    _check(names, kind, everyone, output)
    project = project_of(ctx)
    lookup = Lookup(project.compiled(), project.vocabulary)
    texts = excerpts_of(lookup, excerpts)
    folders = _fonts(project, fonts)
    tell = _teller_of_notes()
    if everyone:
        from relgraph.views.briefing.beside import SUFFIX
        from relgraph.views.briefing.figure import Figures
        from relgraph.views.briefing.files import write_all

        folder = Path(output or "")
        written = write_all(
            lambda: Teller(lookup, lang, when, texts),
            folder,
            form,
            purpose=purpose,
            fonts=folders,
            figures=Figures(lookup, when),
            tell=tell,
        )
        # what staff wrote may stand in them, so they are not for the program to delete
        known = {
            *folder.glob(f"*.{lang}.{form}"),
            *(folder.glob(f"*.{lang}{SUFFIX}") if form == "md" else ()),
        }
        if left := sorted(path.name for path in known - {*written}):
            click.echo(f"left as they are, not among the subjects: {', '.join(left)}", err=True)
        return
    if not names and kind not in ON_ALL:
        raise UsageError("name a party, or give --kind dormant, --kind year or --all")
    made = _on(Teller(lookup, lang, when, texts), names, kind, purpose)
    for command in made.rest:
        tell(f"what it leaves out is given by: {command}")
    path = Path(output) if output and output != "-" else None
    if path is None or (path.exists() and not path.is_file()):
        emit(render(made, form, {}, folders, tell=tell), output)
        return
    publish(files(made, path, form, folders, tell))


def _form(output: str | None, everyone: bool) -> str:
    """The format by the name of the file."""
    suffix = Path(output).suffix.removeprefix(".").lower() if output and not everyone else ""
    return suffix if suffix in ("html", "docx", "pdf") else "md"


def _check(names: Sequence[str], kind: str | None, everyone: bool, output: str | None) -> None:
    if everyone and (names or kind):
        raise UsageError("--all takes neither a name nor --kind")
    if everyone and (not output or output == "-"):
        raise UsageError("--all writes many files: name their folder with -o FOLDER")
    if kind in ON_ALL and names:
        raise UsageError(f"--kind {kind} takes no name")


def _fonts(project: Project, named: str | None) -> list[Path]:
    folder = Path(named) if named else project.fonts
    if folder.is_dir():
        return [folder]
    if named:
        raise UsageError(f"there is no folder {named}")
    return []


def _teller_of_notes() -> Callable[[str], None]:
    """Tells each note on stderr, once."""
    told: set[str] = set()

    def tell(text: str) -> None:
        if text not in told:
            told.add(text)
            click.echo(f"note: {text}", err=True)

    return tell


def _on(teller: Teller, names: Sequence[str], kind: str | None, purpose: str) -> Briefing:
    from relgraph.views.briefing.content import made
    from relgraph.views.briefing.figure import Figures

    lookup = teller.lookup
    if kind != "visit" and len(names) > 1 and lookup.called(" ".join(names)):
        names = [" ".join(names)]  # one name in several words, as in relgraph show
    ids = list(dict.fromkeys(lookup.resolve(name, teller.lang).id for name in names))
    return made(teller, ids, kind=kind or "", purpose=purpose, figures=Figures(lookup, teller.when))
