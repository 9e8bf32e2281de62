"""The fork server stands in for fresh processes: what it tells of a command is what they tell."""

from __future__ import annotations

import sys
from pathlib import Path

import forked
import pytest
from running import COMMAND, City, begin, command, process

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the fork server needs Linux")
QUERY = "SELECT ?s ?o { ?s rdfs:label ?o } ORDER BY ?s ?o"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--help"],
        ["qery"],
        ["check", "--format", "json"],
        ["show", "lindvik", "--lang", "en"],
        ["show", "atlantis"],
        ["export", "--format", "graphml"],
        ["map", "-o", "-"],
        ["path", "lindvik", "aberhaven"],
        ["query", "-"],
        ["query", "-e", "ASK { :lindvik a rg:Visit }"],
        ["query", "--max-rows", "1", "-e", "SELECT ?s { ?s ?p ?o } ORDER BY DESC(?s)"],
    ],
    ids=" ".join,
)
def test_a_fork_ends_and_tells_as_a_fresh_process_does(built: City, arguments: list[str]) -> None:
    stdin = QUERY if "-" in arguments[1:2] else ""
    cwd = built.root / "graph"
    fresh = process([str(COMMAND), *arguments], cwd=cwd, stdin=stdin, env=built.env)
    assert command(arguments, cwd=cwd, stdin=stdin, env=built.env) == fresh
    assert fresh.data or fresh.err


def test_more_than_a_pipe_holds_goes_in_and_out(built: City) -> None:
    lines = "# " + "x" * 900 + "\n"
    assert built.run("query", "-", stdin=lines * 900 + QUERY).lines[0] == "s,o"
    assert len(built.run("map", "-o", "-").data) > 300_000
    done = built.run("query", "-", stdin=lines * 9_000)  # it stops reading before the end
    assert done.code == 2, done.err


def test_a_fork_that_is_killed_is_told_of(built: City) -> None:
    running = begin(["query", "-"], cwd=built.root, env={})
    assert running is not None
    running.kill()
    assert running.communicate(b"", 30) == (-9, b"", b"")


def test_a_command_is_forked_only_into_an_environment_like_the_servers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forked, "_server", [])  # whichever command comes first

    def end(**changes: str) -> int | None:
        running = begin(["--version"], cwd=tmp_path, env=changes)
        return running if running is None else running.communicate(b"", 30)[0]

    for name in ("PYTHONHASHSEED", "LC_ALL", "TZ", "NO_COLOR"):
        assert end(**{name: "1"}) is None
    assert end() == 0
    assert end(XDG_CACHE_HOME=str(tmp_path)) == 0
