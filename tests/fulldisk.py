"""Exports onto a disk that fills up amid them: ``python fulldisk.py PROJECT MODE=PLACE…``.

``disk``: PLACE is a small file system of its own, in which all but a little is taken. ``temporary``: such a
one is where temporary files go, and there is room for the export itself. ``limit``: no file may grow beyond a
little (RLIMIT_FSIZE), which needs no privilege. Each format is exported in a process of its
own, in place of an older export, beside a file of somebody else's; a line of JSON tells how that went. One
process forks all: what they import takes longer than what they write.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

from relgraph.views.export import lines
from relgraph.views.export.registry import FORMATS, Format

#: by mode, bytes that are left to the formats named, or else to any (``*``)
ROOM: dict[str, dict[str, tuple[int, ...]]] = {
    # nothing, or one page of memory; of the site too little for its data, or for its pages
    "disk": {"*": (0, 4_096), "site": (300_000, 2_500_000)},
    # too little for one sheet; for all of them; for the container
    "temporary": {"*": (), "ntriples": (20_480,), "xlsx": (20_480, 49_152, 98_304)},
    "limit": {"*": (4_096,)},
}
FILLER = "filler"
_MODULES = (
    *(f"relgraph.views.export.{name}" for name in ("rdf", "jsonld", "csv", "xlsx", "networks", "diagrams")),
    *("relgraph.views.export.void", "relgraph.views.export.publishing", "relgraph.views.site"),
    *("relgraph.cli.export", "relgraph.views.map.builder", "pyoxigraph", "xlsxwriter", "networkx", "jinja2"),
)


def older(chosen: Format, target: Path) -> None:
    """An older export of that name."""
    if chosen.folder:
        target.mkdir()
        (target / chosen.mark).write_bytes(b"older")
        (target / "page").write_bytes(b"older")
    else:
        target.write_bytes(b"older")


def fill(place: Path, room: int) -> None:
    """Take all of the disk but ``room``."""
    with (place / FILLER).open("wb") as file:
        free = os.statvfs(place)
        os.posix_fallocate(file.fileno(), 0, free.f_bavail * free.f_frsize - room)


def held(*places: Path) -> list[str]:
    """Whatever lies in some places, hidden files and folders too, with the hash of what is in it."""
    return [
        f"{path} {sha256(path.read_bytes()).hexdigest() if path.is_file() else 'folder'}"
        for place in places
        for path in sorted(place.rglob("*"))
        if path.name != FILLER
    ]


def export(project: Path, form: str, target: Path, before: Callable[[], object]) -> tuple[int, str]:
    """Export, after something else, in a process of its own: its exit code, and what it wrote to stderr."""
    theirs, ours = os.pipe()  # a file would be under the limit, too
    child = os.fork()
    if child == 0:
        os.dup2(ours, 2)
        os.close(ours)
        code = 1
        try:
            before()
            words = ["--project", str(project), "export", "--format", form, "-o", str(target)]
            import_module("relgraph.cli").main(words)
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
            sys.stderr.flush()
        finally:
            os._exit(code)
    os.close(ours)
    with os.fdopen(theirs, encoding="utf-8") as errors:
        told = errors.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), told


def crowd_temporaries(place: Path) -> None:
    """Have temporary files in a place, also of what would else be sorted in memory."""
    tempfile.tempdir = str(place)
    lines.PIECE = 5_000


def run(mode: str, project: Path, place: Path, chosen: Format, room: int) -> dict[str, Any]:
    """How the export went where so much room is left."""
    out = project.parent / "out" if mode == "temporary" else place
    out.mkdir(exist_ok=True)
    target = out / f"out{chosen.suffix}"
    older(chosen, target)
    (place / "mine.part").write_bytes(b"mine")
    before = held(place, out)
    if mode != "limit":
        fill(place, room)
    first = {
        "disk": lambda: None,
        "temporary": lambda: crowd_temporaries(place),
        "limit": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    }[mode]
    code, err = export(project, chosen.name, target, first)
    row = {"mode": mode, "format": chosen.name, "room": room, "code": code, "err": err, "target": str(target)}
    row |= {"before": before, "after": held(place, out)}
    for path in [target, *place.iterdir()]:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    return row


def main() -> None:
    project, places = Path(sys.argv[1]), [each.split("=", 1) for each in sys.argv[2:]]
    for module in _MODULES:
        import_module(module)
    from relgraph.project import Project, find_project

    vocabulary = find_project(project).vocabulary
    Project.vocabulary = property(lambda project: vocabulary)  # type: ignore[assignment]
    export(project, "mermaid", project.with_suffix(".mmd"), lambda: None)  # it compiles the graph for all
    for mode, place in places:
        for name, chosen in FORMATS.items():
            for room in ROOM[mode].get(name, ROOM[mode]["*"]):
                print(json.dumps(run(mode, project, Path(place), chosen, room)), flush=True)


if __name__ == "__main__":
    main()
