"""What the archive comes to, by what the ledger and the files say."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from actions.search.conftest import LEVY, WEIR, add
from ledger.happening import LIFT, NOON, version
from pressgen.actions.search.statistics_report import summarise_archive, write_statistics
from pressgen.actions.workspace.office import DATABASE, open_ledger
from pressgen.cli.app import main
from pressgen.cli.progress import show_progress
from pressgen.errors import EnvironmentFailureError, InputError
from pressgen.model.event import Approved, Corrected, Lifted, Scheduled, Submitted, Withdrawn
from report_page.reading import tables

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.event import Event, Version
    from pressgen.report.counts import ArchiveSummary

NOW = datetime(2031, 4, 1, tzinfo=UTC)
ALWAYS = (None, None)


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(DATABASE, raising=False)


def counted(archive: Workspace, now: datetime = NOW) -> ArchiveSummary:
    return summarise_archive(archive, ALWAYS, now, show_progress)


def record(archive: Workspace, *events: tuple[Event, datetime], slug: str = "levy") -> None:
    """Let things happen to a release, each at its instant."""
    with open_ledger(archive) as ledger:
        for event, at in events:
            ledger.append(event, reference="L-1", slug=slug, actor="reed", at=at)


def lifted(made: Version, *, late: timedelta = timedelta(0)) -> list[tuple[Event, datetime]]:
    """It was approved at noon, and lifted at its hour."""
    return [
        (Submitted(version=made), NOON),
        (Approved(version=made.digest), NOON),
        (Scheduled(revision=1, lift_at=LIFT), NOON),
        (Lifted(revision=1, due=LIFT, actual=LIFT + late), LIFT + late),
    ]


def test_a_release_that_only_its_file_tells_of_counts_from_the_time_that_it_states(archive: Workspace) -> None:
    [weir] = counted(archive).published

    assert weir.since.isoformat() == "2019-05-08T00:01:00+01:00"
    assert (weir.house, weir.embargoed, weir.ratings, weir.waited) == ("inspectorate", True, ["Good", "Poor"], None)


def test_what_is_not_public_yet_is_a_number_and_nothing_else(archive: Workspace) -> None:
    assert (len(counted(archive).published), counted(archive).ahead) == (1, 1)
    later = counted(archive, datetime(2031, 4, 1, 23, 1, tzinfo=UTC))
    assert (len(later.published), later.ahead) == (2, 0)


def test_a_release_without_a_time_and_one_that_cannot_be_read_are_told_as_numbers(archive: Workspace) -> None:
    add(archive, "timeless", WEIR.replace("  embargo: 2019-05-08 00:01\n", ""))
    add(archive, "broken", "headline: [")

    assert (counted(archive).undated, counted(archive).faulty) == (1, 1)


def test_a_translation_is_no_release_of_its_own(archive: Workspace) -> None:
    add(archive, "weir", WEIR, "release.cy.yaml")

    assert len(counted(archive).published) == 1


def test_the_ledger_says_when_a_release_was_lifted_and_how_long_it_waited(archive: Workspace) -> None:
    record(archive, *lifted(version(), late=timedelta(minutes=5)))

    [levy] = [each for each in counted(archive, LIFT + timedelta(days=1)).published if each.since.year > 2019]

    assert levy.since.astimezone(UTC) == LIFT + timedelta(minutes=5)
    assert levy.waited == LIFT + timedelta(minutes=5) - NOON


def test_what_was_submitted_is_not_public_before_its_lift_whatever_its_file_says(archive: Workspace) -> None:
    record(archive, (Submitted(version=version()), NOON), slug="weir")

    assert (len(counted(archive, LIFT + timedelta(days=1)).published), counted(archive).ahead) == (1, 2)


def test_corrections_leave_the_wait_what_it_was_and_count_by_their_class(archive: Workspace) -> None:
    first = version()
    second = replace(first, headline="Another")
    later = LIFT + timedelta(days=1)
    record(
        archive,
        *lifted(first),
        (Submitted(version=second), later),
        (Approved(version=second.digest), later),
        (Corrected(version=second.digest, correction="figure", line="A figure.", supersedes=first.digest), later),
        (Withdrawn(revision=2, reason="It was wrong."), later + timedelta(hours=1)),
    )

    [levy] = [each for each in counted(archive, LIFT + timedelta(days=3)).published if each.since.year > 2019]

    assert levy.waited == LIFT - NOON
    assert (levy.corrections, levy.withdrawn) == (["figure"], True)


def test_the_period_is_that_of_the_local_day(archive: Workspace) -> None:
    day = date(2019, 5, 8)

    assert len(summarise_archive(archive, (day, day), NOW, show_progress).published) == 1
    assert summarise_archive(archive, (date(2019, 5, 9), None), NOW, show_progress).published == []
    assert summarise_archive(archive, (None, date(2019, 5, 7)), NOW, show_progress).published == []


def test_nothing_of_what_is_under_embargo_stands_on_the_page(archive: Workspace, tmp_path: Path) -> None:
    """Not its name, its headline, its ratings, nor a count that it would change."""
    file, _ = write_statistics(archive, tmp_path / "out", ALWAYS, NOW, show_progress)
    before = file.read_text()
    add(archive, "levy", LEVY + "findings:\n  scale: [Up, Down]\n  items: [{id: a, subject: Toll, rating: Down}]\n")
    file, _ = write_statistics(archive, tmp_path / "out", ALWAYS, NOW, show_progress)

    assert file.read_text() == before
    assert not {"levy", "L-1", "barges", "2031-04", "Toll"} & set(before.replace("<", " ").replace(">", " ").split())


def test_the_page_has_the_figures_of_the_archive(archive: Workspace, tmp_path: Path) -> None:
    for number in range(4):
        add(archive, f"more-{number}", WEIR.replace("2019-05-08", f"2020-0{number + 1}-08"))

    file, made = write_statistics(archive, tmp_path / "out", ALWAYS, NOW, show_progress)

    assert len(made.published) == 5
    assert tables(file.read_bytes())["Findings by year"][1:] == [["2019", "1", "1", "2"], ["2020", "4", "4", "8"]]


def test_the_command_writes_the_page_and_says_where(archive: Workspace) -> None:
    said = CliRunner().invoke(main, ["statistics", "--workspace", str(archive.root)])

    assert said.exit_code == 0, said.output
    assert said.output.endswith("dist/statistics/index.html: 1 release\n")
    assert (archive.root / "dist" / "statistics" / "index.html").is_file()


def test_days_that_end_before_they_begin_mean_nothing(archive: Workspace) -> None:
    said = CliRunner().invoke(
        main, ["statistics", "--workspace", str(archive.root), "--from", "2020-01-02", "--to", "2020-01-01"]
    )

    assert said.exit_code == 2


def test_without_the_plotting_library_it_says_what_to_install(
    archive: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pressgen.report.plots.find_spec", lambda _: None)

    with pytest.raises(EnvironmentFailureError, match=r"pip install 'pressgen\[statistics\]'"):
        write_statistics(archive, tmp_path / "out", ALWAYS, NOW, lambda _: nullcontext(lambda _: None))
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_refused(archive: Workspace, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")

    with pytest.raises(InputError, match="cannot be written"):
        write_statistics(archive, tmp_path / "out", ALWAYS, NOW, show_progress)
