"""The tables of the ledger, the same in SQLite and PostgreSQL."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Double, Integer, LargeBinary, MetaData, String, Table, Text

METADATA = MetaData()

ENTRIES = Table(
    "pressgen_entries",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("reference", String(60), nullable=False, index=True),
    Column("entry", Text, nullable=False),  # a Stamp as JSON
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
)
"""The events, each entry chained to the one before."""

STANDINGS = Table(
    "pressgen_standings",
    METADATA,
    Column("reference", String(60), primary_key=True),
    Column("slug", Text, nullable=False, index=True),
    Column("standing", Text, nullable=False),  # a Standing as JSON, folded from the entries
    Column("seal", String(64), nullable=False),
)
"""The standing of each release, updated with the entries so that ten thousand can be listed at once.

It is small even with many readers, as it only counts them.
"""

INDEX = Table(
    "pressgen_index",
    METADATA,
    Column("reference", String(60), primary_key=True),
    Column("kind", String(10), primary_key=True),  # what is indexed, such as `copies`
    Column("key", Text, primary_key=True),  # a mailbox, or the key of a delivery
    Column("address", Text, nullable=False),  # the reader; empty for none
    Column("number", Integer, nullable=False),  # the number of the entry
)
"""Which entry says what each reader has, what failed and what came back.

Built from the entries, and kept up to date.
"""

KEPT = Table(
    "pressgen_kept",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""Files by their SHA-256."""

LEASES = Table(
    "pressgen_leases",
    METADATA,
    Column("name", String(60), primary_key=True),  # the reference of a release
    Column("token", BigInteger, nullable=False),  # raised with each acquisition
    Column("holder", Text, nullable=False),  # who, on which machine; empty while nobody holds it
    Column("since", Text, nullable=False),
    Column("hold", String(32), nullable=False),  # the name of the lock that ends with the holder's process
    Column("expires", Double, nullable=False),  # in seconds on the clock of the database, or of the machine for SQLite
    Column("in_hand", Text, nullable=False),  # a Stamp as JSON: the mail whose outcome nobody has recorded yet
)
"""Who may send something of which release at this moment."""
