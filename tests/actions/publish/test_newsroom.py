"""The newsroom of a workspace, from its ledger: what is public is in it, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import feedparser
import pytest

from newsroom.public import told
from pressgen.actions.publish.newsroom_folder import NewsroomFolder
from pressgen.actions.workspace.office import load_office, open_ledger
from pressgen.model.event import (
    Approved,
    Corrected,
    Lifted,
    Scheduled,
    Submitted,
    Unscheduled,
    Version,
    Withdrawn,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Event
    from pressgen.model.standing import Standing

BEFORE = datetime(2031, 4, 1, 12, 0, tzinfo=UTC)
LIFT = datetime(2031, 4, 1, 23, 1, tzinfo=UTC)
AFTER = LIFT + timedelta(hours=8)
LIFTED = Lifted(revision=1, due=LIFT, actual=LIFT + timedelta(milliseconds=12))


@pytest.fixture
def ledger(office: Workspace) -> Iterator[Ledger]:
    with open_ledger(office) as opened:
        yield opened


@pytest.fixture
def front(office: Workspace, ledger: Ledger) -> NewsroomFolder:
    return NewsroomFolder(office, load_office(office), ledger)


class Story:
    """A release in the ledger, with files that are kept there."""

    def __init__(self, ledger: Ledger, reference: str, slug: str, hour: datetime = LIFT) -> None:
        self._ledger, self.reference, self.slug, self._hour = ledger, reference, slug, hour

    def version(self, headline: str) -> Version:
        """A version whose files are in the ledger."""
        [edition] = told(self.slug, en=headline)
        names = {f"public/{self.slug}.{ending}": content for ending, content in edition.files.items()}
        digests = self._ledger.keep(*names.values())
        return Version(
            headline=headline, audience="press", zone="Europe/London",
            issue=None, embargo=self._hour, publish=self._hour,
            data={}, house={}, files=dict(zip(names, digests, strict=True)), made_with={},
        )  # fmt: skip

    def happen(self, *events: Event, at: datetime = BEFORE) -> Standing:
        """Record events; where the release then stands."""
        for event in events:
            self._ledger.append(event, reference=self.reference, slug=self.slug, actor="reed", at=at)
        found = self._ledger.standing(self.reference)
        assert found
        return found

    def approve(self, headline: str, at: datetime = BEFORE) -> Version:
        """Submit and approve a version."""
        made = self.version(headline)
        self.happen(Submitted(version=made), Approved(version=made.digest), at=at)
        return made


def published(office: Workspace) -> dict[str, bytes]:
    """Every file of the newsroom's folder."""
    root = office.root / "public"
    return {each.relative_to(root).as_posix(): each.read_bytes() for each in root.rglob("*") if each.is_file()}


def since(standing: Standing) -> datetime:
    assert standing.public_since
    return standing.public_since


def lifted(front: NewsroomFolder, story: Story, headline: str = "Rivers are warmer") -> Standing:
    """A release that was approved, lifted and shown."""
    story.approve(headline)
    standing = story.happen(Scheduled(revision=1, lift_at=LIFT), LIFTED)
    assert front.publish_release(standing, since(standing)).ok
    assert front.refresh(lambda: AFTER).ok
    return standing


@pytest.mark.parametrize("way", ["refresh", "rebuild"])
def test_nothing_of_a_release_before_its_lift_is_in_any_file(
    office: Workspace, ledger: Ledger, front: NewsroomFolder, way: str
) -> None:
    lifted(front, Story(ledger, "OPEN-1", "open-release"))
    secrets = [Story(ledger, f"SECRET-{n}", f"hidden-{n}") for n in range(4)]
    for n, story in enumerate(secrets):
        story.approve(f"Nobody knows {n}")
    secrets[1].happen(Scheduled(revision=1, lift_at=LIFT))
    secrets[2].happen(Scheduled(revision=1, lift_at=LIFT), Unscheduled(revision=2, reason="Not yet."))
    secrets[3].happen(Withdrawn(revision=1, reason="Nobody knows why."))

    done = front.refresh(lambda: AFTER) if way == "refresh" else front.rebuild(AFTER)

    assert done.ok, done.detail
    for path, content in published(office).items():
        for word in (b"SECRET-", b"hidden-", b"Nobody knows"):
            assert word not in content, path
            assert word.decode() not in path
    assert b"Rivers are warmer" in published(office)["index.html"]


def test_a_newsroom_that_was_lost_is_made_again_to_the_byte(
    office: Workspace, ledger: Ledger, front: NewsroomFolder
) -> None:
    lifted(front, Story(ledger, "OPEN-1", "open-release"))
    was = published(office)
    (office.root / "public").rename(office.root / "lost")

    assert front.rebuild(AFTER).ok

    assert published(office) == was


def test_a_correction_is_a_new_version_at_the_same_address(
    office: Workspace, ledger: Ledger, front: NewsroomFolder
) -> None:
    story = Story(ledger, "OPEN-1", "open-release")
    first = lifted(front, story)
    made = story.approve("Rivers are cooler", at=AFTER)
    assert first.version
    story.happen(
        Corrected(
            version=made.digest, correction="corrected", line="Cooler, not warmer.", supersedes=first.version.digest
        ),
        at=AFTER,
    )

    assert front.reconcile([story.reference], lambda: AFTER).ok
    assert front.refresh(lambda: AFTER).ok

    found = published(office)
    page = found["2031/open-release/index.html"].decode()
    assert "Rivers are cooler" in page
    assert "Cooler, not warmer." in page
    [entry] = feedparser.parse(found["feed.atom"]).entries
    assert (entry.title, entry.updated) == ("Rivers are cooler", "2031-04-02T07:01:00Z")
    assert [path for path, content in found.items() if b"Rivers are warmer" in content] == []


def test_a_correction_before_the_lift_is_nobody_elses_business(
    office: Workspace, ledger: Ledger, front: NewsroomFolder
) -> None:
    story = Story(ledger, "OPEN-1", "open-release")
    first = story.approve("Rivers are warmer")
    second = story.approve("Rivers are cooler")
    story.happen(
        Corrected(
            version=second.digest, correction="refile", line="A first version was wrong.", supersedes=first.digest
        ),
    )
    story.happen(Scheduled(revision=1, lift_at=LIFT), LIFTED)

    front.reconcile([story.reference], lambda: AFTER)
    front.refresh(lambda: AFTER)

    assert [path for path, content in published(office).items() if b"A first version" in content] == []


def test_a_withdrawn_release_leaves_a_notice_alone(office: Workspace, ledger: Ledger, front: NewsroomFolder) -> None:
    story = Story(ledger, "OPEN-1", "open-release")
    lifted(front, story, "A false headline")
    story.happen(Withdrawn(revision=2, reason="It named a person by mistake."), at=AFTER)

    assert front.reconcile([story.reference], lambda: AFTER).ok
    assert front.refresh(lambda: AFTER).ok

    found = published(office)
    assert b"It named a person by mistake." in found["2031/open-release/index.html"]
    assert not any(path.endswith((".pdf", ".docx")) for path in found)
    assert [path for path, content in found.items() if b"A false headline" in content] == []
    assert feedparser.parse(found["feed.atom"]).entries == []
    assert b'"canceled"' in found["2031/open-release/ninjs-3.json"]


def test_a_second_refresh_changes_nothing(office: Workspace, ledger: Ledger, front: NewsroomFolder) -> None:
    lifted(front, Story(ledger, "OPEN-1", "open-release"))
    before = {path: (office.root / "public" / path).stat().st_ino for path in published(office)}

    assert front.refresh(lambda: AFTER + timedelta(days=3)).ok

    assert {path: (office.root / "public" / path).stat().st_ino for path in published(office)} == before


def test_the_address_of_a_page_is_known_before_its_lift(
    ledger: Ledger, front: NewsroomFolder, office: Workspace
) -> None:
    story = Story(ledger, "OPEN-1", "open-release")
    story.approve("Rivers are warmer")
    standing = story.happen(Scheduled(revision=1, lift_at=LIFT))

    address = front.address(standing, LIFT)
    lifted(front, story)

    assert address == "https://news.county.example/2031/open-release/"
    assert (office.root / "public" / "2031" / "open-release" / "index.html").is_file()


def test_a_year_lists_all_its_releases_the_latest_first(
    office: Workspace, ledger: Ledger, front: NewsroomFolder
) -> None:
    for n in range(45):
        story = Story(ledger, f"OPEN-{n:02}", f"open-{n:02}")
        story.approve(f"Story {n:02}")
        story.happen(Scheduled(revision=1, lift_at=LIFT), LIFTED)

    assert front.refresh(lambda: AFTER).ok

    year = published(office)["2031/index.html"].decode()
    assert [year.index(f">Story {n:02}<") for n in range(45)] == sorted(
        (year.index(f">Story {n:02}<") for n in range(45)), reverse=True
    )
