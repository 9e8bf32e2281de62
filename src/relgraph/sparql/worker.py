"""One query in a process of its own: ``worker.py ENGINE STORE``, a job on stdin, the answer on stdout.

ENGINE is the folder that holds pyoxigraph, STORE a store's folder; both are ready before the job is there.

The engine has no time-out, heeds no signal and may crash on a hostile query; its process can be killed.
Start-up is most of what a short query costs, so this file imports nothing of relgraph and next to nothing
of Python. The job comes as :mod:`marshal` (built in, written by the same interpreter, sent by the parent
alone) since importing json takes as long as opening the store.

The last thing on stderr is NUL, a kind (ok, limit, syntax, evaluation, store), NUL, a text. For ok the text
is "true" or "false" (ASK), the number of triples (CONSTRUCT, DESCRIBE), else empty.
"""

from __future__ import annotations

import marshal
import os
import sys

TYPE_CHECKING = False  # typing takes 5 ms to import
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, NoReturn


class Gate:
    """At most ``limit`` items; counts them, and remembers whether there were more."""

    def __init__(self, items: Iterator[Any], limit: int) -> None:
        self.items = items
        self.limit = limit
        self.count = 0
        self.more = False

    def __iter__(self) -> Iterator[Any]:
        for item in self.items:
            if self.count >= self.limit:
                self.more = True
                return
            self.count += 1
            yield item


def leave(kind: str, text: str = "") -> NoReturn:
    """Report and end, without the seconds of tidying up that an interpreter and a database like to do."""
    os.write(2, b"\0" + kind.encode() + b"\0" + text.encode("utf-8", "replace"))
    os._exit(0 if kind == "ok" else 1)


def confine(limit: str, value: int) -> None:
    """Lower one of this process's own limits, where the system has it and allows that."""
    try:
        import resource

        resource.setrlimit(getattr(resource, limit), (value, value))
    except (ImportError, AttributeError, ValueError, OSError):
        pass


def main() -> NoReturn:
    """Do the job."""
    engine, folder = sys.argv[1:3]
    sys.path.append(engine)
    import pyoxigraph as ox

    try:
        whole = os.path.join(folder, "whole.nq")  # as relgraph.store.opening does  # noqa: PTH118
        held = os.path.exists(whole)  # noqa: PTH110
        if held:
            store = ox.Store()
            store.load(path=whole, format=ox.RdfFormat.N_QUADS, lenient=True)
        else:
            store = ox.Store.read_only(folder)
    except OSError as error:
        leave("store", str(error))
    data = sys.stdin.buffer.read()
    if not data:
        os._exit(0)  # started ahead, and not needed
    job = marshal.loads(data)
    # Should the parent be killed, the clock it held goes with it; this one stays.
    confine("RLIMIT_CPU", job["seconds"])
    if held:  # no file or socket can be opened from here on; a database opens files as it needs them
        confine("RLIMIT_NOFILE", 0)
    try:
        answer = store.query(job["query"], use_default_graph_as_union=job["union"])
    except SyntaxError as error:
        leave("syntax", str(error))
    except Exception as error:
        leave("evaluation", str(error))
    # Unbuffered: the engine hands over blocks of its own.
    out = open(1, "wb", buffering=0, closefd=False)  # noqa: SIM115
    try:
        if isinstance(answer, ox.QueryTriples):
            gate = Gate(answer, sys.maxsize if job["limit"] is None else job["limit"])
            ox.serialize(gate, out, getattr(ox.RdfFormat, job["format"]), prefixes=job["prefixes"])
            leave("limit" if gate.more else "ok", str(gate.count))
        answer.serialize(out, getattr(ox.QueryResultsFormat, job["format"]))
    except BrokenPipeError:
        os._exit(0)
    except Exception as error:
        leave("evaluation", str(error))
    leave("ok", str(bool(answer)).lower() if isinstance(answer, ox.QueryBoolean) else "")


if __name__ == "__main__":
    main()
