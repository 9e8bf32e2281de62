"""The workbook cell by cell, by LibreOffice: it holds what the CSV export holds, and texts are texts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from exporting import HOSTILE, Exported, add_hostile
from running import RG, copy_city
from spreadsheet import Cell, expected, opened, sources

SOFFICE = shutil.which("soffice")


@pytest.mark.skipif(SOFFICE is None, reason="there is no soffice (LibreOffice) here to read the workbook")
def test_every_cell_is_to_libreoffice_what_the_csv_export_says(tmp_path: Path) -> None:
    lang = "en"
    city = copy_city(tmp_path / "lindvik")
    add_hostile(city)
    city.replace("- id: hostile-0\n", "- id: hostile-0\n  isPlural: true\n")  # no other record has a boolean
    exported = Exported(city.root)
    assert SOFFICE is not None
    book = opened(SOFFICE, exported.data("xlsx", lang), tmp_path)
    vocabulary = exported.project.vocabulary

    def label(term: str) -> str:
        """The label of a term or key as the CSV export writes it; other IRIs are what they are."""
        key = vocabulary.properties.get(term)
        iri = key.iri if key else term if "://" in term else RG + term
        known = iri in vocabulary.concepts or iri in vocabulary.terms
        return vocabulary.label(iri, lang) if known else term

    files = exported.files("csv")
    kinds = dict(expected(files, lang, label))
    kinds = {(name[:1].upper() + name[1:])[:31]: rows for name, rows in kinds.items()}
    notes, *others, cited = book
    assert set(others) == set(kinds)
    for name, rows in kinds.items():
        assert padded(book[name]) == padded(rows), name
    assert padded(book[cited][1:]) == padded(sources(files, lang, label))
    cells = [cell for rows in book.values() for row in rows for cell in row]
    assert {cell.value for cell in cells if cell.type == "string"} >= set(HOSTILE)
    assert {cell.type for cell in cells} == {"", "string", "float", "date", "boolean"}  # and no formula
    assert notes == "Read me"


def padded(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows without what is empty at their ends, numbers as Python writes them."""
    found = []
    for row in rows:
        cells = [Cell("float", str(float(c.value))) if c.type == "float" else c for c in row]
        while cells and not cells[-1].type:
            cells.pop()
        found.append(cells)
    return found
