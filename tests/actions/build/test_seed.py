"""The model document comes out whole, word for word, in every output."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from machine import ROOT, need_shared
from pressgen.actions.build.build import BuildRequest, build
from pressgen.actions.workspace.folder import Workspace
from pressgen.model.artifact import Format, Variant
from pressgen.pdf.text import read_text as pdf_text
from pressgen.word.text import read_headers_and_footers as word_margins
from pressgen.word.text import read_paragraphs as word_text

NUMBER = re.compile(r"\d\.")
PAGES = re.compile(r"Page \d of \d")
BANNER = (
    "STRICTLY EMBARGOED UNTIL 00:01 BST ON WEDNESDAY 8 MAY 2019 "
    "NOT FOR PUBLICATION, BROADCAST OR USE ON SOCIAL MEDIA BEFORE THIS TIME (23:01 UTC, Tuesday 7 May)"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    seed = need_shared("seeds", "example")
    out = tmp_path_factory.mktemp("seed")
    build(BuildRequest(Workspace(ROOT), seed, list(Format), [], out))
    return out / "example"


def words(text: str) -> list[str]:
    """The words of a text, without what stands round the release."""
    return [word for word in PAGES.sub(" ", text).split() if not NUMBER.fullmatch(word)]


def said(file: Path) -> str:
    """Everything that a file shows."""
    content = file.read_bytes()
    match file.suffix:
        case ".docx":
            return "\n".join([*word_text(content), *word_margins(content)])
        case ".pdf":
            return " ".join(pdf_text(content))
        case ".html":
            body = html.document_fromstring(content.decode()).find("body")
            assert body is not None
            return "\n".join(body.itertext())
        case _:
            return content.decode()


@pytest.mark.parametrize("ending", list(Format))
def test_the_public_files_say_the_words_of_the_seed(folder: Path, ending: Format) -> None:
    expected = words(need_shared("seeds", "press-release.txt").read_text().replace("(E-mail address)", ""))

    assert words(said(folder / "public" / f"example.{ending}")) == expected


@pytest.mark.parametrize("ending", list(Format))
def test_the_embargoed_files_say_them_after_the_banner(folder: Path, ending: Format) -> None:
    expected = words(need_shared("seeds", "press-release.txt").read_text().replace("(E-mail address)", ""))
    text = " ".join(said(folder / "embargoed" / f"example.{ending}").split())

    assert BANNER in text
    first_line = BANNER.partition(" NOT FOR")[0]
    assert words(text.replace(BANNER, "").replace(first_line, "")) == expected


def test_the_banner_is_the_first_line_of_the_embargoed_text(folder: Path) -> None:
    lines = word_text((folder / "embargoed" / "example.docx").read_bytes())

    assert next(line for line in lines if line.strip()).startswith("STRICTLY EMBARGOED UNTIL 00:01 BST")


@pytest.mark.parametrize("variant", [Variant.EMBARGOED, Variant.PUBLIC])
def test_the_banner_stands_on_every_page_of_the_embargoed_pdf_and_on_none_of_the_public_one(
    folder: Path, variant: Variant
) -> None:
    pages = pdf_text((folder / variant / "example.pdf").read_bytes())

    assert len(pages) == 2
    assert ["EMBARGOED" in page for page in pages] == [variant is Variant.EMBARGOED] * 2
    assert [f"Page {number} of 2" in page for number, page in enumerate(pages, 1)] == [True, True]
