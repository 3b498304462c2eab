"""Fill the house's `release.html`, for page and PDF alike.

`{{ head }}` holds title, description, dates and the stylesheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from pressgen.errors import InputError, Place, Problem
from pressgen.model.document import Paragraph
from pressgen.model.labels import label_blocks
from pressgen.model.words import flatten
from pressgen.render import page_template
from pressgen.render.citations import find_citing_blocks
from pressgen.render.markup import BACK, NOTHING, HtmlBlockRenderer
from pressgen.render.page_pictures import make_chart_renderer, make_picture_renderer
from pressgen.render.redline_markup import RedlineBlockRenderer
from pressgen.render.urn import make_urn
from pressgen.render.vocabulary import build_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pressgen.model.document import Document
    from pressgen.model.house import HouseFolder
    from pressgen.render.markup_template import MarkupTemplate


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
        InputError: the template is at fault, or a file of `media` is not a picture.
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
        message = f"the house's folder has no “{logo.file}”, which house.yaml names as logo; add the file"
        raise InputError(
            [Problem(code="P08", message=message, place=Place(f"{folder.shown}/house.yaml"), path="house.logo.file")]
        )
    return Markup('<img class="logo" src="{}" alt="{}">').format(at(logo.file), logo.alt)


def format_head(document: Document, stylesheet: Markup) -> Markup:
    """Return the elements of `<head>` for a document.

    PDF properties and search engines take title, description and dates from here. The PDF's dates are the release's
    own, so that its bytes do not depend on the day.
    """
    return Markup("\n").join(
        (
            Markup('<meta charset="utf-8">'),
            Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
            Markup("<title>{}</title>").format(_format_title(document)),
            *(
                Markup('<meta name="{}" content="{}">').format(name, content)
                for name, content in _list_meta_tags(document)
            ),
            stylesheet,
        )
    )


def _format_title(document: Document) -> str:
    headline = document.headline
    if document.redline is None:
        return flatten(headline.words)
    return f"Changes to {document.reference}: {flatten(document.redline.now(headline.id, headline.words))}"


def _list_meta_tags(document: Document) -> Iterator[tuple[str, str]]:
    yield "author", document.publisher
    yield "description", _format_description(document)
    yield "dcterms.identifier", make_urn(document)
    if document.dated:
        instant = f"{document.dated.instant:%Y-%m-%dT%H:%M:%SZ}".rjust(20, "0")
        yield "dcterms.created", instant
        yield "dcterms.modified", instant
    if document.embargoed:
        yield "robots", "noindex"


def _format_description(document: Document) -> str:
    """Return the description: summary, subhead or lead, after the embargo.

    So the embargo is in the file's properties.
    """
    banner = [flatten(each.words) for each in document.banner[:1]]
    if document.redline:
        about = f"{document.redline.old.name} to {document.redline.new.name}"
        return " — ".join([*banner, about])
    lead = next((block for block in document.body if isinstance(block, Paragraph)), None)
    about = document.summary or flatten((document.subhead or lead or document.headline).words)
    return " — ".join([*banner, about])
