"""What else writes the formats of ``relgraph export``: rdflib's serialisers and networkx' writers.

A rival begins with what its user has at hand. rdflib reads the exported statements once and then writes each
of its formats; what reading takes is told apart, and peaks are those of one format each. networkx gets the
network that relgraph hands out.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from measure import peak_memory

from relgraph.project import find_project
from relgraph.views.export.registry import Job

#: rdflib's names of formats; those of one graph begin with N-Triples, those of two with N-Quads
ONE_GRAPH = {"ntriples": "nt", "rdfxml": "xml", "turtle": "turtle", "jsonld": "json-ld"}
TWO_GRAPHS = {"nquads": "nquads", "trig": "trig"}
NETWORKX = ("graphml", "gexf", "node-link")
_PEAKS = Path("/proc/self/clear_refs")


def timed(work: Callable[[], object]) -> dict[str, Any]:
    """Processor time, time on the clock and peak memory of some work, what was held before included."""
    if _PEAKS.exists():
        _PEAKS.write_text("5", encoding="ascii")  # the peak begins anew: proc_pid_clear_refs(5)
    cpu, start = time.process_time(), time.perf_counter()
    work()
    return {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - start, "peak": peak_memory()}


def by_rdflib(source: Path, folder: Path, formats: dict[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Read a file of statements, then write it in each format; one after the other as they are done."""
    import rdflib

    graph = rdflib.Dataset() if formats is TWO_GRAPHS else rdflib.Graph()
    syntax = "nquads" if formats is TWO_GRAPHS else "nt"
    yield f"reading {source.name}", {**timed(lambda: graph.parse(str(source), format=syntax)), "size": 0}
    for name, theirs in formats.items():
        target = folder / f"rdflib-{name}"
        found = timed(lambda to=target, form=theirs: graph.serialize(str(to), format=form))  # type: ignore[misc]
        yield name, {**found, "size": target.stat().st_size}
        target.unlink()


def by_networkx(project: Path, name: str, target: Path) -> None:
    """Write the network with the library's own writers."""
    import networkx as nx

    from relgraph.network import network

    graph = network(Job(find_project(project)).lookup, structure=True)
    if name == "node-link":
        target.write_text(json.dumps(nx.node_link_data(graph, edges="edges")), encoding="utf-8")
    else:
        {"graphml": nx.write_graphml, "gexf": nx.write_gexf}[name](graph, str(target))
