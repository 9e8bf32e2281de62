"""Timing of whole processes, one after the other and taking turns, and of what runs inside one."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile
from threading import Timer

HERE = Path(__file__).parent
#: a benchmark's child that takes longer is stuck
PATIENCE = 600.0


@dataclass(frozen=True, slots=True)
class Sample:
    """One run: seconds on the clock, and of processor time with that of its own children."""

    wall: float
    cpu: float


@dataclass(slots=True)
class Timing:
    """All runs of one thing; what is told is the median."""

    samples: list[Sample] = field(default_factory=list)

    @property
    def wall(self) -> float:
        """Seconds on the clock."""
        return median(sample.wall for sample in self.samples)

    @property
    def cpu(self) -> float:
        """Seconds of processor time."""
        return median(sample.cpu for sample in self.samples)


def environment(bytecode: Path) -> dict[str, str]:
    """An environment in which Python keeps its bytecode, as it does for a user, in the folder ``bytecode``.

    Where PYTHONDONTWRITEBYTECODE is set (in images of containers, often), a package under test is compiled at
    every start and an installed one is not: a fifth of what ``relgraph query`` takes.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    if "PYTHONPATH" in os.environ:
        kept["PYTHONPATH"] = os.environ["PYTHONPATH"]
    return {**kept, "PYTHONPYCACHEPREFIX": str(bytecode)}


def turns(things: Mapping[str, Callable[[], Sample]], rounds: int, warm: int = 1) -> dict[str, Timing]:
    """Run each thing ``rounds`` times, taking turns, so that what disturbs the machine disturbs all alike."""
    timings = {name: Timing() for name in things}
    for number in range(warm + rounds):
        for name, thing in things.items():
            sample = thing()
            if number >= warm:
                timings[name].samples.append(sample)
    return timings


def process(
    command: Sequence[str], env: Mapping[str, str], *, expect: Callable[[bytes], None] | None = None
) -> Sample:
    """Run a command to its end; ``expect`` looks at its standard output. Raises RuntimeError if it fails.

    Waits without a timeout, because Python waits with one by looking every 50 ms; a timer ends what is stuck.
    """
    with TemporaryFile() as out, TemporaryFile() as errors:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        running = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=errors, env=env)
        guard = Timer(PATIENCE, running.kill)
        guard.start()
        code = running.wait()
        wall = time.perf_counter() - start
        guard.cancel()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if code:
            errors.seek(0)
            message = errors.read().decode("utf-8", "replace").strip()[-2000:]
            raise RuntimeError(f"{Path(command[0]).name} ended with {code}: {message}")
        if expect is not None:
            out.seek(0)
            expect(out.read())
    return Sample(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def child(task: str, *arguments: str) -> list[str]:
    """The command that runs a task of ``child.py`` with this Python."""
    return [sys.executable, str(HERE / "child.py"), task, *arguments]


def here(work: Callable[[], object]) -> Sample:
    """Time ``work`` in this process."""
    cpu, start = time.process_time(), time.perf_counter()
    work()
    return Sample(time.perf_counter() - start, time.process_time() - cpu)


def peak_memory() -> int:
    """The most memory that this process has held, in bytes."""
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
