"""Commands of the fork server (``fork_server.py``), as ``subprocess`` has those that it starts."""

from __future__ import annotations

import atexit
import json
import os
import select
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from fork_server import FREE, PACKET

SERVER = Path(__file__).with_name("fork_server.py")
_lock = threading.Lock()


class Forked:
    """A running ``relgraph``: its process id, its streams, its end."""

    def __init__(self, pid: int, report: int, streams: tuple[int, int, int]) -> None:
        self.pid = pid
        self._report = report
        self._stdin, *self._out = streams

    def ends(self, within: float) -> bool:
        """Whether it ends within so many seconds."""
        return bool(select.select([self._report], [], [], within)[0])

    def kill(self) -> None:
        """End it on the spot."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def communicate(self, stdin: bytes, timeout: float) -> tuple[int, bytes, bytes]:
        """Its exit code (negative: the signal that ended it), stdout and stderr, all of it."""
        limit = time.monotonic() + timeout
        read = {descriptor: bytearray() for descriptor in (*self._out, self._report)}
        rest = memoryview(stdin)
        with selectors.DefaultSelector() as selector:
            for descriptor in read:
                selector.register(descriptor, selectors.EVENT_READ)
            os.set_blocking(self._stdin, False)
            selector.register(self._stdin, selectors.EVENT_WRITE)
            while selector.get_map():
                ready = selector.select(max(0.0, limit - time.monotonic()))
                if not ready:
                    self.kill()
                    raise subprocess.TimeoutExpired("relgraph", timeout)
                for key, _ in ready:
                    number = key.fd
                    if number == self._stdin:
                        try:
                            rest = rest[os.write(number, rest[:65536]) :] if rest else rest
                        except BrokenPipeError:
                            rest = rest[:0]
                        done = not rest
                    else:
                        data = os.read(number, 1 << 20)
                        read[number] += data
                        done = not data
                    if done:
                        selector.unregister(number)
                        os.close(number)
        out, err = (bytes(read[number]) for number in self._out)
        return int(read[self._report]), out, err


class Server:
    """The fork server of this process, started when the first command is."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env = _fixed(env)
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.process = subprocess.Popen(
            [sys.executable, str(SERVER), str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env=env,
            # as the commands will have it, so that Python's own streams are made for it
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        theirs.close()
        atexit.register(self.close)

    def close(self) -> None:
        """End the server; what it has forked goes on."""
        self.control.close()
        self.process.communicate()

    def start(self, message: bytes) -> Forked:
        """A command, begun."""
        pipes = [os.pipe() for _ in range(4)]
        (theirs_in, stdin), (out, theirs_out), (err, theirs_err), (report, theirs_report) = pipes
        theirs = [theirs_in, theirs_out, theirs_err, theirs_report]
        socket.send_fds(self.control, [message], theirs)
        for descriptor in theirs:
            os.close(descriptor)
        pid = b""
        while not pid.endswith(b"\n"):
            read = os.read(report, 1)
            assert read, "the fork server has ended"
            pid += read
        return Forked(int(pid), report, (stdin, out, err))


_server: list[Server] = []


def start(arguments: list[str], *, cwd: Path, env: dict[str, str], usual: dict[str, str]) -> Forked | None:
    """Begin a command in a fork, or None where only an interpreter of its own would have that environment.

    ``usual`` is the environment that most commands have, and so the server.
    """
    if sys.platform != "linux":
        return None
    message = json.dumps({"arguments": arguments, "cwd": str(cwd), "env": env}).encode()
    with _lock:
        if not _server:
            _server.append(Server(usual))
        if len(message) >= PACKET or _fixed(env) != _server[0].env:
            return None
        return _server[0].start(message)


def _fixed(env: Mapping[str, str]) -> dict[str, str]:
    """What must not differ."""
    return {name: value for name, value in env.items() if name not in FREE}
