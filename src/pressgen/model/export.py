"""The record of a review copy: every text with its origin.

It leads an editor's change back to the YAML, whatever a program did to the marks in the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003 - pydantic reads it
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from pressgen.model.contents import FileContents  # noqa: TC001 - pydantic reads it
from pressgen.model.words import Words, to_plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedBlock:
    """One text of a copy as it went out for review.

    Attributes:
        id: six characters, in the file as the bookmark `_pg_ID`; empty for text of the house's template.
        path: of the data that made it; `template` for text of the house's template.
        kind: `paragraph`, `quotation`, `cell` and so on, as the blocks of a Document are called.
        part: `body`, `header`, `footer` or `notes`.
    """

    id: str
    path: str
    kind: str
    part: str
    words: Words

    @property
    def text(self) -> str:
        """Its characters, without formatting."""
        return to_plain_text(self.words)

    @property
    def in_cell(self) -> bool:
        """Whether it is in a table."""
        return self.kind == "cell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """The record of a copy that went out for review.

    Attributes:
        urn: as in the file's properties.
        digest: twelve digits of everything that it was made from, as in the line that it shows.
        round: from 1; 0 for a copy that belongs to none.
        name: of its release file, such as `release.yaml`.
        source: the text of that file at that time.
        to: the recipients, as typed.
        blocks: in the order of the file.
        unread: how many pictures and other things without text the file holds.
        contents: what an inventory counted in the file; None in records of older versions.
    """

    urn: str
    reference: str
    slug: str
    digest: str
    round: int
    name: str
    source: str = field(repr=False)
    to: tuple[str, ...]
    sent: datetime | None
    blocks: tuple[ExportedBlock, ...] = field(repr=False)
    unread: int = 0
    contents: FileContents | None = field(default=None, repr=False)

    def to_json(self) -> bytes:
        """Return the record as JSON, always with the same bytes."""
        return _EXPORT.dump_json(self, indent=1)

    @staticmethod
    def from_json(data: bytes) -> Export:
        """Read a record that `to_json` wrote.

        Raises:
            ValueError: it is not valid.
        """
        return _EXPORT.validate_json(data)


def sort_newest_first(exports: Iterable[Export]) -> list[Export]:
    """Return the records from the last round to the first."""
    return sorted(exports, key=lambda each: (each.round, each.urn), reverse=True)


_EXPORT = TypeAdapter(Export)
