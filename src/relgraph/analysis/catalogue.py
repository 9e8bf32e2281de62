"""What each analysis means, in words: read from ``catalogue.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

CATALOGUE = Path(__file__).with_name("catalogue.toml")

#: a text by language
Text = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TableText:
    """A table's title and columns in words, and how it is drawn.

    ``figure`` is empty, or names the ``kind`` of figure ("bar", "heat", "multiples") and its columns by key.
    """

    title: Text
    columns: Mapping[str, Text]
    empty: Text
    figure: Mapping[str, Any] = field(default_factory=dict)
    most: int = 0
    """At most so many of its rows stand in a report; 0 for all."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence of the report's summary, made from the rows of one table.

    ``one`` and ``many`` are texts with ``{count}`` (rows), ``{names}`` (the cells in ``column`` of the first
    rows, as many as ``most``) and ``{COLUMN}`` (a cell of the first row); nothing is said of no rows. With
    ``where`` only rows count whose cells say so: nothing (""), something ("*"). With ``top``, a column of
    numbers, it is said of the first row alone, where no other has as many.
    """

    table: str
    column: str
    one: Text
    many: Text
    most: int = 5
    where: Mapping[str, str] = field(default_factory=dict)
    top: str = ""


@dataclass(frozen=True, slots=True)
class AnalysisText:
    """One analysis in words: ``definition`` what is computed, ``meaning`` what it says of a city, ``limits``
    what it does not say; ``formula`` and ``source`` (the publication of the method) are the same in every
    language where they are plain strings."""

    name: str
    title: Text
    definition: Text
    formula: Text
    source: Text
    meaning: Text
    limits: Text
    tables: Mapping[str, TableText]
    notes: Mapping[str, Text]
    settings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What the analysis means by a word: groups of relationships, facets of entities, roles, by name."""
    findings: tuple[Finding, ...] = ()


@cache
def catalogue() -> Mapping[str, AnalysisText]:
    """Every analysis in words, by name."""
    return {name: _analysis(name, entry) for name, entry in _read().items() if name != "words"}


@cache
def words() -> Mapping[str, Text]:
    """The words that cells say (``Word``), by key."""
    found: Mapping[str, Text] = _read()["words"]
    return found


@cache
def _read() -> Mapping[str, Any]:
    import tomllib

    return tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))


def _analysis(name: str, entry: Mapping[str, Any]) -> AnalysisText:
    tables = {
        key: TableText(
            table["title"], table["columns"], table["empty"], table.get("figure", {}), table.get("most", 0)
        )
        for key, table in entry["tables"].items()
    }

    def text(key: str) -> Text:
        said = entry[key]
        return {"sv": said, "en": said} if isinstance(said, str) else said

    return AnalysisText(
        name=name,
        title=text("title"),
        definition=text("definition"),
        formula=text("formula"),
        source=text("source"),
        meaning=text("meaning"),
        limits=text("limits"),
        tables=tables,
        notes=entry.get("notes", {}),
        settings={key: tuple(names) for key, names in entry.get("settings", {}).items()},
        findings=tuple(Finding(**finding) for finding in entry.get("findings", ())),
    )
