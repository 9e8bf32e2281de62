"""Fixtures: copies of the fictional city, fresh or built once a worker; the browser and a map in it."""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import read_once as remembered
from browser import chromium, opened
from running import ROOT, City, copy_city

from relgraph.vocabulary import Vocabulary, read_vocabulary, vocabulary_files

#: the files that take longest, longest first: what is begun last had better be short
SLOWEST = (
    *(
        "faults",
        "determinism_elsewhere",
        "bad_input",
        "question_parity",
        "map_drawn",
        "faults_ends",
        "shapes",
    ),
    *("site_browser", "map_page", "fuzz", "determinism", "faults_places", "map_state", "map_table"),
    *("brief_command", "export", "find", "fuzz_records", "ontology_page", "docs_queries", "questions", "cli"),
    *("record_sources", "ontology", "site", "store", "map_panels", "map_picture", "map_overview"),
    *("analysis_report", "ontology_terms", "sparql_run", "sparql_conformance", "question_files", "wheel"),
)


# a suite in the background ignores these, and so would all that it begins: tests of Ctrl-C would wait in vain
for name in ("SIGINT", "SIGTERM", "SIGHUP"):
    number = getattr(signal, name, None)
    if number is not None and signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Deal the files out to the processes in that order (which xdist keeps: ``--no-loadscope-reorder``)."""
    missing = [name for name in SLOWEST if not Path(__file__).with_name(f"test_{name}.py").is_file()]
    assert not missing, f"SLOWEST names files that are not there: {missing}"
    rank = {f"test_{name}": number for number, name in enumerate(SLOWEST)}
    items.sort(key=lambda item: rank.get(item.path.stem, len(rank)))


@pytest.fixture
def city(tmp_path: Path) -> City:
    """A copy of the city without store and exports."""
    return copy_city(tmp_path / "lindvik")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> City:
    """The city, built; tests must not change it."""
    made = copy_city(tmp_path_factory.mktemp("built") / "lindvik")
    made.ok("build")
    return made


@pytest.fixture
def built_copy(tmp_path: Path, built: City) -> City:
    """A copy of the built city, store and exports included."""
    return copy_city(tmp_path / "lindvik", built=built.root)


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The shipped ontology as data."""
    found, problems = read_vocabulary(vocabulary_files([ROOT / "ontology"]))
    assert problems == []
    return found


@pytest.fixture
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The ontology and the questions are not read again while they are as they were."""
    remembered.put_in_place(monkeypatch.setattr)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A listening socket: who connects to it is seen."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.setblocking(False)
        yield server


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """The machine's Chromium, one for all tests of a file."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def page(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The map of Ekvik, one page for all tests of a file: each says what state it starts from."""
    from map_city import city

    from relgraph.views.map import place, render

    file = tmp_path_factory.mktemp("map") / "map.html"
    file.write_text(render(city(), place(city())), encoding="utf-8")
    with opened(browser, file) as (page, seen):
        yield page
        assert (seen.requests, seen.complaints) == ([], [])
