"""A disk that is full, for every format: one clear line, nothing half, and the older export as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from running import HERE, City, copy_city

from relgraph.views.export.registry import FORMATS

pytestmark = pytest.mark.skipif(os.name != "posix", reason="file systems and limits as POSIX has them")
PUBLISHED = "description: {sv: Allt., en: All of it.}\npublisher: lindvik\n"
#: these may be smaller than a page of memory, which is the least that a disk has left
SMALL = ("dot", "mermaid", "dcat")


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path | str]:
    """A file system of four megabytes, in memory; why not, where none can be made."""
    place = tmp_path_factory.mktemp("disk")
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "relgraph-test", str(place)]
    try:
        mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        yield str(error)
        return
    if mounted.returncode:
        yield mounted.stderr.strip()
        return
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory, built: City, disk: Path | str) -> list[dict[str, Any]]:
    """How each export of the city went; the city says of itself what it needs to be published."""
    folder = tmp_path_factory.mktemp("full")
    city = copy_city(folder / "lindvik", built=built.root)
    city.add(PUBLISHED, "graph.yaml")
    (folder / "limited").mkdir()
    places = [f"limit={folder / 'limited'}"]
    if isinstance(disk, Path):
        places += [f"disk={disk}", f"temporary={disk}"]
    command = [sys.executable, str(HERE / "fulldisk.py"), str(city.root), *places]
    # four seconds, but of some fifty processes: a machine that others keep busy takes half a minute
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def of(rows: list[dict[str, Any]], mode: str, disk: Path | str = "") -> list[dict[str, Any]]:
    """The rows of a mode, all of which changed nothing but what found room."""
    if mode != "limit" and isinstance(disk, str):
        pytest.skip(f"a small disk cannot be made here: {disk}")
    found = [row for row in rows if row["mode"] == mode]
    for row in found:
        assert row["after"] == row["before"] or (row["code"], row["err"]) == (0, ""), row["format"]
    return found


def test_a_disk_that_is_full_or_fills_up_amid_an_export(rows: list[dict[str, Any]], disk: Path | str) -> None:
    found = of(rows, "disk", disk)
    assert {row["format"] for row in found} == set(FORMATS)
    for row in found:
        told = f"error: {row['target']} cannot be written: No space left on device\n"
        small = row["room"] and row["format"] in SMALL
        assert (row["code"], row["err"]) == ((0, "") if small else (2, told)), row["format"]


def test_temporary_files_that_find_no_room_are_told_as_such(
    rows: list[dict[str, Any]], disk: Path | str
) -> None:
    found = of(rows, "temporary", disk)
    assert {row["format"] for row in found} == {"ntriples", "xlsx"}
    for row in found:
        first, hint = row["err"].splitlines()
        assert (row["code"], hint) == (2, "hint: TMPDIR names the folder that they are in")
        assert first == f"error: temporary files cannot be written in {disk}: No space left on device"


def test_a_file_that_may_grow_no_further_amid_an_export(rows: list[dict[str, Any]]) -> None:
    found = of(rows, "limit")
    assert {row["format"] for row in found} == set(FORMATS)
    for row in found:
        if row["format"] in SMALL:
            assert (row["code"], row["err"]) == (0, "")
        else:
            what = "temporary files cannot be written" if row["format"] == "xlsx" else row["target"]
            assert row["code"] == 2
            assert row["err"].startswith(f"error: {what}"), row["format"]
            assert row["err"].splitlines()[0].endswith(": File too large")
