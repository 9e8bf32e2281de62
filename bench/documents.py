"""Briefings: one as a whole process, and all subjects in four formats."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from analyst import COMMAND
from measure import process, turns

if TYPE_CHECKING:
    from run import Bench

#: seconds: one Markdown briefing, all subjects in all formats
ONE, ALL = 0.5, 60.0
FORMATS = ("md", "html", "docx", "pdf")


def documents(bench: Bench) -> None:
    """``relgraph brief`` on one city beside ``relgraph --help``, and ``--all`` in each format."""
    from run import Row

    project = bench.fresh("slice")
    lookup = project.compiled()
    command = [*COMMAND, "--project", str(project.root), "brief"]
    one = turns(
        {
            "brief": partial(process, [*command, lookup.home], bench.env),
            "nothing": partial(process, [sys.executable, "-c", "pass"], bench.env),
        },
        max(3, bench.rounds),
        warm=1,
    )
    wall = one["brief"].wall
    ours = f"{wall * 1000:.0f} ms (processor {one['brief'].cpu * 1000:.0f} ms)"
    theirs = f"{one['nothing'].wall * 1000:.0f} ms (Python alone)"
    ratio = f"{wall / one['nothing'].wall:.1f}"
    bench.told(Row("`brief`, Markdown, slice", ours, theirs, ratio, "< 0.5 s", wall < ONE))
    folder = bench.work / "briefings"
    parts = {
        form: process([*command, "--all", "--format", form, "-o", str(folder)], bench.env).wall
        for form in FORMATS
    }
    total = sum(parts.values())
    count = len(list(folder.glob("*.pdf")))
    each = ", ".join(f"{form} {seconds:.1f} s" for form, seconds in parts.items())
    what = f"`brief --all` on {count} subjects in four formats ({each}), slice"
    bench.told(Row(what, f"{total:.1f} s", "", "", "< 60 s", total < ALL))
