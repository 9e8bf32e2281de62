"""``exports/``: each artefact is written when its inputs changed, and only then, atomically."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from relgraph.lookup import Lookup
from relgraph.project import Checked, Project
from relgraph.store.files import LAYOUT, Compiled, write_atomic

STATE = "exports.json"


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
        from relgraph.views.rdf import export

        return export(self.compiled, "turtle")

    def context(self) -> bytes:
        """The JSON-LD context under which the records' YAML reads as RDF."""
        from relgraph.views.context import context

        return context(self.project.vocabulary, self.checked.dataset.info)

    def schema(self) -> bytes:
        """The JSON Schema of the record files, for editors."""
        from relgraph.views.schema import schema

        return schema(self.project.vocabulary, self.checked.dataset)

    def map(self) -> bytes:
        """The relationship map; ``graph/layout.csv`` gains the nodes that are new."""
        from relgraph.views.map import read_layout, render, write_layout
        from relgraph.views.map.builder import map_data
        from relgraph.views.map.layout import place

        data = map_data(self.lookup, title=self.checked.dataset.info.title)
        path = self.project.graph / LAYOUT
        before = path.read_text(encoding="utf-8") if path.is_file() else ""
        layout = place(data, read_layout(before) if before else None)
        text = write_layout(layout)
        if text != before:
            write_atomic(path, text.encode("utf-8"))
        lang = self.compiled.languages[0] if self.compiled.languages[0] in ("sv", "en") else "en"
        return render(data, layout, lang=lang).encode("utf-8")


ARTEFACTS: Mapping[str, Callable[[Exporter], bytes]] = {
    "context.jsonld": Exporter.context,
    "graph.schema.json": Exporter.schema,
    "graph.ttl": Exporter.turtle,
    "map.html": Exporter.map,
}


def build(project: Project, checked: Checked, compiled: Compiled) -> list[tuple[str, bool]]:
    """Write every artefact whose inputs changed; yields (path, whether it was written) in order."""
    exporter = Exporter(project, checked, compiled)
    project.exports.mkdir(exist_ok=True)
    state_file = project.cache / STATE
    known = _state(state_file)
    done: list[tuple[str, bool]] = []
    for name, make in ARTEFACTS.items():
        target = project.exports / name
        if known.get(name) == _mark(project, compiled, target):
            done.append((name, False))
            continue
        data = make(exporter)
        changed = not target.is_file() or target.read_bytes() != data
        if changed:
            write_atomic(target, data)
        done.append((name, changed))
    # only now: the map may have added to the layout, which is one of its own inputs
    known = {name: _mark(project, compiled, project.exports / name) for name in ARTEFACTS}
    write_atomic(state_file, json.dumps(known, indent=1, sort_keys=True).encode())
    return done


def _state(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def _mark(project: Project, compiled: Compiled, target: Path) -> str:
    """What an artefact was made from and what it became: the same mark, nothing to do."""
    digest = hashlib.sha256(f"{compiled.path.name} {version('relgraph')}".encode())
    layout = project.graph / LAYOUT
    for path in (layout, target, *sorted(Path(__file__).parent.rglob("*.*"))):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
