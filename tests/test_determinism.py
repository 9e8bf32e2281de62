"""Same input, same bytes: under any hash seed, in any folder, however often."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import City, contents, copy_city

from relgraph import building
from relgraph.project import find_project

SEEDS = ("0", "1", "4242")
EXPORTS = tuple(building.ARTEFACTS)


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, City]:
    """The city built from nothing under several hash seeds, each in a folder of its own."""
    cities: dict[str, City] = {}
    for seed in SEEDS:
        city = copy_city(tmp_path_factory.mktemp(f"seed-{seed}") / f"city-{seed}")
        city.path("layout.csv").unlink(missing_ok=True)  # it is made again too
        city.env["PYTHONHASHSEED"] = seed
        city.ok("build")
        cities[seed] = city
    return cities


@pytest.mark.parametrize("name", [*(f"exports/{name}" for name in EXPORTS), "graph/layout.csv"])
def test_what_is_written_depends_on_no_hash_seed(seeded: dict[str, City], name: str) -> None:
    written = {(city.root / name).read_bytes() for city in seeded.values()}
    assert len(written) == 1
    assert b"\r" not in written.pop()


@pytest.mark.parametrize(
    "arguments",
    [
        ["export", "--format", "trig"],
        ["export", "--format", "jsonld"],
        ["show", "aberhaven"],
        ["show", "lindvik", "--format", "json", "--lang", "en"],
        ["map", "-o", "-", "--lang", "en"],
        ["sources", "list"],
    ],
)
def test_what_is_printed_depends_on_no_hash_seed(seeded: dict[str, City], arguments: list[str]) -> None:
    assert len({city.run(*arguments).data for city in seeded.values()}) == 1
    assert seeded["0"].run(*arguments).data


def test_a_second_build_changes_no_byte_and_says_so(city: City) -> None:
    city.ok("build")
    before = contents(city.root)
    stamps = {name: (city.root / "exports" / name).stat().st_mtime_ns for name in EXPORTS}
    done = city.run("build")
    assert done.code == 0
    assert [line for line in done.err.splitlines() if "exports/" in line] == [
        f"unchanged exports/{name}" for name in EXPORTS
    ]
    # the pointer holds the files' times, which the first build's own layout may have changed
    assert {k: v for k, v in contents(city.root).items() if k != ".relgraph/current.json"} == {
        k: v for k, v in before.items() if k != ".relgraph/current.json"
    }
    assert {name: (city.root / "exports" / name).stat().st_mtime_ns for name in EXPORTS} == stamps


def test_what_has_not_changed_is_not_made_again(built_copy: City, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(exporter: building.Exporter) -> bytes:
        raise AssertionError("made again")

    monkeypatch.setattr(building, "ARTEFACTS", dict.fromkeys(EXPORTS, never))
    project = find_project(built_copy.root)
    checked = project.check()
    done = building.build(project, checked, project.build(checked))
    assert done == [(name, False) for name in EXPORTS]


def test_a_build_without_the_old_store_writes_the_same(built: City, city: City) -> None:
    city.ok("build")
    for name in EXPORTS:
        assert (city.root / "exports" / name).read_bytes() == (built.root / "exports" / name).read_bytes()


def test_a_changed_record_rewrites_what_it_shapes_and_nothing_else(built_copy: City) -> None:
    built_copy.replace("  count: 3\n", "  count: 4\n")
    done = built_copy.run("build")
    assert [line.split() for line in done.err.splitlines() if "exports/" in line] == [
        # the count of meetings is no cell of a report: three meetings are one statement, as four are
        *(
            ["unchanged", f"exports/analysis.{lang}.{form}"]
            for lang in ("en", "sv")
            for form in ("html", "md")
        ),
        ["unchanged", "exports/context.jsonld"],
        ["unchanged", "exports/graph.schema.json"],
        ["written", "exports/graph.ttl"],
        ["written", "exports/map.html"],
    ]


@pytest.mark.parametrize("damage", ["missing", "changed"])
def test_an_artefact_that_was_lost_or_changed_is_written_again(built_copy: City, damage: str) -> None:
    path: Path = built_copy.root / "exports" / "graph.ttl"
    whole = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(whole[:100])
    assert "written   exports/graph.ttl" in built_copy.run("build").err
    assert path.read_bytes() == whole


def test_the_order_in_the_files_does_not_matter_to_the_triples(built: City, city: City) -> None:
    path = city.path("relationships.yaml")
    records = path.read_text(encoding="utf-8").split("- id: ")
    path.write_text("- id: ".join([records[0], *reversed(records[1:])]), encoding="utf-8")
    assert city.ok("export") == (built.root / "exports" / "graph.ttl").read_text(encoding="utf-8")
