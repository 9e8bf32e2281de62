"""What no query may do here: refused by its terminals, before the engine sees it.

pyoxigraph needs no space after a keyword, so it reads more as a service, a FROM or a query's form than the
grammar does. Where the lexer sees something else in those characters, the query is refused, or
(:func:`edits_for_services`) written so that the engine cannot but read it as the grammar has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from relgraph.errors import QueryError, QueryLimitError
from relgraph.sparql.lexer import FORMS, Edit, QueryInfo, Token, inspect, resolve

MAX_CHARACTERS = 1_000_000
MAX_NESTING = 100

_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"])
_OPENING = frozenset(["{", "(", "[", "<<"])
_CLOSING = frozenset(["}", ")", "]", ">>"])


def refuse(
    text: str, allowed_graphs: Iterable[str] = (), prefixes: Mapping[str, str] | None = None
) -> QueryInfo:
    """Raise for what no query may do here; else tell what the query is. ``prefixes`` are the predefined ones.

    QueryLimitError: too long, nested too deeply (the engine's parser would run out of stack and take the
    process with it). QueryError: SERVICE, an update, FROM of a graph that is not in ``allowed_graphs``, a
    keyword run together with another. Messages name line and column. Any other fault is left to the engine.
    """
    refuse_length(len(text))
    info = inspect(text)
    allowed = frozenset(allowed_graphs)
    _refuse_form(info)
    _refuse_words(info.tokens)
    for token in info.graphs:
        if resolve(token, info, prefixes) not in allowed:
            raise QueryError(
                f"{token.at}: FROM {token.text} is not a graph of this dataset",
                hint="the graphs are: " + ", ".join(sorted(allowed)) if allowed else "leave FROM out",
            )
    return info


def refuse_length(characters: int) -> None:
    """Raise QueryLimitError for a text of more than ``MAX_CHARACTERS``."""
    if characters > MAX_CHARACTERS:
        raise QueryLimitError(f"the query has {characters:,} characters; at most {MAX_CHARACTERS:,} are read")


def _refuse_form(info: QueryInfo) -> None:
    """``SELECTDISTINCT`` and ``PREFIXex:``: the engine would answer, and nobody here know what it answers."""
    if info.form or info.body >= len(info.tokens):
        return
    first = info.tokens[info.body]
    if first.kind in ("WORD", "PNAME_NS", "PNAME_LN"):
        for keyword in (*sorted(FORMS), "PREFIX"):
            if first.text.upper().startswith(keyword) and first.text.upper() != keyword:
                raise QueryError(f"{first.at}: a space is missing after {first.text[: len(keyword)]}")


def _refuse_words(tokens: Sequence[Token]) -> None:
    depth = 0
    for i, token in enumerate(tokens):
        kind, text = token.kind, token.text
        if kind == "PUNCT":
            if text in _OPENING:
                depth += 1
                if depth > MAX_NESTING:
                    raise QueryLimitError(f"{token.at}: nested more than {MAX_NESTING} deep")
            elif text in _CLOSING:
                depth -= 1
        elif kind == "WORD":
            word = text.upper()
            # No other keyword of the language contains these, so a word that does has keywords run together.
            if "SERVICE" in word:
                raise QueryError(f"{token.at}: SERVICE is refused: a query reads this graph and nothing else")
            if "FROM" in word and word != "FROM":
                raise QueryError(f"{token.at}: a space is missing before or after FROM")
            if depth == 0 and word in _UPDATES:
                raise QueryError(
                    f"{token.at}: {word} is an update; a query only reads",
                    hint="change the records in graph/ and build again",
                )
        elif kind in ("PNAME_LN", "PNAME_NS") and depth == 0 and _is_glued_from(tokens, i):
            raise QueryError(f"{token.at}: a space is missing after FROM")


def _is_glued_from(tokens: Sequence[Token], i: int) -> bool:
    """``SELECT * FROMex:g {``: no name may stand there, so the engine reads FROM."""
    before, after = tokens[i - 1 : i], tokens[i + 1 : i + 2]
    return (
        tokens[i].text[:4].upper() == "FROM"
        and not (before and before[0].is_word("FROM", "NAMED", "DESCRIBE"))
        and bool(after)
        and (after[0].text == "{" or after[0].is_word("WHERE", "FROM"))
        and not any(token.is_word("DESCRIBE") for token in tokens[:i])
    )


def edits_for_services(tokens: Sequence[Token]) -> list[Edit]:
    """A full stop behind a prefixed name that the engine could read as ``SERVICE`` and a name.

    ``?s ?p service:x { … }`` is two patterns, and the stop between them may be left out; in
    ``?s ?p ?o . SERVICEex:a { … }`` the engine sees a call. With the stop it sees none in either.
    """
    edits = []
    depth = 0  # outside all groups such a name is harmless, and the stop an error: DESCRIBE service:x { … }
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if token.kind == "PUNCT":
            depth += (token.text == "{") - (token.text == "}")
        elif (
            token.kind in ("PNAME_LN", "PNAME_NS")
            and after.text == "{"
            and depth > 0
            and "SERVICE" in token.text.partition(":")[0].upper()
            and not before.is_word("GRAPH")
        ):
            edits.append(Edit(token.end, token.end, " . "))
    return edits
