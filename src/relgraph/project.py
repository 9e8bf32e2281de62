"""A project folder: where its graph, ontology and exports are, and how it becomes a compiled store."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from relgraph.errors import DataError, UsageError
from relgraph.store import files as store
from relgraph.store.files import Compiled

if TYPE_CHECKING:
    from relgraph.loading import Dataset
    from relgraph.model import Problem
    from relgraph.sources.lock import Lock
    from relgraph.vocabulary import Vocabulary

GRAPH_FILE = "graph.yaml"
LOCK_FILE = "sources.lock"
CACHE = ".relgraph"
#: raised when the triples made from the same files change, so that older stores are not taken for current
STORE_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Checked:
    """A loaded and checked project."""

    vocabulary: Vocabulary
    dataset: Dataset
    lock: Lock
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that forbid a build."""
        return tuple(p for p in self.problems if p.severity == "error")


def shipped_ontology() -> Path:
    """The ontology that comes with relgraph: inside the wheel, or beside ``src`` in a checkout."""
    inside = Path(__file__).parent / "ontology"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "ontology"


def find_project(start: Path | None = None) -> Project:
    """The project that ``start`` (default: the working directory) lies in, found the way git does.

    ``start`` may also be a graph folder itself. Raises :class:`UsageError` if there is none.
    """
    origin = (start or Path.cwd()).resolve()
    for folder in (origin, *origin.parents):
        if (folder / GRAPH_FILE).is_file():
            return Project(folder.parent, folder)
        if (folder / "graph" / GRAPH_FILE).is_file():
            return Project(folder, folder / "graph")
    raise UsageError(
        f"no graph/{GRAPH_FILE} in {origin} or any folder above it",
        hint="go into a project folder, or name one with --project",
    )


@dataclass(frozen=True)
class Project:
    """A project by its root and its graph folder; reading happens when it is asked for."""

    root: Path
    graph: Path

    @property
    def exports(self) -> Path:
        """Where ``build`` writes."""
        return self.root / "exports"

    @cached_property
    def ontology_folders(self) -> list[Path]:
        """The shipped ontology, then the project's own, whose files replace namesakes."""
        folders = [shipped_ontology()]
        own = self.root / "ontology"
        if own.is_dir() and own.resolve() != folders[0].resolve():
            folders.append(own)
        return folders

    @cached_property
    def files(self) -> dict[str, Path]:
        """Every file that shapes the store, by name."""
        folders = [("ontology", folder) for folder in self.ontology_folders]
        return store.named_files([*folders, ("graph", self.graph)])

    @cached_property
    def cache(self) -> Path:
        """The folder of compiled stores: in the project, or in the user's cache if that cannot be written."""
        own = self.root / CACHE
        probe = own if own.is_dir() else self.root
        return own if os.access(probe, os.W_OK) else store.user_cache(self.root)

    def ontology_files(self) -> list[Path]:
        """The Turtle files of the ontology."""
        return [p for name, p in self.files.items() if name.startswith("ontology/") and p.suffix == ".ttl"]

    def rule_files(self) -> list[Path]:
        """The rules, in the order in which they run."""
        rules = [p for name, p in self.files.items() if name.startswith("ontology/rules/")]
        return sorted(rules, key=lambda path: path.name)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The ontology as data; raises :class:`DataError` where it is broken."""
        from relgraph.vocabulary import read_vocabulary

        files = self.ontology_files()
        names = {p: name for name, p in self.files.items()}
        vocabulary, problems = read_vocabulary(files, names=names)
        if problems:
            raise DataError("the ontology has problems", problems=problems)
        return vocabulary

    def check(self) -> Checked:
        """Load and check everything; problems are in the result, none is raised but the ontology's own."""
        with _no_collection():
            return self._check()

    def _check(self) -> Checked:
        from relgraph.checks import check
        from relgraph.loading import load
        from relgraph.sources.lock import Lock, parse_lock

        vocabulary = self.vocabulary
        dataset = load(self.graph, vocabulary, shown=self._shown(self.graph))
        path = self.graph / LOCK_FILE
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            text = None  # nothing is locked yet: each citation says so
        except (OSError, UnicodeError) as error:
            raise UsageError(f"{self._shown(path)} cannot be read: {error}") from error
        lock, problems = parse_lock(text, self._shown(path)) if text is not None else (Lock(), [])
        problems += self._rule_problems()
        found = sorted(
            (*problems, *check(dataset, vocabulary, lock, self._own_ontology())), key=lambda p: p.sort_key
        )
        return Checked(vocabulary, dataset, lock, tuple(found))

    def _own_ontology(self) -> list[str]:
        """The names of the ontology files that are not those shipped with relgraph."""
        own = self.ontology_folders[1:]
        return [name for name, path in self.files.items() if path.parent in own]

    def _rule_problems(self) -> list[Problem]:
        """RG404: a rule that cannot be read as a CONSTRUCT query."""
        from relgraph.model import Position, Problem
        from relgraph.sparql.checking import fault_of

        problems: list[Problem] = []
        for path in self.rule_files():
            try:
                fault = fault_of(path.read_text(encoding="utf-8"), ["construct"])
            except (OSError, UnicodeError) as error:
                fault = (1, 1, str(error))
            if fault is not None:
                line, column, reason = fault
                at = Position(f"ontology/rules/{path.name}", line, column)
                problems.append(Problem("RG404", f"the rule cannot be run: {reason}", at))
        return problems

    def _shown(self, path: Path) -> str:
        """A path as it is shown in problems: relative to the project, with forward slashes."""
        return path.relative_to(self.root).as_posix()

    def current(self) -> Compiled | None:
        """The current store, if it is there and no file has changed since; nothing is built or hashed."""
        return store.read_pointer(self.cache, self.files)

    def compiled(self) -> Compiled:
        """The current store, built first if the files have changed.

        Raises :class:`DataError` with all problems if the graph has errors; nothing is then written.
        """
        found = self.current()
        return found if found is not None else self._refresh()

    def _refresh(self) -> Compiled:
        digest = store.content_hash(self.files, self._salt())
        found = store.read_by_hash(self.cache, digest, self.files)
        return found if found is not None else self._build(digest, self.check())

    def _salt(self) -> str:
        from importlib.metadata import version

        return f"{STORE_VERSION} pyoxigraph {version('pyoxigraph')} relgraph {version('relgraph')}"

    def build(self, checked: Checked) -> Compiled:
        """The store of an already checked project; raises :class:`DataError` if it has errors."""
        if checked.errors:
            raise data_error(checked.problems)
        digest = store.content_hash(self.files, self._salt())
        found = store.read_by_hash(self.cache, digest, self.files)
        return found if found is not None else self._build(digest, checked)

    def _build(self, digest: str, checked: Checked) -> Compiled:
        from relgraph.store.build import build_store
        from relgraph.triples import as_of, quads

        if checked.errors:
            raise data_error(checked.problems)
        info = checked.dataset.info
        facts = {
            "base": info.base,
            "home": info.home,
            "asOf": as_of(checked.dataset),
            "languages": list(info.languages),
            "warnings": len(checked.problems),
        }

        def fill(folder: Path) -> store.Counts:
            return build_store(
                folder,
                quads(checked.dataset, checked.vocabulary),
                base=info.base,
                ontology=self.ontology_files(),
                rules=self.rule_files(),
            )

        return store.publish(self.cache, digest, self.files, facts, fill)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without the search for reference cycles.

    Records hold none, and each search looks at all of them again: *measured* at 100,000 relationships,
    loading takes 19 s without it and 59 s with it, in the same memory.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def data_error(problems: Sequence[Problem]) -> DataError:
    """The error that carries a graph's problems to the person who asked for something else."""
    errors = sum(1 for p in problems if p.severity == "error")
    noun = "error" if errors == 1 else "errors"
    return DataError(f"the graph has {errors} {noun}; nothing was written", problems=problems)
