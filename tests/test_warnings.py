"""Warnings: what may be right but deserves a look; each is told in place, and ends when it is put right."""

from __future__ import annotations

from running import SOURCE, City


def told(city: City, code: str) -> list[str]:
    done = city.run("check")
    assert done.code == 0, done.err
    return [line for line in done.lines if f" {code} " in line]


def test_a_relationship_without_a_time(city: City) -> None:
    city.add(
        f"- id: meeting-of-two\n  type: Cooperation\n  party: [lindvik, portogrande]\n  {SOURCE}\n", "x.yaml"
    )
    (line,) = told(city, "RG302")
    assert line.startswith("graph/x.yaml:2:3: warning RG302 'meeting-of-two' has no time")
    city.add(
        f"- id: gap-1\n  type: Gap\n  about: meeting-of-two\n  aspect: date\n  {SOURCE}\n",
        "x.yaml",
    )
    assert told(city, "RG302") == []


def test_a_concept_of_the_projects_own_that_nobody_uses(city: City) -> None:
    own = city.root / "ontology" / "own.ttl"
    own.parent.mkdir(exist_ok=True)
    text = (
        "@prefix rg: <https://w3id.org/relgraph/ontology#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\n"
        'rg:sleeping a rg:ActivityLevel ; skos:prefLabel "vilande"@sv, "sleeping"@en .\n'
    )
    own.write_text(text, encoding="utf-8")
    (line,) = told(city, "RG303")
    assert line.startswith("ontology/own.ttl:4:1: warning RG303 no record uses the concept 'sleeping'")
    own.write_text(text[:-2] + '; rg:unusedBecause "for the next report" .\n', encoding="utf-8")
    assert told(city, "RG303") == []
    own.write_text(text, encoding="utf-8")
    city.replace("level: contact-only", "level: sleeping")
    assert told(city, "RG303") == []


def test_a_participation_and_a_non_participation(city: City) -> None:
    record = (
        "- id: absent-2030\n  type: NonParticipation\n  absentee: lindvik\n"
        f"  absentFrom: nordljus-annual-meeting-2030\n  date: 2030\n  {SOURCE}\n"
    )
    city.add(record, "x.yaml")
    (line,) = told(city, "RG304")
    assert line.startswith(
        "graph/x.yaml:2:3: warning RG304 'absent-2030' and 'lindvik-at-annual-meeting-2030' cannot both hold"
    )
    city.replace("date: 2030", "date: 2029", "x.yaml")
    assert told(city, "RG304") == []
    city.replace("date: 2029", "date: 2030", "x.yaml")
    city.replace("absentee: lindvik", "absentee: kulturkontoret", "x.yaml")
    assert told(city, "RG304") == []


def test_two_assessments_that_differ(city: City) -> None:
    city.replace("  conflictsWith: contact-only-with-aberhaven-2030\n", "")
    (line,) = told(city, "RG304")
    assert "'contact-only-with-aberhaven-2030' and 'no-activity-with-aberhaven-2030'" in line
    city.replace("  during: 2030\n  level: none", "  during: 2029\n  level: none")
    assert told(city, "RG304") == []
