"""The release as a Word file: every block in its style, marked, linked, numbered by Word."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressgen.errors import InputError
from pressgen.model.document import Document, Heading, Item, Listing, Note, Paragraph, iter_leaves
from pressgen.render import word
from pressgen.word.text import read_blocks, read_paragraphs
from render.documents import MEDIA, folder, leaf, public, sample
from render.word_files import HOUSES, made, of_house
from word.maker import W, docx, p, pack, part, texts, unpack

R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def styles_of(data: bytes) -> list[tuple[str, str]]:
    """The style and the text of each paragraph of the body."""
    styles = [node.find(f"{W}pPr/{W}pStyle") for node in part(data).iter(W + "p")]
    return [
        ("" if node is None else str(node.get(W + "val")), text) for node, text in zip(styles, texts(data), strict=True)
    ]


@pytest.mark.parametrize("house", HOUSES)
@pytest.mark.parametrize("twin", [sample, lambda: public(sample())])
def test_every_leaf_stands_between_the_ends_of_its_own_bookmark(house: str, twin: type[Document]) -> None:
    document = twin()
    data = made(document, house)
    assert read_blocks(data) == {block.id: str(block) for block in iter_leaves(document.blocks)}
    assert not list(part(data).iter(W + "sdt"))


def test_the_text_is_that_of_the_document_in_its_order() -> None:
    read = [text for text in read_paragraphs(made()) if text]
    assert read == [str(block) for block in iter_leaves(sample().blocks)]


def test_each_kind_of_block_is_set_in_its_style() -> None:
    found = {text: style for style, text in styles_of(made())}
    for text, style in {
        "EMBARGOED until 00:01 on Wednesday 12 March 2031": "Banner",
        "Harbour schools teach navigation well, but too few girls take part": "Heading1",
        "“But a girl who asks for the tiller should be given it.”": "Quote",
        "What inspectors found": "Heading2",
        "Figures at a glance": "Heading3",
        "Rating": "TableHeading",
        "Sound": "TableRating",
        "One pupil in five is a girl.": "TableText",
        "How the inspectorate rates the service": "Caption",
        "an instructor in every class;": "ListNumber",
        "girls;": "ListNumber2",
        "Boats are sound": "ListBullet",
        "oars less so": "ListBullet2",
        "A second visit2 follows.": "BodyText",
        "ENDS": "EndMark",
        "Inspectors visited in January 2031.": "Note",
        "press@harbour.example": "Contact",
    }.items():
        assert found[text] == style


def test_the_public_twin_has_neither_banner_nor_a_blank_in_its_place() -> None:
    data = made(public(sample()))
    assert [text for text in texts(data) if not text] == ["", ""]  # the two pictures
    assert texts(data)[0] == str(sample().headline)
    assert not [name for name, xml in unpack(data).items() if b"EMBARGOED" in xml]


def test_every_page_of_the_embargoed_twin_carries_the_banner() -> None:
    parts = unpack(made())
    for name in ("word/header1.xml", "word/header2.xml"):
        assert b"EMBARGOED until" in parts[name]


def test_each_numbered_list_begins_at_one_and_notes_are_numbered_by_word() -> None:
    item = Listing(id="lq0001", path="body[0]", ordered=True, items=(leaf(Item, "i", "x"),))
    other = replace(item, items=(leaf(Item, "j", "y"),))
    note = leaf(Note, "notes[a].text", "n", key="a", number=1)
    data = made(sample(body=(item, leaf(Paragraph, "p", "between"), other), notes=(note,)))
    numbers = [str(node.get(W + "val")) for node in part(data).iter(W + "numId")]
    assert len(set(numbers)) == 3
    for number in numbers:
        num = next(each for each in part(data, "word/numbering.xml") if each.get(W + "numId") == number)
        start = num.find(f"{W}lvlOverride/{W}startOverride")
        assert start is not None
        assert start.get(W + "val") == "1"


def test_a_list_of_four_levels_is_refused_with_its_path() -> None:
    deepest = leaf(Item, "body[0].list.items[0].items[0].items[0].items[0]", "d")
    third = leaf(Item, "c", "c", items=(deepest,))
    first = leaf(Item, "a", "a", items=(leaf(Item, "b", "b", items=(third,)),))
    with pytest.raises(InputError, match=r"W15 .*items\[0\]: a list goes 3 levels deep") as caught:
        made(sample(body=(Listing(id="lq0001", path="body[0].list", ordered=False, items=(first,)),)))
    assert caught.value.problems[0].path == deepest.path


def test_a_citation_leads_to_its_note_and_stands_above_the_line() -> None:
    root = part(made())
    note = next(each for each in sample().notes if each.key == "visits")
    link = next(each for each in root.iter(W + "hyperlink") if each.get(W + "anchor") == f"_pg_{note.id}")
    assert "".join(link.itertext()) == "1"
    assert link.find(f"{W}r/{W}rPr/{W}rStyle").get(W + "val") == "NoteCitation"  # type: ignore[union-attr]


def test_a_note_leads_back_to_what_cites_it_first_by_an_arrow_without_a_word() -> None:
    root = part(made())
    first, second = sample().notes
    citing = {
        note.id: next(leaf for leaf in iter_leaves(sample().blocks) if any(p.note == note.key for p in leaf.words))
        for note in (first, second)
    }
    for paragraph in root.iter(W + "p"):
        marks = {str(node.get(W + "name")).removeprefix("_pg_") for node in paragraph.iter(W + "bookmarkStart")}
        for ident in marks & citing.keys():
            *_, link = paragraph.iter(W + "hyperlink")
            [about] = link.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
            assert link.get(W + "anchor") == f"_pg_{citing.pop(ident).id}"
            assert str(about.get("descr")).startswith("↩ ")
            assert "".join(link.itertext()) == ""
    assert citing == {}


def test_a_note_that_nothing_cites_leads_nowhere() -> None:
    note = leaf(Note, "notes[a].text", "n", key="a", number=1)
    root = part(made(sample(body=(leaf(Paragraph, "p", "x"),), notes=(note,))))
    assert not [each for each in root.iter(W + "hyperlink") if each.get(W + "anchor")]


def test_a_note_whose_citation_the_template_does_not_print_has_no_arrow() -> None:
    files = {"release.docx": docx(p("{{ notes }}"))}
    root = part(word.render(sample(), folder(files), MEDIA).content)
    assert not [*root.iter(W + "drawing")]


def test_a_citation_of_a_note_that_the_template_does_not_print_is_plain_text() -> None:
    files = {"release.docx": docx(p("{{ body }}"))}
    root = part(word.render(sample(), folder(files), MEDIA).content)
    assert not [each for each in root.iter(W + "hyperlink") if each.get(W + "anchor")]
    assert "almost 40 classes1" in "".join(root.itertext())


def test_links_are_relationships_to_the_addresses_as_typed() -> None:
    data = made()
    targets = {rel.get("Id"): rel.get("Target") for rel in part(data, "word/_rels/document.xml.rels")}
    linked = {"".join(each.itertext()): targets.get(each.get(R_ID)) for each in part(data).iter(W + "hyperlink")}
    assert linked["the report"] == "https://harbour.example/report?a=1&b=2"
    assert linked["01632 960 114"] == "tel:+441632960114"
    assert linked["press@harbour.example"] == "mailto:press@harbour.example"


def test_a_table_has_a_header_row_that_is_repeated_and_rows_that_are_not_divided() -> None:
    findings = next(part(made()).iter(W + "tbl"))
    first, *others = findings.iter(W + "tr")
    assert first.find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in (first, *others))
    assert not [row for row in others if row.find(f"{W}trPr/{W}tblHeader") is not None]
    assert findings.find(f"{W}tblPr/{W}tblCaption").get(W + "val") == "How the inspectorate rates the service"  # type: ignore[union-attr]
    assert findings.find(f"{W}tblPr/{W}tblDescription").get(W + "val") == "Area; Rating; Why"  # type: ignore[union-attr]


def test_figures_in_a_table_and_their_headings_are_flush_right() -> None:
    _, numbers = part(made()).iter(W + "tbl")
    right = ["".join(cell.itertext()) for cell in numbers.iter(W + "tc") if cell.find(f".//{W}jc") is not None]
    assert right == ["Classes", "Trained", "14", "9", "25", "11"]


def test_the_end_mark_takes_the_last_words_with_it_to_the_next_page() -> None:
    for before, mark in pairwise(part(made()).iter(W + "p")):
        style = mark.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(W + "val") == "EndMark":
            assert before.find(f"{W}pPr/{W}keepNext") is not None
            return
    pytest.fail("there is no end mark")


def test_the_template_must_have_every_style_whether_or_not_a_release_needs_it() -> None:
    template = unpack(of_house()["release.docx"])
    template["word/styles.xml"] = template["word/styles.xml"].replace(b'"End Mark"', b'"Ending"')
    house = folder({"release.docx": pack(template)})
    assert [problem.code for problem in word.check_template(house, ["x"])].count("W09") == 1
    with pytest.raises(InputError, match="W09 is missing the style “End Mark”"):
        word.render(sample(end=None), house, MEDIA)


def test_a_house_without_a_word_template_is_told_so() -> None:
    found = word.check_template(folder({}), [])
    assert [str(problem) for problem in found] == [
        "templates/harbour/release.docx: W01 is missing; copy it from another house and change it in Word"
    ]


@settings(max_examples=30, deadline=None)
@given(st.sampled_from("\0\x08\x0b\x1f\r\ufffe\ud800"))
def test_a_character_that_no_word_file_holds_is_refused_with_its_path(bad: str) -> None:
    with pytest.raises(InputError) as caught:
        made(sample(headline=leaf(Heading, "headline", f"a{bad}b", level=1)))
    assert [(problem.code, problem.path) for problem in caught.value.problems] == [("W12", "headline")]
