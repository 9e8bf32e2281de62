"""What the browser really draws: labels, lines and ground, at every size and zoom."""

from __future__ import annotations

import math
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from browser import opened
from map_city import city, grown, slug
from running import COMMAND, ROOT, process
from test_map_page import overlapping
from test_map_picture import AWKWARD

from relgraph.views.map import MapData, place, render
from relgraph.views.map.styles import CROWD, LINE_STYLES, strength

ZOOMS = (0.15, 0.4, 0.8, 1.6, 3.0)
PAUSE = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def written(folder: Path, data: MapData, view: str = "map") -> Path:
    made = folder / "map.html"
    made.write_text(render(data, place(data), view=view), encoding="utf-8")
    return made


def labels(page: Any, what: str = "node") -> list[dict[str, Any]]:
    page.evaluate(PAUSE)
    return [one for one in page.evaluate("relgraph.drawnLabels()") if one["what"] == what]


def on_paper(page: Any) -> int:
    """How many px of the canvas are as dark as text: what is told to be drawn must be there."""
    found: int = page.evaluate(
        """() => { const canvas = document.querySelector('#map canvas');
          const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          let dark = 0;
          for (let i = 0; i < data.length; i += 4)
            dark += data[i + 3] > 127 && data[i] < 60 && data[i + 1] < 70 && data[i + 2] < 90;
          return dark; }"""
    )
    return found


# ---- labels ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("nodes", "least"), [(90, 0.7 * 90), (300, 50)])
def test_labels_are_many_and_none_stands_on_another(
    browser: Any, tmp_path: Path, nodes: int, least: float
) -> None:
    data = grown(city(), nodes - len(city().nodes))
    assert len(data.nodes) == nodes
    with opened(browser, written(tmp_path, data), width=1440, height=900) as (page, seen):
        drawn = labels(page)
        assert len(drawn) >= least
        everything = page.evaluate("relgraph.drawnLabels()")
        assert overlapping(everything) == []
        assert seen.complaints == []
        ink = on_paper(page)
        # hiding the labels must be seen: their letters are what is dark
        page.evaluate("() => { relgraph.labels.draw = () => {}; relgraph.network.redraw(); }")
        page.evaluate(PAUSE)
        assert ink - on_paper(page) > 25 * len(drawn)


SIZES = ((1280, 720), (1440, 900), (1920, 1080))
# map and view: the least number of node labels when all is shown, at each of these sizes
LEAST = {
    ("malmo", "map"): (50, 85, 120),
    ("malmo", "places"): (12, 15, 18),
    ("fictional", "map"): (40, 40, 40),
    ("fictional", "places"): (8, 10, 11),
    ("generated", "map"): (20, 50, 120),
    ("generated", "places"): (1, 1, 1),  # there one party alone has coordinates, and the city
}


@pytest.fixture(scope="module")
def maps(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The committed map, the fictional city with coordinates, and one that is generated (327 nodes)."""
    plain = city()
    somewhere = {n.id: (40.0 + i % 17, i * 13.0 % 60 - 20) for i, n in enumerate(plain.nodes) if i % 3 == 0}
    nodes = tuple(replace(node, place=somewhere.get(node.id)) for node in plain.nodes)
    folder = tmp_path_factory.mktemp("maps")
    lindvik = folder / "lindvik"
    made = [sys.executable, str(ROOT / "bench" / "generate.py"), "--relationships", "520", str(lindvik)]
    assert process(made, cwd=folder).code == 0
    drawn = process([str(COMMAND), "map", "-o", "map.html"], cwd=lindvik)
    assert drawn.code == 0, drawn.err
    return {
        "malmo": ROOT / "exports" / "map.html",
        "fictional": written(folder, replace(plain, nodes=nodes)),
        "generated": lindvik / "map.html",
    }


# the letters of each label but those of the first two (the city, the chosen), and what they stand on
# the names of sectors and of the best connected may cover the small nodes of relationships, no other glyph
ON_GLYPHS = """() => {
  const scale = relgraph.network.getScale();
  const {nodes, degree, page, isRelation} = relgraph.model;
  const rank = (node) => (page.types[node.type].between ? 0 : degree(node));
  const named = [...nodes.values()].filter((node) => relgraph.nodeShown(node) && !relgraph.waits(node.id));
  const hubs = new Set(named
    .sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1)).slice(0, 25).map(({id}) => id));
  const large = (label) => !relgraph.lit() && (label.what === "type" || hubs.has(label.id));
  const glyphs = [...nodes.values()].filter(relgraph.nodeShown).map((node) => {
    const {x, y} = relgraph.network.canvasToDOM(node);
    return {id: node.id, x, y, r: relgraph.radius(node.id) * scale, small: isRelation(node)};
  });
  return relgraph.drawnLabels().filter(({id}) => id !== relgraph.model.page.home).flatMap((b) =>
    glyphs.filter(({x, y, r, small}) => !(small && large(b)) && b.x + 1 < x + r && x - r < b.x + b.w - 1
      && b.y + 1.5 < y + r && y - r < b.y + b.h - 1.5).map(({id}) => [b.text, id]));
}"""


@pytest.mark.parametrize(("name", "view"), LEAST)
def test_labels_overlap_at_no_zoom_and_no_size_and_nothing_is_clipped(
    browser: Any, maps: dict[str, Path], name: str, view: str
) -> None:
    for (width, height), least in zip(SIZES, LEAST[name, view], strict=True):
        with opened(browser, maps[name], fragment=f"#view={view}", width=width, height=height) as (page, _):
            w, h = page.evaluate("[map.clientWidth, map.clientHeight]")
            shown = labels(page)
            assert len(shown) >= least, (width, len(shown))
            for one in shown + labels(page, "type"):
                assert one["x"] >= 0 and one["y"] >= 0, one
                assert one["x"] + one["w"] <= w and one["y"] + one["h"] <= h, one
            # every type has its name, in the tray too
            named = {one["id"] for one in labels(page, "type")}
            types = page.evaluate("relgraph.model.page.types.map((type) => type.name)")
            headings = set(page.evaluate("relgraph.hulls.headings().map(({id}) => id)")) & {"tray", *types}
            assert headings - named == set() != headings
            spots = page.evaluate(
                "[...relgraph.model.nodes.values()].map((node) => relgraph.network.canvasToDOM(node))"
            )
            assert all(4 <= p["x"] <= w - 4 and 4 <= p["y"] <= h - 4 for p in spots)
            for zoom in ZOOMS:
                # at the city, for beside the globe there may be nothing to name
                page.evaluate(f"relgraph.network.moveTo({{scale: {zoom}, position: {{x: 0, y: 0}}}})")
                shown = labels(page)
                assert shown or least == 1  # a single party may be out of sight
                assert overlapping(page.evaluate("relgraph.drawnLabels()")) == []
                assert {one["h"] % 15 for one in shown} <= {0}  # 12 px on a line of 15, at any zoom
                assert page.evaluate(ON_GLYPHS) == []


def test_the_home_city_and_what_is_chosen_are_named_first(browser: Any) -> None:
    with opened(browser, ROOT / "exports" / "map.html") as (page, _):
        for zoom in (0.05, 0.15, 0.6):
            page.evaluate(f"relgraph.network.moveTo({{scale: {zoom}, position: {{x: 0, y: 0}}}})")
            assert labels(page)[0]["id"] == page.evaluate("relgraph.model.page.home")
        page.evaluate("relgraph.state.set({sel: 'eurocities'})")
        assert labels(page)[0]["id"] == "eurocities"


# ---- lines -------------------------------------------------------------------------------------------------


def test_200_parallel_lines_lie_apart(browser: Any, tmp_path: Path) -> None:
    data = AWKWARD["200-parallel"](city())
    with opened(browser, written(tmp_path, data)) as (page, _):
        middles = page.evaluate(
            """Object.values(relgraph.network.body.edges).map((edge) => edge.edgeType.getPoint(0.5))
              .map(({x, y}) => `${x.toFixed(1)} ${y.toFixed(1)}`)"""
        )
        assert len(set(middles)) == len(data.edges) == 200


def test_a_direction_has_an_arrow_head_round_what_is_chosen(browser: Any, tmp_path: Path) -> None:
    data = city()
    edges = tuple(replace(edge, directed=True) for edge in data.edges)
    dark = []
    for one in (data, replace(data, edges=edges)):
        made = written(tmp_path, one)
        with opened(browser, made, fragment=f"#sel={slug('Eurovik')}") as (page, _):
            page.evaluate("relgraph.labels.draw = () => {}; relgraph.network.redraw()")
            page.evaluate(PAUSE)
            dark.append(page.evaluate("document.querySelector('#map canvas').toDataURL()"))
    assert dark[0] != dark[1]


# ---- arrangements ------------------------------------------------------------------------------------------


def test_by_places_nodes_stand_where_python_put_them_and_come_back(browser: Any) -> None:
    with opened(browser, ROOT / "exports" / "map.html") as (page, seen):
        at = (
            "relgraph.carried.nodes.map(({id}) => [relgraph.model.node(id), relgraph.network.body.nodes[id]])"
        )
        both = f"{at}.flatMap(([a, b]) => [a.x, a.y, b.x, b.y])"
        before = page.evaluate(both)
        page.click("#view-places")
        flat = page.evaluate("relgraph.model.page.places.at")
        twice = [part for i in range(0, len(flat), 2) for part in (flat[i], flat[i + 1]) * 2]
        assert page.evaluate(both) == twice != before
        page.click("#view-map")
        assert page.evaluate(both) == before
        assert seen.complaints == []


def test_without_coordinates_there_is_no_button_for_places(browser: Any, tmp_path: Path) -> None:
    with opened(browser, written(tmp_path, city()), fragment="#view=places") as (page, seen):
        assert page.is_hidden("#view-places")
        assert len(labels(page)) > 20 and seen.complaints == []


# ---- awkward data ------------------------------------------------------------------------------------------


def test_awkward_data_give_a_sensible_page(browser: Any, tmp_path: Path) -> None:
    for name, change in AWKWARD.items():
        data = change(city())
        with opened(browser, written(tmp_path, data)) as (page, seen):
            assert (name, seen.complaints, page.is_hidden("#error")) == (name, [], True)
            assert page.is_visible("#map-empty") == (not data.edges)
            assert overlapping(page.evaluate("relgraph.drawnLabels()")) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= 1280
            page.click("#view-table")
            assert len(page.query_selector_all("#table-view tbody tr")) == len(data.edges)


# ---- scale -------------------------------------------------------------------------------------------------


def test_a_large_map_folds_parts_into_their_wholes_until_asked(browser: Any, tmp_path: Path) -> None:
    data = grown(city(), 560)
    parts = [node.id for node in data.nodes if node.type == "Forum"]
    nodes = tuple(replace(n, folds_into=slug("Eurovik") if n.id in parts else "") for n in data.nodes)
    with opened(browser, written(tmp_path, replace(data, nodes=nodes))) as (page, seen):
        shown = "relgraph.drawn.nodes.get().filter((node) => !node.hidden).map((node) => node.id)"
        assert not set(parts) & set(page.evaluate(shown))
        page.evaluate(
            f"relgraph.network.moveTo({{scale: 1.5, position: relgraph.model.node('{slug('Eurovik')}')}})"
        )
        assert f"(+{len(parts)})" in next(x["text"] for x in labels(page) if x["id"] == slug("Eurovik"))
        page.click("#unfold")
        assert set(parts) <= set(page.evaluate(shown))
        page.click("#unfold")
        page.evaluate(f"relgraph.state.set({{sel: '{parts[0]}'}})")
        assert parts[0] in page.evaluate(shown)
        # the table has the same lines, and the same button
        page.evaluate("relgraph.state.set({sel: ''})")
        drawn = "relgraph.drawn.edges.get().filter((edge) => !edge.hidden).map((edge) => edge.id)"
        few = set(page.evaluate(drawn))
        assert 0 < len(few) < len(data.edges)
        page.evaluate("relgraph.state.set({view: 'table'})")
        page.click("[data-go=all] >> nth=0")
        rows = "[...document.querySelectorAll('#table-view tbody tr')].map((row) => row.dataset.id)"
        assert set(page.evaluate(rows)) == few
        page.click("#table-view .unfold")
        assert set(page.evaluate(rows)) == {edge.id for edge in data.edges} == set(page.evaluate(drawn))
        assert page.evaluate("document.activeElement.className") == "plain unfold"
        assert seen.complaints == []


# ---- lines -------------------------------------------------------------------------------------------------

STRENGTHS = """() => { const seen = new Map(); const {stroke} = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.stroke = function (...path) {
    const key = `${this.strokeStyle} ${this.globalAlpha}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
    return stroke.apply(this, path);
  };
  relgraph.network.renderer._redraw();
  CanvasRenderingContext2D.prototype.stroke = stroke;
  return [...seen.keys()]; }"""


def test_in_a_crowd_of_lines_the_solid_ones_recede_until_chosen(browser: Any, tmp_path: Path) -> None:
    data = grown(city(), CROWD)
    crowd = written(tmp_path, data)
    weak = strength(len(data.edges))
    assert 0.5 < weak < 1 and strength(CROWD) == 1 and 0.08 < strength(4000) < 0.12
    solid, failed = LINE_STYLES["done"], LINE_STYLES["failed"]
    receding = f"{solid['faded'].lower()} {weak}"
    with opened(browser, crowd) as (page, _):
        drawn = page.evaluate(STRENGTHS)
        assert receding in drawn and f"{failed['faded'].lower()} 1" in drawn
        assert f"{solid['faded'].lower()} 1" not in drawn
        opacities = (
            "[...relgraph.picture().querySelectorAll('path')].map((p) => p.getAttribute('stroke-opacity'))"
        )
        assert {"1", str(weak)} <= set(page.evaluate(opacities))
        page.emulate_media(contrast="more")
        assert receding not in page.evaluate(STRENGTHS)
        page.emulate_media(contrast="no-preference")
        page.evaluate("relgraph.state.set({sel: relgraph.model.page.home})")
        page.evaluate(PAUSE)
        assert f"{solid['color'].lower()} 1" in page.evaluate(STRENGTHS)
        page.evaluate("relgraph.state.set({sel: ''})")
        page.evaluate("relgraph.state.set({types: new Set(['Network', 'City', 'Event', 'Topic'])})")
        assert page.evaluate("relgraph.visible().edges.size") <= CROWD
        assert receding not in page.evaluate(STRENGTHS)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_best_connected_are_named_on_the_overview(browser: Any, width: int, height: int) -> None:
    with opened(browser, ROOT / "exports" / "map.html", width=width, height=height) as (page, _):
        named = {one["id"] for one in labels(page)}
        foremost = page.evaluate(
            """() => { const {nodes, degree, isRelation} = relgraph.model;
              return [...nodes.values()].filter((node) => !isRelation(node))
                .sort((a, b) => degree(b) - degree(a) || (a.id < b.id ? -1 : 1))
                .slice(0, 15).map(({id}) => id); }"""
        )
        assert len(named.intersection(foremost)) >= 14


def test_what_another_record_speaks_against_has_a_sign_on_its_line(browser: Any) -> None:
    with opened(browser, ROOT / "exports" / "map.html") as (page, _):
        against = """[...relgraph.model.edges.values()]
          .filter((edge) => relgraph.model.pick(edge.sentence?.n)[0].includes('Samtidigt anges'))"""
        assert page.evaluate(f"{against}.length") > 0
        assert page.evaluate(f"{against}.filter((edge) => !relgraph.model.unsettled(edge)).length") == 0
        assert page.evaluate(
            f"{against}.every((edge) => ['uncertain', 'failed', 'dormant'].includes(edge.line))"
        )


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_signs_stand_apart(browser: Any, width: int, height: int) -> None:
    with opened(browser, ROOT / "exports" / "map.html", width=width, height=height) as (page, _):
        boxes = page.evaluate(
            """() => { const ctx = document.querySelector('#map canvas').getContext('2d');
              const signs = relgraph.overlay.marks(ctx, null);
              const {nodes, isRelation} = relgraph.model;
              const own = [...nodes.values()].filter((node) => !isRelation(node));
              const glyphs = own.map((node) => {
                const {x, y} = relgraph.network.canvasToDOM(node);
                const r = relgraph.radius(node.id) * relgraph.network.getScale();
                return {text: node.id, x: x - r, y: y - r, w: 2 * r, h: 2 * r}; });
              return [signs.map((sign) => ({text: '?', ...sign})), glyphs]; }"""
        )
        signs, glyphs = boxes
        assert len(signs) > 20
        assert len(overlapping(signs)) <= len(signs) // 10  # on lines that are too short for theirs
        assert all(
            math.hypot(a["x"] - b["x"], a["y"] - b["y"]) >= 0.9 * a["w"]
            for i, a in enumerate(signs)
            for b in signs[:i]
        )
        assert len([s for s in signs for g in glyphs if overlapping([s, g])]) <= 1


def test_on_a_narrow_screen_the_map_fills_the_width(browser: Any) -> None:
    with opened(browser, ROOT / "exports" / "map.html", fragment="#view=map", width=390, height=844) as (
        page,
        _,
    ):
        page.evaluate(PAUSE)
        sides = page.evaluate(
            "[...relgraph.model.nodes.values()].map((node) => relgraph.network.canvasToDOM(node).x)"
        )
        assert min(sides) > 0 and max(sides) < 390 and max(sides) - min(sides) > 0.8 * 390


# ---- the view ----------------------------------------------------------------------------------------------

OUTSIDE = """() => { const {clientWidth: w, clientHeight: h} = document.getElementById('map');
  const lit = relgraph.lit();
  const ids = lit ? [...lit.nodes] : [...relgraph.visible().nodes].filter(relgraph.stage.has);
  return ids.filter((id) => {
    const {x, y} = relgraph.network.canvasToDOM(relgraph.model.node(id));
    return x < 0 || y < 0 || x > w || y > h;
  }); }"""


def test_after_every_step_of_a_walk_all_of_what_is_shown_is_in_view(browser: Any) -> None:
    """With its movement, in which a view may be lost; other tests may ask for none."""
    with opened(browser, ROOT / "exports" / "map.html", width=1440, height=900) as (page, seen):
        page.emulate_media(reduced_motion="no-preference")

        def settled() -> list[str]:
            page.wait_for_timeout(450)
            page.evaluate("relgraph.network.redraw()")  # nothing that was under way may come back
            page.wait_for_timeout(60)
            found: list[str] = page.evaluate(OUTSIDE)
            return found

        assert settled() == []
        page.fill("#search", "Hong Kong")
        page.keyboard.press("Enter")
        assert page.evaluate("relgraph.state.now.sel") == "hong-kong"
        assert settled() == []
        page.click("#whole")
        assert settled() == []
        page.fill("#search", "Tangshan")
        page.keyboard.press("Enter")
        page.wait_for_timeout(80)  # and another choice while the view moves
        page.fill("#search", "Eurocities")
        page.keyboard.press("Enter")
        assert settled() == []
        for act in ("text=Två steg", "#view-table", "#view-map", "text=Närmaste"):
            page.click(act)
            if act != "#view-table":
                assert settled() == [], act
        page.click("#view-places")
        assert settled() == []
        page.click("#whole")
        assert settled() == []
        page.evaluate("relgraph.state.set({view: 'map', a: 'tangshan', b: 'iclei'})")
        assert settled() == []
        box = page.query_selector("#map").bounding_box()
        page.mouse.move(box["x"] + 30, box["y"] + 30)
        before = page.evaluate("relgraph.network.getScale()")
        page.mouse.down()
        page.mouse.move(box["x"] + 90, box["y"] + 60, steps=4)
        page.mouse.up()
        assert page.evaluate("relgraph.network.getScale()") == before
        assert seen.complaints == []


@pytest.mark.parametrize("fragment", ["", "#sel=hong-kong", "#view=places", "#a=tangshan&b=iclei"])
@pytest.mark.parametrize("sheet", [False, True])
def test_no_name_in_the_saved_picture_stands_on_another(browser: Any, fragment: str, sheet: bool) -> None:
    texts = f"""() => {{ const svg = relgraph.picture({str(sheet).lower()}); document.body.append(svg);
      const found = [...svg.querySelectorAll("text")].map((text) => {{
        const {{x, y, width, height}} = text.getBoundingClientRect();
        return {{text: text.textContent, x: x + 1, y: y + height * 0.2, w: width - 2, h: height * 0.6}}; }});
      const {{x, y, width, height}} = svg.getBoundingClientRect();
      const out = found.filter((t) => t.x < x || t.y < y || t.x + t.w > x + width || t.y + t.h > y + height);
      svg.remove(); return [found, out.map((t) => t.text)]; }}"""
    with opened(browser, ROOT / "exports" / "map.html", fragment=fragment) as (page, _):
        found, out = page.evaluate(texts)
        assert len(found) > (150 if not fragment else 8)
        assert overlapping([one for one in found if one["text"] not in "?~"]) == []
        assert out == []


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_hollow_glyphs_are_hollow_on_the_overview(browser: Any, width: int, height: int) -> None:
    made = ROOT / "exports" / "map.html"
    with opened(browser, made, fragment="#view=map", width=width, height=height) as (page, _):
        page.evaluate("() => { relgraph.labels.draw = () => {}; relgraph.network.redraw(); }")
        page.evaluate(PAUSE)
        middles = page.evaluate(
            """() => { const ctx = document.querySelector('#map canvas').getContext('2d');
              const {nodes, page: {types}, isRelation} = relgraph.model;
              const hollow = [...nodes.values()].filter((n) => !types[n.type].filled && !isRelation(n));
              return hollow.map((n) => {
                const {x, y} = relgraph.network.canvasToDOM(n);
                const [r, g, b] = ctx.getImageData(Math.round(x), Math.round(y), 1, 1).data;
                return Math.min(r, g, b); }); }"""
        )
        assert len(middles) > 80
        assert sum(least > 120 for least in middles) > 0.9 * len(middles)


def test_in_chosen_years_no_line_lies_on_a_glyph(browser: Any) -> None:
    reading = """() => { const ctx = document.querySelector('#map canvas').getContext('2d');
      const {nodes, page: {types, home}, isRelation} = relgraph.model;
      const shown = [...nodes.values()].filter((n) => types[n.type].filled && !isRelation(n) && n.id !== home
        && relgraph.nodeShown(n));
      return shown.map((n) => { const {x, y} = relgraph.network.canvasToDOM(n);
        const [r, g, b] = ctx.getImageData(Math.round(x), Math.round(y), 1, 1).data;
        return [types[n.type].color.toLowerCase(), '#' + [r, g, b].map((v) =>
          v.toString(16).padStart(2, '0')).join('')]; }); }"""
    with opened(browser, ROOT / "exports" / "map.html", fragment="#from=2019&to=2019", width=1440) as (
        page,
        _,
    ):
        page.evaluate("() => { relgraph.labels.draw = () => {}; relgraph.network.redraw(); }")
        page.evaluate(PAUSE)
        pairs = page.evaluate(reading)
        assert len(pairs) > 50
        assert [pair for pair in pairs if pair[0] != pair[1]] == []


def test_a_click_beneath_the_veil_chooses_nothing(browser: Any) -> None:
    hidden = """() => { const {edges} = relgraph.model, lit = relgraph.lit();
      const at = (p) => relgraph.network.canvasToDOM(p);
      for (const edge of edges.values()) {
        if (lit.edges.has(edge.id)) continue;
        const p = at(relgraph.network.body.edges[edge.id].edgeType.getPoint(0.5));
        const near = [...relgraph.model.nodes.values()].map(at)
          .some(({x, y}) => Math.hypot(x - p.x, y - p.y) < 40);
        if (near || relgraph.labels.at(p.x, p.y) || p.x < 50 || p.y < 50 || p.x > 600 || p.y > 500) continue;
        if (relgraph.network.getEdgeAt(p) === edge.id) return p;
      } }"""
    with opened(browser, ROOT / "exports" / "map.html", fragment="#sel=tangshan") as (page, _):
        at, corner = page.evaluate(hidden), page.evaluate("map.getBoundingClientRect().toJSON()")
        page.mouse.click(corner["left"] + at["x"], corner["top"] + at["y"])
        page.wait_for_timeout(400)
        assert page.evaluate("relgraph.state.now.sel") == ""


def test_a_glyph_without_a_name_tells_it_when_pointed_at(browser: Any) -> None:
    with opened(browser, ROOT / "exports" / "map.html") as (page, _):
        id_, name, x, y = page.evaluate(
            """() => { const {left, top} = map.getBoundingClientRect();
              const node = [...relgraph.model.nodes.values()].find((n) => relgraph.nodeShown(n)
                && !relgraph.labels.drawn(n.id) && relgraph.network.canvasToDOM(n).y > 60);
              const p = relgraph.network.canvasToDOM(node);
              return [node.id, relgraph.model.name(node), left + p.x, top + p.y]; }"""
        )
        page.mouse.move(x, y)
        assert page.get_attribute("#map", "title") == name, id_


def test_a_sector_of_which_nothing_is_shown_has_no_name(browser: Any) -> None:
    with opened(browser, ROOT / "exports" / "map.html", width=1440, height=900) as (page, _):
        assert len(labels(page, "type")) > 10
        page.evaluate("relgraph.state.set({land: new Set(['china'])})")
        shown = page.evaluate(
            """(({page, node}) => [...relgraph.visible().nodes].map((id) => page.types[node(id).type].name))
              (relgraph.model)"""
        )
        named = {one["id"] for one in labels(page, "type")}
        assert named and named <= set(shown)
