"""What axe-core says of the newsroom's pages in a browser, by day and by night, on a desk and on a telephone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from browser import breaches, judgement
from newsroom.public import CORRECTION, LIFTED, WITHDRAWAL, files, item, told

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.newsroom.public_release import PublicRelease

PAGES = ["index.html", "2031/index.html", "2031/river-survey/index.html", "2031/river-survey/cy/index.html",
         "2031/gone/index.html"]  # fmt: skip
NIGHT = "screen and (prefers-color-scheme: dark)"


def releases(house: str) -> list[PublicRelease]:
    """Releases with everything that a page can show."""
    both = told(en="Rivers are warmer", cy="Afonydd cynhesach", house=house)
    return [
        item(editions=both, corrections=(CORRECTION, CORRECTION)),
        item("GONE-1", "gone", editions=told("gone", house=house), withdrawn=WITHDRAWAL),
        item("REF-2", "second", editions=told("second", house=house), lifted=LIFTED + timedelta(days=400)),
    ]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("house", ["inspectorate", "university"])
def test_axe_finds_nothing(house: str, path: str, tmp_path: Path) -> None:
    text = files(*releases(house))[path].decode()

    found = judgement(text, tmp_path)

    assert breaches(found) == []
    assert breaches(found, "incomplete") == []
    assert {"color-contrast", "html-has-lang"} <= {each["id"] for each in found["passes"]}


@pytest.mark.parametrize("path", ["index.html", "2031/gone/index.html"])
@pytest.mark.parametrize("bodies", ["one", "several"])
def test_axe_finds_nothing_at_night_on_a_telephone(bodies: str, path: str, tmp_path: Path) -> None:
    shown = releases("university")
    if bodies == "several":
        shown.append(item("REF-3", "third", editions=told("third", publisher="Another body")))
    text = files(*shown)[path].decode()
    assert NIGHT in text

    found = judgement(text.replace(NIGHT, "screen"), tmp_path, 390)

    assert breaches(found) == []
    assert breaches(found, "incomplete") == []


def test_axe_sees_a_faulty_page(tmp_path: Path) -> None:
    shown = [replace(each, corrections=()) for each in releases("inspectorate")]
    text = files(*shown)["index.html"].decode()

    found = judgement(text.replace("--quiet: #4b5a66", "--quiet: #bbbbbb"), tmp_path)

    assert {each["id"] for each in found["violations"]} == {"color-contrast"}
