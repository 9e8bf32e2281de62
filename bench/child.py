"""What benchmarks run in a process of its own: each task prints one JSON object.

python bench/child.py compile PROJECT     from nothing to a published store, as `relgraph build` does it
python bench/child.py phases PROJECT      the same step by step
python bench/child.py engines PROJECT TURTLE NQUADS ROUNDS
python bench/child.py asked PROJECT TURTLE
python bench/child.py network PROJECT TURTLE ROUNDS
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from measure import here, peak_memory, turns

from relgraph.project import Project, find_project


def compile_(project: Project) -> dict[str, Any]:
    """Read, load, check, make triples, fill the store, run the rules, publish; time and peak memory."""
    start, cpu = time.perf_counter(), time.process_time()
    compiled = project.compiled()
    return {
        "wall": time.perf_counter() - start,
        "cpu": time.process_time() - cpu,
        "peak": peak_memory(),
        "asserted": compiled.counts.asserted,
        "derived": compiled.counts.derived,
    }


def phases(project: Project) -> dict[str, Any]:
    """The steps of compiling by themselves; ``triples`` is made once more than needed, to be timed alone."""
    from relgraph.checks import check
    from relgraph.loading import load
    from relgraph.project import LOCK_FILE
    from relgraph.reading.yaml import read_file
    from relgraph.sources.lock import parse_lock
    from relgraph.store.build import build_store
    from relgraph.triples import quads

    found: dict[str, Any] = {}

    def step(name: str, work: Callable[[], Any]) -> Any:
        start, cpu = time.perf_counter(), time.process_time()
        result = work()
        found[name] = {
            "wall": time.perf_counter() - start,
            "cpu": time.process_time() - cpu,
            "peak": peak_memory(),
        }
        return result

    def read_all() -> None:
        for path in sorted(project.graph.glob("*.yaml")):
            read_file(path, path.name)

    vocabulary = step("vocabulary", lambda: project.vocabulary)
    step("read (alone)", read_all)
    dataset = step("read and load", lambda: load(project.graph, vocabulary))
    text = (project.graph / LOCK_FILE).read_text(encoding="utf-8")
    lock = step("lock", lambda: parse_lock(text, LOCK_FILE)[0])
    step("check", lambda: check(dataset, vocabulary, lock))
    step("triples (alone)", lambda: sum(1 for _ in quads(dataset, vocabulary)))
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        step(
            "triples, store, rules",
            lambda: build_store(
                Path(folder) / "store",
                quads(dataset, vocabulary),
                base=dataset.info.base,
                ontology=project.ontology_files(),
                rules=project.rule_files(),
            ),
        )
    return found


def engines(project: Project, turtle: str, nquads: str, rounds: str) -> dict[str, Any]:
    """SPARQL inside this process, and loading N-Quads: Oxigraph as relgraph uses it, and rdflib."""
    return {"queries": _queries(project, turtle, int(rounds)), "load": _load(nquads, int(rounds))}


def _queries(project: Project, turtle: str, rounds: int) -> dict[str, Any]:
    import pyoxigraph as ox
    import rdflib
    from questions import INSIDE, complete

    compiled = project.compiled()
    store = ox.Store.read_only(str(compiled.path))
    graph = rdflib.Graph()
    graph.parse(turtle, format="turtle")
    found: dict[str, Any] = {}

    def ask_oxigraph(text: str) -> list[list[str]]:
        rows: Any = store.query(text, use_default_graph_as_union=True)
        return [["" if cell is None else cell.value for cell in row] for row in rows]

    def ask_rdflib(text: str) -> list[list[str]]:
        rows: Any = graph.query(text)
        return [["" if cell is None else str(cell) for cell in row] for row in rows]

    for name, query in INSIDE.items():
        text = complete(query, compiled.base, compiled.home)
        ours, theirs = ask_oxigraph(text), ask_rdflib(text)
        if ours != theirs:
            raise SystemExit(f"{name}: {len(ours)} rows by Oxigraph and {len(theirs)} by rdflib differ")
        timed = turns(
            {
                "relgraph": partial(here, partial(ask_oxigraph, text)),
                "rdflib": partial(here, partial(ask_rdflib, text)),
            },
            rounds,
            warm=0,
        )
        found[name] = {"rows": len(ours), **{side: timing.wall for side, timing in timed.items()}}
    return found


def asked(project: Project, turtle: str) -> dict[str, Any]:
    """How long rdflib takes for the ten analyst queries, each stopped after half a minute (None)."""
    import signal

    import rdflib
    from analyst import QUERIES
    from questions import complete

    compiled = project.compiled()
    graph = rdflib.Graph()
    parsed = here(lambda: graph.parse(turtle, format="turtle")).wall

    def stop(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    found: dict[str, float | None] = {}
    for name, query in QUERIES.items():
        text = complete(query, compiled.base, compiled.home)
        signal.alarm(30)  # ten of them must end within measure.PATIENCE
        try:
            found[name] = here(lambda text=text: list(graph.query(text))).wall  # type: ignore[misc]
        except TimeoutError:
            found[name] = None
        finally:
            signal.alarm(0)
    return {"parse": parsed, "queries": found}


def _load(nquads: str, rounds: int) -> dict[str, float]:
    import pyoxigraph as ox
    import rdflib

    def by_oxigraph() -> None:
        with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            store = ox.Store(folder)
            store.bulk_load(path=nquads, format=ox.RdfFormat.N_QUADS)
            store.flush()

    def by_rdflib() -> None:
        rdflib.Dataset().parse(nquads, format="nquads")

    both = {"relgraph": partial(here, by_oxigraph), "rdflib": partial(here, by_rdflib)}
    return {side: timing.wall for side, timing in turns(both, rounds, warm=0).items()}


def network(project: Project, turtle: str, rounds: str) -> dict[str, Any]:
    """relgraph's network against a walk through an rdflib graph into networkx; both with the same edges."""
    import rdflib
    from walk import walk

    import relgraph

    project.compiled()
    vocabulary = project.vocabulary
    graph = rdflib.Graph()
    parsed = here(lambda: graph.parse(turtle, format="turtle")).wall
    ours, theirs = relgraph.open(project.root).network(), walk(graph, vocabulary, project.compiled().base)
    if sorted(ours.edges(keys=True)) != sorted(theirs.edges(keys=True)) or set(ours) != set(theirs):
        raise SystemExit(f"the networks differ: {ours} and {theirs}")
    timed = turns(
        {
            "relgraph": lambda: here(lambda: relgraph.open(project.root).network()),
            "rdflib": lambda: here(lambda: walk(graph, vocabulary, project.compiled().base)),
        },
        int(rounds),
        warm=0,
    )
    return {
        "nodes": len(ours),
        "edges": ours.number_of_edges(),
        "parse turtle": parsed,
        **{side: t.wall for side, t in timed.items()},
    }


TASKS: dict[str, Callable[..., dict[str, Any]]] = {
    "compile": compile_,
    "phases": phases,
    "engines": engines,
    "asked": asked,
    "network": network,
}


if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]](find_project(Path(sys.argv[2])), *sys.argv[3:])))
