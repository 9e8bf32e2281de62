"""Builds whose disk fills up, or whose life ends, at the n-th change that they make to the disk.

``python faulty.py full|kill|stills FIRST STEP TEMPLATE AFTER WORK``: for n = FIRST, FIRST + STEP … a copy of
the project TEMPLATE is built in a process of its own, and after every fourth once more with nothing in the
way; a line of JSON tells how that went. It ends with the first n that is beyond the build's last change.
``stills`` lets one build run to its end and keeps the disk as it is before each change: so does a process
leave it that is killed there. One process forks all, and reads ontology and records for all: that takes
longer than building. AFTER is the project as built: a full disk is met by what stands there, not made again.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from relgraph.analysis import ANALYSES

CHANGES = ("write", "fsync", "replace", "open", "mkdir", "unlink", "rmdir")
NEED_ROOM = ("write", "fsync", "open", "mkdir")
UNREACHED = 99
MODULES = (
    *(
        f"relgraph.{name}"
        for name in ("cli.build", "building", "lookup", "checks", "triples", "sources.lock")
    ),
    *(f"relgraph.{name}" for name in ("store.build", "views.export.rdf", "views.context", "views.schema")),
    *("relgraph.views.map.builder", "relgraph.views.map.layout", "relgraph.views.map.page"),
    *("relgraph.analysis", "relgraph.views.report", *ANALYSES.values()),
    *("networkx", "rustworkx", "pyoxigraph", "pyvis.network", "jinja2", "rdflib"),
    "rdflib.plugins.parsers.notation3",
)


def watch(before: Callable[[str, int], None]) -> Callable[[], int]:
    """Have ``before`` called with the name and number of each change; how many there have been."""
    seen, within = 0, False

    def wrapped(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            nonlocal seen, within
            if within or (name == "open" and not arguments[1] & os.O_CREAT):
                return real(*arguments, **named)
            seen += 1
            within = True
            try:
                before(name, seen)
            finally:
                within = False
            return real(*arguments, **named)

        return call

    for name in CHANGES:
        setattr(os, name, wrapped(name, getattr(os, name)))
    return lambda: seen


def killed(number: int) -> Callable[[str, int], None]:
    """The process dies before the change of that number."""

    def before(name: str, seen: int) -> None:
        if seen == number:
            os.kill(os.getpid(), signal.SIGKILL)

    return before


def full(number: int) -> Callable[[str, int], None]:
    """From the change of that number on, there is no room for any."""

    def before(name: str, seen: int) -> None:
        if seen >= number and name in NEED_ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return before


def stills(root: Path) -> Callable[[str, int], None]:
    """A copy of the project before each change, beside it."""

    def copy(source: str, target: str) -> None:
        with suppress(FileNotFoundError):  # the engine may be at work there
            shutil.copy2(source, target)

    def before(name: str, seen: int) -> None:
        shutil.copytree(root, root.with_name(f"{root.name}{seen}"), symlinks=True, copy_function=copy)

    return before


def in_advance(template: Path, after: Path) -> Callable[[], None]:
    """For a build to have the template read and the exports made already, so that it but writes."""
    from relgraph import building
    from relgraph.project import Project, find_project

    project: Any = Project
    exporter: Any = building.Exporter
    checked = find_project(template).check()
    made = {name: (after / "exports" / name).read_bytes() for name in building.ARTEFACTS}
    layout = (after / "graph" / "layout.csv").read_bytes()

    def prepare() -> None:
        project.check = lambda self: checked
        exporter.placed, exporter.layout = True, lambda self: layout
        building.ARTEFACTS = {name: partial(lambda name, exporter: made[name], name) for name in made}

    return prepare


def build(
    root: Path,
    before: Callable[[str, int], None] = lambda name, seen: None,
    *,
    least: int = 0,
    prepare: Callable[[], None] = lambda: None,
) -> tuple[int, str]:
    """Build in a process of its own: its exit code (negative: the signal), and what it wrote to stderr.

    The code is UNREACHED if it made fewer changes than ``least``.
    """
    errors = root.with_suffix(".err")
    child = os.fork()
    if child == 0:
        os.dup2(os.open(errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        changes = watch(before)
        code = 1
        try:
            prepare()
            import_module("relgraph.cli").main(["--project", str(root), "build"])
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
            sys.stderr.flush()
        finally:
            os._exit(code if changes() >= least else UNREACHED)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    told = errors.read_text(encoding="utf-8")
    errors.unlink()
    return code, told


def outcome(root: Path, number: int, code: int, err: str) -> dict[str, Any]:
    """What a broken build left, and after every fourth what the next one makes of it."""
    from running import contents

    row = {"n": number, "code": code, "err": err, "after": contents(root)}
    if number % 8 in (1, 2):
        again, told = build(root)
        row |= {"again": again, "told": told, "repaired": contents(root)}
    shutil.rmtree(root)
    return row


def rows(
    mode: str, first: int, step: int, template: Path, after: Path, work: Path
) -> Iterator[dict[str, Any]]:
    """How the builds went."""
    prepare = in_advance(template, after) if mode == "full" else lambda: None
    break_at = {"full": full, "kill": killed}[mode]
    number, code = first, 0
    while code != UNREACHED:
        root = work / f"{mode}-{number}"
        shutil.copytree(template, root, symlinks=True)
        code, err = build(root, break_at(number), least=number, prepare=prepare)
        yield outcome(root, number, code, err)
        number += step


def frozen(template: Path, work: Path) -> Iterator[dict[str, Any]]:
    """What one build leaves that is killed before its first, second, third … change."""
    root = work / "still"
    shutil.copytree(template, root, symlinks=True)
    code, err = build(root, stills(root))
    assert code == 0, err
    number = 1
    while (left := work / f"still{number}").is_dir():
        yield outcome(left, number, -signal.SIGKILL, "")
        number += 1
    yield outcome(root, number, UNREACHED, err)


def main() -> None:
    """Do what the command line says."""
    mode, first, step, *folders = sys.argv[1:]
    template, after, work = (Path(folder) for folder in folders)
    for module in MODULES:
        import_module(module)
    from relgraph.project import Project, find_project

    vocabulary = find_project(template).vocabulary
    Project.vocabulary = property(lambda project: vocabulary)  # type: ignore[assignment]
    stills = mode == "stills"
    for row in frozen(template, work) if stills else rows(mode, int(first), int(step), template, after, work):
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
