"""A worker that is watched: what Python it does from the moment it has its job is written down."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from relgraph.sparql import ahead

WORKER = Path(ahead.__file__).with_name("worker.py")
#: all that comes after the job has been read is the query's doing
HOOK = """
import marshal, os, sys
log = os.open(sys.argv.pop(1), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
import resource  # the worker imports it later, and importing reads folders
begun = False
def hook(event, args):
    # its own output it opens by number, and its own limits it lowers
    harmless = (event, args[:1]) in (("open", (1,)), ("import", ("resource",)))
    harmless = harmless or event == "resource.setrlimit"
    if begun and not harmless:
        os.write(log, f"{event} {args}\\n".encode())
def read(data, loads=marshal.loads):
    global begun
    made = loads(data)
    if isinstance(made, dict):  # not the code of a module
        os.write(log, b"job\\n")
        begun = True
    return made
marshal.loads = read
sys.addaudithook(hook)
"""


def watch(monkeypatch: pytest.MonkeyPatch, log: Path, *before: str) -> None:
    """Have every worker started from now on write its events to ``log``; ``before`` runs it (strace, say)."""
    code = HOOK + f"exec(compile(open({str(WORKER)!r}, encoding='utf-8').read(), 'worker', 'exec'))"

    def spawn(store: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*before, sys.executable, "-I", "-S", "-B", "-c", code, str(log), ahead.engine_folder(), store],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
        )

    monkeypatch.setattr(ahead, "spawn", spawn)


def events(log: Path) -> tuple[int, list[str]]:
    """How many jobs were done under watch, and every event that is none of them."""
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return lines.count("job"), [line for line in lines if line != "job"]
