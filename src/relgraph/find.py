"""Which records a text may mean: the one ranking of ``find``, ``show`` and completion.

A hit has a score, by the best of its names:

====  ============================================================================================
100   the name itself (case, accents and punctuation do not count), or the record's id
95    the name but for a genitive, the definite form or an article: Dalians, UBC:s, the Port Company
90    the name but for one slip of the keys (names of five letters and more)
80    the name begins with the text
70    a word of the name begins with it
60    all words of the text stand in the name, also within its words, in any order
55    the text without its genitive or definite ending stands in the name
50-54 of a text of several words each stands in the name, but for its inflection or a slip: less one a slip
<50   the name, or a word of it, resembles the text: 50 times their likeness (optimal string alignment)
====  ============================================================================================

Within a score come kinds in the ontology's order, then what has most relationships, then the id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from relgraph.store.names import TEXT, Entry, words_of

EXACT, INFLECTED, SLIP, PREFIX, WORD, WORDS, STEM, LIKE = 100, 95, 90, 80, 70, 60, 55, 50
#: of several words that each stand in the name but for inflection and slips: with none, and the least
EACH, EACH_LEAST = 54, 50
#: how like the text a name must be (0 to 1)
CUTOFF = 0.7
#: a text longer than this resembles no name: it is compared by its words alone
LONGEST = 200
#: the shortest text that is searched for within words, and the shortest that may hold a slip
INSIDE, SLIPPED = 3, 5
_ARTICLES = ("the ", "a ", "an ", "en ", "ett ", "den ", "det ", "de ")
#: words that join others, and that a name may lack or have another of
_JOINING = {"a", "an", "and", "av", "by", "de", "den", "det", "en", "ett", "for", "i", "in", "med", "of"}
_JOINING |= {"och", "om", "on", "pa", "the", "till", "to", "with"}
#: Swedish endings of the definite form, longest first, and what stands there in the indefinite
_DEFINITE = (
    ("arna", "ar"),
    ("erna", "er"),
    ("orna", "or"),
    ("en", ""),
    ("et", ""),
    ("an", "a"),
    ("n", ""),
    ("t", ""),
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that a text may mean, with the name by which it was found."""

    id: str
    type: str
    degree: int
    score: int
    label: str


def inflected(words: str) -> Iterator[str]:
    """What folded words may be a genitive, definite form or article-bearing form of; without themselves."""
    bases = [words]
    if words.endswith(" s"):  # UBC:s, Malmö's
        bases.append(words[:-2])
    elif words.endswith("s") and len(words) > 3:
        bases.append(words[:-1])
    for base in tuple(bases):
        for ending, stays in _DEFINITE:
            if base.endswith(ending) and len(base) - len(ending) >= 3:
                bases.append(base.removesuffix(ending) + stays)
    for base in tuple(bases):
        article = next((a for a in _ARTICLES if base.startswith(a)), "")
        bases.append(base.removeprefix(article))
        bases += [other + base for other in _ARTICLES] if not article else []
    yield from dict.fromkeys(base for base in bases if base and base != words)


def exactly(index: Sequence[Entry], text: str) -> list[str]:
    """The ids of the records called so, else of those called so but for its inflection; sorted."""
    words = words_of(text)
    for wanted in ({_key(words)} - {""}, {_key(form) for form in inflected(words)} if words else set()):
        initials = {key[:1] for key in wanted}
        found = {
            e.id for e in index if e.words[:1] in initials and e.sort != TEXT and _key(e.words) in wanted
        }
        if found:
            return sorted(found)
    return []


def search(index: Sequence[Entry], text: str, order: Mapping[str, int]) -> list[Hit]:
    """All records that the text may mean, best first; ``order`` ranks kinds by local name."""
    words = words_of(text)
    if not words:
        return []
    names = [entry for entry in index if entry.sort != TEXT and entry.words]
    best: dict[str, tuple[int, str, Entry]] = {}

    def found(entry: Entry, score: int) -> None:
        known = best.get(entry.id)
        if known is None or (-score, _shown(entry)) < (-known[0], _shown(known[2])):
            best[entry.id] = (score, entry.label, entry)

    key, parts = _key(words), words.split()
    forms = {_key(form) for form in inflected(words)}
    stems = [form for form in inflected(words) if len(form) > INSIDE and len(form) < len(words)]
    plain = text.strip()
    for entry in names:
        own = _key(entry.words)
        if own == key or entry.id == plain:
            found(entry, EXACT)
        elif own in forms:
            found(entry, INFLECTED)
        elif own.startswith(key):
            found(entry, PREFIX)
        elif f" {words}" in entry.words:
            found(entry, WORD)
        elif len(key) >= INSIDE and all(part in entry.words for part in parts):
            found(entry, WORDS)
        elif any(stem in entry.words for stem in stems):
            found(entry, STEM)
    known = max((score for score, _, _ in best.values()), default=0)
    if len(key) <= LONGEST and known < EXACT:
        each = _each_word(names, parts) if known < INFLECTED else ()
        for entry, score in (*_alike(names, key), *each):
            found(entry, score)
    hits = (_hit(entry, score, label) for score, label, entry in best.values())
    return sorted(hits, key=lambda hit: (-hit.score, order.get(hit.type, 9999), -hit.degree, hit.id))


def mentions(index: Sequence[Entry], text: str) -> list[str]:
    """The ids of the records of which a text that is no name has all the words, sorted."""
    parts = words_of(text).split()
    if not parts or len("".join(parts)) < INSIDE:
        return []
    return sorted({e.id for e in index if e.sort == TEXT and all(part in e.words for part in parts)})


def _alike(names: Sequence[Entry], key: str) -> Iterator[tuple[Entry, int]]:
    """The names that are like ``key``, or one of whose words is, with their scores."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    keys = [_key(entry.words) for entry in names]
    for own, _, place in process.extract(
        key, keys, scorer=OSA.normalized_similarity, score_cutoff=CUTOFF, limit=None
    ):
        slips = OSA.distance(key, own, score_cutoff=1)
        likeness = OSA.normalized_similarity(key, own)
        yield (
            names[place],
            SLIP if slips <= 1 and min(len(key), len(own)) >= SLIPPED else int(LIKE * likeness),
        )
    if len(key) < SLIPPED:
        return
    known = sorted({word for entry in names for word in entry.words.split() if len(word) >= SLIPPED})
    near = {
        word: likeness
        for word, likeness, _ in process.extract(
            key, known, scorer=OSA.normalized_similarity, score_cutoff=0.8, limit=20
        )
    }
    if near:
        for entry in names:
            likeness = max((near.get(word, 0.0) for word in entry.words.split()), default=0.0)
            if likeness:
                yield entry, int(LIKE * likeness) - 1


def _each_word(names: Sequence[Entry], parts: Sequence[str]) -> Iterator[tuple[Entry, int]]:
    """The names in which each of several words stands, but for inflection or a slip, with their scores."""
    parts = [part for part in dict.fromkeys(parts) if part not in _JOINING]
    if len(parts) < 2:
        return
    known = sorted({word for entry in names for word in entry.words.split()})
    near = [_slips(part, known) for part in parts]
    rarest = min(near, key=len)
    for entry in names:
        if any(word in entry.words for word in rarest):
            words = entry.words.split()
            slips = [min((each[word] for word in words if word in each), default=None) for each in near]
            if None not in slips:
                yield entry, max(EACH - sum(n or 0 for n in slips), EACH_LEAST)


def _slips(part: str, known: Sequence[str]) -> dict[str, int]:
    """The words that a word may be meant for: one that begins so, its other forms, and those a slip away.

    A word of four letters may hold one slip, one of ten two. With how many slips each.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    forms = [part, *(form for form in inflected(part) if " " not in form and len(form) >= INSIDE)]
    found: dict[str, int] = {}
    for form in forms:
        if len(form) > INSIDE:
            allowed = max(1, len(form) // SLIPPED)
            near = process.extract(form, known, scorer=OSA.distance, score_cutoff=allowed, limit=None)
            for word, slips, _ in near:
                found[word] = min(slips, found.get(word, slips))
    for word in known:
        if word in forms or (len(part) >= INSIDE and word.startswith(part)):
            found[word] = 0
    return found


def _hit(entry: Entry, score: int, label: str) -> Hit:
    return Hit(entry.id, entry.type, entry.degree, score, label)


def _key(words: str) -> str:
    return words.replace(" ", "")


def _shown(entry: Entry) -> tuple[bool, bool, str]:
    """Of two names that fit as well, the one to show: a right one, a name before its form in text."""
    return (entry.sort == "hidden", entry.sort != "name", entry.label)
