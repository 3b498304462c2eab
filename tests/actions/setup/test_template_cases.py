"""Word templates with one thing changed: a template check finds what a build would find."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from actions.setup.template_edits import (
    BODY,
    FIRST,
    FOOTER,
    HEADER,
    SETTINGS,
    STYLES,
    W,
    add_part,
    build_word,
    check,
    edit_word_file,
    lay_out,
    read_part,
    swap,
)
from actions.setup.template_edits import HOUSE as INSPECTORATE
from machine import need_shared
from pressgen.actions.setup.template import check_house
from pressgen.model.artifact import Variant

if TYPE_CHECKING:
    from pathlib import Path

    from actions.setup.template_edits import Edit

FULL = 11906 - 2 * 1588
"""The width of the text of the house's pages, in twentieths of a point."""
BANNER = "<w:p><w:r><w:t>{{ banner_line }}</w:t></w:r></w:p>"
OTHER = "<w:p><w:r><w:t>Forestry Board</w:t></w:r></w:p>"
BODY_TAG = '<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr><w:r><w:t xml:space="preserve">{{ body }}</w:t></w:r></w:p>'
END = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
SIZE = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1531" w:right="1588" w:bottom="1474" w:left="1588"/>'
TRACKED = '<w:{0}Change w:id="7" w:author="Petra Quill" w:date="2026-01-02T10:00:00Z"><w:{0}/></w:{0}Change>'
HEADLINE = (
    '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t xml:space="preserve">{{ headline }}</w:t></w:r></w:p>'
)


def section(references: str = "", more: str = "") -> str:
    """A paragraph that ends a section."""
    return f"<w:p><w:pPr><w:sectPr>{references}{SIZE}{more}</w:sectPr></w:pPr></w:p>"


def grid(*cells: str, borders: str = "", width: int = 3000) -> str:
    """A table of two rows and two columns."""
    dressed = [f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>' for cell in cells]
    rows = "".join(f"<w:tr>{one}{two}</w:tr>" for one, two in zip(dressed[::2], dressed[1::2], strict=True))
    column = f'<w:gridCol w:w="{width}"/>'
    props = f'<w:tblPr><w:tblW w:w="0" w:type="auto"/>{borders}</w:tblPr>'
    return f"<w:tbl>{props}<w:tblGrid>{column}{column}</w:tblGrid>{rows}</w:tbl>"


def text_box(inner: str) -> str:
    """A paragraph with a text box in it."""
    return (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<wp:extent cx="4000000" cy="400000"/><wp:docPr id="9" name="Box"/><a:graphic><a:graphicData'
        ' uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx><w:txbxContent>'
        f"{inner}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def replace_header(content: str, part: str = HEADER) -> Edit:
    """Put other content into a header."""

    def edit(parts: dict[str, str]) -> None:
        parts[part] = re.sub(r"(<w:hdr[^>]*>).*(</w:hdr>)", lambda found: found[1] + content + found[2], parts[part])

    return edit


def append_section(references: str, kind: str = "continuous", *, in_control: bool = False) -> Edit:
    """Let the body's text end in a section, and a second one follow, with references of its own."""
    first = section(
        '<w:headerReference w:type="default" r:id="header1"/><w:headerReference w:type="first" r:id="header2"/>',
        "<w:titlePg/>",
    )
    if in_control:
        first = f"<w:sdt><w:sdtContent>{first}</w:sdtContent></w:sdt>"

    def edit(parts: dict[str, str]) -> None:
        last = f'<w:sectPr>{references}<w:type w:val="{kind}"/>{SIZE}</w:sectPr></w:body>'
        parts[BODY] = re.sub(r"<w:sectPr>.*</w:body>", lambda _: first + OTHER + last, parts[BODY])

    return edit


NO_TOP_BANNER = swap(BODY, "{{ banner_line }}", "{{ reference }}")
EVEN = swap(SETTINGS, "<w:characterSpacingControl", "<w:evenAndOddHeaders/><w:characterSpacingControl")
EVEN_HEADER = swap(BODY, END, f'{END}<w:headerReference w:type="even" r:id="evenheader"/>')
SHARED = {
    "authorfield": ["body: W16 { AUTHOR }", "{{ publisher }}", "FILENAME", "{{ reference }}"],
    "datefield": ["body: W16 { DATE", "dateline"],
    "firstonly": ["section 1, header: X04"],
    "googleheads": [],
    "hdrtable2": [],
    "headlinetable": [],  # the same file as the house's own
    "landscape": [],
    "linkedpic": ["body: W17 the image is outside"],
    "mip": [],
    "nobody": ["release.docx: body: X03 what {{ body }} stands for is missing"],
    "protect": [],
    "strict": [],
    "sectchange": ["body: W03 has tracked changes"],
    "tagfield": ["body: W16 Ref {{ reference }}", "delete the field around the tag"],
    "titlestyle": ["body: WD07", "Heading 1"],
    "twocols": [],
    "undefstyle": ["body: WD03 the style “Gone”"],
}


@pytest.mark.parametrize("name", SHARED)
def test_a_shared_case_is_found_by_the_check_as_by_a_build(name: str, tmp_path: Path) -> None:
    workspace = lay_out(tmp_path, need_shared("cases", "templates", f"{name}.docx").read_bytes())
    told = [str(each) for each in check_house(workspace, INSPECTORATE).problems]
    built = build_word(workspace)

    assert all(each in "\n".join(told) for each in SHARED[name]), told
    assert len(told) == len(set(told))
    assert all(each.startswith("templates/inspectorate/release.docx: ") for each in told)
    assert bool(told) == bool(SHARED[name]) == isinstance(built, list)


REFUSED: dict[str, tuple[list[Edit], str]] = {
    "a second section has a header of its own": (
        [append_section('<w:headerReference w:type="default" r:id="plain"/>'),
         add_part("header", "plain.xml", OTHER, "plain")],
        "section 2, header: X04",
    ),
    "the section that lacks the line begins below a content control": (
        [append_section('<w:headerReference w:type="default" r:id="plain"/>', in_control=True),
         add_part("header", "plain.xml", OTHER, "plain")],
        "section 2, header: X04",
    ),
    "no page has a header or footer": (
        [lambda parts: parts.update({BODY: re.sub(r"<w:(?:header|footer)Reference[^>]*>", "", parts[BODY])})],
        "section 1, header: X04",
    ),
    "even pages have no header": ([EVEN], "section 1, even-page header: X04"),
    "even pages have another header": (
        [EVEN, EVEN_HEADER, add_part("header", "evenheader.xml", OTHER, "evenheader")],
        "section 1, even-page header: X04",
    ),
    "the first page has another header, and the text does not begin with the line": (
        [NO_TOP_BANNER, replace_header(OTHER, FIRST)],
        "section 1, first-page header: X04",
    ),
    "a later section shows the first-page header that the first section hides": (
        [swap(BODY, "<w:titlePg/>", ""), replace_header(OTHER, FIRST),
         append_section("", kind="nextPage"), swap(BODY, "<w:titlePg/>", ""),
         swap(BODY, "</w:sectPr></w:body>", "<w:titlePg/></w:sectPr></w:body>")],
        "section 2, first-page header: X04",
    ),
    "the body is printed twice": ([swap(BODY, BODY_TAG, BODY_TAG * 2)], "{{ body }} stands for is there more than"),
    "the headline is printed twice": (
        [swap(BODY, HEADLINE, HEADLINE + HEADLINE.replace("Heading1", "BodyText"))],
        "X03 what {{ headline }} stands for is there more than once",
    ),
    "the notes are not printed": ([swap(BODY, "{{ notes }}", "Notes")], "X03 what {{ notes }} stands for is missing"),
    "the subhead is not printed": ([swap(BODY, "{{ subhead }}", "By us")], "X03 what {{ subhead }} stands for"),
    "a table was changed with tracking": (
        [swap(BODY, BODY_TAG, BODY_TAG + grid(OTHER, OTHER, OTHER, OTHER, borders=TRACKED.format("tblPr")))],
        "body: W03 has tracked changes",
    ),
    "a style was changed with tracking": (
        [swap(STYLES, '<w:name w:val="heading 1"/>', '<w:name w:val="heading 1"/>' + TRACKED.format("pPr"))],
        "word/styles.xml: W03 has tracked changes",
    ),
    "the date is an element of its own": (
        [swap(FOOTER, "<w:r><w:tab/></w:r>", "<w:r><w:dayLong/></w:r>")], "footer: W16 Word replaces a part of the text"
    ),
    "a footer has the date of the last saving": (
        [swap(FOOTER, '" NUMPAGES "', '" SAVEDATE "')], "footer: W16 { SAVEDATE }"
    ),
    "a sensitivity label has marked the pages": (
        [replace_header(BANNER + text_box(OTHER).replace('name="Box"', 'name="MSIPCM01ab"'))],
        "header: W17 a sensitivity label",
    ),
    "the mark has no description": (
        [swap(FIRST, ' descr="Inspectorate of Custody and Resettlement"', "")], "first-page header: WD09"
    ),
    "a mark of an old program has no description": (
        [swap(FIRST, "</w:hdr>", '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="width:9pt">'
              '<v:imagedata r:id="mark"/></v:shape></w:pict></w:r></w:p></w:hdr>')],
        "first-page header: WD09",
    ),
    "the body is in a cell that is too narrow": (
        [swap(BODY, BODY_TAG, grid(BODY_TAG, OTHER, OTHER, OTHER, width=1000))], "W11 {{ body }}: body["
    ),
    "a table of the text has lines and no header row": (
        [swap(BODY, BODY_TAG, BODY_TAG + grid(OTHER, OTHER, OTHER, OTHER, borders=(
            '<w:tblBorders><w:insideH w:val="single" w:sz="4"/></w:tblBorders>')))],
        "body: WD10",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_template_is_refused_where(name: str, tmp_path: Path) -> None:
    edits, wanted = REFUSED[name]
    workspace = lay_out(tmp_path, edit_word_file(*edits))
    told = [str(each) for each in check_house(workspace, INSPECTORATE).problems]

    assert any(each.startswith("templates/inspectorate/release.docx: ") and wanted in each for each in told), told
    assert len(told) == len(set(told))
    assert isinstance(build_word(workspace), list)


TAKEN: dict[str, list[Edit]] = {
    "the line is in a text box of the header": [replace_header(text_box(BANNER))],
    "the line is in a table of the header": [replace_header(grid(OTHER, BANNER, OTHER, OTHER))],
    "the line is in the footer": [replace_header(OTHER), swap(FOOTER, "</w:ftr>", BANNER + "</w:ftr>")],
    "a second section shows the header of the first": [append_section("")],
    "even pages have a header with the line": [
        EVEN, EVEN_HEADER, add_part("header", "evenheader.xml", BANNER, "evenheader")
    ],
    "the first page has another header, and the text begins with the line": [replace_header(OTHER, FIRST)],
    "the headline is also in the running header": [
        swap(HEADER, "</w:hdr>", BANNER.replace("banner_line", "headline") + "</w:hdr>")
    ],
    "the name of the heading's style is translated": [
        swap(STYLES, '<w:name w:val="heading 1"/>', '<w:name w:val="Overskrift 1"/>'),
        lambda parts: parts.update({STYLES: re.sub(r'<w:outlineLvl w:val="0"/>', "", parts[STYLES])}),
    ],
    "a table of the text without lines arranges addresses": [
        swap(BODY, BODY_TAG, BODY_TAG + grid(OTHER, OTHER, OTHER, OTHER))
    ],
    "the whole text is in a table of layout": [swap(BODY, BODY_TAG, grid(BODY_TAG, OTHER, OTHER, OTHER, width=4300))],
}  # fmt: skip


@pytest.mark.parametrize("name", TAKEN)
def test_a_template_is_taken_where(name: str, tmp_path: Path) -> None:
    workspace = lay_out(tmp_path, edit_word_file(*TAKEN[name]))

    assert [str(each) for each in check_house(workspace, INSPECTORATE).problems] == []
    assert isinstance(build_word(workspace), bytes)


def columns(more: str) -> Edit:
    """Give the only section columns."""
    return swap(BODY, "<w:titlePg/>", f"{more}<w:titlePg/>")


WIDTHS: dict[str, tuple[list[Edit], int, int]] = {
    "one column": ([], FULL, FULL - 1700),
    "two columns": ([columns('<w:cols w:num="2" w:space="400"/>')], (FULL - 400) // 2, (FULL - 1700 - 400) // 2),
    "two columns of different widths": (
        [columns('<w:cols w:num="2" w:equalWidth="0"><w:col w:w="5000" w:space="730"/><w:col w:w="3000"/></w:cols>')],
        3000, 3000 * (FULL - 1700) // FULL,
    ),
    "a gutter on the right": (
        [swap(BODY, 'w:gutter="0"/>', 'w:gutter="600"/><w:rtlGutter/>')], FULL - 600, FULL - 600 - 1700
    ),
    "paper measured in millimetres": (
        [swap(BODY, 'w:w="11906" w:h="16838"', 'w:w="148mm" w:h="210mm"')], 8391 - 3176, 8391 - 3176 - 1700
    ),
    "paper measured as Google does": ([swap(BODY, 'w:right="1588"', 'w:right="1588.0"')], FULL, FULL - 1700),
    "a cell of a table of layout": (
        [swap(BODY, BODY_TAG, grid(BODY_TAG, OTHER, OTHER, OTHER, width=4300))], 4300 - 216, 4300 - 216
    ),
    "a landscape section before a portrait one": (
        [append_section('<w:headerReference w:type="default" r:id="header1"/>', kind="nextPage"),
         lambda parts: parts.update({BODY: parts[BODY].replace(
             'w:w="11906" w:h="16838"', 'w:w="16838" w:h="11906" w:orient="landscape"', 1)})],
        16838 - 3176, 16838 - 3176 - 1700,
    ),
}  # fmt: skip


def measure(root: object) -> tuple[set[int], int]:
    """Return the widths of the release's tables, and that of the widest picture."""
    tables = [each for each in root.iter(W + "tbl") if each.find(f"{W}tblPr/{W}tblStyle") is not None]  # type: ignore[attr-defined]
    pictures = [int(each.get("cx")) // 635 for each in root.iter("{*}extent")]  # type: ignore[attr-defined]
    return {int(each.find(f"{W}tblPr/{W}tblW").get(W + "w")) for each in tables}, max(pictures)


@pytest.mark.parametrize("name", WIDTHS)
def test_tables_and_pictures_are_as_wide_as(name: str, tmp_path: Path) -> None:
    edits, width, review_width = WIDTHS[name]
    workspace = lay_out(tmp_path, edit_word_file(*edits))

    for variant, wanted in ((Variant.PUBLIC, width), (Variant.REVIEW, review_width)):
        widths, widest = measure(read_part(build_word(workspace, variant), "word/document.xml"))
        assert widths == {wanted}
        assert wanted * 0.8 < widest <= wanted  # or else it is as high as a page lets it


def test_what_a_template_says_of_protection_and_versions_does_not_rule_its_files(tmp_path: Path) -> None:
    edits = [
        swap(SETTINGS, "<w:zoom", '<w:writeProtection w:recommended="1"/><w:documentProtection w:edit="forms"'
             ' w:enforcement="1"/><w:updateFields w:val="true"/><w:bookFoldPrinting/><w:zoom'),
        swap(SETTINGS, 'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"',
             'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="11"'),
        swap(SETTINGS, "<w:compat>", "<w:compat><w:useWord97LineBreakRules/>"),
        swap(BODY, "<w:titlePg/>", "<w:formProt/><w:titlePg/>"),
    ]  # fmt: skip
    built = build_word(lay_out(tmp_path, edit_word_file(*edits)), Variant.REVIEW)
    settings, names = read_part(built, SETTINGS), set()
    for root in (settings, read_part(built, BODY)):
        names |= {str(node.tag).rpartition("}")[2] for node in root.iter()}

    assert names.isdisjoint({"writeProtection", "documentProtection", "updateFields", "bookFoldPrinting", "formProt"})
    modes = {node.get(W + "name"): node.get(W + "val") for node in settings.iter(W + "compatSetting")}
    assert modes["compatibilityMode"] == "15"
    assert "useWord97LineBreakRules" not in names


def test_a_template_without_settings_opens_by_present_rules(tmp_path: Path) -> None:
    def drop_settings(parts: dict[str, str]) -> None:
        del parts[SETTINGS]
        for name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
            parts[name] = re.sub(r"<(?:Override|Relationship)[^>]*settings\.xml[^>]*/>", "", parts[name])

    settings = read_part(build_word(lay_out(tmp_path, edit_word_file(drop_settings))), SETTINGS)
    modes = {node.get(W + "name"): node.get(W + "val") for node in settings.iter(W + "compatSetting")}

    assert modes["compatibilityMode"] == "15"


def test_a_template_from_right_to_left_gives_an_english_release_from_left_to_right(tmp_path: Path) -> None:
    edits = [
        swap(STYLES, "<w:pPrDefault/>", "<w:pPrDefault><w:pPr><w:bidi/></w:pPr></w:pPrDefault>"),
        swap(STYLES, "</w:pPr>", "<w:bidi/></w:pPr>"),
        swap(STYLES, "</w:rPr></w:style>", "<w:rtl/></w:rPr></w:style>"),
    ]
    styles = read_part(build_word(lay_out(tmp_path, edit_word_file(*edits))), STYLES)

    assert not [node.tag for node in styles.iter(W + "bidi", W + "rtl")]


def test_a_heading_that_google_wrote_gets_its_level(tmp_path: Path) -> None:
    def drop_levels(parts: dict[str, str]) -> None:
        parts[STYLES] = re.sub(r'<w:outlineLvl w:val="\d"/>', "", parts[STYLES])

    styles = read_part(build_word(lay_out(tmp_path, edit_word_file(drop_levels))), STYLES)
    levels = {node.get(W + "styleId"): node.find(f"{W}pPr/{W}outlineLvl") for node in styles.iter(W + "style")}

    assert [levels[f"Heading{number}"].get(W + "val") for number in (1, 2, 3)] == ["0", "1", "2"]


def test_every_fault_of_a_house_is_told_at_once(tmp_path: Path) -> None:
    told = check(tmp_path, edit_word_file(replace_header(OTHER), swap(BODY, "{{ notes }}", "Notes")))

    assert ["X03" in each or "X04" in each for each in told] == [True, True]
