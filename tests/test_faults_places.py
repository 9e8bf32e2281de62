"""Places that are not as they should be: read-only, foreign, missing, damaged, gone in the meantime."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import COMMAND, City, Done, contents, environment

from relgraph import project as project_module
from relgraph.errors import RelgraphError
from relgraph.project import find_project
from relgraph.store import files

ASK = ["query", "-e", "ASK { :lindvik ?p ?o }"]


def one_line(done: Done, *words: str) -> None:
    """It failed with one clear line in which these words occur."""
    lines = done.err.splitlines()
    assert (done.code, done.out) == (2, ""), done.err
    assert [line.startswith("error: ") for line in lines] in ([True], [True, False]), done.err
    assert all(line.startswith("hint: ") for line in lines[1:])
    assert all(word in lines[0] for word in words), done.err


def answers(done: Done) -> None:
    assert (done.code, done.out.strip()) == (0, "true"), done.err


# -- a project that cannot be written ------------------------------------------------------------------------


def heed_modes() -> None:
    """For a process about to be started: the modes of files and folders shall hold for root, too."""
    if os.getuid() == 0:
        drop, overriding = 24, (1, 2)  # PR_CAPBSET_DROP; CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        for capability in overriding:
            if ctypes.CDLL(None).prctl(drop, capability, 0, 0, 0):
                raise OSError("the capability cannot be dropped")


def as_reader(city: City, *arguments: str, **env: str) -> Done:
    done = subprocess.run(
        [str(COMMAND), *arguments],
        cwd=city.root,
        env=environment(**env),
        capture_output=True,
        preexec_fn=heed_modes,
        timeout=60,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr.decode())


@pytest.fixture
def locked(built_copy: City) -> Iterator[City]:
    """The city, which may be read and not written."""
    folders = [path for path in (built_copy.root, *built_copy.root.rglob("*")) if path.is_dir()]
    for path in folders:
        path.chmod(0o555)
    yield built_copy
    for path in folders:
        path.chmod(0o755)


@pytest.mark.skipif(sys.platform != "linux", reason="modes and capabilities as Linux has them")
def test_a_project_that_cannot_be_written_answers_and_says_so_when_built(
    locked: City, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    place = {"XDG_CACHE_HOME": str(home), "TMPDIR": str(tmp_path)}
    before = contents(locked.root)
    answers(as_reader(locked, *ASK, **place))
    assert list(home.iterdir()) == []  # the store that is there serves readers, too
    with locked.path("entities.yaml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    answers(as_reader(locked, *ASK, **place))
    assert as_reader(locked, "show", "lindvik", **place).code == 0
    assert list(home.glob("relgraph/*/current.json"))
    shutil.rmtree(home)
    home.write_bytes(b"")
    answers(as_reader(locked, *ASK, **place))  # from a folder that goes with the process
    (locked.root / "exports" / "graph.ttl").write_bytes(b"")
    one_line(as_reader(locked, "build", **place), "exports/graph.ttl cannot be written: Permission denied")
    after = contents(locked.root)
    assert {name for name in after if after[name] != before.get(name)} == {
        "graph/entities.yaml",
        "exports/graph.ttl",
    }
    assert not list(tmp_path.glob("relgraph-*"))


@pytest.mark.parametrize("cache", ["user-cache", "report.txt/nowhere"])
def test_a_cache_that_is_a_file_is_no_reason_to_give_no_answer(city: City, cache: str) -> None:
    (city.root / ".relgraph").write_bytes(b"mine")
    city.env["XDG_CACHE_HOME"] = str(city.root / cache)
    city.env["TMPDIR"] = str(city.root.parent)
    answers(city.run(*ASK))
    assert city.run("show", "lindvik").code == 0
    assert city.run("build").code == 0
    assert (city.root / ".relgraph").read_bytes() == b"mine"
    assert not list(city.root.parent.glob("relgraph-*"))


def test_without_any_room_one_line_says_so(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*arguments: object, **named: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "publish", none)
    with pytest.raises(RelgraphError, match=r"no room for the compiled graph.*: No space left on device$"):
        find_project(city.root).compiled()


# -- foreign things ------------------------------------------------------------------------------------------


def test_foreign_files_are_left_alone(city: City) -> None:
    foreign = [
        *(
            "exports/notes.docx",
            "exports/.graph.ttl.swp",
            "exports/.map.html.part",
            "exports/.x.abcd1234.part",
        ),
        *("exports/old/graph.ttl", ".relgraph/notes", ".relgraph/store/readme", "graph/notes.md"),
    ]
    for name in foreign:
        path = city.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"mine")
    for _ in range(2):
        city.ok("build")
        with city.path("entities.yaml").open("a", encoding="utf-8") as file:
            file.write("\n")
    assert {name: (city.root / name).read_bytes() for name in foreign} == dict.fromkeys(foreign, b"mine")


@pytest.mark.parametrize("command", ["build", "check", "show x", "query -e ASK{}", "export"])
def test_a_graph_folder_of_another_program(tmp_path: Path, command: str) -> None:
    graph = tmp_path / "graph"
    graph.mkdir()
    (graph / "graph.yaml").write_text("nodes: [a]\nedges: [1, 2]\n", encoding="utf-8")
    (graph / "compose.yaml").write_text('version: "3"\nservices: {web: {image: x}}\n', encoding="utf-8")
    done = City(tmp_path).run(*command.split(" ", 2))
    assert done.code == 1
    assert "graph/graph.yaml:1:1: error RG100 'nodes' is no key of graph.yaml" in done.out + done.err
    assert "graph/compose.yaml:1:1: error RG101" in done.out + done.err
    assert "Traceback" not in done.err
    assert {path.name for path in tmp_path.iterdir()} == {"graph"}


def test_no_graph_folder(tmp_path: Path) -> None:
    for command in ("build", "check", "export"):
        one_line(City(tmp_path).run(command), "no graph/graph.yaml in ")
    (tmp_path / "graph").mkdir()
    one_line(City(tmp_path).run("check"), "no graph/graph.yaml in ")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("exports", "exports cannot be written: File exists"),
        ("exports/map.html/", "exports/map.html cannot be written: Is a directory"),
        ("graph/layout.csv/", "graph/layout.csv cannot be read: Is a directory"),
        ("graph/layout.csv", "graph/layout.csv cannot be read: 'utf-8' codec can't decode"),
    ],
)
def test_something_else_stands_where_an_output_belongs(city: City, name: str, told: str) -> None:
    path = city.root / name
    if name.endswith("/"):
        path.mkdir(parents=True)
    else:
        path.write_bytes(b"caf\xe9")
    before = contents(city.root)
    one_line(city.run("build"), told)
    after = contents(city.root)
    assert {k: v for k, v in after.items() if not k.startswith(".relgraph/")} == before


# -- the store -----------------------------------------------------------------------------------------------


def damage_pointer(city: City) -> None:
    (city.root / ".relgraph" / "current.json").write_text('{"store": ["x"]}', encoding="utf-8")


def damage_facts(city: City) -> None:
    for path in city.root.glob(".relgraph/store/*/relgraph.json"):
        path.write_text('{"version": 99}', encoding="utf-8")
    damage_pointer(city)


def damage_lines(city: City) -> None:
    """Whole lines are missing: nothing would complain of them."""
    for path in city.root.glob(".relgraph/store/*/whole.nq"):
        lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join(line for line in lines if b"lindvik" not in line))


def damage_state(city: City) -> None:
    (city.root / ".relgraph" / "exports.json").write_text("[1]", encoding="utf-8")


@pytest.mark.parametrize("damage", [damage_pointer, damage_facts, damage_lines, damage_state])
@pytest.mark.parametrize("command", [ASK, ["build"]])
def test_a_damaged_or_foreign_store_is_made_again(
    built_copy: City, damage: object, command: list[str]
) -> None:
    assert callable(damage)
    before = contents(built_copy.root / "exports")
    damage(built_copy)
    done = built_copy.run(*command)
    assert (done.code, done.out.strip()) == (0, "true" if command is ASK else ""), done.err
    answers(built_copy.run(*ASK))
    assert contents(built_copy.root / "exports") == before
    stores = list((built_copy.root / ".relgraph" / "store").iterdir())
    assert len(stores) == 1
    assert (stores[0] / "whole.nq").stat().st_size > 100_000


# -- gone in the meantime ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["graph/entities.yaml", "graph/graph.yaml", "ontology/own.ttl", "ontology/rules/own.rq"]
)
def test_a_file_that_vanishes_after_it_was_listed(city: City, name: str) -> None:
    own = city.root / "ontology"
    (own / "rules").mkdir(parents=True)
    (own / "own.ttl").write_text("@prefix : <urn:x> .\n", encoding="utf-8")
    (own / "rules" / "own.rq").write_text("CONSTRUCT {} WHERE {}", encoding="utf-8")
    project = find_project(city.root)
    assert name in project.files
    (city.root / name).unlink()
    if name == "graph/entities.yaml":
        (city.root / name).symlink_to("nowhere")  # listed, and not to be read
    with pytest.raises((RelgraphError, OSError)) as raised:
        project.compiled()
    problems = getattr(raised.value, "problems", ())
    told = " ".join([str(raised.value), *map(str, problems), str(getattr(raised.value, "filename", ""))])
    assert Path(name).name in told, told
    assert not list(city.root.glob(".relgraph/store/*"))


def test_a_rule_that_vanishes_while_the_store_is_built(city: City) -> None:
    rules = city.root / "ontology" / "rules"
    rules.mkdir(parents=True)
    (rules / "own.rq").write_text("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(false) }", encoding="utf-8")
    project = find_project(city.root)
    checked = project.check()
    assert not checked.errors
    shutil.rmtree(rules)
    with pytest.raises(FileNotFoundError) as raised:
        project.build(checked)
    assert str(raised.value.filename).endswith("own.rq")
    assert not list(city.root.glob(".relgraph/store/*"))
    assert not files.user_cache(city.root).exists()


def test_the_passing_folder_is_private() -> None:
    folder = project_module._passing_folder()
    assert folder.stat().st_mode & 0o077 == 0 or os.name != "posix"
