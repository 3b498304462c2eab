"""What has not changed is not made again; what has is, and the reason is named."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from pressgen.actions.build.batch import rebuild_changed
from pressgen.actions.build.build import BuildRequest, build_release
from pressgen.actions.build.build_record import TICK
from pressgen.actions.build.incremental import BuildResult
from pressgen.actions.build.session import BuildSession
from pressgen.actions.build.staleness import find_rebuild_reasons
from pressgen.actions.workspace.folder import Workspace
from pressgen.errors import InputError
from pressgen.model.artifact import Format, Variant

OLD = 1_000_000_000


@pytest.fixture
def file(workspace: Path) -> Path:
    """The release, last changed long ago."""
    found = workspace / "releases" / "bridge" / "release.yaml"
    os.utime(found, (OLD, OLD))
    return found


def run_of(
    workspace: Path, *formats: Format, out: str = "dist", force: bool = False, variant: str = ""
) -> BuildSession:
    order = BuildRequest(formats or [Format.TXT, Format.DOCX], [Variant(variant)] if variant else [], workspace / out)
    return BuildSession.of(Workspace(workspace), order, force=force)


def once(run: BuildSession, file: Path) -> BuildResult:
    """What becomes of the one release in one run of the command."""
    ((_, outcome),) = rebuild_changed(run, [file])
    if isinstance(outcome, InputError):
        raise outcome
    return outcome


def made(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_what_was_never_made_is_made(workspace: Path, file: Path) -> None:
    outcome = once(run_of(workspace), file)

    assert outcome.reasons == ["it was not made into dist before"]
    assert outcome.made == 4


def test_the_files_are_those_of_a_plain_build(workspace: Path, file: Path) -> None:
    every = list(Format)
    build_release(Workspace(workspace), file, BuildRequest(every, [], workspace / "plain"))
    once(run_of(workspace, *every), file)
    once(run_of(workspace, *every, out="again"), file)

    assert made(workspace / "plain") == made(workspace / "dist") == made(workspace / "again")


def test_nothing_changed_is_nothing_done(workspace: Path, file: Path) -> None:
    once(run_of(workspace), file)
    before = {path: path.stat() for path in (workspace / "dist").rglob("*")}

    outcome = once(run_of(workspace), file)

    assert outcome == BuildResult()
    assert {path: path.stat() for path in (workspace / "dist").rglob("*")} == before


def test_a_file_that_was_only_touched_is_no_change(workspace: Path, file: Path) -> None:
    once(run_of(workspace), file)
    os.utime(file)

    assert once(run_of(workspace), file) == BuildResult()


def test_a_change_of_the_same_length_at_the_same_time_is_noticed(workspace: Path, file: Path) -> None:
    once(run_of(workspace), file)
    change(file, "Bridge opens", "Bridge opemz")
    os.utime(file, (OLD, OLD))

    assert once(run_of(workspace), file).reasons == ["release.yaml changed"]


def test_a_file_too_fresh_to_be_known_by_its_times_is_read_again(workspace: Path, file: Path) -> None:
    change(file, "Bridge opens", "Bridge opened")
    os.utime(file, (later := time.time() + 3600, later))  # as if it changed while it was read
    once(run_of(workspace), file)
    kept = run_of(workspace).remembered(file)

    assert kept
    assert kept.own["release.yaml"].seen is None


def test_a_fresh_file_is_known_by_its_times_once_it_is_old_enough(workspace: Path, file: Path) -> None:
    change(file, "Bridge opens", "Bridge opened")
    once(run_of(workspace), file)
    time.sleep(2 * TICK / 1e9)

    assert once(run_of(workspace), file) == BuildResult()

    kept = run_of(workspace).remembered(file)
    assert kept
    assert kept.own["release.yaml"].seen


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("release.css", "templates/inspectorate/release.css changed"),
        ("house.yaml", "templates/inspectorate/house.yaml changed"),
        ("fonts/SourceSans3-Bold.ttf", "templates/inspectorate/fonts/SourceSans3-Bold.ttf changed"),
    ],
)
def test_a_change_of_the_house_is_named(workspace: Path, file: Path, name: str, reason: str) -> None:
    once(run_of(workspace), file)
    changed = workspace / "templates" / "inspectorate" / name
    changed.write_bytes(changed.read_bytes() + b"\n")

    assert find_rebuild_reasons(run_of(workspace), file) == [reason]


def test_a_file_more_or_less_in_the_house_is_named(workspace: Path, file: Path) -> None:
    once(run_of(workspace), file)
    house = workspace / "templates" / "inspectorate"
    (house / "logo.svg").rename(house / "mark.svg")

    assert find_rebuild_reasons(run_of(workspace), file) == [
        "templates/inspectorate/logo.svg is gone",
        "templates/inspectorate/mark.svg is new",
    ]


def test_another_house_is_no_concern_of_it(workspace: Path, file: Path) -> None:
    once(run_of(workspace), file)
    (workspace / "templates" / "university" / "release.css").write_text("")

    assert find_rebuild_reasons(run_of(workspace), file) == []


def test_another_version_of_a_program_is_named(workspace: Path, file: Path) -> None:
    once(run_of(workspace), file)
    run = run_of(workspace)
    sheet = run.houses.sheet("inspectorate")
    sums = {**sheet.sums, "weasyprint": "71.0"}
    run.houses._sheets["inspectorate"] = replace(sheet, sums=sums, digest="0" * 64)

    assert find_rebuild_reasons(run, file) == [f"weasyprint {sheet.sums['weasyprint']} → 71.0"]


def test_a_new_translation_and_one_that_went_are_named(workspace: Path, file: Path) -> None:
    once(run_of(workspace), file)
    welsh = file.with_name("release.cy.yaml")
    welsh.write_text("")

    assert find_rebuild_reasons(run_of(workspace), file) == ["release.cy.yaml is new"]

    file.with_name("release.cy.yaml").rename(file.with_name("notes.yaml"))

    assert find_rebuild_reasons(run_of(workspace), file) == []


def test_a_picture_is_an_input(workspace: Path, file: Path) -> None:
    (file.parent / "deck.png").write_bytes(_png())
    change(file, "  - The bridge opened.\n", "  - The bridge opened.\n  - image: {file: deck.png, alt: The deck}\n")
    once(run_of(workspace), file)

    assert find_rebuild_reasons(run_of(workspace), file) == []

    (file.parent / "deck.png").write_bytes(_png() + b"\0")

    assert find_rebuild_reasons(run_of(workspace), file) == ["deck.png changed"]


def test_a_made_file_that_somebody_changed_is_put_in_place_again_and_not_made(workspace: Path, file: Path) -> None:
    once(run_of(workspace), file)
    before = made(workspace / "dist")
    (workspace / "dist" / "bridge" / "public" / "bridge.txt").write_text("Something else")
    shutil.rmtree(workspace / "dist" / "bridge" / "embargoed")

    outcome = once(run_of(workspace), file)

    assert outcome.made == 0
    assert "dist/bridge/public/bridge.txt was changed" in outcome.reasons
    assert "dist/bridge/embargoed/bridge.docx is gone" in outcome.reasons
    assert made(workspace / "dist") == before


def test_what_comes_back_to_an_earlier_state_is_not_made_again(workspace: Path, file: Path) -> None:
    once(run_of(workspace), file)
    before = made(workspace / "dist")
    change(file, "Bridge opens", "Bridge closes")
    once(run_of(workspace), file)
    change(file, "Bridge closes", "Bridge opens")

    assert once(run_of(workspace), file).made == 0
    assert made(workspace / "dist") == before


def test_of_a_larger_order_only_what_is_lacking_is_made(workspace: Path, file: Path) -> None:
    once(run_of(workspace, Format.TXT), file)

    outcome = once(run_of(workspace, Format.TXT, Format.DOCX), file)

    assert outcome.reasons == ["other formats or variants were ordered"]
    assert outcome.made == 2


def test_a_damaged_cache_is_noticed_and_what_it_held_is_made_anew(workspace: Path, file: Path) -> None:
    once(run_of(workspace), file)
    before = made(workspace / "dist")
    for kept in (workspace / ".pressgen" / "cache" / "made").glob("*/*"):
        kept.write_bytes(kept.read_bytes().replace(b"bridge", b"brigde"))
    shutil.rmtree(workspace / "dist")

    outcome = once(run_of(workspace), file)

    assert outcome.reasons[-1] == "what was kept of it was damaged (4 of 4)"
    assert outcome.made == 4
    assert made(workspace / "dist") == before


def test_a_damaged_memory_is_noticed(workspace: Path, file: Path) -> None:
    once(run_of(workspace), file)
    for kept in (workspace / ".pressgen" / "cache" / "looks").glob("*/*"):
        kept.write_bytes(b"[]")

    outcome = once(run_of(workspace), file)

    assert (outcome.reasons, outcome.made) == (["what was remembered of it was damaged"], 0)


def test_force_makes_all(workspace: Path, file: Path) -> None:
    once(run_of(workspace), file)

    outcome = once(run_of(workspace, force=True), file)

    assert (outcome.reasons, outcome.made) == (["--force"], 4)


def test_the_remarks_of_a_kept_file_are_told_again(workspace: Path, file: Path) -> None:
    house = workspace / "templates" / "inspectorate" / "house.yaml"
    house.write_text(house.read_text() + "budget: {headline_lines: 1}\n")
    change(file, "headline: Bridge opens", f"headline: {'Bridge opens ' * 12}")
    first = once(run_of(workspace, Format.PDF), file)
    shutil.rmtree(workspace / "dist")

    second = once(run_of(workspace, Format.PDF), file)

    assert second.made == 0
    assert [each.notes for each in second.written] == [each.notes for each in first.written]
    assert any(each.notes for each in first.written)


def test_a_refused_release_is_refused_again_and_its_old_files_stay(workspace: Path, file: Path) -> None:
    once(run_of(workspace), file)
    before = made(workspace / "dist")
    change(file, "headline:", "hedline:")

    for _ in range(2):
        with pytest.raises(InputError, match="R01"):
            once(run_of(workspace), file)

    assert made(workspace / "dist") == before


def test_where_no_cache_can_be_kept_all_is_made(workspace: Path, file: Path) -> None:
    (workspace / ".pressgen").write_text("a file where a folder should be")

    assert [once(run_of(workspace), file).made for _ in range(2)] == [4, 4]


def test_a_face_of_the_machine_is_an_input(workspace: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    font = workspace / "home" / ".fonts" / "of-this-test.ttf"
    font.parent.mkdir(parents=True)
    shutil.copy(workspace / "templates" / "inspectorate" / "fonts" / "SourceSans3-Bold.ttf", font)
    monkeypatch.setenv("HOME", str(workspace / "home"))
    house = workspace / "templates" / "inspectorate" / "house.yaml"
    change(house, "faces:\n", f"faces:\n  - {{family: F, file: {font.name}, package: fonts-f, letters: [ARABIC]}}\n")
    change(file, "Bridge opens", "Bridge opens مرحبا")
    once(run_of(workspace, Format.TXT), file)

    assert find_rebuild_reasons(run_of(workspace, Format.TXT), file) == []

    font.unlink()

    assert find_rebuild_reasons(run_of(workspace, Format.TXT), file) == [f"the machine's {font.name} is gone"]


def _png() -> bytes:
    held = BytesIO()
    Image.new("RGB", (600, 400), "navy").save(held, "PNG", dpi=(300, 300))
    return held.getvalue()
