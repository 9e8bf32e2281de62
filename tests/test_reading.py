"""YAML with positions: what is kept, what is refused, and where exactly."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from nodes import placed, plain

from relgraph.reading.yaml import Mapping, Scalar, Sequence, parse_text, read_file


def found(text: str) -> list[str]:
    """The problems of a text as ``line:column code``."""
    return placed(parse_text(text, "f")[1])


@pytest.fixture(params=["libyaml", "python"])
def either_loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "python":
        monkeypatch.delattr(yaml, "CSafeLoader")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            "a: NO\nb: 2011\nc: 1.30\nd: 2019-02-31\ne: yes\nf: 0x1F",
            ["NO", "2011", "1.30", "2019-02-31", "yes", "0x1F"],
        ),
        ("a: 'null'\nb: \"~\"", ["null", "~"]),
        ("a: |\n  x\n  y\nb: >-\n  z\n  w\n", ["x\ny\n", "z w"]),
        ('a: "\\u00e5\\t"', ["å\t"]),
    ],
)
@pytest.mark.usefixtures("either_loader")
def test_every_scalar_is_text_as_written(text: str, value: list[str]) -> None:
    node, problems = parse_text(text, "f")
    assert problems == []
    assert isinstance(node, Mapping)
    assert [plain(v) for _, v in node.entries] == value


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "\ufeff", "---\n", "%YAML 1.1\n---\n"])
@pytest.mark.usefixtures("either_loader")
def test_an_empty_file_is_none_and_no_problem(text: str) -> None:
    assert parse_text(text, "f") == (None, [])


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.usefixtures("either_loader")
def test_positions_count_characters_with_any_line_end_and_byte_order_mark(start: str, end: str) -> None:
    node, problems = parse_text(start + end.join(["å🎉: 'ö'", "b:", "  - {c: 🎉, d: e}", ""]), "graph/x.yaml")
    assert problems == []
    assert isinstance(node, Mapping)
    first, second = node.get("å🎉"), node.get("b")
    assert isinstance(first, Scalar)
    assert first.quoted
    assert str(first.position) == "graph/x.yaml:1:5"
    assert isinstance(second, Sequence)
    assert str(second.position) == "graph/x.yaml:3:3"
    inner = second.items[0]
    assert isinstance(inner, Mapping)
    assert [str(key.position)[13:] for key, _ in inner.entries] == ["3:6", "3:12"]
    assert [str(value.position)[13:] for _, value in inner.entries] == ["3:9", "3:15"]
    assert node.get("absent") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x 1\nb: *x\n", ["1:4 RG004", "2:4 RG004"]),
        ("a: &x [1]\nb: !t {c: d}", ["1:4 RG004", "2:4 RG004"]),
        ("a:\n  <<: {b: c}\n  d: e", ["2:3 RG004"]),
        ("a: !!str 1\n!t b: 2", ["1:4 RG004", "2:1 RG004"]),
        ("%TAG ! tag:x,1:\n---\na: b", ["1:1 RG004"]),
        ("a: b\n---\nc: d\n---\n", ["2:1 RG004"]),
        ("a: 1\nb: {c: 1, c: 2}\na: 3", ["2:11 RG005", "3:1 RG005"]),
        ("- a: 1\n- a: 1", []),
        (
            "a:\nb: ~\nc: ''\nd: null\ne: ' '",
            ["1:1 RG006", "2:4 RG006", "3:4 RG006", "4:4 RG006", "5:4 RG006"],
        ),
        ("a: []\nb: {}\nc:\n- x\n- Null", ["1:4 RG006", "2:4 RG006", "5:3 RG006"]),
        ("- x\n-\n- y", ["2:2 RG006"]),
        ("~", ["1:1 RG006"]),
        ("''", ["1:1 RG006"]),
        ("[]", []),
        ("~: a\n'': b", ["1:1 RG006", "2:1 RG006"]),
        ("? [a]\n: b\nc: d", ["1:3 RG003"]),
        ("a: b\x01\nc: \x00d\x85", ["1:5 RG002", "2:4 RG002", "2:6 RG002"]),
        ("a: å\u2028b\nc: \ufeff", ["1:5 RG002", "2:4 RG002"]),
        ("a: \ud800b", ["1:4 RG002"]),
        ('a: "\\0"\n"\\x01": b', ["1:4 RG002", "2:1 RG002"]),
        ("[" * 16 + "x" + "]" * 16, []),
        ("[" * 17 + "x" + "]" * 17, ["1:17 RG007"]),
        ("a: " + "[" * 20 + "{a: &x 1, b: *x}" + "]" * 20 + "\nb: ~", ["1:19 RG007", "2:4 RG006"]),
    ],
)
@pytest.mark.usefixtures("either_loader")
def test_problems_have_a_code_and_an_exact_place_and_do_not_stop_reading(
    text: str, expected: list[str]
) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: b\nc: 'x\nd: e\n", "f:2:4: error RG003 a quotation mark that is never closed"),
        ("a: b: c", "f:1:5: error RG003 no key can stand here (indent it rightly, or quote the text)"),
        ("a: 1\nb\n", "f:2:1: error RG003 a key without its colon (write 'key: value')"),
        ("a:\n\tb: c", "f:2:1: error RG003 a tab cannot indent (use spaces)"),
        ("a: @b", "f:1:4: error RG003 '@' cannot begin a value (put the text in quotes)"),
        ("a: [1, 2\nb: c", "f:2:2: error RG003 a list in [ ] lacks a comma or its ']'"),
        ("a: {b: c", "f:2:1: error RG003 a mapping in { } lacks a comma or its '}'"),
        ("a: *", "f:1:5: error RG003 '*' and '&' cannot begin a value (put the text in quotes)"),
        ('a: "\\q"', "f:1:5: error RG003 an unknown escape in double quotes (use single quotes)"),
        ("a: b\n...\nc", "f:3:1: error RG003 text after the end of the document"),
        (
            "- a\nb: c",
            "f:2:1: error RG003 not indented as the list it stands in (begin it with '-', or indent it)",
        ),
        ("%X\n---\na", "f:1:3: error RG003 found unknown directive name while scanning a directive"),
    ],
)
def test_syntax_errors_say_what_to_do(text: str, message: str) -> None:
    node, problems = parse_text(text, "f")
    assert node is None
    assert [str(problem) for problem in problems] == [message]


def test_problems_before_a_syntax_error_are_kept() -> None:
    assert found("a: ~\na: b\nc: 'x") == ["1:4 RG006", "2:1 RG005", "3:4 RG003"]


def test_a_refused_value_leaves_an_empty_text_and_the_first_of_two_keys_stands() -> None:
    node, _ = parse_text("a: 1\na: 2\nb: ~\nc: *x\n<<: 3\nd: [y, *z]", "f")
    assert plain(node) == {"a": "1", "b": "", "c": "", "d": ["y", ""]}


def test_nesting_of_any_depth_costs_no_recursion() -> None:
    for text in ("[" * 200_000, "- " * 100_000 + "x", "{a: " * 100_000, "? " * 100_000):
        assert found(text)[0].endswith("RG007")


def test_a_binary_file_gets_a_few_problems_not_millions() -> None:
    node, problems = parse_text("\0" * 100_000, "f")
    assert node is None
    assert 1 <= len(problems) <= 20


def test_a_line_may_have_a_mebibyte_and_no_more() -> None:
    assert found("a: b\nc: " + "x" * (2**20 - 3)) == []
    assert found("a: b\nc: " + "x" * (2**20 - 2)) == ["2:1 RG008"]
    assert found("a: b\nc: " + "å" * (2**19)) == ["2:1 RG008"]


@pytest.mark.parametrize("data", [b"\n" * (64 * 2**20 + 1)])
def test_a_file_may_have_64_mebibytes_and_no_more(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(data)
    assert [str(p) for p in read_file(path, "x.yaml")[1]] == [
        "x.yaml:1:1: error RG008 larger than 64 MiB (divide it into several files)"
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a: 1\nb: \xc3\xa5\xff", "g.yaml:2:5: error RG002 byte 0xff is not UTF-8 (save the file as UTF-8)"),
        (b"\xef\xbb\xbfa: \xe5", "g.yaml:1:4: error RG002 byte 0xe5 is not UTF-8 (save the file as UTF-8)"),
        (
            b"a\r\nb\rc\n \xed\xa0\x80",
            "g.yaml:4:2: error RG002 byte 0xed is not UTF-8 (save the file as UTF-8)",
        ),
        ("a: 1".encode("utf-16"), "g.yaml:1:1: error RG002 byte 0xff is not UTF-8 (save the file as UTF-8)"),
    ],
)
def test_the_first_byte_that_is_not_utf_8_is_located(tmp_path: Path, data: bytes, expected: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(data)
    node, problems = read_file(path, "g.yaml")
    assert node is None
    assert [str(problem) for problem in problems] == [expected]


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    assert [str(p) for p in read_file(tmp_path / "none.yaml", "none.yaml")[1]] == [
        "none.yaml:1:1: error RG001 cannot be read: there is no such file"
    ]
    assert "it is a folder" in str(read_file(tmp_path, "x")[1][0])
    assert [p.code for p in read_file(Path("a\0b"), "x")[1]] == ["RG001"]


def test_a_file_is_read_as_its_text(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes("\ufeffå: NO\r\n".encode())
    node, problems = read_file(path, "x")
    assert (plain(node), problems) == ({"å": "NO"}, [])


yamlish = st.text(
    alphabet=st.sampled_from("ab:-?[]{},#&*!|>'\"%@` \n\r\t~<.\\x0uUD8é🎉\ufeff\u2028\x00"), max_size=60
)


@settings(deadline=None)  # two busy cores
@given(st.one_of(st.text(), yamlish))
@example("!%C0%80 a")
@example('"\\uD800"')
@example("%YAML 2.0\n---\na")
def test_no_text_raises_and_every_problem_lies_in_the_text(text: str) -> None:
    node, problems = parse_text(text, "f")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in problems:
        assert problem.position is not None
        assert 1 <= problem.position.line <= len(lines) + 1
        assert problem.position.column >= 1
    assert problems == sorted(problems, key=lambda p: p.sort_key)
    if node is None and not problems:  # nothing but comments, marks and blanks
        assert all(
            line.strip("\ufeff \t").startswith(("#", "---", "...", "%")) or not line.strip("\ufeff \t")
            for line in lines
        )


@settings(deadline=None)  # two busy cores
@given(st.binary(max_size=80))
def test_no_bytes_raise(data: bytes) -> None:
    class InMemory:
        def open(self, mode: str) -> object:
            import io

            assert mode == "rb"
            return io.BytesIO(data)

    read_file(InMemory(), "f")  # type: ignore[arg-type]


printable = st.text(
    alphabet=st.characters(
        exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\u2028\u2029\ufffe\uffff"
    ),
    min_size=1,
).filter(lambda text: text.strip() and not any(ord(c) & 0xFFFE == 0xFFFE for c in text))
trees = st.recursive(
    printable,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=4) | st.dictionaries(printable, inner, min_size=1, max_size=4)
    ),
    max_leaves=12,
)


@settings(deadline=None)  # two busy cores
@given(trees, st.booleans(), st.booleans())
def test_what_pyyaml_writes_is_read_back_as_it_was(tree: object, flow: bool, as_is: bool) -> None:
    text = yaml.safe_dump(tree, allow_unicode=as_is, default_flow_style=flow, width=60)
    if text.endswith("\n...\n"):
        text = text[:-4]
    node, problems = parse_text(text, "f")
    assert problems == []
    assert plain(node) == tree
