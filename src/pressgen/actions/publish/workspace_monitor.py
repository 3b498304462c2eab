"""The worker's checks between lifts.

They compare the newsroom with the ledger, and check the office's file.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from pressgen.actions.distribute.reader_copies import compute_delivery_key
from pressgen.actions.publish.newsroom_comparison import NewsroomInspector, list_differing_releases
from pressgen.actions.publish.newsroom_folder import NewsroomFolder
from pressgen.actions.publish.office_snapshot import hash_office_file, is_fault_reported, read_office_for_lifts
from pressgen.actions.workspace.office import FILE, prepare_state_folder
from pressgen.errors import PressgenError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pressgen.actions.publish.newsroom_comparison import NewsroomDifference
    from pressgen.actions.publish.office_snapshot import OfficeSnapshot
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.ledger.ledger import Ledger

MEMORY: Final = "newsroom.json"
INSPECTED: Final = 60.0
"""Seconds between two comparisons of the newsroom with the ledger."""
SETTLING: Final = 2.0
"""Seconds in which a correction that is under way can be written, before it counts as a difference."""
MADE: Final = 100
"""Releases that one comparison may render; the next one renders others."""
MOST, ALL = 500, 1_000_000
"""The most public releases for which a command renders the listings to compare them.

A worker has read them, so it has no limit.
"""
NEAR: Final = timedelta(seconds=15)
"""No comparison begins so shortly before a lift: it would take the processor from it."""
NAMED: Final = 20
"""The most differences that a mail names."""


class WorkspaceMonitor:
    """Checks the newsroom and the office's file, and repairs the newsroom."""

    def __init__(
        self,
        workspace: Workspace,
        reading: OfficeSnapshot,
        ledger: Ledger,
        newsroom: NewsroomFolder,
        tell: Callable[[str], None],
        mail: Callable[[str, str, str], None],
    ) -> None:
        """Watch a workspace.

        `tell` gets lines, `mail` gets the subject, text and key of a mail to the office.
        """
        self._workspace, self._reading, self._ledger, self._newsroom = workspace, reading, ledger, newsroom
        self._tell, self._mail = tell, mail
        self._problems: tuple[str, ...] = ()
        self._next = time.monotonic()

    def tidy(self) -> None:
        """Delete what killed workers have left, even shortly before a lift.

        What cannot be deleted is reported.
        """
        try:
            self._newsroom.tidy()
        except OSError as fault:
            self._tell(f"temporary files of an earlier run cannot be deleted: {fault.filename}: {fault.strerror}")

    def look(self) -> None:
        """Check once; call it every few seconds.

        It reports what cannot be checked, and raises nothing.
        """
        try:
            self._look_at_office()
            if time.monotonic() >= self._next and not self._lift_is_near():
                self._next = time.monotonic() + INSPECTED
                self._look_at_newsroom()
        except (PressgenError, OSError) as fault:
            self._tell(f"cannot check the newsroom: {str(fault).partition(chr(10))[0]}")

    def _lift_is_near(self) -> bool:
        now = datetime.now(UTC)
        hours = [each.lift_at for each in self._ledger.standings().values() if each.lift_at]
        return any(now - NEAR <= each <= now + NEAR for each in hours)

    def _look_at_office(self) -> None:
        if self._reading.digest != (found := hash_office_file(self._workspace)):
            try:
                self._reading = read_office_for_lifts(self._workspace)
            except PressgenError as refusal:
                self._reading = self._reading.replaced(tuple(refusal.lines()), found)
            if not self._reading.problems:
                self._tell(f"{FILE} has changed and is valid; start the worker again to use it")
        if self._reading.problems == self._problems:
            return
        self._problems = self._reading.problems
        lines = self._reading.lines()
        for line in lines:
            self._tell(line)
        if lines and not is_fault_reported(self._workspace, self._reading.digest):
            self._mail("Failed: the office file or a list has problems", "\n".join(lines) + "\n", self._reading.digest)

    def _look_at_newsroom(self) -> None:
        self.tidy()
        found = _find_lasting_differences(self._newsroom, self._ledger, self._workspace, ALL)
        if not found:
            return
        for each in found:
            self._tell(str(each))
        outcome = repair_newsroom(self._newsroom, found)
        self._tell("the newsroom agrees with the ledger again" if outcome is None else f"not repaired: {outcome}")
        if grave := [str(each) for each in found if each.kind != "stale"]:
            more = f"\nand {len(grave) - NAMED} more" if len(grave) > NAMED else ""
            done = "It was repaired." if outcome is None else f"It could not be repaired: {outcome}"
            text = f"The newsroom differed from the ledger:\n\n{chr(10).join(grave[:NAMED])}{more}\n\n{done}\n"
            self._mail(
                "The newsroom differed from the ledger", text, compute_delivery_key(text, datetime.now(UTC).isoformat())
            )


def repair_newsroom(newsroom: NewsroomFolder, found: list[NewsroomDifference]) -> str | None:
    """Correct the newsroom where it differs from the ledger; return any failure.

    Raises:
        EnvironmentFailureError: the ledger cannot be read.
    """

    def now() -> datetime:
        return datetime.now(UTC)

    outcomes = [newsroom.reconcile(list_differing_releases(found), now), newsroom.refresh(now)]
    return next((each.detail for each in outcomes if not each.ok), None)


def compare_newsroom(workspace: Workspace, ledger: Ledger) -> list[NewsroomDifference]:
    """List the differences between the newsroom and the ledger.

    There are none where the office has no newsroom.

    Raises:
        InputError: the newsroom's place cannot be read in the office's file.
        EnvironmentFailureError: the ledger or the newsroom cannot be read.
    """
    reading = read_office_for_lifts(workspace)
    return _find_lasting_differences(NewsroomFolder(workspace, reading.office, ledger), ledger, workspace, MOST)


def _find_lasting_differences(
    newsroom: NewsroomFolder, ledger: Ledger, workspace: Workspace, most: int
) -> list[NewsroomDifference]:
    """List the differences that two comparisons in a row find.

    A process that is just writing has finished by the second.
    """
    inspector = NewsroomInspector(newsroom, prepare_state_folder(workspace) / MEMORY)
    found, _ = inspector.inspect(ledger.standings(), datetime.now(UTC), MADE, most)
    if not found:
        return []
    time.sleep(SETTLING)
    again, _ = inspector.inspect(ledger.standings(), datetime.now(UTC), MADE, most)
    before = {(each.kind, each.reference, each.folder) for each in found}
    return [each for each in again if (each.kind, each.reference, each.folder) in before]
