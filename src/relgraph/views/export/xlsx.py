"""XLSX: one sheet a kind, with filters, a header that stays, links between sheets, sources and notes.

Rows are written as the records go by. The bytes depend on the content alone: the date of making is fixed, and
the container is packed anew, sorted, dated 1980 and stored.
"""

from __future__ import annotations

import io
import re
import shutil
import traceback
from collections import defaultdict
from collections.abc import Iterable
from datetime import date as Day
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from relgraph.model import Edtf, Record, Ref, Term, Typed
from relgraph.namespaces import PREFIXES, RG
from relgraph.sentences import as_of_text, capital
from relgraph.views.container import repack
from relgraph.views.export import columns
from relgraph.views.export.columns import Column
from relgraph.views.export.records import records
from relgraph.views.export.registry import Job
from relgraph.views.export.temporary import Abandonable, temporaries, temporary_folder
from relgraph.views.export.xlsx_words import WORDS
from relgraph.vocabulary import pick
from relgraph.when import MARKS

#: what Excel takes: characters of a cell and of a sheet's name, links and rows of a sheet, the first sure day
CELL, NAME, LINKS, ROWS, FIRST_DAY = 32_767, 31, 65_530, 1_048_576, Day(1900, 3, 1)
_MADE = datetime(2000, 1, 1)  # naive: the format has no time zones
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_XSD = PREFIXES["xsd"]


def write_xlsx(job: Job, out: IO[bytes]) -> None:
    """Write the workbook."""
    with temporary_folder() as folder:
        path, whole = folder / "made.xlsx", folder / "packed.xlsx"
        with temporaries():
            _make(job, path)
            repack(path, whole)
        with whole.open("rb") as file:
            shutil.copyfileobj(file, out, 1 << 20)


def _make(job: Job, path: Path) -> None:
    """Write the workbook as xlsxwriter packs it, with its own temporary files beside it."""
    from xlsxwriter.exceptions import FileCreateError

    raw = Abandonable(path, "wb")
    with io.BufferedWriter(raw) as file:
        try:
            _Workbook(job, file, path.parent).write()
        except FileCreateError as error:  # no OSError, but it holds one, with the container in its frames
            raw.abandoned = True
            traceback.clear_frames(error.args[0].__traceback__)
            raise error.args[0] from None
        except BaseException:
            raw.abandoned = True
            raise


class _Sheet:
    """One sheet: where its next row is, how many links it has, and which columns hold anything."""

    def __init__(self, book: Any, name: str, header: list[str], bold: Any) -> None:
        self.name = name
        self.own: list[Column] = []
        self.sheet = book.add_worksheet(name)
        self.row = 0
        self.links = 0
        self.used: set[int] = set()
        self.width = len(header)
        self.sheet.freeze_panes(1, 2)
        for column, text in enumerate(header):
            self.sheet.write_string(0, column, text[:CELL], bold)

    def close(self, widths: Iterable[int]) -> None:
        """Set filters and widths, and hide the columns that are empty throughout."""
        self.sheet.autofilter(0, 0, max(self.row, 1), self.width - 1)
        for column, width in enumerate(widths):
            hidden = {} if column in self.used or column < 2 else {"hidden": True}
            self.sheet.set_column(column, column, width, None, hidden)


class _Workbook:
    def __init__(self, job: Job, file: IO[bytes], folder: Path) -> None:
        import xlsxwriter

        self._job, self._lang = job, job.lang
        self._vocabulary = job.project.vocabulary
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": False,
            "tmpdir": str(folder),
        }
        self._book = xlsxwriter.Workbook(file, options)
        title = pick(job.lookup.description(), self._lang)
        self._book.set_properties({"title": title, "created": _MADE})
        self._bold = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._date = self._book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self._link = self._book.add_format({"font_color": "#0B57A4", "underline": 1})
        self._names: dict[str, str] = {}
        self._place: dict[str, tuple[str, int]] = {}
        self._taken: set[str] = set()
        self._left_out: dict[str, int] = defaultdict(int)

    def write(self) -> None:
        """Make all sheets, fill them, and close the book."""
        notes = self._book.add_worksheet(self._title_of(self._word("notes")))
        sheets = self._plan()
        header = self._word("source header").split("|")
        cited = _Sheet(self._book, self._title_of(self._word("sources")), header, self._bold)
        job = self._job
        for record in records(job.lookup.compiled, self._vocabulary, job.selection, job.advance):
            self._record(sheets[record.type], record)
            self._cite(cited, record)
        for sheet in sheets.values():
            bounds = [12] * 4
            sheet.close([28, 40, *(24 for _ in sheet.own[1:]), *bounds, *[12] * self._marked, 60])
        cited.used = set(range(cited.width))
        cited.close([28, 28, 10, 12, 12, 24, 40, 14])
        self._notes(notes, [*sheets.values(), cited])
        self._book.close()

    @property
    def _marked(self) -> int:
        return int(self._job.when is not None)

    def _plan(self) -> dict[str, _Sheet]:
        """A sheet for every kind that has records, and the row of every record."""
        by_kind: dict[str, list[str]] = defaultdict(list)
        for id_, (type_, names) in self._job.lookup.kinds_and_names(RG + "Record").items():
            if id_ not in self._job.selection.dropped:
                by_kind[type_].append(id_)
                self._names[id_] = pick(names, self._lang) or id_
        sheets: dict[str, _Sheet] = {}
        read = columns.kinds_read(self._job.lookup)
        for kind in columns.kinds_of_records(self._vocabulary):
            if kind.name not in by_kind:
                continue
            own = columns.columns(kind, (self._lang,), self._vocabulary, read)
            own.sort(key=lambda column: column.key != "name")
            header = [self._word("id"), *(self._header(column) for column in own)]
            header += self._word("bounds").split("|")
            header += [self._word("mark")] * self._marked + [self._word("source")]
            name = self._title_of(pick(kind.plurals, self._lang) or pick(kind.labels, self._lang))
            sheets[kind.name] = _Sheet(self._book, name, header, self._bold)
            sheets[kind.name].own = own
            for row, id_ in enumerate(by_kind[kind.name], 1):
                self._place[id_] = (name, row)
        return sheets

    def _header(self, column: Column) -> str:
        return self._vocabulary.label(column.iri, self._lang)

    def _title_of(self, label: str) -> str:
        """A sheet's name: at most 31 characters, none that Excel refuses, none twice whatever its case."""
        clean = re.sub(r"[\[\]:*?/\\]", " ", label).strip().strip("'") or "…"
        clean = capital(clean)
        name, number = clean[:NAME], 2
        while name.casefold() in self._taken:
            name = f"{clean[: NAME - 4]} ({number})"
            number += 1
        self._taken.add(name.casefold())
        return name

    def _word(self, key: str) -> str:
        return WORDS[key][self._lang]

    # -- rows --------------------------------------------------------------------------------------------

    def _record(self, sheet: _Sheet, record: Record) -> None:
        if sheet.row + 1 >= ROWS:
            self._left_out[sheet.name] += 1
            return
        sheet.row += 1
        self._text(sheet, 0, record.id)
        for at, column in enumerate(sheet.own, 1):
            self._cell(sheet, at, columns.values(record, column) or self._other(record, column))
        at = len(sheet.own) + 1
        for text in columns.bounds(record, self._vocabulary.kinds[record.type]):
            self._day(sheet, at, text)
            at += 1
        if self._marked:
            mark = self._job.selection.marks.get(record.id, "")
            self._text(sheet, at, MARKS[mark][self._lang] if mark else "")
            at += 1
        self._text(sheet, at, "; ".join(map(columns.source, record.sources)))

    @staticmethod
    def _other(record: Record, column: Column) -> list[Any]:
        """A text in another language, where there is none in the one asked for."""
        return list(record.values.get(column.key, ()))[:1] if column.lang else []

    def _cell(self, sheet: _Sheet, at: int, values: list[Any]) -> None:
        if not values:
            return
        first = values[0]
        if isinstance(first, Ref):
            names = "; ".join(self._names.get(value.id, value.id) for value in values)
            self._reference(sheet, at, first.id, names)
        elif len(values) == 1 and isinstance(first, Edtf):
            self._day(sheet, at, first.text)
        elif len(values) == 1 and isinstance(first, Typed):
            self._typed(sheet, at, first)
        else:
            terms = (self._label(v) if isinstance(v, Term) else columns.written(v) for v in values)
            self._text(sheet, at, "; ".join(terms))

    def _label(self, term: Term) -> str:
        known = term.iri in self._vocabulary.concepts or term.iri in self._vocabulary.terms
        return self._vocabulary.label(term.iri, self._lang) if known else columns.written(term)

    def _reference(self, sheet: _Sheet, at: int, id_: str, text: str) -> None:
        place = self._place.get(id_)
        if place is None or sheet.links >= LINKS or not text:
            self._text(sheet, at, text)
            sheet.links += place is not None
            return
        sheet.links += 1
        sheet.used.add(at)
        name, row = place[0].replace("'", "''"), place[1] + 1
        sheet.sheet.write_url(sheet.row, at, f"internal:'{name}'!A{row}", self._link, text[:CELL])

    def _day(self, sheet: _Sheet, at: int, text: str) -> None:
        day = Day.fromisoformat(text) if _DAY.fullmatch(text) else None
        if day is None or day < FIRST_DAY:
            self._text(sheet, at, text)
            return
        sheet.used.add(at)
        sheet.sheet.write_datetime(sheet.row, at, day, self._date)

    def _typed(self, sheet: _Sheet, at: int, value: Typed) -> None:
        local = value.datatype.removeprefix(_XSD)
        sheet.used.add(at)
        if local == "boolean":
            sheet.sheet.write_boolean(sheet.row, at, value.lexical in ("true", "1"))
        elif local in ("integer", "decimal", "double", "nonNegativeInteger") and len(value.lexical) < 15:
            sheet.sheet.write_number(sheet.row, at, float(value.lexical))
        else:
            self._text(sheet, at, value.lexical)

    @staticmethod
    def _text(sheet: _Sheet, at: int, text: str) -> None:
        if text:
            sheet.used.add(at)
            sheet.sheet.write_string(sheet.row, at, text if len(text) <= CELL else text[: CELL - 1] + "…")

    def _cite(self, sheet: _Sheet, record: Record) -> None:
        cited = [*record.sources, *(c for alias in record.aliases for c in alias.sources)]
        for citation in cited:
            if sheet.row + 1 >= ROWS:
                self._left_out[sheet.name] += 1
                continue
            sheet.row += 1
            self._reference(sheet, 0, record.id, self._names.get(record.id, record.id))
            document = citation.document
            self._reference(sheet, 1, document, self._names.get(document, document))
            self._text(sheet, 2, citation.section)
            if citation.end:
                sheet.sheet.write_number(sheet.row, 3, citation.start)
                sheet.sheet.write_number(sheet.row, 4, citation.end)
            self._text(sheet, 5, citation.locator)
            self._text(sheet, 6, "; ".join(map(self._key, citation.supports)))
            self._text(sheet, 7, self._vocabulary.label(RG + citation.certainty, self._lang))

    def _key(self, key: str) -> str:
        known = self._vocabulary.properties.get(key)
        return pick(known.labels, self._lang) if known else key

    def _notes(self, sheet: Any, sheets: list[_Sheet]) -> None:
        """What a reader must know, and a list of the sheets to go to."""
        lookup, when = self._job.lookup, self._job.when
        lines = [as_of_text(lookup, self._lang), when.told(self._lang) if when else ""]
        lines += [self._word(key) for key in ("absent", "kinds", "several", "dates")]
        lines += [self._word("too many").format(s.name) for s in sheets if s.links > LINKS]
        lines += [self._word("too long").format(name, n) for name, n in sorted(self._left_out.items())]
        sheet.set_column(0, 0, 110)
        sheet.write_string(0, 0, pick(lookup.description(), self._lang)[:CELL], self._bold)
        row = 1
        for line in filter(None, lines):
            sheet.write_string(row, 0, line[:CELL])
            row += 1
        for each in sheets:
            row += 1
            name = each.name.replace("'", "''")
            sheet.write_url(row, 0, f"internal:'{name}'!A1", self._link, f"{each.name} ({each.row})")
