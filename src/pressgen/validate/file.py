"""One file judged, whoever made it: its kind by its content, then every check there is for that kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.errors import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 128 * 1024 * 1024
"""Bytes of a file."""
HEAD = 1024
"""Bytes in which a PDF must say that it is one (ISO 32000-1, annex H, 3.4.1)."""
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
LONGEST = 400
"""Characters of a message."""
MOST_OF_A_KIND = 25
"""Faults told of one code; a file with more has one cause."""


def problems(data: bytes, shown: str) -> list[Problem]:
    """What is wrong with a PDF or Word file: nothing, or every fault found, in the order of their places.

    Args:
        data: the file; its kind is told from its content.
        shown: what messages call it.
    """
    found = _found(data, shown)
    ordered = sorted(dict.fromkeys(map(_readable, found)), key=lambda each: (each.code, each.place, each.message))
    return sorted(_few(ordered), key=lambda each: (each.place, each.code, each.message))


def _found(data: bytes, shown: str) -> list[Problem]:
    if len(data) > LARGEST:
        return [too_large(shown)]
    if b"%PDF-" in data[:HEAD]:
        from pressgen.validate.pdf import judge as paper  # noqa: PLC0415 - each kind's libraries come with it

        return paper.problems(data, shown)
    if data.startswith(ZIP):
        from pressgen.validate.word import judge as word  # noqa: PLC0415

        return word.problems(data, shown)
    if data.startswith(OLD_OFFICE) and ENCRYPTED in data:
        message = "is protected by a password and cannot be read; take the password off in Word, then verify it"
        return [Problem(code="V03", message=message, place=Place(shown))]
    message = "is neither a PDF nor a Word file (.docx); verify knows no others"
    return [Problem(code="V01", message=message, place=Place(shown))]


def _readable(problem: Problem) -> Problem:
    """The problem in one short line, whatever names and addresses the file has put into it."""
    place = replace(problem.place, inside=_line(problem.place.inside))
    return replace(problem, message=_line(problem.message), place=place)


def _line(text: str) -> str:
    short = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return short if short.isprintable() else "".join(char if char.isprintable() else "\ufffd" for char in short)


def too_large(shown: str) -> Problem:
    """The fault of a file that is not even read."""
    message = f"is larger than {LARGEST // 1024 // 1024} MB; make its pictures smaller"
    return Problem(code="V04", message=message, place=Place(shown))


def _few(found: list[Problem]) -> Iterator[Problem]:
    """The first faults of each code; the last of them tells how many more there are."""
    told, all_ = Counter[str](), Counter(each.code for each in found)
    for each in found:
        told[each.code] += 1
        more = all_[each.code] - MOST_OF_A_KIND
        if told[each.code] < MOST_OF_A_KIND or (told[each.code] == MOST_OF_A_KIND and more <= 0):
            yield each
        elif told[each.code] == MOST_OF_A_KIND:
            yield replace(each, message=f"{each.message} (and {more} more of this kind)")
