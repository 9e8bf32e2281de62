"""Exports against the writers of rdflib and networkx: processor time and peak memory, process by process.

python bench/exports.py PROJECT [--rivals]

Prints the rows of a table in Markdown. A rival begins with what its user has at hand: rdflib with the
exported N-Quads, networkx with the network that relgraph hands out; relgraph begins with the compiled store.
PROJECT is compiled first where it has to be.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from measure import peak_memory

from relgraph.project import find_project
from relgraph.views.export.registry import FORMATS, Job

#: what needs more of graph.yaml than a made-up city says, what is too large to be drawn, and pages
NOT_MEASURED = ("dcat", "mermaid", "site")
RDFLIB = {"turtle": "turtle", "ntriples": "nt", "nquads": "nquads", "trig": "trig", "rdfxml": "xml"}
RDFLIB["jsonld"] = "json-ld"
NETWORKX = ("graphml", "gexf", "node-link")


def own(project: Path, name: str, target: Path) -> None:
    """One of relgraph's exports."""
    chosen, job = FORMATS[name], Job(find_project(project))
    if chosen.folder:
        target.mkdir()
        chosen.fill(job, target)
        return
    with target.open("wb") as file:
        chosen.write(job, file)


def by_rdflib(nquads: Path, name: str, target: Path) -> None:
    """Read the statements and write them again."""
    import rdflib

    whole = rdflib.Dataset()
    whole.parse(str(nquads), format="nquads")
    graph: rdflib.Graph = whole
    if name not in ("trig", "nquads", "jsonld"):
        graph = rdflib.Graph()
        for s, p, o, _ in whole.quads((None, None, None, None)):
            graph.add((s, p, o))
    graph.serialize(str(target), format=RDFLIB[name])


def by_networkx(project: Path, name: str, target: Path) -> None:
    """Write the network with the library's own writers."""
    import networkx as nx

    from relgraph.network import network

    graph = network(Job(find_project(project)).lookup, structure=True)
    if name == "node-link":
        target.write_text(json.dumps(nx.node_link_data(graph, edges="edges")), encoding="utf-8")
    else:
        {"graphml": nx.write_graphml, "gexf": nx.write_gexf}[name](graph, str(target))


TASKS: dict[str, Callable[[Path, str, Path], None]] = {
    "own": own,
    "rdflib": by_rdflib,
    "networkx": by_networkx,
}


def run(task: str, source: Path, name: str, target: Path) -> dict[str, Any]:
    """A task in a process of its own; empty where it failed."""
    arguments = [sys.executable, __file__, "task", task, str(source), name, str(target)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr[-500:], file=sys.stderr)
        return {}
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def row(name: str, who: str, found: dict[str, Any]) -> str:
    """One line of the table."""
    if not found:
        return f"| {name} | {who} | failed | | |"
    size, peak = found["size"] / 2**20, found["peak"] / 2**20
    return f"| {name} | {who} | {found['cpu']:.1f} s | {peak:.0f} MiB | {size:.1f} MiB |"


def main(project: Path, *, rivals: bool) -> None:
    """Print the table."""
    find_project(project).compiled()
    print("| Format | Writer | Processor time | Peak memory | Size |\n|---|---|--:|--:|--:|")
    with TemporaryDirectory() as folder:
        nquads = Path(folder) / "graph.nq"
        if rivals:
            own(project, "nquads", nquads)
        for name in (each for each in FORMATS if each not in NOT_MEASURED):
            print(row(name, "relgraph", run("own", project, name, Path(folder) / name)), flush=True)
            if rivals and name in RDFLIB:
                found = run("rdflib", nquads, name, Path(folder) / f"rdflib-{name}")
                print(row(name, "rdflib", found), flush=True)
            if rivals and name in NETWORKX:
                found = run("networkx", project, name, Path(folder) / f"networkx-{name}")
                print(row(name, "networkx", found), flush=True)


def task(arguments: list[str]) -> None:
    """Run one task here, and print what it took."""
    which, source, name, target = arguments
    cpu, start = time.process_time(), time.perf_counter()
    TASKS[which](Path(source), name, Path(target))
    path = Path(target)
    files = list(path.iterdir()) if path.is_dir() else [path]
    said = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - start, "peak": peak_memory()}
    print(json.dumps({**said, "size": sum(file.stat().st_size for file in files)}))


if __name__ == "__main__":
    if sys.argv[1] == "task":
        task(sys.argv[2:])
    else:
        main(Path(sys.argv[1]), rivals="--rivals" in sys.argv)
