"""What lies beside the pages: the map, the ontology's page, briefings and data to download."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from relgraph.errors import DataError
from relgraph.views.container import pack
from relgraph.views.export.lines import no_advance
from relgraph.views.export.registry import FORMATS
from relgraph.views.export.temporary import temporaries, temporary_folder
from relgraph.views.site.frame import Site

#: the data that the site offers, by the names of the export formats
DATA = ("turtle", "jsonld", "xlsx", "csv", "graphml", "gexf", "void", "dcat")
#: so many nodes make a picture that tells something on the front page
OVERVIEW = 400
#: so many records are held from one page to the next
HELD = 50_000
#: the forms of a briefing, those that most visitors open first
_OFFERED = ("docx", "pdf", "html", "md")
MAP, ONTOLOGY = "map.html", "ontology.html"


@dataclass(frozen=True, slots=True)
class Briefed:
    """A briefing in one language: whose it is, and its files by format."""

    id: str
    title: str
    lang: str
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Download:
    """A file to download: its path and size in bytes."""

    name: str
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """The map as it was added: the parties on it, and by language a picture of it with its text."""

    ids: frozenset[str]
    pictures: Mapping[str, tuple[str, str]]


def add_map(site: Site) -> Drawn:
    """Add the map; of one that is no overview any more there is no picture."""
    from relgraph.views.map import place, render
    from relgraph.views.map.builder import map_data
    from relgraph.views.map.picture import alt_text, picture
    from relgraph.views.map.stored import layout_of

    job = site.job
    data = map_data(site.lookup, title=site.info.title, texts=site.texts, when=job.when, missing=site.missing)
    site.lookup.forget(HELD)  # the map has all the texts that it tells
    layout = place(data, layout_of(job.project))
    site.files[MAP] = render(data, layout, lang=site.languages[0]).encode("utf-8")
    whole = len(data.nodes) <= OVERVIEW
    pictures = {
        lang: (picture(data, layout, lang=lang), alt_text(data, lang)) for lang in site.languages if whole
    }
    return Drawn(frozenset(data.node_ids), pictures)


def add_ontology(site: Site) -> None:
    """Add the page of the project's ontology."""
    from relgraph.views.ontology import ontology_page
    from relgraph.vocabulary import vocabulary_files

    project = site.job.project
    files = vocabulary_files(project.ontology_folders)
    page = ontology_page(project.vocabulary, files, lang=site.languages[0])
    site.files[ONTOLOGY] = page.encode("utf-8")


def briefings(site: Site) -> Iterator[Briefed]:
    """Add the briefings that ``graph.yaml`` lists, in each language and format, one at a time."""
    from relgraph.views.briefing import render
    from relgraph.views.briefing.beside import beside, drawn
    from relgraph.views.briefing.content import made
    from relgraph.views.briefing.figure import Figures
    from relgraph.views.briefing.teller import Teller

    job, project = site.job, site.job.project
    figures = Figures(site.lookup, job.when)
    fonts = [project.fonts] if project.fonts.is_dir() else []
    for id_ in site.info.briefings:
        for lang in site.languages:
            teller = Teller(site.lookup, lang, job.when)
            one = made(teller, [id_], figures=figures)
            paths = {form: f"briefings/{id_}.{lang}.{form}" for form in _OFFERED}
            figure = beside(Path(paths["md"]))
            if image := drawn(one):
                site.files[figure.as_posix()] = image
            for form, path in paths.items():
                site.files[path] = render(one, form, {}, fonts, figure.name)
            yield Briefed(id_, teller.writer.title(id_), lang, tuple(paths.items()))


def downloads(site: Site, folder: Path) -> Sequence[Download]:
    """Write the data into ``folder``/data: what the time asked for applies to, and what can be described."""
    job = replace(site.job, lang=site.languages[0], advance=no_advance)
    found = []
    (folder / "data").mkdir()
    for name in DATA:
        form = FORMATS[name]
        if job.when is not None and not form.dated:
            continue
        path = f"data/graph{form.suffix}" if form.family != "Publishing" else f"data/{name}{form.suffix}"
        if form.folder:
            path = f"data/{name}.zip"  # a folder without a server shows no list of its files
            with temporary_folder() as filled:
                with temporaries():
                    form.fill(job, filled)
                pack(filled, folder / path)
        else:
            try:
                with (folder / path).open("wb") as out:
                    form.write(job, out)
            except DataError:  # not described for publishing yet, which relgraph export --format dcat tells
                (folder / path).unlink()
                continue
        found.append(Download(name, path, (folder / path).stat().st_size))
    return found
