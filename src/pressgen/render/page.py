"""Render the web page from the house's `release.html` and `release.css`.

It is one file that depends on no other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.errors import InputError
from pressgen.model.artifact import Artifact, Format
from pressgen.render import page_template, page_whole
from pressgen.render.page_filling import FileAddresses, fill_page
from pressgen.render.page_pictures import make_data_uri
from pressgen.render.page_style import build_style_element
from pressgen.render.review_dress import add_draft_marks, format_review_page_style

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pressgen.errors import Problem
    from pressgen.model.document import Document
    from pressgen.model.house import HouseFolder


def render(document: Document, folder: HouseFolder, media: Mapping[str, bytes]) -> Artifact:
    """Render a document as a web page.

    `media` holds the bytes of its pictures by their path.

    Raises:
        InputError: the house's template or stylesheet is at fault, or a file of `media` is no picture.
    """
    at = FileAddresses(
        lambda file: make_data_uri(file, media[file]), lambda file: make_data_uri(file, folder.files[file])
    )
    looks = build_style_element(folder) + format_review_page_style(document)
    page = add_draft_marks(fill_page(document, folder, media, at, looks), document)
    source = folder.files[page_template.FILE].decode("utf-8-sig")
    if problems := page_whole.find_page_faults(page, source, f"{folder.shown}/{page_template.FILE}"):
        raise InputError(problems)
    return Artifact(f"{document.slug}.html", Format.HTML, page.encode())


def check_template(folder: HouseFolder, names: Collection[str]) -> list[Problem]:
    """Return the faults of a house's page template and stylesheet.

    No release is needed; `names` are the vocabulary.
    """
    from pressgen.render.pdf_dress import load_pdf_style

    file, source = f"{folder.shown}/{page_template.FILE}", folder.files.get(page_template.FILE, b"")
    problems = page_template.find_template_faults(folder, names) or page_whole.find_source_faults(
        source.decode("utf-8-sig"), file
    )
    try:
        problems += load_pdf_style(folder).problems
    except InputError as refusal:
        problems += refusal.problems
    return problems
