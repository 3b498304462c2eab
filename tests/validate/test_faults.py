"""Every seeded fault is told by its code, and a good file by none."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image

from pressgen.pdf import objects
from pressgen.validate.file import validate_file
from validate import font_faults, pdf_faults, word_faults
from validate.good import BODY, SETTINGS, codes, edited, spoilt
from validate.word_faults import SECTION

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(("code", "change"), pdf_faults.CHANGES.values(), ids=pdf_faults.CHANGES)
def test_a_fault_in_a_pdf_is_told(code: str, change: Callable[[pikepdf.Pdf], object]) -> None:
    assert code in codes(spoilt(change))


@pytest.mark.parametrize(("code", "change"), font_faults.CHANGES.values(), ids=font_faults.CHANGES)
def test_a_fault_of_a_font_is_told(code: str, change: Callable[[pikepdf.Pdf], object]) -> None:
    assert code in codes(spoilt(change))


@pytest.mark.parametrize("change", font_faults.GOOD.values(), ids=font_faults.GOOD)
def test_a_good_font_of_another_kind_is_no_fault(change: Callable[[pikepdf.Pdf], object]) -> None:
    assert {code for code in codes(spoilt(change)) if not code.startswith("A3")} == set()


@pytest.mark.parametrize(("code", "make"), word_faults.CHANGES.values(), ids=word_faults.CHANGES)
def test_a_fault_in_a_word_file_is_told(code: str, make: Callable[[], bytes]) -> None:
    assert code in codes(make())


def test_protection_against_screen_readers_is_told() -> None:
    assert "MH26-002" in codes(pdf_faults.protected())


def test_there_are_at_least_sixty_faults_of_both_kinds() -> None:
    assert len(pdf_faults.CHANGES) >= 60
    assert len(word_faults.CHANGES) >= 45


def photograph(opened: pikepdf.Pdf) -> None:
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x0110] = "Harbour 5"
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif)
    opened.Root.Photograph = opened.make_stream(out.getvalue(), Filter=pikepdf.Name.DCTDecode)


def attached(opened: pikepdf.Pdf) -> pikepdf.AttachedFileSpec:
    opened.attachments["a.csv"] = pikepdf.AttachedFileSpec(opened, b"a,b", filename="a.csv", mime_type="text/csv")
    return opened.attachments["a.csv"]


def endless_form(opened: pikepdf.Pdf) -> None:
    form = opened.make_stream(b"q Q " * 800_000, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    form.BBox = pikepdf.Array([0, 0, 1, 1])
    opened.pages[0].Resources.XObject["/Endless"] = form
    pdf_faults.drawn(after=b"/Artifact BMC /Endless Do EMC")(opened)


PDF_MESSAGES: dict[str, tuple[Callable[[pikepdf.Pdf], object], str]] = {
    "a property of no vocabulary": (
        pdf_faults.metadata(b"<rdf:Description ", b'<rdf:Description owner="Jo" '),
        "keeps the property owner of no namespace (“Jo”); delete it",
    ),
    "a photograph of a camera": (
        photograph, "a photograph keeps data of a camera (camera); save it without its metadata"
    ),
    "an attachment without a relation": (
        lambda opened: attached(opened).obj.__delitem__("/AFRelationship"),
        "does not say how it belongs to the document",
    ),
    "an attachment of nothing": (
        lambda opened: (attached(opened), opened.Root.__delitem__("/AF")), "belongs to no part of the document"
    ),
    "a drawing without end": (endless_form, "is too large to be verified (a drawing on page 1 is)"),
}  # fmt: skip


def test_a_tree_that_never_ends_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(objects, "MOST_WAITING", 10)

    def change(opened: pikepdf.Pdf) -> None:
        kids = pikepdf.Array([pikepdf.Dictionary()] * 20)
        opened.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Kids=kids))

    assert "is too large to be verified (a list in it is)" in "\n".join(map(str, validate_file(spoilt(change), "file")))


@pytest.mark.parametrize(("change", "message"), PDF_MESSAGES.values(), ids=PDF_MESSAGES)
def test_what_is_wrong_with_a_pdf_is_said(change: Callable[[pikepdf.Pdf], object], message: str) -> None:
    assert message in "\n".join(map(str, validate_file(spoilt(change), "file")))


FOREIGN = '<w:p xmlns:x="https://x.example/"><x:stamp/></w:p>'
STORED = (
    '<w:p xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict>'
    '<v:shape alt="C:\\Users\\jo\\a.png"/></w:pict></w:r></w:p>'
)
FIELD = '<w:p><w:r><w:fldChar w:fldCharType="{}"/></w:r></w:p>'
LINK = '<w:p><w:fldSimple w:instr="HYPERLINK file:///C:/a.docx"/></w:p>'
WORD_MESSAGES = {
    "a link into a machine": (BODY, LINK, "a link that no reader can follow (HYPERLINK file:///C:/a.docx)"),
    "data of another program": (BODY, FOREIGN, "contains data of another program (stamp)"),
    "a path of a picture": (BODY, STORED, "a picture reveals where it was stored; describe it in words"),
    "a field that only ends": (BODY, FIELD.format("end"), "a field ends but did not begin"),
    "a comment's mark": (
        BODY, '<w:p><w:r><w:commentReference w:id="1"/></w:r></w:p>', "a mark of a comment; delete the comment"
    ),
    "variables": (SETTINGS, "<w:docVars/>", "keeps variables of a macro or a document system"),
    "a mail merge": (SETTINGS, "<w:mailMerge/>", "keeps the address of the data that it was merged from"),
}  # fmt: skip


@pytest.mark.parametrize(("part", "xml", "message"), WORD_MESSAGES.values(), ids=WORD_MESSAGES)
def test_what_is_wrong_with_a_word_file_is_said(part: str, xml: str, message: str) -> None:
    before = SECTION if part == BODY else "<w:defaultTabStop"

    found = "\n".join(map(str, validate_file(edited(part, before, xml + before), "file")))

    assert message in found
