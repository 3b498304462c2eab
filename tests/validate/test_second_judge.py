"""Each seeded fault of a PDF is held against a second checker, so that ours is not its own only witness."""

from __future__ import annotations

from typing import TYPE_CHECKING

import page as page_validation
import pytest

from validate import archive_faults, font_faults, pdf_faults
from validate.good import paper, spoilt
from validate.second_judge import find_faults

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FAULTS: dict[str, Callable[[], bytes]] = {
    **{
        name: lambda change=change: spoilt(change)
        for changes in (pdf_faults.CHANGES, font_faults.CHANGES, archive_faults.CHANGES)
        for name, (_, change) in changes.items()
    },
    **{name: make for name, (_, make) in archive_faults.WHOLE.items()},
    "protected against screen readers": pdf_faults.protected,
}
OURS_ALONE = {
    "an empty structure",
    "a mark with a number that no element has",
    "an element cut off from the structure",
    "a picture with an empty description",
    "a cell with a header from nowhere",
    "tagged text drawn twice",
    "a font that does not say what it numbers",
    "glyphs without shapes",
    "widths that are not those of the font",
    "a list with numbers too many",
}
"""The faults that page-validation 0.11 does not find."""


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_that_we_find_is_found_by_the_second_checker_too(name: str, tmp_path: Path) -> None:
    file = tmp_path / "faulty.pdf"
    file.write_bytes(FAULTS[name]())
    try:
        found = find_faults(file)
    except page_validation.PageError as error:
        found = [str(error)]

    assert bool(found) == (name not in OURS_ALONE), found


def test_a_good_file_has_none(tmp_path: Path) -> None:
    file = tmp_path / "good.pdf"
    file.write_bytes(paper())

    assert find_faults(file) == []
