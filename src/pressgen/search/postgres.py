"""The search index in PostgreSQL, by its text search.

It indexes stems of the release's language, and the words themselves.

https://www.postgresql.org/docs/current/textsearch.html
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pressgen.errors import EnvironmentFailureError, UsageError
from pressgen.search.entry import FIELDS, METADATA, FileMetadata, IndexEntry, MatchingFiles
from pressgen.search.words import normalise_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from pressgen.search.question import SearchQuery, SearchTerm

EDITION = "pressgen 2"
"""The version of the table below; a table of another version is recreated."""
TURN = 0x61726368
"""The advisory lock for creating tables and adding files, by one machine at a time."""
WAIT = 10  # seconds for the database to answer
CONFIGURATIONS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hu": "hungarian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "nb": "norwegian", "nl": "dutch", "nn": "norwegian", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
"""The text search configuration of a language, where PostgreSQL has it; else `simple`."""
WEIGHTS = {"headline": "A", "people": "B", "findings": "B", "about": "B", "quotes": "C", "body": "C", "notes": "D"}
PLAIN = {name: f"%({name})s" for name in ("file", "digest", "house", "day", "ratings", "problem", "facts")}
PLAIN["config"] = "%(config)s::text"
ALL = " || ".join(f"setweight({name}, {letter!r})" for name, letter in WEIGHTS.items())
TABLE = (
    "CREATE TABLE pressgen_archive (file text PRIMARY KEY, digest text NOT NULL, house text NOT NULL,"
    " day text NOT NULL, ratings text[] NOT NULL, problem text NOT NULL, facts text NOT NULL, config text NOT NULL,"
    f" {', '.join(f'{name} tsvector NOT NULL' for name in FIELDS)}, words tsvector GENERATED ALWAYS AS ({ALL}) STORED)"
)
GIN = f"CREATE INDEX pressgen_archive_words ON pressgen_archive USING gin (words, {', '.join(FIELDS)})"
VECTOR = "to_tsvector(%(config)s::text::regconfig, %({0})s) || to_tsvector('simple', %({0})s)"
INSERT = (
    f"INSERT INTO pressgen_archive ({', '.join([*PLAIN, *FIELDS])}) VALUES"  # noqa: S608 - our own words
    f" ({', '.join(PLAIN.values())}, {', '.join(map(VECTOR.format, FIELDS))})"
)


class PostgresIndex:
    """A search index in a PostgreSQL table, to be closed after use."""

    def __init__(self, url: str) -> None:
        """Open the index in the database at `url`; create it if missing.

        Raises:
            EnvironmentFailureError: the database does not answer, or its driver is not installed.
            UsageError: the address is not valid.
        """
        try:
            import psycopg
        except ModuleNotFoundError:
            raise EnvironmentFailureError(
                "PostgreSQL needs a driver; install it with: pip install 'pressgen[postgres]'"
            ) from None
        if not re.match(r"postgresql(\+\w+)?://", url):
            raise UsageError("PRESSGEN_DATABASE is not the address of a database; write postgresql://USER@HOST/NAME")
        address = re.sub(r"^postgresql\+\w+:", "postgresql:", url)
        with _explain_errors():
            self._connection = psycopg.connect(address, autocommit=True, connect_timeout=WAIT)
            with self._connection.transaction():
                self._make()
            rows = self._execute("SELECT cfgname FROM pg_ts_config WHERE pg_ts_config_is_visible(oid)")
        self._configurations = {row[0] for row in rows}

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def known(self) -> dict[str, str]:
        """Return the SHA-256 of every indexed file, by name."""
        with _explain_errors():
            return dict(self._execute("SELECT file, digest FROM pressgen_archive"))

    def renew(self, entries: Iterable[IndexEntry], gone: Collection[str]) -> None:
        """Replace the files of `entries`, and remove the files in `gone`."""
        rows = [self._row(each) for each in entries]
        with _explain_errors(), self._connection.transaction(), self._connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
            cursor.execute(
                "DELETE FROM pressgen_archive WHERE file = ANY(%s)", [[*gone, *(row["file"] for row in rows)]]
            )
            cursor.executemany(INSERT, rows)

    def find(self, question: SearchQuery, limit: int) -> MatchingFiles:
        """Return the best `limit` hits.

        A search by words has the weightiest first, one without words the latest.
        """
        values: dict[str, Any] = {"limit": limit}
        where = _build_conditions(question, values)
        with _explain_errors():
            configurations = self._execute("SELECT DISTINCT config FROM pressgen_archive")
            # a query of its own for each language, so that its words are stemmed once and the index can be used
            each = [_build_language_query(f"'{row[0]}'", where, question, values) for row in configurations]
            if not each:
                return MatchingFiles((), 0)
            found = " UNION ALL ".join(each)
            [(total,)] = self._execute(f"SELECT count(*) FROM ({found}) AS found", values)  # noqa: S608 - what was typed is bound
            best = f"SELECT facts FROM ({found}) AS found ORDER BY rank DESC, day DESC, file LIMIT %(limit)s"  # noqa: S608
            return MatchingFiles([METADATA.validate_json(row[0]) for row in self._execute(best, values)], total)

    def alike(self, language: str, asked: Collection[str], there: Collection[str]) -> dict[str, set[str]]:
        """Return the indexed words with the same stem as each searched word."""
        query = (
            "SELECT asked, word FROM unnest(%(asked)s::text[]) AS asked, unnest(%(there)s::text[]) AS word"
            " WHERE to_tsvector(%(config)s::regconfig, word) @@ plainto_tsquery(%(config)s::regconfig, asked)"
        )
        values = {"asked": list(asked), "there": list(there), "config": self._configuration(language)}
        found: dict[str, set[str]] = {}
        with _explain_errors():
            for one, word in self._execute(query, values):
                found.setdefault(one, set()).add(word)
        return found

    def facts(self) -> list[FileMetadata]:
        """Return the metadata of every file, by name."""
        with _explain_errors():
            rows = self._execute("SELECT facts FROM pressgen_archive ORDER BY file")
            return [METADATA.validate_json(row[0]) for row in rows]

    def faulty(self) -> list[str]:
        """Return what is wrong with each file that cannot be read."""
        with _explain_errors():
            rows = self._execute("SELECT problem FROM pressgen_archive WHERE problem <> '' ORDER BY file")
            return [row[0] for row in rows]

    def _make(self) -> None:
        """Create the table if missing; delete one of another version."""
        self._execute("SELECT pg_advisory_xact_lock(%(turn)s)", {"turn": TURN})
        if self._execute("SELECT obj_description(to_regclass('pressgen_archive'), 'pg_class')") != [(EDITION,)]:
            self._execute("SET LOCAL client_min_messages = warning")
            for each in ("DROP TABLE IF EXISTS pressgen_archive", TABLE, GIN):
                self._execute(each)
            self._execute(f"COMMENT ON TABLE pressgen_archive IS '{EDITION}'")

    def _execute(self, query: str, values: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
        cursor = self._connection.execute(query, values)
        return cursor.fetchall() if cursor.description else []

    def _configuration(self, language: str) -> str:
        name = CONFIGURATIONS.get(language.partition("-")[0].lower(), "simple")
        return name if name in self._configurations else "simple"

    def _row(self, entry: IndexEntry) -> dict[str, Any]:
        facts = entry.facts
        row: dict[str, Any] = {name: getattr(facts, name) for name in ("file", "digest", "house", "day", "problem")}
        row["ratings"] = [normalise_text(each) for each in facts.ratings]
        row |= {"facts": METADATA.dump_json(facts).decode(), "config": self._configuration(facts.language)}
        return row | {name: entry.words.get(name, "") for name in FIELDS}


def _build_language_query(config: str, where: list[str], question: SearchQuery, values: dict[str, Any]) -> str:
    """Build the query for files of one text search configuration."""
    wanted = _build_tsquery([*question.terms], "AND", values, "wanted", config)
    conditions = [f"config = {config}", *where]
    if question.terms:
        conditions.append(f"{question.within or 'words'} @@ {wanted}")
    if question.person:
        conditions.append(f"people @@ {_build_tsquery([*question.person], 'AND', values, 'person', config)}")
    if question.without:
        conditions.append(
            f"NOT {question.within or 'words'} @@"
            f" {_build_tsquery([*question.without], 'OR', values, 'without', config)}"
        )
    rank = f"ts_rank(words, {wanted})" if question.terms else "0"
    return f"SELECT file, facts, day, {rank} AS rank FROM pressgen_archive WHERE {' AND '.join(conditions)}"  # noqa: S608 - as above


def _build_conditions(question: SearchQuery, values: dict[str, Any]) -> list[str]:
    """Build the conditions of a search that do not concern words."""
    where = ["problem = ''"]
    for name, condition, value in (
        ("house", "house = %(house)s", question.house),
        ("first", "day >= %(first)s", question.first and question.first.isoformat()),
        ("last", "day <> '' AND day <= %(last)s", question.last and question.last.isoformat()),
        ("rating", "%(rating)s = ANY(ratings)", question.rating),
    ):
        if value:
            where.append(condition)
            values[name] = value
    return where


def _build_tsquery(terms: list[SearchTerm], joined: str, values: dict[str, Any], name: str, config: str) -> str:
    """Build a tsquery from terms, joined by AND or OR.

    Each term matches by its stems or by its exact words.
    """
    sign = " && " if joined == "AND" else " || "
    return f"({sign.join(_build_term_query(each, values, f'{name}{at}', config) for at, each in enumerate(terms))})"


def _build_term_query(term: SearchTerm, values: dict[str, Any], name: str, config: str) -> str:
    """Build the tsquery for one term."""
    if not term.begins:
        values[name] = f'"{" ".join(term.words)}"'
        return f"(websearch_to_tsquery({config}, %({name})s) || websearch_to_tsquery('simple', %({name})s))"
    *before, last = term.words
    values[name], values[f"{name}last"] = " ".join(before), f"'{last}':*"
    beginning = f"to_tsquery('simple', %({name}last)s)"
    return f"(phraseto_tsquery('simple', %({name})s) <-> {beginning})" if before else beginning


@contextmanager
def _explain_errors() -> Iterator[None]:
    """Turn PostgreSQL's errors into advice for the user.

    Database addresses are left out, because they contain passwords.
    """
    import psycopg

    try:
        yield
    except (psycopg.Error, OSError) as error:
        said = str(error).strip().partition("\n")[0]
        way = "check that it is running, and check PRESSGEN_DATABASE"
        raise EnvironmentFailureError(f"the index of the archive cannot be used: {said}; {way}") from error
