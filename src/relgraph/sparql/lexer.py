"""The terminals of SPARQL: enough of the language to refuse, to bind and to point at a place in a query.

The engine exposes no parser, and keywords cannot be found by searching: ``SERVICE`` may stand in a string,
an IRI, a comment, a variable or a prefixed name. So the text is cut into the terminals of the grammar of
SPARQL 1.1 (and those that 1.2 adds). Two things go beyond the grammar, because what counts in the end is how
the *engine* reads a text, and pyoxigraph reads without a lexer of its own:

* it needs no space after a keyword, so ``SERVICEex:a {`` calls a service (``refusing`` looks for it);
* it may read ``<'x>y'`` as a comparison with a string, where the grammar has an IRI. Quotes and ``#`` in an
  IRI that is not plainly absolute therefore reach the engine as escapes (:func:`edits_for_engine`).

A character outside ASCII counts as part of a name: where it is not, no engine accepts the text anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from relgraph.errors import QueryError
from relgraph.sparql.terms import term

__all__ = [
    "FORMS",
    "Edit",
    "QueryInfo",
    "Token",
    "apply_edits",
    "bind",
    "edits_for_engine",
    "edits_for_parameters",
    "edits_for_prefixes",
    "inspect",
    "original_offset",
    "parameters",
    "resolve",
    "term",
    "tokenize",
    "with_prefixes",
]

#: the keywords that a query begins with
FORMS = frozenset(["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"])
_AGGREGATES = frozenset(["COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"])
_DELIMITERS = (
    "'\"<>#\\\r\n"  # not decoded: written raw, they would change what is a string, an IRI, a comment
)

# The characters of names as what they are not, in ASCII: a class up to U+10FFFF takes 5 ms to compile.
_START = r"[^\x00-@\[-^`{-\x7f]"
_NAME = r"[^\x00-/:-@\[-^`{-\x7f]"
_NAME_DASH = r"[^\x00-,./:-@\[-^`{-\x7f]"
_NAME_DASH_DOT = r"[^\x00-,/:-@\[-^`{-\x7f]"
_NAME_COLON = r"[^\x00-/;-@\[-^`{-\x7f]"
_NAME_COLON_DASH = r"[^\x00-,./;-@\[-^`{-\x7f]"
_IN_LOCAL = r"[^\x00-$&-,./;-@\[\]^`{-\x7f]"  # colon, dash, % and backslash too
_UCHAR = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_IRI_CHARACTERS = rf'(?:[^\x00-\x20<>"{{}}|^`\\]|{_UCHAR})*+'
_IRIREF = f"<{_IRI_CHARACTERS}>"
_STRING = (
    r"'''(?:[^'\\]|\\.|'(?!''))*+'''"
    r'|"""(?:[^"\\]|\\.|"(?!""))*+"""'
    r"|'(?:[^'\\\n\r]|\\[^\n\r])*+'"
    r'|"(?:[^"\\\n\r]|\\[^\n\r])*+"'
)

# In `?a<<http://x/>` a comparison comes first: after << such an IRI could not be read at all.
_HTTP_IRI = rf"<[A-Za-z][A-Za-z0-9+.\-]*+://{_IRI_CHARACTERS}>"

# Possessive quantifiers throughout: no text makes the lexer backtrack, so its time is linear.
_TOKEN = re.compile(
    r"(?P<space>(?:[ \t\r\n]++|#[^\r\n]*+)++)"
    rf"|(?P<IRIREF>{_IRIREF})"
    rf"|(?P<STRING>{_STRING})"
    rf"|(?P<VAR>[?$]{_NAME}++)"
    rf"|(?P<BLANK_NODE_LABEL>_:{_NAME}(?:{_NAME_DASH}|\.++(?={_NAME_DASH}))*+)"
    r"|(?P<LANGTAG>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?)"
    r"|(?P<DOUBLE>(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)[eE][+-]?[0-9]++)"
    r"|(?P<DECIMAL>[0-9]*+\.[0-9]++)"
    r"|(?P<INTEGER>[0-9]++)"
    rf"|(?P<name>{_START}{_NAME_DASH_DOT}*+|(?=:))"
    r"|(?P<NIL>\([ \t\r\n]*+\))"
    r"|(?P<ANON>\[[ \t\r\n]*+\])"
    rf"|(?P<PUNCT><(?={_HTTP_IRI})|\^\^|&&|\|\||!=|<=|>=|<<|>>|[{{}}()\[\].,;:*/+\-|^?!=<>~@&])"
    r"|(?P<OTHER>.)",
    re.DOTALL,
)
# The rest is compiled where it is first used: few queries need it.
_LOCAL = rf"(?:{_NAME_COLON}|{_PLX})(?:{_NAME_COLON_DASH}|{_PLX}|\.++(?={_IN_LOCAL}))*+"
_WORD = rf"{_NAME}++|[-.]"
_ABSOLUTE = r"<[A-Za-z][A-Za-z0-9+.\-]*://"
_AMBIGUOUS = r"<(?![A-Za-z][A-Za-z0-9+.\-]*+://)[^<>\x00-\x20]*+>"
# What keeps its escapes: comments, strings and IRIs, which the engine decodes itself.
_OUTSIDE = rf"#[^\r\n]*+|{_IRIREF}|{_STRING}|(?P<escape>{_UCHAR})"
_ABSOLUTE_IRI = rf"<[A-Za-z][A-Za-z0-9+.\-]*:{_IRI_CHARACTERS}>"
_NTRIPLES = (
    rf"""{_ABSOLUTE_IRI}|"(?:[^"\\\n\r]|\\[tbnrf"'\\]|{_UCHAR})*+" """.strip()
    + rf"(?:@[A-Za-z]++(?:-[A-Za-z0-9]++)*+|\^\^{_ABSOLUTE_IRI})?"
)


class Token:
    """One terminal: its kind (the grammar's name, or ``WORD``, ``PUNCT``, ``OTHER``), its text, its place.

    ``start`` and ``end`` are offsets in the text as given; ``line`` and ``column`` count from 1. Both stay
    right where ``\\uXXXX`` outside strings and IRIs has been decoded in ``text``.
    """

    __slots__ = ("column", "end", "kind", "line", "start", "text")

    def __init__(self, kind: str, text: str, start: int, end: int) -> None:
        self.kind = kind
        self.text = text
        self.start = start
        self.end = end
        self.line = 1
        self.column = 1

    def __repr__(self) -> str:
        return f"Token({self.kind}, {self.text!r}, {self.line}:{self.column})"

    @property
    def at(self) -> str:
        """The place as ``line:column``."""
        return f"{self.line}:{self.column}"

    def is_word(self, *words: str) -> bool:
        """Whether this is one of the keywords (upper case); case does not count."""
        return self.kind == "WORD" and self.text.upper() in words


class Edit:
    """A replacement of ``[start, end)`` of the user's text."""

    __slots__ = ("end", "start", "text")

    def __init__(self, start: int, end: int, text: str) -> None:
        self.start = start
        self.end = end
        self.text = text


class QueryInfo:
    """What the tokens tell of a query, without parsing it.

    ``form`` is select, ask, construct, describe, or empty where the text begins with something else; ``body``
    the index of the first token after the prologue; ``prefixes`` those it declares; ``used`` the first token
    of each prefix it uses; ``parameters`` the names in ``VALUES ?name { UNDEF }``, each with its UNDEFs;
    ``graphs`` the tokens after FROM; ``aggregates`` whether an aggregate is called.
    """

    __slots__ = ("aggregates", "base", "body", "form", "graphs", "parameters", "prefixes", "tokens", "used")

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.form = ""
        self.base = ""
        self.body = 0
        self.prefixes: dict[str, str] = {}
        self.used: dict[str, Token] = {}
        self.parameters: dict[str, list[Token]] = {}
        self.graphs: list[Token] = []
        self.aggregates = False


def tokenize(text: str) -> list[Token]:
    """The terminals of ``text`` in order, without space and comments; never fails.

    What is no terminal (an unclosed quote, say) becomes a token of kind ``OTHER``, one character long.
    """
    return list(_tokens(text))


@lru_cache(maxsize=1)  # a query is read several times in a row: to refuse, to bind, to point at a place
def _tokens(text: str) -> tuple[Token, ...]:
    escapes = [e for e in edits_for_engine(text) if e.end - e.start > 1] if "\\" in text else []
    tokens = list(_cut(apply_edits(text, escapes)))
    line, line_start, seen = 1, 0, 0
    for token in tokens:
        if escapes:
            token.start, token.end = (
                original_offset(token.start, escapes),
                original_offset(token.end, escapes),
            )
        breaks = text.count("\n", seen, token.start)
        if breaks:
            line += breaks
            line_start = text.rfind("\n", 0, token.start) + 1
        seen = token.start
        token.line, token.column = line, token.start - line_start + 1
    return tuple(tokens)


def _cut(text: str) -> Iterator[Token]:
    position, size, match, local_name = 0, len(text), _TOKEN.match, re.compile(_LOCAL).match
    while position < size:
        found = match(text, position)
        if found is None:  # pragma: no cover - OTHER takes any character
            break
        kind, end = found.lastgroup or "OTHER", found.end()
        if kind == "name":
            run = found.group()
            if end < size and text[end] == ":" and not run.endswith(".") and not run.startswith("_"):
                local = local_name(text, end + 1)
                stop = local.end() if local else end + 1
                yield Token("PNAME_LN" if local else "PNAME_NS", text[position:stop], position, stop)
                end = stop
            else:
                for part in re.finditer(_WORD, run):
                    start, stop = position + part.start(), position + part.end()
                    kind = "PUNCT" if part.group() in "-." else _number_or_word(part.group())
                    yield Token(kind, part.group(), start, stop)
        elif kind != "space":
            yield Token(kind, found.group(), position, end)
        position = end


def _number_or_word(part: str) -> str:
    return "INTEGER" if part.isascii() and part.isdigit() else "WORD"


def edits_for_engine(text: str) -> list[Edit]:
    r"""What must be replaced so that the engine reads ``text`` as this lexer does; no line moves.

    ``\uXXXX`` outside strings, IRIs and comments is decoded (SPARQL 1.1, section 19.2), which pyoxigraph
    does not do; an ambiguous IRI gets its quotes and ``#`` escaped, which keeps its meaning.
    """
    edits: list[Edit] = []
    if "\\" not in text and not re.search(_AMBIGUOUS, text):
        return edits
    for found in re.finditer(_OUTSIDE, text, re.DOTALL):
        start, piece = found.start(), found.group()
        if found.lastgroup == "escape":
            code = int(piece[2:], 16)
            if code < 0x110000 and not 0xD800 <= code < 0xE000 and chr(code) not in _DELIMITERS:
                edits.append(Edit(start, found.end(), chr(code)))
        elif piece[0] == "<" and ("'" in piece or "#" in piece) and not re.match(_ABSOLUTE, piece):
            for index, character in enumerate(piece):
                if character in "'#":
                    at = start + index
                    edits.append(Edit(at, at + 1, f"\\u{ord(character):04X}"))
    return edits


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with the edits made; they come in order and do not overlap."""
    parts: list[str] = []
    position = 0
    for edit in edits:
        parts += (text[position : edit.start], edit.text)
        position = edit.end
    parts.append(text[position:])
    return "".join(parts)


def original_offset(offset: int, edits: Iterable[Edit]) -> int:
    """The offset in the original text of ``offset`` in the edited one."""
    shift = 0  # edited minus original, so far
    for edit in edits:
        begin = edit.start + shift
        if offset <= begin:
            break
        if offset < begin + len(edit.text):
            return edit.start
        shift += len(edit.text) - (edit.end - edit.start)
    return offset - shift


def inspect(text: str) -> QueryInfo:
    """Form, prefixes, parameters and FROM graphs of ``text``; never fails."""
    info = QueryInfo(tokenize(text))
    tokens = info.tokens
    index = info.body = _prologue(info)
    if index < len(tokens) and tokens[index].kind == "WORD" and tokens[index].text.upper() in FORMS:
        info.form = tokens[index].text.lower()
    for i in range(index, len(tokens)):
        token = tokens[i]
        if token.kind in ("PNAME_LN", "PNAME_NS"):
            info.used.setdefault(token.text.partition(":")[0], token)
        elif token.kind != "WORD":
            continue
        elif token.is_word("FROM"):
            after = i + 2 if i + 1 < len(tokens) and tokens[i + 1].is_word("NAMED") else i + 1
            if after < len(tokens):
                info.graphs.append(tokens[after])
        elif token.text.upper() in _AGGREGATES:
            info.aggregates = True
        elif token.is_word("VALUES") and i + 4 < len(tokens):
            name, opening, undef, closing = tokens[i + 1 : i + 5]
            if name.kind == "VAR" and undef.is_word("UNDEF") and (opening.text, closing.text) == ("{", "}"):
                info.parameters.setdefault(name.text[1:], []).append(undef)
    return info


def _prologue(info: QueryInfo) -> int:
    """Read BASE, PREFIX and VERSION into ``info``; the index of the first token after them."""
    tokens, index = info.tokens, 0
    while index + 1 < len(tokens):
        token, following = tokens[index], tokens[index + 1]
        if token.is_word("BASE") and following.kind == "IRIREF":
            info.base = resolve(following, info)
            index += 2
        elif token.is_word("PREFIX") and following.kind == "PNAME_NS" and index + 2 < len(tokens):
            info.prefixes[following.text[:-1]] = resolve(tokens[index + 2], info)
            index += 3
        elif token.is_word("VERSION") and following.kind == "STRING":
            index += 2
        else:
            break
    return index


def resolve(token: Token, info: QueryInfo, prefixes: Mapping[str, str] | None = None) -> str:
    """The IRI that an IRIREF or prefixed name stands for; empty where it cannot be known.

    ``prefixes`` hold where the query does not declare them itself.
    """
    if token.kind == "IRIREF":
        iri = re.sub(_UCHAR, _decode, token.text[1:-1])
        if info.base and not re.match(r"[A-Za-z][A-Za-z0-9+.\-]*:", iri):
            from urllib.parse import urljoin

            return urljoin(info.base, iri)
        return iri
    if token.kind in ("PNAME_LN", "PNAME_NS"):
        prefix, _, local = token.text.partition(":")
        namespace = info.prefixes.get(prefix, (prefixes or {}).get(prefix))
        if namespace is not None:
            return namespace + re.sub(r"\\(.)", r"\1", local)
    return ""


def _decode(found: re.Match[str]) -> str:
    code = int(found.group()[2:], 16)
    return chr(code) if code < 0x110000 else found.group()


def parameters(text: str) -> tuple[str, ...]:
    """The names declared as ``VALUES ?name { UNDEF }``, in order of appearance."""
    return tuple(inspect(text).parameters)


def edits_for_parameters(info: QueryInfo, params: Mapping[str, str]) -> list[Edit]:
    """The terms in place of their UNDEFs. Raises QueryError for an unknown name or what is no single term."""
    edits = []
    for name, value in params.items():
        if name not in info.parameters:
            known = ", ".join(sorted(info.parameters))
            raise QueryError(
                f"the query has no parameter '{name}'",
                hint=f"it has: {known}" if known else "it has none; declare one as VALUES ?name { UNDEF }",
            )
        if not re.fullmatch(_NTRIPLES, value):
            raise QueryError(f"the value of parameter '{name}' is not one RDF term: {value[:80]!r}")
        edits += [Edit(undef.start, undef.end, value) for undef in info.parameters[name]]
    return edits


def edits_for_prefixes(info: QueryInfo, prefixes: Mapping[str, str]) -> list[Edit]:
    """The declarations of the ``prefixes`` that the query uses and does not make itself, all on line 1."""
    wanted = [name for name in info.used if name in prefixes and name not in info.prefixes]
    for name in wanted:
        if not re.fullmatch(r"""[^\x00-\x20<>"{}|^`\\]*""", prefixes[name]):
            raise QueryError(f"the prefix '{name}:' stands for what is no IRI: {prefixes[name][:80]!r}")
    declarations = "".join(f"PREFIX {name}: <{prefixes[name]}> " for name in sorted(wanted))
    return [Edit(0, 0, declarations)] if declarations else []


def bind(text: str, params: Mapping[str, str]) -> str:
    """``text`` with each parameter's term (as :func:`term` writes it) in place of UNDEF wherever declared."""
    return apply_edits(text, sorted(edits_for_parameters(inspect(text), params), key=lambda e: e.start))


def with_prefixes(text: str, prefixes: Mapping[str, str]) -> str:
    """``text`` after the PREFIX declarations that it uses and lacks, on its own first line."""
    return apply_edits(text, edits_for_prefixes(inspect(text), prefixes))
