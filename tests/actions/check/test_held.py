"""What checks ask of the ledger is read once for many releases, and anew when it has changed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from pressgen.actions.approve.approve import approve_release
from pressgen.actions.approve.submit import submit_release
from pressgen.actions.check import batch, ledger_view
from pressgen.actions.check.batch import check_all
from pressgen.actions.workspace import houses
from pressgen.actions.workspace.office import open_ledger

if TYPE_CHECKING:
    from collections.abc import Callable

    from pressgen.actions.workspace.folder import Workspace

BEFORE = datetime(2019, 5, 6, 23, 30, tzinfo=UTC)
LONG_AFTER = datetime(2030, 1, 1, tzinfo=UTC)
NAMES = ("bridge", "ford", "ferry")


@pytest.fixture
def several_releases(office: Workspace) -> Workspace:
    text = (office.root / "releases" / "bridge" / "release.yaml").read_text()
    for name in NAMES[1:]:
        folder = office.root / "releases" / name
        folder.mkdir()
        (folder / "release.yaml").write_text(text.replace("B-1", name))
    return office


def notes(office: Workspace) -> dict[str, str]:
    found = check_all(office, batch.find_releases(office, []), LONG_AFTER, jobs=1)
    return {path.name: each.message for path, one in found for each in one.problems if each.code == "AT"}


def counting(function: Callable[..., Any], calls: list[str]) -> Callable[..., Any]:
    def counted(*args: object, **kwargs: object) -> object:
        calls.append("")
        return function(*args, **kwargs)

    return counted


def test_the_ledger_is_opened_once_for_many_releases(
    several_releases: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit_release(several_releases, several_releases.root / "releases" / "bridge", "moss", BEFORE)
    calls: list[str] = []
    monkeypatch.setattr(ledger_view, "open_ledger", counting(open_ledger, calls))

    assert sorted(notes(several_releases)) == sorted(NAMES)
    assert len(calls) == 1


def test_a_release_that_is_approved_meanwhile_is_overdue_at_the_next_check(several_releases: Workspace) -> None:
    bridge = several_releases.root / "releases" / "bridge"
    submit_release(several_releases, bridge, "moss", BEFORE)
    assert not notes(several_releases)["bridge"].startswith("overdue")

    approve_release(several_releases, bridge, "reed", BEFORE)

    told = notes(several_releases)
    assert told["bridge"].startswith("overdue: approved in the ledger")
    assert not told["ford"].startswith("overdue")


def test_a_house_is_read_once_for_many_releases(several_releases: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    monkeypatch.setattr(houses, "load_house", counting(houses.load_house, calls))

    notes(several_releases)

    assert len(calls) == 1
