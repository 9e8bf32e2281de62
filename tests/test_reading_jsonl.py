"""JSON Lines with positions: strict JSON, told to the column, line by line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from nodes import placed, plain

from relgraph.reading import Mapping, Node, Scalar, Sequence
from relgraph.reading.jsonl import parse_text, read_file

ESCAPES = r"known are \" \\ \/ \b \f \n \r \t and \u with 4 hex digits"


def told(text: str) -> list[str]:
    """The problems of a text as ``line:column code``."""
    return placed(parse_text(text, "f")[1])


@pytest.mark.parametrize("text", ["", "\n \t\r\n", "\ufeff"])
def test_an_empty_file_is_none_and_no_problem(text: str) -> None:
    assert parse_text(text, "f") == (None, [])


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_positions_count_characters_with_any_line_end_and_byte_order_mark(start: str, end: str) -> None:
    lines = ['{"å🎉": "ö", "b": 1}', "", '  {"c\\n": [true, {"d": "\\ud83c\\udf89"}]}', ""]
    node, problems = parse_text(start + end.join(lines), "graph/x.jsonl")
    assert problems == []
    assert isinstance(node, Sequence)
    places = []

    def walk(node: Node) -> None:
        places.append(f"{str(node.position).removeprefix('graph/x.jsonl:')} {type(node).__name__}")
        if isinstance(node, Sequence):
            for item in node.items:
                walk(item)
        elif isinstance(node, Mapping):
            for key, value in node.entries:
                walk(key)
                walk(value)

    walk(node)
    assert places == [
        *["1:1 Sequence", "1:1 Mapping", "1:2 Scalar", "1:8 Scalar", "1:13 Scalar", "1:18 Scalar"],
        *["3:3 Mapping", "3:4 Scalar", "3:11 Sequence", "3:12 Scalar", "3:18 Mapping"],
        *["3:19 Scalar", "3:24 Scalar"],
    ]
    assert plain(node) == [{"å🎉": "ö", "b": "1"}, {"c\n": ["true", {"d": "🎉"}]}]


def test_a_refused_value_leaves_an_empty_text_and_the_first_of_two_keys_stands() -> None:
    node, _ = parse_text('{"a": 1, "a": 2, "b": null, "": 3, "c": [[], "x"]}', "f")
    assert plain(node) == [{"a": "1", "b": "", "c": [[], "x"]}]


def test_every_scalar_is_text_as_written() -> None:
    node, problems = parse_text('[1.30, -0, 1e5, 12345678901234567890, true, false, "null", "NO"]', "f")
    assert problems == []
    assert plain(node) == [["1.30", "-0", "1e5", "12345678901234567890", "true", "false", "null", "NO"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": null, "b": "", "c": " ", "d": []}', ["1:7 RG006", "1:18 RG006", "1:27 RG006", "1:37 RG006"]),
        ('{"a": [1, null], "": 2}\n\n{}\nnull', ["1:11 RG006", "1:18 RG006", "3:1 RG006", "4:1 RG006"]),
        ('{"a": 1, "b": {"c": 1, "c": 2}, "a": 3}', ["1:24 RG005", "1:33 RG005"]),
        ('{"a": 1}\n{"a": 1}', []),
        ('{"a": 1, "\\u0061": 2}', ["1:10 RG005"]),
        ('{"a": "\\u0000", "\\u0001": 1, "b": "\\ud800"}', ["1:7 RG002", "1:17 RG002", "1:35 RG002"]),
        ('{"a": "b\x01"}\n{"c\x00": "\x85"}', ["1:9 RG002", "2:4 RG002", "2:9 RG002"]),
        ("[" * 15 + "1" + "]" * 15, []),
        ("[" * 16 + "1" + "]" * 16, ["1:16 RG007"]),
        ('{"a": ' + "[" * 20 + '"]"' + "]" * 20 + ', "b": null}', ["1:21 RG007", "1:57 RG006"]),
        ('{"a": 1}\n{"a": }\n{"a": null}', ["2:7 RG003", "3:7 RG006"]),
    ],
)
def test_problems_have_a_code_and_an_exact_place_and_do_not_stop_reading(
    text: str, expected: list[str]
) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"a": 1', "1:8: error RG003 a mapping in { } lacks a comma or its '}'"),
        ("[1 2]", "1:4: error RG003 a list in [ ] lacks a comma or its ']'"),
        ('{"a": 1,}', "1:8: error RG003 a comma before '}' (remove it)"),
        ("[1, ]", "1:3: error RG003 a comma before ']' (remove it)"),
        ("[,1]", "1:2: error RG003 a value is missing"),
        ('{"a" 1}', '1:6: error RG003 a key without its colon (write "key": value)'),
        ("{a: 1}", '1:2: error RG003 a key in double quotes is missing (write "key": value)'),
        ("{'a': 1}", '1:2: error RG003 a key in double quotes is missing (write "key": value)'),
        (
            "{\"a\": 'b'}",
            "1:7: error RG003 a single quotation mark cannot begin a value (JSON has double quotes alone)",
        ),
        ('{"a": "b}', "1:7: error RG003 a quotation mark that is never closed"),
        ('{"a": "b\tc"}', r"1:9: error RG003 a tab within a text (write \t)"),
        (
            r'{"a": "b\q"}',
            f"1:9: error RG003 an unknown escape ({ESCAPES})",
        ),
        (
            r'{"a": "\u12"}',
            f"1:8: error RG003 an unknown escape ({ESCAPES})",
        ),
        ('{"a": 1} {"b": 2}', "1:10: error RG003 text after the end of the value (one value stands here)"),
        ('{"a": NaN}', "1:7: error RG003 'NaN' is no number of JSON"),
        ('{"a": -Infinity}', "1:7: error RG003 '-Infinity' is no number of JSON"),
        ('{"a": 012}', "1:7: error RG003 '012' is no number of JSON (put a text in double quotes)"),
        ('{"a": 2019-12}', "1:7: error RG003 '2019-12' is no number of JSON (put a text in double quotes)"),
        ('{"a": ٣}', "1:7: error RG003 '٣' is no number of JSON (put a text in double quotes)"),
        ('{"a": True}', "1:7: error RG003 'True' cannot be a value (put a text in double quotes)"),
        ("# x", "1:1: error RG003 '#' cannot be a value (put a text in double quotes)"),
        ("[" * 40, "1:41: error RG003 a ']' or '}' is missing"),
    ],
)
def test_syntax_errors_say_what_to_do_and_the_line_is_left_out(line: str, message: str) -> None:
    node, problems = parse_text(line + '\n{"b": 1}', "f")
    assert f"f:{message}" in [str(problem) for problem in problems]
    assert {p.code for p in problems} <= {"RG003", "RG007"}
    assert plain(node) == [{"b": "1"}]


def test_nesting_of_any_depth_costs_no_recursion() -> None:
    for text in ("[" * 200_000, '{"a":' * 100_000, "[" * 100_000 + "]" * 100_000):
        assert told(text)[0].endswith("RG007")


def test_a_line_may_have_a_mebibyte_and_no_more() -> None:
    assert told('{"a": 1}\n"' + "x" * (2**20 - 2) + '"') == []
    assert told('{"a": 1}\n"' + "x" * (2**20 - 1) + '"') == ["2:1 RG008"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'{}\n"\xe5"', "g:2:2: error RG002 byte 0xe5 is not UTF-8 (save the file as UTF-8)"),
        ("{}".encode("utf-16"), "g:1:1: error RG002 byte 0xff is not UTF-8 (save the file as UTF-8)"),
    ],
)
def test_the_first_byte_that_is_not_utf_8_is_located(tmp_path: Path, data: bytes, expected: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(data)
    node, problems = read_file(path, "g")
    assert node is None
    assert [str(problem) for problem in problems] == [expected]


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    assert [p.code for p in read_file(tmp_path / "none.jsonl", "x")[1]] == ["RG001"]
    assert "it is a folder" in str(read_file(tmp_path, "x")[1][0])


def strings(value: object) -> object:
    """What ``json.loads`` gives, with numbers and truths as their text."""
    if isinstance(value, dict):
        return {key: strings(item) for key, item in value.items()}
    if isinstance(value, list):
        return [strings(item) for item in value]
    return value if isinstance(value, str) else json.dumps(value)


texts = st.text(
    alphabet=st.characters(
        exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\u2028\u2029\ufffe\uffff"
    ),
    min_size=1,
).filter(lambda text: text.strip() and not any(ord(c) & 0xFFFE == 0xFFFE for c in text))
leaves = texts | st.integers() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False)
trees = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=4) | st.dictionaries(texts, inner, min_size=1, max_size=4)
    ),
    max_leaves=12,
)


@settings(deadline=None)  # two busy cores
@given(st.lists(trees, min_size=1, max_size=4), st.booleans(), st.sampled_from([(",", ":"), (" , ", " : ")]))
def test_what_json_writes_is_read_back_as_it_was(
    values: list[object], ascii_only: bool, separators: tuple[str, str]
) -> None:
    lines = [json.dumps(value, ensure_ascii=ascii_only, separators=separators) for value in values]
    node, problems = parse_text("\n".join(lines), "f")
    assert problems == []
    assert plain(node) == [strings(value) for value in values]


jsonish = st.text(
    alphabet=st.sampled_from('{}[]",:\\/ue0+-.1a \n\r\ttrufalsN\x00\x01\ud800é🎉\u2028\ufeff'), max_size=60
)
pieces = st.lists(
    st.sampled_from(
        ["{", "}", "[", "]", ",", ":", '"a"', '"', "1", "-0.5e3", "true", "null", " ", "\\u00e5", "NaN"]
    ),
    max_size=14,
).map("".join)


def refused(text: str) -> object:
    raise ValueError(text)


def lenient(line: str) -> bool:
    """Whether the standard reader takes a line, and nothing in it is a constant that JSON does not have."""
    try:
        json.loads(line, parse_constant=refused)
    except ValueError:
        return False
    return True


@settings(deadline=None, max_examples=400)  # two busy cores
@given(st.one_of(st.text(), jsonish, pieces))
@example('["\\ud800"]')
@example("١")
@example("1\u00a0")
def test_no_text_raises_and_a_line_is_json_to_both_readers_or_to_none(text: str) -> None:
    problems = parse_text(text, "f")[1]
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert problems == sorted(problems, key=lambda p: p.sort_key)
    for problem in problems:
        assert problem.position is not None
        assert 1 <= problem.position.line <= len(lines)
        assert 1 <= problem.position.column <= len(lines[problem.position.line - 1]) + 1
    if any(p.code == "RG002" for p in problems):
        return
    broken = {p.position.line for p in problems if p.position and p.code == "RG003"}
    for number, line in enumerate(lines, 1):
        if line.strip(" \t"):
            assert lenient(line) == (number not in broken), line


def test_a_scalar_knows_whether_it_stood_in_quotes() -> None:
    node, _ = parse_text('["1", 1]', "f")
    assert isinstance(node, Sequence)
    items = node.items[0]
    assert isinstance(items, Sequence)
    assert [item.quoted for item in items.items if isinstance(item, Scalar)] == [True, False]
