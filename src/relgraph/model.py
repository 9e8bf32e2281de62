"""The records that flow through the house: frozen, plain, without input or output."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file; ``line`` and ``column`` count characters from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault found in the data: where, which rule (``code``), what is wrong, what to do."""

    code: str
    message: str
    position: Position | None = None
    severity: Literal["error", "warning"] = "error"
    hint: str | None = None

    def __str__(self) -> str:
        where = f"{self.position}: " if self.position else ""
        hint = f" ({self.hint})" if self.hint else ""
        text = f"{where}{self.severity} {self.code} {self.message}{hint}"
        if text.isprintable():
            return text
        # what a file holds may break a line, or hide: a problem is one line, and all of it is seen
        return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order for printing: by file, line, column, code, message."""
        at = self.position or Position("", 0, 0)
        return (at.file, at.line, at.column, self.code, self.message)


@dataclass(frozen=True, slots=True)
class Text:
    """A text in a language (BCP 47); ``lang`` is empty for a plain string."""

    value: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to another record by its id."""

    id: str


@dataclass(frozen=True, slots=True)
class Term:
    """A reference to a term of the ontology (concept, class or property) by its IRI."""

    iri: str


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date or period as written: EDTF level 0/1, or ``[a..b]`` for ``{earliest: a, latest: b}``."""

    text: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A literal of another datatype (number, boolean, IRI): lexical form and datatype IRI."""

    lexical: str
    datatype: str


Value: TypeAlias = Text | Ref | Term | Edtf | Typed


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a source: a character range within a section, or a ``locator`` in an outside source.

    ``supports`` lists the keys that rest on this place (empty: all of them); ``certainty`` is the local name
    of the certainty with which they do.
    """

    document: str
    section: str = ""
    start: int = 0
    end: int = 0
    locator: str = ""
    supports: tuple[str, ...] = ()
    certainty: str = "stated"
    position: Position | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a record, with what is known of it (misspelling, source-variant, inferred, acronym)."""

    name: Text
    status: str = "source-variant"
    sources: tuple[Citation, ...] = ()
    position: Position | None = field(default=None, compare=False)

    @property
    def is_mistaken(self) -> bool:
        """Whether the source calls it so by mistake: a name to find it by, not to call it."""
        return self.status in ("misspelling", "erroneous")


@dataclass(frozen=True, slots=True)
class Record:
    """One entity or relationship: ``values`` maps a key to its values in the order written.

    Read from a store they are sorted; where the order written was another, ``written`` has it by key.
    """

    id: str
    type: str
    values: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    sources: tuple[Citation, ...] = ()
    aliases: tuple[Alias, ...] = ()
    position: Position | None = field(default=None, compare=False)
    positions: Mapping[str, Position] = field(default_factory=dict, compare=False)
    written: Mapping[str, tuple[Value, ...]] = field(default_factory=dict, compare=False)

    def as_written(self, key: str) -> tuple[Value, ...]:
        """The values of ``key`` in the order of the source, as a sentence says them."""
        return self.written.get(key) or self.values.get(key, ())

    def refs(self, key: str) -> tuple[str, ...]:
        """The ids of the records that ``key`` refers to."""
        return tuple(v.id for v in self.values.get(key, ()) if isinstance(v, Ref))

    def named(self) -> set[str]:
        """The ids of all records that it refers to."""
        return {id_ for key in self.values for id_ in self.refs(key)}

    def flag(self, key: str) -> bool:
        """Whether ``key`` is true; what is not said is not."""
        return any(isinstance(v, Typed) and v.lexical == "true" for v in self.values.get(key, ()))

    def text(self, key: str, lang: str) -> str:
        """The text of ``key`` in ``lang``, else in any language, else an empty string."""
        texts = [v for v in self.values.get(key, ()) if isinstance(v, Text)]
        for wanted in (lang, "", "en"):
            for text in texts:
                if text.lang == wanted:
                    return text.value
        return texts[0].value if texts else ""

    def at(self, key: str) -> Position | None:
        """Where ``key`` stands in the file, else where the record begins."""
        return self.positions.get(key, self.position)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with named columns: the one shape in which answers leave for any format."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def folded(text: str) -> str:
    """A name reduced to what is compared: no case, no accents, only letters and digits."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if sign.isalnum())
