"""The ledger itself: append, read, keep files, prove the chain."""

from __future__ import annotations

import gc
import hashlib
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Connection, Row, delete, insert, select

from pressgen.errors import Place, Problem, Refused, StateForbids
from pressgen.ledger.chain import FIRST, Breach, Link, digest_of, first_breach, seal
from pressgen.ledger.store import Store, open_store
from pressgen.ledger.tables import ENTRIES, KEPT, STANDINGS
from pressgen.model.advance import advance
from pressgen.model.event import ClockSet, Event, Stamp
from pressgen.model.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

SLACK = timedelta(minutes=2)
"""How far two clocks may differ, and how long ago a command may have looked at one before it records something."""


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
        with self._store.writing() as connection:
            yield Turn(connection, reference, slug)

    def append(self, event: Event, *, reference: str, slug: str, actor: str, at: datetime) -> Stamp:
        """Record that `actor` did something to a release at the instant `at`.

        Raises:
            StateForbids: the clock is before the last entry.
            MachineLacks: the database cannot write; nothing was recorded.
        """
        with self.exclusive(reference, slug) as turn:
            return turn.append(event, actor=actor, at=at)

    def entries(self, reference: str | None = None) -> list[Stamp]:
        """What happened to a release, or to all, first to last."""
        query = select(ENTRIES).order_by(ENTRIES.c.number)
        if reference is not None:
            query = query.where(ENTRIES.c.reference == reference)
        with self._store.reading() as connection:
            return [_stamp(Link(*row)) for row in connection.execute(query)]

    def last(self) -> Stamp | None:
        """What happened last, None if nothing did."""
        with self._store.reading() as connection:
            link = _last(connection)
        return _stamp(link) if link else None

    def tip(self) -> tuple[int, str]:
        """The number of the last entry, and its digest, which stands for all of them; 0 and nothing where none is."""
        with self._store.reading() as connection:
            link = _last(connection)
        return (link.number, link.digest) if link else (0, "")

    def standing(self, reference: str) -> Standing | None:
        """Where a release stands, None if nothing happened to it."""
        with self._store.reading() as connection:
            return _standing(connection, reference)

    def named(self, name: str) -> Standing | None:
        """Where the release stands whose folder or whose reference is `name`, None if nothing happened to it."""
        query = select(STANDINGS).where((STANDINGS.c.slug == name) | (STANDINGS.c.reference == name))
        with self._store.reading() as connection:
            row = connection.execute(query.order_by(STANDINGS.c.slug != name)).first()
        return _unsealed(row) if row else None

    def standings(self) -> dict[str, Standing]:
        """Where every release stands, by reference."""
        with self._store.reading() as connection:
            rows = connection.execute(select(STANDINGS).order_by(STANDINGS.c.reference)).all()
        with _unswept():
            return {row.reference: _unsealed(row) for row in rows}

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
            raise Refused([_problem("G02", f"the file {digest[:12]}… {what}; put back a backup of the ledger")])
        return bytes(content)

    def verify(self) -> Breach | None:
        """The first thing in the ledger that does not hold: an entry, a standing, a kept file; None if all do."""
        with self._store.reading() as connection:
            links = (Link(*row) for row in connection.execute(select(ENTRIES).order_by(ENTRIES.c.number)))
            standings = {row.reference: row.standing for row in connection.execute(select(STANDINGS))}
            return first_breach(links, standings) or _broken_file(connection)


class Turn:
    """A release's turn in the ledger."""

    def __init__(self, connection: Connection, reference: str, slug: str) -> None:
        self._connection = connection
        self._reference, self._slug = reference, slug
        self.standing = _standing(connection, reference) or Standing(reference=reference, slug=slug)

    def append(self, event: Event, *, actor: str, at: datetime) -> Stamp:
        """Record an event, once the turn ends well; the standing is then the one after it.

        Raises:
            StateForbids: the clock is before the last entry.
            Refused: the last entry was changed.
        """
        previous, number = FIRST, 1
        if last := _last(self._connection):
            previous, number = last.digest, last.number + 1
            if not isinstance(event, ClockSet):
                _check_clock(_stamp(last).at, at)
        stamp = Stamp(
            number=number, at=at.astimezone(UTC), actor=actor, reference=self._reference, slug=self._slug, event=event
        )
        entry = stamp.to_json().decode()
        link = Link(number, self._reference, entry, previous, digest_of(previous, entry))
        self._connection.execute(insert(ENTRIES).values(asdict(link)))
        self.standing = advance(self.standing, stamp)
        text = self.standing.to_json().decode()
        self._connection.execute(delete(STANDINGS).where(STANDINGS.c.reference == self._reference))
        self._connection.execute(
            insert(STANDINGS).values([self._reference, self._slug, text, seal(self._reference, text)])
        )
        return stamp


def _last(connection: Connection) -> Link | None:
    """The last entry of all, as it was written."""
    row = connection.execute(select(ENTRIES).order_by(ENTRIES.c.number.desc()).limit(1)).first()
    if row is None:
        return None
    last = Link(*row)
    if digest_of(last.previous, last.entry) != last.digest:
        raise Refused([_edited(last.number)])
    return last


@contextmanager
def _unswept() -> Iterator[None]:
    """Make ten thousand records without Python searching them for rubbish meanwhile, which takes as long again."""
    sweeping = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if sweeping:
            gc.enable()


def _check_clock(last: datetime, now: datetime) -> None:
    if now < last - SLACK:
        raise StateForbids(
            f"the clock says {now:%Y-%m-%d %H:%M:%S %Z}, but the ledger has an entry of"
            f" {last.astimezone(now.tzinfo):%Y-%m-%d %H:%M:%S %Z}: see which is wrong (timedatectl status); set the"
            " clock right, or if it is right now, say so: pressgen clock --because REASON"
        )


def _standing(connection: Connection, reference: str) -> Standing | None:
    row = connection.execute(select(STANDINGS).where(STANDINGS.c.reference == reference)).first()
    return _unsealed(row) if row else None


def _unsealed(row: Row[Any]) -> Standing:
    if seal(row.reference, row.standing) != row.seal:
        message = f"the standing of {row.reference} was changed by hand; put back a backup of the ledger"
        raise Refused([_problem("G01", message)])
    return Standing.from_json(row.standing)


def _stamp(link: Link) -> Stamp:
    try:
        return Stamp.from_json(link.entry)
    except ValueError:
        raise Refused([_edited(link.number)]) from None


def _edited(number: int) -> Problem:
    message = f"entry {number} was changed by hand, or written by a later pressgen; see: pressgen history --verify"
    return _problem("G01", message)


def _problem(code: str, message: str) -> Problem:
    return Problem(code=code, message=message, place=Place("ledger"))


def _broken_file(connection: Connection) -> Breach | None:
    for row in connection.execute(select(KEPT).order_by(KEPT.c.digest)).yield_per(1):
        if hashlib.sha256(row.content).hexdigest() != row.digest:
            return Breach(0, f"the kept file {row.digest} was changed")
    return None
