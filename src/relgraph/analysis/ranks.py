"""Ranks that tell what they are worth: shared where values are equal, marked where one statement decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from relgraph.analysis.measures import MEASURES
from relgraph.analysis.ties import Ties

#: two values are equal where they differ by less than this part of the larger
EQUAL = 1e-9
#: parties times ties times relationships up to which each relationship is left out once (some seconds)
LEAVE_ONE_OUT = 300_000_000


@dataclass(frozen=True, slots=True)
class Rank:
    """A place: one more than the number of those with a higher value; ``shared`` with others of the same.

    ``firm`` is False where leaving out some relationship puts a party of a lower rank before this one, or
    this one before a party of a higher rank; None where that was not tried.
    """

    place: int
    shared: bool
    firm: bool | None = None

    def __str__(self) -> str:
        return f"{self.place}{'=' if self.shared else ''}{'~' if self.firm is False else ''}"


def places(values: Sequence[float]) -> list[tuple[int, bool]]:
    """The place of each value, the highest first, and whether it is shared."""
    order = sorted(range(len(values)), key=lambda number: -values[number])
    found = [(0, False)] * len(values)
    begin = 0
    while begin < len(order):
        end = begin + 1
        while end < len(order) and not _above(values[order[end - 1]], values[order[end]]):
            end += 1
        for number in order[begin:end]:
            found[number] = (begin + 1, end - begin > 1)
        begin = end
    return found


def _above(one: float, other: float) -> bool:
    """Whether a value is higher than another by more than rounding."""
    return one - other > EQUAL * max(abs(one), abs(other))


def can_leave_out(ties: Ties) -> bool:
    """Whether the network is small enough to leave out each relationship once."""
    return len(ties.parties) * len(ties.pairs) * len(ties.depending) <= LEAVE_ONE_OUT


def ranks(
    part: Ties,
    values: dict[str, Sequence[float]],
    step: Callable[[int], None] | None = None,
) -> dict[str, list[Rank]]:
    """The ranks of the parties of one part by each measure in ``values`` (a value a party, in their order).

    Each relationship is left out once, where :func:`can_leave_out`; one that is not the only one between two
    parties changes nothing and is skipped. All measures are then taken of the part's same parties, even if
    some are cut off. ``step`` is called with the number of relationships tried.
    """
    known = {name: places(each) for name, each in values.items()}
    if not can_leave_out(part):
        return {name: [Rank(*place) for place in each] for name, each in known.items()}
    graph = part.to_rustworkx()
    flipped: dict[str, set[int]] = {name: set() for name in values}
    for pairs in part.depending.values():
        less = graph.copy()
        less.remove_edges_from([(part.index[a], part.index[b]) for a, b in pairs])
        if less.num_edges():
            for name, found in known.items():
                flipped[name] |= _flips(found, MEASURES[name](less))
        if step is not None:
            step(1)
    return {
        name: [Rank(*place, firm=number not in flipped[name]) for number, place in enumerate(each)]
        for name, each in known.items()
    }


def _flips(known: Sequence[tuple[int, bool]], new: Sequence[float]) -> set[int]:
    """Those who pass one with a better place, or are passed by one with a worse place."""
    order = sorted(range(len(new)), key=lambda number: known[number][0])
    found: set[int] = set()
    for sequence, passes in ((order, 1.0), (order[::-1], -1.0)):
        bar = _Bar(passes)
        for number in sequence:
            if bar.passed(known[number][0], new[number]):
                found.add(number)
    return found


class _Bar:
    """The lowest new value of those with better places; turned round, the highest of those with worse."""

    def __init__(self, sign: float) -> None:
        self._sign = sign
        self._place = 0
        self._bar: float | None = None
        self._next: float | None = None

    def passed(self, place: int, value: float) -> bool:
        """Whether a value passes the bar; those who share a place do not compete."""
        if place != self._place:
            self._place, self._bar = place, self._next
        value *= self._sign
        if self._next is None or value < self._next:
            self._next = value
        return self._bar is not None and _above(value, self._bar)
