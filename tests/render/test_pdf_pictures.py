"""Pictures of all kinds in the PDF: what PDF/A takes, and what is refused in its place."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from pressgen.errors import InputError
from pressgen.render import pdf
from render.documents import sample
from render.folders import MEDIA, locate, real
from validate.second_judge import find_faults

if TYPE_CHECKING:
    from pathlib import Path

PICTURE = "pictures/workshop.png"


def saved(colours: str, kind: str) -> bytes:
    file = io.BytesIO()
    Image.new(colours, (64, 48)).save(file, kind)
    return file.getvalue()


def made(picture: bytes) -> bytes:
    return pdf.render(sample(), real("inspectorate"), {**MEDIA, PICTURE: picture}, locate).content


@pytest.mark.parametrize(
    ("colours", "kind"),
    [
        ("RGB", "PNG"),
        ("RGBA", "PNG"),
        ("LA", "PNG"),
        ("P", "PNG"),
        ("1", "PNG"),
        ("I;16", "PNG"),
        ("L", "JPEG"),
        ("RGB", "JPEG"),
    ],
)
def test_any_ordinary_picture_is_archival(colours: str, kind: str, tmp_path: Path) -> None:
    file = tmp_path / "made.pdf"
    file.write_bytes(made(saved(colours, kind)))

    assert find_faults(file) == []


def test_a_picture_for_print_is_refused_at_its_place() -> None:
    with pytest.raises(InputError) as refused:
        made(saved("CMYK", "JPEG"))

    (problem,) = refused.value.problems
    assert problem.code == "P08"
    assert problem.place.file == PICTURE
    assert "has CMYK colours, as for print; save it as RGB" in problem.message
