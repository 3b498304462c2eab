"""The statistics of the archive, as a page.

Lifts come from the ledger, and other releases from their files.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pressgen.actions.search.update_index import open_updated_index
from pressgen.actions.workspace.office import has_ledger, load_office, open_ledger
from pressgen.actions.workspace.read_files import find_write_root
from pressgen.errors import InputError, UsageError, guard_writing
from pressgen.files.within import write_within
from pressgen.model.event import Approved, Corrected, Lifted, Moved
from pressgen.model.standing import State
from pressgen.report.counts import ArchiveSummary, PublishedRelease
from pressgen.report.page import render_page
from pressgen.report.plots import require_matplotlib

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, timedelta
    from pathlib import Path

    from pressgen.actions.search.update_index import Watched
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.event import Stamp
    from pressgen.model.standing import Standing
    from pressgen.search.entry import FileMetadata

    Period = tuple[date | None, date | None]

PAGE = "index.html"
HOUSE = "templates/"
CHANGED = {State.CORRECTED, State.WITHDRAWN}
"""The states of releases with a history that the standing does not show."""


def write_statistics(
    workspace: Workspace, out: Path, period: Period, now: datetime, watched: Watched
) -> tuple[Path, ArchiveSummary]:
    """Write the statistics page, and return its path and the counts.

    Args:
        workspace: has the releases.
        out: a folder, created if missing.
        period: releases count if they became public between these days, inclusive; None for all.
        now: what is not public at this instant is neither counted nor named.
        watched: shows the progress of reading.

    Raises:
        EnvironmentFailureError: matplotlib is not installed, or a database does not answer.
        InputError: the page cannot be written, or the ledger was changed by hand.
    """
    require_matplotlib()
    counted = summarise_archive(workspace, period, now, watched)
    made = render_page(counted, _read_office_name(workspace), period, now.astimezone(UTC))
    with guard_writing(str(out)):
        home, folder = find_write_root(workspace.root, out)
        write_within(home, folder, {PAGE: made})
    return out / PAGE, counted


def summarise_archive(workspace: Workspace, period: Period, now: datetime, watched: Watched) -> ArchiveSummary:
    """Summarise all releases that are public, from ledger and files."""
    files, faulty = _read_metadata(workspace, watched)
    published: list[PublishedRelease] = []
    ahead = undated = 0
    for standing, waited, corrections in _list_submitted(workspace):
        facts = files.pop(standing.slug, None)
        since = standing.public_since or standing.lifted_at
        if since is None or since > now:
            ahead += standing.state is not State.WITHDRAWN
            continue
        made = _build_from_ledger(standing, since, facts)
        published.append(replace(made, waited=waited, corrections=corrections))
    for facts in files.values():
        since = datetime.fromisoformat(facts.public) if facts.public else None
        if facts.embargoed(now) or (since is not None and since > now):
            ahead += 1
        elif since is None:
            undated += 1
        else:
            published.append(_build_from_file(facts, since))
    shown = [each for each in published if _is_within(period, each.since.date())]
    return ArchiveSummary(published=shown, ahead=ahead, undated=undated, faulty=faulty)


def _read_metadata(workspace: Workspace, watched: Watched) -> tuple[dict[str, FileMetadata], int]:
    """Read the metadata of each release, and count unreadable files.

    The metadata is listed by folder; translations do not count.
    """
    index = open_updated_index(workspace, watched)
    try:
        originals = [each for each in index.facts() if not each.translation]
    finally:
        index.close()
    return {each.slug: each for each in originals if not each.problem}, sum(bool(each.problem) for each in originals)


def _list_submitted(workspace: Workspace) -> Iterator[tuple[Standing, timedelta | None, Sequence[str]]]:
    """List every submitted release, with its wait and corrections.

    The wait is from approval to lift.
    """
    if not has_ledger(workspace):
        return
    with open_ledger(workspace) as ledger:
        for standing in ledger.standings().values():
            if standing.version is None and standing.proposed is None:
                continue
            if standing.state in CHANGED:
                yield standing, *_read_history(ledger.entries(standing.reference))
            else:
                yield standing, _compute_wait(standing), ()


def _compute_wait(standing: Standing) -> timedelta | None:
    """Compute the time from the last approval to the lift."""
    lifted = standing.lifted_at
    if lifted is None:
        return None
    before = [each.at for each in standing.signatures if each.act == "approved" and each.at <= lifted]
    return lifted - max(before) if before else None


def _read_history(stamps: Iterable[Stamp]) -> tuple[timedelta | None, list[str]]:
    """Read the wait and the corrections from the ledger entries.

    It is needed where the standing shows only a later version.
    """
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


def _build_from_ledger(standing: Standing, since: datetime, facts: FileMetadata | None) -> PublishedRelease:
    """Build the entry of a release that the ledger knows as public.

    Its findings come from its file.
    """
    version = standing.version or standing.proposed
    if version is None:
        raise ValueError(f"{standing.reference} was not submitted")
    house = next((name.removeprefix(HOUSE).partition("/")[0] for name in version.house), "")
    return PublishedRelease(
        since=since.astimezone(_get_zone(version.zone)),
        house=house or (facts.house if facts else ""),
        embargoed=version.embargo is not None,
        scale=facts.scale if facts else (),
        ratings=facts.ratings if facts else (),
        withdrawn=standing.state is State.WITHDRAWN,
    )


def _build_from_file(facts: FileMetadata, since: datetime) -> PublishedRelease:
    """Build the entry of a release that is not in the ledger.

    For example, it was imported.
    """
    return PublishedRelease(
        since=since.astimezone(_get_zone(facts.zone)),
        house=facts.house,
        embargoed=bool(facts.embargo),
        scale=facts.scale,
        ratings=facts.ratings,
    )


@lru_cache(maxsize=64)
def _get_zone(zone: str) -> ZoneInfo:
    """Return the time zone of a name."""
    return ZoneInfo(zone)


def _is_within(period: Period, day: date) -> bool:
    """Return whether a day is within a period."""
    first, last = period
    return (first is None or first <= day) and (last is None or day <= last)


def _read_office_name(workspace: Workspace) -> str:
    """Read the office's name; empty if there is none."""
    with suppress(UsageError, InputError):
        return load_office(workspace).office.name
    return ""
