"""What is saved and printed from the map: the same lines as on the screen, a caption and a name that say which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from browser import go, opened
from map_city import city, slug

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
