"""How two parties are connected, in cited sentences: the content of ``relgraph path``."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date as Day
from typing import TYPE_CHECKING, Any

from relgraph.analysis.paths import AMBIGUOUS, CERTAINTY, CURRENCY, STEP, Cost, Path, cost_of, time_of
from relgraph.lookup import Lookup
from relgraph.network import bounds_of_edge
from relgraph.sentences import NUMBERS, Sentence, SentenceWriter, as_of_text
from relgraph.time import Bounds, Holds
from relgraph.views.cited import SourceList, citation_data
from relgraph.views.plain import markdown, plain
from relgraph.vocabulary import pick
from relgraph.when import MARKS, When

if TYPE_CHECKING:
    import networkx as nx

WORDS = {
    "title": {"sv": "Vägar mellan {a} och {b}", "en": "Paths between {a} and {b}"},
    "order": {
        "sv": "Bästa vägen först. Varje led kostar {step}, och mer om det inte säkert är aktuellt (möjligen "
        "aktuellt +{perhaps}, avslutat eller inte påbörjat +{over}), inte sägs uttryckligen (underförstått "
        "+{implied}, tvetydigt +{ambiguous}) eller binder svagt (+1 till +3).",
        "en": "Best path first. Each step costs {step}, and more if it is not certainly current (possibly "
        "current +{perhaps}, past or not yet begun +{over}), not stated outright (implied +{implied}, "
        "ambiguous +{ambiguous}) or a weak tie (+1 to +3).",
    },
    "avoided": {"sv": "Utan att gå genom {}.", "en": "Not through {}."},
    "steps": {"sv": "{} led, kostnad {}", "en": "{} steps, cost {}"},
    "one step": {"sv": "ett led, kostnad {1}", "en": "one step, cost {1}"},
    "cost": {"sv": "kostnad {}: {} för ledet", "en": "cost {}: {} for the step"},
    "also": {"sv": "också", "en": "also"},
    "sources": {"sv": "Källor", "en": "Sources"},
    "none": {
        "sv": "Källorna anger ingen väg mellan {a} och {b}{limits}.",
        "en": "The sources state no path between {a} and {b}{limits}.",
    },
    "limits": {"sv": " inom urvalet", "en": " within the selection"},
    "alone": {
        "sv": "De anger ingen relation alls till {who}{limits}.",
        "en": "They state no relationship of {who} at all{limits}.",
    },
    "certain": {"sv": "säkert aktuellt", "en": "certainly current"},
    "perhaps": {"sv": "möjligen aktuellt", "en": "possibly current"},
    "certain then": {"sv": "gällde säkert då", "en": "certainly held then"},
    "perhaps then": {"sv": "gällde möjligen då", "en": "possibly held then"},
    "undated": {"sv": "odaterat", "en": "undated"},
    "past": {"sv": "avslutat", "en": "past"},
    "future": {"sv": "inte påbörjat", "en": "not yet begun"},
    "stated": {"sv": "sägs uttryckligen", "en": "stated outright"},
    "implied": {"sv": "underförstått", "en": "implied"},
    "ambiguous": {"sv": "tvetydigt", "en": "ambiguous"},
    "tie 0": {"sv": "starkt band", "en": "strong tie"},
    "tie 1": {"sv": "ganska starkt band", "en": "fairly strong tie"},
    "tie 2": {"sv": "ganska svagt band", "en": "fairly weak tie"},
    "tie 3": {"sv": "svagt band", "en": "weak tie"},
}


def word(key: str, lang: str) -> str:
    """A phrase of this view in ``lang``."""
    return pick(WORDS[key], lang)


@dataclass(frozen=True, slots=True)
class Link:
    """One relationship of a step: its sentence, and what its cost is made of."""

    sentence: Sentence
    text: str
    cost: Cost
    state: str
    """A key of :data:`WORDS`: how it stands at the date of the data."""


@dataclass(slots=True)
class Told:
    """Paths in words: each with the links of its steps, the one that counts first."""

    lookup: Lookup
    ends: tuple[str, str]
    lang: str
    when: When | None = None
    """To what time the network is limited."""
    avoid: tuple[str, ...] = ()
    limited: bool = False
    lonely: tuple[str, ...] = ()
    """The ends that have no edge at all."""
    paths: list[tuple[Path, list[list[Link]]]] = field(default_factory=list)
    sources: SourceList = field(default_factory=SourceList)

    @property
    def day(self) -> Day | None:
        """The day that decides tense: as of which is asked, else the date of the data."""
        if self.when is not None and not self.when.period:
            return self.when.last
        return Day.fromisoformat(self.lookup.compiled.as_of) if self.lookup.compiled.as_of else None

    @property
    def time(self) -> str:
        """To what time the network is limited, in words; empty if it is not."""
        return self.when.told(self.lang) if self.when else ""

    @property
    def writer(self) -> SentenceWriter:
        """Writes names and sentences as of the day of the network."""
        return SentenceWriter(self.lookup.vocabulary, self.lookup.get, self.lang, self.day)

    def names(self, ids: Collection[str]) -> list[str]:
        """The names of parties for a heading."""
        return [self.writer.title(id_) for id_ in ids]

    def heading(self, path: Path) -> str:
        """The nodes of a path, how many steps it has, and its cost."""
        count = len(path.edges)
        numbers = NUMBERS[self.lang]
        said = numbers[count] if count < len(numbers) else str(count)
        steps = word("one step" if count == 1 else "steps", self.lang).format(said, path.cost)
        return f"{' – '.join(self.names(path.nodes))} ({steps})"

    def preface(self) -> list[str]:
        """What a reader must know before the paths."""
        values = {
            "step": STEP,
            "perhaps": CURRENCY[Holds.POSSIBLY],
            "over": CURRENCY[Holds.NOT],
            "implied": CERTAINTY["implied"],
            "ambiguous": AMBIGUOUS,
        }
        avoided = word("avoided", self.lang).format(", ".join(self.names(self.avoid))) if self.avoid else ""
        order = word("order", self.lang).format(**values) if self.paths else self.nothing()
        return [text for text in (as_of_text(self.lookup, self.lang), self.time, avoided, order) if text]

    def nothing(self) -> str:
        """That there is no path, and whether an end stands alone."""
        limits = word("limits", self.lang) if self.limited or self.avoid else ""
        a, b = (self.writer.name(end) for end in self.ends)
        alone = [
            word("alone", self.lang).format(who=self.writer.name(end), limits=limits) for end in self.lonely
        ]
        return " ".join((word("none", self.lang).format(a=a, b=b, limits=limits), *alone))

    @property
    def title(self) -> str:
        """Between whom."""
        a, b = self.names(self.ends)
        return word("title", self.lang).format(a=a, b=b)

    def price(self, link: Link) -> str:
        """The cost of a link in words."""
        step, *parts = link.cost.parts
        said = (link.state, link.cost.certainty, f"tie {link.cost.weakness}")
        more = [
            f"{word(key, self.lang)} +{part}" if part else word(key, self.lang)
            for key, part in zip(said, parts, strict=True)
        ]
        return ", ".join((word("cost", self.lang).format(step + sum(parts), step), *more))


def tell(
    lookup: Lookup, graph: nx.MultiDiGraph, paths: list[Path], ends: tuple[str, str], lang: str, **known: Any
) -> Told:
    """Put paths found in ``graph`` (:func:`relgraph.analysis.paths.path_network`) into words.

    ``known`` are further fields of :class:`Told`, such as the ``when`` with which the network was made.
    """
    lonely = tuple(end for end in ends if not set(graph.to_undirected(as_view=True)[end]) - {end})
    told = Told(lookup, ends, lang, lonely=lonely, **known)
    for path in paths:
        steps = []
        for start, end, keys in zip(path.nodes, path.nodes[1:], path.edges, strict=False):
            both = {
                **graph.get_edge_data(start, end, default={}),
                **graph.get_edge_data(end, start, default={}),
            }
            steps.append([_link(told, key, both[key], (start, end)) for key in keys])
        told.paths.append((path, steps))
    return told


def _link(told: Told, key: str, data: dict[str, Any], ends: tuple[str, str]) -> Link:
    lookup, writer = told.lookup, told.writer
    record = lookup.record(data["record"])
    sentence = writer.sentence(record)
    text = sentence.full
    if data.get("structure"):  # the sentence of an entity need not say of what it is a part
        whole = ends[0] if ends[1] == record.id else ends[1]
        if writer.name(whole) not in sentence.text and writer.title(whole) not in sentence.text:
            label = pick(lookup.vocabulary.properties[data["kind"]].labels, told.lang)
            text = f"{text} ({writer.title(record.id)}, {label}: {writer.title(whole)}.)"
    if data.get("mark"):
        text = f"{text} ({pick(MARKS[data['mark']], told.lang)})"
    cost = cost_of(data, lookup.vocabulary, time_of(lookup, told.when))
    return Link(sentence, text, cost, _state(told, cost, bounds_of_edge(data)))


def _state(told: Told, cost: Cost, bounds: Bounds) -> str:
    then = " then" if told.when and told.when.period else ""
    if cost.currency is Holds.CERTAINLY:
        return f"certain{then}"
    if cost.currency is Holds.POSSIBLY:
        return "undated" if bounds == Bounds() else f"perhaps{then}"
    return "past" if told.day is not None and bounds.latest_end < told.day else "future"


def as_text(told: Told, width: int) -> str:
    """The paths as plain text for a terminal: numbered citations, sources at the end."""
    lines = [plain(told.title)]
    for text in told.preface():
        lines += textwrap.wrap(plain(text), width)
    for number, (path, steps) in enumerate(told.paths, 1):
        lines += ["", *_item(told.heading(path), f"{number}. ", width)]
        for first, *others in steps:
            lines += _item(f"{first.text} {told.sources.marks(first.sentence)}", "  • ", width)
            lines += _item(told.price(first), "    ", width)
            for other in others:
                also = f"{word('also', told.lang)}: {other.text} {told.sources.marks(other.sentence)}"
                lines += _item(f"{also} ({told.price(other)})", "    – ", width)
    if told.sources.citations:
        lines += ["", word("sources", told.lang)]
        cite = told.writer.cite
        lines += [f"  [{n}] {plain(cite(citation))}" for n, citation in enumerate(told.sources.citations, 1)]
    return "\n".join(lines) + "\n"


def _item(text: str, mark: str, width: int) -> list[str]:
    return textwrap.wrap(
        plain(text),
        width,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )


def as_markdown(told: Told) -> str:
    """The paths as Markdown, texts of the data escaped."""
    lines = [f"# {markdown(told.title)}", ""]
    for text in told.preface():
        lines += [markdown(text), ""]
    for number, (path, steps) in enumerate(told.paths, 1):
        lines += [f"## {number}. {markdown(told.heading(path))}", ""]
        for first, *others in steps:
            marks = markdown(told.sources.marks(first.sentence))
            lines.append(f"- {markdown(first.text)} {marks} *{markdown(told.price(first))}*")
            for other in others:
                marks = markdown(told.sources.marks(other.sentence))
                also = f"{word('also', told.lang)}: {markdown(other.text)} {marks}"
                lines.append(f"  - {also} *{markdown(told.price(other))}*")
        lines.append("")
    if told.sources.citations:
        lines += [f"## {word('sources', told.lang)}", ""]
        cite = told.writer.cite
        lines += [f"{n}. {markdown(cite(citation))}" for n, citation in enumerate(told.sources.citations, 1)]
    return "\n".join(lines).rstrip() + "\n"


def as_json(told: Told) -> str:
    """The paths for a program, with names and sentences in the language."""
    cite = told.writer.cite

    def link(each: Link) -> dict[str, object]:
        names = ("step", "currency", "certainty", "weakness")
        return {
            "record": each.sentence.record,
            "text": each.text,
            "state": each.state,
            "certainty": each.cost.certainty,
            "cost": sum(each.cost.parts),
            "costParts": dict(zip(names, each.cost.parts, strict=True)),
            "sources": [citation_data(citation, cite) for citation in each.sentence.citations],
        }

    whole = {
        "from": told.ends[0],
        "to": told.ends[1],
        "notThrough": list(told.avoid),
        "lang": told.lang,
        "asOf": told.day.isoformat() if told.day else "",
        "accordingTo": as_of_text(told.lookup, told.lang),
        "time": told.time or None,
        "paths": [
            {
                "cost": path.cost,
                "nodes": [
                    {"id": id_, "name": name}
                    for id_, name in zip(path.nodes, told.names(path.nodes), strict=True)
                ],
                "steps": [[link(each) for each in step] for step in steps],
            }
            for path, steps in told.paths
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
