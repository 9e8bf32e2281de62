"""What single parties contribute to betweenness: Brandes' accumulation by levels, in arrays.

No library counts from chosen parties fast enough: *measured* on 33,000 parties and 85,000 ties, one pivot
takes networkx 0.6 s. It runs pivot by pivot, so that it can be interrupted and its progress shown, and keeps
nothing but a few numbers for each party and tie.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SEED = 1


def dependencies(
    size: int, pairs: Sequence[tuple[int, int]], pivots: int, step: Callable[[int], None] | None = None
) -> NDArray[np.float64]:
    """The sums, over ``pivots`` of ``size`` parties, of the dependency of each pivot on each party.

    The dependency of s on v is the sum over all t of sigma(s,t|v) / sigma(s,t) (Brandes 2001). ``pairs`` are
    ties between parties numbered from 0, all in one part. Pivots are drawn without replacement, seed 1.
    """
    import numpy as np

    ends = np.asarray(pairs, dtype=np.int64)
    start = np.concatenate((ends[:, 0], ends[:, 1]))
    end = np.concatenate((ends[:, 1], ends[:, 0]))
    order = np.lexsort((end, start))
    end = end[order]
    first = np.concatenate(([0], np.cumsum(np.bincount(start, minlength=size))))
    total = np.zeros(size)
    for pivot in random.Random(SEED).sample(range(size), pivots):
        total += _from(pivot, size, first, end)
        if step is not None:
            step(1)
    return total


def _from(pivot: int, size: int, first: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.float64]:
    """The dependencies of one pivot on all others."""
    import numpy as np

    level = np.full(size, -1)
    paths = np.zeros(size)
    level[pivot], paths[pivot] = 0, 1.0
    frontier = np.array([pivot])
    steps: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
    while frontier.size:
        counts = first[frontier + 1] - first[frontier]
        begin = np.repeat(first[frontier] - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
        source, target = np.repeat(frontier, counts), end[begin + np.arange(counts.sum())]
        new = level[target] == -1
        level[target[new]] = len(steps) + 1
        onward = level[target] == len(steps) + 1
        source, target = source[onward], target[onward]
        paths += np.bincount(target, weights=paths[source], minlength=size)
        steps.append((source, target))
        frontier = np.unique(target)
    depends = np.zeros(size)
    for source, target in reversed(steps):
        share = paths[source] / paths[target] * (1.0 + depends[target])
        depends += np.bincount(source, weights=share, minlength=size)
    depends[pivot] = 0.0
    return depends
