"""The breach report: what the ledger knows, and what a person must fill in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from ledger.happening import LIFT, NOON, version
from pressgen.actions.status.breach import format_breach_report
from pressgen.actions.workspace.office import open_ledger
from pressgen.cli.app import main
from pressgen.model.decision import EmbargoEnded
from pressgen.model.event import Approved, Issued, Lifted, Moved, Sent, Submitted, Withdrawn

if TYPE_CHECKING:
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.event import Event

MADE = version(**{"bridge.pdf": "a" * 64})


def sent(recipient: str = "daily", address: str = "desk@daily.example", **changes: Any) -> Sent:  # noqa: ANN401
    told = {"outcome": "ok", "detail": "", "embargo": LIFT, "files": {"embargoed/bridge.pdf": "a" * 64}} | changes
    return Sent(version=MADE.digest, recipient=recipient, address=address, channel="mail", key=address, **told)


def report(office: Workspace, *events: Event) -> str:
    """The report after the events, a minute apart, told at the last of them."""
    happened = [
        Submitted(version=MADE),
        Approved(version=MADE.digest),
        Issued(version=MADE.digest, list="national", channels=("mail",)),
        *events,
    ]
    with open_ledger(office) as ledger:
        for minute, event in enumerate(happened):
            actor = "moss" if minute == 0 else "reed"
            at = event.actual if isinstance(event, Lifted) else NOON + timedelta(minutes=minute)
            ledger.append(event, reference="B-1", slug="bridge", actor=actor, at=at)
    return format_breach_report(office, office.root / "releases" / "bridge", NOON + timedelta(hours=2))


def test_it_says_who_had_what_when_and_under_which_embargo(office: Workspace) -> None:
    told = report(office, sent(), sent("agency", "news@agency.example"))

    assert "Tuesday 1 April 2031, 13:03:00 BST  Home desk, The Daily <desk@daily.example>" in told
    assert "Tuesday 1 April 2031, 13:04:00 BST  News desk, An agency <news@agency.example>" in told
    assert f"version {MADE.digest[:12]}" in told
    assert f"embargoed/bridge.pdf  sha256 {'a' * 64}" in told
    assert "embargo on that copy: until Wednesday 2 April 2031, 00:01:00 BST (23:01 UTC, Tuesday 1 April)" in told


def test_what_the_ledger_cannot_know_is_marked(office: Workspace) -> None:
    told = report(office, sent())

    for field in ("Relevant practice", "Date and time of breach", "Who is responsible", "Nature of the breach",
                  "Action taken", "Prevention"):  # fmt: skip
        line = next(each for each in told.splitlines() if each.startswith(f"{field}:"))
        assert "[FILL IN: " in line


def test_a_copy_that_did_not_arrive_is_told_as_such(office: Workspace) -> None:
    assert "FAILED: mailbox unavailable" in report(office, sent(outcome="failed", detail="mailbox unavailable"))


def ended(now: datetime, at: datetime) -> list[Event]:
    """A head ends the embargo, and the release is lifted at the same moment."""
    return [EmbargoEnded(revision=1, lift_at=now, was=LIFT, reason="It is out"), Lifted(revision=1, due=now, actual=at)]


def test_what_readers_were_told_is_what_was_sent_and_not_when_the_embargo_ended(office: Workspace) -> None:
    told = report(office, sent(), *ended(NOON + timedelta(minutes=4), NOON + timedelta(minutes=4, seconds=3)))

    told_last = next(each for each in told.splitlines() if each.startswith("Embargo, as last announced:"))
    assert "until Wednesday 2 April 2031, 00:01:00 BST" in told_last
    assert "as sent on Tuesday 1 April 2031, 13:03:00 BST" in told_last


@pytest.mark.parametrize("copy", [[], [sent(outcome="failed")]])
def test_where_nobody_was_told_of_an_embargo_the_report_says_so(office: Workspace, copy: list[Sent]) -> None:
    assert (
        "Embargo, as last announced:    it was not sent to anybody under an embargo; its files say until"
    ) in report(office, *copy)


def test_since_when_it_is_public_is_said_alike_everywhere(office: Workspace) -> None:
    end = NOON + timedelta(minutes=4, seconds=58)
    breach = report(office, sent(), *ended(end, end + timedelta(seconds=3)))
    folder, since = str(office.root / "releases" / "bridge"), "since Tue 1 Apr 2031 13:04 BST"

    said = [CliRunner().invoke(main, [command, folder, "--workspace", str(office.root)]).output
            for command in ("status", "history")]  # fmt: skip

    assert all(since in each for each in (breach, *said))


def test_what_went_out_after_the_lift_is_no_part_of_it(office: Workspace) -> None:
    told = report(office, Lifted(revision=0, due=LIFT, actual=LIFT))
    with open_ledger(office) as ledger:
        ledger.append(sent(), reference="B-1", slug="bridge", actor="worker", at=LIFT + timedelta(minutes=1))
    after = format_breach_report(office, office.root / "releases" / "bridge", LIFT)

    assert "nobody: it was not sent to anybody" in told
    assert "nobody: it was not sent to anybody" in after
    assert "since Wed 2 Apr 2031 00:01 BST, published less than a second after it was due" in after


def test_moves_of_the_embargo_are_told_with_their_reasons(office: Workspace) -> None:
    later = LIFT + timedelta(days=1)
    told = report(
        office, Moved(version=MADE, revision=1, lift_at=later, was=LIFT, reason="The minister is late.", advisory=1)
    )

    assert "advisory 1:" in told
    assert "from Wednesday 2 April 2031, 00:01:00 BST to Thursday 3 April 2031, 00:01:00 BST" in told
    assert "The minister is late." in told


def test_somebody_whom_the_office_no_longer_lists_is_told_by_address(office: Workspace) -> None:
    assert "former <old@paper.example>" in report(office, sent("former", "old@paper.example"))


def test_it_says_who_signed(office: Workspace) -> None:
    told = report(office, sent())

    assert "submitted by Ada Moss (moss)" in told
    assert "approved by Jo Reed (reed)" in told


def test_it_is_printed_though_the_office_and_the_release_are_gone(office: Workspace) -> None:
    report(office, sent())
    (office.root / "releases" / "pressgen.yaml").unlink()
    (office.root / "releases" / "bridge" / "release.yaml").write_text("broken: [")

    said = CliRunner().invoke(main, ["breach-report", "B-1", "--workspace", str(office.root)])

    assert said.exit_code == 0, said.output
    assert "daily <desk@daily.example>" in said.output
    assert "[FILL IN: the office]" in said.output


def test_a_release_that_nobody_has_gives_no_report(office: Workspace) -> None:
    said = CliRunner().invoke(main, ["breach-report", "releases/bridge", "--workspace", str(office.root)])

    assert said.exit_code == 4
    assert "has not been submitted" in said.output


def test_what_was_withdrawn_before_its_time_was_never_public(office: Workspace) -> None:
    assert "withdrawn, never lifted" in report(office, sent(), Withdrawn(revision=1, reason="It fell."))
