"""The hash chain of the ledger.

It says how each entry is hashed, also in the form of earlier versions, and finds what somebody changed by hand.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from pressgen.model.event import Cleared, Moved, Stamp, Submitted
from pressgen.model.index import IndexKind, to_bounce, to_copy, to_failure
from pressgen.model.release_projection import ReleaseProjection
from pressgen.model.standing import Bounce, Copy, Failure, Standing, count_lists, is_earlier_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pressgen.model.index import Place


FIRST = "0" * 64
"""The digest before the first entry."""


@dataclass(frozen=True, slots=True)
class ChainedEntry:
    """A stored entry: JSON, chained to the entry before it."""

    number: int
    reference: str
    entry: str
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class IntegrityFault:
    """The first fault found in a ledger, and the entry's number.

    The number is 0 where no single entry is at fault.
    """

    number: int
    what: str

    def __str__(self) -> str:
        return f"entry {self.number} {self.what}" if self.number else self.what


def compute_entry_digest(previous: str, entry: str) -> str:
    """Return the SHA-256 of an entry and the digest before it.

    It is hexadecimal.
    """
    return hashlib.sha256(f"{previous}\n{entry}".encode()).hexdigest()


def compute_standing_seal(reference: str, standing: str) -> str:
    """Return the digest of a standing, which reveals changes by hand."""
    return hashlib.sha256(f"{reference}\n{standing}".encode()).hexdigest()


def find_first_fault(
    links: Iterable[ChainedEntry],
    standings: Mapping[str, str],
    places: Mapping[str, Mapping[tuple[IndexKind, str], Place]],
    kept: Mapping[str, bool],
) -> IntegrityFault | None:
    """Find the first fault in the entries, else in the standings.

    Args:
        links: every entry, in order.
        standings: the standing of every release as stored, by reference.
        places: the index of the entries of every release as stored, by reference.
        kept: the digests of the kept files, and whether each file is still the one.
    """
    previous, expected = FIRST, 1
    folded: dict[str, ReleaseProjection] = {}
    earlier: dict[str, list[Stamp]] = {name: [] for name, text in standings.items() if is_earlier_form(text)}
    for link in links:
        if what := _find_entry_fault(link, previous, expected):
            return IntegrityFault(link.number, what)
        stamp = Stamp.from_json(link.entry)
        for digest in sorted(_list_required_files(stamp)):
            if not kept.get(digest):
                what = "was changed" if digest in kept else "does not exist"
                return IntegrityFault(link.number, f"needs the file {digest}, which {what}")
        if link.reference not in folded:
            folded[link.reference] = ReleaseProjection(Standing(reference=link.reference, slug=stamp.slug))
        folded[link.reference].add(stamp)
        if link.reference in earlier:
            earlier[link.reference].append(stamp)
        previous, expected = link.digest, expected + 1
    for reference in sorted(folded.keys() | standings.keys()):
        if reference not in folded:
            return IntegrityFault(0, f"{reference} has a state, but no entry: entries at the end were removed")
        stored = standings.get(reference, "")
        if what := _find_standing_fault(stored, folded[reference], places.get(reference, {}), earlier.get(reference)):
            return IntegrityFault(0, f"{reference} {what}")
    return None


def _find_standing_fault(
    stored: str, fold: ReleaseProjection, places: Mapping[tuple[IndexKind, str], Place], stamps: list[Stamp] | None
) -> str:
    """Describe what is wrong with a stored standing or its index.

    `stamps` are given where the previous version wrote it.
    """
    same = (
        stored == fold.standing.to_json().decode()
        if stamps is None
        else is_earlier_standing_correct(stored, fold, stamps)
    )
    if not same:
        return "has a recorded state that differs from its entries: its state, or the last"
    if stamps is None and places != fold.index.places:
        return "has an index of its readers that differs from its entries"
    return ""


def _list_required_files(stamp: Stamp) -> set[str]:
    """Return the digests of the files that an entry needs."""
    match stamp.event:
        case Submitted(version=version) | Moved(version=version):
            return {*version.data.values(), *version.house.values(), *version.files.values()}
        case Cleared(quotes=quotes):
            return {*quotes.values()}
        case _:
            return set()


def _find_entry_fault(link: ChainedEntry, previous: str, expected: int) -> str:
    """Describe what is wrong with the entry that should have number `expected`.

    It should follow the digest `previous`.
    """
    if link.number != expected:
        return f"follows entry {expected - 1}: entries between them were removed"
    if link.previous != previous:
        return "does not match the entry before it: one of the two was changed"
    if link.digest != compute_entry_digest(link.previous, link.entry):
        return "was changed: its digest is different"
    try:
        stamp = Stamp.from_json(link.entry)
    except ValueError:
        return "cannot be read: it was written by hand, or by a later pressgen"
    return "" if (stamp.number, stamp.reference) == (link.number, link.reference) else "was moved to another place"


_LIST = TypeAdapter(list[Copy | Failure | Bounce])


def is_earlier_standing_correct(text: str, fold: ReleaseProjection, stamps: Sequence[Stamp]) -> bool:
    """Return whether a standing in the earlier form agrees with its entries."""
    entries = {stamp.number: stamp for stamp in stamps}
    numbers: dict[IndexKind, list[int]] = {kind: [] for kind in IndexKind}
    for (kind, _), (_, number) in fold.index.places.items():
        numbers[kind].append(number)
    came_back = sorted(numbers[IndexKind.BOUNCE] + numbers[IndexKind.DELAY])
    lists: dict[str, list[Copy | Failure | Bounce]] = {
        "copies": [to_copy(entries[number]) for number in sorted(numbers[IndexKind.COPY])],
        "failures": [to_failure(entries[number]) for number in sorted(numbers[IndexKind.FAILURE])],
        "bounces": [to_bounce(entries[number]) for number in came_back],
    }
    entry = json.loads(text)
    return bool(count_lists(text) == json.loads(fold.standing.to_json())) and all(
        entry.get(name, []) == _LIST.dump_python(each, mode="json") for name, each in lists.items()
    )
