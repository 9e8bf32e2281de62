"""The loader and pySHACL read the same shapes: nothing on the city, and the same on the same faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

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
