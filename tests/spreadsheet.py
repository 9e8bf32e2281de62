"""A workbook as LibreOffice reads it, and what it should hold by the tables of the CSV export."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

_NS = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
_BOUNDS = {
    "sv": ("tidigast början", "senast början", "tidigast slut", "senast slut"),
    "en": ("earliest begin", "latest begin", "earliest end", "latest end"),
}
_SOURCE = {"sv": "källa", "en": "source"}
_NUMBERS = ("integer", "decimal", "double", "nonNegativeInteger")


@dataclass(frozen=True)
class Cell:
    """What a cell holds: ``string``, ``float``, ``date``, ``boolean`` or ``formula``; empty for nothing."""

    type: str = ""
    value: str = ""


def _name(prefixed: str) -> str:
    prefix, _, local = prefixed.partition(":")
    return f"{{{_NS[prefix]}}}{local}"


def opened(soffice: str, book: bytes, folder: Path) -> dict[str, list[list[Cell]]]:
    """The sheets of a workbook by name, as LibreOffice reads them."""
    (folder / "book.xlsx").write_bytes(book)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "fods", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "book.xlsx")], check=True, capture_output=True, timeout=120)
    whole = ElementTree.parse(folder / "book.fods")
    return {
        str(sheet.get(_name("table:name"))): list(_rows(sheet)) for sheet in whole.iter(_name("table:table"))
    }


def _rows(sheet: ElementTree.Element) -> Iterator[list[Cell]]:
    for row in sheet.iter(_name("table:table-row")):
        cells: list[Cell] = []
        for cell in row:
            times = int(cell.get(_name("table:number-columns-repeated"), "1"))
            cells += [_cell(cell)] * min(times, 100)
        while cells and not cells[-1].type:
            cells.pop()
        if cells:
            yield cells


def _cell(cell: ElementTree.Element) -> Cell:
    kind, formula = cell.get(_name("office:value-type"), ""), cell.get(_name("table:formula"))
    if formula in ("of:=TRUE()", "of:=FALSE()"):  # as which LibreOffice reads every cell of the type boolean
        return Cell("boolean", "true" if formula == "of:=TRUE()" else "false")
    if formula is not None:
        return Cell("formula", formula)
    if kind == "string":
        return Cell(kind, "\n".join(map(_text, cell.iter(_name("text:p")))))
    value = {"float": "value", "date": "date-value", "boolean": "boolean-value"}.get(kind, "value")
    return Cell(kind, cell.get(_name(f"office:{value}"), ""))


def _text(node: ElementTree.Element) -> str:
    """The text of a paragraph, in which several spaces, tabs and line breaks are elements."""
    found = node.text or ""
    for child in node:
        if child.tag == _name("text:s"):
            found += " " * int(child.get(_name("text:c"), "1"))
        elif child.tag == _name("text:tab"):
            found += "\t"
        elif child.tag == _name("text:line-break"):
            found += "\n"
        else:
            found += _text(child)
        found += child.tail or ""
    return found


def expected(
    files: Mapping[str, bytes], lang: str, label: Callable[[str], str]
) -> Iterator[tuple[str, list[list[Cell]]]]:
    """The sheet of each kind as the CSV export has it; ``label`` is that of a term of the ontology."""
    index = {row["id"]: row for row in _read(files["records.csv"])}
    metadata = json.loads(files["csv-metadata.json"])
    for table in metadata["tables"]:
        if not table["url"][0].isupper():
            continue
        described = {column["titles"]: column for column in table["tableSchema"]["columns"]}
        rows = sorted(_read(files[table["url"]]), key=lambda row: row["id"])
        keys = [
            k for k in described if k not in ("id", "type", "source") and k.partition("@")[2] in ("", lang)
        ]
        keys.sort(key=lambda key: not key.startswith("name@"))
        header = ["id", *(_in(described[key]["dc:description"], lang) for key in keys)]
        found = [[Cell("string", text) for text in (*header, *_BOUNDS[lang], _SOURCE[lang])]]
        for row in rows:
            cells = [Cell("string", row["id"])]
            cells += [_of(row, key, described[key], index, lang, label) for key in keys]
            bounds = ("earliestBegin", "latestBegin", "earliestEnd", "latestEnd")
            cells += [_day(index[row["id"]][bound]) for bound in bounds]
            found.append([*cells, _string("; ".join(row["source"].split("|")))])
        yield _in(table["dc:title"], lang), found


def sources(files: Mapping[str, bytes], lang: str, label: Callable[[str], str]) -> list[list[Cell]]:
    """The rows of the sheet of sources as the CSV export has them, without the header."""
    index = {row["id"]: row for row in _read(files["records.csv"])}
    found = []
    for row in _read(files["citations.csv"]):
        cells = [_string(_named(index[row[key]], lang)) for key in ("record", "document")]
        cells += [
            _string(row["section"]),
            *(Cell("float", row[k]) if row[k] else Cell() for k in ("start", "end")),
        ]
        supports = "; ".join(map(label, filter(None, row["supports"].split("|"))))
        found.append([*cells, *map(_string, (row["locator"], supports, label(row["certainty"])))])
    return found


def _read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))


def _in(texts: list[dict[str, str]], lang: str) -> str:
    return next(text["@value"] for text in texts if text["@language"] == lang)


def _string(text: str) -> Cell:
    return Cell("string", text) if text else Cell()


def _day(text: str) -> Cell:
    """An exact day is a date, from the first that all spreadsheets agree on; any other time is a text."""
    exact = re.fullmatch(r"\d{4}-\d\d-\d\d", text) and text >= "1900-03-01"
    return Cell("date", text) if exact else _string(text)


def _named(row: Mapping[str, str], lang: str) -> str:
    return row[f"name@{lang}"] or next((v for k, v in row.items() if k.startswith("name@") and v), row["id"])


def _of(
    row: dict[str, str],
    key: str,
    described: Mapping[str, Any],
    index: Mapping[str, dict[str, str]],
    lang: str,
    label: Callable[[str], str],
) -> Cell:
    text = row[key]
    if key.partition("@")[2]:
        others = (row[other] for other in row if other.partition("@")[0] == key.partition("@")[0])
        return _string(text or next(filter(None, others), ""))
    datatype = described.get("datatype", "")
    if not text or isinstance(datatype, dict):
        return _day(text)
    if datatype in _NUMBERS:
        return Cell("float", text)
    if datatype == "boolean":
        return Cell("boolean", text)
    if datatype:
        return _string(text)
    return _string("; ".join(_named(index[v], lang) if v in index else label(v) for v in text.split("|")))
