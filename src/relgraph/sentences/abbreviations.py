"""Abbreviations, spelled out once in a document, where they first stand, from the graph's own names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from relgraph.lookup import Lookup
from relgraph.model import Citation, Record, Text

#: a word in capitals, which may be the abbreviation of a name
_CAPITALS = re.compile(r"(?<!\w)[^\W\d_a-zà-öø-ÿ]{2,}\+?(?!\w)")
#: what follows an abbreviation that stands alone, and one in the genitive or at the head of a longer name
_ALONE = r"(?!’)(?![\w+-]|:\w| [^\W\d_a-zà-öø-ÿ])"
_WITHIN = r"(?:(?::s|’s|’)(?![\w+-]|:\w)|(?= [^\W\d_a-zà-öø-ÿ]))"
#: where a sentence ends
_END = re.compile(r"\.(?=[ *]|$)")
_ACRONYM, _VARIANT = "acronym", "source-variant"


@dataclass
class Abbreviations:
    """Those of one document in one language; ``spelled_out`` is asked of its sentences in their order."""

    lookup: Lookup
    lang: str
    title: str = ""
    """The title of the document, which may have a name beside its abbreviation."""
    _elsewhere: list[Citation] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    """The ids of those whose full name has been told."""
    _asked: set[str] = field(default_factory=set)
    """The words in capitals of which it has been asked who is called so."""

    def spelled_out(self, text: str, record: Record) -> str:
        """The sentence on ``record`` with the full name in brackets after each abbreviation that is new."""
        near = self.lookup.records([record.id, *sorted(record.named())])
        text, rest = self._spelled_out(text, near, near)
        if rest:  # "CMP's agreement" names the agreement, and CMP only by what the agreement names
            beyond = sorted({id_ for each in near for id_ in each.named()} - {each.id for each in near})
            text, rest = self._spelled_out(text, self.lookup.records(beyond), near)
        for word in sorted(rest - self._asked):  # in a name: "UBC's 15th congress" names the congress alone
            self._asked.add(word)
            called = self.lookup.called(word)
            text, _ = self._spelled_out(text, called if len(called) == 1 else (), near)
        return text

    def from_elsewhere(self) -> list[Citation]:
        """The sources of the full names told since last asked, where not the record's own have them."""
        found, self._elsewhere = self._elsewhere, []
        return found

    def _told(self, record: Record, full: str) -> None:
        self.told.add(record.id)
        documents = {citation.document for citation in record.sources}
        named = [c for alias in record.aliases if alias.name.value == full for c in alias.sources]
        self._elsewhere += named if not documents & {c.document for c in named} else []

    def _short(self, record: Record) -> str:
        """What running text calls a record."""
        return re.sub("^the ", "", record.text("inText", self.lang) or record.text("name", self.lang))

    def _spelled_out(
        self, text: str, records: Iterable[Record], near: Sequence[Record]
    ) -> tuple[str, set[str]]:
        """The text, and the words in capitals still not known; it may have the names of those ``near``."""
        rest = set(_CAPITALS.findall(text))
        for record in records:
            short = self._short(record)
            full = full_name(record, short, self.lang)
            rest -= {short} if full or record.id in self.told else set()
            if not full or record.id in self.told:
                continue
            if any(
                f"{a} ({b})" in each for a, b in ((full, short), (short, full)) for each in (self.title, text)
            ):
                self.told.add(record.id)
                continue
            # not within a longer name: "(ERDF)", "STRING-möten"; "ICLEI World Congress" has it after that
            alone, owning = (
                re.search(rf"(?<![\w(-]){re.escape(short)}{form}", text) for form in (_ALONE, _WITHIN)
            )
            if alone:
                self._told(record, full)
                text = f"{text[: alone.end()]} ({full}){text[alone.end() :]}"
            elif owning:  # "UBC's (Union of the Baltic Cities) committee" reads badly
                self._told(record, full)
                text = _remarked(text, owning.start(), map(self._short, near), f"{short}: {full}")
        return text, rest


def _remarked(text: str, at: int, names: Iterable[str], remark: str) -> str:
    """The text with a remark in brackets after the longest of ``names`` that stands at the place ``at``.

    Without such a name it is at the end of the sentence. It shares the brackets that are there already.
    """
    found = (match for name in names if name for match in re.finditer(re.escape(name), text, re.IGNORECASE))
    ends = [match.end() for match in found if match.start() <= at < match.end()]
    ends = [end for end in ends if not re.match(r"\w|:\w|’", text[end:])]
    sentence = _END.search(text, at)
    place = max(ends, default=sentence.start() if sentence else len(text))
    head, tail = text[:place], text[place:]
    if head.endswith(")"):
        return f"{head[:-1]}; {remark}){tail}"
    return f"{head} ({remark}; {tail[2:]}" if tail.startswith(" (") else f"{head} ({remark}){tail}"


def full_name(record: Record, short: str, lang: str) -> str:
    """The full name of what running text calls ``short``, an abbreviation; empty where the graph has none.

    It is the name of the record, or another name of it that a source has: in several words, of which the
    abbreviation is made, or which is the only one; one in the language comes before one in another.
    """
    acronyms = {alias.name.value for alias in record.aliases if alias.status == _ACRONYM}
    acronyms |= {value.value for value in record.values.get("acronym", ()) if isinstance(value, Text)}
    if short not in acronyms and not _CAPITALS.fullmatch(short):
        return ""
    name = record.text("name", lang).removesuffix(f" ({short})")
    if name != short:
        return name
    names = [alias.name for alias in record.aliases if alias.status == _VARIANT and " " in alias.name.value]
    letters = re.sub(r"\W", "", short)  # "PROCURA +" is no other name than "PROCURA+"
    names = [each for each in names if not re.search(rf"(?<!\w){letters}(?!\w)", each.value)]
    names.sort(key=lambda each: (each.lang not in (lang, ""), each.value))
    own = [each for each in names if each.lang == lang]
    return _fitting(own, short) or _fitting(names, short)


def _fitting(names: Sequence[Text], short: str) -> str:
    """The first of the names of which an abbreviation is made, else the only one; empty for none."""
    made_of = [each.value for each in names if _initials(each.value) == short]
    only = [each.value for each in names] if len({each.value for each in names}) == 1 else []
    return next(iter([*made_of, *only]), "")


def _initials(text: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", text) if word[0].isupper())
