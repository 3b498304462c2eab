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

from pressgen.actions.build.build import BuildRequest, BuildResult, build, find_rebuild_reasons
from pressgen.actions.build.cache import BuildCache, BuildRecord
from pressgen.actions.workspace.folder import Workspace
from pressgen.actions.workspace.tool_versions import list_tool_versions
from pressgen.errors import InputError
from pressgen.files.status import TICK
from pressgen.model.artifact import Format

OLD = 1_000_000_000


@pytest.fixture
def file(workspace: Path) -> Path:
    """The release, last changed long ago."""
    found = workspace / "releases" / "bridge" / "release.yaml"
    os.utime(found, (OLD, OLD))
    return found


def request(file: Path, *formats: Format, out: str = "dist", force: bool = False) -> BuildRequest:
    workspace, wanted = file.parents[2], formats or [Format.TXT, Format.DOCX]
    return BuildRequest(Workspace(workspace), file, wanted, out=workspace / out, force=force)


def once(wanted: BuildRequest) -> BuildResult:
    """What becomes of the one release in one run of the command."""
    return build(wanted, BuildCache(wanted.workspace))


def reasons(file: Path, *formats: Format) -> list[str]:
    """Why the release is to be made anew, as a later run finds."""
    wanted = request(file, *formats)
    return find_rebuild_reasons(wanted, BuildCache(wanted.workspace))


def record(file: Path) -> BuildRecord:
    """What was remembered of the release."""
    wanted = request(file)
    found = BuildCache(wanted.workspace).read_record(file, file.parents[2] / "dist")
    assert found
    return found


def made(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_what_was_never_made_is_made(file: Path) -> None:
    outcome = once(request(file))

    assert outcome.reasons == ["it was not built into dist before"]
    assert outcome.built == 4


def test_the_files_are_those_of_a_plain_build(workspace: Path, file: Path) -> None:
    every = list(Format)
    build(request(file, *every, out="plain"))
    once(request(file, *every))
    once(request(file, *every, out="again"))

    assert made(workspace / "plain") == made(workspace / "dist") == made(workspace / "again")


def test_nothing_changed_is_nothing_done(workspace: Path, file: Path) -> None:
    once(request(file))
    before = {path: path.stat() for path in (workspace / "dist").rglob("*")}

    outcome = once(request(file))

    assert outcome == BuildResult()
    assert {path: path.stat() for path in (workspace / "dist").rglob("*")} == before


def test_a_file_that_was_only_touched_is_no_change(file: Path) -> None:
    once(request(file))
    os.utime(file)

    assert once(request(file)) == BuildResult()


def test_a_change_of_the_same_length_at_the_same_time_is_noticed(file: Path) -> None:
    once(request(file))
    change(file, "Bridge opens", "Bridge opemz")
    os.utime(file, (OLD, OLD))

    assert once(request(file)).reasons == ["release.yaml changed"]


def test_a_file_too_fresh_to_be_known_by_its_times_is_read_again(file: Path) -> None:
    change(file, "Bridge opens", "Bridge opened")
    os.utime(file, (later := time.time() + 3600, later))  # as if it changed while it was read
    once(request(file))
    assert record(file).own["release.yaml"].status is None


def test_a_fresh_file_is_known_by_its_times_once_it_is_old_enough(file: Path) -> None:
    change(file, "Bridge opens", "Bridge opened")
    once(request(file))
    time.sleep(2 * TICK / 1e9)

    assert once(request(file)) == BuildResult()

    assert record(file).own["release.yaml"].status


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("release.css", "templates/inspectorate/release.css changed"),
        ("house.yaml", "templates/inspectorate/house.yaml changed"),
        ("fonts/SourceSans3-Bold.ttf", "templates/inspectorate/fonts/SourceSans3-Bold.ttf changed"),
    ],
)
def test_a_change_of_the_house_is_named(workspace: Path, file: Path, name: str, reason: str) -> None:
    once(request(file))
    changed = workspace / "templates" / "inspectorate" / name
    changed.write_bytes(changed.read_bytes() + b"\n")

    assert reasons(file) == [reason]


def test_a_file_more_or_less_in_the_house_is_named(workspace: Path, file: Path) -> None:
    once(request(file))
    house = workspace / "templates" / "inspectorate"
    (house / "logo.svg").rename(house / "mark.svg")

    assert reasons(file) == [
        "templates/inspectorate/logo.svg is gone",
        "templates/inspectorate/mark.svg is new",
    ]


def test_another_house_is_no_concern_of_it(workspace: Path, file: Path) -> None:
    once(request(file))
    (workspace / "templates" / "university" / "release.css").write_text("")

    assert reasons(file) == []


def test_another_version_of_a_program_is_named(workspace: Path, file: Path) -> None:
    once(request(file))
    cache = BuildCache(Workspace(workspace))
    now = cache.houses.checksums("inspectorate")
    sums = {**now.sums, "weasyprint": "71.0"}
    cache.houses._checksums["inspectorate"] = replace(now, sums=sums, digest="0" * 64)

    assert find_rebuild_reasons(request(file), cache) == [f"weasyprint {now.sums['weasyprint']} → 71.0"]


def test_a_new_translation_and_one_that_went_are_named(file: Path) -> None:
    once(request(file))
    welsh = file.with_name("release.cy.yaml")
    welsh.write_text("")

    assert reasons(file) == ["release.cy.yaml is new"]

    file.with_name("release.cy.yaml").rename(file.with_name("notes.yaml"))

    assert reasons(file) == []


def test_a_picture_is_an_input(file: Path) -> None:
    (file.parent / "deck.png").write_bytes(_png())
    change(file, "  - The bridge opened.\n", "  - The bridge opened.\n  - image: {file: deck.png, alt: The deck}\n")
    once(request(file))

    assert reasons(file) == []

    (file.parent / "deck.png").write_bytes(_png() + b"\0")

    assert reasons(file) == ["deck.png changed"]


def test_a_made_file_that_somebody_changed_is_put_in_place_again_and_not_made(workspace: Path, file: Path) -> None:
    once(request(file))
    before = made(workspace / "dist")
    (workspace / "dist" / "bridge" / "public" / "bridge.txt").write_text("Something else")
    shutil.rmtree(workspace / "dist" / "bridge" / "embargoed")

    outcome = once(request(file))

    assert outcome.built == 0
    assert "dist/bridge/public/bridge.txt was changed" in outcome.reasons
    assert "dist/bridge/embargoed/bridge.docx is gone" in outcome.reasons
    assert made(workspace / "dist") == before


def test_what_comes_back_to_an_earlier_state_is_not_made_again(workspace: Path, file: Path) -> None:
    once(request(file))
    before = made(workspace / "dist")
    change(file, "Bridge opens", "Bridge closes")
    once(request(file))
    change(file, "Bridge closes", "Bridge opens")

    assert once(request(file)).built == 0
    assert made(workspace / "dist") == before


def test_of_a_larger_order_only_what_is_lacking_is_made(file: Path) -> None:
    once(request(file, Format.TXT))

    outcome = once(request(file, Format.TXT, Format.DOCX))

    assert outcome.reasons == ["other formats or variants were asked for"]
    assert outcome.built == 2


def test_a_damaged_cache_is_noticed_and_what_it_held_is_made_anew(workspace: Path, file: Path) -> None:
    once(request(file))
    before = made(workspace / "dist")
    for kept in (workspace / ".pressgen" / "cache" / "made").glob("*/*"):
        kept.write_bytes(kept.read_bytes().replace(b"bridge", b"brigde"))
    shutil.rmtree(workspace / "dist")

    outcome = once(request(file))

    assert outcome.reasons[-1] == "the cached copy was damaged (4 of 4)"
    assert outcome.built == 4
    assert made(workspace / "dist") == before


def test_a_damaged_memory_is_noticed(workspace: Path, file: Path) -> None:
    once(request(file))
    for kept in (workspace / ".pressgen" / "cache" / "looks").glob("*/*"):
        kept.write_bytes(b"[]")

    outcome = once(request(file))

    assert (outcome.reasons, outcome.built) == (["the record of the last build was damaged"], 0)


def test_force_makes_all(file: Path) -> None:
    once(request(file))

    outcome = once(request(file, force=True))

    assert (outcome.reasons, outcome.built) == (["all was to be made, changed or not"], 4)


def test_the_remarks_of_a_kept_file_are_told_again(workspace: Path, file: Path) -> None:
    house = workspace / "templates" / "inspectorate" / "house.yaml"
    house.write_text(house.read_text() + "budget: {headline_lines: 1}\n")
    change(file, "headline: Bridge opens", f"headline: {'Bridge opens ' * 12}")
    first = once(request(file, Format.PDF))
    shutil.rmtree(workspace / "dist")

    second = once(request(file, Format.PDF))

    assert second.built == 0
    assert [each.notes for each in second.written] == [each.notes for each in first.written]
    assert any(each.notes for each in first.written)


def test_a_refused_release_is_refused_again_and_its_old_files_stay(workspace: Path, file: Path) -> None:
    once(request(file))
    before = made(workspace / "dist")
    change(file, "headline:", "hedline:")

    for _ in range(2):
        with pytest.raises(InputError, match="R01"):
            once(request(file))

    assert made(workspace / "dist") == before


def test_where_no_cache_can_be_kept_all_is_made(workspace: Path, file: Path) -> None:
    (workspace / ".pressgen").write_text("a file where a folder should be")

    assert [once(request(file)).built for _ in range(2)] == [4, 4]


def test_a_face_of_the_machine_is_an_input(workspace: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    font = workspace / "home" / ".fonts" / "of-this-test.ttf"
    font.parent.mkdir(parents=True)
    shutil.copy(workspace / "templates" / "inspectorate" / "fonts" / "SourceSans3-Bold.ttf", font)
    monkeypatch.setenv("HOME", str(workspace / "home"))
    house = workspace / "templates" / "inspectorate" / "house.yaml"
    change(house, "faces:\n", f"faces:\n  - {{family: F, file: {font.name}, package: fonts-f, letters: [ARABIC]}}\n")
    change(file, "Bridge opens", "Bridge opens مرحبا")
    once(request(file, Format.TXT))

    assert reasons(file, Format.TXT) == []

    font.unlink()

    assert reasons(file, Format.TXT) == [f"the machine's {font.name} is gone"]


def _png() -> bytes:
    held = BytesIO()
    Image.new("RGB", (600, 400), "navy").save(held, "PNG", dpi=(300, 300))
    return held.getvalue()


def test_a_house_without_fonts_of_its_own_counts_the_machines(workspace: Path) -> None:
    (workspace / "templates" / "inspectorate" / "release.css").write_text("p { color: black }")

    assert "the machine's fonts" in BuildCache(Workspace(workspace)).houses.checksums("inspectorate").sums


def test_time_zones_that_the_machine_lacks_are_those_of_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zoneinfo.TZPATH", ())

    assert "of the package" in list_tool_versions.__wrapped__().values()
