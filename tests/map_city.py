"""Ekvik, a city that does not exist, as the map receives it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from relgraph.views.map import Bilingual, MapData, MapEdge, MapNode, NodeType, Sentence, Source
from relgraph.views.map.data import Derived, Line, Matrix, MatrixCell, Tie

# name, Swedish, plural, English, plural, colour, shape, filled, a relationship
_TYPES = [
    ("HomeCity", "staden", "staden", "the city", "the city", "#111827", "dot", True, False),
    (
        "Department",
        "förvaltning",
        "förvaltningar",
        "department",
        "departments",
        "#3B0764",
        "square",
        True,
        False,
    ),
    ("City", "stad", "städer", "city", "cities", "#0072B2", "dot", True, False),
    ("Network", "nätverk", "nätverk", "network", "networks", "#00795A", "hexagon", True, False),
    (
        "Forum",
        "arbetsgrupp",
        "arbetsgrupper",
        "working group",
        "working groups",
        "#00795A",
        "hexagon",
        False,
        False,
    ),
    ("Agreement", "avtal", "avtal", "agreement", "agreements", "#B0226E", "diamond", True, True),
    ("Event", "evenemang", "evenemang", "event", "events", "#8A6100", "triangle", False, False),
    ("Fund", "fond", "fonder", "fund", "funds", "#8A6100", "triangleDown", True, False),
    ("Project", "projekt", "projekt", "project", "projects", "#D55E00", "star", True, False),
    (
        "Organisation",
        "organisation",
        "organisationer",
        "organisation",
        "organisations",
        "#5F6B7A",
        "octagon",
        True,
        False,
    ),
    ("Person", "person", "personer", "person", "people", "#5F6B7A", "square", False, False),
]

_NODES = {
    "Department": ["Stadskontoret", "Miljöförvaltningen", "Kulturförvaltningen", "Hamn- och gatukontoret"],
    "City": [
        "Łódkowo",
        "Söderhavn",
        "Nordå",
        "Bergheim",
        "Saint-Étoile",
        "Haicheng",
        "Porto Azul",
        "Lakeview",
        "Östermunde",
        "Žilava",
        "Kalahamn",
        "Riverton",
    ],
    "Network": ["Unionen för havsstäder", "Gröna kommuner i norr", "Eurovik", "Forum för fria hamnar"],
    "Forum": ["Arbetsgruppen för rena vatten", "Kommittén för unga", "Hamndialogen"],
    "Event": ["Havsmötet 2018", "Vinterforum", "Regnbågsveckan"],
    "Fund": ["Kustfonden", "Östersjöprogrammet"],
    "Project": ["Ren bukt", "Smarta kajer", "Skola utan gränser"],
    "Organisation": [
        "Ekviks hamn AB",
        "Högskolan i Ekvik",
        "Handelskammaren i södra kustlandet",
        "Konstföreningen Vågen",
    ],
    "Person": ["Alva Ek, kommunalråd", "Bo Strand, nätverkssamordnare"],
}


_LANDS = {"polen": ("Polen", "Poland"), "norrland": ("Norrlandet", "the Northland")}
_COUNTRIES = {"Łódkowo": "polen", "Nordå": "norrland", "Kalahamn": "norrland", "Eurovik": "+"}
_FACETS = {"Department": "facetUnit", "City": "facetPartner", "Network": "facetArena", "Forum": "facetArena"}
_NONE = Bilingual()


def slug(name: str) -> str:
    return "".join(c if c.isalnum() and c.isascii() else "-" for c in name.lower()).strip("-")


def year(number: int) -> tuple[int, int]:
    """First and last day of a year, in days since 1970-01-01."""
    first, last = ((date(number, *day) - date(1970, 1, 1)).days for day in ((1, 1), (12, 31)))
    return first, last


def said(sv: str, en: str, section: int = 4, note: Bilingual = _NONE, excerpt: str = "") -> Sentence:
    cite = Bilingual(
        f"Ekviks årsrapport 2018, avsnitt {section}", f"Ekvik annual report 2018, section {section}"
    )
    return Sentence(Bilingual(sv, en), cite, note, excerpt)


def city() -> MapData:
    """About forty parties with every type, line, certainty, and two relationships as nodes."""
    types = tuple(
        NodeType(name, Bilingual(sv, en), Bilingual(svs, ens), color, shape, filled, order, relation)
        for order, (name, sv, svs, en, ens, color, shape, filled, relation) in enumerate(_TYPES)
    )
    nodes = [MapNode("ekvik", "HomeCity", Bilingual("Ekvik", "Ekvik"), Bilingual("kommun", "municipality"))]
    edges: list[MapEdge] = []
    lines: list[Line] = ["active", "active", "planned", "dormant", "active", "done", "failed", "active"]
    words = {t.name: t for t in types}
    for name, labels in _NODES.items():
        for i, label in enumerate(labels):
            kind = words[name].label
            english = label.replace("Arbetsgruppen för", "Working Group on").replace(
                "förvaltningen", " Department"
            )
            facts = (
                said(f"{label} har funnits sedan {1990 + i}.", f"{english} has existed since {1990 + i}."),
            )
            node = MapNode(
                slug(label),
                name,
                Bilingual(label, english),
                kind,
                aliases=("Lodkow", "LDK") if label == "Łódkowo" else (),
                facts=facts if i % 2 == 0 else (),
                country=_COUNTRIES.get(label, ""),
                facet=_FACETS.get(name, ""),
                missing=Bilingual("datum", "date") if label == "Vinterforum" else _NONE,
            )
            nodes.append(node)
            line = lines[(i + len(name)) % len(lines)]
            edges.append(
                MapEdge(
                    f"ekvik-{node.id}",
                    "ekvik",
                    node.id,
                    Bilingual("samarbete", "cooperation"),
                    said(f"Ekvik samarbetar med {label}.", f"Ekvik cooperates with {english}.", i + 1),
                    group="cooperation",
                    line=line,
                    bounds=(*year(2000 + i), *year(2018)),
                    sources=("ar2018",),
                    status=Bilingual("formell", "formal") if label == "Eurovik" else _NONE,
                    cost=None if line in ("planned", "failed") else 4,
                )
            )
    pairs = [
        ("Eurovik", "Kommittén för unga"),
        ("Ren bukt", "Kustfonden"),
        ("Miljöförvaltningen", "Ren bukt"),
        ("Stadskontoret", "Eurovik"),
        ("Unionen för havsstäder", "Arbetsgruppen för rena vatten"),
        ("Högskolan i Ekvik", "Smarta kajer"),
        ("Alva Ek, kommunalråd", "Eurovik"),
        ("Žilava", "Eurovik"),
    ]
    for i, (a, b) in enumerate(pairs):
        edges.append(
            MapEdge(
                f"led-{i}",
                slug(a),
                slug(b),
                Bilingual("ansvar", "responsibility"),
                replace(
                    said(f"{a} ansvarar för {b}.", f"{a} is responsible for {b}."),
                    missing=Bilingual("tid", "time") if i == 3 else _NONE,
                ),
                group="groupResponsibility",
                certainty="implied" if i % 3 == 1 else "stated",
                sources=("register",) if i % 2 else ("ar2018", "register"),
                cost=5 + i % 3,
            )
        )
    unclear = Bilingual("Källan kan läsas på två sätt.", "The source can be read in two ways.")
    edges.append(
        MapEdge(
            "ekvik-haicheng-talks",
            "ekvik",
            slug("Haicheng"),
            Bilingual("förhandling", "negotiation"),
            said("Ekvik förhandlade med Haicheng.", "Ekvik negotiated with Haicheng.", 7, unclear),
            group="cooperation",
            line="uncertain",
            certainty="ambiguous",
            cost=9,
        )
    )
    treaties = [
        ("vanortsavtal-nord", "Vänortsavtalet i norr", ["ekvik", slug("Nordå"), slug("Söderhavn")]),
        ("hamnstadga", "Hamnstadgan", ["ekvik", slug("Haicheng")]),
    ]
    for record, label, parties in treaties:
        text = said(
            f"{label} slöts 1999.", f"{label} was concluded in 1999.", 6, excerpt="Stadgan slöts 1999."
        )
        text = replace(text, record=record)
        nodes.append(
            MapNode(record, "Agreement", Bilingual(label), Bilingual("avtal", "agreement"), facts=(text,))
        )
        for i, party in enumerate(parties):
            edges.append(
                MapEdge(
                    record if i == 0 else f"{record}~{i + 1}",  # as the builder has it
                    record,
                    party,
                    Bilingual("part", "party"),
                    text,
                    group="agreement",
                    bounds=(*year(1999), year(1999)[0], None),
                    line="dormant" if record == "hamnstadga" else "active",
                    sources=("ar2018",),
                    thin=True,
                )
            )
    return MapData(
        title=Bilingual("Ekviks internationella relationer", "International relations of Ekvik"),
        as_of=Bilingual("Enligt årsrapporten för 2018", "According to the annual report for 2018"),
        home="ekvik",
        types=types,
        nodes=tuple(nodes),
        edges=tuple(edges),
        groups=(
            ("agreement", Bilingual("Avtal", "Agreements")),
            ("cooperation", Bilingual("Samarbeten", "Cooperations")),
            ("groupResponsibility", Bilingual("Ansvar", "Responsibilities")),
        ),
        sources=(
            Source("ar2018", Bilingual("Ekviks årsrapport 2018", "Ekvik annual report 2018")),
            Source("register", Bilingual("Ortregistret", "Register of places"), main=False),
        ),
        ties=(
            Tie("vanortsavtal-nord", "ekvik", slug("Nordå"), 4),
            Tie("vanortsavtal-nord", "ekvik", slug("Söderhavn"), 4),
            Tie("vanortsavtal-nord", slug("Nordå"), slug("Söderhavn"), 4),
            Tie("hamnstadga", "ekvik", slug("Haicheng"), 5),
        ),
        derived=(
            Derived(
                "ekvik",
                Bilingual("samarbetar med", "cooperates with"),
                "eurovik",
                Bilingual("Genvägar", "Shortcuts"),
                ("ekvik-eurovik", "hamnstadga"),
            ),
        ),
        countries=tuple((id_, Bilingual(*names)) for id_, names in sorted(_LANDS.items())),
        matrix=Matrix(
            rows=(
                *((slug(d), Bilingual(d)) for d in _NODES["Department"]),
                ("okand", Bilingual("Okänd", "Unknown")),
            ),
            columns=tuple((slug(n), Bilingual(n)) for n in [*_NODES["Network"], *_NODES["Forum"]]),
            cells=(
                MatrixCell(
                    "stadskontoret",
                    "eurovik",
                    ("led-3",),
                    (Bilingual("ansvar", "responsibility"),),
                    ("active",),
                ),
                MatrixCell(
                    slug("Miljöförvaltningen"),
                    slug("Kommittén för unga"),
                    ("led-0", "led-2"),
                    (Bilingual("ordförande", "chair"), Bilingual("medlem", "member")),
                    ("active", "dormant"),
                ),
            ),
        ),
    )


def hostile(text: str) -> MapData:
    """The city with ``text`` at the end of every field that is words."""
    plain = city()

    def both(one: Bilingual) -> Bilingual:
        return Bilingual(one.sv + text, one.en + text)

    def sentence(one: Sentence) -> Sentence:
        return replace(
            one,
            text=both(one.text),
            cite=both(one.cite),
            note=both(one.note),
            excerpt=one.excerpt + text,
            missing=both(one.missing),
        )

    def named(parties: tuple[tuple[str, Bilingual], ...]) -> tuple[tuple[str, Bilingual], ...]:
        return tuple((id_, both(name)) for id_, name in parties)

    return replace(
        plain,
        title=both(plain.title),
        as_of=both(plain.as_of),
        types=tuple(replace(t, label=both(t.label), plural=both(t.plural)) for t in plain.types),
        nodes=tuple(
            replace(
                n,
                label=both(n.label),
                kind_label=both(n.kind_label),
                aliases=(*n.aliases, text),
                facts=tuple(sentence(f) for f in n.facts),
                missing=both(n.missing),
            )
            for n in plain.nodes
        ),
        edges=tuple(
            replace(e, kind=both(e.kind), sentence=sentence(e.sentence), status=both(e.status))
            for e in plain.edges
        ),
        groups=tuple((name, both(label)) for name, label in plain.groups),
        countries=named(plain.countries),
        sources=tuple(replace(s, name=both(s.name)) for s in plain.sources),
        derived=tuple(replace(d, label=both(d.label), rule=both(d.rule)) for d in plain.derived),
        matrix=Matrix(
            named(plain.matrix.rows),
            named(plain.matrix.columns),
            tuple(replace(c, roles=tuple(both(role) for role in c.roles)) for c in plain.matrix.cells),
            tuple(sentence(one) for one in plain.matrix.said),
        ),
    )


def grown(data: MapData, count: int) -> MapData:
    """The city with ``count`` more parties, spread over its types."""
    names = [t.name for t in data.types[1:]]
    nodes = [
        MapNode(f"ny-{i}", names[i % len(names)], Bilingual(f"Ny part nummer {i}")) for i in range(count)
    ]
    said = Sentence(Bilingual("Ekvik känner parten.", "Ekvik knows the party."))
    edges = [MapEdge(f"till-ny-{i}", data.home, f"ny-{i}", Bilingual("kontakt"), said) for i in range(count)]
    return replace(data, nodes=data.nodes + tuple(nodes), edges=data.edges + tuple(edges))
