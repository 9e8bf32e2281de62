"""The overview of a very large map by type and country: on the page and as a picture, by one rule."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from browser import opened
from map_city import city, grown, slug
from running import ROOT, City
from test_map_drawn import PAUSE, ZOOMS, labels, written
from test_map_page import overlapping

from relgraph.lookup import Lookup
from relgraph.project import find_project
from relgraph.views.map import Bilingual, MapData, place
from relgraph.views.map.builder import map_data
from relgraph.views.map.data import SEVERAL
from relgraph.views.map.overview import OTHERS, UNSTATED, fields, folded, group_of
from relgraph.views.map.picture import picture

ROWS = "[...document.querySelectorAll('#table-view tbody tr')].map((row) => row.dataset.id).sort()"
STAND_INS = {UNSTATED: "land ej angivet", SEVERAL: "flera länder", OTHERS: "övriga länder"}


def worldwide(count: int) -> MapData:
    """The city with so many more parties, in sixty countries: the lower its number, the more in it."""
    data = grown(city(), count)
    lands = [(f"land-{i:02}", Bilingual(f"Landet {i}", f"Land {i}")) for i in range(60)]

    def country(i: int) -> str:
        return ("", SEVERAL, *(id_ for id_, _ in lands))[min(i % 97, i % 61)]

    nodes = tuple(
        replace(n, country=country(i)) if n.id != data.home else n for i, n in enumerate(data.nodes)
    )
    return replace(data, nodes=nodes, countries=tuple(lands))


@pytest.fixture(scope="module")
def data() -> MapData:
    return worldwide(2960)


@pytest.fixture(scope="module")
def file(data: MapData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("overview"), data)


# ---- in which country --------------------------------------------------------------------------------------

SOURCE = 'source: [{document: ar2030, section: "1", range: [84, 115]}]'
RECORDS = "".join(
    f"- id: {id_}\n  type: {kind}\n  name: {{sv: {id_}, en: {id_}}}\n{more}  {SOURCE}\n"
    for id_, kind, more in (
        ("nordland", "Country", ""),
        ("sydland", "Country", ""),
        ("norra-kusten", "Place", "  containedInPlace: nordland\n"),
        ("kuststad", "City", "  containedInPlace: norra-kusten\n"),
        ("gransstad", "City", "  containedInPlace: [norra-kusten, sydland]\n"),
        ("ingenstans", "City", ""),
        ("massan", "Event", "  location: kuststad\n"),
        ("turnen", "Event", "  location: [kuststad, ingenstans]\n"),
        ("kontor", "OrganizationalUnit", "  unitOf: kuststad\n"),
        ("utlandskontor", "OrganizationalUnit", "  unitOf: kuststad\n  location: sydland\n"),
        ("forum-kust", "Forum", "  isPartOf: nordljus\n  location: kuststad\n"),
    )
)
EXPECTED = {
    "nordland": "nordland",
    "norra-kusten": "nordland",
    "kuststad": "nordland",
    "gransstad": SEVERAL,
    "ingenstans": "",
    "massan": "nordland",
    "turnen": "",  # of one of its places nothing is stated
    "kontor": "",  # a unit may be elsewhere than what it belongs to
    "utlandskontor": "sydland",
    "forum-kust": "nordland",
    "lindvik": "",
    # relationships with nodes of their own: by their parties beside the city
    "avtal-kust": "nordland",
    "avtal-bada": SEVERAL,
    "avtal-okand": "",
}


def test_the_country_follows_from_where_a_party_is_and_never_from_what_it_belongs_to(
    built_copy: City,
) -> None:
    built_copy.add(RECORDS, "places.yaml")
    agreements = {
        "avtal-kust": "kuststad",
        "avtal-bada": "kuststad, utlandskontor",
        "avtal-okand": "kuststad, ingenstans",
    }
    built_copy.add(
        "".join(
            f"- id: {id_}\n  type: CooperationAgreement\n  name: {{sv: {id_}, en: {id_}}}\n"
            f"  party: [lindvik, {parties}]\n  {SOURCE}\n"
            for id_, parties in agreements.items()
        ),
        "places-agreements.yaml",
    )
    project = find_project(built_copy.root)
    lookup = Lookup(project.compiled(), project.vocabulary)
    data = map_data(lookup, title={}, keep=tuple(EXPECTED))
    found = {node.id: node.country for node in data.nodes}
    assert {id_: found[id_] for id_ in EXPECTED} == EXPECTED
    assert [id_ for id_, _ in data.countries] == ["nordland", "sydland"]


# ---- the groups --------------------------------------------------------------------------------------------


def test_every_party_is_in_one_group_and_the_smallest_are_together(data: MapData) -> None:
    placed = fields(data)
    counted = {(f.type.name, b.country): b.count for f in placed for b in f.bubbles}
    assert counted == Counter(group_of(data).values())
    assert sum(counted.values()) == len(data.nodes) - 1
    alone = [group for group in counted if group[1] not in STAND_INS]
    assert len(alone) == 30 and {OTHERS, SEVERAL, UNSTATED} <= {country for _, country in counted}
    least = min(counted[group] for group in alone)
    real = Counter(
        (n.type, n.country) for n in data.nodes if n.country not in STAND_INS and n.id != data.home
    )
    assert max((size for group, size in real.items() if group not in alone), default=0) <= least


def test_no_field_stands_on_another_or_on_the_city_and_order_does_not_matter(data: MapData) -> None:
    placed = fields(data)
    boxes = [field.box for field in placed] + [(-30, -30, 60, 60)]
    for (ax, ay, aw, ah), (bx, by, bw, bh) in combinations(boxes, 2):
        assert ax + aw <= bx or bx + bw <= ax or ay + ah <= by or by + bh <= ay
    for field in placed:
        x, y, width, height = field.box
        for one in field.bubbles:
            assert x <= one.x - one.radius and one.x + one.radius < field.names < x + width
            assert y <= one.y - one.radius and one.y + one.radius <= y + height
    turned = replace(data, nodes=data.nodes[::-1], types=data.types[::-1], countries=data.countries[::-1])
    assert fields(turned) == placed


def test_nothing_but_the_city_is_no_group() -> None:
    plain = city()
    assert fields(replace(plain, nodes=plain.nodes[:1], edges=(), ties=(), derived=())) == ()


# ---- on the page -------------------------------------------------------------------------------------------


def expected(data: MapData) -> set[str]:
    """The names of all groups with their numbers, in Swedish."""
    names = {id_: name.sv for id_, name in data.countries} | STAND_INS
    return {f"{names[b.country]} ({b.count})" for f in fields(data) for b in f.bubbles}


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1440, 900), (1920, 1080)])
def test_the_overview_names_every_group_and_nothing_overlaps_or_is_clipped(
    browser: Any, data: MapData, file: Path, width: int, height: int
) -> None:
    with opened(browser, file, width=width, height=height) as (page, seen):
        assert page.evaluate("relgraph.drawn.nodes.get().length") == 0
        shown = labels(page, "type")
        assert expected(data) <= {one["text"] for one in shown}
        sizes = Counter(node.type for node in data.nodes)
        assert f"Städer ({sizes['City']})" in {one["text"] for one in shown}
        w, h = page.evaluate("[map.clientWidth, map.clientHeight]")
        for one in shown:
            assert one["x"] >= 0 and one["y"] >= 0 and one["x"] + one["w"] <= w and one["y"] + one["h"] <= h
        for zoom in ZOOMS:
            page.evaluate(f"relgraph.network.moveTo({{scale: {zoom}, position: {{x: 0, y: 0}}}})")
            assert labels(page, "type") and overlapping(page.evaluate("relgraph.drawnLabels()")) == []
        assert seen.complaints == []


def test_a_group_opens_as_a_table_of_its_relationships_and_back_again(
    browser: Any, data: MapData, file: Path
) -> None:
    group = next(
        group for group in sorted(group_of(data).values()) if group[0] == "City" and group[1] == OTHERS
    )
    others = {id_ for id_, of in group_of(data).items() if of == group}
    home = {"ekvik"}
    with opened(browser, file, width=1440, height=900) as (page, seen):
        spot = page.evaluate(
            """() => { const {bubbles} = relgraph.overview.fields().find(({type}) => type.name === 'City');
              const one = bubbles.find(({text}) => text === 'övriga länder');
              const {x, y} = relgraph.network.canvasToDOM(one);
              const {left, top} = map.getBoundingClientRect(); return {x: x + left, y: y + top}; }"""
        )
        page.mouse.move(spot["x"], spot["y"])
        assert "over" in (page.get_attribute("#map", "class") or "")
        page.mouse.click(spot["x"], spot["y"])
        wanted = sorted(
            edge.id
            for edge in data.edges
            if {edge.source, edge.target} & others and {edge.source, edge.target} <= others | home
        )
        assert page.evaluate(ROWS) == wanted != []
        assert page.text_content("#land option:checked") == f"{len(set(lands_of(data, others)))} länder"
        page.go_back()
        assert page.is_visible("#map-view") and labels(page, "type")
        page.select_option("#land", label="Landet 3")
        assert page.evaluate("document.activeElement.id") == "land"
        inside = {node.id for node in data.nodes if node.country == "land-03"}
        shown = page.evaluate("[...relgraph.visible().edges]")
        assert set(shown) == {e.id for e in data.edges if {e.source, e.target} & inside} != set()
        texts = {one["text"] for one in labels(page, "type")}
        sizes = Counter(node.type for node in data.nodes if node.id in inside)
        own = {kind: n for kind, n in sizes.items() if (kind, "land-03") in group_of(data).values()}
        assert own and {f"Landet 3 ({n})" for n in own.values()} <= texts
        page.evaluate("relgraph.state.set(relgraph.state.unfiltered())")
        assert page.evaluate("relgraph.state.now.land.size") == 0 and seen.complaints == []


GROUPS = {
    "sv": ("Grupperna på kartan", "Städer: övriga länder", "Städer: övriga länder. {} relationer visas."),
    "en": (
        "Groups on the map",
        "Cities: other countries",
        "Cities: other countries. {} relationships shown.",
    ),
}
FOCUSED = "(document.activeElement.textContent || document.activeElement.id).replace(/\\s+/g, ' ').trim()"


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_group_opens_by_keyboard_alone_and_the_way_back_leads_to_it(
    browser: Any, data: MapData, file: Path, lang: str
) -> None:
    summary, button, told = GROUPS[lang]
    members = {id_ for id_, of in group_of(data).items() if of == ("City", OTHERS)}
    wanted = sorted(edge.id for edge in data.edges if {edge.source, edge.target} <= members | {data.home})

    def tab_to(page: Any, text: str) -> None:
        for _ in range(150):
            page.keyboard.press("Tab")
            if page.evaluate(FOCUSED) == text:
                return
        pytest.fail(f"Tab does not reach {text!r}")

    with opened(browser, file, fragment=f"#lang={lang}") as (page, seen):
        tab_to(page, summary)
        assert page.locator("#groups button").first.is_hidden()
        page.keyboard.press("Enter")
        plain = page.evaluate("document.querySelector('#map canvas').toDataURL()")
        tab_to(page, f"{button} {len(members)}")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        assert page.evaluate("document.querySelector('#map canvas').toDataURL()") != plain  # a ring round it
        page.keyboard.press("Enter")
        assert page.evaluate(ROWS) == wanted != []
        assert page.evaluate("document.activeElement.id") == "main" and page.is_hidden("#groups")
        assert page.inner_text("#live") == told.format(len(wanted))
        page.go_back()  # headless, Alt and the arrow do nothing
        assert page.evaluate(FOCUSED) == f"{button} {len(members)}"
        assert seen.complaints == []


def test_the_buttons_are_the_groups_that_are_drawn(browser: Any, data: MapData, file: Path) -> None:
    shown = """[...document.querySelectorAll('#groups ul')].flatMap((list) =>
      [...list.querySelectorAll('button')].map((one) =>
        [document.getElementById(list.getAttribute('aria-labelledby')).textContent, one.textContent]))"""
    drawn = """relgraph.overview.fields().flatMap(({text, bubbles}) => bubbles.map((one) =>
      [text, `${text}: ${one.text} ${one.count}`]))"""
    with opened(browser, file) as (page, _):
        everything = page.evaluate(shown)
        assert everything == page.evaluate(drawn) and len(everything) == len(set(group_of(data).values()))
        assert page.evaluate("document.getElementById('map-help').textContent").endswith("knappar i urvalet.")
        page.select_option("#land", label="Landet 3")
        assert page.evaluate(shown) == page.evaluate(drawn) and 0 < len(page.evaluate(shown)) < len(
            everything
        )
        page.evaluate("relgraph.state.set({sel: 'ny-77'})")
        assert page.evaluate(shown) == [] and page.is_hidden("#groups")


def lands_of(data: MapData, ids: set[str]) -> list[str]:
    return [node.country for node in data.nodes if node.id in ids]


def test_a_very_large_map_searches_and_shows_one_party_with_its_country(
    browser: Any, data: MapData, file: Path
) -> None:
    with opened(browser, file) as (page, seen):
        page.fill("#search", "Ny part nummer 77")
        page.keyboard.press("Enter")
        assert {one["id"] for one in labels(page)} == {"ny-77", "ekvik"}
        assert page.evaluate("relgraph.drawn.edges.get().map((edge) => edge.id)") == ["till-ny-77"]
        own = next(node.country for node in data.nodes if node.id == "ny-77")
        assert page.text_content("#panel .country") == dict(data.countries)[own].sv
        page.keyboard.press("Escape")
        page.evaluate(PAUSE)
        assert labels(page) == [] and len(labels(page, "type")) > 30 and seen.complaints == []


def test_the_city_with_thousands_of_neighbours_is_drawn_once_and_tells_of_all_of_them(
    browser: Any, data: MapData, tmp_path: Path
) -> None:
    told = "document.querySelectorAll('#panel .statements > li').length"
    sentences = [replace(edge.sentence, text=Bilingual(f"Uppgift {i}.")) for i, edge in enumerate(data.edges)]
    edges = tuple(replace(edge, sentence=said) for edge, said in zip(data.edges, sentences, strict=True))
    own = [edge.id for edge in edges if data.home in (edge.source, edge.target)]
    with opened(browser, written(tmp_path, replace(data, edges=edges))) as (page, seen):
        page.evaluate(
            "relgraph.network.on('afterDrawing', () => { window.drawn = 1 + (window.drawn ?? 0); })"
        )
        page.evaluate("relgraph.state.set({sel: relgraph.model.page.home})")
        assert 0 < page.evaluate(told) < len(own)
        page.evaluate(PAUSE)
        assert page.evaluate("window.drawn") == 1  # each time takes a quarter of a second
        assert set(own) <= set(page.evaluate("relgraph.drawn.edges.get().map(({id}) => id)"))
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert page.evaluate(told) == len(own) > 2900
        page.evaluate("relgraph.state.set({sel: ''})")
        page.evaluate("relgraph.state.set({sel: relgraph.model.page.home})")
        assert page.evaluate(told) < len(own)
        for _ in range(200):
            if page.evaluate(told) >= len(own):
                break
            page.wait_for_timeout(50)
        assert page.evaluate(told) == len(own)
        last = page.locator("#panel .long li").last
        last.scroll_into_view_if_needed()
        page.evaluate(PAUSE)
        assert last.inner_text().startswith("Uppgift ") and seen.complaints == []


def test_without_any_country_there_is_no_choice_of_one(browser: Any, tmp_path: Path) -> None:
    plain = city()
    nodes = tuple(replace(node, country="") for node in plain.nodes)
    with opened(browser, written(tmp_path, replace(plain, nodes=nodes, countries=()))) as (page, seen):
        assert page.is_hidden("#where") and seen.complaints == []


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_on_the_overview(browser: Any, file: Path, lang: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install -e '.[test]'")
    with opened(browser, file, fragment=f"#lang={lang}&land=land-03,-&view=map", width=width) as (page, _):
        page.click("#groups summary")
        height = "one => one.getBoundingClientRect().height"
        sizes = page.evaluate(f"[...document.querySelectorAll('#groups button')].map({height})")
        assert sizes and min(sizes) >= 24
        assert page.evaluate("document.documentElement.scrollWidth") == width
        for state in ("map", "table"):
            page.click(f"#view-{state}")
            found = axe.Axe().run(page).response["violations"]
            assert [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in found] == []


# ---- as pictures -------------------------------------------------------------------------------------------


def texts(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_the_picture_shows_the_groups_that_the_page_shows(browser: Any, data: MapData, file: Path) -> None:
    drawn = texts(picture(data, place(data)))
    assert expected(data) <= set(drawn)
    assert f"{len(data.nodes)} poster på kartan, sammanförda efter slag och land" in drawn
    assert "Ny part nummer 7" not in drawn
    with opened(browser, file) as (page, _):
        saved = page.evaluate("new XMLSerializer().serializeToString(relgraph.picture())")
    assert expected(data) <= set(texts(saved))


def test_the_picture_of_a_large_map_folds_what_the_page_folds(browser: Any, tmp_path: Path) -> None:
    plain = grown(city(), 560)
    nodes = tuple(replace(n, folds_into=slug("Eurovik") if n.type == "Forum" else "") for n in plain.nodes)
    data = replace(plain, nodes=nodes)
    svg = picture(data, place(data))
    rest, held = folded(data)
    parts = sum(node.type == "Forum" for node in data.nodes)
    assert held == {slug("Eurovik"): parts} and len(rest.nodes) == len(data.nodes) - parts
    drawn = texts(svg)
    assert any(f"(+{parts})" in one for one in drawn)
    assert any(one.startswith("(+n): ") and one.endswith(f"; {parts} i allt") for one in drawn)
    with opened(browser, written(tmp_path, data)) as (page, _):
        shown = page.evaluate("[...relgraph.visible().nodes]")
        assert sorted(shown) == sorted(node.id for node in rest.nodes)
    description = ET.fromstring(svg).findtext("{http://www.w3.org/2000/svg}desc")
    assert str(len(data.nodes)) in str(description)  # the text tells of all of it


def test_who_chooses_a_country_learns_of_how_many_none_is_known(browser: Any) -> None:
    with opened(browser, ROOT / "exports" / "map.html") as (page, _):
        assert page.query_selector("#where .note") is None
        page.select_option("#land", "sweden")
        parties = """[...relgraph.model.nodes.values()].filter((node) => node.id !== relgraph.model.page.home
          && !relgraph.model.isRelation(node))"""
        n, m = page.evaluate(
            f"[{parties}.filter((node) => node.country === undefined).length, {parties}.length]"
        )
        assert 0 < n < m
        said = f"Källorna anger inte land för {n} av {m} parter; de kan saknas här."
        assert page.inner_text("#where .note") == said
        page.select_option("#land", "-")
        assert page.query_selector("#where .note") is None
