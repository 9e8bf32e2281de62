"""How a kind is drawn, as a small picture: the shape of a node or the line of a relationship."""

from __future__ import annotations

import math
import re
from typing import Any

#: corners, and the angle of the first (degrees, clockwise from straight up)
_POLYGONS = {
    "square": (4, 45),
    "diamond": (4, 0),
    "hexagon": (6, 90),
    "octagon": (8, 22.5),
    "triangle": (3, 0),
    "triangleDown": (3, 180),
}


def shape(name: str, color: str, filled: bool) -> Any:
    """A node's shape as SVG; an unknown one is a dot, an odd colour black."""
    from markupsafe import Markup

    safe = color if re.fullmatch(r"#[0-9A-Fa-f]{6}", color) else "#000000"
    paint = f'fill="{safe if filled else "#ffffff"}" stroke="{safe}" stroke-width="2"'
    if name == "star":
        body = f'<polygon points="{_points(10, 0, (8.5, 3.8))}" {paint}/>'
    elif name in _POLYGONS:
        corners, first = _POLYGONS[name]
        body = f'<polygon points="{_points(corners, first, (8.0, 8.0))}" {paint}/>'
    else:
        body = f'<circle cx="10" cy="10" r="7" {paint}/>'
    return Markup(f'<svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">{body}</svg>')


def line(style: dict[str, Any]) -> Any:
    """A relationship's line as SVG, from the map's own line styles."""
    from markupsafe import Markup

    dashes = " ".join(str(part) for part in style["dashes"])
    dash = f' stroke-dasharray="{dashes}"' if dashes else ""
    body = f'<line x1="2" y1="10" x2="46" y2="10" stroke="{style["color"]}" stroke-width="2"{dash}/>'
    return Markup(f'<svg width="48" height="20" viewBox="0 0 48 20" aria-hidden="true">{body}</svg>')


def _points(corners: int, first: float, radii: tuple[float, float]) -> str:
    spots = []
    for i in range(corners):
        angle = math.radians(first + 360 * i / corners)
        radius = radii[i % 2]
        spots.append(f"{10 + radius * math.sin(angle):.1f},{10 - radius * math.cos(angle):.1f}")
    return " ".join(spots)
