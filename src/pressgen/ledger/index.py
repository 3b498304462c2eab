"""The index of the entries in the database: kept up with each entry, and read back together with the entries."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import bindparam, delete, insert, select, update

from pressgen.errors import Refused
from pressgen.ledger.chain import Link, digest_of
from pressgen.ledger.rows import edited, is_sealed, stamp_of
from pressgen.ledger.tables import ENTRIES, INDEX, STANDINGS
from pressgen.model.fold import Fold
from pressgen.model.index import Kind, Put, Remove, changes_of
from pressgen.model.standing import Standing, is_earlier_form

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection, Row

    from pressgen.model.event import Stamp
    from pressgen.model.index import Change, Place

MANY = 500
"""Releases that are asked for at a time."""
ADD: Final = insert(INDEX)
CHANGE: Final = update(INDEX).where(
    (INDEX.c.reference == bindparam("of")) & (INDEX.c.kind == bindparam("what")) & (INDEX.c.key == bindparam("whose"))
)
"""Made once: they are carried out with each mail."""


def index_entry(connection: Connection, stamp: Stamp, before: Standing) -> dict[Kind, int]:
    """Index an entry that follows where the release stood `before`; how many there are now of each kind."""
    counts = {kind: int(getattr(before, kind.value)) for kind in Kind}
    for change in changes_of(stamp.event):
        if isinstance(change, Put):
            counts[change.kind] += _put(connection, stamp, change)
        elif counts[change.kind]:
            counts[change.kind] -= _remove(connection, stamp.reference, change)
    return counts


def index_again(connection: Connection, reference: str) -> dict[Kind, int]:
    """Make the index of a release anew from all its entries; how many there are of each kind."""
    index = fold_entries(connection, reference, "").index
    connection.execute(delete(INDEX).where(INDEX.c.reference == reference))
    rows = [
        {"reference": reference, "kind": kind.value, "key": key, "address": address, "number": number}
        for (kind, key), (address, number) in index.places.items()
    ]
    if rows:
        connection.execute(insert(INDEX), rows)
    return index.counts


def find_indexed(
    connection: Connection, kinds: Collection[Kind], references: Collection[str]
) -> dict[str, list[Stamp]]:
    """The entries that say what is so of releases, in their order; of a release without entries none.

    Where the index of a release cannot be relied on, since it was changed by hand or is of a version that had none, its
    entries alone are.

    Raises:
        Refused: such a release has an entry that was changed, too.
    """
    found: dict[str, list[Stamp]] = {}
    asked = list(references)
    for at in range(0, len(asked), MANY):
        some = asked[at : at + MANY]
        ours = _by_index(connection, kinds, some)
        for row in connection.execute(select(STANDINGS).where(STANDINGS.c.reference.in_(some))):
            places = ours.get(row.reference, [])
            sound = is_sealed(row) and not is_earlier_form(row.standing) and _is_whole(row, kinds, places)
            found[row.reference] = [each.stamp for each in places] if sound else _by_entries(connection, kinds, row)
    return found


def releases_with(connection: Connection, mailbox: str) -> list[str]:
    """The references of the releases of which a mailbox has a copy."""
    query = select(INDEX.c.reference).where((INDEX.c.kind == Kind.COPY.value) & (INDEX.c.key == mailbox))
    found = set(connection.scalars(query))
    for row in connection.execute(select(STANDINGS).where(STANDINGS.c.standing.contains('"copies":['))):
        if (Kind.COPY, mailbox) in fold_entries(connection, row.reference, row.slug).index.places:
            found.add(row.reference)
    return sorted(found)


def read_places(connection: Connection) -> dict[str, dict[tuple[Kind, str], Place]]:
    """The whole index, by release; what is of no kind that there is, is left out."""
    found: dict[str, dict[tuple[Kind, str], Place]] = defaultdict(dict)
    for reference, kind, key, address, number in connection.execute(select(INDEX)):
        found[reference][kind, key] = address, number
    return found


def fold_entries(connection: Connection, reference: str, slug: str) -> Fold:
    """Everything that happened to a release, by its entries, each of which must be as it was written; `slug` if none.

    Raises:
        Refused: one is not.
    """
    stamps = _entries(connection, reference)
    return Fold.of(stamps, reference, stamps[-1].slug if stamps else slug)


def _put(connection: Connection, stamp: Stamp, change: Put) -> int:
    """Put something into the index; 1 if it was not there, else 0."""
    values = {"address": change.address, "number": stamp.number}
    place = {"of": stamp.reference, "what": change.kind.value, "whose": change.key}
    if connection.execute(CHANGE, place | values).rowcount:
        return 0
    named = {"reference": stamp.reference, "kind": change.kind.value, "key": change.key}
    connection.execute(ADD, named | values)
    return 1


def _remove(connection: Connection, reference: str, change: Change) -> int:
    """Take something out of the index; how many there were."""
    by = INDEX.c.key == change.key if isinstance(change, Remove | Put) else INDEX.c.address == change.address
    return connection.execute(delete(INDEX).where(_where(reference, change.kind) & by)).rowcount


def _where(reference: str, kind: Kind) -> Any:  # noqa: ANN401 - SQLAlchemy's own, of many types
    return (INDEX.c.reference == reference) & (INDEX.c.kind == kind.value)


class _Found(NamedTuple):
    """A row of the index, with the entry that it names."""

    kind: str
    key: str
    address: str
    link: Link
    stamp: Stamp

    @property
    def holds(self) -> bool:
        """Whether the entry is as it was written, and says what the row says."""
        says = Put(Kind(self.kind), self.key, self.address)
        whole = digest_of(self.link.previous, self.link.entry) == self.link.digest
        return whole and self.stamp.number == self.link.number and says in changes_of(self.stamp.event)


def _by_index(connection: Connection, kinds: Collection[Kind], references: list[str]) -> dict[str, list[_Found]]:
    """The rows of the index with their entries, by release, in the order of the entries."""
    query = (
        select(INDEX.c.kind, INDEX.c.key, INDEX.c.address, *ENTRIES.c)
        .join(ENTRIES, (ENTRIES.c.number == INDEX.c.number) & (ENTRIES.c.reference == INDEX.c.reference))
        .where(INDEX.c.reference.in_(references) & INDEX.c.kind.in_([kind.value for kind in kinds]))
        .order_by(INDEX.c.number)
    )
    found: dict[str, list[_Found]] = defaultdict(list)
    for kind, key, address, *columns in connection.execute(query):
        link = Link(*columns)
        found[link.reference].append(_Found(kind, key, address, link, stamp_of(link)))
    return found


def _is_whole(row: Row[Any], kinds: Collection[Kind], found: list[_Found]) -> bool:
    """Whether the index has as many as the standing counts, and each is what its entry says."""
    standing, counts = Standing.from_json(row.standing), Counter(each.kind for each in found)
    return all(counts[kind] == getattr(standing, kind) for kind in kinds) and all(each.holds for each in found)


def _by_entries(connection: Connection, kinds: Collection[Kind], row: Row[Any]) -> list[Stamp]:
    stamps = _entries(connection, row.reference)
    places = Fold.of(stamps, row.reference, row.slug).index.places
    numbers = {number for (kind, _), (_, number) in places.items() if kind in kinds}
    return [each for each in stamps if each.number in numbers]


def _entries(connection: Connection, reference: str) -> list[Stamp]:
    query = select(ENTRIES).where(ENTRIES.c.reference == reference).order_by(ENTRIES.c.number)
    links = [Link(*row) for row in connection.execute(query)]
    if broken := [each for each in links if digest_of(each.previous, each.entry) != each.digest]:
        raise Refused([edited(each.number) for each in broken])
    return [stamp_of(each) for each in links]
