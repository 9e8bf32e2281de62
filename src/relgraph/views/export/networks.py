"""The network as GraphML, GEXF 1.3 and node-link JSON, written node by node and edge by edge."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import IO, Any
from xml.sax.saxutils import XMLGenerator

from relgraph.views.export.elements import attribute, elements, kinds_of
from relgraph.views.export.registry import Job


class _Xml:
    """An XML document that is written line by line."""

    def __init__(self, out: IO[bytes]) -> None:
        self._text = io.TextIOWrapper(out, encoding="utf-8", newline="\n", write_through=False)
        self._xml = XMLGenerator(self._text, "utf-8", short_empty_elements=True)
        self._xml.startDocument()

    def open(self, name: str, said: Mapping[str, str]) -> None:
        self._start(name, said)
        self._xml.ignorableWhitespace("\n")

    def close(self, name: str) -> None:
        self._xml.endElement(name)
        self._xml.ignorableWhitespace("\n")

    def empty(self, name: str, said: Mapping[str, str]) -> None:
        self._start(name, said)
        self.close(name)

    def text(self, name: str, text: str, said: Mapping[str, str]) -> None:
        self._start(name, said)
        self._xml.characters(text)
        self.close(name)

    def _start(self, name: str, said: Mapping[str, str]) -> None:
        self._xml.startElement(name, dict(said))  # type: ignore[arg-type]

    def end(self) -> None:
        self._xml.endDocument()
        self._text.flush()
        self._text.detach()


def write_graphml(job: Job, out: IO[bytes]) -> None:
    """GraphML: directed throughout, and what has no direction says so in the attribute ``directed``."""
    found = elements(job)
    nodes = {"label": "string", "color": "string", **kinds_of(n.attributes for n in found.nodes())}
    edges = {"label": "string", "directed": "boolean", **kinds_of(e.attributes for e in found.edges())}
    graph = dict.fromkeys(found.about, "string")
    xml = _Xml(out)
    xml.open("graphml", {"xmlns": "http://graphml.graphdrawing.org/xmlns"})
    for prefix, owner, kinds in (("g", "graph", graph), ("n", "node", nodes), ("e", "edge", edges)):
        for name, type_ in kinds.items():
            key = {"id": f"{prefix}_{name}", "for": owner, "attr.name": name, "attr.type": type_}
            xml.empty("key", key)
    xml.open("graph", {"id": "relationships", "edgedefault": "directed"})
    _data(xml, "g", found.about)
    for node in found.nodes():
        xml.open("node", {"id": node.id})
        _data(xml, "n", {"label": node.label, "color": node.color, **node.attributes})
        xml.close("node")
    for edge in found.edges():
        xml.open("edge", {"id": edge.id, "source": edge.source, "target": edge.target})
        _data(xml, "e", {"label": edge.label, "directed": edge.directed, **edge.attributes})
        xml.close("edge")
    xml.close("graph")
    xml.close("graphml")
    xml.end()


def _data(xml: _Xml, prefix: str, said: Mapping[str, Any]) -> None:
    for name, value in said.items():
        xml.text("data", attribute(value), {"key": f"{prefix}_{name}"})


def write_gexf(job: Job, out: IO[bytes]) -> None:
    """GEXF 1.3 with time: an edge starts and ends where its bounds say that it may have, if they do.

    Colours are opaque by having no opacity: readers take ``a="1.0"`` for one of a form they do not draw.
    """
    found = elements(job)
    nodes = kinds_of(node.attributes for node in found.nodes())
    edges = kinds_of(edge.attributes for edge in found.edges())
    xml = _Xml(out)
    spaces = {"xmlns": "http://gexf.net/1.3", "xmlns:viz": "http://gexf.net/1.3/viz"}
    xml.open("gexf", {**spaces, "version": "1.3"})
    xml.open("meta", {"lastmodifieddate": found.about["as_of"]} if found.about["as_of"] else {})
    xml.text("creator", "relgraph", {})
    xml.text("description", found.about["title"], {})
    xml.close("meta")
    xml.open("graph", {"defaultedgetype": "directed", "mode": "dynamic", "timeformat": "date"})
    for owner, kinds in (("node", nodes), ("edge", edges)):
        xml.open("attributes", {"class": owner, "mode": "static"})
        for name, type_ in kinds.items():
            xml.empty("attribute", {"id": name, "title": name, "type": type_})
        xml.close("attributes")
    xml.open("nodes", {})
    for node in found.nodes():
        xml.open("node", {"id": node.id, "label": node.label})
        _values(xml, node.attributes)
        red, green, blue = (str(int(node.color[at : at + 2], 16)) for at in (1, 3, 5))
        xml.empty("viz:color", {"r": red, "g": green, "b": blue})
        xml.close("node")
    xml.close("nodes")
    xml.open("edges", {})
    for edge in found.edges():
        ends = {"id": edge.id, "source": edge.source, "target": edge.target}
        said = {"type": "directed" if edge.directed else "undirected", "label": edge.label}
        span = {"start": edge.attributes.get("earliest_begin"), "end": edge.attributes.get("latest_end")}
        xml.open("edge", {**ends, **said, **{name: day for name, day in span.items() if day}})
        _values(xml, edge.attributes)
        xml.close("edge")
    xml.close("edges")
    xml.close("graph")
    xml.close("gexf")
    xml.end()


def _values(xml: _Xml, said: Mapping[str, Any]) -> None:
    xml.open("attvalues", {})
    for name, value in said.items():
        xml.empty("attvalue", {"for": name, "value": attribute(value)})
    xml.close("attvalues")


def write_node_link(job: Job, out: IO[bytes]) -> None:
    """Node-link JSON as ``networkx.node_link_graph`` reads it: one node and one edge a line."""
    found = elements(job)
    head = {"directed": True, "multigraph": True, "graph": found.about}
    out.write(_json(head)[:-1] + b',\n"nodes": [')
    before = b"\n"
    for node in found.nodes():
        out.write(
            before + _json({"id": node.id, "label": node.label, "color": node.color, **node.attributes})
        )
        before = b",\n"
    out.write(b'\n],\n"edges": [')
    before = b"\n"
    for edge in found.edges():
        ends = {"source": edge.source, "target": edge.target, "key": edge.id}
        out.write(before + _json({**ends, "label": edge.label, "directed": edge.directed, **edge.attributes}))
        before = b",\n"
    out.write(b"\n]}\n")


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8")
