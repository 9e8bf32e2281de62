"""Bad input: told with file, line and column, exit 1, nothing written, never a traceback.

Each folder of ``bad/`` is laid over a copy of the built city; its ``problems.txt`` is what ``check`` says.
"""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path

import pytest
from running import COMMAND, HERE, SOURCE, City, contents, process

from relgraph.errors import DataError
from relgraph.project import find_project

pytestmark = pytest.mark.usefixtures("read_once")
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
    project = find_project(built_copy.root)
    try:
        problems = project.check().problems
    except DataError as error:  # the ontology cannot be read
        problems = error.problems
    assert [str(problem) for problem in problems] == expected_of(case)
    if not case.startswith("question-"):  # on which no store depends
        with pytest.raises(DataError):
            project.compiled()
    assert contents(built_copy.root) == before


@pytest.mark.parametrize("case", CASES[::11])
def test_a_build_prints_it_and_exits_with_1(built_copy: City, case: str) -> None:
    """Every eleventh as a process: the others differ from these in their input alone."""
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
        (
            "graph/extra.yaml:3:3: warning RG306 'nordhamn' has no name in en "
            "(write name: {en: …} too, even if it is the same)"
        ),
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


MEBIBYTE = 2**20
VISIT = f"- id: x\n  type: Visit\n  visited: lindvik\n  date: 2030\n  {SOURCE}\n"
PREFIXES = b"@prefix : <https://example.org/lindvik/ontology#> .\n"

#: file, what is written there, and the problems as line:column code
GENERATED: dict[str, tuple[str, bytes, list[str]]] = {
    "alias-bomb": (
        "graph/extra.yaml",
        b"- &a [x]\n" + b"".join(b"- &b%d [%s]\n" % (n, b"*a, " * 2000 + b"*a") for n in range(5)),
        ["1:3 RG004", "1:3 RG101", "2:3 RG004", "2:3 RG101", "2:8 RG004"],
    ),
    "deep-flow": ("graph/extra.yaml", b"- id: " + b"[" * 10_000 + b"]" * 10_000, ["1:21 RG007"]),
    "deep-block": ("graph/extra.yaml", b"- " * 10_000 + b"x", ["1:33 RG007"]),
    "deep-mapping": ("graph/extra.yaml", b"{a: " * 10_000, ["1:65 RG007"]),
    "deep-turtle": ("ontology/kind.ttl", PREFIXES + b":a :b " + b"(" * 10_000, ["2:10007 RG401"]),
    "deep-rule": ("ontology/rules/90-own.rq", b"CONSTRUCT {} " + b"{" * 10_000, ["1:114 RG404"]),
    "line-of-50-mb": (
        "graph/extra.yaml",
        VISIT.encode() + b"- id: " + b"y" * 50 * MEBIBYTE + b"\n",
        ["6:1 RG008"],
    ),
    "line-of-50-mb-in-the-lock": ("graph/sources.lock", b"y" * 50 * MEBIBYTE, ["1:1 RG207"]),
    "line-of-50-mb-in-the-ontology": (
        "ontology/kind.ttl",
        PREFIXES + b":" + b"y" * 50 * MEBIBYTE,
        ["2:1 RG008"],
    ),
    "file-of-65-mb": ("graph/extra.yaml", b"\n" * 65 * MEBIBYTE, ["1:1 RG008"]),
    "nothing-but-nul": (
        "graph/extra.yaml",
        b"\0" * MEBIBYTE,
        [f"1:{column} RG002" for column in range(1, 21)],
    ),
    "nul-in-the-ontology": ("ontology/kind.ttl", PREFIXES + b"\0", ["2:1 RG401"]),
    "nul-in-a-rule": ("ontology/rules/90-own.rq", b"CONSTRUCT \0 {} {}", ["1:11 RG404"]),
    "a-key-of-a-mebibyte": (
        "graph/extra.yaml",
        VISIT.encode() + b"  ? " + b"y" * (MEBIBYTE - 9) + b"\n  : z\n",
        ["6:5 RG103"],
    ),
    "characters-of-5000-digits": (
        "graph/extra.yaml",
        b"- id: x\n  type: Document\n  name: {sv: X, en: X}\n  characters: " + b"9" * 5000,
        ["4:15 RG106"],
    ),
    "a-thousand-unknown-ids": (
        "graph/extra.yaml",
        b"".join(
            b"- id: v%d\n  type: Visit\n  date: 2030\n  visited: nowhere-%d\n  %s\n" % (n, n, SOURCE.encode())
            for n in range(1000)
        ),
        ["4:12 RG104", "9:12 RG104", "14:12 RG104"],
    ),
}


@pytest.mark.parametrize("case", GENERATED)
def test_what_is_too_much_is_told_in_seconds_and_little_memory(built_copy: City, case: str) -> None:
    file, data, expected = GENERATED[case]
    path = built_copy.root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    before = contents(built_copy.root)
    began = time.monotonic()
    # 3 GiB of addresses, in which the interpreter and its libraries have their part
    limited = ["sh", "-c", 'ulimit -v 3145728 && exec "$0" build', str(COMMAND)]
    done = process(limited, cwd=built_copy.root, env=built_copy.env)
    assert time.monotonic() - began < 30  # it takes one or two, where nothing else runs
    lines = told(done.err)
    assert all(line.startswith(f"{file}:") for line in lines), lines[:5]
    found = [
        line.removeprefix(f"{file}:").split(" ")[0].rstrip(":") + " " + line.split()[2] for line in lines
    ]
    assert found[: len(expected)] == expected
    assert max(map(len, lines)) < 1000
    assert (done.code, done.out) == (1, "")
    assert "Traceback" not in done.err
    assert contents(built_copy.root) == before


def everything_below(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.suffix in (".yaml", ".lock", ".ttl", ".rq")]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_byte_order_mark_and_line_ends_of_windows_are_good(city: City, mark: bytes, end: bytes) -> None:
    (city.root / "ontology" / "rules").mkdir(parents=True)
    own = (
        (BAD / "ontology-template" / "ontology" / "kind.ttl").read_text(encoding="utf-8").split("rg:template")
    )
    (city.root / "ontology" / "kind.ttl").write_text(own[0].rstrip(" ;\n") + " .\n", encoding="utf-8")
    rule = "CONSTRUCT { ?s ?p ?o }\nWHERE { ?s ?p ?o FILTER(false) }\n"
    (city.root / "ontology" / "rules" / "90-own.rq").write_text(rule, encoding="utf-8")
    for path in everything_below(city.root):
        path.write_bytes(mark + path.read_bytes().replace(b"\n", end))
    assert city.run("build").code == 0, city.run("check").out
    for case in ("everything-at-once", "lock-torn", "ontology-rule", "ontology-template"):
        lay_over(city, case)
        for path in everything_below(BAD / case):
            (city.root / path.relative_to(BAD / case)).write_bytes(
                mark + path.read_bytes().replace(b"\n", end)
            )
        done = city.run("check")
        assert set(expected_of(case)) <= set(told(done.out)), case
        assert done.code == 1


#: codes whose message itself says what is asked for
SELF_EXPLAINING = {"RG001", "RG003", "RG007", "RG106", "RG111"}


def test_every_problem_says_what_to_do() -> None:
    """A hint in brackets, or one of the few codes whose message is the hint."""
    for case in CASES:
        for line in expected_of(case):
            code = line.split()[2]
            assert line.endswith(")") or code in SELF_EXPLAINING, f"{case}: {line}"
