"""The types of the legend by what people call them, and a map of only some of them said to be that."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from relgraph.errors import UsageError
from relgraph.model import folded
from relgraph.sentences import capital
from relgraph.views.map.data import LANGUAGES, Bilingual, MapData, NodeType
from relgraph.views.map.sheet import strings_of

#: names in a row; of more the first three and how many there are besides (as in told.js)
_MOST = 4
#: how like a name of a type must be to what was written (0 to 1) to be meant, and at most so many are
_LIKE, _NEAR = 0.6, 3
_OTHER = {"sv": "English", "en": "Swedish"}


def types_called(data: MapData, names: Iterable[str], lang: str) -> tuple[NodeType, ...]:
    """The types meant by their names in either language, one or several, in the order of the legend.

    Raises :class:`UsageError` for another name, with what may be written in ``lang``, the nearest first.
    """
    kinds = data.ordered_types()
    home = {(node.id, node.type) for node in data.nodes if node.id == data.home}
    known: dict[str, NodeType] = {}
    for kind in kinds:
        for text in (kind.name, *_names(kind)):
            known.setdefault(folded(text), kind)
    found = set()
    for name in names:
        if folded(name) not in known:
            # beside the home city, which is on every map
            others = [kind for kind in kinds if (data.home, kind.name) not in home]
            raise UsageError(f"'{name}' is no type in the legend", hint=_hint(others, name, lang))
        found.add(known[folded(name)])
    return tuple(kind for kind in kinds if kind in found)


def only(data: MapData, kinds: Sequence[NodeType]) -> MapData:
    """The same with a title that says that only these types are shown."""
    said = {
        lang: strings_of(lang)["told.types.only"].format(
            names=_row([_heading(kind, lang) for kind in kinds], lang)
        )
        for lang in LANGUAGES
    }
    joint = ", " if data.focus else ": "  # whose name stands in the title by then
    titles = (f"{data.title.get(lang)}{joint}{said[lang]}" for lang in LANGUAGES)
    return replace(data, title=Bilingual(*titles))


def _row(names: Sequence[str], lang: str) -> str:
    """Names in a row, cut by rule."""
    if len(names) <= _MOST:
        return "; ".join(names)
    first = "; ".join(names[: _MOST - 1])
    return strings_of(lang)["told.more"].format(names=first, n=len(names) - _MOST + 1)


def _heading(kind: NodeType, lang: str) -> str:
    """What the legend calls it."""
    return capital((kind.plural or kind.label).get(lang))


def _names(kind: NodeType) -> list[str]:
    """What it is called, one and several, in both languages."""
    return [text.get(lang) for text in (kind.plural, kind.label) for lang in LANGUAGES if text]


def _hint(kinds: Collection[NodeType], name: str, lang: str) -> str:
    near: list[tuple[float, int, str]] = []
    for kind in kinds:
        likes = [(_like(folded(name), folded(text)), text) for text in _names(kind)]
        like, text = max(likes, key=lambda one: one[0], default=(0.0, ""))
        if like >= _LIKE:
            near.append((-like, len(near), capital(text)))
    meant = " or ".join(f"'{text}'" for _, _, text in sorted(near)[:_NEAR])
    listed = "; ".join(_heading(kind, lang) for kind in kinds)
    return (
        f"{f'did you mean {meant}? ' if meant else ''}the types are: {listed} ({_OTHER[lang]} names do too)"
    )


def _like(written: str, known: str) -> float:
    """How like what was written is to a name, or to the beginning of a longer one."""
    return max(SequenceMatcher(None, written, part).ratio() for part in (known, known[: len(written)]))
