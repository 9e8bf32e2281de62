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

FORMATS = ("html", "svg", "png")


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
@click.option("--format", "form", type=click.Choice(FORMATS), help="By default what FILE ends in, else html.")
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
    form = form or _ending(output)
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


def _ending(output: str | None) -> str:
    ending = Path(output or "").suffix.lower().removeprefix(".")
    return ending if ending in FORMATS else FORMATS[0]


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
    chosen = _types(data, types)
    if centre:
        data = around(data, centre, depth).titled(centre)
    if chosen:
        data = of_types(data, {*chosen, *(n.type for n in data.nodes if n.id == centre)})
    if not data.edges:
        told = f"{_NOTHING[lang]}. {when.told(lang)}" if when else _NOTHING[lang]
        click.echo(told, err=True)
    return data, centre


_NOTHING = {"sv": "kartan visar inga relationer", "en": "the map shows no relationships"}


def _types(data: MapData, names: tuple[str, ...]) -> set[str]:
    """The types of the legend that are meant by their names in either language, one or several."""
    from relgraph.model import folded

    known: dict[str, str] = {}
    for kind in data.ordered_types():
        for name in (
            kind.name,
            *(text.get(lang) for text in (kind.label, kind.plural) for lang in ("sv", "en")),
        ):
            known.setdefault(folded(name), kind.name)
    found = set()
    for name in names:
        if folded(name) not in known:
            from difflib import get_close_matches

            near = get_close_matches(folded(name), known, n=3)
            listed = sorted({known[one] for one in near} or set(known.values()))
            raise UsageError(f"'{name}' is no type in the legend", hint=f"there are {', '.join(listed)}")
        found.add(known[folded(name)])
    return found


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
