"""Same input, same bytes: in another time zone, locale and folder, whatever the files' order and times.

Of the fictional city and of the real graph. Each surrounding differs from the plain one in all respects that
it can: were one of them to show, the bytes would differ, and taking the respects apart would tell which.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from running import CITY, ROOT, City

from relgraph.building import ARTEFACTS
from relgraph.sparql.formats import FORMATS

PLAIN = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
BARE = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
SURROUNDINGS: dict[str, dict[str, str]] = {
    "a": PLAIN,
    "a-rather-long/and deep/ort med å": {
        "PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANGUAGE": "sv", **BARE
    },
    "b/c": {"PYTHONHASHSEED": "4242", "TZ": "Asia/Kathmandu", "LC_ALL": "sv_SE.UTF-8", "LANG": "tr_TR.UTF-8"},
}  # fmt: skip
WRITTEN = [*(f"exports/{name}" for name in ARTEFACTS), "graph/layout.csv"]
ROWS = "SELECT ?s ?p ?o { ?s ?p ?o . ?s a rg:City } ORDER BY ?s ?p ?o"
TRIPLES = "CONSTRUCT { ?s ?p ?o } { SELECT * { ?s ?p ?o . ?s a rg:Network } ORDER BY ?s ?p ?o }"


def queries() -> Iterator[list[str]]:
    for name, form in FORMATS.items():
        if "select" in form.forms:
            yield ["query", "--format", name, "-e", ROWS]
        if "construct" in form.forms:
            yield ["query", "--format", name, "-e", TRIPLES]


PRINTED = [
    *(["export", "--format", form] for form in ("turtle", "trig", "jsonld")),
    *(["map", "-o", "-", "--lang", lang] for lang in ("sv", "en")),
    *(["show", "HOME", "--format", form] for form in ("text", "markdown", "json")),
    *(["schema"], ["sources", "list"], ["check", "--format", "json"]),
    *queries(),
]


def shuffled(source: Path, target: Path, turn: int) -> None:
    """Copy a folder, its files made in another order and of other ages: so are they listed, and dated."""
    target.mkdir(parents=True)
    paths = sorted(path for path in source.iterdir() if path.name not in (".relgraph", "layout.csv"))
    for number, path in enumerate(paths[turn:] + paths[:turn] if turn % 2 else reversed(paths)):
        if path.is_dir():
            shuffled(path, target / path.name, turn)
        else:
            shutil.copyfile(path, target / path.name)
            os.utime(target / path.name, (10**9 + number * turn * 1000,) * 2)


@pytest.fixture(scope="module", params=["city", "real"])
def everywhere(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[City]:
    """One graph, without a layout, built in each of the surroundings."""
    source = CITY if request.param == "city" else ROOT
    base = tmp_path_factory.mktemp(request.param)

    def made(turn: int, folder: str, env: dict[str, str]) -> City:
        root = base / folder
        shuffled(source / "graph", root / "graph", turn)
        city = City(root, {**env, "XDG_CACHE_HOME": str(base / "cache")})
        city.ok("build")
        return city

    with ThreadPoolExecutor(2) as pair:
        return list(pair.map(lambda each: made(each[0], *each[1]), enumerate(SURROUNDINGS.items())))


def test_what_is_written_depends_on_nothing_around_it(everywhere: list[City]) -> None:
    for name in WRITTEN:
        written = {(city.root / name).read_bytes() for city in everywhere}
        assert len(written) == 1, name
        data = written.pop()
        assert b"\r" not in data
        assert str(everywhere[0].root.parent).encode() not in data


def test_what_is_printed_depends_on_nothing_around_it(everywhere: list[City]) -> None:
    plain, bare, other = everywhere
    home = "lindvik" if (plain.root / "graph" / "entities.yaml").is_file() else "malmo"
    shutil.rmtree(other.root / ".relgraph")  # one answers from a cold start
    # of the real graph every third, for time's sake: the code is the same
    for number, arguments in enumerate(PRINTED if home == "lindvik" else PRINTED[::3]):
        words = [home if word == "HOME" else word for word in arguments]
        # each command in two of the three surroundings: that is all a comparison needs
        printed = [city.run(*words) for city in (plain, (bare, other)[number % 2])]
        assert [done.code for done in printed] == [0, 0], printed[1].err
        assert printed[0].data == printed[1].data, words
        assert printed[0].err == printed[1].err
        assert printed[0].data


def test_the_lock_of_a_document_depends_on_nothing_around_it(tmp_path: Path) -> None:
    locks = set()
    for turn, (folder, env) in enumerate(SURROUNDINGS.items()):
        root = tmp_path / folder
        shuffled(CITY, root, turn)
        (root / "graph" / "sources.lock").unlink()
        City(root, env).ok("sources", "lock", "ar2030", "report.txt")
        locks.add((root / "graph" / "sources.lock").read_bytes())
    assert locks == {(CITY / "graph" / "sources.lock").read_bytes()}
