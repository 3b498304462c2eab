"""The web page: one file that stands by itself, from the house's `release.html` and `release.css`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.errors import Refused
from pressgen.model.artifact import Artifact, Format
from pressgen.render import page_template, page_whole
from pressgen.render.page_filling import Whereabouts, fill
from pressgen.render.page_pictures import data_uri
from pressgen.render.page_style import style
from pressgen.render.review_dress import dressed, on_page

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pressgen.errors import Problem
    from pressgen.model.document import Document
    from pressgen.model.house import HouseFolder


def render(document: Document, folder: HouseFolder, media: Mapping[str, bytes]) -> Artifact:
    """`document` as a web page; `media` holds the bytes of its pictures by their path.

    Raises:
        Refused: the house's template or stylesheet is at fault, or a picture is none.
    """
    at = Whereabouts(lambda file: data_uri(file, media[file]), lambda file: data_uri(file, folder.files[file]))
    looks = style(folder) + on_page(document)
    page = dressed(fill(document, folder, media, at, looks), document)
    source = folder.files[page_template.FILE].decode("utf-8-sig")
    if problems := page_whole.faults(page, source, f"{folder.shown}/{page_template.FILE}"):
        raise Refused(problems)
    return Artifact(f"{document.slug}.html", Format.HTML, page.encode())


def check_template(folder: HouseFolder, names: Collection[str]) -> list[Problem]:
    """What is wrong with the page's template and stylesheet, before there is a release; `names` are the vocabulary."""
    from pressgen.render.pdf_dress import dress  # noqa: PLC0415 - slow to import, and a page is made without it

    file, source = f"{folder.shown}/{page_template.FILE}", folder.files.get(page_template.FILE, b"")
    problems = page_template.faults(folder, names) or page_whole.find_typed_faults(source.decode("utf-8-sig"), file)
    try:
        problems += dress(folder).problems
    except Refused as refusal:
        problems += refusal.problems
    return problems
