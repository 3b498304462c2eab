"""page-validation, a checker of PDF/UA and PDF/A in Rust that shares no code with ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import page as page_validation

if TYPE_CHECKING:
    from pathlib import Path

PROFILES = (page_validation.ValidationProfile.PDF_UA_1, page_validation.ValidationProfile.PDF_A_3A)
SPURIOUS = {"PDFA3A-STREAM-LENGTH-001"}
"""Takes the last byte of a stream for the end of a line where it looks like one; veraPDF checks lengths rightly."""


def find_faults(file: Path) -> list[str]:
    """Return what page-validation finds wrong with a PDF."""
    reports = [page_validation.validate_pdf(str(file), profile=each) for each in PROFILES]
    return [str(each) for report in reports for each in report.failures if each.rule_id not in SPURIOUS]
