"""``relgraph`` without its start: a process that has imported it, and read the ontology, forks one a command.

``python fork_server.py FD``: FD is a socket on which each message asks for a command. The process that runs
it is as real as any other: it has its own standard streams, working directory and environment, and runs the
same ``main``. What only a fresh interpreter can show (what a command imports, hash seeds, encodings, the
installed script, how it starts and is torn down) is asked of fresh ones: see ``running.process``.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import select
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

CITY = Path(__file__).with_name("city")
#: the environment in which a command may be forked may differ in these from that of the server
FREE = frozenset({"PYTEST_CURRENT_TEST", "XDG_CACHE_HOME"})
#: a message is one packet
PACKET = 100_000
#: what the commands import when they run
MODULES = (
    *("relgraph.__main__", "relgraph.building", "relgraph.checks", "relgraph.questions.check"),
    *("relgraph.sources.lock", "relgraph.store.build", "relgraph.triples", "relgraph.views.context"),
    *("relgraph.views.export.rdf", "relgraph.views.map.builder", "relgraph.views.map.page"),
    *("relgraph.views.report", "relgraph.views.schema", "relgraph.views.party", "relgraph.when"),
    *("networkx", "rustworkx", "pyoxigraph", "pyvis.network", "jinja2", "rdflib", "yaml"),
)


def serve(control: socket.socket) -> list[int] | None:
    """Fork for each message. In the fork: the standard streams to be had; in the server, at its end: None."""
    reports: dict[int, int] = {}
    heard, hearing = os.pipe()
    os.set_blocking(hearing, False)
    signal.set_wakeup_fd(hearing, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    while True:
        ready, _, _ = select.select([control.fileno(), heard], [], [])
        if heard in ready:
            os.read(heard, 4096)
            _reap(reports)
            continue
        message, descriptors, _, _ = socket.recv_fds(control, PACKET, 4)
        if not message:
            return None
        *streams, report = descriptors
        child = os.fork()
        if child == 0:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            control.close()
            for descriptor in (heard, hearing, report, *reports.values()):
                os.close(descriptor)
            _take(json.loads(message), streams)
            return streams
        for descriptor in streams:
            os.close(descriptor)
        reports[child] = report
        os.write(report, f"{child}\n".encode())


def _reap(reports: dict[int, int]) -> None:
    """Report how the forks have ended that have."""
    while reports:
        child, status = os.waitpid(-1, os.WNOHANG)
        if child == 0:
            return
        report = reports.pop(child)
        os.write(report, f"{os.waitstatus_to_exitcode(status)}\n".encode())
        os.close(report)


def _take(job: dict[str, Any], streams: list[int]) -> None:
    """Become the process that the job describes."""
    for number, descriptor in enumerate(streams):
        os.dup2(descriptor, number)
        os.close(descriptor)
    os.chdir(job["cwd"])
    os.environ.clear()
    os.environ.update(job["env"])
    sys.argv = job["arguments"]


def _end(run: Callable[[], object]) -> NoReturn:
    """Run to the end, and end: as Python does, but that no memory is tidied up that was the server's."""
    code = 0
    try:
        run()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
        code = 1
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(code)


def main() -> None:
    """Serve; in a fork, be ``relgraph``."""
    control = socket.socket(fileno=int(sys.argv[1]))
    import read_once

    del sys.path[0]  # no module of the tests is in a command's way
    from relgraph.cli import COMMANDS
    from relgraph.project import find_project

    for module in (*MODULES, *(module for module, _ in COMMANDS.values())):
        import_module(module)
    read_once.put_in_place(setattr)
    find_project(CITY).check()
    assert len(list(Path("/proc/self/task").iterdir())) == 1  # a fork has but the thread that forked it
    gc.collect()
    gc.freeze()  # so that the forks share their memory with the server
    if serve(control) is not None:
        _end(import_module("relgraph.__main__").main)


if __name__ == "__main__":
    main()
