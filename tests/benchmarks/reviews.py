"""`pressgen review receive`: a long Word file with many changes, a long PDF with many marks, a release of usual size.

Processor time of the whole of it in a warm process: find the copy's record, read the file, tell every change and its
place in the YAML.
"""

from __future__ import annotations

import random
import shutil
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.measuring import Measurement
from machine import ROOT, SHARED
from pressgen.actions.review.copy_records import read_records
from pressgen.actions.review.receive import read_returned_copy
from pressgen.actions.review.send import ReviewRequest, send_for_review
from pressgen.actions.workspace.folder import Workspace
from pressgen.model.export import ExportedBlock
from pressgen.pdf.glyphs import read_characters
from pressgen.pdf.text import read_text
from pressgen.review.pdf_text_alignment import locate_characters
from review.dialects import DIALECTS, written
from review.editing import Editing
from review.marking import Marking

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SEED = SHARED / "seeds" / "example"
USUAL = ROOT / "releases" / "thornmere-remand-centre"
PAGES = (10, 50, 200)
WHO = ("Visitors", "Staff", "Managers", "Teachers", "Nurses", "Volunteers", "Families", "Governors")
PROSE, LINES = (12, 30), (31, 3)
"""Paragraphs of a page and words of each; 200 pages of lines: a release file has a quarter of a megabyte at most."""
CHANGES, MARKS = 25, 17
"""Changes and marks of a page: 500 of twenty, 1,000 of sixty."""
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class _Sent:
    """A workspace from which a release of so many pages has gone out for review."""

    workspace: Workspace
    word: bytes
    pdf: bytes
    blocks: tuple[ExportedBlock, ...]
    pages: int


def receiving() -> list[Measurement]:
    """All measurements."""
    with TemporaryDirectory() as name:
        word, marked = _long(Path(name) / "20", 20), _long(Path(name) / "60", 60)
        usual = _out(Path(name) / "usual", SEED if SEED.is_dir() else USUAL)
        found = [
            _measured(word, _edited(word, 500), 1000, "a Word file of {pages} pages with 500 changes"),
            _measured(marked, _marked(marked, 1000), 3000, "a PDF of {pages} pages with 1,000 marks"),
            _measured(usual, _edited(usual, 20), 120, "a Word file of the seed's length with 20 changes"),
            _measured(usual, _marked(usual, 20), 120, "a PDF of the seed's length with 20 marks"),
        ]
        sent = [_long(Path(name) / f"curve-{pages}", pages, LINES) for pages in PAGES]
        found += [
            _curve("Word file", [(each.pages, _taken(each, _edited(each, each.pages * CHANGES))) for each in sent]),
            _curve("PDF", [(each.pages, _taken(each, _marked(each, each.pages * MARKS))) for each in sent]),
        ]
    return found


def _measured(sent: _Sent, file: Path, target: float, what: str) -> Measurement:
    taken = _taken(sent, file)
    detail = f"{len(read_returned_copy(sent.workspace, file).proposals)} proposals, {len(sent.blocks)} texts"
    return Measurement(what.format(pages=sent.pages), taken, target, " ms", detail)


def _curve(what: str, times: list[tuple[int, float]]) -> Measurement:
    (low, first), (high, last) = times[0], times[-1]
    detail = ", ".join(f"{pages} pages {taken:.0f} ms" for pages, taken in times)
    growth = (last / high) / (first / low)
    return Measurement(f"time of a page of a {what} of {high} pages against one of {low}", growth, 1.5, "x", detail)


def _taken(sent: _Sent, file: Path) -> float:
    """The median milliseconds of a processor."""
    read_returned_copy(sent.workspace, file)
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        read_returned_copy(sent.workspace, file)
        taken.append(time.process_time() - start)
    return median(taken) * 1000


def _long(root: Path, pages: int, page: tuple[int, int] = PROSE) -> _Sent:
    """A release of about so many pages, no two paragraphs alike."""
    folder = root / "source"
    folder.mkdir(parents=True)
    text = (ROOT / "releases" / "new-chief-inspector" / "release.yaml").read_text("utf-8")
    chance = random.Random(pages)  # noqa: S311 - the same release each time
    words = [word for name in ("thornmere-remand-centre", "warm-rivers") for word in _words(name)]
    added = ""
    paragraphs, length = page
    for number in range(pages * paragraphs):
        some = " ".join(chance.choice(words) for _ in range(length))
        added += f"  - {WHO[number % len(WHO)]} {number} said {some}.\n"
    (folder / "release.yaml").write_text(text.replace("\nnotes:", f"{added}\nnotes:"), "utf-8")
    return _out(root, folder)


def _words(name: str) -> list[str]:
    text = (ROOT / "releases" / name / "release.yaml").read_text("utf-8")
    return [word for word in text.split() if word.isalpha() and word.islower()]


def _out(root: Path, source: Path) -> _Sent:
    """A release sent for review from a workspace of its own."""
    home = root / "releases" / "long"
    home.mkdir(parents=True)
    shutil.copytree(ROOT / "templates", root / "templates")
    for file in source.iterdir():
        if file.name == "release.yaml" or not file.name.startswith("release"):
            (home / file.name).write_bytes(file.read_bytes())
    workspace = Workspace(root)
    made = send_for_review(workspace, home, ReviewRequest((), None, root / "dist"), NOW)
    word, pdf = (next(each for each in made if each.suffix == end).read_bytes() for end in (".docx", ".pdf"))
    return _Sent(workspace, word, pdf, read_records(workspace)[0].blocks, len(read_text(pdf)))


def _edited(sent: _Sent, count: int) -> Path:
    """The Word file with so many changes."""
    chance = random.Random(count)  # noqa: S311 - the same changes each time
    editing = Editing(sent.word, sent.blocks, chance)
    editing.work(count)
    file = sent.workspace.root / f"{count}.docx"
    file.write_bytes(written(editing, DIALECTS["word"], chance))
    return file


def _marked(sent: _Sent, count: int) -> Path:
    """The PDF with so many marks."""
    found = locate_characters(sent.blocks, read_characters(sent.pdf, set(range(sent.pages))))
    marking = Marking(sent.pdf, found, "acrobat", random.Random(count))  # noqa: S311 - as above
    file = sent.workspace.root / f"{count}.pdf"
    file.write_bytes(marking.work(count))
    return file


if __name__ == "__main__":
    for each in receiving():
        sys.stdout.write(each.line() + "\n")
