"""The drawing of a PDF is measured before it is unpacked by others."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from pressgen.pdf import drawing_size
from pressgen.pdf.drawing_size import check_drawing_size
from pressgen.pdf.objects import PdfTooLargeError


def test_pages_that_draw_too_much_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing_size, "LARGEST_WHOLE", 500)
    pdf = pikepdf.new()
    for _ in range(2):
        pdf.add_blank_page().obj.Contents = pdf.make_stream(b"n " * 200)

    with pytest.raises(PdfTooLargeError, match="the drawing on its pages"):
        check_drawing_size(pdf)


def test_forms_within_forms_without_end_are_refused() -> None:
    pdf = pikepdf.new()
    form = pdf.make_stream(b"n", Type=Name.XObject, Subtype=Name.Form)
    for _ in range(70):
        around = Dictionary(XObject=Dictionary(F=form))
        form = pdf.make_stream(b"/F Do", Type=Name.XObject, Subtype=Name.Form, Resources=around)
    page = pdf.add_blank_page().obj
    page.Resources, page.Contents = Dictionary(XObject=Dictionary(F=form)), pdf.make_stream(b"/F Do")

    with pytest.raises(PdfTooLargeError, match="the depth of its forms"):
        check_drawing_size(pdf)
