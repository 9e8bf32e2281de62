"""What stands out: sentences made by the catalogue's rules from the rows of tables, and from nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from relgraph.analysis.catalogue import AnalysisText, Finding
from relgraph.analysis.model import Result, Row


@dataclass(frozen=True, slots=True)
class Outstanding:
    """One rule that has something to say: the rows of ``rule.table`` that it speaks of, in their order."""

    rule: Finding
    rows: tuple[Row, ...]


def outstanding(result: Result, text: AnalysisText) -> list[Outstanding]:
    """The rules of an analysis that find rows in its result, in the order of the catalogue."""
    tables = {found.name: found.rows for found in result.tables}
    found = []
    for rule in text.findings:
        columns = list(text.tables[rule.table].columns)
        rows = tuple(
            row
            for row in tables.get(rule.table, ())
            if all((row.cells[columns.index(key)] is None) == (not said) for key, said in rule.where.items())
        )
        if rule.top:
            rows = _top(rows, columns.index(rule.top))
        if rows:
            found.append(Outstanding(rule, rows))
    return found


def _top(rows: tuple[Row, ...], column: int) -> tuple[Row, ...]:
    """The one row with the highest number in a column; none where several share it, or it is nought."""
    numbers = [cell if isinstance(cell, int | float) else 0 for cell in (row.cells[column] for row in rows)]
    highest = max(numbers, default=0)
    return (rows[numbers.index(highest)],) if highest > 0 and numbers.count(highest) == 1 else ()
