"""The sources part: cutting a text, the lock, its checks, verifying, locating. All texts are made up."""

from __future__ import annotations

import random
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relgraph.errors import DataError, UsageError
from relgraph.model import Citation, Position, Problem
from relgraph.sources.lock import (
    Lock,
    check_citation,
    check_document,
    compare_locks,
    make_lock,
    parse_lock,
)
from relgraph.sources.segments import Section, Segment, check_sections, decode, segments
from relgraph.sources.verify import (
    COLUMNS,
    NotFactual,
    check_not_factual,
    coverage,
    locate,
    verify,
)

TEXT = """\
# Årsrapport

för Granvik

---

## 1. Avtal

**Ekstad**, vänort sedan 1990. Avtalet gäller *hamn,
handel* mm. Även Lund är med.

- Möten med Ekstad
- Kurser

## 2. Nät

Granvik är medlem i [Nätet](#) sedan 2011. Ingen kom.
"""
SECOND = TEXT.index("## 2")
FIRST = TEXT.index("## 1")
SECTIONS = (
    Section("0", {"sv": "Titel"}, 0, FIRST),
    Section("1", {"sv": "Avtal"}, FIRST, SECOND),
    Section("2", {"sv": "Nät"}, SECOND, len(TEXT)),
)
AT = Position("graph/agreements.yaml", 7, 5)


def cut(text: str, *, kind: str | None = None) -> list[str]:
    whole = (Section("1", {}, 0, len(text)),)
    return [text[s.start : s.end] for s in segments(text, whole) if kind in (None, s.kind)]


def place(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def cite(words: str, section: str = "1") -> Citation:
    start, end = place(words)
    return Citation("ar90", section, start, end, position=AT)


def locked(*words: str) -> Lock:
    return make_lock("ar90", TEXT, SECTIONS, [place(w) for w in words])


def codes(problems: tuple[Problem, ...] | list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


# Sentences -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "parts",
    [
        ["Hamnen byggs ut.", "Staden betalar."],
        ["Vi träffar bl a Ekstad.", "Det är bra."],
        ["Vi träffar bl.a. Ekstad, t.ex. Lund och s.k. Metoder.", "Det är bra."],
        ["Vi träffar bl. a. Ekstad och t. ex. Lund.", "Det är bra."],
        ["Möten, resor mm.", "Även Lund är med."],
        ["Möten, resor m.m.", "Även Lund är med."],
        ["Planering m. m.", "Även Lund är med."],
        ["Planering, resor osv.", "Även Lund är med."],
        ["Planering, mail etc.", "Även Lund är med."],
        ["Avd. Nord leder arbetet.", "Det går bra."],
        ["Nätet träffas 5 ggr/år.", "Gemensamt är bra."],
        ["Mötet börjar kl. 10 och slutar ca. 12.", "Lunch ingår."],
        ["Den 15e kongressen var i Ekstad.", "Den 16e blir här."],
        ["Avtalet är från 1990.", "2016 kom inget nytt."],
        ["Programmet 2021-2027 är långt.", "Staden deltar."],
        ["Kurser t.o.m. Maj ges.", "Sedan är det slut."],
        ["Skåpet är tom.", "Ingen kom."],
        ["Det sade A. Ek och J.P. Al.", "Staden höll med."],
        ["St. Olof ligger nära.", "Granvik också."],
        ["See no. 5 for the list.", "The answer is no.", "Nobody came."],
        ["It met on Sept. 5 in Ekstad.", "Dr. Oak spoke, e.g. Monday."],
        ["**Ekstad**, vänort sedan 1990.", "*Lund* är med.", "**Stark** är ett ord."],
        ["Staden deltog.", "[Läs mer](#)"],
        ["[Läs mer.](https://example.org/a.b)", "Staden deltog."],
        ["Rådet (se bilaga 1.)", "Nästa år byggs mer."],
        ["Arbetet i ”Fler snabbare”.", "Det går bra."],
        ['"Det går bra."', "Så sade staden."],
        ["Mässan (årlig) i Ekstad och kursen (under 3 veckor).", "Vidare kom fler."],
        ["Kom någon?", "Nej!", "Ingen…", "Jo, en."],
        ["Staden kom.[1]", "Sedan gick den."],
        ["Slutet saknar punkt"],
        ["Ett ord mm. och mer, ett. ord, v. 12 och EU:s 1.5 procent via granvik.se/a.b hela året."],
        ["Hamnen kostar ..... 12 kr"],
    ],
)
@pytest.mark.parametrize("gap", [" ", "\n"])
def test_sentences(parts: list[str], gap: str) -> None:
    assert cut(gap.join(parts)) == parts


def test_a_hard_line_break_ends_a_line_and_a_soft_one_does_not() -> None:
    assert cut("Kontoret  \nAvd. för Hamnar  \n2019\n") == ["Kontoret", "Avd. för Hamnar", "2019"]
    assert cut("Kontoret\nAvd. för Hamnar") == ["Kontoret\nAvd. för Hamnar"]
    assert cut("Kontoret för  \nhamnar") == ["Kontoret för  \nhamnar"]


def test_a_paragraph_ends_a_sentence_even_before_a_lowercase_letter() -> None:
    assert cut("Staden kom\n\noch gick") == ["Staden kom", "och gick"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Ett. Två\nText.", ["# Ett. Två"]),
        ("### **3. Policy**", ["### **3. Policy**"]),
        ("Nätverk\n=======\nText.", ["Nätverk"]),
        ("Nätverk\n---\nText.", ["Nätverk"]),
        ("**Nätverk i Norden**\n\nText.", ["**Nätverk i Norden**"]),
        ("**Detta är en mening.**\n\nText.", []),
        ("**Ekstad**, ort och **Lund**\n\nText.", []),
        ("#hashtag är inget", []),
        ("Ett är\ntvå.\n---\nTre.", []),
        ("**Två\nrader**", []),
    ],
)
def test_headings(text: str, expected: list[str]) -> None:
    assert cut(text, kind="heading") == expected


def test_bullets_are_whole_and_keep_their_wrapped_lines() -> None:
    text = "Listan:\n- Ett. Två\n  tre\n* Fyra\n  1. Fem\n  2) Sex\n\n10. Sju.....\t2\na) Åtta\n\nNio."
    bullets = ["- Ett. Två\n  tre", "* Fyra", "1. Fem", "2) Sex", "10. Sju.....\t2", "a) Åtta"]
    assert cut(text) == ["Listan:", *bullets, "Nio."]
    assert cut(text, kind="bullet") == bullets


def test_a_wrapped_number_or_an_initial_is_no_bullet() -> None:
    assert cut("Kursen ges den\n12. oktober") == ["Kursen ges den\n12. oktober"]
    assert cut("A. Ek kom", kind="bullet") == []


def test_rules_are_no_segment_and_rows_of_a_table_are() -> None:
    assert cut("---\nEtt\n\n***\n\n- - -\nTvå\n\n===\n") == ["Ett", "Två"]
    assert cut("| Ort | År |\n|:---|---:|\n| Ekstad | 1990. Ja |") == [
        "| Ort | År |",
        "| Ekstad | 1990. Ja |",
    ]


def test_the_sections_cut_and_text_outside_them_is_kept() -> None:
    text = "Ett två tre fyra"
    sections = (Section("b", {}, 8, 11), Section("a", {}, 4, 8))
    found = [(s.section, text[s.start : s.end]) for s in segments(text, sections)]
    assert found == [("", "Ett"), ("a", "två"), ("b", "tre"), ("", "fyra")]


@pytest.mark.parametrize(
    ("section", "words"),
    [
        (Section("2", {}, 4, 9), "before '1' ends"),
        (Section("2", {}, 8, 99), "not within [0, 20]"),
        (Section("2", {}, 9, 9), "has the range [9, 9]"),
        (Section("2\t", {}, 8, 9), "tab"),
        (Section("", {}, 8, 9), "empty number"),
    ],
)
def test_rg206_a_faulty_section_map(section: Section, words: str) -> None:
    sections = (Section("1", {}, 0, 5), section)
    (problem,) = check_sections(sections, 20)
    assert problem.code == "RG206"
    assert words in problem.message
    with pytest.raises(DataError) as caught:
        segments("x" * 20, sections)
    assert caught.value.problems == (problem,)


def test_decode_keeps_out_the_byte_order_mark_and_keeps_line_ends() -> None:
    assert decode("\ufeffå\r\nb".encode(), "f") == "å\r\nb"
    with pytest.raises(UsageError, match=r"f\.txt is not UTF-8: byte 1 is 0xe5"):
        decode(b"a\xe5b", "f.txt")


_PIECES = st.lists(
    st.sampled_from(
        [
            *[
                "Ord",
                "ord",
                "mm.",
                "t.ex.",
                "Slut.",
                "(ja.)",
                "**Fet**",
                "[l](#)",
                "2019",
                "–",
                "?!",
                "åäö",
                "§",
            ],
            *[
                " ",
                " ",
                "  \n",
                "\n",
                "\r\n",
                "\n\n",
                "\n- ",
                "\n# ",
                "\n1. ",
                "\n* ",
                "\n| a |",
                "\t",
                "\u2028",
            ],
        ]
    ),
    max_size=40,
).map("".join)


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, tuple[Section, ...]]:
    text = draw(st.one_of(_PIECES, st.text(max_size=80)))
    at = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    ranges = [pair for pair in pairwise(at) if draw(st.booleans())]
    return text, tuple(Section(f"{i}", {}, a, b) for i, (a, b) in enumerate(ranges))


@settings(max_examples=300, deadline=None)
@given(documents(), st.randoms(use_true_random=False))
def test_segments_are_disjoint_cover_all_and_survive_the_lock(
    document: tuple[str, tuple[Section, ...]], rng: random.Random
) -> None:
    text, sections = document
    found = segments(text, sections)
    covered = [False] * len(text)
    bounds = {edge for s in sections for edge in (s.start, s.end)}
    for before, after in pairwise(found):
        assert before.end <= after.start
    for s in found:
        assert text[s.start : s.end] == text[s.start : s.end].strip() != ""
        assert not re.search(r"\n[ \t]*\n", text[s.start : s.end])
        assert not any(s.start < edge < s.end for edge in bounds)
        covered[s.start : s.end] = [True] * (s.end - s.start)
    edges = sorted(
        bounds | {0, len(text)} | {i + d for i, c in enumerate(text) if c in "\r\n" for d in (0, 1)}
    )
    for start, end in pairwise(edges):  # lines, or parts of a line where a section begins within it
        left = [i for i in range(start, end) if not covered[i] and not text[i].isspace()]
        assert not left or set(text[start:end].strip()) <= set("-*_=|: \t")

    ranges = [tuple(sorted(rng.randint(0, len(text)) for _ in "ab")) for _ in "abc"]
    lock = make_lock("b", text, sections, [(a, b) for a, b in ranges], make_lock("a", "Hej.", (), [(0, 3)]))
    lines = lock.render().split("\n")
    rest = lines[1:]
    rng.shuffle(rest)
    assert parse_lock(lock.render(), "f") == (lock, [])
    assert parse_lock("\r\n".join([lines[0], *rest]), "f") == (lock, [])


# The lock --------------------------------------------------------------------------------------------


def test_the_lock_file_is_plain_and_sorted_and_holds_no_text() -> None:
    lock = make_lock("ar90", "Hej du.", (Section("1", {}, 0, 7),), [(4, 6), (0, 3), (0, 3)])
    lines = [re.sub(r"[0-9a-f]{64}", "#", line) for line in lock.render().split("\n")]
    assert lines == [
        "relgraph sources lock\t1",
        "document\tar90\t#\t7",
        "segment\tar90\t0\t7\t1\tsentence\t#",
        "cited\tar90\t0\t3\t1\t#",
        "cited\tar90\t4\t6\t1\t#",
        "",
    ]
    assert "Hej" not in lock.render()


def test_locking_one_document_leaves_the_others() -> None:
    first = make_lock("b", "Hej.", (), [(0, 3)])
    both = make_lock("a", "Då.", (), [], first)
    assert [d.id for d in both.documents] == ["a", "b"]
    assert both.document("b") == first.document("b")
    again = make_lock("b", "Nej.", (), [], both)
    assert [d.id for d in again.documents] == ["a", "b"]
    assert again.document("b") != first.document("b")


def test_a_range_outside_the_text_is_not_locked() -> None:
    lock = make_lock("a", "Hej.", (), [(-1, 2), (0, 5), (2, 2), (3, 1), (0, 4)])
    document = lock.document("a")
    assert document is not None
    assert [(c.start, c.end) for c in document.cited] == [(0, 4)]


_H = "0" * 64


@pytest.mark.parametrize(
    ("line", "where", "words"),
    [
        ("<<<<<<< HEAD", "3:1", "merge conflict"),
        ("sentence\ta", "3:1", "'sentence' is not"),
        (f"cited\ta\t0\t1\t{_H}", "3:1", "has 6 fields, not 5"),
        (f"cited\ta\t0\tx\t1\t{_H}", "3:11", "'x' is not a number"),
        (f"cited\ta\t0\t1\t1\t{_H}0", "3:15", "is not a SHA-256"),
        (f"cited\ta\t1\t1\t1\t{_H}", "3:1", "empty or reversed"),
        (f"cited\ta\t1\t9\t1\t{_H}", "3:1", "ends at 9, and a at 8"),
        (f"cited\ta\t0\t2\t1\t{_H}\ncited\ta\t0\t2\t1\t{_H}", "4:1", "here twice"),
        (f"cited\tb\t0\t2\t1\t{_H}", "3:1", "document b has no line"),
        (f"document\ta\t{_H}\t8", "3:1", "here twice"),
        (f"segment\ta\t0\t2\t1\tverse\t{_H}", "3:17", "'verse' is not heading"),
        (f"segment\ta\t0\t9\t1\tbullet\t{_H}", "3:1", "ends at 9, and a at 8"),
        (f"segment\ta\t0\t3\t1\tbullet\t{_H}\nsegment\ta\t0\t4\t1\tbullet\t{_H}", "4:1", "begin at 0"),
        (f"segment\ta\t0\t3\t1\tbullet\t{_H}\nsegment\ta\t2\t4\t1\tbullet\t{_H}", "4:1", "overlaps"),
    ],
)
def test_rg207_a_line_of_the_lock_that_cannot_be_read(line: str, where: str, words: str) -> None:
    text = f"relgraph sources lock\t1\ndocument\ta\t{_H}\t8\n{line}\n"
    lock, (problem,) = parse_lock(text, "sources.lock")
    assert problem.code == "RG207"
    assert str(problem.position) == f"sources.lock:{where}"
    assert words in problem.message
    assert lock.document("a") is not None


def test_rg207_a_lock_of_another_version() -> None:
    lock, (problem,) = parse_lock("relgraph sources lock\t2\n", "sources.lock")
    assert (lock, problem.code, str(problem.position)) == (Lock(), "RG207", "sources.lock:1:1")


# Checks without the document -------------------------------------------------------------------------


def test_a_right_citation_has_no_fault() -> None:
    assert check_citation(locked("vänort sedan 1990"), cite("vänort sedan 1990"), len(TEXT)) is None
    assert check_citation(Lock(), Citation("web", locator="https://example.org")) is None


@pytest.mark.parametrize(("start", "end"), [(5, 5), (6, 5), (-1, 5), (0, len(TEXT) + 1)])
@pytest.mark.parametrize("characters", [None, len(TEXT)])
def test_rg202_a_citation_outside_the_document(start: int, end: int, characters: int | None) -> None:
    problem = check_citation(locked(), Citation("ar90", "0", start, end, position=AT), characters)
    assert problem is not None
    assert (problem.code, problem.position) == ("RG202", AT)


def test_rg202_goes_by_the_record_where_there_is_no_lock() -> None:
    problem = check_citation(Lock(), Citation("ar90", "0", 0, 9), 8)
    assert problem is not None
    assert problem.code == "RG202"


@pytest.mark.parametrize("lock", [Lock(), locked("sedan 1990")])
def test_rg203_a_range_or_document_not_in_the_lock(lock: Lock) -> None:
    problem = check_citation(lock, cite("vänort sedan 1990"))
    assert problem is not None
    assert (problem.code, problem.position) == ("RG203", AT)
    assert problem.hint == "run `relgraph sources lock ar90 FILE`"


def test_rg204_a_citation_that_leaves_its_segment() -> None:
    words = "sedan 1990. Avtalet"
    problem = check_citation(locked(words), cite(words))
    assert problem is not None
    assert problem.code == "RG204"
    assert f"leaves the sentence it begins in, which ends at {place('1990.')[1]}" in problem.message


def test_rg204_a_citation_that_begins_between_segments() -> None:
    words = " Avtalet gäller"
    problem = check_citation(locked(words), cite(words))
    assert problem is not None
    assert problem.code == "RG204"
    assert problem.hint == f"the next one begins at {place('Avtalet')[0]}"


def test_rg205_a_citation_that_names_another_section() -> None:
    problem = check_citation(locked("Kurser"), cite("Kurser", "2"))
    assert problem is not None
    assert problem.code == "RG205"
    assert 'is in section "1"; the citation names "2"' in problem.message
    assert problem.hint == 'write section: "1"'


def test_rg208_a_record_that_states_another_document() -> None:
    lock = locked()
    document = lock.document("ar90")
    assert document is not None
    assert check_document(lock, "ar90", document.sha256, len(TEXT)) is None
    for sha256, characters in [(document.sha256, 1), (_H, len(TEXT))]:
        problem = check_document(lock, "ar90", sha256, characters, AT)
        assert problem is not None
        assert (problem.code, problem.position) == ("RG208", AT)
    problem = check_document(lock, "ar91", _H, 1, AT)
    assert problem is not None
    assert problem.code == "RG214"


def _not_factual(words: str, section: str = "1") -> NotFactual:
    return NotFactual(section, *place(words), "layout", AT)


def test_rg213_not_factual_ranges_are_whole_segments() -> None:
    assert check_not_factual(locked(), "ar90", _not_factual("- Kurser")) is None
    assert check_not_factual(locked(), "ar90", _not_factual("- Möten med Ekstad\n- Kurser")) is None
    wrong = [
        _not_factual("Kurser"),
        _not_factual("- Kurs"),
        _not_factual("- Kurser", "2"),
        _not_factual("- Kurser\n"),
        _not_factual("- Kurser\n\n## 2. Nät"),
        NotFactual("1", 9, 3, "layout"),
    ]
    for entry in wrong:
        problem = check_not_factual(locked(), "ar90", entry)
        assert problem is not None
        assert (problem.code, problem.position) == ("RG213", entry.position)


# Coverage and verification ---------------------------------------------------------------------------

CITED = ["vänort sedan 1990", "hamn,\nhandel", "Även Lund", "Möten med Ekstad", "medlem i [Nätet](#)"]
LISTED = [
    NotFactual("0", 0, place("för Granvik")[1], "title"),
    _not_factual("## 1. Avtal"),
    _not_factual("- Kurser"),
    _not_factual("## 2. Nät", "2"),
    _not_factual("Ingen kom.", "2"),
]


def cited() -> list[tuple[str, Citation]]:
    pairs = [(f"r{i}", cite(words, "2" if "Nätet" in words else "1")) for i, words in enumerate(CITED)]
    other = [
        ("r9", pairs[0][1]),
        ("r9", Citation("other", "1", 0, 1)),
        ("r9", Citation("ar90", locator="s. 1")),
    ]
    return [*pairs, pairs[0], *other]  # one pair twice: counted once


def test_a_document_that_is_wholly_accounted_for() -> None:
    report = verify(locked(*CITED), "ar90", TEXT, cited(), LISTED, sections=SECTIONS)
    assert report.problems == ()
    assert report.ok
    assert report.table.columns == COLUMNS
    assert report.table.rows == (
        ("0", "2", "0", "2", "0", "0"),
        ("1", "6", "4", "2", "0", "5"),
        ("2", "3", "1", "2", "0", "1"),
    )
    assert report.total.row == ("", "11", "5", "6", "0", "6")


def test_rg211_a_segment_neither_cited_nor_listed() -> None:
    report = verify(locked(*CITED), "ar90", TEXT, cited(), LISTED[:-1])
    assert codes(report.problems) == ["RG211"]
    start, end = place("Ingen kom.")
    assert f'sentence at {start}–{end} of ar90, section "2"' in report.problems[0].message
    assert report.problems[0].message.endswith(": Ingen kom.")
    assert report.counts[2].uncovered == 1
    assert not report.ok
    without_file = coverage(locked(*CITED), "ar90", cited(), LISTED[:-1])
    assert codes(without_file.problems) == ["RG211"]
    assert "Ingen kom" not in without_file.problems[0].message


def test_uncovered_segments_come_in_the_order_of_the_text() -> None:
    report = verify(locked(), "ar90", TEXT, [])
    assert [p.message.split(" at ")[1].split("–")[0] for p in report.problems] == [
        str(s.start) for s in segments(TEXT, SECTIONS)
    ]


def test_rg212_a_segment_both_cited_and_listed_is_warned_of() -> None:
    report = verify(locked(*CITED), "ar90", TEXT, cited(), [*LISTED, _not_factual("- Möten med Ekstad")])
    assert [(p.code, p.severity, p.position) for p in report.problems] == [("RG212", "warning", AT)]
    assert report.ok
    assert report.counts[1].row == ("1", "6", "4", "2", "0", "5")


def test_a_faulty_citation_or_listing_is_told_and_does_not_count() -> None:
    citations = [*cited()[1:5], ("r0", cite("sedan 1990", "2"))]
    report = verify(
        locked(*CITED, "sedan 1990"), "ar90", TEXT, citations, [*LISTED[:-1], _not_factual("Ingen", "2")]
    )
    assert sorted(codes(report.problems)) == ["RG205", "RG211", "RG211", "RG213"]


def test_rg214_a_document_that_is_not_in_the_lock() -> None:
    report = verify(Lock(), "ar90", TEXT, cited(), LISTED)
    assert codes(report.problems) == ["RG214"]
    assert report.total.row == ("", "0", "0", "0", "0", "0")


def test_rg208_to_rg210_an_edited_document() -> None:
    edited = TEXT.replace("vänort", "syster")
    report = verify(locked(*CITED), "ar90", edited, cited(), LISTED)
    assert codes(report.problems) == ["RG208", "RG209", "RG210"]
    start, end = place(CITED[0])
    assert f"{start}–{end}" in report.problems[2].message
    only_between = verify(locked(*CITED), "ar90", TEXT.replace("---", "***"), cited(), LISTED)
    assert codes(only_between.problems) == ["RG208"]


def test_many_differences_are_summed_up() -> None:
    report = verify(locked(*CITED), "ar90", "x" + TEXT, cited(), LISTED)
    assert codes(report.problems) == ["RG208", *["RG209"] * 6, *["RG210"] * 5]
    assert report.problems[6].message == "nor are 6 more of 11 segments"


def test_rg208_line_ends_are_told_as_the_one_thing_wrong() -> None:
    crlf = TEXT.replace("\n", "\r\n")
    (problem,) = verify(locked(*CITED), "ar90", crlf, cited(), LISTED, sections=SECTIONS).problems
    assert problem.code == "RG208"
    assert "the file has CRLF line ends" in problem.message
    lock = make_lock("ar90", "Hej.\r\nDu.", (), [])
    assert "the file has LF line ends" in verify(lock, "ar90", "Hej.\nDu.", []).problems[0].message


def test_a_copy_with_other_line_ends_is_not_locked_over_the_first() -> None:
    with pytest.raises(DataError) as caught:
        make_lock("ar90", TEXT.replace("\n", "\r\n"), (), [], locked())
    assert codes(list(caught.value.problems)) == ["RG208"]
    assert make_lock("ar90", TEXT, SECTIONS, [], locked()) == locked()


def test_rg209_a_lock_made_with_another_section_map() -> None:
    sections = (*SECTIONS[:2], Section("3", {}, SECOND, len(TEXT)))
    report = verify(locked(*CITED), "ar90", TEXT, cited(), LISTED, sections=sections)
    assert codes(report.problems) == ["RG209"]
    assert report.problems[0].hint == "run `relgraph sources lock ar90 FILE`"


def test_rg215_a_new_lock_that_changes_a_cited_text_is_warned_of() -> None:
    before = locked("vänort", "Kurser")
    edited = TEXT.replace("vänort", "syster")
    after = make_lock("ar90", edited, SECTIONS, [place("vänort"), place("Kurser")], before)
    (problem,) = compare_locks(before, after, "ar90")
    assert (problem.code, problem.severity) == ("RG215", "warning")
    assert "{}–{}".format(*place("vänort")) in problem.message
    assert compare_locks(before, locked("Kurser"), "ar90") == []
    assert compare_locks(None, after, "ar90") == []


# Locating --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "exact", "section"),
    [
        ("vänort sedan", "vänort sedan", "1"),
        ("EKSTAD, VÄNORT", "Ekstad**, vänort", "1"),
        ("gäller hamn, handel mm", "gäller *hamn,\nhandel* mm", "1"),
        ("i nätet  sedan", "i [Nätet](#) sedan", "2"),
        ("a\u0308r medlem", "är medlem", "2"),
        ("lund är", "Lund är", "1"),
    ],
)
def test_locate_finds_the_exact_range(words: str, exact: str, section: str) -> None:
    (found,) = locate(TEXT, segments(TEXT, SECTIONS), words)
    assert TEXT[found.start : found.end] == exact
    assert (found.section, found.crosses) == (section, False)
    line = f'- {{document: ar90, section: "{section}", range: [{found.start}, {found.end}]}}'
    assert found.lines("ar90") == (line,)


def test_what_locate_prints_can_be_cited() -> None:
    cuts = segments(TEXT, SECTIONS)
    for found in locate(TEXT, cuts, "ekstad"):
        lock = make_lock("ar90", TEXT, SECTIONS, [(found.start, found.end)])
        assert check_citation(lock, Citation("ar90", found.section, found.start, found.end)) is None
    assert len(locate(TEXT, cuts, "ekstad")) == TEXT.count("Ekstad") == 2


def test_locate_takes_quotes_and_dashes_for_each_other_and_text_with_split_accents() -> None:
    text = "Arbetet i ”Fler – snabbare”."
    (found,) = locate(text, segments(text, ()), '"fler - snabbare"')
    assert text[found.start : found.end] == "”Fler – snabbare”"
    split = "Ma\u030altid i Umea\u030a."
    (found,) = locate(split, segments(split, ()), "umeå")
    assert split[found.start : found.end] == "Umea\u030a"


def test_locate_passes_over_markup_alone_and_gives_no_range_outside_the_segments() -> None:
    text = "Staden [](#) kom ** hit."
    (found,) = locate(text, segments(text, ()), "staden kom hit")
    assert text[found.start : found.end] == "Staden [](#) kom ** hit"
    (found,) = locate(TEXT, segments(TEXT, SECTIONS), "--- ## 1. avtal")
    assert found.lines("ar90") == (
        '- {{document: ar90, section: "1", range: [{}, {}]}}'.format(*place("## 1. Avtal")),
    )


def test_a_match_across_segments_is_told_and_split() -> None:
    (found,) = locate(TEXT, segments(TEXT, SECTIONS), "med ekstad - kurser")
    assert found.crosses
    comment, first, second = found.lines("ar90")
    assert comment == f"# {found.start}–{found.end} is in 2 segments: cite each alone"
    assert first.endswith("range: [{}, {}]}}".format(*place("med Ekstad")))
    assert second.endswith("range: [{}, {}]}}".format(*place("- Kurser")))


def test_locate_without_a_match_or_without_words() -> None:
    cuts: tuple[Segment, ...] = segments(TEXT, SECTIONS)
    assert locate(TEXT, cuts, "Hamburg") == []
    with pytest.raises(UsageError):
        locate(TEXT, cuts, " ** ")
