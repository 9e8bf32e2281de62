"""Faults amid a build: killed, twice at once, a full disk. What is there is old or new, and whole."""

from __future__ import annotations

import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from running import COMMAND, HERE, SOURCE, City, begin, contents, copy_city, environment, process

from relgraph.building import ARTEFACTS
from relgraph.store.writing import write_together

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and limits as POSIX has them")
KILLS = 100
EXPORTS = [f"exports/{name}" for name in ARTEFACTS]
WRITTEN = [*EXPORTS, "graph/layout.csv"]
#: those that a new record changes; the context depends on the ontology alone
CHANGED = [name for name in WRITTEN if name != "exports/context.jsonld"]
#: all that a build may leave in a project, beside its records; the files of a store are its own
KEPT = re.compile(r"\.relgraph/(current\.json|exports\.json|store/[0-9a-f]{32}/[A-Za-z0-9.-]+)")


class Change:
    """A city before and after a change that touches every export but the context, and the layout."""

    def __init__(self, folder: Path, built: City) -> None:
        self.old = contents(built.root)
        self.template = copy_city(folder / "template", built=built.root)
        self.template.add(
            f"- id: visit-1\n  type: Visit\n  visited: nystad\n  date: 2030\n  {SOURCE}\n"
            f"- id: nystad\n  type: City\n  name: {{sv: Nystad, en: Nystad}}\n  {SOURCE}"
        )
        self.after = copy_city(folder / "after", built=self.template.root)
        began = time.monotonic()
        self.after.ok("build")
        self.seconds = time.monotonic() - began
        self.new = contents(self.after.root)
        assert [name for name in WRITTEN if self.new[name] != self.old[name]] == CHANGED

    def check_after(self, found: dict[str, str]) -> None:
        """Every artefact is the old or the new one."""
        for name in WRITTEN:
            assert found[name] in (self.old[name], self.new[name]), name

    def check_repaired(self, found: dict[str, str]) -> None:
        """Every artefact is the new one, and nothing lies about."""
        assert {name: found[name] for name in WRITTEN} == {name: self.new[name] for name in WRITTEN}
        assert litter(found) == []

    def check_untouched(self, found: dict[str, str]) -> None:
        """Every artefact is the old one, and nothing lies about."""
        assert {name: found[name] for name in WRITTEN} == {name: self.old[name] for name in WRITTEN}
        assert litter(found) == []


def litter(found: dict[str, str]) -> list[str]:
    """The files that a build should not leave."""
    return [
        name
        for name in found
        if name not in WRITTEN
        and not KEPT.fullmatch(name)
        and not re.fullmatch(r"graph/[a-z]+\.(yaml|lock)|report\.txt", name)
    ]


@pytest.fixture(scope="module")
def change(tmp_path_factory: pytest.TempPathFactory, built: City) -> Change:
    return Change(tmp_path_factory.mktemp("change"), built)


def start(city: City, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [str(COMMAND), *arguments],
        cwd=city.root,
        env=environment(**city.env),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


# -- killed --------------------------------------------------------------------------------------------------


def test_a_build_killed_at_a_hundred_random_moments_leaves_whole_exports(
    change: Change, tmp_path: Path
) -> None:
    chance = random.Random(4)
    delays = [chance.uniform(0, change.seconds) for _ in range(KILLS)]

    def one(number: int) -> int:
        city = copy_city(tmp_path / f"{number}", built=change.template.root)
        # in a fork, where there is one: it has been started, and what is killed is the build
        running = begin(["build"], cwd=city.root, env=city.env)
        assert running is not None
        if not running.ends(within=delays[number]):
            running.kill()
        code = running.communicate(b"", 60)[0]
        change.check_after(contents(city.root))
        if number % 20 == 0:
            city.ok("build")
            change.check_repaired(contents(city.root))
        shutil.rmtree(city.root)
        return code

    with ThreadPoolExecutor(2) as pair:
        codes = list(pair.map(one, range(KILLS)))
    assert set(codes) <= {0, -signal.SIGKILL}
    assert codes.count(-signal.SIGKILL) > KILLS // 2


def broken(mode: str, change: Change, work: Path, first: int = 1, step: int = 1) -> list[dict[str, Any]]:
    """How builds went that were broken at every change to the disk or every so many of them."""
    done = process(
        [sys.executable, str(HERE / "faulty.py"), mode, str(first), str(step)]
        + [str(folder) for folder in (change.template.root, change.after.root, work)],
        cwd=work,
        env={"XDG_CACHE_HOME": str(work / "user-cache")},
        timeout=300,
    )
    assert done.code == 0, done.err
    rows = [json.loads(line) for line in done.lines]
    assert [row["n"] for row in rows] == [first + step * i for i in range(len(rows))]
    assert [row["n"] for row in rows if row["code"] == 99] == [rows[-1]["n"]]
    assert rows[-1]["n"] > 30
    return rows[:-1]


def test_a_build_killed_before_any_of_its_changes_to_the_disk(change: Change, tmp_path: Path) -> None:
    mixed = 0
    stills = broken("stills", change, tmp_path)
    for row in stills:
        change.check_after(row["after"])
        if "again" in row:
            assert (row["again"], "error" in row["told"]) == (0, False), row
            change.check_repaired(row["repaired"])
        mixed += len({row["after"][name] == change.new[name] for name in CHANGED}) == 2
    assert 1 <= mixed <= len(CHANGED)  # the renames stand next to each other: nothing else comes between
    for row in broken("kill", change, tmp_path, 4, 8):
        assert row["code"] == -signal.SIGKILL, row
        still = stills[row["n"] - 1]["after"]
        assert {name: row["after"][name] for name in WRITTEN} == {name: still[name] for name in WRITTEN}
        # of the engine's own files there are now more, now fewer: it writes and merges them at its own pace
        killed, held = ([name for name in litter(each) if ".part" in name] for each in (row["after"], still))
        assert len(killed) == len(held)


# -- a full disk ---------------------------------------------------------------------------------------------


def test_a_disk_that_fills_up_at_any_moment_leaves_the_old_exports(change: Change, tmp_path: Path) -> None:
    told = set()
    with ThreadPoolExecutor(2) as pair:
        halves = pair.map(lambda first: broken("full", change, tmp_path, first, 2), (1, 2))
    for row in chain(*halves):
        lines = row["err"].splitlines()
        if row["code"] == 0:  # nothing was left to do but to rename
            change.check_repaired(row["after"])
            continue
        assert (row["code"], len(lines)) == (2, 1), row["err"]
        assert re.fullmatch(r"error: .+: No space left on device", lines[0])
        told.add(lines[0])
        change.check_untouched(row["after"])
        if "again" in row:
            assert row["again"] == 0, row["told"]
            change.check_repaired(row["repaired"])
    assert "error: exports/map.html cannot be written: No space left on device" in told
    assert any(line.startswith("error: there is no room for the compiled graph") for line in told)
    assert not list((tmp_path / "user-cache").rglob("building-*"))


@pytest.mark.parametrize("size", [0, 5_000, 100_000, 900_000])
def test_a_limit_on_what_the_engine_may_write(change: Change, tmp_path: Path, size: int) -> None:
    city = copy_city(tmp_path / "lindvik", built=change.template.root)

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    done = subprocess.run(
        [str(COMMAND), "build"],
        cwd=city.root,
        env=environment(**city.env),
        capture_output=True,
        preexec_fn=limited,
        timeout=60,
        check=False,
    )
    err = done.stderr.decode()
    assert (done.returncode, len(err.splitlines())) == (2, 1), err
    assert "File too large" in err
    change.check_untouched(contents(city.root))
    assert not list(tmp_path.rglob("building-*"))


# -- two at once ---------------------------------------------------------------------------------------------


def test_two_builds_and_a_query_at_once(change: Change, tmp_path: Path) -> None:
    for number in range(4):
        city = copy_city(tmp_path / f"{number}", built=change.template.root)
        if number % 2:
            shutil.rmtree(city.root / ".relgraph")
        running = [
            start(city, *words) for words in (["build"], ["build"], ["query", "-e", "ASK { ?x a rg:Visit }"])
        ]
        ended = [(process.communicate(timeout=60), process.returncode) for process in running]
        assert [code for _, code in ended] == [0, 0, 0], ended
        assert (ended[2][0][0].strip(), ended[2][0][1]) == (b"true", b"")
        change.check_repaired(contents(city.root))


def test_what_another_build_wrote_meanwhile_is_not_taken_for_ones_own(
    change: Change, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two builds of two versions: the later note of what was made must not vouch for the other's files."""
    from relgraph import building
    from relgraph.project import find_project

    city = copy_city(tmp_path / "lindvik", built=change.template.root)
    project = find_project(city.root)
    checked = project.check()
    compiled = project.build(checked)
    together = write_together

    def meanwhile(files: dict[Path, bytes]) -> None:
        together(files)
        (city.root / "exports" / "graph.ttl").write_bytes(b"of the other version")

    monkeypatch.setattr(building, "write_together", meanwhile)
    building.build(project, checked, compiled)
    monkeypatch.undo()
    assert ("graph.ttl", True) in building.build(project, checked, compiled)
    change.check_repaired(contents(city.root))
