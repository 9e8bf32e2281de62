"""Answering a query: in a worker process with a clock, a memory watch and a row limit, or in this process.

Memory is watched through /proc on Linux and through psutil elsewhere, if it is installed; where neither is,
only the clock and the row limit hold. The clock stands still while the reader of ``out`` is slow (a pager).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from relgraph.errors import QueryError, QueryLimitError, RelgraphError, UsageError
from relgraph.sparql.formats import Format, choose
from relgraph.sparql.lexer import (
    QueryInfo,
    edits_for_engine,
    edits_for_parameters,
    edits_for_prefixes,
    inspect,
    tokenize,
)
from relgraph.sparql.prepared import Prepared
from relgraph.sparql.refusing import edits_for_services, refuse
from relgraph.sparql.rows import RowGate, XmlText, is_blank
from relgraph.sparql.terms import plain

if TYPE_CHECKING:
    from relgraph.model import Table

TIMEOUT = 30.0
MEMORY = 1 << 30


class Limits(NamedTuple):
    """What a query may cost: seconds, bytes of memory, rows (None: any number)."""

    timeout: float = TIMEOUT
    memory: int = MEMORY
    max_rows: int | None = None


class Outcome(NamedTuple):
    """What a query came to: its form, the answer of an ASK, the number of rows or triples (None: not known).

    ``blank`` tells that its one row counts nothing: an aggregate over no solutions.
    """

    form: str
    boolean: bool | None = None
    rows: int | None = None
    blank: bool = False

    @property
    def nothing(self) -> bool:
        """Whether the pattern found nothing: no rows, no triples, false, or a count of 0."""
        return self.blank or self.boolean is False or self.rows == 0


def run(
    store: Path,
    text: str,
    *,
    prefixes: Mapping[str, str] | None = None,
    params: Mapping[str, str] | None = None,
    format: str = "csv",
    out: BinaryIO,
    timeout: float = TIMEOUT,
    memory: int = MEMORY,
    max_rows: int | None = None,
    allowed_graphs: Iterable[str] = (),
    width: int = 0,
    colour: bool = False,
) -> Outcome:
    """Answer ``text`` from the store folder into ``out`` in the worker process.

    ``params`` are terms in N-Triples (:func:`relgraph.sparql.terms.term`) by name. Rows up to ``max_rows``
    are written whole, in a well-formed document, before QueryLimitError tells that there were more (for a
    graph these are triples). A reader that has gone away ends the query quietly.

    UsageError: the format does not fit. QueryError: refused, or rejected by the engine (with the line and
    column of ``text``). QueryLimitError: stopped, and why. KeyboardInterrupt ends the worker first.
    """
    limits = Limits(timeout, memory, max_rows)
    query = prepare(text, prefixes or {}, params or {}, allowed_graphs)
    chosen = choose(format, query[0].form)
    if not chosen.engine:
        from relgraph.sparql.formats import render_table

        outcome, found, limit = _tabulate(store, *query, prefixes=prefixes or {}, limits=limits)
        if outcome.boolean is not None:
            rendered = f"{str(outcome.boolean).lower()}\n"
        else:
            rendered = render_table(found, format, width, colour)
        out.write(rendered.encode("utf-8"))
        if limit:
            raise limit
        return outcome
    return _work(store, *query, format=chosen, out=out, prefixes=prefixes or {}, limits=limits)


def table(
    store: Path,
    text: str,
    *,
    prefixes: Mapping[str, str] | None = None,
    params: Mapping[str, str] | None = None,
    timeout: float = TIMEOUT,
    memory: int = MEMORY,
    max_rows: int | None = None,
    allowed_graphs: Iterable[str] = (),
) -> tuple[Outcome, Table]:
    """As :func:`run`, with the answer as a table for people: IRIs shortened, literals without language.

    A graph becomes the columns subject, predicate, object; an ASK a table without rows.
    """
    query = prepare(text, prefixes or {}, params or {}, allowed_graphs)
    limits = Limits(timeout, memory, max_rows)
    outcome, found, limit = _tabulate(store, *query, prefixes=prefixes or {}, limits=limits)
    if limit:
        raise limit
    return outcome, found


def select(
    store: Path,
    text: str,
    *,
    prefixes: Mapping[str, str] | None = None,
    params: Mapping[str, str] | None = None,
) -> Table:
    """Answer a SELECT that relgraph ships, in this process, without limits: whole IRIs, literals' texts."""
    from relgraph.model import Table

    info, prepared = prepare(text, prefixes or {}, params or {}, (), limits=False)
    import pyoxigraph as ox

    from relgraph.store.opening import open_store

    try:
        answer = open_store(store).query(prepared.text, use_default_graph_as_union=not info.graphs)
    except SyntaxError as error:
        raise syntax_error(str(error), prepared) from None
    if not isinstance(answer, ox.QuerySolutions):
        raise QueryError(f"expected a SELECT, not {info.form.upper() or 'this'}")
    columns = tuple(variable.value for variable in answer.variables)
    return Table(columns, tuple(tuple(_value(cell) for cell in row) for row in answer))


def _value(cell: Any) -> str:
    return "" if cell is None else str(getattr(cell, "value", cell))


def prepare(
    text: str,
    prefixes: Mapping[str, str],
    params: Mapping[str, str],
    allowed_graphs: Iterable[str],
    *,
    limits: bool = True,
) -> tuple[QueryInfo, Prepared]:
    """Refuse, bind and complete ``text``. Raises QueryError, also for a prefix that nobody declares."""
    info = refuse(text, allowed_graphs, prefixes) if limits else inspect(text)
    for name, token in info.used.items():
        if name not in info.prefixes and name not in prefixes:
            raise QueryError(
                f"{token.at}: the prefix '{name}:' is not declared",
                hint=_did_you_mean(name, [*info.prefixes, *prefixes]),
            )
    edits = edits_for_engine(text) + edits_for_services(info.tokens)
    edits += edits_for_parameters(info, params) + edits_for_prefixes(info, prefixes)
    return info, Prepared(text, edits)


def _did_you_mean(name: str, known: list[str]) -> str | None:
    from difflib import get_close_matches

    close = get_close_matches(name, known, 1)
    if close:
        return f"did you mean '{close[0]}:'?"
    return "known are: " + " ".join(f"{each}:" for each in sorted(known)) if known else None


def _tabulate(
    store: Path, info: QueryInfo, prepared: Prepared, *, prefixes: Mapping[str, str], limits: Limits
) -> tuple[Outcome, Table, QueryLimitError | None]:
    from relgraph.model import Table

    graph = info.form in ("construct", "describe")
    # What is laid out as a table is held whole in this process; the cells take several times their text.
    sink, limit = _Bounded(limits.memory // 8), None
    format = choose("ntriples" if graph else "tsv", info.form)
    try:
        outcome = _work(store, info, prepared, format=format, out=sink, prefixes=prefixes, limits=limits)
    except RowLimitError as error:
        limit, outcome = error, Outcome(info.form)
    lines = sink.getvalue().decode("utf-8").split("\n")[:-1]
    if outcome.boolean is not None:
        return outcome, Table((info.form,), ()), limit
    if graph:
        rows = [re.fullmatch(_TRIPLE, line) for line in lines]
        cells = [found.groups() for found in rows if found]
        columns: tuple[str, ...] = ("subject", "predicate", "object")
    else:
        columns = tuple(name[1:] for name in lines[0].split("\t") if name)
        cells = [tuple(line.split("\t")) if columns else () for line in lines[1:]]
    body = tuple(tuple(plain(cell, prefixes) for cell in row) for row in cells)
    return outcome._replace(rows=len(body)), Table(columns, body), limit


_TRIPLE = r"(\S+) (\S+) (.*) \."


class RowLimitError(QueryLimitError):
    """The rows up to the limit have been written, and there are more."""


class _Bounded(BytesIO):
    """A buffer that refuses to outgrow its limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: Any, /) -> int:
        if self.tell() + len(data) > self._limit:
            raise QueryLimitError(
                f"the answer has over {self._limit >> 20} MiB, too much for a table",
                hint="use --format csv, which is streamed, or LIMIT",
            )
        return super().write(data)


def _work(
    store: Path,
    info: QueryInfo,
    prepared: Prepared,
    *,
    format: Format,
    out: BinaryIO,
    prefixes: Mapping[str, str],
    limits: Limits,
) -> Outcome:
    """Run the worker and copy its answer to ``out``."""
    from relgraph.sparql.process import Watch, chunks, end, report, start

    timeout, memory, max_rows = limits
    used = {name: iri for name, iri in {**prefixes, **info.prefixes}.items() if iri and name in info.used}
    job = {
        "store": str(store),
        "query": prepared.text,
        "format": format.engine,
        "prefixes": used,
        # With FROM the query says itself what the default graph is.
        "union": not info.graphs,
        "limit": max_rows if format.forms == ("construct", "describe") else None,
        "seconds": int(timeout) + 5,
    }
    gate = RowGate(format.name if info.form != "ask" else "", max_rows)
    text = XmlText() if format.engine in ("XML", "RDF_XML") else None
    process = start(job)
    try:
        with Watch(process, timeout, memory) as watch:
            for chunk in chunks(process):
                data = text.feed(chunk) if text else chunk
                with watch.paused():
                    out.write(gate.feed(data))
                if gate.exceeded:
                    break
            kind, message = ("limit", "") if gate.exceeded else report(process)
        out.write(gate.close())
    except BrokenPipeError:
        return Outcome(info.form)
    finally:
        end(process)
    if watch.reason:
        raise QueryLimitError(watch.reason, hint=watch.hint)
    if kind == "limit":
        what = "rows" if gate.exceeded else "triples"
        raise RowLimitError(f"stopped after {max_rows:,} {what}: there are more", hint="raise --max-rows")
    if kind == "syntax":
        raise syntax_error(message, prepared, _ask_again({**job, "query": prepared.spread()}, limits))
    if kind != "ok":
        raise _failure(kind, message, process.returncode)
    if info.form == "ask":
        return Outcome("ask", message == "true")
    if info.form != "select":
        return Outcome(info.form, None, int(message) if message else None)
    blank = gate.rows == 1 and info.aggregates and is_blank(format.name, gate.head)
    return Outcome(info.form, None, gate.rows, blank)


def _ask_again(job: Mapping[str, object], limits: Limits) -> str:
    """The engine's complaint about a second text; its answer, should it have one, is of no interest."""
    from relgraph.sparql.process import Watch, chunks, end, report, start

    process = start(job)
    try:
        with Watch(process, limits.timeout, limits.memory):
            for _ in chunks(process):
                return ""
            return report(process)[1]
    finally:
        end(process)


def _failure(kind: str, message: str, code: int) -> RelgraphError:
    if kind == "store":
        return UsageError(f"the store cannot be opened: {message}", hint="run: relgraph build")
    if kind == "evaluation":
        return QueryError(f"the query failed: {message}")
    # Thousands of chained operators or UNIONs: the engine runs out of stack and takes its process with it.
    detail = message.strip().splitlines()[-1] if message.strip() else f"its process ended with code {code}"
    return QueryLimitError(
        f"the engine gave up on the query: {detail}", hint="the query is probably too long or too complex"
    )


_ENGINE = r"error at ([0-9]+):([0-9]+): (.*)"


def syntax_error(message: str, prepared: Prepared, again: str = "") -> QueryError:
    """The engine's message with the place in the user's own text, what stands there, and without noise.

    ``again`` is its message for the text spread out (:meth:`Prepared.spread`), which tells the place.
    """
    found = re.fullmatch(_ENGINE, again, re.DOTALL)
    if found:
        offset = prepared.gather(int(found.group(1)), int(found.group(2)))
    elif found := re.fullmatch(_ENGINE, message, re.DOTALL):
        offset = prepared.offset(int(found.group(1)), int(found.group(2)))
    else:
        return QueryError(f"the query cannot be read: {message}")
    for token in tokenize(prepared.text):
        if token.kind == "OTHER" and token.text in "'\"":
            line, column, _ = prepared.original(token.start)
            return QueryError(
                f"{line}:{column}: the query cannot be read: the quote that opens here is never closed"
            )
    line, column, rest = prepared.original(offset)
    # Its list of what it expected names rules that failed for other reasons too; only a sentence is of use,
    # and as it comes from looking at the whole, the place where the reading ended says nothing then.
    reason = re.search(r"(?:one of |, |expected )(The [^,\[]+|[A-Z][a-z]+ [a-z][^,\[]+)", message)
    if reason and not rest:
        return QueryError(f"the query cannot be read: {reason.group(1).strip()}")
    because = f" ({reason.group(1).strip()})" if reason else ""
    where = f"from here: {rest[:40]!r}" if rest else "as it ends too early"
    return QueryError(f"{line}:{column}: the query cannot be read {where}{because}")
