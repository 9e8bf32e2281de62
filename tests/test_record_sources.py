"""Records as CSV and JSON Lines: the same graph as from YAML, and files that are noticed like any other."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from running import CITY, ROOT, SOURCE, City, contents

from relgraph.loading import Dataset, load
from relgraph.reading import Mapping, Node, Sequence
from relgraph.reading.yaml import read_file
from relgraph.store.files import named_files
from relgraph.vocabulary import Vocabulary


def plain(node: Node) -> object:
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.text


def records_of(path: Path) -> list[dict[str, object]]:
    node, problems = read_file(path, path.name)
    assert problems == []
    assert isinstance(node, Sequence)
    found = []
    for item in node.items:
        record = plain(item)
        assert isinstance(record, dict)
        found.append(record)
    return found


def as_jsonl(records: list[dict[str, object]], start: int = 0) -> str:
    """One object a line, every second with the escapes of ASCII."""
    return "".join(json.dumps(r, ensure_ascii=bool(n % 2)) + "\n" for n, r in enumerate(records, start))


def escaped(value: object) -> str:
    return str(value).replace("\\", "\\\\").replace("|", "\\|")


def bars(value: object) -> str:
    return "|".join(escaped(item) for item in (value if isinstance(value, list) else [value]))


def source_item(item: object) -> str:
    assert isinstance(item, dict)
    keys = item.get("supports", [])
    supports = "+".join(keys if isinstance(keys, list) else [str(keys)])
    place = [escaped(item["document"])]
    if "range" in item:
        span = item["range"]
        assert isinstance(span, list)
        place += [str(item["section"]), f"{span[0]}-{span[1]}"]
    elif "locator" in item:
        place.append(escaped(item["locator"]))
    if "certainty" in item:
        place.append(f"~{item['certainty']}")
    return (f"{supports}=" if supports else "") + " ".join(place)


def cells_of(record: dict[str, object]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for key, value in record.items():
        items = value if isinstance(value, list) else [value]
        if key == "source":
            cells[key] = "|".join(source_item(item) for item in items)
        elif key in ("sections", "notFactual") or (
            key == "alias" and any(isinstance(i, dict) for i in items)
        ):
            cells[key] = json.dumps(value, ensure_ascii=False)
        elif isinstance(value, dict) and value.keys() <= {"earliest", "latest"}:
            cells[key] = f"[{value.get('earliest', '')}..{value.get('latest', '')}]"
        elif isinstance(value, dict):
            cells |= {f"{key}@{lang}": bars(text) for lang, text in value.items()}
        else:
            cells[key] = bars(value)
    return cells


def as_csv(records: list[dict[str, object]], delimiter: str = ",", end: str = "\r\n") -> str:
    rows = [cells_of(record) for record in records]
    columns = list(dict.fromkeys(key for row in rows for key in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=delimiter, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def excel_in_swedish(records: list[dict[str, object]]) -> str:
    return "\ufeff" + as_csv(records, ";")


def unix(records: list[dict[str, object]]) -> str:
    return as_csv(records, ",", "\n")


FORMS: dict[str, tuple[str, Callable[[list[dict[str, object]]], str]]] = {
    "csv": (".csv", unix),
    "excel": (".csv", excel_in_swedish),
    "jsonl": (".jsonl", as_jsonl),
}


def rewrite(graph: Path, form: str) -> None:
    """Replace every YAML file of records with one in another form."""
    suffix, write = FORMS[form]
    for path in sorted(graph.glob("*.yaml")):
        if path.name != "graph.yaml":
            text = write(records_of(path))
            path.with_suffix(suffix).write_text(text, encoding="utf-8", newline="")
            path.unlink()


def copied(source: Path, target: Path) -> Path:
    target.mkdir()
    for path in source.iterdir():
        if path.is_file():
            (target / path.name).write_bytes(path.read_bytes())
    return target


def said(dataset: Dataset) -> object:
    """What a dataset says, without where it says it; texts by language, as a sheet's columns order them."""
    return [
        (
            r.id,
            r.type,
            {key: sorted(map(repr, values)) for key, values in r.values.items()},
            r.sources,
            r.aliases,
        )
        for r in dataset.records
    ], sorted(map(str, dataset.documents))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("graph", [CITY / "graph", ROOT / "graph"], ids=["fictional", "shipped"])
def test_the_same_records_load_to_the_same_dataset(
    graph: Path, form: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    original = load(graph, vocabulary)
    assert original.problems == ()
    other = copied(graph, tmp_path / "graph")
    rewrite(other, form)
    assert [path.name for path in other.glob("*.yaml")] == ["graph.yaml"]
    loaded = load(other, vocabulary)
    assert loaded.problems == ()
    assert len(original.records) > 20
    assert said(loaded) == said(original)
    assert loaded.documents == original.documents
    assert (loaded.info.title, loaded.info.home) == (original.info.title, original.info.home)


@pytest.mark.parametrize("form", FORMS)
def test_a_build_writes_the_same_bytes(city: City, built: City, form: str) -> None:
    rewrite(city.root / "graph", form)
    city.ok("build")
    assert contents(city.root / "exports") == contents(built.root / "exports")


ROWS = {
    "extra.csv": "id,type,visitor,visited,date,source\nv,Visit,lindvik,aberhaven,2030,ar2030 1 84-115\n",
    "extra.jsonl": json.dumps(
        {
            "id": "v",
            "type": "Visit",
            "visitor": "lindvik",
            "visited": "aberhaven",
            "date": "2030",
            "source": [{"document": "ar2030", "section": "1", "range": [84, 115]}],
        }
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_file_of_rows_beside_the_yaml_counts_when_it_comes_changes_and_goes(
    built_copy: City, name: str
) -> None:
    assert built_copy.count("?v a rg:Visit") == 0
    path = built_copy.path(name)
    path.write_text(ROWS[name], encoding="utf-8")
    assert built_copy.count("?v a rg:Visit") == 1
    path.write_text(ROWS[name].replace("Visit", "CancelledVisit"), encoding="utf-8")
    assert built_copy.count("?v a rg:Visit") == 0
    path.write_text(ROWS[name], encoding="utf-8")
    assert built_copy.count("?v a rg:Visit") == 1
    path.unlink()
    assert built_copy.count("?v a rg:Visit") == 0


def test_the_layout_of_the_map_holds_no_records_and_shapes_no_store(built_copy: City) -> None:
    built_copy.path("layout.csv").write_text("id,x,y\nlindvik,1,2\n", encoding="utf-8")
    assert built_copy.ok("check") == ""
    assert "graph/layout.csv" not in named_files([("graph", built_copy.root / "graph")])


def test_a_record_of_a_row_is_placed_in_its_row(city: City) -> None:
    city.path("extra.csv").write_text(
        "id,type,visitor,visited,from,to,source\n"
        '"v",Visit,lindvik| aberhavn ,"aberhaven",,,"party=ar2030 1 84-115"\n'
        "\n"
        "v,City,,,2030,2029,ar2030 1 84-115 ~sure\n",
        encoding="utf-8",
    )
    told = [line.partition(" (")[0] for line in city.run("check").lines if ": error " in line]
    assert told == [
        "graph/extra.csv:2:20: error RG104 'aberhavn' is not a known record",
        "graph/extra.csv:2:45: error RG117 the source supports 'party', which this record does not have",
        "graph/extra.csv:4:1: error RG105 the id 'v' is already that of another record",
        "graph/extra.csv:4:1: error RG107 City 'v' needs 'name'",
        "graph/extra.csv:4:10: error RG103 'from' is no key of City",
        "graph/extra.csv:4:15: error RG103 'to' is no key of City",
        "graph/extra.csv:4:37: error RG115 'sure' is not a certainty",
    ]


def test_records_of_all_three_forms_refer_to_each_other(city: City) -> None:
    city.path("a.csv").write_text(
        "id;type;name@sv;name@en;alias@sv;source\nnordby;City;Nordby;Nordby;Norrby|Nordbý;ar2030 1 84-115\n"
    )
    city.path("b.jsonl").write_text(
        '{"id": "c", "type": "Contact", "initiator": "nordby", "contacted": "lindvik", "regularity":'
        ' "regular", "observedIn": 2030,'
        ' "source": {"document": "ar2030", "section": "1", "range": [84, 115]}}\n'
    )
    city.add(
        f"- id: d\n  type: Visit\n  visitor: nordby\n  visited: lindvik\n  date: 2030\n  {SOURCE}", "c.yaml"
    )
    assert city.ok("check") == ""
    assert city.count("?r rg:initiator :nordby") == 1
    assert city.count("?v rg:visitor :nordby") == 1
    assert city.ok("show", "Norrby").startswith("Nordby ")


def test_the_example_of_the_documentation_holds(city: City) -> None:
    section = (ROOT / "docs" / "model.md").read_text(encoding="utf-8").partition("### As rows")[2]
    city.path("a.csv").write_text(section.split("```")[1].strip() + "\n", encoding="utf-8")
    city.add(f"- id: nordby\n  type: City\n  name: {{sv: Nordby, en: Nordby}}\n  {SOURCE}", "b.yaml")
    assert city.ok("check") == ""
    assert city.select("SELECT ?p { :lindvik-nordby rg:party ?p }") == ["lindvik", "nordby"]


@pytest.mark.parametrize("text", ["=1+1", "+46 40", "-x", "@SUM(A1)"])
def test_what_looks_like_a_formula_is_a_text(city: City, text: str) -> None:
    city.path("a.csv").write_text(
        f"id,type,name@sv,name@en,source\nx,City,{text},X,ar2030 1 84-115\n", encoding="utf-8"
    )
    assert city.ok("check") == ""
    assert city.select('SELECT ?l { :x rdfs:label ?l FILTER(lang(?l) = "sv") }') == [text]
