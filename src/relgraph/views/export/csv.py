"""CSV on the web: one file a kind, and what belongs to records of all kinds in three more; described by CSVW.

The files of kinds have the columns of files of records (docs/model.md), so that relgraph reads them back
(a bar or a backslash in a text stands as it is, as other readers expect; relgraph would have it escaped).
``records.csv`` is the index, with the four bounds of each record's time and, where a time was asked for, how
the record stands then; ``citations.csv`` and ``aliases.csv`` refer to it, as the files of kinds do.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relgraph.model import Citation, Record
from relgraph.namespaces import PREFIXES, RG
from relgraph.views.export import columns
from relgraph.views.export.columns import Column
from relgraph.views.export.records import records
from relgraph.views.export.registry import Job
from relgraph.vocabulary import Kind, pick

if TYPE_CHECKING:
    from _csv import Writer as RowWriter

METADATA = "csv-metadata.json"
#: programs read these files, so no text is altered; a spreadsheet that opens them is another matter
_AS_THEY_ARE = {
    "sv": "Texterna står som de är, även de som börjar med =, +, - eller @, vilka ett kalkylprogram kan ta "
    "för formler. Importera kolumnerna som text, eller använd Excel-exporten (xlsx), där inget är en formel.",
    "en": "Texts stand as they are, also those that begin with =, +, - or @, which a spreadsheet may take "
    "for formulas. Import the columns as text, or use the Excel export (xlsx): nothing in it is a formula.",
}
_BOUNDS = ("earliestBegin", "latestBegin", "earliestEnd", "latestEnd")
_CITATIONS = ("record", "alias", "document", "section", "start", "end", "locator", "supports", "certainty")
_XSD = PREFIXES["xsd"]
_NUMBERS = {"integer", "decimal", "boolean", "gYear", "date", "anyURI", "double", "nonNegativeInteger"}


def write_csv(job: Job, folder: Path) -> None:
    """Fill a folder with the tables and their description."""
    with ExitStack() as files:
        tables = _Tables(job, folder, files)
        compiled = job.lookup.compiled
        for record in records(compiled, job.project.vocabulary, job.selection, job.advance):
            tables.add(record)
    text = json.dumps(tables.metadata(), ensure_ascii=False, indent=1)
    (folder / METADATA).write_text(text + "\n", encoding="utf-8", newline="\n")


#: what is said of references as a whole
_REFERENCES = {
    "sv": "En referens är en posts id eller ett begrepps namn i ontologin, efter kolumnens valueUrl eller "
    "void:uriSpace; där båda kan stå börjar ontologins begrepp med rg:. Adresser står hela.",
    "en": "A reference is the id of a record or the name of a term of the ontology, by the column's valueUrl "
    "or void:uriSpace; where either may stand, the ontology's terms begin with rg:. Addresses stand whole.",
}


class _Tables:
    """The open files of one export, and which columns each has."""

    def __init__(self, job: Job, folder: Path, files: ExitStack) -> None:
        self._job = job
        self._folder = folder
        self._files = files
        self._languages = job.lookup.compiled.languages
        self._read = columns.kinds_read(job.lookup)
        self._kinds: dict[str, tuple[list[Column], RowWriter]] = {}
        names = [f"name@{lang}" for lang in self._languages]
        self._marked = job.when is not None
        self._index = ["id", "type", *names, "certainty", *_BOUNDS, *(["mark"] if self._marked else [])]
        self._records = self._open("records.csv", self._index)
        self._citations = self._open("citations.csv", _CITATIONS)
        self._aliases = self._open("aliases.csv", ["record", "name", "language", "status"])

    def _open(self, name: str, header: Iterable[str]) -> RowWriter:
        file = self._files.enter_context((self._folder / name).open("w", encoding="utf-8", newline=""))
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(header)
        return writer

    def add(self, record: Record) -> None:
        """Write a record's rows."""
        kind = self._job.project.vocabulary.kinds[record.type]
        if record.type not in self._kinds:
            found = columns.columns(kind, self._languages, self._job.project.vocabulary, self._read)
            header = ["id", "type", *(column.name for column in found), "source"]
            self._kinds[record.type] = (found, self._open(f"{record.type}.csv", header))
        own, writer = self._kinds[record.type]
        cells = [
            "|".join(columns.written(value, column.refers) for value in columns.values(record, column))
            for column in own
        ]
        writer.writerow([record.id, record.type, *cells, "|".join(map(columns.source, record.sources))])
        names = [self._name(record, lang) for lang in self._languages]
        times = columns.bounds(record, kind)
        mark = [self._job.selection.marks.get(record.id, "")] if self._marked else []
        self._records.writerow(
            [record.id, record.type, *names, columns.certainty(record, kind), *times, *mark]
        )
        self._cite(record.id, "", record.sources)
        for alias in record.aliases:
            self._aliases.writerow([record.id, alias.name.value, alias.name.lang, alias.status])
            self._cite(record.id, alias.name.value, alias.sources)

    @staticmethod
    def _name(record: Record, lang: str) -> str:
        found = columns.values(record, Column("name", lang))
        return columns.written(found[0]) if found else ""

    def _cite(self, record: str, alias: str, citations: Iterable[Citation]) -> None:
        for c in citations:
            place = (c.start, c.end) if c.end else ("", "")
            keys = "|".join(c.supports)
            self._citations.writerow(
                [record, alias, c.document, c.section, *place, c.locator, keys, c.certainty]
            )

    # -- the description ---------------------------------------------------------------------------------

    def metadata(self) -> dict[str, Any]:
        """The description of all tables: CSVW metadata vocabulary, W3C Recommendation of 2015."""
        vocabulary = self._job.project.vocabulary
        lookup = self._job.lookup
        tables = [self._table(vocabulary.kinds[name]) for name in sorted(self._kinds)]
        return {
            "@context": "http://www.w3.org/ns/csvw",
            "dc:title": _texts(lookup.description()),
            "dc:description": [*_texts(_AS_THEY_ARE), *_texts(_REFERENCES)],
            "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True},
            "tables": [*tables, self._index_table(), self._citation_table(), self._alias_table()],
        }

    def _table(self, kind: Kind) -> dict[str, Any]:
        base = self._job.lookup.compiled.base
        own, _ = self._kinds[kind.name]
        source = self._job.project.vocabulary.properties["source"]
        cells = [
            {"name": "id", "titles": "id", "datatype": "string", "required": True},
            {"name": "type", "titles": "type", "propertyUrl": "rdf:type", "valueUrl": RG + "{type}"},
            *(self._column(column, base) for column in own),
            {
                "name": "source",
                "titles": "source",
                "separator": "|",
                "dc:description": _texts(source.labels),
            },
        ]
        return {
            "url": f"{kind.name}.csv",
            "dc:title": _texts(kind.plurals or kind.labels),
            "dc:description": _texts(kind.comments),
            "tableSchema": {
                "aboutUrl": base + "{id}",
                "columns": cells,
                "primaryKey": "id",
                "foreignKeys": [_key("id")],
            },
        }

    def _column(self, column: Column, base: str) -> dict[str, Any]:
        prop = self._job.project.vocabulary.properties.get(column.key)
        found: dict[str, Any] = {
            "name": column.name.replace("@", "_").replace("-", "_"),
            "titles": column.name,
            "propertyUrl": column.iri,
            "dc:description": _texts(prop.labels if prop else {}),
        }
        if column.lang:
            return {**found, "lang": column.lang}
        if column.several:
            found["separator"] = "|"
        if column.refers:
            found |= _referring(column, base)
        local = column.datatype.removeprefix(_XSD)
        if column.datatype.startswith(PREFIXES["edtf"]):
            found["datatype"] = {"@id": column.datatype, "base": "string"}
        elif local in _NUMBERS:
            found["datatype"] = local
        return found

    def _index_table(self) -> dict[str, Any]:
        cells: list[dict[str, Any]] = [{"name": "id", "titles": "id", "required": True}]
        for name in self._index[1:]:
            cell: dict[str, Any] = {"name": name.replace("@", "_").replace("-", "_"), "titles": name}
            if name.startswith("name@"):
                cell["lang"] = name.removeprefix("name@")
            elif name in _BOUNDS:
                cell |= {"datatype": "date", "propertyUrl": RG + name}
            elif name in ("type", "certainty"):
                cell["valueUrl"] = f"{RG}{{{name}}}"
            cells.append(cell)
        base = self._job.lookup.compiled.base
        schema = {"aboutUrl": base + "{id}", "columns": cells, "primaryKey": "id"}
        return {"url": "records.csv", "tableSchema": schema}

    def _citation_table(self) -> dict[str, Any]:
        cells: list[dict[str, Any]] = [{"name": name, "titles": name} for name in _CITATIONS]
        for cell in cells:
            if cell["name"] in ("start", "end"):
                cell["datatype"] = "integer"
            if cell["name"] == "supports":
                cell["separator"] = "|"
            if space := self._spaces.get(cell["name"]):
                cell["valueUrl"] = f"{space}{{{cell['name']}}}"
        schema = {"columns": cells, "foreignKeys": [_key("record"), _key("document")]}
        return {"url": "citations.csv", "tableSchema": schema}

    @property
    def _spaces(self) -> dict[str, str]:
        """Where the names in columns of the common tables belong."""
        base = self._job.lookup.compiled.base
        return {"record": base, "document": base, "certainty": RG, "status": RG}

    def _alias_table(self) -> dict[str, Any]:
        cells = [{"name": name, "titles": name} for name in ("record", "name", "language", "status")]
        for cell in cells:
            if space := self._spaces.get(cell["name"]):
                cell["valueUrl"] = f"{space}{{{cell['name']}}}"
        return {"url": "aliases.csv", "tableSchema": {"columns": cells, "foreignKeys": [_key("record")]}}


def _referring(column: Column, base: str) -> dict[str, Any]:
    """To what the values of a column refer.

    CSVW has an address for a cell, none for each value of a list: of those the description says where their
    names belong, in the words of VoID.
    """
    space = RG if column.refers in ("concept", "term") else base
    if column.refers in ("record", "concept") and not column.several:
        return {"valueUrl": f"{space}{{{column.key}}}"}
    return {"void:uriSpace": space}


def _key(column: str) -> dict[str, Any]:
    """A foreign key to the index of records."""
    return {"columnReference": column, "reference": {"resource": "records.csv", "columnReference": "id"}}


def _texts(labels: Any) -> Any:
    """Texts by language as a common property of CSVW has them."""
    found = [{"@value": text, "@language": lang} for lang, text in sorted(labels.items()) if lang]
    return found or pick(labels, "en")
