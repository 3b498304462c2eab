"""Fill the house's `release.html`, for page and PDF alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from pressgen.errors import InputError, Place, Problem
from pressgen.model.labels import label_blocks
from pressgen.render import page_template
from pressgen.render.citations import find_citing_blocks
from pressgen.render.markup import BACK, NOTHING, HtmlBlockRenderer
from pressgen.render.page_head import format_head
from pressgen.render.page_pictures import make_chart_renderer, make_picture_renderer
from pressgen.render.redline_markup import RedlineBlockRenderer
from pressgen.render.vocabulary import build_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pressgen.model.document import Document
    from pressgen.model.house import HouseFolder
    from pressgen.render.frame import MarkupTemplate


@dataclass(frozen=True, slots=True)
class FileAddresses:
    """The addresses of pictures and house files, by their path."""

    media: Callable[[str], str]
    house: Callable[[str], str]


def fill_page(
    document: Document,
    folder: HouseFolder,
    media: Mapping[str, bytes],
    at: FileAddresses,
    stylesheet: Markup = NOTHING,
    *,
    back: MarkupTemplate = BACK,
) -> str:
    """Fill the house's `release.html` with a document.

    `back` is the link from a note to the text that cites it first.

    Raises:
        InputError: the template is at fault, or a file of `media` is no picture.
    """
    anchors = {note.key: note.id for note in document.notes}
    marking = HtmlBlockRenderer(
        anchors,
        make_picture_renderer(media, at.media),
        make_chart_renderer(folder),
        cited=find_citing_blocks(document),
        back=back,
        labels=label_blocks(document) if document.edition else {},
    )
    if document.redline:
        marking = RedlineBlockRenderer.of(marking, document.redline)
    values = build_vocabulary(document, folder.house) | {
        "head": format_head(document, stylesheet),
        "logo": _format_logo(folder, at.house),
    }
    return page_template.fill_page_template(folder, values, marking)


def _format_logo(folder: HouseFolder, at: Callable[[str], str]) -> Markup | None:
    """Return the markup of the house's logo, None where it has none."""
    logo = folder.house.logo
    if logo is None:
        return None
    if logo.file not in folder.files:
        message = f"the house's folder holds no “{logo.file}”, which house.yaml names as logo; add the file"
        raise InputError(
            [Problem(code="P08", message=message, place=Place(f"{folder.shown}/house.yaml"), path="house.logo.file")]
        )
    return Markup('<img class="logo" src="{}" alt="{}">').format(at(logo.file), logo.alt)
