"""The chain: what each entry is hashed with, and what is wrong with a chain that somebody has touched."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.model.advance import advance
from pressgen.model.event import Cleared, Moved, Stamp, Submitted
from pressgen.model.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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


def first_breach(links: Iterable[Link], standings: Mapping[str, str], kept: Mapping[str, bool]) -> Breach | None:
    """The first entry that does not hold, else the first release that does not stand where its entries say.

    Args:
        links: every entry, in order.
        standings: the standing of every release as it is stored, by reference.
        kept: the digests of the kept files, and whether each file is still the one.
    """
    previous, expected = FIRST, 1
    folded: dict[str, Standing] = {}
    for link in links:
        if what := _fault(link, previous, expected):
            return Breach(link.number, what)
        stamp = Stamp.from_json(link.entry)
        for digest in sorted(_needed(stamp)):
            if not kept.get(digest):
                what = "was changed" if digest in kept else "is not there"
                return Breach(link.number, f"rests on the file {digest}, which {what}")
        before = folded.get(link.reference) or Standing(reference=link.reference, slug=stamp.slug)
        folded[link.reference] = advance(before, stamp)
        previous, expected = link.digest, expected + 1
    for reference in sorted(folded.keys() | standings.keys()):
        if reference not in folded:
            return Breach(0, f"{reference} has a standing, but no entry: entries at the end were taken out")
        if standings.get(reference) != folded[reference].to_json().decode():
            return Breach(0, f"{reference} is not said to stand where its entries say: its standing, or the last")
    return None


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
