"""A cell of an answer in words."""

from __future__ import annotations

from relgraph import time
from relgraph.answers.model import Cell
from relgraph.lookup import Lookup
from relgraph.namespaces import PREFIXES
from relgraph.sentences import SentenceWriter
from relgraph.vocabulary import pick
from relgraph.when import MARKS

XSD = PREFIXES["xsd"]
#: numbers of more digits than a year are grouped by thousands
YEAR = 4
GROUPED = {"sv": "\N{NO-BREAK SPACE}", "en": ","}
ANSWERS = {
    "certainly": {"sv": "säkert", "en": "certainly"},
    "possibly": {"sv": "möjligen", "en": "possibly"},
    "true": {"sv": "ja", "en": "yes"},
    "false": {"sv": "nej", "en": "no"},
    **MARKS,
}


def grouped(number: int, lang: str) -> str:
    """A whole number with its thousands apart as the language has it."""
    return f"{number:,}".replace(",", GROUPED[lang])


def cell_text(cell: Cell, lookup: Lookup, writer: SentenceWriter, lang: str) -> str:
    """A cell as a reader wants it: a name, a label, a date in words, a text; empty for no value."""
    if cell.kind == "record":
        record = lookup.get(cell.value)
        return (record.text("name", lang) or writer.name(cell.value)) if record else cell.value
    if cell.kind == "term":
        return lookup.vocabulary.label(cell.value, lang)
    if cell.datatype.startswith(PREFIXES["edtf"]) or cell.datatype == XSD + "date":
        try:
            return time.phrase(cell.value, lang)
        except time.EdtfError:
            return cell.value
    if (
        cell.datatype in (XSD + "integer", XSD + "decimal")
        and cell.value.isdecimal()
        and len(cell.value) > YEAR
    ):
        return grouped(int(cell.value), lang)
    if cell.value in ANSWERS and cell.datatype in (XSD + "string", XSD + "boolean", ""):
        return pick(ANSWERS[cell.value], lang)
    return cell.value
