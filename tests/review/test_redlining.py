from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from pressgen.model.document import Figure
from pressgen.review.styled_characters import BLIP, EMBED
from pressgen.review.word_reader import read_word_document
from pressgen.review.word_redline import build_redline
from pressgen.validate.file import validate_file
from pressgen.word.names import W
from pressgen.word.package import Package
from render.documents import MEDIA
from review.copies import Copy, samples
from review.libreoffice import shown
from review.redlines import Round, played, texts, versions

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
    assert [plainly(each) for each in found[1::2]] == [plainly(each) for each in found[::2]]


def crossed(at: int) -> Round:
    """One version against another, in the template of the latter."""
    old, new = versions()[at - 1], versions()[at]
    return replace(new, old=old.old, media={**old.media, **new.media})


def plainly(told: dict[str, Any]) -> dict[str, Any]:
    """What LibreOffice shows, without the numbers of pages, which it counts when it likes."""
    margins = {re.sub(r"\d+ of \d+", "", each) for each in told["margins"]}
    return {"texts": told["texts"], "pictures": told["pictures"], "margins": margins}
