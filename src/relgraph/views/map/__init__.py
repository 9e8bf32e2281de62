"""The relationship map: one HTML file that opens without network, server or Python.

``data`` says what the map is drawn from, ``layout`` where everything stands, ``page`` makes the file.
"""

from relgraph.views.map.data import Bilingual, MapData, MapEdge, MapNode, NodeType, Sentence, Source
from relgraph.views.map.layout import Layout, place, read_layout, write_layout
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
