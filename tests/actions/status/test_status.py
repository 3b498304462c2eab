"""What status tells: who signed, what has changed since, what is owed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pressgen.actions.approve.approve import approve_release
from pressgen.actions.approve.speaker_clearances import record_clearance
from pressgen.actions.approve.submit import submit_release
from pressgen.actions.status.format_status import format_status_report, format_status_table, serialise_status_report
from pressgen.actions.status.report import StatusReport
from pressgen.actions.status.status import list_status_reports
from pressgen.actions.workspace.folder import Workspace
from pressgen.actions.workspace.office import open_ledger
from pressgen.cli.app import main
from pressgen.errors import UsageError
from pressgen.model.event import Event, Issued, LiftFailed, Scheduled, Sent, Withdrawn

NOW = datetime(2019, 5, 7, 9, 0, tzinfo=UTC)
LIFT = datetime(2019, 5, 7, 23, 1, tzinfo=UTC)


def folder(office: Workspace) -> Path:
    return office.root / "releases" / "bridge"


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


@pytest.fixture
def approved(office: Workspace) -> Workspace:
    """The office after the bridge was cleared, submitted and approved."""
    record_clearance(office, folder(office), "ray", "moss", "by telephone", NOW)
    submit_release(office, folder(office), "moss", NOW)
    approve_release(office, folder(office), "reed", NOW)
    return office


def record(office: Workspace, *events: Event) -> None:
    with open_ledger(office) as ledger:
        for event in events:
            ledger.append(event, reference="B-1", slug="bridge", actor="reed", at=NOW)


def report(office: Workspace, now: datetime = NOW) -> StatusReport:
    [found] = list_status_reports(office, [folder(office)], now)
    return found


def lines(office: Workspace, now: datetime = NOW) -> list[str]:
    return [line for line, _ in format_status_report(report(office, now))]


def test_a_release_that_is_as_it_was_signed(approved: Workspace) -> None:
    assert lines(approved) == [
        "B-1 (releases/bridge): approved",
        "  embargo Wed 8 May 2019 00:01 BST, not scheduled",
        "  submitted by moss, Tue 7 May 2019 10:00 BST",
        "  approved by reed, Tue 7 May 2019 10:00 BST",
        "  Dr Ada Ray (ray): cleared by telephone, Tue 7 May 2019 10:00 BST (told to moss)",
    ]


def test_what_has_changed_since_each_signature_is_told_word_by_word(approved: Workspace) -> None:
    change(folder(approved) / "release.yaml", "It holds.", "It held.")

    assert lines(approved)[2:] == [
        "  submitted by moss, Tue 7 May 2019 10:00 BST; changed since",
        "  approved by reed, Tue 7 May 2019 10:00 BST; changed since",
        "    release.yaml: body[1].quote.words: It [-holds.-]{+held.+}",
        "  Dr Ada Ray (ray): cleared by telephone, Tue 7 May 2019 10:00 BST (told to moss); changed since",
        "    body[1].quote: It [-holds.-]{+held.+}",
    ]


def test_what_each_version_has_otherwise_is_told_of_each(approved: Workspace) -> None:
    """After issue, a correction is drafted beside what people have; each signature is for its own version."""
    version = report(approved).standing.version
    assert version
    record(approved, Issued(version=version.digest, list="national", channels=("mail",)))
    change(folder(approved) / "release.yaml", "Bridge opens", "Bridge opens again")
    submit_release(approved, folder(approved), "moss", NOW)
    change(folder(approved) / "release.yaml", "It holds.", "It held.")

    assert [
        (each.signature.act, [change.where for change in each.changes]) for each in report(approved).signatures
    ] == [
        ("submitted", ["release.yaml: headline", "release.yaml: body[1].quote.words"]),
        ("approved", ["release.yaml: headline", "release.yaml: body[1].quote.words"]),
        ("submitted", ["release.yaml: body[1].quote.words"]),
    ]
    assert list(format_status_table(list_status_reports(approved, [], NOW))) == [
        ("bridge  issued     embargo Wed 8 May 2019 00:01 BST, not scheduled; correction submitted", False)
    ]


def test_a_release_that_cannot_be_read_is_still_reported(approved: Workspace) -> None:
    change(folder(approved) / "release.yaml", "reference: B-1", "refrence: B-1")

    assert lines(approved)[-2:] == [
        "  cannot be built now:  releases/bridge/release.yaml:1:1: R01 no field “refrence” here; did you mean"
        " “reference”?",
        "  cannot be built now:  releases/bridge/release.yaml:1:1: R02 “reference” is missing: the release's own"
        " reference, unique in the office",
    ]


def test_a_release_whose_folder_has_gone_is_still_reported(approved: Workspace) -> None:
    folder(approved).rename(approved.root / "elsewhere")

    assert lines(approved)[0] == "B-1 (releases/bridge): approved"
    assert "is not a release" in lines(approved)[-1]


def test_a_release_is_found_by_its_reference(approved: Workspace) -> None:
    [found] = list_status_reports(approved, [Path("B-1")], NOW)

    assert (found.standing.slug, len(found.speakers)) == ("bridge", 1)


def test_what_is_no_release_is_refused(office: Workspace) -> None:
    with pytest.raises(UsageError, match="tunnel is not a release"):
        list_status_reports(office, [Path("tunnel")], NOW)


def test_a_second_look_that_is_owed_is_shown_until_it_is_given(office: Workspace) -> None:
    approve_release(office, folder(office), "moss", NOW, urgent="Flood")

    told = (
        "  has needed a second look since Tue 7 May 2019 10:00 BST: moss approved it as urgent: Flood;"
        " reed or shaw gives it with: pressgen approve bridge --second-look --as reed"
    )
    assert (told, True) in list(format_status_report(report(office)))
    assert list(format_status_table(list_status_reports(office, [], NOW))) == [
        ("bridge  approved   embargo Wed 8 May 2019 00:01 BST, not scheduled; needs a second look", True)
    ]


def test_how_many_have_it_is_shown(approved: Workspace) -> None:
    version = report(approved).standing.version
    assert version
    sent = Sent(
        version=version.digest, recipient="daily", address="desk@daily.example", channel="mail", files={},
        embargo=LIFT, outcome="ok", detail="", key="k",
    )  # fmt: skip
    record(approved, Issued(version=version.digest, list="national", channels=("mail",)), sent)

    assert "  issued Tue 7 May 2019 10:00 BST; 1 has it" in lines(approved)


def test_an_issue_to_a_folder_says_where_the_files_are(approved: Workspace) -> None:
    version = report(approved).standing.version
    assert version
    put = Sent(
        version=version.digest, recipient="", address="bridge", channel="outbox", files={"bridge.pdf": "0" * 64},
        embargo=LIFT, outcome="ok", detail="3 files in /work/outbox", key="k",
    )  # fmt: skip
    record(approved, Issued(version=version.digest, list="national", channels=("outbox",)))
    assert "  issued Tue 7 May 2019 10:00 BST; nobody has it by mail" in lines(approved)
    record(approved, put)

    assert "  issued Tue 7 May 2019 10:00 BST; outbox: 3 files in /work/outbox; no mail was sent" in lines(approved)


def test_what_failed_and_what_is_overdue_is_shown(approved: Workspace) -> None:
    record(approved, Scheduled(revision=1, lift_at=LIFT), LiftFailed(revision=1, detail="no room"))
    late = LIFT + timedelta(seconds=31)

    told = lines(approved, late)
    assert told[0] == "B-1 (releases/bridge): failed"
    assert "  failed: lift, Tue 7 May 2019 10:00 BST: no room" in told
    assert "  overdue: it should be public, but is not; see: pressgen due" in told
    assert list(format_status_table(list_status_reports(approved, [], late))) == [
        ("bridge  failed     scheduled for Wed 8 May 2019 00:01 BST; OVERDUE; 1 failed", True)
    ]


def test_what_the_ledger_does_not_know_is_a_draft(approved: Workspace) -> None:
    other = approved.root / "releases" / "tunnel"
    other.mkdir()
    (other / "release.yaml").write_text((folder(approved) / "release.yaml").read_text().replace("B-1", "T-1"))

    assert [line for line, _ in format_status_table(list_status_reports(approved, [], NOW))] == [
        "bridge  approved   embargo Wed 8 May 2019 00:01 BST, not scheduled",
        "tunnel  draft",
    ]


@pytest.mark.parametrize("name", ["bridge", "tunnel"])
@pytest.mark.parametrize("named", [False, True])
def test_a_release_that_cannot_be_read_is_listed_with_the_place_and_ends_with_1(
    approved: Workspace, name: str, *, named: bool
) -> None:
    record(approved, Withdrawn(revision=1, reason="It fell."))  # so that nothing is overdue
    other = approved.root / "releases" / "tunnel"
    other.mkdir()
    text = (folder(approved) / "release.yaml").read_text()
    (other / "release.yaml").write_text(text.replace("B-1", "T-1"))
    (approved.root / "releases" / name / "release.yaml").write_text('headline: "open\n')

    paths = ["bridge", "tunnel"] if named else []
    done = CliRunner().invoke(main, ["status", *paths, "--workspace", str(approved.root)])
    [problem] = [line for line in done.output.splitlines() if "Y05" in line]

    assert f"releases/{name}/release.yaml:1:11: Y05 the quotation mark" in problem
    assert all(each in done.output for each in ("bridge", "tunnel"))
    assert done.exit_code == 1


def test_a_translation_that_cannot_be_read_is_listed_too(approved: Workspace) -> None:
    (folder(approved) / "release.cy.yaml").write_text("headline: [")

    assert any("release.cy.yaml:1:" in line for line, _ in format_status_table(list_status_reports(approved, [], NOW)))


def test_what_is_overdue_ends_with_4_as_with_due(approved: Workspace) -> None:
    record(approved, Scheduled(revision=1, lift_at=LIFT))

    codes = {
        command: CliRunner().invoke(main, [*command.split(), "--workspace", str(approved.root)])
        for command in ("due", "status", "status bridge")
    }

    assert {command: done.exit_code for command, done in codes.items()} == dict.fromkeys(codes, 4)
    assert all("overdue: B-1" in done.output for done in codes.values())


def test_why_it_was_withdrawn_is_shown(approved: Workspace) -> None:
    record(approved, Withdrawn(revision=1, reason="It fell."))

    assert "  withdrawn: It fell." in lines(approved)


def test_the_object_says_the_same(approved: Workspace) -> None:
    change(folder(approved) / "release.yaml", "It holds.", "It held.")
    record(approved, Scheduled(revision=1, lift_at=LIFT))

    told: dict[str, Any] = serialise_status_report(report(approved))

    assert {
        key: told[key] for key in ("release", "reference", "state", "scheduled", "embargo", "overdue", "rounds")
    } == {
        "release": "bridge",
        "reference": "B-1",
        "state": "approved",
        "scheduled": "2019-05-07T23:01:00Z",
        "embargo": "2019-05-07T23:01:00Z",
        "overdue": False,
        "rounds": 1,
    }
    changes = [{"where": "release.yaml: body[1].quote.words", "before": "It holds.", "after": "It held."}]
    assert [(each["act"], each["by"], each["at"], each["changes"]) for each in told["signatures"]] == [
        ("submitted", "moss", "2019-05-07T09:00:00Z", changes),
        ("approved", "reed", "2019-05-07T09:00:00Z", changes),
    ]
    assert [(each["speaker"], each["state"], each["how"]) for each in told["speakers"]] == [
        ("ray", "changed", "by telephone")
    ]
