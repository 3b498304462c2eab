"""The two houses' Word templates: complete, clean, and ready to be changed in Word."""

from __future__ import annotations

import re

import pytest

from pressgen.render import word
from pressgen.render.vocabulary import NAMES
from render.documents import folder
from render.word_files import HOUSES, of_house
from word.maker import W, part, unpack


@pytest.fixture(params=HOUSES)
def template(request: pytest.FixtureRequest) -> bytes:
    return of_house(request.param)["release.docx"]


def test_a_template_has_every_style_and_no_unknown_name(template: bytes) -> None:
    assert word.check_template(folder({"release.docx": template}), NAMES) == []


def test_a_template_prints_all_that_a_release_may_hold(template: bytes) -> None:
    body = unpack(template)["word/document.xml"].decode()
    printed = set(re.findall(r"\{\{ (\w+) \}\}", body))
    assert printed >= {
        *("headline", "subhead", "body", "end", "notes_heading", "notes"),
        *("boilerplate", "contacts_heading", "contacts", "banner_line"),
    }


def test_a_template_has_none_of_the_faults_that_files_are_born_with(template: bytes) -> None:
    parts = unpack(template)
    assert not [name for name in parts if "WithEffects" in name or "thumbnail" in name]
    assert part(template, "word/settings.xml").find(W + "zoom").get(W + "percent") == "100"  # type: ignore[union-attr]
    defined = {node.get(W + "styleId") for node in part(template, "word/styles.xml").iter(W + "style")}
    tags = (W + "pStyle", W + "rStyle", W + "tblStyle", W + "basedOn", W + "next")
    used = {
        node.get(W + "val")
        for name in parts
        if name.startswith("word/") and name.endswith(".xml")
        for node in part(template, name).iter(*tags)
    }
    assert used <= defined


def test_headings_stay_with_what_they_head(template: bytes) -> None:
    styles = {node.get(W + "styleId"): node for node in part(template, "word/styles.xml").iter(W + "style")}
    for heading in ("Heading1", "Heading2", "Heading3", "TableHeading", "Banner"):
        assert styles[heading].find(f"{W}pPr/{W}keepNext") is not None
