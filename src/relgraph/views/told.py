"""An analysis in words: its cells, its basis, its figures' data and what stands out, in one language."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date as Day

from relgraph import time
from relgraph.analysis import Basis, Cell, Evidence, Found, Note, Result, Row, Statement, Time, Word
from relgraph.analysis.catalogue import AnalysisText, catalogue, words
from relgraph.analysis.findings import Outstanding, outstanding
from relgraph.lookup import Lookup
from relgraph.model import Edtf, Ref, Table, Term
from relgraph.namespaces import RG
from relgraph.sentences import SentenceWriter, capital, join
from relgraph.views.figures import Figure
from relgraph.views.plain import plain
from relgraph.vocabulary import pick
from relgraph.when import MARKS, When

#: digits of a measure in a table
SHOWN = 3
NOTHING = "–"
#: at most so many bars are drawn
BARS = 15

WORDS = {
    "behind": {"sv": "underlag (uppgifter)", "en": "basis (statements)"},
    "of which": {"sv": "{}, varav {}", "en": "{}, of which {}"},
    "undated": {"sv": "{} utan tid", "en": "{} undated"},
    "uncertain one": {"sv": "{} osäker", "en": "{} uncertain"},
    "uncertain": {"sv": "{} osäkra", "en": "{} uncertain"},
    "excluded one": {"sv": "{}; {} utelämnad", "en": "{}; {} left out"},
    "excluded": {"sv": "{}; {} utelämnade", "en": "{}; {} left out"},
    "counted one": {"sv": "1 uppgift", "en": "1 statement"},
    "counted": {"sv": "{} uppgifter", "en": "{} statements"},
    "basis": {
        "sv": "Underlag: {basis}. Utan tid är det som varken har känd början eller känt slut. Osäkert är det "
        "som är underförstått eller tvetydigt. Utelämnat är det som inte blev av, är planerat eller bara är "
        "en av flera läsningar, eller som ligger utanför urvalet.",
        "en": "Basis: {basis}. Undated is what has neither a known begin nor a known end, uncertain what is "
        "implied or ambiguous. Left out is what did not come about, is planned or is only one of several "
        "readings, or lies outside the selection.",
    },
    "selection": {
        "sv": "Urval: {}. Det är {kept} av grafens {all} relationer{marked}.",
        "en": "Selection: {}. That is {kept} of the graph’s {all} relationships{marked}.",
    },
    "year": {"sv": "det som säkert eller möjligen gällde {}", "en": "what certainly or possibly held in {}"},
    "as of": {
        "sv": "det som hade börjat, eller kan ha börjat, senast {}",
        "en": "what had begun, or may have begun, by {}",
    },
    "no rows": {"sv": "Inga rader i urvalet.", "en": "No rows in the selection."},
    "nothing known": {"sv": "Grafen har inga relationer.", "en": "The graph has no relationships."},
    "kinds": {"sv": "bara relationer av slaget {}", "en": "only relationships of the kind {}"},
    "certain": {"sv": "bara det som anges uttryckligen", "en": "only what is stated outright"},
    "observed": {"sv": "enligt uppgift för {}", "en": "as stated for {}"},
    "formula": {"sv": "Så räknas det", "en": "How it is counted"},
    "source": {"sv": "Metod", "en": "Method"},
    "meaning": {"sv": "Vad det säger", "en": "What it means"},
    "limits": {"sv": "Vad det inte säger", "en": "What it does not say"},
    "more one": {"sv": "och 1 rad till", "en": "and 1 more row"},
    "more": {"sv": "och {} rader till", "en": "and {} more rows"},
    "most": {"sv": "Störst: {}.", "en": "Largest: {}."},
    "heat": {
        "sv": "Rutnät med {rows} rader och {columns} kolumner; talet i en ruta är antalet uppgifter. {most}",
        "en": "Grid of {rows} rows and {columns} columns; the number in a cell counts statements. {most}",
    },
    "bar": {
        "sv": "Stapeldiagram med {rows} staplar: {value}. {most}",
        "en": "Bar chart of {rows} bars: {value}. {most}",
    },
    "multiples": {
        "sv": "{rows} små stapeldiagram på samma skala. {most}",
        "en": "{rows} small bar charts on one scale. {most}",
    },
    "statements": {"sv": "Antal uppgifter", "en": "Number of statements"},
    "by": {"sv": "{} i {}", "en": "{} in {}"},
}


@dataclass(frozen=True)
class Told:
    """A result with what is needed to put it into words."""

    name: str
    result: Result
    evidence: Evidence
    lang: str
    top: int = 0
    """At most so many rows of a table are shown to a reader; 0 for all."""
    report: bool = False
    """Whether it is one of several in a report."""
    _names: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> AnalysisText:
        """The catalogue's words on it."""
        return catalogue()[self.name]

    @property
    def lookup(self) -> Lookup:
        """The records."""
        return self.evidence.lookup

    @property
    def writer(self) -> SentenceWriter:
        """Writes sentences and names as of the date of the data."""
        day = Day.fromisoformat(self.lookup.compiled.as_of) if self.lookup.compiled.as_of else None
        return SentenceWriter(self.lookup.vocabulary, self.lookup.get, self.lang, day)

    def say(self, key: str, *values: object, **named: object) -> str:
        """A phrase of this view."""
        return pick(WORDS[key], self.lang).format(*values, **named)

    # -- cells -------------------------------------------------------------------------------------------

    def cell(self, value: Cell) -> str:
        """A cell as a reader wants it, in one line that is safe to print."""
        if value is None:
            return NOTHING
        if isinstance(value, tuple):
            return join([self.cell(each) for each in value], self.lang) or NOTHING
        return plain(self._one(value))

    def _one(self, value: Ref | Term | Word | Time | Statement | int | float | str) -> str:
        if isinstance(value, Ref):
            return self.name_of(value.id)
        if isinstance(value, Term):
            return self.lookup.vocabulary.label(value.iri, self.lang)
        if isinstance(value, Word):
            return pick(words()[value.key], self.lang)
        if isinstance(value, Time):
            return self.time_of(value.id) or pick(words()["not-stated"], self.lang)
        if isinstance(value, Statement):
            return self.writer.sentence(self.lookup.record(value.id)).text
        return decimal(value, self.lang) if isinstance(value, float) else str(value)

    def name_of(self, id_: str) -> str:
        """The name of a record for a table: its own, else the phrase that names it."""
        if id_ not in self._names:
            record = self.lookup.get(id_)
            self._names[id_] = (record.text("name", self.lang) if record else "") or self.writer.name(id_)
        return self._names[id_]

    def time_of(self, id_: str) -> str:
        """The time of a record in words; empty where it has none."""
        record = self.lookup.record(id_)
        keys = {
            key: next((v.text for v in record.values.get(key, ()) if isinstance(v, Edtf)), None)
            for key in ("from", "to", "date", "during", "observedIn")
        }
        said = time.when(keys["from"], keys["to"], keys["date"], keys["during"], self.lang)
        if said or not keys["observedIn"]:
            return said
        return self.say("observed", time.phrase(keys["observedIn"], self.lang))

    # -- numbers and what lies behind them ---------------------------------------------------------------

    def basis_of(self, row: Row) -> Basis:
        """What lies behind a row's numbers."""
        return self.evidence.basis(row.records, row.left_out)

    def behind(self, basis: Basis) -> str:
        """A basis as a cell: "5, of which 1 undated; 2 left out"; a dash where nothing was counted."""
        if not basis.counted and not basis.excluded:
            return NOTHING
        parts = [
            self.say("uncertain one" if key == "uncertain" and number == 1 else key, number)
            for key, number in (("undated", basis.undated), ("uncertain", basis.uncertain))
            if number
        ]
        said = str(basis.counted)
        said = self.say("of which", said, join(parts, self.lang)) if parts else said
        if basis.excluded:
            said = self.say("excluded one" if basis.excluded == 1 else "excluded", said, basis.excluded)
        return said

    def basis(self) -> str:
        """The basis of the whole result in words."""
        return self.say("basis", basis=self._spoken(self.result.basis))

    def selection(self) -> str:
        """The limits asked for, in words, and what they leave; empty for none, unless the graph is empty."""
        known = self.evidence
        if known.when is not self.when:
            known = replace(known, when=None)
        if not known.all_edges:
            return self.say("nothing known")
        if not self.limited:
            return ""
        kinds = [self.lookup.vocabulary.label(RG + name, self.lang) for name in known.kinds]
        limits = [self.say("kinds", join(kinds, self.lang))] if kinds else []
        limits += [self.say("certain")] if known.certain_only else []
        if known.when:
            limits.append(
                self.say("year" if known.when.period else "as of", time.phrase(known.when.text, self.lang))
            )
        marks = Counter(str(edge.get("mark") or "") for edge in known.edges.values())
        told = [f"{marks[mark]} {pick(MARKS[mark], self.lang)}" for mark in MARKS if marks[mark]]
        marked = f" ({join(told, self.lang)})" if told else ""
        kept, every = len(known.edges), len(known.all_edges)
        return self.say("selection", "; ".join(limits), kept=kept, all=every, marked=marked)

    @property
    def limited(self) -> bool:
        """Whether limits were asked for."""
        return bool(self.evidence.kinds or self.evidence.certain_only or self.when)

    @property
    def when(self) -> When | None:
        """The time to which the result is limited; none where the time asked for is only where it begins."""
        return None if self.text.settings.get("time") else self.evidence.when

    def empty(self, found: Found) -> str:
        """What is said in place of a table without rows."""
        return self.say("no rows") if self.limited else pick(self.text.tables[found.name].empty, self.lang)

    def _spoken(self, basis: Basis) -> str:
        number, rest = str(basis.counted), self.behind(basis)
        noun = self.say("counted one") if basis.counted == 1 else self.say("counted", number)
        return noun if rest == NOTHING else noun + rest.removeprefix(number)

    # -- tables ------------------------------------------------------------------------------------------

    def table(self, found: Found) -> tuple[Table, int]:
        """A table in words with its basis as last column, and how many rows were left out at the end.

        Columns that no row fills are left out, and so is the basis where no row rests on relationships.
        """
        most = self.most(found)
        rows = found.rows[:most] if most else found.rows
        used = [
            n
            for n, _ in enumerate(self.text.tables[found.name].columns)
            if any(row.cells[n] is not None for row in rows)
        ]
        labels = [pick(label, self.lang) for label in self.text.tables[found.name].columns.values()]
        based = any(row.records or row.left_out for row in rows)
        body = [
            (*(self.cell(row.cells[n]) for n in used), *([self.behind(self.basis_of(row))] if based else []))
            for row in rows
        ]
        heads = (*(labels[n] for n in used), *([self.say("behind")] if based else []))
        return Table(heads, tuple(body)), len(found.rows) - len(rows)

    def most(self, found: Found) -> int:
        """How many rows of a table are shown; 0 for all. In a report the catalogue may want fewer."""
        wanted = self.text.tables[found.name].most if self.report else 0
        return min(filter(None, (self.top, wanted)), default=0)

    def more(self, rows: int) -> str:
        """How many rows are not shown; empty for none."""
        return "" if not rows else self.say("more one") if rows == 1 else self.say("more", rows)

    def note(self, note: Note) -> str:
        """A remark in words."""
        values = {key: self.cell(value) for key, value in note.values.items()}
        return pick(self.text.notes[note.key], self.lang).format(**values)

    # -- what stands out ---------------------------------------------------------------------------------

    def standing_out(self) -> list[tuple[str, Outstanding, str]]:
        """(Sentence, the rule with its rows, what lies behind it), in the order of the catalogue."""
        found = []
        for each in outstanding(self.result, self.text):
            columns = list(self.text.tables[each.rule.table].columns)
            first = {key: self.cell(cell) for key, cell in zip(columns, each.rows[0].cells, strict=True)}
            at = columns.index(each.rule.column)
            names = list(dict.fromkeys(self.cell(row.cells[at]) for row in each.rows))[: each.rule.most]
            text = each.rule.one if len(each.rows) == 1 else each.rule.many
            notes = {key: self.cell(cell) for note in self.result.notes for key, cell in note.values.items()}
            counted = {"count": str(len(each.rows)), "names": join(names, self.lang)}
            said = pick(text, self.lang).format(**{**notes, **first, **counted})
            behind = self.evidence.basis(
                [id_ for row in each.rows for id_ in row.records],
                [id_ for row in each.rows for id_ in row.left_out],
            )
            found.append((said, each, self._spoken(behind)))
        return found

    # -- figures -----------------------------------------------------------------------------------------

    def figure(self, found: Found) -> Figure | None:
        """The figure that the catalogue wants of a table; None where it wants none or nothing is there."""
        text = self.text.tables[found.name]
        wanted = text.figure
        if not wanted or not found.rows:
            return None
        at = {key: number for number, key in enumerate(text.columns)}
        title, kind = pick(text.title, self.lang), wanted["kind"]
        if kind == "heat":
            return self._heat(found, at[wanted["rows"]], at[wanted["columns"]], title)
        keys = wanted["values"] if kind == "multiples" else [wanted["value"]]
        measures = tuple(pick(text.columns[key], self.lang) for key in keys)
        bars = [
            (self.cell(row.cells[at[wanted["label"]]]), tuple(_number(row.cells[at[key]]) for key in keys))
            for row in found.rows
        ]
        bars = [bar for bar in bars if any(bar[1])][: BARS if kind == "bar" else None]
        if not bars:
            return None
        top = max(bars, key=lambda bar: max(bar[1]))
        most = self.say("most", f"{top[0]} ({self.cell(max(top[1]))})")
        told = self.say(kind, rows=len(bars), value=measures[0], most=most)
        caption = capital(measures[0]) if kind == "bar" else ""
        return Figure(kind, title, told, measures, tuple(bars), self.lang, caption)

    def _heat(self, found: Found, row: int, column: int, title: str) -> Figure:
        cells: dict[tuple[str, str], set[str]] = {}
        for each in found.rows:
            place = (self.cell(each.cells[row]), self.cell(each.cells[column]))
            cells.setdefault(place, set()).update(each.records)
        rows = list(dict.fromkeys(place[0] for place in cells))
        columns = sorted(
            {place[1] for place in cells},
            key=lambda name: (-sum(place[1] == name for place in cells), name),
        )
        bars = tuple((name, tuple(len(cells.get((name, other), ())) for other in columns)) for name in rows)
        place, ids = max(cells.items(), key=lambda item: len(item[1]))
        most = self.say("most", f"{self.say('by', *place)} ({len(ids)})")
        told = self.say("heat", rows=len(rows), columns=len(columns), most=most)
        return Figure("heat", title, told, tuple(columns), bars, self.lang, self.say("statements"))


def _number(cell: Cell) -> int | float:
    return cell if isinstance(cell, int | float) else 0


def decimal(value: float, lang: str) -> str:
    """A measure with three decimals, and the decimal sign of the language."""
    text = f"{value:.{SHOWN}f}"
    text = "0.000" if text == "-0.000" else text
    return text.replace(".", ",") if lang == "sv" else text
