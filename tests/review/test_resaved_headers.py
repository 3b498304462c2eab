"""A program that saves a review copy writes headers anew; that is no change by anybody."""

from __future__ import annotations

from lxml import etree

from pressgen.model.export import ExportedBlock
from pressgen.model.proposal import Proposal, ProposalKind
from pressgen.model.words import Piece, Source
from pressgen.review.inventory_styles import StyleTable
from pressgen.review.resaved_headers import drop_resaved_headers

LINE = "EMBARGOED UNTIL NOON"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def block(text: str, part: str, ident: str = "") -> ExportedBlock:
    words = (Piece(text=text, origin=Source("template", 0, len(text))),)
    return ExportedBlock(id=ident, path="template", kind="paragraph", part=part, words=words)


BLOCKS = [block(LINE, "header"), block("Harbour Board", "header"), block("News release", "body")]


def deleted(number: int, *, tracked: bool = False) -> Proposal:
    text = BLOCKS[number].text
    return Proposal(kind=ProposalKind.DELETE, path="template", block=number, before=text, tracked=tracked)


def moved(number: int) -> Proposal:
    return Proposal(kind=ProposalKind.MOVE, path="template", block=number)


def boxed(text: str) -> Proposal:
    return Proposal(kind=ProposalKind.UNMAPPED, after=text, mark="text box")


def left(*proposals: Proposal) -> list[Proposal]:
    return drop_resaved_headers(BLOCKS, proposals)


def test_a_line_of_a_header_that_became_a_text_box_is_no_change() -> None:
    assert left(deleted(0), moved(1), boxed(LINE)) == []


def test_a_line_that_is_gone_or_was_typed_again_with_other_words_is_listed() -> None:
    assert left(deleted(0)) == [deleted(0)]
    assert left(deleted(0), boxed(f"{LINE}!")) == [deleted(0), boxed(f"{LINE}!")]


def test_each_text_box_stands_for_one_line() -> None:
    assert left(deleted(0), boxed(LINE), boxed(LINE)) == [boxed(LINE)]
    assert left(deleted(0), deleted(0), boxed(LINE)) == [deleted(0)]


def test_what_somebody_did_and_what_is_in_the_text_stays() -> None:
    for each in (deleted(0, tracked=True), deleted(2), moved(2)):
        assert left(each, boxed(each.before)) == [each, boxed(each.before)]


def styled(numbering: str) -> tuple[int, bool]:
    """The level in a list of a text in a style with numbering properties."""
    styles = f'<w:styles {W}><w:style w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
    style = f'<w:style w:styleId="Sub">{numbering}</w:style></w:styles>'
    table = StyleTable(etree.fromstring(styles + style), None)
    return table.find_list(etree.fromstring(f'<w:pPr {W}><w:pStyle w:val="Sub"/></w:pPr>'))


def test_a_style_with_a_level_but_no_list_is_in_no_list() -> None:
    level = '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>'
    assert styled(level) == (0, False)
    assert styled(f'<w:basedOn w:val="Base"/>{level}') == (2, False)
    assert styled(level.replace("</w:numPr>", '<w:numId w:val="0"/></w:numPr>')) == (0, False)
