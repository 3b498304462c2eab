"""The index, wherever it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from pressgen.search.entry import Answer, Entry, Facts
    from pressgen.search.question import Question


class Index(Protocol):
    """Which files have which words; all of it can be made anew from the files."""

    def close(self) -> None:
        """Let go of the database."""

    def known(self) -> dict[str, str]:
        """The SHA-256 of every file that is in it, by name."""

    def renew(self, entries: Iterable[Entry], gone: Collection[str]) -> None:
        """Put `entries` in the place of what was there of their files, and take the files out that are `gone`."""

    def find(self, question: Question, limit: int) -> Answer:
        """The best `limit` hits: by words the weightiest first, without words the latest."""

    def alike(self, language: str, asked: Collection[str], there: Collection[str]) -> dict[str, set[str]]:
        """Which of the words that are `there` count as each of those that are `asked`, beside itself."""

    def facts(self) -> list[Facts]:
        """What is known of every file, by name."""

    def faulty(self) -> list[str]:
        """What is wrong with each file that cannot be read."""


def open_index(file: Path, url: str) -> Index:
    """The index in the PostgreSQL at `url`, or without an address in the SQLite `file`; made if need be. Close it.

    Raises:
        NoIndex: the file is none, or damaged.
        MachineLacks: it cannot be opened.
        WrongUse: the address is none.
    """
    if url:
        from pressgen.search.postgres import PostgresIndex  # noqa: PLC0415 - only who has one

        return PostgresIndex(url)
    from pressgen.search.sqlite import SqliteIndex  # noqa: PLC0415 - as it is wanted

    return SqliteIndex(file)
