from __future__ import annotations

import pytest

from load.sources import faults, release


def image(file: str) -> str:
    return release(f"body:\n  - image: {{alt: A map, file: {file!r}}}\n")


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("/srv/map.png", "“/srv/map.png” is a path on one machine; write the path from this folder"),
        ("C:/map.png", "“C:/map.png” is a path on one machine; write the path from this folder"),
        ("../map.png", "“../map.png” is outside this folder; move the file into it"),
        ("a/../../map.png", "“a/../../map.png” is outside this folder; move the file into it"),
        ("./map.png", "“./map.png” is not a plain path; write one such as pictures/map.png"),
        ("a//map.png", "“a//map.png” is not a plain path; write one such as pictures/map.png"),
        ("map.svg", "“map.svg” cannot be shown; a picture ends in .png or .jpg or .jpeg"),
        ("map", "“map” cannot be shown; a picture ends in .png or .jpg or .jpeg"),
    ],
)
def test_a_picture_stands_inside_the_folder_of_its_release(file: str, message: str) -> None:
    assert [f"release.yaml:2:32: R14 {message}"] == faults(image(file))


def test_a_path_of_windows_is_refused() -> None:
    assert faults(release("attachments: [{file: a\\b.pdf, title: A}]\n")) == [
        "release.yaml:1:22: R14 “a\\b.pdf” has “\\” in it; write “/” between folders"
    ]


def test_a_picture_that_is_not_there_is_refused_with_the_nearest() -> None:
    assert faults(image("pictures/mpa.png"), beside={"pictures/map.png", "release.yaml"}) == [
        "release.yaml:2:32: R15 “pictures/mpa.png” is not in the folder of release.yaml;"
        " did you mean “pictures/map.png”?"
    ]


def test_an_attachment_that_is_not_there_is_refused() -> None:
    text = release("attachments:\n  - {file: plan.pdf, title: The plan}\n")

    assert faults(text, beside=set()) == ["release.yaml:2:12: R15 “plan.pdf” is not in the folder of release.yaml"]
    assert faults(text, beside={"plan.pdf"}) == []
    assert faults(text) == []


def test_a_house_that_does_not_exist_is_refused_with_the_nearest() -> None:
    assert faults(release("house: conuty\n"), houses={"county", "city"}) == [
        "release.yaml:1:8: R22 there is no house “conuty” under templates/; did you mean “county”?"
    ]
