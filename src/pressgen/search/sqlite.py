"""The index in a file of its own, by SQLite's full-text search (https://www.sqlite.org/fts5.html)."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pressgen.errors import MachineLacks
from pressgen.files.writing import create_empty
from pressgen.search.entry import FIELDS, WEIGHTS, Answer, Entry, Facts, NoIndex, unpacked
from pressgen.search.words import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from pressgen.search.question import Question, Term

EDITION = 2
"""Of the tables below; an index of another edition is made anew."""
WAIT = 30  # seconds for whoever else is writing
FILES = (
    "CREATE TABLE files (id INTEGER PRIMARY KEY, file TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, house TEXT NOT NULL,"
    " day TEXT NOT NULL, ratings TEXT NOT NULL, problem TEXT NOT NULL, facts TEXT NOT NULL)"
)
TABLES = (
    FILES,
    "CREATE INDEX files_day ON files (day)",
    f"CREATE VIRTUAL TABLE words USING fts5({', '.join(FIELDS)}, tokenize='unicode61', prefix='3')",
)
RANK = f"bm25(words, {', '.join(str(WEIGHTS[name]) for name in FIELDS)})"
WHOLE_WORD = "\x1f"
"""Stands on both sides of each rating."""


class SqliteIndex:
    """The index in a file; close it."""

    def __init__(self, file: Path) -> None:
        """Open the index, or make one; one of another edition is made anew.

        Raises:
            NoIndex: the file is none, or damaged.
            MachineLacks: it cannot be opened or made.
        """
        with _plainly():
            try:
                self._connection = _opened(file)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError as error:
                raise NoIndex(str(error)) from error

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def known(self) -> dict[str, str]:
        """The SHA-256 of every file that is in it, by name."""
        with _plainly():
            return dict(self._connection.execute("SELECT file, digest FROM files"))

    def renew(self, entries: Iterable[Entry], gone: Collection[str]) -> None:
        """Put `entries` in the place of what was there of their files, and take the files out that are `gone`."""
        with _plainly(), self._connection as connection:
            connection.execute("BEGIN IMMEDIATE")
            for name in gone:
                self._take_out(name)
            for entry in entries:
                self._put_in(entry)

    def find(self, question: Question, limit: int) -> Answer:
        """The best `limit` hits: by words the weightiest first, without words the latest."""
        match = _expression(question)
        where, values = _conditions(question)
        source = "files JOIN words ON words.rowid = files.id" if match else "files"
        if match:
            where, values = ["words MATCH ?", *where], [match, *values]
        told = " AND ".join(where)
        order = f"{RANK}, day DESC, file" if match else "day DESC, file"
        with _plainly():
            total = self._connection.execute(f"SELECT count(*) FROM {source} WHERE {told}", values).fetchone()[0]  # noqa: S608 - our own words; what was typed is bound
            rows = self._connection.execute(
                f"SELECT facts FROM {source} WHERE {told} ORDER BY {order} LIMIT ?",  # noqa: S608 - as above
                [*values, limit],
            ).fetchall()
        return Answer([unpacked(row[0]) for row in rows], total)

    def alike(self, language: str, asked: Collection[str], there: Collection[str]) -> dict[str, set[str]]:  # noqa: ARG002 - as PostgreSQL's
        """Which of the words that are `there` count as each of those that are `asked`, beside itself: none."""
        return {}

    def facts(self) -> list[Facts]:
        """What is known of every file, by name."""
        with _plainly():
            return [unpacked(row[0]) for row in self._connection.execute("SELECT facts FROM files ORDER BY file")]

    def faulty(self) -> list[str]:
        """What is wrong with each file that cannot be read."""
        with _plainly():
            rows = self._connection.execute("SELECT problem FROM files WHERE problem <> '' ORDER BY file")
            return [row[0] for row in rows]

    def _take_out(self, name: str) -> None:
        row = self._connection.execute("SELECT id FROM files WHERE file = ?", [name]).fetchone()
        if row:
            self._connection.execute("DELETE FROM words WHERE rowid = ?", row)
            self._connection.execute("DELETE FROM files WHERE id = ?", row)

    def _put_in(self, entry: Entry) -> None:
        facts = entry.facts
        self._take_out(facts.file)
        ratings = "".join(f"{WHOLE_WORD}{folded(each)}{WHOLE_WORD}" for each in facts.ratings)
        made = self._connection.execute(
            "INSERT INTO files (file, digest, house, day, ratings, problem, facts) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [facts.file, facts.digest, facts.house, facts.day, ratings, facts.problem, facts.packed()],
        )
        marks = ", ".join("?" * (1 + len(FIELDS)))
        self._connection.execute(
            f"INSERT INTO words (rowid, {', '.join(FIELDS)}) VALUES ({marks})",  # noqa: S608 - as above
            [made.lastrowid, *(entry.words.get(name, "") for name in FIELDS)],
        )


def _expression(question: Question) -> str:
    """What FTS5 is asked to match; every word is quoted, so that none is read as an operator."""
    parts = []
    if question.terms:
        parts.append(_within(question.within) + f"({_all(question.terms)})")
    if question.person:
        parts.append(_within("people") + f"({_all(question.person)})")
    return " AND ".join(parts)


def _conditions(question: Question) -> tuple[list[str], list[Any]]:
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
        values.append(_within(question.within) + f"({' OR '.join(map(_term, question.without))})")
    return where, values


def _all(terms: Sequence[Term]) -> str:
    return " AND ".join(map(_term, terms))


def _term(term: Term) -> str:
    return f'"{" ".join(term.words)}"{" *" if term.begins else ""}'


def _within(name: str) -> str:
    return f"{{{name}}} : " if name else ""


def _opened(file: Path) -> sqlite3.Connection:
    """The connection to an index with its tables.

    Raises:
        sqlite3.Error: it cannot be opened, or is none.
    """
    create_empty(file)  # which SQLite would make for others as well; and it holds what is under embargo
    connection = sqlite3.connect(file, timeout=WAIT, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=OFF")  # what is lost with the machine is made again
        if connection.execute("PRAGMA user_version").fetchone()[0] != EDITION:
            with connection:
                connection.execute("BEGIN EXCLUSIVE")
                _make_anew(connection)
        connection.execute("SELECT count(*) FROM files").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _make_anew(connection: sqlite3.Connection) -> None:
    """Make the tables; those of another edition go."""
    if connection.execute("PRAGMA user_version").fetchone()[0] == EDITION:
        return  # somebody else was quicker
    for name in ("words", "files"):
        connection.execute(f"DROP TABLE IF EXISTS {name}")
    for table in TABLES:
        connection.execute(table)
    connection.execute(f"PRAGMA user_version={EDITION}")


@contextmanager
def _plainly() -> Iterator[None]:
    """Turn what SQLite says into what its user can do."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        said = error.strerror if isinstance(error, OSError) else str(error)
        way = "it can be deleted at any time: rm .pressgen/archive.sqlite*"
        raise MachineLacks(f"the index of the archive cannot be used: {said}; {way}") from error
