"""A project folder: where its graph, ontology and exports are, and how it becomes a compiled store."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from relgraph.errors import DataError, UsageError
from relgraph.store import files as store
from relgraph.store.files import Compiled

if TYPE_CHECKING:
    from relgraph.loading import Dataset
    from relgraph.model import Problem
    from relgraph.questions import QuestionFile
    from relgraph.sources.lock import Lock
    from relgraph.vocabulary import Vocabulary

GRAPH_FILE = "graph.yaml"
LOCK_FILE = "sources.lock"
CACHE = ".relgraph"
#: raised when the triples made from the same files change, so that older stores are not taken for current
STORE_VERSION = "3"


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

    @property
    def fonts(self) -> Path:
        """Where the project keeps fonts of its own for documents, if any."""
        return self.root / "fonts"

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
    def caches(self) -> tuple[Path, ...]:
        """Where compiled stores may be: in the project, and in the user's cache if that cannot be written."""
        found = [self.root / CACHE]
        with suppress(RuntimeError):  # nobody knows where this user's home is
            found.append(store.user_cache(self.root))
        return tuple(found)

    def ontology_files(self) -> list[Path]:
        """The Turtle files of the ontology."""
        return [p for name, p in self.files.items() if name.startswith("ontology/") and p.suffix == ".ttl"]

    def rule_files(self) -> list[Path]:
        """The rules, in the order in which they run."""
        rules = [p for name, p in self.files.items() if name.startswith("ontology/rules/")]
        return sorted(rules, key=lambda path: path.name)

    def question_files(self) -> dict[str, QuestionFile]:
        """The saved questions by name, sorted: the ontology's, and the project's, which replace namesakes.

        They shape no store, so they are not among :attr:`files`.
        """
        from relgraph.questions.model import QuestionFile

        shipped = self.ontology_folders[0] / "questions"
        folders = [*(("ontology", folder) for folder in self.ontology_folders), ("graph", self.graph)]
        found = {
            path.stem: QuestionFile(path, f"{name}/questions/{path.name}", _same(path, shipped / path.name))
            for name, folder in folders
            for path in (folder / "questions").glob("*.rq")
        }
        return dict(sorted(found.items()))

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

    def check(self, *, questions: bool = True) -> Checked:
        """Load and check everything; problems are in the result, none is raised but the ontology's own.

        ``questions``: also the saved ones, on which no store depends.
        """
        with _no_collection():
            checked = self._check()
        if not questions:
            return checked
        from relgraph.questions.check import check_questions

        found = check_questions(self.question_files(), checked.vocabulary, checked.dataset.info.base)
        problems = sorted((*checked.problems, *found), key=lambda p: p.sort_key)
        return replace(checked, problems=tuple(problems))

    def _check(self) -> Checked:
        from relgraph.checks import check
        from relgraph.loading import load
        from relgraph.model import Problem
        from relgraph.reading.text import read_text
        from relgraph.sources.lock import Lock, parse_lock

        vocabulary = self.vocabulary
        dataset = load(self.graph, vocabulary, shown=self._shown(self.graph))
        lock, problems = Lock(), list[Problem]()
        path = self.graph / LOCK_FILE
        if path.exists():  # else nothing is locked yet: each citation says so
            text, problems = read_text(path, self._shown(path))
            if text is not None:
                lock, problems = parse_lock(text, self._shown(path))
        lost = bool(problems) and not lock.documents  # no citation is to blame for that
        problems += self._rule_problems()
        found = [
            p for p in check(dataset, vocabulary, lock, self._own_ontology()) if not lost or p.code != "RG203"
        ]
        found = sorted((*problems, *found), key=lambda p: p.sort_key)
        return Checked(vocabulary, dataset, lock, tuple(found))

    def _own_ontology(self) -> list[str]:
        """The names of the ontology files that are not those shipped with relgraph."""
        own = self.ontology_folders[1:]
        return [name for name, path in self.files.items() if path.parent in own]

    def _rule_problems(self) -> list[Problem]:
        """RG404: a rule that cannot be read as a CONSTRUCT query."""
        from relgraph.model import Position, Problem
        from relgraph.reading.text import read_text
        from relgraph.sparql.checking import fault_of

        problems: list[Problem] = []
        for path in self.rule_files():
            shown = f"ontology/rules/{path.name}"
            text, found = read_text(path, shown)
            problems += found
            fault = fault_of(text.removeprefix("\ufeff"), ["construct"]) if text is not None else None
            if fault is not None:
                line, column, reason = fault
                at = Position(shown, line, column)
                hint = "a rule is one CONSTRUCT query: correct it there"
                problems.append(Problem("RG404", f"the rule cannot be run: {reason}", at, hint=hint))
        return problems

    def _shown(self, path: Path) -> str:
        """A path as it is shown in problems: relative to the project, with forward slashes."""
        return path.relative_to(self.root).as_posix()

    def current(self) -> Compiled | None:
        """The current store, if it is there and no file has changed since; nothing is built or hashed."""
        found = (store.read_pointer(cache, self.files) for cache in self.caches)
        return next((compiled for compiled in found if compiled is not None), None)

    def compiled(self) -> Compiled:
        """The current store, built first if the files have changed.

        Raises :class:`DataError` with all problems if the graph has errors; nothing is then written.
        """
        found = self.current()
        return found if found is not None else self._refresh()

    def _refresh(self) -> Compiled:
        digest = store.content_hash(self.files, self._salt())
        return self._stored(digest) or self._build(digest, self.check(questions=False))

    def _stored(self, digest: str) -> Compiled | None:
        found = (store.read_by_hash(cache, digest, self.files) for cache in self.caches)
        return next((compiled for compiled in found if compiled is not None), None)

    def _salt(self) -> str:
        from importlib.metadata import version

        return f"{STORE_VERSION} pyoxigraph {version('pyoxigraph')} relgraph {version('relgraph')}"

    def build(self, checked: Checked) -> Compiled:
        """The store of an already checked project; raises :class:`DataError` if it has errors."""
        if checked.errors:
            raise data_error(checked.problems)
        digest = store.content_hash(self.files, self._salt())
        return self._stored(digest) or self._build(digest, checked)

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
                home=info.home,
                ontology=self.ontology_files(),
                rules=self.rule_files(),
            )

        return self._publish(digest, facts, fill)

    def _publish(
        self, digest: str, facts: Mapping[str, object], fill: Callable[[Path], store.Counts]
    ) -> Compiled:
        """Build the store where that can be done: an answer matters more than where its store is.

        A project that cannot be written to, or a full disk, is no reason to give none. Last comes a folder
        that lasts as long as this process; where not even that can be had, UsageError.
        """
        from relgraph.sparql import ahead
        from relgraph.sparql.process import end

        failure: OSError | None = None
        for place in (*self._writable(), None):
            try:
                cache = place or _passing_folder()
                waiting = ahead.ready.pop(str(cache / "store" / digest), None)
                if waiting is not None:
                    end(waiting)  # it has read the store that was there, and that was no whole one
                return store.publish(cache, digest, self.files, facts, fill)
            except OSError as error:
                inputs = [str(path) for path in self.files.values()]
                if str(error.filename) in inputs:
                    raise  # it is not the store that is at fault
                failure = failure or error
        reason = failure.strerror or failure if failure else ""
        raise UsageError(f"there is no room for the compiled graph, not in {CACHE} nor elsewhere: {reason}")

    def _writable(self) -> list[Path]:
        """The caches that may be written to, as far as that can be told without trying."""
        own, *others = self.caches
        return [own, *others] if os.access(own if own.is_dir() else self.root, os.W_OK) else others


def _same(path: Path, shipped: Path) -> bool:
    """Whether a question is one that comes with relgraph: the file itself, or a copy of it, byte for byte."""
    if path == shipped:
        return True
    try:
        return path.read_bytes() == shipped.read_bytes()
    except OSError:
        return False


def _passing_folder() -> Path:
    """A folder for a compiled graph that goes when this process ends; raises OSError."""
    import atexit
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="relgraph-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


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
