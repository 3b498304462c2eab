"""The exact value of a fact, its rounding, and claims about it.

Some words claim something of the exact value: “nearly”, “up to”, “exactly”.
"""

from __future__ import annotations

import operator
import re
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, ClassVar, Self

from pressgen.model.record import read_number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pressgen.model.release import Fact

WRITTEN_NUMBER = re.compile(
    r"(?P<money>[£$€]\s?)?(?P<sign>[-+\u2212]?)(?P<whole>\d{1,3}(?:(?P<mark>[,'’\s])\d{3})(?:(?P=mark)\d{3})*|\d{1,15})"
    r"(?P<part>\.\d{1,9})?(?P<share>\s?(?:%|per\scent|percent))?",
    re.ASCII | re.IGNORECASE,
)
"""A number as readers see it: with separators, a currency or a percent sign."""
MARKS = {",": "the comma", "'": "the apostrophe", "’": "the apostrophe"}
FALSE: Mapping[str, tuple[Callable[[Decimal, Decimal], bool], str]] = {
    "below": (operator.le, "is not above"),
    "above": (operator.ge, "is not below"),
    "at most": (operator.lt, "is below"),
    "at least": (operator.gt, "is above"),
    "exactly": (operator.ne, "is not"),
}
"""For each claim: when a printed and an exact figure belie it, and what the printed one is then to the exact one."""
CLAIMS = {
    "en": {
        "below": "nearly|almost|just under|just below|approaching|not quite|close to|less than|fewer than|under|below",
        "above": "more than|over|just over|above|just above|in excess of|exceeding|upwards of|well over",
        "at most": "up to|as many as|as much as|at most|no more than|not more than|a maximum of",
        "at least": "at least|no fewer than|not fewer than|no less than|not less than|a minimum of",
        "exactly": "exactly|precisely",
    },
    "cy": {
        "below": "bron|bron i|ychydig o dan|llai na|o dan",
        "above": "mwy na|dros|ychydig dros",
        "at most": "hyd at|dim mwy na|ar y mwyaf",
        "at least": "o leiaf|dim llai na",
        "exactly": "union|yn union",
    },
    "fr": {
        "below": "presque|près de|moins de|un peu moins de",
        "above": "plus de|un peu plus de",
        "at most": "jusqu['’]à|au plus|pas plus de|au maximum",
        "at least": "au moins|pas moins de|au minimum",
        "exactly": "exactement|précisément",
    },
    "de": {
        "below": "fast|beinahe|nahezu|knapp|weniger als|unter",
        "above": "mehr als|über|gut",
        "at most": "bis zu|höchstens|maximal|nicht mehr als",
        "at least": "mindestens|wenigstens|nicht weniger als",
        "exactly": "genau|exakt",
    },
    "es": {
        "below": "casi|menos de|cerca de",
        "above": "más de",
        "at most": "hasta|como máximo|no más de",
        "at least": "al menos|por lo menos|como mínimo|no menos de",
        "exactly": "exactamente|precisamente",
    },
}
"""Words before a figure, by language and by what they say of the exact one."""


class _FactValue:
    """The other fields of the fact that a value comes from."""

    FIELDS: ClassVar = ("value", "unit", "of", "source", "as_of")
    fact: Fact

    def __getattr__(self, name: str) -> object:
        if name in self.FIELDS:
            return getattr(self.fact, name)
        raise AttributeError(name)


class NumberFact(_FactValue, Decimal):
    """A fact that is a number.

    It calculates exactly, and prints as readers expect.
    """


class TextFact(_FactValue, str):  # noqa: SLOT000 - the fact is its one attribute
    """A fact that is a text."""


def make_fact_value(fact: Fact) -> NumberFact | TextFact:
    """Return the value of a fact, with access to its other fields."""
    number = read_number(fact.value)
    value = TextFact(fact.value) if number is None else NumberFact(number)
    value.fact = fact
    return value


def explain_unread_number(fact: Fact) -> str:
    """Return how to write a value that only looks numeric.

    The text is empty for a number, and for words.
    """
    found = WRITTEN_NUMBER.fullmatch(fact.value.replace("\N{NO-BREAK SPACE}", " ").replace("\u202f", " "))
    if read_number(fact.value) is not None or found is None:
        return ""
    digits = re.sub(r"\D", "", found["whole"]).lstrip("0") or "0"
    number = f"{'-' if found['sign'] in {'-', chr(0x2212)} else ''}{digits}{found['part'] or ''}"
    without = [MARKS.get(found["mark"], "the space")] if found["mark"] else []
    unit = (found["share"] or "").strip()
    if unit and fact.unit is None:
        tail = ", and unit: per cent"
    else:
        without += [f"“{each}”" for each in ((found["money"] or "").strip(), unit) if each]
        tail = f", without {' and '.join(without)}" if without else ""
    return f"write {number}{tail}"


class RoundedNumber(Decimal):
    """A number rounded for print, with the exact number."""

    exact: Decimal

    def __new__(cls, value: Decimal, exact: Decimal) -> Self:
        """Make a number that remembers what it was rounded from."""
        self = super().__new__(cls, value)
        self.exact = exact
        return self


def _make_rounding(mode: str) -> Callable[[object, object], RoundedNumber]:
    def round_to(value: object, step: object) -> RoundedNumber:
        if not isinstance(value, Decimal | int):
            raise TypeError("only a number can be rounded")
        width = Decimal(str(step))
        if not width.is_finite() or width <= 0:
            raise ValueError("rounding needs a step above 0, such as nearest(1000)")
        steps = (Decimal(value) / width).to_integral_value(rounding=mode)
        rounded = steps * width
        exact = value.exact if isinstance(value, RoundedNumber) else Decimal(value)
        return RoundedNumber(rounded.quantize(Decimal(1)) if width == width.to_integral_value() else rounded, exact)

    return round_to


nearest = _make_rounding(ROUND_HALF_UP)
up = _make_rounding(ROUND_CEILING)
down = _make_rounding(ROUND_FLOOR)


def find_false_claim(before: str, rounded: RoundedNumber, language: str) -> str:
    """Return what is wrong with the words before a rounded figure.

    An example is “nearly” before a figure smaller than the exact one. The text is empty if nothing is wrong.

    Args:
        before: the text that the figure follows on.
        rounded: the figure as printed.
        language: BCP 47; in languages without a list nothing is claimed.
    """
    claims = CLAIMS.get(language.partition("-")[0].lower(), {})
    found = ((re.search(rf"(?:^|\W)({words})\W*$", before, re.IGNORECASE), claim) for claim, words in claims.items())
    said = [(match[1], *FALSE[claim]) for match, claim in found if match]
    longest = sorted(said, key=lambda each: -len(each[0]))[:1]  # “no more than” holds “more than”
    for words, is_false, relation in longest:
        if is_false(rounded, rounded.exact):
            return f"“{words}” needs another rounding: {rounded} {relation} the exact {rounded.exact}"
    return ""


def format_number(value: Decimal | int, language: str) -> str:
    """Format a number for readers of a language: `3,930`, `3 930`, `3.930`.

    Its decimals are kept.
    """
    from babel.numbers import format_decimal

    from pressgen.text.dates import get_locale

    number = Decimal(value)
    places = max(0, -int(number.as_tuple().exponent))
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(number, format=pattern, locale=get_locale(language))


def parse_number(text: str, language: str) -> str:
    """Return a printed number as data has it: `3930` for `3,930`.

    It reads what `format_number` prints. Any other text is returned without outer blanks.
    """
    from babel.numbers import get_decimal_symbol, get_group_symbol

    from pressgen.text.dates import get_locale

    known = get_locale(language)
    group, decimal = get_group_symbol(known), get_decimal_symbol(known)
    digits = re.sub(rf"[\s{re.escape(group)}]", "", text).replace(decimal, ".").replace("\N{MINUS SIGN}", "-")
    return text.strip() if read_number(digits) is None else digits
