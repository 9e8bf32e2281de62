"""``relgraph map``."""

from __future__ import annotations

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
    from relgraph.lookup import Lookup
    from relgraph.project import Project
    from relgraph.views.map import Layout, MapData
    from relgraph.when import When

#: the formats, and how the names of their files end; the first is what is written unless asked
FORMATS = {"html": (".html", ".htm"), "svg": (".svg",), "png": (".png",)}


@click.command("map")
@click.option(
    "--focus", metavar="NAME", shell_complete=complete_names, help="Only this party and what surrounds it."
)
@click.option(
    "--depth",
    type=click.IntRange(1, 4),
    default=1,
    show_default=True,
    help="With --focus: through how many relationships.",
)
@when_options
@click.option(
    "--type", "types", multiple=True, metavar="TYPE", help="Only this type of the legend; may be repeated."
)
@click.option(
    "--arrangement",
    type=click.Choice(["sectors", "places"]),
    default="sectors",
    show_default=True,
    help="By type, or by place on a map of the world.",
)
@lang_option
@excerpts_option
@click.option(
    "--format", "form", type=click.Choice([*FORMATS]), help="By default what FILE ends in, else html."
)
@click.option("--open", "show", is_flag=True, help="Open FILE when it is written.")
@click.option("--relayout", is_flag=True, help="Place all nodes anew, and keep that in graph/layout.csv.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="The file to write; '-' is stdout. Required, but for --relayout.",
)
@click.pass_context
def command(
    ctx: click.Context,
    focus: str | None,
    depth: int,
    as_of: str | None,
    year: str | None,
    types: tuple[str, ...],
    arrangement: str,
    lang: str,
    excerpts: tuple[str, ...],
    form: str | None,
    show: bool,
    relayout: bool,
    output: str | None,
) -> None:
    """Write the relationship map: an interactive page that needs no network, or a picture (SVG, PNG).

    All nodes stand as in graph/layout.csv; a part of the map (--focus, --type) is placed by itself.
    """
    from relgraph.building import relayout_of
    from relgraph.lookup import Lookup
    from relgraph.views.map import place
    from relgraph.views.map.stored import layout_of
    from relgraph.when import When

    if not output and not relayout:
        raise UsageError("-o FILE is missing: where is the map to be written?")
    if show and output in (None, "-"):
        raise UsageError("--open needs -o FILE")
    if not focus and ctx.get_parameter_source("depth") is click.core.ParameterSource.COMMANDLINE:
        raise UsageError("--depth needs --focus NAME: the steps are counted from a party")
    form = _format(form, output)
    when = When.of(year=year, as_of=as_of)
    project = project_of(ctx)
    lookup = Lookup(project.compiled(), project.vocabulary)
    if relayout:
        relayout_of(project, lookup)
        click.echo("graph/layout.csv is written anew; relgraph build makes the map by it", err=True)
    if not output:
        return
    data, centre = _data(project, lookup, focus, depth, when, types, excerpts, lang)
    part = bool(centre or types)
    layout = place(data, centre=centre) if part else place(data, layout_of(project))
    emit(_drawn(data, layout, form, lang, arrangement, centre), output)
    if show:
        click.launch(str(Path(output).resolve()))


def _format(form: str | None, output: str | None) -> str:
    """The format that is asked for, or that the name of the file ends in; both must mean the same."""
    ending = Path(output).suffix.lower() if output and output != "-" else ""
    meant = next((name for name, endings in FORMATS.items() if ending in endings), None)
    if ending and meant is None:
        *known, last = (end for endings in FORMATS.values() for end in endings)
        hint = f"let it end in {', '.join(known)} or {last}"
        raise UsageError(f"-o {output}: the map is not written as '{ending}'", hint=hint)
    if form and meant and form != meant:
        raise UsageError(f"--format {form} and -o {output} contradict each other", hint="leave one out")
    return form or meant or next(iter(FORMATS))


def _data(
    project: Project,
    lookup: Lookup,
    focus: str | None,
    depth: int,
    when: When | None,
    types: tuple[str, ...],
    excerpts: tuple[str, ...],
    lang: str,
) -> tuple[MapData, str]:
    """What is drawn, and the id of the party in the middle if that is not the home city."""
    from relgraph.views.map.builder import map_data
    from relgraph.views.map.details import texts_of
    from relgraph.views.map.focus import around, of_types
    from relgraph.views.map.told import only, types_called

    centre = lookup.resolve(focus, lang).id if focus else ""
    data = map_data(
        lookup,
        title=lookup.description(),
        excerpts=excerpts_of(lookup, excerpts),
        texts=texts_of(project),
        when=when,
        keep=(centre,) if centre else (),
    )
    if centre and centre not in data.node_ids:
        kind = lookup.vocabulary.kinds[lookup.record(centre).type]
        ends = (kind.edge_from, kind.edge_to, kind.edge_between)
        parties = sorted({one for key in ends if key for one in lookup.record(centre).refs(key)})
        hint = f"its parties are {', '.join(parties)}" if parties else None
        raise UsageError(f"'{centre}' is no party on the map", hint=hint)
    chosen = types_called(data, types, lang)
    if centre:
        data = around(data, centre, depth).titled(centre)
    if chosen:
        shown = {kind.name for kind in chosen} | {node.type for node in data.nodes if node.id == centre}
        data = only(of_types(data, shown), chosen)
    if not data.edges:
        told = f"{_NOTHING[lang]}. {when.told(lang)}" if when else _NOTHING[lang]
        click.echo(told, err=True)
    return data, centre


_NOTHING = {"sv": "kartan visar inga relationer", "en": "the map shows no relationships"}


def _drawn(data: MapData, layout: Layout, form: str, lang: str, arrangement: str, centre: str) -> bytes:
    from relgraph.views.map import render
    from relgraph.views.map.picture import picture
    from relgraph.views.map.places import arrange

    if arrangement == "places" and arrange(data) is None:
        hint = "records of type Location give them"
        raise UsageError("nobody on this map has coordinates but the home city", hint=hint)
    if form == "html":
        view = "places" if arrangement == "places" else "map"
        return render(data, layout, lang=lang, view=view).encode("utf-8")
    svg = picture(data, layout, lang=lang, arrangement=arrangement, focus=centre)
    if form == "svg":
        return svg.encode("utf-8")
    from relgraph.views.map.raster import lacking, png

    if signs := lacking(svg):
        click.echo(f"note: no font of this machine has the signs {' '.join(signs)}; SVG needs none", err=True)
    return png(svg)
