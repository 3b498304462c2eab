"""The sample office that `pressgen init --samples` makes."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from machine import ROOT
from pressgen import api
from pressgen.actions.setup.samples import TOUR, read_samples
from pressgen.actions.setup.start import create_workspace
from pressgen.actions.workspace.folder import find_workspace
from pressgen.actions.workspace.office import load_office
from pressgen.cli.app import main

LONDON = ZoneInfo("Europe/London")
YEAR = [datetime(2028, 1, 1, 23, 59, tzinfo=UTC) + timedelta(days=day) for day in range(366)]


def embargo(files: dict[str, bytes]) -> datetime:
    typed = re.search(r"^  embargo: (.*)$", files[TOUR].decode(), re.MULTILINE)
    assert typed
    return datetime.strptime(typed[1], "%Y-%m-%d %H:%M").replace(tzinfo=LONDON)


def test_the_embargo_of_the_tour_is_a_week_ahead_on_a_weekday_whatever_the_day() -> None:
    for now in [*YEAR, datetime(2026, 11, 30, 0, 0, tzinfo=ZoneInfo("Pacific/Kiritimati"))]:
        ends = embargo(read_samples(ROOT / "releases", now))

        assert timedelta(days=5) < ends - now < timedelta(days=10)
        assert ends.weekday() < 5
        assert (ends.hour, ends.minute) == (0, 1)


@pytest.mark.parametrize(
    "now", [datetime(2028, 2, 22, tzinfo=UTC), datetime(2027, 3, 20, tzinfo=UTC), datetime(2031, 12, 29, tzinfo=UTC)]
)
def test_the_tour_has_no_fault_on_any_day(tmp_path: Path, now: datetime) -> None:
    create_workspace(tmp_path / "office", samples=True, now=now)

    found = api.check(tmp_path / "office" / "releases" / TOUR, now=now)

    assert [each for each in found.problems if each.code != "AT"] == []


def test_all_samples_but_the_tour_are_as_they_are_kept() -> None:
    files = read_samples(ROOT / "releases", datetime.now(UTC))

    assert {name for name, content in files.items() if content != (ROOT / "releases" / name).read_bytes()} == {TOUR}
    assert sum(name.endswith("/release.yaml") for name in files) == 6


def test_the_sample_office_has_everybody_that_a_release_needs(tmp_path: Path) -> None:
    made = CliRunner().invoke(main, ["init", str(tmp_path / "office"), "--samples"])
    office = load_office(find_workspace(tmp_path / "office", [], tmp_path / "office"))

    assert made.exit_code == 0
    assert {role for each in office.people.values() for role in each.roles} == {
        "writer", "approver", "head", "reviewer",
    }  # fmt: skip
    assert len(office.lists["national"].recipients) == 3
    assert {each.kind for each in office.channels.values()} == {"folder"}


def test_everybody_in_the_samples_has_an_address_that_nobody_can_have() -> None:
    text = "".join(content.decode() for content in read_samples(ROOT / "releases", datetime.now(UTC)).values())
    domains = re.findall(r"(?:@|https?://)([\w.-]+)", text)

    assert domains
    assert [each for each in domains if not each.endswith(".example")] == []


def test_samples_are_not_put_among_releases_that_are_there(tmp_path: Path) -> None:
    (tmp_path / "releases" / "mine").mkdir(parents=True)

    made = CliRunner().invoke(main, ["init", str(tmp_path), "--samples"])

    assert made.exit_code == 2
    assert sorted(each.name for each in tmp_path.rglob("*")) == ["mine", "releases"]


@pytest.mark.parametrize("samples", [[], ["--samples"]])
def test_the_first_line_of_the_office_points_to_the_manual(tmp_path: Path, samples: list[str]) -> None:
    CliRunner().invoke(main, ["init", str(tmp_path / "office"), *samples])

    assert "pressgen manual office" in (tmp_path / "office" / "releases" / "pressgen.yaml").read_text().splitlines()[0]


def test_a_made_workspace_says_what_comes_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    made = CliRunner().invoke(main, ["init", "our office"])

    assert made.stdout == "Created our office/. Next: cd 'our office', then: pressgen new my-release\n"
