"""Nodes of the engine as values of records."""

from __future__ import annotations

from sys import intern

from relgraph.model import Edtf, Ref, Term, Text, Typed, Value
from relgraph.namespaces import PREFIXES

XSD_STRING = PREFIXES["xsd"] + "string"


class Values:
    """Makes values of nodes; all but texts are few and stand in many records, so that each is made once.

    ``base`` is what the IRIs of records begin with.
    """

    __slots__ = ("_base", "_known")

    def __init__(self, base: str) -> None:
        self._base = base
        self._known: dict[tuple[str, str], Value] = {}

    def of(self, node: object) -> Value:
        """The value that a node is."""
        text = str(getattr(node, "value", ""))
        datatype = ""
        if hasattr(node, "datatype"):
            language = getattr(node, "language", None)
            datatype = node.datatype.value
            if language or datatype == XSD_STRING:
                return Text(text, language or "")
        known = self._known.get((text, datatype))
        if known is None:
            known = self._known[text, datatype] = self._made(text, intern(datatype))
        return known

    def _made(self, text: str, datatype: str) -> Value:
        if datatype:
            return Edtf(text) if datatype.startswith(PREFIXES["edtf"]) else Typed(text, datatype)
        return Ref(text.removeprefix(self._base)) if text.startswith(self._base) else Term(text)

    def forget(self) -> None:
        """Let go of the values made so far."""
        self._known.clear()
