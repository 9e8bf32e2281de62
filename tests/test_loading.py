"""Loading: from YAML to typed records, each value as its rule asks, nothing lost and nothing guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from running import RG, SOURCE

from relgraph.loading import Dataset, load, suggestion
from relgraph.model import Edtf, Position, Record, Ref, Term, Text, Typed
from relgraph.vocabulary import Vocabulary

GRAPH = """title: {sv: Lindvik, en: Lindvik}
base: https://example.org/lindvik/
homeCity: lindvik
languages: [sv, en]
otherLanguages: [zh]
"""
HOME = f"- id: lindvik\n  type: City\n  name: {{sv: Lindvik}}\n  {SOURCE}\n"


def loaded(tmp_path: Path, vocabulary: Vocabulary, records: str) -> Dataset:
    folder = tmp_path / "graph"
    folder.mkdir(exist_ok=True)
    (folder / "graph.yaml").write_text(GRAPH, encoding="utf-8")
    (folder / "records.yaml").write_text(HOME + records, encoding="utf-8")
    return load(folder, vocabulary)


def one(tmp_path: Path, vocabulary: Vocabulary, keys: str, type_: str = "Visit") -> Record:
    dataset = loaded(tmp_path, vocabulary, f"- id: x\n  type: {type_}\n  {keys}\n  {SOURCE}\n")
    assert [str(problem) for problem in dataset.problems] == []
    return dataset.by_id()["x"]


def codes(dataset: Dataset) -> list[str]:
    return [problem.code for problem in dataset.problems]


@pytest.mark.parametrize(
    ("type_", "keys", "key", "values"),
    [
        ("Visit", "visited: lindvik", "visited", (Ref("lindvik"),)),
        ("Visit", "visited: [lindvik]", "visited", (Ref("lindvik"),)),
        ("Visit", "visited: lindvik\n  date: 2019", "date", (Edtf("2019"),)),
        ("Visit", "visited: lindvik\n  date: '2019~'", "date", (Edtf("2019~"),)),
        (
            "Visit",
            "visited: lindvik\n  date: {earliest: 2021, latest: 2022}",
            "date",
            (Edtf("[2021..2022]"),),
        ),
        ("Visit", "visited: lindvik\n  date: {latest: 2022}", "date", (Edtf("[..2022]"),)),
        ("Visit", "visited: lindvik\n  certainty: implied", "certainty", (Term(f"{RG}implied"),)),
        (
            "MeetingSeries",
            "participant: lindvik\n  count: 0012",
            "count",
            (Typed("0012", "http://www.w3.org/2001/XMLSchema#integer"),),
        ),
        (
            "City",
            "name: {sv: NO, en: yes, zh: 北}",
            "name",
            (Text("NO", "sv"), Text("yes", "en"), Text("北", "zh")),
        ),
        (
            "Gap",
            "about: lindvik\n  aspect: [role, from]",
            "aspect",
            (Term(f"{RG}roleHeld"), Term(f"{RG}from")),
        ),
        ("UnsettledRelationship", "readsAs: Visit\n  visited: lindvik", "readsAs", (Term(f"{RG}Visit"),)),
    ],
)
def test_a_value_is_typed_as_its_rule_asks(
    tmp_path: Path, vocabulary: Vocabulary, type_: str, keys: str, key: str, values: tuple[object, ...]
) -> None:
    assert one(tmp_path, vocabulary, keys, type_).values[key] == values


def test_a_record_and_its_keys_know_their_places(tmp_path: Path, vocabulary: Vocabulary) -> None:
    record = one(tmp_path, vocabulary, "visited: lindvik\n  date: 2019")
    assert record.position == Position("graph/records.yaml", 5, 3)
    assert record.at("date") == Position("graph/records.yaml", 8, 3)
    assert record.at("absent") == record.position


def test_a_citation_keeps_what_it_supports(tmp_path: Path, vocabulary: Vocabulary) -> None:
    source = 'source: {document: d, section: "1", range: [1, 2], supports: visited}'
    text = f"- id: x\n  type: Visit\n  visited: lindvik\n  {source}"
    [citation] = loaded(tmp_path, vocabulary, text).by_id()["x"].sources
    assert (citation.document, citation.section, citation.start, citation.end) == ("d", "1", 1, 2)
    assert (citation.supports, citation.certainty) == (("visited",), "stated")
    assert citation.position == Position("graph/records.yaml", 8, 11)


def test_an_alias_may_be_a_plain_text(tmp_path: Path, vocabulary: Vocabulary) -> None:
    record = one(
        tmp_path, vocabulary, "name: {sv: X}\n  alias: [Ixet, {name: X, lang: zh, status: acronym}]", "City"
    )
    assert [(a.name, a.status) for a in record.aliases] == [
        (Text("Ixet"), "source-variant"),
        (Text("X", "zh"), "acronym"),
    ]


def test_a_kind_that_records_cannot_be_of_is_unknown(tmp_path: Path, vocabulary: Vocabulary) -> None:
    dataset = loaded(tmp_path, vocabulary, "- id: x\n  type: Certainty\n- id: y\n  type: Derivation\n")
    assert codes(dataset) == ["RG102", "RG102"]


def test_one_fault_does_not_hide_another(tmp_path: Path, vocabulary: Vocabulary) -> None:
    dataset = loaded(
        tmp_path,
        vocabulary,
        "- id: x\n  type: Visit\n  visited: nowhere\n  date: 2019-13\n  nonsense: 1\n"
        "- 7\n- id: y\n  type: Nope\n",
    )
    assert codes(dataset) == ["RG107", "RG104", "RG111", "RG103", "RG101", "RG102"]
    assert list(dataset.problems) == sorted(dataset.problems, key=lambda problem: problem.sort_key)


def test_files_are_read_in_the_order_of_their_names(tmp_path: Path, vocabulary: Vocabulary) -> None:
    folder = tmp_path / "graph"
    folder.mkdir()
    for name, id_ in (("b.yaml", "second"), ("a.yaml", "first")):
        (folder / name).write_text(
            f"- id: {id_}\n  type: City\n  name: {{sv: X}}\n  {SOURCE}\n", encoding="utf-8"
        )
    (folder / "notes.txt").write_text("no record", encoding="utf-8")
    (folder / "graph.yaml").write_text(GRAPH.replace("lindvik\n", "first\n"), encoding="utf-8")
    assert [record.id for record in load(folder, vocabulary).records] == ["first", "second"]


@pytest.mark.parametrize("id_", ["a", "a-b", "2030", "a1-b2", "x" * 100])
def test_an_id_that_is_safe_everywhere_is_taken(tmp_path: Path, vocabulary: Vocabulary, id_: str) -> None:
    dataset = loaded(tmp_path, vocabulary, f"- id: '{id_}'\n  type: Visit\n  visited: lindvik\n  {SOURCE}\n")
    assert codes(dataset) == []


@pytest.mark.parametrize(
    "id_",
    [
        "A",
        "a_b",
        "-a",
        "a-",
        "a--b",
        "a/b",
        "..",
        "ö",
        "x" * 101,
        "nul",
        "lpt1",
        "a b",
        "a#b",
        "a%2f",
        "a\u200b",
    ],
)
def test_an_id_that_is_not_is_refused(tmp_path: Path, vocabulary: Vocabulary, id_: str) -> None:
    dataset = loaded(tmp_path, vocabulary, f"- id: '{id_}'\n  type: Visit\n  visited: lindvik\n  {SOURCE}\n")
    assert codes(dataset) == ["RG114"]


def test_the_nearest_known_word_is_suggested() -> None:
    assert suggestion("hong-kongg", ["hong-kong", "dalian"]) == "did you mean 'hong-kong'?"
    assert suggestion("zzz", ["hong-kong", "dalian"]) is None


PIECES = """- id: x|  type: Visit|  visited: lindvik|  visited: [|]|  date: {earliest: 1}|  source: {|}
  alias: [a, {b: c}]|  name: {sv: [x, {y: z}]}|  sections: [1, {}]|  type: Document|  characters: x
  period: y|- |- []|? a|  from: [1]
  notFactual: {}|  source: [[], 1, {document: []}]|  readsAs: [Visit]|  type: []|  type: UnsettledRelationship
  count: {}|  exactMatch: x|  type: Identifier|\t|  readsAs: Nope|- id: []
  alias: {name: {}}|  from: {earliest: []}"""


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES.replace("\n", "|").split("|")), max_size=9))
def test_no_yaml_makes_the_loader_raise(tmp_path: Path, vocabulary: Vocabulary, lines: list[str]) -> None:
    dataset = loaded(tmp_path, vocabulary, "".join(f"{line}\n" for line in lines))
    assert all(problem.position for problem in dataset.problems)
