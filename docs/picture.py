"""The picture of the model, docs/model.svg, drawn from the declaration below; ``docs/generate.py`` writes it.

Boxes stand where their declaration puts them, arrows run between the sides that it names. Whole numbers only,
texts as texts, so that the same declaration gives the same bytes and a reader may search and copy.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

TITLE = "The model in one picture"
DESCRIPTION = (
    "A relationship is a record of its own. Its roles lead to entities; it has a class, a certainty and "
    "four bounds of time. It is derived from citations, each a section and a range of characters in a "
    "document, which support some of its keys. An assessment says of it how active it was in a period; "
    "a gap says what the source leaves out about it. A rule makes a plain shortcut between the "
    "entities, and a derivation names the records on which the shortcut rests."
)
WIDTH, HEIGHT = 1000, 660
FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif"
INK, SOFT, PAPER = "#1f2937", "#4b5563", "#ffffff"
#: fill and frame, by what a box is; INK and SOFT keep at least 4.5:1 on each fill
PAINTS = {
    "entity": ("#e6f0fb", "#0a55a8"),
    "record": ("#e7f4ee", "#00795a"),
    "source": ("#fdf3e1", "#8a5a00"),
    "rule": ("#f1eafa", "#5b21b6"),
}


@dataclass(frozen=True)
class Box:
    """A class with an example: name, lines beneath, left, top, width and paint."""

    name: str
    lines: tuple[str, ...]
    x: int
    y: int
    width: int
    paint: str

    @property
    def height(self) -> int:
        """The name takes 40, each line 20."""
        return 42 + 20 * len(self.lines)

    def at(self, side: str) -> tuple[int, int]:
        """A point on the frame: a side (left, right, top, bottom), with ``+n`` or ``-n`` along it."""
        name, sign, offset = side.partition("+") if "+" in side else side.partition("-")
        shift = int(offset or 0) * (-1 if sign == "-" else 1)
        middle_x, middle_y = self.x + self.width // 2, self.y + self.height // 2
        return {
            "left": (self.x, middle_y + shift),
            "right": (self.x + self.width, middle_y + shift),
            "top": (middle_x + shift, self.y),
            "bottom": (middle_x + shift, self.y + self.height),
        }[name]


@dataclass(frozen=True)
class Arrow:
    """A property from one box to another; the label stands at (x, y), by default beside its middle."""

    start: str
    start_side: str
    end: str
    end_side: str
    label: str
    label_at: tuple[int, int]
    dashed: bool = False
    anchor: str = "middle"


BOXES = {
    "home": Box("rg:Entity", (":malmo",), 30, 80, 190, "entity"),
    "network": Box("rg:Entity", (":ubc",), 780, 80, 190, "entity"),
    "record": Box(
        "rg:Relationship",
        (
            "a rg:Membership",
            "rg:certainty rg:stated",
            "rg:observedIn 2019",
            "rg:earliestBegin … rg:latestEnd",
        ),
        340,
        190,
        320,
        "record",
    ),
    "assessment": Box("rg:Assessment", ("rg:level, rg:during",), 30, 270, 200, "record"),
    "gap": Box("rg:Gap", ("rg:aspect",), 30, 410, 200, "record"),
    "derivation": Box(
        "rg:Derivation",
        ("of the shortcut: rdf:subject,", "rdf:predicate, rdf:object", "rg:rule"),
        745,
        262,
        235,
        "rule",
    ),
    "citation": Box("rg:Citation", ("rg:section, oa:start, oa:end", "rg:certainty"), 350, 420, 300, "source"),
    "document": Box("rg:Document", ("title, period, sections",), 350, 570, 300, "source"),
}
ARROWS = (
    Arrow(
        "home", "right+0", "network", "left+0", "org:memberOf (shortcut, derived)", (500, 104), dashed=True
    ),
    Arrow("record", "top-110", "home", "bottom+40", "org:member (role)", (262, 190), anchor="end"),
    Arrow("record", "top+110", "network", "bottom-40", "org:organization (role)", (740, 190), anchor="start"),
    Arrow("record", "bottom+0", "citation", "top+0", "prov:wasDerivedFrom", (512, 374), anchor="start"),
    Arrow("citation", "bottom+0", "document", "top+0", "oa:hasSource", (512, 542), anchor="start"),
    Arrow("assessment", "right+0", "record", "left+40", "rg:of", (285, 284)),
    Arrow("gap", "right+0", "record", "bottom-130", "rg:about", (278, 386), anchor="end"),
    Arrow("derivation", "left-22", "record", "right+40", "rg:restsOn", (704, 281)),
)


def picture() -> str:
    """The whole file as text."""
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'aria-labelledby="title description" font-family="{FONT}">'
        ),
        f'<title id="title">{TITLE}</title>',
        f'<desc id="description">{DESCRIPTION}</desc>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>',
        (
            '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" '
            f'orient="auto"><path d="M0,1 L9,5 L0,9 z" fill="{SOFT}"/></marker></defs>'
        ),
        f'<text x="30" y="42" font-size="20" font-weight="600" fill="{INK}">{TITLE}</text>',
        *(_arrow(arrow) for arrow in ARROWS),
        *(_box(box) for box in BOXES.values()),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _box(box: Box) -> str:
    fill, frame = PAINTS[box.paint]
    lines = [
        (
            f'<rect x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="8" fill="{fill}" '
            f'stroke="{frame}" stroke-width="2"/>'
        ),
        _text(box.name, box.x + 14, box.y + 28, INK, "start", size=17, weight=600),
    ]
    lines += [_text(line, box.x + 14, box.y + 50 + 20 * i, SOFT, "start") for i, line in enumerate(box.lines)]
    return "\n".join(lines)


def _arrow(arrow: Arrow) -> str:
    x1, y1 = BOXES[arrow.start].at(arrow.start_side)
    x2, y2 = BOXES[arrow.end].at(arrow.end_side)
    dash = ' stroke-dasharray="7 5"' if arrow.dashed else ""
    line = (
        f'<path d="M{x1},{y1} L{x2},{y2}" fill="none" stroke="{SOFT}" stroke-width="2"{dash} '
        'marker-end="url(#tip)"/>'
    )
    return f"{line}\n{_text(arrow.label, *arrow.label_at, INK, arrow.anchor)}"


def _text(text: str, x: int, y: int, color: str, anchor: str, *, size: int = 14, weight: int = 400) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{color}" '
        f'text-anchor="{anchor}">{escape(text)}</text>'
    )
