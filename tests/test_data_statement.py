"""The data statement's examples are records of the graph, as they stand there."""

from __future__ import annotations

import re

from running import ROOT

STATEMENT = (ROOT / "graph" / "README.md").read_text(encoding="utf-8")


def test_every_example_stands_in_the_file_that_it_names() -> None:
    blocks = re.findall(r"```yaml\n# (\S+\.yaml)\n(.*?)```", STATEMENT, re.DOTALL)
    assert len(blocks) >= 12
    for file, text in blocks:
        assert f"\n{text}" in (ROOT / "graph" / file).read_text(encoding="utf-8"), text.splitlines()[0]


def test_the_statement_answers_what_a_reader_asks() -> None:
    for heading in ("What it is", "What is left out", "Licence and citation", "Persons", "Adding a record"):
        assert f"## {heading}\n" in STATEMENT
    assert "To have an entry removed" in STATEMENT
