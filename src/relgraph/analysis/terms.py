"""What begins, ends or takes place within some months of a day, what is planned, which ends are unknown."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date as Day

from relgraph.analysis.catalogue import catalogue
from relgraph.analysis.concerns import Concerns
from relgraph.analysis.evidence import Evidence
from relgraph.analysis.model import Cell, Found, Note, Result, Row, Time, Word
from relgraph.model import Record, Ref, Term
from relgraph.namespaces import RG
from relgraph.time import MAX, MIN, Bounds, Holds

#: how many months ahead are looked at unless others are asked for
MONTHS = 24


@dataclass(frozen=True, slots=True)
class Turn:
    """A begin or end (both, for what takes place) of a record: the first and the last day that it may be."""

    id: str
    kind: str
    earliest: Day
    latest: Day


def run(evidence: Evidence, *, day: Day | None = None, months: int = MONTHS) -> Result:
    """Three tables: ``coming`` (what turns after ``day``, up to ``months`` later), ``open`` (what
    of the home and its units is lasting, had certainly begun by the day, may still hold, and has neither a
    known end nor a stated period) and ``unscheduled`` (what was planned, with no time stated).

    ``day`` None is the last day of the time asked for, else the date of the data; if they have none, there
    are no rows and a note says so. A turn is certain where all days on which it may be lie in the window,
    possible where some do; one that is open to a side is in no window. Planned relationships count, what did
    not happen and single readings do not.
    """
    day = day or (evidence.when.last if evidence.when else None)
    as_of = evidence.lookup.compiled.as_of
    if day is None and not as_of:
        empty = tuple(Found(name, ()) for name in ("coming", "open", "unscheduled"))
        return Result(empty, evidence.basis(()), (Note("no-date"),))
    first = day or Day.fromisoformat(as_of)
    last = later(first, months)
    evidence = replace(evidence, when=None)
    concerns = Concerns(evidence)
    settings = catalogue()["terms"].settings
    records = _records(evidence, settings["planned"])
    tables = (
        Found("coming", _coming(concerns, records, first, last, settings["planned"])),
        Found("open", _open(concerns, records, first, settings["lasting"])),
        Found("unscheduled", _unscheduled(concerns, records, settings["planned"])),
    )
    counted = {id_ for found in tables for row in found.rows for id_ in row.records}
    window = Note("window", {"begin": first.isoformat(), "end": last.isoformat(), "months": months})
    return Result(tables, evidence.basis(counted), (window,))


def later(day: Day, months: int) -> Day:
    """The same day of the month so many months later, or the last one that month has; at most year 9998."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year >= MAX.year:
        return MAX.replace(year=MAX.year - 1)
    return Day(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _records(evidence: Evidence, planned: tuple[str, ...]) -> list[tuple[Record, Bounds, str]]:
    """Affirmed and planned relationships within the limits, and dated entities: record, bounds, group."""
    lookup, concerns = evidence.lookup, Concerns(evidence)
    edges = {
        id_: attributes
        for id_, attributes in evidence.all_edges.items()
        if id_ in evidence.edges or attributes["group"] in planned
    }
    dated = {
        str(getattr(e, "value", "")).removeprefix(lookup.compiled.base)
        for (e,) in lookup.rows("SELECT ?e { ?e a rg:Entity ; rg:earliestBegin ?day }")
    }
    ids = sorted({*edges, *(dated if not evidence.kinds else ())})
    return [
        (record, concerns.bounds(record), str(edges.get(record.id, {}).get("group", "")))
        for record in lookup.records(ids)
    ]


def turns(record: Record, bounds: Bounds, *, whole: bool = False) -> list[Turn]:
    """The begin and the end of a record that are known to lie between two days.

    Both are one, the record's taking place, where it has a date, or its time is a ``whole`` period in which
    something was counted.
    """
    if record.values.get("date") or whole:
        spans = [("takes-place", bounds.earliest_begin, bounds.latest_end)]
    else:
        spans = [
            ("begins", bounds.earliest_begin, bounds.latest_begin),
            ("ends", bounds.earliest_end, bounds.latest_end),
        ]
    return [Turn(record.id, kind, a, b) for kind, a, b in spans if a > MIN and b < MAX]


def falls_within(turn: Turn, day: Day, last: Day) -> Holds:
    """Whether a turn falls after ``day`` and by ``last``."""
    if day < turn.earliest and turn.latest <= last:
        return Holds.CERTAINLY
    return Holds.NOT if turn.latest <= day or turn.earliest > last else Holds.POSSIBLY


def _coming(
    concerns: Concerns,
    records: list[tuple[Record, Bounds, str]],
    first: Day,
    last: Day,
    planned: tuple[str, ...],
) -> tuple[Row, ...]:
    found = []
    for record, bounds, group in records:
        for turn in turns(record, bounds, whole=concerns.counted(record)):
            falls = falls_within(turn, first, last)
            if falls is Holds.NOT:
                continue
            cells: tuple[Cell, ...] = (
                Ref(record.id),
                concerns.kind_of(record.id),
                Word(turn.kind),
                turn.earliest.isoformat(),
                turn.latest.isoformat(),
                Word(falls.value),
                _status(record, group if group in planned else ""),
            )
            found.append((turn.earliest, turn.latest, record.id, turn.kind, Row(cells, (record.id,))))
    return tuple(each[-1] for each in sorted(found, key=lambda each: each[:-1]))


def _status(record: Record, group: str) -> Cell:
    """The state that the source gives an event, else the group given, if any."""
    status = next((v for v in record.values.get("eventStatus", ()) if isinstance(v, Term)), None)
    return status or (Term(RG + group) if group else None)


def _open(
    concerns: Concerns, records: list[tuple[Record, Bounds, str]], day: Day, lasting: tuple[str, ...]
) -> tuple[Row, ...]:
    rows = []
    for record, bounds, group in records:
        begun = bounds.latest_begin <= day <= bounds.latest_end
        ours = concerns.concerned(record.id) & concerns.ours
        unbounded = bounds.latest_end == MAX and "during" not in record.values
        if group in lasting and ours and begun and unbounded:
            held = bounds.latest_begin <= bounds.earliest_end
            known = bounds.earliest_end.isoformat() if held else Word("not-stated")
            cells = (
                Ref(record.id),
                concerns.kind_of(record.id),
                Time(record.id),
                known,
            )
            rows.append(Row(cells, (record.id,)))
    rows.sort(key=lambda row: tuple(map(str, (row.cells[1], row.cells[0]))))
    return tuple(rows)


def _unscheduled(
    concerns: Concerns, records: list[tuple[Record, Bounds, str]], planned: tuple[str, ...]
) -> tuple[Row, ...]:
    rows = [
        Row((Ref(record.id), concerns.kind_of(record.id)), (record.id,))
        for record, bounds, group in records
        if group in planned and not turns(record, bounds)
    ]
    return tuple(sorted(rows, key=lambda row: row.records))
