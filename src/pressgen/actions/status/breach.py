"""The breach report, from the ledger.

It says who had a release before its lift, when, and under which embargo.

Its fields are those that the UK Statistics Authority asks for; a press office owes its own board the same. What no
ledger can know is marked, to be filled in by hand.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from pressgen.actions.approve.standing_checks import describe_lift
from pressgen.actions.workspace.office import load_office, open_ledger, require_standing
from pressgen.errors import InputError, UsageError
from pressgen.model.moment import Moment
from pressgen.model.outcome import ARRIVED
from pressgen.text.dates import format_moment, format_utc_time, get_zone_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.event import Stamp
    from pressgen.model.office import Office
    from pressgen.model.standing import Standing

ENGLISH = "en-GB"
WIDTH = 31
SHORT = 12
"""Characters of a SHA-256 that are printed."""


def format_breach_report(workspace: Workspace, path: Path, now: datetime) -> str:
    """Return the breach report on the release at `path`, as text.

    Raises:
        StateError: nothing has happened to it, so that nobody has it.
        EnvironmentFailureError: the ledger cannot be opened.
    """
    with open_ledger(workspace) as ledger:
        standing = require_standing(ledger, path)
        stamps = ledger.entries(standing.reference)
    office = None
    with suppress(UsageError, InputError):  # the report is needed even without the office's file
        office = load_office(workspace)
    return "\n".join(_BreachReport(standing, stamps, office, now).lines()) + "\n"


class _BreachReport:
    """The lines of one breach report."""

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
        yield _format_field(
            "Organisation", f"{about.name} <{about.sender}>" if about else _format_blank_field("the office")
        )
        yield _format_field("Release", self._headline)
        yield _format_field(
            "Relevant practice",
            _format_blank_field("the rule or convention, such as Code of Practice for Statistics, T3.6"),
        )
        yield _format_field("Embargo, as last announced", self._told())
        yield from self._moves()
        yield from self._ended()
        yield _format_field("Date and time of breach", _format_blank_field("when, on which clock"))
        yield _format_field("Who is responsible", _format_blank_field("person and outlet, or not known"))
        yield _format_field("Nature of the breach", _format_blank_field("what was used, where, how it was noticed"))
        yield _format_field("Public", self._public())
        yield ""
        yield "Who had it before that, according to the ledger:"
        yield from self._copies() or ["  nobody: it was not sent to anybody"]
        yield ""
        yield "Who worked on it, according to the ledger:"
        yield from self._hands()
        yield ""
        yield _format_field(
            "Action taken",
            _format_blank_field("who was told, what was taken down, whether the lift was brought forward"),
        )
        yield _format_field("Prevention", _format_blank_field("what will be done so that it does not happen again"))

    def _when(self, at: datetime) -> str:
        moment = Moment(at, self._zone)
        return f"{format_moment(moment, 'EEEE d MMMM y, HH:mm:ss', ENGLISH)} {get_zone_name(moment)}"

    def _embargo(self, at: datetime | None) -> str:
        return f"until {self._when(at)} ({format_utc_time(Moment(at, self._zone), ENGLISH)})" if at else "none"

    def _told(self) -> str:
        """Return the embargo that the last copy stated.

        If no copy was sent, no embargo is given.
        """
        for stamp in reversed(self._stamps):
            sent = stamp.event
            if sent.kind == "sent" and sent.embargo is not None and sent.outcome in ARRIVED:
                return f"{self._embargo(sent.embargo)}, as sent on {self._when(stamp.at)}"
        version = self._standing.version or self._standing.proposed
        stated = f"; its files say {self._embargo(version.embargo)}" if version and version.embargo else ""
        return f"it was not sent to anybody under an embargo{stated}"

    def _moves(self) -> Iterator[str]:
        for stamp in self._stamps:
            if stamp.event.kind == "moved":
                hours = f"from {self._when(stamp.event.was)} to {self._when(stamp.event.lift_at)}"
                yield _format_field(
                    f"  advisory {stamp.event.advisory}", f"{self._when(stamp.at)}: {hours}: {stamp.event.reason}"
                )

    def _ended(self) -> Iterator[str]:
        for stamp in self._stamps:
            if stamp.event.kind == "embargo ended":
                by = f"{self._when(stamp.at)}, by {self._member(stamp.actor)}: {stamp.event.reason}"
                yield _format_field("Embargo ended early", f"{by} (was due to end {self._when(stamp.event.was)})")

    def _public(self) -> str:
        for stamp in self._stamps:
            if stamp.event.kind == "lifted":
                return describe_lift(stamp.event, self._zone, self._stamps).removeprefix("public ")
        return "withdrawn, never lifted" if self._standing.withdrawn else "not yet"

    def _copies(self) -> list[str]:
        lifted = self._standing.lifted_at
        lines: list[str] = []
        for stamp in self._stamps:
            event = stamp.event
            if event.kind != "sent" or (lifted and stamp.at >= lifted):
                continue
            outcome = "" if event.outcome == "ok" else f"; {event.outcome.upper()}: {event.detail}"
            lines.append(f"  {self._when(stamp.at)}  {self._named(event.recipient, event.address)}")
            lines.append(f"    by {event.channel}, sent by {stamp.actor}, version {event.version[:SHORT]}{outcome}")
            lines.append(f"    embargo on that copy: {self._embargo(event.embargo)}")
            lines += [f"    {name}  sha256 {digest}" for name, digest in sorted(event.files.items())]
        return lines

    def _named(self, recipient: str, address: str) -> str:
        """Return a recipient in words.

        The outlet is added if the office still lists this address under this id.

        The office must still list the same address under the same id.
        """
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


def _format_field(name: str, text: str) -> str:
    return f"{name + ':':<{WIDTH}}{text}"


def _format_blank_field(what: str) -> str:
    """Format a field that a person fills in."""
    return f"[FILL IN: {what}]"
