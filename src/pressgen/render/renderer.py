"""The entry point for formats that other packages add.

A package names a renderer under `pressgen.renderers` in its `pyproject.toml`. The name there is the name of the format
and the ending of its files. The manual's chapter `own-formats` has one to begin with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pressgen.model.document import Document
    from pressgen.model.house import HouseFolder


@runtime_checkable
class Renderer(Protocol):
    """Renders a release in one more format.

    A module with these names is one, too.

    Attributes:
        media_type: of its files (RFC 6838). Our own readers read `text/plain`, `text/html`, PDF and Word files back.
    """

    media_type: str

    def render(self, document: Document, house: HouseFolder, media: Mapping[str, bytes]) -> bytes:
        """Render a release in one variant and language.

        Args:
            document: its content, block by block. The variant is in it: print all blocks, and the banner first.
            house: wording, settings and the files of the house's folder.
            media: the bytes of pictures and attachments, by the name that the blocks have for them.
        """
        ...

    def read_text(self, content: bytes) -> str | None:
        """Read the words of a file back, in reading order.

        They are compared with the release. None if they cannot be read; the file is then marked as not checked.
        It is not asked about a media type that our own readers read.
        """
        ...
