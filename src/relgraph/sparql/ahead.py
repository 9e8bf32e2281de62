"""Starting the query's worker ahead of its job, importing next to nothing.

A worker takes some 25 ms to start and open a store, and so do click and the command to be imported: the
command starts the one before it does the other. What is started for nothing ends when its input closes.
"""

from __future__ import annotations

import os
import subprocess
import sys

#: workers that wait for a job, by store folder
ready: dict[str, subprocess.Popen[bytes]] = {}


def engine_folder() -> str:
    """Where pyoxigraph is installed, found without importing it; empty if it is not."""
    for folder in sys.path:
        if os.path.isfile(os.path.join(folder, "pyoxigraph", "__init__.py")):  # noqa: PTH113, PTH118
            return folder
    return ""


def spawn(store: str) -> subprocess.Popen[bytes]:
    """A worker for ``store``. Raises OSError where no process can be started."""
    # In a venv on Windows sys.executable only starts another process, which would escape the memory watch.
    python = getattr(sys, "_base_executable", "") if os.name == "nt" else ""
    worker = os.path.join(os.path.dirname(__file__), "worker.py")  # noqa: PTH118, PTH120
    return subprocess.Popen(
        [python or sys.executable, "-I", "-S", "-B", worker, engine_folder(), store],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
    )


def warm(store: str) -> None:
    """Start a worker for the next query of ``store``, unless one waits already."""
    if store not in ready:
        ready[store] = spawn(store)


def warm_project(folder: str) -> None:
    """Start a worker for the store that was last compiled for the project that ``folder`` lies in, if any.

    Whether it is still current, the command finds out; a worker for another store is then not used.
    """
    folder = os.path.abspath(folder)  # noqa: PTH100
    while not os.path.isfile(os.path.join(folder, "graph", "graph.yaml")):  # noqa: PTH113, PTH118
        parent = os.path.dirname(folder)  # noqa: PTH120
        if parent == folder:
            return
        folder = parent
    cache = os.path.join(os.path.realpath(folder), ".relgraph")  # noqa: PTH118
    try:
        with open(os.path.join(cache, "current.json"), encoding="utf-8") as file:  # noqa: PTH118, PTH123
            name = file.read().rpartition('"store": "')[2].partition('"')[0]
        store = os.path.join(cache, "store", name)  # noqa: PTH118
        if name.isalnum() and os.path.isdir(store):  # noqa: PTH112
            warm(store)
    except OSError:
        return
