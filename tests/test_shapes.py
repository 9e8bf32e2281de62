"""The loader and pySHACL read the same shapes: nothing on the city, and the same on the same faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from running import CITY, RG, SOURCE, City

from relgraph.loading import Dataset
from relgraph.model import Problem, Record, Ref, Term, Text, Typed, Value
from relgraph.project import find_project
from relgraph.shapes import validate

XSD = "http://www.w3.org/2001/XMLSchema#"

#: a record with one fault each, and the keys at which both must find it
FAULTY = f"""
- id: no-visited
  type: Visit
  visitor: lindvik
  {SOURCE}
- id: one-twin
  type: Twinning
  name: {{sv: x, en: x}}
  party: [lindvik]
  {SOURCE}
- id: two-networks
  type: Membership
  member: lindvik
  organization: [nordljus, nordljus-scenforum]
  {SOURCE}
- id: unknown-visited
  type: Visit
  visited: atlantis
  {SOURCE}
- id: meeting-as-member
  type: Membership
  member: nordljus-annual-meeting-2030
  organization: nordljus
  {SOURCE}
- id: no-source
  type: Visit
  visited: aberhaven
- id: nameless
  type: City
  {SOURCE}
- id: no-level
  type: ActivityAssessment
  of: lindvik-aberhaven-twinning
  during: 2030
  {SOURCE}
- id: assessed-city
  type: StatusAssessment
  of: lindvik
  during: 2030
  legalStatus: formal
  {SOURCE}
- id: unnamed-agreement
  type: Agreement
  party: lindvik
  {SOURCE}
"""


def faults_of(
    problems: tuple[Problem, ...] | list[Problem], records: Mapping[str, Record]
) -> set[tuple[str, str]]:
    """(record, key) of each problem; a missing key is told at the beginning of its record, as no key."""
    found = set()
    for problem in problems:
        assert problem.position is not None
        for record in records.values():
            if record.position == problem.position:
                found.add((record.id, ""))
            for key, position in record.positions.items():
                if (position.file, position.line) == (problem.position.file, problem.position.line):
                    found.add((record.id, "" if key == "id" else key))
    return found


def test_pyshacl_finds_nothing_on_the_city(city: City) -> None:
    done = city.run("check", "--shacl")
    assert (done.code, done.out) == (0, "")


def test_pyshacl_is_asked_only_where_told(city: City) -> None:
    city.add("- id: no-source\n  type: Visit\n  visited: aberhaven\n")
    done = city.run("check", "--shacl")
    assert done.code == 1
    assert "RG107" in done.out
    assert "RG501" not in done.out


def test_loader_and_pyshacl_find_the_same_faults(city: City) -> None:
    city.add(FAULTY, "faulty.yaml")
    project = find_project(city.root)
    checked = project.check()
    records = checked.dataset.by_id()
    loaded = [p for p in checked.errors if p.code in ("RG104", "RG106", "RG107", "RG108", "RG109")]
    assert loaded == list(checked.errors)
    shacl = validate(checked.dataset, checked.vocabulary, project.ontology_files())
    assert {p.code for p in shacl} == {"RG501"}
    expected = {
        ("no-visited", ""),
        ("one-twin", ""),  # too few: at the record for the one, at the key for the other
        ("two-networks", "organization"),
        ("unknown-visited", "visited"),
        ("meeting-as-member", "member"),
        ("no-source", ""),
        ("nameless", ""),
        ("no-level", ""),
        ("assessed-city", "of"),
        ("unnamed-agreement", ""),
    }
    assert faults_of(loaded, records) == expected
    by_shacl = {("one-twin", "") if f[0] == "one-twin" else f for f in faults_of(shacl, records)}
    assert by_shacl == expected


def changed(dataset: Dataset, id_: str, key: str, *values: Value) -> Dataset:
    """The dataset with other values of one key, such as the loader would refuse to type."""
    records = tuple(
        replace(r, values={**r.values, key: values}) if r.id == id_ else r for r in dataset.records
    )
    return replace(dataset, records=records)


def test_what_the_loader_refuses_to_type_is_refused_by_pyshacl_too() -> None:
    """The loader drops such a value (RG106, RG115); made by hand, pySHACL must find it."""
    project = find_project(CITY)
    checked = project.check()
    dataset = checked.dataset
    mutations: list[tuple[str, str, tuple[Value, ...], str]] = [
        ("meetings-with-aberhaven-2030", "count", (Typed("3.5", f"{XSD}decimal"),), "count: 3.5"),
        ("contact-only-with-aberhaven-2030", "level", (Term(f"{RG}formal"),), "level: formal"),
        (
            "aberhaven-contacts-culture-office",
            "regularity",
            (Term(f"{RG}regularly"),),
            "regularity: regularly",
        ),
        ("lindvik-in-nordljus", "certainty", (Term(f"{RG}surely"),), "certainty: surely"),
        ("cancelled-journey-2030", "cause", (Text("storm"),), "cause: storm"),
        (
            "portogrande-negotiation",
            "party",
            (Ref("lindvik"), Term(f"{RG}formal")),
            "party: [lindvik, formal]",
        ),
        ("lindvik-aberhaven-twinning", "name", (Text("a", "sv"), Text("b", "sv")), "name: {sv: [a, b]}"),
    ]
    for id_, key, values, _ in mutations:
        dataset = changed(dataset, id_, key, *values)
    found = {
        (record, key)
        for p in validate(dataset, checked.vocabulary, project.ontology_files())
        for record, key in faults_of([p], dataset.by_id())
    }
    assert found == {
        (id_, key if key in dataset.by_id()[id_].positions else "") for id_, key, _, _ in mutations
    }


def test_the_loader_refuses_each_of_them_where_it_stands(city: City) -> None:
    lines = {
        "  count: 3\n": "  count: 3.5\n",
        "  level: contact-only\n": "  level: formal\n",
        "  regularity: regular\n": "  regularity: regularly\n",
        "  cause: {sv: storm, en: a storm}\n": "  cause: storm\n",
        "  party: [lindvik, portogrande]\n": "  party: [lindvik, formal]\n",
        "  name: {sv: vänortsrelationen mellan Lindvik och Aberhaven,": "  name: {sv: [a, b],",
    }
    for old, new in lines.items():
        city.replace(old, new)
    told = [line.split(": error ")[1].split()[0] for line in city.run("check").lines if ": error " in line]
    assert sorted(told) == ["RG104", "RG106", "RG106", "RG108", "RG115", "RG115"]


#: what only SHACL sees: bounds, citations, ranges, aliases and sections are no keys of a record
ONLY_SHACL = """
@prefix : <https://example.org/lindvik/ontology#> .
@prefix rg: <https://w3id.org/relgraph/ontology#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def found_with(city: City, shape: str) -> list[str]:
    """What ``check --shacl`` tells with more shapes: ``file:line: the text from its column on``."""
    folder = city.root / "ontology"
    folder.mkdir(exist_ok=True)
    (folder / "only-shacl.ttl").write_text(ONLY_SHACL + shape, encoding="utf-8")
    done = city.run("check", "--shacl")
    assert "Traceback" not in done.err
    found = []
    for line in done.lines:
        place, _, rest = line.partition(": ")
        if " RG501 " not in f" {rest}":
            continue
        file, number, column = place.split(":")
        text = (city.root / file).read_text(encoding="utf-8").splitlines()[int(number) - 1]
        found.append(f"{file}:{number}: {text[int(column) - 1 :]}")
    return found


@pytest.mark.parametrize(
    ("bound", "limit", "expected"),
    [
        (
            "earliestBegin",
            'sh:maxInclusive "2030-06-01"^^xsd:date',
            [
                "entities.yaml:39: date: 2030-10",
                "entities.yaml:44: date: 2032",
                "relationships.yaml:67: date: 2030-10",
                "relationships.yaml:105: date: 2032",
            ],
        ),
        (
            "latestEnd",
            'sh:minInclusive "2030-01-01"^^xsd:date',
            ["relationships.yaml:61: to: 2029", "relationships.yaml:74: date: 2029"],
        ),
        (
            "latestBegin",
            'sh:minInclusive "2026-01-01"^^xsd:date',
            ["relationships.yaml:5: from: 2025", "relationships.yaml:20: from: 1998"],
        ),
        (
            "earliestEnd",  # the beginning, where nothing else says how long it lasted at least
            'sh:minInclusive "2029-01-01"^^xsd:date',
            ["relationships.yaml:20: from: 1998", "relationships.yaml:46: id: port-company-portogrande"],
        ),
    ],
)
def test_a_bound_is_told_at_the_time_key_that_it_comes_from(
    city: City, bound: str, limit: str, expected: list[str]
) -> None:
    shape = f":S a sh:NodeShape ; sh:targetClass rg:Record ; sh:property [ sh:path rg:{bound} ; {limit} ] ."
    assert found_with(city, shape) == [f"graph/{line}" for line in expected]


def test_a_bound_that_two_keys_could_give_is_told_at_the_one_that_gives_it(city: City) -> None:
    city.add(
        f"- id: x\n  type: Membership\n  member: lindvik\n  organization: nordljus\n"
        f"  from: 2011\n  observedIn: 2030\n  to: 2040\n  {SOURCE}\n",
        "extra.yaml",
    )
    target = ":S a sh:NodeShape ; sh:targetNode <https://example.org/lindvik/x> ;"
    day = '"1900-01-01"^^xsd:date'
    for bound, line in (
        ("earliestBegin", "5: from: 2011"),
        ("latestBegin", "5: from: 2011"),
        ("earliestEnd", "7: to: 2040"),
        ("latestEnd", "7: to: 2040"),
    ):
        shape = f"{target} sh:property [ sh:path rg:{bound} ; sh:maxInclusive {day} ] ."
        assert found_with(city, shape) == [f"graph/extra.yaml:{line}"]
    city.path("extra.yaml").write_text(
        city.path("extra.yaml").read_text(encoding="utf-8").replace("  to: 2040\n", ""), encoding="utf-8"
    )
    shape = f"{target} sh:property [ sh:path rg:earliestEnd ; sh:maxInclusive {day} ] ."
    assert found_with(city, shape) == ["graph/extra.yaml:6: observedIn: 2030"]


CITED = '{document: ar2030, section: "1", range: '


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (  # one range, and the two records that cite it
            (
                "sh:targetClass oa:TextPositionSelector ; sh:property [ sh:path oa:start ;"
                " sh:not [ sh:in ( 384 ) ] ]"
            ),
            [
                f"graph/relationships.yaml:50: {CITED}[384, 420]",
                f"graph/relationships.yaml:55: {CITED}[384, 420]",
            ],
        ),
        (  # the second source of a record, not its first
            "sh:targetClass rg:Citation ; sh:property [ sh:path rg:certainty ; sh:hasValue rg:stated ]",
            [f"graph/relationships.yaml:24: {CITED}[190, 223], supports: [legalStatus]"],
        ),
        (  # through the record: told at the very item
            (
                "sh:targetClass rg:Twinning ; sh:property [ sh:path prov:wasDerivedFrom ;"
                " sh:node [ sh:property [ sh:path rg:certainty ; sh:hasValue rg:stated ] ] ]"
            ),
            [f"graph/relationships.yaml:24: {CITED}[190, 223], supports: [legalStatus]"],
        ),
        (
            'sh:targetSubjectsOf oa:hasSelector ; sh:property [ sh:path rg:section ; sh:in ( "1" "2" ) ]',
            [
                'graph/entities.yaml:4: {document: ar2030, section: "0", range: [0, 29]}',
                'graph/entities.yaml:4: {document: ar2030, section: "0", range: [31, 56]}',
            ],
        ),
        (  # a longer path
            (
                "sh:targetClass rg:RoleTenure ; sh:property [ sh:path "
                "( prov:wasDerivedFrom oa:hasSelector oa:end ) ; sh:maxInclusive 100 ]"
            ),
            ["graph/relationships.yaml:15: source: "],
        ),
        (
            "sh:targetClass skosxl:Label ; sh:property [ sh:path skosxl:literalForm ; sh:maxLength 3 ]",
            ["graph/entities.yaml:16: {name: Aberhafen, status: misspelling, source: {document: ar2030"],
        ),
        (
            (
                "sh:targetNode <https://example.org/lindvik/aberhaven> ;"
                " sh:property [ sh:path skos:hiddenLabel ; sh:maxLength 3 ]"
            ),
            ["graph/entities.yaml:16: {name: Aberhafen, status: misspelling, source: {document: ar2030"],
        ),
        (  # what an alias itself rests on
            (
                "sh:targetObjectsOf prov:wasDerivedFrom ; sh:property [ sh:path oa:hasSelector ;"
                " sh:node [ sh:not [ sh:property [ sh:path oa:start ; sh:hasValue 212 ] ] ] ]"
            ),
            [f"graph/entities.yaml:16: {CITED}[212, 223]"],
        ),
        (
            'sh:targetClass rg:Section ; sh:property [ sh:path rg:section ; sh:in ( "0" "1" ) ]',
            ['graph/sources.yaml:11: {number: "2", name: {sv: Händelser}, range: [488, 818]}'],
        ),
        (
            (
                "sh:targetClass rg:Document ; sh:property [ sh:path rg:periodEnd ;"
                ' sh:maxInclusive "2020-12-31"^^xsd:date ]'
            ),
            ['graph/sources.yaml:4: period: "2030"'],
        ),
        (
            "sh:targetClass rg:Graph ; sh:property [ sh:path rg:homeCity ; sh:hasValue rg:elsewhere ]",
            ["graph/graph.yaml:3: homeCity: lindvik"],
        ),
        (  # a term of the project's own ontology, and a list in it
            (
                "sh:targetNode :own ; sh:property [ sh:path skos:notation ; sh:minCount 1 ]"
                ' . :own a rg:Certainty ; rg:unusedBecause "a test"'
            ),
            ["ontology/only-shacl.ttl:11: :own a rg:Certainty"],
        ),
    ],
)
def test_nodes_that_the_compiler_makes_are_told_at_what_they_are_made_of(
    city: City, shape: str, expected: list[str]
) -> None:
    found = found_with(city, f":S a sh:NodeShape ; {shape} .".replace(" . :own", " .\n:own"))
    assert len(found) == len(expected), found
    for line, beginning in zip(found, expected, strict=True):
        assert line.startswith(beginning)


def test_a_result_says_whose_what_and_which_shape(city: City) -> None:
    (city.root / "ontology").mkdir()
    shape = (
        ":TooLate a sh:NodeShape ; sh:targetNode <https://example.org/lindvik/hosting-2032> ; "
        'sh:property [ sh:path rg:latestEnd ; sh:severity sh:Warning ; sh:message "too late"@en ; '
        'sh:maxInclusive "2031-12-31"^^xsd:date ] .'
    )
    assert found_with(city, shape) == ["graph/relationships.yaml:105: date: 2032"]
    done = city.run("check", "--shacl")
    assert done.lines == [
        (
            "graph/relationships.yaml:105:3: warning RG501 'hosting-2032', date (latestEnd): too late "
            "(the shape is TooLate)"
        )
    ]
    assert done.code == 0
    assert city.run("check", "--shacl", "--strict").code == 1


@pytest.mark.parametrize(
    "constraint", ['sh:minLength "x"', "sh:class 7", "sh:or 3", 'sh:equals "x"', "sh:in 5", "sh:pattern 3"]
)
def test_a_shape_that_pyshacl_cannot_use_is_a_problem_and_no_traceback(city: City, constraint: str) -> None:
    folder = city.root / "ontology"
    folder.mkdir()
    target = ":S a sh:NodeShape ; sh:targetClass oa:TextPositionSelector"
    shape = f"{target} ; sh:property [ sh:path oa:end ; {constraint} ] ."
    (folder / "only-shacl.ttl").write_text(ONLY_SHACL + shape, encoding="utf-8")
    done = city.run("check", "--shacl")
    assert "Traceback" not in done.err
    assert done.code == 1
    assert all(" RG501 " in line or " RG403 " in line for line in done.lines)
