"""What Swedish and English need around the templates: words, rows, genitives, quotation marks, spaces."""

from __future__ import annotations

import re
from collections.abc import Sequence

from relgraph.vocabulary import pick

#: what the writer says around the templates, by language
WORDS: dict[str, dict[str, str]] = {
    "and": {"sv": " och ", "en": " and "},
    "and, after an and": {"sv": " samt ", "en": ", and "},
    "or": {"sv": " eller ", "en": " or "},
    "quote": {"sv": "”{}”", "en": "“{}”"},
    "reading": {"sv": "Enligt en läsning: {}", "en": "On one reading: {}"},
    "implied": {"sv": "Underförstått, inte uttryckligen sagt.", "en": "Implied, not stated outright."},
    "implied keys": {"sv": "Underförstått: {}.", "en": "Implied: {}."},
    "ambiguous": {
        "sv": "Källan kan läsas på flera sätt.",
        "en": "The source can be read in more than one way.",
    },
    "before": {"sv": "före {}", "en": "before {}"},
    "ambiguous keys": {"sv": "Oklart i källan: {}.", "en": "Unclear in the source: {}."},
    "alternative": {"sv": "Enligt en annan läsning: {}", "en": "On another reading: {}"},
    "conflict": {"sv": "Samtidigt anges: {}", "en": "At the same time, {}"},
    "unsettled conflict": {"sv": "Enligt andra uppgifter: {}", "en": "According to other statements: {}"},
    "differing": {
        "sv": "{}: källan är inte entydig i fråga om {}: {}.",
        "en": "{}: the source is not consistent about {}: {}.",
    },
    "as of": {"sv": "Enligt {0}, som avser {1}", "en": "From {0}, which covers {1}"},
    "section": {"sv": "avsnitt {}", "en": "section {}"},
    "characters": {"sv": "tecken {}", "en": "characters {}"},
    "no template": {"sv": "{}: {}.", "en": "{}: {}."},
}


NUMBERS: dict[str, tuple[str, ...]] = {
    "sv": ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"),
    "en": (
        *("zero", "one", "two", "three", "four", "five", "six"),
        *("seven", "eight", "nine", "ten", "eleven", "twelve"),
    ),
}


def word(key: str, lang: str) -> str:
    """A phrase of the writer's own in ``lang``."""
    return pick(WORDS[key], lang)


#: sorts of which several are named together, and how they are called then
_SORTS = {
    "sv": {"arbetsgruppen": "arbetsgrupperna", "kommittén": "kommittéerna", "nätverket": "nätverken"},
    "en": {"working group": "working groups", "committee": "committees", "network": "networks"},
}
_GROUP = {
    "sv": re.compile(rf"(?P<head>\w+ \w+ )?(?P<sort>{'|'.join(_SORTS['sv'])}) (?P<name>[A-ZÅÄÖ].*)"),
    "en": re.compile(rf"(?P<head>\w+ \w+ )?the (?P<name>[A-Z].*) (?P<sort>{'|'.join(_SORTS['en'])})"),
}
#: how the genitive of a name ends, and from how many words on what several own is said once
_OWNING = {"sv": ("s",), "en": ("’s", "s’")}
SAME = 3
_PREPOSITIONS = {"sv": {"i", "med", "om", "för", "av"}, "en": {"of", "in", "with", "on", "for"}}


def join(phrases: Sequence[str], lang: str, joint: str = "and") -> str:
    """A row: "a, b och c", "a or b"; where one is a row itself, "a och b samt c", "a and b, and c"."""
    if len(phrases) < 2:
        return "".join(phrases)
    if joint == "and" and _rows(phrases, lang):
        joint = "and, after an and"
    phrases = _groups(phrases, lang) or _once(phrases, lang)
    return f"{', '.join(phrases[:-1])}{word(joint, lang)}{phrases[-1]}"


def _groups(phrases: Sequence[str], lang: str) -> list[str]:
    """Names of several of a sort with the sort said once: "the A, B and C working groups"; else empty."""
    found = [_GROUP[lang].fullmatch(phrase) for phrase in phrases]
    several = [match for match in found if match]
    if len(several) < len(phrases) or len({(m["head"], m["sort"]) for m in several}) > 1:
        return []
    names = [match["name"] for match in several]
    head, sort = several[0]["head"] or "", _SORTS[lang][several[0]["sort"]]
    if lang == "sv":
        return [f"{head}{sort} {names[0]}", *names[1:]]
    return [f"{head}the {names[0]}", *names[1:-1], f"{names[-1]} {sort}"]


def _once(phrases: Sequence[str], lang: str) -> list[str]:
    """What all phrases begin with is said with the first: "meetings of the A group and the B group".

    That is two words, a word and its preposition, where the next one is the same too. What all end with,
    after whose it is, is said with the last: "A's and B's membership of the network".
    """
    whose = [phrase.split(" ") for phrase in phrases]
    tail = whose[0][1:]
    if len(tail) >= SAME and all(w[1:] == tail and w[0].endswith(_OWNING[lang]) for w in whose):
        return [*(w[0] for w in whose[:-1]), phrases[-1]]  # "Malmö's and Lund's membership of the network"
    heads = [phrase.split(" ", 3) for phrase in phrases]
    first = heads[0][:3]
    if any(len(head) < 4 or head[:3] != first for head in heads) or first[1] not in _PREPOSITIONS[lang]:
        return list(phrases)
    return [phrases[0], *(" ".join(head[2:]) for head in heads[1:])]


def _rows(phrases: Sequence[str], lang: str) -> bool:
    """Whether a phrase is a row itself, and would run together with others: "energi- och klimatmål" too."""
    joint = word("and", lang)
    first = phrases if phrases[2:] else phrases[:1]
    return any(joint in phrase for phrase in first) or f"-{joint}" in phrases[-1]


def genitive(text: str, lang: str) -> str:
    """The genitive of a name: Swedish ``Malmös``, ``Paris``, ``EU:s``; English ``Malmö's``, ``Cities'``."""
    if text.endswith(")") and " (" in text:  # the name has the ending, not what explains it
        head, _, tail = text.rpartition(" (")
        return f"{genitive(head, lang)} ({tail}"
    last = text.rsplit(" ", 1)[-1]
    if lang == "sv":
        if len(last) > 1 and last.isupper():
            return f"{text}:s"
        return text if text[-1] in "sxzSXZ" else f"{text}s"
    return f"{text}’" if text.endswith("s") and len(last) > 3 else f"{text}’s"


def stands_in(phrase: str, name: str) -> bool:
    """Whether the words of ``phrase`` stand in ``name``, each whole."""
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", name, re.IGNORECASE) is not None


def quoted(text: str, lang: str) -> str:
    """Quotation marks as the language writes them, in place of plain ones."""
    return re.sub(r'"([^"]+)"', lambda found: word("quote", lang).format(found[1]), text)


def spaced(text: str) -> str:
    """One space between words and none before a sign: what a dropped part or a line break left behind."""
    return re.sub(r" +([.,;:)])", r"\1", " ".join(text.split()))


def capital(text: str) -> str:
    """A text that begins with a capital, as a sentence, a title or a heading does; its other letters stay."""
    return text[:1].upper() + text[1:]
