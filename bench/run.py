"""relgraph against what a user would pick instead, each comparison in one run.

python bench/run.py            the slice, 10,000 and 100,000 relationships: under 15 minutes on two cores
python bench/run.py --quick    the slice and 1,000 relationships: about a minute
python bench/run.py --only query,network --json results.json
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import strftime

from analyst import analyst, checking, lookups
from documents import documents
from generate import generate
from measure import HERE, PATIENCE, Timing, child, environment, process, turns
from questions import write

from relgraph.errors import RelgraphError
from relgraph.project import Project, find_project, shipped_ontology

ROOT = HERE.parent
SEED = 1
GIB = 1 << 30
VERSIONS = ("relgraph", "click", "networkx", "pyoxigraph", "pyyaml", "rdflib")


@dataclass(frozen=True, slots=True)
class Row:
    """One result; ``ours`` and ``theirs`` as they are shown, ``target`` empty where none is set."""

    what: str
    ours: str
    theirs: str
    ratio: str
    target: str = ""
    met: bool | None = None

    def cells(self) -> list[str]:
        """The row for the table."""
        verdict = "" if self.met is None else "met" if self.met else "MISSED"
        return [self.what, self.ours, self.theirs, self.ratio, self.target, verdict]


HEAD = ["what", "relgraph", "instead", "ratio", "target", ""]


@dataclass(slots=True)
class Bench:
    """One run: its projects, its sizes, what it has found."""

    work: Path
    sizes: list[int]
    rounds: int
    rows: list[Row] = field(default_factory=list)
    projects: dict[str, Project] = field(default_factory=dict)

    @property
    def env(self) -> dict[str, str]:
        """The environment of every process that is measured."""
        return environment(self.work / "bytecode")

    def project(self, name: str) -> Project:
        """The slice, or a generated city of ``name`` relationships, with the ontology as it is now."""
        if name not in self.projects:
            folder = self.work / name
            if name == "slice":
                source = ROOT if (ROOT / "graph" / "graph.yaml").is_file() else ROOT / "tests" / "city"
                shutil.copytree(source / "graph", folder / "graph")
            else:
                generate(folder, int(name), SEED)
            shutil.copytree(shipped_ontology(), folder / "ontology")
            self.projects[name] = find_project(folder)
        return self.projects[name]

    def fresh(self, name: str) -> Project:
        """The project without its compiled store."""
        project = self.project(name)
        shutil.rmtree(project.root / ".relgraph", ignore_errors=True)
        return project

    def told(self, row: Row) -> None:
        """Take a result in, and show it at once."""
        self.rows.append(row)
        print(" | ".join(cell for cell in row.cells() if cell), flush=True)

    def task(self, name: str, *arguments: str) -> dict[str, object]:
        """Run a task of ``child.py``."""
        done = subprocess.run(
            child(name, *arguments),
            capture_output=True,
            check=False,
            encoding="utf-8",
            timeout=PATIENCE,
            env=self.env,
        )
        if done.returncode:
            raise RuntimeError(f"{name}: {done.stderr.strip()[-2000:]}")
        found: dict[str, object] = json.loads(done.stdout)
        return found

    def export(self, name: str, form: str) -> Path:
        """The graph as Turtle, or its store as N-Quads, in a file."""
        project = self.project(name)
        path = self.work / f"{name}.{form}"
        if path.is_file():
            return path
        compiled = project.compiled()
        if form == "ttl":
            from relgraph.views.export.rdf import turtle

            path.write_bytes(turtle(compiled))
        else:
            import pyoxigraph as ox

            ox.Store.read_only(str(compiled.path)).dump(str(path), format=ox.RdfFormat.N_QUADS)
        return path


def startup(bench: Bench) -> None:
    """1. `relgraph --help` against a bare click program, both by this Python."""
    command = Path(sys.executable).with_name("relgraph")
    ours, theirs = [sys.executable, str(command), "--help"], [sys.executable, str(HERE / "bare.py"), "--help"]
    if not command.is_file():
        ours = [sys.executable, "-c", "from relgraph.__main__ import main; main()", "--help"]
    timed = turns(
        {"ours": lambda: process(ours, bench.env), "theirs": lambda: process(theirs, bench.env)},
        5 * bench.rounds,
        warm=2,
    )
    for clock in ("wall", "cpu"):
        told = _compare(timed, clock, "ms")
        ratio = _of(timed["ours"], clock) / _of(timed["theirs"], clock)
        bench.told(Row(f"`relgraph --help`, {clock}", *told, f"{ratio:.2f}", "≤ 1.5", ratio <= 1.5))


def query(bench: Bench) -> None:
    """2. `relgraph query` as a whole process against a script that parses the Turtle with rdflib."""
    for name in ["slice", *(str(size) for size in bench.sizes if size <= 10_000)]:
        project = bench.project(name)
        turtle, compiled = bench.export(name, "ttl"), project.compiled()
        for number, (question, path) in enumerate(write(bench.work, compiled.base, compiled.home).items()):
            ours = [sys.executable, "-c", "from relgraph.__main__ import main; main()"]
            ours += ["--project", str(project.root), "query", "--format", "csv", str(path)]
            theirs = [sys.executable, str(HERE / "asks_rdflib.py"), str(turtle), str(path)]
            commands = {"ours": ours, "theirs": theirs}
            # the first run, not counted, also tells whether both give the same answer
            answers: dict[str, list[bytes]] = {}
            for side, command in commands.items():
                out: list[bytes] = []
                process(command, bench.env, expect=out.append)
                answers[side] = sorted(out[0].splitlines())
            if answers["ours"] != answers["theirs"]:
                raise RuntimeError(f"{question} on {name}: the answers differ")
            rounds = bench.rounds if name == "slice" else max(2, bench.rounds // 2 - number)
            timed = turns(
                {side: partial(process, command, bench.env) for side, command in commands.items()},
                rounds,
                warm=0,
            )
            rows = len(answers["ours"]) - 1
            ratio = timed["ours"].wall / timed["theirs"].wall
            what = f"`relgraph query`, {question} ({rows} rows), {_shown(name)}"
            told = _compare(timed, "wall", "ms")
            bench.told(Row(what, *told, _ratio(ratio), "≤ 1/5", ratio <= 1 / 5))


def compiling(bench: Bench) -> None:
    """3. From YAML to a published store: time, peak memory, growth."""
    names = ["slice", *map(str, bench.sizes)]
    runs: dict[str, list[dict[str, object]]] = {name: [] for name in names}
    # the smaller before and after the larger, so that growth is not the mood of the machine
    for name in [*names[:1] * bench.rounds, *names[1:], *names[1:-1], *names[1:-1]]:
        runs[name].append(bench.task("compile", str(bench.fresh(name).root)))
    found = {
        name: {key: median([float(str(run[key])) for run in done]) for key in done[0]}
        for name, done in runs.items()
    }
    for name, best in found.items():
        triples = f"{int(best['asserted'] + best['derived']):,} triples"
        limit = best["wall"] < 1 if name == "slice" else None
        timed = f"{best['wall']:.2f} s (processor {best['cpu']:.2f} s)"
        what = f"compile and derive, {_shown(name)} ({triples})"
        bench.told(Row(what, timed, "", "", "< 1 s" if limit is not None else "", limit))
        memory = best["peak"] / GIB
        bench.told(
            Row(f"peak memory of it, {_shown(name)}", f"{memory:.2f} GiB", "", "", "< 2 GiB", memory < 2)
        )
        if name == "slice" or int(name) <= 10_000:
            steps = bench.task("phases", str(bench.project(name).root))
            print("    " + ", ".join(_step(step, told) for step, told in steps.items()), flush=True)
    for small, large in zip(bench.sizes, bench.sizes[1:], strict=False):
        times = large / small
        # the clock also shows what else the machine was doing, so it is told and not judged
        for key, label in (("cpu", "processor time"), ("peak", "peak memory"), ("wall", "time")):
            ratio = found[str(large)][key] / found[str(small)][key]
            what = f"growth of {label}, {small:,} to {large:,}"
            verdict = (f"≤ {1.25 * times:.1f} times", ratio <= 1.25 * times) if key != "wall" else ()
            bench.told(Row(what, f"{ratio:.1f} times", "", "", *verdict))


def engines(bench: Bench) -> None:
    """4. SPARQL inside one process, and loading N-Quads, against rdflib on the same triples."""
    name = str(max(size for size in bench.sizes if size <= 10_000))
    turtle, nquads = bench.export(name, "ttl"), bench.export(name, "nq")
    found = bench.task("engines", str(bench.project(name).root), str(turtle), str(nquads), "3")
    queries, load = found["queries"], found["load"]
    assert isinstance(queries, dict)
    assert isinstance(load, dict)
    for question, told in queries.items():
        what = f"SPARQL in one process, {question} ({told['rows']} rows), {_shown(name)}"
        bench.told(_faster(what, told, "ms"))
    bench.told(_faster(f"loading N-Quads, {_shown(name)}", load, "s"))


def network(bench: Bench) -> None:
    """5. The networkx network against a walk through rdflib."""
    for name in ["slice", str(max(size for size in bench.sizes if size <= 10_000))]:
        turtle = bench.export(name, "ttl")
        told = bench.task("network", str(bench.project(name).root), str(turtle), "3")
        seconds = {side: float(str(told[side])) for side in ("relgraph", "rdflib", "parse turtle")}
        what = f"network of {told['nodes']} nodes and {told['edges']} edges, {_shown(name)}"
        bench.told(_faster(f"{what}, graph already parsed", seconds, "ms"))
        seconds["rdflib"] += seconds["parse turtle"]
        bench.told(_faster(f"{what}, parsing included", seconds, "ms"))


CASES: dict[str, Callable[[Bench], None]] = {
    "startup": startup,
    "query": query,
    "compile": compiling,
    "engines": engines,
    "network": network,
    "analyst": analyst,
    "checking": checking,
    "lookups": lookups,
    "documents": documents,
}


def _of(timing: Timing, clock: str) -> float:
    return timing.wall if clock == "wall" else timing.cpu


def _in(seconds: float, unit: str) -> str:
    return f"{seconds:.2f} s" if unit == "s" or seconds >= 10 else f"{seconds * 1000:.1f} ms"


def _compare(timed: dict[str, Timing], clock: str, unit: str) -> tuple[str, str]:
    return _in(_of(timed["ours"], clock), unit), _in(_of(timed["theirs"], clock), unit)


def _faster(what: str, seconds: dict[str, float], unit: str) -> Row:
    ratio = seconds["relgraph"] / seconds["rdflib"]
    return Row(what, _in(seconds["relgraph"], unit), _in(seconds["rdflib"], unit), _ratio(ratio))


def _ratio(ratio: float) -> str:
    """A quarter as 1/4.0, four times as 4.0."""
    return f"1/{1 / ratio:.1f}" if ratio < 1 else f"{ratio:.1f}"


def _step(name: str, told: object) -> str:
    assert isinstance(told, dict)
    return f"{name} {told['wall']:.2f} s (processor {told['cpu']:.2f})"


def _shown(name: str) -> str:
    return "slice" if name == "slice" else f"{int(name):,} relationships"


def machine() -> dict[str, str]:
    """What the numbers depend on; no paths and no names."""
    return {
        "date": strftime("%Y-%m-%d"),
        "cores": str(os.cpu_count()),
        "load before": f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown",
        "processor": platform.machine(),
        "system": platform.system(),
        "Python": platform.python_version(),
        **{name: version(name) for name in VERSIONS},
    }


def table(rows: list[Row]) -> str:
    """The results as a Markdown table."""
    lines = [HEAD, ["---"] * len(HEAD), *(row.cells() for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def main() -> None:
    """Run the benchmarks asked for and print the table; exits with 1 where a target is missed."""
    parser = argparse.ArgumentParser(description="Measure relgraph against what one would use instead.")
    parser.add_argument("--quick", action="store_true", help="the slice and 1,000 relationships only")
    parser.add_argument("--only", metavar="NAMES", help=f"some of {','.join(CASES)}")
    parser.add_argument("--sizes", metavar="N,…", help="relationships of the generated cities")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results to FILE too")
    options = parser.parse_args()
    wanted = options.only.split(",") if options.only else list(CASES)
    if unknown := set(wanted) - set(CASES):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    facts = machine()
    print(", ".join(f"{key} {value}" for key, value in facts.items()), flush=True)
    with TemporaryDirectory(prefix="relgraph-bench-") as folder:
        sizes, rounds = ([1_000], 3) if options.quick else ([10_000, 100_000], 7)
        if options.sizes:
            sizes = [int(size) for size in options.sizes.split(",")]
        bench = Bench(Path(folder), sizes, rounds)
        failed = False
        try:
            for name in wanted:
                try:
                    CASES[name](bench)
                except RuntimeError as error:  # of one part: what the others found is not lost
                    print(f"error: {name}: {error}", file=sys.stderr)
                    failed = True
        except RelgraphError as error:
            for problem in getattr(error, "problems", ()):
                print(problem, file=sys.stderr)
            sys.exit(f"error: {error.message}")
    print("\n" + table(bench.rows))
    if options.json:
        found = {"machine": facts, "results": [asdict(row) for row in bench.rows]}
        options.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.exit(1 if failed or any(row.met is False for row in bench.rows) else 0)


if __name__ == "__main__":
    main()
