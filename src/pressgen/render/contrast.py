"""Check the contrast of a house's colours (WCAG 2.2, 1.4.3).

Text needs a contrast of 4.5 to its background. That is the rule's own background, else white (`--paper` where the house
names it). Colours are read where they are written as `#rgb`, `#rrggbb` or a custom property with such a value. Large
text gets no discount, so that a house may set any of its texts smaller later on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import tinycss2
from tinycss2.ast import AtRule, Declaration, QualifiedRule

from pressgen.errors import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LEAST = 4.5
WHITE = (255, 255, 255)
HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*\)")

Colour = tuple[int, int, int]


def find_weak_contrasts(stylesheet: Iterable[object], file: str) -> list[Problem]:
    """Return a problem for each text colour with too little contrast.

    The stylesheet is one that tinycss2 reads.
    """
    rules = list(_find_rules(stylesheet))
    named = {
        each.name: colour
        for rule in rules
        for each in _list_declarations(rule)
        if (colour := _parse_colour(_serialise_value(each), {}))
    }
    found = []
    for rule in rules:
        declared = {each.lower_name: each for each in _list_declarations(rule)}
        ink = declared.get("color")
        if ink is None or (colour := _parse_colour(_serialise_value(ink), named)) is None:
            continue
        behind = declared.get("background") or declared.get("background-color")
        ground = (_parse_colour(_serialise_value(behind), named) if behind else None) or named.get("--paper", WHITE)
        if (ratio := compute_contrast(colour, ground)) < LEAST:
            selector = tinycss2.serialize(rule.prelude).strip()
            message = (
                f"the text of “{selector}” is {_format_hex(colour)} on {_format_hex(ground)}, a contrast of"
                f" {ratio:.2f};"
                f" WCAG 2.2 (1.4.3) asks for {LEAST}: choose a darker colour"
            )
            found.append(Problem(code="P10", message=message, place=Place(file, ink.source_line, ink.source_column)))
    return found


def compute_contrast(one: Colour, other: Colour) -> float:
    """Compute the contrast ratio of two colours (WCAG 2.2), 1 to 21."""
    light, dark = sorted((_compute_luminance(one), _compute_luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def parse_colour(text: str) -> Colour:
    """Parse a colour that is written as `#rgb` or `#rrggbb`.

    Raises:
        ValueError: it is written otherwise.
    """
    found = _parse_colour(text, {})
    if found is None:
        raise ValueError(f"{text} is no colour; write it as #rrggbb")
    return found


def _compute_luminance(colour: Colour) -> float:
    def linear(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _find_rules(rules: Iterable[object]) -> Iterator[QualifiedRule]:
    """Yield every rule with declarations, including those within `@media`."""
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            yield rule
        elif isinstance(rule, AtRule) and rule.lower_at_keyword == "media" and rule.content is not None:
            yield from _find_rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))


def _list_declarations(rule: QualifiedRule) -> list[Declaration]:
    parsed = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    return [each for each in parsed if isinstance(each, Declaration)]


def _serialise_value(declaration: Declaration) -> str:
    return str(tinycss2.serialize(declaration.value)).strip()


def _parse_colour(text: str, named: Mapping[str, Colour]) -> Colour | None:
    if match := VARIABLE.fullmatch(text):
        return named.get(match[1])
    if match := HEX.fullmatch(text):
        digits = match[1] if len(match[1]) > 3 else "".join(each * 2 for each in match[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    return None


def _format_hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
