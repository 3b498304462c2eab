"""The scheduler's database.

It is a SQLite file of the workspace, or a PostgreSQL that machines share.
"""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from pressgen.errors import EnvironmentFailureError, UsageError, describe_fault
from pressgen.files.atomic import make_folder, open_lock_file

if TYPE_CHECKING:
    from pathlib import Path

FILE: Final = "engine.sqlite"
FOREIGN: Final = "DBOS__CLOUD"
"""The environment variable that makes the library take its orders and settings from elsewhere."""
LASTING: Final = {
    "keepalives_idle": "5", "keepalives_interval": "2", "keepalives_count": "3", "tcp_user_timeout": "10000",
}  # fmt: skip
"""Seconds, except for the last, in milliseconds: after them a service notices that it is cut off."""


@dataclass(frozen=True, slots=True)
class SchedulerDatabase:
    """The scheduler's database: a SQLite file or a PostgreSQL.

    Attributes:
        folder: the workspace's state, `.pressgen`; it has the locks of workers on this machine, too.
        database: the URL of a PostgreSQL, or empty for SQLite.
    """

    folder: Path
    database: str = ""

    @property
    def url(self) -> str:
        """The URL for DBOS.

        It may contain a password, so never print it.
        """
        if self.database:
            return self.database.replace("postgresql+psycopg:", "postgresql:", 1)
        return f"sqlite:///{self.folder.resolve() / FILE}"

    @property
    def lasting_url(self) -> str:
        """The URL for a service, with short timeouts.

        A service must not hang for minutes when a cable was pulled.
        """
        if not self.database:
            return self.url
        return f"{self.url}{'&' if '?' in self.url else '?'}{urlencode(LASTING)}"

    def prepare(self) -> None:
        """Create the database if there is none.

        Only its owner can read it, as it says what is under embargo until when.

        Raises:
            UsageError: an environment variable tells the library to take orders from elsewhere. Only then does it
                read the other variables that begin with `DBOS_`. It never reads those that begin with `OTEL_`, as
                `enable_otlp` is off.
            EnvironmentFailureError: the folder or the database cannot be reached.
        """
        if os.environ.get(FOREIGN) == "true":
            raise UsageError(f"{FOREIGN} makes the scheduler take orders from another place; unset it, and try again")
        import logging

        from dbos import DBOS

        logging.getLogger("dbos").setLevel(logging.CRITICAL)
        try:
            if not self.database:
                self._prepare_file()
            DBOS.migrate(self.url)
        except Exception as error:  # noqa: BLE001 - whatever the driver raises
            raise EnvironmentFailureError(
                f"{self._shown} cannot be written: {_read_first_line(error)}; {self._way_out}"
            ) from None

    def _prepare_file(self) -> None:
        make_folder(self.folder, own=True)
        file = self.folder / FILE
        os.close(open_lock_file(file))  # gives a clearer error than SQLite
        with sqlite3.connect(file) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
        connection.close()

    @property
    def _shown(self) -> str:
        return "the scheduler's PostgreSQL database (PRESSGEN_DATABASE)" if self.database else str(self.folder / FILE)

    @property
    def _way_out(self) -> str:
        if self.database:
            return "check that it is running, and that its user can create tables"
        return "let the user who runs pressgen write there, and make room"


def _read_first_line(error: Exception) -> str:
    cause = (isinstance(error, OSError) and error.strerror) or getattr(error, "orig", None) or error
    return (str(cause).splitlines() or [describe_fault(error)])[0]
