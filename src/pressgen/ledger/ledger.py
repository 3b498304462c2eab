"""The ledger itself: append, read, keep files, prove the chain."""

from __future__ import annotations

import hashlib
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import insert, select

from pressgen.errors import Refused
from pressgen.ledger.chain import Breach, Link, first_breach
from pressgen.ledger.follower import EntryFollower
from pressgen.ledger.index import find_indexed, fold_entries, read_places, releases_with
from pressgen.ledger.lease import Claim, Lease, hold_lease
from pressgen.ledger.rows import is_sealed, last_link, problem, stamp_of, standing_at, standing_of
from pressgen.ledger.store import Store, open_store
from pressgen.ledger.tables import ENTRIES, KEPT, STANDINGS
from pressgen.ledger.transaction import Turn
from pressgen.model.event import Sent
from pressgen.model.index import Kind, bounce_of, copy_of, failure_of
from pressgen.model.readers import OFFICE
from pressgen.model.round import Posted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from pressgen.model.event import Event, Stamp
    from pressgen.model.standing import Bounce, Copy, Failure, Standing


ADDRESS = "newsroom_address"
"""The field of those events that record the newsroom's address."""


BOUNCE_KEY = re.compile(r'"bounce_key":"([0-9a-f]+)"')


class Ledger:
    """An open ledger; close it, or use it in a `with`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def open(cls, url: str) -> Self:
        """The ledger in the database at `url`: `sqlite:///FILE`, made with mode 0600 if need be, or `postgresql://…`.

        Raises:
            WrongUse: the address is none.
            MachineLacks: the database does not answer.
        """
        return cls(open_store(url))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections to the database."""
        self._store.close()

    @contextmanager
    def exclusive(self, reference: str, slug: str) -> Iterator[Turn]:
        """A turn in which nobody else records anything: decide on the release's standing, then append.

        What is appended is recorded at the end of the `with`, all of it, or none where anything is raised. Build and
        send before and after, not within: all other releases wait.
        """
        with self.turns() as turn:
            yield turn(reference, slug)

    @contextmanager
    def turns(self) -> Iterator[Callable[[str, str], Turn]]:
        """As `exclusive`, for many releases at once: what is yielded gives the turn of each."""
        with self._store.writing() as connection:
            yield lambda reference, slug: Turn(connection, reference, slug)

    def append(self, event: Event, *, reference: str, slug: str, actor: str, at: datetime) -> Stamp:
        """Record that `actor` did something to a release at the instant `at`.

        Raises:
            StateForbids: the clock is before the last entry.
            MachineLacks: the database cannot write; nothing was recorded.
        """
        with self.exclusive(reference, slug) as turn:
            return turn.append(event, actor=actor, at=at)

    @contextmanager
    def lease(self, claim: Claim) -> Iterator[Lease]:
        """The right to send something of a release; nobody else sends anything of it meanwhile, on any machine.

        Raises:
            StateForbids: another had it all the while.
            MachineLacks: the database does not answer.
        """
        with hold_lease(self._store, claim) as lease:
            yield lease

    def entries(self, reference: str | None = None) -> list[Stamp]:
        """What happened to a release, or to all, first to last."""
        query = select(ENTRIES).order_by(ENTRIES.c.number)
        if reference is not None:
            query = query.where(ENTRIES.c.reference == reference)
        with self._store.reading() as connection:
            return [stamp_of(Link(*row)) for row in connection.execute(query)]

    def follow(self, reference: str) -> EntryFollower:
        """What happens to a release, to be read again and again while it goes on."""
        return EntryFollower(self._store, reference)

    def mails(self, bounce_keys: Collection[str]) -> dict[str, Stamp]:
        """The entries of the mails that have these bounce keys, by key; a key of no mail is left out."""
        query = select(ENTRIES).where(ENTRIES.c.entry.contains('"bounce_key":"'))
        found: dict[str, Stamp] = {}
        with self._store.reading() as connection:
            for row in connection.execute(query.order_by(ENTRIES.c.number)):
                key = BOUNCE_KEY.search(row.entry)
                if key and key[1] in bounce_keys:
                    stamp = stamp_of(Link(*row))
                    if isinstance(stamp.event, Sent | Posted):
                        found[key[1]] = stamp
        return found

    def last(self) -> Stamp | None:
        """What happened last, None if nothing did."""
        with self._store.reading() as connection:
            link = last_link(connection)
        return stamp_of(link) if link else None

    def tip(self) -> tuple[int, str]:
        """The number of the last entry, and its digest, which stands for all of them; 0 and nothing where none is."""
        with self._store.reading() as connection:
            link = last_link(connection)
        return (link.number, link.digest) if link else (0, "")

    def number_of(self, digest: str) -> int | None:
        """The number of the entry with this digest; None where the chain has none."""
        with self._store.reading() as connection:
            return connection.scalar(select(ENTRIES.c.number).where(ENTRIES.c.digest == digest))

    def standing(self, reference: str) -> Standing | None:
        """Where a release stands, None if nothing happened to it."""
        with self._store.reading() as connection:
            return standing_at(connection, reference)

    def named(self, name: str) -> Standing | None:
        """Where the release stands whose folder or whose reference is `name`, None if nothing happened to it."""
        query = select(STANDINGS).where((STANDINGS.c.slug == name) | (STANDINGS.c.reference == name))
        with self._store.reading() as connection:
            row = connection.execute(query.order_by(STANDINGS.c.slug != name)).first()
        return standing_of(row) if row else None

    def standings(self, references: Collection[str] | None = None) -> dict[str, Standing]:
        """Where the releases of these references stand, or all of them, by reference.

        One whose record was changed by hand stands where its entries say, so that it stops nobody else; `altered`
        tells which it is, and nothing can be recorded of it.

        Raises:
            Refused: an entry of such a release was changed, too.
        """
        query = select(STANDINGS).where(STANDINGS.c.reference != OFFICE).order_by(STANDINGS.c.reference)
        if references is not None:
            query = query.where(STANDINGS.c.reference.in_(references))
        with self._store.reading() as connection:
            rows = connection.execute(query).all()
            folded = {row.reference: _folded(connection, row) for row in rows if not is_sealed(row)}
        return {row.reference: folded.get(row.reference) or standing_of(row) for row in rows}

    def altered(self) -> list[str]:
        """The references of the releases whose standing was changed by hand."""
        with self._store.reading() as connection:
            return [row.reference for row in connection.execute(select(STANDINGS)) if not is_sealed(row)]

    def namesakes(self, slugs: Collection[str]) -> list[Standing]:
        """Where all releases stand whose folder has, or had, one of these names."""
        query = select(STANDINGS).where(STANDINGS.c.slug.in_(slugs)).order_by(STANDINGS.c.reference)
        with self._store.reading() as connection:
            rows = connection.execute(query).all()
            return [standing_of(row) if is_sealed(row) else _folded(connection, row) for row in rows]

    def copies(self, reference: str) -> list[Copy]:
        """Who has which version of a release, in the order in which they got it; of each mailbox, the last one."""
        with self._store.reading() as connection:
            return [copy_of(stamp) for stamp in find_indexed(connection, [Kind.COPY], [reference]).get(reference, [])]

    def references_of(self, mailbox: str) -> list[str]:
        """The references of the releases that went to a mailbox."""
        with self._store.reading() as connection:
            return releases_with(connection, mailbox)

    def failures(self, references: Collection[str]) -> dict[str, list[Failure]]:
        """What failed of these releases and has not been made good, by reference, in order."""
        with self._store.reading() as connection:
            found = find_indexed(connection, [Kind.FAILURE], references)
        return {reference: [failure_of(stamp) for stamp in stamps] for reference, stamps in found.items()}

    def bounces(self, references: Collection[str]) -> dict[str, list[Bounce]]:
        """The mails of these releases that came back, by reference, in order; of each mail, the last that was told."""
        with self._store.reading() as connection:
            found = find_indexed(connection, [Kind.BOUNCE, Kind.DELAY], references)
        return {reference: [bounce_of(stamp) for stamp in stamps] for reference, stamps in found.items()}

    def first_newsroom_address(self) -> str:
        """The newsroom's address that was recorded first; empty where none was."""
        query = select(ENTRIES).where(ENTRIES.c.entry.like(f'%"{ADDRESS}":"http%')).order_by(ENTRIES.c.number)
        with self._store.reading() as connection:
            for row in connection.execute(query).yield_per(1):
                if address := getattr(stamp_of(Link(*row)).event, ADDRESS, ""):
                    return str(address)
        return ""

    def keep(self, *contents: bytes) -> list[str]:
        """Keep files; their SHA-256. One that is there already is kept once."""
        digests = [hashlib.sha256(content).hexdigest() for content in contents]
        with self._store.writing() as connection:
            query = select(KEPT.c.digest).where(KEPT.c.digest.in_(digests))
            there = set(connection.scalars(query))
            for digest, content in dict(zip(digests, contents, strict=True)).items():
                if digest not in there:
                    connection.execute(insert(KEPT).values(digest=digest, content=content))
        return digests

    def fetch(self, digest: str) -> bytes:
        """The file with this SHA-256.

        Raises:
            Refused: it is not there, or not what it was.
        """
        with self._store.reading() as connection:
            content = connection.scalar(select(KEPT.c.content).where(KEPT.c.digest == digest))
        if content is None or hashlib.sha256(content).hexdigest() != digest:
            what = "is not in the ledger" if content is None else "was changed in the ledger"
            raise Refused([problem("G02", f"the file {digest[:12]}… {what}; put back a backup of the ledger")])
        return bytes(content)

    def verify(self) -> Breach | None:
        """The first thing in the ledger that does not hold: an entry, a kept file, a standing; None if all do."""
        with self._store.reading() as connection:
            links = (Link(*row) for row in connection.execute(select(ENTRIES).order_by(ENTRIES.c.number)))
            standings = {row.reference: row.standing for row in connection.execute(select(STANDINGS))}
            return first_breach(links, standings, read_places(connection), _sound(connection))


def _folded(connection: Connection, row: Row[Any]) -> Standing:
    """Where a release stands by its entries alone."""
    return fold_entries(connection, row.reference, row.slug).standing


def _sound(connection: Connection) -> dict[str, bool]:
    """The digest of every kept file, and whether it is still that of the file."""
    rows = connection.execute(select(KEPT)).yield_per(1)  # a file at a time: together they may be gigabytes
    return {row.digest: hashlib.sha256(row.content).hexdigest() == row.digest for row in rows}
