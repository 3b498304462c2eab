"""Access to private parts of DBOS.

It lists what runs here and who owns which work, and requeues the work of a dead worker.

Read in dbos 3.4; tests run each function, so that a release that changes them is noticed.
"""

from __future__ import annotations

import math
import time

from dbos import DBOS
from dbos._context import current_owner_xid
from dbos._dbos import _get_dbos_instance
from dbos._error import DBOSWorkflowConflictIDError as Lost
from dbos._utils import INTERNAL_QUEUE_NAME

__all__ = ["Lost", "WorkflowClaim", "list_active_workflows", "list_unfinished_workflows", "requeue_workflow"]


def list_active_workflows() -> set[str]:
    """Return the ids of the workflows that have a thread here."""
    return set(_get_dbos_instance()._active_workflows_set.activeList())  # noqa: SLF001 - see above


def list_unfinished_workflows() -> dict[str, list[str]]:
    """Return the ids of workflows begun and not finished, by worker."""
    by_worker: dict[str, list[str]] = {}
    for each in DBOS.list_workflows(status="PENDING", load_input=False, load_output=False):
        by_worker.setdefault(each.executor_id or "", []).append(each.workflow_id)
    return by_worker


def requeue_workflow(workflow: str, worker: str) -> None:
    """Put a dead worker's workflow back into its queue.

    Steps that it had finished are not run again.
    """
    _get_dbos_instance()._sys_db.reenqueue_for_recovery(workflow, [worker], INTERNAL_QUEUE_NAME)  # noqa: SLF001


class WorkflowClaim:
    """This thread's claim to its workflow: a token from the database.

    The next worker that gets the work gets another token, and this one is no longer valid.
    """

    def __init__(self) -> None:
        self._workflow = DBOS.workflow_id or ""
        self._token = current_owner_xid(self._workflow)
        self._held_at = -math.inf

    def check(self, within: float = 0.0) -> None:
        """Ask the database whether this thread still owns the work.

        It waits for the answer as long as the database is away.

        Args:
            within: seconds; a thread that asked so recently does not ask again.

        Raises:
            Lost: another worker owns it; do not catch this, DBOS then records nothing of this thread.
        """
        now = time.monotonic()
        if now - self._held_at < within:
            return
        if _get_dbos_instance()._sys_db.get_workflow_owner(self._workflow) != self._token:  # noqa: SLF001
            raise Lost(self._workflow)
        self._held_at = now
