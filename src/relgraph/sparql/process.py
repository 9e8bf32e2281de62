"""The worker's process: started, watched by clock and memory, listened to, and always ended."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from relgraph.errors import RelgraphError
from relgraph.sparql import ahead

_CHUNK = 1 << 16
_TICK = 0.05  # seconds between two looks: at 2 GB/s, memory overshoots by 100 MB


def start(job: Mapping[str, object]) -> subprocess.Popen[bytes]:
    """Give a worker its job, which names the ``store``; end it with :func:`end` whatever happens."""
    store = str(job["store"])
    if not sys.executable:
        raise RelgraphError("no Python interpreter is known to run the query in")
    if not ahead.engine_folder():
        raise RelgraphError("pyoxigraph is not installed", hint="install relgraph again")
    process = ahead.ready.pop(store, None)
    if process is None or process.poll() is not None:
        process = ahead.spawn(store)
    try:
        if process.stdin:
            data = memoryview(marshal.dumps(dict(job)))
            while data:
                data = data[process.stdin.write(data) or 0 :]
            process.stdin.close()
    except BrokenPipeError:
        pass  # it died at once: its report tells why
    except BaseException:
        end(process)
        raise
    return process


def chunks(process: subprocess.Popen[bytes]) -> Iterator[bytes]:
    """What the worker writes to stdout, until it closes it."""
    if process.stdout:
        number = process.stdout.fileno()
        while chunk := os.read(number, _CHUNK):
            yield chunk


def report(process: subprocess.Popen[bytes]) -> tuple[str, str]:
    """The kind and text of the worker's last words, once its stdout is closed; "crash" if it had none."""
    errors = process.stderr.read() if process.stderr else b""
    with suppress(subprocess.TimeoutExpired):
        process.wait(1)  # both pipes are closed, so it has ended, or is about to
    parts = errors.rsplit(b"\0", 2)
    if len(parts) == 3:
        return parts[1].decode("utf-8", "replace"), parts[2].decode("utf-8", "replace")
    return "crash", errors.decode("utf-8", "replace")


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill the worker unless it has ended, wait for it, close the pipes."""
    if process.poll() is None:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe:
            with suppress(OSError):
                pipe.close()


class Watch:
    """Kills a process whose time or memory is up; ``reason`` then tells which. A context manager."""

    def __init__(self, process: subprocess.Popen[bytes], timeout: float, memory: int) -> None:
        self.reason = ""
        self.hint = ""
        self._process = process
        self._timeout = timeout
        self._memory = memory
        self._done = threading.Event()
        self._waited = 0.0  # time spent waiting for the reader of the answer
        self._since = 0.0  # since when it is waiting now, or 0
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """The clock stands still: it is not the query that is slow, but who reads its answer."""
        self._since = time.monotonic()
        try:
            yield
        finally:
            self._waited += time.monotonic() - self._since
            self._since = 0.0

    def _look(self) -> None:
        began = time.monotonic()
        tick = min(_TICK, self._timeout / 4)
        while not self._done.wait(tick):
            now = time.monotonic()
            since = self._since
            used = now - began - self._waited - (now - since if since else 0.0)
            if used >= self._timeout:
                self._stop(
                    f"stopped after {self._timeout:g} s: the query takes too long",
                    "make it more specific, add LIMIT, or raise --timeout",
                )
            elif resident(self._process.pid) > self._memory:
                self._stop(
                    f"stopped at {_size(self._memory)} of memory: the query needs too much",
                    "look for patterns that share no variable; add LIMIT, leave out ORDER BY",
                )

    def _stop(self, reason: str, hint: str) -> None:
        if not self.reason:
            self.reason, self.hint = reason, hint
        self._process.kill()


def _size(count: int) -> str:
    return f"{count / (1 << 30):g} GiB" if count >= 1 << 30 else f"{count / (1 << 20):g} MiB"


def resident(pid: int) -> int:
    """The bytes of memory that a process holds now; 0 where that cannot be known."""
    if sys.platform == "linux":
        try:
            pages = Path(f"/proc/{pid}/statm").read_bytes().split()[1]
        except (OSError, IndexError):
            return 0
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    try:
        import psutil  # type: ignore[import-untyped]
    except ImportError:
        return 0
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0
