"""Where stores live: an immutable folder a content hash, and an atomic pointer to the current one."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

POINTER = "current.json"
#: a file changed this close to the writing of the pointer could change again within one tick of its clock
RACY_SECONDS = 2.0
KEPT_STORES = 3
SUFFIXES = (".yaml", ".ttl", ".rq", ".lock")
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
    """The store of that content, if it is there; the pointer is then brought up to date."""
    try:
        data = json.loads((cache / "store" / f"{digest}.json").read_text(encoding="utf-8"))
        compiled = _compiled(cache, data)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if compiled is not None:
        data["signature"] = signature(files)
        write_atomic(cache / POINTER, json.dumps(data, indent=1, sort_keys=True).encode())
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
    end with the same folder: whoever comes second uses the first one's.
    """
    import shutil
    import tempfile

    stamp = signature(files)
    stores = cache / "store"
    stores.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix="building-", dir=stores))
    target = stores / digest
    try:
        counts = fill(temporary)
        try:
            temporary.replace(target)
        except OSError:
            if not target.is_dir():
                raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    data = {**facts, "store": digest, "counts": asdict(counts), "signature": stamp}
    text = json.dumps(data, indent=1, sort_keys=True).encode()
    write_atomic(stores / f"{digest}.json", text)
    write_atomic(cache / POINTER, text)
    _sweep(stores, digest)
    compiled = _compiled(cache, data)
    if compiled is None:
        raise FileNotFoundError(target)
    return compiled


def _compiled(cache: Path, data: Mapping[str, object]) -> Compiled | None:
    path = cache / "store" / str(data["store"])
    if not path.is_dir():
        return None
    counts = data["counts"]
    languages = data["languages"]
    if not isinstance(counts, dict) or not isinstance(languages, list):
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


def _sweep(stores: Path, current: str) -> None:
    """Remove old stores and abandoned builds, newest kept; one that is in use elsewhere may stay."""
    import shutil
    import time

    found = sorted(
        (p for p in stores.iterdir() if p.is_dir() and p.name != current),
        key=lambda p: p.stat().st_mtime,
        reverse=True,
    )
    complete = [p for p in found if not p.name.startswith("building-")]
    yesterday = time.time() - 86_400
    abandoned = [p for p in found if p.name.startswith("building-") and p.stat().st_mtime < yesterday]
    for path in [*complete[KEPT_STORES - 1 :], *abandoned]:
        shutil.rmtree(path, ignore_errors=True)
        path.with_name(f"{path.name}.json").unlink(missing_ok=True)


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file so that at any moment it is either the old or the new one, whole.

    Temporary file in the same folder, flush, fsync, rename. Raises OSError, with nothing left behind.
    """
    import tempfile

    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if os.name == "posix":
            temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def user_cache(project: Path) -> Path:
    """A folder of the user's for a project that cannot be written to, told apart by the project's path."""
    import hashlib

    name = hashlib.sha256(str(project).encode()).hexdigest()[:16]
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
