"""Run all checks on a Word file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.errors import InputError
from pressgen.validate.word import allowed, embargo_line, ids_and_references, privacy, screen_reader
from pressgen.validate.word.wordfile import WordFile

if TYPE_CHECKING:
    from pressgen.errors import Problem

CHECKS = (*ids_and_references.CHECKS, *screen_reader.CHECKS, *privacy.CHECKS, *allowed.CHECKS, *embargo_line.CHECKS)


def validate_word_file(data: bytes, shown: str) -> list[Problem]:
    """List the problems of a Word file.

    `shown` is its name in messages. Damaged files are reported as problems; nothing is raised.
    """
    try:
        file = WordFile.of(data, shown)
        return [problem for check in CHECKS for problem in check(file)]
    except InputError as refusal:
        return list(refusal.problems)
