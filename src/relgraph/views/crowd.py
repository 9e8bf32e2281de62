"""What is said of a party of whom very much is said: the newest of each group, and how much more there is.

A page of tens of thousands of sentences is read by nobody and takes half a minute to write. Counting and
choosing are the engine's work here, so that only what is shown is read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest

from relgraph.lookup import Lookup
from relgraph.namespaces import RG, graph_iris
from relgraph.vocabulary import Kind

#: from so many records that name a party on, a page holds the newest alone
CROWD = 2_000
#: how many statements of a group it then holds
SHOWN = 12


@dataclass(frozen=True)
class Crowd:
    """The records that name one party, by what is asked of the store."""

    lookup: Lookup
    id: str

    @property
    def _named(self) -> str:
        """The pattern of the records that name the party, each once."""
        base = self.lookup.compiled.base
        return (
            f"SELECT DISTINCT ?r {{ GRAPH <{graph_iris(base)['asserted']}> {{ ?r ?p <{base}{self.id}> }} }}"
        )

    @property
    def is_one(self) -> bool:
        """Whether so many records name the party that a page cannot hold them all."""
        return sum(1 for _ in self.lookup.rows(f"{self._named} LIMIT {CROWD + 1}")) > CROWD

    @cached_property
    def _counts(self) -> dict[str, int]:
        """How many of the records are of each kind and no more special one, by the kind's local name."""
        asserted = graph_iris(self.lookup.compiled.base)["asserted"]
        pattern = f"{{ {self._named} }} GRAPH <{asserted}> {{ ?r a ?type }}"
        query = f"SELECT ?type (COUNT(*) AS ?n) {{ {pattern} }} GROUP BY ?type"
        counted = {
            getattr(kind, "value", ""): int(getattr(n, "value", "0")) for kind, n in self.lookup.rows(query)
        }
        # A record is of all superclasses of its kind: from the most special up, what is theirs is taken off.
        above: Counter[str] = Counter()
        own: dict[str, int] = {}
        kinds = [kind for kind in self.lookup.vocabulary.kinds.values() if kind.iri in counted]
        for kind in sorted(kinds, key=lambda kind: -len(kind.parents)):
            count = counted[kind.iri] - above[kind.iri]
            above.update(dict.fromkeys(kind.parents, count))
            if count > 0 and self._said(kind):
                own[kind.name] = count
        return own

    @staticmethod
    def _said(kind: Kind) -> bool:
        return kind.is_a(RG + "Record") and not kind.is_a(RG + "Document")

    @cached_property
    def totals(self) -> dict[str, int]:
        """How many records there are of each group, by its IRI."""
        found: Counter[str] = Counter()
        for name, count in self._counts.items():
            found[self.lookup.vocabulary.kinds[name].group] += count
        return dict(found)

    def newest(self) -> list[str]:
        """The ids to show: of each group :data:`SHOWN`, kinds in the ontology's order, the newest first."""
        kinds = self.lookup.vocabulary.kinds
        ranks: defaultdict[tuple[str, int], list[Kind]] = defaultdict(list)
        for name in self._counts:
            ranks[kinds[name].group, kinds[name].style.order].append(kinds[name])
        chosen: defaultdict[str, list[str]] = defaultdict(list)
        for (group, _), alike in sorted(ranks.items(), key=lambda rank: rank[0][1]):
            left = SHOWN - len(chosen[group])
            if left > 0:
                found = (row for kind in alike for row in self._of_kind(kind))
                chosen[group] += [id_ for _, id_ in nsmallest(left, found)]
        return [id_ for ids in chosen.values() for id_ in ids]

    def _of_kind(self, kind: Kind) -> set[tuple[int, str]]:
        """The records of a kind and no more special one: months before the last of all, and id.

        Sorted by who asks: *measured* at 100,000 relationships, to reckon the month in the engine and to sort
        there takes 1.4 times as long.
        """
        base = self.lookup.compiled.base
        counted = (self.lookup.vocabulary.kinds[name] for name in self._counts)
        lower = [each.iri for each in counted if kind.iri in each.parents]
        no_lower = " ".join(f"FILTER NOT EXISTS {{ ?r a <{iri}> }}" for iri in lower)
        # not from _named: a sub-select would be made whole each time, and takes three times as long
        query = f"""SELECT ?r ?begin {{ GRAPH <{graph_iris(base)["asserted"]}> {{
          ?r ?p <{base}{self.id}> ; a <{kind.iri}> . {no_lower}
          OPTIONAL {{ ?r rg:latestBegin ?begin }} }} }}"""
        return {
            (_months_left(getattr(begin, "value", "")), getattr(r, "value", "").removeprefix(base))
            for r, begin in self.lookup.rows(query)
        }


def _months_left(day: str) -> int:
    """How many months after a day (year-month-day) the last of all comes, as a page orders; 0 for none."""
    return 12 * (9999 - int(day[:4])) + 12 - int(day[5:7]) if day else 0
