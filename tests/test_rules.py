"""The rules: each derived triple says from what, a second pass adds nothing, the three graphs stay apart."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from running import BASE, ROOT, SOURCE, City, copy_city

from relgraph.project import find_project

RULES = sorted((ROOT / "ontology" / "rules").glob("*.rq"))
NAMES = ("asserted", "derived", "ontology")
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RG = "https://w3id.org/relgraph/ontology#"


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> City:
    """The city with records that make each rule work on more than one triple."""
    city = copy_city(tmp_path_factory.mktemp("rules") / "lindvik")
    city.add(
        "- id: three-cooperate\n  type: Cooperation\n  party: [lindvik, aberhaven, portogrande]\n"
        f"  observedIn: 2030\n  {SOURCE}"
    )
    city.add(  # the same pair once more: one shortcut that rests on two records
        "- id: two-cooperate\n  type: Cooperation\n  party: [lindvik, aberhaven]\n"
        f"  observedIn: 2030\n  {SOURCE}"
    )
    city.add(
        "- id: aberhaven-wikidata\n  type: Identifier\n  of: aberhaven\n  scheme: wikidata\n  notation: Q1\n"
        f"  exactMatch: http://www.wikidata.org/entity/Q1\n  {SOURCE}"
    )
    city.ok("build")
    return city


@pytest.fixture(scope="module")
def store(busy: City) -> ox.Store:
    return ox.Store.read_only(str(find_project(busy.root).compiled().path))


def graph(store: ox.Store, name: str) -> set[ox.Triple]:
    node = ox.NamedNode(f"{BASE}graph/{name}")
    return {quad.triple for quad in store.quads_for_pattern(None, None, None, node)}


def derivations(store: ox.Store) -> dict[ox.NamedNode, dict[str, set[str]]]:
    """The properties of every derivation, as texts."""
    found: dict[ox.NamedNode, dict[str, set[str]]] = {}
    for triple in graph(store, "derived"):
        if isinstance(triple.subject, ox.NamedNode) and triple.subject.value.startswith(f"{BASE}derivation/"):
            one = found.setdefault(triple.subject, {})
            one.setdefault(triple.predicate.value, set()).add(str(triple.object))
    return found


def plain_derived(store: ox.Store) -> set[tuple[str, str, str]]:
    """The derived triples that are no part of a derivation, as texts."""
    nodes = set(derivations(store))
    return {
        (str(t.subject), str(t.predicate), str(t.object))
        for t in graph(store, "derived")
        if t.subject not in nodes
    }


def test_each_derived_triple_has_one_derivation_and_each_derivation_its_triple(store: ox.Store) -> None:
    explained = [
        tuple(next(iter(one[RDF + part])) for part in ("subject", "predicate", "object"))
        for one in derivations(store).values()
    ]
    assert len(explained) == len(set(explained)) > 10
    assert set(explained) == plain_derived(store)


def test_a_derivation_names_one_rule_and_the_records_it_rests_on(store: ox.Store) -> None:
    records = {
        str(t.subject)
        for t in graph(store, "asserted")
        if str(t.predicate) == f"<{RDF}type>" and str(t.object) == f"<{RG}Record>"
    }
    for one in derivations(store).values():
        assert one[RDF + "type"] == {f"<{RG}Derivation>"}
        assert [len(one[RDF + part]) for part in ("subject", "predicate", "object")] == [1, 1, 1]
        [rule] = one[RG + "rule"]
        assert rule.strip('"') in {path.stem for path in RULES}
        assert one[RG + "restsOn"] <= records


def test_what_two_records_say_rests_on_both(busy: City) -> None:
    rows = busy.select("""SELECT ?from ?record { ?d a rg:Derivation ; rdf:predicate rg:cooperatesWith ;
        rdf:subject ?from ; rdf:object :aberhaven ; rg:restsOn ?record }""")
    assert rows == ["lindvik,three-cooperate", "lindvik,two-cooperate", "portogrande,three-cooperate"]


def test_a_role_held_answers_to_org_role_and_a_reading_of_one_does_not(city: City) -> None:
    assert city.select("SELECT ?m ?holder { ?m org:role rg:chair ; rg:holder ?holder }") == [
        "stage-forum-chair,kulturkontoret"
    ]
    city.add(
        "- id: read-as-chair\n  type: UnsettledRelationship\n  readsAs: RoleTenure\n  role: secretary\n"
        f"  holder: lindvik\n  body: nordljus\n  certainty: ambiguous\n  {SOURCE}"
    )
    assert city.count("?m rg:roleHeld rg:secretary") == 1
    assert city.count("?m org:role rg:secretary") == 0
    assert city.count("?m a org:Membership ; org:role ?role") == 0


def test_conflict_and_alternative_hold_both_ways(busy: City) -> None:
    assert busy.select("SELECT ?y { :portogrande-visit-2030 rg:alternativeTo ?y }") == [
        "portogrande-visit-2029"
    ]
    assert busy.select("SELECT ?y { :contact-only-with-aberhaven-2030 rg:conflictsWith ?y }") == [
        "no-activity-with-aberhaven-2030"
    ]


def test_what_is_written_on_both_sides_is_not_derived_again(city: City) -> None:
    city.replace(
        "  level: contact-only\n", "  level: contact-only\n  conflictsWith: no-activity-with-aberhaven-2030\n"
    )
    assert city.count("?d a rg:Derivation ; rdf:predicate rg:conflictsWith") == 0


@pytest.mark.parametrize("rule", RULES, ids=lambda path: path.stem)
def test_a_second_pass_adds_nothing(store: ox.Store, rule: Path) -> None:
    text = rule.read_text(encoding="utf-8")
    answer = store.query(text, use_default_graph_as_union=True, base_iri=BASE)
    assert isinstance(answer, ox.QueryTriples)
    known = graph(store, "derived")
    assert [str(triple) for triple in answer if triple not in known] == []


def test_the_rules_derived_something_each(store: ox.Store) -> None:
    used = {rule.strip('"') for one in derivations(store).values() for rule in one[RG + "rule"]}
    assert used == {path.stem for path in RULES}


def test_the_three_graphs_are_all_there_is_and_do_not_overlap(store: ox.Store) -> None:
    assert {node.value for node in store.named_graphs() if isinstance(node, ox.NamedNode)} == {
        f"{BASE}graph/{name}" for name in NAMES
    }
    assert not list(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    asserted, derived, ontology = (graph(store, name) for name in NAMES)
    assert not asserted & derived
    assert not asserted & ontology
    assert not derived & ontology


@pytest.mark.parametrize("name", ["asserted", "derived"])
def test_there_is_no_blank_node_in_the_data(store: ox.Store, name: str) -> None:
    blank = ox.BlankNode
    assert not [t for t in graph(store, name) if isinstance(t.subject, blank) or isinstance(t.object, blank)]


def test_a_rule_of_the_project_runs_after_the_shipped_ones(city: City) -> None:
    rules = city.root / "ontology" / "rules"
    rules.mkdir(parents=True)
    (rules / "50-fellows.rq").write_text(
        """PREFIX org: <http://www.w3.org/ns/org#>
PREFIX rg: <https://w3id.org/relgraph/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
CONSTRUCT { ?y rg:hasMember ?x } WHERE { ?x org:memberOf ?y . ?d rdf:predicate org:memberOf }
""",
        encoding="utf-8",
    )
    assert city.select("SELECT ?y ?x { ?y rg:hasMember ?x }") == ["nordljus,lindvik"]


def test_a_projects_rule_of_the_same_name_replaces_the_shipped_one(city: City) -> None:
    rules = city.root / "ontology" / "rules"
    rules.mkdir(parents=True)
    (rules / "10-shortcuts.rq").write_text(
        "CONSTRUCT { ?s ?p ?o } WHERE { VALUES (?s ?p ?o) {} }\n", encoding="utf-8"
    )
    assert city.count("?x org:memberOf ?y") == 0
