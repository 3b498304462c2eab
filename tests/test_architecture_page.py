"""The chapter on the architecture names files and functions that are there, and every room."""

from __future__ import annotations

import ast
import re

import pytest

from machine import ROOT

PACKAGE = ROOT / "src" / "pressgen"
CHAPTER = (PACKAGE / "manual" / "architecture.md").read_text("utf-8")
NAMED = re.findall(r"`([\w/]+\.py)`:\s+`(\w+)`", CHAPTER)


@pytest.mark.parametrize(("file", "name"), NAMED, ids=lambda each: each)
def test_a_step_of_a_walk_is_a_function_or_class_of_its_file(file: str, name: str) -> None:
    found = ast.parse((PACKAGE / file).read_text("utf-8")).body

    assert name in {each.name for each in found if isinstance(each, ast.FunctionDef | ast.ClassDef)}


def test_each_walk_has_its_steps() -> None:
    assert len(NAMED) > 25


@pytest.mark.parametrize("chapter", ["architecture", "glossary", "decisions"])
def test_each_file_that_a_chapter_for_developers_names_is_there(chapter: str) -> None:
    named = re.findall(r"`([a-z][\w/]*(?:\.py|/))`", (PACKAGE / "manual" / f"{chapter}.md").read_text("utf-8"))
    elsewhere = {"releases/", "templates/", "src/pressgen/"}

    assert [each for each in named if each not in elsewhere and not (PACKAGE / each).exists()] == []


def test_every_room_is_in_the_picture() -> None:
    picture = CHAPTER.split("```")[1]
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")} | {"errors"}

    assert {room for room in rooms if not re.search(rf"\b{room}\b", picture)} == set()
