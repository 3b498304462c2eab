"""The PDF: the house's page on paper, PDF/UA-1 and PDF/A-3a in one file, the same bytes on every day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pressgen.errors import Refused
from pressgen.model.artifact import Artifact, Format
from pressgen.pdf.finish import finishing
from pressgen.pdf.weasy import listening, weasyprint
from pressgen.render import page_template
from pressgen.render.markup import BACK_ON_PAPER
from pressgen.render.page_filling import Whereabouts, fill
from pressgen.render.pdf_dress import Dress, complaints, dress, refusing
from pressgen.render.pdf_faces import strangers
from pressgen.render.pdf_fetching import HOUSE, Fetcher, house_at, media_at
from pressgen.render.pdf_glyphs import missing_glyphs, told_apart
from pressgen.render.redline_dress import headed
from pressgen.render.review_dress import on_paper
from pressgen.render.urn import urn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pressgen.errors import Locate
    from pressgen.model.document import Document
    from pressgen.model.house import HouseFolder


def render(document: Document, folder: HouseFolder, media: Mapping[str, bytes], locate: Locate) -> Artifact:
    """`document` as a PDF.

    Args:
        document: what to set.
        folder: the house, whose template and stylesheet set it.
        media: the bytes of the document's pictures by their path.
        locate: gives the place of a character of the data, for problems.

    Raises:
        Refused: the house's template or stylesheet is at fault, WeasyPrint complains of either, a picture is none,
            or no font can show a character.
    """
    looks = dress(folder)
    if looks.problems:
        raise Refused(looks.problems)
    page = headed(fill(document, folder, media, Whereabouts(media_at, house_at), back=BACK_ON_PAPER), document)
    template = f"{folder.shown}/{page_template.FILE}"
    with listening() as heard, refusing(template):
        stylesheets = [looks.stylesheet, *_over(document)]
        content, used = _set(page, stylesheets, looks, Fetcher(folder.files, media), urn(document))
    missing, rest = told_apart(heard)
    instead = dict.fromkeys(missing, "") | strangers(used, folder, looks.families)
    problems = missing_glyphs(instead, document, locate, folder)
    problems += complaints(rest, template, folder.files[page_template.FILE].decode("utf-8-sig"), "mend the template")
    if problems:
        raise Refused(problems)
    return Artifact(f"{document.slug}.pdf", Format.PDF, content)


def _over(document: Document) -> list[Any]:
    """What a review copy wears over the looks of its house."""
    source = on_paper(document)
    return [weasyprint.CSS(string=source)] if source else []


def _set(page: str, stylesheets: list[Any], looks: Dress, fetcher: Fetcher, name: str) -> tuple[bytes, list[Any]]:
    """The PDF, and the fonts that it shows, as WeasyPrint keeps them."""
    options = dict(finishing(name))
    finish, used = options.pop("finisher"), list[Any]()

    def finisher(document: Any, pdf: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
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
