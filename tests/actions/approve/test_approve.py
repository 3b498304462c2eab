"""Approving: exactly what somebody else submitted, or a second look is owed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pressgen import __version__
from pressgen.actions.approve import approve
from pressgen.actions.approve.approve import ApprovalResult, approve_release, give_second_look
from pressgen.actions.approve.second_look import list_open_second_looks
from pressgen.actions.approve.signed_version import list_contents
from pressgen.actions.approve.speaker_clearances import record_clearance
from pressgen.actions.approve.submit import submit_release
from pressgen.actions.build.build import BuildResult
from pressgen.actions.workspace.folder import Workspace
from pressgen.actions.workspace.office import open_ledger
from pressgen.errors import StateError, UsageError
from pressgen.model.event import Scheduled, Submitted
from pressgen.model.standing import State

NOW = datetime(2019, 5, 7, 9, 0, tzinfo=UTC)


def folder(office: Workspace) -> Path:
    return office.root / "releases" / "bridge"


def signed(office: Workspace, who: str = "reed", urgent: str | None = None) -> ApprovalResult:
    return approve_release(office, folder(office), who, NOW, urgent=urgent)


@pytest.fixture
def submitted(office: Workspace) -> Workspace:
    """The office after moss submitted the bridge."""
    submit_release(office, folder(office), "moss", NOW)
    return office


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_what_was_submitted_is_approved(submitted: Workspace) -> None:
    standing = signed(submitted).standing

    assert standing.state is State.APPROVED
    assert [(each.act, each.actor) for each in standing.signatures] == [("submitted", "moss"), ("approved", "reed")]
    assert standing.version
    assert {each.version for each in standing.signatures} == {standing.version.digest}


def test_a_changed_word_voids_the_submission_and_is_told(submitted: Workspace) -> None:
    change(folder(submitted) / "release.yaml", "It holds.", "It held.")

    with pytest.raises(StateError) as refusal:
        signed(submitted)

    assert refusal.value.lines() == [
        "B-1 has changed since it was submitted; submit it again: pressgen submit bridge",
        "  release.yaml: body[1].quote.words: It [-holds.-]{+held.+}",
    ]


def test_a_changed_comment_voids_the_submission_and_is_told(submitted: Workspace) -> None:
    """Somebody put his name to these bytes, and cannot know what a comment was meant to say."""
    change(folder(submitted) / "release.yaml", "headline:", "# as agreed\nheadline:")

    with pytest.raises(StateError, match="release.yaml was changed in its layout or comments; its words are the same"):
        signed(submitted)


def test_changed_files_of_the_house_void_the_submission_and_are_told(submitted: Workspace) -> None:
    house = submitted.root / "templates" / "inspectorate"
    change(house / "house.yaml", "ENDS", "END")
    (house / "notice.txt").write_text("new")
    (house / "release.css").write_text((house / "release.css").read_text() + "\n/* wider */\n")

    with pytest.raises(StateError) as refusal:
        signed(submitted)

    assert refusal.value.lines()[1:] == [
        "  templates/inspectorate/house.yaml: wording.end: [-ENDS-]{+END+}",
        "  templates/inspectorate/notice.txt was added",
        "  templates/inspectorate/release.css was changed",
    ]


def submitted_before(office: Workspace, **files: str) -> None:
    """As if an earlier pressgen had made what was submitted, with these hashes."""
    version = submit_release(office, folder(office), "moss", NOW).proposed
    assert version
    earlier = replace(version, made_with=version.made_with | {"pressgen": "0.0.9"}, files=version.files | files)
    with open_ledger(office) as ledger:
        ledger.append(Submitted(version=earlier), reference="B-1", slug="bridge", actor="moss", at=NOW)


def test_another_program_that_makes_other_bytes_voids_the_submission_and_is_told(office: Workspace) -> None:
    submitted_before(office, **{"public/bridge.pdf": "0" * 64})

    with pytest.raises(StateError) as refusal:
        signed(office)

    assert refusal.value.lines()[1:] == [
        f"  pressgen: [-0.0.9-]{{+{__version__}+}}",
        "  public/bridge.pdf has changed",
    ]


def test_another_program_that_makes_the_same_bytes_voids_nothing(office: Workspace) -> None:
    submitted_before(office)

    assert signed(office).standing.state is State.APPROVED


def test_whoever_submitted_does_not_approve(office: Workspace) -> None:
    submit_release(office, folder(office), "shaw", NOW)

    with pytest.raises(StateError, match="shaw submitted B-1; reed must approve it, or you can with --urgent"):
        signed(office, "shaw")
    assert signed(office, "reed").standing.state is State.APPROVED


def test_only_an_approver_approves(submitted: Workspace) -> None:
    with pytest.raises(StateError, match="moss may not approve; ask reed or shaw"):
        signed(submitted, "moss")


def test_what_nobody_submitted_is_not_approved(office: Workspace) -> None:
    with pytest.raises(StateError, match="bridge has not been submitted; next: pressgen submit"):
        signed(office)


def test_what_is_approved_is_not_approved_again(submitted: Workspace) -> None:
    signed(submitted)

    with pytest.raises(StateError, match="B-1 is approved already: there is nothing to approve"):
        signed(submitted, "shaw")


def test_what_is_scheduled_is_not_approved(submitted: Workspace) -> None:
    with open_ledger(submitted) as ledger:
        event = Scheduled(revision=1, lift_at=NOW + timedelta(days=1))
        ledger.append(event, reference="B-1", slug="bridge", actor="reed", at=NOW)

    for urgent in (None, "Flood"):
        with pytest.raises(StateError, match="B-1 is scheduled for Wed 8 May 2019 10:00 BST, so it cannot change"):
            signed(submitted, urgent=urgent)


def test_an_urgent_approval_needs_nobody_else_and_owes_a_second_look(office: Workspace) -> None:
    standing = signed(office, "moss", urgent="Flood").standing

    assert standing.state is State.APPROVED
    assert [(each.act, each.actor) for each in standing.signatures] == [("submitted", "moss"), ("approved", "moss")]
    assert [(each.actor, each.reason) for each in standing.second_looks] == [("moss", "Flood")]


def test_an_urgent_approval_covers_what_has_changed_since_it_was_submitted(submitted: Workspace) -> None:
    change(folder(submitted) / "release.yaml", "It holds.", "It held.")

    standing = signed(submitted, "reed", urgent="Flood").standing

    assert (standing.state, standing.rounds) == (State.APPROVED, 2)


@pytest.mark.parametrize("reason", ["", "  ", "two\nlines", "a \x1b[31m red", "a\u2028b"])
def test_an_urgent_approval_wants_its_reason_on_one_line(submitted: Workspace, reason: str) -> None:
    with pytest.raises(UsageError, match="--because"):
        signed(submitted, urgent=reason)


def test_a_second_look_is_somebody_else_s(office: Workspace) -> None:
    signed(office, "shaw", urgent="Flood")

    with pytest.raises(
        StateError, match="shaw cannot give a second look at their own decision; moss or reed must give it"
    ):
        give_second_look(office, folder(office), "shaw", NOW)
    assert give_second_look(office, folder(office), "moss", NOW).second_looks == ()
    with pytest.raises(StateError, match="B-1 does not need a second look"):
        give_second_look(office, folder(office), "reed", NOW)


def test_a_second_look_is_an_approver_s_where_none_has_seen_it(office: Workspace) -> None:
    (office.root / FILE).write_text((office.root / FILE).read_text().replace("[writer, approver]", "[writer]"))
    signed(office, "moss", urgent="Flood")

    with pytest.raises(StateError, match="shaw may not give the second look: no approver has seen it yet; ask reed"):
        give_second_look(office, folder(office), "shaw", NOW)
    assert give_second_look(office, folder(office), "reed", NOW).second_looks == ()


FILE = Path("releases/pressgen.yaml")


def test_words_that_nobody_cleared_are_told(submitted: Workspace) -> None:
    assert [(each.speaker, each.state) for each in signed(submitted).unclear] == [("ray", "not cleared")]


def test_an_office_may_ask_for_clearance(submitted: Workspace) -> None:
    file = submitted.root / FILE
    file.write_text(file.read_text().replace("office: {", "office: {clearance: required, "))

    with pytest.raises(StateError, match=r"speakers have not cleared: Dr Ada Ray \(ray\): not"):
        signed(submitted)
    record_clearance(submitted, folder(submitted), "ray", "moss", "", NOW)
    assert signed(submitted).unclear == ()


def test_a_new_submission_voids_the_approval(submitted: Workspace) -> None:
    signed(submitted)
    change(folder(submitted) / "release.yaml", "It holds.", "It held.")

    standing = submit_release(submitted, folder(submitted), "moss", NOW)

    assert (standing.state, standing.version) == (State.SUBMITTED, None)


def test_an_attachment_that_changed_voids_the_submission_and_is_told(office: Workspace) -> None:
    (folder(office) / "plan.pdf").write_bytes(b"first")
    change(folder(office) / "release.yaml", "contacts:", "attachments: [{file: plan.pdf, title: The plan}]\ncontacts:")
    submit_release(office, folder(office), "moss", NOW)
    (folder(office) / "plan.pdf").write_bytes(b"second")

    with pytest.raises(StateError) as refusal:
        signed(office)

    assert refusal.value.lines()[1:] == ["  plan.pdf was changed"]


def test_where_nobody_else_may_look_the_office_is_told_to_add_somebody(submitted: Workspace) -> None:
    signed(submitted, urgent="The river rises")
    file = submitted.root / "releases" / "pressgen.yaml"
    file.write_text(
        "".join(line for line in file.read_text().splitlines(keepends=True) if line[2:6] not in {"moss", "shaw"})
    )

    with pytest.raises(StateError, match="somebody else, once added to releases/pressgen.yaml, must give it"):
        give_second_look(submitted, folder(submitted), "reed", NOW)


def test_what_is_approved_already_is_not_approved_again(submitted: Workspace) -> None:
    signed(submitted)

    with pytest.raises(StateError, match="B-1 is already approved, and nothing has changed since"):
        signed(submitted, urgent="The river rises")


def test_a_version_that_was_submitted_while_another_is_approved_is_not_approved_along_with_it(
    submitted: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(made: BuildResult) -> list[bytes]:
        change(folder(submitted) / "release.yaml", "It holds.", "It held.")
        submit_release(submitted, folder(submitted), "moss", NOW)
        return list_contents(made)

    monkeypatch.setattr(approve, "list_contents", meanwhile)

    with pytest.raises(StateError, match="B-1 was submitted again in the meantime; approve the new version"):
        signed(submitted)


def test_a_second_look_is_asked_for_even_where_the_office_file_is_gone(submitted: Workspace) -> None:
    signed(submitted, urgent="The river rises")
    (submitted.root / "releases" / "pressgen.yaml").unlink()

    assert list(list_open_second_looks(submitted, [folder(submitted)])) == [
        "B-1 needs a second look: somebody else must give it: pressgen approve bridge --second-look"
    ]
