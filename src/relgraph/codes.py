"""The catalogue of problem codes: what each means and what to do, in every language of the program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from relgraph.errors import UsageError

CATALOGUE = Path(__file__).with_name("problems.toml")
#: what stands before a bad and before a good example
SHOWN = {"sv": ("Fel", "Rätt"), "en": ("Bad", "Good")}


@dataclass(frozen=True, slots=True)
class Code:
    """One code: its severity, and by language a title and an explanation in paragraphs.

    ``bad`` and ``good`` are lines of YAML that it is told of and that mend it, where words alone do not show.
    """

    code: str
    severity: str
    title: Mapping[str, str]
    text: Mapping[str, str]
    bad: str = ""
    good: str = ""

    def examples(self, lang: str) -> list[tuple[str, str]]:
        """(what it shows, lines), the bad one first; none where there are none."""
        shown = ((SHOWN[lang][0], self.bad), (SHOWN[lang][1], self.good))
        return [(word, lines) for word, lines in shown if lines]


@cache
def codes() -> Mapping[str, Code]:
    """Every code, in order."""
    import tomllib

    found = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))
    return {
        code: Code(
            code,
            entry["severity"],
            entry["title"],
            {"sv": entry["sv"].strip(), "en": entry["en"].strip()},
            entry.get("bad", "").strip(),
            entry.get("good", "").strip(),
        )
        for code, entry in found.items()
    }


def explain(code: str, lang: str) -> str:
    """A code in words, ending in a line break. Raises :class:`UsageError` if there is none such."""
    import textwrap

    known = codes()
    entry = known.get(code.strip().upper())
    if entry is None:
        raise UsageError(
            f"'{code}' is no code of a problem", hint=f"they are {next(iter(known))} to {max(known)}"
        )
    kind = {"sv": {"error": "fel", "warning": "varning"}, "en": {}}[lang].get(entry.severity, entry.severity)
    parts = [textwrap.fill(paragraph, 78) for paragraph in entry.text[lang].split("\n\n")]
    parts += [f"{word}:\n{textwrap.indent(lines, '  ')}" for word, lines in entry.examples(lang)]
    return "\n\n".join([f"{entry.code} ({kind}): {entry.title[lang]}", *parts]) + "\n"
