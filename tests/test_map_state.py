"""The map's state: the address holds all of it, the filter, the years and the paths do what Python says."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import pytest
from browser import go, opened
from map_city import city, grown, slug
from running import COMMAND, ROOT, City, process

import relgraph
from relgraph import time
from relgraph.analysis.paths import path_network, shortest
from relgraph.views.map import place, render, unpack
from relgraph.views.map.builder import map_data
from relgraph.when import When

VECTORS = Path(__file__).parent / "vectors"
EPOCH = date(1970, 1, 1)
EDGES = {edge.id: edge for edge in city().edges}
HIDDEN: dict[str, list[str]] = {
    "types": [kind.name for kind in city().ordered_types()],
    "lines": sorted({edge.line for edge in city().edges}),
    "certs": ["stated", "implied", "ambiguous"],
    "groups": sorted({edge.group for edge in city().edges}),
    "sources": ["ar2018", "register"],
}
ROWS = "[...document.querySelectorAll('tbody tr')].map((row) => row.dataset.id).sort()"
LINES = "relgraph.drawn.edges.get().filter((edge) => !edge.hidden).map((edge) => edge.id).sort()"
VIEWS = ["map", "places", "table", "matrix"]


def random_state(random: Random) -> dict[str, Any]:
    nodes = [node.id for node in city().nodes]

    def some(values: list[str]) -> list[str]:
        return sorted(random.sample(values, random.choice([0, 0, 1, min(3, len(values))])))

    chosen = [*nodes, *EDGES, "", "", "cell:stadskontoret:eurovik", 'a&b=c,#%"å', "港口"]
    return {
        "sel": random.choice(chosen),
        "depth": random.choice([1, 2]),
        "lang": random.choice(["sv", "en"]),
        "view": random.choice(VIEWS),
        **{key: some([*values, "a,b", "100%25"]) for key, values in HIDDEN.items()},
        "land": some(["polen", "norrland", "+", "-"]),
        "from": random.choice([None, 1987, 2005]),
        "to": random.choice([None, 2012, 2018]),
        "undated": random.random() < 0.7,
        "a": random.choice(["", *nodes]),
        "b": random.choice(["", *nodes]),
        "nth": random.choice([0, 1, 2]),
        "around": random.random() < 0.5,
        "unfold": random.random() < 0.5,
        "certain": random.random() < 0.2,
    }


# ---- the address -------------------------------------------------------------------------------------------


def test_the_address_holds_the_whole_state(page: Any) -> None:
    states = [random_state(Random(seed)) for seed in range(200)]
    come_back = page.evaluate(
        """([states, keys]) => states.map((state) => {
          const parts = (make) => Object.fromEntries(keys.map((key) => [key, make(state[key])]));
          const whole = {...state, ...parts((list) => new Set(list))};
          const read = relgraph.state.read(relgraph.state.write(whole));
          for (const key of keys) read[key] = [...read[key]].sort();
          return read;
        })""",
        [states, [*HIDDEN, "land"]],
    )
    assert come_back == states


def test_a_link_shows_the_state_and_back_and_forward_walk(page: Any) -> None:
    go(page, "")
    go(page, "#sel=eurovik&lang=en&types=City&from=2001&undated=no")
    first = page.url
    assert not page.is_checked("#types-City")
    assert not page.is_checked("#undated")
    assert page.input_value("#year-from") == "2001"
    page.click("#view-table")
    assert page.is_visible("#table-view")
    page.go_back()
    assert page.is_visible("#map-view") and page.url == first
    page.go_forward()
    assert page.is_visible("#table-view")
    page.evaluate("location.hash = '#sel=riverton&view=table'")
    page.wait_for_function("relgraph.state.now.sel === 'riverton'")
    assert page.get_attribute("html", "lang") == "sv"
    assert page.text_content("#panel-heading") == "Riverton"
    assert page.is_checked("#types-City")


@pytest.mark.parametrize("address", ["#%E0%A4%A", "#view=nothing&depth=9&nth=0&from=20x5&lang=de", "#&&=&="])
def test_a_mangled_address_is_a_page(page: Any, address: str) -> None:
    go(page, address)
    state = page.evaluate("relgraph.state.now")
    assert (state["view"], state["depth"], state["nth"], state["from"], state["lang"]) == (
        "map",
        1,
        0,
        None,
        "sv",
    )
    assert page.is_hidden("#error")


# ---- the filter --------------------------------------------------------------------------------------------


def expected_edges(state: dict[str, Any]) -> list[str]:
    """The rule of the filter, said once more."""
    types = {node.id: node.type for node in city().nodes}
    countries = {node.id: node.country or "-" for node in city().nodes}
    gone = {id_ for id_, kind in types.items() if kind in state["types"]} | loose(state["types"])
    start = date(state["from"], 1, 1) if state["from"] else date.min
    end = date(state["to"], 12, 31) if state["to"] else date.max
    found = []
    for edge in city().edges:
        undated = edge.bounds == (None, None, None, None)
        lands = {countries[end] for end in (edge.source, edge.target) if end != city().home}
        held = time.Holds.POSSIBLY if undated else time.holds(bounds(edge.bounds), start, end)
        if held is time.Holds.CERTAINLY and edge.unsettled:
            held = time.Holds.POSSIBLY
        chosen = bool(state["from"] or state["to"])
        holds = start <= end and held in (
            [time.Holds.CERTAINLY] if state["certain"] else [time.Holds.CERTAINLY, time.Holds.POSSIBLY]
        )
        if (
            not {edge.source, edge.target} & gone
            and edge.line not in state["lines"]
            and edge.certainty not in state["certs"]
            and edge.group not in state["groups"]
            and not (edge.sources and set(edge.sources) <= set(state["sources"]))
            and (state["undated"] or not undated)
            and (holds or not chosen)
            and (not state["land"] or lands & set(state["land"]))
        ):
            found.append(edge.id)
    return sorted(found)


def loose(hidden: Collection[str]) -> set[str]:
    """The agreements that have lost all but one of their parties."""
    types = {node.id: node.type for node in city().nodes}
    ends: dict[str, list[str]] = {}
    for edge in city().edges:
        for own, other in ((edge.source, edge.target), (edge.target, edge.source)):
            if types[own] == "Agreement":
                ends.setdefault(own, []).append(types[other])
    return {id_ for id_, several in ends.items() if sum(kind not in hidden for kind in several) < 2}


def bounds(days: tuple[int | None, ...]) -> time.Bounds:
    def day(number: int | None, unbounded: date) -> date:
        return unbounded if number is None else date.fromordinal(EPOCH.toordinal() + number)

    earliest = (time.MIN, time.MAX, time.MIN, time.MAX)
    return time.Bounds(*(day(number, other) for number, other in zip(days, earliest, strict=True)))


def test_rows_drawn_lines_and_the_rule_agree_in_every_state_of_the_filter(page: Any) -> None:
    sizes = set()
    for seed in range(25):
        state = random_state(Random(seed)) | {"sel": "", "a": "", "b": ""}
        if seed % 8 == 7:
            state |= {"from": 2012, "to": 2005}  # reversed
        show = """([state, keys]) => relgraph.state.set({...state, view: "table",
          ...Object.fromEntries(keys.map((key) => [key, new Set(state[key])]))})"""
        page.evaluate(show, [state, [*HIDDEN, "land"]])
        rows = page.evaluate(ROWS)
        assert rows == page.evaluate(LINES) == expected_edges(state), state
        assert page.evaluate("relgraph.table.tsv().split('\\n').length") == len(rows) + 1
        sizes.add(len(rows))
    assert len(sizes) > 8


def test_every_part_of_the_legend_filters_and_counts_what_the_other_parts_let_through(page: Any) -> None:
    go(page, "#view=table")
    everything = len(EDGES)
    for key, values in HIDDEN.items():
        page.evaluate(f"document.getElementById('filter-{key}').open = true")
        value = values[-1]
        page.uncheck(f"#{key}-{value}")
        shown = page.evaluate(ROWS)
        assert 0 < len(shown) < everything, key
        if key in (
            "lines",
            "certs",
            "groups",
        ):  # one of them on every relationship: its count is what is lost
            assert int(count(page, f"{key}-{value}")) == everything - len(shown)
        page.check(f"#{key}-{value}")
    before = int(count(page, "lines-done"))
    page.uncheck("#types-City")
    assert int(count(page, "lines-done")) < before
    assert int(count(page, "types-City")) > 0  # what checking it again would bring
    page.click("nav button:has-text('Visa allt')")
    assert len(page.evaluate(ROWS)) == everything


@pytest.mark.parametrize(("lang", "word", "name"), [("sv", "bara", "vilande"), ("en", "only", "dormant")])
def test_a_row_of_the_legend_can_be_shown_alone(page: Any, lang: str, word: str, name: str) -> None:
    go(page, f"#view=table&lang={lang}")
    button = page.locator("#only-lines-dormant")
    assert button.inner_text() == word
    label = button.get_attribute("aria-label")
    assert word in label and name in label and button.get_attribute("aria-pressed") == "false"
    page.mouse.move(700, 500)
    assert button.evaluate("(b) => getComputedStyle(b).opacity") == "0"
    page.hover("#lines-dormant")
    assert button.evaluate("(b) => getComputedStyle(b).opacity") == "1"
    size = button.bounding_box()
    assert min(size["width"], size["height"]) >= 24
    button.click()
    assert page.evaluate(ROWS) == sorted(id_ for id_, edge in EDGES.items() if edge.line == "dormant")
    assert button.get_attribute("aria-pressed") == "true" and page.is_checked("#lines-dormant")
    assert not page.is_checked("#lines-active")
    assert page.evaluate("document.activeElement.id") == "only-lines-dormant"
    page.keyboard.press("Enter")
    assert len(page.evaluate(ROWS)) == len(EDGES) and page.evaluate("relgraph.state.filtered()") is False
    # another is shown instead; of the parties the city stays, the other end of most lines
    page.click("#only-lines-done", force=True)
    button.click(force=True)
    assert page.evaluate(ROWS) == sorted(id_ for id_, edge in EDGES.items() if edge.line == "dormant")
    go(page, "#view=table")
    page.click("#only-types-Network", force=True)
    networks = {node.id for node in city().nodes if node.type == "Network"} | {"ekvik"}
    ends = {id_ for id_, edge in EDGES.items() if {edge.source, edge.target} <= networks}
    assert set(page.evaluate(ROWS)) == ends and ends
    # whose agreements are relationships, and no other parties
    page.click("#only-types-City", force=True)
    assert "hamnstadga" in page.evaluate("[...relgraph.visible().nodes]")
    page.click("#only-types-Agreement", force=True)
    assert page.is_checked("#types-Agreement") and not page.is_checked("#types-City")
    assert page.query_selector("#only-types-HomeCity") is None


def test_on_a_touch_screen_the_buttons_of_the_legend_are_always_there(browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "map.html"
    file.write_text(render(city(), place(city())), encoding="utf-8")
    context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800})
    try:
        page = context.new_page()
        page.goto(file.as_uri())
        page.wait_for_selector("html[data-ready=true]", state="attached")
        page.evaluate("[...document.querySelectorAll('#legend details')].forEach((d) => { d.open = true; })")
        shown = page.evaluate(
            """[...document.querySelectorAll('.row')].map((row) => {
              const [label, only] = ['label', '.only'].map((s) => row.querySelector(s));
              const [a, b] = [label, only].map((element) => element?.getBoundingClientRect());
              return !only || [getComputedStyle(only).opacity, a.right <= b.left + 1];
            })"""
        )
        assert ["1", True] in shown and ["0", True] not in shown and ["1", False] not in shown
    finally:
        context.close()


def count(page: Any, id_: str) -> str:
    return str(page.text_content(f"label[for='{id_}'] .count"))


# ---- years -------------------------------------------------------------------------------------------------

TIME = json.loads((VECTORS / "time.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", TIME, ids=[case["name"] for case in TIME])
def test_time_vectors_in_python(case: dict[str, Any]) -> None:
    given = [date.fromisoformat(d) if d else None for d in case["bounds"]]
    unbounded = (time.MIN, time.MAX, time.MIN, time.MAX)
    whole = time.Bounds(*(d or other for d, other in zip(given, unbounded, strict=True)))
    for start, end, answer in case["answers"]:
        period = (date.fromisoformat(start), date.fromisoformat(end))
        assert time.holds(whole, *period).value == answer, (start, end)


def test_time_vectors_on_the_page(page: Any) -> None:
    def days(text: str | None) -> int | None:
        return (date.fromisoformat(text) - EPOCH).days if text else None

    for case in TIME:
        for start, end, answer in case["answers"]:
            given = [[days(d) for d in case["bounds"]], days(start), days(end)]
            told = page.evaluate("([bounds, lo, hi]) => relgraph.time.holds(bounds, lo, hi)", given)
            assert told == answer, (case["name"], start, end)
    for year in (1, 99, 1900, 1970, 2000, 2019, 9998):
        first, last = ((date(year, *day) - EPOCH).days for day in ((1, 1), (12, 31)))
        told = page.evaluate("(y) => [relgraph.time.firstDay(y), relgraph.time.lastDay(y)]", year)
        assert told == [first, last]
        assert page.evaluate("(d) => relgraph.time.yearOf(d)", last) == year


def test_years_tell_what_is_certain_from_what_is_possible(page: Any) -> None:
    go(page, "#view=table")
    page.fill("#year-from", "2003")
    page.fill("#year-to", "2003")
    page.keyboard.press("Tab")
    visible = page.evaluate("(({edges, possible}) => [edges.size, possible.size])(relgraph.visible())")
    note = page.text_content("#years-note")
    assert f"{visible[0] - visible[1]} gällde säkert, {visible[1]} möjligen" in note
    assert 0 < visible[1] < visible[0] < len(EDGES)
    statuses = page.evaluate("[...document.querySelectorAll('td.status')].map((c) => c.textContent)")
    assert sum("möjligen då" in status for status in statuses) == visible[1]
    undated = {edge.id for edge in EDGES.values() if edge.bounds == (None,) * 4}
    assert undated <= set(page.evaluate(ROWS))
    page.uncheck("#undated")
    assert not undated & set(page.evaluate(ROWS))
    page.fill("#year-from", "2010")
    page.keyboard.press("Tab")
    assert page.text_content("#years-note") == "Det första året ligger efter det sista, så ingenting visas."
    page.check("#undated")
    assert page.evaluate(ROWS) == []
    page.fill("#year-from", "")
    page.keyboard.press("Tab")
    assert page.evaluate("relgraph.state.now.from") is None


def test_only_what_certainly_held_is_shown_if_asked_for(page: Any) -> None:
    go(page, "#view=table")
    assert page.is_disabled("#certain") and page.is_enabled("#undated")
    go(page, "#view=table&from=2003&to=2003")
    possible = set(page.evaluate("[...relgraph.visible().possible]"))
    shown = set(page.evaluate(ROWS))
    page.check("#certain")
    assert set(page.evaluate(ROWS)) == shown - possible and possible and shown - possible
    assert "certain=yes" in page.url and page.is_disabled("#undated")
    note = f"{len(shown - possible)} gällde säkert; det som bara möjligen gällde visas inte."
    assert page.text_content("#years-note") == note
    go(page, f"{page.url.partition('#')[2]}&lang=en")
    assert "what only possibly held is not shown" in page.text_content("#years-note")
    page.click("nav button:has-text('Show everything')")
    assert page.evaluate("[relgraph.state.now.certain, relgraph.state.filtered()]") == [False, False]


@pytest.mark.parametrize(
    "doubt", [{"certainty": "ambiguous"}, {"line": "uncertain"}, {"contradicted": True, "line": "failed"}]
)
def test_what_is_unsettled_never_held_certainly(browser: Any, tmp_path: Path, doubt: dict[str, Any]) -> None:
    plain = city()
    edges = tuple(replace(e, **doubt) if e.id == "ekvik-riverton" else e for e in plain.edges)
    data = replace(plain, edges=edges)
    for told, wanted in ((plain, False), (data, True)):
        file = tmp_path / "map.html"
        file.write_text(render(told, place(told)), encoding="utf-8")
        with opened(browser, file, fragment="#from=2018&to=2018") as (page, _):
            assert page.evaluate("relgraph.visible().possible.has('ekvik-riverton')") is wanted
            page.check("#certain")
            assert page.evaluate("relgraph.visible().edges.has('ekvik-riverton')") is not wanted


SIGNS = """() => {
  const ctx = document.createElement('canvas').getContext('2d');
  let count = 0;
  ctx.fillText = (text) => { count += text === '~'; };
  relgraph.overlay.marks(ctx, relgraph.lit());
  return count;
}"""


@pytest.mark.parametrize(("more", "all_signed"), [(0, True), (60, False)])
def test_a_sign_is_spoken_of_where_it_is_drawn(
    browser: Any, tmp_path: Path, more: int, all_signed: bool
) -> None:
    data = grown(city(), more)
    file = tmp_path / "map.html"
    file.write_text(render(data, place(data)), encoding="utf-8")
    with opened(browser, file) as (page, _):
        for address, signed in (
            ("", all_signed),
            ("&undated=no", True),  # few enough
            ("&sel=ekvik", True),
            ("&certain=yes", False),
            (f"&undated=no&sel={slug('Riverton')}", False),
            ("&sel=ekvik-haicheng-talks", False),  # has a "?" instead
        ):
            go(page, f"#from=2003&to=2003{address}")
            assert (page.evaluate(SIGNS) > 0) is signed, address
            assert ("(~)" in page.text_content("#years-note")) is signed, address
            assert (page.locator("#legend .perhaps").count() > 0) is signed, address
        go(page, "#from=2003&to=2003&view=table")
        note = page.text_content("#years-note")
        assert "möjligen." in note and "starkare" not in note  # nothing is drawn there


# ---- paths -------------------------------------------------------------------------------------------------

PATHS = json.loads((VECTORS / "paths.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", PATHS, ids=[vector["name"] for vector in PATHS])
def test_path_vectors_on_the_page(page: Any, vector: dict[str, Any]) -> None:
    for case in vector["cases"]:
        found = page.evaluate(
            "([edges, {from, to, count, avoid}]) => relgraph.paths.shortest(edges, from, to, count, avoid)",
            [vector["edges"], case],
        )
        assert found == case["paths"], case


def test_the_path_finder_explains_every_step_and_lights_the_path(page: Any) -> None:
    go(page, "")
    page.click("#pathfinder summary")
    page.fill("#path-a", "nordå")
    page.keyboard.press("Enter")
    page.fill("#path-b", "haicheng")
    page.keyboard.press("Enter")
    assert page.evaluate("[relgraph.state.now.a, relgraph.state.now.b]") == [slug("Nordå"), "haicheng"]
    said = page.inner_text("#panel")
    assert "Nordå – Haicheng" in said and "2 steg" in said
    assert "Ekvik samarbetar med Nordå." in said or "Vänortsavtalet i norr slöts 1999." in said
    assert "Ekviks årsrapport 2018, avsnitt" in said
    lit = page.evaluate("(({nodes, edges}) => [[...nodes], [...edges]])(relgraph.lit())")
    assert {slug("Nordå"), "ekvik", "haicheng"} <= set(lit[0])
    # an agreement is its node and the lines to both
    assert {"hamnstadga", "vanortsavtal-nord"} <= set(lit[0])
    assert {"hamnstadga", "hamnstadga~2", "vanortsavtal-nord", "vanortsavtal-nord~2"} <= set(lit[1])
    assert "vanortsavtal-nord~3" not in lit[1]  # to a third party, which the path does not pass
    paths = page.evaluate("relgraph.paths.found().map((path) => path.cost)")
    assert paths == sorted(paths) and paths
    page.check("#around")
    assert "Ingen väg som inte går via Ekvik" in page.inner_text("#panel")
    page.keyboard.press("Escape")
    assert page.evaluate("[relgraph.state.now.a, relgraph.state.now.b]") == ["", ""]


def test_escape_first_leaves_the_choice_then_the_filters(page: Any) -> None:
    go(page, f"#sel={slug('Haicheng')}&types=Network&from=2000&to=2010&undated=no&lang=en")
    page.keyboard.press("Escape")
    assert page.evaluate("[relgraph.state.now.sel, relgraph.state.filtered()]") == ["", True]
    page.keyboard.press("Escape")
    assert page.evaluate("[relgraph.state.filtered(), relgraph.state.now.lang]") == [False, "en"]
    said = f"{page.evaluate('relgraph.model.edges.size')} relationships"
    page.wait_for_function("(said) => document.getElementById('live').textContent.includes(said)", arg=said)
    page.go_back()
    assert page.evaluate("relgraph.state.filtered()") is True


FOUND = """(states) => states.map((state) => {
  relgraph.state.set(state);
  return relgraph.paths.found().map(({cost, nodes, edges}) => [cost, nodes, edges]);
})"""


@pytest.mark.parametrize(("name", "year"), [("malmo", ""), ("malmo", "2018"), ("fictional", "")])
def test_the_page_finds_the_paths_that_python_finds_over_what_is_on_the_map(
    browser: Any, built: City, tmp_path: Path, name: str, year: str
) -> None:
    """All pairs of a sample of parties, past the city and not: the same paths, costs and statements."""
    folder = ROOT if name == "malmo" else built.root
    graph = relgraph.open(folder)
    when = When.of(year=year)
    network = path_network(graph.lookup, when=when)
    home = graph.compiled.home
    file = folder / "exports" / "map.html"
    if when:
        data = map_data(graph.lookup, title={}, when=when)
        file = tmp_path / "map.html"
        file.write_text(render(data, place(data)), encoding="utf-8")
    with opened(browser, file, fragment="#view=table") as (page, seen):
        ids = set(page.evaluate("[...relgraph.model.nodes.keys()]"))
        beyond = set(network) - ids
        assert page.evaluate("relgraph.model.page.beyond") == sum(network.degree(id_) > 0 for id_ in beyond)
        parties = sorted(set(network) & ids)
        sample = Random(1).sample(parties, min(16, len(parties)))
        cases = [
            {"a": a, "b": b, "around": around} for a, b in combinations(sample, 2) for around in (False, True)
        ]
        told = page.evaluate(FOUND, cases)
        for case, paths in zip(cases, told, strict=True):
            ends = case["a"], case["b"]
            avoid = beyond | ({home} if case["around"] and home not in ends else set())
            wanted = shortest(network, *ends, 3, avoid)
            assert paths == [[p.cost, list(p.nodes), [list(e) for e in p.edges]] for p in wanted], case
        assert sum(map(len, told)) > len(cases) // 2 and seen.complaints == []
        limit = page.evaluate("relgraph.model.page.when")
        assert limit == (f"--year {year}" if year else "")
        if year:
            page.evaluate("relgraph.state.set({view: 'map'})")
            assert page.inner_text("#panel code").endswith(f" {limit}")


def test_of_a_path_beyond_the_map_the_command_is_told(browser: Any, page: Any) -> None:
    go(page, "#a=riverton&b=utopia&around=yes")
    said = page.inner_text("#panel")
    assert "”utopia” finns inte på den här kartan." in said
    assert page.inner_text("#panel code") == "relgraph path riverton utopia --not-through ekvik"
    go(page, "#a=two words&b=riverton&lang=en")
    assert page.inner_text("#panel code") == 'relgraph path "two words" riverton'
    assert "is not on this map" in page.inner_text("#panel")
    go(page, "#a=riverton&b=haicheng")
    assert page.query_selector("#panel code") is None  # this map holds all there is
    go(page, "")
    page.evaluate("document.getElementById('pathfinder').open = true")
    page.fill("#path-a", "utopia")
    assert "relgraph path" in page.inner_text("#path-a-hits")
    page.keyboard.press("Escape")
    with opened(browser, ROOT / "exports" / "map.html", fragment="#a=eurocities&b=iclei") as (malmo, _):
        assert "Grafen har" in malmo.inner_text("#panel")
        assert malmo.inner_text("#panel code") == "relgraph path eurocities iclei"


def test_the_command_that_the_page_tells_finds_what_the_map_does_not_hold() -> None:
    graph = relgraph.open(ROOT)
    network = path_network(graph.lookup)
    page = unpack((ROOT / "exports" / "map.html").read_text(encoding="utf-8"))
    beyond = sorted(set(network) - {node["id"] for node in page["nodes"]})
    far = next(id_ for id_ in beyond if shortest(network, graph.compiled.home, id_, 1))
    done = process([str(COMMAND), "path", graph.compiled.home, far], cwd=ROOT)
    assert done.code == 0 and done.out


def test_who_coordinates_a_relationship_is_told_of_its_parties(browser: Any) -> None:
    with opened(browser, ROOT / "exports" / "map.html", fragment="#sel=eurocities") as (page, _):
        said = page.inner_text("#panel")
        assert "Ansvarig enhet\nMalmö stads kontor i Bryssel" in said
        assert "för samordningen av samarbetet med Eurocities." in said
        # joined by lines, not floating beside them
        joined = """(({edgesOf}, {nodes, edges}) => [...nodes].every((id) => id === 'eurocities'
          || (edgesOf.get(id) ?? []).some((edge) => edges.has(edge.id))))(relgraph.model, relgraph.lit())"""
        assert page.evaluate("relgraph.lit().nodes.has('brussels-office')") and page.evaluate(joined)
        page.evaluate("relgraph.state.set({sel: 'iclei'})")
        assert "Miljöförvaltningen (engagemang)" in page.inner_text("#panel dl")
