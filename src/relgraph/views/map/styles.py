"""The map's look as vis-network wants it: nodes, edges and options, every one a plain JSON value.

The hues of the kinds come with the data (from the ontology); here stand only the lines, which mean the same
on every map.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from relgraph.views.map.data import MapData, MapEdge, NodeType
from relgraph.views.map.layout import Layout

HOME_SIZE = 22
NODE_SIZE = 10
RELATION_SIZE = 8
JOINT_SIZE = 5
STRONGER = 0.8  # px that a line gains when it is shown round a chosen party

CROWD = 150  # lines; of more than these the solid ones recede, so that what failed or is planned stands out
RECEDING = 0.7  # how fast: twice the lines have 2 ** -0.7 of the opacity

# color, width: full strength, shown round a chosen party; faded, thin: in the overview, still 3:1 on white.
LINE_STYLES: dict[str, dict[str, Any]] = {
    "active": {"color": "#5B6472", "faded": "#8B93A0", "dashes": [], "width": 1.6, "thin": 0.8},
    "planned": {"color": "#5B6472", "faded": "#8B93A0", "dashes": [8, 5], "width": 1.6, "thin": 0.8},
    "dormant": {"color": "#5B6472", "faded": "#8B93A0", "dashes": [2, 5], "width": 1.8, "thin": 1.0},
    "failed": {"color": "#B42318", "faded": "#DB7067", "dashes": [12, 4, 2, 4], "width": 1.6, "thin": 0.8},
    "done": {"color": "#6B7280", "faded": "#8F95A1", "dashes": [], "width": 1.1, "thin": 0.5},
    "uncertain": {"color": "#5B6472", "faded": "#8B93A0", "dashes": [], "width": 1.6, "thin": 0.8},
}


def nodes(data: MapData, layout: Layout) -> list[dict[str, Any]]:
    """vis-network's nodes, sorted by id. Raises ValueError for a node that the layout does not place."""
    found = []
    for node in sorted(data.nodes, key=lambda n: n.id):
        if node.id not in layout.positions:
            raise ValueError(f"the layout has no position for {node.id!r}: call place() first")
        x, y = layout.positions[node.id]
        item: dict[str, Any] = {"id": node.id, "group": node.type, "x": x, "y": y}
        if node.id == data.home:
            item["size"] = HOME_SIZE
        found.append(item)
    return found


def edges(data: MapData) -> list[dict[str, Any]]:
    """vis-network's edges, sorted by id; parallel ones are bent apart."""
    found = []
    bent = bends(data)
    # the lines of a small node without a name are parts of one; those of an agreement are its relationship
    bare = {node.id for node in data.nodes if node.type in data.joint_types}
    for edge in sorted(data.edges, key=lambda e: e.id):
        item: dict[str, Any] = {"id": edge.id, "from": edge.source, "to": edge.target}
        thin = edge.thin and not bare.isdisjoint((edge.source, edge.target))
        if edge.line != "active" or thin:
            item |= _line(edge.line, thin=thin)
        if bend := bent.get(edge.id, 0.0):
            kind = "curvedCW" if bend > 0 else "curvedCCW"
            item["smooth"] = {"enabled": True, "type": kind, "roundness": abs(bend)}
        found.append(item)
    return found


def bends(data: MapData) -> dict[str, float]:
    """How far each of several lines between the same two nodes bends to its own right (-1 to 1), by edge.

    They lie evenly apart, and none bends further than a half circle.
    """
    pairs: dict[tuple[str, str], list[MapEdge]] = defaultdict(list)
    for edge in sorted(data.edges, key=lambda e: e.id):
        if edge.source != edge.target:
            pairs[min(edge.source, edge.target), max(edge.source, edge.target)].append(edge)
    found = {}
    for (first, _), parallel in pairs.items():
        step = min(0.22, 1.6 / len(parallel))
        for i, edge in enumerate(parallel):
            bend = round((i - (len(parallel) - 1) / 2) * step, 3)
            found[edge.id] = bend if edge.source == first else -bend
    return found


def node_size(data: MapData, kind: NodeType, id_: str) -> int:
    """A node's radius in px, as vis-network counts it."""
    if id_ == data.home:
        return HOME_SIZE
    return JOINT_SIZE if kind.between else RELATION_SIZE if kind.relation else NODE_SIZE


def _line(line: str, *, thin: bool = False) -> dict[str, Any]:
    """What of a line's look differs from the usual one, which is that of active relationships."""
    look = _look(line, thin=thin)
    usual = _look("active")
    return {key: value for key, value in look.items() if value != usual[key]}


def _look(line: str, *, thin: bool = False) -> dict[str, Any]:
    style = LINE_STYLES[line]
    return {
        "color": {"color": style["faded"], "highlight": style["color"]},
        "dashes": style["dashes"] or False,
        "width": 0.5 if thin else style["thin"],
    }


def strength(lines: int) -> float:
    """The opacity (0 to 1) of a solid line among ``lines`` on one picture.

    Nothing recedes where the reader asks for more contrast, or round a chosen party.
    """
    return 1.0 if lines <= CROWD else round((CROWD / lines) ** RECEDING, 2)


def contrast(color: str, ground: str = "#FFFFFF") -> float:
    """The contrast of two colours (``#rrggbb``), 1 to 21, by WCAG 2.1."""
    lights = []
    for one in (color, ground):
        parts = [int(one[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        lights.append(0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05)
    return max(lights) / min(lights)


def ink(color: str) -> str:
    """``color`` as text: darkened until it has the contrast of text, with room for the tint of its ground."""
    while contrast(color) < 5.2:
        color = "#" + "".join(f"{int(int(color[i : i + 2], 16) * 0.96):02X}" for i in (1, 3, 5))
    return color


def options(data: MapData) -> dict[str, Any]:
    """vis-network's options: nothing moves by itself, and each type's look is a group."""
    groups = {}
    for kind in data.ordered_types():
        background = kind.color if kind.filled else "#FFFFFF"
        groups[kind.name] = {
            "shape": "custom" if kind.shape == "octagon" else kind.shape,
            "color": {"background": background, "border": kind.color},
            "borderWidth": 1 if kind.filled else 1.6 if kind.between else 2.5,
            "size": node_size(data, kind, ""),
        }
    return {
        "autoResize": False,
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False, "randomSeed": 1},
        "interaction": {
            "dragNodes": False,
            "hover": False,
            "keyboard": {"enabled": False},
            "selectable": False,
            "tooltipDelay": 3600000,
            "zoomSpeed": 0.6,
        },
        "nodes": {"chosen": False},
        "edges": {
            **_look("active"),
            "smooth": {"enabled": False, "type": "continuous", "roundness": 0.5},
            "arrows": {"to": {"enabled": False, "scaleFactor": 0.5}},
            "selectionWidth": STRONGER,
            "hoverWidth": 0,
        },
        "groups": {"useDefaultGroups": False, **groups},
    }
