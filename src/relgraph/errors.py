"""The errors that relgraph raises on purpose.

    RelgraphError            exit 2
    ├── UsageError           exit 2   unknown name, unreadable input, a wrong argument
    ├── DataError            exit 1   the graph or the ontology has problems (they are in ``problems``)
    └── QueryError           exit 2   a query that is refused, or that the engine rejects
        └── QueryLimitError  exit 2   a query stopped by the clock, the memory limit or the row limit

Anything else that escapes is a defect of relgraph, not of its input.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class RelgraphError(Exception):
    """An error whose message is written for the person who gave the command.

    ``hint`` says what to do about it; it is shown on a line of its own.
    """

    exit_code = 2

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(RelgraphError):
    """The command cannot be carried out as it was given."""


class DataError(RelgraphError):
    """The data has problems; ``problems`` holds :class:`relgraph.model.Problem` values, sorted."""

    exit_code = 1

    def __init__(self, message: str, *, problems: Sequence[Any] = (), hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.problems = tuple(problems)


class QueryError(RelgraphError):
    """A query that is refused or that cannot be read; the message names line and column where known."""


class QueryLimitError(QueryError):
    """A query that was stopped: time, memory, rows, size or nesting."""
