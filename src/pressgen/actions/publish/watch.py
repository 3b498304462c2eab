"""What a worker looks after beside its lifts: the newsroom, compared with the ledger, and the office's file."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from pressgen.actions.distribute.copies import key_of
from pressgen.actions.publish.inspection import Inspector, differing
from pressgen.actions.publish.lasting import digest_of_file, is_told, read_office_for_lifts
from pressgen.actions.publish.newsroom import Front
from pressgen.actions.workspace.office import FILE, state_folder
from pressgen.errors import PressgenError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pressgen.actions.publish.inspection import Difference
    from pressgen.actions.publish.lasting import OfficeReading
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.ledger.ledger import Ledger

MEMORY: Final = "newsroom.json"
INSPECTED: Final = 60.0
"""Seconds between two comparisons of the newsroom with the ledger."""
SETTLING: Final = 2.0
"""Seconds that a correction which is under way just now has to be written, before a difference is one."""
MADE: Final = 100
"""Releases whose contents one comparison makes anew: the rest have their turn at the next."""
MOST, ALL = 500, 1_000_000
"""Of so many public releases a command makes the listings anew to compare them; a worker, which has read them, of all.
"""
NEAR: Final = timedelta(seconds=15)
"""No comparison begins so shortly before a lift: it would take the processor from it."""
NAMED: Final = 20
"""Differences that a mail names."""


class Watch:
    """Tells and repairs what differs, and tells what is wrong with the office's file."""

    def __init__(
        self,
        workspace: Workspace,
        reading: OfficeReading,
        ledger: Ledger,
        front: Front,
        tell: Callable[[str], None],
        mail: Callable[[str, str, str], None],
    ) -> None:
        """Watch a workspace; `tell` gets lines, `mail` the subject, text and key of a mail to the desk."""
        self._workspace, self._reading, self._ledger, self._front = workspace, reading, ledger, front
        self._tell, self._mail = tell, mail
        self._problems: tuple[str, ...] = ()
        self._next = time.monotonic()

    def tidy(self) -> None:
        """Take away what killed workers have left, however near a lift is; what cannot be taken away is told."""
        try:
            self._front.tidy()
        except OSError as fault:
            self._tell(f"cannot take away what a killed worker left: {fault}")

    def look(self) -> None:
        """Look once; call it every few seconds. What cannot be looked at is told, and raises nothing."""
        try:
            self._look_at_office()
            if time.monotonic() >= self._next and not self._lift_is_near():
                self._next = time.monotonic() + INSPECTED
                self._look_at_newsroom()
        except (PressgenError, OSError) as fault:
            self._tell(f"cannot look after the newsroom: {str(fault).partition(chr(10))[0]}")

    def _lift_is_near(self) -> bool:
        now = datetime.now(UTC)
        hours = [each.lift_at for each in self._ledger.standings().values() if each.lift_at]
        return any(now - NEAR <= each <= now + NEAR for each in hours)

    def _look_at_office(self) -> None:
        if self._reading.digest != (found := digest_of_file(self._workspace)):
            try:
                self._reading = read_office_for_lifts(self._workspace)
            except PressgenError as refusal:
                self._reading = self._reading.replaced(tuple(refusal.lines()), found)
            if not self._reading.problems:
                self._tell(f"{FILE} has changed and is sound: start the worker again to use it")
        if self._reading.problems == self._problems:
            return
        self._problems = self._reading.problems
        lines = self._reading.lines()
        for line in lines:
            self._tell(line)
        if lines and not is_told(self._workspace, self._reading.digest):
            self._mail("Failed: the office file or a list is at fault", "\n".join(lines) + "\n", self._reading.digest)

    def _look_at_newsroom(self) -> None:
        self.tidy()
        found = _compare(self._front, self._ledger, self._workspace, ALL)
        if not found:
            return
        for each in found:
            self._tell(str(each))
        outcome = repair(self._front, found)
        self._tell("the newsroom is as the ledger says again" if outcome is None else f"not repaired: {outcome}")
        if grave := [str(each) for each in found if each.kind != "stale"]:
            more = f"\nand {len(grave) - NAMED} more" if len(grave) > NAMED else ""
            done = "It was repaired." if outcome is None else f"It could not be repaired: {outcome}"
            text = f"The newsroom was not what the ledger says:\n\n{chr(10).join(grave[:NAMED])}{more}\n\n{done}\n"
            self._mail("The newsroom differed from the ledger", text, key_of(text, datetime.now(UTC).isoformat()))


def repair(front: Front, found: list[Difference]) -> str | None:
    """Make the newsroom what the ledger says, where it differs; why it could not be, or None.

    Raises:
        MachineLacks: the ledger cannot be read.
    """

    def now() -> datetime:
        return datetime.now(UTC)

    outcomes = [front.reconcile(differing(found), now), front.refresh(now)]
    return next((each.detail for each in outcomes if not each.ok), None)


def compare_newsroom(workspace: Workspace, ledger: Ledger) -> list[Difference]:
    """How the newsroom differs from the ledger; nothing where the office has none.

    Raises:
        Refused: where the newsroom is cannot be read in the office's file.
        MachineLacks: the ledger or the newsroom cannot be read.
    """
    reading = read_office_for_lifts(workspace)
    return _compare(Front(workspace, reading.office, ledger), ledger, workspace, MOST)


def _compare(front: Front, ledger: Ledger, workspace: Workspace, most: int) -> list[Difference]:
    """What differs at two looks: between them, whoever is writing just now has written."""
    inspector = Inspector(front, state_folder(workspace) / MEMORY)
    found, _ = inspector.inspect(ledger.standings(), datetime.now(UTC), MADE, most)
    if not found:
        return []
    time.sleep(SETTLING)
    again, _ = inspector.inspect(ledger.standings(), datetime.now(UTC), MADE, most)
    before = {(each.kind, each.reference, each.folder) for each in found}
    return [each for each in again if (each.kind, each.reference, each.folder) in before]
