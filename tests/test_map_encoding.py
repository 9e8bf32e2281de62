"""What tells things apart on the map: never colour alone, for nobody's eyes."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from colorspacious import cspace_convert

from relgraph.namespaces import RG
from relgraph.views.map.styles import LINE_STYLES, contrast, ink
from relgraph.vocabulary import Vocabulary

#: simulated by Machado, Oliveira and Fernandes (2009), complete lack of one kind of cone
EYES = ("normal", "protanomaly", "deuteranomaly", "tritanomaly")
Look = tuple[str, str, bool]


@pytest.fixture(scope="module")
def looks(request: pytest.FixtureRequest) -> dict[Look, str]:
    """Every look that the ontology gives a node, with one class that has it."""
    vocabulary: Vocabulary = request.getfixturevalue("vocabulary")
    found: dict[Look, str] = {}
    for kind in vocabulary.kinds.values():
        style = kind.style
        drawn = kind.drawn_as == "node" if kind.is_a(RG + "Relationship") else kind.is_a(RG + "Entity")
        if drawn and style.color and style.shape:
            found.setdefault((style.shape, style.color, style.filled), kind.name)
            if style.home_color:
                found.setdefault((style.shape, style.home_color, style.filled), f"home {kind.name}")
    return found


def rgb(color: str) -> list[float]:
    return [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def difference(a: str, b: str, eyes: str) -> float:
    """ΔE 1976 as these eyes see it."""
    seen = []
    for color in (a, b):
        value = rgb(color)
        if eyes != "normal":
            space = {"name": "sRGB1+CVD", "cvd_type": eyes, "severity": 100}
            value = [min(1.0, max(0.0, part)) for part in cspace_convert(value, space, "sRGB1")]
        seen.append(cspace_convert(value, "sRGB1", "CIELab"))
    return math.dist(*seen)


def test_every_sign_and_every_line_stands_out_three_to_one(looks: dict[Look, str]) -> None:
    colors = {color for _, color, _ in looks}
    assert len(looks) > 10
    colors |= {style[key] for style in LINE_STYLES.values() for key in ("color", "faded")} | {"#005FCC"}
    assert {color: contrast(color) for color in colors if contrast(color) < 3} == {}


def test_names_are_readable_on_white_and_on_the_ground_of_their_sector(looks: dict[Look, str]) -> None:
    for _, color, _ in looks:
        tint = "#" + "".join(f"{round(255 - (1 - part) * 255 * 0.075):02X}" for part in rgb(color))
        assert contrast(ink(color)) >= 4.5 and contrast(ink(color), tint) >= 4.5
    assert ink("#3B0764") == "#3B0764"


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000") == pytest.approx(21)
    assert contrast("#777777") == pytest.approx(4.48, abs=0.01)
    assert contrast("#FFFFFF", "#FFFFFF") == pytest.approx(1)


@pytest.mark.parametrize("eyes", EYES)
def test_what_has_one_shape_and_fill_differs_in_colour_for_these_eyes(
    looks: dict[Look, str], eyes: str
) -> None:
    close = [
        (looks[a], looks[b], round(difference(a[1], b[1], eyes)))
        for a, b in combinations(sorted(looks), 2)
        if (a[0], a[2]) == (b[0], b[2]) and difference(a[1], b[1], eyes) < 20
    ]
    assert close == []


def test_lines_differ_in_more_than_colour() -> None:
    drawn = {
        (tuple(style["dashes"]), style["width"]) for name, style in LINE_STYLES.items() if name != "uncertain"
    }
    assert len(drawn) == len(LINE_STYLES) - 1  # the uncertain one has its sign
