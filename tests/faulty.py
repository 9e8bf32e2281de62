"""Builds whose disk fills up, or whose life ends, at the n-th change that they make to the disk.

``python faulty.py kill|full FIRST STEP TEMPLATE WORK``: for n = FIRST, FIRST + STEP … a copy of the project
TEMPLATE is built in a process of its own, and after every fourth once more with nothing in the way; a line
of JSON tells how that went. It ends with the first n that is beyond the build's last change. One process
forks all, and reads the ontology for all: that takes longer than building.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
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


def break_at(number: int, mode: str) -> Callable[[], bool]:
    """Have the change of that number fail, or the process die before it; whether it came to that."""
    seen = 0

    def wrapped(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            nonlocal seen
            if name == "open" and not arguments[1] & os.O_CREAT:
                return real(*arguments, **named)
            seen += 1
            if seen == number and mode == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            if seen >= number and mode == "full" and name in NEED_ROOM:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*arguments, **named)

        return call

    for name in CHANGES:
        setattr(os, name, wrapped(name, getattr(os, name)))
    return lambda: seen >= number


def build(root: Path, number: int | None, mode: str) -> tuple[int, str]:
    """Build in a process of its own: its exit code (negative: the signal), and what it wrote to stderr."""
    errors = root.with_suffix(".err")
    child = os.fork()
    if child == 0:
        os.dup2(os.open(errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        reached = break_at(number, mode) if number is not None else lambda: True
        code = 1
        try:
            import_module("relgraph.cli").main(["--project", str(root), "build"])
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
            sys.stderr.flush()
        finally:
            os._exit(code if reached() else UNREACHED)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    told = errors.read_text(encoding="utf-8")
    errors.unlink()
    return code, told


def main() -> None:
    from running import contents

    mode, first, step, template, work = sys.argv[1:]
    for module in MODULES:
        import_module(module)
    from relgraph.project import Project, find_project

    vocabulary = find_project(Path(template)).vocabulary
    Project.vocabulary = property(lambda project: vocabulary)  # type: ignore[assignment]
    number = int(first)
    while True:
        root = Path(work) / f"{mode}-{number}"
        shutil.copytree(template, root, symlinks=True)
        code, err = build(root, number, mode)
        after = contents(root)
        row = {"n": number, "code": code, "err": err, "after": after}
        if number % 8 in (1, 2):
            again, told = build(root, None, mode)
            row |= {"again": again, "told": told, "repaired": contents(root)}
        print(json.dumps(row), flush=True)
        shutil.rmtree(root)
        if code == UNREACHED:
            return
        number += int(step)


if __name__ == "__main__":
    main()
