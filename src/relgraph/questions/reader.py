"""A question file -> :class:`Question`: its decorators, and whether its SPARQL holds what they promise.

    RG405  a question file that does not hold to the convention (docs/questions.md)

Decorators are lines that begin with ``#+``, as grlc has them; without that sign they are YAML, which the
repository's own reader reads, so that every fault has its line and column in the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

from relgraph.model import Position, Problem
from relgraph.namespaces import RG
from relgraph.questions.model import (
    AS_OF,
    CITATION,
    LANGUAGES,
    PERIOD_VARIABLES,
    Parameter,
    Question,
    QuestionFile,
    is_record_variable,
)
from relgraph.reading import Mapping as MappingNode
from relgraph.reading import Node, Scalar, Sequence
from relgraph.sparql.lexer import QueryInfo, inspect
from relgraph.vocabulary import Vocabulary

CODE = "RG405"
MAX_BYTES = 256 * 1024
_KEYS = ("title", "summary", "description", "tags", "params", "unknown", "empty", "columns")
_NEEDED = ("title", "summary", "empty")
_PARAM_KEYS = ("name", "type", "label", "default", "required")
_PLAIN_TYPES = ("period", "text", "integer")
#: what an answer in CSV says of a row beside its columns
_RESERVED = ("records", "sources")
_NAME = "[a-z][a-z0-9]*(-[a-z0-9]+)*"
_VARIABLE = "[A-Za-z][A-Za-z0-9_]*"


def read_question(file: QuestionFile, vocabulary: Vocabulary) -> tuple[Question | None, list[Problem]]:
    """The question in a file and the problems in it, sorted; the question is None if there are any.

    That the engine accepts the SPARQL is another matter (:func:`relgraph.questions.check.check_questions`).
    Never raises for what is in the file.
    """
    text, problem = _text(file)
    if problem:
        return None, [problem]
    reader = _Reader(file, text, vocabulary)
    question = reader.read()
    problems = sorted(reader.problems, key=lambda each: each.sort_key)
    return (None if problems else question), problems


def family_of(type_: str, vocabulary: Vocabulary) -> str:
    """How the values of a parameter type are read; empty for a type that there is not."""
    if type_ in _PLAIN_TYPES:
        return type_
    if vocabulary.is_a(type_, RG + "Record"):
        return "record"
    return "concept" if vocabulary.concepts_of(RG + type_) else ""


def _text(file: QuestionFile) -> tuple[str, Problem | None]:
    at = Position(file.shown)
    try:
        with file.path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return "", Problem("RG001", f"cannot be read: {error.strerror or error}", at)
    if len(data) > MAX_BYTES:
        return "", Problem("RG008", f"larger than {MAX_BYTES // 1024} KiB", at)
    try:
        return data.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n"), None
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").split("\n")
        place = Position(file.shown, len(before), len(before[-1]) + 1)
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        return "", Problem("RG002", message, place, hint="save the file as UTF-8")


class _Reader:
    """Reads one file and notes what is wrong with it."""

    def __init__(self, file: QuestionFile, text: str, vocabulary: Vocabulary) -> None:
        self.file = file
        self.text = text
        self.vocabulary = vocabulary
        self.problems: list[Problem] = []

    def report(self, message: str, at: Position | None = None, hint: str | None = None) -> None:
        self.problems.append(Problem(CODE, message, at or Position(self.file.shown), hint=hint))

    def read(self) -> Question | None:
        name = self.file.path.stem
        if not re.fullmatch(_NAME, name):
            self.report(f"'{name}' is no name of a question", hint="lower-case words joined by hyphens")
        root = self.header()
        if root is None:
            return None
        self.known_keys(root, _KEYS)
        texts = {key: self.languages(root, key, needed=key in _NEEDED) for key in (*_NEEDED, "description")}
        params = self.params(root.get("params"))
        columns = self.columns(root.get("columns"))
        info = inspect(self.text)
        variables = projected(info)
        self.query(info, variables, params)
        self.labelled(info, variables, columns, root)
        return Question(
            name=name,
            text=self.text,
            title=texts["title"],
            summary=texts["summary"],
            empty=texts["empty"],
            description=texts["description"],
            tags=self.tags(root.get("tags")),
            params=tuple(param for param, _ in params),
            variables=tuple(variables),
            columns={key: labels for key, (labels, _) in columns.items()},
            shipped=self.file.shipped,
            unknown=self.unknown(root.get("unknown"), [param for param, _ in params]),
        )

    # -- the header --------------------------------------------------------------------------------------

    def header(self) -> MappingNode | None:
        """The YAML of the lines that begin with ``#+``, at the head of the file; each keeps its place."""
        from relgraph.reading.yaml import parse_text

        lines: list[str] = []
        rest = self.text.split("\n")
        while rest and (rest[0].startswith("#") or not rest[0].strip()):
            line = rest.pop(0)
            lines.append("  " + line[2:] if line.startswith("#+") else "")
        for number, line in enumerate(rest, len(lines) + 1):
            if line.startswith("#+"):
                at = Position(self.file.shown, number)
                self.report("a decorator stands below the head of the file", at, "move it up")
        node, problems = parse_text("\n".join(lines), self.file.shown)
        self.problems += problems
        if isinstance(node, MappingNode):
            return node
        if not problems:
            place = node.position if node else None
            self.report("a question begins with its decorators", place, "such as: #+ title: {sv: …, en: …}")
        return None

    def known_keys(self, node: MappingNode, known: tuple[str, ...]) -> None:
        for key, _ in node.entries:
            if key.text not in known:
                near = get_close_matches(key.text, known, 1)
                hint = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(known)}"
                self.report(f"unknown key '{key.text}'", key.position, hint)

    def languages(self, parent: MappingNode, key: str, *, needed: bool) -> dict[str, str]:
        """The texts of ``key`` by language; a problem where it or one of the languages is missing."""
        node = parent.get(key)
        if node is None:
            if needed:
                self.report(f"'{key}' is missing", parent.position, f"write {key}: {{sv: …, en: …}}")
            return {}
        return self.texts(node, key)

    def texts(self, node: Node, what: str) -> dict[str, str]:
        if not isinstance(node, MappingNode):
            if not isinstance(node, Scalar) or node.text:
                hint = "write {sv: …, en: …}"
                self.report(f"'{what}' is a text in each language", node.position, hint)
            return {}
        found: dict[str, str] = {}
        for key, value in node.entries:
            if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", key.text):
                self.report(f"'{key.text}' is no language", key.position, "known are sv, en")
            elif not isinstance(value, Scalar):
                self.report(f"'{what}' in {key.text} is one text", value.position)
            else:
                found[key.text] = " ".join(value.text.split())
        for lang in LANGUAGES:
            if lang not in found:
                self.report(f"'{what}' is missing in {lang}", node.position, f"add {lang}: …")
        return found

    def tags(self, node: Node | None) -> tuple[str, ...]:
        if node is None:
            return ()
        items = node.items if isinstance(node, Sequence) else ()
        if not isinstance(node, Sequence) or any(not isinstance(item, Scalar) for item in items):
            self.report("'tags' is a list of words", node.position, "write [membership, network]")
        return tuple(item.text for item in items if isinstance(item, Scalar) and item.text)

    def columns(self, node: Node | None) -> dict[str, tuple[dict[str, str], Position]]:
        if node is None:
            return {}
        if not isinstance(node, MappingNode):
            self.report("'columns' maps a variable to its labels", node.position, "{member: {sv: …, en: …}}")
            return {}
        return {key.text: (self.texts(value, key.text), key.position) for key, value in node.entries}

    def unknown(self, node: Node | None, params: list[Parameter]) -> dict[str, str]:
        """By class of records the parameter that serves for one that the graph does not know."""
        if node is None:
            return {}
        records = [param.name for param in params if param.family == "record"]
        found: dict[str, str] = {}
        for key, value in node.entries if isinstance(node, MappingNode) else ():
            if family_of(key.text, self.vocabulary) != "record":
                self.report(f"'{key.text}' is no class of records", key.position)
            elif not isinstance(value, Scalar) or value.text not in records:
                hint = f"one of {', '.join(records)}" if records else None
                self.report("'unknown' names a parameter that takes a record", value.position, hint)
            else:
                found[key.text] = value.text
        if not isinstance(node, MappingNode):
            self.report("'unknown' maps a class to a parameter", node.position, "write {Agent: country}")
        return found

    def params(self, node: Node | None) -> list[tuple[Parameter, Position]]:
        if node is None:
            return []
        if not isinstance(node, Sequence):
            self.report("'params' is a list", node.position, "write - {name: …, type: …, label: {…}}")
            return []
        found: list[tuple[Parameter, Position]] = []
        taken: dict[str, str] = {}
        for item in node.items:
            if not isinstance(item, MappingNode):
                self.report("a parameter is a mapping", item.position, "{name: …, type: …, label: {…}}")
                continue
            made = self.param(item)
            if made is None:
                continue
            for variable in made[0].variables:
                if variable in taken:
                    self.report(f"?{variable} is bound by '{taken[variable]}' already", made[1])
                taken[variable] = made[0].name
            found.append(made)
        return found

    def param(self, node: MappingNode) -> tuple[Parameter, Position] | None:
        self.known_keys(node, _PARAM_KEYS)
        values: dict[str, Scalar] = {}
        for key in ("name", "type", "default", "required"):
            value = node.get(key)
            if isinstance(value, Scalar):
                values[key] = value
            elif value is not None:
                self.report(f"'{key}' is one word", value.position)
            elif key in ("name", "type"):
                self.report(f"the parameter has no {key}", node.position)
        label = self.languages(node, "label", needed=True)
        name, type_ = values.get("name"), values.get("type")
        if name is None or type_ is None or not name.text or not type_.text:
            return None
        if not re.fullmatch(_VARIABLE, name.text):
            self.report(f"'{name.text}' is no name of a parameter", name.position, "letters and digits")
            return None
        family = family_of(type_.text, self.vocabulary)
        if not family:
            hint = self.near_type(type_.text)
            self.report(f"'{type_.text}' is no type of a parameter", type_.position, hint)
            return None
        required = values.get("required")
        if required and required.text not in ("true", "false"):
            self.report("'required' is true or false", required.position)
        default = values.get("default")
        if default:
            self.default(default, type_.text, family)
        is_required = required is not None and required.text == "true"
        text = default.text if default else ""
        return Parameter(name.text, type_.text, family, label, text, is_required), name.position

    def near_type(self, type_: str) -> str:
        lists = {c.rpartition("#")[2] for each in self.vocabulary.concepts.values() for c in each.classes}
        classes = [kind for kind in self.vocabulary.kinds if family_of(kind, self.vocabulary)]
        near = get_close_matches(type_, [*_PLAIN_TYPES, *classes, *lists], 1)
        ways = "a class of records, a controlled list, period, text or integer"
        return f"did you mean '{near[0]}'?" if near else ways

    def default(self, node: Scalar, type_: str, family: str) -> None:
        """A default that can be judged without the graph must be a value of the type."""
        text = node.text
        if family == "period" and text != AS_OF:
            from relgraph import time

            try:
                time.parse_period(text)
            except time.EdtfError as error:
                self.report(f"the default is no period: {error}", node.position)
        elif family == "integer" and not re.fullmatch(r"[+-]?[0-9]{1,18}", text):
            self.report(f"the default '{text}' is no integer", node.position)
        elif family == "concept" and text not in self.vocabulary.concepts_of(RG + type_):
            known = f"known are {', '.join(sorted(self.vocabulary.concepts_of(RG + type_)))}"
            self.report(f"the default '{text}' is not in the list {type_}", node.position, known)
        elif family == "record":
            hint = "a question knows no particular record"
            self.report("a parameter that names a record has no default", node.position, hint)

    # -- the query ---------------------------------------------------------------------------------------

    def query(
        self, info: QueryInfo, variables: Mapping[str, Position], params: list[tuple[Parameter, Position]]
    ) -> None:
        """What the tokens tell: the form, the records, and each parameter's place."""
        first = info.tokens[0] if info.tokens else None
        start = Position(self.file.shown, first.line, first.column) if first else None
        if not first:
            self.report("the question has no query", Position(self.file.shown, self.text.count("\n") + 1))
            return
        if info.prefixes or info.base:
            self.report("a question declares no prefix", start, "the usual ones are known")
        if info.form != "select":
            self.report("a question is a SELECT", start)
            return
        if not variables:
            self.report("a question names the variables that it projects", start)
        elif not any(map(is_record_variable, variables)):
            self.report("?record is not projected", start, "the record that carries the row")
        words = [token.text.upper() for token in info.tokens if token.kind == "WORD"]
        if variables and "ORDER" not in words:
            self.report("the rows have no order", start, "end with ORDER BY … ?record")
        declared = info.parameters
        for param, at in params:
            for variable in param.variables:
                if variable not in declared:
                    self.report(
                        f"the query does not declare ?{variable} of the parameter '{param.name}'",
                        at,
                        f"write VALUES ?{variable} {{ UNDEF }}",
                    )
        known = {variable for param, _ in params for variable in param.variables}
        for variable, places in declared.items():
            if variable not in known:
                at = Position(self.file.shown, places[0].line, places[0].column)
                what = "period" if variable in PERIOD_VARIABLES else variable
                self.report(f"?{variable} has no parameter", at, f"describe '{what}' in params")

    def labelled(
        self,
        info: QueryInfo,
        variables: Mapping[str, Position],
        columns: Mapping[str, tuple[dict[str, str], Position]],
        root: MappingNode,
    ) -> None:
        """Every column has its label, and every label its column."""
        shown = self.file.shown
        for name, place in variables.items():
            at = Position(shown, place.line, place.column)
            if name in _RESERVED:
                self.report(f"a column cannot be called ?{name}", at)
            if name not in columns and name != CITATION and not is_record_variable(name):
                self.report(f"?{name} has no label", at, f"add {name}: {{sv: …, en: …}} to columns")
        if variables:
            for name, (_, at) in columns.items():
                if name not in variables:
                    self.report(f"the query does not project ?{name}", at)


def projected(info: QueryInfo) -> dict[str, Position]:
    """The variables that a SELECT projects, in order, each with its line and column; none for ``*``."""
    found: dict[str, Position] = {}
    tokens = iter(info.tokens)
    if info.form != "select" or not any(token.is_word("SELECT") for token in tokens):
        return found
    depth, renamed = 0, False
    for token in tokens:
        if depth == 0 and (token.is_word("WHERE", "FROM") or token.text == "{"):
            break
        if token.kind == "PUNCT" and token.text in "()":
            depth += 1 if token.text == "(" else -1
        elif token.kind == "VAR" and (depth == 0 or (depth == 1 and renamed)):
            found.setdefault(token.text[1:], Position("", token.line, token.column))
        renamed = token.is_word("AS")
    return found
