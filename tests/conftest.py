"""Fixtures: copies of the fictional city, fresh or built once a worker."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import ROOT, City, copy_city

from relgraph.vocabulary import Vocabulary, read_vocabulary, vocabulary_files


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
def listener() -> Iterator[socket.socket]:
    """A listening socket: who connects to it is seen."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.setblocking(False)
        yield server
