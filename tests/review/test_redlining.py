from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from pressgen.model.document import Document, Figure, Paragraph
from pressgen.model.words import GeneratedText, Piece
from pressgen.review.styled_characters import BLIP, EMBED
from pressgen.review.word_reader import read_word_document
from pressgen.review.word_redline import build_redline
from pressgen.validate.file import validate_file
from pressgen.word.names import Element, W
from pressgen.word.package import Package
from render.documents import MEDIA, leaf, words
from review.copies import Copy, samples
from review.libreoffice import shown
from review.redlines import Round, count_least, leave_out_counted, moved_over_a_table, played, texts, versions
from review.word_states import count_struck, read_state

PAIRS = list(product(samples(), samples()))
CHANGES = "X01"
"""The code of a file with tracked changes."""
NAMES = [f"{old.name} to {new.name}" for old, new in PAIRS]


def redline(old: Copy, new: Copy) -> bytes:
    return build_redline(old.content, new.content, "Ann Editor", "2026-11-23T10:00:00Z")


@pytest.mark.parametrize(("old", "new"), PAIRS, ids=NAMES)
def test_all_accepted_is_the_new_version_and_all_rejected_the_old_one(old: Copy, new: Copy) -> None:
    file = read_word_document(redline(old, new), "redline.docx")

    body = frozenset({"body"})
    new_texts = texts(read_word_document(new.content, "new"), everything=True, parts=body)
    assert texts(file, everything=True, parts=body) == new_texts
    old_texts = texts(read_word_document(old.content, "old"), everything=True, parts=body)
    assert texts(file, everything=False, parts=body) == old_texts


@pytest.mark.parametrize(("old", "new"), PAIRS, ids=NAMES)
def test_there_is_no_control_and_nothing_struck_within_what_was_put_in(old: Copy, new: Copy) -> None:
    package = Package.of(redline(old, new), "redline.docx")
    root = package.xml(package.body)

    assert list(root.iter(W + "sdt")) == []
    assert [node for put in root.iter(W + "ins") for node in put.iter(W + "del")] == []


def test_a_version_against_itself_has_no_change() -> None:
    copy = samples()[0]

    assert read_word_document(redline(copy, copy), "redline.docx").revisions == {}


@pytest.mark.parametrize("number", range(0, 18, 4))
def test_a_redline_is_a_sound_word_file(number: int) -> None:
    """Its ids are used once, its links and pictures lead somewhere, its lists are there."""
    assert {each.code for each in validate_file(played(number).redline, "redline.docx")} <= {CHANGES}


@pytest.mark.parametrize("number", range(1, 25, 3))
def test_words_links_emphasis_and_styles_are_those_of_either_version(number: int) -> None:
    """As lxml alone reads the file, with none of the code that wrote it."""
    one = played(number)

    assert read_state(one.redline, everything=True) == read_state(one.word(one.new), everything=None)
    assert read_state(one.redline, everything=False) == read_state(one.word(one.old), everything=None)


def test_hardly_more_words_are_struck_than_have_to_be() -> None:
    rounds = [played(number) for number in range(18)]

    assert sum(count_struck(each.redline) for each in rounds) <= 1.2 * sum(map(count_least, rounds))


CHANGED = ("del", "ins", "moveFrom", "moveTo")
MOVED = ["Many pupils sail on the open sea in every week of the ", " term"]


def read_words(change: Element) -> str:
    return "".join(each.text or "" for each in change.iter(W + "t", W + "delText"))


def test_a_paragraph_that_moves_over_a_table_is_a_move_and_leaves_the_table() -> None:
    """And the changed figure is seen in it: no row is struck."""
    package = Package.of(moved_over_a_table().redline, "redline.docx")
    root = package.xml(package.body)
    struck, put, *moved = ([read_words(each) for each in root.iter(W + name)] for name in CHANGED)

    assert root.findall(f".//{W}trPr/{W}del") == root.findall(f".//{W}trPr/{W}ins") == []
    assert "4,399" in put
    assert "summer" not in struck
    assert "autumn" in put
    assert "".join(moved[0]) == "summer".join(MOVED)
    assert list(filter(None, moved[1])) == MOVED


def test_a_comment_quotes_what_was_left_out_of_a_text_that_moved() -> None:
    file = read_word_document(moved_over_a_table().redline, "redline.docx")

    assert [each.text for each in file.comments] == ["Left out on the way: “summer”"]


def test_both_ends_of_a_move_have_one_name() -> None:
    package = Package.of(moved_over_a_table().redline, "redline.docx")
    root = package.xml(package.body)
    names = [[each.get(W + "name") for each in root.iter(W + f"{end}RangeStart")] for end in ("moveFrom", "moveTo")]
    ends = [[each.get(W + "id") for each in root.iter(W + f"moveFromRange{side}")] for side in ("Start", "End")]

    assert names[0] == names[1] == ["move500000001"]
    assert ends[0] == ends[1]


def linked(address: str, *, strong: bool) -> Document:
    piece = Piece(text="the report", origin=GeneratedText("test"), href=address, strong=strong)
    text = replace(leaf(Paragraph, "body[0]", "See "), words=(*words("body[0]", "See "), piece))
    return replace(versions()[-1].new, body=(text,))


OLD, NEW = "https://old.example/a", "https://new.example/b"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (OLD, NEW, f"The link was changed from {OLD} to {NEW}"),
        ("", NEW, f"A link to {NEW} was added"),
        (OLD, "", f"The link to {OLD} was removed"),
    ],
)
def test_a_comment_shows_the_old_and_the_new_address_of_a_link(before: str, after: str, said: str) -> None:
    one = replace(versions()[-1], old=linked(before, strong=False), new=linked(after, strong=False))

    assert [each.text for each in read_word_document(one.redline, "redline.docx").comments] == [said]


def test_all_rejected_a_link_leads_to_the_old_address() -> None:
    redline = replace(versions()[-1], old=linked(OLD, strong=False), new=linked(NEW, strong=False)).redline
    addresses = [
        {each.address for line in read_state(redline, everything=way) for each in line.characters}
        for way in (True, False)
    ]

    assert [{OLD, NEW} & each for each in addresses] == [{NEW}, {OLD}]


def test_emphasis_is_a_tracked_change_of_formatting_and_no_word_is_struck() -> None:
    old, new = linked("", strong=False), linked("", strong=True)
    redline = replace(versions()[-1], old=old, new=new).redline

    assert {each.kind for each in read_word_document(redline, "redline.docx").revisions.values()} == {"format"}


def test_a_picture_that_only_the_old_version_has_comes_along() -> None:
    one = versions()[-1]
    (figure,) = [each for each in one.new.body if isinstance(each, Figure) and not each.decorative]
    without = replace(one, new=replace(one.new, body=tuple(each for each in one.new.body if each is not figure)))
    package = Package.of(without.redline, "redline.docx")
    struck = [each for gone in package.xml(package.body).iter(W + "del") for each in gone.iter(BLIP)]

    assert [package.parts[package.related(package.body)[str(each.get(EMBED))]] for each in struck] == [
        MEDIA[figure.file]
    ]


def test_libreoffice_makes_both_versions_of_a_redline(tmp_path: Path) -> None:
    """Samples against each other, and rewrites of them: LibreOffice's own accept-all and reject-all."""
    rounds = [*(played(number) for number in range(1, 18, 2)), *map(crossed, (0, 4))]
    jobs: list[tuple[str, Path]] = []
    for number, each in enumerate(rounds):
        files = {"new": each.word(each.new), "old": each.word(each.old), "redline": each.redline}
        for name, content in files.items():
            (tmp_path / f"{number}-{name}.docx").write_bytes(content)
        of = {name: tmp_path / f"{number}-{name}.docx" for name in files}
        jobs += [("open", of["new"]), ("accept", of["redline"]), ("open", of["old"]), ("reject", of["redline"])]
    found = shown(tmp_path, jobs)

    assert [each["changes"] for each in found] == [0] * len(found)
    assert [leave_out_counted(each) for each in found[1::2]] == [leave_out_counted(each) for each in found[::2]]


def crossed(at: int) -> Round:
    """One version against another, in the template of the latter."""
    old, new = versions()[at - 1], versions()[at]
    return replace(new, old=old.old, media={**old.media, **new.media})
