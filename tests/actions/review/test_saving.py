"""What an editor saves while a review command thinks stays, and a decision is recorded only with what was saved."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from actions.editors import RELEASE, add, change, edited, run
from pressgen.actions.review import accept
from pressgen.actions.review.decisions import ReviewDecision
from pressgen.actions.review.receive import read_returned_copy
from pressgen.actions.review.trial import TrialApply
from pressgen.actions.workspace.folder import Workspace
from pressgen.errors import StateError

ADDED = "A paragraph that an editor puts in, and that stands there once."
EDITS = (change("two years", "three years"), add("It cost", ADDED))


@pytest.fixture
def newsroom(workspace: Path, office: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with an office, at whose desk moss sits, and one release, of which a copy went out to legal."""
    assert office
    (workspace / "releases" / "bridge" / "release.yaml").write_text(RELEASE)
    monkeypatch.chdir(workspace)
    monkeypatch.setenv("PRESSGEN_AS", "moss")
    run("review", "send", "releases/bridge", "--to", "legal")
    return workspace


def file_of(newsroom: Path) -> Path:
    return newsroom / "releases" / "bridge" / "release.yaml"


def kinds() -> list[str]:
    entries = json.loads(run("history", "releases/bridge", "--format", "json").output)
    return [each["event"]["kind"] for each in entries]


def while_it_thinks(monkeypatch: pytest.MonkeyPatch, newsroom: Path, old: str, new: str) -> str:
    """Have somebody save the release while the proposals are tried; what they save."""
    theirs = RELEASE.replace(old, new)
    assert theirs != RELEASE
    real = TrialApply.apply_most

    def apply_most(trial: TrialApply, wanted: list[object]) -> str:
        text = real(trial, wanted)  # type: ignore[arg-type]
        file_of(newsroom).write_text(theirs)
        return text

    monkeypatch.setattr(TrialApply, "apply_most", apply_most)
    return theirs


def test_a_save_made_while_proposals_are_tried_is_kept(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = edited(newsroom, *EDITS)
    while_it_thinks(monkeypatch, newsroom, "Bridge opens", "Bridge opens at last")

    said = run("review", "receive", str(file), "--apply")

    text = file_of(newsroom).read_text()
    assert said.exit_code == 0, said.output
    assert "was saved by somebody else in the meantime; it now has both changes" in said.output
    assert ("opens at last" in text, "three years" in text, text.count(ADDED)) == (True, True, 1)
    assert kinds().count("decided") == 1


def test_a_save_of_the_same_words_is_a_refusal_and_nothing_is_recorded(
    newsroom: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = edited(newsroom, *EDITS)
    before = kinds()
    theirs = while_it_thinks(monkeypatch, newsroom, "two years", "four years")

    said = run("review", "receive", str(file), "--apply")

    assert said.exit_code == 1
    assert "K03 was saved by somebody else in the meantime, with the same words changed" in said.output
    assert all(words in said.output for words in ("three years", "four years", "run the command again"))
    assert file_of(newsroom).read_text() == theirs
    assert kinds() == before


def test_applied_twice_a_copy_is_put_in_once(newsroom: Path) -> None:
    file = edited(newsroom, *EDITS)

    run("review", "receive", str(file), "--apply")
    once = file_of(newsroom).read_text()
    said = run("review", "receive", str(file), "--apply")

    assert file_of(newsroom).read_text() == once
    assert once.count(ADDED) == 1
    assert "bridge/release.yaml already says it, so nothing was changed" in said.output


def test_what_could_not_be_recorded_is_saved_and_recorded_by_a_second_run(newsroom: Path) -> None:
    file, now = edited(newsroom, *EDITS), datetime.now(UTC)
    workspace = Workspace(newsroom)
    proposals = read_returned_copy(workspace, file)
    decision = ReviewDecision({each.number: "" for each in proposals.proposals}, {}, "moss")

    with pytest.raises(StateError, match=r"(?s)release\.yaml saved, but not recorded in the ledger.*again"):
        accept.apply_decision(workspace, proposals, decision, now - timedelta(days=400))
    once = file_of(newsroom).read_text()
    assert "decided" not in kinds()
    accept.apply_decision(workspace, proposals, decision, datetime.now(UTC))

    assert once.count(ADDED) == 1
    assert file_of(newsroom).read_text() == once
    assert kinds().count("decided") == 1


def test_a_reason_of_two_lines_is_refused_before_anything_is_written(newsroom: Path) -> None:
    file = edited(newsroom, *EDITS)

    said = run("review", "receive", str(file), "--accept", "1", "--reason", "one\ntwo")

    assert said.exit_code == 2
    assert file_of(newsroom).read_text() == RELEASE


def test_a_byte_order_mark_stays(newsroom: Path) -> None:
    file = edited(newsroom, *EDITS)
    file_of(newsroom).write_text("\ufeff" + RELEASE)

    run("review", "receive", str(file), "--apply")

    assert file_of(newsroom).read_text().startswith("\ufeff# A comment that stays.")
    assert "three years" in file_of(newsroom).read_text()
