"""A house whose text is too weak on its ground is told so before anybody strains to read it."""

from __future__ import annotations

import pytest
from tinycss2 import parse_stylesheet

from machine import ROOT
from pressgen.render.contrast import compute_contrast, find_weak_contrasts


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ((0, 0, 0), (255, 255, 255), 21.0),
        ((255, 255, 255), (255, 255, 255), 1.0),
        ((118, 118, 118), (255, 255, 255), 4.54),
        ((119, 119, 119), (255, 255, 255), 4.48),
    ],
)
def test_the_ratio_is_that_of_the_standard(
    one: tuple[int, int, int], other: tuple[int, int, int], ratio: float
) -> None:
    assert round(compute_contrast(one, other), 2) == ratio


@pytest.mark.parametrize(
    ("css", "lines"),
    [
        ("p { color: #767676 }", []),
        (
            "p { margin: 0;\n  color: #777 }",
            [
                "x.css:2:3: P10 the text of “p” is #777777 on #ffffff, a contrast of 4.48; "
                "WCAG 2.2 (1.4.3) asks for 4.5: choose a darker colour"
            ],
        ),
        (
            ":root { --quiet: #999999 }\np { color: var(--quiet) }",
            ["x.css:2:5: P10 the text of “p” is #999999 on #ffffff"],
        ),
        ("th { color: #fff; background: #0b4f6c }", []),
        ("th { color: #fff; background: #7fc1d8 }", ["x.css:1:6: P10 the text of “th” is #ffffff on #7fc1d8"]),
        (":root { --paper: #222222 }\np { color: #ffffff }", []),
        ("@media print { p { color: #bbbbbb } }", ["x.css:1:20: P10 the text of “p” is #bbbbbb on #ffffff"]),
        ("p { color: currentColor } hr { border-color: #eee }", []),
    ],
)
def test_weak_text_is_told_with_its_place(css: str, lines: list[str]) -> None:
    found = [str(problem) for problem in find_weak_contrasts(parse_stylesheet(css), "x.css")]

    assert len(found) == len(lines)
    assert all(shown.startswith(line) for shown, line in zip(found, lines, strict=True))


@pytest.mark.parametrize("house", ["inspectorate", "university"])
def test_the_houses_that_come_with_it_can_be_read(house: str) -> None:
    css = (ROOT / "templates" / house / "release.css").read_text()

    assert find_weak_contrasts(parse_stylesheet(css), "release.css") == []
