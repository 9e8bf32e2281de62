"""Where a network would fall apart: parties and ties without which some are cut off.

One walk through the network after Hopcroft and Tarjan (1973) finds the articulation points and bridges, and
what each of them cuts off, which no library tells.
"""

from __future__ import annotations

from dataclasses import dataclass

from relgraph.analysis.ties import Pair, Ties


@dataclass(frozen=True, slots=True)
class Cuts:
    """``points`` maps a party to how many are cut off if it falls away, ``bridges`` a tie likewise.

    Cut off is who is no longer connected with the home, or where that is in another part of the network or
    falls away itself, with the largest piece that is left. Only those that cut anyone off are there.
    """

    points: dict[str, int]
    bridges: dict[Pair, int]


def cuts(ties: Ties, home: str = "") -> Cuts:
    """The articulation points and bridges of ties, in time linear in them."""
    found = Cuts({}, {})
    for part in ties.components:
        _walk(ties, home if home in part else part[0], len(part), home, found)
    return Cuts(dict(sorted(found.points.items())), dict(sorted(found.bridges.items())))


def _walk(ties: Ties, root: str, size: int, home: str, found: Cuts) -> None:
    """Visit one part depth-first from ``root``, in sorted order, without recursion."""
    at = {root: 0}
    low = {root: 0}
    below = {root: 1}
    pieces: dict[str, list[int]] = {}
    stack = [(root, "", iter(sorted(ties.near[root])))]
    while stack:
        party, parent, rest = stack[-1]
        other = next(rest, None)
        if other is None:
            stack.pop()
            if parent:
                low[parent] = min(low[parent], low[party])
                below[parent] += below[party]
                if low[party] >= at[parent]:
                    pieces.setdefault(parent, []).append(below[party])
                if low[party] > at[parent]:
                    pair = (party, parent) if party < parent else (parent, party)
                    found.bridges[pair] = (
                        below[party] if root == home else min(below[party], size - below[party])
                    )
        elif other not in at:
            at[other] = low[other] = len(at)
            below[other] = 1
            stack.append((other, party, iter(sorted(ties.near[other]))))
        elif other != parent:
            low[party] = min(low[party], at[other])
    for party, sizes in pieces.items():
        rest_of_part = size - 1 - sum(sizes)
        kept = rest_of_part if root == home and party != root else max(*sizes, rest_of_part)
        if size - 1 - kept:
            found.points[party] = size - 1 - kept
