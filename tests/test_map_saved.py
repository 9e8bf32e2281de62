"""What is saved and printed from the map: lines as on the screen, a caption and a name that say which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from browser import go, opened
from map_city import city, slug
from running import ROOT

from relgraph.views.map import MapData, place, render

# the edges whose arrow heads the page draws now
HEADS = """() => {
  const seen = new Set();
  const shared = Object.getPrototypeOf(Object.values(relgraph.network.body.edges)[0]);
  const own = shared.drawArrows;
  shared.drawArrows = function (...rest) {
    if (this.options.arrows.to.enabled) seen.add(this.id);
    return own.apply(this, rest);
  };
  relgraph.network.renderer._redraw();
  shared.drawArrows = own;
  return [...seen].sort(); }"""
# the targets of the arrow heads in the saved picture, by where their tips are
TIPS = """() => [...relgraph.picture().querySelectorAll("path.head")].map((head) => {
  const [x, y] = head.getAttribute("d").slice(1).split("L")[0].split(" ").map(Number);
  const near = [...relgraph.model.nodes.values()].map(({id, x: cx, y: cy}) =>
    [Math.abs(Math.hypot(cx - x, cy - y) - relgraph.radius(id) - 1), id]);
  const [off, id] = near.sort((a, b) => a[0] - b[0])[0];
  return [id, off < 0.2]; }).sort()"""


def directed() -> MapData:
    """The city, where half of the relationships have a direction, some of them side by side."""
    data = city()
    edges = [replace(edge, directed=i % 2 == 0) for i, edge in enumerate(data.edges)]
    more = [
        replace(edge, id=f"{edge.id}-again", source=edge.target, target=edge.source) for edge in edges[::6]
    ]
    return replace(data, edges=(*edges, *more))


@pytest.fixture(scope="module")
def page(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    file = tmp_path_factory.mktemp("map") / "map.html"
    file.write_text(render(directed(), place(directed())), encoding="utf-8")
    with opened(browser, file) as (page, seen):
        yield page
        assert seen.complaints == []


@pytest.mark.parametrize(
    ("address", "some"),
    [
        ("", False),
        ("#sel=ekvik", True),
        (f"#sel={slug('Eurovik')}&depth=2", True),
        (f"#a={slug('Miljöförvaltningen')}&b=kustfonden", True),
        ("#from=2005&to=2006", True),
        ("#from=1200&to=1201", False),
    ],
)
def test_arrow_heads_are_saved_where_the_page_has_them(page: Any, address: str, some: bool) -> None:
    go(page, "")
    go(page, address)
    on_page = page.evaluate(HEADS)
    edges = {edge.id: edge for edge in directed().edges}
    assert bool(on_page) == some
    found = page.evaluate(TIPS)
    assert [id_ for id_, _ in found] == sorted(edges[id_].target for id_ in on_page)
    assert all(near for _, near in found)


def test_what_certainly_held_is_saved_stronger_as_on_the_page(page: Any) -> None:
    go(page, "")
    go(page, "#from=2005&to=2006")
    strong = """() => { const {lines} = relgraph.model.page;
      const full = new Set(Object.values(lines).map(({color}) => color));
      const drawn = [...relgraph.picture().children].filter((one) => one.getAttribute("fill") === "none");
      return drawn.filter((path) => full.has(path.getAttribute("stroke"))).length; }"""
    certain = page.evaluate("relgraph.visible().edges.size - relgraph.visible().possible.size")
    assert page.evaluate("relgraph.visible().possible.size") > 0 < certain
    assert page.evaluate(strong) == certain


# ---- the caption -------------------------------------------------------------------------------------------

TEXTS = "[...relgraph.picture(SHEET).querySelectorAll('text')].map((text) => text.textContent).join(' ')"
ALL = [kind.name for kind in city().ordered_types()]
BUT_CITIES = ",".join(name for name in ALL if name not in ("City", "HomeCity"))
FEW, MANY = "Department,City", "Department,City,Network,Forum,Agreement"


@pytest.mark.parametrize(
    ("address", "sv", "en"),
    [
        ("", "", ""),
        (f"#types={BUT_CITIES}", "bara Städer", "only Cities"),
        (f"#types={BUT_CITIES.replace('Agreement,', '')}", "bara Städer", "only Cities"),
        (f"#types={FEW}", "utan Förvaltningar; Städer", "without Departments; Cities"),
        (
            f"#types={MANY}",
            "bara Evenemang; Fonder; Projekt och 2 till",
            "only Events; Funds; Projects and 2 more",
        ),
        ("#types=HomeCity", "utan Staden", "without The city"),
        (f"#types={','.join(ALL)}", "utan Staden; Förvaltningar; Städer och 8 till", "and 8 more"),
        ("#types=Nothing&sources=nowhere", "", ""),
        ("#from=2005&to=2005", "2005", "2005"),
        (
            "#from=2005&undated=no&certain=yes",
            "2005– · odaterade visas inte · bara det som säkert gällde",
            "",
        ),
        ("#to=2005&lines=done,failed", "–2005 · läge: inte genomförd; avslutad eller blev inte av", ""),
        ("#lines=active,done,failed,planned", "läge: bara vilande; oklar eller motsagd (?)", "state: only"),
        ("#land=polen,norrland", "land: Norrlandet; Polen", "country: Poland; the Northland"),
        ("#certs=stated,implied", "visshet: bara oklart i källan", "certainty: only unclear in the source"),
        (
            "#groups=cooperation",
            "slag av relation: inte Samarbeten",
            "kind of relationship: not Cooperations",
        ),
        ("#sources=register", "källa: bara Ekviks årsrapport 2018", "source: only Ekvik annual report 2018"),
        ("#sel=eurovik&types=Event", "Eurovik · utan Evenemang", "Eurovik · without Events"),
        ("#sel=led-3", "Stadskontoret – Eurovik · ansvar", "Stadskontoret – Eurovik · responsibility"),
    ],
)
def test_the_caption_names_the_filters_that_are_on(page: Any, address: str, sv: str, en: str) -> None:
    for lang, told in (("sv", sv), ("en", en)):
        go(page, f"{address or '#'}&lang={lang}")
        caption = page.evaluate("relgraph.told.caption()")
        assert told in caption and bool(caption) == bool(sv)
        if lang == "sv":
            assert caption == told
        assert "{" not in caption and "told." not in caption
        for sheet in ("false", "true"):  # the file, and the sheet that is printed
            assert caption in page.evaluate(TEXTS.replace("SHEET", sheet))


def test_a_caption_longer_than_the_picture_is_wide_goes_over_several_lines(page: Any) -> None:
    go(page, f"#sel=led-3&from=2005&undated=no&certain=yes&lines=done,failed&certs=implied&types={FEW},Event")
    assert len(page.evaluate("relgraph.told.caption()")) > 150
    assert page.evaluate("relgraph.told.caption()") in page.evaluate(TEXTS.replace("SHEET", ""))
    out = page.evaluate(
        """() => { const svg = relgraph.picture(); document.body.append(svg);
          const sheet = svg.getBoundingClientRect();
          const boxes = [...svg.querySelectorAll("text")].map((text) => text.getBoundingClientRect());
          svg.remove();
          return boxes.filter((box) => box.right > sheet.right || box.top < sheet.top).length; }"""
    )
    assert out == 0


def test_the_caption_says_what_the_button_only_shows(page: Any) -> None:
    go(page, "#")
    page.click("#only-types-City")
    assert page.evaluate("relgraph.told.caption()") == "bara Städer"


# ---- the name of the file ----------------------------------------------------------------------------------

NAME = "ekviks-internationella-relationer"
NAMES = {
    "": NAME,
    "#lang=en": "international-relations-of-ekvik",
    f"#sel={slug('Eurovik')}": f"{NAME}-eurovik",
    f"#sel={slug('Eurovik')}&depth=2": f"{NAME}-eurovik-2",
    "#view=places": f"{NAME}-platser",
    "#from=2005&to=2005": f"{NAME}-2005",
    "#from=2005&to=2007": f"{NAME}-2005-2007",
    "#from=2005": f"{NAME}-fran-2005",
    "#to=2005": f"{NAME}-till-2005",
    f"#a={slug('Nordå')}&b=haicheng": f"{NAME}-nord-haicheng",
    f"#types={BUT_CITIES}": f"{NAME}-bara-stader",
    "#types=City": f"{NAME}-utan-stader",
}


def test_pictures_of_different_views_have_different_names(page: Any) -> None:
    found = {}
    for address in NAMES:
        go(page, address or "#")
        found[address] = page.evaluate("relgraph.told.file()")
    assert found == NAMES
    long = set()
    for last in ("implied", "ambiguous", "implied,ambiguous"):
        go(page, f"#from=2005&undated=no&certain=yes&types={FEW}&lines=done,failed&certs={last}")
        long.add(page.evaluate("relgraph.told.file()"))
    assert len(long) == 3 and max(map(len, long)) < 150
    go(page, "#sel=eurovik&from=2005")
    with page.expect_download() as waiting:
        page.click("#save-svg")
    assert waiting.value.suggested_filename == f"{NAME}-eurovik-fran-2005.svg"
    assert Path(waiting.value.path()).stat().st_size > 1000


def test_the_grounds_of_a_filtered_picture_stay_on_its_sheet(browser: Any) -> None:
    outside = """() => { const made = relgraph.picture();
      document.body.append(made);
      const sheet = made.getBoundingClientRect();
      const grounds = [...made.querySelectorAll("path[stroke-width='28']")].map((one) => {
        const box = one.getBoundingClientRect(), round = 14 * one.getScreenCTM().a;
        return [box.left - round - sheet.left, box.top - round - sheet.top,
          sheet.right - box.right - round, sheet.bottom - box.bottom - round]; });
      made.remove();
      return grounds.map((sides) => Math.min(...sides)); }"""
    only = "#lines=active,done,uncertain,failed"
    with opened(browser, ROOT / "exports" / "map.html", fragment=only) as (page, _):
        sides = page.evaluate(outside)
        assert len(sides) > 1 and min(sides) >= 0


def test_what_only_may_have_held_is_saved_faint_round_a_party_too(page: Any) -> None:
    strong = """() => { const {possible} = relgraph.visible(), {lines} = relgraph.model.page;
      const lit = [...relgraph.lit().edges];
      const dark = new Set(Object.values(lines).map(({color}) => color));
      const drawn = [...relgraph.picture().querySelectorAll("path[fill='none']")]
        .filter((path) => dark.has(path.getAttribute("stroke"))).length;
      return [drawn, lit.filter((id) => !possible.has(id)).length, lit.length]; }"""
    go(page, "#sel=ekvik&from=2005&to=2006")
    drawn, certain, lit = page.evaluate(strong)
    assert drawn == certain and 0 < certain < lit
