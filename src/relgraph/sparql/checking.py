"""Whether a query that a project keeps in a file can be run, found without running it on any data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from relgraph.errors import QueryError
from relgraph.sparql.run import prepare, syntax_error


def fault_of(
    text: str,
    forms: Iterable[str],
    *,
    prefixes: Mapping[str, str] | None = None,
    allowed_graphs: Iterable[str] = (),
) -> tuple[int, int, str] | None:
    """Line, column and reason why a query is refused, cannot be read or is none of ``forms``; None: fine.

    What users' queries may not do (SERVICE, updates, foreign graphs) a project's own may not do either.
    """
    import pyoxigraph as ox

    wanted = [form.lower() for form in forms]
    try:
        info, prepared = prepare(text, prefixes or {}, {}, allowed_graphs)
        try:
            ox.Store().query(prepared.text)
        except SyntaxError as error:
            again = ""
            try:
                ox.Store().query(prepared.spread())
            except SyntaxError as spread:
                again = str(spread)
            raise syntax_error(str(error), prepared, again) from None
    except QueryError as error:
        found = re.match(r"([0-9]+):([0-9]+): (.*)", error.message)
        return (int(found[1]), int(found[2]), found[3]) if found else (1, 1, error.message)
    if info.form not in wanted:
        return 1, 1, f"this is {info.form.upper() or 'another query'}, not {' or '.join(wanted).upper()}"
    return None
