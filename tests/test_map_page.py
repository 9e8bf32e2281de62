"""The map's page, in a real browser: it asks for nothing, runs nothing foreign, and does what it says."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from browser import opened
from map_city import city, hostile, slug

from relgraph.views.map import Bilingual, MapEdge, NodeType, Sentence, carrier, place, render
from relgraph.views.map.page import SCRIPTS, STYLES, TEMPLATE
from relgraph.views.map.styles import LINE_STYLES

HAICHENG = slug("Haicheng")
NASTY = (
    "</script><script>window.x=1</script>\"><img src=x onerror='window.x=1'>&lt;b&gt; {{ 7*7 }} {# no #}"
    "\u2028\u2029\u202e]]> <!-- <script> javascript:window.x=1 "
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("map") / "karta å.html"
    made.write_text(render(city(), place(city())), encoding="utf-8")
    return made


def written(tmp_path: Path, text: str) -> Path:
    made = tmp_path / "map.html"
    made.write_text(text, encoding="utf-8")
    return made


def js(page: Any, code: str) -> Any:
    return page.evaluate(code)


def point(edge: str, part: float) -> str:
    """Where a line runs, as vis-network draws it."""
    return f"relgraph.network.body.edges['{edge}'].edgeType.getPoint({part})"


def overlapping(labels: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [
        (a["text"], b["text"])
        for i, a in enumerate(labels)
        for b in labels[:i]
        if a["x"] < b["x"] + b["w"]
        and b["x"] < a["x"] + a["w"]
        and a["y"] < b["y"] + b["h"]
        and b["y"] < a["y"] + a["h"]
    ]


# ---- the file ----------------------------------------------------------------------------------------------


def test_twice_the_same_bytes() -> None:
    assert render(city(), place(city())) == render(city(), place(city()))


def test_unknown_language_or_a_node_without_position_is_refused() -> None:
    layout = place(city())
    with pytest.raises(ValueError, match="'de'"):
        render(city(), layout, lang="de")
    with pytest.raises(ValueError, match="'ekvik'"):
        render(city(), replace(layout, positions={k: v for k, v in layout.positions.items() if k != "ekvik"}))


@pytest.mark.parametrize(
    "change",
    [
        lambda d: replace(d, nodes=d.nodes + d.nodes[:1]),
        lambda d: replace(d, edges=d.edges + d.edges[:1]),
        lambda d: replace(d, edges=(replace(d.edges[0], target="nowhere"),)),
        lambda d: replace(d, nodes=(replace(d.nodes[0], type="Nothing"),), edges=()),
        lambda d: replace(d, types=(replace(d.types[0], color="red;}"),)),
        lambda d: replace(d, types=(replace(d.types[0], shape="image"),)),
    ],
)
def test_data_that_contradict_themselves_are_refused(change: Any) -> None:
    with pytest.raises(ValueError):
        change(city())


def test_the_strings_are_the_same_in_both_languages() -> None:
    strings = json.loads((TEMPLATE / "strings.json").read_text(encoding="utf-8"))
    assert set(strings["sv"]) == set(strings["en"])
    for key, text in strings["sv"].items():
        assert text and strings["en"][key]
        assert re.findall(r"{\w+}", text) == re.findall(r"{\w+}", strings["en"][key])


def test_every_script_is_inlined_and_none_writes_markup() -> None:
    assert sorted(SCRIPTS) == sorted(p.name for p in TEMPLATE.glob("*.js"))
    assert sorted(STYLES) == sorted(p.name for p in TEMPLATE.glob("*.css"))
    code = "".join((TEMPLATE / name).read_text(encoding="utf-8") for name in SCRIPTS)
    code = code.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"(inner|outer|Adjacent)HTML|document\.write|\beval\b|fetch\(|https?://", code)


def luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def test_lines_stand_out_three_to_one_on_white_even_when_faded() -> None:
    for style in LINE_STYLES.values():
        for color in (style["color"], style["faded"]):
            assert 1.05 / (luminance(color) + 0.05) >= 3


# ---- what the browser sees ---------------------------------------------------------------------------------


@pytest.mark.parametrize("fragment", ["", "#view=table", f"#sel={HAICHENG}&lang=en"])
def test_no_request_and_no_complaint(browser: Any, file: Path, fragment: str) -> None:
    with opened(browser, file, fragment=fragment) as (page, seen):
        page.click("#lang-en")
        page.fill("#search", "lod")
        page.keyboard.press("Enter")
        assert seen.requests == []
        assert seen.complaints == []
        assert page.is_hidden("#error")


def test_the_policy_lets_nothing_foreign_run(browser: Any, file: Path) -> None:
    with opened(browser, file) as (page, seen):
        policy = page.get_attribute("meta[http-equiv=Content-Security-Policy]", "content")
        assert policy.startswith("default-src 'none'") and "unsafe" not in policy and "http" not in policy
        js(
            page,
            """() => { const s = document.createElement('script'); s.textContent = 'window.x = 1';
                            document.body.append(s); }""",
        )
        js(page, "() => { const i = new Image(); i.src = 'https://example.org/x.png'; }")
        page.wait_for_timeout(50)
        assert js(page, "window.x") is None
        assert any("Content Security Policy" in text for text in seen.complaints)
        assert seen.failures == {"https://example.org/x.png": "csp"}  # stopped by the page, not by the test


def test_the_page_holds_what_pyvis_carries(browser: Any, file: Path) -> None:
    net = carrier(city(), place(city()))
    with opened(browser, file) as (page, _):
        carried = js(page, "relgraph.carried")
        assert carried == {"nodes": net.nodes, "edges": net.edges, "options": net.options}
        assert js(page, "relgraph.drawn.nodes.get()") == net.nodes
        assert js(page, "relgraph.drawn.edges.get()") == net.edges


@pytest.mark.parametrize(
    "text", [NASTY, "شركة الميناء 港口 " * 3, "långt" * 1000], ids=["markup", "rtl", "long"]
)
def test_hostile_text_executes_nothing(browser: Any, tmp_path: Path, text: str) -> None:
    data = hostile(text)
    made = written(tmp_path, render(data, place(data)))
    states = (
        "#view=places",
        f"#sel={HAICHENG}&from=2003",
        "#sel=ekvik-eurovik",
        "#view=table",
        "#view=matrix&sel=cell:stadskontoret:eurovik",
        f"#a=eurovik&b={HAICHENG}",
        "#sel=%3Cimg%20src=x%20onerror=x%3E&types=%3Cimg%3E&a=%22&b=%27",
    )
    with opened(browser, made) as (page, seen):
        for state in ("", *states):
            js(page, f"relgraph.state.set(relgraph.state.read({state!r}))")
            page.fill("#search", "ha")
            assert js(page, "document.querySelectorAll('#hits li').length") > 0
            assert js(page, "window.x") is None
            assert js(page, "document.querySelectorAll('img, iframe, main script').length") == 0
            assert js(page, "document.documentElement.scrollWidth") <= 1280, state
            if state.startswith("#sel=haicheng"):
                assert page.text_content("#panel-heading") == "Haicheng" + text
            js(page, "relgraph.picture()")
        assert "Haicheng" in js(page, "relgraph.table.tsv()")
        page.emulate_media(media="print")
        js(page, "window.dispatchEvent(new Event('beforeprint'))")
        assert js(page, "window.x") is None
        assert (seen.requests, seen.complaints) == ([], [])


# ---- what it does ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1440, 900), (1920, 1080)])
def test_overview_labels_all_show_and_none_overlaps_or_is_clipped(
    browser: Any, file: Path, width: int, height: int
) -> None:
    with opened(browser, file, width=width, height=height) as (page, _):
        for lang in ("sv", "en"):
            page.click(f"#lang-{lang}")
            page.wait_for_timeout(40)
            labels = js(page, "relgraph.drawnLabels()")
            assert {x["id"] for x in labels if x["what"] == "node"} == {n.id for n in city().nodes}
            assert overlapping(labels) == []
            w, h = js(page, "[map.clientWidth, map.clientHeight]")
            assert all(x["x"] >= 0 and x["x"] + x["w"] <= w for x in labels)
            assert all(x["y"] >= 0 and x["y"] + x["h"] <= h for x in labels)


def test_labels_overlap_at_no_zoom(browser: Any, file: Path) -> None:
    with opened(browser, file) as (page, _):
        for scale in (0.2, 0.5, 0.8, 1.3, 2.5):
            js(page, f"relgraph.network.moveTo({{scale: {scale}}})")
            page.wait_for_timeout(40)
            labels = js(page, "relgraph.drawnLabels()")
            assert labels
            assert overlapping(labels) == []


def test_choosing_a_party_tells_its_relationships_with_their_sources(browser: Any, file: Path) -> None:
    with opened(browser, file, fragment=f"#sel={HAICHENG}") as (page, _):
        said = page.inner_text("#panel")
        assert page.text_content("#panel-heading") == "Haicheng"
        for words in (
            "Ekvik samarbetar med Haicheng.",
            "Ekviks årsrapport 2018, avsnitt 7",
            "Källan kan läsas på två sätt.",
            "Hamnstadgan slöts 1999.",
            "Stadgan slöts 1999.",
        ):
            assert words in said
        drawn = {x["id"] for x in js(page, "relgraph.drawnLabels()") if x["what"] == "node"}
        assert drawn == {HAICHENG, "ekvik", "hamnstadga"}
        page.click("#panel a:has-text('Hamnstadgan')")
        page.wait_for_selector("#panel-heading:text-is('Hamnstadgan')")  # hashchange comes a moment later
        assert page.inner_text("#panel").count("Hamnstadgan slöts 1999.") == 1
        assert js(page, "document.activeElement.id") == "panel-heading"
        page.keyboard.press("Escape")
        assert page.is_hidden("#panel")


def test_a_click_on_a_glyph_a_label_or_a_line_chooses_it(browser: Any, file: Path) -> None:
    with opened(browser, file) as (page, _):
        corner = "(({left, top}) => [left, top])(map.getBoundingClientRect())"
        left, top = js(page, corner)
        label = next(x for x in js(page, "relgraph.drawnLabels()") if x["id"] == "riverton")
        page.mouse.click(left + label["x"] + 4, top + label["y"] + label["h"] / 2)
        assert js(page, "relgraph.state.now.sel") == "riverton"
        page.wait_for_timeout(40)
        at = js(
            page,
            """Array.from({length: 80}, (_, i) => 0.1 + i / 100)
              .map((part) => relgraph.network.body.edges['ekvik-riverton'].edgeType.getPoint(part))
              .map((at) => relgraph.network.canvasToDOM(at))
              .find(({x, y}) => relgraph.network.getEdgeAt({x, y}) === 'ekvik-riverton'
                && !relgraph.labels.at(x, y) && [...relgraph.model.nodes.values()]
                  .map((node) => relgraph.network.canvasToDOM(node))
                  .every((node) => Math.hypot(node.x - x, node.y - y) > 40))""",
        )
        left, top = js(page, corner)
        page.mouse.click(left + at["x"], top + at["y"])
        assert page.inner_text("#panel").count("Ekvik samarbetar med Riverton.") == 1
        assert js(page, "relgraph.state.now.sel") == "ekvik-riverton"


def test_the_language_switch_changes_every_word(browser: Any, file: Path) -> None:
    with opened(browser, file, fragment=f"#sel={HAICHENG}") as (page, _):
        assert page.get_attribute("html", "lang") == "sv"
        page.click("#lang-en")
        assert page.get_attribute("html", "lang") == "en"
        assert page.text_content("#title") == "International relations of Ekvik"
        assert page.text_content("#as-of") == "According to the annual report for 2018"
        assert "Ekvik negotiated with Haicheng." in page.inner_text("#panel")
        # a name that has no English form stays Swedish, and says so to a screen reader
        assert page.get_attribute("#panel a:has-text('Hamnstadgan')", "lang") == "sv"
        strings = json.loads((TEMPLATE / "strings.json").read_text(encoding="utf-8"))
        shown = page.inner_text("body")
        for key in ("zoomAll", "copyLink", "filter.types", "print"):
            assert strings["en"][key] in shown and strings["sv"][key] not in shown


def test_search_finds_aliases_and_both_languages_without_diacritics(browser: Any, file: Path) -> None:
    wanted = {
        "lodko": "Łódkowo",
        "LDK": "Łódkowo",
        "ostersjo": "Östersjöprogrammet",
        "working group on": "Arbetsgruppen för rena vatten",
    }
    with opened(browser, file) as (page, _):
        for typed, found in wanted.items():
            page.fill("#search", typed)
            assert page.get_attribute("#search", "aria-expanded") == "true"
            assert page.text_content("#hits [aria-selected=true] .hit-name") == found
            page.keyboard.press("Enter")
            assert page.text_content("#panel-heading") == found
            assert js(page, "document.activeElement.id") == "panel-heading"
        page.fill("#search", "finns inte")
        told = "Inga träffar på kartan. Hela grafen söks på kommandoraden:"
        assert page.inner_text("#hits").startswith(told)
        assert page.inner_text("#hits code") == 'relgraph find "finns inte"'
        page.fill("#search", "Ågruppen")
        assert page.inner_text("#hits code") == "relgraph find Ågruppen"
        assert page.inner_text("#live").endswith("relgraph find Ågruppen")


@pytest.mark.parametrize(("lang", "told"), [("sv", "Skriv namnet"), ("en", "Type the name")])
def test_one_party_asks_which_and_chooses_none_by_itself(page: Any, lang: str, told: str) -> None:
    for before in (f"#lang={lang}", f"#lang={lang}&sel={HAICHENG}", f"#lang={lang}&a={HAICHENG}&b=riverton"):
        page.evaluate("(address) => relgraph.state.set(relgraph.state.read(address))", before)
        page.click("#whole")
        page.click("#one")
        assert js(page, "relgraph.state.now.sel") == ""
        assert js(page, "document.activeElement.id") == "search"
        assert page.is_visible("#hits") and page.inner_text("#hits").startswith(told)
        assert page.inner_text("#live").startswith(told)
        page.keyboard.press("Enter")  # the hint is nothing to choose
        assert js(page, "relgraph.state.now.sel") == ""
        page.keyboard.type("riverton")
        page.keyboard.press("Enter")
        assert js(page, "relgraph.state.now.sel") == "riverton"
        page.click("#one")  # the one chosen stays
        assert js(page, "relgraph.state.now.sel") == "riverton" and page.is_hidden("#hits")
    page.click("#whole")
    page.click("#one")
    page.click("#title")
    assert page.is_hidden("#hits")


def test_what_is_in_a_country_is_found_by_its_name_after_what_is_called_so(page: Any) -> None:
    def hits(typed: str) -> list[str]:
        page.fill("#search", typed)
        return list(page.locator("#hits .hit-name").all_inner_texts())

    page.evaluate("relgraph.state.set(relgraph.state.read(''))")
    assert hits("Norrlandet") == ["Nordå", "Kalahamn"]
    assert page.inner_text("#hits .hit-kind >> nth=0").startswith("Norrlandet · ")
    assert hits("northland") == ["Nordå", "Kalahamn"]  # in the other language, as its second word
    assert page.get_attribute("#hits .hit-kind span >> nth=0", "lang") == "en"
    called = hits("nor")
    assert called[0] == "Nordå" and called[-1] == "Kalahamn" and len(called) == 4
    assert hits("pol") == ["Łódkowo"] and hits("no")[-1] != "Kalahamn"
    assert not set(hits("landet")) & {"Kalahamn", "Nordå"}
    page.keyboard.press("Escape")


def test_a_name_in_the_other_language_is_marked_as_such_in_the_list(page: Any) -> None:
    page.evaluate("relgraph.state.set(relgraph.state.read('#lang=en'))")
    for typed, lang in (("miljöförvaltningen", "sv"), ("LDK", None)):
        page.fill("#search", typed)
        assert page.locator("#hits .hit-kind span").all_inner_texts()[0].casefold() == typed.casefold()
        assert page.get_attribute("#hits .hit-kind span >> nth=0", "lang") == lang
    page.fill("#search", "working group on")
    assert page.locator("#hits .hit-kind span").count() == 1  # what it is
    page.keyboard.press("Escape")


def test_table_rows_are_the_visible_lines_in_every_state_of_the_filter(browser: Any, file: Path) -> None:
    with opened(browser, file, fragment="#view=table") as (page, _):
        for box in ("", "types-City", "lines-failed", "types-Agreement", "types-City"):
            if box:
                page.click(f"#{box}")
            rows = js(page, "[...document.querySelectorAll('tbody tr')].map((row) => row.dataset.id).sort()")
            lines = js(page, "relgraph.drawn.edges.get().filter((e) => !e.hidden).map((e) => e.id).sort()")
            assert rows == lines and rows
        assert len(rows) < len(city().edges)
        page.click("nav button:has-text('Visa allt')")
        assert len(page.query_selector_all("tbody tr")) == len(city().edges)


def test_the_table_sorts(browser: Any, file: Path) -> None:
    with opened(browser, file, fragment="#view=table") as (page, _):
        cells = "[...document.querySelectorAll('td.years')].map((cell) => cell.textContent)"
        page.click("th.years button")
        first = js(page, cells)
        assert page.get_attribute("th.years", "aria-sort") == "ascending"
        page.click("th.years button")
        assert page.get_attribute("th.years", "aria-sort") == "descending"
        up, down = ([year for year in years if year] for years in (first, js(page, cells)))
        assert all(a <= b for a, b in pairwise(up)) and all(a >= b for a, b in pairwise(down)) and len(up) > 1


def test_opened_as_a_table_the_map_still_draws_when_asked_for(browser: Any, file: Path) -> None:
    with opened(browser, file, fragment="#view=table") as (page, _):
        page.click("#view-map")
        page.wait_for_timeout(80)
        labels = js(page, "relgraph.drawnLabels()")
        assert len([x for x in labels if x["what"] == "node"]) == len(city().nodes)


def test_by_keyboard_alone(browser: Any, file: Path) -> None:
    with opened(browser, file) as (page, _):
        for _ in range(60):
            page.keyboard.press("Tab")
            if js(page, "document.activeElement.id") == "map":
                break
        assert js(page, "document.activeElement.id") == "map"
        page.keyboard.press("ArrowRight")
        chosen = js(page, "relgraph.state.now.sel")
        assert js(page, f"relgraph.model.nodes.get('{chosen}').x") > 0
        assert page.text_content("#panel-heading") in page.text_content("#live")
        page.keyboard.press("Enter")
        assert js(page, "document.activeElement.id") == "panel-heading"
        page.keyboard.press("Escape")
        assert js(page, "[relgraph.state.now.sel, document.activeElement.id]") == ["", "map"]
        page.keyboard.press("Tab")
        assert js(page, "document.activeElement.id") == "zoom-in"


def test_at_320_px_the_table_comes_first_and_nothing_scrolls_sideways(browser: Any, file: Path) -> None:
    for fragment in ("", "#view=map", f"#sel={HAICHENG}"):
        with opened(browser, file, fragment=fragment, width=320, height=640) as (page, _):
            assert js(page, "document.documentElement.scrollWidth") == 320
            assert page.is_visible("#table-view") == (fragment != "#view=map")


def test_an_error_is_shown_instead_of_a_blank_page(browser: Any, tmp_path: Path, file: Path) -> None:
    broken = file.read_text(encoding="utf-8").replace('id="data"', 'id="data-gone"')
    made = written(tmp_path, broken)
    context = browser.new_context()
    page = context.new_page()
    page.goto(made.as_uri())
    assert page.is_visible("#error")
    assert page.locator("button:visible, input:visible, a:visible, [tabindex]:visible").count() == 0
    context.close()


def test_an_error_of_a_page_that_works_takes_nothing_from_it(browser: Any, file: Path) -> None:
    with opened(browser, file) as (page, seen):
        js(page, "setTimeout(() => { throw new Error('late'); })")
        page.wait_for_selector("#error", state="visible")
        assert page.is_visible("#map") and page.is_visible("#search") and page.is_visible("#view-table")
        assert [c for c in seen.complaints if "Content Security" in c] == []


def test_without_javascript_the_page_says_so(browser: Any, file: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    assert "Kartan behöver JavaScript" in page.inner_text("body")
    assert page.text_content("h1") == "Ekviks internationella relationer"
    # nothing that would do nothing, on screen and paper
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        assert page.locator("button:visible, input:visible, a:visible, [tabindex]:visible").count() == 0
        assert page.is_visible("noscript p >> nth=0") and page.is_visible("h1")
    context.close()


@pytest.mark.parametrize("count", [0, 1])
def test_hardly_anything_to_show(browser: Any, tmp_path: Path, count: int) -> None:
    data = replace(city(), nodes=city().nodes[:count], edges=())
    with opened(browser, written(tmp_path, render(data, place(data)))) as (page, seen):
        told = (
            "Kartan innehåller inga relationer: källorna anger inga för det som kartan gäller."
            if count
            else "Kartan innehåller inget att visa."
        )
        assert page.inner_text("#map-empty") == told
        page.click("#view-table")
        assert "0 rader" in page.inner_text("caption")
        assert seen.complaints == []


def test_parallel_lines_are_bent_apart_and_a_line_to_itself_is_drawn(browser: Any, tmp_path: Path) -> None:
    said = Sentence(Bilingual("Så är det.", "So it is."))
    many = tuple(
        MapEdge(f"p-{i:03}", *(("ekvik", HAICHENG) if i % 2 else (HAICHENG, "ekvik")), Bilingual("x"), said)
        for i in range(200)
    )
    loop = MapEdge("loop", HAICHENG, HAICHENG, Bilingual("sig själv", "itself"), said)
    data = replace(city(), edges=(*many, loop))
    made = written(tmp_path, render(data, place(data)))
    with opened(browser, made, fragment=f"#sel={HAICHENG}") as (page, seen):
        points = [js(page, point(edge.id, 0.5)) for edge in many]
        assert len({(round(p["x"], 1), round(p["y"], 1)) for p in points}) == 200
        assert seen.complaints == []


def test_a_new_kind_brings_its_own_look(browser: Any, tmp_path: Path) -> None:
    kind = NodeType("Moon", Bilingual("måne"), Bilingual("månar"), "#123456", "octagon", False, 99)
    node = replace(city().nodes[1], type="Moon")
    data = replace(city(), types=(*city().types, kind), nodes=(node,), edges=(), home="")
    with opened(browser, written(tmp_path, render(data, place(data)))) as (page, seen):
        assert "månar" in page.inner_text("#legend").lower()
        assert page.get_attribute("#legend polygon", "stroke") == "#123456"
        assert seen.complaints == []


# ---- eyes and browsers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_no_line_of_a_relationship_is_thinner_than_a_px_however_small(
    browser: Any, file: Path, width: int, height: int
) -> None:
    colors = {style[key].lower() for style in LINE_STYLES.values() for key in ("color", "faded")}
    drawn = """(colors) => { const seen = {}; const {stroke} = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.stroke = function (...path) {
        const shown = this.lineWidth * this.getTransform().a / devicePixelRatio;
        if (colors.includes(this.strokeStyle)) (seen[this.strokeStyle] ??= []).push(shown);
        return stroke.apply(this, path);
      };
      relgraph.network.renderer._redraw();
      CanvasRenderingContext2D.prototype.stroke = stroke;
      return Object.values(seen).flat(); }"""
    with opened(browser, file, width=width, height=height) as (page, _):
        for scale in (0.1, 0.4, 1, 2.5):
            js(page, f"relgraph.network.moveTo({{scale: {scale}, position: {{x: 0, y: 0}}}})")
            widths = page.evaluate(drawn, sorted(colors))
            assert widths and min(widths) > 0.99
            assert len({round(one, 2) for one in widths}) > 1  # what is done is thinner than what goes on


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_with_forced_colours_signs_and_map_stand_on_white(browser: Any, file: Path, scheme: str) -> None:
    context = browser.new_context(forced_colors="active", color_scheme=scheme, reduced_motion="reduce")
    try:
        page = context.new_page()
        page.goto(file.as_uri())
        page.wait_for_selector("html[data-ready=true]", state="attached")
        assert js(page, "matchMedia('(forced-colors: active)').matches")
        ground = "getComputedStyle(document.querySelector('{}')).backgroundColor"
        for what in ("#map", "nav .glyph", "#start .glyph"):
            assert js(page, ground.format(what)) == "rgb(255, 255, 255)", what
        # everything else is in the user's colours
        assert js(page, ground.format("#lang-en")) == js(page, ground.format("body"))
        pressed = js(page, ground.format("#lang-sv"))
        assert pressed not in (js(page, ground.format("#lang-en")), "rgb(11, 58, 111)")
    finally:
        context.close()


def test_an_older_browser_unpacks_the_data_too(browser: Any, tmp_path: Path, file: Path) -> None:
    import deflate

    with opened(browser, file) as (page, seen):
        known = js(page, "JSON.stringify([[...relgraph.model.nodes], [...relgraph.model.edges]])")
        for level in (0, 1, 9):  # stored, fixed and dynamic codes
            for plain in (b"", b"a", b"abcd" * 9000, bytes(range(256)) * 30, file.read_bytes()[-50000:]):
                packed = list(deflate.zlib_compress(plain, level))
                told = page.evaluate("(bytes) => [...relgraph.inflate(Uint8Array.from(bytes))]", packed)
                assert bytes(told) == plain
        for broken in (packed[:200], packed[:50] + [255] * 400):
            with pytest.raises(Exception, match=r"cut short|damaged"):
                page.evaluate("(bytes) => relgraph.inflate(Uint8Array.from(bytes)).length", broken)
        assert seen.complaints == []
    context = browser.new_context()
    try:
        page = context.new_page()
        page.add_init_script("delete window.DecompressionStream")
        page.goto(file.as_uri())
        page.wait_for_selector("html[data-ready=true]", state="attached")
        assert not js(page, "'DecompressionStream' in window")
        assert js(page, "JSON.stringify([[...relgraph.model.nodes], [...relgraph.model.edges]])") == known
    finally:
        context.close()
