from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from pressgen.model.document import Document, Figure, Paragraph, iter_leaves
from pressgen.model.redline import ChangeKind, Redline, Side
from pressgen.model.words import to_plain_text
from pressgen.review.document_merge import merge_versions
from review.redlines import played, versions

SIDES = Side("approved", "by Jo Reed"), Side("now", "")
ASIDE = ("alt-", "rows-")
"""How the ids of texts begin that only a redline has."""


def both(old: Document, new: Document) -> tuple[Document, Redline]:
    found = merge_versions(old, new, SIDES, frozenset())
    assert found.redline
    return found, found.redline


def texts(document: Document, without: ChangeKind) -> list[str]:
    """What a redline says without what went, or without what came; its notes are in neither version."""
    moved = ChangeKind.MOVED_AWAY if without is ChangeKind.GONE else ChangeKind.MOVED_HERE
    left_out = {without, moved, ChangeKind.NOTE}
    redline = document.redline
    assert redline
    found = []
    for leaf in iter_leaves(document.blocks):
        stretches = redline.stretches.get(leaf.id)
        kept = [each for each in stretches or () if each.fate not in left_out]
        text = str(leaf) if stretches is None else "".join(to_plain_text(each.words) for each in kept)
        if text and not leaf.id.startswith(ASIDE):
            found.append(text)
    return found


def said(document: Document) -> list[str]:
    return [text for leaf in iter_leaves(document.blocks) if (text := str(leaf))]


@pytest.mark.parametrize("number", range(40))
def test_both_versions_can_be_read_from_a_redline(number: int) -> None:
    """A redline that lost a word would hide a change."""
    one = played(number)
    found, _ = both(one.old, one.new)

    assert Counter(texts(found, ChangeKind.GONE)) == Counter(said(one.new))
    assert Counter(texts(found, ChangeKind.COME)) == Counter(said(one.old))


@pytest.mark.parametrize("number", range(40))
def test_every_block_has_an_id_of_its_own(number: int) -> None:
    one = played(number)
    found, _ = both(one.old, one.new)
    ids = [leaf.id for leaf in iter_leaves(found.blocks)]

    assert len(ids) == len(set(ids))


def test_a_version_against_itself_has_no_change() -> None:
    for one in versions():
        found, redline = both(one.old, one.old)
        assert (redline.stretches, redline.pictures) == ({}, {})
        assert said(found) == said(one.old)


def test_a_picture_of_other_bytes_went_and_came() -> None:
    one = versions()[-1]
    (figure,) = [each for each in one.old.body if isinstance(each, Figure) and not each.decorative]
    found = merge_versions(one.old, one.new, SIDES, frozenset({figure.file}))
    shown = [each for each in found.body if isinstance(each, Figure) and not each.decorative]

    assert found.redline
    assert [each.file for each in shown] == [f"old/{figure.file}", figure.file]
    assert [found.redline.pictures[each.id] for each in shown] == [ChangeKind.GONE, ChangeKind.COME]


def test_a_paragraph_that_moved_is_told_at_both_places() -> None:
    one = versions()[-1]
    first, *rest = one.old.body
    found, redline = both(one.old, replace(one.new, body=(*rest, replace(first, path="body[15]"))))
    moved = {text: where for text in found.body if (where := redline.moved.get(text.id))}

    assert {str(text) for text in moved if isinstance(text, Paragraph)} == {str(first)}
    assert list(moved.values()) == ["moved to 16", "moved from 1"]
