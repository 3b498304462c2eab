"""Fetch files for WeasyPrint from the house and the release only."""

from __future__ import annotations

from mimetypes import guess_type
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from pressgen.pdf.weasy import weasyprint
from pressgen.pictures.read import clean_picture, read_picture

if TYPE_CHECKING:
    from collections.abc import Mapping

HOUSE = "file:///house/"
"""The address of the house's folder: relative addresses join onto a `file:` address, not onto one of our own scheme."""
MEDIA = "media:"


def make_media_url(file: str) -> str:
    """Return the address of a picture of the release."""
    return MEDIA + quote(file)


def make_house_url(file: str) -> str:
    """Return the address of a file of the house."""
    return HOUSE + quote(file)


def restore_file_names(message: str) -> str:
    """Return a WeasyPrint message with file names as users know them."""
    return message.replace(HOUSE, "").replace("file:///", "").replace(MEDIA, "")


class PdfFileFetcher(weasyprint.URLFetcher):
    """A fetcher of house files, pictures and data addresses for WeasyPrint.

    Files are found by path, and pictures lose their metadata.
    """

    def __init__(self, house: Mapping[str, bytes], media: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols={"data"})
        self._house = house
        self._media = media

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> weasyprint.urls.URLFetcherResponse:
        """Return the file at `url`.

        WeasyPrint turns the error for any other address into a warning that names it.
        """
        path = unquote(url.removeprefix(MEDIA).removeprefix(HOUSE))
        if url.startswith(MEDIA) and path in self._media:
            picture = read_picture(self._media[path])
            return weasyprint.urls.URLFetcherResponse(url, picture.data, {"Content-Type": f"image/{picture.kind}"})
        if url.startswith(HOUSE) and path in self._house:
            kind = guess_type(path)[0] or "application/octet-stream"
            data = clean_picture(self._house[path]) if kind.startswith("image/") else self._house[path]
            return weasyprint.urls.URLFetcherResponse(url, data, {"Content-Type": kind})
        if url.startswith("data:"):
            return super().fetch(url, headers)
        raise ValueError("the house's folder has no such file, and files are not loaded from other places")
