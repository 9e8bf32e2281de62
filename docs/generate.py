"""Write docs/cli.md (from --help) and docs/problems.md (from the catalogue); ``--check`` only compares."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click

from relgraph.cli import COMMANDS, cli
from relgraph.codes import codes

DOCS = Path(__file__).parent
WIDTH = 96


def sections() -> Iterator[tuple[str, str]]:
    """(command, help text) for the program, every command and every subcommand, in order."""
    yield "relgraph", _help(cli, "relgraph", None)
    for name in sorted(COMMANDS):
        command = import_module(COMMANDS[name][0]).command
        parent = click.Context(cli, info_name="relgraph")
        yield f"relgraph {name}", _help(command, name, parent)
        if isinstance(command, click.Group):
            group = click.Context(command, info_name=name, parent=parent)
            for sub in sorted(command.commands):
                yield f"relgraph {name} {sub}", _help(command.commands[sub], sub, group)


def _help(command: click.Command, name: str, parent: click.Context | None) -> str:
    context = click.Context(
        command,
        info_name=name,
        parent=parent,
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        help_option_names=["-h", "--help"],
    )
    with context:
        return command.get_help(context)


def cli_page() -> str:
    """The command line as its own help tells it."""
    parts = ["# The command line\n\nMade from `--help` by `python docs/generate.py`.\n"]
    parts += [f"\n## `{name}`\n\n```text\n{text.rstrip()}\n```\n" for name, text in sections()]
    return "".join(parts)


def problems_page() -> str:
    """Every code of a problem, in English and Swedish."""
    parts = [
        "# Problems and what to do\n\nMade from `src/relgraph/problems.toml` by `python docs/generate.py`.\n",
        "`relgraph check --explain CODE` says the same.\n",
    ]
    for code, entry in codes().items():
        parts.append(f"\n## {code}: {entry.title['en']}\n\n")
        parts.append("A warning. " if entry.severity == "warning" else "")
        parts.append(f"{entry.text['en']}\n\n*{_upper(entry.title['sv'])}.* {entry.text['sv']}\n")
    return "".join(parts)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


PAGES = {"cli.md": cli_page, "problems.md": problems_page}


def main() -> int:
    """Write or check; the exit status (1: a page differs)."""
    differs = 0
    for name, make in PAGES.items():
        target, text = DOCS / name, make()
        if "--check" not in sys.argv[1:]:
            target.write_text(text, encoding="utf-8", newline="\n")
        elif not target.is_file() or target.read_text(encoding="utf-8") != text:
            print(f"docs/{name} is out of date: run python docs/generate.py", file=sys.stderr)
            differs = 1
    return differs


if __name__ == "__main__":
    sys.exit(main())
