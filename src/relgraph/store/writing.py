"""Files and folders that are whole at any moment: made beside their place under a lock, then renamed.

A process may be killed at any moment. What it leaves is a temporary that nobody holds: the lock on it went
with the process, so that a later run can tell it from one that is being written, and clears it.
"""

from __future__ import annotations

import errno
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

PART = ".part"
BUILDING = "building-"
_DAY = 86_400
#: as much of a file's name as its temporary carries: a name may have 255 bytes, a character up to four
_CARRIED = 55
#: the temporaries of this process, each with the descriptor that holds its lock
_held: dict[Path, int] = {}


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file so that at any moment it is either the old or the new one, whole.

    Temporary file in the same folder, flush, fsync, rename. Raises OSError that names ``path``, with nothing
    left behind.
    """
    write_together({path: data})


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write several files, each as :func:`write_atomic` does, all of them or none.

    All are staged and synced before the first is renamed, so that a full disk changes none of them. The
    renames then follow one another in the order given: who is killed within these (about a millisecond)
    leaves some files old and some new, each whole. Raises OSError that names the file in question.
    """
    staged: list[tuple[Path, Path]] = []
    try:
        for path, data in files.items():
            # a link stays, and what it points to is replaced
            target = Path(os.path.realpath(path)) if path.is_symlink() else path
            with _naming(path):
                if target.is_dir():
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
                temporary = _temporary_file(target)
                staged.append((temporary, target))
                _fill(temporary, data)
        for temporary, target in staged:
            with _naming(target):
                if sys.platform == "win32":
                    _release(temporary)  # an open file cannot be renamed there
                temporary.replace(target)
    finally:
        for temporary, _ in staged:
            temporary.unlink(missing_ok=True)
            _release(temporary)


@contextmanager
def writing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write piece by piece, which takes the place of ``path`` when it is whole and synced.

    For what is too large for :func:`write_atomic`. If the block raises, nothing is left behind and ``path``
    is as it was. Raises OSError that names ``path``.
    """
    target = Path(os.path.realpath(path)) if path.is_symlink() else path
    temporary: Path | None = None
    try:
        with _naming(path):
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            temporary = _temporary_file(target)
            handle = _held[temporary]
            with open(handle, "wb", closefd=False) as file:
                yield file
            os.fsync(handle)
            if os.name == "posix":
                temporary.chmod(0o666 & ~_umask())
            if sys.platform == "win32":
                _release(temporary)  # an open file cannot be renamed there
            temporary.replace(target)
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
            _release(temporary)


@contextmanager
def new_folder_at(path: Path, mark: str) -> Iterator[Path]:
    """A folder to fill, which takes the place of ``path`` when it is whole.

    ``path`` may be there already: empty, or with a file named ``mark`` in it, by which it is known to be an
    older one of the same make. Any other folder is left alone (FileExistsError). If the block raises,
    ``path`` is as it was. Raises OSError that names ``path``.
    """
    with _naming(path):
        if path.exists() and not (path.is_dir() and (not any(path.iterdir()) or (path / mark).is_file())):
            raise FileExistsError(errno.EEXIST, "there is something else of that name", str(path))
        parent = Path(os.path.realpath(path)).parent
        clear_folders(parent)
        with new_folder(parent) as building:
            filled = building / "new"
            filled.mkdir()
            yield filled
            for file in sorted(path for path in filled.rglob("*") if path.is_file()):
                _sync(file)
            if path.exists():
                path.rename(building / "old")
            filled.rename(path)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """OSErrors name ``path``, not its temporary."""
    try:
        yield
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error


def _temporary_file(target: Path) -> Path:
    import tempfile

    while True:
        handle, name = tempfile.mkstemp(
            prefix=f".{target.name[:_CARRIED]}.", suffix=PART, dir=target.parent or Path()
        )
        path = Path(name)
        _held[path] = handle
        if _lock(handle) is not False and (sys.platform == "win32" or os.fstat(handle).st_nlink):
            return path
        _release(path)  # another run took it for abandoned before it was locked


def _fill(temporary: Path, data: bytes) -> None:
    handle = _held[temporary]
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]
    os.fsync(handle)
    if os.name == "posix":
        temporary.chmod(0o666 & ~_umask())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def new_folder(parent: Path) -> Iterator[Path]:
    """A folder to build something in, to be renamed when it is done; whatever remains of it goes."""
    import shutil
    import tempfile

    while True:
        path = Path(tempfile.mkdtemp(prefix=BUILDING, dir=parent))
        if sys.platform == "win32":
            break  # a folder cannot be opened there
        try:
            handle = os.open(path, os.O_RDONLY)
        except FileNotFoundError:
            continue  # another run took it for abandoned before it was locked
        _held[path] = handle
        if _lock(handle) is not False and path.is_dir():
            break
        _release(path)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        _release(path)


def clear_parts(folder: Path, names: Iterable[str]) -> None:
    """Remove what killed runs left of files of these names; what is being written, and all else, stays."""
    known = {name[:_CARRIED] for name in names}
    for path in _entries(folder):
        found = re.fullmatch(rf"\.(.+)\.[a-z0-9_]{{8}}{re.escape(PART)}", path.name, re.DOTALL)
        if found and found.group(1) in known:
            remove_abandoned(path, Path.unlink)


def clear_folders(parent: Path) -> None:
    """Remove the folders in which killed runs were building something."""
    import shutil

    for path in _entries(parent):
        if path.name.startswith(BUILDING):
            remove_abandoned(path, lambda path: shutil.rmtree(path, ignore_errors=True))


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def remove_abandoned(path: Path, remove: Callable[[Path], None]) -> None:
    """Remove a temporary that no process holds; where there are no locks, one that is older than a day."""
    with suppress(OSError):
        if sys.platform == "win32":
            if time.time() - path.stat().st_mtime > _DAY:
                remove(path)
            return
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            free = _lock(handle)
            if free or (free is None and time.time() - path.stat().st_mtime > _DAY):
                remove(path)
        finally:
            os.close(handle)


def discard_all() -> None:
    """Remove every temporary of this process, which is about to end without tidying up."""
    import shutil

    for path in list(_held):
        with suppress(OSError):
            path.unlink()
        for _ in range(5):
            if not path.is_dir():
                break
            shutil.rmtree(path, ignore_errors=True)
            time.sleep(0.02)  # the engine may still be writing there; what it leaves, a later run clears


def _lock(handle: int) -> bool | None:
    """Take the lock: whether it was free, or None where the file system knows none."""
    if sys.platform == "win32":
        return None
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _release(path: Path) -> None:
    handle = _held.pop(path, None)
    if handle is not None:
        with suppress(OSError):
            os.close(handle)
