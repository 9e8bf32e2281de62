"""The map as a picture, the parts of it that a command draws, and what it says to a wrong request."""

from __future__ import annotations

import math
import struct
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from map_city import city, grown, slug
from running import City

from relgraph.cli import cli
from relgraph.errors import RelgraphError, UsageError
from relgraph.views import lettering
from relgraph.views.map import Bilingual, Layout, MapData, place, unpack
from relgraph.views.map.focus import around, of_types
from relgraph.views.map.picture import alt_text, picture
from relgraph.views.map.raster import png
from relgraph.views.map.routes import along, detour
from relgraph.views.map.told import only, types_called

SVG = "{http://www.w3.org/2000/svg}"


def drawn(data: MapData, **options: Any) -> ET.Element:
    return ET.fromstring(picture(data, place(data, centre=options.get("focus", "")), **options))


def said(svg: ET.Element) -> str:
    return " ".join("".join(text.itertext()) for text in svg.iter(f"{SVG}text"))


# ---- the picture -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_it_holds_every_party_and_says_what_it_is(lang: str) -> None:
    data = city()
    svg = drawn(data, lang=lang)
    text = said(svg)
    for node in data.nodes:
        assert node.label.get(lang).split()[0] in text
    for words in (data.title, data.as_of, data.sources[0].name, data.types[3].plural):
        assert words.get(lang)[1:] in text
    assert svg.get("lang") == lang and svg.get("role") == "img"
    title, description = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert title is not None and title.text == data.title.get(lang)
    assert description is not None and description.text == alt_text(data, lang)
    assert svg.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


def test_each_relationship_is_a_line_and_each_open_question_a_sign() -> None:
    data = city()
    lines = [p for p in drawn(data).iter(f"{SVG}path") if p.get("fill") == "none"]
    assert len(lines) == len(data.edges)
    unsettled = [e for e in data.edges if e.unsettled]
    assert said(drawn(data)).split().count("?") == len(unsettled) + 1 > 1  # and one in the legend


def heads(svg: ET.Element) -> list[ET.Element]:
    return [
        p for p in svg.iter(f"{SVG}path") if len(str(p.get("d")).split("L")) == 3 and "Z" in str(p.get("d"))
    ]


def test_what_surrounds_one_party_has_arrow_heads_however_much_it_is() -> None:
    data = grown(city(), 60)
    data = replace(data, edges=tuple(replace(edge, directed=True) for edge in data.edges))
    part = around(data, "ekvik")
    assert len(part.nodes) > 90
    plain = replace(part, edges=tuple(replace(edge, directed=False) for edge in part.edges))
    assert len(heads(drawn(part, focus="ekvik"))) - len(heads(drawn(plain, focus="ekvik"))) == len(part.edges)
    assert len(heads(drawn(part))) == len(heads(drawn(plain)))  # all of it at once is too much for them
    few = around(data, slug("Eurovik"))
    assert len(heads(drawn(few, focus=slug("Eurovik")))) >= len(few.edges)


def test_twice_the_same_bytes_in_any_order() -> None:
    data = city()
    turned = replace(data, edges=data.edges[::-1], types=data.types[::-1])
    assert picture(data, place(data)) == picture(turned, place(turned))


def test_nothing_lies_outside_the_sheet() -> None:
    svg = drawn(grown(city(), 100))
    left, top, width, height = map(float, str(svg.get("viewBox")).split())
    for circle in svg.iter(f"{SVG}circle"):
        assert left <= float(str(circle.get("cx"))) <= left + width
    for text in svg.iter(f"{SVG}text"):
        half = lettering.width("".join(text.itertext()), float(str(text.get("font-size"))))
        x, before = float(str(text.get("x"))), half / 2 if text.get("text-anchor") == "middle" else 0
        assert left <= x - before and x - before + half <= left + width + 1
        assert top <= float(str(text.get("y"))) <= top + height


def test_a_node_without_a_place_or_another_arrangement_is_refused() -> None:
    with pytest.raises(ValueError, match="no position"):
        picture(city(), Layout({}))
    with pytest.raises(ValueError, match="'rings'"):
        picture(city(), place(city()), arrangement="rings")


def test_a_picture_of_one_party_names_it_and_the_kinds_of_its_relationships() -> None:
    data = around(city(), slug("Eurovik"), 1, most=15)
    assert len(data.nodes) <= 15
    text = said(drawn(data, focus=slug("Eurovik")))
    assert "Eurovik" in text and "ansvar" in text and "Riverton" not in text


def test_letters_have_the_width_that_the_font_gives_them() -> None:
    assert lettering.width("iiii", 12) < lettering.width("mmmm", 12) < lettering.width("mmmm", 12, 600)
    assert lettering.width("港口", 12) == 24
    assert lettering.covers("Łódkowo ’Ž’ Εὐ".replace("ὐ", "υ")) and not lettering.covers("港口")


def test_on_a_small_map_no_line_runs_through_a_glyph_that_it_does_not_join() -> None:
    data = around(city(), slug("Eurovik"))
    a, b, between = "ekvik", slug("Eurovik"), slug("Žilava")
    at = {node.id: (500 + 90 * i, 500) for i, node in enumerate(data.nodes)}
    layout = Layout({**at, a: (0, 0), b: (300, 40), between: (150, 22)})
    edge = next(edge for edge in data.edges if {edge.source, edge.target} == {a, b})
    drawing = ET.fromstring(picture(replace(data, edges=(edge,)), layout, focus=b))
    [path] = [
        p for p in drawing.iter(f"{SVG}path") if p.get("fill") == "none" and p.get("d", "")[:2] != "M6"
    ][:1]
    pairs = [point.split() for point in str(path.get("d"))[1:].split("L")]
    points = [(float(x), float(y)) for x, y in pairs]
    nearest = min(math.dist(along(points, i / 600), (150, 22)) for i in range(601))
    assert 10 + 2 < nearest < 60
    assert detour((0, 0), (100, 0), []) == 0 == detour((0, 0), (100, 0), [(50, 20, 10)])
    assert detour((0, 0), (100, 0), [(50, 1, 3)]) != 0
    assert detour((0, 0), (100, 0), [(50, 0, 90)]) == 0  # no way round


def test_a_png_is_twice_the_size_and_shows_its_text() -> None:
    data = around(city(), slug("Eurovik"))
    svg = picture(data, place(data))
    image = png(svg)
    width, height = (int(str(ET.fromstring(svg).get(side))) for side in ("width", "height"))
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", image[16:24]) == (2 * width, 2 * height)
    assert png(svg) == image
    assert len(png(svg.replace(">Eurovik<", "><"))) < len(image)  # the name leaves traces


# ---- awkward data ------------------------------------------------------------------------------------------


def alone(data: MapData) -> MapData:
    return replace(data, nodes=data.nodes[:1], edges=(), ties=())


def looped(data: MapData) -> MapData:
    return replace(data, edges=(replace(data.edges[0], target=data.edges[0].source),))


def parallel(data: MapData) -> MapData:
    edge = data.edges[0]
    return replace(data, edges=tuple(replace(edge, id=f"{edge.id}-{i}") for i in range(200)))


def called(name: str) -> Callable[[MapData], MapData]:
    return lambda data: replace(data, nodes=tuple(replace(n, label=Bilingual(name)) for n in data.nodes))


AWKWARD: dict[str, Callable[[MapData], MapData]] = {
    "empty": lambda data: replace(alone(data), nodes=()),
    "one-node": alone,
    "no-relationships": lambda data: replace(data, edges=(), ties=()),
    "to-itself": looped,
    "200-parallel": parallel,
    "10,000-characters": called("å" * 10_000),
    "chinese": called("连云港市人民政府外事办公室"),
    "arabic": called("بلدية الإسكندرية الكبرى"),
    "control": called("bell \x07 and \ud800 alone & <b>"),
    "no-words": called(" "),
}


@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_data_give_a_whole_picture(name: str) -> None:
    data = AWKWARD[name](city())
    for arrangement in ("sectors", "places"):
        svg = drawn(data, arrangement=arrangement)
        width, height = float(str(svg.get("width"))), float(str(svg.get("height")))
        assert 300 < width < 9000 and 150 < height < 9000
        assert data.title.sv in said(svg)
    lines = [p for p in svg.iter(f"{SVG}path") if p.get("fill") == "none"]
    assert len(lines) == len(data.edges)


def test_200_parallel_lines_lie_apart_and_near() -> None:
    data = parallel(city())
    at = place(data).positions
    middles = set()
    for path in drawn(data).iter(f"{SVG}path"):
        points = [tuple(map(float, point.split())) for point in str(path.get("d"))[1:].split("L")]
        if path.get("fill") == "none":
            middles.add(points[len(points) // 2])
            assert max(abs(x) for x, _ in points) < max(abs(x) for x, _ in at.values()) + 500
    assert len(middles) == 200


# ---- parts -------------------------------------------------------------------------------------------------


def test_around_a_party_are_its_neighbours_and_the_other_parties_of_what_joins_them() -> None:
    near = around(city(), slug("Haicheng"))
    assert near.node_ids == {slug("Haicheng"), "ekvik", "hamnstadga"}
    assert {e.id for e in near.edges} == {
        "ekvik-haicheng",
        "ekvik-haicheng-talks",
        "hamnstadga",
        "hamnstadga~2",
    }
    # beyond the first step nothing leads through the city
    assert slug("Riverton") not in around(city(), slug("Haicheng"), 3).node_ids
    assert slug("Riverton") in around(city(), "ekvik").node_ids
    with pytest.raises(ValueError, match="nobody"):
        around(city(), "nobody")


def test_a_part_of_limited_size_holds_no_relationship_without_its_parties() -> None:
    data = city()
    for most in (4, 8, 15):
        part = around(data, "ekvik", most=most)
        assert most - 2 <= len(part.nodes) <= most
        for node in part.nodes:
            if node.type == "Agreement":
                assert sum(node.id in (edge.source, edge.target) for edge in part.edges) > 1
    assert "hamnstadga" in around(data, slug("Haicheng"), most=3).node_ids
    assert around(data, slug("Haicheng"), most=2).node_ids == {slug("Haicheng"), "ekvik"}


def test_types_keep_the_city_and_what_joins_them() -> None:
    part = of_types(city(), {"City"})
    # cities, and their agreements with each other and with the city: relationships, and no other parties
    assert {n.type for n in part.nodes} == {"City", "HomeCity", "Agreement"}
    assert "vanortsavtal-nord" in part.node_ids
    networks = of_types(city(), {"Network"})
    assert {n.type for n in networks.nodes} == {"Network", "HomeCity"}  # no agreement that has lost a party


# ---- the command -------------------------------------------------------------------------------------------


def run(built: City, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--project", str(built.root), "map", *arguments])


@pytest.mark.parametrize(
    ("arguments", "starts"),
    [
        (["--format", "svg"], b"<svg"),
        (["--format", "png", "--focus", "Aberhaven"], b"\x89PNG"),
        (["--format", "svg", "--focus", "Aberhafen", "--depth", "2", "--lang", "en"], b"<svg"),
        (["--year", "1700"], b"<!DOCTYPE html>"),
        (["--type", "städer", "--format", "svg"], b"<svg"),
    ],
)
def test_it_draws_what_is_asked_for(built: City, arguments: list[str], starts: bytes) -> None:
    done = run(built, *arguments, "-o", "-")
    assert done.exit_code == 0, done.output
    assert done.stdout_bytes.startswith(starts)


def test_the_ending_of_the_file_tells_the_format(built: City, tmp_path: Path) -> None:
    assert run(built, "-o", str(tmp_path / "karta.svg")).exit_code == 0
    assert (tmp_path / "karta.svg").read_text(encoding="utf-8").startswith("<svg")


def test_a_year_keeps_what_may_hold_marks_it_and_says_so(built: City) -> None:
    whole = unpack(run(built, "-o", "-").stdout)
    data = unpack(run(built, "--year", "1700", "-o", "-").stdout)
    assert 0 < len(data["edges"]) < len(whole["edges"])
    assert "1700" in data["page"]["asOf"]["sv"] and "1700" in data["page"]["asOf"]["en"]
    for edge in data["page"]["edges"]:
        note = data["page"]["said"][edge.get("said", 0)].get("n")
        assert "Möjligen." in note["sv"] and "Possibly." in note["en"]


@pytest.mark.parametrize(("lang", "told"), [("sv", "inga relationer"), ("en", "no relationships")])
def test_a_year_without_anything_is_told_and_drawn(
    built_copy: City, tmp_path: Path, lang: str, told: str
) -> None:
    built_copy.add(
        '- id: nybo\n  type: City\n  name: {sv: Nybo, en: Nybo}\n  source: [{document: ar2030, section: "1",'
        " range: [84, 115]}]\n- id: avtal-nybo\n  type: CooperationAgreement\n  name: {sv: A, en: P}\n"
        '  party: [lindvik, nybo]\n  from: 2001\n  to: 2005\n  source: [{document: ar2030, section: "1",'
        " range: [84, 115]}]\n"
    )
    for name in ("k.html", "k.svg", "k.png"):
        file = tmp_path / name
        done = run(built_copy, "--focus", "Nybo", "--year", "1850", "--lang", lang, "-o", str(file))
        assert done.exit_code == 0 and told in done.stderr and "1850" in done.stderr
        assert run(built_copy, "--focus", "Nybo", "--year", "2003", "-o", str(file)).stderr == ""
        assert run(built_copy, "--focus", "Nybo", "--year", "1850", "-o", str(file)).exit_code == 0
        assert file.stat().st_size > 1000
    assert "Kartan innehåller inga relationer" in (tmp_path / "k.svg").read_text(encoding="utf-8")
    carried = unpack((tmp_path / "k.html").read_text(encoding="utf-8"))
    assert ([node["id"] for node in carried["nodes"]], carried["edges"]) == (["nybo"], [])
    assert "1850" in carried["page"]["asOf"]["sv"] and carried["page"]["focus"] == "nybo"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--focus", "Aberhavn", "-o", "-"], "Aberhaven"),
        (["--focus", "Nowhere at all", "-o", "-"], "Nowhere at all"),
        (["--type", "citys", "-o", "-"], "did you mean 'City'?"),
        (["--depth", "2", "-o", "-"], "--depth needs --focus"),
        (["--depth", "1", "--format", "svg", "-o", "-"], "--depth needs --focus"),
        (["--year", "20x", "-o", "-"], "--year"),
        (["--year", "2019", "--as-of", "2019", "-o", "-"], "exclude"),
        (["--arrangement", "places", "-o", "-"], "coordinates"),
        (["--open", "-o", "-"], "--open"),
        ([], "-o FILE"),
    ],
)
def test_a_wrong_request_is_a_usage_error_that_helps(built: City, arguments: list[str], said: str) -> None:
    done = run(built, *arguments)
    assert isinstance(done.exception, RelgraphError) and done.exception.exit_code == 2
    assert said in f"{done.exception.message} {done.exception.hint}"


@pytest.mark.parametrize(
    ("name", "form", "said"),
    [
        ("t.pdf", "", "'.pdf' let it end in .html, .htm, .svg or .png"),
        ("t.SVGZ", "", "'.svgz'"),
        ("t.pdf", "svg", "'.pdf'"),
        ("t.svg", "png", "--format png and -o"),
        ("t.html", "svg", "--format svg and -o"),
    ],
)
def test_a_file_of_another_name_is_refused_and_not_written(
    built: City, tmp_path: Path, name: str, form: str, said: str
) -> None:
    asked = ["--format", form] if form else []
    done = run(built, *asked, "-o", str(tmp_path / name))
    assert isinstance(done.exception, RelgraphError) and done.exception.exit_code == 2
    assert said in f"{done.exception.message} {done.exception.hint}"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "form", "starts"),
    [
        ("t.htm", "", b"<!DOCTYPE"),
        ("T.SVG", "", b"<svg"),
        ("t", "", b"<!DOCTYPE"),
        ("t", "svg", b"<svg"),
        ("t.svg", "svg", b"<svg"),
    ],
)
def test_a_file_of_a_fitting_name_is_written(
    built: City, tmp_path: Path, name: str, form: str, starts: bytes
) -> None:
    asked = ["--format", form] if form else []
    assert run(built, *asked, "--focus", "Aberhaven", "-o", str(tmp_path / name)).exit_code == 0
    assert (tmp_path / name).read_bytes().startswith(starts)


@pytest.mark.parametrize(
    ("name", "lang", "meant", "first"),
    [
        ("stäedr", "sv", "'Städer'", "Förvaltningar; Städer; Nätverk"),
        ("Cites", "sv", "'Cities'", "Förvaltningar; Städer; Nätverk"),
        ("netwrk", "en", "'Network'", "Departments; Cities; Networks"),
        ("fisk", "sv", "", "Förvaltningar; Städer; Nätverk"),
    ],
)
def test_an_unknown_type_is_told_what_may_be_written_the_nearest_first(
    name: str, lang: str, meant: str, first: str
) -> None:
    with pytest.raises(UsageError, match=name) as raised:
        types_called(city(), ["stad", name], lang)
    hint = str(raised.value.hint)
    assert hint.startswith(f"did you mean {meant}" if meant else "the types are")
    assert f"the types are: {first}" in hint
    assert "HomeCity" not in hint and "the city;" not in hint.casefold() and "staden;" not in hint.casefold()


@pytest.mark.parametrize("written", ["städer", "stader", "Stad", "City", "cities"])
def test_a_type_is_called_by_any_of_its_names(written: str) -> None:
    assert [kind.name for kind in types_called(city(), [written, written], "sv")] == ["City"]


def test_a_map_of_some_types_says_so(built: City) -> None:
    kinds = city().ordered_types()
    part = only(of_types(city(), {"City"}), kinds[2:3])
    assert part.title.sv == "Ekviks internationella relationer: bara Städer"
    assert part.title.en == "International relations of Ekvik: only Cities"
    assert "bara Städer" in said(drawn(part)) and "bara Städer" in str(drawn(part).find(f"{SVG}title").text)  # type: ignore[union-attr]
    assert only(city(), kinds[1:5]).title.sv.endswith(": bara Förvaltningar; Städer; Nätverk; Arbetsgrupper")
    assert only(city(), kinds[1:7]).title.sv.endswith(": bara Förvaltningar; Städer; Nätverk och 3 till")
    assert only(city(), kinds[1:7]).title.en.endswith(": only Departments; Cities; Networks and 3 more")
    for arguments in (["--type", "städer"], ["--type", "cities", "--focus", "Aberhaven"]):
        page = unpack(run(built, *arguments, "-o", "-").stdout)["page"]
        assert page["title"]["sv"].endswith("bara Städer") and page["title"]["en"].endswith("only Cities")
        svg = run(built, *arguments, "--format", "svg", "-o", "-").stdout
        assert "bara Städer" in svg


def test_the_title_of_a_part_round_a_party_names_both_and_the_date_is_whole(built: City) -> None:
    asked = ["--focus", "Aberhaven", "--year", "2018", "--format", "svg", "-o", "-"]
    text = said(ET.fromstring(run(built, *asked, "--type", "städer").stdout))
    assert ": Aberhaven, bara Städer" in text
    assert "Under 2018: det som säkert gällde då, och det som möjligen gällde, märkt (möjligen)" in text
    assert "märkt (möjligen)" in said(ET.fromstring(run(built, *asked).stdout))


def test_the_legend_has_the_words_of_the_page() -> None:
    data = city()
    few = around(data, slug("Haicheng"))
    assert Counter(node.type for node in few.nodes)["City"] == 1
    assert "Städer" in said(drawn(few)).split() and "Stad" not in said(drawn(few)).split()


def test_a_fresh_layout_is_written_and_the_next_build_makes_the_map_by_it(built_copy: City) -> None:
    layout = built_copy.root / "graph" / "layout.csv"
    before = layout.read_text(encoding="utf-8")
    layout.write_text(before.replace(",0,0\n", ",40,40\n"), encoding="utf-8")
    assert run(built_copy, "--relayout").exit_code == 0
    assert layout.read_text(encoding="utf-8") == before
