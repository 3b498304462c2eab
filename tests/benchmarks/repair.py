"""The repairs that make a PDF accessible and archival, against WeasyPrint's bare rendering of the same page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from benchmarks.measuring import Measurement, in_turn
from pressgen.pdf.finish import make_pdf_options
from pressgen.pdf.text import read_body
from pressgen.pdf.weasy import weasyprint
from pressgen.render.markup import BACK_ON_PAPER
from pressgen.render.page_filling import FileAddresses, fill_page
from pressgen.render.pdf_fetching import HOUSE, PdfFileFetcher, make_house_url, make_media_url
from pressgen.render.pdf_style import PdfStyle, load_pdf_style
from render.documents import MEDIA, sample
from render.folders import real

if TYPE_CHECKING:
    from pressgen.model.document import Document
    from pressgen.model.house import HouseFolder

WHERE = FileAddresses(make_media_url, make_house_url)


@dataclass(frozen=True)
class Press:
    """One page, rendered as WeasyPrint tags it by itself, or with the finisher."""

    page: str
    folder: HouseFolder
    looks: PdfStyle

    @classmethod
    def of(cls, document: Document) -> Press:
        """The page of a document in the inspectorate's house."""
        folder = real("inspectorate")
        return cls(fill_page(document, folder, MEDIA, WHERE, back=BACK_ON_PAPER), folder, load_pdf_style(folder))

    def bare(self) -> bytes:
        """As WeasyPrint makes it."""
        return self._render(pdf_variant="pdf/ua-1")

    def finished(self) -> bytes:
        """As pressgen makes it."""
        return self._render(**make_pdf_options("urn:pressgen:bench"))

    def _render(self, **options: Any) -> bytes:  # noqa: ANN401 - WeasyPrint's own
        html = weasyprint.HTML(string=self.page, base_url=HOUSE, url_fetcher=PdfFileFetcher(self.folder.files, MEDIA))
        content: bytes = html.write_pdf(
            font_config=self.looks.fonts,
            counter_style=self.looks.counters,
            stylesheets=[self.looks.stylesheet],
            **options,
        )
        return content


def against_bare_weasyprint() -> Measurement:
    """The same few pages tagged as WeasyPrint tags them by itself, and with the finisher."""
    press = Press.of(sample())
    assert len(read_body(press.finished())) == len(read_body(press.bare())) > 1
    ours, theirs = in_turn(press.finished, press.bare, 30)
    times = f"{ours * 1000:.1f} ms against {theirs * 1000:.1f} ms"
    return Measurement("a PDF made/UA-1 and PDF/A-3a against bare WeasyPrint", ours / theirs, 1.2, "x", times)
