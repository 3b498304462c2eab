"""Blocks as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from markupsafe import Markup

from pressgen.model.document import Heading, Note, Paragraph, Quotation
from pressgen.model.words import Field, Piece
from pressgen.render.markup import NOTHING, HtmlBlockRenderer
from render.documents import grid, leaf, piece, sample

if TYPE_CHECKING:
    from pressgen.model.document import Block

MARKING = HtmlBlockRenderer(
    {"visits": "n00001"}, lambda figure: Markup("<img alt='{}'>").format(figure.alt), NOTHING.format
)


def marked(*blocks: Block) -> str:
    return str(MARKING.blocks(blocks)).replace("\n", "")


def said(text: str, *, first: bool, last: bool) -> Quotation:
    return leaf(Quotation, f"q[{text}]", text, speaker="okafor", first=first, last=last)


def test_text_is_escaped() -> None:
    block = leaf(Paragraph, "body[0]", "R&D <5% “a” \"b\" 'c' </p> {{ x }} ]]>")

    assert (
        f'<p id="pg-{block.id}">R&amp;D &lt;5% “a” &#34;b&#34; &#39;c&#39; &lt;/p&gt; {{{{ x }}}} ]]&gt;</p>'
        == marked(block)
    )


def test_an_address_is_escaped() -> None:
    made = marked(leaf(Paragraph, "body[0]", piece("there", href='https://a.example/?a=1&b="2"')))

    assert '<a href="https://a.example/?a=1&amp;b=&#34;2&#34;">there</a>' in made


def test_a_link_never_holds_markup() -> None:
    """PDF/UA-1, 7.18.5: WeasyPrint hangs the annotation of such a link below the wrong element."""
    to = "https://a.example/"
    made = marked(
        leaf(Paragraph, "body[0]", piece("see ", href=to), piece("this", href=to, emphasis=True, strong=True))
    )

    assert f'<a href="{to}">see </a><strong><em><a href="{to}">this</a></em></strong>' in made


def test_pieces_of_one_dress_and_several_origins_make_one_link() -> None:
    to = "https://a.example/"
    fact = Piece(text="40", origin=Field("facts.n"), href=to)
    made = marked(leaf(Paragraph, "body[0]", piece("all ", href=to), fact, piece(" of them", href=to)))

    assert f'<a href="{to}">all 40 of them</a>' in made


def test_a_citation_leads_to_its_note() -> None:
    made = marked(leaf(Paragraph, "body[0]", "Yes", piece("1", note="visits"), piece("1", note="visits")))

    assert 'Yes<sup><a href="#pg-n00001">1</a></sup><sup><a href="#pg-n00001">1</a></sup>' in made


def test_paragraphs_of_one_quotation_stand_in_one_blockquote() -> None:
    made = marked(
        said("a", first=True, last=False), said("b", first=False, last=True), said("c", first=True, last=True)
    )

    assert made.count("<blockquote>") == 2
    assert made.index(">b<") < made.index("</blockquote>") < made.index(">c<")


def test_notes_make_one_numbered_list() -> None:
    made = marked(*(leaf(Note, f"notes[{n}]", f"Note {n}", key=f"n{n}", number=n) for n in (1, 2)))

    assert made.startswith('<ol class="notes"><li ')
    assert made.count("<ol") == 1
    assert made.count("<li") == 2


def test_a_list_that_does_not_begin_at_one_says_so() -> None:
    made = marked(leaf(Note, "notes[3]", "Third", key="n3", number=3))

    assert '<ol class="notes" start="3">' in made


def test_entries_below_an_entry_stand_inside_it_in_their_own_kind_of_list() -> None:
    made = marked(sample().body[6])

    assert made.count("<ol") == 2
    assert "first of all<ol>" in made
    assert "<li><p" not in made


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_heading_keeps_its_level(level: int) -> None:
    assert marked(leaf(Heading, "h", "Yes", level=level)).startswith(f"<h{level} ")


def test_a_table_heads_its_columns_and_rows() -> None:
    made = marked(grid("t", "What", [["Place", "Classes"], ["Northquay", "14"]]))

    assert '<th id="' in made
    assert made.count('scope="col"') == 2
    assert made.count('scope="row"') == 1
    assert "<caption id=" in made


def test_a_figure_that_comes_first_does_not_head_its_row() -> None:
    assert 'scope="row"' not in marked(grid("t", None, [["Classes", "Place"], ["14", "Northquay"]]))


def test_a_column_of_figures_is_dressed_as_one_with_its_head() -> None:
    made = marked(grid("t", None, [["Place", "Classes", "Word"], ["Northquay", "14", "x"], ["Saltmere", "9", "y"]]))

    assert made.count('class="numeric"') == 3


def test_a_rating_is_its_word_with_a_class() -> None:
    """Never colour alone (WCAG 2.2, 1.4.1)."""
    made = marked(grid("t", None, [["Area", "Rating"], ["Sea", "Weak"]], findings=True))

    assert 'class="rating rating-3">Weak</td>' in made
