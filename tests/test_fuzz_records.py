"""Records of every kind, right and wrong: what loads without an error builds, and SHACL agrees."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from running import CITY, RG, City, copy_city

from relgraph.loading.values import SCHEMA_CLASSES, XSD
from relgraph.model import Problem
from relgraph.project import Checked, Project, find_project
from relgraph.shapes import validate
from relgraph.triples import quads
from relgraph.vocabulary import TIME_KEYS, KeyRule, Kind, Vocabulary, local_name

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), min_size=1, max_size=8).filter(
    str.strip
)
TIMES = st.sampled_from(["2030", "2029/2031", "2030-02", "2030-22", "2031~", "2030-05-06", "203X"])
CITED = {"document": "ar2030", "section": "1", "range": ["84", "115"]}
SOURCES = st.sampled_from(
    [CITED, [CITED], [{**CITED, "certainty": "implied"}], [{**CITED, "supports": "type"}]]
)
IRIS = st.sampled_from(
    ["http://www.wikidata.org/entity/Q1", "https://example.org/å?b=c#d", "https://a.se/%C3%A5"]
)
NUMBERS = {
    "integer": st.sampled_from(["0", "1", "007", "+5", "-1", "123456789012345678"]),
    "nonNegativeInteger": st.sampled_from(["0", "12"]),
    "positiveInteger": st.sampled_from(["1", "12"]),
    "decimal": st.sampled_from(["0", "12.50", "-0.5", "89"]),
    "boolean": st.sampled_from(["true", "false"]),
    "date": st.sampled_from(["2030-02-28"]),
    "anyURI": IRIS,
}
WRONG: st.SearchStrategy[object] = st.one_of(
    st.sampled_from(
        ["", "x", "-7", "2030", "1.5", "true", "lindvik", "formal", "City", "http://[x", "[a..b]"]
    ),
    st.just(["lindvik", "aberhaven", "nordljus"]),
    st.dictionaries(st.sampled_from(["sv", "en", "dk", "earliest", "document"]), TEXT, max_size=2),
    TEXT,
)


@dataclass(frozen=True)
class Values:
    """Right values for the rules of a vocabulary, and the ids that stand in the city."""

    vocabulary: Vocabulary
    ids: dict[str, Kind]

    def right(self, rule: KeyRule) -> st.SearchStrategy[object]:
        """A value that the rule takes, as far as one is known."""
        if rule.key == "source":
            return SOURCES
        if rule.key in TIME_KEYS:
            return TIMES
        if rule.datatype.endswith("langString"):
            return st.fixed_dictionaries({"sv": TEXT, "en": TEXT})
        if rule.classes:
            return self._of_class(rule)
        if rule.iri_kind:
            return IRIS
        if rule.pattern:
            return st.from_regex(rule.pattern, fullmatch=True)
        return NUMBERS.get(rule.datatype.removeprefix(XSD), TEXT)

    def _of_class(self, rule: KeyRule) -> st.SearchStrategy[object]:
        if any(iri in SCHEMA_CLASSES for iri in rule.classes):
            kinds = [k.name for k in self.vocabulary.kinds.values() if k.is_a(RG + "AffirmedRelationship")]
            wanted = kinds if rule.classes[0].endswith("Class") else list(self.vocabulary.properties)
            return st.sampled_from(sorted(wanted))
        names = [name for iri in rule.classes for name in self.vocabulary.concepts_of(iri)]
        names += [id_ for id_, kind in self.ids.items() if all(kind.is_a(iri) for iri in rule.classes)]
        if not names:
            return WRONG
        many = max(rule.minimum, 1)
        return st.lists(st.sampled_from(names), min_size=many, max_size=rule.maximum or many + 1, unique=True)

    def of(self, rule: KeyRule) -> st.SearchStrategy[object]:
        """A right value eleven times of twelve, else a wrong one."""
        right = self.right(rule)
        return st.integers(0, 11).flatmap(lambda n: right if n else WRONG)

    def records(self, kinds: list[Kind]) -> st.SearchStrategy[dict[str, object]]:
        """A record of one of the kinds."""
        return st.sampled_from(kinds).flatmap(self.record)

    def record(self, kind: Kind) -> st.SearchStrategy[dict[str, object]]:
        """A record with what its kind asks for, and some of what it may have."""
        needed = {key: self.of(rule) for key, rule in kind.rules.items() if rule.minimum}
        may = {key: self.of(rule) for key, rule in kind.rules.items() if not rule.minimum}
        extra = {"alias": st.lists(TEXT, min_size=1, max_size=2), "zzz": WRONG}
        return st.tuples(
            st.fixed_dictionaries(needed),
            st.lists(st.sampled_from(sorted(may)), max_size=3, unique=True) if may else st.just([]),
            st.integers(0, 20),
            st.fixed_dictionaries(may),
            st.fixed_dictionaries(extra),
        ).map(
            lambda drawn: {
                "type": kind.name,
                **drawn[0],
                **{key: drawn[3][key] for key in drawn[1]},
                **({"alias": drawn[4]["alias"]} if drawn[2] == 1 else {}),
                **({"zzz": drawn[4]["zzz"]} if drawn[2] == 2 else {}),
            }
        )


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> City:
    """One copy of the city; each example writes its own extra file."""
    return copy_city(tmp_path_factory.mktemp("records") / "lindvik")


def sound(city: City, records: list[dict[str, object]]) -> tuple[Project, Checked, tuple[Problem, ...]]:
    """The city with those of the records that have no error, and all errors met on the way."""
    lines = {n: json.dumps({"id": f"r{n}", **record}, ensure_ascii=False) for n, record in enumerate(records)}
    met: tuple[Problem, ...] = ()
    while True:
        written = sorted(lines)
        city.path("extra.yaml").write_text("".join(f"- {lines[n]}\n" for n in written), encoding="utf-8")
        project = find_project(city.root)
        checked = project.check()
        if not checked.errors:
            return project, checked, met
        met += checked.errors
        for problem in checked.errors:
            assert problem.position is not None
            assert problem.position.file == "graph/extra.yaml", problem
            lines.pop(written[problem.position.line - 1], None)


def kinds_of(vocabulary: Vocabulary) -> list[Kind]:
    return sorted((k for k in vocabulary.kinds.values() if k.is_a(RG + "Record")), key=lambda kind: kind.name)


def build(checked: Checked) -> int:
    """Load the quads as a build does; the number of them."""
    stream = "".join(f"{s} {p} {o} {g} .\n" for s, p, o, g in quads(checked.dataset, checked.vocabulary))
    store = ox.Store()
    store.bulk_load(input=stream.encode(), format=ox.RdfFormat.N_QUADS)
    return len(store)


def examples(number: int) -> settings:
    return settings(
        max_examples=number,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )


@pytest.fixture(scope="module")
def values(vocabulary: Vocabulary) -> Values:
    dataset = find_project(CITY).check().dataset
    return Values(vocabulary, {r.id: vocabulary.kinds[r.type] for r in dataset.records})


def test_what_loads_without_errors_builds(shared: City, values: Values, vocabulary: Vocabulary) -> None:
    kinds = kinds_of(vocabulary)
    seen: set[str] = set()
    refused: set[str] = set()

    @examples(18)
    @given(st.lists(values.records(kinds), min_size=8, max_size=12))
    def holds(records: list[dict[str, object]]) -> None:
        _, checked, met = sound(shared, records)
        refused.update(problem.code for problem in met)
        seen.update(r.type for r in checked.dataset.records if r.id.startswith("r"))
        assert build(checked) > 500

    holds()
    # the strategies must reach both sides: many kinds that load, and many ways not to
    assert len(seen) > len(kinds) / 4, sorted(seen)
    assert len(refused) >= 6, sorted(refused)


def test_what_pyshacl_rejects_the_loader_rejects(
    shared: City, values: Values, vocabulary: Vocabulary
) -> None:
    kinds = kinds_of(vocabulary)
    count = 0

    @examples(4)
    @given(st.lists(values.records(kinds), min_size=20, max_size=24))
    def holds(records: list[dict[str, object]]) -> None:
        nonlocal count
        project, checked, _ = sound(shared, records)
        count += sum(1 for r in checked.dataset.records if r.id.startswith("r"))
        assert validate(checked.dataset, checked.vocabulary, project.ontology_files()) == []

    holds()
    assert count > 15


def every_rule(vocabulary: Vocabulary) -> Iterator[tuple[Kind, KeyRule]]:
    for kind in kinds_of(vocabulary):
        for rule in kind.rules.values():
            yield kind, rule


def test_every_key_has_right_values_in_the_strategies(values: Values, vocabulary: Vocabulary) -> None:
    without = {
        local_name(iri)
        for _, rule in every_rule(vocabulary)
        if rule.classes and values.right(rule) is WRONG
        for iri in rule.classes
    }
    assert len(without) <= 12, sorted(without)
