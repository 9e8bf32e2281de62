"""A folder of briefings on all parties, with an index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from relgraph.errors import UsageError
from relgraph.sentences import capital
from relgraph.store.writing import clear_parts, write_together
from relgraph.views.briefing import render
from relgraph.views.briefing.content import briefing
from relgraph.views.briefing.fields import carried
from relgraph.views.briefing.several import subjects
from relgraph.views.briefing.teller import Teller
from relgraph.views.ordering import alphabetical
from relgraph.views.plain import markdown

if TYPE_CHECKING:
    from relgraph.views.briefing.figure import Figures


def write_all(
    teller: Callable[[], Teller],
    folder: Path,
    form: str,
    *,
    purpose: str = "",
    fonts: Sequence[Path] = (),
    figures: Figures | None = None,
) -> list[Path]:
    """Write a briefing on every partner, network and unit into ``folder``, all of them or none.

    ``teller`` makes a new teller each time. Files are named by id and language; what staff wrote into them
    is carried over; ``figures`` draws one for each, if it is given. Returns the files in the order of the
    index, which is itself the last. Raises :class:`UsageError` where one is damaged or cannot be written.
    """
    first = teller()
    lang = first.lang
    files: dict[Path, bytes] = {}
    lines = [f"# {first.word('index')}", ""]
    for note in first.opening():
        lines += [markdown(note.text), ""]
    for kind, ids in subjects(first.lookup).items():
        lines += [f"## {first.word(f'index {kind}')}", ""] if ids else []
        titles = {id_: first.writer.title(id_) for id_ in ids}
        for id_ in sorted(ids, key=lambda id_: (alphabetical(titles[id_], lang), id_)):
            figure = figures.around(id_, lang) if figures else None
            made = briefing(teller(), first.lookup.record(id_), purpose=purpose, figure=figure)
            path = folder / f"{id_}.{lang}.{form}"
            files[path] = render(made, form, carried(made, path, form), fonts)
            lines.append(f"- [{markdown(capital(titles[id_]))}]({path.name})")
        lines += [""] if ids else []
    files[folder / f"index.{lang}.md"] = ("\n".join(lines).rstrip() + "\n").encode("utf-8")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        clear_parts(folder, [path.name for path in files])
        write_together(files)
    except OSError as error:
        raise UsageError(
            f"{error.filename or folder} cannot be written: {error.strerror or error}"
        ) from error
    return list(files)
