"""The interface of the search index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from pressgen.search.entry import FileMetadata, IndexEntry, MatchingFiles
    from pressgen.search.question import SearchQuery


class SearchIndex(Protocol):
    """An index of the words in release files.

    It can be rebuilt from the files at any time.
    """

    def close(self) -> None:
        """Close the database."""

    def known(self) -> dict[str, str]:
        """Return the SHA-256 of every indexed file, by name."""

    def renew(self, entries: Iterable[IndexEntry], gone: Collection[str]) -> None:
        """Replace the files of `entries`, and remove the files in `gone`."""

    def find(self, question: SearchQuery, limit: int) -> MatchingFiles:
        """Return the best `limit` hits.

        A search by words has the weightiest first, one without words the latest.
        """

    def alike(self, language: str, asked: Collection[str], there: Collection[str]) -> dict[str, set[str]]:
        """Return which indexed words count as each searched word.

        The word itself is left out.
        """

    def facts(self) -> list[FileMetadata]:
        """Return the metadata of every file, by name."""

    def faulty(self) -> list[str]:
        """Return what is wrong with each file that cannot be read."""


def open_index(file: Path, url: str) -> SearchIndex:
    """Open the search index in PostgreSQL or SQLite.

    `url` is the PostgreSQL database; without it, the index is in the SQLite `file`. The index is created if it is
    missing. The caller closes it.

    Raises:
        IndexUnusableError: the file is not an index, or damaged.
        EnvironmentFailureError: it cannot be opened.
        UsageError: the address is not valid.
    """
    if url:
        from pressgen.search.postgres import PostgresIndex

        return PostgresIndex(url)
    from pressgen.search.sqlite import SqliteIndex

    return SqliteIndex(file)
