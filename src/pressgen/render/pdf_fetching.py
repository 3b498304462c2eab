"""Where WeasyPrint finds files: in the house's folder and among the release's pictures, and nowhere else."""

from __future__ import annotations

from mimetypes import guess_type
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from pressgen.pdf.weasy import weasyprint
from pressgen.pictures.scrub import scrub_picture

if TYPE_CHECKING:
    from collections.abc import Mapping

HOUSE = "file:///house/"
"""Stands for the house's folder: relative addresses join onto a `file:` address, not onto one of a scheme of ours."""
MEDIA = "media:"


def media_at(file: str) -> str:
    """The address of a picture of the release."""
    return MEDIA + quote(file)


def house_at(file: str) -> str:
    """The address of a file of the house."""
    return HOUSE + quote(file)


def readable(message: str) -> str:
    """A message of WeasyPrint's with files named as the user knows them."""
    return message.replace(HOUSE, "").replace("file:///", "").replace(MEDIA, "")


class Fetcher(weasyprint.URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves `house` and `media`, both by path and pictures without their metadata, and data: addresses."""

    def __init__(self, house: Mapping[str, bytes], media: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols={"data"})
        self._house = house
        self._media = media

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> weasyprint.urls.URLFetcherResponse:
        """The file at `url`; WeasyPrint turns the error for any other into a complaint that names it."""
        for root, files in ((HOUSE, self._house), (MEDIA, self._media)):
            path = unquote(url.removeprefix(root))
            if url.startswith(root) and path in files:
                kind = guess_type(path)[0] or "application/octet-stream"
                data = scrub_picture(files[path]) if kind.startswith("image/") else files[path]
                return weasyprint.urls.URLFetcherResponse(url, data, {"Content-Type": kind})
        if url.startswith("data:"):
            return super().fetch(url, headers)
        raise ValueError("the house's folder holds no such file, and nothing is fetched from elsewhere")
