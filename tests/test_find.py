"""``relgraph find``: every name finds its record, whatever its ending or a slip; lists, formats, odd text."""

from __future__ import annotations

import csv
import io
import json
import sys
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from running import ROOT, SOURCE, City, copy_city, process

import relgraph
from relgraph.api import Graph
from relgraph.find import Hit, exactly, search
from relgraph.sentences import genitive
from relgraph.store.names import TEXT, Entry, words_of

#: what would reorder a line, and what a page would obey; the loader refuses control characters (RG002)
HOSTILE = r'"Red\nline\u202E <script>alert(1)</script> =1+1 [a](b)"'


@cache
def malmo() -> tuple[Graph, list[Entry], dict[str, int]]:
    graph = relgraph.open(ROOT)
    return graph, graph.lookup.index(), graph.lookup.order()


def looked_up(text: str) -> list[Hit]:
    _, index, order = malmo()
    return search(index, text, order)


@cache
def names() -> list[Entry]:
    return [entry for entry in malmo()[1] if entry.sort != TEXT]


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> City:
    """The city with hostile names, with a long one, and with a name that two records share."""
    city = copy_city(tmp_path_factory.mktemp("odd") / "lindvik")
    city.add(
        f"- id: hostile\n  type: City\n  name: {{sv: {HOSTILE}, en: Hostile}}\n  {SOURCE}\n"
        f"- id: formula\n  type: City\n  name: {{sv: '=2+5', en: Formula}}\n  {SOURCE}\n"
        f"- id: long-one\n  type: City\n  name: {{sv: {'Lång' * 600}, en: Lengthy}}\n  {SOURCE}\n"
        f"- id: spring-city\n  type: City\n  name: {{sv: Våren, en: Spring}}\n  {SOURCE}\n"
        f"- id: spring-forum\n  type: Forum\n  name: {{sv: Vårforum, en: Spring}}\n  {SOURCE}",
        "odd.yaml",
    )
    city.ok("build")
    return city


def test_every_name_finds_its_record_as_exact() -> None:
    for entry in names():
        ids = [hit.id for hit in looked_up(entry.label) if hit.score == 100]
        assert entry.id in ids, entry
        assert entry.id in exactly(malmo()[1], entry.label), entry


def test_every_genitive_finds_its_record_first() -> None:
    for entry in names():
        if entry.label.endswith(")"):  # the ending stands before what explains the name
            continue
        for lang in ("sv", "en"):
            hits = looked_up(genitive(entry.label, lang))
            assert entry.id in [hit.id for hit in hits if hit.score >= 95], entry


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_one_slip_leaves_a_name_among_the_first_five(data: st.DataObject) -> None:
    entry = data.draw(st.sampled_from([e for e in names() if len(e.words.replace(" ", "")) >= 6]))
    word = entry.label
    at = data.draw(st.integers(1, len(word) - 2))
    slips = {
        "dropped": word[:at] + word[at + 1 :],
        "doubled": word[:at] + word[at] + word[at:],
        "wrong": word[:at] + "q" + word[at + 1 :],
        "swapped": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    }
    typed = data.draw(st.sampled_from(sorted(slips.values())))
    hits = looked_up(typed)
    place = next((n for n, hit in enumerate(hits) if hit.id == entry.id), 999)
    same = sum(1 for hit in hits[:place] if hit.score >= 90)
    assert place < 5 or place - same < 5, (typed, entry, hits[:6])


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_no_text_raises(text: str) -> None:
    hits = looked_up(text)
    assert len({hit.id for hit in hits}) == len(hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    exactly(malmo()[1], text)


@pytest.mark.parametrize(
    ("text", "id_", "score"),
    [
        ("Dalians", "dalian", 95),
        ("UBC:s", "ubc", 95),
        ("Hong Kongs", "hong-kong", 95),
        ("Malmös", "malmo", 95),
        ("European SDG network", "european-sdg-network", 95),
        ("Tangshna", "tangshan", 90),
        ("immigrationsprojekt", None, 95),
        ("Öresund", "oresund-regional-issues", 80),
    ],
)
def test_what_officials_type(text: str, id_: str | None, score: int) -> None:
    first = looked_up(text)[0]
    assert first.score == score
    assert id_ is None or first.id == id_


def test_a_definite_genitive_finds_the_names_that_hold_its_stem() -> None:
    assert {"big-city-network", "european-sdg-network"} <= {hit.id for hit in looked_up("nätverkets")}


@pytest.mark.parametrize(
    ("text", "first", "score"),
    [
        ("hong kongg charter", "malmo-hong-kong-charter", 53),
        ("hongg kongs charterr", "malmo-hong-kong-charter", 52),
        ("Öresunds regionn", "oresund-regional-issues", 54),
        ("malmös eu nätverkets", "malmo-eu-network", 54),
        ("advisory grup of the ubc", "ubc-environment-committee-advisory-group", 53),
        ("enviroment comittee", "ubc-environment-committee", 52),
        ("komissionens samrådd", "commission-consultations", 52),
    ],
)
def test_each_of_several_words_may_be_inflected_or_hold_a_slip(text: str, first: str, score: int) -> None:
    hits = looked_up(text)
    assert (hits[0].id, hits[0].score) == (first, score)
    assert len(hits) <= 12


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_two_words_of_a_name_with_a_slip_in_one_find_it_without_a_flood(data: st.DataObject) -> None:
    entry = data.draw(st.sampled_from([e for e in names() if sum(len(w) > 4 for w in e.words.split()) > 1]))
    two = data.draw(st.permutations([word for word in entry.words.split() if len(word) > 4]))[:2]
    at = data.draw(st.integers(1, len(two[0]) - 2))
    two[0] = two[0][:at] + two[0][at + 1] + two[0][at] + two[0][at + 2 :]
    hits = looked_up(" ".join(two))
    assert entry.id in [hit.id for hit in hits if hit.score >= 50]
    assert len([hit for hit in hits if hit.score >= 50]) <= 60


def test_a_word_that_is_in_no_name_finds_nothing() -> None:
    assert looked_up("qqqqqqqq hong kong") == []
    assert looked_up("hong kong qqqqqqqq charter") == []


def test_better_hits_come_first() -> None:
    def entry(words: str, id_: str, type_: str = "City", degree: int = 0) -> Entry:
        return Entry(words, id_, type_, degree, "name", words)

    index = [
        entry("lund", "exact"),
        entry("lundby", "prefix"),
        entry("lundby gard", "prefix-busy", degree=9),
        entry("norra lundby", "word"),
        entry("ostralund", "inside"),
        entry("lundar", "prefix-other", "Network"),
        entry("norra forumet", "each-inflected"),
        entry("norra forvmet", "each-slip"),
    ]
    found = search(index, "Lund", {"City": 1, "Network": 2})
    assert [hit.id for hit in found] == ["exact", "prefix-busy", "prefix", "prefix-other", "word", "inside"]
    assert [hit.score for hit in found] == [100, 80, 80, 80, 70, 60]
    found = search(index, "norras forum", {"City": 1})
    assert [(hit.id, hit.score) for hit in found if hit.score >= 50] == [("each-inflected", 54)]
    found = search(index, "norras forumet", {"City": 1})
    assert [(hit.id, hit.score) for hit in found[:2]] == [("each-inflected", 90), ("each-slip", 53)]


def test_words_are_folded() -> None:
    assert words_of("  Öster-Å:s  ÀÉ2 ") == "oster a s ae2"


def test_one_exact_hit_opens_it(built: City) -> None:
    assert built.ok("find", "aberhavens") == built.ok("show", "aberhaven")


def test_several_are_listed_with_kind_and_the_command_to_open_each(odd: City) -> None:
    text = odd.ok("find", "spring", "--lang", "en")
    assert "Spring (also Våren) – city, 0 relationships\n    relgraph show spring-city\n" in text
    assert "relgraph show spring-forum\n" in text


def test_a_kind_limits_the_list(odd: City) -> None:
    for kind in ("City", "stad", "city"):
        found = json.loads(odd.ok("find", "spring", "--kind", kind, "--format", "json"))
        assert [hit["id"] for hit in found["hits"]] == ["spring-city"]
    assert odd.run("find", "x", "--type", "Nonsense").code == 2


def test_the_number_of_hits_is_limited_and_told(built: City) -> None:
    found = json.loads(built.ok("find", "nordljus", "-n", "1", "--format", "json"))
    assert (len(found["hits"]), found["moreHits"] > 0) == (1, True)


def test_what_mentions_it_is_listed(built: City) -> None:
    found = json.loads(built.ok("find", "storm", "--format", "json"))
    assert [said["id"] for said in found["statements"]] == ["cancelled-journey-2030"]


def test_nothing_found_is_told_and_no_error(built: City) -> None:
    done = built.run("find", "qqqqqqqq", "--format", "csv")
    assert (done.code, len(done.lines)) == (0, 1)
    assert done.err == "nothing in the graph is called or resembles 'qqqqqqqq'\n"


@pytest.mark.parametrize("text", ["", " ", "-", "'; --", "?", "\u202e"])
def test_a_text_without_letters_is_refused(built: City, text: str) -> None:
    done = built.run("find", "--", text)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error: ")


@pytest.mark.parametrize("form", ["text", "csv"])
def test_nothing_that_a_terminal_obeys_is_printed(odd: City, form: str) -> None:
    text = odd.ok("find", "red", "line", "script", "--format", form)
    assert "hostile" in text
    assert not {"\x1b", "\x07", "\u202e"} & set(text)


def test_json_is_exact_and_csv_holds_no_formula(odd: City) -> None:
    found = json.loads(odd.ok("find", "hostile", "--format", "json"))
    assert found["hits"][0]["name"].startswith("Red\nline\u202e <script>")
    rows = list(csv.reader(io.StringIO(odd.ok("find", "formula", "--format", "csv"))))
    assert rows[1][2] == "'=2+5"


def test_a_very_long_name_is_found(odd: City) -> None:
    assert odd.run("find", "Lång" * 600).code == 0
    assert "long-one" in odd.ok("find", "LångLångLång", "--format", "csv")


def test_find_imports_nothing_heavy(built: City) -> None:
    program = (
        "import sys\nfrom relgraph.cli import main\n"
        "try:\n    main(['find', 'nordljsu'])\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        "heavy = {'rdflib', 'networkx', 'pyvis', 'numpy', 'yaml'} & set(sys.modules)\n"
        "print(sorted(heavy), file=sys.stderr)\n"
    )
    done = process([sys.executable, "-c", program], cwd=built.root)
    assert (done.code, done.err.strip()) == (0, "[]")
