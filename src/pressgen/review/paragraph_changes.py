"""Compare two Word paragraphs: their words, links and formatting."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from pressgen.review.styled_characters import iter_characters
from pressgen.text.word_diff import diff_words, split_into_tokens
from pressgen.word.names import R_ID

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pressgen.review.styled_characters import StyledCharacter
    from pressgen.word.names import Element

Styled = list["StyledCharacter"]


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """Characters of two paragraphs that differ in one way at most.

    Attributes:
        old, new: the characters of either version.
        same: whether their text is the same.
        linked: whether the same text leads to another address.
        styled: whether the same text has another formatting.
    """

    old: Styled
    new: Styled
    same: bool
    linked: bool = False
    styled: bool = False

    @property
    def plain(self) -> bool:
        """Whether nothing differs."""
        return self.same and not self.linked and not self.styled


def compare_paragraphs(old: Element, new: Element, addresses: Mapping[str, str]) -> list[ParagraphChange]:
    """Compare two paragraphs of one Word file.

    `addresses` are those that links lead to, by relationship id.
    """
    before, after = list(iter_characters(old)), list(iter_characters(new))
    one, other = (split_into_tokens("".join(each.text for each in row)) for row in (before, after))
    found: list[ParagraphChange] = []
    a, b = iter(before), iter(after)
    for was, is_, same in diff_words(one, other):
        gone = [next(a) for at in was for _ in one[at]]
        come = [next(b) for at in is_ for _ in other[at]]
        found += _split_by_style(gone, come, addresses) if same else [ParagraphChange(gone, come, same=False)]
    return found


class _Difference(NamedTuple):
    linked: bool
    styled: bool
    addresses: tuple[str, str]


def _split_by_style(gone: Styled, come: Styled, addresses: Mapping[str, str]) -> Iterator[ParagraphChange]:
    """Split equal text by what differs in its links and formatting."""
    written: dict[Element | None, bytes] = {}

    def write(formatting: Element | None) -> bytes:
        if formatting not in written:
            written[formatting] = write_formatting(formatting)
        return written[formatting]

    def compare(pair: tuple[StyledCharacter, StyledCharacter]) -> _Difference:
        old, new = pair
        links = find_address(old, addresses), find_address(new, addresses)
        styled = write(old.formatting) != write(new.formatting)
        return _Difference(links[0] != links[1], styled, links if links[0] != links[1] else ("", ""))

    for difference, run in groupby(zip(gone, come, strict=True), compare):
        pairs = list(run)
        yield ParagraphChange(
            [old for old, _ in pairs],
            [new for _, new in pairs],
            same=True,
            linked=difference.linked,
            styled=difference.styled,
        )


def find_address(character: StyledCharacter, addresses: Mapping[str, str]) -> str:
    """Return the address that a character leads to, or nothing.

    A link within the file has none: its target is named after the words there.
    """
    return "" if character.link is None else addresses.get(str(character.link.get(R_ID)), "")


def write_formatting(formatting: Element | None) -> bytes:
    """Return formatting as bytes that are equal for equal formatting."""
    return b"" if formatting is None or not len(formatting) else etree.tostring(formatting, method="c14n")
