"""The two places where DBOS offers no public door: which workflows run here, and handing on those of a dead worker.

Read in dbos 3.4; a test runs both, so that a release that moves them is noticed.
"""

from __future__ import annotations

from dbos import DBOS
from dbos._dbos import _get_dbos_instance
from dbos._utils import INTERNAL_QUEUE_NAME


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
