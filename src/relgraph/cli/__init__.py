"""The command line: a lazy group, one small file a command."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

import click

from relgraph.cli import interrupts, streams
from relgraph.errors import DataError, RelgraphError

#: command -> (module, one line of help); the module is imported when the command runs
COMMANDS: dict[str, tuple[str, str]] = {
    "analyze": (
        "relgraph.cli.analyze",
        "Tell what the network tells: who holds it together, what rests on one.",
    ),
    "ask": ("relgraph.cli.ask", "Answer a saved question, with sentences and sources."),
    "brief": (
        "relgraph.cli.brief",
        "Write a briefing to send: a page or two, every sentence with its source.",
    ),
    "build": ("relgraph.cli.build", "Check and compile the graph, and write exports/."),
    "check": ("relgraph.cli.check", "Report every problem of the graph, with file, line and column."),
    "export": (
        "relgraph.cli.export",
        "Write the graph in a format that other tools open: RDF, tables, networks.",
    ),
    "find": (
        "relgraph.cli.find",
        "Find records by name: parties, agreements, events, topics and what is said of them.",
    ),
    "map": (
        "relgraph.cli.map",
        "Write the relationship map: an interactive page that needs no network, or a picture (SVG, PNG).",
    ),
    "path": (
        "relgraph.cli.path",
        "Tell how two parties are connected: the best paths between them, each step with its source.",
    ),
    "query": ("relgraph.cli.query", "Run a SPARQL query."),
    "questions": ("relgraph.cli.questions", "List the saved questions, or describe one."),
    "schema": ("relgraph.cli.schema", "Write the JSON Schema of the record files, for editors."),
    "show": ("relgraph.cli.show", "Show a party and all that is said of it, as cited sentences."),
    "sources": ("relgraph.cli.sources", "List, lock, verify and search the documents that the graph cites."),
}


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from the table: no module is imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in sorted(COMMANDS)])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with a suggestion for a misspelt name."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            ctx.fail(f"No such command '{name}'.{hint}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.option(
    "--project",
    type=click.Path(file_okay=False),
    metavar="FOLDER",
    help="The project folder; default: the one that the working directory lies in.",
)
@click.version_option(package_name="relgraph")
@click.pass_context
def cli(ctx: click.Context, project: str | None) -> None:
    """A city's international relationships as a knowledge graph with a source for every statement."""
    ctx.obj = project


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 fine, 1 problems in the data, 2 a wrong command, 130 interrupted."""
    try:
        interrupts.heed()
        streams.guard()
        code = _run(arguments)
    except BaseException:
        number = interrupts.heard()
        if number is None:
            raise
        interrupts.tell(number)
        code = 128 + number
    sys.exit(code)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        result = cli.main(list(arguments) if arguments is not None else None, standalone_mode=False)
        sys.stdout.flush()
    except BaseException as error:
        if interrupts.heard() is not None:
            raise
        return _told(error)
    return result if isinstance(result, int) else 0


def _told(error: BaseException) -> int:
    """The exit code, after one line of what was wrong; what is none of the user's errors is raised again."""
    match error:
        case click.exceptions.Abort() | KeyboardInterrupt():  # where there are no signals as POSIX has them
            click.echo("interrupted", err=True)
            return 130
        case click.ClickException():
            error.show()
            return error.exit_code
        case RelgraphError():
            _tell(error)
            return error.exit_code
        case BrokenPipeError():
            return 0  # of a pipe named with -o
        case OSError():
            click.echo(f"error: {error.strerror or error}: {error.filename or ''}".rstrip(": "), err=True)
            return 2
        case MemoryError():
            click.echo("error: there is not enough memory", err=True)
            return 2
    raise error


def _tell(error: RelgraphError) -> None:
    if isinstance(error, DataError):
        for problem in error.problems:
            click.echo(str(problem), err=True)
    click.echo(f"error: {error.message}", err=True)
    if error.hint:
        click.echo(f"hint: {error.hint}", err=True)
