"""Every export of one project, made in this process, and the hostile city that several tests share."""

from __future__ import annotations

import io
import tempfile
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from running import SOURCE, City

from relgraph.project import find_project
from relgraph.views.export.registry import FORMATS, Job
from relgraph.when import When

#: texts that some format or other would take for its own signs
HOSTILE = (
    """</script><b>&amp; "quoted" 'single' `tick` ]]> <!-- {% x %} #quot; a|b;c\\n \\u0041 @en ^^<x>""",
    "=HYPERLINK(1)",
    "+cmd|' /C calc'!A0",
    "–å漢字 \u202ertl 🙂 end",
    "subgraph end; --> x[y](z){w}",
)


def add_hostile(city: City) -> list[str]:
    """Add a city by every hostile name, and a twinning with each by a hostile name; their ids."""
    records = []
    for i, text in enumerate(HOSTILE):
        quoted = "'" + text.replace("'", "''") + "'"
        records.append(f"- id: hostile-{i}\n  type: City\n  name: {{sv: {quoted}, en: {quoted}}}\n  {SOURCE}")
        records.append(
            f"- id: hostile-twinning-{i}\n  type: Twinning\n  name: {{sv: {quoted}}}\n"
            f"  party: [lindvik, hostile-{i}]\n  from: 2001-02-03\n  {SOURCE}"
        )
    city.add("\n".join(records))
    return [f"hostile-{i}" for i in range(len(HOSTILE))]


class Exported:
    """The exports of a project, each made when it is first asked for."""

    def __init__(self, root: Path) -> None:
        self.project = find_project(root)
        self._made: dict[tuple[str, str, str], dict[str, bytes]] = {}

    @cached_property
    def job(self) -> Job:
        return Job(self.project)

    def files(self, name: str, lang: str = "sv", **when: str) -> dict[str, bytes]:
        """The files of an export; a single one is under the empty name."""
        key = (name, lang, str(when))
        if key not in self._made:
            job = Job(self.project, When.of(**when), lang) if when or lang != "sv" else self.job
            if FORMATS[name].folder:
                with tempfile.TemporaryDirectory() as folder:
                    FORMATS[name].fill(job, Path(folder))
                    self._made[key] = {
                        path.relative_to(folder).as_posix(): path.read_bytes()
                        for path in sorted(Path(folder).rglob("*"))
                        if path.is_file()
                    }
            else:
                buffer = io.BytesIO()
                FORMATS[name].write(job, buffer)
                self._made[key] = {"": buffer.getvalue()}
        return self._made[key]

    def data(self, name: str, lang: str = "sv", **when: str) -> bytes:
        """The one file of an export."""
        return self.files(name, lang, **when)[""]


def hashes(root: Path) -> str:
    """One line a file of every export."""
    exported = Exported(root)
    times = {name: {"as_of": "2030"} if each.dated else {} for name, each in FORMATS.items()}
    return "".join(
        f"{name}/{file} {sha256(data).hexdigest()}\n"
        for name in FORMATS
        for file, data in exported.files(name, "en", **times[name]).items()
    )


if __name__ == "__main__":
    import sys

    sys.stdout.write(hashes(Path(sys.argv[1])))
