"""The ledger: append, read, keep files, and verify the chain."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import insert, select

from pressgen.errors import InputError
from pressgen.ledger.chain import ChainedEntry, IntegrityFault, find_first_fault
from pressgen.ledger.entry_follower import EntryFollower
from pressgen.ledger.index import (
    create_ledger_problem,
    find_indexed_entries,
    find_mails,
    find_releases_of_mailbox,
    find_review_mails,
    fold_entries,
    is_sealed,
    parse_entry,
    parse_standing,
    read_index,
    read_last_entry,
    read_standing,
)
from pressgen.ledger.lease import Lease, LeaseRequest, hold_lease
from pressgen.ledger.store import LedgerDatabase, open_ledger_database
from pressgen.ledger.tables import ENTRIES, KEPT, STANDINGS
from pressgen.ledger.transaction import LedgerTransaction
from pressgen.model.index import IndexKind, to_bounce, to_copy, to_failure
from pressgen.model.readers import OFFICE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from pressgen.model.event import Event, Stamp
    from pressgen.model.standing import Bounce, Copy, Failure, Standing

ADDRESS = "newsroom_address"
"""The field of those events that record the newsroom's address."""


class Ledger:
    """An open ledger; close it, or use it in a `with`."""

    def __init__(self, store: LedgerDatabase) -> None:
        self._store = store

    @classmethod
    def open(cls, url: str) -> Self:
        """Open the ledger in the database at `url`.

        It is `sqlite:///FILE`, created with mode 0600 if missing, or `postgresql://…`.

        Raises:
            UsageError: the address is none of these.
            EnvironmentFailureError: the database does not answer.
        """
        return cls(open_ledger_database(url))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections to the database."""
        self._store.close()

    @contextmanager
    def exclusive(self, reference: str, slug: str) -> Iterator[LedgerTransaction]:
        """Start a transaction in which nobody else records anything.

        Decide by the release's standing, then append. All appended events are recorded at the end of the `with`, or
        none if anything is raised. Build and send outside it: all other releases wait.
        """
        with self.turns() as transaction:
            yield transaction(reference, slug)

    @contextmanager
    def turns(self) -> Iterator[Callable[[str, str], LedgerTransaction]]:
        """Return `exclusive` for many releases at once.

        It yields a function that starts the transaction of each.
        """
        with self._store.writing() as connection:
            yield lambda reference, slug: LedgerTransaction(connection, reference, slug)

    def append(self, event: Event, *, reference: str, slug: str, actor: str, at: datetime) -> Stamp:
        """Record that `actor` did something to a release at the instant `at`.

        Raises:
            StateError: the clock is before the last entry.
            EnvironmentFailureError: the database cannot write; nothing was recorded.
        """
        with self.exclusive(reference, slug) as transaction:
            return transaction.append(event, actor=actor, at=at)

    @contextmanager
    def lease(self, claim: LeaseRequest) -> Iterator[Lease]:
        """Hold the lease to send something of a release.

        Nobody else sends anything of it meanwhile, on any machine.

        Raises:
            StateError: another holder kept it.
            EnvironmentFailureError: the database does not answer.
        """
        with hold_lease(self._store, claim) as lease:
            yield lease

    def entries(self, reference: str | None = None) -> list[Stamp]:
        """Return the entries of a release, or of all, in order."""
        query = select(ENTRIES).order_by(ENTRIES.c.number)
        if reference is not None:
            query = query.where(ENTRIES.c.reference == reference)
        with self._store.reading() as connection:
            return [parse_entry(ChainedEntry(*row)) for row in connection.execute(query)]

    def follow(self, reference: str) -> EntryFollower:
        """Return a reader that reads a release's entries once each."""
        return EntryFollower(self._store, reference)

    def mails(self, bounce_keys: Collection[str]) -> dict[str, Stamp]:
        """Return the entries of mails by their bounce keys.

        A key without a mail is left out.
        """
        with self._store.reading() as connection:
            return find_mails(connection, bounce_keys)

    def review_mails(self, keys: Collection[str]) -> list[Stamp]:
        """Return the entries of mails with review copies by their keys."""
        with self._store.reading() as connection:
            return find_review_mails(connection, keys)

    def last(self) -> Stamp | None:
        """Return the last entry; None where there is none."""
        with self._store.reading() as connection:
            link = read_last_entry(connection)
        return parse_entry(link) if link else None

    def tip(self) -> tuple[int, str]:
        """Return the number and digest of the last entry.

        The digest covers all earlier entries. Without entries it is 0 and an empty text.
        """
        with self._store.reading() as connection:
            link = read_last_entry(connection)
        return (link.number, link.digest) if link else (0, "")

    def number_of(self, digest: str) -> int | None:
        """Return the number of the entry with this digest, or None."""
        with self._store.reading() as connection:
            return connection.scalar(select(ENTRIES.c.number).where(ENTRIES.c.digest == digest))

    def standing(self, reference: str) -> Standing | None:
        """Return the standing of a release; None if it has no entries."""
        with self._store.reading() as connection:
            return read_standing(connection, reference)

    def named(self, name: str) -> Standing | None:
        """Return the standing by folder name or reference, or None."""
        query = select(STANDINGS).where((STANDINGS.c.slug == name) | (STANDINGS.c.reference == name))
        with self._store.reading() as connection:
            row = connection.execute(query.order_by(STANDINGS.c.slug != name)).first()
        return parse_standing(row) if row else None

    def standings(self, references: Collection[str] | None = None) -> dict[str, Standing]:
        """Return the standings of these releases, or of all, by reference.

        If a standing was changed by hand, it is read from its entries instead, so that it stops nobody else; `altered`
        lists such releases, and nothing can be recorded of them.

        Raises:
            InputError: an entry of such a release was changed, too.
        """
        query = select(STANDINGS).where(STANDINGS.c.reference != OFFICE).order_by(STANDINGS.c.reference)
        if references is not None:
            query = query.where(STANDINGS.c.reference.in_(references))
        with self._store.reading() as connection:
            rows = connection.execute(query).all()
            folded = {row.reference: _fold_standing(connection, row) for row in rows if not is_sealed(row)}
        return {row.reference: folded.get(row.reference) or parse_standing(row) for row in rows}

    def altered(self) -> list[str]:
        """Return the references of releases with a standing changed by hand."""
        with self._store.reading() as connection:
            return [row.reference for row in connection.execute(select(STANDINGS)) if not is_sealed(row)]

    def namesakes(self, slugs: Collection[str]) -> list[Standing]:
        """Return the standings of releases that have or had these folders."""
        query = select(STANDINGS).where(STANDINGS.c.slug.in_(slugs)).order_by(STANDINGS.c.reference)
        with self._store.reading() as connection:
            rows = connection.execute(query).all()
            return [parse_standing(row) if is_sealed(row) else _fold_standing(connection, row) for row in rows]

    def copies(self, reference: str) -> list[Copy]:
        """Return the version that each mailbox has, in order of receipt.

        Each mailbox has only its last copy.
        """
        with self._store.reading() as connection:
            return [
                to_copy(stamp)
                for stamp in find_indexed_entries(connection, [IndexKind.COPY], [reference]).get(reference, [])
            ]

    def references_of(self, mailbox: str) -> list[str]:
        """Return the references of the releases that went to a mailbox."""
        with self._store.reading() as connection:
            return find_releases_of_mailbox(connection, mailbox)

    def failures(self, references: Collection[str]) -> dict[str, list[Failure]]:
        """Return the failures of these releases that nobody has repaired.

        They are listed by reference, in order.
        """
        with self._store.reading() as connection:
            found = find_indexed_entries(connection, [IndexKind.FAILURE], references)
        return {reference: [to_failure(stamp) for stamp in stamps] for reference, stamps in found.items()}

    def bounces(self, references: Collection[str]) -> dict[str, list[Bounce]]:
        """Return the last bounce of each mail of these releases, in order."""
        with self._store.reading() as connection:
            found = find_indexed_entries(connection, [IndexKind.BOUNCE, IndexKind.DELAY], references)
        return {reference: [to_bounce(stamp) for stamp in stamps] for reference, stamps in found.items()}

    def first_newsroom_address(self) -> str:
        """Return the newsroom's first recorded address, or an empty text."""
        query = select(ENTRIES).where(ENTRIES.c.entry.like(f'%"{ADDRESS}":"http%')).order_by(ENTRIES.c.number)
        with self._store.reading() as connection:
            for row in connection.execute(query).yield_per(1):
                if address := getattr(parse_entry(ChainedEntry(*row)).event, ADDRESS, ""):
                    return str(address)
        return ""

    def keep(self, *contents: bytes) -> list[str]:
        """Keep files, and return their SHA-256.

        A file that is there already is kept once.
        """
        digests = [hashlib.sha256(content).hexdigest() for content in contents]
        with self._store.writing() as connection:
            query = select(KEPT.c.digest).where(KEPT.c.digest.in_(digests))
            there = set(connection.scalars(query))
            for digest, content in dict(zip(digests, contents, strict=True)).items():
                if digest not in there:
                    connection.execute(insert(KEPT).values(digest=digest, content=content))
        return digests

    def fetch(self, digest: str) -> bytes:
        """Return the file with this SHA-256.

        Raises:
            InputError: it is missing or was changed.
        """
        with self._store.reading() as connection:
            content = connection.scalar(select(KEPT.c.content).where(KEPT.c.digest == digest))
        if content is None or hashlib.sha256(content).hexdigest() != digest:
            what = "is not in the ledger" if content is None else "was changed in the ledger"
            raise InputError(
                [create_ledger_problem("G02", f"the file {digest[:12]}… {what}; restore a backup of the ledger")]
            )
        return bytes(content)

    def verify(self) -> IntegrityFault | None:
        """Return the first fault in the ledger; None if there is none.

        It may be in an entry, a kept file or a standing.
        """
        with self._store.reading() as connection:
            links = (ChainedEntry(*row) for row in connection.execute(select(ENTRIES).order_by(ENTRIES.c.number)))
            standings = {row.reference: row.standing for row in connection.execute(select(STANDINGS))}
            return find_first_fault(links, standings, read_index(connection), _verify_kept_files(connection))


def _fold_standing(connection: Connection, row: Row[Any]) -> Standing:
    """Return the standing of a release from its entries alone."""
    return fold_entries(connection, row.reference, row.slug).standing


def _verify_kept_files(connection: Connection) -> dict[str, bool]:
    """Return whether each kept file still has its digest, by digest."""
    rows = connection.execute(select(KEPT)).yield_per(1)  # a file at a time: together they may be gigabytes
    return {row.digest: hashlib.sha256(row.content).hexdigest() == row.digest for row in rows}
