"""The breach report: who had a release before its lift, when, and under which embargo, as the ledger holds it.

Its fields are those that the UK Statistics Authority asks for; a press office owes its own board the same. What no
ledger can know is marked, to be filled in by hand.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from pressgen.actions.approve.allowed import describe_lift
from pressgen.actions.workspace.office import open_ledger, stands, take_office
from pressgen.errors import Refused, WrongUse
from pressgen.model.moment import Moment
from pressgen.model.outcome import ARRIVED
from pressgen.text.dates import shown, utc_time, zone_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.event import Stamp
    from pressgen.model.office import Office
    from pressgen.model.standing import Standing

ENGLISH = "en-GB"
WIDTH = 26
SHORT = 12
"""Characters of a SHA-256 that are printed."""


def breach_report(workspace: Workspace, path: Path, now: datetime) -> str:
    """The report on the release at `path`, as text.

    Raises:
        StateForbids: nothing has happened to it, so that nobody has it.
        MachineLacks: the ledger cannot be opened.
    """
    with open_ledger(workspace) as ledger:
        standing = stands(ledger, path)
        stamps = ledger.entries(standing.reference)
    office = None
    with suppress(WrongUse, Refused):  # the report is wanted though the office's file has gone
        office = take_office(workspace)
    return "\n".join(_Report(standing, stamps, office, now).lines()) + "\n"


class _Report:
    """The lines of one report."""

    def __init__(self, standing: Standing, stamps: list[Stamp], office: Office | None, now: datetime) -> None:
        self._standing, self._stamps, self._office, self._now = standing, stamps, office, now
        version = standing.version or standing.proposed
        self._zone = version.zone if version else "UTC"
        self._headline = version.headline if version else ""
        lists = office.lists.values() if office else ()
        self._people = {(each.id, each.email): each for listed in lists for each in listed.recipients}

    def lines(self) -> Iterator[str]:
        standing = self._standing
        about = self._office.office if self._office else None
        yield f"BREACH REPORT: {standing.reference} ({standing.slug})"
        first, last = self._stamps[0].number, self._stamps[-1].number
        yield f"From entries {first} to {last} of the ledger, {self._when(self._now)}"
        yield ""
        yield _field("Organisation", f"{about.name} <{about.sender}>" if about else _ask("the office"))
        yield _field("Release", self._headline)
        yield _field("Relevant practice", _ask("the rule or convention, such as Code of Practice for Statistics, T3.6"))
        yield _field("Embargo, as told last", self._told())
        yield from self._moves()
        yield from self._ended()
        yield _field("Date and time of breach", _ask("when, on which clock"))
        yield _field("Who is responsible", _ask("person and outlet, or not known"))
        yield _field("Nature of the breach", _ask("what was used, where, how it was noticed"))
        yield _field("Public", self._public())
        yield ""
        yield "Who had it before that, by the ledger:"
        yield from self._copies() or ["  nobody: it was sent to no one"]
        yield ""
        yield "Who worked on it, by the ledger:"
        yield from self._hands()
        yield ""
        yield _field("Action taken", _ask("who was told, what was taken down, whether the lift was brought forward"))
        yield _field("Prevention", _ask("what will be done so that it does not happen again"))

    def _when(self, at: datetime) -> str:
        moment = Moment(at, self._zone)
        return f"{shown(moment, 'EEEE d MMMM y, HH:mm:ss', ENGLISH)} {zone_name(moment)}"

    def _embargo(self, at: datetime | None) -> str:
        return f"until {self._when(at)} ({utc_time(Moment(at, self._zone), ENGLISH)})" if at else "none"

    def _told(self) -> str:
        """The embargo that the last copy told its reader; what nobody was told is not said to have been."""
        for stamp in reversed(self._stamps):
            sent = stamp.event
            if sent.kind == "sent" and sent.embargo is not None and sent.outcome in ARRIVED:
                return f"{self._embargo(sent.embargo)}, in what was sent on {self._when(stamp.at)}"
        version = self._standing.version or self._standing.proposed
        stated = f"; its files say {self._embargo(version.embargo)}" if version and version.embargo else ""
        return f"nobody was sent it under an embargo{stated}"

    def _moves(self) -> Iterator[str]:
        for stamp in self._stamps:
            if stamp.event.kind == "moved":
                told = f"from {self._when(stamp.event.was)} to {self._when(stamp.event.lift_at)}"
                yield _field(
                    f"  advisory {stamp.event.advisory}", f"{self._when(stamp.at)}: {told}: {stamp.event.reason}"
                )

    def _ended(self) -> Iterator[str]:
        for stamp in self._stamps:
            if stamp.event.kind == "embargo ended":
                by = f"{self._when(stamp.at)}, by {self._member(stamp.actor)}: {stamp.event.reason}"
                yield _field("Embargo ended early", f"{by} (was to end {self._when(stamp.event.was)})")

    def _public(self) -> str:
        for stamp in self._stamps:
            if stamp.event.kind == "lifted":
                return describe_lift(stamp.event, self._zone).removeprefix("public ")
        return "withdrawn, never lifted" if self._standing.withdrawn else "not yet"

    def _copies(self) -> list[str]:
        lifted = self._standing.lifted_at
        told: list[str] = []
        for stamp in self._stamps:
            event = stamp.event
            if event.kind != "sent" or (lifted and stamp.at >= lifted):
                continue
            outcome = "" if event.outcome == "ok" else f"; {event.outcome.upper()}: {event.detail}"
            told.append(f"  {self._when(stamp.at)}  {self._named(event.recipient, event.address)}")
            told.append(f"    by {event.channel}, sent by {stamp.actor}, version {event.version[:SHORT]}{outcome}")
            told.append(f"    embargo it carried: {self._embargo(event.embargo)}")
            told += [f"    {name}  sha256 {digest}" for name, digest in sorted(event.files.items())]
        return told

    def _named(self, recipient: str, address: str) -> str:
        """A recipient in words, where the office still lists the same address under the same id."""
        if known := self._people.get((recipient, address)):
            return ", ".join(filter(None, (known.name, known.outlet))) + f" <{address}>"
        return f"{recipient} <{address}>" if recipient else address

    def _hands(self) -> Iterator[str]:
        for stamp in self._stamps:
            if stamp.event.kind in {
                "cleared",
                "submitted",
                "approved",
                "second look",
                "issued",
                "embargo ended",
                "corrected",
            }:
                yield f"  {self._when(stamp.at)}  {stamp.event.kind} by {self._member(stamp.actor)}"

    def _member(self, actor: str) -> str:
        people = self._office.people if self._office else {}
        return f"{people[actor].name} ({actor})" if actor in people else actor


def _field(name: str, text: str) -> str:
    return f"{name + ':':<{WIDTH}}{text}"


def _ask(what: str) -> str:
    """A field that a person fills in."""
    return f"[FILL IN: {what}]"
