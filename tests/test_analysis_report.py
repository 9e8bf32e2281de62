"""The report on all analyses: a page that everyone can read, Markdown, and figures; nothing in it runs."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from browser import opened
from harbour import evidence_of, harbour
from running import ROOT, City, process

from relgraph.analysis import ANALYSES, Evidence, Result, analyse
from relgraph.views.analysis import as_json, as_text
from relgraph.views.figures import Figure, svg
from relgraph.views.report import as_html, as_markdown, tolds
from relgraph.views.told import Told

HOSTILE = "<script>window.x=1</script>|]*_`{{7*7}}\"'&"
LANGUAGES = ("sv", "en")


@pytest.fixture(scope="module")
def malmo() -> Evidence:
    return evidence_of(ROOT)


@pytest.fixture(scope="module")
def results(malmo: Evidence) -> dict[str, Result]:
    return {name: analyse(name, malmo) for name in ANALYSES}


@pytest.fixture(scope="module", params=LANGUAGES)
def told(request: pytest.FixtureRequest, malmo: Evidence, results: dict[str, Result]) -> list[Told]:
    return tolds(malmo, results, request.param)


@pytest.fixture(scope="module")
def hostile_city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """The city with a name that is markup in every form of the report."""
    city = harbour(tmp_path_factory.mktemp("hostile"))
    name = json.dumps(HOSTILE)
    city.replace(
        "{sv: Trafikkontoret, en: Traffic Office}", f"{{sv: {name}, en: {name}}}", "more-entities.yaml"
    )
    city.replace("{sv: Sydbro, en: Sydbro}", f"{{sv: {name}, en: {name}}}", "more-entities.yaml")
    return city


@pytest.fixture(scope="module")
def hostile(hostile_city: City) -> list[Told]:
    evidence = evidence_of(hostile_city.root)
    return tolds(evidence, {name: analyse(name, evidence) for name in ANALYSES}, "en")


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def of(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in tags]


# -- the page ----------------------------------------------------------------------------------------------


def test_the_page_is_in_order(told: list[Told]) -> None:
    text = as_html(told)
    page = Page(text)
    assert page.of("html")[0]["lang"] == told[0].lang
    ids = [str(each["id"]) for _, each in page.tags if "id" in each]
    assert len(ids) == len(set(ids))
    targets = {str(each["href"])[1:] for each in page.of("a")}
    assert targets <= set(ids)
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(page.of("caption")) == len(page.of("table")) > 10
    assert all(each["scope"] in ("row", "col") for each in page.of("th"))
    assert all({"aria-labelledby", "role"} <= set(each) for each in page.of("svg"))


def test_nothing_in_the_page_runs_or_is_fetched(told: list[Told]) -> None:
    text = as_html(told)
    page = Page(text)
    assert not page.of("script", "img", "iframe", "object", "form")
    assert not [each for _, each in page.tags if "style" in each or any(key.startswith("on") for key in each)]
    policy = str(next(each["content"] for each in page.of("meta") if "http-equiv" in each))
    style = re.search("<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert "url(" not in style[1]


def test_everyone_can_read_the_page(browser: Any, told: list[Told], tmp_path: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install -e '.[test]'")
    file = tmp_path / "report.html"
    file.write_text(as_html(told), encoding="utf-8")
    with opened(browser, file, width=320, ready="main") as (page, seen):
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width == 320
        if told[0].lang == "sv":
            assert axe.Axe().run(page).response["violations"] == []
        assert seen.requests == [] and seen.complaints == []


def test_a_hostile_name_stays_a_name(hostile: list[Told], browser: Any, tmp_path: Path) -> None:
    text = as_html(hostile)
    assert not Page(text).of("script")
    assert "&lt;script&gt;" in text and "{{7*7}}" in text
    file = tmp_path / "hostile.html"
    file.write_text(text, encoding="utf-8")
    with opened(browser, file, ready="main") as (page, seen):
        assert page.evaluate("window.x") is None
        assert HOSTILE in page.inner_text("main")
        assert seen.complaints == []


# -- Markdown, text, JSON ----------------------------------------------------------------------------------


def test_every_line_of_a_table_has_its_cells(hostile: list[Told], told: list[Told]) -> None:
    for tolds_ in (hostile, told):
        bars = 0
        for line in as_markdown(tolds_).splitlines():
            if not line.startswith("|"):
                bars = 0
                continue
            found = len(re.findall(r"(?<!\\)\|", line))
            bars = bars or found
            assert found == bars, line
    assert "<script>" not in as_markdown(hostile)


def test_nothing_is_cut_where_it_does_not_fit(told: list[Told]) -> None:
    for each in told:
        whole = Told(each.name, each.result, each.evidence, each.lang)
        text = " ".join(as_text(whole, 60).split())
        for found in each.result.tables:
            for row in found.rows:
                assert all(whole.cell(cell) in text for cell in row.cells if cell is not None)


def test_what_stands_out_is_in_the_tables(told: list[Told]) -> None:
    said = [(each, line) for each in told for line in each.standing_out()]
    assert {each.name for each, _ in said} >= {"coverage", "activity", "reach", "terms", "quality"}
    for each, (text, found, _) in said:
        columns = list(each.text.tables[found.rule.table].columns)
        rows = next(table.rows for table in each.result.tables if table.name == found.rule.table)
        assert set(found.rows) <= set(rows)
        rule = found.rule.one if len(found.rows) == 1 else found.rule.many
        if "{names}" in rule["en"]:
            assert each.cell(found.rows[0].cells[columns.index(found.rule.column)]) in text
        if "{count}" in rule["en"]:
            assert str(len(found.rows)) in text


def test_json_holds_the_whole(malmo: Evidence, results: dict[str, Result]) -> None:
    whole = json.loads(as_json(tolds(malmo, results, "en", 1)))
    assert [each["analysis"] for each in whole] == list(ANALYSES)
    coverage = next(each for each in whole if each["analysis"] == "coverage")
    assert len(coverage["tables"][0]["rows"]) == len(results["coverage"].tables[0].rows)
    assert coverage["standsOut"][0]["table"] == "unnamed"


# -- figures -----------------------------------------------------------------------------------------------


def test_figures_show_what_the_tables_count(told: list[Told]) -> None:
    drawn = {found.name: (each.figure(found), found) for each in told for found in each.result.tables}
    heat, units = drawn["units"]
    assert heat is not None
    ids = {id_ for row in units.rows for id_ in row.records}
    assert sum(1 for _, values in heat.rows for value in values if value) <= len(units.rows)
    assert max(value for _, values in heat.rows for value in values) <= len(ids)
    bars, done = drawn["done"]
    assert bars is not None
    assert [value for _, (value, *_) in bars.rows] == [row.cells[2] for row in done.rows][: len(bars.rows)]
    for figure, _ in drawn.values():
        if figure is not None:
            root = ElementTree.fromstring(svg(figure, "f"))
            assert [child.tag for child in root][:2] == ["title", "desc"]
            assert root[0].text == figure.title and root[1].text


@pytest.mark.parametrize("kind", ["bar", "heat", "multiples"])
def test_a_figure_of_hostile_names_is_well_formed(kind: str) -> None:
    name = HOSTILE + "\x00\x0b￾ " + "långt " * 20
    figure = Figure(kind, name, name, (name, "b"), ((name, (3, 0)), ("liten", (1, 2))), "sv")
    root = ElementTree.fromstring(svg(figure, "f"))
    assert {element.tag for element in root.iter()} == {"svg", "title", "desc", "rect", "text"}
    for rect in root.iter("rect"):
        assert float(re.sub("[em%]+$", "", rect.attrib["width"])) >= 0


def test_the_widest_bar_is_the_highest_value() -> None:
    figure = Figure("bar", "t", "d", ("m",), (("a", (4,)), ("b", (1,)), ("c", (2,))), "en")
    root = ElementTree.fromstring(svg(figure, "f"))
    assert [rect.attrib["width"] for rect in root.iter("rect")] == ["100%", "25%", "50%"]


# -- the command -------------------------------------------------------------------------------------------


def test_the_command_writes_the_report_by_the_name_of_the_file(hostile_city: City) -> None:
    page, text = hostile_city.root / "report.html", hostile_city.root / "report.md"
    hostile_city.ok("analyze", "--all", "--year", "2030", "--months", "6", "-o", str(page))
    hostile_city.ok("analyze", "coverage", "-o", str(text), "--lang", "en")
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "6 månader" in page.read_text("utf-8")
    assert text.read_text("utf-8").startswith("# Coverage")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["coverag"], "there is no analysis 'coverag'\nhint: did you mean coverage?"),
        (
            ["quality", "--format", "csv", "--table", "onse"],
            "quality has no table 'onse'\nhint: did you mean once?",
        ),
        (["--all", "--format", "csv"], "CSV holds one table"),
        (["coverage", "--months", "3"], "--months is for terms"),
        (["coverage", "--all"], "name one analysis, or --all of them"),
        (["terms", "--year", "x"], "--year: "),
    ],
)
def test_a_wrong_command_says_what_is_wrong(
    arguments: list[str], error: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from relgraph import cli

    monkeypatch.setattr(cli.streams, "guard", lambda: None)
    monkeypatch.setattr(cli.interrupts, "heed", lambda: None)
    with pytest.raises(SystemExit) as ended:
        cli.main(["--project", str(ROOT), "analyze", *arguments])
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith(f"error: {error}")


def test_a_year_that_no_record_knows_has_a_clear_answer(malmo: Evidence) -> None:
    from relgraph.when import When

    then = Evidence(malmo.lookup, When.of(year="1900"), kinds=("ActivityAssessment",))
    text = as_text(Told("activity", analyse("activity", then), then, "en"), 100)
    assert "That is 0 of the graph’s" in " ".join(text.split())
    assert text.count("No rows in the selection.") == 4


def test_docs_are_made_from_the_catalogue() -> None:
    text = (ROOT / "docs" / "analyses.md").read_text("utf-8")
    assert re.findall("^## `(.*)`$", text, re.MULTILINE) == list(ANALYSES)


def test_another_hash_seed_gives_the_same_report() -> None:
    program = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from harbour import evidence_of; from running import ROOT\n"
        "from relgraph.analysis import ANALYSES, analyse\n"
        "from relgraph.views.report import as_html, tolds\n"
        "e = evidence_of(ROOT)\n"
        "print(as_html(tolds(e, {n: analyse(n, e) for n in ANALYSES}, 'en')))"
    )
    import sys

    runs = {
        process([sys.executable, "-c", program], cwd=ROOT, env={"PYTHONHASHSEED": seed}).data
        for seed in ("0", "4242")
    }
    assert len(runs) == 1
    assert len(runs.pop()) > 100_000
