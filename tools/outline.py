"""Makes src/relgraph/views/map/land.json, the outline of the land for the arrangement by places.

Source: Natural Earth, land, 1:110 million (public domain, naturalearthdata.com), as TopoJSON in the npm
package world-atlas 2.0.2 (land-110m.json; ISC). Run once, with that file:

    npm pack world-atlas@2.0.2 && tar xf world-atlas-2.0.2.tgz
    python tools/outline.py package/land-110m.json src/relgraph/views/map/land.json

The result is a list of rings, each a flat list of longitude and latitude in tenths of a degree, the first
point absolute and the others as steps from the one before; islands of fewer than four points at that scale
are left out.
"""

from __future__ import annotations

import json
import sys
from itertools import chain, pairwise
from pathlib import Path
from typing import Any


def rings(topology: dict[str, Any]) -> list[list[tuple[int, int]]]:
    """The rings of all polygons of a quantised topology, in tenths of a degree."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((round(10 * (x * scale[0] + shift[0])), round(10 * (y * scale[1] + shift[1]))))
        arcs.append(points)
    found = []
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        for ring in chain.from_iterable(polygons):
            points = []
            for index in ring:
                part = arcs[index] if index >= 0 else arcs[~index][::-1]
                points += part if not points else part[1:]
            points = [a for a, b in pairwise(points) if a != b]
            if len(points) > 3:
                found.append(points)
    return sorted(found, key=lambda points: (-len(points), points))


def packed(points: list[tuple[int, int]]) -> list[int]:
    """A ring as its first point and the steps that follow."""
    steps = ((b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points))
    return [*points[0], *chain.from_iterable(steps)]


def main(source: str, target: str) -> None:
    """Read ``source``, write ``target``."""
    topology = json.loads(Path(source).read_text(encoding="utf-8"))
    lines = (json.dumps(packed(points), separators=(",", ":")) for points in rings(topology))
    Path(target).write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
