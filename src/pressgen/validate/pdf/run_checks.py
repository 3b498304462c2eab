"""Run all checks on a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf

from pressgen.errors import Place, Problem
from pressgen.pdf.objects import DAMAGED, PdfTooLargeError, describe_damage
from pressgen.validate.pdf import fonts, languages, links, messages, metadata, pdfa, screen_reader, streams, tags
from pressgen.validate.pdf.paper import open_pdf_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.validate.pdf.paper import PdfFile

CHECKS = (
    *streams.CHECKS, *metadata.CHECKS, *languages.CHECKS, *tags.CHECKS, *screen_reader.CHECKS, *links.CHECKS,
    *fonts.CHECKS, *messages.CHECKS,
)  # fmt: skip
TOO_LARGE = ("memory limit", "too many", "exceeded")
HARMLESS = ("xref entry for the xref stream itself is missing",)
"""Warnings of the reader about what many writers do and every viewer reads without loss; no standard forbids it."""


def validate_pdf(data: bytes, shown: str) -> list[Problem]:
    """List the problems of a PDF.

    `shown` is its name in messages. Damaged files are reported as problems; nothing is raised.
    """
    try:
        with open_pdf_file(data, shown) as paper:
            paper.read()
            return [*_run_checks(paper), *_find_repairs(paper)]
    except pikepdf.PasswordError:
        message = "is protected by a password and cannot be read; remove the password, then verify it"
        return [Problem(code="V03", message=message, place=Place(shown))]
    except PdfTooLargeError as error:
        return [_make_too_large_problem(shown, f"{error} is")]
    except DAMAGED as error:
        return [_make_damage_problem(shown, error)]


def _run_checks(paper: PdfFile) -> Iterator[Problem]:
    for check in (*CHECKS, *pdfa.list_pdfa_checks(paper)):
        try:
            yield from check(paper)
        except PdfTooLargeError as error:
            yield _make_too_large_problem(paper.shown, f"{error} is")
        except DAMAGED as error:
            yield _make_damage_problem(paper.shown, error)


def _find_repairs(paper: PdfFile) -> Iterator[Problem]:
    """Yield what the reader had to repair; nothing for a sound file."""
    warnings = map(str, paper.pdf.get_warnings())
    for warning in [each for each in warnings if not any(known in each for known in HARMLESS)][:1]:
        yield _make_damage_problem(paper.shown, warning)


def _make_damage_problem(shown: str, reason: object) -> Problem:
    description = describe_damage(reason)
    if any(each in description for each in TOO_LARGE):
        return _make_too_large_problem(shown, description)
    return Problem(code="V02", message=f"is damaged ({description}); build it again", place=Place(shown))


def _make_too_large_problem(shown: str, what: str) -> Problem:
    message = f"is too large to be verified ({what}); make a smaller file"
    return Problem(code="V04", message=message, place=Place(shown))
