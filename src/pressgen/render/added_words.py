"""Find words that a house's stylesheet would add to a release.

A stylesheet decides how words look, and adds none. Margin boxes of `@page` are allowed: their words are outside the
text, and no reader takes them for part of it.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import tinycss2
from tinycss2.ast import AtRule, Declaration, FunctionBlock, QualifiedRule, StringToken

from pressgen.errors import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ADDING = {"content", "list-style", "list-style-type", "quotes", "hyphenate-character", "text-overflow"}
"""Properties with strings that are printed (CSS Generated Content 3, Lists 3, Text 4)."""
NAMED = {"symbols", "additive-symbols", "prefix", "suffix", "negative", "pad"}
"""Descriptors of `@counter-style` with strings that are printed (CSS Counter Styles 3)."""
FREE = {"page", "font-face"}
COUNTING, DRAWING = {"counter", "counters"}, {"url"}
"""The functions that print numbers, and pictures; all others may print words that are found elsewhere."""
MARKS, NUMBERING = frozenset("•‣◦·▪→←↑↓⇒"), frozenset(".:()")
"""Marks before an entry of a list, and those around its number."""
SYMBOLS = {"So", "Zs", "Pd"}
LETTERS = 2
"""Up to so many letters or digits may be the number of a list's entry, not a word."""
MESSAGE = "this adds words or marks to the release; write them in house.yaml or release.html instead"


def find_added_words(rules: Iterable[object], file: str) -> Iterator[Problem]:
    """Yield the declarations of a stylesheet that add words to a release.

    The rules are those that tinycss2 reads.
    """
    for rule in rules:
        if not isinstance(rule, QualifiedRule | AtRule) or rule.content is None:
            continue
        if isinstance(rule, AtRule) and rule.lower_at_keyword in FREE:
            continue
        counted = isinstance(rule, AtRule) and rule.lower_at_keyword == "counter-style"
        inside = tinycss2.parse_blocks_contents(rule.content)
        for each in inside:
            if isinstance(each, Declaration) and _is_adding(each, counted=counted):
                yield Problem(code="P11", message=MESSAGE, place=Place(file, each.source_line, each.source_column))
        yield from find_added_words(inside, file)


def _is_adding(declaration: Declaration, *, counted: bool) -> bool:
    name = declaration.lower_name
    if counted and name in NAMED:
        return any(_is_word(each.value) for each in declaration.value if isinstance(each, StringToken))
    counts = any(isinstance(each, FunctionBlock) and each.lower_name in COUNTING for each in declaration.value)
    marks = MARKS | NUMBERING if counts else MARKS
    return name in ADDING and any(_is_added(each, marks) for each in declaration.value)


def _is_added(token: object, marks: frozenset[str]) -> bool:
    if isinstance(token, FunctionBlock):
        if token.lower_name in COUNTING:
            return any(_is_word(each.value) for each in token.arguments if isinstance(each, StringToken))
        return token.lower_name not in DRAWING
    return isinstance(token, StringToken) and not all(
        each in marks or unicodedata.category(each) in SYMBOLS for each in token.value
    )


def _is_word(text: str) -> bool:
    return sum(each.isalnum() for each in text) > LETTERS
