"""Several workers and people at the same release in the same second: the newsroom ends as the ledger says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

import pytest

from actions.publish.test_newsroom import Story, published, since
from postgres import wait_until
from pressgen.actions.publish.lift_publisher import LiftPublisher
from pressgen.actions.publish.newsroom_folder import NewsroomFolder
from pressgen.actions.workspace.office import load_office, open_ledger
from pressgen.model.event import Corrected, Scheduled, Unscheduled, Withdrawn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.channels.outcome import DeliveryOutcome
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.office import Office
    from pressgen.model.standing import Standing

HOUR = datetime.now(UTC) - timedelta(seconds=5)


@pytest.fixture
def ledger(office: Workspace) -> Iterator[Ledger]:
    with open_ledger(office) as opened:
        yield opened


class Interrupted(NewsroomFolder):
    """A newsroom in which something happens right after a release was shown, before its lift is recorded."""

    def __init__(self, workspace: Workspace, office: Office, ledger: Ledger) -> None:
        super().__init__(workspace, office, ledger)
        self.before: Callable[[], object] = lambda: None
        self.meanwhile: Callable[[], object] = lambda: None

    def publish_release(self, standing: Standing, lifted: datetime) -> DeliveryOutcome:
        self.before()
        outcome = super().publish_release(standing, lifted)
        self.meanwhile()
        return outcome


def worker(office: Workspace, ledger: Ledger) -> tuple[LiftPublisher, Interrupted]:
    front = Interrupted(office, load_office(office), ledger)
    return LiftPublisher(ledger, front, lambda _: None), front


def scheduled(ledger: Ledger, reference: str = "OPEN-1", slug: str = "open-release") -> Story:
    story = Story(ledger, reference, slug, HOUR)
    story.approve("Rivers are warmer", HOUR)
    story.happen(Scheduled(revision=1, lift_at=HOUR), at=HOUR)
    return story


def expected(office: Workspace, ledger: Ledger) -> dict[str, bytes]:
    """Every file of a newsroom that is made from the ledger alone, in another folder."""
    root = office.root / "public"
    root.rename(office.root / "was")
    assert NewsroomFolder(office, load_office(office), ledger).rebuild(datetime.now(UTC)).ok
    return published(office)


def as_the_ledger_says(office: Workspace, ledger: Ledger) -> bool:
    assert NewsroomFolder(office, load_office(office), ledger).refresh(lambda: datetime.now(UTC)).ok
    found = published(office)
    return found == expected(office, ledger)


@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_the_worker_that_loses_the_race_leaves_what_the_other_has_lifted(
    office: Workspace, ledger: Ledger, when: str
) -> None:
    story = scheduled(ledger)
    loser, front = worker(office, ledger)
    winner, _ = worker(office, ledger)
    setattr(front, when, lambda: winner.publish(story.reference, 1))

    assert loser.publish(story.reference, 1) is True

    assert "open-release/index.html" in " ".join(published(office))
    assert as_the_ledger_says(office, ledger)


def test_a_lift_taken_off_at_that_moment_leaves_nothing(office: Workspace, ledger: Ledger) -> None:
    story = scheduled(ledger)
    publishing, front = worker(office, ledger)
    front.meanwhile = lambda: story.happen(Unscheduled(revision=2, reason="A figure is wrong."), at=datetime.now(UTC))

    assert publishing.publish(story.reference, 1) is False

    assert not any("open-release" in each for each in published(office))
    assert not list((office.root / "public").glob("*/open-release"))


def test_a_withdrawal_at_that_moment_leaves_nothing(office: Workspace, ledger: Ledger) -> None:
    story = scheduled(ledger)
    publishing, front = worker(office, ledger)
    front.meanwhile = lambda: story.happen(Withdrawn(revision=2, reason="It is false."), at=datetime.now(UTC))

    assert publishing.publish(story.reference, 1) is False

    assert not any("open-release" in each for each in published(office))


@pytest.mark.parametrize("end", ["corrected", "withdrawn"])
def test_a_late_worker_puts_no_older_files_over_what_happened_since(
    office: Workspace, ledger: Ledger, end: str
) -> None:
    story = scheduled(ledger)
    loser, front = worker(office, ledger)
    winner, other = worker(office, ledger)

    def meanwhile() -> None:
        winner.publish(story.reference, 1)
        now = datetime.now(UTC)
        if end == "withdrawn":
            story.happen(Withdrawn(revision=2, reason="It is false."), at=now)
        else:
            old = ledger.standing(story.reference)
            assert old
            assert old.version
            new = story.approve("Rivers are cooler", at=now)
            event = Corrected(version=new.digest, correction="corrected", line="No.", supersedes=old.version.digest)
            story.happen(event, at=now)
        assert other.reconcile([story.reference], lambda: now).ok
        assert other.refresh(lambda: now).ok

    front.before = meanwhile

    loser.publish(story.reference, 1)

    assert as_the_ledger_says(office, ledger)
    pages = [content for path, content in published(office).items() if path.endswith("open-release/index.html")]
    assert [b"Rivers are warmer" in each for each in pages] == [False]


def test_a_version_corrected_after_it_was_made_ready_is_the_one_that_is_lifted(
    office: Workspace, ledger: Ledger
) -> None:
    hour = datetime.now(UTC) + timedelta(seconds=4)
    story = Story(ledger, "OPEN-1", "open-release", hour)
    old = story.approve("Rivers are warmer", HOUR)
    new = story.approve("Rivers are cooler", HOUR)
    story.happen(Scheduled(revision=1, lift_at=hour), at=HOUR)
    publishing, _ = worker(office, ledger)
    publishing.prepare(story.reference, 1)
    story.happen(
        Corrected(version=new.digest, correction="corrected", line="No.", supersedes=old.digest), at=datetime.now(UTC)
    )
    wait_until(lambda: datetime.now(UTC) >= hour)

    publishing.publish(story.reference, 1)

    assert as_the_ledger_says(office, ledger)


def test_a_clock_that_is_ahead_takes_no_release_along_whose_hour_has_not_come(
    office: Workspace, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    hours = {"one": now + timedelta(seconds=30), "other": now + timedelta(seconds=60)}
    publishing, _ = worker(office, ledger)
    for slug, hour in hours.items():
        story = Story(ledger, slug.upper(), slug, hour)
        story.approve("Rivers are warmer", HOUR)
        story.happen(Scheduled(revision=1, lift_at=hour), at=HOUR)
        publishing.prepare(slug.upper(), 1)

    class Ahead(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(seconds=100)

    monkeypatch.setattr("pressgen.actions.publish.lift_publisher.datetime", Ahead)

    assert publishing.publish("ONE", 1)

    assert any("/one/" in each for each in published(office))
    assert not any("/other/" in each for each in published(office))


def test_two_releases_of_one_name_in_one_instant_get_a_page_each(office: Workspace, ledger: Ledger) -> None:
    one, other = scheduled(ledger), scheduled(ledger, "OPEN-2")
    publishing, front = worker(office, ledger)
    second, _ = worker(office, ledger)
    front.before = lambda: second.publish(other.reference, 1)

    assert publishing.publish(one.reference, 1)

    year = datetime.now(UTC).year
    assert {f"{year}/open-release/index.html", f"{year}/open-release-2/index.html"} <= set(published(office))
    assert as_the_ledger_says(office, ledger)


def test_what_an_office_put_into_its_newsroom_itself_stays(office: Workspace, ledger: Ledger) -> None:
    story = scheduled(ledger)
    publishing, front = worker(office, ledger)
    own = office.root / "public" / "robots.txt"
    own.parent.mkdir()
    own.write_text("User-agent: *")
    publishing.publish(story.reference, 1)

    assert front.rebuild(datetime.now(UTC)).ok

    assert own.read_text() == "User-agent: *"


def test_a_translation_that_a_correction_drops_is_taken_away(office: Workspace, ledger: Ledger) -> None:
    story = scheduled(ledger)
    publishing, front = worker(office, ledger)
    publishing.publish(story.reference, 1)
    standing = ledger.standing(story.reference)
    assert standing
    left = office.root / "public" / f"{since(standing).year}" / "open-release" / "cy" / "index.html"
    left.parent.mkdir()
    left.write_text("Afonydd")

    assert front.reconcile([story.reference], lambda: datetime.now(UTC)).ok

    assert not left.exists()
