"""A letterhead becomes a house's Word template: nothing of it is lost, and nothing of a sample letter stays."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from copy import deepcopy
from functools import partial
from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.shared import Mm, Pt
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from machine import ROOT, need_shared
from pressgen.errors import InputError
from pressgen.render.vocabulary import NAMES
from pressgen.render.word import list_required_styles
from pressgen.word.adoption.adopt import AdoptedLetterhead, AdoptionChoices, adopt_letterhead
from pressgen.word.template import WordTemplate
from pressgen.word.text import read_headers_and_footers, read_paragraphs
from word.letterheads import (
    KINDS,
    LETTER,
    change_parts,
    field,
    keep_few_styles,
    make_letterhead,
    paragraph,
    picture,
    save,
    save_as,
    save_with_libreoffice,
    text,
)
from word.strictly import make_strict

POSITION = (
    '<wp:positionV xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' relativeFrom="paragraph"><wp:posOffset>{}</wp:posOffset></wp:positionV>'
)
BASE = ROOT / "templates" / "inspectorate" / "release.docx"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TAGS = ["headline", "subhead", "body", "end", "notes_heading", "notes", "boilerplate", "contacts_heading", "contacts"]


def adopt(data: bytes, *keep: str, alt: str = "Harbour Board") -> AdoptedLetterhead:
    """A letterhead, adopted with one description for all its pictures."""
    make = partial(adopt_letterhead, data, "letterhead.dotx", BASE.read_bytes(), list_required_styles())
    first = make(AdoptionChoices(keep))
    return make(AdoptionChoices(keep, {each.key: alt for each in first.undescribed}))


def faults(adopted: AdoptedLetterhead) -> list[str]:
    """What `template check` would say of the Word file."""
    template = WordTemplate.load(adopted.data, "release.docx")
    return [str(each) for each in template.check(NAMES, list_required_styles())]


def body(adopted: AdoptedLetterhead) -> str:
    return "\n".join(read_paragraphs(adopted.data, "release.docx"))


def margins(adopted: AdoptedLetterhead) -> str:
    return "\n".join(read_headers_and_footers(adopted.data, "release.docx"))


def parts(adopted: AdoptedLetterhead) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(adopted.data)) as file:
        return {name: file.read(name) for name in file.namelist()}


@pytest.mark.parametrize("kind", KINDS)
def test_a_letterhead_of_any_kind_is_adopted(kind: str) -> None:
    adopted = adopt(save_as(save(make_letterhead()), kind))

    assert faults(adopted) == []
    assert "Harbour Board" in margins(adopted)
    assert "1 Quay Street, Harbourtown" in margins(adopted)
    assert [line for line in body(adopted).split("\n") if "{{" in line][-len(TAGS) :] == [
        f"{{{{ {each} }}}}" for each in TAGS
    ]


@pytest.mark.parametrize("styles", [(), ("heading 1",), ("heading 1", "heading 2", "Body Text", "header", "footer")])
def test_the_styles_that_are_missing_are_added_and_the_file_is_valid(styles: tuple[str, ...], tmp_path: Path) -> None:
    adopted = adopt(keep_few_styles(save(make_letterhead()), *styles))
    (tmp_path / "release.docx").write_bytes(adopted.data)

    assert faults(adopted) == []
    checked = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(str(tmp_path / "release.docx"))
    assert list(checked.errors) == []
    assert any("styles: " in line for line in adopted.report.added)


def test_a_style_of_the_letterhead_stays_as_it_is() -> None:
    document = make_letterhead()
    document.styles["Heading 1"].font.size = Pt(31)
    document.styles["Normal"].font.name = "Harbour Sans"

    made = Document(io.BytesIO(adopt(save(document)).data))

    assert made.styles["Heading 1"].font.size == Pt(31)
    assert made.styles["Pull Quote"].font.name is None
    assert made.styles["Normal"].font.name == "Harbour Sans"


def test_headings_lose_their_numbers_and_lists_without_numbers_get_some() -> None:
    document = make_letterhead()
    document.styles["Heading 1"].element.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 1
    numbered = document.styles["List Number"].element.get_or_add_pPr()
    numbered.remove(numbered.find(f"{W}numPr"))

    adopted = adopt(save(document))

    assert faults(adopted) == []
    assert "the numbers or the page break from the style “heading 1”" in adopted.report.removed
    assert "numbers or bullets to the style “List Number”, which had none" in adopted.report.added


def test_the_sample_letter_goes_and_every_line_of_it_is_named() -> None:
    adopted = adopt(save(make_letterhead()))

    assert [" ".join(line.split()) for line in adopted.lines] == [" ".join(line.split()) for line in LETTER]
    assert not any(line in body(adopted) for line in LETTER)
    assert any(
        line.startswith("the text of the sample letter: “4 March 2027”, “Dear Ms Sample,”")
        for line in adopted.report.removed
    )


def test_a_line_that_somebody_asks_for_stays_where_it_is() -> None:
    letter = ["News release", *LETTER, "Registered in Harbourtown, no. 1"]

    lines = body(adopt(save(make_letterhead(letter=letter)), "news  RELEASE", "registered in")).split("\n")

    assert lines[0] == "News release"
    assert lines[-1] == "Registered in Harbourtown, no. 1"
    assert "{{ body }}" in lines


def test_a_picture_in_the_text_stays_and_words_beside_it_go() -> None:
    document = make_letterhead(letter=["A", "B"])
    document.paragraphs[0].add_run().add_picture(picture("red"))

    adopted = adopt(save(document))

    assert adopted.lines == ("B", "A")
    assert b"<w:drawing" in parts(adopted)["word/document.xml"]


def test_a_text_box_with_a_letter_goes_and_one_with_an_address_stays() -> None:
    box = (
        '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape style="width:100pt;height:50pt"><v:textbox>'
        "<w:txbxContent><w:p>{}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    document = make_letterhead(letter=["x"])
    for words in ("1 Quay Street", "Thank you for your letter, which we read. " * 5):
        document.element.body.insert(0, paragraph(box.format(text(words))))

    adopted = adopt(save(document))

    assert b"1 Quay Street" in parts(adopted)["word/document.xml"]
    assert "“1 Quay Street”: stays in the text of every release, in a text box" in adopted.report.doubts
    assert b"Thank you for" not in parts(adopted)["word/document.xml"]
    assert any(line.startswith("a text box with a sample letter: “Thank you") for line in adopted.report.removed)


def test_every_header_of_every_section_gets_the_embargo_line_once() -> None:
    document = make_letterhead(letter=["First"])
    document.settings.odd_and_even_pages_header_footer = True
    document.sections[0].different_first_page_header_footer = True
    document.sections[0].first_page_header.paragraphs[0].text = "Masthead"
    second = document.add_section()
    second.header.is_linked_to_previous = False
    document.add_paragraph("Second")

    adopted = adopt(save(document), "Second")
    made = Document(io.BytesIO(adopted.data))

    for section in made.sections:
        for header in (section.header, section.first_page_header, section.even_page_header):
            assert "\n".join(each.text for each in header.paragraphs).count("{{ banner_line }}") == 1
    assert "the embargo line at the top of every page (headers: 4)" in adopted.report.added


def test_sections_that_only_a_sample_had_go_and_the_first_gives_the_page() -> None:
    document = make_letterhead(letter=["First"])
    document.sections[0].left_margin = Pt(99)
    for annex in ("An annex", "Another"):
        document.add_section().left_margin = Pt(11)
        document.add_paragraph(annex)

    adopted = adopt(save(document))
    made = Document(io.BytesIO(adopted.data))

    assert [section.left_margin for section in made.sections] == [Pt(99)]
    assert adopted.lines == ("First", "An annex", "Another")
    assert "the sections after the first, which were not part of the letterhead" in adopted.report.removed


@pytest.mark.parametrize(
    ("code", "instead"),
    [
        ("DATE", ""),
        ("FILENAME \\p", "{{ reference }}"),
        ("AUTHOR", "{{ publisher }}"),
        ("TITLE", "{{ headline }}"),
        ("MERGEFIELD x", ""),
    ],
)
def test_a_field_that_changes_becomes_a_tag_or_goes(code: str, instead: str) -> None:
    document = make_letterhead()
    document.sections[0].footer._element.append(paragraph(text("Ref ") + field(code, "C:\\\\x") + field("PAGE", "1")))

    adopted = adopt(save(document))

    assert faults(adopted) == []
    assert "C:\\\\x" not in margins(adopted)
    assert f"Ref {instead}1" in margins(adopted)
    said = f"the field {code.split(maxsplit=1)[0]} (“C:\\\\x”) in the footer" + (
        f"; {instead} is there instead" if instead else ""
    )
    assert said in adopted.report.removed


def test_a_field_that_changes_goes_in_every_form() -> None:
    document = make_letterhead(logo=False)
    forms = [
        '<w:fldSimple w:instr=" DATE "><w:r><w:t>today</w:t></w:r></w:fldSimple>',
        '<w:fldSimple w:instr=" AUTHOR "><w:r><w:t>J. Smith</w:t></w:r></w:fldSimple>',
        field(f"IF {field('MERGEFIELD a', 'x')} = 1 yes no", "yes"),
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        field("HYPERLINK &quot;file:///C:/x&quot;", "our charter"),
        field("", "unnamed"),
    ]
    for form in forms:
        document.sections[0].header._element.append(paragraph(form))

    adopted = adopt(save(document))

    assert faults(adopted) == []
    assert not re.search(r"today|Smith|yes|unnamed", margins(adopted))
    assert "our charter" in margins(adopted)
    assert "the field HYPERLINK in the header; its contents stay" in adopted.report.removed


def test_a_tag_within_a_field_stays_without_the_field() -> None:
    document = make_letterhead(letter=[])
    for tag in ("{{ headline }}", "{{ body }}"):
        document.element.body.insert(0, paragraph(field("QUOTE x", tag)))

    adopted = adopt(save(document))

    assert faults(adopted) == []
    assert body(adopted).count("{{ body }}") == body(adopted).count("{{ headline }}") == 1


def test_tracked_changes_are_accepted_and_comments_deleted() -> None:
    who = 'w:id="9" w:author="J. Smith" w:date="2027-01-01T00:00:00Z"'
    document = make_letterhead()
    footer = document.sections[0].footer._element
    inner = f"<w:ins {who}>{text('Quay Street')}</w:ins><w:del {who}><w:r><w:delText>Old Lane</w:delText></w:r></w:del>"
    footer.append(paragraph(inner))
    footer.append(paragraph(f"<w:pPr><w:rPr><w:del {who}/></w:rPr></w:pPr>" + text("Tel. ")))
    footer.append(paragraph(text("01632 960000")))
    document.add_comment(document.paragraphs[0].runs, "Is this right?", "J. Smith")

    adopted = adopt(save(document))

    assert faults(adopted) == []
    assert "Quay Street\nTel. 01632 960000" in margins(adopted)
    assert "Old Lane" not in margins(adopted)
    assert not any(b"Smith" in part for part in parts(adopted).values())
    assert "tracked changes (3): all are accepted" in adopted.report.removed
    assert "comments (1)" in adopted.report.removed


def test_names_labels_and_macros_are_left_out() -> None:
    document = make_letterhead()
    document.core_properties.author = "J. Smith"
    label = b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
    data = change_parts(
        save_as(save(document), "dotm"), added={"docProps/custom.xml": label, "customXml/item9.xml": b"<a/>"}
    )

    adopted = adopt(data)

    assert {"word/vbaProject.bin", "docProps/custom.xml", "customXml/item9.xml"}.isdisjoint(parts(adopted))
    assert not any(b"Smith" in part for part in parts(adopted).values())
    said = {"macros", "custom properties, such as a sensitivity label", "data of a document system"}
    assert {*said, "the file's properties, such as the names of authors"} <= set(adopted.report.removed)


def test_the_box_of_a_sensitivity_label_goes() -> None:
    document = make_letterhead()
    box = (
        '<w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="MSIPCM8bf7" style="width:9pt;height:9pt">'
        "<v:textbox><w:txbxContent><w:p><w:r><w:t>Internal only</w:t></w:r></w:p></w:txbxContent></v:textbox>"
        "</v:shape></w:pict>"
    )
    document.sections[0].footer._element.append(paragraph(f"<w:r>{box}</w:r>"))

    adopted = adopt(save(document))

    assert "Internal only" not in margins(adopted)
    assert any("sensitivity label in the footer: “Internal only”" in each for each in adopted.report.removed)


def test_hidden_text_and_empty_form_fields_go() -> None:
    document = make_letterhead()
    control = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        + text("Click here to type")
        + "</w:sdtContent></w:sdt>"
    )
    header = document.sections[0].header._element
    header.append(paragraph("<w:r><w:rPr><w:vanish/></w:rPr><w:t>internal code 7</w:t></w:r>" + text("Press")))
    header.append(paragraph(text("Subject: ") + control))

    adopted = adopt(save(document))

    assert faults(adopted) == []
    assert not re.search("internal|Click", margins(adopted))
    assert "hidden text in the header: “internal code 7”" in adopted.report.removed
    assert any(
        line.startswith("an empty form field in the header: “Click here to type”") for line in adopted.report.removed
    )


def test_a_hidden_style_is_shown_if_a_release_needs_it() -> None:
    document = make_letterhead()
    document.styles["Heading 2"].font.hidden = True

    adopted = adopt(save(document))

    assert faults(adopted) == []
    assert "“Hidden” from the style “heading 2”" in adopted.report.removed


def test_links_and_pictures_outside_the_file_are_settled() -> None:
    document = make_letterhead()
    part = document.sections[0].header.part
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = part.relate_to("file:///C:/charter.doc", f"{kind}/hyperlink", is_external=True)
    linked = part.relate_to("file:///C:/logo.png", f"{kind}/image", is_external=True)
    header = document.sections[0].header._element
    header.append(paragraph(f'<w:hyperlink r:id="{link}">{text("our charter")}</w:hyperlink>'))
    drawn = header.find(f".//{W}drawing")
    about = next(drawn.iter("{*}docPr"))
    about.append(
        about.makeelement("{http://schemas.openxmlformats.org/drawingml/2006/main}hlinkClick", {f"{{{kind}}}id": link})
    )
    copy = paragraph(f"<w:r>{_to_xml(drawn)}</w:r>")
    for blip in copy.iter("{*}blip"):  # type: ignore[attr-defined]
        blip.attrib.clear()
        blip.set(f"{{{kind}}}link", linked)
    header.append(copy)
    for blip in drawn.iter("{*}blip"):
        blip.set(f"{{{kind}}}link", linked)

    adopted = adopt(save(document))

    assert faults(adopted) == []
    assert "our charter" in margins(adopted)
    assert not any(b"C:/" in part for part in parts(adopted).values())
    said = "\n".join(adopted.report.removed)
    assert "a link that no reader can follow; its words stay in the header (“file:///C:/charter.doc”)" in said
    assert "the address of a picture; the picture itself stays in the header (“file:///C:/logo.png”)" in said
    assert "a link of a picture that no reader can follow in the header (“file:///C:/charter.doc”)" in said
    assert "a drawing that is not a picture in the file (“image”; insert a picture of it if it is needed)" in said


def _to_xml(node: object) -> str:
    return etree.tostring(node).decode()  # type: ignore[call-overload]


def test_an_object_of_another_program_leaves_its_picture() -> None:
    document = make_letterhead()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    header = document.sections[0].header
    image = header.part.relate_to(document.part.package.get_or_add_image_part(picture("red")), f"{kind}/image")
    program = header.part.relate_to("file:///C:/sheet.xls", f"{kind}/oleObject", is_external=True)
    header._element.append(
        paragraph(
            '<w:r><w:object xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
            f'<v:shape id="s" style="width:9pt;height:9pt"><v:imagedata r:id="{image}" o:href="http://x.example/"/></v:shape>'
            f'<o:OLEObject Type="Link" ProgID="Excel" ShapeID="s" r:id="{program}"/></w:object></w:r>'
        )
    )

    adopted = adopt(save(document))

    assert faults(adopted) == []
    header_part = next(part for name, part in parts(adopted).items() if b"imagedata" in part)
    assert b"OLEObject" not in header_part
    assert b'alt="Harbour Board"' in header_part
    assert "the address of a drawing: “http://x.example/”" in adopted.report.removed
    assert any(line.startswith("an object of another program; its picture stays") for line in adopted.report.removed)


@pytest.mark.parametrize(
    "words", ["", "Picture 1", "logo.png", "C:\\Users\\x\\logo", "Une image. Description générée automatiquement"]
)
def test_a_picture_that_nobody_described_is_asked_about_once(words: str) -> None:
    document = make_letterhead()
    document.sections[0].footer.paragraphs[0].add_run().add_picture(picture())
    for margin in (document.sections[0].header, document.sections[0].footer):
        for about in margin._element.iter("{*}docPr"):
            about.set("descr", words)
    make = partial(adopt_letterhead, save(document), "x.docx", BASE.read_bytes(), list_required_styles())

    (asked,) = make(AdoptionChoices()).undescribed
    described = make(AdoptionChoices((), {asked.key: "Harbour Board"}))

    assert described.undescribed == ()
    assert sum(part.count(b'descr="Harbour Board"') for part in parts(described).values()) == 2
    assert described.logo is not None
    assert described.logo.description == "Harbour Board"


def test_a_picture_may_be_decoration_or_go() -> None:
    data = save(make_letterhead())

    assert b"decorative" in parts(adopt(data, alt=""))["word/header1.xml"]
    gone = adopt(data, alt="-")
    assert b"drawing" not in parts(gone)["word/header1.xml"]
    assert "the picture image1.png from the header" in gone.report.removed


def test_a_picture_of_an_old_kind_becomes_a_png() -> None:
    document = make_letterhead(logo=False)
    document.sections[0].header.paragraphs[0].add_run().add_picture(picture(kind="BMP"))

    adopted = adopt(save(document))

    assert faults(adopted) == []
    assert any(part.startswith(b"\x89PNG") for name, part in parts(adopted).items() if "/media/" in name)
    assert any(line.endswith("as PNG, in place of a kind that no release can have") for line in adopted.report.added)


def test_a_picture_that_covers_the_page_is_to_be_looked_at() -> None:
    document = make_letterhead(logo=False)
    document.sections[0].header.paragraphs[0].add_run().add_picture(picture(), height=9_000_000)

    (doubt,) = adopt(save(document)).report.doubts

    assert doubt.startswith("the picture image1.png in the header: it covers the page")


def test_a_picture_that_nobody_can_check_is_refused() -> None:
    data = change_parts(save(make_letterhead()))
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"no picture" if name.startswith("word/media/") else old.read(name))

    with pytest.raises(InputError, match="is of a kind that pressgen cannot check"):
        adopt(broken.getvalue())


def test_a_letterhead_in_strict_open_xml_is_adopted() -> None:
    adopted = adopt(make_strict(save(make_letterhead())))

    assert faults(adopted) == []
    assert "Harbour Board" in margins(adopted)


def test_a_letterhead_that_libreoffice_saved_is_adopted(tmp_path: Path) -> None:
    adopted = adopt(save_with_libreoffice(save(make_letterhead()), tmp_path))

    assert faults(adopted) == []
    assert "1 Quay Street, Harbourtown" in margins(adopted)
    assert not any(line in body(adopted) for line in LETTER)


def test_a_letterhead_in_the_manner_of_google_docs_is_adopted() -> None:
    """It writes decimals, headings without a level, and no numbering, fonts or settings."""
    data = keep_few_styles(save(make_letterhead()), "heading 1", "heading 2")
    data = change_parts(
        data, {"word/document.xml": (r'w:w="12240"', 'w:w="12240.0"'), "word/styles.xml": (r"<w:outlineLvl[^>]*>", "")}
    )

    adopted = adopt(data)

    assert faults(adopted) == []
    assert re.search(
        rb'<w:name w:val="heading 1"/>.*?<w:outlineLvl w:val="0"/>', parts(adopted)["word/styles.xml"], re.DOTALL
    )


def test_tags_that_are_there_stay_and_missing_ones_come_between_them() -> None:
    document = make_letterhead(letter=["{{ headline }}", "Our own line", "{{ body }}", "{{ contacts }}"])

    adopted = adopt(save(document))
    lines = body(adopted).split("\n")

    assert faults(adopted) == []
    assert adopted.lines == ()
    assert "Our own line" in lines
    assert "“Our own line”: stays in the text of every release" in adopted.report.doubts
    assert [lines.index(f"{{{{ {each} }}}}") for each in TAGS] == sorted(
        lines.index(f"{{{{ {each} }}}}") for each in TAGS
    )
    assert all(lines.count(f"{{{{ {each} }}}}") == 1 for each in TAGS)
    assert any(line.startswith("the tags {{ banner_line }}, {{ subhead }}, ") for line in adopted.report.added)


def test_a_house_that_keeps_its_tags_in_a_table_cannot_be_the_model() -> None:
    table = Document()
    table.add_table(1, 1).cell(0, 0).text = "{{ body }}"

    with pytest.raises(InputError, match=re.escape("has no {{ body }} in a paragraph; name another with --from")):
        adopt_letterhead(save(make_letterhead()), "x.docx", save(table), list_required_styles(), AdoptionChoices())


def test_a_file_without_a_text_is_refused() -> None:
    data = change_parts(save(make_letterhead()), {"word/document.xml": (r"(?s)<w:body>.*</w:body>", "")})

    with pytest.raises(InputError, match="has no text; save it again in Word"):
        adopt(data)


@pytest.mark.parametrize(
    "name",
    [
        "strict",
        "mip",
        "authorfield",
        "datefield",
        "tagfield",
        "protect",
        "googleheads",
        "nobody",
        "firstonly",
        "linkedpic",
        "sectchange",
    ],
)
def test_the_cases_of_the_collection_are_adopted(name: str) -> None:
    data = (need_shared("cases", "templates") / f"{name}.docx").read_bytes()

    adopted = adopt(data)

    assert faults(adopted) == []
    assert body(adopted).count("{{ body }}") == 1
    assert adopted.lines == ()
    assert not any(b"documentProtection" in part or b"MSIP_Label" in part for part in parts(adopted).values())


def test_the_same_letterhead_gives_the_same_bytes(tmp_path: Path) -> None:
    shutil.copy(BASE, tmp_path)

    assert adopt(save(make_letterhead())).data == adopt(save(make_letterhead())).data


def test_a_style_that_google_docs_defines_twice_is_there_once() -> None:
    document = make_letterhead()
    document.styles.element.append(deepcopy(document.styles["Title"].element))

    adopted = adopt(save(document))

    assert faults(adopted) == []
    assert parts(adopted)["word/styles.xml"].count(b'w:styleId="Title"') == 1


def test_no_name_of_a_style_is_there_twice() -> None:
    made = Document(io.BytesIO(adopt(keep_few_styles(save(make_letterhead()))).data))

    names = [(each.type, each.name.casefold()) for each in made.styles]

    assert sorted(names, key=str) == sorted(set(names), key=str)


def test_an_indented_and_justified_letter_breaks_no_words_in_banners_and_tables() -> None:
    document = make_letterhead()
    letter = document.styles["Normal"].paragraph_format
    letter.first_line_indent, letter.alignment = Pt(32), WD_ALIGN_PARAGRAPH.JUSTIFY

    made = Document(io.BytesIO(adopt(keep_few_styles(save(document), "header", "footer")).data))

    for name in ("Banner", "Table Text", "Table Heading", "Contact"):
        layout = made.styles[name].paragraph_format
        assert (layout.first_line_indent, layout.alignment) == (0, WD_ALIGN_PARAGRAPH.LEFT), name
    assert made.styles["Body Text"].paragraph_format.first_line_indent is None
    assert made.styles["List Number"].paragraph_format.first_line_indent != 0


def test_no_drawing_of_a_margin_lies_under_the_text() -> None:
    document = make_letterhead()
    section = document.sections[0]
    for side, offset in ((section.header, 1_200_000), (section.footer, -1_500_000)):
        side.paragraphs[0].runs[0].add_picture(picture(), width=900_000, height=500_000)
        inline = list(side._element.iter("{*}inline"))[-1]
        inline.tag = inline.tag.replace("inline", "anchor")
        inline.insert(0, parse_xml(POSITION.format(offset)))

    adopted = adopt(save(document))
    made = Document(io.BytesIO(adopted.data)).sections[0]

    assert made.top_margin > section.header_distance + 1_200_000 + 500_000
    assert made.bottom_margin > section.footer_distance + 1_500_000
    assert sum("no drawing lies under the text" in each for each in adopted.report.added) == 2


def test_a_letterhead_without_a_footer_gets_none() -> None:
    document = make_letterhead()
    document.sections[0].footer.is_linked_to_previous = True

    assert faults(adopt(keep_few_styles(save(document), "header"))) == []
    assert not any("footer" in name for name in parts(adopt(save(document))))


def test_a_background_of_the_page_takes_no_room() -> None:
    document = make_letterhead()
    header = document.sections[0].header
    header.paragraphs[0].runs[0].add_picture(picture(), width=7_000_000, height=9_000_000)
    inline = list(header._element.iter("{*}inline"))[-1]
    inline.tag = inline.tag.replace("inline", "anchor")
    inline.insert(0, parse_xml(POSITION.format(0)))

    made = Document(io.BytesIO(adopt(save(document)).data)).sections[0]

    assert (made.top_margin, made.bottom_margin) == (
        document.sections[0].top_margin,
        document.sections[0].bottom_margin,
    )


def test_a_header_begins_under_the_embargo_line_and_its_drawings_stay() -> None:
    document = make_letterhead()
    section = document.sections[0]
    section.header_distance = Pt(8)
    section.header.paragraphs[0].runs[0].add_picture(picture(), width=900_000, height=500_000)
    inline = list(section.header._element.iter("{*}inline"))[-1]
    inline.tag = inline.tag.replace("inline", "anchor")
    inline.insert(0, parse_xml(POSITION.format(500_000)))

    made = Document(io.BytesIO(adopt(save(document)).data)).sections[0]

    assert made.header_distance >= Mm(9)
    offset = next(made.header._element.iter("{*}posOffset"))
    assert made.header_distance + int(offset.text) == Pt(8) + 500_000


def test_a_text_at_the_edge_of_the_page_is_to_be_looked_at() -> None:
    document = make_letterhead()
    document.sections[0].left_margin = Mm(0)

    assert any("0 mm from the edge" in each for each in adopt(save(document)).report.doubts)


@pytest.mark.parametrize("wrap", ["wrapSquare", "wrapTight", "wrapThrough"])
def test_text_runs_round_no_masthead(wrap: str) -> None:
    document = make_letterhead(logo=False)
    document.paragraphs[0].runs[0].add_picture(picture(), width=900_000, height=900_000)
    inline = next(document.element.iter("{*}inline"))
    inline.tag = inline.tag.replace("inline", "anchor")
    inline.set("behindDoc", "0")
    inline.insert(1, inline.makeelement(inline.tag.replace("anchor", wrap)))

    made = parts(adopt(save(document)))["word/document.xml"]

    assert b"wrapTopAndBottom" in made
    assert wrap.encode() not in made


@pytest.mark.parametrize(("relative", "first"), [("page", True), ("paragraph", False)])
def test_a_drawing_that_stands_on_the_page_is_on_the_first_page(relative: str, first: bool) -> None:  # noqa: FBT001
    document = make_letterhead(letter=[*LETTER, ""], logo=False)
    document.paragraphs[-1].add_run().add_picture(picture(), width=7_000_000, height=9_000_000)
    inline = next(document.element.iter("{*}inline"))
    inline.tag = inline.tag.replace("inline", "anchor")
    inline.insert(0, parse_xml(POSITION.format(0).replace("paragraph", relative)))

    made = Document(io.BytesIO(adopt(save(document)).data))

    drawn = [bool(list(each._element.iter("{*}drawing"))) for each in made.paragraphs]
    assert drawn.index(True) == (0 if first else len(drawn) - 1)


def test_a_signature_does_not_lie_over_the_text() -> None:
    document = make_letterhead(logo=False)
    document.paragraphs[0].runs[0].add_picture(picture(), width=900_000, height=500_000)
    inline = next(document.element.iter("{*}inline"))
    inline.tag = inline.tag.replace("inline", "anchor")
    inline.set("behindDoc", "0")
    inline.insert(1, inline.makeelement(inline.tag.replace("anchor", "wrapNone")))

    assert b'wrapSquare wrapText="bothSides"' in parts(adopt(save(document)))["word/document.xml"]


def test_a_masthead_in_the_text_pushes_the_text_down_and_margins_lie_behind() -> None:
    document = make_letterhead()
    document.paragraphs[0].runs[0].add_picture(picture(), width=5_000_000, height=1_000_000)
    for part in (document.sections[0].header._element, document.element):
        inline = next(part.iter("{*}inline"))
        inline.tag = inline.tag.replace("inline", "anchor")
        inline.set("behindDoc", "0")
        inline.insert(1, inline.makeelement(inline.tag.replace("anchor", "wrapNone")))

    made = parts(adopt(save(document)))

    assert b"wrapTopAndBottom" in made["word/document.xml"]
    assert b'behindDoc="1"' in made["word/header1.xml"]


def test_a_picture_within_an_old_text_box_is_asked_about() -> None:
    document = make_letterhead(logo=False)
    header = document.sections[0].header
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    image = header.part.relate_to(document.part.package.get_or_add_image_part(picture("red")), kind)
    shape = (
        '<w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape style="width:9pt;height:9pt">{}</v:shape></w:pict>'
    )
    inner = shape.format(f'<v:imagedata r:id="{image}"/>')
    box = f"<v:textbox><w:txbxContent><w:p><w:r>{inner}</w:r></w:p></w:txbxContent></v:textbox>"
    header._element.append(paragraph(f"<w:r>{shape.format(box)}</w:r>"))

    assert parts(adopt(save(document)))["word/header1.xml"].count(b'alt="Harbour Board"') == 1


def test_blank_lines_after_the_letterhead_make_no_blank_page() -> None:
    document = make_letterhead(letter=["x", "y", "Registered in Harbourtown", *[""] * 50])

    lines = body(adopt(save(document), "Registered")).split("\n")

    assert lines[0] == "Registered in Harbourtown"
    assert "" not in lines
