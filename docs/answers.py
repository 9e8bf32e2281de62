"""docs/answers.md: questions on Malmö in their own words, the command for each, and what it prints."""

from __future__ import annotations

import shlex
from pathlib import Path

import click
import yaml
from click.testing import CliRunner

from relgraph.cli import cli
from relgraph.project import find_project
from relgraph.views.plain import markdown

HERE = Path(__file__).parent
HEAD = """\
# Questions and answers

What the graph of Malmö answers, by one command each. Made from `docs/answers.yaml` by
`python docs/generate.py`; `tests/test_answers.py` says what must be in each answer, and what must not.
"""


def answered(root: Path, arguments: list[str]) -> str:
    """What ``relgraph ask`` prints in a project. Raises ClickException where it fails."""
    done = CliRunner().invoke(cli, ["--project", str(root), "ask", *arguments], catch_exceptions=False)
    if done.exit_code:
        raise click.ClickException(f"relgraph ask {shlex.join(arguments)}: {done.output}")
    return done.stdout


def answer_page() -> str:
    """The page. Raises ClickException where a command fails."""
    root = find_project(HERE.parent).root
    parts = [HEAD]
    for each in yaml.safe_load((HERE / "answers.yaml").read_text(encoding="utf-8")):
        arguments = [*each["ask"], *(["--lang", each["lang"]] if each["lang"] != "sv" else [])]
        parts.append(
            f"\n## {each['id']}: {markdown(each['question'])}\n"
            f"\n```sh\nrelgraph ask {shlex.join(arguments)}\n```\n"
            f"\n```text\n{answered(root, arguments).rstrip()}\n```\n"
        )
    return "".join(parts)
