"""``relgraph query``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from relgraph.cli.common import emit, is_terminal, output_option, project_of
from relgraph.errors import UsageError
from relgraph.namespaces import PREFIXES, graph_iris
from relgraph.sparql.ahead import warm
from relgraph.sparql.formats import FORMATS

MIB = 1 << 20


@click.command("query")
@click.argument("file", required=False, metavar="[FILE]")
@click.option("-e", "--execute", "text", metavar="SPARQL", help="The query itself.")
@click.option(
    "--param",
    "params",
    multiple=True,
    metavar="NAME=TERM",
    help="Put TERM in place of the UNDEF in VALUES ?NAME { UNDEF }; may be repeated.",
)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), help="Default: table, or csv in a pipe.")
@click.option(
    "--timeout", type=click.FloatRange(0.1, 86_400), default=30.0, show_default=True, metavar="SECONDS"
)
@click.option("--memory", type=click.IntRange(64, 1 << 20), default=1024, show_default=True, metavar="MIB")
@click.option("--max-rows", type=click.IntRange(1), metavar="N", help="Stop after N rows.")
@output_option
@click.pass_context
def command(
    ctx: click.Context,
    file: str | None,
    text: str | None,
    params: tuple[str, ...],
    form: str | None,
    timeout: float,
    memory: int,
    max_rows: int | None,
    output: str | None,
) -> int:
    """Run a SPARQL query from FILE, from standard input ('-'), or given with -e.

    It sees the union of the asserted, derived and ontology graphs. The usual prefixes (rg:, org:, skos:,
    rdfs:, prov:, oa: …) are predefined, and the empty prefix is the graph's own: :hong-kong. The query runs
    in a process of its own that is stopped after --timeout seconds or above --memory MiB. An ASK that is
    false exits with 1. Where nothing is found, names that occur nowhere in the graph are told on stderr.
    """
    if (file is None) == (text is None):
        raise UsageError("give either a FILE ('-' is standard input) or a query with -e")
    query = text if text is not None else _read(str(file))
    compiled = project_of(ctx).compiled()
    warm(str(compiled.path))
    from relgraph.sparql.run import run  # while the worker opens the store
    from relgraph.sparql.terms import term

    prefixes = {**PREFIXES, **compiled.prefixes}
    bound: dict[str, str] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals:
            raise UsageError(f"--param {param}: write NAME=TERM", hint="for example --param city=:hong-kong")
        bound[name.removeprefix("?")] = term(value, prefixes)
    to_terminal = is_terminal() and not output
    chosen = form or _default_format(query, to_terminal)
    width = 0
    if to_terminal and chosen == "table":
        import shutil

        width = shutil.get_terminal_size().columns
    options = {
        "prefixes": prefixes,
        "params": bound,
        "format": chosen,
        "timeout": timeout,
        "memory": memory * MIB,
        "max_rows": max_rows,
        "allowed_graphs": tuple(graph_iris(compiled.base).values()),
    }
    if output and output != "-":
        from io import BytesIO

        # the file is replaced only by a whole answer
        buffer = BytesIO()
        outcome = run(compiled.path, query, out=buffer, **options)  # type: ignore[arg-type]
        emit(buffer.getvalue(), output)
    else:
        sys.stdout.flush()
        outcome = run(compiled.path, query, out=sys.stdout.buffer, width=width, **options)  # type: ignore[arg-type]
        sys.stdout.buffer.flush()
    if outcome.nothing:
        from relgraph.sparql.hints import why_nothing
        from relgraph.sparql.run import Limits

        limits = Limits(timeout, memory * MIB)
        for line in why_nothing(
            compiled.path, query, outcome, prefixes=prefixes, params=bound, limits=limits
        ):
            click.echo(line, err=True)
    return 1 if outcome.boolean is False else 0


def _read(file: str) -> str:
    from relgraph.sparql.refusing import MAX_CHARACTERS, refuse_length

    most = 4 * MAX_CHARACTERS + 4  # bytes of that many characters, and a byte order mark
    data = sys.stdin.buffer.read(most) if file == "-" else _bytes(Path(file), most)
    if len(data) == most:
        refuse_length(most)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is not UTF-8: byte {error.start}") from error


def _bytes(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(most)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read: {error.strerror or error}", hint="give the query itself with -e"
        ) from error


def _default_format(query: str, to_terminal: bool) -> str:
    if to_terminal:
        return "table"
    from relgraph.sparql.lexer import inspect
    from relgraph.sparql.refusing import refuse_length

    refuse_length(len(query))
    return "turtle" if inspect(query).form in ("construct", "describe") else "csv"
