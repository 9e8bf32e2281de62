"""Queries through the worker: formats, limits, errors, and that nothing gets out."""

from __future__ import annotations

import csv
import io
import json
import marshal
import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from relgraph.errors import QueryError, QueryLimitError, UsageError
from relgraph.model import Table
from relgraph.sparql.formats import FORMATS, render_table
from relgraph.sparql.lexer import term
from relgraph.sparql.rows import RowGate
from relgraph.sparql.run import Outcome, run, select, table

PREFIXES = {"ex": "http://ex/", "xsd": "http://www.w3.org/2001/XMLSchema#"}
GRAPH = "http://ex/graph/asserted"
NASTY = 'a "b", {c},{"d"\n<e> & |f\\g\t</result><result> }]},{'
CROSS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?c"
EVERYTHING = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    filled = ox.Store(str(folder))
    name = ox.NamedNode("http://ex/name")
    filled.extend(
        ox.Quad(ox.NamedNode(f"http://ex/s{i:03}"), name, ox.Literal(f"v{i} å"), ox.NamedNode(GRAPH))
        for i in range(300)
    )
    for value in (ox.Literal(NASTY, language="sv"), ox.Literal("1.5", datatype=ox.NamedNode("http://ex/d"))):
        filled.add(
            ox.Quad(ox.NamedNode("http://ex/odd"), name, value, ox.NamedNode("http://ex/graph/derived"))
        )
    filled.flush()
    del filled
    return folder


def answer(store: Path, text: str, **options: object) -> tuple[Outcome, bytes]:
    out = io.BytesIO()
    outcome = run(store, text, prefixes=PREFIXES, out=out, **options)  # type: ignore[arg-type]
    return outcome, out.getvalue()


@pytest.mark.parametrize("form", ["select", "ask", "construct", "describe"])
@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_the_engines_own_or_is_refused(store: Path, form: str, name: str) -> None:
    text = {
        "select": "SELECT ?s ?o ?unbound { ?s ex:name ?o } ORDER BY (?s != ex:odd) ?s ?o LIMIT 9",
        "ask": "ASK { ?s ex:name ?o }",
        "construct": "CONSTRUCT { ?s ex:called ?o } WHERE { ?s ex:name ?o VALUES ?s { ex:odd ex:s001 } }",
        "describe": "DESCRIBE ex:odd",
    }[form]
    if form not in FORMATS[name].forms:
        with pytest.raises(UsageError, match=f"the format {name} does not fit {form.upper()}") as caught:
            answer(store, text, format=name)
        assert caught.value.hint
        assert "table" in caught.value.hint
        return
    outcome, written = answer(store, text, format=name)
    assert outcome.form == form
    assert outcome.boolean is (True if form == "ask" else None)
    if name in ("table", "markdown"):
        assert (b"true" if form == "ask" else b"ex:odd") in written
        return
    bare = ox.Store.read_only(str(store)).query(text, prefixes=PREFIXES, use_default_graph_as_union=True)
    if isinstance(bare, ox.QueryTriples):
        formats = {"turtle": "TURTLE", "ntriples": "N_TRIPLES", "jsonld": "JSON_LD", "rdfxml": "RDF_XML"}
        parsed = {q.triple for q in ox.parse(written, getattr(ox.RdfFormat, formats[name]))}
        assert parsed == set(bare)
        assert (b"prefix ex:" in written) == (name == "turtle")
    else:
        assert written == bare.serialize(format=getattr(ox.QueryResultsFormat, name.upper()))
        assert outcome.rows == (9 if form == "select" else None)


def test_an_unknown_format_lists_those_that_fit(store: Path) -> None:
    with pytest.raises(UsageError) as caught:
        answer(store, "ASK {}", format="yaml")
    assert caught.value.hint == "use one of: table, markdown, csv, tsv, json, xml"


def read_rows(name: str, written: bytes) -> int:
    """The number of rows by an independent reader of the format."""
    if name == "csv":
        return len(list(csv.reader(io.StringIO(written.decode("utf-8"), newline="")))) - 1
    if name == "json":
        return len(json.loads(written)["results"]["bindings"])
    if name == "xml":
        return sum(1 for e in ElementTree.fromstring(written).iter() if e.tag.endswith("}result"))
    return written.count(b"\n") - 1


@pytest.mark.parametrize("limit", [0, 1, 2, 299, 301, 302, 500])
@pytest.mark.parametrize("name", ["csv", "tsv", "json", "xml"])
def test_rows_are_limited_in_a_whole_document(store: Path, name: str, limit: int) -> None:
    out = io.BytesIO()
    try:
        outcome = run(store, EVERYTHING, format=name, out=out, max_rows=limit)
        assert outcome.rows == 302
        assert limit >= 302
    except QueryLimitError as error:
        assert str(error) == f"stopped after {limit} rows: there are more"
        assert limit < 302
    assert read_rows(name, out.getvalue()) == min(limit, 302)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 10_000])
@pytest.mark.parametrize("name", ["csv", "tsv", "json", "xml"])
@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { VALUES (?x ?y) { (UNDEF UNDEF) (NASTY UNDEF) (UNDEF NASTY) (1 2) } }".replace(
            "NASTY", term(NASTY)
        ),
        "SELECT * { VALUES ?x { UNDEF UNDEF UNDEF UNDEF } }",
        "SELECT ?x { VALUES ?x { '},{' '[{' '{},{}' '\\\\\\\\' } }",
        "SELECT * {{} UNION {} UNION {} UNION {}}",
    ],
)
def test_rows_are_counted_and_cut_however_the_bytes_arrive(text: str, name: str, size: int) -> None:
    result = ox.Store().query(text)
    assert isinstance(result, ox.QuerySolutions)
    whole = result.serialize(format=getattr(ox.QueryResultsFormat, name.upper()))
    assert whole is not None
    for limit in (None, 0, 1, 3, 4):
        gate = RowGate(name, limit)
        parts = []
        for start in range(0, len(whole), size):
            parts.append(gate.feed(whole[start : start + size]))
            if gate.exceeded:
                break
        written = b"".join([*parts, gate.close()])
        expected = 4 if limit is None else limit
        assert gate.rows == expected
        assert gate.exceeded == (expected < 4)
        if expected == 4:
            assert written == whole
        elif "?x" in text:  # a csv reader skips the empty lines of rows without columns
            assert read_rows(name, written) == expected


@pytest.mark.parametrize("name", ["turtle", "ntriples", "jsonld", "rdfxml", "table"])
def test_triples_are_limited_in_a_whole_document(store: Path, name: str) -> None:
    out = io.BytesIO()
    with pytest.raises(QueryLimitError, match="stopped after 2 triples"):
        run(store, "CONSTRUCT WHERE { ?s ?p ?o }", format=name, out=out, max_rows=2)
    if name != "table":
        formats = {"turtle": "TURTLE", "ntriples": "N_TRIPLES", "jsonld": "JSON_LD", "rdfxml": "RDF_XML"}
        assert len(list(ox.parse(out.getvalue(), getattr(ox.RdfFormat, formats[name])))) == 2


def test_no_rows_and_false_are_answers(store: Path) -> None:
    assert answer(store, "SELECT ?s { ?s ex:nothing 1 }") == (Outcome("select", None, 0), b"s\r\n")
    assert answer(store, "ASK { ?s ex:nothing 1 }") == (Outcome("ask", False), b"false")


def test_the_default_graph_is_the_union_unless_the_query_says(store: Path) -> None:
    count = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"
    assert answer(store, count.format(""))[1] == b"n\r\n302\r\n"
    assert answer(store, count.format(f"FROM <{GRAPH}>"), allowed_graphs=[GRAPH])[1] == b"n\r\n300\r\n"
    assert answer(store, count.format(f"FROM NAMED <{GRAPH}>"), allowed_graphs=[GRAPH])[1] == b"n\r\n0\r\n"
    with pytest.raises(QueryError, match="1:30: FROM <http://elsewhere/> is not a graph"):
        answer(store, count.format("FROM <http://elsewhere/>"), allowed_graphs=[GRAPH])


def test_time_is_limited(store: Path) -> None:
    began = time.monotonic()
    with pytest.raises(QueryLimitError, match=r"stopped after 0\.5 s"):
        answer(store, CROSS, timeout=0.5)
    assert time.monotonic() - began < 2


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_memory_is_limited(store: Path) -> None:
    with pytest.raises(QueryLimitError, match="stopped at 150 MiB of memory"):
        answer(store, CROSS, memory=150 << 20, timeout=20)


def test_a_slow_reader_does_not_stop_the_clock_for_good(store: Path) -> None:
    class Slow(io.BytesIO):
        def write(self, data: object, /) -> int:
            time.sleep(0.6)
            return super().write(data)  # type: ignore[arg-type]

    out = Slow()
    run(store, "SELECT * { ?a ?b ?c } LIMIT 5", out=out, timeout=0.5)
    assert out.getvalue().count(b"\r\n") >= 6


@pytest.mark.parametrize(
    "text", ["SELECT (" + "1+" * 100_000 + "1 AS ?x) {}", "ASK {" + "OPTIONAL{}" * 50_000 + "}"]
)
def test_a_crash_of_the_engine_is_one_clear_error(store: Path, text: str) -> None:
    with pytest.raises(QueryLimitError, match="the engine gave up on the query"):
        answer(store, text)


def test_deep_nesting_never_reaches_the_engine(store: Path) -> None:
    with pytest.raises(QueryLimitError, match="nested more than 100 deep"):
        answer(store, "ASK " + "{" * 5_000 + "}" * 5_000)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * {\n  ?s ex:name 1 2 }", "2:16: the query cannot be read from here: '2 }'"),
        ("SELECT * { ?s ex:name ?o", "1:25: the query cannot be read as it ends too early"),
        (
            "SELECT * { ?s ex:name 'a\\u00e5' . ?\\u0073 ex:name 1 2 }",
            "1:53: the query cannot be read from here: '2 }'",
        ),
        (
            "SELECT * { ?s ?p 'x }",
            "1:18: the query cannot be read: the quote that opens here is never closed",
        ),
        ("SELECT *\n\n{ ?s ?p ?o } LIMIT many", "3:20: the query cannot be read from here: 'many'"),
        ("SELECT * { FILTER(-1 < 2 'a'@sv^^) }", "1:26: the query cannot be read from here: \"'a'@sv^^) }\""),
        ("hello", "1:1: the query cannot be read from here: 'hello'"),
        ("", "1:1: the query cannot be read as it ends too early"),
        ("SELECT ?x ?x { ?x ?y ?z }", "the query cannot be read: Duplicated variable name in SELECT"),
        ("SELECT * {\n ?s xe:name ?o }", "2:5: the prefix 'xe:' is not declared"),
        (
            "SELECT (<http://f/>(1) AS ?x) {}",
            "the query failed: The custom function <http://f/> is not supported",
        ),
    ],
)
def test_errors_point_into_the_users_own_text(store: Path, text: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        answer(store, text)
    assert str(caught.value) == message


def test_a_prefix_that_nobody_declares_gets_a_hint(store: Path) -> None:
    with pytest.raises(QueryError) as caught:
        answer(store, "SELECT * { ?s xs:name ?o }")
    assert caught.value.hint == "did you mean 'xsd:'?"


@pytest.mark.parametrize(
    "value", ["v7 å", NASTY, '" } SERVICE <http://x/> { ?s ?p "x', "} # \\u0022", "?o", "\\"]
)
def test_a_parameter_is_a_term_whatever_it_contains(store: Path, value: str) -> None:
    text = "SELECT ?o { VALUES ?o { UNDEF } }"
    outcome, written = answer(store, text, params={"o": term(value)}, format="json")
    assert outcome.rows == 1
    assert json.loads(written)["results"]["bindings"][0]["o"] == {"type": "literal", "value": value}


def test_a_store_that_is_none_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="the store cannot be opened"):
        answer(tmp_path / "none", "ASK {}")


def test_a_reader_that_has_gone_ends_the_query_quietly(store: Path) -> None:
    class Gone(io.BytesIO):
        def write(self, data: object, /) -> int:
            raise BrokenPipeError

    began = time.monotonic()
    run(store, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", out=Gone())
    assert time.monotonic() - began < 5


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_an_interrupt_ends_the_worker_at_once(store: Path) -> None:
    code = """
        import io, sys
        from pathlib import Path
        from relgraph.sparql.run import run
        print("ready", flush=True)
        try:
            run(Path(sys.argv[1]), sys.argv[2], out=io.BytesIO(), memory=1 << 40)
        except KeyboardInterrupt:
            print("interrupted", flush=True)
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), str(store), CROSS], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.4)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        worker = children.read_text(encoding="ascii").split() if children.exists() else []
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.stdout.read() == "interrupted\n"
        assert time.monotonic() - began < 1
    assert not [pid for pid in worker if Path(f"/proc/{pid}").exists()]


def test_nothing_reaches_the_network(store: Path, listener: socket.socket) -> None:
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    queries = [
        f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
        f"PREFIX x: <{url}> SELECT * {{ SERVICESILENTx: {{ ?s ?p ?o }} }}",
        f"SELECT * {{ FILTER(1<'x>y') SERVICE SILENT <{url}> {{}} FILTER(1<'x>y') }}",
        f"SELECT * {{ FILTER(1<2#>'''\n) SERVICE SILENT <{url}> {{}} #'''\n }}",
        f"SELECT * {{ FILTER(1\\u003C'x>y') SERVICE SILENT <{url}> {{}} FILTER(1\\u003C'x>y') }}",
        f"SELECT * FROM <{url}> {{ ?s ?p ?o }}",
        f"LOAD <{url}>",
    ]
    for text in queries:
        with pytest.raises(QueryError):
            answer(store, text)
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_the_listener_would_have_heard_it(listener: socket.socket) -> None:
    """Guards the test above: the engine does call when asked directly."""
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    code = f"import pyoxigraph as o; list(o.Store().query('SELECT * {{ SERVICE SILENT <{url}> {{}} }}'))"
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        listener.settimeout(10)
        connection, _ = listener.accept()
        connection.close()
        process.kill()


def test_the_worker_imports_only_the_engine(store: Path) -> None:
    worker = Path(sys.modules["relgraph.sparql.run"].__file__ or "").with_name("worker.py")
    code = (
        "import sys, os\n"
        "leave = os._exit\n"
        "os._exit = lambda c: (print(*sorted(sys.modules), file=sys.stderr, flush=True), leave(c))\n"
        f"exec(compile(open({str(worker)!r}, encoding='utf-8').read(), 'worker', 'exec'))"
    )
    job = {
        "query": "ASK {}",
        "format": "CSV",
    }
    job |= {"prefixes": {}, "union": True, "limit": None, "seconds": 5}  # type: ignore[dict-item]
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, str(Path(ox.__file__).parent.parent), str(store)],
        input=marshal.dumps(job),
        capture_output=True,
        check=False,
    )
    assert done.stdout == b"true"
    loaded = set(done.stderr.rpartition(b"\0")[2].decode("ascii").split())
    assert "pyoxigraph" in str(loaded)
    assert not loaded & {"relgraph", "json", "typing", "socket", "subprocess", "rdflib", "site"}


def test_select_runs_in_this_process(store: Path) -> None:
    text = "SELECT ?s ?o ?none { VALUES ?s { UNDEF } ?s ex:name ?o } ORDER BY ?o"
    found = select(store, text, prefixes=PREFIXES, params={"s": "<http://ex/odd>"})
    assert found == Table(("s", "o", "none"), (("http://ex/odd", "1.5", ""), ("http://ex/odd", NASTY, "")))
    with pytest.raises(QueryError, match="expected a SELECT"):
        select(store, "ASK {}")


def test_a_table_for_people_has_short_names(store: Path) -> None:
    outcome, found = table(store, "SELECT * { ?s ex:name 'v7 å' BIND(2.50 AS ?n) }", prefixes=PREFIXES)
    assert outcome == Outcome("select", None, 1)
    assert dict(zip(found.columns, found.rows[0], strict=True)) == {"s": "ex:s007", "n": "2.5"}
    assert table(store, "DESCRIBE ex:s007", prefixes=PREFIXES)[1] == Table(
        ("subject", "predicate", "object"), (("ex:s007", "ex:name", "v7 å"),)
    )


def test_an_aligned_table_fits_its_width_and_moves_no_cursor() -> None:
    wide = Table(("n", "namn"), (("1", "Malmö \x1b[31mstad\nx"), ("20", "香港 " + "å" * 40)))
    assert render_table(wide, "table", 20).splitlines() == [
        " n  namn",
        "──  ────────────────",
        " 1  Malmö �[31mstad…",
        "20  香港 åååååååååå…",
    ]
    assert "\x1b[1m" in render_table(wide, "table", 20, colour=True)
    assert "å" * 40 in render_table(wide, "table")


def test_markdown_escapes_what_would_break_the_table() -> None:
    made = render_table(Table(("a", "b"), (("x|y\\", "1\n<b>&"),)), "markdown", 10, colour=True)
    assert made == "| a | b |\n| --- | --- |\n| x\\|y\\\\ | 1<br>&lt;b>&amp; |\n"


def test_a_worker_started_ahead_answers_and_an_unneeded_one_ends(store: Path) -> None:
    code = (
        "import sys, io; from pathlib import Path\n"
        "from relgraph.sparql import ahead; from relgraph.sparql.run import run\n"
        f"store = Path({str(store)!r}); ahead.warm(str(store))\n"
        "pid = next(iter(ahead.ready.values())).pid\n"
        "if sys.argv[1] == 'use': run(store, 'ASK {}', format='csv', out=sys.stdout.buffer)\n"
        "else: print(pid)"
    )
    used = subprocess.run([sys.executable, "-c", code, "use"], capture_output=True, check=True)
    assert used.stdout.strip() == b"true"
    unused = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, "no"], capture_output=True, check=True
    )
    deadline = time.monotonic() + 10
    while Path(f"/proc/{int(unused.stdout)}").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not Path(f"/proc/{int(unused.stdout)}").exists()
