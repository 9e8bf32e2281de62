"""Bad input: told with file, line and column, exit 1, nothing written, never a traceback.

Each folder of ``bad/`` is laid over a copy of the built city; its ``problems.txt`` is what ``check`` says.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from running import HERE, City, contents

BAD = HERE / "bad"
CASES = sorted(path.name for path in BAD.iterdir() if path.is_dir())
PROBLEM = re.compile(r"\S+?:\d+:\d+: (error|warning) RG\d{3} .+")


def lay_over(city: City, case: str) -> None:
    shutil.copytree(BAD / case, city.root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("problems.txt"))


def expected_of(case: str) -> list[str]:
    return (BAD / case / "problems.txt").read_text(encoding="utf-8").splitlines()


def told(text: str) -> list[str]:
    return [line for line in text.splitlines() if PROBLEM.fullmatch(line)]


@pytest.mark.parametrize("case", CASES)
def test_it_is_told_to_the_column_and_nothing_is_written(built_copy: City, case: str) -> None:
    lay_over(built_copy, case)
    before = contents(built_copy.root)
    done = built_copy.run("build")
    assert told(done.err) == expected_of(case)
    assert (done.code, done.out) == (1, "")
    assert "Traceback" not in done.err
    assert contents(built_copy.root) == before


@pytest.mark.parametrize("case", ["everything-at-once", "lock-torn", "ontology-template", "not-utf8"])
def test_check_tells_the_same_and_writes_nothing(built_copy: City, case: str) -> None:
    lay_over(built_copy, case)
    before = contents(built_copy.root)
    done = built_copy.run("check")
    assert told(done.out + done.err) == expected_of(case)
    assert done.code == 1
    assert "Traceback" not in done.err
    assert contents(built_copy.root) == before


def test_every_case_places_its_errors() -> None:
    for case in CASES:
        lines = expected_of(case)
        assert any(": error RG" in line for line in lines), case
        for line in lines:
            assert PROBLEM.fullmatch(line), f"{case}: {line}"


@pytest.mark.parametrize("command", [["show", "lindvik"], ["query", "-e", "ASK {}"], ["export"]])
def test_no_command_answers_from_a_graph_with_errors(built_copy: City, command: list[str]) -> None:
    lay_over(built_copy, "unknown-id")
    before = contents(built_copy.root)
    done = built_copy.run(*command)
    assert (done.code, done.out) == (1, "")
    assert told(done.err) == expected_of("unknown-id")
    assert "error: the graph has 1 error; nothing was written" in done.err
    assert contents(built_copy.root) == before


def test_a_first_build_that_fails_leaves_no_trace(city: City) -> None:
    lay_over(city, "missing-role")
    before = contents(city.root)
    assert city.run("build").code == 1
    assert contents(city.root) == before
    assert not (city.root / "exports").exists()


def test_warnings_do_not_stop_a_build_and_strict_makes_them_count(city: City) -> None:
    source = '[{document: ar2030, section: "1", range: [84, 115]}]'
    city.add(f"- id: nordhamn\n  type: City\n  name: {{sv: Nordhamn}}\n  source: {source}", "extra.yaml")
    city.add(
        f"- id: lindvik-2\n  type: City\n  name: {{sv: lindvik, en: X}}\n  source: {source}", "extra.yaml"
    )
    expected = [
        "graph/extra.yaml:3:3: warning RG306 'nordhamn' has no name in en",
        (
            "graph/extra.yaml:7:3: warning RG305 'lindvik-2' bears a name of 'lindvik' "
            "(one record with an alias, if they are one)"
        ),
    ]
    checked = city.run("check")
    assert (checked.code, checked.lines) == (0, expected)
    assert city.run("check", "--strict").code == 1
    building = city.run("build")
    assert building.code == 0
    assert building.err.splitlines()[:2] == expected
    assert Path(city.root / "exports" / "graph.ttl").is_file()
