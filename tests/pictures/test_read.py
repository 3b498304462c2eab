"""A picture is read once: Word, PDF and page take the same ones, and show them the same way up."""

from __future__ import annotations

import base64
import io
import re
import shutil
import zipfile
import zlib
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from click.testing import CliRunner
from PIL import Image, ImageChops, ImageOps

from actions.conftest import RELEASE
from machine import ROOT, need_shared
from pressgen.cli.app import main
from pressgen.errors import InputError
from pressgen.pictures.read import UnusablePictureError, read_picture
from pressgen.render.page_pictures import clean_page_picture

if TYPE_CHECKING:
    from pathlib import Path

CASES = {"phone_up.jpg": (600, 400), "exif6.png": (400, 600), "gray16.png": (300, 200), "gps.jpg": (300, 200)}
"""Real kinds of pictures, with the size that a viewer shows."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public files of a release with all four pictures, without an ending."""
    root = tmp_path_factory.mktemp("office")
    shutil.copytree(ROOT / "templates", root / "templates")
    folder = root / "releases" / "bridge"
    folder.mkdir(parents=True)
    body = "body:\n"
    for name in CASES:
        shutil.copy(need_shared("cases", "pictures", name), folder / name)
        body += f"  - image: {{file: {name}, alt: The bridge}}\n"
    (folder / "release.yaml").write_text(RELEASE.replace("body:\n", body))
    done = CliRunner().invoke(main, ["build", str(folder), "--workspace", str(root), "--out", str(root / "dist")])
    assert done.exit_code == 0, done.output
    return root / "dist" / "bridge" / "public" / "bridge"


def test_word_shows_each_picture_upright(made: Path) -> None:
    with zipfile.ZipFile(made.with_suffix(".docx")) as archive:
        text = archive.read("word/document.xml").decode()
        files = [archive.read(each) for each in archive.namelist() if re.search(r"media/[0-9a-f]{16}\.", each)]
    shapes = [int(width) / int(height) for width, height in re.findall(r'wp:extent cx="(\d+)" cy="(\d+)"', text)]

    assert sorted(Image.open(io.BytesIO(each)).size for each in files) == sorted(CASES.values())
    assert [round(each, 2) for each in shapes if each][:4] == [round(w / h, 2) for w, h in CASES.values()]


def test_the_page_shows_each_picture_upright(made: Path) -> None:
    page = made.with_suffix(".html").read_text()
    found = re.findall(r'src="data:image/\w+;base64,([^"]+)" alt="The bridge" width="(\d+)" height="(\d+)"', page)

    assert [(int(width), int(height)) for _, width, height in found] == list(CASES.values())
    for data, width, height in found:
        with Image.open(io.BytesIO(base64.b64decode(data))) as picture:
            assert picture.size == (int(width), int(height))
            assert dict(picture.getexif()) == {}


def test_the_pdf_shows_each_picture_upright(made: Path) -> None:
    paper = pypdfium2.PdfDocument(made.with_suffix(".pdf"))
    boxes = [
        each.get_bounds() for page in paper for each in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    ]
    shapes = [(right - left) / (top - bottom) for left, bottom, right, top in boxes]

    assert [round(each, 1) for each in shapes] == [round(width / height, 1) for width, height in CASES.values()]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_a_picture_of_any_orientation_is_upright(turn: int, kind: str) -> None:
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x0112] = turn
    before = Image.linear_gradient("L").resize((64, 32)).convert("RGB")
    before.save(out, kind, exif=exif, dpi=(72, 144))

    picture = read_picture(out.getvalue())

    with Image.open(io.BytesIO(out.getvalue())) as source, Image.open(io.BytesIO(picture.data)) as after:
        oracle = ImageOps.exif_transpose(source)
        assert after.size == oracle.size == (picture.width, picture.height)
        difference = ImageChops.difference(after.convert("L"), oracle.convert("L")).getextrema()
        assert difference[1] <= 8
    assert [round(each) for each in picture.density] == ([72, 144] if turn < 5 else [144, 72])


def test_an_orientation_after_the_pixels_of_a_png_counts() -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 20)).save(out, "PNG")
    body = b"eXIf" + b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
    chunk = (len(body) - 4).to_bytes(4) + body + zlib.crc32(body).to_bytes(4)
    data = out.getvalue()
    at = data.rindex(b"IEND") - 4

    assert (read_picture(data[:at] + chunk + data[at:]).width, read_picture(data).width) == (20, 40)


def test_grey_of_16_bits_keeps_its_shades() -> None:
    out = io.BytesIO()
    deep = Image.new("I;16", (256, 1))
    deep.putdata([level * 256 for level in range(256)])
    deep.save(out, "PNG")

    with Image.open(io.BytesIO(read_picture(out.getvalue()).data)) as shown:
        assert (shown.mode, list(shown.get_flattened_data())) == ("L", list(range(256)))


def test_a_picture_that_is_upright_keeps_its_packed_pixels() -> None:
    out = io.BytesIO()
    Image.linear_gradient("L").save(out, "JPEG")
    packed = out.getvalue()[out.getvalue().index(b"\xff\xda") :]

    assert read_picture(out.getvalue()).data.endswith(packed)


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"", "cannot be read"), (b"GIF89a", "cannot be read"), (b"\xff\xd8\xff\xe0\0\x10JFIF", "is damaged")],
)
def test_what_is_no_picture_is_refused_with_the_reason(data: bytes, why: str) -> None:
    with pytest.raises(UnusablePictureError, match=why):
        read_picture(data)


def test_a_picture_of_a_house_for_print_is_refused_by_its_name() -> None:
    out = io.BytesIO()
    Image.new("CMYK", (8, 8)).save(out, "JPEG")

    with pytest.raises(InputError, match="mark.jpg: P08 the picture has CMYK colours, as for print"):
        clean_page_picture("mark.jpg", out.getvalue())
