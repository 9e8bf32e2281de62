"""``exports/``: each artefact is written when its inputs changed, and only then, whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from relgraph.errors import UsageError
from relgraph.lookup import Lookup
from relgraph.project import LOCK_FILE, Checked, Project
from relgraph.store.files import LAYOUT, Compiled, sweep
from relgraph.store.writing import clear_parts, write_together

if TYPE_CHECKING:
    from relgraph.analysis import Evidence, Result
    from relgraph.views.map.data import MapData
    from relgraph.views.map.layout import Layout

STATE = "exports.json"
BRIEFINGS = "briefings"


@dataclass
class Exporter:
    """Makes the artefacts of one compiled project; what several of them need is made once."""

    project: Project
    checked: Checked
    compiled: Compiled

    @cached_property
    def lookup(self) -> Lookup:
        """The records, read back from the store."""
        return Lookup(self.compiled, self.project.vocabulary)

    def turtle(self) -> bytes:
        """Asserted and derived triples as Turtle."""
        from relgraph.views.export.rdf import turtle

        return turtle(self.compiled)

    def context(self) -> bytes:
        """The JSON-LD context under which the records' YAML reads as RDF."""
        from relgraph.views.context import context

        return context(self.project.vocabulary, self.checked.dataset.info.base)

    def schema(self) -> bytes:
        """The JSON Schema of the record files, for editors."""
        from relgraph.views.schema import schema

        return schema(self.project.vocabulary, self.checked.dataset)

    def map(self) -> bytes:
        """The relationship map, by :meth:`layout`."""
        from relgraph.views.map import render

        lang = self.compiled.languages[0] if self.compiled.languages[0] in ("sv", "en") else "en"
        return render(self._map_data, self._layout, lang=lang).encode("utf-8")

    def layout(self) -> bytes:
        """``graph/layout.csv``, with the nodes that are new."""
        from relgraph.views.map import write_layout

        return write_layout(self._layout).encode("utf-8")

    def report(self, lang: str, form: str) -> bytes:
        """All analyses as one report in a language: ``md`` or ``html``."""
        from relgraph.views.report import as_html, as_markdown, tolds

        told = tolds(self._evidence, self._results, lang)
        return (as_html(told) if form == "html" else as_markdown(told)).encode("utf-8")

    @cached_property
    def briefings(self) -> Mapping[str, Callable[[Exporter], bytes]]:
        """The briefings that the graph's own description asks for, with what was written into those there."""
        from relgraph.views.briefing.files import Named

        fonts = [self.project.fonts] if self.project.fonts.is_dir() else []
        named = Named(
            self.lookup, self.checked.dataset.info.briefings, self.project.exports / BRIEFINGS, fonts
        )
        return {f"{BRIEFINGS}/{name}": partial(_made, make) for name, make in named.names().items()}

    @cached_property
    def _evidence(self) -> Evidence:
        from relgraph.analysis import Evidence

        return Evidence(self.lookup)

    @cached_property
    def _results(self) -> dict[str, Result]:
        from relgraph.analysis import ANALYSES, analyse

        return {name: analyse(name, self._evidence) for name in ANALYSES}

    @property
    def placed(self) -> bool:
        """Whether the map's nodes have been placed."""
        return "_layout" in self.__dict__

    @cached_property
    def _map_data(self) -> MapData:
        from relgraph.views.map.builder import map_data
        from relgraph.views.map.details import texts_of

        title = self.checked.dataset.info.title
        return map_data(self.lookup, title=title, texts=texts_of(self.project))

    @cached_property
    def _layout(self) -> Layout:
        from relgraph.views.map.layout import place
        from relgraph.views.map.stored import layout_of

        return place(self._map_data, layout_of(self.project))


def _made(make: Callable[[], bytes], exporter: Exporter) -> bytes:
    return make()


def relayout_of(project: Project, lookup: Lookup) -> None:
    """Place all nodes of the map afresh and write ``graph/layout.csv``.

    Raises :class:`UsageError` where it cannot be written.
    """
    from relgraph.views.map import place, write_layout
    from relgraph.views.map.builder import map_data

    layout = place(map_data(lookup, title={}))
    _publish(project, {project.graph / LAYOUT: write_layout(layout).encode("utf-8")})


ARTEFACTS: Mapping[str, Callable[[Exporter], bytes]] = {
    **{
        f"analysis.{lang}.{form}": partial(Exporter.report, lang=lang, form=form)
        for lang in ("en", "sv")
        for form in ("html", "md")
    },
    "context.jsonld": Exporter.context,
    "graph.schema.json": Exporter.schema,
    "graph.ttl": Exporter.turtle,
    "map.html": Exporter.map,
}


def build(project: Project, checked: Checked, compiled: Compiled) -> list[tuple[str, bool]]:
    """Write every artefact whose inputs changed; yields (path, whether it was written) in order.

    All are made before the first is written, and all that changed are published together: whatever fails,
    the old ones stay. A process killed in the moment of publishing may leave old ones beside new ones, each
    whole; the layout goes first, since the next build's map is made by it, and the note of what was made
    from what goes last, so that the next build makes good. What killed builds left behind is cleared away.

    Raises :class:`UsageError` where something cannot be written.
    """
    exporter = Exporter(project, checked, compiled)
    state_file = compiled.path.parents[1] / STATE
    sweep(compiled.path.parents[1], compiled.path.name)
    clear_parts(state_file.parent, (STATE,))
    artefacts = {**ARTEFACTS, **exporter.briefings}
    clear_parts(project.exports, ARTEFACTS)
    clear_parts(project.exports / BRIEFINGS, [Path(name).name for name in exporter.briefings])
    clear_parts(project.graph, (LAYOUT, LOCK_FILE))
    known = _state(state_file)
    layout_file = project.graph / LAYOUT
    layout = _bytes(layout_file)
    done: list[tuple[str, bool]] = []
    made: dict[str, bytes] = {}
    changed: dict[Path, bytes] = {}
    inputs = _inputs(compiled, project.fonts)
    for name, make in artefacts.items():
        before = _bytes(project.exports / name) or b""
        if known.get(name) == _mark(inputs, layout, before):
            made[name] = before
        else:
            made[name] = make(exporter)
        if made[name] or before:  # a figure that there is none of is nothing
            done.append((name, made[name] != before))
        if made[name] != before:
            changed[project.exports / name] = made[name]
    if exporter.placed and exporter.layout() != layout:
        layout = exporter.layout()
        changed = {layout_file: layout, **changed}
    # by the layout as it is now: the map may have added to it, which is one of its own inputs
    state = {name: _mark(inputs, layout, data) for name, data in made.items()}
    if state != known:
        changed[state_file] = json.dumps(state, indent=1, sort_keys=True).encode()
    _publish(project, changed)
    return done


def strays(project: Project, done: Sequence[tuple[str, bool]]) -> list[str]:
    """The files among the briefings that :func:`build` did not make: of records not named there any more.

    What staff wrote may stand in them, so they are not for the program to delete.
    """
    folder = project.exports / BRIEFINGS
    made = {name.rpartition("/")[2] for name, _ in done}
    found = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    return [f"{BRIEFINGS}/{name}" for name in found if name not in made and not name.startswith(".")]


def _publish(project: Project, files: Mapping[Path, bytes]) -> None:
    try:
        for folder in dict.fromkeys(path.parent for path in files):
            if folder.is_relative_to(project.exports):
                folder.mkdir(parents=True, exist_ok=True)
        write_together({path: data for path, data in files.items() if data})
        for path in (path for path, data in files.items() if not data):
            path.unlink(missing_ok=True)
    except OSError as error:
        path = Path(error.filename or project.exports)
        shown = path.relative_to(project.root).as_posix() if path.is_relative_to(project.root) else str(path)
        raise UsageError(f"{shown} cannot be written: {error.strerror or error}") from error


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _state(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def _inputs(compiled: Compiled, fonts: Path) -> bytes:
    """What all artefacts are made from: the store's content, the program, and the project's fonts."""
    digest = hashlib.sha256(f"{compiled.path.name} {version('relgraph')}".encode())
    for path in [*sorted(Path(__file__).parent.rglob("*.*")), *sorted(fonts.rglob("*.*"))]:
        if path.is_file() and path.suffix != ".pyc":
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.digest()


def _mark(inputs: bytes, layout: bytes | None, data: bytes) -> str:
    """What an artefact was made from and what it became: the same mark, nothing to do.

    ``data`` is what was made, not what stands in the file by now: another build may have written there.
    """
    parts = (inputs, hashlib.sha256(layout or b"").digest(), hashlib.sha256(data).digest())
    return hashlib.sha256(b"".join(parts)).hexdigest()
