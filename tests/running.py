"""The command as its users meet it: a real process, in a copy of the fictional city."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import forked

HERE = Path(__file__).parent
ROOT = HERE.parent
CITY = HERE / "city"
BASE = "https://example.org/lindvik/"
RG = "https://w3id.org/relgraph/ontology#"
COMMAND = Path(sys.executable).with_name("relgraph")
#: a citation that holds: what a test's own records rest on
SOURCE = 'source: [{document: ar2030, section: "1", range: [84, 115]}]'


@dataclass(frozen=True)
class Done:
    """How a process ended."""

    code: int
    data: bytes
    err: str

    @property
    def out(self) -> str:
        """What it wrote to stdout, as text."""
        return self.data.decode("utf-8")

    @property
    def lines(self) -> list[str]:
        """The lines of stdout."""
        return self.out.splitlines()


def environment(**changes: str) -> dict[str, str]:
    """The environment of a process, without what would make one run differ from another."""
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONHASHSEED", "NO_COLOR", "COLUMNS")}
    return {**kept, **changes}


#: that of a command of which nothing special is asked
USUAL = environment()


def begin(arguments: list[str], *, cwd: Path, env: Mapping[str, str]) -> forked.Forked | None:
    """``relgraph``, begun in a fork, or None where that is not the same as a process of its own."""
    return forked.start([str(COMMAND), *arguments], cwd=cwd, env=environment(**env), usual=USUAL)


def process(
    arguments: list[str],
    *,
    cwd: Path,
    stdin: bytes | str = b"",
    env: Mapping[str, str] | None = None,
    timeout: float = 60,
) -> Done:
    """Run a command to its end; it may take a minute at most, or as long as is said."""
    done = subprocess.run(
        arguments,
        cwd=cwd,
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        env=environment(**(env or {})),
        capture_output=True,
        timeout=timeout,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def command(
    arguments: list[str], *, cwd: Path, stdin: bytes | str = b"", env: Mapping[str, str] | None = None
) -> Done:
    """Run ``relgraph`` to its end, as :func:`process` does, in a fork where that is the same."""
    running = begin(arguments, cwd=cwd, env=env or {})
    if running is None:
        return process([str(COMMAND), *arguments], cwd=cwd, stdin=stdin, env=env)
    code, out, err = running.communicate(stdin.encode() if isinstance(stdin, str) else stdin, 60)
    return Done(code, out, err.decode("utf-8", "replace"))


@dataclass
class City:
    """A copy of the fictional city that a test may change."""

    root: Path
    env: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: str, stdin: bytes | str = b"", cwd: Path | None = None, **env: str) -> Done:
        """Run ``relgraph`` in the city's folder."""
        return command([*arguments], cwd=cwd or self.root, stdin=stdin, env={**self.env, **env})

    def ok(self, *arguments: str, stdin: bytes | str = b"") -> str:
        """The output of a command that must succeed."""
        done = self.run(*arguments, stdin=stdin)
        assert done.code == 0, done.err
        return done.out

    def select(self, query: str) -> list[str]:
        """The rows of a SELECT as CSV lines, sorted, the graph's own names cut to their ids."""
        lines = self.ok("query", "--format", "csv", "-e", query).replace(BASE, "").splitlines()
        return sorted(lines[1:])

    def count(self, pattern: str) -> int:
        """What a beginner's ``SELECT (COUNT(*) AS ?n)`` answers."""
        return int(
            self.ok("query", "--format", "csv", "-e", f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}").split()[1]
        )

    def path(self, name: str) -> Path:
        """A file of the graph folder."""
        return self.root / "graph" / name

    def add(self, records: str, file: str = "relationships.yaml") -> None:
        """Append records to a file, or begin it."""
        path = self.path(file)
        before = path.read_text(encoding="utf-8") if path.is_file() else ""
        path.write_text(before + records.strip("\n") + "\n", encoding="utf-8")

    def replace(self, old: str, new: str, file: str = "relationships.yaml") -> None:
        """Replace a text that stands once in a file."""
        path = self.path(file)
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")


def copy_city(target: Path, *, built: Path | None = None) -> City:
    """A copy of the city, as committed but without exports, or as ``built`` elsewhere."""
    if built is None:
        shutil.copytree(CITY, target, ignore=shutil.ignore_patterns(".relgraph", "exports"))
    else:
        shutil.copytree(built, target)
    return City(target, {"XDG_CACHE_HOME": str(target.parent / "user-cache")})


def contents(folder: Path) -> dict[str, str]:
    """The hash of every file below a folder, by relative name."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
