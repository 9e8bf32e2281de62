"""Ended from outside: Ctrl-C, being told to end, a closed or full stdout, a reader that has gone."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import COMMAND, City, contents, copy_city, environment, process

from relgraph.project import find_project
from relgraph.store.writing import write_atomic

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and devices as POSIX has them")
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
WORDS = {signal.SIGINT: b"interrupted\n", signal.SIGTERM: b"terminated\n", signal.SIGHUP: b"terminated\n"}
#: a rule that no engine finishes
RULE = (
    "CONSTRUCT { ?a a ?d } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONCAT(STR(?a), STR(?d), STR(?g)) = '') }"
)

_begun: list[subprocess.Popen[bytes]] = []


def children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text(encoding="ascii").split()] if path.exists() else []


def ready(running: subprocess.Popen[bytes]) -> bool:
    """Whether the process heeds signals by now."""
    path = Path(f"/proc/{running.pid}/status")
    if not path.exists():
        time.sleep(1.5)
        return True
    caught = next(line for line in path.read_text(encoding="ascii").splitlines() if line.startswith("SigCgt"))
    mask = int(caught.split()[1], 16)
    return all(mask >> (number - 1) & 1 for number in WORDS)


@pytest.fixture(autouse=True)
def nothing_runs_on() -> Iterator[None]:
    """What a test that failed has begun ends with it."""
    yield
    while _begun:
        with _begun.pop() as running:
            running.kill()


def begun(city: City, *arguments: str) -> subprocess.Popen[bytes]:
    """The command, started and about to do its work."""
    running = subprocess.Popen(
        [str(COMMAND), *arguments],
        cwd=city.root,
        env=environment(**city.env),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    _begun.append(running)
    until(lambda: running.poll() is not None or ready(running))
    return running


def until(condition: object) -> None:
    assert callable(condition)
    limit = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.005)


def told_to_end(running: subprocess.Popen[bytes], number: signal.Signals, *, seconds: float = 1.0) -> None:
    """It ends within that time, with one line, and with it all processes that it has started."""
    below = children(running.pid)
    began = time.monotonic()
    running.send_signal(number)
    out, err = running.communicate(timeout=30)
    took = time.monotonic() - began
    assert (running.returncode, out, err) == (128 + number, b"", WORDS[number])
    assert took < seconds + (1 if os.getloadavg()[0] > 2 else 0)
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in below))


# -- signals -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", list(WORDS))
@pytest.mark.parametrize("command", ["build", "check", "show lindvik", "query", "export"])
def test_a_command_that_is_told_to_end_does(city: City, command: str, number: signal.Signals) -> None:
    arguments = [command, "-e", ENDLESS] if command == "query" else command.split()
    told_to_end(begun(city, *arguments), number)
    assert not [name for name in contents(city.root) if ".part" in name or "building-" in name]


def test_ctrl_c_at_random_moments_of_a_build_leaves_no_litter(city: City) -> None:
    chance = random.Random(4)
    before = contents(city.root)
    for _ in range(8):
        running = begun(city, "build")
        time.sleep(chance.uniform(0, 0.4))
        if running.poll() is None:
            running.send_signal(signal.SIGINT)
        err = running.communicate(timeout=30)[1]
        assert running.returncode in (0, 130)
        assert running.returncode == 0 or err.endswith(b"interrupted\n")
        assert b"Traceback" not in err
        found = contents(city.root)
        assert not [name for name in found if ".part" in name or "building-" in name]
        assert {name: found[name] for name in before} == before


def test_a_query_at_work_leaves_no_worker(built: City) -> None:
    running = begun(built, "query", "-e", ENDLESS)
    until(lambda: children(running.pid))
    time.sleep(0.3)  # it is counting by now, or will be: either way it must go
    told_to_end(running, signal.SIGINT)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_engine_at_one_long_step_is_no_reason_to_wait(city: City, number: signal.Signals) -> None:
    rules = city.root / "ontology" / "rules"
    rules.mkdir(parents=True)
    (rules / "99-endless.rq").write_text(RULE, encoding="utf-8")
    running = begun(city, "build")
    stores = city.root / ".relgraph" / "store"
    until(lambda: list(stores.glob("building-*/CURRENT")))
    seen: list[int] = []

    def in_the_rule() -> bool:
        """Whether the engine has written nothing for a second and more: it has been loaded."""
        seen.append(len(list(stores.glob("building-*/*.sst"))))
        return seen[-1] > 0 and seen[-250:] == [seen[-1]] * 250

    until(in_the_rule)
    told_to_end(running, number)
    (rules / "99-endless.rq").unlink()
    city.ok("build")
    assert not list(stores.glob("building-*"))


def test_a_signal_that_is_ignored_stays_ignored(built: City) -> None:
    done = process(["sh", "-c", f"trap '' INT TERM HUP; {COMMAND} check & wait"], cwd=built.root)
    assert done.code == 0
    code = (
        "import os, signal\n"
        "from relgraph.cli import interrupts\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "interrupts.heed()\n"
        "os.kill(os.getpid(), signal.SIGHUP)\n"
        "print(signal.getsignal(signal.SIGHUP) == signal.SIG_IGN)\n"
    )
    assert process([sys.executable, "-c", code], cwd=built.root).out == "True\n"


@pytest.mark.parametrize("number", list(WORDS))
@pytest.mark.parametrize(
    "where",
    [
        "class A:\n def __set_name__(self, owner, name): told()\nclass B:\n a = A()",  # a RuntimeError of it
        "class A:\n def __del__(self): told()\nA()",  # nothing is raised
        "try:\n told()\nexcept:\n pass",
        "try:\n told()\nexcept:\n raise ValueError('x')",
        "try:\n told()\nfinally:\n raise OSError(28, 'No space left on device')",
    ],
)
def test_the_end_is_the_end_wherever_it_is_heard(
    built: City, tmp_path: Path, where: str, number: signal.Signals
) -> None:
    (tmp_path / "late.py").write_text(
        f"import os, time\ndef told():\n os.kill(os.getpid(), {int(number)})\n time.sleep(9)\n"
        f"{where}\ntime.sleep(9)\nimport click\n@click.command()\ndef command(): pass\n",
        encoding="utf-8",
    )
    code = "from relgraph import cli\ncli.COMMANDS['check'] = ('late', '')\ncli.main(['check'])"
    began = time.monotonic()
    done = process([sys.executable, "-c", code], cwd=built.root, env={"PYTHONPATH": str(tmp_path)})
    assert time.monotonic() - began < 9  # nor does it go on
    assert (done.code, done.out, done.err) == (128 + number, "", WORDS[number].decode())


# -- standard streams ----------------------------------------------------------------------------------------

SPEAKING = ["show lindvik", "export", "map -o -", "query -e 'SELECT * {?s ?p ?o}'", "sources list", "--help"]


def shell(city: City, line: str) -> tuple[int, str]:
    done = process(["bash", "-c", f"{COMMAND} {line}"], cwd=city.root)
    assert done.out == ""
    return done.code, done.err


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="there is no /dev/full")
@pytest.mark.parametrize("command", [*SPEAKING, "schema", "query -e 'ASK {}'", "check --format json"])
def test_a_full_stdout_is_told_in_one_line(built: City, command: str) -> None:
    assert shell(built, f"{command} > /dev/full") == (
        2,
        "error: stdout cannot be written: No space left on device\n",
    )


@pytest.mark.parametrize("command", SPEAKING)
def test_a_closed_stdout_is_told_in_one_line(built: City, command: str) -> None:
    assert shell(built, f"{command} >&-") == (2, "error: stdout cannot be written: Bad file descriptor\n")


@pytest.mark.parametrize("to", ["2>&-", "2> /dev/full", "<&- 2>&-"])
def test_nobody_to_hear_problems_is_no_reason_to_stop(built_copy: City, to: str) -> None:
    if "full" in to and not Path("/dev/full").is_char_device():
        pytest.skip("there is no /dev/full")
    (built_copy.root / "exports" / "graph.ttl").unlink()
    assert shell(built_copy, f"build {to}") == (0, "")
    assert (built_copy.root / "exports" / "graph.ttl").is_file()


@pytest.mark.parametrize("command", [*SPEAKING, "build 2>&1"])
def test_a_reader_that_has_gone_is_not_told(built_copy: City, command: str) -> None:
    (built_copy.root / "exports" / "graph.ttl").unlink()
    line = f"set -o pipefail; {COMMAND} {command} | head -c 1 > /dev/null; exit ${{PIPESTATUS[0]}}"
    done = process(["bash", "-c", line], cwd=built_copy.root)
    assert (done.code, done.err) == (0, "")
    assert (built_copy.root / "exports" / "graph.ttl").exists() == ("build" in command)


def test_output_to_a_device_or_pipe_leaves_it_one(built: City, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    built.ok("export", "-o", str(pipe))
    reader.join(30)
    assert read == [(built.root / "exports" / "graph.ttl").read_bytes()]
    assert pipe.is_fifo()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_output_to_a_link_leaves_the_link(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("folder/file")
    write_atomic(tmp_path / "link", b"x")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "folder" / "file").read_bytes() == b"x"


def test_what_a_killed_command_left_beside_its_output_goes_the_next_time(built: City, tmp_path: Path) -> None:
    left, foreign = tmp_path / ".a.ttl.abcd1234.part", tmp_path / ".b.ttl.abcd1234.part"
    for path in (left, foreign):
        path.write_bytes(b"half")
    built.ok("export", "-o", str(tmp_path / "a.ttl"))
    assert {path.name for path in tmp_path.iterdir()} >= {"a.ttl", foreign.name}
    assert not left.exists()


def test_an_interrupt_in_this_process_leaves_no_temporary(
    built: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    city = copy_city(tmp_path / "lindvik", built=built.root)
    city.add("- id: other\n  type: City\n  name: {sv: Annan, en: Other}", "entities.yaml")

    def interrupted(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomic(city.root / "exports" / "graph.ttl", b"new")
    project = find_project(city.root)
    with pytest.raises(BaseException):  # noqa: B017
        project.build(project.check())
    assert not [name for name in contents(city.root) if ".part" in name or "building-" in name]
