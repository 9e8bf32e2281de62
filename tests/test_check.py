"""``relgraph check`` as a command: its formats, and what it says of its own codes."""

from __future__ import annotations

import json
import re

import pytest
from running import HERE, ROOT, City

from relgraph.codes import codes, explain
from relgraph.errors import UsageError

BAD = """
- id: visit-1
  type: Visit
  visitor: lindvik
  visited: aberhavn
  date: 2019-02-30
  source: [{document: ar2030, section: "1", range: [84, 115]}]
"""


def test_json_holds_what_text_says(city: City) -> None:
    city.add(BAD, "extra.yaml")
    text = city.run("check")
    found = city.run("check", "--format", "json")
    assert (text.code, found.code) == (1, 1)
    whole = json.loads(found.out)
    assert (whole["errors"], whole["warnings"]) == (2, 0)
    assert whole["records"] == 27
    lines = [
        f"{p['file']}:{p['line']}:{p['column']}: {p['severity']} {p['code']} {p['message']}"
        + (f" ({p['hint']})" if p["hint"] else "")
        for p in whole["problems"]
    ]
    assert lines == text.lines
    assert [p["code"] for p in whole["problems"]] == ["RG104", "RG111"]
    assert whole["problems"][0]["hint"] == "did you mean 'aberhaven'?"


def test_json_of_a_graph_without_problems(city: City) -> None:
    found = json.loads(city.ok("check", "--format", "json"))
    assert found["problems"] == []
    assert found["records"] > 20


def test_a_broken_ontology_is_told_in_json_too(city: City) -> None:
    (city.root / "ontology").mkdir(exist_ok=True)
    (city.root / "ontology" / "own.ttl").write_text("@prefix : <", encoding="utf-8")
    found = city.run("check", "--format", "json")
    assert found.code == 1
    whole = json.loads(found.out)
    assert (whole["records"], whole["problems"][0]["code"]) == (None, "RG401")


def test_check_names_the_way_to_the_explanation(city: City) -> None:
    city.add(BAD, "extra.yaml")
    assert "relgraph check --explain RG104" in city.run("check").err


@pytest.mark.parametrize(("lang", "words"), [("sv", "okänd post"), ("en", "unknown record")])
def test_a_code_is_explained_anywhere_in_both_languages(
    city: City, lang: str, words: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    done = city.run("check", "--explain", "rg104", "--lang", lang, cwd=outside)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("RG104")
    assert words in done.out


def test_an_unknown_code_is_a_wrong_command(city: City) -> None:
    done = city.run("check", "--explain", "RG999")
    assert (done.code, done.out) == (2, "")
    assert "'RG999' is no code" in done.err
    with pytest.raises(UsageError):
        explain("", "en")


def test_the_catalogue_is_of_exactly_the_codes_that_the_program_gives() -> None:
    given: set[str] = set()
    for path in (ROOT / "src" / "relgraph").rglob("*.py"):
        given |= set(re.findall(r"\"(RG\d{3})\"", path.read_text(encoding="utf-8")))
    assert set(codes()) == given
    assert list(codes()) == sorted(given)


def test_every_code_is_explained_in_whole_sentences_in_both_languages() -> None:
    for code, entry in codes().items():
        assert entry.severity in ("error", "warning"), code
        assert entry.title["sv"] != entry.title["en"], code
        assert all(text.endswith(".") and len(text) > 60 for text in entry.text.values()), code
        for lang in ("sv", "en"):
            assert explain(code, lang).startswith(code)


def test_every_code_of_records_has_an_example_among_the_bad_ones() -> None:
    """Those of checks by hand (RG2xx by `sources`), of files as such and of SHACL have tests of their own."""
    shown = "".join(p.read_text(encoding="utf-8") for p in (HERE / "bad").rglob("problems.txt"))
    for code in codes():
        if code.startswith(("RG1", "RG3", "RG4")) and codes()[code].severity == "error":
            assert code in shown, code
