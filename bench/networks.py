"""Analyses of networks against plain networkx, and all of them on the slice as one process: bench/NETWORK.md.

python bench/networks.py                      the slice, 1,000, 10,000 and 100,000 relationships
python bench/networks.py --sizes 1000         the slice and 1,000 relationships: two minutes
python bench/networks.py --output FILE        write to FILE instead of bench/NETWORK.md
python bench/networks.py --patience 20        end what takes longer after 20 seconds; --rounds 1: measure once
python bench/networks.py --projects FOLDER    generated cities are kept in FOLDER, and taken from there

Networks are read once by a process of its own and handed on as a file of ties; each measurement then runs in
a process of its own, ours and networkx' in turns. Told is processor time, which other work on the machine
does not lengthen much (all of it is one thread). One that has not ended after a minute of it is ended, and
its time told as more than that.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from measure import environment, peak_memory, process, turns
from run import ROOT, Bench, machine

from relgraph.analysis.ties import Ties

#: seconds of processor time after which a measurement is ended, and from which it is not repeated
PATIENCE, LONG = 60, 5.0
#: pivots of the betweenness that networkx estimates where it cannot compute all, and ours
FEW = 20
SECONDS_FOR_ALL = 2.0


def load(folder: str, out: str) -> dict[str, Any]:
    """Read a project's network and write its ties; how long each step takes, and the peak of memory."""
    import relgraph
    from relgraph.analysis import Evidence

    evidence = Evidence(relgraph.open(folder).lookup)
    found: dict[str, Any] = {}
    for name in ("facts", "organised", "graph", "incidence", "ties"):
        start = time.process_time()
        getattr(evidence, name)
        found[name] = time.process_time() - start
    ties = evidence.ties
    rows = [[a, b, list(ids), (a, b) in ties.structure] for (a, b), ids in ties.pairs.items()]
    Path(out).write_text(json.dumps(rows), encoding="utf-8")
    return {
        **found,
        "peak": peak_memory(),
        "relationships": len(evidence.edges),
        "parties": len(ties.parties),
        "pairs": len(ties.pairs),
    }


def read(file: str) -> Ties:
    """The ties that :func:`load` has written."""
    rows = json.loads(Path(file).read_text(encoding="utf-8"))
    structure = frozenset((a, b) for a, b, _, fixed in rows if fixed)
    return Ties({(a, b): tuple(ids) for a, b, ids, _ in rows}, structure)


def ours(what: str, ties: Ties) -> Any:
    """One analysis as relgraph does it."""
    from relgraph.analysis import communities, cuts, holes, measures

    if what == "betweenness":
        return measures.betweenness(ties).bound
    if what == "cuts":
        return cuts.cuts(ties)
    if what == "holes":
        return holes.holes(ties)
    if what == "communities":
        return communities.communities(ties, communities.seeds_for(ties))
    return measures.measure(what, ties)


def theirs(what: str, ties: Ties) -> Any:
    """The same by networkx alone, part by part where the measure is taken so."""
    import networkx as nx

    from relgraph.analysis.communities import seeds_for

    graph = ties.to_networkx()
    if what == "betweenness" and len(ties.parties) * len(ties.pairs) > 1_000_000_000:
        start = time.process_time()  # what is not estimated is not counted: the pivots alone are scaled up
        nx.betweenness_centrality(graph, k=FEW, seed=1)
        return {"scaled": (time.process_time() - start) * 1000 / FEW}
    if what == "betweenness":
        return [nx.betweenness_centrality(graph.subgraph(part).copy()) for part in ties.components]
    if what == "eigenvector":
        return [
            nx.eigenvector_centrality(graph.subgraph(part).copy(), max_iter=100_000, tol=1e-12)
            for part in ties.components
        ]
    if what == "cuts":
        return [set(nx.articulation_points(graph)), set(nx.bridges(graph))]
    if what == "holes":
        return [nx.constraint(graph), nx.effective_size(graph)]
    return [nx.community.louvain_communities(graph, seed=seed) for seed in range(seeds_for(ties))]


def task(who: str, what: str, file: str) -> dict[str, Any]:
    """Time one analysis in this process; imports and the reading of ties are not counted."""
    import networkx  # noqa: F401
    import numpy  # noqa: F401
    import rustworkx  # noqa: F401

    ties = read(file)
    assert ties.near
    assert ties.components
    work: Callable[[str, Ties], Any] = ours if who == "ours" else theirs
    start = time.process_time()
    result = work(what, ties)
    seconds = time.process_time() - start
    if isinstance(result, dict) and "scaled" in result:
        seconds = result["scaled"]
    bound = result if isinstance(result, float) else 0.0
    return {"seconds": seconds, "bound": bound, "peak": peak_memory()}


def paths(who: str, file: str) -> dict[str, Any]:
    """The three shortest paths between parties far apart, by ``shortest`` or by networkx' own generator."""
    from itertools import islice

    import networkx as nx

    from relgraph.analysis.paths import shortest

    ties = read(file)
    graph: Any = nx.MultiDiGraph() if who == "ours" else nx.Graph()
    for number, (a, b) in enumerate(sorted(ties.pairs)):
        graph.add_edge(a, b, cost=4 + number % 11)
    part = ties.components[0]
    ends = [(part[number], part[-1 - number]) for number in range(5)]
    start = time.process_time()
    for a, b in ends:
        if who == "ours":
            found = [path.cost for path in shortest(graph, a, b, 3)]
        else:
            ways = islice(nx.shortest_simple_paths(graph, a, b, weight="cost"), 3)
            found = [nx.path_weight(graph, way, "cost") for way in ways]
        assert found == sorted(found)
    return {"seconds": (time.process_time() - start) / len(ends), "bound": 0.0, "peak": peak_memory()}


WHAT = {
    "betweenness": "betweenness",
    "eigenvector": "eigenvector",
    "cuts": "articulation points and bridges (ours: and what each cuts off)",
    "holes": "constraint and effective size",
    "communities": "Louvain, 20 seeds, 5 at 100,000 (ours: and agreement and firmness)",
    "paths": "the three best paths between two parties",
    "pagerank": "PageRank (networkx needs scipy for it)",
}


def run(*arguments: str, env: dict[str, str], patience: int = 0) -> dict[str, Any] | None:
    """A task of this file in a process of its own; None where it takes more than ``patience`` (0: any)."""
    command = [sys.executable, __file__, "--task", str(patience), *arguments]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8", env=env)
    if done.returncode == -signal.SIGXCPU:
        return None
    if done.returncode:
        raise RuntimeError(f"{arguments}: {done.stderr.strip()[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def shown(seconds: float | None, patience: int) -> str:
    """A time for the table."""
    if seconds is None:
        return f"> {patience} s"
    return (
        f"{seconds * 1000:.1f} ms"
        if seconds < 1
        else f"{seconds:.2f} s"
        if seconds < 100
        else f"{seconds:.0f} s"
    )


def compared(what: str, file: str, size: int, env: dict[str, str], patience: int, rounds: int) -> str:
    """A row of the table: ours, networkx', how many times faster, and the target if there is one."""
    times: dict[str, list[dict[str, Any] | None]] = {"ours": [], "theirs": []}
    for _ in range(rounds):
        for who, found in times.items():
            slow = any(each is None or each["seconds"] > LONG for each in found)
            if not slow and (who == "ours" or what != "pagerank"):
                found.append(run(who, what, file, env=env, patience=patience))

    def middle(found: list[dict[str, Any] | None]) -> float | None:
        known = [each["seconds"] for each in found if each]
        return median(known) if known and None not in found else None

    mine, other = middle(times["ours"]), middle(times["theirs"])
    bound = next((each["bound"] for each in times["ours"] if each and each["bound"]), 0.0)
    name = WHAT[what]
    if bound:
        name += f", ours from 1,000 pivots (each value ± {bound:.3f} with 95 %), networkx' time for as many"
    ratio = "" if mine is None or what == "pagerank" else f"{(other or patience) / mine:.1f}"
    if other is None and ratio:
        ratio = f"> {ratio}"
    aim = what == "betweenness" and size == 10_000
    verdict = ("met" if mine and (other or patience) / mine >= 10 else "**missed**") if aim else ""
    theirs_shown = "" if what == "pagerank" else shown(other, patience)
    row = (f"{size:,}", name, shown(mine, patience), theirs_shown, ratio, "≥ 10" if aim else "", verdict)
    print(" | ".join(row), flush=True)
    return "| " + " | ".join(row) + " |"


def whole(bench: Bench) -> tuple[str, bool]:
    """All analyses of the slice as one process."""
    folder = str(bench.project("slice").root)
    command = [str(Path(sys.executable).with_name("relgraph")), "--project", folder]
    every = [*command, "analyze", "--all", "--format", "json"]
    start = [*command, "analyze", "--list"]
    found = turns(
        {"all": lambda: process(every, bench.env), "list": lambda: process(start, bench.env)}, rounds=5
    )
    all_ = found["all"]
    met = min(all_.wall, all_.cpu) < SECONDS_FOR_ALL
    verdict = "met" if all_.wall < SECONDS_FOR_ALL else "met in processor time" if met else "**missed**"
    line = (
        f"`relgraph analyze --all` on the slice takes {all_.wall:.2f} s on the clock and {all_.cpu:.2f} s of "
        f"processor time (`--list`, which analyses nothing, {found['list'].wall:.2f} and "
        f"{found['list'].cpu:.2f} s); target: under {SECONDS_FOR_ALL:.0f} s: {verdict}."
    )
    print(line, flush=True)
    return line, met


def document(
    facts: dict[str, str], line: str, loads: list[str], rows: list[str], patience: int, rounds: int
) -> str:
    """The Markdown of bench/NETWORK.md."""
    versions = ", ".join(f"{name} {value}" for name, value in facts.items())
    heads = ("relationships", "what", "relgraph", "networkx", "times faster", "target", "")
    names = ("relationships", "in the network", "parties", "ties", "facts", "network", "without structure")
    load_heads = (*names, "roles", "ties", "peak memory")
    return "\n".join(
        [
            "# Benchmarks of the network",
            "",
            f"Made by `python bench/networks.py`: {versions}; load after {os.getloadavg()[0]:.1f}.",
            "",
            line,
            "",
            "## Reading the network",
            "",
            "In seconds of processor time, step by step; what is read once (facts) serves all networks.",
            "",
            "| " + " | ".join(load_heads) + " |",
            "| " + " | ".join("---" for _ in load_heads) + " |",
            *loads,
            "",
            "## Analyses",
            "",
            "Processor time, each in a process of its own, without imports and the reading of the network;",
            f"the median of {rounds} (of one above {LONG:.0f} seconds, and at 100,000 relationships). Where",
            f"one had not ended after {patience} seconds, its time is more than that.",
            "",
            "| " + " | ".join(heads) + " |",
            "| " + " | ".join("---" for _ in heads) + " |",
            *rows,
            "",
        ]
    )


def main() -> None:
    """Measure, write the document; exits with 1 where a target is missed."""
    if sys.argv[1:2] == ["--task"]:
        patience, who, *rest = sys.argv[2:]
        if int(patience):
            resource.setrlimit(resource.RLIMIT_CPU, (int(patience), int(patience) + 5))
        done = (
            load(*rest) if who == "load" else paths(who, rest[1]) if rest[0] == "paths" else task(who, *rest)
        )
        print(json.dumps(done))
        return
    parser = argparse.ArgumentParser(description="Measure the analyses of networks.")
    parser.add_argument("--sizes", default="1000,10000,100000", metavar="N,…")
    parser.add_argument("--output", type=Path, default=ROOT / "bench" / "NETWORK.md", metavar="FILE")
    parser.add_argument("--patience", type=int, default=PATIENCE, metavar="SECONDS")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    parser.add_argument("--projects", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    facts = machine()
    loads, rows = [], []
    with TemporaryDirectory(prefix="relgraph-bench-") as folder:
        work = options.projects or Path(folder)
        work.mkdir(exist_ok=True)
        line, met = whole(Bench(Path(folder) / "slice", [], 1))
        bench = Bench(work, [], 1)
        env = environment(work / "bytecode")
        for size in map(int, options.sizes.split(",")):
            project = work / str(size)
            if not (project / "graph").is_dir():
                bench.project(str(size))
            command = [sys.executable, "-c", f"import relgraph; relgraph.open({str(project)!r})"]
            process(command, env)
            file = str(work / f"{size}.ties.json")
            known = run("load", str(project), file, env=env) or {}
            steps = [f"{known[name]:.2f}" for name in ("facts", "organised", "graph", "incidence", "ties")]
            numbers = [f"{known[name]:,}" for name in ("relationships", "parties", "pairs")]
            cells = (f"{size:,}", *numbers, *steps, f"{known['peak'] / (1 << 20):.0f} MiB")
            loads.append("| " + " | ".join(cells) + " |")
            print(loads[-1], flush=True)
            rounds = options.rounds if size <= 10_000 else 1
            rows += [compared(what, file, size, env, options.patience, rounds) for what in WHAT]
            options.output.write_text(
                document(facts, line, loads, rows, options.patience, options.rounds), encoding="utf-8"
            )
    sys.exit(0 if met and not any("**missed**" in row for row in rows) else 1)


if __name__ == "__main__":
    main()
