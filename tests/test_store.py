"""The store: built when something changed and only then, published whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from running import COMMAND, SOURCE, City, contents, environment

from relgraph import project as project_module
from relgraph.project import find_project
from relgraph.store import files
from relgraph.store.files import Compiled, Counts, content_hash, publish, read_pointer
from relgraph.store.writing import new_folder, write_atomic

COUNT = "SELECT (COUNT(*) AS ?n) { ?x a rg:Visit }"
VISIT = f"- id: visit-1\n  type: Visit\n  visited: aberhaven\n  {SOURCE}"


def visits(city: City) -> int:
    return city.count("?x a rg:Visit")


def pointer(city: City) -> Path:
    return city.root / ".relgraph" / "current.json"


def stores(city: City) -> list[str]:
    return sorted(p.name for p in (city.root / ".relgraph" / "store").iterdir() if p.is_dir())


def rested(city: City) -> None:
    """Put every file's time well into the past: what was written just now is hashed to be sure of it."""
    for path in city.root.rglob("*"):
        if ".relgraph" not in path.parts:
            os.utime(path, ns=(10**18, 10**18))


# -- fresh or not --------------------------------------------------------------------------------------------


def test_nothing_is_built_or_written_when_nothing_changed(city: City) -> None:
    rested(city)
    assert visits(city) == 0
    before = {p: p.stat().st_mtime_ns for p in (city.root / ".relgraph").rglob("*") if p.is_file()}
    assert visits(city) == 0
    assert {p: p.stat().st_mtime_ns for p in (city.root / ".relgraph").rglob("*") if p.is_file()} == before


def test_an_unchanged_graph_is_not_even_read_again(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    rested(city)
    visits(city)
    project = find_project(city.root)

    def never(*arguments: object) -> None:
        raise AssertionError("the files were read again")

    monkeypatch.setattr(files, "content_hash", never)
    monkeypatch.setattr(project_module.Project, "check", never)
    assert project.compiled().home == "lindvik"


def test_a_changed_record_is_seen(city: City) -> None:
    assert visits(city) == 0
    city.add(VISIT)
    assert visits(city) == 1


def test_a_new_and_a_removed_file_are_seen(city: City) -> None:
    rested(city)
    assert visits(city) == 0
    city.add(VISIT, "visits.yaml")
    os.utime(city.path("visits.yaml"), ns=(10**18, 10**18))
    assert visits(city) == 1
    city.path("visits.yaml").unlink()
    assert visits(city) == 0


def test_a_changed_ontology_and_a_changed_rule_are_seen(city: City) -> None:
    rested(city)
    assert city.count("?x org:memberOf ?y") == 1
    own = city.root / "ontology" / "rules"
    own.mkdir(parents=True)
    rule = own / "10-shortcuts.rq"
    rule.write_text("CONSTRUCT { ?s ?p ?o } WHERE { VALUES (?s ?p ?o) {} }\n", encoding="utf-8")
    os.utime(rule, ns=(10**18, 10**18))
    assert city.count("?x org:memberOf ?y") == 0


@pytest.mark.parametrize("age", [0, 100])
def test_the_same_size_and_a_restored_time_do_not_hide_a_change(city: City, age: int) -> None:
    """An editor or a checkout may set the time back, and a change may come within one tick of the clock."""
    file = city.path("relationships.yaml")
    now = file.parent.stat().st_mtime_ns
    os.utime(file, ns=(now, now - age * 10**9))
    assert city.select("SELECT ?n { ?x rg:count ?n }") == ["3"]
    status = file.stat()
    city.replace("  count: 3\n", "  count: 4\n")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (status.st_size, status.st_mtime_ns)
    assert city.select("SELECT ?n { ?x rg:count ?n }") == ["4"]


def test_a_file_written_just_before_the_build_is_not_trusted(tmp_path: Path) -> None:
    source = tmp_path / "a.yaml"
    source.write_text("new", encoding="utf-8")
    made(tmp_path, "x", {"a.yaml": source})
    assert read_pointer(tmp_path, {"a.yaml": source}) is None
    os.utime(source, ns=(10**18, 10**18))
    made(tmp_path, "x", {"a.yaml": source})
    assert read_pointer(tmp_path, {"a.yaml": source}) is not None


def test_touched_files_lead_to_the_same_store(city: City) -> None:
    visits(city)
    before = stores(city)
    rested(city)
    visits(city)
    assert stores(city) == before


def test_a_reverted_change_finds_its_old_store(city: City) -> None:
    visits(city)
    [first] = stores(city)
    made = (city.root / ".relgraph" / "store" / first).stat().st_mtime_ns
    text = city.path("relationships.yaml").read_text(encoding="utf-8")
    city.add(VISIT)
    visits(city)
    city.path("relationships.yaml").write_text(text, encoding="utf-8")
    assert visits(city) == 0
    assert json.loads(pointer(city).read_text(encoding="utf-8"))["store"] == first
    assert (city.root / ".relgraph" / "store" / first).stat().st_mtime_ns == made


# -- damage --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"store": "../../..", "signature": {}}',
        b'{"signature": null}',
        b'{"store": 7, "signature": {}, "counts": 3, "languages": "sv", "base": "", "home": "", "asOf": ""}',
    ],
)
def test_a_foreign_pointer_is_harmless(built_copy: City, text: bytes) -> None:
    project = find_project(built_copy.root)
    pointer(built_copy).write_bytes(text)
    assert project.compiled().base == "https://example.org/lindvik/"
    assert json.loads(pointer(built_copy).read_text(encoding="utf-8"))["home"] == "lindvik"


def test_a_pointer_to_a_store_that_is_gone_is_harmless(city: City) -> None:
    rested(city)
    visits(city)
    shutil.rmtree(city.root / ".relgraph" / "store")
    assert visits(city) == 0


def test_a_pointer_with_the_right_signature_and_wrong_content_is_harmless(city: City) -> None:
    rested(city)
    visits(city)
    data = json.loads(pointer(city).read_text(encoding="utf-8"))
    for key, value in (
        ("counts", {"asserted": 1}),
        ("languages", 3),
        ("warnings", "many"),
        ("store", "gone"),
    ):
        pointer(city).write_text(json.dumps({**data, key: value}), encoding="utf-8")
        found = find_project(city.root).compiled()
        assert (found.home, found.warnings, found.counts.asserted > 100) == ("lindvik", 0, True)


# -- publishing ----------------------------------------------------------------------------------------------


def test_an_atomic_write_leaves_the_old_file_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.json"
    write_atomic(target, b"old")

    def broken(descriptor: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="no space left"):
        write_atomic(target, b"new")
    assert contents(tmp_path).keys() == {"a.json"}
    assert target.read_bytes() == b"old"


def test_an_atomic_write_heeds_the_umask(tmp_path: Path) -> None:
    if os.name != "posix":
        pytest.skip("no umask here")
    before = os.umask(0o027)
    try:
        write_atomic(tmp_path / "a", b"x")
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


FACTS: dict[str, object] = {"base": "b", "home": "h", "asOf": "", "languages": ["sv"], "warnings": 0}


def made(cache: Path, digest: str, named: dict[str, Path] | None = None, *, fail: bool = False) -> Compiled:

    def fill(folder: Path) -> Counts:
        (folder / "data").write_text(digest, encoding="utf-8")
        if fail:
            raise RuntimeError("broken off")
        return Counts(1, 2, 3)

    return publish(cache, digest, named or {}, FACTS, fill)


def test_a_build_that_breaks_off_changes_nothing(tmp_path: Path) -> None:
    made(tmp_path, "one")
    before = contents(tmp_path)
    with pytest.raises(RuntimeError, match="broken off"):
        made(tmp_path, "two", fail=True)
    assert contents(tmp_path) == before
    assert {p.name for p in (tmp_path / "store").iterdir()} == {"one"}


def test_old_stores_are_swept_and_abandoned_builds_too(tmp_path: Path) -> None:
    stores = tmp_path / "store"
    (stores / "building-old").mkdir(parents=True)
    with new_folder(stores) as running:
        for number in range(6):
            made(tmp_path, f"store-{number}")
            os.utime(stores / f"store-{number}", (1000 + number, 1000 + number))
        kept = {p.name for p in stores.iterdir()}
    assert kept == {running.name, "store-3", "store-4", "store-5"}


def test_whoever_comes_second_uses_the_first_ones_store(tmp_path: Path) -> None:
    def fill(folder: Path) -> Counts:
        made(tmp_path, "same")  # another build, meanwhile
        (folder / "data").write_text("mine", encoding="utf-8")
        return Counts(1, 2, 3)

    compiled = publish(tmp_path, "same", {}, FACTS, fill)
    assert (compiled.path / "data").read_text(encoding="utf-8") == "same"
    assert {p.name for p in (tmp_path / "store").iterdir()} == {"same"}


def test_what_changes_during_a_build_is_noticed_afterwards(tmp_path: Path) -> None:
    source = tmp_path / "a.yaml"
    source.write_text("old", encoding="utf-8")
    os.utime(source, (1000, 1000))

    def fill(folder: Path) -> Counts:
        source.write_text("new!", encoding="utf-8")
        os.utime(source, (2000, 2000))
        return Counts(1, 2, 3)

    publish(tmp_path, "x", {"a.yaml": source}, FACTS, fill)
    assert read_pointer(tmp_path, {"a.yaml": source}) is None


def test_two_builds_at_once_both_answer(city: City) -> None:
    arguments = [str(COMMAND), "query", "--format", "csv", "-e", COUNT]
    running = [
        subprocess.Popen(
            arguments, cwd=city.root, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(3)
    ]
    answers = [process.communicate(timeout=60) for process in running]
    assert [out.split() for out, _ in answers] == [[b"n", b"0"]] * 3, answers
    assert [process.returncode for process in running] == [0, 0, 0]
    assert len(stores(city)) == 1
    assert not list((city.root / ".relgraph" / "store").glob("building-*"))


# -- where it lives ------------------------------------------------------------------------------------------


def test_a_project_that_cannot_be_written_is_compiled_in_the_users_cache(
    city: City, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = contents(city.root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))
    reachable = os.access

    def access(path: str | Path, mode: int) -> bool:
        return False if mode == os.W_OK and Path(path) == city.root else reachable(path, mode)

    monkeypatch.setattr(os, "access", access)
    compiled = find_project(city.root).compiled()
    assert compiled.path.is_relative_to(tmp_path / "user" / "relgraph")
    assert find_project(city.root).compiled() == compiled
    assert contents(city.root) == before


def test_a_folder_without_write_permission_answers(city: City) -> None:
    if os.name != "posix" or os.getuid() == 0:
        pytest.skip("modes do not stop this user")
    city.root.chmod(0o555)
    try:
        assert visits(city) == 0
    finally:
        city.root.chmod(0o755)
    assert not (city.root / ".relgraph").exists()


def test_two_projects_share_no_folder_in_the_users_cache(tmp_path: Path) -> None:
    assert files.user_cache(tmp_path / "a") != files.user_cache(tmp_path / "b")


def test_the_hash_is_that_of_names_contents_and_versions(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("x", encoding="utf-8")
    other.write_text("x", encoding="utf-8")
    base = content_hash({"a": one}, "1")
    assert content_hash({"a": other}, "1") == base
    assert content_hash({"b": one}, "1") != base
    assert content_hash({"a": one}, "2") != base
    other.write_text("y", encoding="utf-8")
    assert content_hash({"a": other}, "1") != base
