"""Made-up public releases, with pages as the houses of this repository make them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from pressgen.model.document import Heading
from pressgen.newsroom.approved_page import read_editions
from pressgen.newsroom.public_release import NewsroomIdentity, PublicRelease, PublishedCorrection, Withdrawal
from pressgen.newsroom.static_site import build_site
from pressgen.render import page
from render.documents import leaf, public, sample
from render.folders import MEDIA, real

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressgen.newsroom.public_release import LanguageEdition

ABOUT = NewsroomIdentity("Press office of the Inspectorate", "https://news.example.org")
LIFTED = datetime(2031, 3, 12, 0, 1, tzinfo=UTC)
LATER = datetime(2035, 1, 1, tzinfo=UTC)
CORRECTION = PublishedCorrection(
    at=datetime(2031, 3, 12, 9, 30, tzinfo=UTC), line="The figure for <2030> & before is 7, not 9."
)
WITHDRAWAL = Withdrawal(at=datetime(2031, 3, 14, 12, 0, tzinfo=UTC), reason="It named a person by mistake.")


@cache
def approved(house: str, headline: str, language: str, publisher: str) -> bytes:
    """A page as it was approved."""
    document = replace(
        public(sample()),
        headline=leaf(Heading, "headline", headline, level=1),
        language=language,
        publisher=publisher,
        summary=f"What “{headline}” is about & why.",
    )
    return page.render(document, real(house), MEDIA).content


def told(slug: str = "river-survey", **parts: str) -> tuple[LanguageEdition, ...]:
    """The editions of a release, one for each headline by its suffix (`en` for the release itself)."""
    house, publisher = parts.pop("house", "inspectorate"), parts.pop("publisher", "Inspectorate of Rivers")
    files: dict[str, bytes] = {}
    for language, headline in (parts or {"en": "Rivers are warmer"}).items():
        suffix = "" if language == "en" else f".{language}"
        files[f"{slug}{suffix}.html"] = approved(house, headline, "en-GB" if language == "en" else language, publisher)
        files[f"{slug}{suffix}.pdf"] = b"%PDF-1.7 made up"
        files[f"{slug}{suffix}.docx"] = b"PK made up"
        files[f"{slug}{suffix}.txt"] = f"{headline}\n\nWords, a line each.\n".encode()
    return read_editions(files, slug)


def item(reference: str = "REF-1", slug: str = "river-survey", **changes: Any) -> PublicRelease:  # noqa: ANN401 - any field
    """A release that was lifted."""
    made = PublicRelease(
        reference=reference,
        slug=slug,
        zone="Europe/London",
        embargo=LIFTED,
        lifted=LIFTED,
        editions=changes.pop("editions", None) or told(slug),
    )
    return replace(made, **changes)


def files(*items: PublicRelease) -> dict[str, bytes]:
    """The newsroom's files of some releases."""
    return build_site(items, ABOUT, LATER)


def texts(made: dict[str, bytes], endings: Iterable[str] = (".html", ".atom", ".json", ".xml")) -> dict[str, str]:
    """The files that hold text."""
    return {path: content.decode() for path, content in made.items() if path.endswith(tuple(endings))}
