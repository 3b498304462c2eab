"""A release runs the way its language runs."""

from __future__ import annotations

import pytest

from pressgen.model.direction import get_direction


@pytest.mark.parametrize(
    ("language", "way"),
    [
        ("en-GB", "ltr"),
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("ur-PK", "rtl"),
        ("uz-Arab", "rtl"),
        ("az-Latn", "ltr"),
        ("cy", "ltr"),
    ],
)
def test_the_script_decides(language: str, way: str) -> None:
    assert get_direction(language) == way
