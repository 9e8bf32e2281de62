"""The ontology's page: it says all that the ontology does, asks for nothing, and reads well for everyone."""

from __future__ import annotations

import importlib.util
import re
import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import pytest
from browser import opened
from running import ROOT, process

from relgraph.views.ontology import ontology_page
from relgraph.vocabulary import Vocabulary, read_vocabulary, vocabulary_files

HOSTILE = """
@prefix rg: <https://w3id.org/relgraph/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
rg:Nasty a owl:Class ; rdfs:subClassOf rg:Entity ;
    rdfs:label "</script><script>window.x=1</script>"@sv ;
    rg:color "#000\\" onload=\\"window.x=1" ; rg:shape "dot" ;
    rdfs:comment "<img src=x onerror='window.x=1'> {{ 7*7 }}"@en .
"""


@pytest.fixture(scope="module")
def text() -> str:
    files = vocabulary_files([ROOT / "ontology"])
    return ontology_page(read_vocabulary(files)[0], files)


@pytest.fixture(scope="module")
def file(text: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("ontology") / "ontology.html"
    made.write_text(text, encoding="utf-8")
    return made


def test_every_class_property_and_concept_is_told(text: str, vocabulary: Vocabulary) -> None:
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert {kind.name for kind in vocabulary.kinds.values()} <= set(ids)
    assert {f"p-{key}" for key in vocabulary.properties} <= set(ids)
    shown = set(re.findall(r"<code translate=\"no\">(rg:[\w-]+)</code>", text))
    concepts = {f"rg:{concept.name}" for concept in vocabulary.concepts.values()}
    assert concepts <= shown
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids)


def test_the_key_of_a_class_has_its_number_and_type(text: str) -> None:
    membership = text.split('<article class="term" id="Membership"')[1].split("</article>", maxsplit=1)[0]
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", membership, re.DOTALL)
    plain = [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]
    assert plain == ["member rg:Agent 1–n", "organization rg:Agent 1"]


def test_another_hash_seed_gives_the_same_bytes() -> None:
    for seed in ("1", "2"):
        arguments = [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"]
        done = process(arguments, cwd=ROOT, env={"PYTHONHASHSEED": seed})
        assert "ontology.html" not in done.err
        assert "model.svg" not in done.err


def test_an_unknown_language_is_refused(vocabulary: Vocabulary) -> None:
    with pytest.raises(ValueError, match="'de'"):
        ontology_page(vocabulary, [], lang="de")


def test_hostile_texts_stay_texts(browser: Any, tmp_path: Path) -> None:
    own = tmp_path / "nasty.ttl"
    own.write_text(HOSTILE, encoding="utf-8")
    files = [*vocabulary_files([ROOT / "ontology"]), own]
    made = tmp_path / "page.html"
    made.write_text(ontology_page(read_vocabulary(files)[0], files), encoding="utf-8")
    with opened(browser, made) as (page, seen):
        assert page.evaluate("window.x") is None
        assert "onerror='window.x=1'> {{ 7*7 }}" in page.inner_text("#Nasty")
        assert page.locator("#Nasty h4 .en").get_attribute("lang") == "sv"
        assert (seen.requests, seen.complaints) == ([], [])


@pytest.mark.parametrize("width", [1280, 320])
def test_the_page_asks_for_nothing_and_fits(browser: Any, file: Path, width: int) -> None:
    with opened(browser, file, width=width) as (page, seen):
        for lang in ("sv", "en"):
            page.click(f"[data-language={lang}]")
            assert page.evaluate("document.documentElement.lang") == lang
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            levels = page.evaluate(
                "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((h) => +h.tagName[1])"
            )
            assert levels[0] == 1 and levels.count(1) == 1
            assert all(after - before <= 1 for before, after in pairwise(levels))
            texts = page.evaluate(
                "[...document.querySelectorAll('h1 span,h4 span')]"
                ".filter((s) => s.offsetParent).map((s) => s.lang)"
            )
            assert set(texts) == {lang}
        assert (seen.requests, seen.complaints) == ([], [])


def test_languages_switch_by_keyboard(browser: Any, file: Path) -> None:
    with opened(browser, file) as (page, _):
        assert page.inner_text("#h-City").casefold() == "city"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.inner_text("#h-City").casefold() == "stad"


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_axe_finds_nothing(browser: Any, file: Path, lang: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install -e '.[test]'")
    with opened(browser, file) as (page, _):
        page.click(f"[data-language={lang}]")
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        found = axe.Axe().run(page).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


# ---- the picture of the model ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def picture() -> ModuleType:
    spec = importlib.util.spec_from_file_location("picture", ROOT / "docs" / "picture.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["picture"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_picture_has_texts_with_contrast(picture: ModuleType) -> None:
    root = ElementTree.fromstring(picture.picture())
    space = "{http://www.w3.org/2000/svg}"
    assert root.findtext(f"{space}title") and root.findtext(f"{space}desc")
    inks = {node.get("fill") for node in root.iter(f"{space}text")}
    papers = [picture.PAPER, *(fill for fill, _ in picture.PAINTS.values())]
    for ink in inks:
        for paper in papers:
            light, dark = sorted((luminance(str(ink)), luminance(paper)), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, paper)


def test_the_picture_names_classes_and_properties_that_exist(
    picture: ModuleType, vocabulary: Vocabulary
) -> None:
    text = picture.picture()
    known = {k.name for k in vocabulary.kinds.values()} | set(vocabulary.properties)
    known |= {concept.name for concept in vocabulary.concepts.values()}
    defined = "".join(p.read_text(encoding="utf-8") for p in vocabulary_files([ROOT / "ontology"]))
    for name in set(re.findall(r"\brg:(\w+)", text)):
        assert name in known or re.search(rf"^rg:{name} a ", defined, re.MULTILINE), name
