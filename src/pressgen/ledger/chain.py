"""The chain: what each entry is hashed with, and what is wrong with a chain that somebody has touched."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.ledger.earlier_form import says_the_same
from pressgen.model.event import Cleared, Moved, Stamp, Submitted
from pressgen.model.fold import Fold
from pressgen.model.standing import Standing, is_earlier_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pressgen.model.index import Kind, Place

FIRST = "0" * 64
"""What the first entry is chained to."""


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as it is stored: JSON, chained to the one before."""

    number: int
    reference: str
    entry: str
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class Breach:
    """The first thing that does not hold: the number of the entry, or 0 where it is no entry, and what is wrong."""

    number: int
    what: str

    def __str__(self) -> str:
        return f"entry {self.number} {self.what}" if self.number else self.what


def digest_of(previous: str, entry: str) -> str:
    """The digest of an entry: SHA-256, in hexadecimal, over the digest before it and the entry's own bytes."""
    return hashlib.sha256(f"{previous}\n{entry}".encode()).hexdigest()


def seal(reference: str, standing: str) -> str:
    """The digest of a standing, which shows a stray hand in it before anybody relies on it."""
    return hashlib.sha256(f"{reference}\n{standing}".encode()).hexdigest()


def first_breach(
    links: Iterable[Link],
    standings: Mapping[str, str],
    places: Mapping[str, Mapping[tuple[Kind, str], Place]],
    kept: Mapping[str, bool],
) -> Breach | None:
    """The first entry that does not hold, else the first release that does not stand where its entries say.

    Args:
        links: every entry, in order.
        standings: the standing of every release as it is stored, by reference.
        places: the index of the entries of every release as it is stored, by reference.
        kept: the digests of the kept files, and whether each file is still the one.
    """
    previous, expected = FIRST, 1
    folded: dict[str, Fold] = {}
    earlier: dict[str, list[Stamp]] = {name: [] for name, text in standings.items() if is_earlier_form(text)}
    for link in links:
        if what := _fault(link, previous, expected):
            return Breach(link.number, what)
        stamp = Stamp.from_json(link.entry)
        for digest in sorted(_needed(stamp)):
            if not kept.get(digest):
                what = "was changed" if digest in kept else "is not there"
                return Breach(link.number, f"rests on the file {digest}, which {what}")
        if link.reference not in folded:
            folded[link.reference] = Fold(Standing(reference=link.reference, slug=stamp.slug))
        folded[link.reference].add(stamp)
        if link.reference in earlier:
            earlier[link.reference].append(stamp)
        previous, expected = link.digest, expected + 1
    for reference in sorted(folded.keys() | standings.keys()):
        if reference not in folded:
            return Breach(0, f"{reference} has a standing, but no entry: entries at the end were taken out")
        stored = standings.get(reference, "")
        if what := _standing_fault(stored, folded[reference], places.get(reference, {}), earlier.get(reference)):
            return Breach(0, f"{reference} {what}")
    return None


def _standing_fault(
    stored: str, fold: Fold, places: Mapping[tuple[Kind, str], Place], stamps: list[Stamp] | None
) -> str:
    """What is wrong with a standing or an index as it is stored; `stamps` if it is of the version before."""
    same = stored == fold.standing.to_json().decode() if stamps is None else says_the_same(stored, fold, stamps)
    if not same:
        return "is not said to stand where its entries say: its standing, or the last"
    if stamps is None and places != fold.index.places:
        return "has an index of its readers that is not what its entries say"
    return ""


def _needed(stamp: Stamp) -> set[str]:
    """The digests of the files that an entry rests on."""
    match stamp.event:
        case Submitted(version=version) | Moved(version=version):
            return {*version.data.values(), *version.house.values(), *version.files.values()}
        case Cleared(quotes=quotes):
            return {*quotes.values()}
        case _:
            return set()


def _fault(link: Link, previous: str, expected: int) -> str:
    """What is wrong with an entry that should be the one of number `expected`, after the digest `previous`."""
    if link.number != expected:
        return f"follows entry {expected - 1}: what stood between was taken out"
    if link.previous != previous:
        return "is not chained to the one before: one of the two was changed"
    if link.digest != digest_of(link.previous, link.entry):
        return "was changed: its digest is another"
    try:
        stamp = Stamp.from_json(link.entry)
    except ValueError:
        return "cannot be read: it was written by hand, or by a later pressgen"
    return "" if (stamp.number, stamp.reference) == (link.number, link.reference) else "was put in another place"
