"""Exports against the writers of rdflib and networkx: processor time and peak memory, process by process.

python bench/exports.py PROJECT [--rivals]

Prints the rows of a table in Markdown. Each of relgraph's exports begins with the compiled store, in a
process of its own; PROJECT is compiled first where it has to be. What the rivals begin with, :mod:`rivals`
tells. The load is that of the machine over the minute before a row is printed: other work makes processor
time longer too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rivals import NETWORKX, ONE_GRAPH, TWO_GRAPHS, by_networkx, by_rdflib, timed

from relgraph.project import find_project
from relgraph.views.export.registry import FORMATS, Job

#: what needs more of graph.yaml than a made-up city says, what is too large to be drawn, and pages
NOT_MEASURED = ("dcat", "mermaid", "site")
#: more than this no rival may take; the machine has to be left alive
GIBIBYTES = 16


def own(project: Path, name: str, target: Path) -> None:
    """One of relgraph's exports."""
    chosen, job = FORMATS[name], Job(find_project(project))
    if chosen.folder:
        target.mkdir()
        chosen.fill(job, target)
        return
    with target.open("wb") as file:
        chosen.write(job, file)


def run(*arguments: str) -> Iterator[dict[str, Any]]:
    """A task in a process of its own: what it prints, as it does; an empty object where it fails."""
    command = [sys.executable, __file__, "task", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            yield json.loads(line)
    if process.returncode:
        yield {}


def row(name: str, who: str, found: dict[str, Any]) -> None:
    """Print one line of the table."""
    load = os.getloadavg()[0]
    if not found:
        print(f"| {name} | {who} | failed | | | | {load:.1f} |", flush=True)
        return
    size, peak = found["size"] / 2**20, found["peak"] / 2**20
    cells = f"{found['cpu']:.1f} s | {found['wall']:.1f} s | {peak:.0f} MiB | {size:.1f} MiB | {load:.1f}"
    print(f"| {found.get('name', name)} | {who} | {cells} |", flush=True)


def main(project: Path, *, rivals: bool, only: list[str]) -> None:
    """Print the table; ``only`` some formats where any are named."""
    print("| Format | Writer | Processor time | Clock | Peak memory | Size | Load |")
    print("|---|---|--:|--:|--:|--:|--:|")
    with TemporaryDirectory() as folder:
        for name in only or [each for each in FORMATS if each not in NOT_MEASURED]:
            find_project(project).compiled()  # a file that was touched would be compiled in the middle of it
            for found in run("own", str(project), name, str(Path(folder) / name)):
                row(name, "relgraph", found)
            if rivals and name in NETWORKX:
                for found in run("networkx", str(project), name, str(Path(folder) / f"networkx-{name}")):
                    row(name, "networkx", found)
        for name, formats in (("ntriples", ONE_GRAPH), ("nquads", TWO_GRAPHS)) if rivals else ():
            source = Path(folder) / name
            if not source.exists():
                own(project, name, source)
            for found in run("rdflib", str(source), name, folder):
                row(", ".join(formats), "rdflib", found)


def task(which: str, source: str, name: str, target: str) -> None:
    """Run one task here, and print what it took."""
    if which == "rdflib":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (GIBIBYTES << 30, GIBIBYTES << 30))
        formats = ONE_GRAPH if name == "ntriples" else TWO_GRAPHS
        for each, found in by_rdflib(Path(source), Path(target), formats):
            print(json.dumps({"name": each, **found}), flush=True)
        return
    path = Path(target)
    work = own if which == "own" else by_networkx
    found = timed(lambda: work(Path(source), name, path))
    files = list(path.iterdir()) if path.is_dir() else [path]
    print(json.dumps({**found, "size": sum(file.stat().st_size for file in files)}))


if __name__ == "__main__":
    if sys.argv[1] == "task":
        task(*sys.argv[2:6])
    else:
        words = sys.argv[2:]
        main(Path(sys.argv[1]), rivals="--rivals" in words, only=[w for w in words if w in FORMATS])
