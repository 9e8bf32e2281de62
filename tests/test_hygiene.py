"""What holds for the repository as a whole."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import ROOT, process

SKIPPED = re.compile(r"(^|/)(\.[a-z_]+|__pycache__|dist|build|node_modules|[^/]+\.egg-info)(/|$)")
KEPT = (".ci", ".gitignore")
#: where people's folders are on a machine
HOME = re.compile(r"/home/[a-z][a-z0-9_-]*/|/Users/[A-Za-z][\w-]*/|[A-Z]:\\Users\\")


def files() -> Iterator[Path]:
    """The files of the repository that are kept, without caches and environments."""
    pending = [ROOT]
    while pending:
        for path in sorted(pending.pop().iterdir()):
            name = path.relative_to(ROOT).as_posix()
            if SKIPPED.search(name) and not name.startswith(KEPT):
                continue
            if path.is_dir():
                pending.append(path)
            else:
                yield path


def texts() -> Iterator[tuple[str, str]]:
    for path in files():
        try:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def test_no_file_names_a_place_on_this_machine() -> None:
    here = f"{ROOT}/"
    found = [
        name
        for name, text in texts()
        if (here.count("/") > 2 and here in text) or (HOME.search(text) and name != "tests/test_hygiene.py")
    ]
    assert found == []


def test_every_module_is_small_enough_to_read() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / "src").rglob("*.py")
    }
    assert len(lengths) > 40
    assert {name: length for name, length in lengths.items() if length >= 450} == {}


def test_text_files_are_utf8_with_unix_line_ends_and_end_in_one() -> None:
    endings = (
        ".py",
        ".md",
        ".ttl",
        ".rq",
        ".yaml",
        ".toml",
        ".js",
        ".css",
        ".jinja",
        ".json",
        ".csv",
        ".lock",
    )
    wrong = []
    for path in files():
        name = path.relative_to(ROOT).as_posix()
        if not name.endswith(endings) or name.startswith("tests/bad/"):
            continue
        data = path.read_bytes()
        data.decode("utf-8")
        if b"\r" in data or (data and not data.endswith(b"\n")):
            wrong.append(name)
    assert wrong == []


def test_nothing_in_the_program_or_its_ontology_knows_the_first_city() -> None:
    found = [
        name
        for name, text in texts()
        if name.startswith(("src/", "ontology/")) and re.search(r"malm[öo]|vb2019", text, re.IGNORECASE)
    ]
    assert [name for name in found if not allowed(name)] == []


def allowed(name: str) -> bool:
    """Docstrings and help may take their examples from it; no statement of the program may."""
    import ast

    if not name.endswith(".py"):
        return False
    tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
    strings = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            strings.add(id(body[0].value))
    return not any(
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in strings
        and re.search(r"malm[öo]|vb2019", node.value, re.IGNORECASE)
        for node in ast.walk(tree)
    )


def test_modules_import_only_from_layers_below() -> None:
    script = Path(sys.executable).with_name("lint-imports")
    done = process([str(script), "--no-cache"], cwd=ROOT)
    assert done.code == 0, done.out


@pytest.mark.parametrize("word", ["utils", "helpers", "misc"])
def test_no_module_is_named_after_nothing(word: str) -> None:
    assert not list((ROOT / "src").rglob(f"{word}.py"))


def test_every_expected_problem_has_its_file() -> None:
    for folder in (ROOT / "tests" / "bad").iterdir():
        assert (folder / "problems.txt").is_file(), folder.name
        assert len(list(folder.rglob("*.*"))) > 1, folder.name
