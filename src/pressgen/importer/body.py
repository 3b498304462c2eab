"""The text between headline and end mark: paragraphs, headings, quotations, lists, tables, pictures."""

from __future__ import annotations

from itertools import islice, takewhile
from typing import TYPE_CHECKING

from pressgen.importer.draft import Block, Entry, Heading, Listing, Paragraph, Picture, Table
from pressgen.importer.manuscript import Kind, Para
from pressgen.importer.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.importer.front import Sorted
    from pressgen.importer.quotations import Quotations

PRINTED = (Role.RULE, Role.PAGE, Role.EMBARGO, Role.IMMEDIATE)
RUNNING = (Kind.TEXT, Kind.BLOCK)
LONGEST_HEADING = 12
TERMINAL = (".", ":", ",", ";", "!", "”", '"', "»")


def read_body(paras: Sequence[Sorted], quotations: Quotations) -> tuple[list[Block], list[Para]]:
    """The blocks of the text, and what the house prints by itself, such as page numbers."""
    taken = [para for para, role in paras if role in PRINTED and not para.marker]
    kept = [(para, role) for para, role in paras if role not in PRINTED or para.marker]
    blocks: list[Block] = []
    running: list[Para] = []
    for index, (para, _) in enumerate(kept):
        if para.kind in RUNNING and not _heads(kept, index):
            running.append(para)
            continue
        blocks += quotations.blocks(running, len(blocks))
        running = []
        if not (para.kind is Kind.ITEM and index and kept[index - 1][0].kind is Kind.ITEM):
            blocks += _other(kept, index)
    return [*blocks, *quotations.blocks(running, len(blocks))], taken


def _other(paras: Sequence[Sorted], index: int) -> Iterator[Block]:
    """What begins at `index`, where there is no running text."""
    para = paras[index][0]
    match para.kind:
        case Kind.ITEM:
            yield from _listed(_run(paras, index))
        case Kind.TABLE:
            yield Table(para.rows, para.line)
        case Kind.PICTURE:
            yield Picture(para.file, para.text, para.line)
        case _:
            yield Heading(para.text, para.line)


def _heads(paras: Sequence[Sorted], index: int) -> bool:
    """Whether a line is a heading: short, without a stop, a capital first, and with text under it."""
    para, role = paras[index]
    if para.kind is Kind.HEADING:
        return True
    following = paras[index + 1] if index + 1 < len(paras) else None
    text = para.text
    return (
        role is Role.LINE and para.apart and following is not None
        and (following[1] is Role.PROSE or following[0].kind in (Kind.ITEM, Kind.TABLE))
        and len(text.split()) <= LONGEST_HEADING and not text.endswith(TERMINAL)
        and text[:1].isupper() and index > 0
    )  # fmt: skip


def _run(paras: Sequence[Sorted], index: int) -> list[Para]:
    """The entries that stand one after the other from `index` on."""
    return [para for para, _ in takewhile(lambda each: each[0].kind is Kind.ITEM, islice(paras, index, None))]


def _listed(items: list[Para]) -> Iterator[Block]:
    """A list, with lists within it by their indent; numbers that do not count up from 1 stay in the text."""
    top = min(item.depth for item in items)
    numbers = [item.marker.strip("().[]:") for item in items if item.depth == top and item.ordered]
    counted = numbers == [str(number) for number in range(1, len(numbers) + 1)]
    if not counted or (len(items) == 1 and items[0].ordered):
        yield from map(_numbered, items)
    else:
        yield Listing(tuple(_entries(items, top)), items[0].ordered, items[0].line)


def _numbered(item: Para) -> Block:
    """An entry by itself, with its number: a heading where it is short and has no stop."""
    short = len(item.text.split()) <= LONGEST_HEADING and not item.text.endswith(TERMINAL)
    return Heading(item.shown, item.line) if short else Paragraph(item.shown, item.line)


def _entries(items: list[Para], depth: int) -> list[Entry]:
    """The entries at `depth` with those further in below them; a list has two levels, deeper ones join the second."""
    found: list[Entry] = []
    for item in items:
        if item.depth > depth and found and item.marker != items[0].marker:
            last = found[-1]
            found[-1] = Entry(last.text, (*last.items, Entry(item.text)), last.ordered or item.ordered)
        else:
            found.append(Entry(item.text))
    return found
