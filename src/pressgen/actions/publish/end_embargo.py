"""End an embargo before its hour, by decision: it was broken, or the news is out by other ways."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pressgen.actions.approve.allowed import see_approved, shown, zone_of
from pressgen.actions.publish.dated_words import find_dated_words
from pressgen.actions.publish.newsroom import WORKER
from pressgen.actions.publish.publish import OUT
from pressgen.actions.publish.schedule import schedule_due, see_kept
from pressgen.actions.publish.waking import wake
from pressgen.actions.workspace.office import open_ledger, stands, take_office
from pressgen.actions.workspace.permissions import acting, having, one_line
from pressgen.errors import Place, Problem, Refused
from pressgen.model.address import mailbox_of
from pressgen.model.decision import EmbargoEnded
from pressgen.model.event import Sent
from pressgen.model.outcome import ARRIVED
from pressgen.text.plural import format_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.ledger.transaction import Turn
    from pressgen.model.event import Stamp
    from pressgen.model.standing import Standing


SHOWN = 5
"""Words that are quoted."""


class Outcome(StrEnum):
    """What became of the wish to end an embargo before its hour."""

    ENDED = "ended"
    """It ended, now or by an earlier run of the same command, and the release is to be lifted."""
    ALREADY_PUBLIC = "already public"
    """An earlier run ended it, and the release is public since."""
    NO_EMBARGO = "no embargo"
    """The release has no hour, or its hour has passed: it is lifted as any other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Why an embargo ends before its hour.

    Attributes:
        because: the reason, for the ledger.
        notice: what those who have the release are told besides; None for nothing.
    """

    because: str
    notice: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What became of it, where the release stands, when it was to be public, and who may give the second look."""

    outcome: Outcome
    standing: Standing
    was: datetime | None
    second: tuple[str, ...]


def end_embargo(workspace: Workspace, path: Path, who: str | None, decision: Decision, now: datetime) -> Ended:
    """Record that the embargo of the release at `path` ends now, and have it lifted at once.

    Run again, it records nothing more, and has the lift carried on.

    Raises:
        StateForbids: the person is not a head, or the release is not approved, or withdrawn, or public anyway.
        WrongUse: the reason is empty.
        Refused: an approved file is not in the ledger as it was approved.
        MachineLacks: the ledger or the engine cannot be written.
    """
    office = take_office(workspace)
    actor = acting(office, who, "head", to="end an embargo before its hour")
    reason = one_line(decision.because, "--because")
    notice = "" if decision.notice is None else one_line(decision.notice, "--notice")
    with open_ledger(workspace) as ledger:
        before = stands(ledger, path)
        see_kept(ledger, before)
        with ledger.exclusive(before.reference, before.slug) as turn:
            revision = turn.standing.revision
            hour = turn.standing.lift_at or (turn.standing.version.hour if turn.standing.version else None)
            event = EmbargoEnded(revision=revision + 1, lift_at=now, was=hour or now, reason=reason, notice=notice)
            outcome = _end(turn, hour, event, actor)
    if outcome is not Outcome.ALREADY_PUBLIC:
        wake(workspace, turn.standing, revision, now)
    second = tuple(each for each in having(office, "head", "approver") if each != actor)
    return Ended(outcome=outcome, standing=turn.standing, was=hour, second=second)


def _end(turn: Turn, hour: datetime | None, event: EmbargoEnded, actor: str) -> Outcome:
    standing, now = turn.standing, event.lift_at
    if standing.embargo_ended is not None and standing.state in OUT:
        return Outcome.ALREADY_PUBLIC
    see_approved(standing)
    if hour is not None and hour > now:
        turn.append(event, actor=actor, at=now)
        return Outcome.ENDED
    schedule_due(turn, hour, actor, now)
    return Outcome.ENDED if turn.standing.embargo_ended is not None else Outcome.NO_EMBARGO


def see_told(workspace: Workspace, standing: Standing) -> None:
    """See that everybody was told whom a lift concerns.

    Raises:
        Refused: some were not.
    """
    with open_ledger(workspace) as ledger:
        failures = ledger.failures([standing.reference]).get(standing.reference, [])
    if failures := [each for each in failures if standing.lifted_at is None or each.at >= standing.lifted_at]:
        raise Refused(
            Problem(
                code="D03",
                message=f"is not told yet: {each.detail}; a worker tries again, or: pressgen engine retry",
                place=Place(each.what),
            )
            for each in failures
        )


def next_steps(workspace: Workspace, ended: Ended, standing: Standing) -> Iterator[str]:
    """What to tell whoever ended an embargo, once the release is public: who was told, and what is left to do."""
    with open_ledger(workspace) as ledger:
        yield from _reached(ledger.entries(standing.reference), standing.slug)
    zone = ZoneInfo(zone_of(standing))
    if ended.was and standing.public_since and standing.version:
        day = standing.public_since.astimezone(zone).date()
        if ended.was.astimezone(zone).date() != day:
            with open_ledger(workspace) as ledger:
                words = find_dated_words(ledger, standing.version, ended.was)
            yield from _outdated(
                words, shown(ended.was, zone_of(standing)), f"{day:%a} {day.day} {day:%b %Y}", standing
            )
    if any(each.act == "embargo ended" for each in standing.second_looks):
        command = f"pressgen approve {standing.slug} --second-look"
        if ended.second:
            yield f"it owes a second look, by {' or '.join(ended.second)}: {command}"
        else:
            yield (
                "it owes a second look, and nobody else in releases/pressgen.yaml may give it: name an approver or"
                f" another head there, who then runs {command}"
            )


def _reached(stamps: Sequence[Stamp], slug: str) -> Iterator[str]:
    """Say how many people the lift reached by mail: with the word that the embargo has ended, and with the release."""
    began = max((each.number for each in stamps if isinstance(each.event, EmbargoEnded)), default=0)
    lifted = [each.event for each in stamps if each.number > began and each.actor == WORKER]
    mails = {each.key: each for each in lifted if isinstance(each, Sent) and each.recipient and each.embargo is None}
    arrived = [each for each in mails.values() if each.outcome in ARRIVED]
    notices = {mailbox_of(each.address) for each in arrived if not each.files}
    releases = {mailbox_of(each.address) for each in arrived if each.files}
    if notices:
        yield f"told that the embargo has ended: {_people(len(notices))} who had a copy under it"
    if releases:
        yield f"sent the public release: {_people(len(releases))} on the lists of at_lift"
    if doubted := sum(each.outcome == "unknown" for each in arrived):
        yield f"{format_count(doubted, 'mail')} of these may not have arrived: see pressgen history {slug}"


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _outdated(words: list[str] | None, was: str, day: str, standing: Standing) -> Iterator[str]:
    """That an approved text speaks of the day that was planned, or may; nothing where it does not."""
    lead = f"it was written for {was}, and is public on {day} as it was approved"
    mend = f"change that, and pressgen correct {standing.slug}"
    if words is None:
        yield f"{lead}: if its text says “today” or the date, {mend}"
    elif words:
        yield f"{lead}: its text says {', '.join(f'“{each}”' for each in words[:SHOWN])}; if that is wrong now, {mend}"
