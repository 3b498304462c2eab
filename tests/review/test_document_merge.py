"""Two versions in one Document: what it says of links, emphasis, styles and moves, and how it counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pressgen.model.document import Block, Document, Heading, Paragraph, Quotation
from pressgen.model.redline import ChangeKind, Redline, Side
from pressgen.model.words import GeneratedText, Piece
from pressgen.review.document_merge import merge_versions
from render.documents import leaf
from review.redlines import moved_over_a_table, versions

SIDES = Side("approved", ""), Side("now", "")


def merge(old: Document, new: Document) -> Redline:
    redline = merge_versions(old, new, SIDES, frozenset()).redline
    assert redline is not None
    return redline


def holding(*body: Block) -> Document:
    return replace(versions()[-1].new, body=body)


def list_notes(redline: Redline) -> list[str]:
    spans = [each for spans in redline.stretches.values() for each in spans if each.fate is ChangeKind.NOTE]
    return ["".join(piece.text for piece in each.words).strip() for each in spans]


@pytest.mark.parametrize(
    ("before", "after", "note", "summary"),
    [
        ({"href": "https://a.example"}, {"href": "https://b.example"}, "[link changed from https://a.example to"
         " https://b.example]", "changed: 1 link"),
        ({}, {"href": "https://b.example/ü"}, "[link to https://b.example/%C3%BC added]", "changed: 1 link"),
        ({"href": "https://a.example"}, {}, "[link to https://a.example removed]", "changed: 1 link"),
        ({}, {"strong": True}, "[bold added]", "changed: 1 emphasis"),
        ({"emphasis": True}, {}, "[italics removed]", "changed: 1 emphasis"),
    ],
)  # fmt: skip
def test_a_note_says_what_cannot_be_seen(
    before: dict[str, str], after: dict[str, str], note: str, summary: str
) -> None:
    plain = Piece(text="the report", origin=GeneratedText("test"))
    text = leaf(Paragraph, "body[0]", "")
    old, new = (replace(text, words=(replace(plain, **each),)) for each in (before, after))  # type: ignore[arg-type]

    redline = merge(holding(old), holding(new))

    assert list_notes(redline) == [note]
    assert str(redline.summary) == summary


def test_a_paragraph_that_became_a_heading_is_told() -> None:
    text, heading = leaf(Paragraph, "body[0]", "Boats"), leaf(Heading, "body[0]", "Boats", level=2)
    quotation = leaf(Quotation, "body[0]", "Boats", speaker="a", first=True, last=True)

    assert list_notes(merge(holding(text), holding(heading))) == ["[was a paragraph]"]
    assert list_notes(merge(holding(heading), holding(text))) == ["[was a heading of level 2]"]
    assert list_notes(merge(holding(quotation), holding(heading))) == ["[was a quotation]"]


def test_a_paragraph_that_moves_over_a_table_is_moved_and_the_changed_figure_is_counted() -> None:
    one = moved_over_a_table()

    redline = merge(one.old, one.new)

    assert sorted(redline.moved.values()) == ["moved from 10", "moved to 10"]
    assert str(redline.summary) == "2 words put in, 8 struck, 13 moved; changed: 1 table"


def test_two_equal_versions_have_no_difference() -> None:
    document = versions()[-1].new

    assert str(merge(document, document).summary) == "no printed word differs"
