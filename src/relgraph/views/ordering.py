"""Names in the order of a language."""

from __future__ import annotations

import unicodedata


def alphabetical(text: str, lang: str) -> tuple[str, str]:
    """A key that sorts names as the language does.

    Swedish has å, ä and ö last, English among a and o; a leading English article does not count.
    """
    folded = text.casefold()
    if lang == "sv":
        for i, letter in enumerate("åäö"):
            folded = folded.replace(letter, f"z\U0010ffff{i}")
    else:
        folded = folded.removeprefix("the ")
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(sign))
    return bare, text
