"""What a file that is sent along tells beside what it shows is told, whatever its kind; each file is made by hand."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image

from pressgen.validate.attachment import UNKNOWN, find_disclosures
from validate.good import paper, spoilt, word
from validate.word_faults import commented
from word.maker import pack, unpack

if TYPE_CHECKING:
    from collections.abc import Mapping

BODY = "Harbour Board"
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{}</dc:creator></cp:coreProperties>'
)
SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SLIDE = 'xmlns="http://schemas.openxmlformats.org/presentationml/2006/main"'
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def office(parts: Mapping[str, str | bytes], author: str = BODY) -> bytes:
    all_ = {"[Content_Types].xml": TYPES, "docProps/core.xml": CORE.format(author), **parts}
    return pack({name: part.encode() if isinstance(part, str) else part for name, part in all_.items()})


def book(state: str = "visible", sheet: str = "", **more: str) -> bytes:
    workbook = f'<workbook {SHEET}><sheets><sheet name="Raw" state="{state}"/></sheets></workbook>'
    inner = f"<worksheet {SHEET}>{sheet}</worksheet>"
    return office({"xl/workbook.xml": workbook, "xl/worksheets/sheet1.xml": inner, **more})


def slides(slide: str = "", **more: str) -> bytes:
    return office({"ppt/presentation.xml": f"<p {SLIDE}/>", "ppt/slides/slide1.xml": f"<sld {SLIDE}{slide}/>", **more})


def photo(**saving: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (9, 9)).save(out, "JPEG", **saving)
    return out.getvalue()


def remarked(opened: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], T="Petra Quill", Contents="who says so?"
    )
    opened.pages[0].Annots = pikepdf.Array([opened.make_indirect(note)])


def authored(opened: pikepdf.Pdf) -> None:
    opened.docinfo["/Author"] = "Petra Quill"


def labelled(opened: pikepdf.Pdf) -> None:
    opened.docinfo["/Owner"] = "petra.quill@harbour.example"


def carrying(opened: pikepdf.Pdf) -> None:
    opened.attachments["draft.txt"] = b"an earlier draft"


def camera() -> Image.Exif:
    made = Image.Exif()
    made[0x013B] = "Petra Quill"
    made.get_ifd(0x8825).update({1: "N", 2: (59.0, 26.0, 0.0)})
    return made


def photographed() -> bytes:
    return office({"xl/workbook.xml": f"<workbook {SHEET}/>", "xl/media/image1.jpeg": photo(exif=camera())})


TELLING = {
    "a remark in a PDF": (lambda: spoilt(remarked), "a comment by Petra Quill"),
    "an author of a PDF": (lambda: spoilt(authored), "names “Petra Quill” as its author"),
    "a label of a PDF": (lambda: spoilt(labelled), "keeps the property Owner"),
    "a file in a PDF": (lambda: spoilt(carrying), "contains another file"),
    "a damaged PDF": (lambda: b"%PDF-1.7\nnothing", "is damaged"),
    "a comment in Word": (commented, "a comment by A. Editor"),
    "a comment in Excel": (lambda: book(**{"xl/comments1.xml": "<c/>"}), "keeps comments"),
    "a thread in Excel": (lambda: book(**{"xl/threadedComments/threadedComment1.xml": "<c/>"}), "keeps comments"),
    "a hidden sheet": (lambda: book("hidden"), "a hidden sheet (“Raw”)"),
    "a sheet that is hidden well": (lambda: book("veryHidden"), "a hidden sheet (“Raw”)"),
    "a hidden row": (lambda: book(sheet='<sheetData><row r="1" hidden="1"/></sheetData>'), "hidden rows or columns"),
    "a hidden column": (lambda: book(sheet='<cols><col min="1" hidden="true"/></cols>'), "hidden rows or columns"),
    "a link to another book": (lambda: book(**{"xl/externalLinks/externalLink1.xml": "<x/>"}), "links to other files"),
    "an author of a book": (lambda: office({"xl/workbook.xml": "<x/>"}, "Petra Quill"), "names “Petra Quill”"),
    "a label of a book": (lambda: book(**{"docProps/custom.xml": '<x><y name="Owner">P</y></x>'}), "Owner (“P”)"),
    "macros": (lambda: book(**{"xl/vbaProject.bin": "x"}), "macros"),
    "a photograph in a book": (photographed, "data of a camera"),
    "a hidden slide": (lambda: slides(' show="0"'), "a hidden slide"),
    "notes of a speaker": (lambda: slides(**{"ppt/notesSlides/notesSlide1.xml": "<x/>"}), "notes of the speaker"),
    "a comment on a slide": (lambda: slides(**{"ppt/comments/comment1.xml": "<x/>"}), "keeps comments"),
    "a camera's position": (lambda: photo(exif=camera()), "artist, position"),
    "a comment in a photograph": (lambda: photo(comment="Petra Quill"), "a comment"),
    "a photograph in an archive": (lambda: pack({"a/b.jpg": photo(exif=camera())}), "(a/b.jpg): save it"),
    "an archive in an archive": (lambda: pack({"c.zip": pack({"b.jpg": photo(comment="x")})}), "(c.zip, b.jpg): save"),
    "a picture from elsewhere in a book": (
        lambda: book(**{
            "xl/_rels/workbook.xml.rels":
                '<r><x Type="http://a.example/image" TargetMode="External" Target="http://a.example/x.png"/></r>'
        }),
        "fetches http://a.example/x.png: put it into the file or delete it",
    ),
    "a film": (lambda: b"\x00\x00\x00\x18ftypmp42" + bytes(40), str(UNKNOWN)),
    "an old Word file": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), str(UNKNOWN)),
    "a damaged archive": (lambda: b"PK\x03\x04" + bytes(40), str(UNKNOWN)),
    "nothing that anybody knows": (lambda: bytes(range(256)), str(UNKNOWN)),
}  # fmt: skip


def odd_camera() -> Image.Exif:
    made = Image.Exif()
    made[0x011A] = 72
    return made


TELLING |= {
    "a resolution in a photograph": (lambda: photo(exif=odd_camera()), "keeps data of a camera (Exif)"),
    "a photograph that is cut off": (lambda: photo()[:30], "keeps data that cannot be read, because it is damaged"),
    "an attribute of a drawing program": (
        lambda: b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="https://x.example/" x:version="1"/>',
        "keeps data of a program",
    ),
}
QUIET = {
    "our own PDF": paper,
    "our own Word file": word,
    "a table as text": "Schule;Mädchen\nHafen;412\n".encode,
    "a photograph without metadata": photo,
    "a book of the body's own": book,
    "slides of the body's own": slides,
    "an archive of such": lambda: pack({"a.csv": b"a,b\n", "b.jpg": photo()}),
}


@pytest.mark.parametrize("what", TELLING)
def test_what_a_file_tells_is_told(what: str) -> None:
    make, message = TELLING[what]
    assert message in "\n".join(map(str, find_disclosures(make(), BODY)))


@pytest.mark.parametrize("what", QUIET)
def test_a_file_that_tells_nothing_is_not_complained_of(what: str) -> None:
    publisher = unpack(word())["docProps/app.xml"].partition(b"<Company>")[2].partition(b"<")[0].decode()
    assert find_disclosures(QUIET[what](), publisher if what.startswith("our own") else BODY) == []


def test_a_pdf_with_a_password_says_that_it_cannot_be_read() -> None:
    locked = spoilt(lambda _: None, encryption=pikepdf.Encryption(user="word", owner="word"))

    (told,) = map(str, find_disclosures(locked, BODY))

    assert "is protected by a password" in told


@pytest.mark.parametrize(
    ("name", "said", "told"),
    [
        (
            "{http://ns.adobe.com/xap/1.0/mm/}History",
            "saved by Petra Quill",
            "History of http://ns.adobe.com/xap/1.0/mm/",
        ),
        (
            "{http://ns.adobe.com/pdfx/1.3/}MSIP_Label_Owner",
            "petra@county.example",
            "keeps the property MSIP_Label_Owner",
        ),
        ("{http://ns.adobe.com/xap/1.0/}Label", "secret", "keeps the property Label"),
        (
            "{http://ns.adobe.com/xap/1.0/}CreatorTool",
            "C:\\Users\\petra\\report.indd",
            "reveals where it was stored (CreatorTool",
        ),
    ],
)
def test_what_the_metadata_of_a_pdf_tell_beside_what_a_reader_may_see(name: str, said: str, told: str) -> None:
    def change(opened: pikepdf.Pdf) -> None:
        with opened.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata[name] = said

    assert any(told in str(each) for each in find_disclosures(spoilt(change), BODY))
