"""What an answer on a page of the site may cost: of a large graph it is bounded, and the page says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from running import copy_city

from relgraph.project import Project, find_project
from relgraph.views.export.registry import Job
from relgraph.views.site import answered, costs, writing
from relgraph.views.site.frame import Site
from relgraph.views.site.words import word


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    city = copy_city(tmp_path_factory.mktemp("bounds") / "lindvik")
    city.ok("build")
    return find_project(city.root)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """The city counts as large."""
    monkeypatch.setattr(costs, "LARGE", 10)


def answers(project: Project) -> dict[str, str]:
    """The pages of all questions, by question and language."""
    site = Site(Job(project))
    list(answered.add_answers(site, answered.questions(site)))
    return {path: content.decode() for path, content in site.files.items()}


@pytest.fixture(scope="module")
def whole(project: Project) -> dict[str, str]:
    return answers(project)


def rows(page: str) -> int:
    return page.count('<tr role="row"><th role="rowheader"')


def heavy(project: Project) -> set[str]:
    site = Site(Job(project))
    return {each.name for each in answered.questions(site) if answered.HEAVY in each.tags}


def test_of_a_large_graph_a_heavy_question_is_left_to_the_command(
    project: Project, whole: dict[str, str], large: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Site(Job(project))
    asked = [each for each in answered.questions(made) if answered.HEAVY in each.tags]
    assert asked
    monkeypatch.setattr(answered, "ask", None)  # it is not asked at all
    assert list(answered.add_answers(made, asked))
    for path, content in made.files.items():
        assert "<td" in whole[path] and b"<td" not in content
        assert f"relgraph ask {Path(path).stem}" in content.decode()


def test_the_worker_answers_as_this_process_does(
    project: Project, whole: dict[str, str], large: None
) -> None:
    pages = answers(project)
    assert pages.keys() == whole.keys()
    left = heavy(project)
    assert len(pages) > 60
    for path, page in pages.items():
        assert Path(path).stem in left or page == whole[path], path


def test_no_more_rows_of_an_answer_are_read_than_the_bound(
    project: Project, whole: dict[str, str], large: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    most = 1
    monkeypatch.setattr(costs, "READ", most)
    writing.write_site(Job(project), tmp_path)
    cut, left = 0, heavy(project)
    for path, page in whole.items():
        now = (tmp_path / path).read_text(encoding="utf-8")
        assert rows(now) <= most, path
        if Path(path).stem in left:
            continue
        if rows(page) > most:
            caption = re.search("<caption>(.*?)</caption>", now)
            assert caption and re.search(word("at least", path[:2], "1 (rad|row)"), caption[1]), path
            assert f"relgraph ask {Path(path).stem}" in now
            cut += 1
    assert cut > 20


def test_an_answer_that_costs_too_much_is_left_to_the_command(
    project: Project, whole: dict[str, str], large: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(costs, "TIMEOUT", 1e-9)
    told, left = 0, heavy(project)
    for path, page in answers(project).items():
        usual = "usual-but-missing" in path  # has been answered for the other pages
        assert rows(page) == 0 or usual, path
        if rows(whole[path]) and not usual and Path(path).stem not in left:
            assert f"{word('stopped', path[:2])} <code>relgraph ask {Path(path).stem}" in page
            told += 1
    assert told > 40


def test_of_an_answer_only_what_the_page_shows_is_told(
    project: Project, whole: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = 1
    monkeypatch.setattr(answered, "ROWS", shown)
    more = 0
    for path, page in answers(project).items():
        assert rows(page) == min(rows(whole[path]), shown), path
        if rows(whole[path]) > shown:
            assert word("rows more", path[:2], rows(whole[path]) - shown) in page, path
            assert 'id="page_said"' not in page
            more += 1
    assert more > 20
