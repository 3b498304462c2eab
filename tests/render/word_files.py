"""The Word files of the sample release, for the tests of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houses.make import TEMPLATES
from pressgen.render import word
from render.documents import MEDIA, folder, sample

if TYPE_CHECKING:
    from pressgen.model.document import Document

HOUSES = ("inspectorate", "university")


def of_house(name: str = "inspectorate") -> dict[str, bytes]:
    """The files of a house, as far as Word is concerned."""
    return {"release.docx": (TEMPLATES / name / "release.docx").read_bytes()}


def made(document: Document | None = None, house: str = "inspectorate") -> bytes:
    """The Word file of a document, else of the sample, in a house that the workspace has."""
    return word.render(document or sample(), folder(of_house(house)), MEDIA).content
