"""A document poured into the house's `release.html`, for page and PDF alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from pressgen.errors import Place, Problem, Refused
from pressgen.model.labels import labels
from pressgen.render import page_template
from pressgen.render.citations import cited
from pressgen.render.markup import BACK, NOTHING, Marking
from pressgen.render.page_head import head
from pressgen.render.page_pictures import drawing, showing
from pressgen.render.redline_markup import Redlining
from pressgen.render.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pressgen.model.document import Document
    from pressgen.model.house import HouseFolder
    from pressgen.render.frame import Frame


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The addresses under which a page finds the pictures of the release, and the files of the house, by their path."""

    media: Callable[[str], str]
    house: Callable[[str], str]


def fill(
    document: Document,
    folder: HouseFolder,
    media: Mapping[str, bytes],
    at: Whereabouts,
    stylesheet: Markup = NOTHING,
    *,
    back: Frame = BACK,
) -> str:
    """The house's `release.html` with `document` in it; `back` is the link from a note to what cites it first.

    Raises:
        Refused: the template is at fault, or a picture of `media` is none.
    """
    anchors = {note.key: note.id for note in document.notes}
    marking = Marking(
        anchors,
        showing(media, at.media),
        drawing(folder),
        cited=cited(document),
        back=back,
        labels=labels(document) if document.edition else {},
    )
    if document.redline:
        marking = Redlining.of(marking, document.redline)
    values = vocabulary(document, folder.house) | {"head": head(document, stylesheet), "logo": _logo(folder, at.house)}
    return page_template.fill(folder, values, marking)


def _logo(folder: HouseFolder, at: Callable[[str], str]) -> Markup | None:
    """The house's mark, None where it has none."""
    logo = folder.house.logo
    if logo is None:
        return None
    if logo.file not in folder.files:
        message = f"the house's folder holds no “{logo.file}”, which house.yaml names as logo; add the file"
        raise Refused(
            [Problem(code="P08", message=message, place=Place(f"{folder.shown}/house.yaml"), path="house.logo.file")]
        )
    return Markup('<img class="logo" src="{}" alt="{}">').format(at(logo.file), logo.alt)
