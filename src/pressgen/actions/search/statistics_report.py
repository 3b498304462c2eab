"""What the archive comes to, as a page: from the ledger what was lifted, and from their files all others."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pressgen.actions.search.renewing import renewed_index
from pressgen.actions.workspace.office import has_ledger, open_ledger, take_office
from pressgen.actions.workspace.reading import home_of
from pressgen.errors import Place, Problem, Refused, WrongUse
from pressgen.files.within import write_within
from pressgen.model.event import Approved, Corrected, Lifted, Moved
from pressgen.model.standing import State
from pressgen.report.page import page
from pressgen.report.plots import need_plots
from pressgen.report.published import Archive, Published

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, timedelta
    from pathlib import Path

    from pressgen.actions.search.renewing import Watched
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.event import Stamp
    from pressgen.model.standing import Standing
    from pressgen.search.entry import Facts

    Period = tuple[date | None, date | None]

PAGE = "index.html"
HOUSE = "templates/"
CHANGED = {State.CORRECTED, State.WITHDRAWN}
"""The states of releases of which the ledger may tell more than where they stand."""


def statistics(
    workspace: Workspace, out: Path, period: Period, now: datetime, watched: Watched
) -> tuple[Path, Archive]:
    """Write the page into the folder `out`; where it lies, and what is counted on it.

    Args:
        workspace: whose releases are counted.
        out: a folder, made if need be.
        period: the first and the last day on which a release became public that is counted; None for all.
        now: what is not public at this instant is neither counted nor named.
        watched: shows how the reading of files goes on.

    Raises:
        MachineLacks: matplotlib is not installed, or a database does not answer.
        Refused: the page cannot be written, or the ledger was changed by hand.
    """
    need_plots()
    counted = counted_archive(workspace, period, now, watched)
    made = page(counted, _office(workspace), period, now.astimezone(UTC))
    try:
        home, folder = home_of(workspace.root, out)
        write_within(home, folder, {PAGE: made})
    except OSError as error:
        problem = Problem(code="K02", message=f"cannot be written: {error.strerror}", place=Place(str(out)))
        raise Refused([problem]) from None
    return out / PAGE, counted


def counted_archive(workspace: Workspace, period: Period, now: datetime, watched: Watched) -> Archive:
    """All that is public at `now`, by what the ledger and the files say."""
    files, faulty = _files(workspace, watched)
    published: list[Published] = []
    ahead = undated = 0
    for standing, waited, corrections in _signed(workspace):
        facts = files.pop(standing.slug, None)
        since = standing.public_since or standing.lifted_at
        if since is None or since > now:
            ahead += standing.state is not State.WITHDRAWN
            continue
        made = _lifted(standing, since, facts)
        published.append(replace(made, waited=waited, corrections=corrections))
    for facts in files.values():
        since = datetime.fromisoformat(facts.public) if facts.public else None
        if facts.embargoed(now) or (since is not None and since > now):
            ahead += 1
        elif since is None:
            undated += 1
        else:
            published.append(_stated(facts, since))
    shown = [each for each in published if _holds(period, each.since.date())]
    return Archive(published=shown, ahead=ahead, undated=undated, faulty=faulty)


def _files(workspace: Workspace, watched: Watched) -> tuple[dict[str, Facts], int]:
    """What is known of each release's file, by its folder, and how many cannot be read; translations are none."""
    index = renewed_index(workspace, watched)
    try:
        originals = [each for each in index.facts() if not each.translation]
    finally:
        index.close()
    return {each.slug: each for each in originals if not each.problem}, sum(bool(each.problem) for each in originals)


def _signed(workspace: Workspace) -> Iterator[tuple[Standing, timedelta | None, Sequence[str]]]:
    """Every release that was submitted, how long it waited from approval to lift, and its corrections by class."""
    if not has_ledger(workspace):
        return
    with open_ledger(workspace) as ledger:
        for standing in ledger.standings().values():
            if standing.version is None and standing.proposed is None:
                continue
            if standing.state in CHANGED:
                yield standing, *_happened(ledger.entries(standing.reference))
            else:
                yield standing, _waited(standing), ()


def _waited(standing: Standing) -> timedelta | None:
    """From the last approval before the lift to the lift."""
    lifted = standing.lifted_at
    if lifted is None:
        return None
    before = [each.at for each in standing.signatures if each.act == "approved" and each.at <= lifted]
    return lifted - max(before) if before else None


def _happened(stamps: Iterable[Stamp]) -> tuple[timedelta | None, list[str]]:
    """The same, and the class of each correction, of a release whose standing tells of a later version."""
    approved: datetime | None = None
    waited: timedelta | None = None
    corrections = []
    for stamp in stamps:
        match stamp.event:
            case Approved() | Moved():
                approved = stamp.at
            case Lifted(actual=actual):
                waited = actual - approved if approved else None
            case Corrected(correction=kind):
                corrections.append(kind)
            case _:
                pass
    return waited, corrections


def _lifted(standing: Standing, since: datetime, facts: Facts | None) -> Published:
    """A release that the ledger knows to be public; its findings are those of its file."""
    told = standing.version or standing.proposed
    if told is None:
        raise ValueError(f"{standing.reference} was not submitted")
    house = next((name.removeprefix(HOUSE).partition("/")[0] for name in told.house), "")
    return Published(
        since=since.astimezone(_clock(told.zone)),
        house=house or (facts.house if facts else ""),
        embargoed=told.embargo is not None,
        scale=facts.scale if facts else (),
        ratings=facts.ratings if facts else (),
        withdrawn=standing.state is State.WITHDRAWN,
    )


def _stated(facts: Facts, since: datetime) -> Published:
    """A release of which only its file tells, such as one that was imported."""
    return Published(
        since=since.astimezone(_clock(facts.zone)),
        house=facts.house,
        embargoed=bool(facts.embargo),
        scale=facts.scale,
        ratings=facts.ratings,
    )


@lru_cache(maxsize=64)
def _clock(zone: str) -> ZoneInfo:
    return ZoneInfo(zone)


def _holds(period: Period, day: date) -> bool:
    first, last = period
    return (first is None or first <= day) and (last is None or day <= last)


def _office(workspace: Workspace) -> str:
    with suppress(WrongUse, Refused):
        return take_office(workspace).office.name
    return ""
