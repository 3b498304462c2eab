"""The database of the ledger, and its error messages.

It is a SQLite file or a PostgreSQL.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from pressgen.errors import EnvironmentFailureError, UsageError
from pressgen.files.atomic import create_empty_file
from pressgen.ledger.process_lock import AdvisoryLocks, FileLocks
from pressgen.ledger.tables import METADATA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine
    from sqlalchemy.engine import URL

    from pressgen.ledger.process_lock import ProcessLock, ProcessLockProvider

WAIT = 30  # seconds to wait for another writer
TURN = 0x70726573  # the advisory lock for appending in PostgreSQL: each entry needs the last
FULL = "it has no free connection: run the command again in a moment, or raise its max_connections"
WAYS_OUT = {
    "disk is full": "make room on the disk and run the command again; nothing was recorded",
    "No space left": "make room on the disk and run the command again; nothing was recorded",
    "readonly": "the disk or the file is read-only: mount it for writing, or correct the file's owner and mode",
    "locked": f"another program has been writing for {WAIT} seconds: find it, end it, and run the command again",
    "unable to open": "the folder .pressgen is missing or belongs to another user: correct its owner and mode",
    "disk I/O": "the disk is failing or full: make room or use another disk, and run the command again",
    "not a database": "the file is damaged: restore a backup of it",
    "malformed": "the file is damaged: restore a backup of it",
    "too many clients": FULL,
    "remaining connection slots": FULL,
    "connection": "the database does not answer: check that it is running, and check PRESSGEN_DATABASE",
    "permission denied": "the user in PRESSGEN_DATABASE has no permission for this: grant it, or use another user",
}


class LedgerDatabase:
    """An open database of a ledger; writers take turns.

    What a writer has read stays true until it has written.

    Attributes:
        liveness: how its users see whether one of them still lives.
    """

    def __init__(self, engine: Engine, liveness: ProcessLockProvider) -> None:
        self._engine, self.liveness = engine, liveness
        self._writer = engine.execution_options(writing=True)
        one_moment = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
        self._reader = engine.execution_options(**one_moment)  # SQLite's readers see one moment anyway

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection that sees one moment of the database.

        Raises:
            EnvironmentFailureError: the database does not answer.
        """
        with _translate_errors(), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a connection that writes everything at the end, or nothing.

        Nobody else writes meanwhile.

        Raises:
            EnvironmentFailureError: the database does not answer, or cannot write.
        """
        with _translate_errors(), self._writer.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": TURN})
            yield connection

    def hold(self) -> ProcessLock:
        """Take a lock that ends with this process at the latest.

        Raises:
            EnvironmentFailureError: as `reading`.
        """
        with _translate_errors():
            return self.liveness.hold()

    def close(self) -> None:
        """Close its connections."""
        self._engine.dispose()


def open_ledger_database(url: str) -> LedgerDatabase:
    """Open the database at `url`, and create its tables if missing.

    The address is `sqlite:///FILE` or `postgresql://…`.

    Raises:
        UsageError: the address is none of these.
        EnvironmentFailureError: the database does not answer, or its driver is not installed.
    """
    try:
        address = make_url(url)
    except ArgumentError:
        address = None
    backend = address.get_backend_name() if address else ""
    if address is None or backend not in {"sqlite", "postgresql"}:
        raise UsageError("PRESSGEN_DATABASE is not the address of a database; write postgresql://USER@HOST/NAME")
    with _translate_errors():
        store = _open_sqlite(address) if backend == "sqlite" else _open_postgresql(address)
    with store.reading() as connection:
        there = set(inspect(connection).get_table_names())
    if not there >= set(METADATA.tables):  # no file yet, or one of an earlier pressgen
        with store.writing() as connection:
            METADATA.create_all(connection)
    return store


def _open_sqlite(address: URL) -> LedgerDatabase:
    file = address.database or ""
    create_empty_file(Path(file))
    engine = create_engine(address, max_overflow=-1, connect_args={"timeout": WAIT})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: object) -> None:  # noqa: ANN401 - sqlite3's own, without types for its attributes
        connection.isolation_level = None  # sqlite3 would begin only before the first change
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return LedgerDatabase(engine, FileLocks(file))


def _open_postgresql(address: URL) -> LedgerDatabase:
    address = address.set(drivername="postgresql+psycopg")
    try:
        return LedgerDatabase(create_engine(address, max_overflow=-1, pool_pre_ping=True), AdvisoryLocks(address))
    except ModuleNotFoundError:
        raise EnvironmentFailureError(
            "PostgreSQL needs a driver; install it with: pip install 'pressgen[postgres]'"
        ) from None


@contextmanager
def _translate_errors() -> Iterator[None]:
    """Turn database errors into messages that say what to do.

    Addresses are not repeated, as they hold passwords.
    """
    try:
        yield
    except (DBAPIError, OSError) as error:
        said = str(error.orig if isinstance(error, DBAPIError) else error.strerror).strip().partition("\n")[0]
        way = next((way for sign, way in WAYS_OUT.items() if sign in said), "check that the database is not damaged")
        raise EnvironmentFailureError(f"the ledger cannot be used: {said}; {way}") from error
