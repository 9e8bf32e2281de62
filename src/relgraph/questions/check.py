"""Question files -> problems: each read whole, and its SPARQL put to the engine on an empty store."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from relgraph.errors import QueryError
from relgraph.model import Position, Problem
from relgraph.namespaces import PREFIXES
from relgraph.questions.model import Question, QuestionFile
from relgraph.questions.reader import CODE, read_question
from relgraph.sparql.lexer import inspect
from relgraph.vocabulary import Vocabulary

_DATASET = ("FROM", "GRAPH")


def check_questions(files: Mapping[str, QuestionFile], vocabulary: Vocabulary, base: str) -> list[Problem]:
    """RG405: the faults of all question files, sorted; ``base`` is the IRI of the graph's own records."""
    problems: list[Problem] = []
    for file in files.values():
        question, found = read_question(file, vocabulary)
        problems += found
        if question is not None:
            problems += check_query(question, file, base)
    return sorted(problems, key=lambda problem: problem.sort_key)


def check_query(question: Question, file: QuestionFile, base: str) -> list[Problem]:
    """What is wrong with the SPARQL of a question whose header is right."""
    found = [
        Problem(CODE, message, Position(file.shown, line, column), hint=hint)
        for line, column, message, hint in _forbidden(question.text, base)
    ]
    return found or [*_refused(question, file)]


def _forbidden(text: str, base: str) -> Iterator[tuple[int, int, str, str | None]]:
    """Named graphs and the names of instances, each with its place."""
    info = inspect(text)
    for token in info.tokens:
        if token.is_word(*_DATASET):
            word = token.text.upper()
            yield token.line, token.column, f"{word} is not for a question", "who asks sets the dataset"
        own = token.kind in ("PNAME_LN", "PNAME_NS") and token.text.startswith(":")
        if own or (token.kind == "IRIREF" and base and token.text[1:].startswith(base)):
            hint = "make it a parameter"
            yield token.line, token.column, f"{token.text} is a particular record of the graph", hint


def _refused(question: Question, file: QuestionFile) -> Iterator[Problem]:
    """What the lexer or the engine says against the query; a project's own goes to a process of its own."""
    if question.shipped:
        from relgraph.sparql.checking import fault_of

        fault = fault_of(question.text, ["select"], prefixes=PREFIXES)
        if fault is not None:
            line, column, reason = fault
            yield Problem(CODE, reason, Position(file.shown, line, column), hint="correct the query there")
        return
    import tempfile

    from relgraph.sparql import run
    from relgraph.store.opening import WHOLE

    try:
        # A hostile query can take the engine's process with it.
        with tempfile.TemporaryDirectory(prefix="relgraph-") as folder:
            (Path(folder) / WHOLE).touch()
            run.run(Path(folder), question.text, prefixes=PREFIXES, out=BytesIO(), timeout=10)
    except QueryError as error:
        found = re.match(r"([0-9]+):([0-9]+): (.*)", error.message, re.DOTALL)
        place = (int(found[1]), int(found[2])) if found else (1, 1)
        message = found[3] if found else error.message
        yield Problem(CODE, message, Position(file.shown, *place), hint=error.hint)
