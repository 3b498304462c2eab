"""What an inventory counts in a returned file is proposed, unchanged, or listed with its words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache

import pytest

from machine import ROOT
from pressgen.actions.workspace.folder import Workspace
from pressgen.model.proposal import Proposal, ProposalKind
from pressgen.review.inventory import count_word_file
from pressgen.review.inventory_comparison import InventoryPair, add_unlisted
from pressgen.review.word_proposals import propose_from_word
from pressgen.review.word_reader import read_word_document
from review.copies import Copy, copies_of
from word.strictly import make_strict

BODY, RELS = "word/document.xml", "word/_rels/document.xml.rels"
SHADE = "Where trees covered at least half"
BOX = (
    '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>{}</w:txbxContent>'
    "</v:textbox></v:shape></w:pict></w:r>"
)
MATH = (
    '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>{}</m:t></m:r></m:oMath>'
)
BY = 'w:id="900" w:author="Ann Editor" w:date="2026-11-20T10:00:00Z"'
Parts = dict[str, str]


@cache
def copy() -> Copy:
    """A review copy with a table, a chart, quotations, lists, notes and a link."""
    (found,) = copies_of(Workspace(ROOT), ROOT / "releases" / "warm-rivers")
    return found


def changed(edit: Callable[[Parts], None], *, strict: bool = False) -> bytes:
    """The copy with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(copy().content)) as archive:
        raw = {name: archive.read(name) for name in archive.namelist()}
    parts = {name: part.decode() for name, part in raw.items() if name.endswith((".xml", ".rels"))}
    edit(parts)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in raw | parts:
            archive.writestr(name, parts[name] if name in parts else raw[name])
    return make_strict(made.getvalue()) if strict else made.getvalue()


def told(data: bytes) -> list[Proposal]:
    """What a returned file proposes."""
    file = read_word_document(data, "in.docx")
    found = propose_from_word(copy().blocks, file)
    return add_unlisted(found, InventoryPair(count_word_file(copy().content), count_word_file(data)), copy().blocks)


def put_in(words: str, new: str) -> Callable[[Parts], None]:
    """An edit: XML after the run that begins with some words."""

    def edit(parts: Parts) -> None:
        at = parts[BODY].index("</w:r>", parts[BODY].index(f">{words}")) + len("</w:r>")
        parts[BODY] = parts[BODY][:at] + new + parts[BODY][at:]

    return edit


def swap(part: str, old: str, new: str) -> Callable[[Parts], None]:
    """An edit: other XML for some of a part."""

    def edit(parts: Parts) -> None:
        assert old in parts[part]
        parts[part] = parts[part].replace(old, new, 1)

    return edit


def relate(kind: str, target: str, *, external: bool = False) -> Callable[[Parts], None]:
    mode = ' TargetMode="External"' if external else ""
    names = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return swap(
        RELS, "</Relationships>",
        f'<Relationship Id="new1" Type="{names}/{kind}" Target="{target}"{mode}/></Relationships>',
    )  # fmt: skip


def both(*edits: Callable[[Parts], None]) -> Callable[[Parts], None]:
    def edit(parts: Parts) -> None:
        for each in edits:
            each(parts)

    return edit


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def add_part(name: str, content: str) -> Callable[[Parts], None]:
    return lambda parts: parts.update({name: content})


def test_a_copy_that_nobody_changed_proposes_nothing() -> None:
    assert told(copy().content) == []


APART = {
    "a text box": (put_in(SHADE, BOX.format(paragraph("Hold this."))), "text box", "Hold this."),
    "a text box put in with tracking": (
        put_in(SHADE, f"<w:ins {BY}>{BOX.format(paragraph('Hold this.'))}</w:ins>"), "text box", "Hold this.",
    ),
    "a table within a text box": (
        put_in(SHADE, BOX.format(f"<w:tbl><w:tr><w:tc>{paragraph('Hold')}</w:tc></w:tr></w:tbl>")), "text box", "Hold",
    ),
    "a text box of an unknown kind within a content control": (
        put_in(SHADE, f"<w:sdt><w:sdtContent>{BOX.format(paragraph('Hold this.'))}</w:sdtContent></w:sdt>"),
        "text box", "Hold this.",
    ),
    "an alternative that only old programs show": (
        put_in(SHADE, "<w:r><mc:AlternateContent><mc:Choice Requires='wps'/><mc:Fallback>"
               f"{BOX.format(paragraph('Hold this.'))}</mc:Fallback></mc:AlternateContent></w:r>"),
        "text box", "Hold this.",
    ),
    "an equation": (put_in(SHADE, MATH.format("T = 1.94")), "equation", "T = 1.94"),
    "an equation within a link": (
        put_in(SHADE, f"<w:hyperlink w:anchor='x'>{MATH.format('k')}</w:hyperlink>"), "equation", "k",
    ),
    "a symbol": (put_in(SHADE, '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>'), "symbol", "Wingdings F0E0"),
    "an inserted web page": (
        both(put_in(SHADE, '<w:altChunk r:id="new1"/>'), relate("aFChunk", "chunk.html"),
             add_part("word/chunk.html", "<p>From <b>elsewhere</b></p>")),
        "inserted file", "From elsewhere",
    ),
    "the description of a table": (
        swap(BODY, "<w:tblPr>", "<w:tblPr><w:tblDescription w:val='What streams gain'/>"),
        "table description", "What streams gain",
    ),
    "a chart": (
        both(relate("chart", "charts/chart1.xml"),
             add_part("word/charts/chart1.xml", "<chartSpace xmlns='c'><v>Deaths in 2025</v></chartSpace>")),
        "chart", "Deaths in 2025",
    ),
    "a diagram": (
        both(relate("diagramData", "diagrams/data1.xml"),
             add_part("word/diagrams/data1.xml", "<dataModel xmlns='d'><t>Chief</t></dataModel>")),
        "diagram", "Chief",
    ),
}  # fmt: skip


@pytest.mark.parametrize("strict", [False, True], ids=["transitional", "strict"])
@pytest.mark.parametrize(("edit", "place", "words"), APART.values(), ids=APART)
def test_what_the_reader_passes_by_is_listed_with_its_words(
    edit: Callable[[Parts], None], place: str, words: str, *, strict: bool
) -> None:
    (found,) = told(changed(edit, strict=strict))

    assert (found.kind, found.mark, found.after) == (ProposalKind.UNMAPPED, place, words)


def test_a_text_box_is_listed_at_the_paragraph_it_stands_in() -> None:
    (found,) = told(changed(put_in(SHADE, BOX.format(paragraph("Hold this.")))))

    assert found.path == "body[5]"


def test_a_paragraph_whose_end_is_struck_is_counted_at_the_end_of_its_part() -> None:
    def strike(parts: Parts) -> None:
        at = parts[BODY].rindex("<w:sectPr")
        mark = f"<w:pPr><w:rPr><w:del {BY}/></w:rPr></w:pPr>"
        last = f"<w:p>{mark}<w:r><w:t>Hold this.</w:t></w:r></w:p>"
        parts[BODY] = parts[BODY][:at] + last + parts[BODY][at:]

    assert "Hold this." in [each.text for each in count_word_file(changed(strike)).texts]


def test_words_struck_in_a_text_box_are_listed() -> None:
    struck = f"<w:p><w:del {BY}><w:r><w:delText>Hold this.</w:delText></w:r></w:del></w:p>"

    found = told(changed(put_in(SHADE, BOX.format(struck))))

    assert [(each.before, each.mark) for each in found] == [("Hold this.", "text box")]


LINK = "https://data.ashgrove.example/streams"
RUN = "<w:r>{}<w:t>treated wastewater</w:t></w:r>"
SPLIT = "</w:t></w:r>{}<w:r><w:t xml:space='preserve'>"


def marked(properties: str) -> Callable[[Parts], None]:
    """An edit: other formatting of two words."""
    return swap(BODY, "treated wastewater", SPLIT.format(RUN.format(f"<w:rPr>{properties}</w:rPr>")))


LEAN = (
    "<w:style w:type='character' w:styleId='Leaning'><w:rPr><w:i/></w:rPr></w:style>"
    "<w:style w:type='character' w:styleId='Lean'><w:basedOn w:val='Leaning'/></w:style></w:styles>"
)
MARKUP = {
    "another address": (
        swap(RELS, LINK, "https://other.example"), "link",
        f"[full data set]({LINK})", "[full data set](https://other.example)",
    ),
    "a link by a field": (
        swap(BODY, "treated wastewater", SPLIT.format(
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> HYPERLINK &quot;https://a.example&quot; "
            "</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>" + RUN.format("")
            + "<w:r><w:fldChar w:fldCharType='end'/></w:r>")),
        "link", "treated wastewater", "[treated wastewater](https://a.example)",
    ),
    "a link by a simple field": (
        swap(BODY, "treated wastewater", SPLIT.format(
            f"<w:fldSimple w:instr='HYPERLINK https://a.example'>{RUN.format('')}</w:fldSimple>")),
        "link", "treated wastewater", "[treated wastewater](https://a.example)",
    ),
    "italics": (marked("<w:i/>"), "italics", "treated wastewater", "*treated wastewater*"),
    "bold": (marked("<w:b w:val='on'/>"), "bold", "treated wastewater", "**treated wastewater**"),
    "italics by a style": (
        both(marked("<w:rStyle w:val='Lean'/>"), swap("word/styles.xml", "</w:styles>", LEAN)),
        "italics", "treated wastewater", "*treated wastewater*",
    ),
    "no italics any more": (
        swap(BODY, '<w:i w:val="1"/>', ""),
        "italics", "*Journal of Stream Temperature*", "Journal of Stream Temperature",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "mark", "before", "after"), MARKUP.values(), ids=MARKUP)
def test_other_markup_of_the_same_words_is_told_old_and_new(
    edit: Callable[[Parts], None], mark: str, before: str, after: str
) -> None:
    (found,) = told(changed(edit))

    assert (found.kind, found.mark, found.before, found.after) == (ProposalKind.MARKUP, mark, before, after)


def test_other_markup_is_told_where_its_words_stand() -> None:
    (found,) = told(changed(marked("<w:i/>")))

    block = copy().blocks[found.block]
    assert (found.path, block.text[found.start : found.end]) == ("body[5]", "treated wastewater")


@pytest.mark.parametrize(
    "properties", ["<w:color w:val='FF0000'/>", "<w:b w:val='0'/>", "<w:i w:val='false'/>", "<w:lang w:val='cy'/>"]
)
def test_formatting_that_changes_no_emphasis_is_nothing(properties: str) -> None:
    assert told(changed(marked(properties))) == []


def test_another_heading_level_is_told() -> None:
    (found,) = told(changed(swap(BODY, '<w:pStyle w:val="Heading2"/>', '<w:pStyle w:val="Heading3"/>')))

    assert found.mark == "heading"
    assert (found.before, found.after) == ("Shade is worth a decade (heading 2)", "Shade is worth a decade (heading 3)")


def test_another_list_level_is_told() -> None:
    (found,) = told(changed(swap(BODY, '<w:pStyle w:val="ListBullet2"/>', '<w:pStyle w:val="ListBullet"/>')))

    assert (found.mark, found.before, found.after) == (
        "list", "black willow and sycamore on wet ground (list, level 2)",
        "black willow and sycamore on wet ground (list, level 1)",
    )  # fmt: skip


def test_another_alternative_text_is_told() -> None:
    def edit(parts: Parts) -> None:
        start = parts[BODY].index('descr="Warming') + len('descr="')
        parts[BODY] = parts[BODY][:start] + "A graph" + parts[BODY][parts[BODY].index('"', start) :]

    (found,) = told(changed(edit))

    assert (found.mark, found.before[:7], found.after) == ("alternative text", "Warming", "A graph")


def test_new_italics_in_words_that_change_too_are_told_apart() -> None:
    found = told(changed(both(marked("<w:i/>"), swap(BODY, "Where trees covered", "Where shrubs covered"))))

    assert sorted((each.kind.value, each.mark, each.after) for each in found) == [
        ("edit", "", "shrubs"), ("markup", "italics", "*treated wastewater*"),
    ]  # fmt: skip


def test_words_typed_within_a_link_are_no_new_link() -> None:
    found = told(changed(swap(BODY, "full data set", "full and free data set")))

    assert [(each.kind, each.after) for each in found] == [(ProposalKind.EDIT, " and free")]


def test_a_computed_page_number_is_not_counted() -> None:
    begin, separate, end = (f"<w:r><w:fldChar w:fldCharType='{each}'/></w:r>" for each in ("begin", "separate", "end"))
    field = f"{begin}<w:r><w:instrText> PAGE </w:instrText></w:r>{separate}<w:r><w:t>7</w:t></w:r>{end}"

    assert told(changed(put_in(SHADE, field))) == []
