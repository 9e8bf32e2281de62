"""The signs of the map as SVG: nodes and lines, as the page draws them too."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from relgraph.views.map.data import NodeType

#: characters that XML cannot hold
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


#: what has a meaning in XML; xml.sax.saxutils would do the same, but imports all that opens an address
_MARKUP = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
_IN_ATTRIBUTES = {**_MARKUP, ord('"'): "&quot;", ord("\n"): "&#10;", ord("\r"): "&#13;", ord("\t"): "&#9;"}


def element(tag: str, content: str = "", /, **attributes: object) -> str:
    """An SVG element; ``_`` in a name is ``-``, numbers are rounded to a tenth, None is left out."""
    given = "".join(
        f' {name.strip("_").replace("_", "-")}="{_clean(_number(value)).translate(_IN_ATTRIBUTES)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{given}>{content}</{tag}>" if content else f"<{tag}{given}/>"


def words(text: str, x: float, y: float, /, **attributes: object) -> str:
    """A line of text, its baseline at ``y``."""
    return element("text", _clean(text).translate(_MARKUP) or " ", x=x, y=y, **attributes)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def line(points: Iterable[tuple[float, float]]) -> str:
    """The path data of a line through ``points``."""
    return "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in points)


def glyph(kind: NodeType, x: float, y: float, size: float) -> str:
    """A node; ``size`` is its radius as vis-network counts it."""
    look = {
        "fill": kind.color if kind.filled else "#FFFFFF",
        "stroke": kind.color,
        "stroke_width": 1 if kind.filled else 2.5 if size > 6 else 1.6,
    }
    corners = _corners(kind.shape, size)
    if not corners:
        return element("circle", cx=x, cy=y, r=size, **look)
    points = " ".join(f"{_number(x + dx)},{_number(y + dy)}" for dx, dy in corners)
    return element("polygon", points=points, **look)


def _corners(shape: str, size: float) -> list[tuple[float, float]]:
    """The corners of a shape round (0, 0), by the sizes of vis-network's own shapes; none for a dot."""
    if shape == "square":
        return [(-size, -size), (size, -size), (size, size), (-size, size)]
    if shape in ("triangle", "triangleDown"):
        side, up = 1.15 * size * 2, 0.275 * 1.15 * size
        half, height = side / 2, math.sqrt(side**2 - (side / 2) ** 2)
        rise = math.sqrt(3) / 6 * side
        points = [(0.0, -(height - rise)), (half, rise), (-half, rise)]
        sign = 1 if shape == "triangle" else -1
        return [(px, sign * (py + up)) for px, py in points]
    if shape == "star":
        reach = 0.82 * size
        radii = (reach * 1.3, reach * 0.5)
        return [
            (
                radii[i % 2] * math.sin(i * math.pi / 5),
                0.1 * reach - radii[i % 2] * math.cos(i * math.pi / 5),
            )
            for i in range(10)
        ]
    count, turn = {"diamond": (4, 0.0), "hexagon": (6, 0.0), "octagon": (8, math.pi / 8)}.get(shape, (0, 0.0))
    return [
        (size * math.cos(turn + 2 * math.pi * i / count), size * math.sin(turn + 2 * math.pi * i / count))
        for i in range(count)
    ]


def _number(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
