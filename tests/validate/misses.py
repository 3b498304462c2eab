"""Faults that no machine can tell, or that verify does not look for: what the manual warns of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pikepdf import Array, String

from validate.good import BODY, CORE, edited, elements, first, parts, spoilt, word, zipped
from validate.pdf_faults import entry, kind, metadata

if TYPE_CHECKING:
    from collections.abc import Callable

    import pikepdf


def turned_round(pdf: pikepdf.Pdf) -> None:
    quotation = first(pdf, "BlockQuote")
    quotation.K = Array(list(quotation.K)[::-1])


def of_french(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = String("fr")
    for each in elements(pdf):
        if "/Lang" in each:
            each.Lang = String("fr")


def without_body() -> bytes:
    content = parts(word())
    content[CORE] = content[CORE].replace(b"Inspectorate of Harbour Education", b"Jo Smith")
    content["docProps/app.xml"] = (
        content["docProps/app.xml"].replace(b"<Company>", b"<Company/><Lines>").replace(b"</Company>", b"</Lines>")
    )
    return zipped(content)


MISSES: dict[str, Callable[[], bytes]] = {
    "PDF: a description that does not describe": lambda: spoilt(entry("Figure", "/Alt", String("image1"))),
    "PDF: text that is read in the wrong order": lambda: spoilt(turned_round),
    "PDF: a heading that is tagged as a paragraph": lambda: spoilt(kind("H3", "P")),
    "PDF: a language that is not that of the text": lambda: spoilt(of_french),
    "PDF: a title that is not that of the document": lambda: spoilt(metadata(b"Harbour schools", b"Untitled 1, old")),
    "Word: a description that does not describe": lambda: edited(BODY, 'descr="Two pupils', 'descr="IMG_2231'),
    "Word: a heading that only looks like one": lambda: edited(BODY, '<w:pStyle w:val="Heading3"/>', ""),
    "Word: text in the colour of the paper": lambda: edited(
        BODY, "<w:r>", '<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
    ),
    "Word: a person as author, where no body is named as company": without_body,
}
