"""CSV with positions: cut as Python's own reader cuts it, its cells read as docs/model.md tells."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from nodes import placed, plain

from relgraph.model import Problem
from relgraph.reading import Mapping, Node, Scalar, Sequence
from relgraph.reading.cells import Cell, Cutter
from relgraph.reading.csv import parse_text, read_file


def told(text: str) -> list[str]:
    """The problems of a text as ``line:column code``."""
    return placed(parse_text(text, "f")[1])


def row(text: str, header: str) -> object:
    """The only record of a sheet, without id and type."""
    node, problems = parse_text(f"id,type,{header}\nx,T,{text}\n", "f")
    assert problems == []
    records = plain(node)
    assert isinstance(records, list)
    assert len(records) == 1
    return {key: value for key, value in records[0].items() if key not in ("id", "type")}


def places(node: Node, prefix: str = "") -> dict[str, str]:
    """Where each value stands, by its path."""
    assert node.position.file == "f"
    found = {prefix.strip("."): f"{node.position.line}:{node.position.column}"}
    if isinstance(node, Mapping):
        for key, value in node.entries:
            found |= places(value, f"{prefix}.{key.text}")
    elif isinstance(node, Sequence):
        for number, item in enumerate(node.items):
            found |= places(item, f"{prefix}.{number}")
    return found


@pytest.mark.parametrize("text", ["", "\n \r\n", "\ufeff", ",,\n,,\n"])
def test_an_empty_file_is_none_and_no_problem(text: str) -> None:
    assert parse_text(text, "f") == (None, [])


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_positions_count_characters_in_every_form_of_file(start: str, end: str, delimiter: str) -> None:
    lines = [
        "id,type,name@sv,party,source",
        "",
        'å🎉,"T","a ""b""',
        ' | c",x| y,"p+q=d 6 1-23 ~implied| w Q1"',
        " z ,T",
    ]
    text = start + end.join(lines).replace(",", delimiter)
    node, problems = parse_text(text, "f")
    assert problems == []
    assert node is not None
    assert plain(node) == [
        {
            "id": "å🎉",
            "type": "T",
            "name": {"sv": ['a "b"', "c"]},
            "party": ["x", "y"],
            "source": [
                {
                    "supports": ["p", "q"],
                    "certainty": "implied",
                    "document": "d",
                    "section": "6",
                    "range": ["1", "23"],
                },
                {"document": "w", "locator": "Q1"},
            ],
        },
        {"id": "z", "type": "T"},
    ]
    assert places(node) == {
        "": "1:1",
        "0": "3:1",
        "0.id": "3:1",
        "0.type": "3:4",
        "0.name": "3:8",
        "0.name.sv": "3:8",
        "0.name.sv.0": "3:9",
        "0.name.sv.1": "4:4",
        "0.party": "4:7",
        "0.party.0": "4:7",
        "0.party.1": "4:10",
        "0.source": "4:12",
        "0.source.0": "4:13",
        "0.source.0.supports": "4:13",
        "0.source.0.supports.0": "4:13",
        "0.source.0.supports.1": "4:15",
        "0.source.0.document": "4:17",
        "0.source.0.section": "4:19",
        "0.source.0.range": "4:21",
        "0.source.0.range.0": "4:21",
        "0.source.0.range.1": "4:23",
        "0.source.0.certainty": "4:27",
        "0.source.1": "4:36",
        "0.source.1.document": "4:36",
        "0.source.1.locator": "4:38",
        "1": "5:1",
        "1.id": "5:2",
        "1.type": "5:5",
    }


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("a", "a"),
        ("NO", "NO"),
        ("=1+1", "=1+1"),
        ("2021/..", "2021/.."),
        ("[2021..2022]", "[2021..2022]"),
        (" a | b ", ["a", "b"]),
        (r"a\|b", "a|b"),
        (r"a\\|b", ["a\\", "b"]),
        (r"\a\\b", "\\a\\b"),
        ('"a,b\r\nc"', "a,b\nc"),
        ('"say ""x"""', 'say "x"'),
        ('a"b"', 'a"b"'),
        ("{x}", "{x}"),
    ],
)
def test_what_a_cell_says(cell: str, value: object) -> None:
    assert row(cell, "k") == {"k": value}


def test_an_empty_cell_and_a_missing_one_are_absent_keys_and_an_empty_row_is_no_record() -> None:
    node, problems = parse_text('id,type,k,name@sv\na,T, ,""\n,,,\n \nb,T\nc,T,,,,\n', "f")
    assert problems == []
    assert plain(node) == [{"id": i, "type": "T"} for i in "abc"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("vb2019 6 9614-9730", {"document": "vb2019", "section": "6", "range": ["9614", "9730"]}),
        ("vb2019 6 9614–9730", {"document": "vb2019", "section": "6", "range": ["9614", "9730"]}),
        ("vb2019 9614-9730", {"document": "vb2019", "range": ["9614", "9730"]}),
        ("vb2019", {"document": "vb2019"}),
        ("wikidata  Q503361", {"document": "wikidata", "locator": "Q503361"}),
        ("mfd 2 december 2019", {"document": "mfd", "locator": "2 december 2019"}),
        ("web https://x.se/~a?b=c+d", {"document": "web", "locator": "https://x.se/~a?b=c+d"}),
        (r"web a\|b ~implied", {"certainty": "implied", "document": "web", "locator": "a|b"}),
        ("web ~ambiguous", {"certainty": "ambiguous", "document": "web"}),
        ("from=vb2019 Q1", {"supports": ["from"], "document": "vb2019", "locator": "Q1"}),
        ("from+to= vb2019 Q1", {"supports": ["from", "to"], "document": "vb2019", "locator": "Q1"}),
        ("a 1|b 2", [{"document": "a", "locator": "1"}, {"document": "b", "locator": "2"}]),
        ('"{""document"": ""a"", ""locator"": ""6 1-2""}"', {"document": "a", "locator": "6 1-2"}),
        ('"[{""document"": ""a|b""}]"', [{"document": "a|b"}]),
    ],
)
def test_what_a_source_says(cell: str, value: object) -> None:
    assert row(cell, "source") == {"source": value}


@pytest.mark.parametrize(
    ("header", "cells", "value"),
    [
        ("alias", "a", {"alias": "a"}),
        ("alias", "a|b", {"alias": ["a", "b"]}),
        ("alias@sv", "a|b", {"alias": [{"name": "a", "lang": "sv"}, {"name": "b", "lang": "sv"}]}),
        ("alias@sv,alias", "a,b|c", {"alias": [{"name": "a", "lang": "sv"}, "b", "c"]}),
        ("alias,alias@en", '"{""name"": ""a""}",b', {"alias": [{"name": "a"}, {"name": "b", "lang": "en"}]}),
        ("alias", r"\{a}", {"alias": r"\{a}"}),
        ("name@sv,k,name@en", "a,b,c|d", {"name": {"sv": "a", "en": ["c", "d"]}, "k": "b"}),
        ("notFactual", '"[{""range"": [1, 2]}]"', {"notFactual": [{"range": ["1", "2"]}]}),
    ],
)
def test_columns_that_go_together(header: str, cells: str, value: object) -> None:
    assert row(cells, header) == value


def test_json_in_a_cell_is_placed_through_its_doubled_quotes() -> None:
    node, problems = parse_text('id,type,alias\nx,T,"{""a"":\n ""b"", ""b"": null, ""c"": tru}"\n', "f")
    assert [f"{p.position} {p.code}" for p in problems] == ["f:3:16 RG006", "f:3:29 RG003"]
    assert plain(node) == [{"id": "x", "type": "T", "alias": []}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id,type,a\nx,T,1,2\ny,T,1,,\nz,T,,,,3", ["2:7 RG003", "4:8 RG003"]),
        ("id,type,a,id,a\nx,T,1,y,2", ["1:11 RG005", "1:14 RG005"]),
        ("id,type,a,a@sv\nx,T,1", ["1:11 RG005"]),
        ("id,type,a@sv, a\nx,T,1", ["1:15 RG005"]),
        ("id,type,,@sv,b@\nx,T,1,2,3", ["1:9 RG006", "1:10 RG006", "1:14 RG006"]),
        ('id,type\nx,"T\ny,U\n', ["2:3 RG003"]),
        ('id,type\nx,"T"y,z\ny,"U"" ""V', ["2:6 RG003", "2:8 RG003", "3:3 RG003"]),
        ("id\ttype\nx\tT", ["1:3 RG003"]),
        ("id,name\nx,T", ["1:1 RG101"]),
        ("Id,Type\nx,T", ["1:1 RG101", "1:1 RG101"]),
        ("id,type,k\nx,T,a||b\ny,T,|\nz,T, a| ", ["2:7 RG006", "3:5 RG006", "3:6 RG006", "4:8 RG006"]),
        ("id,type,source\nx,T,+a=b c\ny,T,d| =b c |b ~", ["2:5 RG116", "3:8 RG116", "3:14 RG116"]),
        ("id,type,sections,notFactual\nx,T,a,b", ["2:5 RG116", "2:7 RG116"]),
        ("id,type,source\nx,T,{'a': 1}\ny,T,[", ["2:6 RG003", "3:6 RG003"]),
        ("id,type,source\nx,T," + "[" * 20 + "]" * 20, ["2:19 RG007"]),
        ("id,type\nx\x00,T\ny,T\x85", ["2:2 RG002", "3:4 RG002"]),
        ('id,type\n"x\n\x01",T', ["3:1 RG002"]),
    ],
)
def test_problems_have_a_code_and_an_exact_place_and_do_not_stop_reading(
    text: str, expected: list[str]
) -> None:
    assert told(text) == expected


def test_problems_say_what_to_do() -> None:
    text = 'id;type;source;source\nx;T;+a=b;\ny;"T"z\nz;"T\n'
    assert [str(problem) for problem in parse_text(text, "f")[1]] == [
        "f:1:16: error RG005 the column 'source' stands twice (first in column 9)",
        (
            "f:2:5: error RG116 '+a=' lacks a key (write report 6 9389-9444, wikidata Q1, "
            "or party+from=report 6 9389-9444 ~implied)"
        ),
        (
            "f:3:6: error RG003 text after the closing quotation mark "
            "(it was opened at 3:3; one within a cell is written twice)"
        ),
        "f:4:3: error RG003 a quotation mark that is never closed",
    ]


def test_what_is_read_beside_a_fault() -> None:
    text = 'id,type,id,,a\nx,T,2,3,4,5\ny,"T"z,|,,b||c\nz,"T\n'
    assert plain(parse_text(text, "f")[0]) == [
        {"id": "x", "type": "T", "a": "4"},
        {"id": "y", "type": "T", "a": ["b", "c"]},
    ]


def test_who_knows_the_keys_can_leave_columns_out() -> None:
    asked = []

    def takes(key: Scalar, language: Scalar | None) -> bool:
        asked.append((str(key.position), key.text, language and (str(language.position), language.text)))
        return key.text != "a"

    node, problems = parse_text('id,type,a@sv, "b",c@en-GB\nx,T,1,2,3\ny,T,1,2,3', "f", takes)
    assert problems == []
    assert plain(node) == [
        {"id": i, "type": "T", '"b"': "2", "c": {"en-GB": "3"}} for i in "xy"
    ]  # a quotation mark after a blank is a character like others
    assert asked == [
        ("f:1:1", "id", None),
        ("f:1:4", "type", None),
        ("f:1:9", "a", ("f:1:11", "sv")),
        ("f:1:15", '"b"', None),
        ("f:1:19", "c", ("f:1:21", "en-GB")),
    ]


def test_a_line_may_have_a_mebibyte_and_no_more() -> None:
    assert told("id,type\nx," + "T" * (2**20 - 2)) == []
    assert told("id,type\nx," + "T" * (2**20 - 1)) == ["2:1 RG008"]


def test_hostile_texts_take_no_longer_than_their_size() -> None:
    blank, quotes = " " * (2**20 - 20), '""' * (2**19 - 20)
    for cell in (f"a{blank}b", f'"{quotes}"', "|" * 1000, "a+" * 100_000 + "=b", "\\" * 100_000):
        parse_text(f"id,type,source,k\nx,T,{cell},{cell}"[: 2**20], "f")
    keys = ",".join(f'""{n}"": {n}' for n in range(20_000))
    node, problems = parse_text(f'id,type,source\nx,T,"{{{keys}}}"', "f")
    assert problems == []
    assert node is not None


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"id,type\nx,\xe5", "g:2:3: error RG002 byte 0xe5 is not UTF-8 (save the file as UTF-8)"),
        ("id,type".encode("utf-16"), "g:1:1: error RG002 byte 0xff is not UTF-8 (save the file as UTF-8)"),
    ],
)
def test_the_first_byte_that_is_not_utf_8_is_located(tmp_path: Path, data: bytes, expected: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    node, problems = read_file(path, "g")
    assert node is None
    assert [str(problem) for problem in problems] == [expected]


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    assert [p.code for p in read_file(tmp_path / "none.csv", "x")[1]] == ["RG001"]
    assert "it is a folder" in str(read_file(tmp_path, "x")[1][0])


def cut(text: str, delimiter: str) -> tuple[list[list[Cell]], list[Problem], Cutter]:
    problems: list[Problem] = []
    cutter = Cutter(text, "f", problems)
    return list(cutter.rows(delimiter)), problems, cutter


csvish = st.text(alphabet=st.sampled_from('ab,;"\r\n |é🎉\u2028\x0b\x85'), max_size=40)


@settings(deadline=None, max_examples=500)  # two busy cores
@given(st.one_of(csvish, st.text(max_size=30)), st.sampled_from([",", ";"]))
@example('a,"b\r\n', ",")
@example('""', ",")
@example("a,", ",")
@example("\r\r\n\n,\r", ",")
def test_it_cuts_as_the_standard_reader_does_and_knows_where(text: str, delimiter: str) -> None:
    rows, problems, cutter = cut(text, delimiter)
    try:
        expected = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        assert [problem.code for problem in problems][:1] == ["RG003"]
        return
    assert problems == []
    assert [[cell.text for cell in row] for row in rows] == expected
    lines = io.StringIO(text, newline="").readlines()
    for row_ in rows:
        for cell in row_:
            for offset, sign in enumerate(cell.text):
                at = cutter.within(cell, offset)
                assert lines[at.line - 1][at.column - 1] == sign


words = st.text(
    alphabet=st.characters(
        exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\u2028\u2029\ufffe\uffff"
    ),
    min_size=1,
).filter(lambda text: text.strip() == text and not any(ord(c) & 0xFFFE == 0xFFFE for c in text))
records = st.dictionaries(
    st.sampled_from(["k", "l", "name@sv", "name@en"]), st.lists(words, min_size=1, max_size=3), max_size=4
)


@settings(deadline=None)  # two busy cores
@given(st.lists(records, min_size=1, max_size=4), st.sampled_from([",", ";"]))
def test_what_is_written_as_told_is_read_back_as_it_was(
    written: list[dict[str, list[str]]], delimiter: str
) -> None:
    out = io.StringIO()
    columns = ["id", "type", "k", "l", "name@sv", "name@en"]
    writer = csv.DictWriter(out, columns, delimiter=delimiter)
    writer.writeheader()
    for values in written:
        cells = {
            k: "|".join(v.replace("\\", "\\\\").replace("|", "\\|") for v in vs) for k, vs in values.items()
        }
        writer.writerow({"id": "i", "type": "T", **cells})
    node, problems = parse_text(out.getvalue(), "f")
    assert problems == []
    expected = []
    for values in written:
        one = {k: v if len(v) > 1 else v[0] for k, v in values.items()}
        record: dict[str, object] = {"id": "i", "type": "T", **{k: one[k] for k in ("k", "l") if k in one}}
        texts = {lang: one[f"name@{lang}"] for lang in ("sv", "en") if f"name@{lang}" in one}
        expected.append(record | ({"name": texts} if texts else {}))
    assert plain(node) == expected


@settings(deadline=None, max_examples=300)  # two busy cores
@given(
    st.one_of(
        st.text(),
        st.text(alphabet=st.sampled_from('ab,;"\n\r\t|\\{}[]=+~@ 1-\x00\u2028é'), max_size=50).map(
            lambda text: "id,type,source,alias,k,alias@sv\n" + text
        ),
    )
)
def test_no_text_raises_and_every_problem_lies_in_the_text(text: str) -> None:
    node, problems = parse_text(text, "f")
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in problems:
        assert problem.position is not None
        assert 1 <= problem.position.line <= len(lines)
        assert 1 <= problem.position.column <= len(lines[problem.position.line - 1]) + 1
    assert problems == sorted(problems, key=lambda p: p.sort_key)
    assert node is None or isinstance(node, Sequence)
