"""The ontology as data: what kinds declare and inherit, what shapes ask together, what makes no sense."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import RG, ROOT

from relgraph.vocabulary import KeyRule, Vocabulary, local_name, pick, read_vocabulary, vocabulary_files
from relgraph.vocabulary.templates import Choice, Group, Slot, keys
from relgraph.vocabulary.turtle import merge

EX = "https://example.org/o#"
PREFIXES = """@prefix ex: <https://example.org/o#> .
@prefix rg: <https://w3id.org/relgraph/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""


def read(tmp_path: Path, turtle: str) -> tuple[Vocabulary, list[str]]:
    path = tmp_path / "own.ttl"
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    vocabulary, problems = read_vocabulary([path])
    return vocabulary, [str(problem) for problem in problems]


# -- the shipped ontology ------------------------------------------------------------------------------------


def test_a_kind_says_its_roles_edge_group_and_shortcut(vocabulary: Vocabulary) -> None:
    kind = vocabulary.kinds["Membership"]
    assert kind.roles == ("member", "organization")
    assert (kind.edge_from, kind.edge_to, kind.edge_between) == ("member", "organization", "")
    assert (kind.drawn_as, local_name(kind.group)) == ("edge", "groupMembership")
    assert local_name(kind.shortcut) == "memberOf"


def test_what_a_kind_does_not_say_it_has_from_its_nearest_superclass(vocabulary: Vocabulary) -> None:
    charter, agreement = vocabulary.kinds["Charter"], vocabulary.kinds["Agreement"]
    assert (charter.edge_between, charter.drawn_as) == (agreement.edge_between, agreement.drawn_as)
    assert charter.style.color == agreement.style.color
    assert charter.style.order != agreement.style.order
    assert charter.templates["sv"] != agreement.templates["sv"]
    assert charter.rules["party"].minimum >= 1
    assert local_name(charter.parents[0]) == "CooperationAgreement"


def test_a_key_may_have_another_name_than_its_property(vocabulary: Vocabulary) -> None:
    assert vocabulary.properties["name"].iri.endswith("rdf-schema#label")
    assert vocabulary.properties["role"].iri == f"{RG}roleHeld"
    assert vocabulary.properties["source"].iri.endswith("prov#wasDerivedFrom")


def test_controlled_lists_are_concepts_and_no_kinds(vocabulary: Vocabulary) -> None:
    levels = vocabulary.concepts_of(f"{RG}ActivityLevel")
    assert {"active", "low", "contact-only", "none", "unknown"} <= set(levels)
    assert pick(levels["none"].labels, "sv")
    assert "ActivityLevel" not in vocabulary.kinds
    assert "Topic" in vocabulary.kinds  # a concept that records are made of


def test_subclasses_are_known_as_their_superclasses(vocabulary: Vocabulary) -> None:
    assert vocabulary.is_a("Charter", f"{RG}Agreement")
    assert vocabulary.is_a("Charter", f"{RG}Charter")
    assert not vocabulary.is_a("Agreement", f"{RG}Charter")
    assert not vocabulary.is_a("CancelledVisit", f"{RG}Visit")
    assert not vocabulary.is_a("Nonsense", f"{RG}Visit")


def test_labels_fall_back_to_english_and_then_to_the_name(vocabulary: Vocabulary) -> None:
    assert vocabulary.label(f"{RG}City", "sv") == "stad"
    assert vocabulary.label(f"{RG}City", "fi") == "city"
    assert vocabulary.label(f"{EX}unheard", "sv") == "unheard"


def test_a_projects_file_replaces_the_shipped_one_of_its_name(tmp_path: Path) -> None:
    own = tmp_path / "shapes.ttl"
    own.write_text(PREFIXES, encoding="utf-8")
    found = vocabulary_files([ROOT / "ontology", tmp_path])
    assert own in found
    assert ROOT / "ontology" / "shapes.ttl" not in found
    assert [path.name for path in found] == sorted(path.name for path in found)


# -- own files -----------------------------------------------------------------------------------------------


def test_a_template_becomes_a_tree(tmp_path: Path) -> None:
    vocabulary, problems = read(
        tmp_path,
        """ex:Kind a owl:Class ; rg:template "{a:genitive}[ {when}] <a: one | many><a= x: yes>."@sv .
        ex:S sh:targetClass ex:Kind ; sh:property [ sh:path ex:a ] .""",
    )
    assert problems == []
    template = vocabulary.kinds["Kind"].templates["sv"]
    assert template == (
        Slot("a", "genitive"),
        Group((" ", Slot("when"))),
        " ",
        Choice("a", "", False, ("one",), ("many",)),
        Choice("a", "x", False, ("yes",), ()),
        ".",
    )
    assert list(keys(template)) == ["a", "when", "a", "a"]


def test_an_own_edge_replaces_an_inherited_pair(tmp_path: Path) -> None:
    vocabulary, problems = read(
        tmp_path,
        """ex:Kind a owl:Class ; rg:edgeBetween ex:a .
        ex:Sub a owl:Class ; rdfs:subClassOf ex:Kind ; rg:edgeFrom ex:b ; rg:edgeTo ex:c .
        ex:S sh:targetClass ex:Kind ; sh:property [ sh:path ex:a ] , [ sh:path ex:b ] , [ sh:path ex:c ] .""",
    )
    assert problems == []
    sub = vocabulary.kinds["Sub"]
    assert (sub.edge_between, sub.edge_from, sub.edge_to) == ("", "b", "c")
    assert vocabulary.kinds["Kind"].edge_between == "a"


def test_superclasses_in_a_circle_are_harmless(tmp_path: Path) -> None:
    vocabulary, _ = read(
        tmp_path, "ex:A a owl:Class ; rdfs:subClassOf ex:B . ex:B a owl:Class ; rdfs:subClassOf ex:A ."
    )
    assert vocabulary.kinds["A"].parents == (f"{EX}B",)


def test_shapes_of_a_class_and_its_superclass_hold_together(tmp_path: Path) -> None:
    vocabulary, _ = read(
        tmp_path,
        """ex:A a owl:Class . ex:B a owl:Class ; rdfs:subClassOf ex:A .
        ex:S sh:targetClass ex:A ; sh:property [ sh:path ex:a ; sh:maxCount 3 ; sh:class ex:X ] .
        ex:T sh:targetClass ex:B ; sh:property [ sh:path ex:a ; sh:minCount 2 ; sh:class ex:Y ] .""",
    )
    rule = vocabulary.kinds["B"].rules["a"]
    assert (rule.minimum, rule.maximum, rule.classes) == (2, 3, (f"{EX}X", f"{EX}Y"))
    assert vocabulary.kinds["A"].rules["a"].minimum == 0


def test_merging_takes_the_narrower_of_each() -> None:
    one = KeyRule("a", f"{EX}a", minimum=1, maximum=5, datatype="x")
    other = KeyRule("a", f"{EX}a", minimum=0, maximum=2, pattern="p", unique_lang=True)
    assert merge(one, other) == KeyRule("a", f"{EX}a", 1, 2, datatype="x", pattern="p", unique_lang=True)


@pytest.mark.parametrize(
    ("turtle", "problem"),
    [
        (
            'ex:Kind a owl:Class ; rg:template "{a"@sv .',
            "own.ttl:8:1: error RG402 Kind: the template in 'sv' cannot",
        ),
        (
            'ex:Kind a owl:Class ; rg:phrase "{a}"@en .',
            "own.ttl:8:1: error RG402 Kind: the template in 'en' names 'a'",
        ),
        (
            "\n  ex:Kind a owl:Class ; rg:edgeFrom ex:a ; rg:edgeTo ex:b .",
            "own.ttl:9:3: error RG403 Kind: 'a' is drawn",
        ),
        (
            """ex:a rg:key "k" . ex:b rg:key "k" . ex:K a owl:Class .
            ex:S sh:targetClass ex:K ; sh:property [ sh:path ex:a ] , [ sh:path ex:b ] .""",
            "error RG403",
        ),
        ("ex:Kind a owl:Class", "error RG401 the ontology file cannot be read"),
        ("ex:Kind a <not an iri> .", "own.ttl:8:"),
    ],
)
def test_what_makes_no_sense_is_a_problem_with_its_place(tmp_path: Path, turtle: str, problem: str) -> None:
    _, problems = read(tmp_path, turtle)
    assert problems
    assert all(problem in each or "RG403" in each for each in problems), problems
    assert any(problem in each for each in problems)


def test_a_file_that_is_gone_is_a_problem(tmp_path: Path) -> None:
    _, problems = read_vocabulary([tmp_path / "gone.ttl"])
    assert [problem.code for problem in problems] == ["RG001"]
