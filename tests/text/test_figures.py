"""Figures print exactly, and a rounding never belies its word."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressgen.text.figures import down, find_false_claim, format_number, nearest, parse_number, up


@pytest.mark.parametrize(
    ("number", "language", "shown"),
    [
        ("3930", "en-GB", "3,930"),
        ("4.50", "en-GB", "4.50"),
        ("-1234567.8", "en-US", "-1,234,567.8"),
        ("3930", "de", "3.930"),
        ("3930", "fr", "3\u202f930"),
        ("0", "cy", "0"),
    ],
)
def test_a_number_prints_in_the_readers_way(number: str, language: str, shown: str) -> None:
    assert format_number(Decimal(number), language) == shown


@pytest.mark.parametrize(
    ("before", "step", "claim"),
    [
        ("supervises nearly ", 1000, ""),
        ("more than ", 1000, "“more than” needs another rounding: 4000 is not below the exact 3930"),
        ("Almost ", 100, "“Almost” needs another rounding: 3900 is not above the exact 3930"),
        ("over ", 100, ""),
        ("about ", 100, ""),
        ("rover ", 1000, ""),
        ("nearly ", 10, "“nearly” needs another rounding: 3930 is not above the exact 3930"),
        ("up to ", 1000, ""),
        ("up to ", 100, "“up to” needs another rounding: 3900 is below the exact 3930"),
        ("no more than ", 1000, ""),
        ("at least ", 1000, "“at least” needs another rounding: 4000 is above the exact 3930"),
        ("no fewer than ", 100, ""),
        ("exactly ", 10, ""),
        ("exactly ", 100, "“exactly” needs another rounding: 3900 is not the exact 3930"),
    ],
)
def test_a_rounding_must_match_the_word_before_it(before: str, step: int, claim: str) -> None:
    assert find_false_claim(before, nearest(Decimal(3930), step), "en-GB") == claim


@pytest.mark.parametrize(
    ("before", "language"),
    [
        ("près de ", "fr"),
        ("jusqu’à ", "fr"),
        ("bis zu ", "de"),
        ("no más de ", "es"),
        ("hyd at ", "cy"),
        ("genau ", "de"),
    ],
)
def test_a_claim_is_known_in_other_languages(before: str, language: str) -> None:
    claim = find_false_claim(before, down(Decimal(3930), 1000), language)

    assert claim.startswith(f"“{before.strip()}” needs another rounding")


@given(st.decimals(-(10**9), 10**9, places=3), st.integers(1, 10**6))
def test_rounding_up_and_down_enclose_the_exact_figure(value: Decimal, step: int) -> None:
    lower, upper = down(value, step), up(value, step)

    assert lower <= value <= upper
    assert upper - lower in (0, step)
    assert nearest(value, step) in (lower, upper)
    assert lower.exact == value


def test_rounding_twice_still_knows_the_exact_figure() -> None:
    assert nearest(nearest(Decimal(3949), 10), 100).exact == Decimal(3949)


@given(
    st.decimals(-(10**12), 10**12, places=2) | st.integers(-(10**12), 10**12),
    st.sampled_from(["en-GB", "de", "de-CH", "fr", "cy", "es", "sv", "pl", "ar", "pt-BR", "en-IN"]),
)
def test_a_figure_that_is_printed_can_be_read_back(value: Decimal | int, language: str) -> None:
    assert Decimal(parse_number(format_number(value, language), language)) == value


@pytest.mark.parametrize("text", ["about 40", "4-5", "East and North", "٤٠"])
def test_what_is_no_printed_figure_is_read_as_words(text: str) -> None:
    assert parse_number(f" {text} ", "en-GB") == text
