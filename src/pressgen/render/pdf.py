"""Render the PDF: PDF/UA-1 and PDF/A-3a in one file.

It is the house's page on paper; the bytes are the same on every day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pressgen.errors import InputError
from pressgen.model.artifact import Artifact, Format
from pressgen.pdf.finish import make_pdf_options
from pressgen.pdf.weasy import capture_warnings, weasyprint
from pressgen.render import page_template
from pressgen.render.markup import BACK_ON_PAPER
from pressgen.render.page_filling import FileAddresses, fill_page
from pressgen.render.pdf_fetching import HOUSE, PdfFileFetcher, make_house_url, make_media_url
from pressgen.render.pdf_glyphs import find_substituted_characters, report_missing_glyphs, separate_missing_glyphs
from pressgen.render.pdf_style import PdfStyle, convert_messages, load_pdf_style, raise_as_input_error
from pressgen.render.redline_style import add_change_box
from pressgen.render.review_style import format_review_pdf_style
from pressgen.render.urn import make_urn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pressgen.errors import Locate
    from pressgen.model.document import Document
    from pressgen.model.house import HouseFolder


def render(document: Document, folder: HouseFolder, media: Mapping[str, bytes], locate: Locate) -> Artifact:
    """Render a document as a PDF.

    Args:
        document: what to render.
        folder: the house, with its template and stylesheet.
        media: the bytes of the document's pictures by their path.
        locate: gives the place of a character of the data, for problems.

    Raises:
        InputError: the house's template or stylesheet is at fault, WeasyPrint warns of either, a file of `media` is no
            picture, or no font can show a character.
    """
    looks = load_pdf_style(folder)
    if looks.problems:
        raise InputError(looks.problems)
    page = add_change_box(
        fill_page(document, folder, media, FileAddresses(make_media_url, make_house_url), back=BACK_ON_PAPER), document
    )
    template = f"{folder.shown}/{page_template.FILE}"
    with capture_warnings() as heard, raise_as_input_error(template):
        stylesheets = [looks.stylesheet, *_list_review_stylesheets(document)]
        content, used = _typeset(page, stylesheets, looks, PdfFileFetcher(folder.files, media), make_urn(document))
    missing, rest = separate_missing_glyphs(heard)
    instead = dict.fromkeys(missing, "") | find_substituted_characters(used, folder, looks.families)
    problems = report_missing_glyphs(instead, document, locate, folder)
    problems += convert_messages(
        rest, template, folder.files[page_template.FILE].decode("utf-8-sig"), "correct the template"
    )
    if problems:
        raise InputError(problems)
    return Artifact(f"{document.slug}.pdf", Format.PDF, content)


def _list_review_stylesheets(document: Document) -> list[Any]:
    """Return the stylesheets that a review copy adds to its house's."""
    source = format_review_pdf_style(document)
    return [weasyprint.CSS(string=source)] if source else []


def _typeset(
    page: str, stylesheets: list[Any], looks: PdfStyle, fetcher: PdfFileFetcher, name: str
) -> tuple[bytes, list[Any]]:
    """Typeset the page; return the PDF and the fonts it uses."""
    options = dict(make_pdf_options(name))
    finish, used = options.pop("finisher"), list[Any]()

    def finisher(document: Any, pdf: Any) -> None:
        used.extend(document.fonts.values())
        finish(document, pdf)

    content: bytes = weasyprint.HTML(string=page, base_url=HOUSE, url_fetcher=fetcher).write_pdf(
        font_config=looks.fonts,
        counter_style=looks.counters,
        stylesheets=stylesheets,
        finisher=finisher,
        **options,
    )
    return content, used
