"""Pictures in a Word file: at their own size where it fits, upright, and described."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from pressgen.errors import InputError
from pressgen.model.document import Figure
from pressgen.pictures.read import read_picture
from pressgen.render import word
from render.documents import MEDIA, folder, png, sample
from render.word_files import made, of_house
from word.maker import part, unpack

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
EMU_AN_INCH = 914400
TEXT_WIDTH = (11906 - 2 * 1588) * 635
FIGURE = next(block for block in sample().body if isinstance(block, Figure))


def photo(width: int, height: int, *, orientation: int = 1, dpi: tuple[int, int] | None = None) -> bytes:
    image, out, exif = Image.new("RGB", (width, height), "navy"), io.BytesIO(), Image.Exif()
    exif[0x0112] = orientation
    image.save(out, "JPEG", exif=exif, **({"dpi": dpi} if dpi else {}))
    return out.getvalue()


def shown(data: bytes, figure: Figure = FIGURE) -> tuple[int, int]:
    """The size of a picture on the page, in EMU."""
    files = {figure.file: data}
    made = word.render(sample(body=(figure,)), folder(of_house()), files).content
    extent = next(part(made).iter(DRAWING + "extent"))
    return int(extent.get("cx", "")), int(extent.get("cy", ""))


def test_pictures_are_described_or_marked_as_decorative_and_numbered_once() -> None:
    every = list(part(made()).iter(DRAWING + "docPr"))
    about = [node for node in every if not str(node.get("descr")).startswith("↩")]  # the ways back from the notes
    assert [node.get("descr") for node in about] == ["Two pupils plane the keel of a dinghy in a workshop.", None]
    assert [len(list(node.iter("{*}decorative"))) for node in about] == [0, 1]
    assert len({node.get("id") for node in every}) == len(every) == len(about) + 2


def test_a_small_picture_keeps_its_size_by_its_own_resolution() -> None:
    assert shown(photo(300, 150, dpi=(300, 300))) == (EMU_AN_INCH, EMU_AN_INCH // 2)
    assert shown(png(96, 48)) == (EMU_AN_INCH, EMU_AN_INCH // 2)


def test_a_wide_picture_is_fitted_to_the_text_and_a_tall_one_to_the_page() -> None:
    assert shown(png(3000, 1500)) == (TEXT_WIDTH, TEXT_WIDTH // 2)
    width, height = shown(png(300, 3000))
    assert height < 16838 * 635 / 2
    assert abs(width * 10 - height) <= 10


def test_a_photograph_that_its_camera_took_on_its_side_stands_upright() -> None:
    sideways = photo(40, 20, orientation=6, dpi=(96, 192))
    assert shown(sideways) == (20 * EMU_AN_INCH // 192, 40 * EMU_AN_INCH // 96)
    assert Image.open(io.BytesIO(read_picture(sideways).data)).size == (20, 40)


def test_a_picture_shown_twice_is_one_part() -> None:
    twice = (FIGURE, replace(FIGURE, id="zzzzzz", caption=None))
    data = word.render(sample(body=twice), folder(of_house()), MEDIA).content
    assert len([name for name in unpack(data) if "media" in name and "mark" not in name]) == 1


@pytest.mark.parametrize("data", [b"", b"GIF89a", png(4, 4)[:40], photo(9, 9)[:60], b"<svg/>"])
def test_what_is_no_picture_is_refused_by_its_name(data: bytes) -> None:
    with pytest.raises(InputError, match=r"W14 .*“pictures/workshop.png” cannot be read"):
        shown(data)


def test_a_picture_that_is_not_there_is_refused_with_its_path() -> None:
    with pytest.raises(InputError, match="W14") as caught:
        word.render(sample(), folder(of_house()), {})
    assert {problem.path for problem in caught.value.problems} == {"body[9].image", "body[10].image"}
