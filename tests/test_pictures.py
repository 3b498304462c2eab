"""The pictures of README and manual show what the samples give now."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from drawing.pictures import DRAWN, MANUAL, RECORD, list_sources
from machine import ROOT

PAGES = [ROOT / "README.md", *sorted(MANUAL.glob("*.md"))]


@pytest.mark.parametrize("picture", sorted(DRAWN))
def test_a_picture_is_not_out_of_date(picture: str, tmp_path: Path) -> None:
    """If it is, draw it again with: make pictures."""
    kept = json.loads(RECORD.read_text("utf-8"))[picture]
    now = list_sources(picture, tmp_path)

    assert len(now) > 10
    assert [name for name in sorted(kept | now) if kept.get(name) != now.get(name)] == [], "run: make pictures"


def test_every_picture_that_a_page_shows_is_drawn_by_the_command_and_every_one_is_shown() -> None:
    shown = {Path(link).name for page in PAGES for link in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", page.read_text())}

    assert shown == set(DRAWN) == {each.name for each in MANUAL.glob("*.png")}
