"""Where stores live: an immutable folder a content hash, and an atomic pointer to the current one."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from relgraph.store.writing import BUILDING, clear_folders, clear_parts, new_folder, write_atomic

POINTER = "current.json"
#: what a store says of itself, in its folder
FACTS = "relgraph.json"
#: a file changed this close to the writing of the pointer could change again within one tick of its clock
RACY_SECONDS = 2.0
KEPT_STORES = 3
SUFFIXES = (".yaml", ".csv", ".jsonl", ".ttl", ".rq", ".lock")
#: where the map's nodes stand: an input of the map alone
LAYOUT = "layout.csv"


@dataclass(frozen=True, slots=True)
class Counts:
    """Triples in each of the three graphs."""

    asserted: int
    derived: int
    ontology: int


@dataclass(frozen=True, slots=True)
class Compiled:
    """A built store and what commands need to know of it without opening it."""

    path: Path
    base: str
    home: str
    as_of: str
    languages: tuple[str, ...]
    counts: Counts
    warnings: int = 0

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefix of the graph's own records; the ontology's prefixes are constants."""
        return {"": self.base}


def signature(files: Mapping[str, Path]) -> dict[str, list[int]]:
    """Size and times of each file: what is compared before anything is hashed.

    The time of change of its status is among them, because that of its content can be set back.
    """
    found: dict[str, list[int]] = {}
    for name, path in sorted(files.items()):
        try:
            status = path.stat()
        except OSError:
            found[name] = [-1, -1, -1]
        else:
            found[name] = [status.st_size, status.st_mtime_ns, status.st_ctime_ns]
    return found


def content_hash(files: Mapping[str, Path], salt: str) -> str:
    """SHA-256 over names and contents; ``salt`` carries the versions that shape a store."""
    import hashlib

    digest = hashlib.sha256(salt.encode())
    for name, path in sorted(files.items()):
        digest.update(f"\0{name}\0".encode())
        try:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        except OSError:
            digest.update(b"unreadable")
    return digest.hexdigest()[:32]


def read_pointer(cache: Path, files: Mapping[str, Path]) -> Compiled | None:
    """The current store if it was built from exactly these files, by their sizes and times."""
    pointer = cache / POINTER
    try:
        written = pointer.stat().st_mtime_ns
        data = json.loads(pointer.read_text(encoding="utf-8"))
        now = signature(files)
        newest = max((modified for _, modified, _ in now.values()), default=0)
        if data["signature"] != now or newest > written - RACY_SECONDS * 1e9:
            return None
        return _compiled(cache, data)
    except (OSError, ValueError, KeyError, TypeError):
        return None  # no pointer, or one of another version: the store is built again


def read_by_hash(cache: Path, digest: str, files: Mapping[str, Path]) -> Compiled | None:
    """The store of that content, if it is there, whole; the pointer is then brought up to date."""
    data = _facts(cache / "store" / digest)
    compiled = _compiled(cache, data) if data is not None else None
    if compiled is not None:
        _point(cache, {**(data or {}), "signature": signature(files)})
    return compiled


def publish(
    cache: Path,
    digest: str,
    files: Mapping[str, Path],
    facts: Mapping[str, object],
    fill: Callable[[Path], Counts],
) -> Compiled:
    """Build a store with ``fill`` in a folder of its own, then make it the current one.

    The signature is taken before ``fill`` reads anything that could have changed since. Two builds at once
    end with the same folder: whoever comes second uses the first one's. Raises OSError if ``cache`` cannot be
    written to; nothing has then changed.
    """
    stamp = signature(files)
    stores = cache / "store"
    stores.mkdir(parents=True, exist_ok=True)
    target = stores / digest
    with new_folder(stores) as temporary:
        counts = fill(temporary)
        # with the store, so that one rename publishes both
        facts = {**facts, "store": digest, "counts": asdict(counts), "sizes": _sizes(temporary)}
        write_atomic(temporary / FACTS, _json(facts))
        _put(temporary, target)
    data = _facts(target)
    compiled = _compiled(cache, data) if data is not None else None
    if data is None or compiled is None:
        raise FileNotFoundError(target)
    _point(cache, {**data, "signature": stamp})
    sweep(cache, digest)
    return compiled


def _json(data: Mapping[str, object]) -> bytes:
    return json.dumps(data, indent=1, sort_keys=True).encode()


def _point(cache: Path, data: Mapping[str, object]) -> None:
    """Make a store the current one. The pointer only saves time: a store is also found by its hash."""
    with suppress(OSError):
        write_atomic(cache / POINTER, _json(data))


def _sizes(store: Path) -> dict[str, int]:
    """The sizes of the files that hold a store's triples: a damaged store is not taken for a whole one."""
    for pattern in ("*.nq", "*.sst"):
        if found := sorted(store.glob(pattern)):
            return {path.name: path.stat().st_size for path in found}
    return {}


def _facts(store: Path) -> dict[str, object] | None:
    """What a store says of itself; None if it is not there, not whole, or of another version."""
    try:
        data = json.loads((store / FACTS).read_text(encoding="utf-8"))
        return data if _compiled(store.parents[1], data) is not None else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _put(temporary: Path, target: Path) -> None:
    """Rename a finished store to its place, unless an equal one has come there first."""
    try:
        temporary.replace(target)
    except OSError:
        if not target.is_dir():
            raise
        if _facts(target) is None:
            _remove(target)
            temporary.replace(target)


def _remove(store: Path) -> None:
    """Remove a store, which is none any more from the first moment on."""
    import shutil

    aside = store.with_name(f"{BUILDING}{store.name}-{os.getpid()}")
    with suppress(OSError):
        store.replace(aside)
        shutil.rmtree(aside, ignore_errors=True)


def _compiled(cache: Path, data: Mapping[str, object]) -> Compiled | None:
    path = cache / "store" / str(data["store"])
    counts = data["counts"]
    languages = data["languages"]
    sizes = data["sizes"]
    if not (isinstance(counts, dict) and isinstance(languages, list) and isinstance(sizes, dict)):
        return None
    try:
        if not path.is_dir() or any((path / name).stat().st_size != size for name, size in sizes.items()):
            return None
    except OSError:
        return None
    return Compiled(
        path=path,
        base=str(data["base"]),
        home=str(data["home"]),
        as_of=str(data["asOf"]),
        languages=tuple(languages),
        counts=Counts(**counts),
        warnings=int(str(data["warnings"])),
    )


def sweep(cache: Path, current: str) -> None:
    """Remove old stores, newest kept, and what killed runs left; one that is in use elsewhere may stay."""
    stores = cache / "store"
    complete = sorted(
        (p for p in stores.iterdir() if p.is_dir() and p.name != current and not p.name.startswith(BUILDING)),
        key=lambda p: p.stat().st_mtime,
        reverse=True,
    )
    for path in complete[KEPT_STORES - 1 :]:
        _remove(path)
    clear_folders(stores)
    clear_parts(cache, (POINTER,))


def user_cache(project: Path) -> Path:
    """A folder of the user's for a project that cannot be written to, told apart by the project's path."""
    import hashlib

    name = hashlib.sha256(os.fsencode(project)).hexdigest()[:16]
    if sys.platform == "win32":
        root = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        root = Path.home() / "Library" / "Caches"
    else:
        root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return root / "relgraph" / name


def named_files(folders: Sequence[tuple[str, Path]]) -> dict[str, Path]:
    """The files that shape a store, by the names under which they are hashed: ``graph/cities.yaml``.

    ``folders`` are (name, folder) pairs; a later folder's file replaces an earlier one's of the same name.
    """
    found: dict[str, Path] = {}
    for name, folder in folders:
        for pattern in ("*.*", "rules/*.rq"):
            for path in folder.glob(pattern):
                if path.suffix in SUFFIXES and path.name != LAYOUT:
                    found[f"{name}/{path.relative_to(folder).as_posix()}"] = path
    return dict(sorted(found.items()))
