"""Figures: the exact value of a fact, its rounding, and the words that claim a direction of rounding."""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, ClassVar, Self

from pressgen.model.record import read_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from pressgen.model.release import Fact

BELOW, ABOVE = "below", "above"
CLAIMS = {  # words that say on which side of the figure printed the exact one lies
    "en": {
        BELOW: "nearly|almost|just under|just below|approaching|not quite|close to|less than|fewer than|under|below",
        ABOVE: "more than|over|just over|above|just above|in excess of|exceeding|upwards of|well over",
    },
    "cy": {BELOW: "bron|bron i|ychydig o dan|llai na|o dan", ABOVE: "mwy na|dros|ychydig dros"},
    "fr": {BELOW: "presque|près de|moins de|un peu moins de", ABOVE: "plus de|un peu plus de"},
    "de": {BELOW: "fast|beinahe|nahezu|knapp|weniger als|unter", ABOVE: "mehr als|über|gut"},
    "es": {BELOW: "casi|menos de|cerca de", ABOVE: "más de"},
}


class _OfFact:
    """What a value that comes from a fact can also tell."""

    FIELDS: ClassVar = ("value", "unit", "of", "source", "as_of")
    fact: Fact

    def __getattr__(self, name: str) -> object:
        if name in self.FIELDS:
            return getattr(self.fact, name)
        raise AttributeError(name)


class Figure(_OfFact, Decimal):
    """A fact that is a number; prints in the reader's way, calculates exactly."""


class Statement(_OfFact, str):  # noqa: SLOT000 - the fact is its one attribute
    """A fact that is words."""


def of_fact(fact: Fact) -> Figure | Statement:
    """The value of a fact, which remembers the rest of it."""
    number = read_number(fact.value)
    value = Statement(fact.value) if number is None else Figure(number)
    value.fact = fact
    return value


class Rounded(Decimal):
    """A figure rounded for print, with the exact one that it stands for."""

    exact: Decimal

    def __new__(cls, value: Decimal, exact: Decimal) -> Self:
        """A number that remembers what it was rounded from."""
        self = super().__new__(cls, value)
        self.exact = exact
        return self


def _rounding(mode: str) -> Callable[[object, object], Rounded]:
    def round_to(value: object, step: object) -> Rounded:
        if not isinstance(value, Decimal | int):
            raise TypeError("only a number can be rounded")
        width = Decimal(str(step))
        if not width.is_finite() or width <= 0:
            raise ValueError("rounding needs a step above 0, such as nearest(1000)")
        steps = (Decimal(value) / width).to_integral_value(rounding=mode)
        rounded = steps * width
        exact = value.exact if isinstance(value, Rounded) else Decimal(value)
        return Rounded(rounded.quantize(Decimal(1)) if width == width.to_integral_value() else rounded, exact)

    return round_to


nearest = _rounding(ROUND_HALF_UP)
up = _rounding(ROUND_CEILING)
down = _rounding(ROUND_FLOOR)


def false_claim(before: str, rounded: Rounded, language: str) -> str:
    """What is wrong with the words before a rounded figure, such as “nearly” before a smaller one; empty if nothing.

    Args:
        before: the text that the figure follows on.
        rounded: the figure as printed.
        language: BCP 47; in languages without a list nothing is claimed.
    """
    claims = CLAIMS.get(language.partition("-")[0].lower(), {})
    for side, words in claims.items():
        match = re.search(rf"(?:^|\W)({words})\W*$", before, re.IGNORECASE)
        if match and not (rounded > rounded.exact if side == BELOW else rounded < rounded.exact):
            relation = "is not above" if side == BELOW else "is not below"
            return f"“{match[1]}” needs another rounding: {rounded} {relation} the exact {rounded.exact}"
    return ""


def shown_number(value: Decimal | int, language: str) -> str:
    """A number in the reader's way: `3,930`, `3 930`, `3.930`, with the decimals it has."""
    from babel.numbers import format_decimal  # noqa: PLC0415 - most texts have no figures

    from pressgen.text.dates import locale  # noqa: PLC0415

    number = Decimal(value)
    places = max(0, -int(number.as_tuple().exponent))
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(number, format=pattern, locale=locale(language))


def read_shown(text: str, language: str) -> str:
    """A number that `shown_number` printed, as data has it, `3930` for `3,930`; else the text without outer blanks."""
    from babel.numbers import get_decimal_symbol, get_group_symbol  # noqa: PLC0415 - as above

    from pressgen.text.dates import locale  # noqa: PLC0415

    known = locale(language)
    group, decimal = get_group_symbol(known), get_decimal_symbol(known)
    digits = re.sub(rf"[\s{re.escape(group)}]", "", text).replace(decimal, ".").replace("\N{MINUS SIGN}", "-")
    return text.strip() if read_number(digits) is None else digits
