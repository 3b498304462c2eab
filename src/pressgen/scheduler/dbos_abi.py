"""The places where DBOS offers no public door: what runs here, handing on what a dead worker had, and who owns what.

Read in dbos 3.4; tests run each, so that a release that moves them is noticed.
"""

from __future__ import annotations

import math
import time

from dbos import DBOS
from dbos._context import current_owner_xid
from dbos._dbos import _get_dbos_instance
from dbos._error import DBOSWorkflowConflictIDError as Lost
from dbos._utils import INTERNAL_QUEUE_NAME

__all__ = ["Claim", "Lost", "begun", "hand_on", "running_here"]


def running_here() -> set[str]:
    """The ids of the workflows that have a thread in this process."""
    return set(_get_dbos_instance()._active_workflows_set.activeList())  # noqa: SLF001 - see above


def begun() -> dict[str, list[str]]:
    """The ids of the workflows that somebody has begun and nobody has ended, by worker."""
    by_worker: dict[str, list[str]] = {}
    for each in DBOS.list_workflows(status="PENDING", load_input=False, load_output=False):
        by_worker.setdefault(each.executor_id or "", []).append(each.workflow_id)
    return by_worker


def hand_on(workflow: str, worker: str) -> None:
    """Put a workflow that the dead `worker` had begun back in its queue; steps that it had ended are not run again."""
    _get_dbos_instance()._sys_db.reenqueue_for_recovery(workflow, [worker], INTERNAL_QUEUE_NAME)  # noqa: SLF001


class Claim:
    """This thread's claim to the workflow that it runs: a token that the database gave when the work was handed out.

    Whoever gets the work next gets another token, and this one is worth nothing from then on.
    """

    def __init__(self) -> None:
        self._workflow = DBOS.workflow_id or ""
        self._token = current_owner_xid(self._workflow)
        self._held_at = -math.inf

    def check(self, within: float = 0.0) -> None:
        """Ask the database whether the work is still ours, and wait for its answer however long it is away.

        Args:
            within: seconds; who asked so shortly before does not ask again.

        Raises:
            Lost: it is another's; let it through, DBOS then records nothing of this thread.
        """
        now = time.monotonic()
        if now - self._held_at < within:
            return
        if _get_dbos_instance()._sys_db.get_workflow_owner(self._workflow) != self._token:  # noqa: SLF001
            raise Lost(self._workflow)
        self._held_at = now
