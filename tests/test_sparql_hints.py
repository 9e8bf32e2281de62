"""What a query that finds nothing is told: names of its own that occur nowhere, or never in that role."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import City
from sparql_corpus import CORPUS, PREFIXES, data, write_store

from relgraph.sparql import process
from relgraph.sparql.hints import HINTS, why_nothing
from relgraph.sparql.lexer import inspect
from relgraph.sparql.mentions import mentions
from relgraph.sparql.run import Limits, Outcome, table


def asked(text: str) -> list[str]:
    return [f"{mention.text} {mention.role}" for mention in mentions(inspect(text), PREFIXES)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("SELECT * { ?s :p :o . :s ?p ?o }", [":p property", ":o node", ":s node"]),
        ("SELECT * { ?s a :C , :D ; :p 1 }", [":C class", ":D class", ":p property"]),
        ("SELECT * { ?s rdf:type :C }", ["rdf:type property", ":C class"]),
        ("SELECT * { ?s a/:p* :C }", [":p property", ":C node"]),
        ("SELECT * { ?s ^:p/(:q|:r+)? [ :t :u ] }", [f":{n} property" for n in "pqrt"] + [":u node"]),
        ("SELECT * { ?s !:p ?o . ?s !(:q|^:r) ?x }", []),
        ("SELECT * { ?s :p ( :a [ :q :b ] ) , :c . }", [":p property", ":a node", ":q property", ":b node",
                                                     ":c node"]),
        ("SELECT * { ( :a ) :p [] . [ :q 1 ] :r 2 }",
         [":a node", ":p property", ":q property", ":r property"]),
        ("PREFIX : <http://x/> BASE <http://y/> SELECT * FROM :g { ?s <p> 'x'^^:T }", ["<p> property"]),
        ("SELECT (:f(?x) AS ?y) { FILTER :g(?x) FILTER(:h(?x, :c) = :d) } ORDER BY :i(?x)",
         [":c node", ":d node"]),
        ("SELECT * { FILTER(DATATYPE(?x) = :T) BIND(STRDT('1', :T) AS ?z) }", []),
        ("SELECT * { FILTER(?x = xsd:integer || ?y IN (:a, :b) || ?z != :c) }", [":a node", ":b node"]),
        ("SELECT * { GRAPH :g { ?s :p ?o } MINUS { ?s :q :r } }", [":g graph", ":p property"]),
        ("SELECT * { ?s :p ?o FILTER NOT EXISTS { ?s :q ?x } FILTER EXISTS { ?s :r ?y } }",
         [":p property", ":r property"]),
        ("CONSTRUCT { ?s :made :up } WHERE { ?s :p ?o }", [":p property"]),
        ("CONSTRUCT WHERE { ?s :p :o }", [":p property", ":o node"]),
        ("DESCRIBE :a :b", [":a node", ":b node"]),
        ("DESCRIBE :a { :a :p ?b }", [":a node", ":p property"]),
        ("SELECT * { VALUES (?a ?b) { (:x 1) (UNDEF :y) } ?a :p ?b } VALUES ?c { :z }",
         [":x node", ":y node", ":p property", ":z node"]),
        ("SELECT ?a { { SELECT ?a (:f(?b) AS ?c) { ?a :p ?b } GROUP BY ?a (:f(?c)) } ?a :q ( :l ) }",
         [":p property", ":q property", ":l node"]),
        ("SELECT * { << :s :p :o >> :q <<( :a a :C )>> . ?s :t ?o {| :r :x |} ; :v 1 }",
         [":s node", ":p property", ":o node", ":q property", ":a node", ":C class", ":t property",
          ":r property", ":x node", ":v property"]),
        ("SELECT * { ?s \\u003Ap ?o ; :x\\-y ':no' # :no\n }", [":p property", ":x\\-y property"]),
        ("SELECT * { ?s <no scheme> ?o ; <rel> 1 }", []),
    ],
)  # fmt: skip
def test_which_names_a_query_wants_matched(text: str, names: list[str]) -> None:
    assert asked(text) == names


def test_no_query_of_the_corpus_is_too_odd_to_look_at() -> None:
    roles = {role for query in CORPUS for _, _, role in mentions(inspect(query.text), PREFIXES)}
    assert roles == {"property", "class", "graph", "node"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SELECT * { ?s :twni ?o }", ["0 rows: `:twni` occurs nowhere in the graph (did you mean :twin?)"]),
        ("SELECT * { ?s rdf:twin ?o }",
         ["0 rows: `rdf:twin` occurs nowhere in the graph (did you mean :twin?)"]),
        ("SELECT * { ?s a :Citty }", ["0 rows: `:Citty` occurs nowhere in the graph (did you mean :City?)"]),
        ("SELECT * { ?s :City ?o }", ["0 rows: `:City` occurs in the graph, but never as a property"]),
        ("SELECT * { ?s a :malmo }", ["0 rows: `:malmo` is defined, but nothing is of that class"]),
        ("SELECT * { ?s a :role }", ["0 rows: `:role` is a property, and nothing is of that class"]),
        ("SELECT * { ?s :role ?o }", ["0 rows: `:role` is defined, but no statement uses it"]),
        ("SELECT * { GRAPH :derivd { ?s ?p ?o } }", ["0 rows: `:derivd` is no graph of this dataset"]),
        ("SELECT * { ?s :twin :ubc }", []),
        ("SELECT * { ?s :name 'zzzz' }", []),
        ("ASK { ?s :zzzz9 ?o }", ["false: `:zzzz9` occurs nowhere in the graph"]),
        ("CONSTRUCT { ?s :new 1 } WHERE { ?s :zzzz9 ?o }",
         ["0 triples: `:zzzz9` occurs nowhere in the graph"]),
        ("DESCRIBE <http://no/where>", ["0 triples: `<http://no/where>` occurs nowhere in the graph"]),
        ("SELECT (COUNT(*) AS ?n) { ?s :zzzz9 ?o }",
         ["the count is 0: `:zzzz9` occurs nowhere in the graph"]),
        ("SELECT (GROUP_CONCAT(?o) AS ?n) (SUM(?o) AS ?m) (MIN(?o) AS ?k) { ?s :zzzz9 ?o }",
         ["the count is 0: `:zzzz9` occurs nowhere in the graph"]),
        ("SELECT (COUNT(*) + 1 AS ?n) { ?s :zzzz9 ?o }", []),
        ("SELECT * { ?s a :City OPTIONAL { ?s :zzzz9 ?o } }", []),
    ],
)  # fmt: skip
def test_what_is_told(store: Path, text: str, told: list[str]) -> None:
    for format in ("csv", "tsv", "json", "xml", "table"):
        found = explain(store, text, format)
        assert found == told, format
        if text.startswith(("CONSTRUCT", "DESCRIBE")):
            break


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_store(tmp_path_factory.mktemp("hints") / "store")
    with (folder / "whole.nq").open("a", encoding="utf-8") as file:
        rdf = PREFIXES["rdf"]
        file.write(f"<http://ex/role> <{rdf}type> <{rdf}Property> <http://ex/asserted> .\n")
    return folder


def explain(store: Path, text: str, format: str) -> list[str]:
    import io

    from relgraph.sparql.run import run

    form = inspect(text).form
    if format == "csv" and form in ("construct", "describe"):
        format = "ntriples"
    outcome = run(store, text, prefixes=PREFIXES, format=format, out=io.BytesIO())
    return why_nothing(store, text, outcome, prefixes=PREFIXES)


def test_a_parameter_is_a_name_too(store: Path) -> None:
    text = "SELECT * { VALUES ?c { UNDEF } ?c :twin ?o }"
    params = {"c": "<http://ex/malmoe>"}
    outcome, _ = table(store, text, prefixes=PREFIXES, params=params)
    assert why_nothing(store, text, outcome, prefixes=PREFIXES, params=params) == [
        "0 rows: `--param c :malmoe` occurs nowhere in the graph (did you mean :malmo?)"
    ]


def test_a_handful_is_told_at_most(store: Path) -> None:
    text = f"SELECT * {{ ?s {' ; '.join(f':no{i} ?o{i}' for i in range(40))} }}"
    assert len(why_nothing(store, text, Outcome("select", None, 0), prefixes=PREFIXES)) == HINTS


def test_nothing_is_asked_where_there_are_rows(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def start(job: object) -> None:
        raise AssertionError(job)

    monkeypatch.setattr(process, "start", start)
    text = "SELECT * { ?s :zzzz9 ?o }"
    for outcome in (Outcome("select", None, 1), Outcome("ask", True), Outcome("construct", None, 3)):
        assert why_nothing(store, text, outcome, prefixes=PREFIXES) == []


def test_a_search_that_takes_too_long_is_given_up(store: Path) -> None:
    text = "SELECT * { ?s :zzzz9 ?o }"
    none = Outcome("select", None, 0)
    assert why_nothing(store, text, none, prefixes=PREFIXES, limits=Limits(timeout=0.0001)) == []
    assert why_nothing(store / "gone", text, none, prefixes=PREFIXES) == []


def test_the_command_tells_it_on_stderr_and_nothing_else_changes(built: City) -> None:
    for query, code, out, err in (
        ("SELECT ?x { ?x a rg:Citty }", 0, "x\n",
         "0 rows: `rg:Citty` occurs nowhere in the graph (did you mean rg:City?)\n"),
        ("SELECT (COUNT(*) AS ?n) { ?x a rg:Visit }", 0, "n\n0\n",
         "the count is 0: `rg:Visit` is defined, but nothing is of that class\n"),
        ("ASK { :lindvik rg:nonsuch ?y }", 1, "false", "false: `rg:nonsuch` occurs nowhere in the graph\n"),
        ("SELECT ?x { ?x a rg:City OPTIONAL { ?x rg:nonsuch ?y } } LIMIT 0", 0, "x\n",
         "0 rows: `rg:nonsuch` occurs nowhere in the graph\n"),
        ("SELECT (1 AS ?x) { OPTIONAL { ?y rg:nonsuch ?z } }", 0, "x\n1\n", ""),
    ):  # fmt: skip
        done = built.run("query", "--format", "csv", "-e", query)
        assert (done.code, done.out.replace("\r", ""), done.err) == (code, out, err)


def test_the_data_has_what_these_tests_take_for_granted() -> None:
    assert data().query("ASK { GRAPH ?g { <http://ex/malmo> <http://ex/twin> ?o } }")
