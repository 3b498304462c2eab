"""The entries in the database, and their index.

The index is updated with each entry, and read together with the entries.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import bindparam, delete, insert, or_, select, update

from pressgen.errors import InputError, Place, Problem
from pressgen.ledger.chain import ChainedEntry, compute_entry_digest, compute_standing_seal
from pressgen.ledger.tables import ENTRIES, INDEX, STANDINGS
from pressgen.model.event import Sent, Stamp
from pressgen.model.index import IndexKind, IndexPut, IndexRemove, iter_index_changes
from pressgen.model.release_projection import ReleaseProjection
from pressgen.model.round import Posted
from pressgen.model.standing import Standing, is_earlier_form

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection, Row

    from pressgen.model.index import Change
    from pressgen.model.index import Place as EntryPlace


BOUNCE_KEY = re.compile(r'"bounce_key":"([0-9a-f]+)"')
LAST: Final = select(ENTRIES).order_by(ENTRIES.c.number.desc()).limit(1)
STANDING: Final = select(STANDINGS).where(STANDINGS.c.reference == bindparam("about"))
"""Built once: they run with each mail."""


def read_last_entry(connection: Connection) -> ChainedEntry | None:
    """Read the last entry of the ledger; None where it is empty.

    Raises:
        InputError: it was changed.
    """
    row = connection.execute(LAST).first()
    if row is None:
        return None
    last = ChainedEntry(*row)
    if compute_entry_digest(last.previous, last.entry) != last.digest:
        raise InputError([create_altered_entry_problem(last.number)])
    return last


def find_mails(connection: Connection, bounce_keys: Collection[str]) -> dict[str, Stamp]:
    """Find the entries of mails by their bounce keys."""
    query = select(ENTRIES).where(ENTRIES.c.entry.contains('"bounce_key":"'))
    found: dict[str, Stamp] = {}
    for row in connection.execute(query.order_by(ENTRIES.c.number)):
        key = BOUNCE_KEY.search(row.entry)
        if key and key[1] in bounce_keys:
            stamp = parse_entry(ChainedEntry(*row))
            if isinstance(stamp.event, Sent | Posted):
                found[key[1]] = stamp
    return found


def find_review_mails(connection: Connection, keys: Collection[str]) -> list[Stamp]:
    """Find the entries of mails with review copies by their keys."""
    if not keys:
        return []
    kind = ENTRIES.c.entry.contains('"kind":"posted"')
    wanted = or_(*(ENTRIES.c.entry.contains(f'"key":"{key}"', autoescape=True) for key in keys))
    rows = connection.execute(select(ENTRIES).where(kind, wanted).order_by(ENTRIES.c.number))
    stamps = [parse_entry(ChainedEntry(*row)) for row in rows]
    return [each for each in stamps if isinstance(each.event, Posted) and each.event.key in keys]


def read_standing(connection: Connection, reference: str) -> Standing | None:
    """Return the standing of a release; None if it has no entries."""
    row = read_standing_row(connection, reference)
    return parse_standing(row) if row else None


def read_standing_row(connection: Connection, reference: str) -> Row[Any] | None:
    """Return the row with a release's standing; None if there is none."""
    return connection.execute(STANDING, {"about": reference}).first()


def parse_standing(row: Row[Any]) -> Standing:
    """Return the standing in a row, if its seal is intact.

    Raises:
        InputError: it was changed.
    """
    if not is_sealed(row):
        message = f"the state of {row.reference} was changed by hand; restore a backup of the ledger"
        raise InputError([create_ledger_problem("G01", message)])
    return Standing.from_json(row.standing)


def is_sealed(row: Row[Any]) -> bool:
    """Return whether a standing is unchanged since it was written."""
    return bool(compute_standing_seal(row.reference, row.standing) == row.seal)


def parse_entry(link: ChainedEntry) -> Stamp:
    """Return the content of a stored entry.

    Raises:
        InputError: it cannot be read.
    """
    try:
        return Stamp.from_json(link.entry)
    except ValueError:
        raise InputError([create_altered_entry_problem(link.number)]) from None


def create_altered_entry_problem(number: int) -> Problem:
    """Return the problem of an entry that was changed by hand."""
    message = f"entry {number} was changed by hand, or written by a later pressgen; see: pressgen history --verify"
    return create_ledger_problem("G01", message)


def create_ledger_problem(code: str, message: str) -> Problem:
    """Return a problem of the ledger."""
    return Problem(code=code, message=message, place=Place("ledger"))


MANY = 500
"""Releases in one query."""
ADD: Final = insert(INDEX)
CHANGE: Final = update(INDEX).where(
    (INDEX.c.reference == bindparam("of")) & (INDEX.c.kind == bindparam("what")) & (INDEX.c.key == bindparam("whose"))
)
"""Built once: they run with each mail."""


def index_entry(connection: Connection, stamp: Stamp, before: Standing) -> dict[IndexKind, int]:
    """Add an entry to the index; return the new counts by kind.

    `before` is the standing before the entry.
    """
    counts = {kind: int(getattr(before, kind.value)) for kind in IndexKind}
    for change in iter_index_changes(stamp.event):
        if isinstance(change, IndexPut):
            counts[change.kind] += _put_row(connection, stamp, change)
        elif counts[change.kind]:
            counts[change.kind] -= _remove_rows(connection, stamp.reference, change)
    return counts


def rebuild_index(connection: Connection, reference: str) -> dict[IndexKind, int]:
    """Rebuild the index of a release from its entries; return the counts."""
    index = fold_entries(connection, reference, "").index
    connection.execute(delete(INDEX).where(INDEX.c.reference == reference))
    rows = [
        {"reference": reference, "kind": kind.value, "key": key, "address": address, "number": number}
        for (kind, key), (address, number) in index.places.items()
    ]
    if rows:
        connection.execute(insert(INDEX), rows)
    return index.counts


def find_indexed_entries(
    connection: Connection, kinds: Collection[IndexKind], references: Collection[str]
) -> dict[str, list[Stamp]]:
    """Find the entries of these kinds, by release and in order.

    A release without entries is left out. If the index of a release was changed by hand, or is of a version that had
    none, only the entries are read.

    Raises:
        InputError: such a release has an entry that was changed, too.
    """
    found: dict[str, list[Stamp]] = {}
    asked = list(references)
    for at in range(0, len(asked), MANY):
        some = asked[at : at + MANY]
        ours = _find_by_index(connection, kinds, some)
        for row in connection.execute(select(STANDINGS).where(STANDINGS.c.reference.in_(some))):
            places = ours.get(row.reference, [])
            sound = is_sealed(row) and not is_earlier_form(row.standing) and _is_whole(row, kinds, places)
            found[row.reference] = (
                [each.stamp for each in places] if sound else _find_by_entries(connection, kinds, row)
            )
    return found


def find_releases_of_mailbox(connection: Connection, mailbox: str) -> list[str]:
    """Find the references of the releases that a mailbox has."""
    query = select(INDEX.c.reference).where((INDEX.c.kind == IndexKind.COPY.value) & (INDEX.c.key == mailbox))
    found = set(connection.scalars(query))
    for row in connection.execute(select(STANDINGS).where(STANDINGS.c.standing.contains('"copies":['))):
        if (IndexKind.COPY, mailbox) in fold_entries(connection, row.reference, row.slug).index.places:
            found.add(row.reference)
    return sorted(found)


def read_index(connection: Connection) -> dict[str, dict[tuple[IndexKind, str], EntryPlace]]:
    """Read the whole index, by release."""
    found: dict[str, dict[tuple[IndexKind, str], EntryPlace]] = defaultdict(dict)
    for reference, kind, key, address, number in connection.execute(select(INDEX)):
        found[reference][kind, key] = address, number
    return found


def fold_entries(connection: Connection, reference: str, slug: str) -> ReleaseProjection:
    """Combine all entries of a release into its present state.

    Each entry must be unchanged. A release without entries gets `slug`.

    Raises:
        InputError: one was changed.
    """
    stamps = _read_entries(connection, reference)
    return ReleaseProjection.of(stamps, reference, stamps[-1].slug if stamps else slug)


def _put_row(connection: Connection, stamp: Stamp, change: IndexPut) -> int:
    """Put a row into the index; return 1 for a new one.

    Return 0 where it replaced another.
    """
    values = {"address": change.address, "number": stamp.number}
    place = {"of": stamp.reference, "what": change.kind.value, "whose": change.key}
    if connection.execute(CHANGE, place | values).rowcount:
        return 0
    named = {"reference": stamp.reference, "kind": change.kind.value, "key": change.key}
    connection.execute(ADD, named | values)
    return 1


def _remove_rows(connection: Connection, reference: str, change: Change) -> int:
    """Remove rows from the index; return how many there were."""
    by = INDEX.c.key == change.key if isinstance(change, IndexRemove | IndexPut) else INDEX.c.address == change.address
    return connection.execute(delete(INDEX).where(_match_rows(reference, change.kind) & by)).rowcount


def _match_rows(reference: str, kind: IndexKind) -> Any:  # noqa: ANN401 - SQLAlchemy's own, of many types
    return (INDEX.c.reference == reference) & (INDEX.c.kind == kind.value)


class _IndexedEntry(NamedTuple):
    """A row of the index, with the entry that it names."""

    kind: str
    key: str
    address: str
    link: ChainedEntry
    stamp: Stamp

    @property
    def holds(self) -> bool:
        """Whether the entry is unchanged and agrees with its row."""
        says = IndexPut(IndexKind(self.kind), self.key, self.address)
        whole = compute_entry_digest(self.link.previous, self.link.entry) == self.link.digest
        return whole and self.stamp.number == self.link.number and says in iter_index_changes(self.stamp.event)


def _find_by_index(
    connection: Connection, kinds: Collection[IndexKind], references: list[str]
) -> dict[str, list[_IndexedEntry]]:
    """Return the index rows with their entries, by release and in order."""
    query = (
        select(INDEX.c.kind, INDEX.c.key, INDEX.c.address, *ENTRIES.c)
        .join(ENTRIES, (ENTRIES.c.number == INDEX.c.number) & (ENTRIES.c.reference == INDEX.c.reference))
        .where(INDEX.c.reference.in_(references) & INDEX.c.kind.in_([kind.value for kind in kinds]))
        .order_by(INDEX.c.number)
    )
    found: dict[str, list[_IndexedEntry]] = defaultdict(list)
    for kind, key, address, *columns in connection.execute(query):
        link = ChainedEntry(*columns)
        found[link.reference].append(_IndexedEntry(kind, key, address, link, parse_entry(link)))
    return found


def _is_whole(row: Row[Any], kinds: Collection[IndexKind], found: list[_IndexedEntry]) -> bool:
    """Return whether the index agrees with the standing and the entries."""
    standing, counts = Standing.from_json(row.standing), Counter(each.kind for each in found)
    return all(counts[kind] == getattr(standing, kind) for kind in kinds) and all(each.holds for each in found)


def _find_by_entries(connection: Connection, kinds: Collection[IndexKind], row: Row[Any]) -> list[Stamp]:
    stamps = _read_entries(connection, row.reference)
    places = ReleaseProjection.of(stamps, row.reference, row.slug).index.places
    numbers = {number for (kind, _), (_, number) in places.items() if kind in kinds}
    return [each for each in stamps if each.number in numbers]


def _read_entries(connection: Connection, reference: str) -> list[Stamp]:
    query = select(ENTRIES).where(ENTRIES.c.reference == reference).order_by(ENTRIES.c.number)
    links = [ChainedEntry(*row) for row in connection.execute(query)]
    if broken := [each for each in links if compute_entry_digest(each.previous, each.entry) != each.digest]:
        raise InputError([create_altered_entry_problem(each.number) for each in broken])
    return [parse_entry(each) for each in links]
