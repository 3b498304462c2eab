"""Find words that fit the day of an embargo before a move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.actions.workspace.compose import compose_release
from pressgen.check.passage import list_passages
from pressgen.errors import Place, Problem
from pressgen.model.artifact import Variant
from pressgen.model.moment import read_moments
from pressgen.text.day_words import find_day_words, has_day_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pressgen.actions.workspace.folder import LoadedRelease
    from pressgen.model.document import Document

CODE = "J01"
DATA = ("times.", "accept[", "facts.", "reference", "house", "language")
"""The beginnings of paths of values that are no text; what of them is printed is found where it is printed."""
CHANGE = (
    "change the text so that it is right at the new time as well, pressgen submit and pressgen approve it (and pressgen"
    " correct it, if anybody has it), then move it"
)
KEEP = "if it is right at the new time as well, add --keep-dates"


@dataclass(frozen=True, slots=True)
class OldDate:
    """Words of a release that fit the old day.

    It has no words where the language is not known.
    """

    words: str
    place: Place
    path: str


def find_old_dates(loaded: LoadedRelease, day: date) -> list[OldDate]:
    """Find words of one language of a release for one day.

    Args:
        loaded: the release with its new time, so that what is made from its times says the new day.
        day: the day of the old embargo.

    Returns: its date in any form, its weekday, and words like “today”, each place once. What the house supplies and
    what pressgen makes of the times is left out.
    """
    variant = Variant.EMBARGOED if read_moments(loaded.release).embargo else Variant.PUBLIC
    [document] = compose_release(loaded, [variant])
    found = {(each.place, each.words): each for each in _find_dates(loaded, document, day)}
    if not has_day_words(_get_language(document)):
        place = loaded.locate("language", 0)
        found[place, ""] = OldDate("", place, "language")
    return sorted(found.values(), key=lambda each: each.place)


def describe_old_date(found: OldDate, day: date) -> Problem:
    """Return the problem that refuses the move for one of the words."""
    named = f"{day:%a} {day.day} {day:%b %Y}"
    if found.words:
        message = f"“{found.words}” was written for the old embargo, {named}: {CHANGE}; or, {KEEP}"
    else:
        message = f"dates in words are not known in this language: look for {named} and “today” in the text; {KEEP}"
    return Problem(code=CODE, message=message, place=found.place, path=found.path, extent=len(found.words))


def _get_language(document: Document) -> str:
    return document.language.partition("-")[0].lower()


def _find_dates(loaded: LoadedRelease, document: Document, day: date) -> Iterator[OldDate]:
    language, american = _get_language(document), document.language.upper().endswith("-US")
    for passage in list_passages(document):
        for start, end in find_day_words(passage.text, language, day, month_first=american):
            path, first, last = passage.typed(start, end)
            if last and not path.startswith("house."):  # nobody typed what ends at 0, such as a dateline
                yield OldDate(_join(passage.text[start:end]), loaded.locate(path, first), path)
    for path, text in loaded.source.typed.items():  # such as titles and descriptions that no text prints
        if path.startswith(DATA) or path.endswith(".file"):
            continue
        for start, end in find_day_words(text, language, day, month_first=american):
            if end - start < len(text):
                yield OldDate(_join(text[start:end]), loaded.locate(path, start), path)


def _join(words: str) -> str:
    return " ".join(words.split()).rstrip(".")
