"""Ctrl-C, and being told to end: heard within a second, whatever the engine is doing.

Python sees a signal only between two steps of its own, and the engine may take minutes over one. So the
signal is also written to a pipe, at which a thread waits: if the command has not ended by itself soon, the
thread ends it. (On Windows, Ctrl-C is heard when the engine's step is done.)

What is raised where the signal is heard may come out as something else (an attribute's ``__set_name__`` makes
a RuntimeError of it), or not at all (a finaliser tells it as unraisable): what counts is that one was heard.
"""

from __future__ import annotations

import _thread
import os
import signal
import sys
import time
from contextlib import suppress

#: seconds that a command has to end by itself, tidying up
GRACE = 0.5
_WORDS = {"SIGINT": "interrupted", "SIGTERM": "terminated", "SIGHUP": "terminated"}
_told = _thread.allocate_lock()
_heard: list[int] = []


class EndedError(SystemExit):
    """A signal has come: not an error to be handled on the way, but the end."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)
        self.number = number


def heed() -> None:
    """Begin to heed signals; one that is ignored (a job in the background, nohup) stays ignored."""
    if os.name != "posix":
        return
    defaults = (signal.SIG_DFL, signal.default_int_handler)
    numbers = [getattr(signal, name) for name in _WORDS]
    heeded = [number for number in numbers if signal.getsignal(number) in defaults]
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    try:
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        for number in heeded:
            signal.signal(number, _end)
    except ValueError:  # not the main thread: whoever has that heeds them
        os.close(reader)
        os.close(writer)
        return
    sys.unraisablehook = _unraisable
    _thread.start_new_thread(_wait, (reader, frozenset(heeded)))


def heard() -> int | None:
    """The signal that has come first, if one has: whatever is raised from then on is only its consequence."""
    return _heard[0] if _heard else None


def tell(number: int) -> None:
    """Say once that the command was ended; further signals change nothing any more."""
    if not _told.acquire(blocking=False):
        return
    with suppress(ValueError):
        for name in _WORDS:
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), signal.SIG_IGN)
    with suppress(OSError):
        os.write(2, f"{_WORDS[signal.Signals(number).name]}\n".encode())


def _end(number: int, frame: object) -> None:
    _heard.append(number)
    raise EndedError(number)


def _unraisable(unraisable: sys.UnraisableHookArgs) -> None:
    """Nothing of a signal heard in a finaliser: the thread ends the command."""
    if not _heard:
        sys.__unraisablehook__(unraisable)


def _wait(reader: int, heeded: frozenset[int]) -> None:
    while data := os.read(reader, 1):
        if data[0] in heeded:
            time.sleep(GRACE)
            writing = sys.modules.get("relgraph.store.writing")
            if writing is not None:
                writing.discard_all()
            tell(data[0])
            os._exit(128 + data[0])
