"""A picture that cannot be used is refused where it is named."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageFile

from pressgen.load.pictures import find_picture_problems
from pressgen.load.release import read_release

RELEASE = b"""\
reference: B-1
house: plain
headline: x
times: {zone: Europe/London}
body:
  - image: {file: map.png, alt: A map}
"""


def png(width: int, height: int) -> bytes:
    made = io.BytesIO()
    Image.new("1", (width, height)).save(made, "PNG")
    return made.getvalue()


@pytest.fixture(autouse=True)
def lenient(monkeypatch: pytest.MonkeyPatch) -> None:
    """WeasyPrint tells Pillow, for the whole process, to take what there is of a truncated picture."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)


def problems(data: bytes) -> list[str]:
    loaded = read_release(RELEASE, "release.yaml", beside={"map.png"})
    return [str(problem) for problem in find_picture_problems(loaded, {"map.png": data})]


def test_a_picture_that_can_be_read_is_fine() -> None:
    assert problems(png(40, 30)) == []


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "cannot be read as PNG or JPEG"),
        (b"GIF89a", "cannot be read as PNG or JPEG"),
        (png(400, 300)[:-30], "cannot be read as PNG or JPEG"),
        (png(11_000, 10_000), "has 11000 × 10000 pixels; make it smaller: 80 million are enough"),
        (png(30_000, 30_000), "has too many pixels; make it smaller: 80 million are enough"),
    ],
    ids=["empty", "GIF", "truncated", "large", "huge"],
)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")  # as it is outside of tests
def test_another_is_refused_where_it_is_named(data: bytes, message: str) -> None:
    (line,) = problems(data)

    assert line.startswith(f"release.yaml:6:19: R23 “map.png” {message}")


def test_what_is_no_picture_is_refused_without_a_word_of_the_library() -> None:
    (line,) = problems(b"GIF89a")

    assert line.endswith("“map.png” cannot be read as PNG or JPEG; save it again as one of them")
