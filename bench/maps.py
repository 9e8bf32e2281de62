"""The map against plain pyvis of the same graph, in headless Chromium at 1440×900.

    python bench/maps.py [--sizes 50,300,1000,3000,10000] [--json FILE]
    python bench/maps.py --page MAP.html        # any map that relgraph has made, in the browser only

For each size a fictional city's map is placed and written, and opened as by double-click. Told are the time
to place the nodes and to write the page, its size, the data a relationship takes (as they are, and compressed
in the page), and in the browser: ``ready`` from opening to a drawn map that answers, ``select`` from choosing
a party to the frame that shows it, ``home`` the same for the home city with all its neighbours, ``search``
for a keystroke, ``frame`` for drawing anew. Medians of some runs. Plain pyvis is what
``Network.add_node``/``add_edge`` and ``generate_html`` give: ready is when its physics come to rest. It is
asked up to 1,000 nodes, and given a minute.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from random import Random
from typing import Any

from relgraph.views.map import (
    Bilingual,
    MapData,
    MapEdge,
    MapNode,
    NodeType,
    Sentence,
    carrier,
    place,
    render,
    unpack,
)

SIZES = (50, 300, 1000, 3000, 10000)
PYVIS_MOST, PATIENCE = 1000, 60
TARGETS = {("ready", 300): 1000, ("ready", 1000): 2000, ("select", 300): 100, ("size", 300): 800_000}
TARGETS |= {("size", 1000): 1_500_000}
LOOKS = (
    ("department", "#3B0764", "square", True),
    ("city", "#0072B2", "dot", True),
    ("network", "#00795A", "hexagon", True),
    ("working group", "#00795A", "hexagon", False),
    ("agreement", "#B0226E", "diamond", True),
    ("event", "#8A6100", "triangle", False),
    ("programme", "#8A6100", "triangleDown", True),
    ("project", "#D55E00", "star", True),
    ("organisation", "#5F6B7A", "octagon", True),
)
SYLLABLES = (
    "ba",
    "dor",
    "ek",
    "fal",
    "gro",
    "hav",
    "is",
    "kul",
    "lin",
    "mo",
    "nor",
    "os",
    "ped",
    "ro",
    "sund",
    "vik",
)


def city(nodes: int, seed: int = 1) -> MapData:
    """A fictional city's map: half of the relationships are the city's own, half among the others."""
    random = Random(seed)

    def name() -> str:
        return " ".join(
            "".join(random.choices(SYLLABLES, k=3)).capitalize() for _ in range(random.choice((1, 2, 2, 3)))
        )

    kinds = [NodeType("home", Bilingual("staden"), Bilingual("staden"), "#111827")]
    kinds += [
        NodeType(f"t{i}", Bilingual(word), Bilingual(word + "s"), color, shape, filled, i + 1)
        for i, (word, color, shape, filled) in enumerate(LOOKS)
    ]
    parties = [MapNode("home", "home", Bilingual("Lindvik"))]
    parties += [
        MapNode(f"n{i}", f"t{random.randrange(len(LOOKS))}", Bilingual(name())) for i in range(nodes - 1)
    ]
    edges = []
    for i in range(3 * nodes // 2):
        a = "home" if i < nodes - 1 and i % 2 else random.choice(parties).id
        b = f"n{i}" if i < nodes - 1 else random.choice(parties[1:]).id
        year, who, what = 1990 + i % 30, f"{name()}|{name()}", f"{name()}|{name()}"
        sv = "{} och {} samarbetar sedan {} om {} inom {}."
        en = "{} and {} have cooperated since {} on {} within {}."
        parts = (*who.split("|"), year, *what.split("|"))
        cite = f"{i % 12}", f"{i * 40}–{i * 40 + 39}"
        said = Sentence(
            Bilingual(sv.format(*parts), en.format(*parts)),
            Bilingual(
                "Årsberättelsen, avsnitt {}, tecken {}".format(*cite),
                "The annual report, section {}, characters {}".format(*cite),
            ),
        )
        edges.append(MapEdge(f"r{i}", a, b, Bilingual("samarbete", "cooperation"), said, "cooperation"))
    title = Bilingual("Lindviks internationella relationer", "International relations of Lindvik")
    return MapData(title, Bilingual("2030"), "home", tuple(kinds), tuple(parties), tuple(edges))


def plain(data: MapData) -> str:
    """The same nodes and edges by pyvis alone."""
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line", height="900px")
    colors = {kind.name: kind.color for kind in data.types}
    for node in data.nodes:
        net.add_node(node.id, label=node.label.sv, title=node.label.sv, color=colors[node.type])
    for edge in data.edges:
        net.add_edge(edge.source, edge.target, title=edge.sentence.text.sv)
    return str(net.generate_html())


def opened(browser: Any, file: Path, ready: str) -> tuple[Any, float | None]:
    """The page, and the ms from opening it until ``ready`` holds and a frame is drawn; None if never."""
    from playwright.sync_api import TimeoutError as TooLong

    # Playwright waits by eval(), which the page's policy forbids
    page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce", bypass_csp=True)
    page.route("http**", lambda route: route.abort())
    start = time.perf_counter()
    try:
        page.goto(file.as_uri(), wait_until="commit")
        page.wait_for_function(ready, timeout=1000 * PATIENCE, polling="raf")
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    except TooLong:
        return page, None
    return page, 1000 * (time.perf_counter() - start)


TIMED = """async (work) => {
  const times = [];
  for (let i = 0; i < 9; i++) {
    const start = performance.now();
    WORK;
    await AFTER;
    times.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 30));
  }
  return times; }"""
DRAWN = "new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"


def timed(page: Any, work: str, after: str = "null", every: int = 1) -> float:
    """The median ms of some work in the page, until ``after``; of the times only each ``every``-th."""
    times = page.evaluate(TIMED.replace("WORK", work).replace("AFTER", after))
    return float(statistics.median(times[::every]))


def measured(browser: Any, folder: Path, nodes: int) -> dict[str, Any]:
    """All figures of one size."""
    data = city(nodes)
    start = time.perf_counter()
    layout = place(data)
    placed = time.perf_counter()
    html = render(data, layout)
    written = time.perf_counter()
    carried = unpack(html)
    own = folder / f"map-{nodes}.html"
    own.write_text(html, encoding="utf-8")
    ours = {key: value for key, value in carried.items() if key != "strings"}
    raw = len(json.dumps(ours, ensure_ascii=False, separators=(",", ":")).encode())
    packed = len(html.partition('id="data">')[2].partition("<")[0])
    found: dict[str, Any] = {
        "nodes": nodes,
        "relationships": len(data.edges),
        "place": 1000 * (placed - start),
        "write": 1000 * (written - placed),
        "size": len(html.encode()),
        "data": round(raw / len(data.edges)),
        "packed": round(packed / len(data.edges)),
    }
    found |= in_browser(browser, own)
    if nodes <= PYVIS_MOST:
        found["pyvis"] = _pyvis(browser, folder, data)
    assert [node["id"] for node in carrier(data, layout).nodes] == [node["id"] for node in carried["nodes"]]
    return found


def in_browser(browser: Any, file: Path) -> dict[str, float]:
    """How fast a page opens and answers, in ms; what is chosen are the first parties by id, and the city."""
    found = {"ready": statistics.median(_ready(browser, file) for _ in range(3))}
    page, _ = opened(browser, file, "window.relgraph?.ready")
    page.evaluate("""window.names = [...relgraph.model.nodes.keys()]
      .filter((id) => id !== relgraph.model.page.home).slice(0, 9)""")
    found["select"] = timed(page, "relgraph.state.set({sel: names[i]})", DRAWN)
    page.evaluate("relgraph.state.set({sel: ''})")
    home = "relgraph.state.set({sel: i % 2 ? '' : relgraph.model.page.home})"
    found["home"] = timed(page, home, DRAWN, every=2)
    page.evaluate("relgraph.state.set({sel: ''})")
    typing = "const field = document.getElementById('search'); field.value = 'sundviko'.slice(0, 1 + i % 8);"
    found["search"] = timed(page, f"{typing} field.dispatchEvent(new Event('input', {{bubbles: true}}))")
    found["frame"] = timed(page, "relgraph.network.renderer._redraw()")
    page.close()
    return found


def _ready(browser: Any, file: Path) -> float:
    page, ms = opened(browser, file, "window.relgraph?.ready")
    page.close()
    return ms or float("inf")


def _pyvis(browser: Any, folder: Path, data: MapData) -> dict[str, Any]:
    html = plain(data)
    file = folder / f"pyvis-{len(data.nodes)}.html"
    file.write_text(html, encoding="utf-8")
    page, ready = opened(browser, file, "typeof network !== 'undefined' && network.physics.stabilized")
    found: dict[str, Any] = {"size": len(html.encode()), "ready": ready}
    if ready is not None:
        names = json.dumps([node.id for node in data.nodes[1:10]])
        found["select"] = timed(page, f"network.selectNodes([{names}[i]])", DRAWN)
        found["frame"] = timed(page, "network.renderer._redraw()")
    page.close()
    return found


def main() -> int:
    """Measure, print a table; 1 if a target is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--json", type=Path)
    parser.add_argument("--page", type=Path)
    given = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        parser.error("there is no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    results = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        print(f"Chromium {browser.version}")
        if given.page:
            print(json.dumps(in_browser(browser, given.page.resolve())))
            return 0
        for size in map(int, given.sizes.split(",")):
            results.append(measured(browser, Path(folder), size))
            print(json.dumps(results[-1], default=str), flush=True)
        browser.close()
    if given.json:
        given.json.write_text(json.dumps(results, indent=1), encoding="utf-8")
    missed = [
        (what, found["nodes"])
        for found in results
        for what, most in [(w, m) for (w, n), m in TARGETS.items() if n == found["nodes"]]
        if found[what] > most
    ]
    print("missed:", missed or "nothing")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
