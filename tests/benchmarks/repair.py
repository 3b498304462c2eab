"""The repairs that make a PDF accessible and archival, against WeasyPrint's bare rendering of the same page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.measuring import Measurement, in_turn
from pressgen.pdf.finish import finishing
from pressgen.pdf.text import read_body
from pressgen.pdf.weasy import weasyprint
from pressgen.render.page_filling import Whereabouts, fill
from pressgen.render.pdf_dress import dress
from pressgen.render.pdf_fetching import HOUSE, Fetcher, house_at, media_at
from render.documents import MEDIA, sample
from render.folders import real

if TYPE_CHECKING:
    from collections.abc import Callable


def against_bare_weasyprint() -> Measurement:
    """The same few pages tagged as WeasyPrint tags them by itself, and with the finisher."""
    folder = real("inspectorate")
    page = fill(sample(), folder, MEDIA, Whereabouts(media_at, house_at))
    looks = dress(folder)

    def render(**options: Any) -> Callable[[], bytes]:  # noqa: ANN401 - WeasyPrint's own
        def run() -> bytes:
            html = weasyprint.HTML(string=page, base_url=HOUSE, url_fetcher=Fetcher(folder.files, MEDIA))
            content: bytes = html.write_pdf(
                font_config=looks.fonts, counter_style=looks.counters, stylesheets=[looks.stylesheet], **options
            )
            return content

        return run

    finished, bare = render(**finishing("urn:pressgen:bench")), render(pdf_variant="pdf/ua-1")
    assert len(read_body(finished())) == len(read_body(bare())) > 1
    ours, theirs = in_turn(finished, bare, 30)
    times = f"{ours * 1000:.1f} ms against {theirs * 1000:.1f} ms"
    return Measurement("a PDF made/UA-1 and PDF/A-3a against bare WeasyPrint", ours / theirs, 1.2, "x", times)
