"""The limits of a query, as a real process meets them: clock, memory, rows, size, interruption."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from running import COMMAND, City, environment
from sparql_corpus import PREFIXES, write_store

from relgraph.errors import QueryLimitError
from relgraph.sparql.run import run

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
SORTED = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?c"
#: some 900,000 rows of the corpus' data
MANY = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at through /proc")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_store(tmp_path_factory.mktemp("limits") / "store")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--timeout", "0.5", "-e", ENDLESS], "error: stopped after 0.5 s: the query takes too long"),
        (["--memory", "64", "-e", SORTED], "error: stopped at 64 MiB of memory: the query needs too much"),
        (["--max-rows", "1", "-e", "SELECT * { ?s ?p ?o }"], "error: stopped after 1 rows: there are more"),
        (["-e", "ASK " + "{" * 101 + "}" * 101], "error: 1:105: nested more than 100 deep"),
        (["-e", "ASK { ?s ?p " + "<<" * 100], "nested more than 100 deep"),
    ],
)
def test_a_limit_is_told_with_its_reason_and_exit_2(built: City, arguments: list[str], told: str) -> None:
    if "--memory" in arguments and sys.platform != "linux":
        pytest.skip("memory is read from /proc")
    done = built.run("query", *arguments)
    assert done.code == 2
    assert told in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("way", ["stdin", "file"])
def test_a_text_that_is_too_long_is_not_even_read_to_its_end(built: City, tmp_path: Path, way: str) -> None:
    text = "ASK {} " + "# x\n" * 2_000_000
    if way == "file":
        (tmp_path / "long.rq").write_text(text, encoding="utf-8")
    done = built.run("query", str(tmp_path / "long.rq") if way == "file" else "-", stdin=text)
    assert done.code == 2
    assert "characters; at most 1,000,000 are read" in done.err


@linux
def test_a_file_without_end_is_not_read_to_it(built: City) -> None:
    done = built.run("query", "/dev/zero")
    assert done.code == 2
    assert "at most 1,000,000 are read" in done.err


def children(pid: int) -> list[int]:
    return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def ticks(pid: int) -> int:
    """The time a process has worked; 0 once it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0
    return 0 if fields[0] == "Z" else int(fields[11]) + int(fields[12])


def until(holds: Callable[[], bool], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


@linux
@pytest.mark.parametrize("to", ["the command", "its whole group, as a terminal does"])
def test_ctrl_c_answers_within_a_second_and_leaves_no_worker(built: City, to: str) -> None:
    with subprocess.Popen(
        [str(COMMAND), "query", "-e", ENDLESS],
        cwd=built.root,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as running:
        until(lambda: any(ticks(worker) > 30 for worker in children(running.pid)))
        workers = children(running.pid)
        began = time.monotonic()
        if to == "the command":
            running.send_signal(signal.SIGINT)
        else:
            os.killpg(running.pid, signal.SIGINT)
        out, err = running.communicate(timeout=30)
        took = time.monotonic() - began
    assert (running.returncode, out, err) == (130, b"", b"interrupted\n")
    assert took < 1
    assert [worker for worker in workers if Path(f"/proc/{worker}").exists()] == []


@linux
def test_a_killed_command_leaves_a_worker_with_a_clock_of_its_own(store: Path) -> None:
    code = (
        "import io, sys; from pathlib import Path; from relgraph.sparql.run import run\n"
        "run(Path(sys.argv[1]), sys.argv[2], out=io.BytesIO(), timeout=1)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(store), ENDLESS]) as running:
        until(lambda: any(ticks(worker) > 5 for worker in children(running.pid)))
        [worker] = children(running.pid)
        running.kill()
    try:
        limits = Path(f"/proc/{worker}/limits").read_text(encoding="ascii")
        assert "Max cpu time              6                    6" in limits
    finally:
        os.kill(worker, signal.SIGKILL)


class Counter:
    """Where an answer goes that nobody keeps; it holds no more than one chunk."""

    def __init__(self) -> None:
        self.size = self.largest = 0

    def write(self, data: bytes) -> int:
        self.size += len(data)
        self.largest = max(self.largest, len(data))
        return len(data)


def peak(store: Path, text: str, format: str, rows: int) -> tuple[int, Counter]:
    """The most memory that this process had at once for an answer of so many rows, in bytes."""
    out = Counter()
    tracemalloc.start()
    try:
        run(store, text, prefixes=PREFIXES, format=format, out=out, max_rows=rows, memory=1 << 34)  # type: ignore[arg-type]
    except QueryLimitError as error:
        assert f"stopped after {rows:,} " in str(error)
    finally:
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return used, out


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "xml", "ntriples", "turtle"])
def test_an_answer_passes_through_and_is_never_held(store: Path, format: str) -> None:
    graph = format in ("ntriples", "turtle")
    text = f"CONSTRUCT {{ ?a ?e ?i }} WHERE {{ {MANY} }}" if graph else f"SELECT * {{ {MANY} }}"
    small, first = peak(store, text, format, 2_000)
    large, second = peak(store, text, format, 20_000)
    assert second.size > 5 * first.size
    assert second.size > 1 << 19
    assert second.largest < 1 << 18
    assert large < small + (1 << 20)


def test_a_table_is_held_and_so_has_a_limit(store: Path) -> None:
    with pytest.raises(QueryLimitError, match=r"the answer has over [0-9]+ MiB, too much for a table"):
        run(store, f"SELECT * {{ {MANY} }}", format="table", out=Counter(), memory=160 << 20)  # type: ignore[arg-type]
