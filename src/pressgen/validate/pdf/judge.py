"""All that can be said against a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf

from pressgen.errors import Place, Problem
from pressgen.pdf.objects import DAMAGED, TooMuch, describe_damage
from pressgen.validate.pdf import fonts, links, messages, metadata, nesting, pdfa, reading, streams, tags
from pressgen.validate.pdf.paper import opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.validate.pdf.paper import Paper

CHECKS = (
    *streams.CHECKS, *metadata.CHECKS, *tags.CHECKS, *nesting.CHECKS, *reading.CHECKS, *links.CHECKS, *fonts.CHECKS,
    *messages.CHECKS,
)  # fmt: skip
TOO_LARGE = ("memory limit", "too many", "exceeded")


def problems(data: bytes, shown: str) -> list[Problem]:
    """What is wrong with the PDF `data`, which messages call `shown`; never raises for what stands in it."""
    try:
        with opened(data, shown) as paper:
            paper.read()
            return [*_judged(paper), *_warnings(paper)]
    except pikepdf.PasswordError:
        message = "is protected by a password and cannot be read; take the password off, then verify it"
        return [Problem(code="V03", message=message, place=Place(shown))]
    except TooMuch as error:
        return [_too_much(shown, f"{error} is")]
    except DAMAGED as error:
        return [_unread(shown, error)]


def _judged(paper: Paper) -> Iterator[Problem]:
    for check in (*CHECKS, *pdfa.asked(paper)):
        try:
            yield from check(paper)
        except TooMuch as error:
            yield _too_much(paper.shown, f"{error} is")
        except DAMAGED as error:
            yield _unread(paper.shown, error)


def _warnings(paper: Paper) -> Iterator[Problem]:
    """What had to be mended on the way: nothing in a sound file."""
    if not paper.pages:
        yield _unread(paper.shown, "it has no pages")
    for warning in paper.pdf.get_warnings()[:1]:
        yield _unread(paper.shown, warning)


def _unread(shown: str, reason: object) -> Problem:
    told = describe_damage(reason)
    if any(each in told for each in TOO_LARGE):
        return _too_much(shown, f"its contents ({told}) are")
    return Problem(code="V02", message=f"is damaged ({told}); make it again", place=Place(shown))


def _too_much(shown: str, what: str) -> Problem:
    message = f"is too large to be verified: {what} beyond any release; make a smaller file"
    return Problem(code="V04", message=message, place=Place(shown))
