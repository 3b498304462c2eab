"""Check one file of any origin with every check for its kind.

Its content decides the kind.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.errors import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 128 * 1024 * 1024
"""The most bytes of a file."""
HEAD = 1024
"""The first bytes, in which a PDF must say that it is one (ISO 32000-1, annex H, 3.4.1)."""
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
LONGEST = 400
"""The most characters of a message."""
MOST_OF_A_KIND = 25
"""The most faults reported of one code; if a file has more, they have one cause."""


def validate_file(data: bytes, shown: str) -> list[Problem]:
    """List the problems of a PDF or Word file, sorted by place.

    Args:
        data: the file; its content decides its kind.
        shown: what messages call it.
    """
    found = _find_problems(data, shown)
    ordered = sorted(
        dict.fromkeys(map(_shorten_problem, found)), key=lambda each: (each.code, each.place, each.message)
    )
    return sorted(_limit_repeats(ordered), key=lambda each: (each.place, each.code, each.message))


def _find_problems(data: bytes, shown: str) -> list[Problem]:
    if len(data) > LARGEST:
        return [make_too_large_problem(shown)]
    if b"%PDF-" in data[:HEAD]:
        from pressgen.validate.pdf import run_checks as paper

        return paper.validate_pdf(data, shown)
    if data.startswith(ZIP):
        from pressgen.validate.word import run_checks as word

        return word.validate_word_file(data, shown)
    if data.startswith(OLD_OFFICE) and ENCRYPTED in data:
        message = "is protected by a password and cannot be read; remove the password in Word, then verify it"
        return [Problem(code="V03", message=message, place=Place(shown))]
    message = "is neither a PDF nor a Word file (.docx); only those can be verified"
    return [Problem(code="V01", message=message, place=Place(shown))]


def _shorten_problem(problem: Problem) -> Problem:
    """Return a problem as one short printable line.

    Names and addresses from the file cannot break the line.
    """
    place = replace(problem.place, inside=_shorten_line(problem.place.inside))
    return replace(problem, message=_shorten_line(problem.message), place=place)


def _shorten_line(text: str) -> str:
    short = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return short if short.isprintable() else "".join(char if char.isprintable() else "\ufffd" for char in short)


def make_too_large_problem(shown: str) -> Problem:
    """Return the problem of a file that is too large to read."""
    message = f"is larger than {LARGEST // 1024 // 1024} MB; make its pictures smaller"
    return Problem(code="V04", message=message, place=Place(shown))


def _limit_repeats(found: list[Problem]) -> Iterator[Problem]:
    """Yield the first problems of each code.

    The last one says how many more there are.
    """
    counts, all_ = Counter[str](), Counter(each.code for each in found)
    for each in found:
        counts[each.code] += 1
        more = all_[each.code] - MOST_OF_A_KIND
        if counts[each.code] < MOST_OF_A_KIND or (counts[each.code] == MOST_OF_A_KIND and more <= 0):
            yield each
        elif counts[each.code] == MOST_OF_A_KIND:
            yield replace(each, message=f"{each.message} (and {more} more of this kind)")
