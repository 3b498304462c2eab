"""What axe-core says of the page in a browser: no breach of WCAG, and no good practice missed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from browser import breaches, judgement
from pressgen.render import page
from render.documents import public, reviewed, sample
from render.folders import HOUSES, MEDIA, real

if TYPE_CHECKING:
    from pathlib import Path

TWINS = {"embargoed": sample(), "public": public(sample()), "review": reviewed(sample())}


@pytest.mark.parametrize("house", HOUSES)
@pytest.mark.parametrize("twin", TWINS)
@pytest.mark.parametrize("width", [1280, 390], ids=["desk", "telephone"])
def test_axe_finds_nothing(house: str, twin: str, width: int, tmp_path: Path) -> None:
    text = page.render(TWINS[twin], real(house), MEDIA).content.decode()

    found = judgement(text, tmp_path, width)

    assert breaches(found) == []
    assert breaches(found, "incomplete") == []
    assert {"color-contrast", "image-alt", "heading-order", "html-has-lang"} <= {each["id"] for each in found["passes"]}


def test_axe_sees_a_faulty_page(tmp_path: Path) -> None:
    text = page.render(sample(), real("inspectorate"), MEDIA).content.decode()
    faulty = re.sub(r' alt="Two pupils[^"]*"', "", text).replace("--ink: #17202a", "--ink: #aaaaaa")

    found = {each["id"] for each in judgement(faulty, tmp_path)["violations"]}

    assert found == {"image-alt", "color-contrast"}
