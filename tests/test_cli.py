"""The command line as a process: help, exit codes, input and output, formats, and what it does not import."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import to_isomorphic
from running import BASE, COMMAND, SOURCE, City, environment, process

from relgraph.cli import COMMANDS
from relgraph.sparql.formats import FORMATS

CITIES = "SELECT ?c ?name { ?c a rg:City ; rdfs:label ?name FILTER(LANG(?name) = 'sv') } ORDER BY ?name"
NAMED = "SELECT ?c { VALUES ?name { UNDEF } ?c rdfs:label ?name }"


# -- help ----------------------------------------------------------------------------------------------------


def help_of(*arguments: str) -> str:
    done = process([str(COMMAND), *arguments, "--help"], cwd=Path.cwd())
    assert done.code == 0, done.err
    return " ".join(done.out.split())


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_that_the_table_sums_up(name: str) -> None:
    line = COMMANDS[name][1]
    first = import_module(COMMANDS[name][0]).command.help.split("\n\n")[0]
    assert line.endswith(".")
    assert " ".join(first.split()).startswith(line.removesuffix("."))
    assert " ".join(first.split()) in help_of(name)


def test_the_table_lists_every_command_with_its_line() -> None:
    shown = help_of()
    for name, (_, line) in COMMANDS.items():
        assert f"{name} {line}" in shown


def test_every_module_of_a_command_is_in_the_table() -> None:
    folder = Path(import_module("relgraph.cli").__file__ or "").parent
    modules = {path.stem for path in folder.glob("*.py")} - {
        *("__init__", "common", "interrupts", "progress", "streams")
    }
    assert modules == {module.rsplit(".", 1)[1] for module, _ in COMMANDS.values()}


def test_every_option_and_subcommand_has_help() -> None:
    for name, (module, _) in COMMANDS.items():
        command = import_module(module).command
        for each in (command, *getattr(command, "commands", {}).values()):
            assert each.help, f"{name} {each.name}"


def test_help_needs_no_project(tmp_path: Path) -> None:
    assert process([str(COMMAND), "query", "--help"], cwd=tmp_path).code == 0
    assert process([str(COMMAND), "--version"], cwd=tmp_path).out.startswith("relgraph, version 0.")


# -- exit codes ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["check"], 0, ""),
        (["query", "-e", "ASK { :lindvik a rg:City }"], 0, ""),
        (["query", "-e", "ASK { :lindvik a rg:Visit }"], 1, ""),
        (["query", "-e", "SELECT ?x { ?x a rg:Visit }"], 0, ""),  # no rows are an answer
        (["qery"], 2, "No such command 'qery'. Did you mean 'query'?"),
        (["zzz"], 2, "No such command 'zzz'."),
        ([], 2, "Usage: relgraph"),
        (["query"], 2, "give either a FILE ('-' is standard input) or a query with -e"),
        (["query", "-e", "SELECT", "file.rq"], 2, "give either a FILE"),
        (["query", "nowhere.rq"], 2, "nowhere.rq cannot be read: No such file or directory"),
        (["query", "graph"], 2, "graph cannot be read: Is a directory"),
        (["query", "-e", "SELECT ?x { ?x a rg:City"], 2, "cannot be read"),
        (["query", "-e", "SELECT ?x { ?x a rq:City }"], 2, "the prefix 'rq:' is not declared"),
        (["query", "-e", "ASK { SERVICE <http://example.org/> { ?x ?y ?z } }"], 2, "SERVICE"),
        (["query", "--format", "turtle", "-e", "SELECT ?x { ?x ?y ?z }"], 2, "turtle does not fit SELECT"),
        (["query", "--format", "xls", "-e", "ASK {}"], 2, "'xls' is not one of"),
        (["query", "--param", "name", "-e", NAMED], 2, "write NAME=TERM"),
        (["query", "--param", "nam=x", "-e", NAMED], 2, "nam"),
        (["show"], 2, "Missing argument 'NAME"),
        (["show", "lindvik", "--lang", "de"], 2, "'de' is not one of 'sv', 'en'"),
        (["show", "atlantis"], 2, "nothing in the graph is called 'atlantis'"),
        (["export", "--format", "hdt"], 2, "'hdt' is not one of"),
        (["export", "-o", "report.txt/sub/x"], 2, "cannot be written"),
        (["export", "-o", "graph"], 2, "is a directory"),
        (["sources", "verify", "ar2031", "report.txt"], 2, "'ar2031' is no document with a text"),
        (["sources", "locate", "ar2030", "nowhere.txt", "x"], 2, "nowhere.txt cannot be read"),
        (["--project", "nowhere", "check"], 2, "nowhere"),
    ],
)  # fmt: skip
def test_exit_codes(built: City, arguments: list[str], code: int, told: str) -> None:
    done = built.run(*arguments)
    assert done.code == code, done.err
    assert told in " ".join(done.err.split())
    assert "Traceback" not in done.err
    assert (done.out == "") or code < 2


def test_outside_a_project_the_command_says_what_to_do(tmp_path: Path) -> None:
    done = process([str(COMMAND), "check"], cwd=tmp_path)
    assert done.code == 2
    assert "error: no graph/graph.yaml in " in done.err
    assert "hint: go into a project folder, or name one with --project" in done.err


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_an_interrupted_query_ends_with_130(built: City) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    running = subprocess.Popen(
        [str(COMMAND), "query", "-e", slow],
        cwd=built.root,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(1.5)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=30)
    assert (running.returncode, out) == (130, b""), err
    assert err.decode().strip() == "interrupted"


# -- where the project is ------------------------------------------------------------------------------------


def test_a_project_is_found_from_below_like_a_repository(built: City) -> None:
    below = built.root / "exports"
    assert built.run("show", "nordljus", cwd=below).code == 0
    assert built.run("show", "nordljus", cwd=built.root / "graph").code == 0
    elsewhere = built.run("--project", str(built.root), "show", "nordljus", cwd=Path("/"))
    assert elsewhere.out == built.ok("show", "nordljus")


# -- queries in, answers out ---------------------------------------------------------------------------------


def test_a_query_comes_from_a_file_from_stdin_or_from_the_command_line(built: City) -> None:
    file = built.root.parent / "cities.rq"
    file.write_bytes(b"\xef\xbb\xbf" + CITIES.encode())
    expected = (
        f"c,name\r\n{BASE}aberhaven,Aberhaven\r\n{BASE}lindvik,Lindvik\r\n{BASE}portogrande,Portogrande\r\n"
    )
    for arguments, stdin in (([str(file)], ""), (["-"], CITIES), (["-e", CITIES], "")):
        done = built.run("query", *arguments, stdin=stdin)
        assert (done.code, done.data.decode().replace("\r\n", "\n")) == (0, expected.replace("\r\n", "\n"))


def test_a_query_that_is_not_utf8_is_refused(built: City) -> None:
    done = built.run("query", "-", stdin="ASK { ?x rdfs:label 'Österå' }".encode("latin-1"))
    assert (done.code, done.err) == (2, "error: - is not UTF-8: byte 21\n")


@pytest.mark.parametrize("form", list(FORMATS))
def test_every_format_is_written_and_can_be_read(built: City, form: str) -> None:
    graph = "select" not in FORMATS[form].forms
    query = "CONSTRUCT { ?c a rg:City } WHERE { ?c a rg:City }" if graph else CITIES
    text = built.ok("query", "--format", form, "-e", query)
    if graph:
        formats = {"turtle": "TURTLE", "ntriples": "N_TRIPLES", "jsonld": "JSON_LD", "rdfxml": "RDF_XML"}
        if form in formats:
            parsed = list(ox.parse(text.encode(), format=getattr(ox.RdfFormat, formats[form])))
            assert len(parsed) == 3
    elif form in ("table", "markdown"):
        lines = text.splitlines()
        assert len(lines) == 5
        assert [line for line in lines if ":lindvik" in line and "Lindvik" in line]
    elif form == "json":
        assert len(json.loads(text)["results"]["bindings"]) == 3
    elif form == "xml":
        assert len(ElementTree.fromstring(text).findall(".//{*}result")) == 3
    elif form == "csv":
        assert [row[1] for row in csv.reader(io.StringIO(text))][1:] == [
            "Aberhaven",
            "Lindvik",
            "Portogrande",
        ]
    else:
        assert text.splitlines()[1] == f'<{BASE}aberhaven>\t"Aberhaven"@sv'


def test_a_pipe_gets_csv_and_turtle(built: City) -> None:
    assert built.ok("query", "-e", CITIES).startswith("c,name")
    assert "rg:City" in built.ok("query", "-e", "CONSTRUCT { ?c a rg:City } WHERE { ?c a rg:City }")


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ('"Lindvik"@sv', ["lindvik"]),
        ("Lindvik", []),  # a plain string is no text in Swedish
        ('"Aberhaven"@en', ["aberhaven"]),
        ("Lindvik\"@sv } ?c ?p ?o . VALUES ?z { 'x", []),
        ('"Lindvik"@sv } UNION { ?c ?p ?o', []),
        ("\\", []),
        ("'", []),
        ('""""', []),
        ("<https://example.org/x> <y>", []),
        ("\n# comment", []),
    ],
)
def test_a_parameter_is_one_term_whatever_it_holds(built: City, value: str, found: list[str]) -> None:
    done = built.run("query", "--param", f"name={value}", "-e", NAMED)
    assert done.code == 0, done.err
    assert [line.removeprefix(BASE) for line in done.lines[1:]] == found


def test_a_quoted_text_finds_itself(city: City) -> None:
    name = 'Åse "Ö" \\ {x} #1'
    yaml = "'" + name.replace("'", "''") + "'"
    city.add(f"- id: odd\n  type: City\n  name: {{sv: {yaml}, en: Odd}}\n  {SOURCE}")
    done = city.run("query", "--param", f'name="{name}"@sv', "-e", NAMED)
    assert done.lines[1:] == [f"{BASE}odd"], done.err


def test_parameters_may_be_names_and_numbers(built: City) -> None:
    assert built.ok("query", "--param", "c=:lindvik", "-e", "ASK { VALUES ?c { UNDEF } ?c a rg:City }")
    query = "SELECT ?x { VALUES ?n { UNDEF } ?x rg:count ?n }"
    assert built.ok("query", "--param", "?n=3", "-e", query).split()[1:] == [
        f"{BASE}meetings-with-aberhaven-2030"
    ]


def test_more_rows_than_asked_for_are_told(built: City) -> None:
    done = built.run("query", "--max-rows", "2", "-e", "SELECT ?s { ?s ?p ?o }")
    assert done.code == 2
    assert len(done.lines) == 3
    assert "stopped after 2 rows" in done.err


# -- output --------------------------------------------------------------------------------------------------


def test_output_is_replaced_whole_or_not_at_all(built: City, tmp_path: Path) -> None:
    target = tmp_path / "answer.csv"
    target.write_text("old", encoding="utf-8")
    failed = built.run("query", "-o", str(target), "--max-rows", "1", "-e", "SELECT ?s { ?s ?p ?o }")
    assert failed.code == 2
    assert target.read_text(encoding="utf-8") == "old"
    built.ok("query", "-o", str(target), "-e", CITIES)
    assert len(target.read_text(encoding="utf-8").splitlines()) == 4
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".csv"] == ["answer.csv"]
    assert not list(tmp_path.glob(".answer*"))


def test_output_to_a_dash_is_stdout(built: City) -> None:
    assert built.ok("query", "-o", "-", "-e", CITIES) == built.ok("query", "-e", CITIES)


@pytest.mark.skipif(os.name != "posix", reason="a shell pipe")
@pytest.mark.parametrize(
    "command", ["query -e 'SELECT ?s ?p ?o { ?s ?p ?o }'", "export", "show aberhaven", "map -o -"]
)
def test_a_reader_that_leaves_early_is_no_error(built: City, command: str) -> None:
    line = f"set -o pipefail; {COMMAND} {command} | head -c 1 > /dev/null; echo ${{PIPESTATUS[0]}}"
    done = process(["bash", "-c", line], cwd=built.root)
    assert done.err == ""
    assert done.out.strip() in ("0", "141")


@pytest.mark.parametrize("variables", [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}])
def test_output_is_utf8_whatever_the_locale(built: City, variables: dict[str, str]) -> None:
    plain = City(built.root, {"PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", **variables})
    done = plain.run("show", "nordljus-annual-meeting-2030")
    assert done.code == 0, done.err
    assert "Nordljus årsmöte 2030" in done.out
    query = plain.run("query", "-", stdin='SELECT ("åäö" AS ?x) {}')
    assert query.data.decode("utf-8").splitlines() == ["x", "åäö"], query.err


def test_problems_are_utf8_whatever_the_locale(city: City) -> None:
    city.add(f"- id: nordhamn-ö\n  type: Visit\n  visited: lindvik\n  {SOURCE}", "extra.yaml")
    city.env.update(LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert "'nordhamn-ö' cannot be an id" in city.run("check").out
    assert "'nordhamn-ö' cannot be an id" in city.run("build").err


def test_arguments_may_be_utf8_in_the_c_locale(built: City) -> None:
    assert built.run("show", "Nordljus Årsmöte 2030", LC_ALL="C").code == 0
    assert "åäö" in built.run("query", "-e", 'SELECT ("åäö" AS ?x) {}', LC_ALL="C").out


def test_export_gives_the_same_triples_in_each_format(built: City) -> None:
    turtle = rdflib.Graph()
    turtle.parse(data=built.ok("export", "--format", "turtle"), format="turtle")
    assert len(turtle) > 600
    whole = to_isomorphic(turtle)
    for form, engine in (("trig", ox.RdfFormat.TRIG), ("nquads", ox.RdfFormat.N_QUADS)):
        quads = list(ox.parse(built.ok("export", "--format", form).encode(), format=engine))
        assert {str(quad.graph_name) for quad in quads} == {
            f"<{BASE}graph/{g}>" for g in ("asserted", "derived")
        }
        union = rdflib.Graph()
        union.parse(data="\n".join(f"{quad.triple} ." for quad in quads), format="nt")
        assert to_isomorphic(union) == whole
    parsed = ox.parse(built.ok("export").encode(), format=ox.RdfFormat.TURTLE)
    written = [(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in parsed]
    assert written == sorted(written)
    ontology = [s for s in turtle.subjects() if str(s).startswith("https://w3id.org/relgraph/ontology#")]
    assert ontology == []


def test_sources_tell_what_is_covered(built: City) -> None:
    listed = built.ok("sources", "list")
    assert "ar2030" in listed
    assert "818" in listed
    assert built.run("sources", "verify", "ar2030", "report.txt").code == 0
    located = built.ok("sources", "locate", "ar2030", "report.txt", "tre möten")
    assert 'document: ar2030, section: "2", range: [' in located
    missing = built.run("sources", "locate", "ar2030", "report.txt", "fyra möten")
    assert (missing.code, missing.out) == (1, "")


# -- what a command pays for ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [["query", "-e", "ASK { :lindvik a rg:City }"], ["show", "lindvik"], ["--help"], ["show", "--help"]],
)
def test_a_light_command_imports_nothing_heavy(built: City, arguments: list[str]) -> None:
    program = (
        "import sys\nfrom relgraph.cli import main\n"
        "try:\n    main(sys.argv[1:])\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        "names = {'rdflib', 'networkx', 'pyvis', 'pyshacl', 'jinja2', 'yaml', 'IPython', 'numpy'}\n"
        "heavy = names & set(sys.modules)\n"
        "print('heavy:', sorted(heavy), file=sys.stderr)\n"
    )
    built.ok("show", "lindvik")  # the store is there: nothing is compiled
    done = process([sys.executable, "-c", program, *arguments], cwd=built.root)
    assert done.code == 0, done.err
    assert done.err.strip() == "heavy: []"
