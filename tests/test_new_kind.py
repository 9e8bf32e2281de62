"""A new kind of relationship in Turtle alone: loaded, checked, queried, derived, drawn and spoken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from running import BASE, HERE, SOURCE, City, copy_city

from relgraph.lookup import Lookup
from relgraph.network import network
from relgraph.project import find_project
from relgraph.views.map.builder import map_data
from relgraph.views.map.page import unpack

EX = "https://example.org/lindvik/ontology#"
LOAN = f"""
- id: art-loan-2030
  type: ArtLoan
  lender: portogrande
  borrower: aberhaven
  shownAt: nordljus-annual-meeting-2030
  date: 2030-10
  {SOURCE}
"""


def with_kind(target: Path) -> City:
    city = copy_city(target)
    (city.root / "ontology").mkdir()
    shutil.copy(HERE / "kind" / "loan.ttl", city.root / "ontology")
    return city


@pytest.fixture(scope="module")
def lending(tmp_path_factory: pytest.TempPathFactory) -> City:
    city = with_kind(tmp_path_factory.mktemp("kind") / "lindvik")
    city.add(LOAN)
    city.ok("build")
    return city


def test_without_the_turtle_the_kind_is_unknown(city: City) -> None:
    city.add(LOAN)
    assert "RG102 'ArtLoan' is not a known type" in city.run("check").out


def test_a_missing_role_is_told_with_its_place(tmp_path: Path) -> None:
    city = with_kind(tmp_path / "lindvik")
    city.add(LOAN.replace("  borrower: aberhaven\n", ""), "loans.yaml")
    done = city.run("check")
    assert done.code == 1
    assert done.lines == [
        (
            "graph/loans.yaml:1:3: error RG107 ArtLoan 'art-loan-2030' needs 'borrower' "
            "(write borrower: …, or another type if it has none)"
        )
    ]


def test_a_role_of_the_wrong_class_is_told_with_its_place(tmp_path: Path) -> None:
    city = with_kind(tmp_path / "lindvik")
    city.add(LOAN.replace("borrower: aberhaven", "borrower: nordljus-annual-meeting-2032"), "loans.yaml")
    expected = "error RG109 'nordljus-annual-meeting-2032' is of type Event, and 'borrower' takes Agent"
    hint = "(name a record of that type, or use another key or type)"
    assert city.run("check").lines == [f"graph/loans.yaml:4:13: {expected} {hint}"]


def test_shacl_agrees_that_the_record_is_right(lending: City) -> None:
    assert lending.ok("check", "--shacl") == ""


@pytest.mark.parametrize("class_", [f"<{EX}ArtLoan>", "rg:AffirmedRelationship"])
def test_it_is_found_by_its_class_and_its_superclass(lending: City, class_: str) -> None:
    assert "art-loan-2030" in lending.select(f"SELECT ?x {{ ?x a {class_} }}")


def test_its_roles_are_properties(lending: City) -> None:
    query = f"""PREFIX ex: <{EX}>
        SELECT ?a ?b ?c {{ ?x a ex:ArtLoan ; ex:lender ?a ; ex:borrower ?b ; ex:shownAt ?c }}"""
    assert lending.select(query) == ["portogrande,aberhaven,nordljus-annual-meeting-2030"]


def test_its_shortcut_is_derived_and_says_from_what(lending: City) -> None:
    query = f"""PREFIX ex: <{EX}>
        SELECT ?from ?to ?rule ?record {{
          ?from ex:showsArtAt ?to .
          ?d a rg:Derivation ; rdf:subject ?from ; rdf:predicate ex:showsArtAt ; rdf:object ?to ;
             rg:rule ?rule ; rg:restsOn ?record }}"""
    assert lending.select(query) == ["aberhaven,nordljus-annual-meeting-2030,10-shortcuts,art-loan-2030"]


def test_it_is_an_edge_of_the_network_in_its_own_direction(lending: City) -> None:
    project = find_project(lending.root)
    graph = network(Lookup(project.compiled(), project.vocabulary))
    found = [(a, b, d) for a, b, d in graph.edges(data=True) if d["record"] == "art-loan-2030"]
    assert [(a, b) for a, b, _ in found] == [("aberhaven", "nordljus-annual-meeting-2030")]
    drawn = found[0][2]
    assert (drawn["kind"], drawn["group"], drawn["line"]) == ("ArtLoan", "groupActivity", "planned")


def test_it_is_drawn_on_the_map(lending: City) -> None:
    project = find_project(lending.root)
    lookup = Lookup(project.compiled(), project.vocabulary)
    data = map_data(lookup, title={"sv": "Lån", "en": "Loans"})
    [edge] = [edge for edge in data.edges if edge.id == "art-loan-2030"]
    assert (edge.source, edge.target, edge.line) == ("aberhaven", "nordljus-annual-meeting-2030", "planned")
    assert (edge.kind.sv, edge.kind.en) == ("konstlån", "art loan")
    assert edge.sentence.text.sv == (
        "Aberhaven visade konst, lånad av Portogrande, vid Nordljus årsmöte 2030 i oktober 2030."
    )
    page = unpack((lending.root / "exports" / "map.html").read_text(encoding="utf-8"))
    assert "art-loan-2030" in [edge["id"] for edge in page["edges"]]


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("sv", "Aberhaven visade konst, lånad av Portogrande, vid Nordljus årsmöte 2030 i oktober 2030."),
        ("en", "Aberhaven showed art lent by Portogrande at Nordljus annual meeting 2030, in October 2030."),
    ],
)
def test_it_is_spoken(lending: City, lang: str, sentence: str) -> None:
    shown = " ".join(lending.ok("show", "portogrande", "--lang", lang).split())
    assert sentence in shown


def test_it_leaves_with_the_exports(lending: City) -> None:
    turtle = (lending.root / "exports" / "graph.ttl").read_text(encoding="utf-8")
    assert ":ontology\\#ArtLoan" in turtle
    assert ":ontology\\#showsArtAt" in turtle
    context = (lending.root / "exports" / "context.jsonld").read_text(encoding="utf-8")
    assert f"{EX}shownAt" in context
    assert BASE in context
