"""End an embargo before its hour, by decision.

The reason is that it was broken, or that the news is out in other ways. Words of the approved text that fit the planned
day only, such as “today”, are pointed out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pressgen.actions.approve.second_look import list_second_lookers
from pressgen.actions.approve.standing_checks import find_time_zone, format_instant, require_approved
from pressgen.actions.publish.newsroom_folder import WORKER_ACTOR
from pressgen.actions.publish.schedule import record_due_lift, require_approved_files
from pressgen.actions.publish.scheduler_access import sync_scheduled_lift
from pressgen.actions.workspace.office import load_office, open_ledger, require_standing
from pressgen.actions.workspace.permissions import authorise_actor, require_one_line
from pressgen.errors import InputError, Place, Problem
from pressgen.load.source import read_source
from pressgen.model.address import normalise_mailbox
from pressgen.model.decision import EmbargoEnded
from pressgen.model.event import Sent
from pressgen.model.outcome import ARRIVED
from pressgen.model.standing import PUBLIC_STATES
from pressgen.text.day_words import find_day_words, has_day_words
from pressgen.text.plural import format_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.ledger.ledger import Ledger
    from pressgen.ledger.transaction import LedgerTransaction
    from pressgen.model.event import Stamp, Version
    from pressgen.model.standing import Standing


SHOWN = 5
"""The most words that are quoted."""


class EndEmbargoOutcome(StrEnum):
    """The outcome of a request to end an embargo early."""

    ENDED = "ended"
    """It ended, now or by an earlier run of the same command, and the release is to be lifted."""
    ALREADY_PUBLIC = "already public"
    """An earlier run ended it, and the release has become public since."""
    NO_EMBARGO = "no embargo"
    """The release has no hour, or its hour has passed: it is lifted like any other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndEmbargoRequest:
    """The reason and the notice for ending an embargo early.

    Attributes:
        because: the reason, for the ledger.
        notice: an additional text to those who have the release; None for nothing.
    """

    because: str
    notice: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndEmbargoResult:
    """The outcome, standing, planned hour, and people for the second look."""

    outcome: EndEmbargoOutcome
    standing: Standing
    was: datetime | None
    second: tuple[str, ...]


def end_embargo(
    workspace: Workspace, path: Path, who: str | None, decision: EndEmbargoRequest, now: datetime
) -> EndEmbargoResult:
    """Record that the embargo ends now, and start the lift.

    A second run records nothing more, and continues the lift.

    Raises:
        StateError: the person is not a head, or the release is not approved, or withdrawn, or public anyway.
        UsageError: the reason is empty.
        InputError: an approved file is not in the ledger as it was approved.
        EnvironmentFailureError: the ledger or the scheduler cannot be written.
    """
    office = load_office(workspace)
    actor = authorise_actor(office, who, "head", to="end an embargo early")
    reason = require_one_line(decision.because, "--because")
    notice = "" if decision.notice is None else require_one_line(decision.notice, "--notice")
    with open_ledger(workspace) as ledger:
        before = require_standing(ledger, path)
        require_approved_files(ledger, before)
        with ledger.exclusive(before.reference, before.slug) as transaction:
            revision = transaction.standing.revision
            hour = transaction.standing.lift_at or (
                transaction.standing.version.hour if transaction.standing.version else None
            )
            event = EmbargoEnded(revision=revision + 1, lift_at=now, was=hour or now, reason=reason, notice=notice)
            outcome = _record_embargo_end(transaction, hour, event, actor)
    if outcome is not EndEmbargoOutcome.ALREADY_PUBLIC:
        sync_scheduled_lift(workspace, transaction.standing, revision, now)
    second = tuple(list_second_lookers(office, transaction.standing.second_looks))
    return EndEmbargoResult(outcome=outcome, standing=transaction.standing, was=hour, second=second)


def _record_embargo_end(
    transaction: LedgerTransaction, hour: datetime | None, event: EmbargoEnded, actor: str
) -> EndEmbargoOutcome:
    standing, now = transaction.standing, event.lift_at
    if standing.embargo_ended is not None and standing.state in PUBLIC_STATES:
        return EndEmbargoOutcome.ALREADY_PUBLIC
    require_approved(standing)
    if hour is not None and hour > now:
        transaction.append(event, actor=actor, at=now)
        return EndEmbargoOutcome.ENDED
    record_due_lift(transaction, hour, actor, now)
    return EndEmbargoOutcome.ENDED if transaction.standing.embargo_ended is not None else EndEmbargoOutcome.NO_EMBARGO


def require_lift_announced(workspace: Workspace, standing: Standing) -> None:
    """Raise an error unless everybody concerned heard of the lift.

    Raises:
        InputError: some did not.
    """
    with open_ledger(workspace) as ledger:
        failures = ledger.failures([standing.reference]).get(standing.reference, [])
    if failures := [each for each in failures if standing.lifted_at is None or each.at >= standing.lifted_at]:
        raise InputError(
            Problem(
                code="D03",
                message=f"has not been told yet: {each.detail}; a worker tries again; to try now: pressgen"
                " engine retry",
                place=Place(each.what),
            )
            for each in failures
        )


def describe_next_steps(workspace: Workspace, ended: EndEmbargoResult, standing: Standing) -> Iterator[str]:
    """Describe who heard that an embargo ended, and what is left."""
    with open_ledger(workspace) as ledger:
        yield from _reached(ledger.entries(standing.reference), standing.slug)
    zone = ZoneInfo(find_time_zone(standing))
    if ended.was and standing.public_since and standing.version:
        day = standing.public_since.astimezone(zone).date()
        if ended.was.astimezone(zone).date() != day:
            with open_ledger(workspace) as ledger:
                words = find_dated_words(ledger, standing.version, ended.was)
            yield from _describe_outdated_words(
                words, format_instant(ended.was, find_time_zone(standing)), f"{day:%a} {day.day} {day:%b %Y}", standing
            )
    if any(each.act == "embargo ended" for each in standing.second_looks):
        command = f"pressgen approve {standing.slug} --second-look"
        if ended.second:
            yield f"it needs a second look by {' or '.join(ended.second)}: {command}"
        else:
            yield (
                "it needs a second look, and nobody else in releases/pressgen.yaml may give it: add an approver or"
                f" another head there, who then runs {command}"
            )


def _reached(stamps: Sequence[Stamp], slug: str) -> Iterator[str]:
    """Describe how many people the lift reached by mail.

    They got the notice that the embargo has ended, or the release.
    """
    began = max((each.number for each in stamps if isinstance(each.event, EmbargoEnded)), default=0)
    lifted = [each.event for each in stamps if each.number > began and each.actor == WORKER_ACTOR]
    mails = {each.key: each for each in lifted if isinstance(each, Sent) and each.recipient and each.embargo is None}
    arrived = [each for each in mails.values() if each.outcome in ARRIVED]
    notices = {normalise_mailbox(each.address) for each in arrived if not each.files}
    releases = {normalise_mailbox(each.address) for each in arrived if each.files}
    if notices:
        yield f"informed that the embargo has ended: {_people(len(notices))} who had a copy under it"
    if releases:
        yield f"sent the public release: {_people(len(releases))} on the lists of at_lift"
    if doubted := sum(each.outcome == "unknown" for each in arrived):
        yield f"{format_count(doubted, 'mail')} of these may not have arrived: see pressgen history {slug}"


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _describe_outdated_words(words: list[str] | None, was: str, day: str, standing: Standing) -> Iterator[str]:
    """Warn that an approved text names the planned day, or may.

    Yield nothing where it does not.
    """
    lead = f"its text was written for {was}, and is public on {day} as it was approved"
    mend = f"change that, and pressgen correct {standing.slug}"
    if words is None:
        yield f"{lead}: if its text says “today” or the date, {mend}"
    elif words:
        yield f"{lead}: its text says {', '.join(f'“{each}”' for each in words[:SHOWN])}; if that is wrong now, {mend}"


TEXT = "public/"


def find_dated_words(ledger: Ledger, version: Version, was: datetime) -> list[str] | None:
    """Find words in a version's public texts that fit one day only.

    That is the day of `was`: its date, its weekday, or a word like “today”.

    Returns:
        the words as printed, each once; None where a text is in a language with unknown words for days.

    Raises:
        InputError: a file of the version is not in the ledger as it was approved.
    """
    day = was.astimezone(ZoneInfo(version.zone)).date()
    found: dict[str, None] = {}
    for name, digest in version.files.items():
        if name.startswith(TEXT) and name.endswith(".txt"):
            language = _find_text_language(ledger, version, name)
            if not has_day_words(language):
                return None
            text = ledger.fetch(digest).decode()
            found |= {" ".join(text[start:end].split()): None for start, end in find_day_words(text, language, day)}
    return list(found)


def _find_text_language(ledger: Ledger, version: Version, name: str) -> str:
    """Return the first subtag of a text's language.

    The source's own field decides, or else the file's name.
    """
    stem = name.removesuffix(".txt").removeprefix(TEXT)
    suffix = stem.rpartition(".")[2] if "." in stem else ""
    file = f"release.{suffix}.yaml" if suffix else "release.yaml"
    if file not in version.data:
        return ""
    house = next((each for each in version.house if each.endswith("/house.yaml")), "")
    places = [(file, version.data[file]), *([(house, version.house[house])] if house else [])]
    read = (read_source(ledger.fetch(digest), each)[0].text_at("language") for each, digest in places)
    return next(filter(None, read), suffix).partition("-")[0].lower()
