"""Find the lead of a release, its first whole sentence."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from pressgen.importer import section_markers
from pressgen.importer.headline_candidates import QUOTED
from pressgen.importer.manuscript import ParagraphKind
from pressgen.importer.paragraph_roles import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.importer.manuscript import SourceParagraph
    from pressgen.importer.paragraph_roles import Sorted

PRINTED = (Role.LABEL, Role.DATE, Role.RULE, Role.PAGE, Role.END, Role.IMMEDIATE, Role.REFERENCE, Role.FURNITURE)
"""Roles of lines that the house prints itself, that a field holds, or that belong to a page."""
RUNNING = (ParagraphKind.TEXT, ParagraphKind.BLOCK)
FEW_WORDS = 4
ENDED = (".", "!", "?")
CLOSING = "\"”’'» )"
OPENING = ("“", '"', "«", "„", "‘", "'")


def find_lead(paras: Sequence[Sorted]) -> int:
    """Return the index of the lead.

    It is the first whole sentence outside a list that is not a pull quote.
    """
    for index, (para, role) in enumerate(paras):
        titled = section_markers.TITLED.match(para.text) or section_markers.SUBTITLED.match(para.text)
        if role is not Role.PROSE or para.marker or para.kind not in RUNNING or titled:
            continue
        if not _is_pull_quote(paras, index):
            return index
    lines = [index for index, (para, role) in enumerate(paras) if role is Role.LINE and not para.marker]
    short = (index for index in lines[1:] if is_sentence(paras[index][0]))
    if (lead := next(short, None)) is not None:
        return lead
    lead = next((index + 1 for index, (_, role) in enumerate(paras) if role is Role.LINE), 0)
    return lead + sum(
        1 for _ in takewhile(lambda each: each[1] in (*PRINTED, Role.EMBARGO), paras[lead:] if lead else ())
    )


def _is_pull_quote(paras: Sequence[Sorted], index: int) -> bool:
    """Return whether a quotation stands above the headline.

    The name of its speaker may follow; then come a line that can be a headline, and the lead.
    """
    if not QUOTED.fullmatch(paras[index][0].text):
        return False
    rest = [each for each in paras[index + 1 :] if not each[0].marker and each[1] is not Role.RULE]
    names = 1 if rest and rest[0][0].text.startswith(("–", "—", "-")) else 0
    following = rest[names : names + 2]
    return [role for _, role in following] == [Role.LINE, Role.PROSE] and not following[1][0].text.startswith(OPENING)


def is_sentence(para: SourceParagraph) -> bool:
    """Return whether a line is a sentence, as a short lead is."""
    text = para.text.rstrip(CLOSING)
    return (
        text.endswith(ENDED)
        and len(text.split()) >= FEW_WORDS
        and not text.isupper()
        and para.kind is ParagraphKind.TEXT
    )
