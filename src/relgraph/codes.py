"""The catalogue of problem codes: what each means and what to do, in every language of the program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from relgraph.errors import UsageError

CATALOGUE = Path(__file__).with_name("problems.toml")


@dataclass(frozen=True, slots=True)
class Code:
    """One code: its severity, and by language a title and an explanation."""

    code: str
    severity: str
    title: Mapping[str, str]
    text: Mapping[str, str]


@cache
def codes() -> Mapping[str, Code]:
    """Every code, in order."""
    import tomllib

    found = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))
    return {
        code: Code(code, entry["severity"], entry["title"], {"sv": entry["sv"], "en": entry["en"]})
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
    body = textwrap.fill(entry.text[lang], 78)
    return f"{entry.code} ({kind}): {entry.title[lang]}\n\n{body}\n"
