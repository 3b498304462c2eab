"""Building a release: all of it, or nothing."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pressgen.actions.build.build import BuildRequest, build
from pressgen.actions.workspace.folder import Workspace
from pressgen.errors import InputError, UsageError
from pressgen.model.artifact import Format, Variant

QUICK = [Format.TXT]


def made(folder: Path) -> dict[str, bytes]:
    """Every file under `folder` by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def order(release: Path, formats: list[Format] = QUICK, *variants: Variant) -> BuildRequest:
    workspace = next(each for each in release.parents if (each / "templates").is_dir())
    return BuildRequest(Workspace(workspace), release, formats, variants, workspace / "dist")


def change(workspace: Path, old: str, new: str) -> None:
    file = workspace / "releases" / "bridge" / "release.yaml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_both_twins_are_made_in_all_formats(workspace: Path) -> None:
    build(order(workspace / "releases" / "bridge", list(Format)))

    assert sorted(made(workspace / "dist")) == [
        f"bridge/{variant}/{name}"
        for variant in ("embargoed", "public")
        for name in ("bridge.docx", "bridge.html", "bridge.pdf", "bridge.txt", "manifest.json")
    ]


def test_a_release_without_embargo_has_the_public_variant_only(workspace: Path) -> None:
    change(workspace, "  embargo: 2019-05-08 00:01\n", "")

    written = build(order(workspace / "releases" / "bridge")).written

    assert [each.path.parent.name for each in written] == ["public"]


def test_the_embargoed_variant_of_an_immediate_release_is_refused(workspace: Path) -> None:
    change(workspace, "  embargo: 2019-05-08 00:01\n", "")

    with pytest.raises(InputError, match="release.yaml:5:3: B01 is for immediate release"):
        build(order(workspace / "releases" / "bridge", QUICK, Variant.EMBARGOED))


def test_an_immediate_release_is_passed_over_where_all_are_built(workspace: Path) -> None:
    change(workspace, "  embargo: 2019-05-08 00:01\n", "")
    embargoed = replace(order(workspace / "releases" / "bridge", QUICK, Variant.EMBARGOED), skip_missing=True)

    assert build(embargoed).written == []


def test_the_review_copy_is_made_where_it_is_asked_for(workspace: Path) -> None:
    build(order(workspace / "releases" / "bridge", list(Format), Variant.REVIEW))

    found = made(workspace / "dist")
    assert sorted(found) == [
        f"bridge/review/{name}" for name in ("bridge.docx", "bridge.html", "bridge.pdf", "bridge.txt", "manifest.json")
    ]
    assert "EMBARGOED" in found["bridge/review/bridge.txt"].decode().splitlines()[0]


def test_a_release_without_embargo_has_a_review_copy_too(workspace: Path) -> None:
    change(workspace, "  embargo: 2019-05-08 00:01\n", "")

    [written] = build(order(workspace / "releases" / "bridge", QUICK, Variant.REVIEW)).written

    assert "EMBARGOED" not in written.path.read_text()


def test_a_review_copy_names_the_state_of_all_that_it_is_made_from(workspace: Path) -> None:
    lines = []
    for _ in range(2):
        [written] = build(order(workspace / "releases" / "bridge", QUICK, Variant.REVIEW)).written
        lines.append(written.path.read_text().splitlines()[-1])
        style = workspace / "templates" / "inspectorate" / "release.css"
        style.write_text(style.read_text() + "\n")

    assert all(re.fullmatch("Ref B-1 · review · [0-9a-f]{12}", line) for line in lines)
    assert lines[0] != lines[1]


def test_faults_of_every_format_are_told_in_one_run(workspace: Path) -> None:
    house = workspace / "templates" / "inspectorate"
    (house / "mail.txt").write_text("{{ headlin }}")
    (house / "release.html").write_text("{{ head }}{{ boddy }}")

    with pytest.raises(InputError) as refusal:
        build(order(workspace / "releases" / "bridge", list(Format)))

    assert {problem.place.file.rpartition("/")[2] for problem in refusal.value.problems} == {"mail.txt", "release.html"}


def test_the_manifest_names_inputs_and_outputs_by_their_sums(workspace: Path) -> None:
    release = workspace / "releases" / "bridge"
    build(order(release, QUICK, Variant.PUBLIC))

    folder = workspace / "dist" / "bridge" / "public"
    manifest = json.loads((folder / "manifest.json").read_text())

    assert manifest["inputs"]["release.yaml"] == hashlib.sha256((release / "release.yaml").read_bytes()).hexdigest()
    assert manifest["inputs"].keys() >= {"templates/inspectorate/house.yaml", "templates/inspectorate/release.docx"}
    text = (folder / "bridge.txt").read_bytes()
    assert manifest["outputs"] == {"bridge.txt": {"sha256": hashlib.sha256(text).hexdigest(), "bytes": len(text)}}


def test_the_manifest_names_what_decides_the_bytes(workspace: Path) -> None:
    build(order(workspace / "releases" / "bridge", list(Format), Variant.PUBLIC))

    manifest = json.loads((workspace / "dist" / "bridge" / "public" / "manifest.json").read_text())

    assert set(manifest["made_with"]) == {"pressgen", "python", "zlib", "weasyprint", "pango"}
    assert "templates/inspectorate/fonts/SourceSans3-Bold.ttf" in manifest["inputs"]


def test_other_bytes_from_the_same_inputs_are_told_with_the_reason(workspace: Path) -> None:
    release = workspace / "releases" / "bridge"
    build(order(release, QUICK, Variant.PUBLIC))
    file = workspace / "dist" / "bridge" / "public" / "manifest.json"
    manifest = json.loads(file.read_text())
    manifest["made_with"]["python"] = "3.9.1"
    manifest["outputs"]["bridge.txt"]["sha256"] = "0" * 64
    file.write_text(json.dumps(manifest))

    (written,) = build(order(release, QUICK, Variant.PUBLIC)).written

    now = ".".join(map(str, sys.version_info[:3]))
    assert written.notes == (f"differs from before, although its inputs are the same: python 3.9.1 → {now}",)


def test_a_file_of_the_same_inputs_stays_beside_a_new_one(workspace: Path) -> None:
    release = workspace / "releases" / "bridge"
    build(order(release, [Format.TXT], Variant.PUBLIC))
    build(order(release, [Format.HTML], Variant.PUBLIC))

    assert sorted(made(workspace / "dist" / "bridge" / "public")) == ["bridge.html", "bridge.txt", "manifest.json"]


def test_a_file_of_an_earlier_wording_does_not_stay_beside_a_new_one(workspace: Path) -> None:
    """Somebody would send the wrong pair."""
    release = workspace / "releases" / "bridge"
    build(order(release, [Format.TXT], Variant.PUBLIC))
    change(workspace, "The bridge opened.", "The bridge opened today.")
    build(order(release, [Format.HTML], Variant.PUBLIC))

    assert sorted(made(workspace / "dist" / "bridge" / "public")) == ["bridge.html", "manifest.json"]


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("releases/bridge/release.yaml", b"\xff\xfe"),
        ("releases/bridge/release.yaml", b"headline: [\n"),
        ("releases/bridge/release.yaml", b""),
        ("templates/inspectorate/house.yaml", b"name: 1\nwording: {}\n"),
        ("templates/inspectorate/release.docx", b"PK\x03\x04 no"),
        ("templates/inspectorate/release.html", b"{{ headlin }}"),
        ("templates/inspectorate/release.css", b"\x80"),
        ("templates/inspectorate/mail.txt", b"{% if %}"),
    ],
)
def test_a_broken_file_of_any_kind_leaves_the_old_files_as_they_were(
    workspace: Path, file: str, content: bytes
) -> None:
    release = workspace / "releases" / "bridge"
    build(order(release, QUICK))
    before = made(workspace / "dist")
    (workspace / file).write_bytes(content)

    with pytest.raises(InputError) as refusal:
        build(order(release, list(Format)))

    assert all(problem.place.file for problem in refusal.value.problems)
    assert made(workspace / "dist") == before


def test_a_made_file_that_verify_would_fault_is_not_left_behind(workspace: Path) -> None:
    template = workspace / "templates" / "inspectorate" / "release.html"
    template.write_text(template.read_text().replace("<h1>{{ headline }}</h1>", "<h4>{{ headline }}</h4>"))

    with pytest.raises(InputError, match="bridge.pdf: .*14-00") as refusal:
        build(order(workspace / "releases" / "bridge", list(Format)))

    assert {problem.place.file for problem in refusal.value.problems} == {"bridge.pdf"}
    assert not (workspace / "dist").exists()


def test_what_is_no_release_is_wrong_use(workspace: Path) -> None:
    with pytest.raises(UsageError, match="is not a release: give a folder that contains"):
        build(order(workspace / "releases"))


def test_an_unknown_house_is_told_with_the_nearest(workspace: Path) -> None:
    change(workspace, "house: inspectorate", "house: inspectrate")

    with pytest.raises(InputError, match="did you mean “inspectorate”"):
        build(order(workspace / "releases" / "bridge"))


def test_the_same_release_gives_the_same_bytes_anywhere(workspace: Path, tmp_path: Path) -> None:
    """Sign-off is on bytes: another folder, zone, locale or hash seed must not make others."""
    other = tmp_path / "elsewhere" / "deeper"
    shutil.copytree(workspace / "templates", other / "templates")
    shutil.copytree(workspace / "releases", other / "releases")

    for root, zone, seed in ((workspace, "Europe/London", "1"), (other, "Pacific/Kiritimati", "2")):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C" if seed == "1" else "C.UTF-8"}
        command = [sys.executable, "-m", "pressgen", "build", "releases/bridge"]
        subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)

    assert made(workspace / "dist") == made(other / "dist")


def test_a_house_changes_its_looks_and_words_without_python(workspace: Path) -> None:
    house = workspace / "templates" / "inspectorate"
    wording = (house / "house.yaml").read_text()
    (house / "house.yaml").write_text(
        wording.replace("end: ENDS", "end: '-30-'").replace("notes: Notes to editor", "notes: Background")
    )
    css = (house / "release.css").read_text()
    assert "--accent: #0b4f6c" in css
    (house / "release.css").write_text(css.replace("--accent: #0b4f6c", "--accent: #884400"))

    written = build(order(workspace / "releases" / "bridge", list(Format))).written

    text = next(each.path for each in written if each.path.suffix == ".txt").read_text()
    page = next(each.path for each in written if each.path.suffix == ".html").read_text()
    assert "-30-\n\nBackground\n\n1. For media enquiries" in text
    assert "#884400" in page
