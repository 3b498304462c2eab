"""`pressgen check` and cleared words: what changed since is told, and nothing is where nobody cleared any."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pressgen.actions.approve.speaker_clearances import record_clearance
from pressgen.actions.check.check import check_release

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace

NOW = datetime(2019, 5, 6, 23, 30, tzinfo=UTC)
"""Past midnight in London."""


def folder(office: Workspace) -> Path:
    return office.root / "releases" / "bridge"


def told(office: Workspace) -> list[str]:
    return [each.message for each in check_release(office, folder(office)).problems if each.code == "Q07"]


def change(office: Workspace, old: str, new: str) -> None:
    file = folder(office) / "release.yaml"
    file.write_text(file.read_text().replace(old, new))


def test_words_that_changed_since_they_were_cleared_are_told_with_the_day(office: Workspace) -> None:
    record_clearance(office, folder(office), "ray", "moss", "", NOW)
    assert told(office) == []

    change(office, "It holds.", "It holds well.")

    [message] = told(office)
    assert message.startswith("this changed after ")
    assert "cleared it on 7 May: have it cleared again" in message


def test_words_cleared_again_are_right_at_once(office: Workspace) -> None:
    record_clearance(office, folder(office), "ray", "moss", "", NOW)
    change(office, "It holds.", "It holds well.")
    assert told(office)

    record_clearance(office, folder(office), "ray", "moss", "", NOW)

    assert told(office) == []


def test_a_check_makes_no_ledger(office: Workspace) -> None:
    assert told(office) == []
    assert not list((office.root / ".pressgen").glob("ledger*"))
