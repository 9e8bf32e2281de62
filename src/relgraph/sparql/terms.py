"""Terms of RDF as text: from what somebody types to N-Triples, and from N-Triples to what somebody reads."""

from __future__ import annotations

import re
from collections.abc import Mapping

# Patterns are compiled where they are first used (re keeps them): few commands need any of them.
_START = r"[^\x00-/:-@\[-^`{-\x7f]"  # a character of a name: letters, digits, _ and all beyond ASCII
_MORE = r"[^\x00-,/:-@\[-^`{-\x7f]"  # the same, - and .

_INTEGER = r"[+-]?[0-9]+"
_DECIMAL = r"[+-]?[0-9]*\.[0-9]+"
_DOUBLE = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+"
_PREFIXED = rf"([A-Za-z]{_MORE}*)?:({_START}{_MORE}*)?"
_IRI = r"""<([A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>"{}|^`\\]*)>"""
_QUOTED = r'"(.*)"(?:@([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)|\^\^(\S+))?'
_XSD = "http://www.w3.org/2001/XMLSchema#"
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_SPECIAL = r'["\\\x00-\x1f\x7f]'


def term(value: str, prefixes: Mapping[str, str] | None = None) -> str:
    """A value from the command line as one term in N-Triples.

    ``<iri>``, ``"text"@sv``, ``"x"^^<iri>`` or ``"x"^^xsd:date``, a number, ``true``/``false``, a prefixed
    name of a known prefix; anything else is a plain string, whatever it contains. Between quotes the text is
    taken as it stands: a backslash is a backslash.
    """
    known = prefixes or {}
    if found := re.fullmatch(_IRI, value):
        return f"<{found.group(1)}>"
    if value in ("true", "false"):
        return f'"{value}"^^<{_XSD}boolean>'
    for pattern, name in ((_INTEGER, "integer"), (_DECIMAL, "decimal"), (_DOUBLE, "double")):
        if re.fullmatch(pattern, value):
            return f'"{value}"^^<{_XSD}{name}>'
    if (found := re.fullmatch(_PREFIXED, value)) and (found.group(1) or "") in known:
        iri = f"<{known[found.group(1) or '']}{found.group(2) or ''}>"
        if re.fullmatch(_IRI, iri):
            return iri
    if found := re.fullmatch(_QUOTED, value, re.DOTALL):
        text, lang, datatype = found.groups()
        if datatype is None:
            return _quote(text) + (f"@{lang}" if lang else "")
        iri = datatype if datatype.startswith("<") else term(datatype, {"xsd": _XSD, **known})
        if re.fullmatch(_IRI, iri):
            return f"{_quote(text)}^^{iri}"
    return _quote(value)


def _quote(text: str) -> str:
    def escape(found: re.Match[str]) -> str:
        return _ESCAPES.get(found.group()) or f"\\u{ord(found.group()):04X}"

    # A lone surrogate (undecodable argv bytes) cannot be sent as UTF-8; it becomes the replacement character.
    clean = text.encode("utf-8", "replace").decode("utf-8") if not text.isprintable() else text
    return '"' + re.sub(_SPECIAL, escape, clean) + '"'


_LITERAL = r'"((?:[^"\\]|\\.)*)"(?:@\S+|\^\^<[^>]*>)?'
_BACKSLASH = r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))"
_PLAIN = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_LOCAL = rf"{_START}{_MORE}*(?<!\.)"


def plain(cell: str, prefixes: Mapping[str, str] | None = None) -> str:
    """What a person reads for a term in N-Triples or TSV: an IRI (short if a prefix fits), a literal's text.

    Blank nodes, numbers, quoted triples and an unbound cell (empty) stay as they are.
    """
    if cell.startswith("<") and not cell.startswith("<<"):
        iri = cell[1:-1]
        return shorten(iri, prefixes) if prefixes else iri
    if cell.startswith('"') and (found := re.fullmatch(_LITERAL, cell, re.DOTALL)):
        text = found.group(1)
        return re.sub(_BACKSLASH, _unescape, text, flags=re.DOTALL) if "\\" in text else text
    return cell


def shorten(iri: str, prefixes: Mapping[str, str]) -> str:
    """``iri`` with the longest namespace that fits replaced by its prefix, if that leaves a simple name."""
    best = ""
    short = iri
    for name, namespace in prefixes.items():
        if (
            len(namespace) > len(best)
            and iri.startswith(namespace)
            and re.fullmatch(_LOCAL, iri[len(namespace) :])
        ):
            best, short = namespace, f"{name}:{iri[len(namespace) :]}"
    return short


def _unescape(found: re.Match[str]) -> str:
    short, long, single = found.groups()
    if single is not None:
        return _PLAIN.get(single, single)
    return chr(int(short or long, 16))
