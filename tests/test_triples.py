"""What the compiler says: a beginner's query counts right, records survive the way there and back."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from running import BASE, RG, SOURCE, City, copy_city

from relgraph.loading import Dataset, Document, GraphInfo
from relgraph.lookup import Lookup
from relgraph.model import Alias, Citation, Edtf, Record, Ref, Term, Text, Typed, Value
from relgraph.store.files import Compiled, Counts
from relgraph.triples import literal, quads
from relgraph.vocabulary import Vocabulary

ASSERTED = f"{BASE}graph/asserted"

# -- what a beginner asks ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("?x a rg:Visit", 0),  # two readings of one sentence, and a journey that was cancelled
        ("?x a rg:CancelledVisit", 1),
        ("?x a rg:UnsettledRelationship", 2),
        ("?x a rg:UnsettledRelationship ; rg:readsAs rg:Visit", 2),
        ("?x a rg:Agreement", 2),  # not the one that was negotiated in vain
        ("?x a rg:Twinning", 1),
        ("?x a rg:Membership", 1),  # holding a role in a forum and taking part are none
        ("?x a rg:Participation", 1),  # neither the invitation declined nor the meeting to come
        ("?x org:memberOf ?y", 1),
        ("?x rg:holdsRoleIn ?y", 1),
        ("?x rg:tookPartIn ?y", 1),
        ("?x a rg:AffirmedRelationship", 7),
        ("?x a rg:NegatedRelationship", 3),
        ("?x a rg:PlannedRelationship", 1),
        ("?x a rg:Assessment", 2),
        ("?x a rg:Document", 1),
        ("?x a rg:City", 3),
        ("?x a org:Membership", 1),  # by the standard vocabulary too
    ],
)
def test_a_naive_count_is_right(built: City, pattern: str, number: int) -> None:
    assert built.count(pattern) == number


def test_no_record_is_both_of_two_modes(built: City) -> None:
    modes = ("AffirmedRelationship", "NegatedRelationship", "PlannedRelationship", "UnsettledRelationship")
    for one in modes:
        for other in modes:
            if one < other:
                assert built.count(f"?x a rg:{one} , rg:{other}") == 0


MEMBERSHIPS = {
    "ended": ("lindvik", "to: 2029"),
    "ended-on-the-eve": ("aberhaven", "to: 2030-12-30"),
    "ended-on-the-day": ("portogrande", "to: 2030-12-31"),
    "perhaps-ended": ("kulturkontoret", "to: {earliest: 2029, latest: 2031}"),
    "only-then": ("hamnbolaget", "date: 2020"),
}


@pytest.fixture(scope="module")
def members(tmp_path_factory: pytest.TempPathFactory) -> City:
    city = copy_city(tmp_path_factory.mktemp("members") / "lindvik")
    for name, (member, when) in MEMBERSHIPS.items():
        city.add(
            f"- id: {name}\n  type: Membership\n  member: {member}\n"
            f"  organization: nordljus-scenforum\n  {when}\n  {SOURCE}"
        )
    city.add(
        "- id: perhaps-member\n  type: UnsettledRelationship\n  readsAs: Membership\n  member: nordljus\n"
        f"  organization: nordljus-scenforum\n  certainty: ambiguous\n  {SOURCE}"
    )
    city.add(
        "- id: went-in-2020\n  type: Participation\n  participant: aberhaven\n"
        f"  in: nordljus-annual-meeting-2030\n  date: 2020\n  {SOURCE}"
    )
    city.add(f"- id: visit-2030\n  type: Visit\n  visitor: lindvik\n  visited: aberhaven\n  {SOURCE}")
    city.ok("build")
    return city


def test_the_present_tense_holds_only_for_what_reaches_the_end_of_the_period(members: City) -> None:
    rows = members.select("SELECT ?x { ?x org:memberOf :nordljus-scenforum }")
    assert rows == ["kulturkontoret", "portogrande"]


def test_an_ended_membership_is_still_a_membership_and_an_unsettled_one_is_none(members: City) -> None:
    rows = members.select("SELECT ?x { ?x a rg:Membership ; org:organization :nordljus-scenforum }")
    assert rows == sorted(MEMBERSHIPS)


def test_the_past_tense_holds_however_long_ago(members: City) -> None:
    rows = members.select("SELECT ?x { ?x rg:tookPartIn :nordljus-annual-meeting-2030 }")
    assert rows == ["aberhaven", "lindvik"]


def test_a_visit_that_took_place_counts(members: City) -> None:
    assert members.count("?x a rg:Visit") == 1


# -- what is asserted ----------------------------------------------------------------------------------------


def test_asserted_has_no_blank_node(built: City) -> None:
    assert built.count(f"GRAPH <{ASSERTED}> {{ ?s ?p ?o FILTER(isBlank(?s) || isBlank(?o)) }}") == 0
    assert built.count(f"GRAPH <{ASSERTED}> {{ ?s ?p ?o }}") > 500


def test_every_record_but_a_document_cites_a_place_in_one(built: City) -> None:
    uncited = """SELECT DISTINCT ?r { ?r a rg:Record FILTER NOT EXISTS {
        ?r prov:wasDerivedFrom ?c . ?c oa:hasSource ?d ; rg:section ?s ; oa:hasSelector ?place .
        ?d a rg:Document . ?place oa:start ?from ; oa:end ?to FILTER(?from < ?to) } }"""
    assert built.select(uncited) == ["ar2030"]


def test_a_citation_says_which_properties_rest_on_it(built: City) -> None:
    query = """SELECT ?p ?certainty { :lindvik-aberhaven-twinning prov:wasDerivedFrom ?c .
        ?c rg:supports ?p ; rg:certainty ?certainty }"""
    assert built.select(query) == [
        f"{RG}from,{RG}stated",
        f"{RG}legalStatus,{RG}implied",
        f"{RG}party,{RG}stated",
    ]


def test_the_bounds_are_those_of_the_dates_as_written(built: City) -> None:
    query = """SELECT ?eb ?lb ?ee ?le { :stage-forum-chair rg:earliestBegin ?eb ; rg:latestBegin ?lb ;
        rg:earliestEnd ?ee ; rg:latestEnd ?le }"""
    assert built.select(query) == ["0001-01-01,2030-12-31,2031-01-01,2032-12-31"]
    assert built.select("SELECT ?to { :stage-forum-chair rg:to ?to }") == ["[2031..2032]"]


def test_an_alias_is_a_hidden_label_where_it_is_a_misspelling(built: City) -> None:
    query = """SELECT ?form ?status { :aberhaven skosxl:hiddenLabel ?l ; skos:hiddenLabel ?form .
        ?l skosxl:literalForm ?form ; rg:aliasStatus ?status ; prov:wasDerivedFrom ?c }"""
    assert built.select(query) == [f"Aberhafen,{RG}misspelling"]
    assert built.count(":aberhaven skos:altLabel ?x") == 0


def test_one_place_may_support_one_key_and_imply_another(city: City) -> None:
    city.replace(
        '  source: [{document: ar2030, section: "1", range: [321, 363]}]',
        """  source:
    - {document: ar2030, section: "1", range: [321, 363], supports: [initiator]}
    - {document: ar2030, section: "1", range: [321, 363], supports: [regularity], certainty: implied}""",
    )
    rows = city.select("""SELECT ?p ?certainty { :aberhaven-contacts-culture-office prov:wasDerivedFrom ?c .
        ?c rg:supports ?p ; rg:certainty ?certainty }""")
    assert rows == [f"{RG}initiator,{RG}stated", f"{RG}regularity,{RG}implied"]


# -- there and back ------------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(TEXTS)
def test_a_literal_reads_back_as_it_was(text: str) -> None:
    for written, language in ((literal(text), None), (literal(text, lang="sv"), "sv")):
        [triple] = ox.parse(f"<a:s> <a:p> {written} .".encode(), format=ox.RdfFormat.N_TRIPLES)
        assert isinstance(triple.object, ox.Literal)
        assert (triple.object.value, triple.object.language) == (text, language)


XSD = "http://www.w3.org/2001/XMLSchema#"
IDS = ["lindvik", "aberhaven", "nordljus", "x-1"]
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
DATES = st.sampled_from(["1998", "2030-10", "2019~", "2018/2021", "2018/..", "[2021..2022]", "2030-22"])


def terms(*names: str) -> st.SearchStrategy[tuple[Value, ...]]:
    return st.sampled_from(names).map(lambda name: (Term(RG + name),))


def refs(minimum: int = 1, maximum: int = 3) -> st.SearchStrategy[tuple[Value, ...]]:
    return st.lists(st.sampled_from(IDS), min_size=minimum, max_size=maximum, unique=True).map(
        lambda ids: tuple(Ref(id_) for id_ in sorted(ids, key=lambda i: (i != "lindvik", i)))
    )


def texts() -> st.SearchStrategy[tuple[Value, ...]]:
    return st.dictionaries(st.sampled_from(["en", "sv"]), NAMES, min_size=1).map(
        lambda found: tuple(Text(found[lang], lang) for lang in sorted(found))
    )


DATE = DATES.map(lambda text: (Edtf(text),))
CERTAINTY = terms("stated", "implied", "ambiguous")
CITATIONS = st.lists(
    st.tuples(
        st.integers(0, 400),
        st.integers(1, 400),
        st.lists(st.sampled_from(["from", "party", "name"]), unique=True).map(lambda k: tuple(sorted(k))),
        st.sampled_from(["stated", "implied"]),
    ),
    unique_by=lambda c: (c[0], c[0] + c[1], c[3]),
    max_size=3,
).map(
    lambda found: tuple(
        sorted(
            (Citation("doc", "1", a, a + n, "", keys, certainty) for a, n, keys, certainty in found),
            key=lambda c: (c.start, c.end, c.certainty),
        )
    )
)
ALIASES = st.lists(
    st.builds(
        Alias,
        st.builds(Text, NAMES, st.sampled_from(["", "sv"])),
        st.sampled_from(["misspelling", "inferred", "acronym"]),
        CITATIONS,
    ),
    unique_by=lambda alias: alias.name,
    max_size=2,
).map(lambda found: tuple(sorted(found, key=lambda a: (a.name.value, a.name.lang))))
BOOLEAN = st.sampled_from(["true", "false"]).map(lambda text: (Typed(text, f"{XSD}boolean"),))
NUMBER = st.integers(0, 10**9).map(lambda number: (Typed(str(number), f"{XSD}integer"),))
Values = dict[str, st.SearchStrategy[tuple[Value, ...]]]
#: keys that are always and keys that are sometimes there, by kind
KINDS: dict[str, tuple[Values, Values]] = {
    "City": ({"name": texts()}, {"inText": texts(), "placeholder": BOOLEAN}),
    "Membership": (
        {"member": refs(), "organization": refs(1, 1)},
        {"from": DATE, "to": st.just((Edtf("2031/"),)), "name": texts()},
    ),
    "Cooperation": ({"party": refs(2, 4)}, {"during": DATE, "closeness": terms("close")}),
    "MeetingSeries": ({"participant": refs()}, {"count": NUMBER}),
    "UnsettledRelationship": (
        {"readsAs": terms("Visit"), "visited": refs()},
        {"visitor": refs(), "date": DATE},
    ),
}


@st.composite
def records(draw: st.DrawFn) -> tuple[Record, ...]:
    found = []
    for number in range(draw(st.integers(1, 4))):
        type_ = draw(st.sampled_from(sorted(KINDS)))
        required, optional = KINDS[type_]
        values = draw(st.fixed_dictionaries({**required, "certainty": CERTAINTY}, optional=optional))
        found.append(Record(f"r-{number}", type_, values, draw(CITATIONS), draw(ALIASES)))
    return tuple(found)


@settings(max_examples=60, deadline=None)
@given(records())
def test_records_come_back_from_the_store_as_they_went_in(
    vocabulary: Vocabulary, made: tuple[Record, ...]
) -> None:
    info = GraphInfo(title={"en": "x"}, base=BASE, home="lindvik")
    dataset = Dataset(info, made, {"doc": Document("doc", 900)})
    store = ox.Store()
    lines = "".join(f"{s} {p} {o} {g} .\n" for s, p, o, g in quads(dataset, vocabulary))
    store.bulk_load(lines.encode(), format=ox.RdfFormat.N_QUADS)
    compiled = Compiled(Path(), BASE, "lindvik", "", ("sv", "en"), Counts(0, 0, 0))
    lookup = Lookup(compiled, vocabulary, store)
    assert lookup.records(record.id for record in made) == list(made)
