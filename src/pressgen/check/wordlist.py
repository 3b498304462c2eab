"""Find the words on a house's lists in prose."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pressgen.check.passage import SPOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.check.passage import Passage
    from pressgen.check.subject import Subject


def find_listed_words(
    subject: Subject, words: Sequence[str], *, spoken: bool = False
) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Yield each place where a release uses one of the words.

    Whole words match, in any case. Quotations are what somebody said, and are passed over unless `spoken`.
    """
    if not words:
        return
    pattern = _compile_pattern(tuple(words))
    for passage in subject.own:
        if spoken or passage.kind not in SPOKEN:
            yield from ((passage, match) for match in pattern.finditer(passage.text))


@lru_cache(maxsize=64)
def _compile_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)


def match_case(found: str, word: str) -> str:
    """Return `word` with the capitals of `found`.

    Example: `Use` for `use` where `Utilise` was.
    """
    if found.isupper() and len(found) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if found[:1].isupper() else word
