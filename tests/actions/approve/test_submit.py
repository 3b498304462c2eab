"""Submitting: what is put forward is kept, to the byte."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from pressgen.actions.approve.submit import submit_release
from pressgen.actions.build.build import BuildRequest, build
from pressgen.actions.build.cache import BuildCache, FormatOutput
from pressgen.actions.workspace.bundle import hash_content
from pressgen.actions.workspace.folder import Workspace
from pressgen.actions.workspace.office import open_ledger
from pressgen.errors import InputError, StateError, UsageError
from pressgen.model.artifact import Format
from pressgen.model.event import Scheduled, Submitted, Withdrawn
from pressgen.model.standing import Standing, State

NOW = datetime(2019, 5, 7, 9, 0, tzinfo=UTC)


def put_forward(office: Workspace, who: str | None = "moss", name: str = "bridge") -> Standing:
    return submit_release(office, office.root / "releases" / name, who, NOW)


def change(office: Workspace, old: str, new: str) -> None:
    file = office.root / "releases" / "bridge" / "release.yaml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_what_goes_in_and_what_comes_out_is_kept(office: Workspace) -> None:
    standing = put_forward(office)

    assert standing.state is State.SUBMITTED
    version = standing.proposed
    assert version is not None
    assert (version.headline, version.audience, version.zone) == ("Bridge opens", "press", "Europe/London")
    assert version.embargo == datetime(2019, 5, 7, 23, 1, tzinfo=UTC)
    assert sorted(version.files) == [
        f"{variant}/bridge.{ending}" for variant in ("embargoed", "public") for ending in ("docx", "html", "pdf", "txt")
    ]
    assert [*version.data] == ["release.yaml"]
    assert "templates/inspectorate/house.yaml" in version.house
    with open_ledger(office) as ledger:
        for digest in (version.data | version.house | version.files).values():
            assert hashlib.sha256(ledger.fetch(digest)).hexdigest() == digest


def test_a_release_that_is_changed_is_submitted_anew(office: Workspace) -> None:
    first = put_forward(office).proposed
    change(office, "It holds.", "It held.")

    standing = put_forward(office)

    assert standing.rounds == 2
    assert standing.proposed != first
    assert [each.version for each in standing.signatures] == [standing.proposed.digest if standing.proposed else ""]


def test_the_same_again_is_refused(office: Workspace) -> None:
    put_forward(office)

    with pytest.raises(StateError, match="B-1 is submitted already, and nothing has changed since"):
        put_forward(office)


@pytest.mark.parametrize(
    ("who", "refusal", "told"),
    [
        (None, UsageError, r"Who are you\? Add --as moss or --as reed"),
        ("mos", UsageError, "“mos” is not one of the office's people; did you mean “moss”"),
        ("nobody", UsageError, "“nobody” is not one of the office's people; those who may submit: moss, reed"),
    ],
)
def test_only_the_people_of_the_office_submit(
    office: Workspace, who: str | None, refusal: type[Exception], told: str
) -> None:
    with pytest.raises(refusal, match=told):
        put_forward(office, who)


def test_without_an_office_nobody_submits(workspace: Path) -> None:
    with pytest.raises(UsageError, match=r"releases/pressgen.yaml is missing: list the people of the office there"):
        put_forward(Workspace(workspace))


def test_what_the_checks_find_is_not_submitted(office: Workspace) -> None:
    change(office, "The bridge opened.", "The bridge opened on Tuesday 8 May 2019.")

    with pytest.raises(InputError, match="T01"):
        put_forward(office)
    with open_ledger(office) as ledger:
        assert ledger.entries() == []


def test_what_is_scheduled_is_frozen(office: Workspace) -> None:
    put_forward(office)
    record(office, Scheduled(revision=1, lift_at=NOW + timedelta(days=1)))
    change(office, "It holds.", "It held.")

    with pytest.raises(StateError, match="B-1 is scheduled for Wed 8 May 2019 10:00 BST, so it cannot change"):
        put_forward(office)


def test_what_is_withdrawn_stays_so(office: Workspace) -> None:
    put_forward(office)
    record(office, Withdrawn(revision=1, reason="It fell."))

    with pytest.raises(StateError, match=r"B-1 is withdrawn \(It fell.\): make a new release with another reference"):
        put_forward(office)


def record(office: Workspace, event: Scheduled | Withdrawn | Submitted) -> None:
    with open_ledger(office) as ledger:
        ledger.append(event, reference="B-1", slug="bridge", actor="reed", at=NOW)


def test_a_reference_is_one_release_s_alone(office: Workspace) -> None:
    put_forward(office)
    (office.root / "releases" / "bridge").rename(office.root / "releases" / "tunnel")

    with pytest.raises(StateError, match="the reference B-1 belongs to releases/bridge: give this release one of its"):
        put_forward(office, name="tunnel")


def test_a_release_keeps_its_reference(office: Workspace) -> None:
    put_forward(office)
    change(office, "reference: B-1", "reference: B-2")

    with pytest.raises(
        StateError,
        match="releases/bridge is known as B-1, and not as B-2; a reference cannot change, so put the old one back",
    ):
        put_forward(office)


def test_a_clock_before_the_last_entry_is_refused(office: Workspace) -> None:
    put_forward(office)
    change(office, "It holds.", "It held.")

    with pytest.raises(StateError, match="set the clock right"):
        submit_release(office, office.root / "releases" / "bridge", "moss", NOW - timedelta(hours=1))


def test_what_pressgen_remembers_is_for_its_owner_only(office: Workspace) -> None:
    folder = office.root / ".pressgen"
    folder.mkdir(mode=0o755)
    put_forward(office)

    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "ledger.sqlite").stat().st_mode & 0o777 == 0o600


def no_files() -> FormatOutput:
    raise AssertionError


def test_what_is_submitted_is_made_anew_and_never_taken_from_the_cache(office: Workspace) -> None:
    """Even if somebody put other bytes there, under a sum that is right."""
    file = office.root / "releases" / "bridge" / "release.yaml"
    request, cache = BuildRequest(office, file, out=office.root / "dist"), BuildCache(office)
    build(request, cache)
    for kept in (office.root / ".pressgen" / "cache" / "made").glob("*/*"):
        true = cache.get_or_make(kept.name, no_files)
        wrong = [replace(each, content=each.content.replace(b"The bridge", b"The brigde")) for each in true.artifacts]
        cache.get_or_make(kept.name, partial(FormatOutput, tuple(wrong), true.made_with), force=True)
    shutil.rmtree(office.root / "dist")
    build(request, cache)
    assert b"The brigde" in (office.root / "dist" / "bridge" / "public" / "bridge.txt").read_bytes()

    standing = put_forward(office)

    assert standing.proposed
    for variant, artifact in build(BuildRequest(office, file, [Format.TXT])).artifacts:
        assert standing.proposed.files[f"{variant}/{artifact.name}"] == hash_content(artifact.content)
