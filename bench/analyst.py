"""What analysts and keepers wait for: ten queries, ``check``, ``build``, each beside what does the same."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from measure import HERE, process, turns
from questions import COUNT, FORMAL, NEIGHBOURS, complete

if TYPE_CHECKING:
    from run import Bench

#: ten questions that analysts ask, from one record to the whole graph
QUERIES = {
    "one record": "SELECT ?p ?o { :HOME ?p ?o } ORDER BY ?p ?o",
    "names by prefix": """SELECT ?x ?name { ?x rdfs:label ?name
        FILTER(LANG(?name) = "en" && STRSTARTS(?name, "B")) } ORDER BY ?name ?x LIMIT 50""",
    "formal cooperations": FORMAL,
    "shortcuts": "SELECT ?x { :HOME org:memberOf ?x } ORDER BY ?x",
    "in force in a year": """SELECT ?kind (COUNT(*) AS ?n) {
        ?r a rg:AffirmedRelationship , ?kind ; rg:latestBegin ?b ; rg:earliestEnd ?e .
        FILTER(?b <= "2019-12-31"^^xsd:date && ?e >= "2019-01-01"^^xsd:date) }
        GROUP BY ?kind ORDER BY DESC(?n) ?kind""",
    "unsettled readings": """SELECT ?r ?kind { ?r a rg:UnsettledRelationship ; rg:readsAs ?kind }
        ORDER BY ?r ?kind LIMIT 100""",
    "count by kind": COUNT,
    "neighbours": NEIGHBOURS,
    "derivations": """SELECT ?rule (COUNT(*) AS ?n) { ?d a rg:Derivation ; rg:rule ?rule }
        GROUP BY ?rule ORDER BY ?rule""",
    "pairs that share a party": """SELECT ?a ?b (COUNT(*) AS ?n) { ?x rg:party ?a , ?b
        FILTER(STR(?a) < STR(?b)) }
        GROUP BY ?a ?b ORDER BY DESC(?n) ?a ?b LIMIT 20""",
}
ADDED = 0.060  # seconds that the command may add to a short query
SHORT = 0.050  # a query for which the engine itself takes no longer than this is short
LONGER = 1.1


def analyst(bench: Bench) -> None:
    """6. Ten analyst queries as whole processes, against the engine by itself and, where it can, rdflib."""
    from run import Row, _in, _ratio, _shown

    for name in ["slice", *map(str, bench.sizes)]:
        project = bench.project(name)
        compiled = project.compiled()
        for question, query in QUERIES.items():
            path = bench.work / "analyst.rq"
            path.write_text(complete(query, compiled.base, compiled.home), encoding="utf-8")
            ours = [sys.executable, "-c", "from relgraph.__main__ import main; main()"]
            ours += ["--project", str(project.root), "query", "--format", "csv", str(path)]
            bare = [sys.executable, str(HERE / "asks_bare.py"), str(compiled.path), str(path)]
            nothing = bench.work / "nothing.rq"
            nothing.write_text("SELECT ?x { VALUES ?x { 1 } }", encoding="utf-8")
            empty = [*bare[:-1], str(nothing)]
            commands = {"relgraph": ours, "pyoxigraph": bare, "opening": empty}
            answers: dict[str, list[bytes]] = {}
            for side in ("relgraph", "pyoxigraph"):
                out: list[bytes] = []
                process(commands[side], bench.env, expect=out.append)
                answers[side] = sorted(out[0].splitlines())
            if answers["relgraph"] != answers["pyoxigraph"]:
                raise RuntimeError(f"{question} on {name}: the answers differ")
            timed = turns(
                {side: partial(process, command, bench.env) for side, command in commands.items()},
                max(3, bench.rounds),
                warm=1,
            )
            wall = {side: timing.wall for side, timing in timed.items()}
            engine = wall["pyoxigraph"] - wall["opening"]
            added, ratio = wall["relgraph"] - wall["pyoxigraph"], wall["relgraph"] / wall["pyoxigraph"]
            short = engine <= SHORT
            met = added <= ADDED if short else ratio <= LONGER
            target = "≤ 60 ms added" if short else "≤ 1.1 times"
            what = f"query, {question} ({len(answers['relgraph']) - 1} rows), {_shown(name)}"
            shown = (_in(wall["relgraph"], "ms"), f"{_in(wall['pyoxigraph'], 'ms')} (pyoxigraph)")
            bench.told(Row(what, *shown, f"{added * 1000:+.0f} ms, {_ratio(ratio)}", target, met))


def checking(bench: Bench) -> None:
    """7. `relgraph check` against pySHACL on the same graph, and `build`, all as whole processes."""
    from run import Row, _in, _ratio, _shown

    names = ["slice", *(str(size) for size in bench.sizes if size <= 1_000)]
    command = [sys.executable, "-c", "from relgraph.__main__ import main; main()", "--project"]
    for name in names:
        project = bench.project(name)
        turtle = bench.export(name, "ttl")
        sides = {
            "relgraph": [*command, str(project.root), "check"],
            "pyshacl": [
                *(sys.executable, str(HERE / "shacl_alone.py"), str(turtle), str(project.root / "ontology"))
            ],
        }
        timed = turns({side: partial(process, each, bench.env) for side, each in sides.items()}, 3)
        ratio = timed["relgraph"].wall / timed["pyshacl"].wall
        told = (_in(timed["relgraph"].wall, "s"), f"{_in(timed['pyshacl'].wall, 's')} (pySHACL)")
        bench.told(Row(f"`relgraph check`, {_shown(name)}", *told, _ratio(ratio)))
    project = bench.fresh("slice")
    whole = process([*command, str(project.root), "build"], bench.env)
    bench.told(
        Row("`relgraph build`, nothing there yet", _in(whole.wall, "s"), "", "", "< 30 s", whole.wall < 30)
    )
    again = turns(
        {"again": partial(process, [*command, str(project.root), "build"], bench.env)}, bench.rounds
    )
    wall = again["again"].wall
    bench.told(Row("`relgraph build`, nothing changed", _in(wall, "s"), "", "", "< 0.4 s", wall < 0.4))
