"""The ontology and the saved questions, read once a process for as long as their bytes are the same.

Reading them takes longer than all else that checking the fictional city does. What is remembered is keyed by
all that it is made from, so that a test which changes an ontology has its own read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import relgraph.questions.check
import relgraph.vocabulary
from relgraph.model import Problem
from relgraph.questions.check import check_questions
from relgraph.questions.model import QuestionFile
from relgraph.vocabulary import Vocabulary, read_vocabulary

_read: dict[object, Any] = {}


def vocabulary_of(
    files: Sequence[Path], *, names: Mapping[Path, str] | None = None
) -> tuple[Vocabulary, list[Problem]]:
    """As ``read_vocabulary``."""
    try:
        key = tuple(((names or {}).get(path, path.name), path.read_bytes()) for path in files)
    except OSError:
        return read_vocabulary(files, names=names)
    if key not in _read:
        _read[key] = read_vocabulary(files, names=names)
    vocabulary, problems = _read[key]
    return vocabulary, list(problems)


def problems_of(files: Mapping[str, QuestionFile], vocabulary: Vocabulary, base: str) -> list[Problem]:
    """As ``check_questions``."""
    try:
        texts = tuple((file.shown, file.shipped, file.path.read_bytes()) for file in files.values())
    except OSError:
        return check_questions(files, vocabulary, base)
    key = (texts, id(vocabulary), base)
    if key not in _read:
        _read[key] = (vocabulary, check_questions(files, vocabulary, base))  # it stays, and so does its id
    return list(_read[key][1])


def put_in_place(put: Callable[[object, str, object], None]) -> None:
    """Have every project of this process read by these; ``put`` is ``setattr`` or does as it does."""
    put(relgraph.vocabulary, "read_vocabulary", vocabulary_of)
    put(relgraph.questions.check, "check_questions", problems_of)
