"""The JSON Schema for editors says what loading says: it takes every good record and marks the bad ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
import yaml
from running import HERE, ROOT, City

from relgraph.cli.schema import MODELINE
from relgraph.project import find_project
from relgraph.views.schema import schema

#: problems that a schema of one file can see; order in time, citations and whole graphs are beyond it
SEEN = ("RG102", "RG103", "RG104", "RG106", "RG107", "RG108", "RG109", "RG110", "RG114", "RG115", "RG116")


class Core(yaml.SafeLoader):
    """Reads YAML as editors do (the core schema of YAML 1.2): NO is a text, and so is a date."""


for first, resolvers in list(Core.yaml_implicit_resolvers.items()):
    Core.yaml_implicit_resolvers[first] = [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag.rsplit(":", 1)[1] in ("int", "float", "null") or (tag.endswith("bool") and first in "tTfF")
    ]


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=Core)


def validator(root: Path) -> jsonschema.Draft7Validator:
    checked = find_project(root).check()
    made = json.loads(schema(checked.vocabulary, checked.dataset))
    jsonschema.Draft7Validator.check_schema(made)
    return jsonschema.Draft7Validator(made)


@pytest.fixture(scope="module")
def lindvik() -> jsonschema.Draft7Validator:
    return validator(HERE / "city")


@pytest.mark.parametrize("root", [ROOT, HERE / "city"], ids=["malmo", "lindvik"])
def test_every_record_file_fits(root: Path) -> None:
    valid = validator(root)
    files = sorted((root / "graph").glob("*.yaml"))
    assert len(files) > 3
    for path in files:
        assert [e.message for e in valid.iter_errors(read(path))] == [], path.name


BAD = sorted(
    case.name
    for case in (HERE / "bad").iterdir()
    if (case / "graph" / "extra.yaml").is_file()
    and any(code in (case / "problems.txt").read_text(encoding="utf-8") for code in SEEN)
)


@pytest.mark.parametrize("case", BAD)
def test_what_a_schema_can_see_is_marked(case: str, lindvik: jsonschema.Draft7Validator) -> None:
    try:
        content = read(HERE / "bad" / case / "graph" / "extra.yaml")
    except yaml.YAMLError:
        pytest.skip("it is no YAML to begin with")
    assert list(lindvik.iter_errors(content)), case


def test_it_completes_the_ids_of_the_class_that_a_key_takes(city: City) -> None:
    made = json.loads(city.ok("schema"))
    assert made["definitions"]["Membership"]["required"] == ["member", "organization", "source"]
    ids = made["definitions"]["one-of-Gathering"]["enum"]
    assert "nordljus-annual-meeting-2030" in ids
    assert "lindvik" not in ids
    described = made["definitions"]["Membership"]["properties"]["member"]["description"]
    assert len(described.splitlines()) == 2  # Swedish and English


def test_every_record_file_names_its_schema() -> None:
    for path in sorted((ROOT / "graph").glob("*.yaml")):
        assert path.read_text(encoding="utf-8").splitlines()[0] == MODELINE, path.name


def test_a_new_kind_is_in_the_schema(city: City) -> None:
    (city.root / "ontology").mkdir(exist_ok=True)
    loan = (HERE / "kind" / "loan.ttl").read_text(encoding="utf-8")
    (city.root / "ontology" / "loan.ttl").write_text(loan, encoding="utf-8")
    assert "ArtLoan" in json.loads(city.ok("schema"))["definitions"]


def test_a_number_is_no_word(lindvik: jsonschema.Draft7Validator) -> None:
    record = {"id": "x", "type": "MeetingSeries", "participant": "lindvik", "count": 5, "during": 2030}
    record["source"] = {"document": "ar2030", "section": 1, "range": [0, 1]}
    assert list(lindvik.iter_errors([record])) == []
    assert list(lindvik.iter_errors([{**record, "count": "many"}]))
