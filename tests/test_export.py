"""``relgraph export`` as its users meet it: the list of formats, where output goes, the same bytes always."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from exporting import HOSTILE, add_hostile
from running import City, copy_city, process

from relgraph.project import find_project
from relgraph.store import writing
from relgraph.views.export.registry import FORMATS, Job, families

PUBLISHED = "description: {en: All of it.}\npublisher: lindvik\npublishedAt: https://lindvik.example/data/\n"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> City:
    """The city with hostile texts, which says of itself what it needs to be published; built."""
    city = copy_city(tmp_path_factory.mktemp("hostile") / "lindvik")
    add_hostile(city)
    city.add(PUBLISHED, "graph.yaml")
    city.ok("build")
    return city


def test_every_format_is_the_same_bytes_under_any_hash_seed_and_in_any_zone(hostile: City) -> None:
    script = str(Path(__file__).with_name("exporting.py"))
    found = [
        process(
            [sys.executable, script, str(hostile.root)], cwd=hostile.root, env={"PYTHONHASHSEED": s, "TZ": z}
        )
        for s, z in (("0", "UTC"), ("1", "Asia/Tokyo"), ("4242", "America/Lima"))
    ]
    assert [done.err for done in found] == ["", "", ""]
    assert len({done.out for done in found}) == 1
    assert {line.split("/")[0] for line in found[0].lines} == set(FORMATS)


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "dcat"])
def test_who_waits_hears_of_what_goes_by_and_of_no_more_than_there_is(
    hostile: City, tmp_path: Path, name: str
) -> None:
    heard: list[int] = []
    job, chosen = Job(find_project(hostile.root), advance=heard.append), FORMATS[name]
    if chosen.folder:
        (tmp_path / "out").mkdir()
        chosen.fill(job, tmp_path / "out")
    else:
        with (tmp_path / "out").open("wb") as out:
            chosen.write(job, out)
    whole = job.statements * chosen.passes
    # tables go by what is asserted; the bar is filled up at the end
    least = 0.9 if chosen.family == "RDF" or name == "site" else 0.5
    assert least * whole <= sum(heard) <= whole
    assert len(heard) > 1


def test_help_lists_every_format_with_its_family(built: City) -> None:
    text = built.ok("export", "--help")
    for family, formats in families().items():
        assert f"\n{family}:\n" in text
        for each in formats:
            assert f"\n  {each.name} " in text


def test_an_unknown_format_is_one_clear_error(built: City) -> None:
    done = built.run("export", "--format", "hdt")
    assert (done.code, done.out) == (2, "")
    assert "'hdt' is not one of 'turtle'" in done.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--format", "csv"], "csv is several files"),
        (["--format", "csv", "-o", "-"], "csv is several files"),
        (["--format", "csv", "-o", "graph"], "graph cannot be written: there is something else of that name"),
        (["--format", "csv", "-o", "report.txt"], "report.txt cannot be written"),
        (["--format", "csv", "-o", "no/such/folder"], "no/such/folder cannot be written"),
        (["--format", "gexf", "-o", "no/such/file"], "no/such/file cannot be written"),
        (["--format", "xlsx", "-o", "graph"], "graph is a directory"),
        (["--format", "void", "--year", "2030"], "void describes the whole graph"),
        (["--year", "2030", "--as-of", "2030"], "--as-of and --year exclude each other"),
        (["--year", "soon"], "--year: "),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(built: City, arguments: list[str], told: str) -> None:
    before = sorted(built.root.iterdir())
    done = built.run("export", *arguments)
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert "Traceback" not in done.err
    assert sorted(built.root.iterdir()) == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
@pytest.mark.parametrize("form", ["ntriples", "jsonld", "xlsx", "gexf", "node-link"])
def test_a_full_disk_is_one_clear_line(built: City, form: str) -> None:
    done = built.run("export", "--format", form, "-o", "/dev/full")
    assert done.code == 2
    assert done.err == "error: /dev/full cannot be written: No space left on device\n"


def test_a_disk_that_fills_up_leaves_the_old_folder(
    built_copy: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "tables"
    built_copy.ok("export", "--format", "csv", "-o", str(target))
    before = {path.name: path.read_bytes() for path in target.iterdir()}

    def full(path: Path) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(writing, "_sync", full)
    with (
        pytest.raises(OSError, match="No space left"),
        writing.new_folder_at(target, "csv-metadata.json") as new,
    ):
        (new / "half.csv").write_text("half", encoding="utf-8")
    assert {path.name: path.read_bytes() for path in target.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("building")] == []


def test_a_folder_of_tables_takes_the_place_of_an_older_one(built_copy: City, tmp_path: Path) -> None:
    target = tmp_path / "tables"
    built_copy.ok("export", "--format", "csv", "-o", str(target))
    assert (target / "PlannedHosting.csv").is_file()
    built_copy.ok("export", "--format", "csv", "-o", str(target), "--year", "2030")
    assert not (target / "PlannedHosting.csv").exists()
    assert (target / "csv-metadata.json").is_file()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("building")] == []


def test_a_file_and_stdout_hold_the_same(hostile: City, tmp_path: Path) -> None:
    for form in ("turtle", "xlsx", "mermaid"):
        path = tmp_path / form
        done = hostile.run("export", "--format", form, "-o", str(path))
        assert (done.code, done.err) == (0, "")
        assert path.read_bytes() == hostile.run("export", "--format", form).data
    assert HOSTILE[1].encode() in (tmp_path / "turtle").read_bytes()


def test_graph_yaml_that_lacks_what_is_published_is_a_problem_of_the_data(built: City) -> None:
    done = built.run("export", "--format", "dcat")
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines()[-1] == (
        "error: the graph cannot be described for publishing yet; nothing was written"
    )
    assert "graph/graph.yaml:1:1: warning RG118 a published graph has a publisher" in done.err
