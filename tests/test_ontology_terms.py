"""Each term of the ontology says what it is, has its shape and its tie, and is used, or says why not.

Every test asks an ontology for its holes: the shipped one has none, one broken on purpose just its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node
from running import CITY, ROOT

from relgraph.project import find_project
from relgraph.triples import quads

RG = Namespace("https://w3id.org/relgraph/ontology#")
FILES = ("relgraph.ttl", "vocabularies.ttl", "shapes.ttl", "alignment.ttl")
BOTH = {"en", "sv"}
MODES = {
    RG.AffirmedRelationship, RG.NegatedRelationship, RG.PlannedRelationship, RG.UnsettledRelationship,
    RG.Assessment,
}  # fmt: skip
#: a document is told by its title, a reading in the words of what it reads as
SILENT = {RG.Document, RG.UnsettledRelationship}
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch)
#: along these a used term makes others used: a class its superclasses, a concept its list, a kind its group
ALONG = (RDF.type, RDFS.subClassOf, SKOS.inScheme, RG.facet, RG.group, RG.shortcut, RG.tense)


@pytest.fixture(scope="module")
def shipped() -> Graph:
    """The four files as one graph; tests must not change it."""
    graph = Graph()
    for name in FILES:
        graph.parse(ROOT / "ontology" / name, format="turtle")
    return graph


@pytest.fixture
def ontology(shipped: Graph) -> Graph:
    """A copy to break."""
    copy = Graph()
    copy += shipped
    return copy


def terms_in(root: Path) -> set[str]:
    """The IRIs of all terms in the asserted triples of a graph."""
    checked = find_project(root).check()
    parts = {part for quad in quads(checked.dataset, checked.vocabulary) for part in quad[:3]}
    return {part[1:-1] for part in parts if part.startswith("<")}


@pytest.fixture(scope="module")
def recorded() -> set[str]:
    """What the records of Malmö and of the fictional city use, and what the rules make."""
    rules = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "ontology" / "rules").glob("*.rq"))
    made = {str(RG[name]) for name in re.findall(r"\brg:([A-Za-z]+)", rules)}
    return terms_in(ROOT) | terms_in(CITY) | made


# -- the terms --


def declared(graph: Graph, *types: URIRef) -> list[URIRef]:
    """What the ontology declares of a type, terms of other vocabularies too, sorted."""
    return sorted({s for type_ in types for s in graph.subjects(RDF.type, type_) if isinstance(s, URIRef)})


def classes(graph: Graph) -> list[URIRef]:
    return [c for c in declared(graph, OWL.Class) if c.startswith(RG)]


def properties(graph: Graph) -> list[URIRef]:
    return declared(graph, RDF.Property, OWL.AnnotationProperty)


def concepts(graph: Graph) -> list[URIRef]:
    return sorted({s for s in graph.subjects(SKOS.inScheme, None) if isinstance(s, URIRef)})


def ancestors(graph: Graph, cls: Node) -> set[Node]:
    """The class and all its superclasses."""
    return {c for c in graph.transitive_objects(cls, RDFS.subClassOf) if c is not None}


def missing(graph: Graph, subject: Node, *texts: URIRef) -> bool:
    """Whether one of the texts is not there once in Swedish and once in English, and not empty."""
    for text in texts:
        found = [o for o in graph.objects(subject, text) if isinstance(o, Literal) and o.strip()]
        if sorted(o.language or "" for o in found) != sorted(BOTH):
            return True
    return False


def speaking(graph: Graph) -> list[URIRef]:
    """The classes in which records are written: those without a subclass, and those that have a sentence."""
    parents = set(graph.objects(None, RDFS.subClassOf))
    return [
        c
        for c in classes(graph)
        if RG.Record in ancestors(graph, c) and (c not in parents or (c, RG.template, None) in graph)
    ]


# -- the holes --


def unlabelled(graph: Graph) -> list[URIRef]:
    """Terms without a label or a comment in one of the languages."""
    plain = [*classes(graph), *properties(graph), *declared(graph, SKOS.ConceptScheme)]
    bare = [t for t in plain if missing(graph, t, RDFS.label, RDFS.comment)]
    return bare + [t for t in concepts(graph) if missing(graph, t, SKOS.prefLabel, SKOS.definition)]


def speechless(graph: Graph) -> list[URIRef]:
    """Classes of records without sentence or plural in one of the languages."""
    return [c for c in speaking(graph) if c not in SILENT and missing(graph, c, RG.template, RG.plural)]


def shapeless(graph: Graph) -> list[URIRef]:
    """Classes of records to which no shape applies but that of all records or all relationships."""
    general = {RG.Record, RG.Relationship, RG.Annotation, *MODES - {RG.UnsettledRelationship}}
    shaped = set(graph.objects(None, SH.targetClass)) - general
    return [c for c in speaking(graph) if not ancestors(graph, c) & shaped]


def keyless(graph: Graph) -> list[URIRef]:
    """Roles of a kind that no shape that applies to it has."""
    bare = []
    for cls in speaking(graph):
        shapes = {s for c in ancestors(graph, cls) for s in graph.subjects(SH.targetClass, c)}
        paths = {p for s in shapes for b in graph.objects(s, SH.property) for p in graph.objects(b, SH.path)}
        bare += [cls for role in graph.objects(cls, RG.role) if role not in paths]
    return bare


def explained(graph: Graph) -> set[Node]:
    """The terms that say why they are not tied, or for which a note says it."""
    return set(graph.subjects(RG.alignmentNote, None)) | set(graph.objects(None, RG.noteFor))


def untied(graph: Graph) -> list[URIRef]:
    """Terms tied to no other vocabulary, and without a reason."""
    why = explained(graph)

    def outside(term: Node, *ties: URIRef) -> bool:
        return any(not str(other).startswith(RG) for tie in ties for other in graph.objects(term, tie))

    tops = {RG.Record, RG.Entity, RG.Relationship, RG.Annotation, *MODES}
    bare = [
        c
        for c in classes(graph)
        if not any(a in why or outside(a, RDFS.subClassOf) for a in ancestors(graph, c) - (tops - {c}))
    ]
    bare += [
        p
        for p in properties(graph)
        if p.startswith(RG) and p not in why and not outside(p, RDFS.subPropertyOf)
    ]
    return bare + [
        c
        for c in concepts(graph)
        if c not in why and not outside(c, *MATCHES) and not set(graph.objects(c, RDF.type)) & why
    ]


def in_use(graph: Graph, recorded: Iterable[str]) -> set[Node]:
    """What the records use, and what those terms and the ontology itself rest on."""
    found: set[Node] = {URIRef(iri) for iri in recorded} | set(graph.predicates())
    level = found
    while level:
        level = {o for s in level for along in ALONG for o in graph.objects(s, along)} - found
        found |= level
    return found


def own_terms(graph: Graph) -> list[URIRef]:
    return [
        *classes(graph), *properties(graph), *concepts(graph), *declared(graph, SKOS.ConceptScheme),
    ]  # fmt: skip


def unused(graph: Graph, recorded: Iterable[str]) -> list[URIRef]:
    """Terms that nothing uses, and that do not say why they are here in both languages."""
    used = in_use(graph, recorded)
    return [t for t in own_terms(graph) if t not in used and missing(graph, t, RG.unusedBecause)]


def misplaced(graph: Graph) -> list[Node]:
    """Properties whose shape admits a class beyond their range: its records would be what they are not."""
    bare: list[Node] = []
    for block, path in graph.subject_objects(SH.path):
        for range_ in graph.objects(path, RDFS.range):
            admitted = list(graph.objects(block, SH["class"]))
            bare += [path for c in admitted if range_ not in ancestors(graph, c)]
    return bare


HOLES: dict[str, Callable[[Graph], Sequence[Node]]] = {
    "label or comment": unlabelled,
    "template or plural": speechless,
    "shape": shapeless,
    "key for its role": keyless,
    "tie or reason": untied,
    "shape within its range": misplaced,
}


@pytest.mark.parametrize("wanted", HOLES)
def test_no_term_is_without(shipped: Graph, wanted: str) -> None:
    assert HOLES[wanted](shipped) == []


def test_no_term_is_unused_without_a_reason(shipped: Graph, recorded: set[str]) -> None:
    assert unused(shipped, recorded) == []


def test_a_reason_for_not_being_used_or_not_tied_is_there_only_where_it_is_true(
    shipped: Graph, recorded: set[str]
) -> None:
    used = in_use(shipped, recorded)
    assert [t for t in shipped.subjects(RG.unusedBecause, None) if t in used] == []
    known = set(own_terms(shipped))
    assert set(shipped.objects(None, RG.noteFor)) - known == set()
    named = list(shipped.objects(None, RG.noteFor))
    assert [t for t in named if named.count(t) > 1 or (t, RG.alignmentNote, None) in shipped] == []


def test_no_two_kinds_share_a_name_and_every_reason_stands_in_both_languages(shipped: Graph) -> None:
    for lang in ("sv", "en"):
        for said in (RDFS.label, RG.plural):
            names = [str(n) for c in shipped.subjects(RDF.type, OWL.Class) for n in shipped.objects(c, said)
                     if isinstance(n, Literal) and n.language == lang]  # fmt: skip
            assert sorted(name for name in names if names.count(name) > 1) == []
        told = {s for s, n in shipped.subject_objects(RG.alignmentNote) if n.language == lang}  # type: ignore[attr-defined]
        assert told == set(shipped.subjects(RG.alignmentNote, None))


# -- each hole is found --

KIND, ROLE, CONCEPT = RG.Hosting, RG.awarder, RG.chair


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        (KIND, RDFS.label), (KIND, RDFS.comment), (ROLE, RDFS.label), (ROLE, RDFS.comment),
        (CONCEPT, SKOS.prefLabel), (CONCEPT, SKOS.definition), (RG.Roles, RDFS.label),
        (RG.Role, RDFS.comment), (RG.order, RDFS.comment),
        (URIRef("http://www.w3.org/ns/org#member"), RDFS.comment),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", sorted(BOTH))
def test_a_label_or_comment_left_out_is_found(
    ontology: Graph, subject: URIRef, text: URIRef, language: str
) -> None:
    take(ontology, subject, text, language)
    assert unlabelled(ontology) == [subject]


def test_an_empty_comment_is_found(ontology: Graph) -> None:
    take(ontology, KIND, RDFS.comment, "sv")
    ontology.add((KIND, RDFS.comment, Literal(" ", lang="sv")))
    assert unlabelled(ontology) == [KIND]


@pytest.mark.parametrize("text", [RG.template, RG.plural])
@pytest.mark.parametrize("cls", [KIND, RG.City, RG.Gap, RG.Agreement])
def test_a_sentence_left_out_in_a_language_is_found(ontology: Graph, cls: URIRef, text: URIRef) -> None:
    take(ontology, cls, text, "en")
    assert speechless(ontology) == [cls]


def test_a_kind_without_any_sentence_is_found(ontology: Graph) -> None:
    ontology.remove((KIND, RG.template, None))
    assert speechless(ontology) == [KIND]


@pytest.mark.parametrize("cls", [KIND, RG.Gap, RG.ReportedCount])
def test_a_kind_without_a_shape_is_found(ontology: Graph, cls: URIRef) -> None:
    ontology.remove((None, SH.targetClass, cls))
    assert shapeless(ontology) == [cls]


def test_a_role_that_the_shape_lacks_is_found(ontology: Graph) -> None:
    ontology.add((KIND, RG.role, ROLE))
    assert keyless(ontology) == [KIND]


@pytest.mark.parametrize("term", [RG.Award, RG.Country, ROLE, RG.sha256, RG.isPlural, RG.line, CONCEPT])
def test_a_term_without_tie_and_reason_is_found(ontology: Graph, term: URIRef) -> None:
    outer = {t for t in ontology.objects(term, RDF.type) if t in set(classes(ontology))}
    for each in {term, *outer}:
        for tie in (RG.alignmentNote, RDFS.subPropertyOf, RDFS.subClassOf):
            ontology.remove((each, tie, None))
        ontology.remove((None, RG.noteFor, each))
    assert term in untied(ontology)


def test_a_match_ties_a_concept(ontology: Graph) -> None:
    ontology.remove((RG.Currency, RG.alignmentNote, None))
    ontology.remove((RG.SEK, SKOS.exactMatch, None))
    assert untied(ontology) == [RG.SEK]


def test_a_range_that_the_shape_exceeds_is_found(ontology: Graph) -> None:
    ontology.set((RG.host, RDFS.range, RG.City))
    assert set(misplaced(ontology)) == {RG.host}


@pytest.mark.parametrize("term", [RG.Renaming, RG.awarder, RG.secretary])
def test_a_term_that_no_record_uses_is_found_until_it_says_why(
    ontology: Graph, recorded: set[str], term: URIRef
) -> None:
    left = recorded - {str(term)}
    assert unused(ontology, left) == [term]
    ontology.add((term, RG.unusedBecause, Literal("ett skäl", lang="sv")))
    assert unused(ontology, left) == [term]
    ontology.add((term, RG.unusedBecause, Literal("a reason", lang="en")))
    assert unused(ontology, left) == []


def test_a_new_list_and_its_concepts_are_unused_until_a_record_uses_one(
    ontology: Graph, recorded: set[str]
) -> None:
    ontology.add((RG.Moods, RDF.type, SKOS.ConceptScheme))
    ontology.add((RG.Mood, RDF.type, OWL.Class))
    ontology.add((RG.Mood, RDFS.subClassOf, RG.ListConcept))
    ontology.add((RG.glad, RDF.type, RG.Mood))
    ontology.add((RG.glad, SKOS.inScheme, RG.Moods))
    assert set(unused(ontology, recorded)) == {RG.Mood, RG.Moods, RG.glad}
    assert unused(ontology, {*recorded, str(RG.glad)}) == []


def take(graph: Graph, subject: URIRef, text: URIRef, language: str) -> None:
    """Remove the text of a term in one language."""
    gone = [o for o in graph.objects(subject, text) if isinstance(o, Literal) and o.language == language]
    assert gone
    for one in gone:
        graph.remove((subject, text, one))
