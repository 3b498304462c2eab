"""Verification: with the repairs against WeasyPrint's bare rendering, and by itself against ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.measuring import Measurement, in_turn
from benchmarks.repair import Press
from pressgen.model.artifact import Artifact, Format
from pressgen.model.house import Budget
from pressgen.pdf.text import read_body
from pressgen.validate.content import check_content
from pressgen.validate.file import validate_file
from pressgen.validate.layout import check_layout
from render.documents import sample
from render.folders import locate
from render.matrix import document

if TYPE_CHECKING:
    from collections.abc import Callable

    from pressgen.model.document import Document


def all_of_it() -> list[Measurement]:
    """The three measurements."""
    return [_together(sample(), 1.35, 20), _together(document("sixty", "embargoed"), 1.5, 3), _alone()]


def _together(whole: Document, target: float, rounds: int) -> Measurement:
    press = Press.of(whole)
    pages = len(read_body(press.finished()))
    ours, theirs = in_turn(lambda: _verified(press.finished(), whole), press.bare, rounds)
    what = f"a PDF of {pages} pages repaired and verified against bare WeasyPrint"
    return Measurement(what, ours / theirs, target, "x", f"{ours * 1000:.0f} ms against {theirs * 1000:.0f} ms")


def _alone() -> Measurement:
    press = Press.of(sample())
    made = press.finished()
    ours, theirs = in_turn(_anew(lambda: validate_file(made, "made.pdf")), press.finished, 20)
    times = f"{ours * 1000:.1f} ms against {theirs * 1000:.1f} ms"
    return Measurement("a PDF of two pages verified against its rendering", ours / theirs, 0.5, "x", times)


def _verified(made: bytes, whole: Document) -> None:
    """All that a build looks at; nothing is wrong with it."""
    artifact = Artifact("made.pdf", Format.PDF, made)
    assert check_content(whole, artifact, locate) == []
    assert validate_file(made, "made.pdf") == []
    check_layout(whole, artifact, Budget(), locate)


def _anew(run: Callable[[], object]) -> Callable[[], None]:
    def once() -> None:
        assert not run()

    return once
