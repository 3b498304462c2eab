"""Have pictures of text read by ocrmypdf, if it is there."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import suppress

from pressgen.files.bounded_program import HERE, ProgramLateError, convert_file

PROGRAM = "ocrmypdf"
LANGUAGES = ("eng", "fra", "deu", "spa", "cym")
"""The importer's languages, as tesseract names them."""
PATIENCE, PER_PAGE = 30, 20
"""Seconds for the program, and for each page."""


def has_ocr() -> bool:
    """Return whether this machine can read pictures of text."""
    return shutil.which(PROGRAM) is not None


def recognise_text(data: bytes, pages: int, *, forced: bool) -> bytes | None:
    """Return a PDF with the text of its pictures, or None.

    Args:
        data: the PDF.
        pages: how many it has.
        forced: whether the text that it has counts for nothing.
    """
    how = ["--force-ocr" if forced else "--skip-text", "--output-type", "pdf", "--jobs", "1", "--optimize", "0"]
    languages = ["-l", "+".join(known)] if (known := _list_languages()) else []
    command = [PROGRAM, *how, *languages, f"{HERE}/source.pdf", f"{HERE}/read.pdf"]
    with suppress(ProgramLateError):
        return convert_file({"source.pdf": data}, command, "read.pdf", PATIENCE + PER_PAGE * pages)
    return None


def _list_languages() -> list[str]:
    with suppress(OSError, subprocess.SubprocessError):
        asked = ["tesseract", "--list-langs"]
        done = subprocess.run(asked, capture_output=True, text=True, timeout=10, check=False)  # noqa: S603
        return [each for each in LANGUAGES if each in done.stdout.split()]
    return []
