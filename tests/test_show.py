"""``relgraph show``: who a name means, the order of what is said, and the three formats."""

from __future__ import annotations

import json

import pytest
from running import SOURCE, City, copy_city


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> City:
    """The city with names that are hard to type and one that two records share."""
    city = copy_city(tmp_path_factory.mktemp("named") / "lindvik")
    city.add(
        "- id: osteraa\n  type: City\n  name: {sv: Österå, en: Eastern River}\n  alias:\n    - Öster-Å\n"
        f"    - {{name: ÖÅ, status: acronym}}\n  {SOURCE}\n"
        f"- id: spring-city\n  type: City\n  name: {{sv: Våren, en: Spring}}\n  {SOURCE}\n"
        f"- id: spring-forum\n  type: Forum\n  name: {{sv: Vårforum, en: Spring}}\n  {SOURCE}\n"
        f"- id: markup\n  type: City\n  name: {{sv: '<b>*x*</b> | [y](z)', en: Markup}}\n  {SOURCE}",
        "names.yaml",
    )
    city.ok("show", "osteraa")
    return city


@pytest.mark.parametrize(
    "name",
    [
        "osteraa",
        "Österå",
        "österå",
        "ÖSTERÅ",
        "ostera",
        "Oster-a",
        "Eastern River",
        "eastern  river",
        "ÖÅ",
        "oa",
    ],
)
def test_a_record_is_known_by_id_name_alias_and_acronym_without_accents(named: City, name: str) -> None:
    assert named.ok("show", name).startswith("Österå – stad")


def test_a_decomposed_name_is_the_same_name(named: City) -> None:
    import unicodedata

    assert named.ok("show", unicodedata.normalize("NFD", "Österå")).startswith("Österå")


def test_an_unknown_name_is_refused_with_the_nearest(named: City) -> None:
    done = named.run("show", "Aberhavem")
    assert (done.code, done.out) == (2, "")
    assert done.err == "error: nothing in the graph is called 'Aberhavem'\nhint: did you mean 'Aberhaven'?\n"


def test_a_name_like_no_other_gets_no_hint(named: City) -> None:
    assert named.run("show", "qqqqqqqq").err == "error: nothing in the graph is called 'qqqqqqqq'\n"


@pytest.mark.parametrize("name", ["", " ", "-", "'; DROP", '"', "<x>", "\\", "?x"])
def test_an_odd_name_is_merely_unknown(named: City, name: str) -> None:
    done = named.run("show", "--", name)
    assert done.code == 2
    assert "Traceback" not in done.err
    assert done.err.startswith("error: ")


def test_an_ambiguous_name_lists_its_candidates(named: City) -> None:
    done = named.run("show", "spring")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(
        "error: 'spring' may mean several records: spring-city (Våren, stad); spring-forum "
    )
    assert "hint: use the id" in done.err


def test_what_is_said_comes_by_group_in_the_ontologys_order(named: City) -> None:
    found = json.loads(named.ok("show", "aberhaven", "--lang", "en", "--format", "json"))
    assert [part["title"] for part in found["parts"]] == [
        "Agreements",
        "Cooperation and contacts",
        "Activity",
        "Not held, cancelled or not concluded",
        "Status and activity level",
    ]


def test_json_holds_every_sentence_with_its_places(named: City) -> None:
    found = json.loads(named.ok("show", "nordljus", "--lang", "en", "--format", "json"))
    assert (found["id"], found["type"], found["name"], found["lang"]) == (
        "nordljus",
        "Network",
        "Nordljus",
        "en",
    )
    sentences = {s["record"]: s for part in found["parts"] for s in part["sentences"]}
    said = sentences["lindvik-in-nordljus"]
    assert said["text"].endswith(".")
    assert all(word in said["text"] for word in ("Nordljus", "Lindvik", "2025"))
    [source] = said["sources"]
    assert [source[key] for key in ("document", "section", "start", "end")] == ["ar2030", "1", 84, 115]
    assert source["text"] == "Annual report of Lindvik 2030, section 1, characters 84–115"


def test_markdown_escapes_what_the_data_says(named: City) -> None:
    text = named.ok("show", "markup", "--format", "markdown")
    assert text.splitlines()[0] == r"# \<b\>\*x\*\</b\> \| \[y\](z)"


def test_the_date_of_the_data_is_told_and_not_the_clocks(named: City) -> None:
    assert "From Annual report of Lindvik 2030, which covers 2030." in " ".join(
        named.ok("show", "lindvik", "--lang", "en").split()
    )


def test_a_record_of_which_nothing_is_said_says_so(named: City) -> None:
    assert "Källorna säger inget om dess relationer." in named.ok("show", "spring-city")
    assert "Källorna säger inget" not in named.ok("show", "lindvik")


def test_a_name_of_several_words_needs_no_quotes(named: City) -> None:
    assert named.ok("show", "Eastern", "River") == named.ok("show", "osteraa")


def test_a_pipe_gets_lines_of_at_most_88_characters(named: City) -> None:
    assert max(len(line) for line in named.ok("show", "aberhaven").splitlines()) <= 88


def test_output_goes_to_a_file(named: City) -> None:
    target = named.root.parent / "shown.md"
    assert named.ok("show", "nordljus", "--format", "markdown", "-o", str(target)) == ""
    assert target.read_text(encoding="utf-8") == named.ok("show", "nordljus", "--format", "markdown")
