"""No query reaches the network or a file: a listening socket, an audit hook, the system's own calls."""

from __future__ import annotations

import io
import json
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from sparql_corpus import CORPUS, GRAPHS, PREFIXES, write_store
from sparql_watch import events, watch

from relgraph.errors import QueryError
from relgraph.sparql.process import Watch, chunks, end, report, start
from relgraph.sparql.run import prepare, run
from relgraph.sparql.terms import term


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_store(tmp_path_factory.mktemp("isolation") / "store")


def url_of(listener: socket.socket) -> str:
    return f"http://127.0.0.1:{listener.getsockname()[1]}/x"


def nobody_called(listener: socket.socket) -> bool:
    try:
        listener.accept()[0].close()
    except BlockingIOError:
        return True
    return False


REFUSED = [
    "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ VALUES ?u {{ <{url}> }} SERVICE SILENT ?u {{ ?s ?p ?o }} }}",
    "PREFIX u: <{url}> SELECT * {{ SERVICESILENTu: {{ ?s ?p ?o }} }}",
    "PREFIX u: <{url}> PREFIX SERVICEu: <{url}> SELECT * {{ ?s ?p ?o . SERVICEu: {{ ?s ?p ?o }} }}",
    "PREFIX u: <{url}> PREFIX SERVICEu: <{url}> SELECT * {{ ?s ?p ?o SERVICEu: {{ ?s ?p ?o }} }}",
    "SELECT * {{ {{ SELECT * {{ FILTER NOT EXISTS {{ \\u0053ERVICE <{url}> {{}} }} }} }} }}",
    "SELECT * {{ ?s ?p 1SERVICE<{url}>{{}} }}",
    "SELECT * FROM <{url}> {{ ?s ?p ?o }}",
    "ASKFROM<{url}>{{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "DESCRIBE <{url}> FROM <{url}>",
    "LOAD <{url}>",
    "LOAD SILENT <{url}> INTO GRAPH <{url}>",
    "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{}} ; LOAD <{url}>",
]
UNREAD = "is refused|is an update|is not a graph|is missing|is not declared|cannot be read"
#: harmless as they are: nothing behind these names is in the graph
EMPTY = [
    "SELECT * {{ GRAPH <{url}> {{ ?s ?p ?o }} }}",
    "DESCRIBE <{url}>",
    "SELECT * {{ <{url}> ?p ?o }}",
    "PREFIX x: <{url}#> SELECT * {{ x:a <{url}> ?o }}",
    "BASE <{url}> SELECT * {{ <> ?p <y> }}",
    "SELECT * {{ VALUES ?u {{ UNDEF }} ?u ?p ?o }}",
]


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_hostile_queries_reach_nothing(
    store: Path,
    listener: socket.socket,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    scheme: str,
) -> None:
    watch(monkeypatch, tmp_path / "log")
    (tmp_path / "secret.ttl").write_text("<a:secret> <a:b> <a:c> .", encoding="utf-8")
    url = url_of(listener) if scheme == "http" else (tmp_path / "secret.ttl").as_uri()
    for text in REFUSED:
        # refused or rejected, so that nothing was evaluated: a call that fails would be an error too
        with pytest.raises(QueryError, match=UNREAD):
            run(store, text.format(url=url), prefixes=PREFIXES, out=io.BytesIO(), allowed_graphs=GRAPHS)
    for text in EMPTY:
        query, out = text.format(url=url), io.BytesIO()
        params = {"u": term(f"<{url}>")} if "UNDEF" in query else {}
        format = "ntriples" if query.startswith("DESCRIBE") else "csv"
        outcome = run(store, query, prefixes=PREFIXES, params=params, format=format, out=out)
        assert outcome.rows == 0
        assert b"secret" not in out.getvalue()
    done, found = events(tmp_path / "log")
    assert done >= len(EMPTY)
    assert found == []
    assert nobody_called(listener)


def raw(store: Path, text: str) -> tuple[str, str]:
    """What a worker answers to a text that no lexer has looked at."""
    job = {"query": text, "format": "CSV", "prefixes": {}, "union": True, "limit": None, "seconds": 20}
    process = start({**job, "store": str(store)})
    try:
        with Watch(process, 20, 1 << 30):
            list(chunks(process))
            return report(process)
    finally:
        end(process)


@pytest.mark.skipif(sys.platform == "win32", reason="a limit of POSIX")
def test_a_service_that_got_past_the_lexer_still_could_not_call(store: Path, listener: socket.socket) -> None:
    kind, _ = raw(store, f"SELECT * {{ SERVICE <{url_of(listener)}> {{ ?s ?p ?o }} }}")
    assert kind == "evaluation"
    assert nobody_called(listener)


def test_the_listener_and_the_hook_would_have_seen_it(listener: socket.socket, tmp_path: Path) -> None:
    """Guards the tests above: the engine does call when it may, and the hook does see a file opened."""
    query = f"SELECT * {{ SERVICE SILENT <{url_of(listener)}> {{}} }}"
    with subprocess.Popen(
        [sys.executable, "-c", f"import pyoxigraph as o; list(o.Store().query({query!r}))"]
    ) as process:
        deadline = time.monotonic() + 20
        while nobody_called(listener):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        process.kill()
    from sparql_watch import HOOK

    code = (
        HOOK + "import socket; marshal.loads(marshal.dumps({})); open(sys.executable, 'rb'); socket.socket()"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "log")], check=True)
    seen = {line.split()[0] for line in events(tmp_path / "log")[1]}
    assert {"open", "socket.__new__"} <= seen


STRACE = shutil.which("strace")
BATCH = """
import json, os, sys
import pyoxigraph as ox
store = ox.Store()
store.load(path=os.path.join(sys.argv[1], "whole.nq"), format=ox.RdfFormat.N_QUADS, lenient=True)
jobs = json.loads(sys.stdin.read())
os.path.exists("/the/queries/begin/here")
for text, union in jobs:
    answer = store.query(text, use_default_graph_as_union=union)
    if isinstance(answer, ox.QueryTriples):
        ox.serialize(answer, format=ox.RdfFormat.TURTLE)
    else:
        answer.serialize(format=ox.QueryResultsFormat.JSON)
os.path.exists("/the/queries/end/here")
"""


def traced(command: list[str], log: Path, given: str) -> str:
    assert STRACE
    calls = "trace=%file,%network,%process,pipe,pipe2,memfd_create,io_uring_setup"
    subprocess.run(
        [STRACE, "-f", "-qq", "-o", str(log), "-e", calls, *command], input=given.encode(), check=True
    )
    return log.read_text(encoding="utf-8", errors="replace")


def can_trace() -> bool:
    return (
        bool(STRACE)
        and not subprocess.run([str(STRACE), "true"], capture_output=True, check=False).returncode
    )


@pytest.mark.skipif(not can_trace(), reason="strace is not there, or may not trace")
def test_the_engine_makes_no_system_call_on_files_or_sockets(store: Path, tmp_path: Path) -> None:
    jobs = []
    for query in CORPUS:
        info, prepared = prepare(query.text, PREFIXES, {}, GRAPHS)
        jobs.append((prepared.text, not info.graphs))
    command = [sys.executable, "-c", BATCH, str(store)]
    text = traced(command, tmp_path / "log", json.dumps(jobs))
    between = text.split("/the/queries/begin/here")[1].split("/the/queries/end/here")[0].splitlines()[1:-1]
    # Rust's library counts the processors once; a worker with its data in memory cannot even do that
    processors = r'"/proc/self/cgroup"|"/sys/fs/cgroup/[a-z._/]*"|statx\([0-9]+, "", '
    assert [line for line in between if not re.search(processors, line)] == []


@pytest.mark.skipif(not can_trace(), reason="strace is not there, or may not trace")
def test_the_trace_would_have_shown_a_call(listener: socket.socket, store: Path, tmp_path: Path) -> None:
    jobs = [
        (
            f"SELECT * {{ SERVICE SILENT <{url_of(listener)}> {{}} }}",
            True,
        )
    ]
    listener.close()  # refused at once
    text = traced([sys.executable, "-c", BATCH, str(store)], tmp_path / "log", json.dumps(jobs))
    assert "connect(" in text.split("/the/queries/begin/here")[1]


@pytest.mark.skipif(sys.platform != "linux", reason="limits are read from /proc")
def test_a_worker_with_its_data_in_memory_may_open_nothing(store: Path) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    job = {"query": text, "format": "CSV", "prefixes": {}, "union": True, "limit": None, "seconds": 20}
    process = start({**job, "store": str(store)})
    try:
        limits, deadline = "", time.monotonic() + 20
        while not re.search(r"Max open files +0 +0 ", limits):
            assert time.monotonic() < deadline
            limits = Path(f"/proc/{process.pid}/limits").read_text(encoding="ascii")
    finally:
        end(process)


def test_a_database_is_read_and_nothing_written(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    filled = ox.Store(str(folder))
    filled.add(ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal("x"), ox.DefaultGraph()))
    filled.flush()
    del filled
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "LOCK"}
    out = io.BytesIO()
    run(folder, "SELECT ?o { ?s ?p ?o }", out=out)
    assert out.getvalue() == b"o\r\nx\r\n"
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "LOCK"} == before
