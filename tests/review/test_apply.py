"""Random edits of samples put in: the file loads, reads as the editor's copy, and has changed in their lines only."""

from __future__ import annotations

from pathlib import Path

import pytest

from review.fuzz_apply import played


@pytest.mark.parametrize("seed", range(2000, 2010))
def test_what_is_put_in_reads_as_the_copy_does_and_changes_no_other_line(seed: int, tmp_path: Path) -> None:
    _, wrong = played(seed, tmp_path)

    assert wrong == []
