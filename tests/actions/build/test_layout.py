"""What takes more room than its house allows is remarked on, with the field to shorten."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressgen.actions.build.build import BuildRequest, build
from pressgen.actions.workspace.folder import Workspace
from pressgen.errors import InputError
from pressgen.model.artifact import Format, Variant

LONG = "A paragraph of some length that fills the page until it turns, as long releases do. " * 12


def notes(workspace: Path) -> tuple[str, ...]:
    order = BuildRequest(
        Workspace(workspace), workspace / "releases" / "bridge", [Format.PDF], [Variant.PUBLIC], workspace / "dist"
    )
    (written,) = build(order).written
    return written.notes


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_a_release_that_fits_is_not_remarked_on(workspace: Path) -> None:
    assert notes(workspace) == ()


def test_a_headline_of_too_many_lines_is_remarked_on(workspace: Path) -> None:
    change(workspace / "releases" / "bridge" / "release.yaml", "Bridge opens", "Bridge opens for traffic at last " * 7)

    assert notes(workspace) == (
        "releases/bridge/release.yaml:3:11: S02 warning: the headline runs over 5 lines, but the house allows 4;"
        " shorten it",
    )


def test_a_house_sets_its_own_budget(workspace: Path) -> None:
    release, house = workspace / "releases" / "bridge" / "release.yaml", workspace / "templates" / "inspectorate"
    change(release, "  - The bridge opened.\n", "".join(f"  - {LONG}\n" for _ in range(7)))
    with (house / "house.yaml").open("a") as file:
        file.write("\nbudget: {pages: 1}\n")

    (note,) = notes(workspace)

    assert note.startswith(
        "releases/bridge/release.yaml:10:5: S01 warning: the PDF has 2 pages, but the house allows 1"
    )


@pytest.mark.parametrize("pages", ["0", "many", "100"])
def test_a_budget_is_a_number_of_pages(workspace: Path, pages: str) -> None:
    with (workspace / "templates" / "inspectorate" / "house.yaml").open("a") as file:
        file.write(f"\nbudget: {{pages: {pages}}}\n")

    with pytest.raises(
        InputError,
        match=r"house.yaml:\d+:17: H04 “\w+” is not a number of pages; write one"
        r" from 1 to 99",
    ):
        notes(workspace)


def test_an_end_mark_alone_at_the_top_of_a_page_is_remarked_on(workspace: Path) -> None:
    """The houses here keep it with the last paragraph; another one may not."""
    with (workspace / "templates" / "inspectorate" / "release.css").open("a") as file:
        file.write("\n.end { break-before: page }\n")

    assert notes(workspace) == (
        "releases/bridge/release.yaml:10:5: S03 warning: “ENDS” is alone at the top of a page;"
        " shorten a text before it",
    )
