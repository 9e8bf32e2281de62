"""The relationship map: one HTML file that opens without network, server or Python.

``data`` says what the map is drawn from, ``layout`` where everything stands, ``page`` makes the file,
``picture`` draws it without a browser. ``page`` is imported when it is used: a picture has no need of it.
"""

from typing import TYPE_CHECKING, Any

from relgraph.views.map.data import Bilingual, MapData, MapEdge, MapNode, NodeType, Sentence, Source
from relgraph.views.map.layout import Layout, place, read_layout, write_layout

if TYPE_CHECKING:
    from relgraph.views.map.page import carrier, render, unpack

__all__ = [
    "Bilingual",
    "Layout",
    "MapData",
    "MapEdge",
    "MapNode",
    "NodeType",
    "Sentence",
    "Source",
    "carrier",
    "place",
    "read_layout",
    "render",
    "unpack",
    "write_layout",
]


def __getattr__(name: str) -> Any:
    if name in ("carrier", "render", "unpack"):
        from relgraph.views.map import page

        return getattr(page, name)
    raise AttributeError(name)
