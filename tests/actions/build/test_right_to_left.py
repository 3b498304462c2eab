"""A release in a language that runs from right to left is set that way, or says which glyph is missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from openxml_audit import FileFormat, OpenXmlValidator

from pressgen.actions.build.build import BuildRequest, build
from pressgen.actions.workspace.folder import Workspace
from pressgen.errors import InputError
from pressgen.model.artifact import Format, Variant
from pressgen.word.package import Package
from pressgen.word.text import read_paragraphs

HEBREW = """\
reference: B-1
house: university
language: he
headline: הגשר נפתח
place: חיפה
times: {zone: Asia/Jerusalem, publish: 2026-05-08 09:00}
people: {ray: {name: עדה ריי, role: מהנדסת ראשית}}
body:
  - הגשר נפתח ב־8 במאי, אחרי 3 שנים.
  - quote: {by: ray, words: הוא יחזיק.}
  - table: {header: [שנה, מטרים], rows: [[א, ב]]}
"""


def made(workspace: Path, *formats: Format) -> dict[str, Path]:
    folder = workspace / "releases" / "bridge"
    (folder / "release.yaml").write_text(HEBREW)
    order = BuildRequest(Workspace(workspace), folder, formats, [Variant.PUBLIC], workspace / "dist")
    return {each.path.suffix: each.path for each in build(order).written}


def test_the_page_runs_from_right_to_left(workspace: Path) -> None:
    assert '<html lang="he" dir="rtl">' in made(workspace, Format.HTML)[".html"].read_text()


def test_the_word_file_runs_from_right_to_left_and_is_valid(workspace: Path) -> None:
    file = made(workspace, Format.DOCX)[".docx"]
    styles = Package.of(file.read_bytes(), "x").parts["word/styles.xml"]

    assert b"<w:bidi/>" in styles
    assert b'w:bidi="he"' in styles
    assert b"<w:bidiVisual/>" in Package.of(file.read_bytes(), "x").parts["word/document.xml"]
    assert "הגשר נפתח" in read_paragraphs(file.read_bytes())
    assert OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(str(file)).errors == []


def test_the_pdf_is_made_or_names_the_missing_glyph(workspace: Path) -> None:
    assert refused(lambda: made(workspace, Format.PDF)) <= {"P09"}


def test_names_in_chinese_are_set_or_name_the_missing_glyph(workspace: Path) -> None:
    release = workspace / "releases" / "bridge" / "release.yaml"
    release.write_text(release.read_text().replace("Dr Ada Ray", "Dr 王小明 (Wang Xiaoming)"))
    order = BuildRequest(Workspace(workspace), release.parent, [Format.PDF], [Variant.PUBLIC], workspace / "dist")

    assert refused(lambda: build(order)) <= {"P09"}


def refused(act: Callable[[], object]) -> set[str]:
    """The codes of what is refused: none where the machine has the fonts."""
    try:
        act()
    except InputError as refusal:
        return {problem.code for problem in refusal.problems}
    return set()
