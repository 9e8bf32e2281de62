"""The ontology itself: consistent, labelled in both languages, complete in what a kind must say of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from pathlib import Path

import owlrl
import pyshacl
import pytest
from rdflib import OWL, PROV, RDF, RDFS, SH, SKOS, Graph, Namespace, URIRef
from rdflib.term import Node

from relgraph.model import Edtf, Record, Ref, Term, Text, Typed, Value
from relgraph.sentences import SentenceWriter
from relgraph.vocabulary import KeyRule, Kind, Vocabulary, templates

RG = Namespace("https://w3id.org/relgraph/ontology#")
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
HERE = Path(__file__).parent
ONTOLOGY = HERE.parent / "ontology"
FILES = ("relgraph.ttl", "vocabularies.ttl", "shapes.ttl", "alignment.ttl")
HUES = {"#111827", "#3B0764", "#5F6B7A", "#0072B2", "#00795A", "#B0226E", "#8A6100", "#D55E00"}
SHAPES = {"dot", "square", "diamond", "star", "hexagon", "octagon", "triangle", "triangleDown"}
TEXTS = {
    RDFS.label, RDFS.comment, SKOS.prefLabel, SKOS.definition, RG.template, RG.phrase, RG.plural, RG.inText,
}  # fmt: skip
LINES = {"active", "planned", "dormant", "failed", "done", "uncertain"}
# What the loader enforces too; a constraint outside it would hold in one of the two only.
CONSTRAINTS = {
    SH.path, SH.minCount, SH.maxCount, SH["class"], SH.datatype, SH.nodeKind, SH["in"], SH.pattern,
    SH.uniqueLang, SH.minInclusive, SH.message,
}  # fmt: skip


@pytest.fixture(scope="module")
def ontology() -> Graph:
    """The four files as one graph; tests must not change it."""
    graph = Graph()
    for name in FILES:
        graph.parse(ONTOLOGY / name, format="turtle")
    return graph


def contradictions(ontology: Graph, extra: Graph) -> list[str]:
    """What owlrl reports of the OWL RL closure of the ontology and ``extra`` (it raises nothing)."""
    graph = Graph()
    for triple in ontology:
        # Texts and shapes are half of the triples and take no part in any inference.
        if triple[1] not in TEXTS and not str(triple[1]).startswith(str(SH)):
            graph.add(triple)
    graph += extra
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return sorted(str(message) for message in graph.objects(None, ERROR))


def ancestors(graph: Graph, cls: Node) -> list[Node]:
    """The class and its superclasses, the class first."""
    return [c for c in graph.transitive_objects(cls, RDFS.subClassOf) if c is not None]


def inherited(graph: Graph, cls: Node, annotation: URIRef) -> set[Node]:
    """The values of an annotation on the class, or on the nearest superclass that has one."""
    level = {cls}
    while level:
        values = {value for c in level for value in graph.objects(c, annotation)}
        if values:
            return values
        level = {parent for c in level for parent in graph.objects(c, RDFS.subClassOf)}
    return set()


def classes(graph: Graph, below: URIRef | None = None) -> list[URIRef]:
    """The ontology's own classes, sorted; only those below a class if it is given."""
    return sorted(
        c
        for c in graph.subjects(RDF.type, OWL.Class)
        if isinstance(c, URIRef) and c.startswith(RG) and (below is None or below in ancestors(graph, c))
    )


def kinds(graph: Graph) -> list[URIRef]:
    """The relationship classes in which records are written: those that have a sentence."""
    return [c for c in classes(graph, RG.Relationship) if (c, RG.template, None) in graph]


def languages(graph: Graph, subject: Node, predicate: URIRef) -> list[str]:
    return sorted(getattr(text, "language", None) or "" for text in graph.objects(subject, predicate))


def choices(template: templates.Template) -> Iterator[templates.Choice]:
    """All choices of a template, those within others too."""
    for part in template:
        if isinstance(part, templates.Choice):
            yield part
            yield from choices(part.first)
            yield from choices(part.second)
        elif isinstance(part, templates.Group):
            yield from choices(part.parts)


def _named(id_: str, type_: str, sv: str, en: str) -> Record:
    return Record(id_, type_, {"name": (Text(sv, "sv"), Text(en, "en"))})


SPECIMENS = {
    "first": _named("first", "City", "Ekvik", "Ekvik"),
    "second": _named("second", "OrganizationalUnit", "hamnkontoret", "the Port Office"),
}
TIMES: tuple[Mapping[str, str], ...] = (
    {}, {"from": "2011"}, {"from": "2011", "to": "2013"}, {"from": "2028", "to": "[2031..2032]"},
    {"to": "[2031..2032]"}, {"date": "2019-23"}, {"date": "2019-10"}, {"during": "2019"},
    {"observedIn": "2030"},
)  # fmt: skip


def specimens(vocabulary: Vocabulary, kind: Kind) -> Iterator[Record]:
    """Records of a kind with few and many values, dated in each way, and with every concept of each list."""
    rules = [rule for key, rule in sorted(kind.rules.items()) if key not in ("inText", "readsAs")]
    lasting = [time for time in TIMES if set(time) <= set(kind.rules)]
    for several, full, time in product((False, True), (False, True), lasting):
        values = {rule.key: value_of(vocabulary, rule, several) for rule in rules if rule.minimum or full}
        values = {key: value for key, value in values.items() if value}
        values |= {key: (Edtf(text),) for key, text in time.items()}
        yield Record("it", kind.name, values)
        for rule in rules:
            concepts = vocabulary.concepts_of(rule.classes[0]) if rule.classes else {}
            numbers = ("0", "1", "2", "13") if rule.datatype.endswith("integer") else ()
            for text in () if time else (*concepts, *numbers):
                value: Value = Term(concepts[text].iri) if concepts else Typed(text, rule.datatype)
                yield Record("it", kind.name, {**values, rule.key: (value,)})


def value_of(vocabulary: Vocabulary, rule: KeyRule, several: bool) -> tuple[Value, ...]:
    """A plain value that a key takes; none for times and for what no sentence tells."""
    if rule.key == "aspect":
        return (Term(RG.party), Term(RG.date))[: 1 + several]
    if rule.classes:
        concepts = vocabulary.concepts_of(rule.classes[0])
        if concepts:
            return (Term(next(iter(concepts.values())).iri),)
        ids = ("first", "second")
        return tuple(Ref(id_) for id_ in ids[: max(rule.minimum, 1 + several if rule.maximum != 1 else 1)])
    if rule.datatype.endswith("langString"):
        return (Text(f"sakord-{rule.key}", "sv"), Text(f"word-{rule.key}", "en"))
    kinds_of_number = {"integer": "3", "decimal": "5.5", "boolean": "true", "string": "Q1"}
    text = kinds_of_number.get(rule.datatype.rpartition("#")[2], "")
    return (Typed(text, rule.datatype),) if text else ()


def keys_of_shapes(graph: Graph) -> list[tuple[str, Node]]:
    """(key, property) for every path in the shapes."""
    paths = set(graph.objects(None, SH.path))
    return sorted((str(graph.value(p, RG.key) or re.split("[#/]", str(p))[-1]), p) for p in paths)


def test_the_ontology_is_consistent_also_with_provs_disjointness(ontology: Graph) -> None:
    extra = Graph()
    extra.add((PROV.Entity, OWL.disjointWith, PROV.Activity))
    extra.add((PROV.wasDerivedFrom, RDFS.domain, PROV.Entity))
    # One individual a class: an unsatisfiable class shows only when something is in it.
    for cls in classes(ontology):
        individual = URIRef(f"https://example.org/{cls.rsplit('#')[-1]}")
        extra.add((individual, RDF.type, cls))
        if RG.Record in ancestors(ontology, cls):
            extra.add((individual, PROV.wasDerivedFrom, URIRef("https://example.org/citation")))
    assert contradictions(ontology, extra) == []


def test_each_contradiction_of_the_broken_fixture_is_found(ontology: Graph) -> None:
    broken = Graph().parse(HERE / "ontology_broken.ttl", format="turtle")
    found = "\n".join(contradictions(ontology, broken))
    # The agreement is left out: its fault shows on the country that it makes a party.
    culprits = {
        str(s) for s in broken.subjects(RDF.type, None) if not str(s).endswith("agreement-of-a-place")
    }
    assert len(culprits) == 6
    assert [c for c in sorted(culprits) if c not in found] == []


def test_every_term_has_label_and_comment_in_both_languages(ontology: Graph) -> None:
    terms = {t for triple in ontology for t in triple if isinstance(t, URIRef) and t.startswith(RG)}
    missing = []
    for term in sorted(terms):
        if (term, RDF.type, SH.NodeShape) in ontology:
            continue
        concept = (term, SKOS.inScheme, None) in ontology
        texts = (SKOS.prefLabel, SKOS.definition) if concept else (RDFS.label, RDFS.comment)
        missing += [(term, text) for text in texts if languages(ontology, term, text) != ["en", "sv"]]
    assert missing == []


def test_every_key_is_one_property_and_every_path_is_declared_with_labels(ontology: Graph) -> None:
    keys = keys_of_shapes(ontology)
    names = [key for key, _ in keys]
    assert sorted(set(names)) == sorted(names)
    assert [p for _, p in keys if (p, RDF.type, RDF.Property) not in ontology] == []
    assert [p for _, p in keys if languages(ontology, p, RDFS.label) != ["en", "sv"]] == []


@pytest.mark.parametrize("annotation", [RG.group, RG.line, RG.order])
def test_every_kind_has_group_line_and_order(ontology: Graph, annotation: URIRef) -> None:
    assert [k for k in kinds(ontology) if len(inherited(ontology, k, annotation)) != 1] == []


def test_every_kind_has_its_sentence_and_plural_in_both_languages(ontology: Graph) -> None:
    for kind in kinds(ontology):
        for text in (RG.template, RG.plural):
            assert languages(ontology, kind, text) == ["en", "sv"], (kind, text)
        named = RG.Agreement in ancestors(ontology, kind)  # a name is required of these
        assert named or languages(ontology, kind, RG.phrase) == ["en", "sv"], kind


def test_every_key_that_can_be_implied_or_missing_can_be_said(ontology: Graph) -> None:
    """Notes ("Implied: …") and gaps speak of a property by its rg:inText."""
    silent = {RG.alternativeTo, RG.conflictsWith, RG.placeholder, PROV.wasDerivedFrom}
    kept = [*classes(ontology, RG.Entity), *classes(ontology, RG.Relationship)]
    blocks = [
        b
        for c in kept
        for s in ontology.subjects(SH.targetClass, c)
        for b in ontology.objects(s, SH.property)
    ]
    paths = {p for b in blocks for p in ontology.objects(b, SH.path)}
    assert len(paths) > 50
    unsaid = {p for p in paths if languages(ontology, p, RG.inText) != ["en", "sv"]}
    assert unsaid == silent


def test_every_choice_of_a_template_asks_for_a_value_that_the_key_can_have(vocabulary: Vocabulary) -> None:
    asked = 0
    for kind in vocabulary.kinds.values():
        for template in kind.templates.values():
            for choice in choices(template):
                if not choice.value:
                    continue
                asked += 1
                rule = kind.rules[choice.test]
                if rule.classes:
                    assert choice.value in vocabulary.concepts_of(rule.classes[0]), (kind.name, choice)
                else:
                    assert re.fullmatch(r"true|false|[0-9]+", choice.value), (kind.name, choice)
    assert asked > 40


def test_no_sentence_of_any_kind_has_holes(vocabulary: Vocabulary) -> None:
    """One and several values, undated and dated in each way, every concept: no stray sign, nothing twice."""
    written = 0
    for kind in vocabulary.kinds.values():
        for record in specimens(vocabulary, kind) if kind.templates else ():
            for lang in ("sv", "en"):
                writer = SentenceWriter(vocabulary, {**SPECIMENS, "it": record}.get, lang, date(2030, 12, 31))
                text = writer.sentence(record).text
                assert re.fullmatch(r"[A-ZÅÄÖ0-9].*[^ .,;:]\.", text), (kind.name, text)
                assert not re.search(r"[][{}<>|]| [.,;:)]|\( |\(\)|[.,;:][.,;:]", text), (kind.name, text)
                assert not re.search(r"\b(\w+) \1\b", text), (kind.name, text)
                written += 1
    assert written > 1000


def test_every_group_and_line_and_look_is_a_known_one(ontology: Graph) -> None:
    groups = set(ontology.subjects(SKOS.inScheme, RG.Groups))
    assert set(ontology.objects(None, RG.group)) <= groups
    assert {str(v) for v in ontology.objects(None, RG.line)} <= LINES
    assert {str(v) for v in ontology.objects(None, RG.color)} <= HUES
    assert {str(v) for v in ontology.objects(None, RG.shape)} <= SHAPES


def test_no_two_legend_classes_look_alike(ontology: Graph) -> None:
    looks = [
        tuple(str(ontology.value(c, a)) for a in (RG.color, RG.shape, RG.filled))
        for c in classes(ontology)
        if (c, RG.color, None) in ontology
    ]
    assert len(looks) == len(set(looks)) >= 12


def test_every_entity_class_below_the_tops_has_a_look(ontology: Graph) -> None:
    bare = [c for c in classes(ontology, RG.Entity) if not inherited(ontology, c, RG.shape)]
    assert bare == sorted([RG.Agent, RG.Entity])  # both too general to be written as a type


def test_every_kind_names_its_edge_among_its_roles(ontology: Graph) -> None:
    for kind in kinds(ontology):
        drawn = {str(v) for v in inherited(ontology, kind, RG.drawnAs)}
        roles = inherited(ontology, kind, RG.role)
        ends = [inherited(ontology, kind, end) for end in (RG.edgeFrom, RG.edgeTo)]
        between = inherited(ontology, kind, RG.edgeBetween)
        if drawn == {"none"}:
            continue
        assert bool(between) != all(ends), kind
        assert set().union(between, *ends) <= roles, kind


def test_every_placeholder_and_role_is_a_key_of_the_kinds_shape(ontology: Graph) -> None:
    by_path = {path: key for key, path in keys_of_shapes(ontology)}
    for kind in [*kinds(ontology), *classes(ontology, RG.Annotation)]:
        shapes = [s for c in ancestors(ontology, kind) for s in ontology.subjects(SH.targetClass, c)]
        blocks = [b for s in shapes for b in ontology.objects(s, SH.property)]
        paths = {p for b in blocks for p in ontology.objects(b, SH.path)}
        keys = {by_path[p] for p in paths}
        assert inherited(ontology, kind, RG.role) <= paths, kind
        for template in map(str, ontology.objects(kind, RG.template)):
            used = set(templates.keys(templates.parse(template)))
            assert used <= keys | set(templates.PSEUDO_KEYS), (kind, used - keys)


def test_every_template_is_a_balanced_sentence(ontology: Graph) -> None:
    for template in map(str, ontology.objects(None, RG.template)):
        assert template.endswith("."), template
        assert templates.parse(template)


def test_shortcuts_have_a_tense_and_modes_other_than_affirmed_have_none(ontology: Graph) -> None:
    for kind, shortcut in ontology.subject_objects(RG.shortcut):
        assert RG.AffirmedRelationship in ancestors(ontology, kind)
        assert ontology.value(shortcut, RG.tense) in {RG.present, RG.past}


def test_every_class_is_aligned_or_says_why_not(ontology: Graph) -> None:
    def tied(c: Node) -> bool:
        parents = ontology.objects(c, RDFS.subClassOf)
        return (c, RG.alignmentNote, None) in ontology or any(not str(p).startswith(RG) for p in parents)

    untied = []
    for c in classes(ontology):
        # The tops and the modes speak for themselves only: a kind must find its tie below them.
        modes = set(ontology.subjects(RDFS.subClassOf, RG.Relationship))
        tops = {RG.Record, RG.Entity, RG.Relationship, RG.Annotation, *modes} - {c}
        if not any(tied(a) for a in ancestors(ontology, c) if a not in tops):
            untied.append(c)
    assert untied == []


def test_nothing_that_carries_a_source_is_an_activity(ontology: Graph) -> None:
    assert [c for c in classes(ontology, RG.Record) if PROV.Activity in ancestors(ontology, c)] == []


def test_no_class_is_a_concept_and_no_two_terms_share_a_role(ontology: Graph) -> None:
    concepts = set(ontology.subjects(SKOS.inScheme, None))
    properties = set(ontology.subjects(RDF.type, RDF.Property))
    assert concepts & set(classes(ontology)) == set()
    assert concepts & properties == set()
    for concept in concepts:
        types = set(ontology.objects(concept, RDF.type))
        assert types and all(RG.ListConcept in ancestors(ontology, t) for t in types), concept


def test_shapes_are_well_formed_and_use_only_what_the_loader_enforces(ontology: Graph) -> None:
    shapes = Graph().parse(ONTOLOGY / "shapes.ttl", format="turtle")
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text
    for block in shapes.objects(None, SH.property):
        assert set(shapes.predicates(block)) <= CONSTRAINTS
        assert len(list(shapes.objects(block, SH.path))) == 1
    targets = list(shapes.objects(None, SH.targetClass))
    assert len(targets) == len(set(targets))
    assert set(targets) <= set(classes(ontology))


def test_texts_have_one_apostrophe(ontology: Graph) -> None:
    texts = [str(text) for predicate in TEXTS for text in ontology.objects(None, predicate)]
    assert [text for text in texts if "'" in text] == []


def test_the_ontology_names_no_city(ontology: Graph) -> None:
    """What can be said knows nothing of what is so."""
    texts = " ".join((ONTOLOGY / name).read_text(encoding="utf-8") for name in FILES)
    assert not re.search("malmö|malmo|tangshan|shenzhen|iclei", texts, re.IGNORECASE)
