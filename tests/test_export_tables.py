"""Tables: every record in them, every attribute as it is, for readers that are not relgraph's own."""

from __future__ import annotations

import csv
import io
import json
import shutil
import warnings
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pyoxigraph as ox
import pytest
from csvw import CSVW, TableGroup
from exporting import HOSTILE, Exported, add_hostile
from openpyxl.workbook import Workbook
from running import BASE, RG, ROOT, copy_city

from relgraph.loading.values import ValueReader
from relgraph.model import Position, Problem, Ref, Term
from relgraph.namespaces import graph_iris
from relgraph.reading import Scalar
from relgraph.views.export import columns
from relgraph.views.export.lines import by_owner

TABLES = ("records.csv", "citations.csv", "aliases.csv")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    city = copy_city(tmp_path_factory.mktemp("hostile") / "lindvik")
    add_hostile(city)
    return Exported(city.root)


@pytest.fixture(scope="module")
def malmo() -> Exported:
    return Exported(ROOT)


@pytest.fixture(scope="module")
def folder(hostile: Exported, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The city's tables, as files."""
    made = tmp_path_factory.mktemp("tables")
    for name, data in hostile.files("csv").items():
        (made / name).write_bytes(data)
    return made


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))


def read(exported: Exported, lang: str = "sv", **when: str) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(exported.data("xlsx", lang, **when)))


def triples(exported: Exported) -> set[str]:
    graph = ox.NamedNode(f"{BASE}graph/asserted")
    quads = ox.parse(exported.data("nquads"), format=ox.RdfFormat.N_QUADS)
    return {str(quad.triple) for quad in quads if quad.graph_name == graph}


# -- CSV -----------------------------------------------------------------------------------------------------


def test_an_independent_reader_accepts_the_tables_and_their_keys(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_network(*arguments: object, **named: object) -> None:
        raise AssertionError("the reader went to the network")

    monkeypatch.setattr("socket.socket.connect", no_network)
    path = folder / "csv-metadata.json"
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        assert CSVW(str(path), validate=True).is_valid
    assert [str(warning.message) for warning in found] == []
    assert TableGroup.from_file(path).check_referential_integrity(strict=True)


def test_the_reader_finds_every_cell_as_it_was_meant(folder: Path) -> None:
    group = TableGroup.from_file(folder / "csv-metadata.json")
    tables = {str(table.url): list(table) for table in group.tables}
    names = {row["id"]: row["name_en"] for row in tables["City.csv"]}
    assert {names[f"hostile-{i}"] for i in range(len(HOSTILE))} == set(HOSTILE)
    twinning = next(row for row in tables["Twinning.csv"] if row["id"] == "lindvik-aberhaven-twinning")
    assert twinning["party"] == ["aberhaven", "lindvik"]
    index = {row["id"]: row for row in tables["records.csv"]}
    assert str(index["hosting-2032"]["latestEnd"]).startswith("2032-12-31")
    assert sum(len(found) for url, found in tables.items() if url not in TABLES) == len(index)
    cited = [row for row in tables["citations.csv"] if row["record"] == "lindvik-aberhaven-twinning"]
    assert [(row["start"], row["end"], row["supports"], row["certainty"]) for row in cited] == [
        (190, 223, ["legalStatus"], "implied"),
        (224, 246, ["from", "party"], "stated"),
    ]
    assert [(row["name"], row["status"]) for row in tables["aliases.csv"]] == [("Aberhafen", "misspelling")]


def test_the_description_tells_an_id_from_a_term_of_the_same_name(malmo: Exported) -> None:
    """Every reference, made an address by the description alone, is what the store says."""
    files = malmo.files("csv")
    base = malmo.job.lookup.compiled.base
    found, both = set(), set()
    for table in json.loads(files["csv-metadata.json"])["tables"]:
        columns = {column["titles"]: column for column in table["tableSchema"]["columns"]}
        for row in rows(files[table["url"]]) if table["url"] not in TABLES else ():
            for name, column in columns.items():
                space = column.get("void:uriSpace") or column.get("valueUrl", "").partition("{")[0]
                if not space or name == "type":
                    continue
                for value in filter(None, row[name].split("|") if "separator" in column else [row[name]]):
                    iri = value if "://" in value else space + value
                    found.add((base + row["id"], column["propertyUrl"], iri))
                    both.add((value, space))
    keys = {key for _, key, _ in found}
    query = "SELECT DISTINCT ?r ?p ?o { GRAPH ?g { ?r a rg:Record ; ?p ?o } FILTER(ISIRI(?o)) }"
    asserted = graph_iris(base)["asserted"]
    stored = malmo.job.lookup.rows(query.replace("?g", f"<{asserted}>"))
    triples = {tuple(str(getattr(node, "value", "")) for node in row) for row in stored}
    assert found == {triple for triple in triples if triple[1] in keys}
    assert {("information", base), ("information", RG)} <= both


def test_where_either_may_stand_a_term_is_marked_and_read_back(hostile: Exported) -> None:
    assert columns.written(Term(RG + "formal"), "either") == "rg:formal"
    assert columns.written(Ref("formal"), "either") == "formal"
    assert columns.written(Term(RG + "formal"), "concept") == "formal"
    shipped = hostile.project.vocabulary
    rules = shipped.kinds["Twinning"].rules
    assert columns.refers_to(rules["legalStatus"], shipped) == "concept"
    either = rules["subject"]
    assert columns.refers_to(either, shipped) == "record"
    formal = replace(shipped.concepts[RG + "formal"], classes=(RG + "Topic",))
    vocabulary = replace(shipped, concepts={formal.iri: formal})
    assert columns.refers_to(either, vocabulary) == "either"
    problems: list[Problem] = []
    reader = ValueReader(vocabulary, ("sv",), problems)
    at = Position("x.csv")
    texts = ("rg:formal", "formal", "topic-1")
    values = [placed.value for text in texts for placed in reader.read(either, Scalar(text, at))]
    assert values == [Term(RG + "formal"), Term(RG + "formal"), Ref("topic-1")]
    assert not problems
    assert list(reader.read(either, Scalar("rg:no-such", at))) == [] and problems[0].code == "RG115"


def test_relgraph_reads_the_files_of_kinds_back_as_the_same_graph(hostile: Exported, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    graph.mkdir()
    for name in ("graph.yaml", "sources.lock"):
        shutil.copy(hostile.project.graph / name, graph)
    shutil.copy(hostile.project.graph / "sources.yaml", graph)  # section maps are no table's
    for name, data in hostile.files("csv").items():
        if name.endswith(".csv") and name not in (*TABLES, "Document.csv"):
            text = data.decode("utf-8")
            for hostile_text in HOSTILE:  # a bar in a text is a list to relgraph, and a bar to other readers
                cell = hostile_text.replace('"', '""')
                text = text.replace(cell, cell.replace("\\", "\\\\").replace("|", "\\|"))
            (graph / name).write_text(text, encoding="utf-8", newline="")
    before, after = triples(hostile), triples(Exported(tmp_path))
    assert after <= before
    assert {line.split()[0].removeprefix(f"<{BASE}").split("/")[0] for line in before - after} == {
        *("alias", "citation", "selector", "aberhaven>")  # of the one other name, whose status has no column
    }
    assert len(before - after) < 20


def test_no_record_of_malmo_is_missing_and_none_stands_twice(malmo: Exported) -> None:
    files = malmo.files("csv")
    ids = [row["id"] for name, data in files.items() if name[0].isupper() for row in rows(data)]
    assert sorted(ids) == malmo.job.lookup.ids_of(RG + "Record")
    assert sorted(row["id"] for row in rows(files["records.csv"])) == sorted(ids)
    query = "SELECT ?r ?c { ?r prov:wasDerivedFrom ?c }"
    assert len(rows(files["citations.csv"])) == len(list(malmo.job.lookup.rows(query)))
    assert files["City.csv"].startswith(b"id,type,name@sv,name@en,")


def test_cited_ranges_come_with_who_cites_them_and_never_all_at_once(malmo: Exported) -> None:
    job = malmo.job
    most = 0
    for owner, statements in by_owner(job.lookup.compiled, job.selection, derived=False):
        subjects = {getattr(triple.subject, "value", "") for triple in statements}
        assert not [iri for iri in subjects if "/selector/" in iri]
        assert owner or len(statements) < 20  # of the graph itself
        most = max(most, len(statements))
    assert most < malmo.job.lookup.compiled.counts.asserted / 50


def test_a_time_cuts_the_tables_and_marks_what_is_left(hostile: Exported) -> None:
    index = {row["id"]: row for row in rows(hostile.files("csv", as_of="2030")["records.csv"])}
    assert index["portogrande-negotiation"]["mark"] == "past"
    assert index["lindvik-in-nordljus"]["mark"] == "current"
    assert index["aberhaven"]["mark"] == ""
    assert "hosting-2032" not in index
    assert "PlannedHosting.csv" not in hostile.files("csv", as_of="2030")


# -- XLSX ----------------------------------------------------------------------------------------------------


def test_the_workbook_has_every_record_once_and_can_be_used(malmo: Exported) -> None:
    book = read(malmo, "en")
    notes, *kinds, sources = book.sheetnames
    assert (notes, sources) == ("Read me", "Sources")
    ids = [row[0] for name in kinds for row in book[name].iter_rows(min_row=2, max_col=1, values_only=True)]
    assert sorted(map(str, ids)) == malmo.job.lookup.ids_of(RG + "Record")
    for name in (*kinds, sources):
        assert book[name].freeze_panes == "C2"
        assert book[name].auto_filter.ref
    assert "according" not in str(book[notes]["A1"].value)
    assert "2019" in str(book[notes]["A2"].value)
    cells = rows(malmo.files("csv")["citations.csv"])
    assert book[sources].max_row == len(cells) + 1
    missing = book["Gaps"]["A1":"Z1"][0]
    (at,) = [cell.column for cell in missing if cell.value == "what is not stated"]
    said = {str(row[0]) for row in book["Gaps"].iter_rows(2, None, at, at, values_only=True)}
    assert {"member", "name", "holder of the post"} <= said  # terms of other ontologies have labels here, too
    assert not [text for text in said if "http" in text]


def test_links_lead_to_the_rows_that_they_name(malmo: Exported) -> None:
    book = read(malmo, "en")
    seen = 0
    for sheet in book.worksheets[1:-1]:
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if cell.hyperlink is None:
                    continue
                name, _, at = str(cell.hyperlink.location).rpartition("!")
                target = book[name.strip("'").replace("''", "'")][at].value
                assert malmo.job.lookup.get(str(target)) is not None
                first = str(cell.value).split("; ")[0]
                names = malmo.job.lookup.record(str(target)).text("name", "en") or target
                assert first == names
                seen += 1
    assert seen > 500


def test_strings_are_never_formulas_and_exact_days_are_dates(hostile: Exported) -> None:
    book = read(hostile, "en")
    cities = {row[0].value: row for row in book["Cities"].iter_rows(min_row=2)}
    for i, text in enumerate(HOSTILE):
        assert cities[f"hostile-{i}"][1].value == text
        assert cities[f"hostile-{i}"][1].data_type == "s"
    formulas = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas == []
    sheet = next(sheet for sheet in book if sheet.title.startswith("Twin"))
    header = [cell.value for cell in sheet[1]]
    found = {row[0].value: row for row in sheet.iter_rows(min_row=2)}
    begin = header.index("beginning")
    assert found["hostile-twinning-0"][begin].value == datetime(2001, 2, 3)  # Excel's are naive
    assert found["lindvik-aberhaven-twinning"][begin].value == "1998"
    assert found["lindvik-aberhaven-twinning"][header.index("earliest begin")].value == datetime(1998, 1, 1)


def test_the_workbook_speaks_the_language_asked_for(hostile: Exported) -> None:
    swedish, english = read(hostile), read(hostile, "en")
    assert swedish.sheetnames[0] == "Läs mig"
    assert "Städer" in swedish.sheetnames
    assert "Cities" in english.sheetnames
    marked = read(hostile, "sv", as_of="2030")
    sheet = marked["Medlemskap"]
    header = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, header.index("läge") + 1).value == "aktuellt"


def test_the_container_is_sorted_dated_1980_and_stored(hostile: Exported) -> None:
    with zipfile.ZipFile(io.BytesIO(hostile.data("xlsx"))) as packed:
        parts = packed.infolist()
    assert [part.filename for part in parts] == sorted(part.filename for part in parts)
    assert {(part.date_time, part.compress_type) for part in parts} == {((1980, 1, 1, 0, 0, 0), 0)}
