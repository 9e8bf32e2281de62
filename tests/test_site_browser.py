"""The site in a browser, from its folder: search, links, hostile texts, axe, narrow windows, print."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdf
import pytest
from exporting import HOSTILE, add_hostile
from running import City, copy_city

PAGES = {
    "front": "index.html",
    "entity": "{}/entity/lindvik.html",
    "document": "{}/entity/ar2030.html",
    "question": "{}/question/agreements.html",
    "example": "{}/question/about.html",
    "no answer": "{}/question/section.html",
    "questions": "{}/questions.html",
    "all": "{}/all.html",
    "search": "{}/search.html?q=li",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    city: City = copy_city(tmp_path_factory.mktemp("site") / "lindvik")
    add_hostile(city)
    city.ok("export", "--format", "site", "-o", "site")
    return city.root / "site"


@contextmanager
def visited(browser: Any, site: Path, path: str, *, width: int = 1280) -> Iterator[tuple[Any, list[str]]]:
    """A page of the site, opened from disk; every request elsewhere and every complaint is noted."""
    noted: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    try:
        page = context.new_page()

        def on_request(request: Any) -> None:
            if not request.url.startswith((site.as_uri(), "data:")):
                noted.append(request.url)

        page.on("request", on_request)
        page.on("console", lambda message: noted.append(message.text))
        page.on("pageerror", lambda error: noted.append(str(error)))
        file, _, query = path.partition("?")
        page.goto((site / file).as_uri() + (f"?{query}" if query else ""))
        yield page, noted
    finally:
        context.close()


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    browser: Any, site: Path, name: str, lang: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install -e '.[test]'")
    path = "en/index.html" if (name, lang) == ("front", "en") else PAGES[name].format(lang)
    for width in (1280, 320):
        with visited(browser, site, path, width=width) as (page, noted):
            assert axe.Axe().run(page).response["violations"] == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate("document.documentElement.lang") == lang
            assert noted == []


@pytest.mark.parametrize(
    ("text", "name", "id_"),
    [
        ("nordljus arsmote 2030", "Nordljus årsmöte 2030", "nordljus-annual-meeting-2030"),
        ("aberhafen", "Aberhaven", "aberhaven"),  # as the source misspells it
    ],
)
def test_the_search_of_any_page_finds_names_without_accents_and_leads_there(
    browser: Any, site: Path, text: str, name: str, id_: str
) -> None:
    with visited(browser, site, "sv/entity/lindvik.html") as (page, noted):
        page.get_by_role("searchbox").fill(text)
        page.keyboard.press("Enter")
        page.wait_for_selector("html[data-ready=true]")
        assert page.get_by_role("searchbox").input_value() == text
        first = page.locator("#hits a").first
        assert first.inner_text() == name
        first.click()
        page.wait_for_selector("h1")
        assert page.url.endswith(f"/sv/entity/{id_}.html")
        assert noted == []


def test_the_search_answers_as_one_types_and_says_how_many(browser: Any, site: Path) -> None:
    with visited(browser, site, "en/search.html") as (page, noted):
        field, count = page.get_by_role("searchbox"), page.locator("#count")
        assert count.inner_text() == ""
        field.press_sequentially("twinning")
        several = page.locator("#hits li").count()
        assert several > 1
        assert count.inner_text() == f"{several} hits"
        statement = page.locator("#hits a[href*='#']").first
        record = statement.get_attribute("href").split("#")[1]
        text = statement.inner_text()
        field.fill("qqqq <b>")
        assert "qqqq <b>" in count.inner_text()
        assert page.locator("#hits li").count() == 0
        field.fill("twinning")
        field.press("Enter")
        assert page.evaluate("document.activeElement.matches('#hits a')")
        statement.click()
        page.wait_for_selector("h1")
        assert text in page.locator(f"li#{record}").inner_text().replace("\n", " ")
        assert noted == []


@pytest.mark.parametrize("i", range(len(HOSTILE)))
def test_hostile_names_are_found_and_do_nothing(browser: Any, site: Path, i: int) -> None:
    with visited(browser, site, f"sv/entity/hostile-{i}.html") as (page, noted):
        title = page.locator("h1").inner_text()
        assert page.evaluate("Object.keys(window).includes('x')") is False
        assert page.locator("main b").count() == 0
        page.goto((site / "sv/search.html").as_uri())
        page.get_by_role("searchbox").fill(HOSTILE[i])
        assert page.locator("#hits b").count() == 0
        links = page.locator("#hits a").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
        assert f"entity/hostile-{i}.html" in links
        assert title
        assert noted == []


def test_the_other_language_is_one_click_away_and_the_page_the_same(browser: Any, site: Path) -> None:
    with visited(browser, site, "sv/entity/hostile-1.html") as (page, _):
        page.get_by_role("link", name="English").click()
        page.wait_for_selector("html[lang=en]")
        assert page.url.endswith("/en/entity/hostile-1.html")
        page.get_by_role("link", name="Svenska").click()
        page.wait_for_selector("html[lang=sv]")
        assert page.url.endswith("/sv/entity/hostile-1.html")


def test_a_party_is_shown_on_the_map_of_the_site(browser: Any, site: Path) -> None:
    with visited(browser, site, "en/entity/aberhaven.html") as (page, noted):
        page.get_by_role("link", name="Show on the relationship map").click()
        page.wait_for_selector("html[data-ready=true]")
        assert page.url.endswith("/map.html#sel=aberhaven&lang=en")
        assert page.locator("#panel-heading").inner_text() == "Aberhaven"
        assert noted == []


def test_print_has_the_content_alone(browser: Any, site: Path) -> None:
    with visited(browser, site, "en/entity/lindvik.html") as (page, _):
        page.emulate_media(media="print")
        assert not page.locator("header").is_visible()
        assert page.locator("h1").is_visible()
        assert page.locator("#page_sources").is_visible()


def test_an_answer_of_many_columns_is_printed_whole(browser: Any, site: Path) -> None:
    with visited(browser, site, "en/question/agreements.html") as (page, _):
        printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages[0]
        assert printed.mediabox.width > printed.mediabox.height
        page.emulate_media(media="print")
        page.set_viewport_size(
            {"width": round(273 / 25.4 * 96), "height": 700}
        )  # A4 across, less its margins
        wide = "table => [table.scrollWidth, table.parentElement.clientWidth, table.rows[0].cells.length]"
        width, room, columns = page.locator("table").evaluate(wide)
        assert width <= room
        assert columns > 9


def test_the_keyboard_reaches_the_content_by_the_first_link(browser: Any, site: Path) -> None:
    with visited(browser, site, "en/entity/lindvik.html") as (page, _):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        box = page.locator(".skip").bounding_box()
        assert box["y"] >= 0
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")


def test_without_script_the_search_says_where_else_to_look(browser: Any, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto((site / "sv/search.html").as_uri())
        page.locator("main noscript a, main p a").first.click()
        assert page.url.endswith("/sv/all.html")
    finally:
        context.close()
