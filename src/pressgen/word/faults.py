"""The faults of Word templates and of the data that fill them."""

from __future__ import annotations

import difflib
from enum import StrEnum
from typing import TYPE_CHECKING

from pressgen.errors import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable


class FaultCode(StrEnum):
    """The code of each kind of template fault."""

    NOT_WORD = "W01"
    """Not a .docx that can be a template: an old .doc, a file with macros, not a Word file at all."""
    BROKEN = "W02"
    """A part of the file is broken, doubled, missing or too large."""
    UNSETTLED = "W03"
    """Tracked changes or comments."""
    TORN = "W04"
    """A tag that does not open and close in one paragraph."""
    UNREADABLE = "W05"
    """A tag that means nothing."""
    UNPAIRED = "W06"
    """A statement without its partner, or with the partner in another place."""
    OUT_OF_REACH = "W07"
    """A tag in a place that cannot be filled."""
    UNKNOWN_NAME = "W08"
    """A name that no release has."""
    MISSING_STYLE = "W09"
    """A style that the template lacks, or that is not numbered and should be."""
    FAILED = "W10"
    """A tag that fails for this release."""
    MISPLACED = "W11"
    """A value that cannot be printed where its tag is."""
    CHARACTER = "W12"
    """A character that no Word file can hold."""
    ADDRESS = "W13"
    """An address that a release may not link to."""
    PICTURE = "W14"
    """A picture that cannot be shown."""
    FIELD = "W16"
    """A field with words that change after the approval, or that reveals people, machines and other files."""
    FOREIGN = "W17"
    """Something that leads out of the file, or that no release may carry: a chart, an object, a linked picture."""
    HIDDEN = "W18"
    """Hidden text, or a style that hides text in it."""
    TOO_DEEP = "W15"
    """A list within a list within a list within a list."""


def make_problem(code: FaultCode, message: str, place: Place, tag: str = "", path: str = "") -> Problem:
    """Return the problem of a template fault at a place.

    It may name the tag at fault, and the path of the data.
    """
    return Problem(code=code.value, message=f"{tag}: {message}" if tag else message, place=place, path=path)


def suggest_name(name: str, known: Iterable[str]) -> str:
    """Return “did you mean” with the nearest known name, or nothing."""
    plain = {each.casefold(): each for each in known}
    near = difflib.get_close_matches(name.casefold(), plain, 1, 0.6)
    return f"; did you mean “{plain[near[0]]}”?" if near else ""
