"""The wheel alone: installed in an empty environment, it runs a city with the ontology that is inside it."""

from __future__ import annotations

import shutil
import sys
import sysconfig
import venv
from pathlib import Path

import pytest
from running import ROOT, City, Done, copy_city, process

from relgraph.building import ARTEFACTS

SOURCES = ("src", "ontology", "graph", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md")


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An interpreter that has the wheel, and of this environment only the dependencies."""
    folder = tmp_path_factory.mktemp("wheel")
    checkout = folder / "checkout"
    checkout.mkdir()
    for name in SOURCES:  # a copy: building must not touch the checkout
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(
                source, checkout / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
            )
        else:
            shutil.copy(source, checkout)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    build = ["wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(folder), str(checkout)]
    done = process([*pip, *build], cwd=folder)
    assert done.code == 0, done.err
    [wheel] = folder.glob("relgraph-*.whl")
    shutil.rmtree(checkout)
    empty = folder / "empty"
    venv.create(empty, with_pip=False, symlinks=True)
    interpreter = empty / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    done = process(
        [*pip, "--python", str(interpreter), "install", "--no-deps", "--no-index", str(wheel)], cwd=folder
    )
    assert done.code == 0, done.err
    # a line of a .pth file adds the folder and does not read the .pth files in it: not the editable install
    [packages] = [path for path in empty.rglob("site-packages") if path.is_dir()]
    (packages / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    return interpreter


@pytest.fixture(scope="module")
def away(tmp_path_factory: pytest.TempPathFactory) -> City:
    return copy_city(tmp_path_factory.mktemp("away") / "lindvik")


def relgraph(python: Path, away: City, *arguments: str) -> Done:
    script = python.with_name("relgraph.exe" if sys.platform == "win32" else "relgraph")
    return process([str(script), *arguments], cwd=away.root, env={"PYTHONPATH": "", **away.env})


def test_the_package_and_its_ontology_are_those_of_the_wheel(python: Path, away: City) -> None:
    program = "import relgraph, relgraph.project as p; print(relgraph.__file__); print(p.shipped_ontology())"
    done = process([str(python), "-c", program], cwd=away.root, env={"PYTHONPATH": ""})
    package, ontology = (Path(line) for line in done.lines)
    assert package.is_relative_to(python.parent.parent)
    assert ontology == package.parent / "ontology"
    names = {path.relative_to(ontology).as_posix() for path in ontology.rglob("*.*")}
    shipped = {path.relative_to(ROOT / "ontology").as_posix() for path in (ROOT / "ontology").rglob("*.*")}
    assert {name for name in shipped if name.endswith((".ttl", ".rq"))} <= names


def test_it_builds_asks_and_shows_the_city(python: Path, away: City, built: City) -> None:
    done = relgraph(python, away, "build")
    assert done.code == 0, done.err
    assert {path.name for path in (away.root / "exports").iterdir()} == set(ARTEFACTS)
    query = "SELECT ?x { ?x org:memberOf :nordljus }"
    assert relgraph(python, away, "query", "-e", query).lines[1:] == ["https://example.org/lindvik/lindvik"]
    shown = relgraph(python, away, "show", "Nordljus", "--lang", "en")
    assert shown.out == built.ok("show", "Nordljus", "--lang", "en")


def test_what_it_writes_is_what_the_checkout_writes(python: Path, away: City, built: City) -> None:
    assert relgraph(python, away, "build").code == 0
    for name in ARTEFACTS:
        assert (away.root / "exports" / name).read_bytes() == (built.root / "exports" / name).read_bytes(), (
            name
        )


def test_neither_graph_nor_tests_are_in_the_wheel(python: Path) -> None:
    packages = next(path for path in python.parent.parent.rglob("site-packages") if path.is_dir())
    assert not list((packages / "relgraph").rglob("*.yaml"))
    assert {path.name for path in packages.iterdir() if path.name != "__pycache__"} == {
        "dependencies.pth",
        "relgraph",
        next(path.name for path in packages.glob("relgraph-*.dist-info")),
    }
    assert (packages / "relgraph" / "py.typed").is_file()
