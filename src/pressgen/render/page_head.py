"""Build `{{ head }}`: title, description, dates, and the stylesheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from pressgen.model.document import Paragraph
from pressgen.model.words import flatten
from pressgen.render.urn import make_urn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.model.document import Document


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
