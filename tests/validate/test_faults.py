"""Every seeded fault is told by its code, and a good file by none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from validate import pdf_faults, word_faults
from validate.good import codes, spoilt

if TYPE_CHECKING:
    from collections.abc import Callable

    import pikepdf


@pytest.mark.parametrize(("code", "change"), pdf_faults.CHANGES.values(), ids=pdf_faults.CHANGES)
def test_a_fault_in_a_pdf_is_told(code: str, change: Callable[[pikepdf.Pdf], object]) -> None:
    assert code in codes(spoilt(change))


@pytest.mark.parametrize(("code", "make"), word_faults.CHANGES.values(), ids=word_faults.CHANGES)
def test_a_fault_in_a_word_file_is_told(code: str, make: Callable[[], bytes]) -> None:
    assert code in codes(make())


def test_protection_against_screen_readers_is_told() -> None:
    assert "MH26-002" in codes(pdf_faults.protected())


def test_there_are_at_least_sixty_faults_of_both_kinds() -> None:
    assert len(pdf_faults.CHANGES) >= 60
    assert len(word_faults.CHANGES) >= 45
