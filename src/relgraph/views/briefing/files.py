"""Folders of briefings: on all parties with an index, and those that the description of a graph names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from relgraph.errors import UsageError
from relgraph.lookup import Lookup
from relgraph.sentences import capital
from relgraph.views.briefing import FORMATS
from relgraph.views.briefing.beside import beside, drawn, files, publish
from relgraph.views.briefing.blocks import Briefing
from relgraph.views.briefing.content import made, subjects
from relgraph.views.briefing.figure import Figures
from relgraph.views.briefing.teller import Teller
from relgraph.views.ordering import alphabetical
from relgraph.views.plain import markdown


@dataclass
class Named:
    """The briefings on some records, in every language and format; each is made when it is asked for."""

    lookup: Lookup
    ids: Sequence[str]
    folder: Path
    fonts: Sequence[Path] = ()
    _made: dict[tuple[str, str], Briefing] = field(default_factory=dict)

    def names(self) -> dict[str, Callable[[], bytes]]:
        """By name of the file what makes its content; empty for a figure where there is none to draw."""
        found: dict[str, Callable[[], bytes]] = {}
        for id_ in self.ids:
            for lang in ("en", "sv"):
                for form in sorted(FORMATS):
                    path = self.folder / f"{id_}.{lang}.{form}"
                    found[path.name] = partial(self._document, id_, lang, path, form)
                    if form == "md":
                        found[beside(path).name] = partial(self._figure, id_, lang)
        return found

    def _document(self, id_: str, lang: str, path: Path, form: str) -> bytes:
        return files(self._briefing(id_, lang), path, form, self.fonts)[path]

    def _figure(self, id_: str, lang: str) -> bytes:
        return drawn(self._briefing(id_, lang))

    def _briefing(self, id_: str, lang: str) -> Briefing:
        if (id_, lang) not in self._made:
            self._made[id_, lang] = made(Teller(self.lookup, lang), [id_], figures=Figures(self.lookup))
        return self._made[id_, lang]


def write_all(
    teller: Callable[[], Teller],
    folder: Path,
    form: str,
    *,
    purpose: str = "",
    fonts: Sequence[Path] = (),
    figures: Figures | None = None,
    tell: Callable[[str], None] | None = None,
) -> list[Path]:
    """Write a briefing on every partner, network and unit into ``folder``, all of them or none.

    ``teller`` makes a new teller each time. Files are named by id and language; what staff wrote into them
    is carried over; ``figures`` draws one for each, if it is given;
    ``tell`` as in :func:`relgraph.views.briefing.render`. Returns the files in the order of the
    index, which is itself the last. Raises :class:`UsageError` where one is damaged or cannot be written.
    """
    first = teller()
    lang = first.lang
    written: dict[Path, bytes] = {}
    lines = [f"# {first.word('index')}", ""]
    for note in first.opening():
        lines += [markdown(note.text), ""]
    for kind, ids in subjects(first.lookup).items():
        lines += [f"## {first.word(f'index {kind}')}", ""] if ids else []
        titles = {id_: first.writer.title(id_) for id_ in ids}
        for id_ in sorted(ids, key=lambda id_: (alphabetical(titles[id_], lang), id_)):
            path = folder / f"{id_}.{lang}.{form}"
            one = made(teller(), [id_], purpose=purpose, figures=figures)
            written |= files(one, path, form, fonts, tell)
            lines.append(f"- [{markdown(capital(titles[id_]))}]({path.name})")
        lines += [""] if ids else []
    written[folder / f"index.{lang}.md"] = ("\n".join(lines).rstrip() + "\n").encode("utf-8")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"{error.filename or folder} cannot be written: {error.strerror or error}"
        ) from error
    publish(written)
    return list(written)
