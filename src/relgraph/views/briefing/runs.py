"""Sentences of a list that begin alike, which are read more easily as one beginning with several ends."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

#: from how many sentences, and how many common words, on their beginning is told once
SENTENCES, WORDS = 3, 5
#: with what a beginning ends, so that whatever follows is one whole phrase
PREPOSITIONS = {
    "sv": ("om", "i", "på", "med", "för", "till", "av", "vid", "från", "genom"),
    "en": ("on", "in", "with", "for", "to", "of", "at", "from", "through", "by"),
}


def runs(texts: Sequence[str], names: Collection[str], lang: str) -> Iterator[tuple[str, int, int]]:
    """The texts in their order, by runs: the beginning that they share, if any, the first, and past the last.

    None of ``names`` is cut in two.
    """
    start = 0
    while start < len(texts):
        end, beginning = start + 1, ""
        for stop in range(start + SENTENCES, len(texts) + 1):
            shared = _shared(texts[start:stop], names, lang)
            if not shared:
                break
            end, beginning = stop, shared
        yield beginning, start, end
        start = end


def _shared(texts: Sequence[str], names: Collection[str], lang: str) -> str:
    """The words with which all texts begin, to a preposition; empty where they are few."""
    words = [text.split(" ") for text in texts]
    shared = 0
    while all(len(each) > shared + 1 for each in words) and len({each[shared] for each in words}) == 1:
        shared += 1
    for count in range(shared, WORDS - 1, -1):
        beginning = " ".join(words[0][:count])
        if words[0][count - 1] in PREPOSITIONS.get(lang, ()) and not any(
            _cut(name, text, len(beginning)) for name in names for text in texts
        ):
            return beginning
    return ""


def _cut(name: str, text: str, at: int) -> bool:
    """Whether the place ``at`` of a text is within a name."""
    start = text.casefold().find(name.casefold())
    while 0 <= start < at:
        if at < start + len(name):
            return True
        start = text.casefold().find(name.casefold(), start + 1)
    return False
