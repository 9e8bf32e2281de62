"""Where a query names IRIs: as a property, a class, a graph, or as anything else that is to be matched.

No parser: the tokens are followed through triples, paths, lists and brackets closely enough to know which
part each is in. A query that the engine has accepted is never misread so that it fails, at worst a name gets
another role, and what is said of it is then merely less to the point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from relgraph.sparql.lexer import QueryInfo, Token, resolve

_SUBJECT, _VERB, _OBJECT = 0, 1, 2
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_CLAUSES = ("SELECT", "GROUP", "HAVING", "ORDER")
_ENDS = ("WHERE", "LIMIT", "OFFSET", "VALUES", "DESCRIBE", "CONSTRUCT")
_IRI = r"""[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>"{}|^`\\]*"""
_NODES = ("VAR", "STRING", "INTEGER", "DECIMAL", "DOUBLE", "NIL", "ANON", "BLANK_NODE_LABEL")


class Mention(NamedTuple):
    """A name as the query writes it, its IRI, its role: property, class, graph, or node for any other."""

    text: str
    iri: str
    role: str


class _Frame:
    """What a bracket holds: its kind, where in a triple the next term is, whether the verb is ``a``."""

    __slots__ = ("is_a", "kind", "quiet", "slot")

    def __init__(self, kind: str, slot: int = _SUBJECT, quiet: bool = False) -> None:
        self.kind = kind
        self.slot = slot
        self.quiet = quiet  # names in it are not asked for: a template, MINUS, NOT EXISTS, !(…)
        self.is_a = False


def mentions(info: QueryInfo, prefixes: Mapping[str, str]) -> list[Mention]:
    """The names that ``info``'s query wants matched, each once in each role, in order.

    Left out are the prologue, FROM, templates, datatypes of literals, functions, and what the pattern denies.
    """
    return list(dict.fromkeys(_Walk(info, prefixes)))


class _Walk:
    """One pass over the tokens."""

    def __init__(self, info: QueryInfo, prefixes: Mapping[str, str]) -> None:
        self._tokens = info.tokens
        self._info = info
        self._prefixes = prefixes
        self._graphs = {token.start for token in info.graphs}
        self._frames = [_Frame("top")]
        self._clause = False  # in SELECT, GROUP BY, HAVING or ORDER BY, where brackets hold expressions
        # where datatypes are computed with, a name in a comparison may be one and no node
        self._constants = not any(token.is_word("DATATYPE", "STRDT") for token in info.tokens)

    def __iter__(self) -> Iterator[Mention]:
        for i in range(self._info.body, len(self._tokens)):
            token = self._tokens[i]
            if token.kind in ("IRIREF", "PNAME_LN", "PNAME_NS"):
                role = self._name(i)
                iri = self._iri(token)
                if role and re.fullmatch(_IRI, iri):
                    yield Mention(token.text, iri, role)
            elif token.kind == "WORD":
                self._word(token)
            elif token.kind in _NODES:
                self._node()
            elif token.kind == "PUNCT":
                self._punctuation(i)

    def _iri(self, token: Token) -> str:
        return resolve(token, self._info, self._prefixes)

    def _before(self, i: int) -> Token:
        return self._tokens[i - 1] if i else self._tokens[0]

    def _node(self) -> None:
        """A term has been read: the next one is the verb, or an object."""
        frame = self._frames[-1]
        if frame.kind not in ("path", "list", "data"):
            frame.slot = _VERB if frame.slot == _SUBJECT else _OBJECT

    def _word(self, token: Token) -> None:
        word, frame = token.text.upper(), self._frames[-1]
        if token.text == "a" and frame.slot == _VERB:
            frame.is_a = True
            self._node()
        elif word in ("TRUE", "FALSE"):
            self._node()
        elif word in _CLAUSES or word in _ENDS:
            self._clause = word in _CLAUSES
        elif frame.kind == "group":
            frame.slot = _SUBJECT

    def _name(self, i: int) -> str:
        """The role of the name at ``i``; empty where it asks for nothing."""
        token, before, frame = self._tokens[i], self._before(i), self._frames[-1]
        called = self._tokens[i + 1].text[:1] == "(" if i + 1 < len(self._tokens) else False
        if before.text == "^^" or token.start in self._graphs:
            return ""
        if frame.kind == "expression" or self._clause or (called and before.is_word("FILTER")):
            compared = not called and self._constants and before.text in ("=", "(", ",")
            return "node" if compared and not frame.quiet and not self._iri(token).startswith(_XSD) else ""
        if before.is_word("GRAPH"):
            return "" if frame.quiet else "graph"
        if frame.kind == "top":
            return "node" if self._info.form == "describe" else ""
        slot, is_a = frame.slot, frame.is_a
        if slot == _VERB:
            frame.is_a = self._iri(token) == _RDF_TYPE and before.text != "^"
        self._node()
        if frame.quiet or (slot == _VERB and before.text == "!"):
            return ""
        if slot == _VERB:
            return "property"
        return "class" if slot == _OBJECT and is_a else "node"

    def _punctuation(self, i: int) -> None:
        text, frame = self._tokens[i].text, self._frames[-1]
        if text in ("{", "(", "[", "<<"):
            self._frames.append(self._opened(i))
            self._clause = self._clause and text != "{"
        elif text in ("}", ")", "]", ">>"):
            self._close(text)
        elif frame.kind == "expression":
            return
        elif text == ".":
            frame.slot = _SUBJECT
        elif text == ";":
            frame.slot = _VERB
        elif text in ("/", "|") and frame.slot == _OBJECT:
            frame.slot, frame.is_a = _VERB, False

    def _opened(self, i: int) -> _Frame:
        text, before, frame = self._tokens[i].text, self._before(i), self._frames[-1]
        quiet = frame.quiet
        if text == "{":
            if i + 1 < len(self._tokens) and self._tokens[i + 1].text == "|":
                return _Frame("properties", _VERB, quiet)
            denied = before.is_word("MINUS") or (
                before.is_word("EXISTS") and self._before(i - 1).is_word("NOT")
            )
            if self._is_data(i):
                return _Frame("data", _OBJECT, quiet)
            return _Frame("group", quiet=quiet or denied or before.is_word("CONSTRUCT"))
        if text == "[":
            return _Frame("properties", _VERB, quiet)
        if text == "<<" or before.text == "<<":
            return _Frame("triple", quiet=quiet)
        if before.is_word("VALUES") or frame.kind == "data":
            return _Frame("data", _OBJECT, quiet)
        word = before.kind == "WORD" and before.text != "a"
        if word or self._clause or frame.kind in ("top", "expression") or self._is_function(i):
            return _Frame("expression", quiet=quiet)
        if frame.slot == _VERB:
            return _Frame("path", _VERB, quiet or before.text == "!")
        return _Frame("list", _OBJECT, quiet)

    def _is_function(self, i: int) -> bool:
        """Whether the bracket at ``i`` follows ``FILTER ex:f``."""
        return i > 1 and self._tokens[i - 2].is_word("FILTER")

    def _is_data(self, i: int) -> bool:
        """Whether the brace at ``i`` opens the data of VALUES ?x or VALUES (?x ?y)."""
        tokens, back = self._tokens, i - 1
        if tokens[back].text == ")":
            back -= 1
            while back > 0 and tokens[back].kind == "VAR":
                back -= 1
            return tokens[back].text == "(" and tokens[back - 1].is_word("VALUES")
        return tokens[back].kind in ("VAR", "NIL") and tokens[back - 1].is_word("VALUES")

    def _close(self, text: str) -> None:
        if len(self._frames) < 2:
            return
        closed, frame = self._frames.pop(), self._frames[-1]
        if text == "}":
            frame.slot = frame.slot if closed.kind == "properties" else _SUBJECT
            self._clause = False
        elif closed.kind == "path":
            frame.slot = _OBJECT
        elif closed.kind in ("list", "properties") or text == ">>":
            self._node()
