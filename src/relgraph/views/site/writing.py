"""All pages of the site and the files beside them, written into an empty folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from relgraph.views.export.registry import Job
from relgraph.views.site.answered import add_answers, questions
from relgraph.views.site.entities import Told, add_entities
from relgraph.views.site.files import HELD, add_map, add_ontology, briefings, downloads
from relgraph.views.site.frame import Site
from relgraph.views.site.lists import add_lists

#: the file by which a folder is known to be a site of this make
MARK = "relgraph-site.json"


def write_site(job: Job, folder: Path) -> None:
    """``relgraph export --format site``: fill ``folder``. Raises :class:`DataError` for a broken question."""
    site = Site(job)
    asked = questions(site)
    step = _steps(site, len(asked))
    # what may need most memory comes first, while little else is held: the questions, then the map
    for _ in add_answers(site, asked):
        _flush(site, folder)
        step()
    drawn = add_map(site)
    _flush(site, folder)
    data = downloads(site, folder)
    add_ontology(site)
    briefed = []
    for each in briefings(site):
        briefed.append(each)
        step()
    told = Told()
    by_id = {(each.id, each.lang): each for each in briefed}
    for _ in add_entities(site, told, on_map=drawn.ids, briefed=by_id):
        _flush(site, folder)
        step()
    add_lists(site, asked, briefed, data, drawn, told)
    about = {"generator": "relgraph", "asOf": site.lookup.compiled.as_of, "base": site.lookup.compiled.base}
    site.files[MARK] = (json.dumps(about, indent=1) + "\n").encode()
    _flush(site, folder)


def _flush(site: Site, folder: Path) -> None:
    """Write what has been made: a site of many pages is not held in memory, nor are all records."""
    for path, content in site.files.items():
        file = folder / path
        try:
            file.write_bytes(content)
        except FileNotFoundError:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    site.files.clear()
    site.lookup.forget(HELD)


def _steps(site: Site, asked: int) -> Callable[[], None]:
    """Tells the job of each page made, as a share of the statements that it counts by."""
    counts = site.lookup.compiled.counts
    length = counts.asserted + counts.derived
    pages = (len(site.subjects) + asked + len(site.info.briefings)) * len(site.languages)
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        site.job.advance(length * done // pages - length * (done - 1) // pages)

    return step
