"""The network as text that is drawn: DOT for Graphviz, Mermaid for pages of Markdown."""

from __future__ import annotations

import re
from typing import IO

from relgraph.errors import UsageError
from relgraph.views.export.elements import Edge, elements
from relgraph.views.export.registry import Job
from relgraph.views.plain import plain

#: what Mermaid draws unless told otherwise: ``maxEdges`` and ``maxTextSize`` of its configuration
MOST_EDGES, MOST_TEXT = 500, 50_000
#: how a line is drawn, by the ontology's word for it; any other is whole
_DOT = {"planned": "dashed", "dormant": "dotted", "failed": "dashed", "uncertain": "dotted"}
_DOTTED = ("planned", "dormant", "failed", "uncertain")
_PLAIN = re.compile(r"[^\w \-.,:/()–’]")


def write_dot(job: Job, out: IO[bytes]) -> None:
    """DOT: one directed graph; what has no direction is drawn without an arrow."""
    found = elements(job)
    lines = ["digraph relationships {", f"  label={_quoted(found.about['title'])};", "  node [style=filled];"]
    for node in found.nodes():
        ink = "#FFFFFF" if _dark(node.color) else "#000000"
        said = f'label={_quoted(node.label)}, fillcolor="{node.color}", fontcolor="{ink}"'
        lines.append(f"  {_quoted(node.id)} [{said}, class={_quoted(node.attributes['type'])}];")
    for edge in found.edges():
        said = f"id={_quoted(edge.id)}, label={_quoted(edge.label)}"
        style = _DOT.get(edge.attributes.get("line", ""), "solid")
        arrow = "" if edge.directed else ", dir=none"
        lines.append(f"  {_quoted(edge.source)} -> {_quoted(edge.target)} [{said}, style={style}{arrow}];")
    out.write(("\n".join([*lines, "}"]) + "\n").encode("utf-8"))


def _quoted(text: str) -> str:
    """A quoted string whose escapes Graphviz reads as the signs themselves."""
    return '"' + plain(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _dark(color: str) -> bool:
    """Whether white is the better ink on a colour, by the relative luminance of WCAG 2."""
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True)) < 0.179


def write_mermaid(job: Job, out: IO[bytes]) -> None:
    """Mermaid: a flowchart. Raises :class:`UsageError` for more than Mermaid draws."""
    found = elements(job)
    number = {node.id: f"n{at}" for at, node in enumerate(found.nodes())}
    edges = list(found.edges())
    linked = {end for edge in edges for end in (edge.source, edge.target)}
    lines = ["flowchart LR"]
    lines += [f'  {number[node.id]}["{_escaped(node.label)}"]' for node in found.nodes() if node.id in linked]
    lines += [
        f'  {number[edge.source]} {_line(edge)}|"{_escaped(edge.label)}"| {number[edge.target]}'
        for edge in edges
    ]
    text = "\n".join(lines) + "\n"
    if len(edges) > MOST_EDGES or len(text) > MOST_TEXT:
        most = f"at most {MOST_EDGES} edges and {MOST_TEXT} characters"
        raise UsageError(
            f"the network is {len(edges)} edges in {len(text)} characters, and Mermaid draws {most}",
            hint="narrow it with --year, or draw it with --format dot, graphml or gexf",
        )
    out.write(text.encode("utf-8"))


def _line(edge: Edge) -> str:
    dotted = edge.attributes.get("line") in _DOTTED
    if edge.directed:
        return "-.->" if dotted else "-->"
    return "-.-" if dotted else "---"


def _escaped(text: str) -> str:
    """A text with every sign that could mean something to Mermaid or HTML as the number of its character."""
    return _PLAIN.sub(lambda found: f"#{ord(found[0])};", plain(text))
