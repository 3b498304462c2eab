"""Read the text between headline and end mark.

It has paragraphs, headings, quotations, lists, tables and pictures.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from pressgen.importer.draft import (
    Block,
    DraftHeading,
    DraftList,
    DraftListEntry,
    DraftParagraph,
    DraftPicture,
    DraftTable,
)
from pressgen.importer.manuscript import ParagraphKind, SourceParagraph
from pressgen.importer.paragraph_roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.importer.body_quotations import QuotationReader
    from pressgen.importer.paragraph_roles import Sorted

PRINTED = (Role.RULE, Role.PAGE, Role.EMBARGO, Role.IMMEDIATE, Role.FURNITURE)
RUNNING = (ParagraphKind.TEXT, ParagraphKind.BLOCK)
LONGEST_HEADING = 12
SIGNED = re.compile(r"[“\"«„][^“”\"«»„]{20,2000}[”\"»“]\s*[–—-]\s*[^\W\d_][^“”\"«»„]{2,160}")
DASHES, CLOSING_MARKS = ("-", "–", "—"), ("”", '"', "»", "“", "’")
TERMINAL = (".", ":", ",", ";", "!", "”", '"', "»")


def read_body(paras: Sequence[Sorted], quotations: QuotationReader) -> tuple[list[Block], list[SourceParagraph]]:
    """Read the blocks of the body, and lines the house prints itself."""
    taken = [para for para, role in paras if _is_printed(para, role)]
    kept = [(para, role) for para, role in paras if not _is_printed(para, role)]
    blocks: list[Block] = []
    running: list[SourceParagraph] = []
    for index, (para, _) in enumerate(kept):
        if (running and _is_signature(kept, index)) or _is_signed_speech(para):
            text = para.text if _is_signed_speech(para) else para.shown
            running.append(replace(para, text=text, kind=ParagraphKind.TEXT))
            continue
        if para.kind in RUNNING and not _is_heading(kept, index):
            running.append(para)
            continue
        blocks += quotations.blocks(running, len(blocks))
        running = []
        if not (para.kind is ParagraphKind.ITEM and index and kept[index - 1][0].kind is ParagraphKind.ITEM):
            blocks += _read_other_block(kept, index)
    return [*blocks, *quotations.blocks(running, len(blocks))], taken


def _is_printed(para: SourceParagraph, role: Role) -> bool:
    return role in PRINTED and not para.marker and para.kind is not ParagraphKind.HEADING


def _read_other_block(paras: Sequence[Sorted], index: int) -> Iterator[Block]:
    """Read the block that begins at `index`, if it is not prose."""
    para = paras[index][0]
    match para.kind:
        case ParagraphKind.ITEM:
            yield from _read_list(_take_entries(paras, index))
        case ParagraphKind.TABLE:
            yield DraftTable(para.rows, para.line)
        case ParagraphKind.PICTURE:
            yield DraftPicture(para.file, para.text, para.line)
        case _:
            yield DraftHeading(para.text, para.line)


def _is_signature(paras: Sequence[Sorted], index: int) -> bool:
    """Return whether an entry is a signature below speech: “— Name, role”."""
    para = paras[index][0]
    around = [each for each, _ in [*paras[index - 1 : index], *paras[index + 1 : index + 2]]]
    alone = all(each.kind is not ParagraphKind.ITEM for each in around)
    dashed = para.kind is ParagraphKind.ITEM and para.marker in DASHES
    return dashed and alone and around[0].text.endswith(CLOSING_MARKS)


def _is_signed_speech(para: SourceParagraph) -> bool:
    """Return whether a list entry is signed speech: “Words.” – Name."""
    return para.kind is ParagraphKind.ITEM and not para.ordered and SIGNED.fullmatch(para.text) is not None


def _is_heading(paras: Sequence[Sorted], index: int) -> bool:
    """Return whether a line is a heading.

    It is short, has no full stop, begins with a capital, and has text under it.
    """
    para, role = paras[index]
    if para.kind is ParagraphKind.HEADING:
        return True
    following = paras[index + 1] if index + 1 < len(paras) else None
    text = para.text
    return (
        role is Role.LINE and para.apart and following is not None
        and (following[1] is Role.PROSE or following[0].kind in (ParagraphKind.ITEM, ParagraphKind.TABLE))
        and len(text.split()) <= LONGEST_HEADING and not text.endswith(TERMINAL)
        and text[:1].isupper() and index > 0
    )  # fmt: skip


def _take_entries(paras: Sequence[Sorted], index: int) -> list[SourceParagraph]:
    return [para for para, _ in takewhile(lambda each: each[0].kind is ParagraphKind.ITEM, islice(paras, index, None))]


def _read_list(items: list[SourceParagraph]) -> Iterator[Block]:
    """Read a list, with nested lists by their indent.

    Numbers that do not count up from 1 stay in the text.
    """
    top = min(item.depth for item in items)
    numbers = [item.marker.strip("().[]:") for item in items if item.depth == top and item.ordered]
    counted = numbers == [str(number) for number in range(1, len(numbers) + 1)]
    if not counted or (len(items) == 1 and items[0].ordered):
        yield from map(_read_numbered_item, items)
    else:
        yield DraftList(tuple(_nest_entries(items, top)), items[0].ordered, items[0].line)


def _read_numbered_item(item: SourceParagraph) -> Block:
    """Read a single numbered entry, as a heading if it is short."""
    short = len(item.text.split()) <= LONGEST_HEADING and not item.text.endswith(TERMINAL)
    return DraftHeading(item.shown, item.line) if short else DraftParagraph(item.shown, item.line)


def _nest_entries(items: list[SourceParagraph], depth: int) -> list[DraftListEntry]:
    """Return the entries at `depth`, with nested ones below them.

    A list has two levels; deeper entries join the second.
    """
    found: list[DraftListEntry] = []
    for item in items:
        if item.depth > depth and found and item.marker != items[0].marker:
            last = found[-1]
            found[-1] = DraftListEntry(
                last.text, (*last.items, DraftListEntry(item.text)), last.ordered or item.ordered
            )
        else:
            found.append(DraftListEntry(item.text))
    return found
