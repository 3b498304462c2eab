"""The search index in a SQLite file, by full-text search.

https://www.sqlite.org/fts5.html
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pressgen.errors import EnvironmentFailureError
from pressgen.files.atomic import create_empty_file
from pressgen.search.entry import FIELDS, METADATA, FileMetadata, IndexEntry, IndexUnusableError, MatchingFiles
from pressgen.search.words import normalise_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from pressgen.search.question import SearchQuery, SearchTerm

EDITION = 2
"""The version of the tables below; an index of another version is recreated."""
WAIT = 30  # seconds to wait for another writer
FILES = (
    "CREATE TABLE files (id INTEGER PRIMARY KEY, file TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, house TEXT NOT NULL,"
    " day TEXT NOT NULL, ratings TEXT NOT NULL, problem TEXT NOT NULL, facts TEXT NOT NULL)"
)
TABLES = (
    FILES,
    "CREATE INDEX files_day ON files (day)",
    f"CREATE VIRTUAL TABLE words USING fts5({', '.join(FIELDS)}, tokenize='unicode61', prefix='3')",
)
WEIGHTS = {"headline": 8.0, "people": 4.0, "findings": 4.0, "quotes": 2.0, "notes": 1.0, "body": 2.0, "about": 4.0}
"""The weight of a word in each field, to show the best hits first."""
RANK = f"bm25(words, {', '.join(str(WEIGHTS[name]) for name in FIELDS)})"
WHOLE_WORD = "\x1f"
"""A mark on both sides of each rating."""


class SqliteIndex:
    """A search index in an SQLite file, to be closed after use."""

    def __init__(self, file: Path) -> None:
        """Open the index; create or recreate it if needed.

        An index of another version is recreated.

        Raises:
            IndexUnusableError: the file is not an index, or damaged.
            EnvironmentFailureError: it cannot be opened or created.
        """
        with _explain_errors():
            try:
                self._connection = _open_connection(file)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError as error:
                raise IndexUnusableError(str(error)) from error

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def known(self) -> dict[str, str]:
        """Return the SHA-256 of every indexed file, by name."""
        with _explain_errors():
            return dict(self._connection.execute("SELECT file, digest FROM files"))

    def renew(self, entries: Iterable[IndexEntry], gone: Collection[str]) -> None:
        """Replace the files of `entries`, and remove the files in `gone`."""
        with _explain_errors(), self._connection as connection:
            connection.execute("BEGIN IMMEDIATE")
            for name in gone:
                self._take_out(name)
            for entry in entries:
                self._put_in(entry)

    def find(self, question: SearchQuery, limit: int) -> MatchingFiles:
        """Return the best `limit` hits.

        A search by words has the weightiest first, one without words the latest.
        """
        match = _build_match_expression(question)
        where, values = _build_conditions(question)
        source = "files JOIN words ON words.rowid = files.id" if match else "files"
        if match:
            where, values = ["words MATCH ?", *where], [match, *values]
        conditions = " AND ".join(where)
        order = f"{RANK}, day DESC, file" if match else "day DESC, file"
        with _explain_errors():
            total = self._connection.execute(f"SELECT count(*) FROM {source} WHERE {conditions}", values).fetchone()[0]  # noqa: S608 - our own words; what was typed is bound
            rows = self._connection.execute(
                f"SELECT facts FROM {source} WHERE {conditions} ORDER BY {order} LIMIT ?",  # noqa: S608 - as above
                [*values, limit],
            ).fetchall()
        return MatchingFiles([METADATA.validate_json(row[0]) for row in rows], total)

    def alike(self, language: str, asked: Collection[str], there: Collection[str]) -> dict[str, set[str]]:  # noqa: ARG002 - as PostgreSQL's
        """Return no other words: this index has no stems."""
        return {}

    def facts(self) -> list[FileMetadata]:
        """Return the metadata of every file, by name."""
        with _explain_errors():
            rows = self._connection.execute("SELECT facts FROM files ORDER BY file")
            return [METADATA.validate_json(row[0]) for row in rows]

    def faulty(self) -> list[str]:
        """Return what is wrong with each file that cannot be read."""
        with _explain_errors():
            rows = self._connection.execute("SELECT problem FROM files WHERE problem <> '' ORDER BY file")
            return [row[0] for row in rows]

    def _take_out(self, name: str) -> None:
        row = self._connection.execute("SELECT id FROM files WHERE file = ?", [name]).fetchone()
        if row:
            self._connection.execute("DELETE FROM words WHERE rowid = ?", row)
            self._connection.execute("DELETE FROM files WHERE id = ?", row)

    def _put_in(self, entry: IndexEntry) -> None:
        facts = entry.facts
        self._take_out(facts.file)
        ratings = "".join(f"{WHOLE_WORD}{normalise_text(each)}{WHOLE_WORD}" for each in facts.ratings)
        packed = METADATA.dump_json(facts).decode()
        made = self._connection.execute(
            "INSERT INTO files (file, digest, house, day, ratings, problem, facts) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [facts.file, facts.digest, facts.house, facts.day, ratings, facts.problem, packed],
        )
        marks = ", ".join("?" * (1 + len(FIELDS)))
        self._connection.execute(
            f"INSERT INTO words (rowid, {', '.join(FIELDS)}) VALUES ({marks})",  # noqa: S608 - as above
            [made.lastrowid, *(entry.words.get(name, "") for name in FIELDS)],
        )


def _build_match_expression(question: SearchQuery) -> str:
    """Build the FTS5 expression of a search.

    Every word is quoted, so that none is read as an operator.
    """
    parts = []
    if question.terms:
        parts.append(_format_field(question.within) + f"({_join_terms(question.terms)})")
    if question.person:
        parts.append(_format_field("people") + f"({_join_terms(question.person)})")
    return " AND ".join(parts)


def _build_conditions(question: SearchQuery) -> tuple[list[str], list[Any]]:
    """Build the conditions of a search that do not concern words."""
    where, values = ["problem = ''"], list[Any]()
    for condition, value in (
        ("house = ?", question.house),
        ("day >= ?", question.first and question.first.isoformat()),
        ("day <> '' AND day <= ?", question.last and question.last.isoformat()),
        ("instr(ratings, ?) > 0", question.rating and f"{WHOLE_WORD}{question.rating}{WHOLE_WORD}"),
    ):
        if value:
            where.append(condition)
            values.append(value)
    if question.without:
        where.append("files.id NOT IN (SELECT rowid FROM words WHERE words MATCH ?)")
        values.append(_format_field(question.within) + f"({' OR '.join(map(_format_term, question.without))})")
    return where, values


def _join_terms(terms: Sequence[SearchTerm]) -> str:
    """Join terms by AND."""
    return " AND ".join(map(_format_term, terms))


def _format_term(term: SearchTerm) -> str:
    """Format a term for FTS5."""
    return f'"{" ".join(term.words)}"{" *" if term.begins else ""}'


def _format_field(name: str) -> str:
    """Format the field that a search is limited to."""
    return f"{{{name}}} : " if name else ""


def _open_connection(file: Path) -> sqlite3.Connection:
    """Open an index file, and create missing tables.

    Raises:
        sqlite3.Error: the file cannot be opened, or is not an index.
    """
    create_empty_file(file)  # SQLite would let others read it; it holds embargoed text
    connection = sqlite3.connect(file, timeout=WAIT, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=OFF")  # what a crash loses is rebuilt
        if connection.execute("PRAGMA user_version").fetchone()[0] != EDITION:
            with connection:
                connection.execute("BEGIN EXCLUSIVE")
                _recreate_tables(connection)
        connection.execute("SELECT count(*) FROM files").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _recreate_tables(connection: sqlite3.Connection) -> None:
    """Create the tables, and delete those of another version."""
    if connection.execute("PRAGMA user_version").fetchone()[0] == EDITION:
        return  # another process was quicker
    for name in ("words", "files"):
        connection.execute(f"DROP TABLE IF EXISTS {name}")
    for table in TABLES:
        connection.execute(table)
    connection.execute(f"PRAGMA user_version={EDITION}")


@contextmanager
def _explain_errors() -> Iterator[None]:
    """Turn SQLite's errors into advice for the user."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        said = error.strerror if isinstance(error, OSError) else str(error)
        way = "it can be deleted at any time: rm .pressgen/archive.sqlite*"
        raise EnvironmentFailureError(f"the index of the archive cannot be used: {said}; {way}") from error
