"""Write docs/cli.md from the commands' own help; ``--check`` only compares (1: they differ)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click

from relgraph.cli import COMMANDS, cli

TARGET = Path(__file__).parent / "cli.md"
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


def main() -> int:
    """Write or check; the exit status."""
    parts = ["# The command line\n\nMade from `--help` by `python docs/generate.py`.\n"]
    parts += [f"\n## `{name}`\n\n```text\n{text.rstrip()}\n```\n" for name, text in sections()]
    text = "".join(parts)
    if "--check" in sys.argv[1:]:
        if TARGET.read_text(encoding="utf-8") == text:
            return 0
        print("docs/cli.md is not what --help says: run python docs/generate.py", file=sys.stderr)
        return 1
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
