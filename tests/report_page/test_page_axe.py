"""What axe-core says of the page of figures in a browser, on a desk and on a telephone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from browser import breaches, judgement
from report_page.reading import made, some

if TYPE_CHECKING:
    from pathlib import Path


DESK = 1280


@pytest.mark.parametrize("width", [DESK, 390], ids=["desk", "telephone"])
def test_axe_finds_nothing(width: int, tmp_path: Path) -> None:
    found = judgement(made(*some(), ahead=1).decode(), tmp_path, width)

    assert breaches(found) == []
    hidden = (
        "color-contrast" if width < DESK else "color-contrast: <text"
    )  # what is scrolled away, and letters of plots
    assert [each for each in breaches(found, "incomplete") if not each.startswith(hidden)] == []
    assert {"color-contrast", "svg-img-alt", "heading-order", "html-has-lang"} <= {
        each["id"] for each in found["passes"]
    }


def test_axe_sees_a_faulty_page(tmp_path: Path) -> None:
    sound = made(*some()).decode().replace("--quiet: #4b535b", "--quiet: #aaaaaa")
    faulty = re.sub(r'aria-labelledby="months-[^"]*"|<title id="months-.*?</title>', "", sound)

    found = {each["id"] for each in judgement(faulty, tmp_path)["violations"]}

    assert found == {"svg-img-alt", "color-contrast"}
