"""Publishing: what the profile requires is there or is told of, and nothing is invented."""

from __future__ import annotations

import warnings
from pathlib import Path

import pyshacl
import pytest
import rdflib
from exporting import Exported
from rdflib import DCAT, DCTERMS, FOAF, RDF, VOID, URIRef
from running import BASE, ROOT, City, copy_city

from relgraph.codes import codes
from relgraph.errors import DataError, UsageError
from relgraph.views.export.registry import FORMATS

SHAPES = Path(__file__).with_name("dcat-ap-se.ttl")
PUBLISHED = """\
description: {sv: Allt som årsberättelsen säger., en: All that the annual report says.}
publisher: lindvik
contact: {name: Kulturkontoret, email: kultur@lindvik.example}
publishedAt: https://lindvik.example/data/
themes: [INTR, GOVE]
"""
DATASET = URIRef(BASE)


def published(city: City, text: str = PUBLISHED) -> Exported:
    city.add(text, "graph.yaml")
    return Exported(city.root)


def graph(exported: Exported, name: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=exported.data(name), format="turtle")


def listed(name: str, *codes: str) -> set[URIRef]:
    """Terms of one of the EU's lists."""
    return {URIRef(f"http://publications.europa.eu/resource/authority/{name}/{code}") for code in codes}


def conforms(found: rdflib.Graph) -> bool:
    """Whether the shapes of the profile find no fault."""
    with warnings.catch_warnings():  # pyshacl uses what rdflib deprecates
        warnings.simplefilter("ignore", DeprecationWarning)
        return bool(pyshacl.validate(found, shacl_graph=str(SHAPES))[0])


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    return published(copy_city(tmp_path_factory.mktemp("published") / "lindvik"))


def test_the_description_meets_the_profile(described: Exported) -> None:
    found = graph(described, "dcat")
    assert conforms(found)
    assert not [node for node in found.all_nodes() if isinstance(node, rdflib.BNode)]
    # each of the shapes' targets is there, else they would say nothing
    for class_ in (DCAT.Catalog, DCAT.Dataset, DCAT.Distribution, FOAF.Agent, DCTERMS.PeriodOfTime):
        assert (None, RDF.type, class_) in found


def test_the_description_says_what_graph_yaml_and_the_graph_say(described: Exported) -> None:
    found = graph(described, "dcat")
    assert set(found.objects(DATASET, DCTERMS.language)) == listed("language", "SWE", "ENG")
    assert set(found.objects(DATASET, DCAT.theme)) == listed("data-theme", "INTR", "GOVE")
    assert {str(url) for url in found.objects(None, DCAT.downloadURL)} == {
        "https://lindvik.example/data/graph.ttl",
        "https://lindvik.example/data/map.html",
    }
    period = found.value(DATASET, DCTERMS.temporal)
    assert str(found.value(period, DCAT.startDate)) == "2030-01-01"
    assert str(found.value(period, DCAT.endDate)) == "2030-12-31"
    assert found.value(DATASET, DCTERMS.spatial) == URIRef(f"{BASE}lindvik")
    assert {str(name) for name in found.objects(URIRef(f"{BASE}lindvik"), FOAF.name)} == {"Lindvik"}


def test_what_is_missing_is_told_with_its_place_and_nothing_is_written(city: City) -> None:
    before = city.path("graph.yaml").read_text(encoding="utf-8")
    exported = Exported(city.root)
    with pytest.raises(DataError, match="nothing was written") as error:
        exported.data("dcat")
    told = [str(problem) for problem in error.value.problems]
    assert len(told) == 2
    assert all(text.startswith("graph/graph.yaml:1:1: warning RG118 ") for text in told)
    assert not [p for p in exported.project.check(questions=False).problems if p.code == "RG118"]
    city.add("publisher: nordljus-annual-meeting-2030", "graph.yaml")
    line = before.count("\n") + 1
    problems = [p for p in Exported(city.root).project.check(questions=False).problems if p.code == "RG118"]
    told_of = "the publisher 'nordljus-annual-meeting-2030' is not the record of an organization"
    assert sorted(str(p).split(" (")[0] for p in problems) == [
        "graph/graph.yaml:1:1: warning RG118 a published graph has a description",
        f"graph/graph.yaml:{line}:1: warning RG118 {told_of}",
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("licence: CC0-1.0", "licence: mine", "a published graph has a licence"),
        ("licence: CC0-1.0", "licence: CC-BY-4.0", "the description of a published graph is CC0"),
        ("languages: [sv, en]", "languages: [sv, en, yi]", "the language 'yi' has no code"),
        ("email: kultur@lindvik.example", "email: ''", "the contact has no email"),
    ],
)
def test_each_thing_that_the_profile_requires_is_checked(city: City, old: str, new: str, told: str) -> None:
    city.add(PUBLISHED, "graph.yaml")
    city.replace(old, new, "graph.yaml")
    problems = Exported(city.root).project.check(questions=False).problems
    assert [p for p in problems if p.code == "RG118" and told in p.message]


def test_what_the_explanation_shows_as_bad_is_told_and_as_good_is_not(city: City) -> None:
    plain = city.path("graph.yaml").read_text(encoding="utf-8").replace("licence: CC0-1.0\n", "")

    def told(example: str) -> list[str]:
        city.path("graph.yaml").write_text(f"{plain}{example}\n", encoding="utf-8")
        return [problem.message for problem in Exported(city.root).project.check(questions=False).problems]

    absent = {message.rsplit(" ", 1)[1] for message in told(codes()["RG118"].bad)}
    # the last word of each: "… is CC0, whatever the licence of the graph"
    assert absent == {"description", "publisher", "licence", "email", "graph"}
    assert told(codes()["RG118"].good) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("contact: someone", "'contact' has name and email"),
        ("contact: {name: A, email: 'a b@c'}", "'a b@c' is no e-mail address"),
        ("publishedAt: lindvik.example", "'publishedAt' is the address of the exports"),
        ("themes: [FUN]", "no such data theme"),
        ("publisher: [a, b]", "'publisher' is one value"),
        ("publisher: {name: A, email: a@b.example}", "'publisher' is a record, or has a name"),
        ("publisher: {name: [A, B]}", "'publisher' is a record, or has a name"),
    ],
)
def test_what_cannot_be_so_is_an_error_of_graph_yaml(city: City, text: str, told: str) -> None:
    problems = published(city, text).project.check(questions=False).problems
    assert [p for p in problems if p.code == "RG100" and told in p.message]


def test_a_licence_of_the_data_may_differ_from_that_of_the_description(city: City) -> None:
    city.add(PUBLISHED + "descriptionLicence: CC0-1.0\n", "graph.yaml")
    city.replace("licence: CC0-1.0\ndesc", "licence: CC-BY-4.0\ndesc", "graph.yaml")
    found = graph(Exported(city.root), "dcat")
    assert str(found.value(DATASET, DCTERMS.license)) == "http://creativecommons.org/licenses/by/4.0/"
    assert conforms(found)


def test_without_an_address_or_a_contact_none_is_made_up(city: City) -> None:
    lines = [line for line in PUBLISHED.splitlines() if not line.startswith(("contact", "publishedAt"))]
    found = graph(published(city, "\n".join(lines)), "dcat")
    assert conforms(found)
    assert (None, DCAT.distribution, None) not in found
    assert (None, DCAT.contactPoint, None) not in found


def test_malmo_says_what_is_known_of_it_and_nothing_more() -> None:
    found = graph(Exported(ROOT), "dcat")
    assert conforms(found)
    (publisher,) = set(found.objects(None, DCTERMS.publisher))
    assert [str(name) for name in found.objects(publisher, FOAF.name)] == ["relgraph"]
    (dataset,) = found.subjects(RDF.type, DCAT.Dataset)
    assert {text.language for text in found.objects(dataset, DCTERMS.description)} == {"sv", "en"}  # type: ignore[attr-defined]
    assert str(found.value(found.value(dataset, DCTERMS.temporal), DCAT.endDate)) == "2019-12-31"
    for unknown in (DCAT.contactPoint, DCAT.distribution, DCTERMS.issued, FOAF.homepage):
        assert (None, unknown, None) not in found


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("Öppna data", {("Öppna data", None)}),
        ("{sv: Öppna data, en: Open data}", {("Öppna data", "sv"), ("Open data", "en")}),
    ],
)
def test_who_publishes_need_not_stand_in_the_graph(
    city: City, name: str, names: set[tuple[str, str | None]]
) -> None:
    text = PUBLISHED.replace("publisher: lindvik", f"publisher: {{name: {name}}}")
    exported = published(city, text)
    assert not [p for p in exported.project.check(questions=False).problems if p.code in ("RG100", "RG118")]
    found = graph(exported, "dcat")
    assert conforms(found)
    (publisher,) = set(found.objects(None, DCTERMS.publisher))
    assert {(str(n), n.language) for n in found.objects(publisher, FOAF.name)} == names  # type: ignore[attr-defined]
    assert list(found.objects(URIRef(f"{BASE}lindvik"), FOAF.name)) == []


def test_void_counts_what_an_independent_reader_counts(described: Exported) -> None:
    void = graph(described, "void")
    whole = rdflib.Graph().parse(data=described.data("turtle"), format="turtle")
    said = {str(p).rsplit("#", 1)[-1]: o.toPython() for p, o in void.predicate_objects(DATASET)}  # type: ignore[attr-defined]
    assert said["triples"] == len(whole)
    assert said["distinctSubjects"] == len(set(whole.subjects()))
    assert said["distinctObjects"] == len(set(whole.objects()))
    assert said["properties"] == len(set(whole.predicates()))
    assert said["classes"] == len(set(whole.objects(None, RDF.type)))
    parts = list(void.objects(DATASET, VOID.classPartition))
    assert len(parts) == said["classes"]
    for part in parts:
        class_ = void.value(part, VOID["class"])
        count = void.value(part, VOID.entities)
        assert int(str(count)) == len(set(whole.subjects(RDF.type, class_))), class_
    for part in void.objects(DATASET, VOID.propertyPartition):
        count = void.value(part, VOID.triples)
        assert int(str(count)) == len(list(whole.subject_objects(void.value(part, VOID.property))))


@pytest.mark.parametrize("name", ["void", "dcat"])
def test_a_description_of_the_whole_takes_no_time(described: Exported, name: str) -> None:
    assert not FORMATS[name].dated
    with pytest.raises(UsageError, match="takes neither --year nor --as-of"):
        described.files(name, year="2030")
