"""What a house's page prints for `{{ head }}`: title, description, dates, and the stylesheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from pressgen.model.document import Paragraph
from pressgen.model.words import flatten
from pressgen.render.urn import urn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.model.document import Document


def head(document: Document, stylesheet: Markup) -> Markup:
    """The elements of `<head>` for `document`.

    Readers of PDF properties and search engines take them from here, as does WeasyPrint: the PDF's dates are the
    release's own, so that its bytes do not depend on the day.
    """
    return Markup("\n").join(
        (
            Markup('<meta charset="utf-8">'),
            Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
            Markup("<title>{}</title>").format(_title(document)),
            *(Markup('<meta name="{}" content="{}">').format(name, content) for name, content in _facts(document)),
            stylesheet,
        )
    )


def _title(document: Document) -> str:
    headline = document.headline
    if document.redline is None:
        return flatten(headline.words)
    return f"Changes to {document.reference}: {flatten(document.redline.now(headline.id, headline.words))}"


def _facts(document: Document) -> Iterator[tuple[str, str]]:
    yield "author", document.publisher
    yield "description", _description(document)
    yield "dcterms.identifier", urn(document)
    if document.dated:
        instant = f"{document.dated.instant:%Y-%m-%dT%H:%M:%SZ}".rjust(20, "0")
        yield "dcterms.created", instant
        yield "dcterms.modified", instant
    if document.embargoed:
        yield "robots", "noindex"


def _description(document: Document) -> str:
    """Summary, subhead or lead; after the embargo, which thus stands in the file's properties."""
    banner = [flatten(each.words) for each in document.banner[:1]]
    if document.redline:
        about = f"{document.redline.old.name} to {document.redline.new.name}"
        return " — ".join([*banner, about])
    lead = next((block for block in document.body if isinstance(block, Paragraph)), None)
    about = document.summary or flatten((document.subhead or lead or document.headline).words)
    return " — ".join([*banner, about])
