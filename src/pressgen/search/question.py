"""What somebody asks the archive, read from the words on a command line.

`warm river` wants both words, `"warm river"` the phrase, `warm*` whatever begins so, `-warm` none of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.errors import WrongUse
from pressgen.search.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

TERM = re.compile(r'(?P<without>-)?(?:["“„«](?P<phrase>[^"”“»]*)["”“»]?|(?P<bare>[^\s"“„«]+))(?P<begin>\*)?')
MOST = 60
"""Words of a question: more than anybody types, and few enough for any database."""


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand beside each other; `begins` where the last one need only begin so."""

    words: Sequence[str]
    begins: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked.

    Attributes:
        terms: all of which a release must have.
        without: none of which it may have.
        within: the one field that is asked; empty for all.
        person: words that its people must have.
        rating: that one of its findings must have, folded; empty for any.
        first, last: the days between which its own must be.
    """

    terms: Sequence[Term] = ()
    without: Sequence[Term] = ()
    within: str = ""
    person: Sequence[Term] = field(default=())
    rating: str = ""
    house: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked for beside words."""
        return bool(self.person or self.rating or self.house or self.first or self.last)


def terms(text: str) -> tuple[list[Term], list[Term]]:
    """The terms that are wanted and those that are not wanted in `text`.

    Raises:
        WrongUse: they are more than can be asked at once.
    """
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for match in TERM.finditer(text):
        typed = match["bare"] if match["phrase"] is None else match["phrase"]
        found = tuple(each.text for each in words(typed.replace("{", " ")))
        if found:
            begins = bool(match["begin"]) or (match["bare"] or "").endswith("*")
            (unwanted if match["without"] else wanted).append(Term(found, begins))
    if sum(len(each.words) for each in (*wanted, *unwanted)) > MOST:
        raise WrongUse(f"that is more than {MOST} words to look for; give fewer")
    return wanted, unwanted
