"""What Microsoft's Open XML SDK says of a Word redline, with moves, comments and changes of formatting."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from render.test_word_sdk import errors
from review.redlines import Round, moved_over_a_table, played
from review.test_redlining import NEW, OLD, linked, versions

ROUNDS = {
    "a move over a table": moved_over_a_table(),
    "a link and emphasis": replace(versions()[-1], old=linked(OLD, strong=False), new=linked(NEW, strong=True)),
    "a header": played(2),
    "many changes": played(17),
}


@pytest.mark.parametrize("one", ROUNDS.values(), ids=ROUNDS)
def test_the_sdk_finds_nothing(one: Round, tmp_path: Path) -> None:
    path = tmp_path / "redline.docx"
    path.write_bytes(one.redline)

    assert errors(path) == []
