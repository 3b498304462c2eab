"""A photograph that knows where and by whom it was taken says neither in any file that goes out."""

from __future__ import annotations

import base64
import io
import re
import shutil
import zipfile
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from PIL import Image

from actions.conftest import RELEASE
from machine import ROOT, need_shared
from pressgen.cli.app import main

Made = dict[str, list[bytes]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The photographs in the Word file, the page and the PDF of a release, by the file's ending."""
    root, photograph = tmp_path_factory.mktemp("office"), need_shared("cases", "pictures", "gps.jpg")
    shutil.copytree(ROOT / "templates", root / "templates")
    folder = root / "releases" / "bridge"
    folder.mkdir(parents=True)
    shutil.copy(photograph, folder / "gps.jpg")
    body = "body:\n  - image: {file: gps.jpg, alt: The bridge}\n"
    (folder / "release.yaml").write_text(RELEASE.replace("body:\n", body))
    done = CliRunner().invoke(main, ["build", str(folder), "--workspace", str(root), "--out", str(root / "dist")])
    assert done.exit_code == 0, done.output
    public = root / "dist" / "bridge" / "public" / "bridge"
    return {"docx": in_word(public), "html": in_page(public), "pdf": in_paper(public)}


def in_word(file: Path) -> list[bytes]:
    with zipfile.ZipFile(file.with_suffix(".docx")) as archive:
        return [archive.read(each) for each in archive.namelist() if each.endswith((".jpg", ".jpeg"))]


def in_page(file: Path) -> list[bytes]:
    found = re.findall(r"data:image/jpeg;base64,([A-Za-z0-9+/=]+)", file.with_suffix(".html").read_text())
    return [base64.b64decode(each) for each in found]


def in_paper(file: Path) -> list[bytes]:
    with pikepdf.open(file.with_suffix(".pdf")) as opened:
        streams = [each for each in opened.objects if isinstance(each, pikepdf.Stream)]
        return [each.read_raw_bytes() for each in streams if str(each.get("/Filter")) == "/DCTDecode"]


@pytest.mark.parametrize("ending", ["docx", "html", "pdf"])
def test_a_photograph_keeps_its_picture_and_loses_what_it_tells(ending: str, made: Made) -> None:
    photograph = need_shared("cases", "pictures", "gps.jpg").read_bytes()
    with Image.open(io.BytesIO(photograph)) as before:
        told = [each.encode() for each in before.getexif().values() if isinstance(each, str)]
        size = before.size

    assert b"Exif\0" in photograph
    assert made[ending]
    for data in made[ending]:
        assert b"Exif\0" not in data
        assert not [each for each in told if each in data]
        with Image.open(io.BytesIO(data)) as after:
            assert sorted(after.size) == sorted(size)
            assert dict(after.getexif()) == {}
