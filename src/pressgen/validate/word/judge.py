"""All that can be said against a Word file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.errors import Refused
from pressgen.validate.word import allowed, identity, privacy, reading
from pressgen.validate.word.wordfile import WordFile

if TYPE_CHECKING:
    from pressgen.errors import Problem

CHECKS = (*identity.CHECKS, *reading.CHECKS, *privacy.CHECKS, *allowed.CHECKS)


def problems(data: bytes, shown: str) -> list[Problem]:
    """What is wrong with the Word file `data`, which messages call `shown`; never raises for what stands in it."""
    try:
        file = WordFile.of(data, shown)
        return [problem for check in CHECKS for problem in check(file)]
    except Refused as refusal:
        return list(refusal.problems)
